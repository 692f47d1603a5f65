package models

import (
	"cmp"
	"slices"
	"strings"
)

// A BoardPack is what a board reads before it meets: what has happened since a day, how
// things stand, and what comes in the days ahead.
type BoardPack struct {
	Among
	Since, On, Until Date      // Until is the last of the days ahead
	Changes          []Changes // of each state that is asked for
	Standings        []StoodThen
	Turns            []PostTurn // postings that opened, closed or were suspended since, or will be in the days ahead
	Ending           []EndingTerm
	Vacancies        []Vacancy
	Findings         []Finding // on the day, those that are postponed too
	Absences         []AwayTerm
	Bodies           []BodyTurn
}

// A StoodThen counts the places abroad by how a state stands at them in a matter: on
// the first day of a board, and on its day.
type StoodThen struct {
	State     State
	Matter    Matter
	Then, Now map[Standing]int
}

// A Turning is what happens to a posting or a body on a day.
type Turning string

// The turnings of postings, and then of bodies. Something ends with its last day, and
// is told of on it; a mandate too.
const (
	Opening    Turning = "opens"
	Closing    Turning = "closes"
	Suspends   Turning = "suspends"
	Resumes    Turning = "resumes" // the first day after a suspension
	Founds     Turning = "founded"
	Ends       Turning = "ended"
	Renames    Turning = "renamed" // the first day of another name
	Joins      Turning = "joins"
	Leaves     Turning = "leaves"
	TakesChair Turning = "takes_chair"
	MandateEnd Turning = "mandate"
)

// Turnings returns all turnings.
func Turnings() []Turning {
	return []Turning{Opening, Closing, Suspends, Resumes, Founds, Ends, Renames, Joins, Leaves, TakesChair, MandateEnd}
}

// A PostTurn is what happens to a posting on a day.
type PostTurn struct {
	Turning Turning
	Day     Date
	Post    *Post
	Agency  Agency
}

// An EndingTerm is a term that ends, and who follows: the zero Term if nobody does.
type EndingTerm struct {
	Term
	Post      *Post
	Agency    Agency
	Successor Term
}

// A Vacancy is days on which a posting is open, and neither held nor suspended.
type Vacancy struct {
	Post   *Post
	Agency Agency
	Days   Period
}

// A BodyTurn is what happens to a body on a day, and to which party of it: a zero place
// if it is to the body.
type BodyTurn struct {
	Turning Turning
	Day     Date
	Body    *Body
	Party   Named
	Role    Membership // of who joins or leaves
}

// BoardPack works out what a board reads on a day about the time since an earlier one, and
// about the days ahead for which limits look for vacancies; for mandates these are
// the days of their own limit. state is whose changes, standings and findings are told,
// "" for those of all; the filter is of postings, seats included, and for standings its
// region is that of places.
func (d *Directory) BoardPack(f Among, state State, since, on Date, lim Limits) BoardPack {
	b := BoardPack{Among: f, Since: since, On: on, Until: min(on+Date(lim.NoticeDays), Forever)}
	asked := States()
	if state != "" {
		asked = []State{state}
	}
	for _, s := range asked {
		b.Changes = append(b.Changes, ChangesFor(s, d, since, d, on))
	}
	b.Standings = d.stoodThen(f, asked, since, on)
	for _, p := range d.Among(f) {
		b.post(d, p)
	}
	for _, x := range d.Findings(on, lim) {
		if f.has(x.Post, x.Sending) && (state == "" || x.Concerns(state)) {
			b.Findings = append(b.Findings, x)
		}
	}
	mandates := min(on+Date(lim.MandateDays), Forever)
	for _, body := range d.Bodies() {
		b.body(d, body, mandates)
	}
	b.sort()
	return b
}

// sort puts the lists into the order of days, and then of keys.
func (b *BoardPack) sort() {
	slices.SortStableFunc(b.Turns, func(x, y PostTurn) int { return cmp.Compare(x.Day, y.Day) })
	slices.SortStableFunc(b.Ending, func(x, y EndingTerm) int { return cmp.Compare(x.Days.Last, y.Days.Last) })
	slices.SortStableFunc(b.Vacancies, func(x, y Vacancy) int { return cmp.Compare(x.Days.First, y.Days.First) })
	slices.SortStableFunc(b.Absences, func(x, y AwayTerm) int { return cmp.Compare(x.Days.First, y.Days.First) })
	slices.SortStableFunc(b.Bodies, func(x, y BodyTurn) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), strings.Compare(string(x.Body.Key), string(y.Body.Key)))
	})
}

