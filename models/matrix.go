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

// A cellMaker works out the cells of a place from the postings that cover it.
type cellMaker struct {
	on     Date
	ahead  Period // from the day to the first one that is not soon
	cells  [10]made
	counts [10]int64 // the posting counted last in each cell
	// standIns says that at some posting somebody stands in on the day.
	standIns bool
}

// made is what is known about a cell so far.
type made struct {
	Cell
	resident, side, absent, vacant, suspended, home bool
	acting                                          []Period // ahead: days on which somebody answers
	lasting                                         bool     // acting has a period that spans all of ahead
}

func newCellMaker(on Date, soon int) *cellMaker {
	return &cellMaker{on: on, ahead: Period{on, min(on+Date(soon)+1, Forever)}}
}

// add takes into account a posting that covers the place on some day.
func (c *cellMaker) add(d *Directory, p *Post, at Place) {
	if State(at.Country).Valid() && c.atHome(d, p, at) || !p.Life().Overlaps(c.ahead) {
		return
	}
	now := d.stands(p, at, c.on)
	c.standIns = c.standIns || d.standsInAt(p, c.on)
	acting := p.actingIn(c.ahead)
	for _, covered := range p.Accredited(at) {
		for _, r := range p.Representations {
			days := r.And(covered).And(c.ahead)
			if days.Days() == 0 || !r.State.Valid() || r.State.Country() == at.Country {
				continue
			}
			for _, m := range Matters() {
				if !r.Matter.Includes(m) {
					continue
				}
				i := cellIndex(r.State, m)
				cell := &c.cells[i]
				if days.Has(c.on) && c.counts[i] != p.ID {
					c.counts[i] = p.ID
					cell.count(now)
				}
				cell.follow(acting, days, c.ahead)
			}
		}
	}
}

// atHome notes for which states the posting gives no answer at a place that is
// one of the five, and reports whether it gives none for any.
func (c *cellMaker) atHome(d *Directory, p *Post, at Place) bool {
	all := true
	for _, s := range States() {
		home := d.atHome(p, s, at)
		for _, m := range Matters() {
			cell := &c.cells[cellIndex(s, m)]
			cell.home = cell.home || home
		}
		all = all && home
	}
	return all
}

// stands is how a posting stands at a place on a day.
type stands struct {
	resident bool
	status   Status
	holders  int
	present  bool // a holder or a stand-in can be turned to
}

func (d *Directory) stands(p *Post, at Place, on Date) stands {
	return stands{at == p.Host(), p.StatusOn(on), len(p.HoldersOn(on)), d.away[p.ID] == nil || d.presentOn(p, on)}
}

// count adds a posting that covers the place and represents the state on the day.
func (c *made) count(p stands) {
	switch p.status {
	case Held:
		c.Answers += p.holders
		c.Handover = c.Handover || p.holders > 1
		c.resident = c.resident || p.present && p.resident
		c.side = c.side || p.present && !p.resident
		c.absent = c.absent || !p.present
	case Vacant:
		c.vacant = true
	case Suspended:
		c.suspended = true
	}
}

// recount counts the answers themselves, where a stand-in is among them: it may
// answer for itself as well, and is one answer all the same.
func (c *made) recount(answers []Answer) {
	c.Answers, c.resident, c.side = len(answers), false, false
	for _, a := range answers {
		c.resident = c.resident || !a.Absent && a.Resident
		c.side = c.side || !a.Absent && !a.Resident
	}
}

// follow notes on which of the days ahead the posting acts.
func (c *made) follow(acting []Period, days, ahead Period) {
	for _, a := range acting {
		p := a.And(days)
		if p.Days() == 0 || c.lasting {
			continue
		}
		c.lasting = p == ahead
		c.acting = append(c.acting, p)
	}
}

// recount counts the answers of each cell anew.
func (c *cellMaker) recount(d *Directory, at Place) {
	for _, s := range States() {
		for _, m := range Matters() {
			if cell := &c.cells[cellIndex(s, m)]; cell.Answers > 0 {
				cell.recount(d.answers(Question{State: s, Matter: m, Place: at, On: c.on}))
			}
		}
	}
}

// row finishes the cells.
func (c *cellMaker) row(at Named) MatrixRow {
	row := MatrixRow{Place: at}
	for i := range c.cells {
		cell := &c.cells[i]
		cell.Standing = cell.standing()
		if cell.Answers > 0 && !cell.lasting {
			if run := Union(cell.acting)[0]; run.Last < c.ahead.Last {
				cell.Until = run.Last
			}
		}
		row.cells[i] = cell.Cell
	}
	return row
}

func (c *made) standing() Standing {
	switch {
	case c.resident && c.side:
		return ResidentAndSide
	case c.resident:
		return Resident
	case c.side:
		return SideAccredited
	case c.absent:
		return AllAway
	case c.vacant:
		return LeftVacant
	case c.suspended:
		return LeftSuspended
	case c.home:
		return Home
	}
	return Uncovered
}

// actingIn returns the days of a period on which somebody holds the posting and
// it is not suspended, as the fewest possible periods in date order.
func (p *Post) actingIn(within Period) []Period {
	within = within.And(p.Life())
	suspended := p.Suspended()
	var days []Period
	for _, a := range p.Assignments {
		days = append(days, a.And(within).Without(suspended)...)
	}
	return Union(days)
}

// BorderDays returns the days of a period on which something begins, or has
// just ended: a posting's life, an assignment, a representation, a side
// accreditation, a suspension or an absence. They are in order, each once.
func (d *Directory) BorderDays(within Period) []Date {
	var days []Date
	border := func(p Period) {
		for _, day := range [2]Date{p.First, p.Last + 1} {
			if within.Has(day) && day <= Forever {
				days = append(days, day)
			}
		}
	}
	for _, p := range d.posts {
		border(p.Life())
		for _, a := range p.Assignments {
			border(a.Period)
		}
		for _, r := range p.Representations {
			border(r.Period)
		}
		for _, c := range p.Coverages {
			border(c.Period)
		}
		for _, s := range p.Suspensions {
			border(s.Period)
		}
	}
	for _, p := range d.away {
		for _, a := range p.Assignments {
			for _, x := range a.Absences {
				border(x.And(p.Term(a)))
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
