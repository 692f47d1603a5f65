// SQL by hand: lists are paged by sort values, in index order.

package db

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"samband/models"
)

const (
	usualLimit = 50
	mostLimit  = 1000
)

// mostFew is the most rows that are found by the filter and then sorted, rather
// than searched for in their order. Tests change it.
var mostFew = 1000

// A selection is the rows of a listing that pass a filter.
type selection struct {
	Reader
	*listing
	f      Filter
	hidden []int64 // the postings whose assignments the reader may not see
	some   bool    // only the rows in few pass
	few    []int64 // IDs
	looked bool    // few are all that pass, or mostFew+1 of them
}

// choose returns the selection of a filter. It checks whether few rows pass:
// these are then found by the filter's own indexes and sorted. If many pass,
// the first ones are soon found in their order.
func (r Reader) choose(l *listing, f Filter) (*selection, error) {
	if s, known := r.looks.known(r, l, f); known {
		return s, nil
	}
	s := &selection{Reader: r, listing: l, f: f}
	c, err := r.newConditions()
	if err != nil {
		return nil, err
	}
	s.hidden = c.hidden
	l.conditions(c, f)
	if c.nothing || len(c.terms) == 0 {
		s.some, s.looked = c.nothing, c.nothing
		return s, nil
	}
	s.few, err = r.passed(l, c, mostFew+1)
	s.looked = err == nil
	s.some = len(s.few) <= mostFew
	if s.looked {
		r.looks.keep(*s)
	}
	return s, err
}

// passing returns the IDs of the rows that pass a filter, in no order and no more
// than most.
func (r Reader) passing(l *listing, f Filter, most int) ([]int64, error) {
	c, err := r.newConditions()
	if err != nil {
		return nil, err
	}
	l.conditions(c, f)
	if c.nothing {
		return nil, nil
	}
	return r.passed(l, c, most)
}

