// SQL by hand: reading each row as one JSON array halves the time.

package db

import (
	"database/sql"
	"encoding/json"
	"slices"
	"sort"

	"gorm.io/gorm"

	"samband/db/trail"
	"samband/models"
)

// A postingPart is one of the parts of a posting. Its rows have a table of
// their own, whose first two columns are the ID of the row and of its posting.
type postingPart interface {
	tableName() string
	// read reads rows into the postings that they belong to, and skips rows of
	// others.
	read(r Reader, of map[int64]*models.Posting, where string, args ...any) error
	sort(p *models.Posting)
	// adopt gives each row of one the ID of an equal row of old, or 0 if old
	// has none. It copies the rows first, since a directory may hold the slice.
	adopt(old, one *models.Posting)
	// write turns the rows of old, which are stored, into those of one. Rows
	// common to both must have been adopted.
	write(tx *Tx, in *inserter, old, one *models.Posting) error
	inserter(tx *Tx) *inserter
	json(j *trail.Writer, p *models.Posting)
	// stray returns the posting ID of some row whose posting does not exist, 0
	// if there is none.
	stray(r Reader) (int64, error)
	decode(p *models.Posting, raw json.RawMessage) error
}

// postingParts are all parts of a posting, in the order of its fields.
var postingParts = []postingPart{
	newPostingPart(func(p *models.Posting) *[]models.Representation { return &p.Representations }),
	newPostingPart(func(p *models.Posting) *[]models.Coverage { return &p.Coverages }),
	newPostingPart(func(p *models.Posting) *[]models.Suspension { return &p.Suspensions }),
}

// ownColumns is how many columns of a row come before its content.
const ownColumns = 2

type partOf[R comparable] struct {
	*Table
	rows func(*models.Posting) *[]R
}

func newPostingPart[R comparable](rows func(*models.Posting) *[]R) postingPart {
	return &partOf[R]{TableOf[R](), rows}
}

func (l *partOf[R]) tableName() string { return l.Name }

// ids returns pointers to the ID of a row and to that of its posting.
func (l *partOf[R]) ids(row *R) (id, posting *int64) {
	into := l.Pointers(row, make([]any, 0, 8))
	return into[0].(*int64), into[1].(*int64)
}

func (l *partOf[R]) read(r Reader, of map[int64]*models.Posting, where string, args ...any) error {
	var row R
	into, scanner := l.Pointers(&row, nil), r.scanner()
	posting := into[1].(*int64)
	query := "SELECT " + r.columns(l.Name, l.columns) + " FROM " + l.Name + " " + where
	err := r.each(query, args, func(rows *sql.Rows) error {
		err := scanner.scan(rows, into)
		if p := of[*posting]; p != nil {
			all := l.rows(p)
			*all = append(*all, row)
		}
		return err
	})
	return err
}

func (l *partOf[R]) sort(p *models.Posting) {
	rows := *l.rows(p)
	less := func(i, j int) bool { return l.compare(&rows[i], &rows[j], ownColumns) < 0 }
	if !sort.SliceIsSorted(rows, less) {
		sort.Slice(rows, less)
	}
}

func (l *partOf[R]) adopt(old, one *models.Posting) {
	had := *l.rows(old)
	free := make(map[R][]int64, len(had)) // IDs by row
	for _, r := range had {
		id, of := l.ids(&r)
		was := *id
		*id, *of = 0, one.ID
		free[r] = append(free[r], was)
	}
	rows := slices.Clone(*l.rows(one))
	for i := range rows {
		id, of := l.ids(&rows[i])
		*id, *of = 0, one.ID
		if had := free[rows[i]]; len(had) > 0 {
			free[rows[i]] = had[1:]
			*id = had[0]
		}
	}
	*l.rows(one) = rows
}

func (l *partOf[R]) inserter(tx *Tx) *inserter { return tx.inserter(l.Name, l.columns) }

func (l *partOf[R]) write(tx *Tx, in *inserter, old, one *models.Posting) error {
	rows := *l.rows(one)
	kept := make(map[int64]bool, len(rows))
	for i := range rows {
		id, _ := l.ids(&rows[i])
		kept[*id] = true
	}
	for _, was := range *l.rows(old) {
		if id, _ := l.ids(&was); !kept[*id] {
			if err := tx.one(gorm.G[R](tx.g).Where("id = ?", *id).Delete(tx.ctx)); err != nil {
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

func (l *partOf[R]) json(j *trail.Writer, p *models.Posting) {
	rows := *l.rows(p)
	j.Objects(l.Name, len(rows), func(i int) {
		for k, to := range l.Pointers(&rows[i], make([]any, 0, 8))[ownColumns:] {
			writeField(j, l.columns[ownColumns+k], to)
		}
	})
}

func (l *partOf[R]) stray(r Reader) (posting int64, err error) {
	err = gorm.G[R](r.g).Select("posting_id").Where("posting_id NOT IN (?)", r.of(models.Posting{}).Select("id")).Limit(1).Scan(r.ctx, &posting)
	return posting, err
}

func (l *partOf[R]) decode(p *models.Posting, raw json.RawMessage) error {
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

// Postings returns all postings with their parts, by key.
func (r Reader) Postings() ([]*models.Posting, error) { return r.postings("") }

// postings returns the postings that the end of a query selects, such as "WHERE
// agency_id = ?", with their parts, by key.
func (r Reader) postings(where string, args ...any) ([]*models.Posting, error) {
	var all []*models.Posting
	byID := map[int64]*models.Posting{}
	err := eachOf(r, where+" ORDER BY key", args, func(p *models.Posting) error {
		all, byID[p.ID] = append(all, p), p
		return nil
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if where != "" {
		where = "WHERE posting_id IN (SELECT id FROM postings " + where + ")"
	}
	return all, r.parts(byID, where, args...)
}

// parts reads the parts of the given postings and sorts them. Rows of other
// postings are skipped.
func (r Reader) parts(of map[int64]*models.Posting, where string, args ...any) error {
	for _, l := range postingParts {
		if err := l.read(r, of, where, args...); err != nil {
			return err
		}
	}
	for _, p := range of {
		sortParts(p)
	}
	return nil
}

// sortParts sorts the parts of a posting by the content of their rows, column
// by column.
func sortParts(p *models.Posting) {
	for _, l := range postingParts {
		l.sort(p)
	}
}

// adopt calls adopt on each part, and sorts the parts of one.
func adopt(old, one *models.Posting) {
	for _, l := range postingParts {
		l.adopt(old, one)
	}
	sortParts(one)
}

// A partWriter writes the parts of postings.
type partWriter struct {
	tx        *Tx
	inserters []*inserter // in the order of postingParts
}

func newPartWriter(tx *Tx) *partWriter {
	w := &partWriter{tx: tx}
	for _, l := range postingParts {
		w.inserters = append(w.inserters, l.inserter(tx))
	}
	return w
}

// write turns the stored parts of old into those of one; nil stands for a
// posting that does not exist.
func (w *partWriter) write(old, one *models.Posting) error {
	if old == nil {
		old = &models.Posting{}
		adopt(old, one)
	}
	if one == nil {
		one = &models.Posting{}
	}
	for i, l := range postingParts {
		if err := l.write(w.tx, w.inserters[i], old, one); err != nil {
			return err
		}
	}
	return nil
}

func (w *partWriter) flush() error {
	for _, in := range w.inserters {
		if err := in.flush(); err != nil {
			return err
		}
	}
	return nil
}
