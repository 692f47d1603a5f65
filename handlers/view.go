package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// viewsOf returns the views of a list that the visitor sees. They are read once for a
// request.
func (s *server) viewsOf(c *gin.Context, list models.List) ([]models.View, error) {
	if known, ok := c.Get(viewsKey); ok {
		return known.([]models.View), nil
	}
	ctx := c.Request.Context()
	all, err := s.store.Views(ctx, list, visitorOf(ctx).account.ID, rightsOf(ctx))
	if err == nil {
		c.Set(viewsKey, all)
	}
	return all, err
}

const viewsKey = "views"

// views fills in the views of a list, and the one that the address names: one that is
// gone is said to be.
func (s *server) views(c *gin.Context, in *query, page *views.Records) (err error) {
	if page.Views, err = s.viewsOf(c, page.Of); err != nil {
		return err
	}
	text := in.text("view")
	if text == "" || text == "none" {
		return nil
	}
	for i, view := range page.Views {
		if strconv.FormatInt(view.ID, 10) == text {
			page.View = &page.Views[i]
		}
	}
	page.Gone = page.View == nil
	return nil
}

// viewName returns the name of the view that an address names, "" if the visitor has
// none of that number.
func (s *server) viewName(c *gin.Context, in *query, list models.List) (string, error) {
	text := in.text("view")
	if text == "" {
		return "", nil
	}
	all, err := s.viewsOf(c, list)
	for _, view := range all {
		if strconv.FormatInt(view.ID, 10) == text {
			return view.Name, err
		}
	}
	return "", err
}

// usualView returns the view with which a list begins for the visitor, nil for none.
func (s *server) usualView(c *gin.Context, list models.List) (*models.View, error) {
	all, err := s.viewsOf(c, list)
	for _, view := range all {
		if view.Usual {
			return &view, err
		}
	}
	return nil, err
}

// viewSeen returns the view that the address names.
func (s *server) viewSeen(c *gin.Context) (models.View, error) {
	id, err := idIn(c, "view")
	if err != nil {
		return models.View{}, err
	}
	ctx := c.Request.Context()
	return s.store.KeptView(ctx, id, visitorOf(ctx).account.ID, rightsOf(ctx))
}

// showView leads to the list as a view keeps it.
func (s *server) showView(c *gin.Context) error {
	v, err := s.viewSeen(c)
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, views.ViewURL(v))
	return nil
}

// keepView saves a list's columns, filters and order under a name: as a new view, or
// over an existing one.
func (s *server) keepView(c *gin.Context) error {
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	asked, err := url.ParseQuery(in.text("query"))
	if err != nil {
		return errBadForm
	}
	kept := views.ViewQuery(asked)
	v := models.View{ID: in.id("view"), Version: formVersion(c), Name: in.text("name"), List: models.List(in.text("list")),
		Query: kept.Encode(), Shared: models.Sharing(in.text("shared"))}
	if err := in.problems.Err(); err != nil {
		return err
	}
	if !v.List.Valid() {
		return errBadForm
	}
	_, words := filterOf(ordering(kept))
	err = s.write(c, func(tx *db.Tx) error {
		if err := tx.KeepView(&v, words != ""); err != nil || in.text("usual") == "" {
			return err
		}
		return tx.UseView(v.List, v.ID)
	})
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.listAgain(c, http.StatusUnprocessableEntity, v, kept, problems)
	}
	if errors.Is(err, db.ErrForbidden) && !rightsOf(c.Request.Context()).MayShare(v.Shared) {
		var ps models.Problems
		problem(&ps, "shared", "problem.not_shared")
		return s.listAgain(c, http.StatusForbidden, v, kept, ps)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, views.ViewURL(v))
	return nil
}

// ordering returns a list's parameters without those that only say how it is shown.
func ordering(kept url.Values) url.Values {
	asked := url.Values{}
	for name, values := range kept {
		if name != "columns" && name != "sort" {
			asked[name] = values
		}
	}
	return asked
}

// listAgain shows the list of a view that was refused.
func (s *server) listAgain(c *gin.Context, status int, v models.View, kept url.Values, problems models.Problems) error {
	in := &query{values: kept}
	switch v.List {
	case models.OfficerList:
		return officerRecords.shown(s, c, status, in, v.Name, problems)
	case models.AssignmentList:
		return assignmentRecords.shown(s, c, status, in, v.Name, problems)
	}
	return postingRecords.shown(s, c, status, in, v.Name, problems)
}

// useView makes a view the one with which its list begins for the visitor, or no
// longer.
func (s *server) useView(c *gin.Context) error {
	v, err := s.viewSeen(c)
	if err != nil {
		return err
	}
	id := v.ID
	if c.PostForm("usual") == "no" {
		id = 0
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.UseView(v.List, id) }); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, views.ViewURL(v))
	return nil
}

func (s *server) discardView(c *gin.Context) error {
	v, err := s.viewSeen(c)
	if err != nil {
		return err
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.DiscardView(v.ID, formVersion(c)) }); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/"+string(v.List))
	return nil
}
