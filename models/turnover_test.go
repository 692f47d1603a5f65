package models

import (
	"testing"

	"pgregory.net/rapid"
)

// What is told of holders one after another is what counting day by day says.
func TestTurnoversAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		var steps []Step
		for range rapid.IntRange(1, 3).Draw(t, "steps") {
			steps = append(steps, drawStep(t, o))
		}
		draft, problems := Try(o.directory(), steps)
		if len(problems) > 0 {
			return
		}
		told := map[int64]Turnover{}
		for _, turn := range draft.Turnovers() {
			told[turn.Post.ID] = turn
		}
		for _, id := range draft.Posts() {
			was, is := draft.Before.Post(id), draft.After.Post(id)
			for day := o.window.First; day <= o.window.Last; day++ {
				vacant := func(p *Post) bool { return p.StatusOn(day) == Vacant }
				if vacant(is) && !vacant(was) && !anyHas(told[id].Vacant, day) {
					t.Fatalf("%v: %s is vacant on %s, which is not told: %+v", steps, is.Key, day, told[id])
				}
				if anyHas(told[id].Vacant, day) && !vacant(is) {
					t.Fatalf("%v: %s is told to be vacant on %s: %+v", steps, is.Key, day, told[id])
				}
				if len(is.HoldersOn(day)) > max(1, len(was.HoldersOn(day))) && !told[id].shared(day) {
					t.Fatalf("%v: %s has more holders on %s, which is not told: %+v", steps, is.Key, day, told[id])
				}
				if told[id].shared(day) && len(is.HoldersOn(day)) < 2 {
					t.Fatalf("%v: %s is told to have two holders on %s: %+v", steps, is.Key, day, told[id])
				}
				if told[id].Seamless && (vacant(is) && !vacant(was) || len(is.HoldersOn(day)) > max(1, len(was.HoldersOn(day)))) {
					t.Fatalf("%v: %s has a seam on %s", steps, is.Key, day)
				}
			}
		}
	})
}

func (t Turnover) shared(day Date) bool {
	for _, s := range t.Shared {
		if s.Days.Has(day) {
			return true
		}
	}
	return false
}

// A gap that was there before is told of a new term that begins after it.
func TestTurnoverTellsTheGapBefore(t *testing.T) {
	w, _ := bangkok()
	draft, problems := Try(w.directory(), []Step{{Act: Assign, Posting: w.post("bangkok-se-police").ID, Officer: w.assignments[0].OfficerID, First: day("2030-01-01")}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	turns := draft.Turnovers()
	if len(turns) != 1 || len(turns[0].Vacant) != 1 || turns[0].Vacant[0].Last != day("2029-12-31") || turns[0].Seamless {
		t.Errorf("%+v", turns)
	}
}
