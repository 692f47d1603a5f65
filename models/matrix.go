package models

import (
	"cmp"
	"slices"
)

// A Matrix is the joint effect of all postings on one day: how each state stands
// in each matter at every place that is covered on any day, past or future.
// Countries come first, region by region, then organisations.
type Matrix struct {
	On   Date
	Soon int // how many days ahead a cell's Until may be
	Rows []MatrixRow
}

// A MatrixRow is one place of a matrix.
type MatrixRow struct {
	Place Place
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
	LeftVacant      Standing = "vacant"
	LeftSuspended   Standing = "suspended"
	Home            Standing = "home"
	Uncovered       Standing = "none"
)

// Standings returns all standings, the best first.
func Standings() []Standing {
	return []Standing{Resident, ResidentAndSide, SideAccredited, LeftVacant, LeftSuspended, Home, Uncovered}
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
	i := slices.IndexFunc(m.Rows, func(r MatrixRow) bool { return r.Place == at })
	if i < 0 {
		return MatrixRow{Place: at}, false
	}
	return m.Rows[i], true
}

// Places returns all places that are covered on any day, past or future:
// countries by region and code, then organisations.
func (d *Directory) Places() []Place {
	places := make([]Place, 0, len(d.places))
	for at := range d.places {
		places = append(places, at)
	}
	slices.SortFunc(places, comparePlaces)
	return places
}

func comparePlaces(a, b Place) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Country, b.Country), cmp.Compare(a.Organisation, b.Organisation))
}

// rank returns the index of a place's region in regions, and one beyond them for
// an organisation.
func (p Place) rank() int {
	if p.Organisation != "" {
		return len(regions)
	}
	return slices.Index(regions, p.Country.Region())
}

// Matrix works out how everything stands on a day, in one pass over the postings
// of each place. soon is how many days ahead an end is looked for.
func (d *Directory) Matrix(on Date, soon int) Matrix { return d.MatrixOf(d.Places(), on, soon) }

// MatrixOf is the matrix of some places only.
func (d *Directory) MatrixOf(places []Place, on Date, soon int) Matrix {
	m := Matrix{On: on, Soon: soon, Rows: make([]MatrixRow, 0, len(places))}
	for _, at := range places {
		cells := newCellMaker(on, soon)
		for _, p := range d.places[at] {
			cells.add(d, p, at)
		}
		m.Rows = append(m.Rows, cells.row(at))
	}
	return m
}

// A cellMaker works out the cells of a place from the postings that cover it.
type cellMaker struct {
	on     Date
	ahead  Period // from the day to the first one that is not soon
	cells  [10]made
	counts [10]int64 // the posting counted last in each cell
}

// made is what is known about a cell so far.
type made struct {
	Cell
	resident, side, vacant, suspended, home bool
	acting                                  []Period // ahead: days on which somebody answers
	lasting                                 bool     // acting has a period that spans all of ahead
}

func newCellMaker(on Date, soon int) *cellMaker {
	return &cellMaker{on: on, ahead: Period{on, min(on+Date(soon)+1, Forever)}}
}

// add takes into account a posting that covers the place on some day.
func (c *cellMaker) add(d *Directory, p *Post, at Place) {
	if State(at.Country).Valid() && c.atHome(d, p, at) || !p.Life().Overlaps(c.ahead) {
		return
	}
	resident, status, holders := at == p.Host(), p.StatusOn(c.on), len(p.HoldersOn(c.on))
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
					cell.count(status, holders, resident)
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

// count adds a posting that covers the place and represents the state on the day.
func (c *made) count(status Status, holders int, resident bool) {
	switch status {
	case Held:
		c.Answers += holders
		c.Handover = c.Handover || holders > 1
		c.resident = c.resident || resident
		c.side = c.side || !resident
	case Vacant:
		c.vacant = true
	case Suspended:
		c.suspended = true
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

// row finishes the cells.
func (c *cellMaker) row(at Place) MatrixRow {
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
// accreditation or a suspension. They are in order, each once.
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
	slices.Sort(days)
	return slices.Compact(days)
}
