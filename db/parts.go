// SQL by hand: reading each row as one JSON array halves the time.

package db

import (
	"database/sql"
	"encoding/json"
	"slices"
	"sort"
	"strings"

	"gorm.io/gorm/clause"

	"samband/db/trail"
)

// A part is one of the lists of a record, whose rows have a table of their own. The
// first two columns of that table are the ID of the row and of its record.
type part[T any] interface {
	tableName() string
	// owner is the column of the record's ID.
	owner() string
	// read reads rows into the records that they belong to, and skips rows of
	// others.
	read(r Reader, of map[int64]*T, where string, args ...any) error
	sort(one *T)
	// adopt gives each row of one the ID of an equal row of old, or 0 if old
	// has none. It copies the rows first, since a directory may hold the slice.
	adopt(old, one *T)
	// write turns the rows of old, which are stored, into those of one. Rows
	// common to both must have been adopted.
	write(tx *Tx, in *inserter, old, one *T) error
	inserter(tx *Tx) *inserter
	json(j *trail.Writer, one *T)
	// stray returns the ID of the record of some row whose record does not exist,
	// 0 if there is none.
	stray(r Reader) (int64, error)
	decode(one *T, raw json.RawMessage) error
}

// ownColumns is how many columns of a row come before its content.
const ownColumns = 2

type partOf[T Record, R comparable] struct {
	*Table
	rows func(*T) *[]R
}

// partFrom returns the part that rows leads to.
func partFrom[T Record, R comparable](rows func(*T) *[]R) part[T] {
	return &partOf[T, R]{TableOf[R](), rows}
}

func (l *partOf[T, R]) tableName() string { return l.Name }

func (l *partOf[T, R]) owner() string { return l.columns[1] }

// ids returns pointers to the ID of a row and to that of its record.
func (l *partOf[T, R]) ids(row *R) (id, record *int64) {
	into := l.Pointers(row, make([]any, 0, 8))
	return into[0].(*int64), into[1].(*int64)
}

func (l *partOf[T, R]) read(r Reader, of map[int64]*T, where string, args ...any) error {
	var row R
	into, scanner := l.Pointers(&row, nil), r.scanner()
	record := into[1].(*int64)
	query := "SELECT " + r.columns(l.Name, l.columns) + " FROM " + l.Name + " " + where
	err := r.each(query, args, func(rows *sql.Rows) error {
		err := scanner.scan(rows, into)
		if p := of[*record]; p != nil {
			all := l.rows(p)
			*all = append(*all, row)
		}
		return err
	})
	return err
}

func (l *partOf[T, R]) sort(p *T) {
	rows := *l.rows(p)
	less := func(i, j int) bool { return l.compare(&rows[i], &rows[j], ownColumns) < 0 }
	if !sort.SliceIsSorted(rows, less) {
		sort.Slice(rows, less)
	}
}

func (l *partOf[T, R]) adopt(old, one *T) {
	had := *l.rows(old)
	free := make(map[R][]int64, len(had)) // IDs by row
	for _, r := range had {
		id, of := l.ids(&r)
		was := *id
		*id, *of = 0, *ID(one)
		free[r] = append(free[r], was)
	}
	rows := slices.Clone(*l.rows(one))
	for i := range rows {
		id, of := l.ids(&rows[i])
		*id, *of = 0, *ID(one)
		if had := free[rows[i]]; len(had) > 0 {
			free[rows[i]] = had[1:]
			*id = had[0]
		}
	}
	*l.rows(one) = rows
}

func (l *partOf[T, R]) inserter(tx *Tx) *inserter { return tx.inserter(l.Name, l.columns) }

