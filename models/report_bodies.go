package models

import "slices"

// A Sitting is who takes part in a body on a day, and who sits there for whom.
type Sitting struct {
	Body    *Body
	Members []BodyMember
	Chairs  []Chair
	// Next are those who take the chair on the first later day on which anybody does.
	Next  []Chair
	Seats []SeatOn
}

// A SeatOn is a seat or a desk that is open on a day: how it stands, and whom to turn to
// there.
type SeatOn struct {
	Post    *Post
	Agency  Agency // that sends it
	Status  Status
	Answers []Answer
}

// SittingOf returns who sits in a body on a day: for one state, or for all if it is "".
// Members and chairs are told whole; those that a state is no party to have no seats of
// it either. It reports whether there is anything to tell: the body exists, or hosts
// something that is open, and the state is a party or has something there.
func (d *Directory) SittingOf(b *Body, of State, on Date) (Sitting, bool) {
	s := Sitting{Body: b, Members: b.MembersOn(on), Chairs: b.ChairsOn(on), Next: b.NextChairs(on)}
	for _, p := range d.Hosted(b.Key) {
		if sending := d.Sending(p); p.Life().Has(on) && (of == "" || sending.Country == of) {
			s.Seats = append(s.Seats, SeatOn{p, sending, p.StatusOn(on), d.AnswersAt(p, on)})
		}
	}
	slices.SortStableFunc(s.Seats, func(a, b SeatOn) int { return CompareAgencies(a.Agency, b.Agency) })
	party := of == "" && b.Life().Has(on) || len(s.Seats) > 0 ||
		slices.ContainsFunc(s.Members, func(m BodyMember) bool { return m.Country == Party(of) }) ||
		slices.ContainsFunc(s.Chairs, func(c Chair) bool { return c.Country == Party(of) })
	return s, party
}
