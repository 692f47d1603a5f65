package views

import (
	"html/template"
	"net/url"
	"strings"

	"samband/models"
	"samband/views/picture"
)

// MapPage shows where postings sit and what they cover.
var MapPage = page[Map]("map")

// A Map is where postings sit and what they cover on a day, for a state in a
// matter, or for any.
type Map struct {
	Picker    DayPicker
	Directory *models.Directory
	On        models.Date
	State     models.State  // "" for any of the five
	Matter    models.Matter // "" for either
	Window    picture.Window
	Spots     []models.Spot
	Groups    []RegionGroup[models.Spot] // the same, in the order of a language
	Query     url.Values
}

// NewMap puts the spots of a day into the order of a language.
func (s *Site) NewMap(lang string, m Map) Map {
	m.Groups = inRegions(s, lang, m.Spots, func(a models.Spot) models.Named { return a.Place })
	return m
}

// MapPicture draws a map. The table below it has the same facts.
func (s *Site) MapPicture(lang string, m Map) template.HTML {
	return picture.Map{
		Window:  m.Window,
		Spots:   m.Spots,
		Title:   s.Say(lang, m.title()),
		Say:     s.says(lang),
		Country: func(c models.Country) string { return c.Name(lang) },
		Posting: func(p *models.Post) string { return s.PostingTitle(lang, p, m.Sending(p)) },
		Link:    m.Link,
		Seats:   m.seats,
	}.Draw()
}

// MapFields returns the fields that choose whose coverage a map shows.
func (s *Site) MapFields(lang string, d *models.Directory, query url.Values) []Field {
	fields := s.Filters(lang, d, query, "state", "matter")
	fields[0].Label, fields[0].Any = s.text(lang, "question.state"), s.text(lang, "map.any_state")
	fields[1].Any = s.text(lang, "map.any_matter")
	return fields
}

// title says what the picture shows.
func (m Map) title() models.Message {
	switch {
	case m.State == "" && m.Matter == "":
		return models.Say("map.title_any", "day", m.On)
	case m.State == "":
		return models.Say("map.title_matter", "day", m.On, "matter", m.Matter)
	case m.Matter == "":
		return models.Say("map.title_state", "day", m.On, "state", m.State)
	}
	return models.Say("map.title", "day", m.On, "state", m.State, "matter", m.Matter)
}

// MapKey draws the key to the signs of a map.
func (s *Site) MapKey(lang string, m Map) template.HTML {
	return picture.MapKey(m.Window, s.says(lang))
}

// Windows returns the windows to choose from.
func (m Map) Windows() []picture.Window { return picture.Windows() }

// Look returns the address of the map in another window.
func (m Map) Look(w picture.Window) string {
	if w == picture.World {
		w = ""
	}
	return with("/map", m.Query, "region", string(w))
}

// Link returns the address that a place links to: the main question if both a
// state and a matter are chosen, else the place in the table below.
func (m Map) Link(at models.Place) string {
	if m.Asks() {
		return questionURL(Question{State: string(m.State), Matter: string(m.Matter), Known: m.Query.Get("known")}, at.String(), m.On.String())
	}
	return "#" + m.Anchor(at)
}

// seats returns the address of the postings that sit in a place.
func (m Map) seats(at models.Place) string {
	v := url.Values{"host": {at.String()}, "on": {m.On.String()}, "known": {m.Query.Get("known")}}
	return with("/postings", v, "", "")
}

// Asks reports whether a state and a matter are chosen, so that only the place
// of the main question is open.
func (m Map) Asks() bool { return m.State != "" && m.Matter != "" }

// Anchor returns the ID of a place's row in the table.
func (m Map) Anchor(at models.Place) string {
	return "at-" + strings.ReplaceAll(strings.ToLower(at.String()), ":", "-")
}

// mostCovers bounds the postings that a row of the table names.
const mostCovers = 8

// Named returns the postings that the row of an spot names.
func (m Map) Named(a models.Spot) []models.SpotPost { return a.Posts[:min(len(a.Posts), mostCovers)] }

// Unnamed returns how many postings of an spot its row does not name.
func (m Map) Unnamed(a models.Spot) int { return len(a.Posts) - len(m.Named(a)) }

// Sending returns the agency that keeps a posting.
func (m Map) Sending(p *models.Post) models.Agency { return m.Directory.Sending(p) }

// Covered counts the countries where somebody answers.
func (m Map) Covered() (n int) {
	for _, a := range m.Spots {
		if a.Place.Country != "" && answered(a) {
			n++
		}
	}
	return n
}

// answered reports whether somebody answers in an spot.
func answered(a models.Spot) bool {
	return a.Standing == models.Resident || a.Standing == models.SideAccredited || a.Standing == models.ResidentAndSide
}
