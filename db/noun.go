package db

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"

	"samband/db/trail"
	"samband/models"
)

// A noun is a kind without the type of its records: what can be asked about any
// record that a row of the trail is about.
type noun interface {
	called() string
	// names returns what the trail calls the fields of its records, ID and
	// version first.
	names() []string
	kept() *Table
	// ofDirectory reports whether its records are part of the directory.
	ofDirectory() bool
	// any reports whether there are any records, beside those that every database
	// has.
	any(r Reader) (bool, error)
	// hearing returns a witness that checks its table against the trail.
	hearing() witness
	// stray returns a row of a part whose record does not exist, nil if there is
	// none.
	stray(r Reader) (*Difference, error)
	// relink splits off the personal values of a row that predates the chain.
	relink(tx *Tx, row *trail.Row) error
	// keyIn returns the key of a record as it stands in the trail.
	keyIn(public, personal *string) (string, error)
	// index rebuilds the search index of all its records.
	index(tx *Tx) error
	// revert takes a row back, if the noun is part of the directory.
	revert(r *reversal, row trail.Row) error
	// undoable reports whether a change of its records can be taken back, and undo
	// does so for one row.
	undoable() bool
	undo(tx *Tx, row trail.Row) error
	// whole reports whether the reader may see a record in full.
	whole(r Reader, id int64) (bool, error)
	// hides reports whether the reader may not see whom a row is about.
	hides(t *trailView, row trail.Row, old, now side) bool
	// shown returns the display name of the record that a row is about.
	shown(t *trailView, row trail.Row) string
	// former reports whether personal values are what erasing leaves behind.
	former(row trail.Row, personal string) bool
}

// All kinds, by what they are called and by the type of their records. They are
// declared one by one, each in a file of its own.
var (
	nounsByName = map[string]noun{}
	kindsByType = map[reflect.Type]any{}
)

// declare registers a kind.
func declare[T Record](k kind[T]) *kind[T] {
	k.Table = TableOf[T]()
	if k.key == nil || k.state == nil {
		panic(fmt.Sprintf("db: a %s has no key, or is nobody's", k.noun))
	}
	if !slices.Contains(models.Nouns(), k.noun) || nounsByName[k.noun] != nil {
		panic(fmt.Sprintf("db: %q has no place among the nouns, or two", k.noun))
	}
	nounsByName[k.noun], kindsByType[reflect.TypeFor[T]()] = &k, &k
	return &k
}

// nouns returns all nouns, those that others refer to first.
func nouns() (all []noun) {
	for _, name := range models.Nouns() {
		all = append(all, nounsByName[name])
	}
	return all
}

// directoryNouns returns the nouns that make up the directory.
func directoryNouns() []noun {
	return slices.DeleteFunc(nouns(), func(n noun) bool { return !n.ofDirectory() })
}

// Removable returns the names of the nouns whose records can be removed and brought
// back.
func Removable() (names []string) {
	for _, name := range models.Nouns() {
		if nounsByName[name].undoable() {
			names = append(names, name)
		}
	}
	return names
}

// nounTables returns the tables of all nouns.
func nounTables() (names []string) {
	for _, n := range nouns() {
		names = append(names, n.kept().Name)
	}
	return names
}

// Plural returns what the records of a noun are called together, as their table
// is and their addresses are: contact_points.
func Plural(noun string) string {
	if kept := nounsByName[noun]; kept != nil {
		return kept.kept().Name
	}
	return noun + "s"
}

// Noun returns what a T is called: "agency".
func Noun[T Record]() string { return kindOf[T]().noun }

// Key returns by what a record is known in files and in the trail.
func Key[T Record](one T) string { return kindOf[T]().key(one) }

// Check returns what is wrong with a record by itself.
func Check[T Record](one T) models.Problems { return kindOf[T]().check(one) }

// kindOf returns the kind of T.
func kindOf[T Record]() *kind[T] { return kindsByType[reflect.TypeFor[T]()].(*kind[T]) }

func (k *kind[T]) called() string { return k.noun }

func (k *kind[T]) kept() *Table { return k.Table }

func (k *kind[T]) ofDirectory() bool { return k.touches != nil }

func (k *kind[T]) any(r Reader) (bool, error) { return exists[T](r, "id > 0") }

func (k *kind[T]) hearing() witness {
	h := &heard[T]{k: k, last: map[int64]toldLast{}}
	if k.given != nil {
		for _, one := range k.given() {
			h.last[*ID(one)] = toldLast{0, sha256.Sum256(h.text(one))}
		}
	}
	return h
}

func (k *kind[T]) stray(r Reader) (*Difference, error) {
	for _, l := range k.parts {
		if id, err := l.stray(r); id != 0 || err != nil {
			return &Difference{Noun: k.noun, ID: id, Field: l.tableName(), Why: whyUntold}, err
		}
	}
	return nil, nil
}

func (k *kind[T]) relink(tx *Tx, row *trail.Row) error { return relinked(tx, k, row) }

func (k *kind[T]) keyIn(public, personal *string) (string, error) {
	if public == nil {
		return "", nil
	}
	one, err := decode[T](*public, personal)
	if err != nil {
		return "", err
	}
	return k.key(*one), nil
}

func (k *kind[T]) index(tx *Tx) error {
	if k.words == nil {
		return nil
	}
	return indexAll[T](tx)
}

func (k *kind[T]) revert(r *reversal, row trail.Row) error {
	if k.before == nil {
		return nil
	}
	err := revertOne(k.before(r), row)
	if err == nil && k.since != nil {
		err = k.since(r, row)
	}
	return err
}

func (k *kind[T]) whole(r Reader, id int64) (bool, error) {
	if k.seen == nil {
		return true, nil
	}
	return k.seen(r, id)
}

func (k *kind[T]) hides(t *trailView, row trail.Row, old, now side) bool {
	return k.hidden != nil && k.hidden(t, row, old, now)
}

func (k *kind[T]) shown(t *trailView, row trail.Row) string {
	if k.title == nil {
		return row.RecordKey
	}
	return k.title(t, row)
}

func (k *kind[T]) former(row trail.Row, personal string) bool {
	if k.erased == nil {
		return personal == nothingAsked
	}
	return k.erased(row, personal)
}
