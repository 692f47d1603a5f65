package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawStep draws a step that may or may not be allowed in the world.
func drawStep(t *rapid.T, o oracle) Step {
	day := func(label string) Date {
		return Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last-1)).Draw(t, label))
	}
	s := Step{
		Act:     rapid.SampledFrom(append(PostingActs(), AssignmentActs()...)).Draw(t, "act"),
		Posting: rapid.SampledFrom(o.postings).Draw(t, "step posting").ID, Assignment: rapid.SampledFrom(o.assignments).Draw(t, "step assignment").ID,
		StandIn: rapid.SampledFrom(o.assignments).Draw(t, "step stand-in").ID,
		Officer: rapid.SampledFrom(o.officers).Draw(t, "step officer").ID, First: day("step first"), Last: day("step last"),
		State: rapid.SampledFrom(States()).Draw(t, "step state"), Matter: rapid.SampledFrom([]Matter{Police, Customs, Both}).Draw(t, "step matter"),
		Country: rapid.SampledFrom(randomSides).Draw(t, "step country"), Reason: rapid.SampledFrom([]string{"", "two words", "a\nline"}).Draw(t, "reason"),
	}
	if drawBool(t, "nobody stands in", 3) {
		s.StandIn = 0
	}
	if drawBool(t, "within the term", 2) {
		i := slices.IndexFunc(o.assignments, func(a Assignment) bool { return a.ID == s.Assignment })
		s.First = min(o.assignments[i].First+Date(rapid.IntRange(0, 15).Draw(t, "in the term")), o.assignments[i].Last, Forever-1)
		s.Last = min(s.First+Date(rapid.IntRange(0, 15).Draw(t, "in the term for")), o.assignments[i].Last, Forever-1)
	}
	parsed := Step{Act: s.Act} // with the fields that count
	for _, f := range s.Act.Fields() {
		if v := s.Value(f.Name); v != "" && parsed.Set(f.Name, v) != "" {
			t.Fatalf("%s does not take back its %s %q", s.Act, f.Name, v)
		}
	}
	return parsed
}

func TestStepsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStep(t, drawWorld(t))
		if got, ok := ParseStep(s.String()); !ok || got != s {
			t.Fatalf("%q is read as %+v, %v, and was %+v", s.String(), got, ok, s)
		}
	})
	for _, text := range []string{"", "close", "close posting 12", "close posting 12 last_day", "close posting x last_day 2027-01-01",
		"close posting 12 last_day 2027-01-01 state FI", "close last_day 2027-01-01 posting 12", "close posting 12 posting 13 last_day 2027-01-01",
		"close posting -1 last_day 2027-01-01", "burn posting 12", "represent posting 1 state XX matter both first_day 2027-01-01",
		"cover posting 1 country ZZ first_day 2027-01-01", "close posting 12  last_day 2027-01-01"} {
		if s, ok := ParseStep(text); ok {
			t.Errorf("%q is read as %+v", text, s)
		}
	}
}

func bangkok() (*world, func(string) Step) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2015-01-01/").covers("LA VN").held("anna", "2024-09-01/2028-08-31")
	w.posting("bangkok-dk-police", "TH", "2015-01-01/").only(Police, Finland).represents(Denmark, Both, "2015-01-01/").covers("VN").held("bo", "2024-01-01/")
	return w, func(text string) Step {
		f := strings.Fields(text)
		f[2] = Step{Posting: w.post(f[2]).ID}.Value("posting")
		s, ok := ParseStep(strings.Join(f, " "))
		if !ok {
			panic(text)
		}
		return s
	}
}

// The domain's own example: closing one of two postings in a city.
func TestWhatIfBangkokCloses(t *testing.T) {
	w, step := bangkok()
	draft, problems := Try(w.directory(), []Step{step("close posting bangkok-se-police last_day 2026-12-31")})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	lost := map[string][]string{}
	closed := Period{day("2027-01-01"), day("2028-08-31")}
	for _, e := range draft.Effects() {
		if len(e.Fewer) == 1 && e.Fewer[0] == (Recount{closed, 2, 1}) && len(e.Lost)+len(e.Gained)+len(e.More) == 0 {
			continue // another one answers there too
		}
		if len(e.Gained)+len(e.Fewer)+len(e.More) > 0 || len(e.Lost) != 1 || e.Lost[0] != closed {
			t.Errorf("%+v", e)
		}
		lost[e.Place.String()] = append(lost[e.Place.String()], string(e.State)+" "+string(e.Matter))
	}
	all := "DK police, DK customs, FI police, FI customs, IS police, IS customs, NO police, NO customs, SE police, SE customs"
	most := strings.NewReplacer("DK police, ", "", "DK customs, ", "", "FI police, ", "").Replace(all)
	for place, want := range map[string]string{"TH": most, "VN": most, "LA": all} {
		if got := strings.Join(lost[place], ", "); got != want {
			t.Errorf("%s loses %s, want %s", place, got, want)
		}
	}
	appear, disappear := draft.Findings(day("2026-11-23"), plainLimits)
	if len(appear) != 1 || appear[0].Kind != BeyondLife || len(disappear) != 0 {
		t.Errorf("findings come %+v and go %+v", appear, disappear)
	}
}

