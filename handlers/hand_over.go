package handlers

import (
	"samband/db"
	"samband/models"
	"samband/views"
)

// handOverAct ends the holder's assignment and begins the successor's, both or
// neither.
func (s *server) handOverAct() act[views.HandOverInput] {
	return act[views.HandOverInput]{
		begin: func(_ *models.Directory, a models.Assignment) views.HandOverInput {
			in := views.HandOverInput{LastDay: a.Last.LastDay()}
			if !a.Last.Open() {
				in.FirstDay = (a.Last + 1).String()
			}
			return in
		},
		saved: func(_ *models.Directory, a models.Assignment, in views.HandOverInput) views.HandOverInput {
			in.LastDay, in.Reason = a.Last.LastDay(), a.EndReason
			return in
		},
		form: s.site.HandOverForm,
		read: func(d *models.Directory, a models.Assignment, in views.HandOverInput) (func(*db.Tx, int) (models.Assignment, error), error) {
			change, err := handOverOf(d, a, in)
			return func(tx *db.Tx, version int) (models.Assignment, error) {
				change.Version = version
				return tx.HandOver(change)
			}, err
		},
	}
}

// handOverOf reads the form, and returns models.Problems if something is
// missing or wrong.
func handOverOf(d *models.Directory, a models.Assignment, in views.HandOverInput) (db.HandOver, error) {
	var ps models.Problems
	act := db.HandOver{
		Assignment: a.ID, Reason: trim(in.Reason),
		Successor:     officerNamed(d, "successor", in.Successor, &ps).ID,
		First:         dayIn(&ps, "first_day", in.FirstDay, 0),
		Last:          dayIn(&ps, "last_day", in.LastDay, 0),
		SuccessorLast: dayIn(&ps, "successor_last_day", in.SuccessorLast, models.Forever),
	}
	if act.Successor == a.OfficerID {
		problem(&ps, "successor", "problem.same_officer")
	}
	for field, day := range map[string]models.Date{"first_day": act.First, "last_day": act.Last} {
		if day == 0 && !ps.Has(field) {
			problem(&ps, field, "problem.required")
		}
	}
	return act, ps.Err()
}
