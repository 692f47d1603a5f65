package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"weak"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// question reads the main question from the address, except for its place.
func (q *query) question(today models.Date) models.Question {
	return models.Question{State: q.state("state"), Matter: q.matter("matter"), On: q.day("on", today)}
}

// whole reads the main question with its place, whose code is given, and refuses one of
// which something is missing or wrong.
func (q *query) whole(d *models.Directory, today models.Date) (models.Question, error) {
	q.named = d.PlacesNamed
	q.require("state", "matter", "place")
	asked := q.question(today)
	asked.Place = q.place("place")
	return asked, q.problems.Err()
}

// require refuses the parameters that are empty.
func (q *query) require(names ...string) {
	for _, name := range names {
		if q.text(name) == "" {
			q.refuse(name, "problem.required")
		}
	}
}

// represent answers the main question to programs.
func (s *server) represent(c *gin.Context) error {
	in := queryOf(c)
	d, begins, err := s.asked(c)
	if err != nil {
		return err
	}
	q, err := in.whole(d, s.today())
	if err != nil {
		return err
	}
	if !d.Knows(q.Place) {
		in.refuse("place", "problem.place_no_code")
		return in.problems.Err()
	}
	d = d.NamedOn(q.On)
	lang, as := s.language(c), views.AsOf{Known: in.day("known", 0), Begins: begins}
	key := answerKey{Question: q, AsOf: as, from: weak.Make(d), lang: lang, gzip: takesGzip(c.Request)}
	body, packed := s.answers.of(key, func() []byte { return s.site.RepresentJSON(lang, q, as, replyTo(d, q, begins)) })
	vary(c, "Accept-Language, Cookie")
	if packed {
		c.Header("Content-Encoding", "gzip")
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", body)
	return nil
}

// asked returns the directory that the main question is asked of. For a day
// before the record begins, that is the present one, and begins is the record's
// first day; else begins is 0.
func (s *server) asked(c *gin.Context) (d *models.Directory, begins models.Date, err error) {
	d, err = s.directory(c.Request.Context())
	if before, ok := errors.AsType[*db.BeforeRecord](err); ok {
		readPresent(c)
		begins = s.begins(before)
		d, err = s.directory(c.Request.Context())
	}
	return d, begins, err
}

// replyTo answers the main question. Before the record begins nobody can be
// named, so the reply has only the contact points of now.
func replyTo(d *models.Directory, q models.Question, begins models.Date) models.Reply {
	if begins != 0 {
		return models.Reply{Fallback: d.Fallback(q.State, q.Matter)}
	}
	return d.WhoRepresents(q)
}

// showRepresent answers the main question to people. A place may be given by
// any of its names; the visitor is redirected to the address with its code,
// which can be passed on.
func (s *server) showRepresent(c *gin.Context) error {
	in := queryOf(c)
	d, begins, err := s.asked(c)
	if err != nil {
		return err
	}
	data := views.Represent{Directory: d, Form: s.questionForm(c, in, d)}
	text := in.text("place")
	if text == "" && len(in.values) == 0 {
		return show(s, c, http.StatusOK, views.RepresentPage, data)
	}
	in.require("state", "matter", "place")
	q := in.question(s.today())
	places := d.PlacesNamed(text)
	if len(places) == 0 && text != "" {
		in.refuse("place", "problem.place")
		if data.Choices, err = s.placesNear(c, d, text); err != nil {
			return err
		}
		data.Near = true
	}
	if len(in.problems) > 0 {
		data.Form.Problems = s.site.Problems(s.language(c), in.problems)
		return show(s, c, http.StatusUnprocessableEntity, views.RepresentPage, data)
	}
	s.remember(c, stateCookie, string(q.State))
	s.remember(c, matterCookie, string(q.Matter))
	switch {
	case len(places) > 1:
		data.Choices = d.NamedOn(q.On).Names(places)
		return show(s, c, http.StatusOK, views.RepresentPage, data)
	case places[0].String() != text:
		c.Redirect(http.StatusSeeOther, data.Link(d.Name(places[0])))
		return nil
	}
	q.Place, d = places[0], d.NamedOn(q.On)
	data.Form.Place = s.site.Say(s.language(c), models.Say("place", "place", d.Name(q.Place)))
	data.Within = s.limits.AttestDays
	if data.Follow, err = s.followPlace(c, d, q.Place); err != nil {
		return err
	}
	data.Directory, data.Asked, data.Q, data.Reply = d, true, q, replyTo(d, q, begins)
	if begins != 0 {
		data.Before = s.beforeRecord(c, begins)
	}
	return show(s, c, http.StatusOK, views.RepresentPage, data)
}

// placesNear returns the places that a text may be a misspelling of.
func (s *server) placesNear(c *gin.Context, d *models.Directory, text string) ([]models.Named, error) {
	ctx := c.Request.Context()
	found, _, err := s.store.As(rightsOf(ctx).Scope()).Find(ctx, text, suggestable["place"], s.today(), mostSuggested)
	var places []models.Place
	for _, f := range found {
		at := models.Place{Country: f.Country}
		for _, b := range d.Bodies() {
			if f.Noun == "body" && b.ID == f.ID {
				at.Body = b.Key
			}
		}
		if !slices.Contains(places, at) {
			places = append(places, at)
		}
	}
	return d.Names(places), err
}

// questionForm fills in the form of the main question: from the address, or
// else with what the reader asked about last, and today.
func (s *server) questionForm(c *gin.Context, in *query, d *models.Directory) views.Question {
	form := views.Question{State: strings.ToUpper(in.text("state")), Matter: in.text("matter"), Place: in.text("place"),
		On: in.text("on"), Known: in.text("known"), Offered: s.site.Places(s.language(c), d)}
	if form.State == "" {
		form.State, _ = c.Cookie(stateCookie)
	}
	if form.State == "" {
		form.State = string(ownState(rightsOf(c.Request.Context())))
	}
	if form.Matter == "" {
		form.Matter, _ = c.Cookie(matterCookie)
	}
	if form.On == "" {
		form.On = s.today().String()
	}
	return form
}