func (r Reader) passed(l *listing, c *conditions, most int) (ids []int64, err error) {
	err = r.each(l.rows(l.id, c, most), c.args, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// rows returns the query that reads what from the rows that pass, in no order
// and no more than most.
func (l *listing) rows(what string, c *conditions, most int) string {
	query := "SELECT " + what + " FROM " + l.from
	if strings.HasPrefix(l.from, "assignments") && c.needs("p.") {
		query += " JOIN postings p ON p.id = x.posting_id"
	}
	if len(c.terms) > 0 {
		query += " WHERE " + strings.Join(c.terms, " AND ")
	}
	return fmt.Sprintf("%s LIMIT %d", query, most)
}

// needs reports whether any condition is on the table with an alias.
func (c *conditions) needs(alias string) bool {
	for _, t := range c.terms {
		if strings.Contains(t, alias) {
			return true
		}
	}
	return false
}

// count returns how many rows pass the filter, but no more than most+1.
func (r Reader) count(l *listing, f Filter, most int) (n int, err error) {
	c, err := r.newConditions()
	if err != nil {
		return 0, err
	}
	l.conditions(c, f)
	if c.nothing {
		return 0, nil
	}
	query := "SELECT count(*) FROM (" + l.rows("1", c, max(most, 0)+1) + ") counted"
	return n, r.each(query, c.args, func(rows *sql.Rows) error { return rows.Scan(&n) })
}

// query returns the query that reads what from the selected rows, in order,
// with one more condition unless more is "".
func (s *selection) query(what string, o Order, more string, args ...any) (string, []any) {
	by := s.ordering(o)
	c := &conditions{ordered: !s.postgres && !s.some, driver: by.driver(), scope: s.scope, hidden: s.hidden}
	if by.sorted != "" {
		c.add("s.name = ? AND s.language = ?", by.sorted, o.language())
	}
	if more != "" {
		c.add(more, args...)
	}
	if s.some {
		c.add(s.id+" IN ?", s.few)
	} else {
		s.conditions(c, s.f)
	}
	joins := by.joins
	if s.listing == assignmentListing && c.needs("p.") && !strings.HasPrefix(joins[min(1, len(joins)-1)], "postings") {
		joins = append(joins[:len(joins):len(joins)], "postings p ON p.id = x.posting_id")
	}
	join := " JOIN "
	if c.ordered {
		join = " CROSS JOIN " // SQLite then joins in this order
	}
	direction := ""
	if o.Descending {
		direction = " DESC"
	}
	query := "SELECT " + what + " FROM " + strings.Join(joins, join)
	if len(c.terms) > 0 {
		query += " WHERE " + strings.Join(c.terms, " AND ")
	}
	return query + " ORDER BY " + names(by.columns(), direction+", ") + direction, c.args
}

// find returns the first rows, at most limit, that come after the one with the sort
// values after (nil: from the beginning).
func (s *selection) find(o Order, after []any, limit int) (all []hit, err error) {
	if s.some && len(s.few) == 0 {
		return nil, nil
	}
	by := s.ordering(o)
	// The rest of the innermost group comes first, then the groups after it.
	for level := len(by.levels) - 1; level >= 0 && len(all) < limit; level-- {
		var more string
		var args []any
		if after != nil {
			more, args = by.after(level, o.Descending, after)
		} else {
			level = 0
		}
		query, args := s.query(s.id+", "+s.in+", "+names(by.columns(), ", "), o, more, args...)
		err := s.each(fmt.Sprintf("%s LIMIT %d", query, limit-len(all)), args, func(rows *sql.Rows) error {
			one, err := scanSorted(rows, by.columns())
			all = append(all, one)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// scanSorted scans what find reads of a row.
func scanSorted(rows *sql.Rows, columns []sortColumn) (one hit, err error) {
	into := []any{&one.id, &one.in}
	for _, c := range columns {
		switch c.kind {
		case sortText:
			into = append(into, new(string))
		case sortDay:
			into = append(into, new(models.Date))
		case sortBytes:
			into = append(into, new([]byte))
		case sortNumber:
			into = append(into, new(int64))
		}
	}
	err = rows.Scan(into...)
	for _, v := range into[2:] {
		switch v := v.(type) {
		case *string:
			one.at = append(one.at, *v)
		case *models.Date:
			one.at = append(one.at, v.String())
		case *[]byte:
			one.at = append(one.at, *v)
		case *int64:
			one.at = append(one.at, *v)
		}
	}
	return one, err
}

// counted returns how many rows are selected, but no more than most+1. Where the
// filter has been looked at already, that has counted them.
func (s *selection) counted(most int) (int, error) {
	if s.looked && (s.some || most <= mostFew) {
		return min(len(s.few), most+1), nil
	}
	return s.count(s.listing, s.f, most)
}

// page returns the rows of one page, and the cursors of those beside it.
func (r Reader) page(l *listing, f Filter, o Order, p Page) (all []hit, ends Ends, err error) {
	by := l.ordering(o)
	name := by.column + " " + o.language()
	if o.Descending {
		name = "-" + name
	}
	back := p.Before != ""
	var from []any
	if at := cmp.Or(p.Before, p.After); at != "" {
		if from, err = parseCursor(at, name, by.columns()); err != nil {
			return nil, ends, err
		}
	}
	limit := min(p.Limit, mostLimit)
	if limit <= 0 {
		limit = usualLimit
	}
	s, err := r.choose(l, f)
	if err != nil {
		return nil, ends, err
	}
	if p.Most > 0 {
		if ends.Count, err = s.counted(p.Most); err != nil {
			return nil, ends, err
		}
	}
	there, opposite := o, o
	there.Descending, opposite.Descending = o.Descending != back, o.Descending == back
	all, err = s.find(there, from, limit+1)
	if err != nil || len(all) == 0 {
		return nil, ends, err
	}
	further := len(all) > limit // the row beyond says only that there is more
	all = all[:min(limit, len(all))]
	behind := false
	if from != nil {
		those, err := s.find(opposite, all[0].at, 1)
		if err != nil {
			return nil, ends, err
		}
		behind = len(those) > 0
	}
	if back {
		slices.Reverse(all)
		further, behind = behind, further
	}
	if behind {
		ends.Prev = cursor(name, by.columns(), all[0].at)
	}
	if further {
		ends.Next = cursor(name, by.columns(), all[len(all)-1].at)
	}
	return all, ends, nil
}

// all calls f with the IDs of all selected rows in order, mostLimit at a time,
// until f returns false or an error.
func (s *selection) all(o Order, f func(ids []int64) (bool, error)) error {
	var after []any
	for {
		found, err := s.find(o, after, mostLimit)
		if err != nil || len(found) == 0 {
			return err
		}
		if more, err := f(idsIn(found)); !more || err != nil || len(found) < mostLimit {
			return err
		}
		after = found[len(found)-1].at
	}
}
