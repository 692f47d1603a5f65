package handlers

import (
	"cmp"
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

// bodies is the editor of bodies, which are the secretariat's.
func (s *server) bodies() editor[models.Body, views.RecordInput] {
	return editor[models.Body, views.RecordInput]{
		s: s, noun: "body",
		load:  s.bodyOf,
		find:  s.bodyIn,
		path:  views.BodyPath,
		state: func(ctx context.Context, _ models.Body) error { return changeable(ctx, "") },
		blank: func(c *gin.Context) (views.RecordInput, error) {
			return views.RecordInput{Values: views.Values{"parent": queryOf(c).text("parent")}}, nil
		},
		input:  bodyInput,
		fill:   s.fillBody,
		check:  db.Check[models.Body],
		save:   (*db.Tx).SaveBody,
		remove: (*db.Tx).RemoveBody,
		ident:  func(b *models.Body) (*int64, *int) { return &b.ID, &b.Version },
		form: func(c *gin.Context, b models.Body, f views.Filled[views.RecordInput]) (views.Form, error) {
			d, err := s.directory(c.Request.Context())
			if err != nil {
				return views.Form{}, err
			}
			f.Title, _ = s.bodyName(c, b)
			return s.site.BodyForm(s.language(c), f, d, b), nil
		},
		name:  s.bodyName,
		place: placeRows,
		more:  moreRows,
	}
}

// bodyName returns what readers know a body by today.
func (s *server) bodyName(c *gin.Context, b models.Body) (string, error) {
	return s.site.Say(s.language(c), models.Say("body.name", "body", b.On(s.today()))), nil
}

// bodyOf returns a body by its number, which is negative for those that every
// database has.
func (s *server) bodyOf(ctx context.Context, id int64) (models.Body, error) {
	d, err := s.reading(ctx).Directory(ctx)
	if err != nil {
		return models.Body{}, err
	}
	for _, b := range d.Bodies() {
		if b.ID == id {
			return *b, nil
		}
	}
	return models.Body{}, db.ErrNotFound
}

// bodyIn returns the body in the address, by its key or else its number.
func (s *server) bodyIn(c *gin.Context) (models.Body, error) {
	ctx := c.Request.Context()
	d, err := s.reading(ctx).Directory(ctx)
	if err != nil {
		return models.Body{}, err
	}
	if b := d.Body(models.BodyKey(c.Param("body"))); b != nil {
		return *b, nil
	}
	id, err := strconv.ParseInt(c.Param("body"), 10, 64)
	if err != nil || id == 0 {
		return models.Body{}, db.ErrNotFound
	}
	return s.bodyOf(ctx, id)
}

// bodyInput puts a body into its form.
func bodyInput(_ context.Context, b models.Body) (views.RecordInput, error) {
	in := views.RecordInput{Values: models.Texts(&b)}
	views.AddAll(&in, "body_names", b.Names, nil)
	views.AddAll(&in, "body_members", b.Members, nil)
	views.AddAll(&in, "chairs", b.Chairs, nil)
	return in, nil
}

// fillBody fills a body from its form. A member of whom nothing else is said is a
// full one.
func (s *server) fillBody(ctx context.Context, b *models.Body, in views.RecordInput) error {
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	var ps models.Problems
	get, err := namer{s, ctx, d, &ps}.withBody("parent", in.Get)
	if err != nil {
		return err
	}
	ps = append(ps, models.SetTexts(b, get)...)
	var wrong [3]models.Problems
	b.Names, wrong[0] = listRows[models.BodyName](in, "body_names", nil)
	party := func(cell func(string) string, ps *models.Problems) models.Party {
		named, bad := namer{s, ctx, d, ps}.party("country", cell("country"))
		err = cmp.Or(err, bad)
		return named
	}
	b.Members, wrong[1] = listRows(in, "body_members", func(m *models.BodyMember, cell func(string) string, ps *models.Problems) {
		if m.Country = party(cell, ps); m.Role == "" {
			m.Role = models.FullMember
		}
	})
	b.Chairs, wrong[2] = listRows(in, "chairs", func(x *models.Chair, cell func(string) string, ps *models.Problems) { x.Country = party(cell, ps) })
	if err != nil {
		return err
	}
	return slices.Concat(ps, wrong[0], wrong[1], wrong[2]).Err()
}

// dayPage reads the day of a page, and the directory in which everything is called
// as it was or will be then.
func (s *server) dayPage(c *gin.Context, path string, in *query) (p views.DayPage, err error) {
	on := in.day("on", s.today())
	if err := in.problems.Err(); err != nil {
		return p, err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return p, err
	}
	p.Directory, p.Picker = d.NamedOn(on), views.DayPicker{Path: path, Query: in.values, On: on, Knowable: true}
	return p, nil
}

// offerTurns offers the days on which something changes in some bodies.
func offerTurns(p *views.DayPage, bodies []*models.Body) {
	p.Picker.Before, p.Picker.After = nearestTurns(p.On(), models.Always, func(within models.Period) []models.Date {
		return p.Directory.BodyBorderDays(bodies, within)
	})
}

func (s *server) listBodies(c *gin.Context) error {
	p, err := s.dayPage(c, "/bodies", queryOf(c))
	if err != nil {
		return err
	}
	offerTurns(&p, p.Directory.Bodies())
	return show(s, c, http.StatusOK, views.BodiesPage, s.site.NewBodies(s.language(c), p))
}

func (s *server) showBody(c *gin.Context) error { return s.bodyPage(c, shown{}) }

// bodyPage shows a body on a day, with a refused remark if there is one.
func (s *server) bodyPage(c *gin.Context, as shown) error {
	saved, err := s.bodyIn(c)
	if err != nil {
		return err
	}
	p, err := s.dayPage(c, views.BodyPath(saved), queryOf(c))
	if err != nil {
		return err
	}
	b := p.Directory.Body(saved.Key)
	if b == nil {
		return db.ErrNotFound
	}
	offerTurns(&p, []*models.Body{b})
	data := s.site.NewBody(s.language(c), p, b)
	data.Latest = &saved
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	for _, x := range s.standingOf(d).findings {
		if x.Body != nil && x.Body.Key == b.Key && p.On() == s.today() {
			data.Findings = append(data.Findings, x)
		}
	}
	changes := changeable(c.Request.Context(), "") == nil && asOfDay(c.Request.Context()) == 0
	if data.History, err = s.history(c, "body", b.ID, b.Version, changes); err != nil {
		return err
	}
	if data.Follow, err = s.followButton(c, models.FollowedBody, strconv.FormatInt(saved.ID, 10)); err != nil {
		return err
	}
	if asOfDay(c.Request.Context()) == 0 {
		if data.Remarks, err = s.remarks(c, "body", b.ID, views.BodyPath(saved), "", as); err != nil {
			return err
		}
	}
	return show(s, c, as.code(), views.BodyPage, data)
}

// bodiesJSON lists the bodies to programs, and bodyJSON tells all about one, both on
// a day.
func (s *server) bodiesJSON(c *gin.Context) error {
	in := queryOf(c)
	p, err := s.dayPage(c, "", in)
	if before, ok := errors.AsType[*db.BeforeRecord](err); ok {
		return s.json(c, s.site.BodiesJSON(s.language(c), models.NewDirectory(models.Delta{}), in.day("on", s.today()),
			views.AsOf{Known: in.day("known", 0), Begins: s.begins(before)}))
	}
	if err != nil {
		return err
	}
	return s.json(c, s.site.BodiesJSON(s.language(c), p.Directory, p.On(), views.AsOf{Known: asOfDay(c.Request.Context())}))
}

func (s *server) bodyJSON(c *gin.Context) error {
	in := queryOf(c)
	saved, err := s.bodyIn(c)
	if before, ok := errors.AsType[*db.BeforeRecord](err); ok {
		nothing := models.Body{Key: models.BodyKey(c.Param("body"))}
		return s.json(c, s.site.BodyJSON(s.language(c), models.NewDirectory(models.Delta{}), &nothing, in.day("on", s.today()),
			views.AsOf{Known: in.day("known", 0), Begins: s.begins(before)}))
	}
	if err != nil {
		return err
	}
	p, err := s.dayPage(c, "", in)
	if err != nil {
		return err
	}
	b := p.Directory.Body(saved.Key)
	if b == nil {
		return db.ErrNotFound
	}
	return s.json(c, s.site.BodyJSON(s.language(c), p.Directory, b, p.On(), views.AsOf{Known: asOfDay(c.Request.Context())}))
}

// json answers a program.
func (s *server) json(c *gin.Context, body []byte) error {
	vary(c, "Accept-Language, Cookie")
	c.Data(http.StatusOK, "application/json; charset=utf-8", body)
	return nil
}
