package handlers

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// contactOf returns an officer with the posting that he or she holds on a day.
func contactOf(d *models.Directory, o models.Officer, on models.Date) views.Contact {
	contact := views.Contact{Officer: o, Own: d.Agency(o.AgencyID)}
	for _, a := range d.Served(o.ID) {
		if p := d.Post(a.PostingID); p.Term(a).Has(on) {
			contact.Post, contact.Sending = p, d.Sending(p)
			break
		}
	}
	return contact
}

// taken are the contacts that somebody takes away: each officer once, and only those
// who can be reached, as far as the visitor may know.
type taken struct {
	all  []views.Contact
	seen map[int64]bool
}

func (t *taken) add(d *models.Directory, o models.Officer, on models.Date) {
	if o.ID < 1 || !views.Takeable(o) || t.seen[o.ID] {
		return
	}
	if t.seen == nil {
		t.seen = map[int64]bool{}
	}
	t.seen[o.ID] = true
	t.all = append(t.all, contactOf(d, o, on))
}

// giveCards answers with contacts for an address book, and notes in the trail for each
// officer that the visitor has them now.
func (s *server) giveCards(c *gin.Context, t taken) error {
	format := views.CardFormat(cmp.Or(c.PostForm("format"), string(views.VCard3)))
	var ps models.Problems
	switch {
	case !format.Valid():
		problem(&ps, "format", "problem.card_format")
	case len(t.all) == 0:
		problem(&ps, "", "problem.no_cards")
	case len(t.all) > views.MostContacts:
		problem(&ps, "", "problem.cards", "most", views.MostContacts)
	}
	if err := ps.Err(); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := s.site.Contacts(&b, s.language(c), format, s.now(), t.all); err != nil {
		return err
	}
	if err := s.spooled(c); err != nil {
		return err
	}
	err := s.write(c, func(tx *db.Tx) error {
		for _, x := range t.all {
			e := db.Event{Action: "open", Noun: "officer", ID: x.Officer.ID, State: x.Own.Country, About: []any{"what", string(format)}}
			if err := tx.Note(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	media, end := format.Media()
	c.Header("Content-Disposition", `attachment; filename="samband-contacts-`+s.today().String()+end+`"`)
	c.Data(http.StatusOK, media, b.Bytes())
	return nil
}

// takeOfficer answers with the contacts of an officer.
func (s *server) takeOfficer(c *gin.Context) error {
	d, o, err := s.officerIn(c)
	if err != nil {
		return err
	}
	var t taken
	t.add(d, o, s.today())
	return s.giveCards(c, t)
}

// takeAnswer answers with the contacts of those who answer the main question.
func (s *server) takeAnswer(c *gin.Context) error {
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	readDays(in.values, todayOf(c.Request.Context()))
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	q, err := in.whole(d, s.today())
	if err != nil {
		return err
	}
	d = d.NamedOn(q.On)
	var t taken
	for _, a := range d.WhoRepresents(q).Answers {
		t.add(d, a.Officer, q.On)
	}
	return s.giveCards(c, t)
}

// take answers with the contacts of the officers of a list: of all that pass the
// filter, as on the list's page.
func (l records[Row]) take(s *server) func(*gin.Context) error {
	return func(c *gin.Context) error {
		form, err := formQuery(c)
		if err != nil {
			return err
		}
		asked, err := url.ParseQuery(form.values.Get("query"))
		if err != nil {
			return errBadForm
		}
		for _, name := range []string{"known", "sort", "columns"} {
			asked.Del(name) // the contacts of now, whatever is shown of them
		}
		readDays(asked, todayOf(c.Request.Context()))
		ctx, in := c.Request.Context(), &query{values: asked}
		x, err := l.read(s, c, in)
		if err != nil {
			return err
		}
		if err := in.problems.Err(); err != nil {
			return err
		}
		x.filter.Current = x.filter.Current || in.text("status") == ""
		d, err := s.directory(ctx)
		if err != nil {
			return err
		}
		d = d.NamedOn(x.filter.On)
		var t taken
		for row, err := range l.each(s.reading(ctx), ctx, x.filter, db.Order{}) {
			if err != nil {
				return err
			}
			line := l.line(s, d, x.filter.On, &row)
			t.add(d, line.Officer, x.filter.On)
			for _, term := range line.Terms {
				t.add(d, term.Officer, x.filter.On)
			}
			if len(t.all) > views.MostContacts {
				break
			}
		}
		return s.giveCards(c, t)
	}
}
