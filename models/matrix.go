package models

import (
	"cmp"
	"slices"
)

// A Matrix is the joint effect of all postings on one day: how each state stands
// in each matter at every place that is covered on any day, past or future.
// Countries come first, region by region, then bodies.
type Matrix struct {
	On   Date
	Soon int // how many days ahead a cell's Until may be
	Rows []MatrixRow
}

// A MatrixRow is one place of a matrix.
type MatrixRow struct {
	Place Named
	cells [10]Cell // of each state, police and then customs
}

// A Cell says how one state stands in one matter at one place: the answer to the
// main question, in a word.
type Cell struct {
	Standing Standing
	Answers  int  // the assignments that answer
	Handover bool // some posting that answers has two holders or more
	// Until is the last day on which somebody answers without a break, if that
	// is soon; else 0.
	Until Date
}

// A Standing is how a state is represented at a place.
type Standing string

// The standings. Where nobody answers, a vacant posting takes precedence over a
// suspended one: it can be filled. Home is where nobody needs to answer, as
// nobody is represented at home.
const (
	Resident        Standing = "resident"
	SideAccredited  Standing = "side"
	ResidentAndSide Standing = "both"
	AllAway         Standing = "absent" // somebody answers, and nobody who can be turned to
	LeftVacant      Standing = "vacant"
	LeftSuspended   Standing = "suspended"
	Home            Standing = "home"
	Uncovered       Standing = "none"
)

// Standings returns all standings, the best first.
func Standings() []Standing {
	return []Standing{Resident, ResidentAndSide, SideAccredited, AllAway, LeftVacant, LeftSuspended, Home, Uncovered}
}

// Cell returns the cell of a state and a single matter.
func (r MatrixRow) Cell(s State, m Matter) Cell { return r.cells[cellIndex(s, m)] }

func cellIndex(s State, m Matter) int {
	i := 2 * slices.Index(States(), s)
	if m == Customs {
		i++
	}
	return i
}

// Answered counts the states for which somebody answers in a matter.
func (r MatrixRow) Answered(m Matter) (n int) {
	for _, s := range States() {
		if r.Cell(s, m).Answers > 0 {
			n++
		}
	}
	return n
}

// Answered counts the places at which somebody answers for a state in a matter.
func (m Matrix) Answered(s State, matter Matter) (n int) {
	for _, r := range m.Rows {
		if r.Cell(s, matter).Answers > 0 {
			n++
		}
	}
	return n
}

// Lacks reports whether the cell is work: nobody answers who can be turned to, or
// soon nobody will.
func (c Cell) Lacks() bool {
	switch c.Standing {
	case AllAway, LeftVacant, LeftSuspended, Uncovered:
		return true
	}
	return c.Until != 0
}

// Lacks reports whether some cell of the row does.
func (r MatrixRow) Lacks() bool { return slices.ContainsFunc(r.cells[:], Cell.Lacks) }

// Only returns the matrix of the rows that keep passes.
func (m Matrix) Only(keep func(MatrixRow) bool) Matrix {
	rows := m.Rows
	m.Rows = nil
	for _, r := range rows {
		if keep(r) {
			m.Rows = append(m.Rows, r)
		}
	}
	return m
}

// Row returns the row of a place, and false if the place is covered on no day.
func (m Matrix) Row(at Place) (MatrixRow, bool) {
	i := slices.IndexFunc(m.Rows, func(r MatrixRow) bool { return r.Place.Place == at })
	if i < 0 {
		return MatrixRow{Place: Named{Place: at}}, false
	}
	return m.Rows[i], true
}

// Places returns all places that are covered on any day, past or future:
// countries by region and code, then bodies.
func (d *Directory) Places() []Place {
	places := make([]Place, 0, len(d.places))
	for at := range d.places {
		places = append(places, at)
	}
	slices.SortFunc(places, comparePlaces)
	return places
}

// PlacesAbroad returns those to which officers are posted, and not those where
// states meet: all but bodies with seats.
func (d *Directory) PlacesAbroad() []Place {
	return slices.DeleteFunc(d.Places(), func(at Place) bool {
		b := d.bodies[at.Body]
		return b != nil && b.Kind.Seats()
	})
}

func comparePlaces(a, b Place) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Country, b.Country), cmp.Compare(a.Body, b.Body))
}

// rank returns the index of a place's region in regions, and one beyond them for
// a body.
func (p Place) rank() int {
	if p.Body != "" {
		return len(regions)
	}
	return slices.Index(regions, p.Country.Region())
}

// Matrix works out how everything abroad stands on a day, in one pass over the
// postings of each place. soon is how many days ahead an end is looked for.
func (d *Directory) Matrix(on Date, soon int) Matrix { return d.MatrixOf(d.PlacesAbroad(), on, soon) }

// MatrixOf is the matrix of some places only.
func (d *Directory) MatrixOf(places []Place, on Date, soon int) Matrix {
	m := Matrix{On: on, Soon: soon, Rows: make([]MatrixRow, 0, len(places))}
	for _, at := range places {
		cells := newCellMaker(on, soon)
		for _, p := range d.places[at] {
			cells.add(d, p, at)
		}
		if cells.standIns {
			cells.recount(d, at)
		}
		m.Rows = append(m.Rows, cells.row(d.Name(at)))
	}
	return m
}

// BorderDays returns the days of a period on which something begins, or has
// just ended: a posting's life, an assignment, a representation, a side
// accreditation, a suspension or an absence. They are in order, each once.
func (d *Directory) BorderDays(within Period) []Date {
	b := borderDays{within: within}
	for _, p := range d.posts.All() {
		b.ofPost(p)
	}
	return b.inOrder()
}

// BodyBorderDays returns the days within a period on which one of some bodies begins
// or ends, its members, chair or name change, or something at what it hosts.
func (d *Directory) BodyBorderDays(bodies []*Body, within Period) []Date {
	days := borderDays{within: within}
	for _, b := range bodies {
		days.add(b.Life())
		for _, m := range b.Members {
			days.add(m.And(b.Life()))
		}
		for _, c := range b.Chairs {
			days.add(c.And(b.Life()))
		}
		for _, n := range b.Names {
			days.add(n.And(b.Life()))
		}
		for _, p := range d.Hosted(b.Key) {
			days.ofPost(p)
		}
	}
	return days.inOrder()
}

// borderDays collects the days on which periods begin, and those after they end.
type borderDays struct {
	within Period
	days   []Date
}

func (b *borderDays) add(p Period) {
	for _, day := range [2]Date{p.First, p.Last + 1} {
		if p.Days() > 0 && b.within.Has(day) && day <= Forever {
			b.days = append(b.days, day)
		}
	}
}

func (b *borderDays) ofPost(p *Post) {
	b.add(p.Life())
	for _, a := range p.Assignments {
		b.add(a.Period)
		for _, x := range a.Absences {
			b.add(x.And(p.Term(a)))
		}
	}
	for _, r := range p.Representations {
		b.add(r.Period)
	}
	for _, c := range p.Coverages {
		b.add(c.Period)
	}
	for _, s := range p.Suspensions {
		b.add(s.Period)
	}
}

func (b *borderDays) inOrder() []Date {
	slices.Sort(b.days)
	return slices.Compact(b.days)
}
