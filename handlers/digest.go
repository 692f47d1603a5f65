package handlers

import (
	"context"
	"slices"

	"samband/db"
	"samband/models"
	"samband/views"
)

// A span is the directory at two moments, between which somebody is told what changed.
type span struct {
	before, after *models.Directory
	from, to      models.Date
	changed       map[models.State]models.Changes // worked out so far
}

// spanOf returns the directory as everybody sees it, after two rows of the trail, on two
// days.
func (s *server) spanOf(ctx context.Context, m db.Mail) (*span, error) {
	give, err := s.turns.take(ctx)
	if err != nil {
		return nil, err
	}
	defer give()
	sp := &span{from: m.FromDay, to: m.ToDay, changed: map[models.State]models.Changes{}}
	for row, d := range map[int64]**models.Directory{m.FromRow: &sp.before, m.ToRow: &sp.after} {
		reading, err := s.store.As(models.Scope{}).AfterRow(ctx, row)
		if err == nil {
			*d, err = reading.Directory(ctx)
		}
		if err != nil {
			return nil, err
		}
	}
	if m.FromRow == m.ToRow {
		sp.before = sp.after
	}
	sp.after = sp.after.NamedOn(m.ToDay)
	return sp, nil
}

// changes returns what changed for a state.
func (sp *span) changes(state models.State) models.Changes {
	c, known := sp.changed[state]
	if !known {
		c = models.ChangesFor(state, sp.before, sp.from, sp.after, sp.to)
		sp.changed[state] = c
	}
	return c
}

// ahead returns what is known to change for a state after a day, by what was known then.
func ahead(d *models.Directory, state models.State, on models.Date) models.Changes {
	return models.ChangesFor(state, d, on, d, on+models.DigestAhead)
}

// An interests says what somebody is told of.
type interests struct {
	states   []models.State
	follows  []models.Follow
	reminded bool // of terms that end
}

// digest returns what somebody is told of a span.
func (sp *span) digest(t interests) (d views.Digest, err error) {
	d = views.Digest{From: sp.from, To: sp.to}
	for _, state := range t.states {
		d.Changed = append(d.Changed, sp.changes(state))
		next := ahead(sp.after, state, sp.to)
		d.Ahead = append(d.Ahead, next)
		if fresh := (views.Changes{Changes: next.Without(ahead(sp.before, state, sp.from))}); !fresh.Quiet() {
			// What has happened meanwhile is among the changes.
			d.Nearer = true
		}
		if t.reminded {
			d.Ending = append(d.Ending, models.Reminders(state, sp.before, sp.from, sp.after, sp.to)...)
		}
	}
	look := followed{d: sp.after, before: sp.before, states: t.states, since: sp.from, today: sp.to,
		changes: func(state models.State) (models.Changes, bool, error) { return sp.changes(state), true, nil }}
	d.Following, err = look.lines(t.follows)
	return d, err
}

// readsFor returns the states that somebody's digest is about: those that the rights are
// of, or all.
func readsFor(rights models.Rights) []models.State {
	own := slices.DeleteFunc(slices.Clone(models.States()), func(state models.State) bool {
		return !slices.ContainsFunc(rights, func(g models.Grant) bool {
			return (g.Role == models.Partner || g.Role == models.Coordinator) && (g.State == state || g.State == "")
		})
	})
	return own
}
