package models

// A ManyAct is one change of many records that somebody has chosen in a list. Of
// postings, those of terms are about the assignments that hold them on a day.
type ManyAct string

// The acts on many records.
const (
	ExtendMany   ManyAct = "extend"   // terms end later: on a day, or some months later than each
	EndMany      ManyAct = "end"      // terms end on a day, for a reason
	AreasMany    ManyAct = "areas"    // postings are there for these areas, and no others
	RestrictMany ManyAct = "restrict" // postings' holders are told to fewer, or to all again
	ConfirmMany  ManyAct = "confirm"  // postings are confirmed
)

// ManyActs returns the acts on the records of a list, none if it has none.
func ManyActs(list List) []ManyAct {
	switch list {
	case PostingList:
		return []ManyAct{ExtendMany, EndMany, AreasMany, RestrictMany, ConfirmMany}
	case AssignmentList:
		return []ManyAct{ExtendMany, EndMany}
	}
	return nil
}

// A Many is one act on many records of a list. Which of its fields count depends on
// the act.
type Many struct {
	List       List
	Act        ManyAct
	IDs        []int64
	On         Date // the day on which it is done
	Last       Date // of the terms, 0 if they are to last Months longer
	Months     int
	Reason     string
	Areas      AreaCodes
	Restricted bool
}

// MostMany is how many records can be changed at once.
const MostMany = 200

// mostLonger is by how many months terms can be extended at once.
const mostLonger = 120

// CheckMany returns what is wrong with an act by itself.
func CheckMany(m Many) Problems {
	var ps Problems
	switch {
	case len(m.IDs) == 0:
		ps.add("id", "problem.nothing_chosen")
	case len(m.IDs) > MostMany:
		ps.add("id", "problem.rows", "most", MostMany)
	}
	switch m.Act {
	case ExtendMany:
		switch {
		case m.Last == 0 && m.Months == 0:
			ps.add("last_day", "problem.required")
		case m.Last != 0 && m.Months != 0:
			ps.add("months", "problem.day_or_months")
		case m.Months < 0 || m.Months > mostLonger:
			ps.add("months", "problem.months", "most", mostLonger)
		}
	case EndMany:
		if m.Last == 0 {
			ps.add("last_day", "problem.required")
		}
		if m.Reason == "" {
			ps.add("reason", "problem.required")
		}
	}
	return ps
}

// Term returns a term as it is after the act, and what stands in the way.
func (m Many) Term(a Assignment) (Assignment, Problems) {
	var ps Problems
	if m.Act == EndMany {
		return a.End(m.Last, m.Reason), nil
	}
	last := m.Last
	if last == 0 {
		last = a.Last.Months(m.Months)
	}
	if a.Last.Open() || last <= a.Last {
		ps.add("last_day", "problem.not_longer", "last", a.Last)
	}
	a.Last = last
	return a, ps
}
