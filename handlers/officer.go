package handlers

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// officers is the editor of officers.
func (s *server) officers() editor[models.Officer, views.Values] {
	return editor[models.Officer, views.Values]{
		s: s, noun: "officer", owner: "agency",
		load:  func(ctx context.Context, id int64) (models.Officer, error) { return s.reading(ctx).Officer(ctx, id) },
		state: func(ctx context.Context, o models.Officer) error { return s.ofAgency(ctx, o.AgencyID) },
		blank: func(c *gin.Context) (views.Values, error) {
			return views.Values{"agency": queryOf(c).text("agency")}, nil
		},
		input:  s.officerInput,
		fill:   s.fillOfficer,
		check:  db.Check[models.Officer],
		save:   (*db.Tx).SaveOfficer,
		remove: (*db.Tx).RemoveOfficer,
		ident:  func(o *models.Officer) (*int64, *int) { return &o.ID, &o.Version },
		form: func(c *gin.Context, o models.Officer, f views.Filled[views.Values]) (views.Form, error) {
			d, err := s.directory(c.Request.Context())
			if err != nil {
				return views.Form{}, err
			}
			f.Title = o.Name
			return s.site.OfficerForm(s.language(c), f, d.NamedOn(s.today()), s.ownAgencies(c.Request.Context(), d)), nil
		},
		name: s.officerName,
	}
}

// officerName returns what readers know an officer by.
func (s *server) officerName(c *gin.Context, o models.Officer) (string, error) {
	agency, err := s.reading(c.Request.Context()).Agency(c.Request.Context(), o.AgencyID)
	return s.site.OfficerName(s.language(c), o, agency), err
}

func (s *server) officerInput(ctx context.Context, o models.Officer) (views.Values, error) {
	agency, err := s.reading(ctx).Agency(ctx, o.AgencyID)
	in := views.Values(models.Texts(&o))
	in["agency"] = agency.Key
	return in, err
}

func (s *server) fillOfficer(ctx context.Context, o *models.Officer, in views.Values) error {
	var ps models.Problems
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	agency, err := namer{s, ctx, d, &ps}.agency("agency", in["agency"], true)
	if err != nil {
		return err
	}
	o.AgencyID = agency.ID
	return append(ps, models.SetTexts(o, in.Get)...).Err()
}

func (s *server) showOfficer(c *gin.Context) error {
	return s.officerPage(c, officerShown{})
}

// An officerShown is how the page of an officer is shown: with the contact data if
// open is set, and with what was refused in the form that ties an account.
type officerShown struct {
	shown
	open   bool
	tie    views.TieInput
	untied models.Problems
}

// officerPage shows an officer, and to those who may change the officer the account
// tied to him or her or the form that ties one.
func (s *server) officerPage(c *gin.Context, as officerShown) error {
	d, o, err := s.officerIn(c)
	if err != nil {
		return err
	}
	data := views.Officer{Directory: d, Officer: o, Open: as.open}
	changes := changeable(c.Request.Context(), d.Agency(o.AgencyID).Country) == nil
	if data.History, err = s.history(c, "officer", o.ID, o.Version, changes); err != nil {
		return err
	}
	if changes {
		if data.Opened, err = s.reading(c.Request.Context()).Opened(c.Request.Context(), o.ID, mostHistory); err != nil {
			return err
		}
		switch data.Account, err = s.store.AccountOf(c.Request.Context(), o.ID); {
		case errors.Is(err, db.ErrNotFound) && !db.Erased(o):
			data.Tie = s.site.TieForm(s.language(c), o, as.tie, as.untied)
		case err != nil && !errors.Is(err, db.ErrNotFound):
			return err
		}
	}
	if data.Remarks, err = s.remarks(c, "officer", o.ID, recordPath("officer", o.ID), d.Agency(o.AgencyID).Country, as.shown); err != nil {
		return err
	}
	return show(s, c, as.code(), views.OfficerPage, data)
}

