package handlers

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// An act is what is done with an assignment by a form of its own.
type act[In any] struct {
	// begin is what the form holds at first, and saved what it would hold now,
	// where somebody has changed the assignment since it was filled in.
	begin func(models.Assignment) In
	saved func(models.Assignment, In) In
	form  func(lang string, f views.Filled[In], a models.Assignment, d *models.Directory) views.Form
	// read returns what does what the form says, to a version of the assignment,
	// and returns the assignment to go to: or models.Problems, if something is
	// wrong with the form.
	read func(d *models.Directory, a models.Assignment, in In) (func(tx *db.Tx, version int) (models.Assignment, error), error)
}

// ask shows the form of an act.
func (x act[In]) ask(s *server) func(*gin.Context) error {
	return func(c *gin.Context) error {
		a, d, err := s.assignmentIn(c)
		if err != nil {
			return err
		}
		return x.show(s, c, http.StatusOK, a, d, views.Filled[In]{Version: a.Version, Input: x.begin(a)})
	}
}

func (x act[In]) show(s *server, c *gin.Context, status int, a models.Assignment, d *models.Directory, f views.Filled[In]) error {
	f.ID, f.Title = a.ID, s.assignmentName(c, d, a)
	return show(s, c, status, views.FormPage, x.form(s.language(c), f, a, d))
}

// carryOut does what the form says, or shows it again with what is wrong, or
// with what somebody has saved meanwhile.
func (x act[In]) carryOut(s *server) func(*gin.Context) error {
	return func(c *gin.Context) error {
		a, d, err := s.assignmentIn(c)
		if err != nil {
			return err
		}
		form := views.Filled[In]{Version: formVersion(c)}
		if err := bind(c, &form.Input); err != nil {
			return err
		}
		var next models.Assignment
		do, err := x.read(d, a, form.Input)
		if err == nil {
			err = s.write(c, func(tx *db.Tx) (err error) {
				next, err = do(tx, form.Version)
				return err
			})
		}
		if problems, ok := errors.AsType[models.Problems](err); ok {
			form.Problems = problems
			return x.show(s, c, http.StatusUnprocessableEntity, a, d, form)
		}
		if errors.Is(err, db.ErrStale) {
			if a, d, err = s.assignmentIn(c); err != nil {
				return err
			}
			saved := x.saved(a, form.Input)
			form.Version, form.Saved = a.Version, &saved
			return x.show(s, c, http.StatusConflict, a, d, form)
		}
		if err != nil {
			return err
		}
		c.Redirect(http.StatusSeeOther, recordPath("assignment", next.ID))
		return nil
	}
}
