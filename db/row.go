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

// Ordinary rows are read and written with GORM's builder (query.go), which derives
// the statement from the row's struct. SQL by hand, in a few files that say so
// at the top, is there because measurements called for it (docs/adr/0015).

// orNone turns the ErrNotFound of Take into a zero row.
func orNone[T any](row T, err error) (T, error) {
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return row, err
}

// of begins a subquery on the table of a row.
func (r Reader) of(row any) *gorm.DB { return r.g.WithContext(r.ctx).Model(row) }

// exists reports whether any row of T meets a condition, or exists at all if it
// is "".
func exists[T any](r Reader, where string, args ...any) (bool, error) {
	q := rowsOf[T](r.g).Select("1").Limit(1)
	if where != "" {
		q = q.Where(where, args...)
	}
	n := 0
	err := q.Scan(r.ctx, &n)
	return n == 1, err
}

// Count returns the number of rows of T.
func Count[T any](r Reader) (int64, error) { return rowsOf[T](r.g).Count(r.ctx) }

// put inserts a row, or overwrites the one with its primary key.
func put[T any](tx *Tx, row T) error {
	return upsert[T](tx.g, clause.OnConflict{UpdateAll: true}).Create(tx.ctx, &row)
}

// replace overwrites the row with the same primary key, which must exist, in
// all columns, including those that are now zero.
func replace[T any](tx *Tx, row *T) error {
	done := tx.g.WithContext(tx.ctx).Select("*").Updates(row)
	return tx.one(int(done.RowsAffected), done.Error)
}

var errHalf = errors.New("a statement changed another number of rows than it must")

// one checks the result of a statement that must change exactly one row. If it
// changed any other number, the write fails.
func (tx *Tx) one(changed int, err error) error {
	if err == nil && changed != 1 {
		tx.failed, err = errHalf, errHalf
	}
	return err
}

type txKey struct{}

// latch keeps any statement of a write from running after one that failed,
// whatever the caller does with the error: half a change may have been made.
func latch(g *gorm.DB) error {
	before := func(g *gorm.DB) {
		if tx, ok := g.Statement.Context.Value(txKey{}).(*Tx); ok && tx.failed != nil {
			g.Error = tx.failed
		}
	}
	after := func(g *gorm.DB) {
		g.Error = translate(g.Error) // for rows, GORM does not
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

// sliceOf makes a slice of values whose type is unexported in its package.
func sliceOf[T any](all ...T) []T { return all }

// Serialisers for fields that are not plain values.
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

// A serializer stores a T as text.
type serializer[T any] struct {
	text  func(T) string
	parse func(string) (T, error)
}

// Value returns the stored form of a field.
func (s serializer[T]) Value(_ context.Context, _ *schema.Field, _ reflect.Value, value any) (any, error) {
	return s.text(value.(T)), nil
}

// Scan sets a field from its stored form.
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
