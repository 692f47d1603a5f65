package models

import "slices"

// A Follow is what an account has marked as something whose changes it wants to see:
// a bookmark of its own.
type Follow struct {
	Noun   Followed `json:"noun"`
	Record string   `json:"record"` // the ID of a posting or body, the code of a place's country
}

// Followed is a kind of what can be followed.
type Followed string

// What can be followed. A body is followed as such, and not as a place.
const (
	FollowedPosting Followed = "posting"
	FollowedBody    Followed = "body"
	FollowedPlace   Followed = "place"
)

// Valid reports whether f is a known kind.
func (f Followed) Valid() bool {
	return slices.Contains([]Followed{FollowedPosting, FollowedBody, FollowedPlace}, f)
}

// MostFollows is how much an account can follow.
const MostFollows = 200
