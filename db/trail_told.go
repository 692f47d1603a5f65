package db

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"samband/models"
)

// A Difference is where a table is not what the trail says that it must be.
type Difference struct {
	Noun  string
	ID    int64
	Key   string // of the record, if it has one
	Field string // the first that differs, "" for the record as a whole
	Row   int64  // of the trail, that tells of it last; 0 for none
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

// A witness gathers, along the trail, what a table must hold, and then compares
// the two. read is called after each of the records that it reads.
type witness interface {
	hear(l link) error
	compare(r reader, read func(n int64)) (*Difference, error)
}

// eventTables are those of which the trail tells by events.
var eventTables = []notedTable{tokenTable, planTable, snoozeTable, attestationTable}

// witnesses returns one for each table, by noun.
func witnesses() map[string]witness {
	all := map[string]witness{}
	for _, n := range nouns() {
		all[n.called()] = n.hearing()
	}
	for _, t := range eventTables {
		all[t.noun] = newNoted(t)
	}
	return all
}

// compared returns the nouns in the order in which their tables are compared.
func compared() (all []string) {
	for _, n := range nouns() {
		all = append(all, n.called())
	}
	for _, t := range eventTables {
		all = append(all, t.noun)
	}
	return all
}

// heard is the witness of records that the trail holds whole. Of each it keeps
// some bytes only: there may be many.
type heard[T record] struct {
	k    *kind[T]
	last map[int64]toldLast
	json jsonWriter
}

type toldLast struct {
	row int64
	sum [sha256.Size]byte
}

func (h *heard[T]) hear(l link) error {
	if !changes[l.action] {
		return nil
	}
	if l.new == nil {
		delete(h.last, l.recordID)
		return nil
	}
	one, err := decode[T](*l.new, l.newPersonal)
	if err != nil {
		return err
	}
	h.last[l.recordID] = toldLast{l.id, sha256.Sum256(h.text(one))}
	return nil
}

// text returns all there is to a record, the same for the same record.
func (h *heard[T]) text(one *T) []byte {
	if p, ok := any(one).(*models.Posting); ok {
		sortLists(p)
	}
	h.k.text(one, &h.json)
	h.json.b = append(h.json.b, '}')
	return h.json.b
}

// comparedAtOnce is how many records are read at once.
const comparedAtOnce = 500

func (h *heard[T]) compare(r reader, read func(int64)) (*Difference, error) {
	for after := int64(math.MinInt64); ; {
		ids, err := r.idsAfter(h.k.name, after)
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

func (r reader) idsAfter(table string, after int64) (ids []int64, err error) {
	err = r.each("SELECT id FROM "+table+" WHERE id > ? ORDER BY id LIMIT ?", []any{after, comparedAtOnce}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// recordsOf returns the records of IDs, postings with their lists.
func recordsOf[T record](r reader, ids []int64) (map[int64]*T, error) {
	found, err := byIDs[T](r, slices.Clone(ids))
	if postings, ok := any(found).(map[int64]*models.Posting); ok && err == nil {
		err = r.lists(postings, "WHERE posting_id IN ?", ids)
	}
	return found, err
}

// garbled finds the record that cannot be read.
func (h *heard[T]) garbled(r reader, ids []int64) (*Difference, error) {
	for _, id := range ids {
		if _, err := recordsOf[T](r, []int64{id}); err != nil {
			return &Difference{Noun: h.k.noun, ID: id, Row: h.last[id].row, Why: whyGarbled}, r.ctx.Err()
		}
	}
	return nil, errors.New("the table changed while it was read")
}

// missing returns the first record that should be there.
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

// difference names the first field in which a record is not what a row says.
func (h *heard[T]) difference(r reader, one *T, row int64) (*Difference, error) {
	d := &Difference{Noun: h.k.noun, ID: *h.k.id(one), Key: h.k.key(*one), Row: row, Why: whyOther}
	var public string
	var personal *string
	err := r.each("SELECT new, new_personal FROM audit WHERE id = ?", []any{row}, func(rows *sql.Rows) error { return rows.Scan(&public, &personal) })
	if err != nil {
		return nil, err
	}
	told, err := decode[T](public, personal)
	if err != nil {
		return nil, err
	}
	is, bad := fieldsOf(string(h.text(one)), nil)
	must, worse := fieldsOf(string(h.text(told)), nil)
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

// A notedTable is a table of which the trail tells by events. Where a field is
// vouched for (see Event.Vouched) the trail holds a commitment to it; older rows
// tell less.
type notedTable struct {
	noun, query string
	// scan reads a row, and key says what tells it apart.
	scan func(*sql.Rows) (id int64, fields map[string]string, err error)
	key  func(id int64, fields map[string]string) string
	// hear says of an event what there must be after it, nil for nothing.
	hear func(l link, about map[string]string) map[string]string
}

// eventful is the witness of such a table.
type eventful struct {
	notedTable
	last map[string]notedLast
	// blurred are records of which an event was erased: which of them it told
	// of cannot be said any longer.
	blurred map[int64]bool
}

type notedLast struct {
	row, id int64
	fields  map[string]string
	salt    []byte
	vouched map[string]string // commitments
}

func newNoted(t notedTable) *eventful {
	return &eventful{notedTable: t, last: map[string]notedLast{}, blurred: map[int64]bool{}}
}

func (n *eventful) hear(l link) error {
	if l.action == actionErase || l.new == nil {
		n.blurred[l.recordID] = n.blurred[l.recordID] || l.action == actionErase
		return nil
	}
	about, err := wordsOf(*l.new, l.newPersonal)
	if err != nil {
		return err
	}
	if l.action == "carry_out" && about[vouchedField] == "" { // an old row, after which a plan may be there or not
		n.blurred[l.recordID] = true
	}
	fields := n.notedTable.hear(l, about)
	key := n.key(l.recordID, about)
	if fields == nil {
		delete(n.last, key)
		return nil
	}
	last := notedLast{row: l.id, id: l.recordID, fields: fields, salt: l.salt, vouched: map[string]string{}}
	for one := range strings.FieldsSeq(about[vouchedField]) {
		name, commitment, _ := strings.Cut(one, "=")
		last.vouched[name] = commitment
	}
	n.last[key] = last
	return nil
}

// wordsOf returns the fields of an event as texts.
func wordsOf(public string, personal *string) (map[string]string, error) {
	words := map[string]string{}
	for _, text := range []*string{&public, personal} {
		fields := map[string]json.RawMessage{}
		if text == nil {
			continue
		}
		if err := json.Unmarshal([]byte(*text), &fields); err != nil {
			return nil, err
		}
		for name, raw := range fields {
			var s string
			if json.Unmarshal(raw, &s) != nil {
				s = string(raw)
			}
			words[name] = s
		}
	}
	return words, nil
}

func (n *eventful) compare(r reader, read func(int64)) (d *Difference, err error) {
	err = r.each(n.query, nil, func(rows *sql.Rows) error {
		if d != nil {
			return nil
		}
		id, fields, err := n.scan(rows)
		if err != nil {
			d = &Difference{Noun: n.noun, ID: id, Why: whyGarbled}
			return r.ctx.Err()
		}
		key := n.key(id, fields)
		last, told := n.last[key]
		delete(n.last, key)
		switch {
		case !told && !n.blurred[id]:
			d = &Difference{Noun: n.noun, ID: id, Key: key, Why: whyUntold}
		case told:
			if field := last.differs(fields); field != "" {
				d = &Difference{Noun: n.noun, ID: id, Key: key, Field: field, Row: last.row, Why: whyOther}
			}
		}
		read(1)
		return nil
	})
	if d != nil || err != nil {
		return d, err
	}
	for key, last := range n.last { // rows that vouch for nothing are older than the rule that every end is noted
		if (len(last.vouched) > 0 || n.noun != snoozeTable.noun) && (d == nil || last.row < d.Row) {
			d = &Difference{Noun: n.noun, ID: last.id, Key: key, Row: last.row, Why: whyGone}
		}
	}
	return d, nil
}

// forget takes what was told of records in which a field has a value: they have
// gone with another record.
func (n *eventful) forget(field, value string) {
	maps.DeleteFunc(n.last, func(_ string, l notedLast) bool { return l.fields[field] == value })
}

// differs returns the first field that is not what was told, "" if all are.
func (l notedLast) differs(fields map[string]string) (first string) {
	for name, is := range fields {
		must, told := l.fields[name]
		promise, vouched := l.vouched[name]
		if told && is != must || vouched && l.salt != nil && commitment(l.salt, is) != promise {
			if first == "" || name < first {
				first = name
			}
		}
	}
	return first
}
