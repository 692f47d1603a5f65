package handlers

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// officers is the editor of officers.
func (s *server) officers() editor[models.Officer, views.OfficerInput] {
	return editor[models.Officer, views.OfficerInput]{
		server: s, noun: "officer",
		load: s.store.Officer,
		blank: func(c *gin.Context) (views.OfficerInput, error) {
			return views.OfficerInput{Agency: queryOf(c).text("agency")}, nil
		},
		input:  s.officerInput,
		fill:   s.fillOfficer,
		check:  models.CheckOfficer,
		save:   (*db.Tx).SaveOfficer,
		remove: (*db.Tx).RemoveOfficer,
		ident:  func(o *models.Officer) (*int64, *int) { return &o.ID, &o.Version },
		form: func(c *gin.Context, o models.Officer, f views.Filled[views.OfficerInput]) (views.Form, error) {
			agencies, err := s.store.Agencies(c.Request.Context())
			f.Title = o.Name
			return s.site.OfficerForm(s.language(c), f, agencies), err
		},
		name: s.officerName,
	}
}

// officerName names an officer to readers.
func (s *server) officerName(c *gin.Context, o models.Officer) (string, error) {
	agency, err := s.store.Agency(c.Request.Context(), o.AgencyID)
	return s.site.OfficerName(s.language(c), o, agency), err
}

func (s *server) officerInput(ctx context.Context, o models.Officer) (views.OfficerInput, error) {
	agency, err := s.store.Agency(ctx, o.AgencyID)
	return views.OfficerInput{
		Key: o.Key, Agency: agency.Key, Name: o.Name, Rank: o.Rank, Email: o.Email,
		Phone: o.Phone, Languages: o.Languages, Masked: o.Masked, Note: o.Note,
	}, err
}

func (s *server) fillOfficer(ctx context.Context, o *models.Officer, in views.OfficerInput) error {
	var ps models.Problems
	agency, err := s.agencyNamed(ctx, in.Agency, &ps)
	if err != nil {
		return err
	}
	o.AgencyID, o.Key, o.Name, o.Rank, o.Email = agency.ID, trim(in.Key), trim(in.Name), trim(in.Rank), trim(in.Email)
	o.Phone, o.Languages, o.Masked, o.Note = trim(in.Phone), trim(in.Languages), in.Masked, prose(in.Note)
	return ps.Err()
}

func (s *server) showOfficer(c *gin.Context) error {
	id, err := idIn(c, "officer")
	if err != nil {
		return err
	}
	d, err := s.store.Directory(c.Request.Context())
	if err != nil {
		return err
	}
	o := d.Officer(id)
	if o.ID == 0 {
		return db.ErrNotFound
	}
	return show(s, c, http.StatusOK, views.OfficerPage, views.Officer{Directory: d, Officer: o})
}
