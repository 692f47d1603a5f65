package db

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"samband/db/trail"
)

// A Difference is a place where a table is not what the trail says it must be.
type Difference struct {
	Noun  string
	ID    int64
	Key   string // of the record, if it has one
	Field string // the first that differs, "" if it is the record as a whole
	Row   int64  // the last row of the trail about the record; 0 if there is none
	Why   string
}

func (d Difference) String() string {
	parts := []string{strings.TrimSpace(fmt.Sprintf("%s %d %s", d.Noun, d.ID, d.Key))}
	if d.Field != "" {
		parts = append(parts, d.Field)
	}
	parts = append(parts, d.Why)
	if d.Row > 0 {
		parts = append(parts, fmt.Sprintf("row %d of the trail tells of it last", d.Row))
	}
	return strings.Join(parts, ": ")
}

const (
	whyOther   = "the table holds another value than the trail"
	whyUntold  = "the table holds it, and the trail does not"
	whyGone    = "the trail holds it, and the table does not"
	whyGarbled = "the table holds what the program never writes"
)

// A witness gathers from the rows of the trail what a table must hold, and then
// compares the two, calling read with the number of records just read.
type witness interface {
	hear(row trail.Row) error
	compare(r Reader, read func(n int64)) (*Difference, error)
}

// eventTables are the tables whose content the trail records as events.
var eventTables = []notedTable{tokenTable, calendarTable, planTable, viewTable, snoozeTable, claimTable, attestationTable, certifiedTable}

// A testimony is what all tables must hold: a witness for each noun.
type testimony map[string]witness

// witnesses returns a new witness for each table.
func witnesses() testimony {
	all := testimony{}
	for _, n := range nouns() {
		all[n.called()] = n.hearing()
	}
	for _, t := range eventTables {
		if one := newNoted(t); all[t.noun] == nil {
			all[t.noun] = one
		} else {
			all[t.noun] = both{all[t.noun], one}
		}
	}
	return all
}

// both is the witness of two tables that one noun has.
type both [2]witness

func (b both) hear(row trail.Row) error { return cmp.Or(b[0].hear(row), b[1].hear(row)) }

func (b both) compare(r Reader, read func(n int64)) (*Difference, error) {
	if d, err := b[0].compare(r, read); d != nil || err != nil {
		return d, err
	}
	return b[1].compare(r, read)
}

// IsNoun, Key, Replaced and Hear make a testimony the trail.Records of a walk.
func (testimony) IsNoun(noun string) bool { return nounsByName[noun] != nil }

func (testimony) Key(row trail.Row) (string, error) {
	kept := nounsByName[row.Noun]
	switch {
	case kept == nil:
		return "", nil
	case row.New != nil:
		return kept.keyIn(row.New, row.NewPersonal)
	}
	return kept.keyIn(row.Old, row.OldPersonal)
}

func (testimony) Replaced(row trail.Row, personal string) bool {
	if kept := nounsByName[row.Noun]; kept != nil {
		return kept.former(row, personal)
	}
	return personal == nothingAsked
}

// Hear passes the row to the witness of its noun.
func (t testimony) Hear(row trail.Row) (err error) {
	if witness := t[row.Noun]; witness != nil {
		err = witness.hear(row)
	}
	if row.Noun == accountKind.noun && row.Action == trail.Erase { // these were erased with it
		for _, noun := range []string{tokenTable.noun, calendarTable.noun} {
			t[noun].(*eventful).forget("account", text10(row.RecordID))
		}
	}
	return err
}

// compare compares the tables with the trail, one after the other.
func (t testimony) compare(r Reader, read func(n int64)) (*Difference, error) {
	var order []string
	for _, n := range nouns() {
		order = append(order, n.called())
	}
	for _, e := range eventTables {
		if !slices.Contains(order, e.noun) {
			order = append(order, e.noun)
		}
	}
	for _, noun := range order {
		if d, err := t[noun].compare(r, read); d != nil || err != nil {
			return d, err
		}
	}
	for _, n := range nouns() {
		if d, err := n.stray(r); d != nil || err != nil {
			return d, err
		}
	}
	return nil, nil
}

// heard is the witness of records that the trail holds in full. It keeps only a
// hash of each, since there may be many.
type heard[T Record] struct {
	k    *kind[T]
	last map[int64]toldLast
	json trail.Writer
}