// officerIn returns the officer that an address names, as the visitor may see him or her,
// and the directory in which that is so.
func (s *server) officerIn(c *gin.Context) (d *models.Directory, o models.Officer, err error) {
	id, err := idIn(c, "officer")
	if err != nil {
		return nil, o, err
	}
	return s.officerWith(c.Request.Context(), id)
}

// officerWith is officerIn of an officer's ID.
func (s *server) officerWith(ctx context.Context, id int64) (d *models.Directory, o models.Officer, err error) {
	if d, err = s.directory(ctx); err != nil {
		return nil, o, err
	}
	if o = d.Officer(id); o.ID < 1 {
		return nil, o, db.ErrNotFound
	}
	return d, o, nil
}

// openContacts shows an officer's e-mail address and phone, and notes in the
// trail who saw them: on the officer's page, or as JSON to a page that shows them in
// place.
func (s *server) openContacts(c *gin.Context) error {
	id, err := idIn(c, "officer")
	if err != nil {
		return err
	}
	o, err := s.noteOpened(c, id)
	if err != nil {
		return err
	}
	if c.NegotiateFormat(gin.MIMEHTML, gin.MIMEJSON) == gin.MIMEJSON {
		c.JSON(http.StatusOK, gin.H{"email": o.Email, "phone": o.Phone})
		return nil
	}
	return s.officerPage(c, officerShown{open: true})
}

// leaveContacts leads to an officer's page: contact data that were opened are not
// opened again by going back to their address.
func (s *server) leaveContacts(c *gin.Context) error {
	id, err := idIn(c, "officer")
	if err == nil {
		c.Redirect(http.StatusSeeOther, recordPath("officer", id))
	}
	return err
}

// noteOpened returns an officer as the visitor may see him or her, and notes in the
// trail that the contact data are seen, if there are any.
func (s *server) noteOpened(c *gin.Context, id int64) (models.Officer, error) {
	d, o, err := s.officerWith(c.Request.Context(), id)
	if err != nil {
		return o, err
	}
	if o.Email == "" && o.Phone == "" {
		return o, nil
	}
	return o, s.write(c, func(tx *db.Tx) error {
		return tx.Note(db.Event{Action: "open", Noun: "officer", ID: id, State: d.Agency(o.AgencyID).Country})
	})
}

// ofAgency returns db.ErrForbidden unless the visitor may change what belongs to
// an agency's state.
func (s *server) ofAgency(ctx context.Context, id int64) error {
	agency, err := s.reading(ctx).Agency(ctx, id)
	if err != nil {
		return err
	}
	return changeable(ctx, agency.Country)
}

// ownAgencies returns the agencies whose records the visitor may change, as they are
// called today.
func (s *server) ownAgencies(ctx context.Context, d *models.Directory) []models.Agency {
	rights := rightsOf(ctx)
	return slices.DeleteFunc(d.NamedOn(s.today()).Agencies(), func(a models.Agency) bool { return !rights.MayChange(a.Country) })
}

// editOfficer shows the form of an officer. It holds the contact data, so
// opening it is noted.
func (s *server) editOfficer(c *gin.Context) error {
	e := s.officers()
	o, err := e.record(c)
	if err == nil {
		_, err = s.noteOpened(c, o.ID)
	}
	if err != nil {
		return err
	}
	return e.edit(c)
}

// tie ties an account to the officer that it belongs to.
func (s *server) tie(c *gin.Context) error {
	id, err := idIn(c, "officer")
	if err != nil {
		return err
	}
	var in views.TieInput
	if err := bind(c, &in); err != nil {
		return err
	}
	err = s.write(c, func(tx *db.Tx) error { return tx.Tie(id, trim(in.Account)) })
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.officerPage(c, officerShown{tie: in, untied: problems, shown: shown{status: http.StatusUnprocessableEntity}})
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, recordPath("officer", id))
	return nil
}

// untie undoes that, for the account that the page showed.
func (s *server) untie(c *gin.Context) error {
	id, err := idIn(c, "officer")
	if err != nil {
		return err
	}
	account, err := strconv.ParseInt(c.PostForm("account"), 10, 64)
	if err != nil {
		account = 0
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.Untie(id, account) }); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, recordPath("officer", id))
	return nil
}
