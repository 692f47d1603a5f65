package models

import "slices"

// A Seating is what a posting is, by its host.
type Seating string

// The seatings.
const (
	Abroad Seating = "abroad" // a country hosts it
	Desk   Seating = "desk"   // an organisation does
	Seat   Seating = "seat"   // another body does
)

// Seatings returns all seatings.
func Seatings() []Seating { return []Seating{Abroad, Desk, Seat} }

// Valid reports whether s is a known seating.
func (s Seating) Valid() bool { return slices.Contains(Seatings(), s) }

// A SeatRole is what the holder of a seat does in the body.
type SeatRole string

// The roles.
const (
	Representative SeatRole = "representative"
	Delegate       SeatRole = "delegate"
	Expert         SeatRole = "expert"
	CoOrdinator    SeatRole = "coordinator" // of a state, in the body
	Deputy         SeatRole = "deputy"
	Secretariat    SeatRole = "secretariat"
	ChairRole      SeatRole = "chair"
)

// SeatRoles returns all roles.
func SeatRoles() []SeatRole {
	return []SeatRole{Representative, Delegate, Expert, CoOrdinator, Deputy, Secretariat, ChairRole}
}

// Valid reports whether r is a known role.
func (r SeatRole) Valid() bool { return slices.Contains(SeatRoles(), r) }

// Seating returns what the posting is. Seats alone have a role.
func (p Posting) Seating() Seating {
	switch {
	case p.Role != "":
		return Seat
	case p.HostBody != "":
		return Desk
	}
	return Abroad
}

// At returns the posting as its host makes it: a seat has a role, and whatever a
// body hosts sits where the body has its headquarters, unless something else is
// said. A zero host leaves it as it is.
func (p Posting) At(host Body) Posting {
	if host.Key == "" {
		return p
	}
	if host.Kind.Seats() && p.Role == "" {
		p.Role = Representative
	}
	if p.HostCountry == "" && p.HostCity == "" {
		p.HostCountry, p.HostCity = host.HqCountry, host.HqCity
	}
	return p
}
