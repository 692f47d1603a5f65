package views

import (
	"net/url"
	"slices"

	"samband/models"
)

// A FollowButton is the button on a page that follows what it is about, or no longer.
type FollowButton struct {
	models.Follow
	Path     string // of the page
	Followed bool
}

// A Followed is something that the reader follows: a posting, a body or a place, and
// what has changed about it since the last visit.
type Followed struct {
	models.Follow
	Post   *models.Post
	Agency models.Agency // that sends the posting
	Body   *models.Body
	Place  models.Named
	Gone   bool // it has been removed
	// Status is that of a posting today, and Was at the last visit: "" if there was
	// none, or no posting yet.
	Status, Was models.Status
	// Lost, Gained and Interrupted are representation of states at the place.
	Lost, Gained, Interrupted []StateChange
	Came, Went, Away          []models.TermChange
	// Next is the first day after today on which something is known to change, 0 for
	// none. Of a place, Asked is the question whose answer does.
	Next  models.Date
	Asked models.Question
}

// A StateChange is a change at a place for a state.
type StateChange struct {
	models.PlaceChange
	State models.State
}

// Add adds changes for a state. An officer who answers for several is told once.
func (f *Followed) Add(c models.Changes) {
	for _, list := range []struct {
		from []models.PlaceChange
		to   *[]StateChange
	}{{c.Lost, &f.Lost}, {c.Gained, &f.Gained}, {c.Interrupted, &f.Interrupted}} {
		for _, x := range list.from {
			*list.to = append(*list.to, StateChange{x, c.State})
		}
	}
	for _, list := range []struct {
		from []models.TermChange
		to   *[]models.TermChange
	}{{c.Came, &f.Came}, {c.Went, &f.Went}, {c.Away, &f.Away}} {
		for _, t := range list.from {
			if !slices.ContainsFunc(*list.to, func(o models.TermChange) bool {
				return o.Assignment.ID == t.Assignment.ID && (list.to != &f.Away || o.Days == t.Days)
			}) {
				*list.to = append(*list.to, t)
			}
		}
	}
}

// Turned reports whether the status of a posting has changed.
func (f Followed) Turned() bool { return f.Was != "" && f.Was != f.Status }

// Quiet reports whether nothing has changed.
func (f Followed) Quiet() bool {
	return !f.Turned() && len(f.Lost)+len(f.Gained)+len(f.Interrupted)+len(f.Came)+len(f.Went)+len(f.Away) == 0
}

// URL returns the address of what is followed: of a place, of the question that an own
// state asks there.
func (f Followed) URL(own models.State, today models.Date) string {
	switch {
	case f.Post != nil:
		return "/postings/" + itoa(int(f.Post.ID))
	case f.Body != nil:
		return BodyPath(*f.Body)
	}
	q := f.Asked
	if q.State == "" {
		q.State, q.Matter = own, models.Police
	}
	if q.State == "" {
		q.State = models.States()[0]
	}
	return f.asked(q, today)
}

// NextURL returns the address of what will have changed on Next.
func (f Followed) NextURL() string {
	switch {
	case f.Post != nil:
		return "/postings/" + itoa(int(f.Post.ID))
	case f.Body != nil:
		return BodyPath(*f.Body) + "?on=" + f.Next.String()
	}
	return f.asked(f.Asked, f.Next)
}

func (f Followed) asked(q models.Question, on models.Date) string {
	v := url.Values{"state": {string(q.State)}, "matter": {string(q.Matter)}, "place": {f.Place.String()}, "on": {on.String()}}
	return "/represent?" + v.Encode()
}
