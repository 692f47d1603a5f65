package models

import "slices"

// A BodyMatrix is how the five states stand on one day in the bodies where states
// meet.
type BodyMatrix struct {
	On   Date
	Soon int // how many days ahead a cell's Until may be
	Rows []BodyRow
}

// A BodyRow is one body of a matrix. Its cells answer the main question about the
// body, as those of a Matrix do about a place abroad.
type BodyRow struct {
	MatrixRow
	seats [5]SeatCount
}

// A SeatCount is what a state has of a body on a day.
type SeatCount struct {
	Open, Held int  // its own seats: those that are open, and how many of them somebody holds
	Member     bool // it is a full member
}

// Vacant returns how many of the open seats nobody holds, or are suspended.
func (c SeatCount) Vacant() int { return c.Open - c.Held }

// Body returns the body of the row.
func (r BodyRow) Body() *Body { return r.Place.Called }

// Seats returns what a state has of the body.
func (r BodyRow) Seats(s State) SeatCount { return r.seats[slices.Index(States(), s)] }

// Same reports whether a state stands the same in both matters.
func (r BodyRow) Same(s State) bool { return r.Cell(s, Police) == r.Cell(s, Customs) }

// Missing reports whether a state is a full member for which nobody could answer:
// no seat acts for it in either matter.
func (r BodyRow) Missing(s State) bool {
	return r.Seats(s).Member && r.Same(s) && r.Cell(s, Police).Standing == Uncovered
}

// Lacks reports whether some state is a full member without a seat, or has seats of
// which a cell lacks somebody. Others need nobody there.
func (r BodyRow) Lacks() bool {
	return slices.ContainsFunc(States(), func(s State) bool {
		return r.Missing(s) || slices.ContainsFunc(Matters(), func(m Matter) bool {
			c := r.Cell(s, m)
			return c.Standing != Uncovered && c.Lacks()
		})
	})
}

// BodyMatrix works out how the states stand on a day in the bodies that have seats,
// by key: those that exist on the day, or have a seat that is open then. soon is how
// many days ahead an end is looked for.
func (d *Directory) BodyMatrix(on Date, soon int) BodyMatrix {
	var bodies []*Body
	var places []Place
	for _, b := range d.Bodies() {
		if b.Kind.Seats() && (b.Life().Has(on) || slices.ContainsFunc(d.Hosted(b.Key), func(p *Post) bool { return p.Life().Has(on) })) {
			bodies, places = append(bodies, b), append(places, Place{Body: b.Key})
		}
	}
	m := BodyMatrix{On: on, Soon: soon}
	for i, row := range d.MatrixOf(places, on, soon).Rows {
		r := BodyRow{MatrixRow: row}
		for j, s := range States() {
			r.seats[j] = d.seatCount(s, bodies[i], on)
		}
		m.Rows = append(m.Rows, r)
	}
	return m
}

func (d *Directory) seatCount(s State, b *Body, on Date) (c SeatCount) {
	c.Member = b.IsMember(Party(s), on)
	for _, p := range d.Hosted(b.Key) {
		if d.Sending(p).Country != s || !p.Life().Has(on) {
			continue
		}
		c.Open++
		if p.StatusOn(on) == Held {
			c.Held++
		}
	}
	return c
}
