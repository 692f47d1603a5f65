package handlers

import (
	"context"
	"slices"
	"sync"

	"samband/db"
	"samband/models"
	"samband/views"
)

// A span is the directory at two moments, between which somebody is told what changed.
// What is told of a state is worked out once, and the same for all who are told of it.
type span struct {
	before, after *models.Directory
	from, to      models.Date

	mu     sync.Mutex
	states map[models.State]stateTold
}

// A stateTold is what is told of a state.
type stateTold struct {
	changed, ahead models.Changes
	nearer         bool // some of what is ahead was not yet at the beginning
	ending         []models.Ending
}

// spanOf returns the directory as everybody sees it, after two rows of the trail, on two
// days.
func (s *server) spanOf(ctx context.Context, m db.Mail) (*span, error) {
	give, err := s.turns.take(ctx)
	if err != nil {
		return nil, err
	}
	defer give()
	sp := &span{from: m.FromDay, to: m.ToDay}
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

// of returns what is told of a state.
func (sp *span) of(state models.State) stateTold {
	sp.mu.Lock()
	defer sp.mu.Unlock()
	told, known := sp.states[state]
	if known {
		return told
	}
	ahead := func(d *models.Directory, on models.Date) models.Changes {
		return models.ChangesFor(state, d, on, d, on+models.DigestAhead)
	}
	told.changed, told.ahead = models.ChangesFor(state, sp.before, sp.from, sp.after, sp.to), ahead(sp.after, sp.to)
	// What has happened meanwhile is among the changes.
	fresh := views.Changes{Changes: told.ahead.Without(ahead(sp.before, sp.from))}
	told.nearer, told.ending = !fresh.Quiet(), models.Reminders(state, sp.before, sp.from, sp.after, sp.to)
	if sp.states == nil {
		sp.states = map[models.State]stateTold{}
	}
	sp.states[state] = told
	return told
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
		told := sp.of(state)
		d.Changed, d.Ahead, d.Nearer = append(d.Changed, told.changed), append(d.Ahead, told.ahead), d.Nearer || told.nearer
		if t.reminded {
			d.Ending = append(d.Ending, told.ending...)
		}
	}
	look := followed{d: sp.after, before: sp.before, states: t.states, since: sp.from, today: sp.to,
		changes: func(state models.State) (models.Changes, bool, error) { return sp.of(state).changed, true, nil }}
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
