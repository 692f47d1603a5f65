package models

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// An Absence is days on which the holder of a posting cannot be turned to, and who
// can be meanwhile. Nobody is told why. An open end lasts as long as the
// assignment.
type Absence struct {
	ID           int64 `gorm:"primaryKey;autoIncrement:false" as:"-"`
	AssignmentID int64 `as:"assignment" told:"open"`
	Period
	StandInID int64 `as:"stand_in" told:"open"` // an assignment, 0 for none
}

// A Holding is an assignment with the posting that it is to.
type Holding struct {
	Assignment
	Post *Post
}

// Absent returns the days of the term of an assignment on which its holder is
// away, as the fewest possible periods in date order.
func (p *Post) Absent(a Assignment) []Period {
	if len(a.Absences) == 0 {
		return nil
	}
	var days []Period
	for _, x := range a.Absences {
		days = append(days, x.And(p.Term(a)))
	}
	return Union(days)
}

// AbsentOn reports whether the holder is away on a day, and until when: the last
// day of an unbroken run of absences, at most that of the term.
func (p *Post) AbsentOn(a Assignment, d Date) (until Date, absent bool) {
	for _, days := range p.Absent(a) {
		if days.Has(d) {
			return days.Last, true
		}
	}
	return 0, false
}

// Away returns the postings of which some holder is ever absent, by key.
func (d *Directory) Away() []*Post {
	return slices.SortedFunc(maps.Values(d.away), func(a, b *Post) int { return strings.Compare(a.Key, b.Key) })
}

// NamedStandIn returns the assignment that an absence names as its stand-in, by ID,
// with a nil Post if there is none. It may be one that may not stand in.
func (d *Directory) NamedStandIn(id int64) Holding { return d.standIns()[id] }

// StandIn returns the stand-in of a holder of the posting, by ID, with a nil Post if
// there is none who may. An officer whose agency may hold seats only never answers
// for a country or an organisation. CheckAbsences refuses that, but agencies,
// officers and hosts may change afterwards.
func (d *Directory) StandIn(p *Post, id int64) Holding {
	by := d.NamedStandIn(id)
	if by.Post != nil && p.Seating() != Seat && !d.kindOf(by.Assignment).Posts() {
		return Holding{}
	}
	return by
}

// kindOf returns the kind of the agency of an assignment's officer, be the officer
// hidden or not.
func (d *Directory) kindOf(a Assignment) AgencyKind {
	if kind, hidden := d.kinds[a.ID]; hidden {
		return kind
	}
	return d.agencies[d.Officer(a.OfficerID).AgencyID].Kind
}

// counting returns the days on which a stand-in counts for an absent holder, as
// the fewest possible periods in date order: days of the absence on which the
// stand-in's own assignment holds, and which are none of its absences. Chains are
// not followed. One who may not stand in counts on none.
func (d *Directory) counting(p *Post, a Assignment, standIn int64) []Period {
	by := d.StandIn(p, standIn)
	if by.Post == nil {
		return nil
	}
	own, away := by.Post.Term(by.Assignment), by.Post.Absent(by.Assignment)
	var days []Period
	for _, x := range a.Absences {
		if x.StandInID == standIn {
			days = append(days, x.And(p.Term(a)).And(own).Without(away)...)
		}
	}
	return Union(days)
}

// standInsOf returns the IDs of all stand-ins of an assignment, each once.
func standInsOf(a Assignment) (ids []int64) {
	for _, x := range a.Absences {
		if x.StandInID != 0 && !slices.Contains(ids, x.StandInID) {
			ids = append(ids, x.StandInID)
		}
	}
	return ids
}

// A Replacing is an absence as its stand-in sees it: whose it is, and the days on
// which the stand-in counts.
type Replacing struct {
	Holding
	Days Period
}

