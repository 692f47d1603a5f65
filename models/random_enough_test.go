package models

import (
	"testing"

	"pgregory.net/rapid"
)

// Random worlds hold often enough what the rules of absences are about: of 300 of
// them, at least five have each of it on some day.
func TestRandomWorldsHoldAbsences(t *testing.T) {
	worlds := map[string]int{}
	for seed := range 300 {
		o := rapid.Custom(drawWorld).Example(seed)
		seen := map[string]bool{}
		for d := o.window.First; d <= o.window.Last; d++ {
			for _, name := range []string{"TH", "VN", "org:board"} {
				noteAnswers(o, o.answers("SE", "police", at(name), d), d, seen)
			}
			noteAbsences(o, d, seen)
		}
		for what, is := range seen {
			if is {
				worlds[what]++
			}
		}
	}
	for _, what := range []string{"nobody but the absent", "stands in", "stands in and answers itself", "stands in for two", "stands in at its own posting",
		"stands in from a suspended posting", "stands in at a body", "away on one day, A for B and B for A", "a stand-in who has left", "a stand-in who is away",
		"a stand-in who may not", "without an end", "of a posting that has closed", "two away at once"} {
		if worlds[what] < 5 {
			t.Errorf("%s: in %d worlds only", what, worlds[what])
		}
	}
	t.Log(worlds)
}

func noteAnswers(o oracle, list []counted, d Date, seen map[string]bool) {
	present := false
	for _, c := range list {
		present = present || !c.absent
		if len(c.standsFor) == 0 {
			continue
		}
		own := o.postOf(c.by)
		seen["stands in"] = true
		seen["stands in for two"] = seen["stands in for two"] || len(c.standsFor) > 1
		seen["stands in at its own posting"] = seen["stands in at its own posting"] || c.standsFor[0].PostingID == own.ID
		seen["stands in from a suspended posting"] = seen["stands in from a suspended posting"] || o.suspendedOn(own, d)
		seen["stands in at a body"] = seen["stands in at a body"] || c.from.HostBody == "board"
		seen["stands in and answers itself"] = seen["stands in and answers itself"] || c.own || c.from.ID != own.ID && o.posting(own, "SE", "police", at("TH"), d)
	}
	seen["nobody but the absent"] = seen["nobody but the absent"] || len(list) > 0 && !present
}

func noteAbsences(o oracle, d Date, seen map[string]bool) {
	away := 0
	for _, x := range o.absences {
		a := o.standIn(x.AssignmentID)
		if !in(d, x.Period) {
			continue
		}
		seen["without an end"] = seen["without an end"] || x.Last == Forever
		seen["of a posting that has closed"] = seen["of a posting that has closed"] || in(d, a.Period) && d > o.postOf(a).Closed
		if o.away(a, d) {
			away++
		}
		if x.StandInID == 0 {
			continue
		}
		by := o.standIn(x.StandInID)
		seen["a stand-in who has left"] = seen["a stand-in who has left"] || o.away(a, d) && by.Last < d
		seen["a stand-in who may not"] = seen["a stand-in who may not"] || o.away(a, d) && o.holds(by, d) && !o.away(by, d) && !o.standsIn(by, a, d)
		seen["a stand-in who is away"] = seen["a stand-in who is away"] || o.away(a, d) && o.away(by, d)
		for _, y := range o.absences {
			if y.AssignmentID == by.ID && y.StandInID == a.ID && in(d, y.Period) && o.away(a, d) && o.away(by, d) {
				seen["away on one day, A for B and B for A"] = true
			}
		}
	}
	seen["two away at once"] = seen["two away at once"] || away > 1
}

func (o oracle) standIn(id int64) Assignment {
	for _, a := range o.assignments {
		if a.ID == id {
			return a
		}
	}
	panic("no assignment")
}
