// SQL by hand: many records are read, each as one JSON array, in half the time.

package db

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"samband/db/trail"
	"samband/models"
)

// A Record is a record of any noun: it has an ID, a version and its own rows in
// the trail.
type Record interface{ models.Record }

// A kind is how the records of one noun are stored, found and shown.
type kind[T Record] struct {
	*Table // of T
	noun   string
	// parts are the lists of a record, in the order of its fields.
	parts []part[T]
	key   func(T) string
	// check returns what is wrong with a record by itself, nil where a rule needs
	// more than the record.
	check func(T) models.Problems
	// save writes a record by the rules, and drop removes one. Both are nil for nouns
	// whose changes cannot be taken back.
	save func(*Tx, *T) error
	drop func(tx *Tx, id int64, version int) error
	// state returns which state a record belongs to, "" for no single one.
	// allowed reports whether somebody may change it; nil means anybody who may
	// change what belongs to that state.
	state   func(*Tx, T) (models.State, error)
	allowed func(models.Rights, T, models.State) bool
	// own reports whether the actor writes what is his or her own to write. nil
	// means that nothing is.
	own func(*Tx, T) bool
	// words returns the noun and the text for the search words of a record,
	// sorts its sort keys in a language. Each is nil for nouns that have none;
	// without words there are no sorts either.
	words func(T) (noun, text string)
	sorts func(T, string) []sortName
	// touches returns the part of a directory that changes with a record, nil for
	// nouns outside the directory.
	touches func(T) touch
	// before returns where a reversal gathers such records, and is nil for nouns
	// outside the directory; since, unless nil, is called for each row as well.
	before func(*reversal) map[int64]*T
	since  func(*reversal, trail.Row) error
	// seen reports whether the reader may see a record in full, hidden whether
	// the reader may not see whom a row is about. nil means that all may see it.
	seen   func(r Reader, id int64) (bool, error)
	hidden func(t *trailView, row trail.Row, old, now side) bool
	// title returns the display name of a row's record; nil means its key.
	title func(t *trailView, row trail.Row) string
	// given returns the records that every database has from its beginning, before
	// the first row of the trail. nil means that there are none.
	given func() []*T
	// erased reports whether personal values are what erasing leaves behind. nil
	// means that only what was asked for can be erased.
	erased func(row trail.Row, personal string) bool
}

// The positions of a record's ID and version among its columns.
const (
	idColumn      = 0
	versionColumn = 1
)

// ID returns a pointer to the ID of a record.
func ID[T Record](one *T) *int64 { return kindOf[T]().at(one, idColumn).(*int64) }

// Version returns a pointer to the version of a record.
func Version[T Record](one *T) *int { return kindOf[T]().at(one, versionColumn).(*int) }

// text writes a whole record without the closing brace. Equal records give
// equal text.
func (k *kind[T]) text(one *T, j *trail.Writer) {
	j.Begin()
	k.public(one, j)
	k.json(j, one, true)
}

// names returns the names of all fields of a record in the trail, with those of
// its parts.
func (k *kind[T]) names() []string {
	names := slices.Clone(k.columns)
	for _, l := range k.parts {
		names = append(names, l.tableName())
	}
	return names
}

// public writes the fields of a record that are not personal, and its parts.
func (k *kind[T]) public(one *T, j *trail.Writer) {
	k.json(j, one, false)
	for _, l := range k.parts {
		l.json(j, one)
	}
}

// A sortName is what a list is sorted by: by its first text, then the next.
type sortName struct {
	name  string // noun.column
	texts []string
}

// mayChange reports whether somebody with the given rights may change a record
// of the given state.
func (k *kind[T]) mayChange(r models.Rights, one T, state models.State) bool {
	if k.allowed == nil {
		return r.MayChange(state)
	}
	return k.allowed(r, one, state)
}

// Each calls f for each record of a noun, in the order of the columns by, if
// any. Parts are not read: see WithParts. It stops at the
// first error of f and returns it. An unknown column is an error.
func Each[T Record](r Reader, by []string, f func(*T) error) error {
	for _, column := range by {
		if k := kindOf[T](); !slices.Contains(k.columns, column) {
			return fmt.Errorf("%s has no column %q", k.Name, column)
		}
	}
	order := ""
	if len(by) > 0 {
		order = "ORDER BY " + strings.Join(by, ", ")
	}
	return eachOf(r, order, nil, f)
}

// All returns the records for which Each would call its function.
func All[T Record](r Reader, by ...string) (all []*T, err error) {
	err = Each(r, by, func(one *T) error {
		all = append(all, one)
		return nil
	})
	return all, err
}

// eachOf calls f for each record that the end of a query selects, such as
// "WHERE key = ?". Parts are not read.
func eachOf[T Record](r Reader, where string, args []any, f func(*T) error) error {
	k := kindOf[T]()
	query := "SELECT " + r.columns(k.Name, k.columns) + " FROM " + k.Name + " " + where
	var row T
	into, scanner := k.Pointers(&row, nil), r.scanner()
	return r.each(query, args, func(rows *sql.Rows) error {
		if err := scanner.scan(rows, into); err != nil {
			return err
		}
		one := new(T)
		*one = row
		return f(one)
	})
}

// byID returns the record with an ID, with its parts, or ErrNotFound.
func byID[T Record](r Reader, id int64) (*T, error) {
	one, err := rowsOf[T](r.g).Where("id = ?", id).Take(r.ctx)
	if err != nil {
		return nil, err
	}
	return &one, partsOf(r, map[int64]*T{id: &one})
}

// day returns a day as a statement's argument: NULL for no day.
func day(d models.Date) any {
	if d <= 0 {
		return nil
	}
	return d.String()
}
