package handlers

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

func (s *server) askHandOver(c *gin.Context) error {
	a, d, err := s.assignmentIn(c)
	if err != nil {
		return err
	}
	in := views.HandOverInput{LastDay: a.Last.LastDay()}
	if !a.Last.Open() {
		in.FirstDay = (a.Last + 1).String()
	}
	return s.handOverForm(c, http.StatusOK, a, d, views.Filled[views.HandOverInput]{Version: a.Version, Input: in})
}

func (s *server) handOverForm(c *gin.Context, status int, a models.Assignment, d *models.Directory, f views.Filled[views.HandOverInput]) error {
	f.ID, f.Title = a.ID, s.assignmentName(c, d, a)
	return show(s, c, status, views.FormPage, s.site.HandOverForm(s.language(c), f, a, d))
}

// handOver ends the holder's assignment and begins the successor's, both or
// neither.
func (s *server) handOver(c *gin.Context) error {
	a, d, err := s.assignmentIn(c)
	if err != nil {
		return err
	}
	var in views.HandOverInput
	if err := bind(c, &in); err != nil {
		return err
	}
	var next models.Assignment
	act, err := handOverOf(d, a, in)
	if err == nil {
		act.Version = formVersion(c)
		err = s.write(c, func(tx *db.Tx) (err error) {
			next, err = tx.HandOver(act)
			return err
		})
	}
	form := views.Filled[views.HandOverInput]{Version: formVersion(c), Input: in}
	if problems, ok := errors.AsType[models.Problems](err); ok {
		form.Problems = problems
		return s.handOverForm(c, http.StatusUnprocessableEntity, a, d, form)
	}
	if errors.Is(err, db.ErrStale) {
		if a, d, err = s.assignmentIn(c); err != nil {
			return err
		}
		form.Version = a.Version
		form.Saved = &views.HandOverInput{Successor: in.Successor, FirstDay: in.FirstDay,
			LastDay: a.Last.LastDay(), SuccessorLast: in.SuccessorLast, Reason: a.EndReason}
		return s.handOverForm(c, http.StatusConflict, a, d, form)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, recordPath("assignment", next.ID))
	return nil
}

// handOverOf reads what the form asks for.
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
