package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// An act is a change to an assignment that has a form of its own.
type act[In any] struct {
	// open loads the assignment in the address and a directory that has its posting,
	// if the visitor may do this: assignmentIn if it is nil.
	open func(c *gin.Context) (models.Assignment, *models.Directory, error)
	// begin returns the form's initial input. saved returns what the form would
	// hold now, for an assignment that was changed after the form was opened.
	begin func(*models.Directory, models.Assignment) In
	saved func(*models.Directory, models.Assignment, In) In
	// more adds rows to a form that was sent only to get more of them, and reports
	// whether it was; place moves problems to the rows of the form. Both may be nil.
	more  func(in *In) bool
	place func(in In, ps models.Problems) models.Problems
	form  func(lang string, f views.Filled[In], a models.Assignment, d *models.Directory) views.Form
	// read reads the form, and returns models.Problems if something is wrong
	// with it. The function that it returns carries the form out on a version
	// of the assignment, and returns the assignment to redirect to.
	read func(ctx context.Context, d *models.Directory, a models.Assignment, in In) (func(tx *db.Tx, version int) (models.Assignment, error), error)
}

// ask shows the form of an act.
func (x act[In]) ask(s *server) func(*gin.Context) error {
	return func(c *gin.Context) error {
		a, d, err := x.opened(s, c)
		if err != nil {
			return err
		}
		return x.show(s, c, http.StatusOK, a, d, views.Filled[In]{Version: a.Version, Input: x.begin(d, a)})
	}
}

// forecast returns what is said of the form before it is carried out.
func (x act[In]) forecast(s *server, c *gin.Context, d *models.Directory, a models.Assignment) forecast {
	form := x.form(s.language(c), views.Filled[In]{ID: a.ID, Title: s.assignmentName(c, d, a)}, a, d)
	return forecast{title: form.Title, submit: form.Submit, cancel: form.Cancel, always: true}
}

func (x act[In]) opened(s *server, c *gin.Context) (models.Assignment, *models.Directory, error) {
	if x.open != nil {
		return x.open(c)
	}
	return s.assignmentIn(c)
}

func (x act[In]) show(s *server, c *gin.Context, status int, a models.Assignment, d *models.Directory, f views.Filled[In]) error {
	f.ID, f.Title = a.ID, s.assignmentName(c, d, a)
	return s.showForm(c, status, x.form(s.language(c), f, a, d))
}

// carryOut does what the form says. It shows the form again if something is
// wrong with it, or if somebody else has saved the assignment meanwhile.
func (x act[In]) carryOut(s *server) func(*gin.Context) error {
	return func(c *gin.Context) error {
		a, d, err := x.opened(s, c)
		if err != nil {
			return err
		}
		form := views.Filled[In]{Version: formVersion(c)}
		if err := bind(c, &form.Input); err != nil {
			return err
		}
		if again(c) || x.more != nil && x.more(&form.Input) {
			return x.show(s, c, http.StatusOK, a, d, form)
		}
		var next models.Assignment
		do, err := x.read(c.Request.Context(), d, a, form.Input)
		if err == nil {
			told, bad := x.forecast(s, c, d, a).told(s, c, func(tx *db.Tx) error {
				_, err := do(tx, form.Version)
				return err
			})
			if told {
				return bad
			}
			err = bad
		}
		if err == nil {
			do, err = x.read(c.Request.Context(), d, a, form.Input)
		}
		if err == nil {
			err = s.write(c, func(tx *db.Tx) (err error) {
				next, err = do(tx, form.Version)
				return err
			})
		}
		if problems, ok := errors.AsType[models.Problems](err); ok {
			if x.place != nil {
				problems = x.place(form.Input, problems)
			}
			form.Problems = problems
			return x.show(s, c, http.StatusUnprocessableEntity, a, d, form)
		}
		if errors.Is(err, db.ErrStale) {
			if a, d, err = x.opened(s, c); err != nil {
				return err
			}
			saved := x.saved(d, a, form.Input)
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
