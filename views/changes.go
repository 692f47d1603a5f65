package views

import (
	"net/url"

	"samband/models"
)

// ChangesPage tells what changed for a state between two days.
var ChangesPage = page[Changes]("changes")

// Changes are what changed for a state between two days, to be read aloud.
type Changes struct {
	Directory *models.Directory
	models.Changes
	Query            url.Values
	Today, LastVisit models.Date // 0: none before
}

// Quiet reports whether nothing has changed.
func (c Changes) Quiet() bool {
	return len(c.Lost)+len(c.Gained)+len(c.Interrupted)+len(c.Came)+len(c.Went) == 0
}

// CSV returns the address of the same as a file.
func (c Changes) CSV(profile Profile) string { return csvURL("/changes.csv", c.Query, profile) }

// CountPlaces returns how many places there are in a list, each once for its
// matter.
func (c Changes) CountPlaces(list []models.PlaceChange) (n int) {
	seen := map[models.Place]bool{}
	for _, l := range list {
		for _, p := range l.Places {
			seen[p] = true
		}
	}
	return len(seen)
}

// Between returns the address of what changed between other days, with the
// first as known then if that is wanted.
func (c Changes) Between(from, to models.Date, known bool) string {
	v := url.Values{"state": {string(c.State)}, "from": {from.String()}, "to": {to.String()}}
	if known {
		v.Set("known", from.String())
	}
	return "/changes?" + v.Encode()
}

// A ChangeLine is a row of the file of changes.
type ChangeLine struct {
	Change string // lost, gained, interrupted, came, went
	State  models.State
	Place  models.Place // one of them: a row for each
	Matter models.Matter
	Term   *models.TermChange
	Days   models.Period
}

// ChangeLines returns changes one to a line: a place, or an officer.
func ChangeLines(c models.Changes) (lines []ChangeLine) {
	for _, kind := range []struct {
		name string
		list []models.PlaceChange
	}{{"lost", c.Lost}, {"gained", c.Gained}, {"interrupted", c.Interrupted}} {
		for _, change := range kind.list {
			for _, at := range change.Places {
				lines = append(lines, ChangeLine{Change: kind.name, State: c.State, Place: at, Matter: change.Matter, Days: change.Days})
			}
		}
	}
	for _, kind := range []struct {
		name string
		list []models.TermChange
	}{{"came", c.Came}, {"went", c.Went}} {
		for _, t := range kind.list {
			lines = append(lines, ChangeLine{Change: kind.name, State: c.State, Term: &t, Days: t.Days})
		}
	}
	return lines
}
