package db

import (
	"database/sql"
	"maps"
	"samband/db/trail"
	"slices"
	"strings"
)

// A notedTable is a table whose content the trail records as events. For fields
// that are vouched for (see Event.Vouched) the trail holds a commitment; older
// rows say less.
type notedTable struct {
	noun, query string
	// actions are those that are about it, of a noun with several tables; nil for all.
	actions []string
	// scan reads a row of the table, and key returns what identifies it.
	scan func(*sql.Rows) (id int64, fields map[string]string, err error)
	key  func(id int64, fields map[string]string) string
	// hear returns the fields that must hold after an event, nil if the row is
	// gone.
	hear func(row trail.Row, about map[string]string) map[string]string
}

// eventful is the witness of a notedTable.
type eventful struct {
	notedTable
	last map[string]notedLast
	// blurred holds the record IDs of erased events: what such an event was
	// about can no longer be told, so table rows without an event are accepted.
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

func (n *eventful) hear(row trail.Row) error {
	if row.Action == trail.Erase || row.New == nil {
		n.blurred[row.RecordID] = n.blurred[row.RecordID] || row.Action == trail.Erase
		return nil
	}
	if n.actions != nil && !slices.Contains(n.actions, row.Action) {
		return nil
	}
	about, err := trail.Words(*row.New, row.NewPersonal)
	if err != nil {
		return err
	}
	if row.Action == "carry_out" && about[trail.Vouched] == "" { // an old row, which does not say whether the plan was removed
		n.blurred[row.RecordID] = true
	}
	fields := n.notedTable.hear(row, about)
	key := n.key(row.RecordID, about)
	if fields == nil {
		delete(n.last, key)
		return nil
	}
	last := notedLast{row: row.ID, id: row.RecordID, fields: fields, salt: row.Salt, vouched: map[string]string{}}
	for one := range strings.FieldsSeq(about[trail.Vouched]) {
		name, commitment, _ := strings.Cut(one, "=")
		last.vouched[name] = commitment
	}
	n.last[key] = last
	return nil
}

func (n *eventful) compare(r Reader, read func(int64)) (d *Difference, err error) {
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
	for key, last := range n.last { // rows without commitments predate the rule that every end is noted
		if (len(last.vouched) > 0 || n.noun != snoozeTable.noun) && (d == nil || last.row < d.Row) {
			d = &Difference{Noun: n.noun, ID: last.id, Key: key, Row: last.row, Why: whyGone}
		}
	}
	return d, nil
}

// forget drops what was heard of records in which a field has a value: they
// were removed along with another record.
func (n *eventful) forget(field, value string) {
	maps.DeleteFunc(n.last, func(_ string, l notedLast) bool { return l.fields[field] == value })
}

// differs returns the first field that is not what the trail says, "" if none.
func (l notedLast) differs(fields map[string]string) (first string) {
	for name, is := range fields {
		must, told := l.fields[name]
		promise, vouched := l.vouched[name]
		if told && is != must || vouched && l.salt != nil && trail.Commitment(l.salt, is) != promise {
			if first == "" || name < first {
				first = name
			}
		}
	}
	return first
}