type toldLast struct {
	row int64
	sum [sha256.Size]byte
}

func (h *heard[T]) hear(row trail.Row) error {
	if !trail.Holds(row.Action) {
		return nil
	}
	if row.New == nil {
		delete(h.last, row.RecordID)
		return nil
	}
	one, err := decode[T](*row.New, row.NewPersonal)
	if err != nil {
		return err
	}
	h.last[row.RecordID] = toldLast{row.ID, sha256.Sum256(h.text(one))}
	return nil
}

// text returns the full content of a record, always the same for equal records.
func (h *heard[T]) text(one *T) []byte {
	h.k.sortParts(one)
	h.k.text(one, &h.json)
	return []byte(h.json.End())
}

// comparedAtOnce is how many records are read at a time.
const comparedAtOnce = 500

func (h *heard[T]) compare(r Reader, read func(int64)) (*Difference, error) {
	for after := int64(math.MinInt64); ; {
		ids, err := idsAfter[T](r, after)
		if err != nil || len(ids) == 0 {
			return h.missing(), err
		}
		found, err := recordsOf[T](r, ids)
		if err != nil && r.ctx.Err() == nil {
			return h.garbled(r, ids)
		}
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			last, told := h.last[id]
			delete(h.last, id)
			switch {
			case !told:
				return &Difference{Noun: h.k.noun, ID: id, Key: h.k.key(*found[id]), Why: whyUntold}, nil
			case sha256.Sum256(h.text(found[id])) != last.sum:
				return h.difference(r, found[id], last.row)
			}
		}
		read(int64(len(ids)))
		after = ids[len(ids)-1]
	}
}

func idsAfter[T Record](r Reader, after int64) (ids []int64, err error) {
	err = rowsOf[T](r.g).Select("id").Where("id > ?", after).Order("id").Limit(comparedAtOnce).Scan(r.ctx, &ids)
	return ids, err
}

// recordsOf returns records by their IDs, with their parts.
func recordsOf[T Record](r Reader, ids []int64) (map[int64]*T, error) {
	found, err := byIDs[T](r, slices.Clone(ids))
	if err != nil {
		return nil, err
	}
	return found, partsOf(r, found)
}

// garbled finds the record that cannot be read.
func (h *heard[T]) garbled(r Reader, ids []int64) (*Difference, error) {
	for _, id := range ids {
		if _, err := recordsOf[T](r, []int64{id}); err != nil {
			return &Difference{Noun: h.k.noun, ID: id, Row: h.last[id].row, Why: whyGarbled}, r.ctx.Err()
		}
	}
	return nil, errors.New("the table changed while it was read")
}

// missing returns the first record that the table should hold and does not.
func (h *heard[T]) missing() *Difference {
	if len(h.last) == 0 {
		return nil
	}
	d := &Difference{Noun: h.k.noun, ID: math.MaxInt64, Why: whyGone}
	for id, last := range h.last {
		if id < d.ID {
			d.ID, d.Row = id, last.row
		}
	}
	return d
}

// difference names the first field in which a record differs from a row.
func (h *heard[T]) difference(r Reader, one *T, row int64) (*Difference, error) {
	d := &Difference{Noun: h.k.noun, ID: *ID(one), Key: h.k.key(*one), Row: row, Why: whyOther}
	told, err := h.told(r, d.ID, row)
	if err != nil {
		return nil, err
	}
	is, bad := trail.Fields(string(h.text(one)), nil)
	must, worse := trail.Fields(string(h.text(told)), nil)
	if err := cmp.Or(bad, worse); err != nil {
		return nil, err
	}
	for _, field := range h.k.names() {
		if !bytes.Equal(is[field], must[field]) {
			d.Field = field
			break
		}
	}
	return d, nil
}

// told returns a record as a row of the trail has it, or for row 0 as every
// database has it from its beginning.
func (h *heard[T]) told(r Reader, id, row int64) (*T, error) {
	if row == 0 {
		given := h.k.given()
		return given[slices.IndexFunc(given, func(one *T) bool { return *ID(one) == id })], nil
	}
	last, err := rowsOf[trail.Row](r.g).Where("id = ?", row).Take(r.ctx)
	if err != nil {
		return nil, err
	}
	return decode[T](*last.New, last.NewPersonal)
}
