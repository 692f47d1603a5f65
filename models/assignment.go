package models

// An Assignment is an officer holding a posting from a first to a last day,
// both included.
type Assignment struct {
	ID        int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version   int    `as:"-"`
	Key       string `as:",code" told:"reader"`
	OfficerID int64  `as:"officer" told:"reader"` // of a masked officer too: a number reveals no name
	PostingID int64  `as:"posting" told:"open"`
	Period
	// PlannedLast is the last day as once planned, kept beside the actual one
	// when an assignment was extended or cut short. Zero: nothing noted.
	PlannedLast Date   `gorm:"column:planned_last_day" told:"open"`
	EndReason   string `told:"holder,personal"`
	Note        string `as:",long" told:"holder,personal"`

	Absences []Absence `gorm:"-" told:"open" trail:"holder"` // a row names the stand-in: not where the holder is hidden
}

// CheckAssignment returns what is wrong with an assignment to a posting of the
// given life. Of the others, those of the same officer to the same posting
// count: nobody holds a posting twice on one day.
func CheckAssignment(a Assignment, life Period, others []Assignment) Problems {
	var ps Problems
	ps.key(a.Key)
	if a.OfficerID == 0 {
		ps.add("officer", "problem.required")
	}
	if a.PostingID == 0 {
		ps.add("posting", "problem.required")
	}
	ps.text("end_reason", a.EndReason, 400, false)
	ps.text("note", a.Note, 4000, false)
	if a.First == 0 {
		ps.add("first_day", "problem.required")
		return ps
	}
	ps.order(-1, "last_day", a.Period)
	if a.PlannedLast != 0 && a.PlannedLast < a.First {
		ps.add("planned_last_day", "problem.order", "first", a.First, "last", a.PlannedLast)
	}
	if a.PostingID != 0 && a.Days() > 0 && !a.Overlaps(life) {
		ps.add("first_day", "problem.outside_life", "opened", life.First, "closed", life.Last)
	}
	for _, b := range others {
		if a.ID != b.ID && a.Twice(b) {
			return append(ps, HeldAlready(b))
		}
	}
	return ps
}

// CheckHolder refuses an officer of a kind of agency that may not hold the posting:
// only police and customs officers are posted to countries and organisations.
func CheckHolder(p Posting, kind AgencyKind) (ps Problems) {
	if kind != "" && !kind.Posts() && p.Seating() != Seat {
		ps.add("officer", "problem.seats_only", "kind", kind)
	}
	return ps
}

// Twice reports whether a and b put one officer in one posting on the same day.
func (a Assignment) Twice(b Assignment) bool {
	return a.OfficerID == b.OfficerID && a.PostingID == b.PostingID && a.Overlaps(b.Period)
}

// HeldAlready returns the problem of an assignment whose officer holds the same
// posting on the same day by b.
func HeldAlready(b Assignment) Problem {
	return Problem{Field: "officer", Row: -1, Message: Say("problem.held_twice", "first", b.First, "last", b.Last)}
}

// End returns a with a new last day and the reason for it. The last day until
// then becomes PlannedLast, unless it was open or one is noted already.
func (a Assignment) End(last Date, reason string) Assignment {
	if a.PlannedLast == 0 && !a.Last.Open() && a.Last != last {
		a.PlannedLast = a.Last
	}
	a.Last, a.EndReason = last, reason
	var rest []Absence
	for _, x := range a.Absences {
		if !x.Last.Open() {
			x.Last = min(x.Last, last)
		}
		if x.First <= last {
			rest = append(rest, x)
		}
	}
	a.Absences = rest
	return a
}
