package models

import "strings"

// A Snooze postpones a finding until a day has passed. It holds for the finding
// as it was: when its facts change, it has another name, and is back.
type Snooze struct {
	Finding string `gorm:"primaryKey" told:"open"`        // its Name
	Posting int64  `gorm:"column:posting_id" told:"open"` // that the finding is about, 0 for none
	State   State  `told:"open"`                          // whose finding it is
	Until   Date   `gorm:"column:last_day" told:"open"`   // the last day on which it is left out
	Reason  string `told:"holder"`
}

const (
	// SnoozeYears is how far ahead a finding can be postponed.
	SnoozeYears = 2
	// MostSnoozeReason bounds the reason, in characters.
	MostSnoozeReason = 400
)

// Holds reports whether the finding is left out on a day.
func (z Snooze) Holds(on Date) bool { return on <= z.Until }

// CheckSnooze returns what is wrong with a snooze that is made today. A reason
// is one line.
func CheckSnooze(z Snooze, today Date) Problems {
	var ps Problems
	latest := today.Years(SnoozeYears)
	switch {
	case z.Until == 0:
		ps.add("until", "problem.required")
	case z.Until <= today || z.Until > latest:
		ps.add("until", "problem.until", "today", today, "latest", latest)
	}
	ps.text("reason", z.Reason, MostSnoozeReason, true)
	if strings.ContainsAny(z.Reason, "\n\t") && !ps.Has("reason") {
		ps.add("reason", "problem.characters")
	}
	return ps
}
