package handlers

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// contactPoints is the editor of contact points.
func (s *server) contactPoints() editor[models.ContactPoint, views.Values] {
	return editor[models.ContactPoint, views.Values]{
		s: s, noun: "contact_point", owner: "state",
		load: func(ctx context.Context, id int64) (models.ContactPoint, error) {
			return s.reading(ctx).ContactPoint(ctx, id)
		},
		state:  func(ctx context.Context, p models.ContactPoint) error { return changeable(ctx, p.State) },
		blank:  func(*gin.Context) (views.Values, error) { return views.Values{}, nil },
		input:  plainInput[models.ContactPoint],
		fill:   fillPlain[models.ContactPoint],
		check:  db.Check[models.ContactPoint],
		save:   (*db.Tx).SaveContactPoint,
		remove: (*db.Tx).RemoveContactPoint,
		ident:  func(p *models.ContactPoint) (*int64, *int) { return &p.ID, &p.Version },
		form: func(c *gin.Context, p models.ContactPoint, f views.Filled[views.Values]) (views.Form, error) {
			f.Title = p.Name
			return s.site.ContactPointForm(s.language(c), f, rightsOf(c.Request.Context())), nil
		},
		name: func(_ *gin.Context, p models.ContactPoint) (string, error) { return p.Name, nil },
	}
}

func (s *server) listContactPoints(c *gin.Context) error {
	points, err := s.reading(c.Request.Context()).ContactPoints(c.Request.Context())
	if err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.ContactPointsPage, points)
}

func (s *server) showContactPoint(c *gin.Context) error {
	p, err := s.contactPoints().loaded(c)
	if err != nil {
		return err
	}
	data := views.ContactPoint{ContactPoint: p}
	if data.History, err = s.history(c, "contact_point", p.ID, p.Version, changeable(c.Request.Context(), p.State) == nil); err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.ContactPointPage, data)
}