func TestStepsThatAreRefused(t *testing.T) {
	w, step := bangkok()
	d := w.directory()
	for text, want := range map[string]string{
		"close posting bangkok-se-police last_day 2014-12-31":                                "closed",
		"close posting bangkok-se-police last_day 2020-12-31":                                "closed",
		"unrepresent posting bangkok-se-police state SE matter customs first_day 2027-01-01": "representations",
		"unrepresent posting bangkok-se-police state SE matter police first_day 2027-01-01":  "representations",
		"unrepresent posting bangkok-se-police state FI matter customs first_day 2027-01-01": "",
		"unrepresent posting bangkok-se-police state SE matter both first_day 2027-01-01":    "representations",
		"cover posting bangkok-se-police country TH first_day 2027-01-01":                    "coverages.country",
		"cover posting bangkok-se-police country LA first_day 2027-01-01":                    "coverages.country",
		"suspend posting bangkok-se-police first_day 2027-01-01 last_day 2026-01-01":         "suspensions.last_day",
		"assign posting bangkok-se-police officer 999999 first_day 2027-01-01":               "officer",
	} {
		_, problems := Try(d, []Step{step(text)})
		if (want == "") != (len(problems) == 0) || want != "" && (!problems.Has(want) || problems[0].Row != 0) {
			t.Errorf("%s: %v, want %q", text, problems, want)
		}
	}
	anna := w.assignments[0]
	again := Step{Act: Assign, Posting: anna.PostingID, Officer: anna.OfficerID, First: anna.Last + 1}
	for name, test := range map[string]struct {
		steps []Step
		field string
	}{
		"after the first term":              {[]Step{again}, ""},
		"on the last day of the first term": {[]Step{{Act: Assign, Posting: anna.PostingID, Officer: anna.OfficerID, First: anna.Last}}, "officer"},
		"extended into the second term":     {[]Step{again, {Act: End, Assignment: anna.ID, Last: anna.Last + 1}}, "last_day"},
		"moved into the second term":        {[]Step{again, {Act: Move, Assignment: anna.ID, First: anna.First}}, "last_day"},
		"handed over to somebody who has it by then": {[]Step{
			{Act: Assign, Posting: anna.PostingID, Officer: w.officers[1].ID, First: anna.Last + 30},
			{Act: HandOver, Assignment: anna.ID, Last: anna.Last, Officer: w.officers[1].ID, First: anna.Last + 1}}, "officer"},
	} {
		_, problems := Try(d, test.steps)
		if (test.field == "") != (len(problems) == 0) || test.field != "" && (put(problems) != fmt.Sprintf("%s[%d]: problem.held_twice", test.field, len(test.steps)-1)) {
			t.Errorf("held twice, %s: %v", name, put(problems))
		}
	}
	twice := []Step{step("close posting bangkok-dk-police last_day 2028-12-31"), step("close posting bangkok-dk-police last_day 2028-12-31")}
	if _, problems := Try(d, twice); !problems.Has("last_day") || problems[0].Row != 1 {
		t.Error(problems)
	}
	if _, problems := Try(d, []Step{{Act: Withdraw, Assignment: 999999}, {Act: Close, Posting: 1}}); !problems.Has("assignment") {
		t.Error(problems)
	}
}

// A plan's steps build on each other: who is assigned by one is seen by the
// next, and a hand-over inside a closing posting is refused.
func TestStepsBuildOnEachOther(t *testing.T) {
	w, step := bangkok()
	anna := w.assignments[0]
	handOver := Step{Act: HandOver, Assignment: anna.ID, Last: day("2027-06-30"), Officer: w.officers[1].ID, First: day("2027-06-15"), Reason: "early"}
	draft, problems := Try(w.directory(), []Step{handOver, step("close posting bangkok-se-police last_day 2029-12-31")})
	if len(problems) > 0 || len(draft.Writes) != 3 {
		t.Fatal(problems, draft.Writes)
	}
	if out := draft.Writes[0].Assignment; out.Last != day("2027-06-30") || out.PlannedLast != day("2028-08-31") || out.EndReason != "early" {
		t.Errorf("%+v", out)
	}
	if n := len(draft.After.Post(anna.PostingID).HoldersOn(day("2027-06-20"))); n != 2 {
		t.Errorf("%d hold it during the hand-over", n)
	}
	_, problems = Try(w.directory(), []Step{step("close posting bangkok-se-police last_day 2027-01-31"), handOver})
	if len(problems) != 1 || problems[0].Row != 1 {
		t.Errorf("%+v", problems)
	}
	same, _ := Try(w.directory(), []Step{handOver})
	if draft.Mark(anna.First, DefaultLimits) == same.Mark(anna.First, DefaultLimits) {
		t.Error("two plans have one mark")
	}
}