// StandsInFor returns for whom an assignment stands in, past and future, by day. A
// holder whose name is withheld is left out.
func (d *Directory) StandsInFor(assignment int64) (all []Replacing) {
	for _, p := range d.away {
		for _, a := range p.Assignments {
			if !slices.Contains(standInsOf(a), assignment) || d.Officer(a.OfficerID).Hidden() {
				continue
			}
			for _, days := range d.counting(p, a, assignment) {
				all = append(all, Replacing{Holding{a, p}, days})
			}
		}
	}
	slices.SortFunc(all, func(a, b Replacing) int {
		return cmp.Or(cmp.Compare(a.Days.First, b.Days.First), strings.Compare(a.Key, b.Key))
	})
	return all
}

// standInsNow finds the stand-ins that absences of the directory name.
func (d *Directory) standInsNow() map[int64]Holding {
	wanted := map[int64]Holding{}
	for _, p := range d.away {
		for _, a := range p.Assignments {
			for _, id := range standInsOf(a) {
				wanted[id] = Holding{}
			}
		}
	}
	if len(wanted) == 0 {
		return wanted
	}
	for _, p := range d.posts.All() {
		for _, a := range p.Assignments {
			if _, is := wanted[a.ID]; is {
				wanted[a.ID] = Holding{a, p}
			}
		}
	}
	return wanted
}

// presentOn reports whether anybody can be turned to at a posting on a day: a
// holder who is not away, or a stand-in.
func (d *Directory) presentOn(p *Post, on Date) bool {
	for _, a := range p.HoldersOn(on) {
		if _, absent := p.AbsentOn(a, on); !absent {
			return true
		}
	}
	return len(d.standInsOn(p, on)) > 0
}

// standInsOn returns the assignments that count for absent holders of a posting on
// a day.
func (d *Directory) standInsOn(p *Post, on Date) (ids []int64) {
	for _, a := range p.HoldersOn(on) {
		for _, id := range standInsOf(a) {
			if anyHas(d.counting(p, a, id), on) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// standsInAt reports whether anybody stands in at a posting on a day.
func (d *Directory) standsInAt(p *Post, on Date) bool {
	return d.away[p.ID] != nil && len(d.standInsOn(p, on)) > 0
}

// A StandInFor is what CheckAbsences has to know of a stand-in: the assignment,
// and of which kind its officer's agency is.
type StandInFor struct {
	Assignment
	Kind AgencyKind
}

// CheckAbsences returns what is wrong with the absences of an assignment: days
// outside it, two that share a day, and a stand-in who is of the same officer,
// shares no day with the absence, or may not answer for what the posting covers.
// find returns a stand-in by ID, and false if there is none.
func CheckAbsences(a Assignment, at Seating, find func(int64) (StandInFor, bool)) (ps Problems) {
	if len(a.Absences) > maxRows {
		ps.add("absences", "problem.rows", "most", maxRows)
		return ps
	}
	for i, x := range a.Absences {
		switch {
		case x.First == 0:
			ps.addRow(i, "absences.first_day", "problem.required")
		case x.Last < x.First:
			ps.addRow(i, "absences.last_day", "problem.order", "first", x.First, "last", x.Last)
		case x.First < a.First || x.First > a.Last:
			ps.addRow(i, "absences.first_day", "problem.outside_assignment", "first", a.First, "last", a.Last)
		case !x.Inside(a.Period):
			ps.addRow(i, "absences.last_day", "problem.outside_assignment", "first", a.First, "last", a.Last)
		}
		for _, y := range a.Absences[:i] {
			if x.And(a.Period).Overlaps(y.Period) {
				ps.addRow(i, "absences.first_day", "problem.absent_twice", "first", y.First, "last", y.Last)
				break
			}
		}
		if x.StandInID == 0 {
			continue
		}
		by, found := find(x.StandInID)
		switch {
		case !found:
			ps.addRow(i, "absences.stand_in", "problem.unknown", "value", x.StandInID)
		case by.OfficerID == a.OfficerID:
			ps.addRow(i, "absences.stand_in", "problem.own_stand_in")
		case !by.Overlaps(x.And(a.Period)):
			ps.addRow(i, "absences.stand_in", "problem.stand_in_days", "first", by.First, "last", by.Last)
		case at != Seat && !by.Kind.Posts():
			ps.addRow(i, "absences.stand_in", "problem.stand_in_kind", "kind", by.Kind)
		}
	}
	return ps
}
