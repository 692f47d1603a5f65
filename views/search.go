package views

import (
	"strings"

	"samband/models"
)

// SearchPage shows what a text may mean.
var SearchPage = page[Search]("search")

// A Search is what a text may mean, in groups.
type Search struct {
	Text   string
	Near   bool // the groups are what it may be a misspelling of
	Groups []HitGroup
}

// A HitGroup is what was found of one noun.
type HitGroup struct {
	Noun string
	Hits []Hit
}

// A Hit is one thing that a text may mean, as pages and suggestions show it.
type Hit struct {
	Noun  string `json:"noun"`
	ID    int64  `json:"-"`
	Label string `json:"label"`
	Note  string `json:"note"`            // what tells it from others
	Value string `json:"value,omitempty"` // what a form's field takes for it
	URL   string `json:"url"`
}

// CountryHit, CityHit and RecordHit return what was found in the words of a language.
// A place leads to the main question about it.
func (s *Site) CountryHit(lang string, c models.Country) Hit {
	h := Hit{Noun: "country", Label: c.Name(lang), Value: c.Name(lang), Note: s.text(lang, "noun.country"), URL: "/represent?place=" + string(c)}
	return h
}

func (s *Site) CityHit(lang, city string, c models.Country) Hit {
	return Hit{Noun: "city", Label: city, Value: city, Note: c.Name(lang), URL: "/represent?place=" + string(c)}
}

// HoldingHit returns an assignment, as a form takes it for a stand-in.
func (s *Site) HoldingHit(lang string, d *models.Directory, h models.Holding) Hit {
	a := Hit{Noun: "assignment", Label: s.officerOf(lang, d, h.Assignment), Value: s.OfferHolding(lang, d, h), URL: "/assignments/" + itoa(int(h.Assignment.ID))}
	a.Note = s.PostingTitle(lang, h.Post, d.Sending(h.Post)) + " · " + s.Say(lang, models.Say("period", "first", h.First, "last", h.Last))
	return a
}

func (s *Site) RecordHit(lang string, d *models.Directory, noun string, id int64, today models.Date) Hit {
	h := Hit{Noun: noun, ID: id, URL: "/" + strings.ReplaceAll(noun, "_", "-") + "s/" + itoa(int(id))}
	switch noun {
	case "body":
		for _, b := range d.Bodies() {
			if b.ID == id {
				h.Label, h.URL = s.place(lang, d.Name(models.Place{Body: b.Key})), BodyPath(*b)
				h.Value, h.Note = s.OfferBody(lang, d, b), s.word(lang, b.Kind)
			}
		}
	case "posting":
		p := d.Post(id)
		h.Label, h.Value = s.PostingTitle(lang, p, d.Sending(p)), s.Offer(lang, p)
		var holders []string
		for _, a := range p.HoldersOn(today) {
			holders = append(holders, s.officerOf(lang, d, a))
		}
		h.Note = strings.Join(append(holders, s.word(lang, p.StatusOn(today))), " · ")
	case "officer":
		o := d.Officer(id)
		h.Label, h.Value, h.Note = s.OfficerName(lang, o, d.Agency(o.AgencyID)), s.OfferOfficer(lang, o), s.agencyShort(lang, d.Agency(o.AgencyID))
	case "agency":
		a := d.Agency(id)
		h.Label, h.Value, h.Note, h.URL = s.agency(lang, a), s.OfferAgency(lang, a), s.agencyShort(lang, a), "/agencies/"+itoa(int(id))
	case "project":
		h.Label = d.Project(id).Title
	case "contact_point":
		for _, c := range d.ContactPoints() {
			if c.ID == id {
				h.Label, h.Note = c.Name, s.word(lang, c.State)
			}
		}
	}
	return h
}