func (l *partOf[T, R]) write(tx *Tx, in *inserter, old, one *T) error {
	rows := *l.rows(one)
	kept := make(map[int64]bool, len(rows))
	for i := range rows {
		id, _ := l.ids(&rows[i])
		kept[*id] = true
	}
	for _, was := range *l.rows(old) {
		if id, _ := l.ids(&was); !kept[*id] {
			if err := tx.one(rowsOf[R](tx.g).Where("id = ?", *id).Delete(tx.ctx)); err != nil {
				return err
			}
		}
	}
	for i := range rows {
		if id, _ := l.ids(&rows[i]); *id == 0 {
			*id = tx.IDs(1)
			if err := in.add(l.values(&rows[i], make([]any, 0, 8))...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *partOf[T, R]) json(j *trail.Writer, p *T) {
	rows := *l.rows(p)
	j.Objects(l.Name, len(rows), func(i int) {
		for k, to := range l.Pointers(&rows[i], make([]any, 0, 8))[ownColumns:] {
			writeField(j, l.columns[ownColumns+k], to)
		}
	})
}

func (l *partOf[T, R]) stray(r Reader) (record int64, err error) {
	err = rowsOf[R](r.g).Select(l.owner()).Where("? NOT IN (?)", clause.Column{Name: l.owner()}, r.of(new(T)).Select("id")).Limit(1).Scan(r.ctx, &record)
	return record, err
}

func (l *partOf[T, R]) decode(p *T, raw json.RawMessage) error {
	var entries []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &entries); err != nil {
		return err
	}
	for _, fields := range entries {
		var row R
		if err := l.fill(&row, fields); err != nil {
			return err
		}
		all := l.rows(p)
		*all = append(*all, row)
	}
	return nil
}

// WithParts returns the records that the end of a query selects, such as "WHERE
// agency_id = ?", with their parts, by key. All are selected by "".
func WithParts[T Record](r Reader, where string, args ...any) ([]*T, error) {
	var all []*T
	byID := map[int64]*T{}
	err := eachOf(r, where+" ORDER BY key", args, func(one *T) error {
		all, byID[*ID(one)] = append(all, one), one
		return nil
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	within := ""
	if where != "" {
		within = "WHERE %s IN (SELECT id FROM " + kindOf[T]().Name + " " + where + ")"
	}
	return all, readParts(r, byID, within, args...)
}

// partsOf reads the parts of the given records and sorts them.
func partsOf[T Record](r Reader, of map[int64]*T) error {
	if len(of) == 0 || len(kindOf[T]().parts) == 0 {
		return nil
	}
	return readParts(r, of, "WHERE %s IN ?", idsOf(of, func(one *T) int64 { return *ID(one) }))
}

// readParts reads the parts that the end of a query selects, in which %s stands for
// the column of the record's ID, into the given records, and sorts them. Rows of
// other records are skipped.
func readParts[T Record](r Reader, of map[int64]*T, where string, args ...any) error {
	k := kindOf[T]()
	for _, l := range k.parts {
		if err := l.read(r, of, strings.ReplaceAll(where, "%s", l.owner()), args...); err != nil {
			return err
		}
	}
	if len(k.parts) > 0 {
		for _, one := range of {
			k.sortParts(one)
		}
	}
	return nil
}

// sortParts sorts the parts of a record by the content of their rows, column by
// column.
func (k *kind[T]) sortParts(one *T) {
	for _, l := range k.parts {
		l.sort(one)
	}
}

// adopt calls adopt on each part, and sorts the parts of one.
func (k *kind[T]) adopt(old, one *T) {
	for _, l := range k.parts {
		l.adopt(old, one)
	}
	k.sortParts(one)
}

// A partWriter writes the parts of records.
type partWriter[T Record] struct {
	tx        *Tx
	k         *kind[T]
	inserters []*inserter // in the order of the kind's parts
}

func newPartWriter[T Record](tx *Tx, k *kind[T]) *partWriter[T] {
	w := &partWriter[T]{tx: tx, k: k}
	for _, l := range k.parts {
		w.inserters = append(w.inserters, l.inserter(tx))
	}
	return w
}

// write turns the stored parts of old into those of one; nil stands for a record
// that does not exist.
func (w *partWriter[T]) write(old, one *T) error {
	if len(w.k.parts) == 0 {
		return nil
	}
	if old == nil {
		old = new(T)
		w.k.adopt(old, one)
	}
	if one == nil {
		one = new(T)
	}
	for i, l := range w.k.parts {
		if err := l.write(w.tx, w.inserters[i], old, one); err != nil {
			return err
		}
	}
	return nil
}

func (w *partWriter[T]) flush() error {
	for _, in := range w.inserters {
		if err := in.flush(); err != nil {
			return err
		}
	}
	return nil
}
