package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// listCalendars shows the visitor's calendar addresses.
func (s *server) listCalendars(c *gin.Context) error {
	in := views.CalendarInput{}
	for _, sort := range models.EventSorts() {
		in.Sorts = append(in.Sorts, string(sort))
	}
	return s.calendarsPage(c, http.StatusOK, in, nil)
}

func (s *server) calendarsPage(c *gin.Context, status int, in views.CalendarInput, problems models.Problems) error {
	ctx := c.Request.Context()
	v := visitorOf(ctx)
	asks, err := s.confirmation(c)
	if err != nil {
		return err
	}
	all, err := s.store.Calendars(ctx, v.account.ID)
	if err != nil {
		return err
	}
	in.Of = cmp.Or(in.Of, string(models.OfOwnStates))
	data := views.Calendars{Form: s.site.CalendarForm(s.language(c), in, problems, asks), Most: views.MostEvents,
		Plain: s.site.BaseURL + "/calendar.ics", PlainFeed: s.site.BaseURL + "/feed.atom"}
	for _, one := range all {
		data.Rows = append(data.Rows, views.CalendarLine{ID: one.ID, Of: one.About, Sorts: one.Sorts(), Made: one.Made[:len("2006-01-02")], Used: one.Used})
	}
	return show(s, c, status, views.CalendarsPage, data)
}

// addCalendar makes an address and shows it once.
func (s *server) addCalendar(c *gin.Context) error {
	if visitorOf(c.Request.Context()).token {
		return db.ErrForbidden // a token makes no other ways in
	}
	var in views.CalendarInput
	if err := bind(c, &in); err != nil {
		return err
	}
	kept := db.Calendar{About: models.CalendarOf(in.Of), Holds: strings.Join(in.Sorts, " "), Lang: s.language(c)}
	var secret string
	err := s.confirmed(c, func(tx *db.Tx) (err error) {
		secret, err = tx.AddCalendar(&kept)
		return err
	})
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.calendarsPage(c, http.StatusUnprocessableEntity, in, problems)
	}
	if err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.SecretPage, views.ShownSecret{Noun: "calendar", Values: s.site.CalendarURLs(secret), Back: calendarsPath})
}

// revokeCalendar ends one of the visitor's addresses.
func (s *server) revokeCalendar(c *gin.Context) error {
	id, err := idIn(c, "calendar")
	if err == nil {
		err = s.write(c, func(tx *db.Tx) error { return tx.RevokeCalendar(id, visitorOf(c.Request.Context()).account.ID) })
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, calendarsPath)
	return nil
}
