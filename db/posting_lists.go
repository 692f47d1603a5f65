package db

import (
	"cmp"
	"database/sql"
	"slices"

	"samband/models"
)

var (
	representationColumns = []string{"id", "posting_id", "state", "matter", "first_day", "last_day", "agreement"}
	coverageColumns       = []string{"id", "posting_id", "country", "first_day", "last_day"}
	suspensionColumns     = []string{"id", "posting_id", "first_day", "last_day", "reason"}
)

// postings returns the postings that the end of a query picks, such as "WHERE
// agency_id = ?", by key and with their lists.
func (r reader) postings(where string, args ...any) ([]*models.Posting, error) {
	all, err := allOf[models.Posting](r, where+" ORDER BY key", args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	byID := make(map[int64]*models.Posting, len(all))
	for _, p := range all {
		byID[p.ID] = p
	}
	if where != "" {
		where = "WHERE posting_id IN (SELECT id FROM postings " + where + ")"
	}
	return all, r.lists(byID, where, args...)
}

// lists reads the three lists of the given postings, in the order in which
// they are kept. Rows of other postings are passed over.
func (r reader) lists(of map[int64]*models.Posting, where string, args ...any) error {
	var nobody models.Posting
	owner := func(id int64) *models.Posting {
		if p := of[id]; p != nil {
			return p
		}
		return &nobody
	}
	scanner := r.scanner()
	var x models.Representation
	into := []any{&x.ID, &x.PostingID, &x.State, &x.Matter, &x.First, &x.Last, &x.Agreement}
	query := "SELECT " + r.columns("representations", representationColumns) + " FROM representations " + where
	err := r.each(query, args, func(rows *sql.Rows) error {
		err := scanner.scan(rows, into)
		p := owner(x.PostingID)
		p.Representations = append(p.Representations, x)
		return err
	})
	if err != nil {
		return err
	}
	var y models.Coverage
	into = []any{&y.ID, &y.PostingID, &y.Country, &y.First, &y.Last}
	query = "SELECT " + r.columns("coverages", coverageColumns) + " FROM coverages " + where
	err = r.each(query, args, func(rows *sql.Rows) error {
		err := scanner.scan(rows, into)
		p := owner(y.PostingID)
		p.Coverages = append(p.Coverages, y)
		return err
	})
	if err != nil {
		return err
	}
	var z models.Suspension
	into = []any{&z.ID, &z.PostingID, &z.First, &z.Last, &z.Reason}
	query = "SELECT " + r.columns("suspensions", suspensionColumns) + " FROM suspensions " + where
	err = r.each(query, args, func(rows *sql.Rows) error {
		err := scanner.scan(rows, into)
		p := owner(z.PostingID)
		p.Suspensions = append(p.Suspensions, z)
		return err
	})
	for _, p := range of {
		sortLists(p)
	}
	return err
}

// sortLists puts the lists of a posting in the order in which they are kept.
func sortLists(p *models.Posting) {
	slices.SortFunc(p.Representations, func(a, b models.Representation) int {
		return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(a.Matter, b.Matter),
			comparePeriods(a.Period, b.Period), cmp.Compare(a.Agreement, b.Agreement), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(p.Coverages, func(a, b models.Coverage) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), comparePeriods(a.Period, b.Period), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(p.Suspensions, func(a, b models.Suspension) int {
		return cmp.Or(comparePeriods(a.Period, b.Period), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.ID, b.ID))
	})
}

func comparePeriods(a, b models.Period) int {
	return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
}

// adopt gives the rows of one's lists the IDs of the same rows of old, and 0
// where old has none, and sorts them. It leaves the slices that one had alone:
// a directory may hold them.
func adopt(old, one *models.Posting) {
	one.Representations = adopted(old.Representations, one.Representations, func(r *models.Representation) (*int64, *int64) {
		return &r.ID, &r.PostingID
	}, one.ID)
	one.Coverages = adopted(old.Coverages, one.Coverages, func(c *models.Coverage) (*int64, *int64) {
		return &c.ID, &c.PostingID
	}, one.ID)
	one.Suspensions = adopted(old.Suspensions, one.Suspensions, func(s *models.Suspension) (*int64, *int64) {
		return &s.ID, &s.PostingID
	}, one.ID)
	sortLists(one)
}

func adopted[R comparable](old, rows []R, ids func(*R) (id, posting *int64), posting int64) []R {
	free := make(map[R][]int64, len(old)) // IDs by row
	for _, r := range old {
		id, of := ids(&r)
		was := *id
		*id, *of = 0, posting
		free[r] = append(free[r], was)
	}
	rows = slices.Clone(rows)
	for i := range rows {
		id, of := ids(&rows[i])
		*id, *of = 0, posting
		if had := free[rows[i]]; len(had) > 0 {
			free[rows[i]] = had[1:]
			*id = had[0]
		}
	}
	return rows
}

// A listWriter writes the rows of postings' lists.
type listWriter struct {
	tx                                      *Tx
	representations, coverages, suspensions *inserter
}

func newListWriter(tx *Tx) *listWriter {
	return &listWriter{
		tx:              tx,
		representations: tx.inserter("representations", representationColumns),
		coverages:       tx.inserter("coverages", coverageColumns),
		suspensions:     tx.inserter("suspensions", suspensionColumns),
	}
}

// write makes the lists those of one, where those of old are kept: nil where
// there is no such posting. The rows that both have were adopted.
func (w *listWriter) write(old, one *models.Posting) error {
	if old == nil {
		old = &models.Posting{}
		adopt(old, one)
	}
	if one == nil {
		one = &models.Posting{}
	}
	if err := w.removeRest(old, one); err != nil {
		return err
	}
	for i := range one.Representations {
		if r := &one.Representations[i]; r.ID == 0 {
			r.ID = w.tx.ids(1)
			if err := w.representations.add(r.ID, one.ID, string(r.State), string(r.Matter), day(r.First), day(r.Last), r.Agreement); err != nil {
				return err
			}
		}
	}
	for i := range one.Coverages {
		if c := &one.Coverages[i]; c.ID == 0 {
			c.ID = w.tx.ids(1)
			if err := w.coverages.add(c.ID, one.ID, string(c.Country), day(c.First), day(c.Last)); err != nil {
				return err
			}
		}
	}
	for i := range one.Suspensions {
		if s := &one.Suspensions[i]; s.ID == 0 {
			s.ID = w.tx.ids(1)
			if err := w.suspensions.add(s.ID, one.ID, day(s.First), day(s.Last), s.Reason); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeRest removes the rows of old that one has not.
func (w *listWriter) removeRest(old, one *models.Posting) error {
	kept := map[int64]bool{}
	for _, r := range one.Representations {
		kept[r.ID] = true
	}
	for _, c := range one.Coverages {
		kept[c.ID] = true
	}
	for _, s := range one.Suspensions {
		kept[s.ID] = true
	}
	drop := func(table string, id int64) error {
		if kept[id] {
			return nil
		}
		return w.tx.exactly(1, "DELETE FROM "+table+" WHERE id = ?", id)
	}
	for _, r := range old.Representations {
		if err := drop("representations", r.ID); err != nil {
			return err
		}
	}
	for _, c := range old.Coverages {
		if err := drop("coverages", c.ID); err != nil {
			return err
		}
	}
	for _, s := range old.Suspensions {
		if err := drop("suspensions", s.ID); err != nil {
			return err
		}
	}
	return nil
}

func (w *listWriter) flush() error {
	for _, in := range []*inserter{w.representations, w.coverages, w.suspensions} {
		if err := in.flush(); err != nil {
			return err
		}
	}
	return nil
}
