// SQL by hand: many records are read as one JSON array each, in half the time.

package db

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"samband/db/trail"
	"samband/models"
)

// A Record is a struct of models that is kept as one.
type Record interface{ models.Record }

// A kind says how the records of one noun are kept.
type kind[T Record] struct {
	*Table // of T
	noun   string
	key    func(T) string
	// check returns what is wrong with a record by itself, nil where a rule needs
	// more than the record.
	check func(T) models.Problems
	// state says whose a record is, "" if it is no single state's, and changes
	// whether somebody may change it: nil for whoever may change that state's.
	state   func(*Tx, T) (models.State, error)
	allowed func(models.Rights, T, models.State) bool
	// words is the text by which a record is found, and the noun that it is
	// found under; sorts is what lists of it are sorted by, in a language. Both
	// are nil for nouns without.
	words func(T) (noun, text string)
	sorts func(T, string) []sortName
	// touches says which part of a directory changes with the record, if any.
	touches func(T) touch
	// before is where an undo keeps what such records were, nil for what is not
	// of the directory; since, unless it is nil, is told of each row besides.
	before func(*reversal) map[int64]*T
	since  func(*reversal, trail.Row) error
	// seen reports whether the record of an ID may be seen whole, and hidden
	// whether who a row is about is not to be seen: nil for what all may see.
	seen   func(r Reader, id int64) (bool, error)
	hidden func(t *trailView, row trail.Row, old, now side) bool
	// title is what a row's record is called, nil where its key is.
	title func(t *trailView, row trail.Row) string
	// erased reports whether personal values are what erasing puts in their
	// place, nil where nothing is erased.
	erased func(row trail.Row, personal string) bool
}

// Where the ID and the version of a record stand among its columns.
const (
	idColumn      = 0
	versionColumn = 1
)

// ID returns where a record keeps its ID.
func ID[T Record](one *T) *int64 { return kindOf[T]().at(one, idColumn).(*int64) }

// Version returns where a record keeps its version.
func Version[T Record](one *T) *int { return kindOf[T]().at(one, versionColumn).(*int) }

// text writes all there is to a record, the same for the same record, but for
// the closing brace.
func (k *kind[T]) text(one *T, j *trail.Writer) {
	j.Begin()
	k.public(one, j)
	k.json(j, one, true)
}

// names returns what the trail calls all that there is to a record.
func (k *kind[T]) names() []string {
	names := slices.Clone(k.columns)
	if k.noun == "posting" {
		for _, l := range postingParts {
			names = append(names, l.tableName())
		}
	}
	return names
}

// public writes what of a record tells of no person, with the lists of a
// posting.
func (k *kind[T]) public(one *T, j *trail.Writer) {
	k.json(j, one, false)
	if p, ok := any(one).(*models.Posting); ok {
		for _, l := range postingParts {
			l.json(j, p)
		}
	}
}

// A sortName is what a list is sorted by: the texts, the first one first.
type sortName struct {
	name  string // noun.column
	texts []string
}

// mayChange reports whether somebody may change a record of a state.
func (k *kind[T]) mayChange(r models.Rights, one T, state models.State) bool {
	if k.allowed == nil {
		return r.MayChange(state)
	}
	return k.allowed(r, one, state)
}

// Each calls f for each record of a noun, by the columns that are named, if any.
// The three lists of a posting are not read: see Reader.Postings. It ends with
// the first error of f, and returns that. A name that is no column's is an error.
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

// All returns what Each calls its function for.
func All[T Record](r Reader, by ...string) (all []*T, err error) {
	err = Each(r, by, func(one *T) error {
		all = append(all, one)
		return nil
	})
	return all, err
}

// eachOf calls f for each record that the end of a query picks, such as "WHERE
// key = ?". The three lists of a posting are not read.
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

// byID returns the record of an ID, a posting with its lists, or ErrNotFound.
func byID[T Record](r Reader, id int64) (*T, error) {
	one, err := gorm.G[T](r.g).Where("id = ?", id).Take(r.ctx)
	if err != nil {
		return nil, err
	}
	if p, ok := any(&one).(*models.Posting); ok {
		err = r.parts(map[int64]*models.Posting{p.ID: p}, "WHERE posting_id = ?", p.ID)
	}
	return &one, err
}

// day returns what a day is in a statement.
func day(d models.Date) any {
	if d <= 0 {
		return nil
	}
	return d.String()
}