// told are the days of which a board is told: those after its first, and those ahead.
func (b *BoardPack) told() Period { return Period{b.Since + 1, b.Until} }

// ahead are the day of the board and those after it.
func (b *BoardPack) ahead() Period { return Period{b.On, b.Until} }

// post adds what there is to tell of a posting.
func (b *BoardPack) post(d *Directory, p *Post) {
	of := d.Sending(p)
	turn := func(t Turning, day Date) {
		if b.told().Has(day) {
			b.Turns = append(b.Turns, PostTurn{t, day, p, of})
		}
	}
	turn(Opening, p.Opened)
	for _, x := range Union(p.Suspended()) {
		turn(Suspends, x.First)
		if x.Last < p.Closed {
			turn(Resumes, x.Last+1)
		}
	}
	if !p.Closed.Open() {
		turn(Closing, p.Closed)
	}
	for _, days := range p.VacantDays() {
		if days.Overlaps(b.ahead()) {
			b.Vacancies = append(b.Vacancies, Vacancy{p, of, days})
		}
	}
	for _, a := range p.Assignments {
		if t := d.term(p, a); t.Days.Has(b.On) && b.ahead().Has(t.Days.Last) && !t.Days.Last.Open() {
			e := EndingTerm{Term: t, Post: p, Agency: of}
			if next, follows := p.Successor(a); follows && p.Term(next).Days() > 0 {
				e.Successor = d.term(p, next)
			}
			b.Ending = append(b.Ending, e)
		}
		for _, x := range a.Absences {
			if away := d.awayTerm(p, a, x); away.Days.Overlaps(b.ahead()) {
				b.Absences = append(b.Absences, away)
			}
		}
	}
}

// body adds what happens to a body. What it is called does not matter before it exists.
func (b *BoardPack) body(d *Directory, body *Body, mandates Date) {
	turn := func(t Turning, day Date, party Party, role Membership) {
		if day == 0 || day.Open() || !b.told().Has(day) && !(t == MandateEnd && day > b.On && day <= mandates) {
			return
		}
		x := BodyTurn{Turning: t, Day: day, Body: body, Role: role}
		if at, ok := party.Place(); ok {
			x.Party = d.Name(at)
		}
		b.Bodies = append(b.Bodies, x)
	}
	life := body.Life()
	turn(Founds, body.Founded, "", "")
	for _, n := range body.Names {
		if life.Has(n.Last + 1) {
			turn(Renames, n.Last+1, "", "")
		}
	}
	for _, m := range body.Members {
		if days := m.And(life); days.Days() > 0 {
			turn(Joins, days.First, m.Country, m.Role)
			turn(Leaves, days.Last, m.Country, m.Role)
		}
	}
	for _, c := range body.Chairs {
		if days := c.And(life); days.Days() > 0 {
			turn(TakesChair, days.First, c.Country, "")
		}
	}
	if body.MandateUntil < body.Ended {
		turn(MandateEnd, body.MandateUntil, "", "")
	}
	turn(Ends, body.Ended, "", "")
}

// stoodThen counts how each of some states stands in each matter, at the places in the
// region of a filter that are covered on any day.
func (d *Directory) stoodThen(f Among, states []State, then, now Date) (all []StoodThen) {
	inRegion := func(r MatrixRow) bool { return f.at(r.Place.Place) }
	was, is := d.Matrix(then, 0).Only(inRegion), d.Matrix(now, 0).Only(inRegion)
	for _, s := range states {
		for _, m := range Matters() {
			all = append(all, StoodThen{s, m, was.standings(s, m), is.standings(s, m)})
		}
	}
	return all
}

// standings counts the places at which a state stands in each way in a matter.
func (m Matrix) standings(s State, matter Matter) map[Standing]int {
	counts := map[Standing]int{}
	for _, r := range m.Rows {
		counts[r.Cell(s, matter).Standing]++
	}
	return counts
}
