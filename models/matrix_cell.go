package models

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
