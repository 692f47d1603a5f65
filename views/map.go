package views

import (
	"net/url"
	"slices"
	"strings"

	"samband/models"
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
	Window    Window
	Areas     []models.Area
	Groups    []RegionGroup[models.Area] // the same, in the order of a language
	Query     url.Values
}

// A Window is a part of the world that the map shows by itself.
type Window string

// windows are the parts of the picture, the whole world first.
var windows = []struct {
	name Window
	box
}{
	{"world", box{0, 0, 10000, 4347}},
	{"europe", box{4050, 380, 2250, 1130}},
	{"africa", box{3380, 1230, 3800, 2480}},
	{"western-asia", box{5080, 900, 2500, 1500}},
	{"eastern-asia", box{6150, 950, 3250, 1950}},
	{"oceania", box{6800, 2050, 3200, 2200}},
	{"north-america", box{400, 0, 4300, 2350}},
	{"latin-america", box{1000, 1480, 4400, 2867}},
}

// Windows returns the names of all windows, the whole world first.
func Windows() []Window {
	var names []Window
	for _, w := range windows {
		names = append(names, w.name)
	}
	return names
}

// Valid reports whether w is the name of a window.
func (w Window) Valid() bool { return slices.Contains(Windows(), w) }

// box returns what the window shows, the whole world for an unknown one.
func (w Window) box() box {
	for _, known := range windows {
		if known.name == w {
			return known.box
		}
	}
	return windows[0].box
}

// NewMap puts the areas of a day into the order of a language.
func (s *Site) NewMap(lang string, m Map) Map {
	m.Groups = inRegions(s, lang, m.Areas, func(a models.Area) models.Place { return a.Place })
	return m
}

// Windows returns the windows to choose from.
func (m Map) Windows() []Window { return Windows() }

// Look returns the address of the same map in another window.
func (m Map) Look(w Window) string {
	if w == windows[0].name {
		w = ""
	}
	return with("/map", m.Query, "region", string(w))
}

// Link returns where a place leads to: to the main question if both a state
// and a matter are chosen, and else to the place in the table below.
func (m Map) Link(at models.Place) string {
	if m.Asks() {
		return questionURL(Question{State: string(m.State), Matter: string(m.Matter), Known: m.Query.Get("known")}, at.String(), m.On.String())
	}
	return "#" + m.Anchor(at)
}

// Asks reports whether a state and a matter are chosen, so that only the place
// of the main question is open.
func (m Map) Asks() bool { return m.State != "" && m.Matter != "" }

// Anchor returns the name of a place's row in the table.
func (m Map) Anchor(at models.Place) string {
	return "at-" + strings.ReplaceAll(strings.ToLower(at.String()), ":", "-")
}

// mostCovers bounds the postings that a row of the table names.
const mostCovers = 8

// Named returns the postings that the row of an area names.
func (m Map) Named(a models.Area) []models.AreaPost { return a.Posts[:min(len(a.Posts), mostCovers)] }

// Unnamed returns how many it does not.
func (m Map) Unnamed(a models.Area) int { return len(a.Posts) - len(m.Named(a)) }

// Sending returns the agency that keeps a posting.
func (m Map) Sending(p *models.Post) models.Agency { return m.Directory.Sending(p) }

// Covered counts the countries where somebody answers.
func (m Map) Covered() (n int) {
	for _, a := range m.Areas {
		if a.Place.Country != "" && answered(a) {
			n++
		}
	}
	return n
}

// answered reports whether somebody answers.
func answered(a models.Area) bool {
	return a.Standing == models.Resident || a.Standing == models.SideAccredited || a.Standing == models.ResidentAndSide
}
