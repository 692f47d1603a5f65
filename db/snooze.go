package db

import (
	"context"

	"samband/models"
)

// Snoozes returns the snoozed findings by name, including those whose day has
// passed.
func (s *Store) Snoozes(ctx context.Context) (all map[string]models.Snooze, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = r.snoozes()
		return err
	})
	return all, wrap("snoozes", err)
}

func (r Reader) snoozes() (map[string]models.Snooze, error) {
	kept, err := rowsOf[models.Snooze](r.g).Find(r.ctx)
	all := make(map[string]models.Snooze, len(kept))
	for _, z := range kept {
		all[z.Finding] = z
	}
	return all, err
}

// KeepSnooze snoozes a finding, replacing any earlier snooze of it. The caller
// must know that it is a finding; that it belongs to the state it names is
// checked.
func (tx *Tx) KeepSnooze(z models.Snooze, today models.Date) error {
	if err := tx.ownFinding(z.Posting, z.State); err != nil {
		return err
	}
	if err := models.CheckSnooze(z, today).Err(); err != nil {
		return err
	}
	return tx.putSnooze(z)
}

// putSnooze snoozes a finding, and notes that in the trail.
func (tx *Tx) putSnooze(z models.Snooze) error {
	was, err := tx.snooze(z.Finding)
	if err != nil {
		return err
	}
	if err := put(tx, z); err != nil {
		return err
	}
	return noteReplacing(tx, snoozeEvent("snooze", z), z.Finding, was)
}

// snooze returns the snooze of a finding, nil if it has none.
func (r Reader) snooze(finding string) (*models.Snooze, error) {
	z, err := orNone(rowsOf[models.Snooze](r.g).Where("finding = ?", finding).Take(r.ctx))
	if err != nil || z.Finding == "" {
		return nil, err
	}
	return &z, nil
}

// ownFinding returns ErrForbidden unless the actor may snooze or take a finding about
// a posting of a state: a coordinator of the state that sends it.
func (tx *Tx) ownFinding(posting int64, whose models.State) error {
	if posting != 0 {
		state, err := tx.stateOfPosting(posting)
		if err != nil {
			return err
		}
		if state != whose {
			return ErrForbidden
		}
	}
	if !whose.Valid() || !tx.actor.Rights.MayChange(whose) {
		return ErrForbidden
	}
	return nil
}

// ShowAgain ends a snooze, provided that the actor may.
func (tx *Tx) ShowAgain(finding string) error {
	z, err := rowsOf[models.Snooze](tx.g).Where("finding = ?", finding).Take(tx.ctx)
	if err != nil {
		return err
	}
	if !tx.actor.Rights.MayChange(z.State) {
		return ErrForbidden
	}
	event, err := tx.wake(z)
	if err != nil {
		return err
	}
	return noteReplacing(tx, event, finding, &z)
}

// wake removes a snooze, and returns what is to be noted of that.
func (tx *Tx) wake(z models.Snooze) (Event, error) {
	err := tx.one(rowsOf[models.Snooze](tx.g).Where("finding = ?", z.Finding).Delete(tx.ctx))
	z.Reason = "" // the row of the snooze itself holds it
	return snoozeEvent("wake", z), err
}

// SweepSnoozes removes the snoozes whose day has passed, and those of findings
// that no longer stand: stands reports whether one does, in the directory of a
// revision. If that is not the present one, only the former are removed.
func (tx *Tx) SweepSnoozes(today models.Date, revision int64, stands func(finding string) bool) error {
	all, err := tx.snoozes()
	if err != nil {
		return err
	}
	for finding, z := range all {
		if z.Holds(today) && (tx.revision != revision+1 || stands(finding)) {
			continue
		}
		event, err := tx.wake(z)
		if err != nil {
			return err
		}
		if err := tx.Note(event); err != nil {
			return err
		}
	}
	return nil
}

// snoozeEvent returns what the trail notes of a snooze. The reason may name anybody,
// and the name of the finding may reveal that one officer holds two postings.
func snoozeEvent(action string, z models.Snooze) Event {
	e := Event{Action: action, Noun: "finding", ID: z.Posting, State: z.State, Secret: []any{"finding", z.Finding},
		Vouched: []string{"finding", z.Finding}}
	if z.Reason != "" {
		e.About = []any{"until", z.Until.String()}
		e.Secret = append(e.Secret, "reason", z.Reason)
	}
	return e
}

// eraseReasons removes from snoozes the reasons that name an erased officer.
func (tx *Tx) eraseReasons(names func(string) bool) error {
	all, err := tx.snoozes()
	if err != nil {
		return err
	}
	for _, z := range all {
		if !names(z.Reason) {
			continue
		}
		z.Reason = "–"
		if err := replace(tx, &z); err != nil {
			return err
		}
	}
	return nil
}

// forgetFindings ends the snoozes and claims of findings about a posting that is
// removed. They come back with it.
func (tx *Tx) forgetFindings(posting int64) error {
	snoozes, err := rowsOf[models.Snooze](tx.g).Where("posting_id = ?", posting).Order("finding").Find(tx.ctx)
	if err != nil {
		return err
	}
	for _, z := range snoozes {
		event, err := tx.wake(z)
		if err != nil {
			return err
		}
		if err := noteReplacing(tx, event, z.Finding, &z); err != nil {
			return err
		}
	}
	claims, err := rowsOf[models.Claim](tx.g).Where("posting_id = ?", posting).Order("finding").Find(tx.ctx)
	if err != nil {
		return err
	}
	for _, c := range claims {
		if err := tx.dropClaim(c); err != nil {
			return err
		}
		if err := noteReplacing(tx, claimEvent("release", c), c.Finding, &c); err != nil {
			return err
		}
	}
	return nil
}
