package handlers

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// A rename is the act that gives a record another name from a day on, and keeps the
// one that it had as a former name.
type rename[T any] struct {
	editor[T, views.RecordInput]
	called  func(T) (name, nameEn, acronym string)
	renamed func(v T, from models.Date, name, nameEn, acronym string) T
}

func (s *server) renameBody() rename[models.Body] {
	return rename[models.Body]{s.bodies(), func(b models.Body) (string, string, string) { return b.Name, b.NameEn, b.Acronym }, models.Body.Renamed}
}

func (s *server) renameAgency() rename[models.Agency] {
	return rename[models.Agency]{s.agencies(), func(a models.Agency) (string, string, string) { return a.Name, a.NameEn, a.Acronym }, models.Agency.Renamed}
}

// begin returns the form with the names as they are saved.
func (r rename[T]) begin(v T) (in views.RenameInput) {
	in.Name, in.NameEn, in.Acronym = r.called(v)
	return in
}

func (r rename[T]) ask(c *gin.Context) error {
	v, err := r.record(c)
	if err != nil {
		return err
	}
	_, version := r.ident(&v)
	return r.shown(c, http.StatusOK, v, views.Filled[views.RenameInput]{Version: *version, Input: r.begin(v)})
}

func (r rename[T]) shown(c *gin.Context, status int, v T, f views.Filled[views.RenameInput]) error {
	id, _ := r.ident(&v)
	name, err := r.name(c, v)
	if err != nil {
		return err
	}
	f.ID, f.Title = *id, name
	return r.s.showForm(c, status, r.s.site.RenameForm(r.s.language(c), r.at(v), f))
}

// carryOut renames the record. It shows the form again if something is wrong with
// it, or if somebody else has saved the record meanwhile.
func (r rename[T]) carryOut(c *gin.Context) error {
	v, err := r.record(c)
	if err != nil {
		return err
	}
	form := views.Filled[views.RenameInput]{Version: formVersion(c)}
	if err := bind(c, &form.Input); err != nil {
		return err
	}
	next, err := r.read(v, form.Input)
	_, version := r.ident(&next)
	*version = form.Version
	if err == nil {
		err = r.s.write(c, func(tx *db.Tx) error { return r.save(tx, &next) })
	}
	if problems, ok := errors.AsType[models.Problems](err); ok {
		form.Problems = problems
		return r.shown(c, http.StatusUnprocessableEntity, v, form)
	}
	if errors.Is(err, db.ErrStale) {
		if v, err = r.record(c); err != nil {
			return err
		}
		_, version := r.ident(&v)
		saved := r.begin(v)
		saved.From = form.Input.From
		form.Version, form.Saved = *version, &saved
		return r.shown(c, http.StatusConflict, v, form)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, r.at(next))
	return nil
}

// read returns the record as the form renames it.
func (r rename[T]) read(v T, in views.RenameInput) (T, error) {
	var ps models.Problems
	from := dayIn(&ps, "renamed_from", in.From, 0)
	if from == 0 && !ps.Has("renamed_from") {
		problem(&ps, "renamed_from", "problem.required")
	}
	if trim(in.Name) == "" {
		problem(&ps, "name", "problem.required")
	}
	if err := ps.Err(); err != nil {
		return v, err
	}
	return r.renamed(v, from, trim(in.Name), trim(in.NameEn), trim(in.Acronym)), nil
}
