package db

import (
	"context"
	"strings"
	"time"

	"samband/db/trail"
	"samband/models"
)

// A TrailFilter selects rows of the trail.
type TrailFilter struct {
	Actor  int64 // of an account
	Action string
	// Quiet leaves out who signed in and out, unless Action asks for that.
	Quiet  bool
	Noun   string
	Record int64
	// From is inclusive and To exclusive, both to the millisecond; zero is no
	// bound.
	From, To time.Time
	// Before is the ID of the row to continue after: the list goes back in
	// time. 0 starts at the end.
	Before int64

	tieStates []string // whose officers' ties to accounts may be seen
}

// Trail returns the rows of the trail that pass the filter and that an auditor
// with the rights may read, the latest first and at most limit. Masked officers
// and restricted postings in them are shown as far as the reader may see them.
// Without rights to any state it is ErrForbidden.
func (v Reading) Trail(ctx context.Context, rights models.Rights, f TrailFilter, limit int) (rows []models.TrailRow, err error) {
	states := texts(rights.States(models.Auditor))
	if len(states) == 0 {
		return nil, wrap("trail", ErrForbidden)
	}
	var c conditions
	if len(states) < len(models.States()) {
		c.add("state IN ?", states)
	}
	f.tieStates = texts(v.scope.Masked())
	err = v.view(ctx, func(r Reader) (err error) {
		rows, err = r.shown(&c, f, limit)
		return err
	})
	return rows, wrap("trail", err)
}

// CountTrail counts the rows that Trail would return without a limit.
func (v Reading) CountTrail(ctx context.Context, rights models.Rights, f TrailFilter) (n int, err error) {
	states := texts(rights.States(models.Auditor))
	var c conditions
	if len(states) == len(models.States()) {
		states = append(states, "") // rows that belong to no single state
	}
	c.add("state IN ?", states)
	f.tieStates = texts(v.scope.Masked())
	f.conditions(&c)
	err = v.view(ctx, func(r Reader) error {
		all, err := c.rows(r).Count(r.ctx)
		n = int(all)
		return err
	})
	return n, wrap("count trail", err)
}

// History returns the changes of a record, the latest first, none if the reader
// may not see the record in full.
func (v Reading) History(ctx context.Context, noun string, id int64, limit int) (rows []models.TrailRow, err error) {
	err = v.view(ctx, func(r Reader) (err error) {
		whole, err := r.whole(noun, id)
		if err != nil || !whole {
			return err
		}
		var c conditions
		c.add("action IN ('create', 'update', 'remove', 'erase', 'tie', 'untie')")
		rows, err = r.shown(&c, TrailFilter{Noun: noun, Record: id}, limit)
		return err
	})
	return rows, wrap("history", err)
}

// Opened returns who opened an officer's contact data, the latest first.
func (v Reading) Opened(ctx context.Context, officer int64, limit int) (rows []models.TrailRow, err error) {
	err = v.view(ctx, func(r Reader) (err error) {
		var c conditions
		rows, err = r.shown(&c, TrailFilter{Action: "open", Noun: "officer", Record: officer}, limit)
		return err
	})
	return rows, wrap("opened", err)
}

func (r Reader) whole(noun string, id int64) (bool, error) {
	if kept := nounsByName[noun]; kept != nil {
		return kept.whole(r, id)
	}
	return true, nil
}

// shown returns rows of the trail as the reader may see them.
func (r Reader) shown(c *conditions, f TrailFilter, limit int) (seen []models.TrailRow, err error) {
	f.conditions(c)
	rows, err := c.rows(r).Order("id DESC").Limit(limit).Find(r.ctx)
	if err != nil {
		return nil, err
	}
	t, err := r.trailView(rows)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		one, err := t.show(row)
		if err != nil {
			return nil, err
		}
		seen = append(seen, one)
	}
	return seen, nil
}

// rows begins a query for the rows of the trail that meet the conditions.
func (c *conditions) rows(r Reader) query[trail.Row] {
	return rowsOf[trail.Row](r.g).Where(strings.Join(append(c.terms, "true"), " AND "), c.args...)
}

func (f TrailFilter) conditions(c *conditions) {
	if f.Actor != 0 {
		c.add("actor_id = ?", f.Actor)
	}
	switch {
	case f.Action == "":
	case trail.Holds(f.Action):
		c.add("action = ?", f.Action)
	default: // uses the index of rare actions
		c.add("action = ? AND "+events, f.Action)
	}
	if f.Quiet && f.Action == "" {
		c.add("action NOT IN ('sign_in', 'sign_out')")
	}
	if f.Noun != "" {
		c.add("noun = ?", f.Noun)
	}
	switch {
	case f.Record != 0 && len(f.tieStates) > 0:
		c.add("(record_id = ? OR "+ofAccount+" AND state IN ?)", f.Record, tiedAs(f.Record), f.tieStates)
	case f.Record != 0:
		c.add("record_id = ?", f.Record)
	}
	if !f.From.IsZero() {
		c.add("at >= ?", f.From.UTC().Format(trail.Instants))
	}
	if !f.To.IsZero() {
		c.add("at < ?", f.To.UTC().Format(trail.Instants))
	}
	if f.Before != 0 {
		c.add("id < ?", f.Before)
	}
}
