package models

import (
	"slices"
	"testing"
)

func TestTakingLeaveIsTried(t *testing.T) {
	w, _ := bangkok()
	anna, bo := w.assignments[0], w.assignments[1]
	d := w.directory()
	away := Step{Act: TakeLeave, Assignment: anna.ID, First: day("2026-06-01"), Last: day("2026-06-30")}
	if got, ok := ParseStep(away.String()); !ok || got != away {
		t.Errorf("%q is read as %+v", away.String(), got)
	}
	replaced := away
	replaced.StandIn = bo.ID
	if got, ok := ParseStep(replaced.String()); !ok || got != replaced {
		t.Errorf("%q is read as %+v", replaced.String(), got)
	}

	draft, ps := Try(d, []Step{away})
	if len(ps) > 0 || len(draft.Writes) != 1 || len(draft.Writes[0].Assignment.Absences) != 1 || len(d.Post(anna.PostingID).Assignments[0].Absences) != 0 {
		t.Fatalf("%v, writing %+v", ps, draft.Writes)
	}
	if x := draft.Writes[0].Assignment.Absences[0]; x.Period != days("2026-06-01/2026-06-30") || x.AssignmentID != anna.ID || x.StandInID != 0 {
		t.Errorf("what is written is %+v", x)
	}
	at := map[string]bool{}
	fewer := []Recount{{days("2026-06-01/2026-06-30"), 2, 1}} // where Bo answers too
	for _, e := range draft.Effects() {
		at[e.Place.String()] = true
		if slices.Equal(e.Fewer, fewer) && len(e.Away) == 0 {
			continue
		}
		if len(e.Lost)+len(e.Gained)+len(e.Back) > 0 || len(e.Away) != 1 || e.Away[0] != days("2026-06-01/2026-06-30") {
			t.Errorf("%+v", e)
		}
		if e.State == Finland && e.Matter == Police && e.Place.String() != "LA" { // for which Bo answers too
			t.Errorf("%+v", e)
		}
	}
	if len(at) != 3 {
		t.Errorf("effects are at %v", at)
	}
	appear, _ := draft.Findings(day("2026-05-01"), plainLimits)
	if len(appear) != 1 || appear[0].Kind != NoStandIn || appear[0].Reason[0].Key != "finding.no_stand_in" {
		t.Errorf("findings come: %q", lines(appear))
	}

	draft, ps = Try(d, []Step{replaced})
	for _, e := range draft.Effects() {
		if len(e.Lost)+len(e.Gained)+len(e.Away)+len(e.Back)+len(e.More) > 0 || !slices.Equal(e.Fewer, fewer) {
			t.Errorf("with a stand-in: %v, %+v", ps, e)
		}
	}
	if appear, _ := draft.Findings(day("2026-05-01"), plainLimits); len(appear) > 0 {
		t.Errorf("with a stand-in, findings come: %q", lines(appear))
	}
	left, ps := Try(draft.After, []Step{{Act: End, Assignment: bo.ID, Last: day("2026-06-15")}})
	laos := Question{State: Sweden, Matter: Customs, Place: Place{Country: "LA"}} // where only Anna's posting acts
	for _, e := range left.Effects() {
		if q := (Question{State: e.State, Matter: e.Matter, Place: e.Place}); q == laos && len(e.Away) == 1 && e.Away[0] == days("2026-06-16/2026-06-30") {
			laos = Question{}
		}
	}
	if laos.State != "" || len(ps) > 0 {
		t.Errorf("when the stand-in leaves first: %v, %+v", ps, left.Effects())
	}
	gone, ps := Try(d, []Step{replaced, {Act: End, Assignment: bo.ID, Last: day("2026-06-15")}})
	appear, _ = gone.Findings(day("2026-05-01"), plainLimits)
	if i := len(appear) - 1; len(ps) > 0 || i < 0 {
		t.Fatal(ps, lines(appear))
	}
	for _, f := range appear {
		if f.Kind == NoStandIn && (f.Days != days("2026-06-16/2026-06-30") || f.Reason[0].Key != "finding.stand_in_away") {
			t.Errorf("when the stand-in leaves first: %+v", f)
		}
	}
}

