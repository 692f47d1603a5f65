package views

import (
	"maps"
	"net/url"
	"strconv"

	"samband/models"
)

// ChangesPage shows what changed for a state between two days.
var ChangesPage = page[Changes]("changes")

// Changes are what changed for a state between two days, worded to be read aloud.
type Changes struct {
	Directory *models.Directory
	models.Changes
	Query            url.Values
	Today, LastVisit models.Date // 0: none before
	// Part is what this page shows of all the changes: after the first After of
	// them at most Most, counted through the five lists.
	Part        models.Changes
	After, Most int
}

// Cut sets which part of the changes the page shows.
func (c *Changes) Cut(after, most int) {
	c.After, c.Most, c.Part = after, most, c.Changes
	skip, left := after, most
	for _, list := range []*[]models.PlaceChange{&c.Part.Lost, &c.Part.Gained, &c.Part.Interrupted} {
		*list = cut(*list, &skip, &left)
	}
	for _, list := range []*[]models.TermChange{&c.Part.Came, &c.Part.Went, &c.Part.Away} {
		*list = cut(*list, &skip, &left)
	}
}

// cut returns a list without its first skip entries, at most left of the others,
// and takes from both counts what it used.
func cut[T any](list []T, skip, left *int) []T {
	passed := min(*skip, len(list))
	*skip -= passed
	list = list[passed:]
	list = list[:min(*left, len(list))]
	*left -= len(list)
	return list
}

// Total returns how many changes there are.
func (c Changes) Total() int {
	return len(c.Lost) + len(c.Gained) + len(c.Interrupted) + len(c.Came) + len(c.Went) + len(c.Away)
}

// Pager returns the links to the other pages.
func (c Changes) Pager() Pager { return pagerOf(c.After, c.Most, c.Total(), c.from) }

func (c Changes) from(after int) string {
	v := maps.Clone(c.Query)
	if v == nil {
		v = url.Values{}
	}
	v.Set("state", string(c.State))
	v.Set("from", c.From.String())
	v.Set("to", c.To.String())
	if v.Del("after"); after > 0 {
		v.Set("after", strconv.Itoa(after))
	}
	return "/changes?" + v.Encode()
}

// Quiet reports whether nothing has changed.
func (c Changes) Quiet() bool {
	return c.Total() == 0
}

// File returns the address of all the changes as a file.
func (c Changes) File(as string) string { return fileURL("/changes", c.Query, as) }

// CountPlaces returns how many places there are in a list, each counted once.
func (c Changes) CountPlaces(list []models.PlaceChange) (n int) {
	seen := map[models.Place]bool{}
	for _, l := range list {
		for _, p := range l.Places {
			seen[p.Place] = true
		}
	}
	return len(seen)
}

// Between returns the address of what changed between other days; if known is
// true, the first day is taken as it was known then.
func (c Changes) Between(from, to models.Date, known bool) string {
	v := url.Values{"state": {string(c.State)}, "from": {from.String()}, "to": {to.String()}}
	if known {
		v.Set("known", from.String())
	}
	return "/changes?" + v.Encode()
}

// A ChangeLine is a row of the file of changes.
type ChangeLine struct {
	Change string // lost, gained, interrupted, came, went, away
	State  models.State
	Place  models.Named // one of them: a row for each
	Matter models.Matter
	Term   *models.TermChange
	Days   models.Period
	Causes []models.Cause // of a change at a place
}

// ChangeLines returns the changes as lines, one for each place or officer.
func ChangeLines(c models.Changes) (lines []ChangeLine) {
	for _, kind := range []struct {
		name string
		list []models.PlaceChange
	}{{"lost", c.Lost}, {"gained", c.Gained}, {"interrupted", c.Interrupted}} {
		for _, change := range kind.list {
			for _, at := range change.Places {
				lines = append(lines, ChangeLine{Change: kind.name, State: c.State, Place: at, Matter: change.Matter, Days: change.Days, Causes: change.CausesAt(at.Place)})
			}
		}
	}
	for _, kind := range []struct {
		name string
		list []models.TermChange
	}{{"came", c.Came}, {"went", c.Went}, {"away", c.Away}} {
		for _, t := range kind.list {
			lines = append(lines, ChangeLine{Change: kind.name, State: c.State, Term: &t, Days: t.Days})
		}
	}
	return lines
}
