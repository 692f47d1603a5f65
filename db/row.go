package db

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"samband/db/trail"
	"samband/models"
)

// Ordinary rows are read and written with GORM's builder, gorm.G: the statement
// follows from the struct that the rows are kept of. What is written in SQL, in
// a few files that say so, is there because it was measured (docs/adr/0015).

// orNone makes of what Take returns the zero row where there is none.
func orNone[T any](row T, err error) (T, error) {
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return row, err
}

// of begins a query within a query, of the table of a row.
func (r Reader) of(row any) *gorm.DB { return r.g.WithContext(r.ctx).Model(row) }

// exists reports whether there is a row of T, of those that meet a condition
// unless it is "".
func exists[T any](r Reader, where string, args ...any) (bool, error) {
	q := gorm.G[T](r.g).Select("1").Limit(1)
	if where != "" {
		q = q.Where(where, args...)
	}
	n := 0
	err := q.Scan(r.ctx, &n)
	return n == 1, err
}

// Count returns how many rows of T there are.
func Count[T any](r Reader) (int64, error) { return gorm.G[T](r.g).Count(r.ctx, "*") }

// put keeps a row, in the place of the one with its primary key.
func put[T any](tx *Tx, row T) error {
	return gorm.G[T](tx.g, clause.OnConflict{UpdateAll: true}).Create(tx.ctx, &row)
}

// replace writes a row over the one with its primary key, which must be there:
// all columns, those that have become zero too.
func replace[T any](tx *Tx, row *T) error {
	done := tx.g.WithContext(tx.ctx).Select("*").Updates(row)
	return tx.one(int(done.RowsAffected), done.Error)
}

var errHalf = errors.New("a statement changed another number of rows than it must")

// one takes what a statement returns that must change one row. If it has changed
// another number, the write fails.
func (tx *Tx) one(changed int, err error) error {
	if err == nil && changed != 1 {
		tx.failed, err = errHalf, errHalf
	}
	return err
}

type txKey struct{}

// latch lets no statement of a write run after one that failed, whatever the
// caller makes of its error: what it left undone may be half a change.
func latch(g *gorm.DB) error {
	before := func(g *gorm.DB) {
		if tx, ok := g.Statement.Context.Value(txKey{}).(*Tx); ok && tx.failed != nil {
			g.Error = tx.failed
		}
	}
	after := func(g *gorm.DB) {
		g.Error = translate(g.Error) // of rows, GORM does not
		if tx, ok := g.Statement.Context.Value(txKey{}).(*Tx); ok && tx.failed == nil && !errors.Is(g.Error, ErrNotFound) {
			tx.failed = g.Error
		}
	}
	var errs []error
	on := g.Callback()
	for _, p := range sliceOf(on.Create(), on.Query(), on.Update(), on.Delete(), on.Row(), on.Raw()) {
		errs = append(errs, p.Before("*").Register("samband:before", before), p.After("*").Register("samband:after", after))
	}
	return errors.Join(errs...)
}

// sliceOf makes a slice of values whose type has no name outside its package.
func sliceOf[T any](all ...T) []T { return all }

// Serialisers are how fields are kept that are no plain values.
func init() {
	schema.RegisterSerializer("instant", serializer[time.Time]{
		func(t time.Time) string { return t.UTC().Format(trail.Instants) },
		func(s string) (time.Time, error) { return time.Parse(trail.Instants, s) },
	})
	schema.RegisterSerializer("words", serializer[[]string]{
		func(words []string) string { return strings.Join(words, " ") },
		func(s string) ([]string, error) { return strings.Fields(s), nil },
	})
	schema.RegisterSerializer("steps", serializer[[]models.Step]{stepsText, parseSteps})
}

// A serializer keeps a T as text.
type serializer[T any] struct {
	text  func(T) string
	parse func(string) (T, error)
}

// Value returns what is kept of a field.
func (s serializer[T]) Value(_ context.Context, _ *schema.Field, _ reflect.Value, value any) (any, error) {
	return s.text(value.(T)), nil
}

// Scan gives a field the value of what is kept.
func (s serializer[T]) Scan(ctx context.Context, f *schema.Field, row reflect.Value, kept any) error {
	var text string
	switch kept := kept.(type) {
	case string:
		text = kept
	case []byte:
		text = string(kept)
	default:
		return fmt.Errorf("db: %s cannot be read from %T", f.Name, kept)
	}
	value, err := s.parse(text)
	if err == nil {
		f.ReflectValueOf(ctx, row).Set(reflect.ValueOf(&value).Elem())
	}
	return err
}