func TestTakingLeaveIsRefused(t *testing.T) {
	w, _ := bangkok()
	anna, bo := w.assignments[0], w.assignments[1]
	w.posting("opc-desk-se-police", "org:europol", "2015-01-01/").held("anna", "2024-09-01/")
	for name, test := range map[string]struct {
		steps []Step
		want  string
	}{
		"before the term":                 {[]Step{{Act: TakeLeave, Assignment: anna.ID, First: anna.First - 1, Last: anna.Last}}, "first_day[0]: problem.outside_assignment"},
		"after the term":                  {[]Step{{Act: TakeLeave, Assignment: anna.ID, First: anna.First, Last: anna.Last + 1}}, "last_day[0]: problem.outside_assignment"},
		"without an end":                  {[]Step{{Act: TakeLeave, Assignment: anna.ID, First: anna.First}}, ""},
		"twice":                           {[]Step{{Act: TakeLeave, Assignment: bo.ID, First: bo.First}, {Act: TakeLeave, Assignment: bo.ID, First: bo.First + 9}}, "first_day[1]: problem.absent_twice"},
		"with herself":                    {[]Step{{Act: TakeLeave, Assignment: anna.ID, First: anna.First, StandIn: anna.ID}}, "stand_in[0]: problem.own_stand_in"},
		"with herself elsewhere":          {[]Step{{Act: TakeLeave, Assignment: anna.ID, First: anna.First, StandIn: w.assignments[2].ID}}, "stand_in[0]: problem.own_stand_in"},
		"with nobody who is there":        {[]Step{{Act: TakeLeave, Assignment: anna.ID, First: anna.First, StandIn: 999999}}, "stand_in[0]: problem.unknown"},
		"with one who has left":           {[]Step{{Act: End, Assignment: bo.ID, Last: anna.First - 1}, {Act: TakeLeave, Assignment: anna.ID, First: anna.First, StandIn: bo.ID}}, "stand_in[1]: problem.stand_in_days"},
		"in a term that is moved":         {[]Step{{Act: TakeLeave, Assignment: bo.ID, First: bo.First, Last: bo.First + 9}, {Act: Move, Assignment: bo.ID, First: bo.First + 5}}, "absences.first_day[1]: problem.outside_assignment"},
		"in a term that is cut short":     {[]Step{{Act: TakeLeave, Assignment: bo.ID, First: bo.First + 20}, {Act: End, Assignment: bo.ID, Last: bo.First + 9}}, ""},
		"of an assignment that is not so": {[]Step{{Act: TakeLeave, Assignment: 999999, First: bo.First}}, "assignment[0]: problem.gone"},
	} {
		if _, ps := Try(w.directory(), test.steps); put(ps) != test.want {
			t.Errorf("%s: %q, want %q", name, put(ps), test.want)
		}
	}
	for _, text := range []string{"absent", "absent assignment 1", "absent assignment 1 stand_in 2 first_day 2026-01-01", "absent assignment 1 first_day 2026-01-01 stand_in x",
		"absent assignment 1 first_day 2026-01-01 stand_in 0", "absent assignment 1 first_day 2026-01-01 last_day 2026-01-02 reason ill"} {
		if s, ok := ParseStep(text); ok {
			t.Errorf("%q is read as %+v", text, s)
		}
	}
}

// What is read as a step is read back from what it writes.
func FuzzParseStep(f *testing.F) {
	for _, text := range []string{"absent assignment 1 first_day 2026-01-01 last_day 2026-01-02 stand_in 2", "close posting 12 last_day 2027-01-01",
		"end assignment 3 last_day 2026-02-28 reason two words", "cover posting 1 country TH first_day 2024-02-29", "absent assignment 1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, ok := ParseStep(text)
		if again, read := ParseStep(s.String()); ok && (!read || again != s) {
			t.Errorf("%q is %+v, and then %+v, %t", text, s, again, read)
		}
	})
}
