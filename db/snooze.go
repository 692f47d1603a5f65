package db

import (
	"context"
	"database/sql"

	"samband/models"
)

// Snoozes returns the findings that are put off, by name, also those whose day
// has passed.
func (s *Store) Snoozes(ctx context.Context) (all map[string]models.Snooze, err error) {
	err = s.view(ctx, func(r reader) (err error) {
		all, err = r.snoozes("")
		return err
	})
	return all, wrap("snoozes", err)
}

func (r reader) snoozes(where string, args ...any) (map[string]models.Snooze, error) {
	all := map[string]models.Snooze{}
	err := r.each("SELECT finding, posting_id, state, last_day, reason FROM snoozes "+where, args, func(rows *sql.Rows) error {
		var z models.Snooze
		err := rows.Scan(&z.Finding, &z.Posting, &z.State, &z.Until, &z.Reason)
		all[z.Finding] = z
		return err
	})
	return all, err
}

// KeepSnooze puts a finding off, in the place of what it was put off to before.
// That it is a finding is for the caller to know; whose it is is looked up.
func (tx *Tx) KeepSnooze(z models.Snooze, today models.Date) error {
	if err := tx.ownFinding(z); err != nil {
		return err
	}
	if err := models.CheckSnooze(z, today).Err(); err != nil {
		return err
	}
	if _, err := tx.exec("DELETE FROM snoozes WHERE finding = ?", z.Finding); err != nil {
		return err
	}
	_, err := tx.exec("INSERT INTO snoozes (finding, posting_id, state, last_day, reason) VALUES (?, ?, ?, ?, ?)",
		z.Finding, z.Posting, string(z.State), z.Until.String(), z.Reason)
	if err != nil {
		return err
	}
	return tx.noteSnooze("snooze", z)
}

// ownFinding returns ErrForbidden unless the actor may put a finding off: a
// coordinator of the state that sends its posting.
func (tx *Tx) ownFinding(z models.Snooze) error {
	if z.Posting != 0 {
		state, err := tx.stateOfPosting(z.Posting)
		if err != nil {
			return err
		}
		if state != z.State {
			return ErrForbidden
		}
	}
	if !z.State.Valid() || !tx.actor.Rights.Changes(z.State) {
		return ErrForbidden
	}
	return nil
}

// Wake takes a snooze back.
func (tx *Tx) Wake(finding string) error {
	found, err := tx.snoozes("WHERE finding = ?", finding)
	if err != nil {
		return err
	}
	z, there := found[finding]
	if !there {
		return ErrNotFound
	}
	if !tx.actor.Rights.Changes(z.State) {
		return ErrForbidden
	}
	if err := tx.exactly(1, "DELETE FROM snoozes WHERE finding = ?", finding); err != nil {
		return err
	}
	z.Reason = "" // it stands where the finding was put off
	return tx.noteSnooze("wake", z)
}

// SweepSnoozes forgets those whose day has passed, and those of what is no
// finding any more: stands reports what is one in the directory of a
// revision. If that is not the present one, they say nothing of now.
func (tx *Tx) SweepSnoozes(today models.Date, revision int64, stands func(finding string) bool) error {
	all, err := tx.snoozes("")
	if err != nil {
		return err
	}
	for finding, z := range all {
		if z.Holds(today) && (tx.revision != revision+1 || stands(finding)) {
			continue
		}
		if err := tx.exactly(1, "DELETE FROM snoozes WHERE finding = ?", finding); err != nil {
			return err
		}
		z.Reason = ""
		if err := tx.noteSnooze("wake", z); err != nil {
			return err
		}
	}
	return nil
}

// noteSnooze leaves a row in the trail. The reason may name anybody, and which
// finding it is may tell that one officer holds two postings.
func (tx *Tx) noteSnooze(action string, z models.Snooze) error {
	e := Event{Action: action, Noun: "finding", ID: z.Posting, State: z.State, Secret: []any{"finding", z.Finding},
		Vouched: []string{"finding", z.Finding}}
	if z.Reason != "" {
		e.About = []any{"until", z.Until.String()}
		e.Secret = append(e.Secret, "reason", z.Reason)
	}
	return tx.Note(e)
}

// eraseReasons takes away the reasons for which findings are put off that name
// somebody.
func (tx *Tx) eraseReasons(names func(string) bool) error {
	all, err := tx.snoozes("")
	if err != nil {
		return err
	}
	for finding, z := range all {
		if names(z.Reason) {
			if err := tx.exactly(1, "UPDATE snoozes SET reason = '–' WHERE finding = ?", finding); err != nil {
				return err
			}
		}
	}
	return nil
}
