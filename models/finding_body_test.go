package models

import (
	"slices"
	"strings"
	"testing"
)

// Each case is a body called opc of which Sweden and Finland are members, and what
// is to be done about it on a day.
func TestFindingsOfBodies(t *testing.T) {
	for _, test := range []struct {
		name, today string
		change      func(*world, *Body)
		want        []string
	}{
		{"nothing", "2026-01-01", func(*world, *Body) {}, nil},
		{"a mandate without end", "2026-01-01", func(_ *world, b *Body) { b.MandateUntil = Forever }, nil},
		{"a mandate that ends in a year and a day", "2026-01-01", func(_ *world, b *Body) { b.MandateUntil = day("2027-01-02") }, nil},
		{"a mandate that ends in a year", "2026-01-01", func(_ *world, b *Body) { b.MandateUntil = day("2027-01-01") },
			[]string{"warning mandate_ends opc 2026-01-01 2027-01-01 [FI SE]"}},
		{"a mandate that ends today", "2026-01-01", func(_ *world, b *Body) { b.MandateUntil = day("2026-01-01") },
			[]string{"warning mandate_ends opc 2025-01-01 2026-01-01 [FI SE]"}},
		{"a mandate that ended yesterday", "2026-01-01", func(_ *world, b *Body) { b.MandateUntil = day("2025-12-31") },
			[]string{"warning mandate_ends opc 2026-01-01 9999-12-31 [FI SE]"}},
		{"a mandate that ended long ago, of a body that will end", "2026-01-01", func(_ *world, b *Body) { b.MandateUntil, b.Ended = day("2020-06-30"), day("2027-12-31") },
			[]string{"warning mandate_ends opc 2020-07-01 2027-12-31 [FI SE]"}},
		{"a mandate that ended long ago, of a body that ends today", "2026-01-01", func(_ *world, b *Body) { b.MandateUntil, b.Ended = day("2020-06-30"), day("2026-01-01") },
			[]string{"warning mandate_ends opc 2020-07-01 2026-01-01 [FI SE]"}},
		{"a mandate that ended, of a body that has ended", "2026-01-01", func(w *world, b *Body) {
			b.MandateUntil, b.Ended, w.postings = day("2020-06-30"), day("2025-12-31"), nil
		}, nil},
		{"a mandate that ends with the body", "2026-01-01", func(_ *world, b *Body) { b.MandateUntil, b.Ended = day("2026-06-30"), day("2026-06-30") }, nil},
		{"a body that has ended", "2026-07-01", func(w *world, b *Body) {
			b.MandateUntil, b.Ended, w.postings = day("2026-07-30"), day("2026-06-30"), nil
		}, nil},

		{"a member without a seat", "2026-01-01", func(w *world, b *Body) {
			b.Members = append(b.Members, BodyMember{Country: "NO", Role: FullMember, Period: days("2021-03-01/")})
		}, []string{"notice no_seat opc NO 2021-03-01 9999-12-31 [NO]"}},
		{"a member since nobody knows when, whose finding has no first day", "2026-01-01", func(w *world, b *Body) {
			b.Members = append(b.Members, BodyMember{Country: "NO", Role: FullMember, Period: Period{0, Forever}})
		}, []string{"notice no_seat opc NO 9999-12-31 [NO]"}},
		{"an observer without one", "2026-01-01", func(w *world, b *Body) {
			b.Members = append(b.Members, BodyMember{Country: "NO", Role: Observer, Period: days("2021-03-01/")})
		}, nil},
		{"a member from outside the five", "2026-01-01", func(w *world, b *Body) {
			b.Members = append(b.Members, BodyMember{Country: "LV", Role: FullMember, Period: days("2021-03-01/")})
		}, nil},
		{"a member that left yesterday", "2026-01-01", func(w *world, b *Body) {
			b.Members = append(b.Members, BodyMember{Country: "NO", Role: FullMember, Period: days("2021-03-01/2025-12-31")})
		}, nil},
		{"a seat that has closed", "2026-01-01", func(w *world, b *Body) { w.postings[1].Closed = day("2025-05-31") },
			[]string{"notice no_seat opc FI 2025-06-01 9999-12-31 [FI]"}},
		{"an organisation has no seats", "2026-01-01", func(w *world, b *Body) { b.Kind, w.postings = Organisation, nil }, nil},

		{"two who lead it, one of them no member", "2026-01-01", func(_ *world, b *Body) {
			b.Chairs = []Chair{{Country: "SE", Period: days("2025-07-01/2026-06-30")}, {Country: "NO", Period: days("2025-07-01/2026-06-30")}}
		}, []string{"notice chair_no_member opc 2025-07-01 2026-06-30 [FI SE]"}},
		{"two who lead it, neither of them a member", "2026-01-01", func(_ *world, b *Body) {
			b.Chairs = []Chair{{Country: "DE", Period: days("2025-07-01/2026-06-30")}, {Country: "org:ptn", Period: days("2025-07-01/2026-06-30")}}
		}, []string{"notice chair_no_member opc 2025-07-01 2026-06-30 [FI SE]", "notice chair_no_member opc 2025-07-01 2026-06-30 [FI SE]"}},
		{"who led it until yesterday", "2026-01-01", func(_ *world, b *Body) { b.Chairs = []Chair{{Country: "NO", Period: days("2025-01-01/2025-12-31")}} }, nil},
	} {
		w := newWorld()
		b := w.meets("opc", Committee)
		b.Members = []BodyMember{{Country: "SE", Role: FullMember, Period: days("2020-01-01/")}, {Country: "FI", Role: FullMember, Period: days("2020-01-01/")}}
		w.posting("opc-se-police", "org:opc", "2020-01-01/").held("a", "2024-01-01/2029-12-31")
		w.posting("opc-fi-police", "org:opc", "2020-01-01/").held("b", "2024-01-01/2029-12-31")
		test.change(w, b)
		if len(w.postings) == 0 {
			w.assignments = nil
		}
		lim := plainLimits
		lim.MandateDays = 365
		found := names(w.directory().Findings(day(test.today), lim))
		if slices.Sort(found); len(slices.Compact(found)) != len(found) {
			t.Errorf("%s: two findings have one name: %q", test.name, found)
		}
		var got []string
		for _, line := range lines(w.directory().Findings(day(test.today), lim)) {
			if line != "warning beyond_life opc-fi-police 2026-01-01 2029-12-31 a-02" && line != "warning beyond_life opc-fi-police 2025-06-01 2029-12-31 a-02" {
				got = append(got, line)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, test.want)
		}
	}
}

// Days in a row on which nobody stands in are one finding, however many absences
// they are of; of one absence the first that are not over are.
func TestUnattendedDays(t *testing.T) {
	for _, test := range []struct{ name, absences, want string }{ // each absence with the stand-in after a colon
		{"one", "2026-06-01/2026-06-10", "2026-06-01/2026-06-10 no_stand_in"},
		{"two that touch", "2026-06-11/2026-06-20 2026-06-01/2026-06-10", "2026-06-01/2026-06-20 no_stand_in"},
		{"two with a day between", "2026-06-01/2026-06-10 2026-06-12/2026-06-20", "2026-06-01/2026-06-10 no_stand_in, 2026-06-12/2026-06-20 no_stand_in"},
		{"two that touch, one with a stand-in", "2026-06-01/2026-06-10:a-01 2026-06-11/2026-06-20", "2026-06-11/2026-06-20 no_stand_in"},
		{"two that touch, with one stand-in who is away too", "2026-08-01/2026-08-10:a-01 2026-08-11/2026-08-20:a-01", "2026-08-01/2026-08-20 stand_in_away"},
		{"two that touch, one with a stand-in who is away too", "2026-08-01/2026-08-10:a-01 2026-08-11/2026-08-20", "2026-08-01/2026-08-20 no_stand_in"},
		{"a stand-in who may hold seats only", "2026-06-01/2026-06-10:a-02", "2026-06-01/2026-06-10 stand_in_kind"},
		{"two that touch, one with such a stand-in", "2026-06-01/2026-06-10 2026-06-11/2026-06-20:a-02", "2026-06-01/2026-06-20 stand_in_kind"},
		{"a stand-in who is away in the middle, and at the end", "2026-07-01/2026-08-20:a-01", "2026-07-10/2026-07-12 stand_in_away"},
		{"what is over", "2026-04-01/2026-04-10 2026-04-11/2026-04-30", ""},
		{"what has begun", "2026-04-01/2026-04-10 2026-04-11/2026-05-01", "2026-04-01/2026-05-01 no_stand_in"},
	} {
		w := newWorld()
		w.sends(Sweden, CoastGuard)
		w.meets("opc", Committee)
		w.posting("hanoi-se-police", "VN", "2020-01-01/").held("by", "2021-01-01/2026-12-31").absent("2026-07-10/2026-07-12").absent("2026-08-01/2026-08-31")
		w.posting("opc-se-coast_guard", "org:opc", "2020-01-01/").held("coast guard", "2021-01-01/2026-12-31")
		b := w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2021-01-01/2026-12-31")
		for x := range strings.FieldsSeq(test.absences) {
			when, by, _ := strings.Cut(x, ":")
			b.absent(when, strings.Fields(by)...)
		}
		var got []string
		for _, f := range w.directory().Findings(day("2026-05-01"), Limits{}) {
			if f.Is(NoStandIn) && f.Post.Key == "bangkok-se-police" {
				got = append(got, f.Days.First.String()+"/"+f.Days.Last.String()+" "+strings.TrimPrefix(f.Reason[0].Key, "finding."))
			}
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// What a finding about a mandate says goes by whether it has ended.
func TestMandateInWords(t *testing.T) {
	w := newWorld()
	w.meets("opc", Committee).MandateUntil = day("2026-06-30")
	for today, want := range map[string]string{"2026-06-30": "finding.mandate_ends", "2026-07-01": "finding.mandate_ended"} {
		found := w.directory().Findings(day(today), DefaultLimits)
		if len(found) != 1 || found[0].Reason[0].Key != want || want == "finding.mandate_ended" && argument(found[0].Reason[0], "day") != day("2026-06-30") {
			t.Errorf("on %s: %+v", today, found)
		}
	}
}

// A finding about a body or an absence is the same the day after: putting it off
// lasts.
func TestFindingsOfBodiesKeepTheirNames(t *testing.T) {
	w := newWorld()
	b := w.meets("opc", Committee)
	b.MandateUntil, b.Members = day("2026-06-30"), []BodyMember{{Country: "SE", Role: FullMember, Period: days("2020-01-01/")}}
	b.Chairs = []Chair{{Country: "NO", Period: days("2020-01-01/")}}
	w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2024-01-01/2026-12-31").absent("2026-02-01/2026-03-31")
	kinds := map[FindingKind]bool{}
	for today := day("2026-02-01"); today < day("2026-03-31"); today++ {
		now, then := w.directory().Findings(today, DefaultLimits), w.directory().Findings(today+1, DefaultLimits)
		if !slices.Equal(names(now), names(then)) {
			t.Fatalf("on %s there are %q, and then %q", today, names(now), names(then))
		}
		for _, f := range now {
			kinds[f.Kind] = true
		}
	}
	for _, kind := range []FindingKind{NoStandIn, MandateEnds, NoSeat, ChairNoMember} {
		if !kinds[kind] {
			t.Errorf("%s is not among them", kind)
		}
	}
}

// One officer may hold a posting abroad and seats, but not two postings abroad.
func TestSeatsAreNoSecondPosting(t *testing.T) {
	w := newWorld()
	w.meets("opc", Committee)
	w.meets("ptn", Board)
	w.posting("opc-se-police", "org:opc", "2020-01-01/").held("a", "2024-01-01/2029-12-31")
	w.posting("ptn-se-police", "org:ptn", "2020-01-01/").held("a", "2024-01-01/2029-12-31")
	w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2024-01-01/2029-12-31")
	if found := w.directory().Findings(day("2026-01-01"), plainLimits); len(found) > 0 {
		t.Errorf("found %q", lines(found))
	}
	w.posting("desk-se-police", "org:europol", "2020-01-01/").held("a", "2024-01-01/2029-12-31")
	if got, want := lines(w.directory().Findings(day("2026-01-01"), plainLimits)), "serious two_postings bangkok-se-police 2024-01-01 2029-12-31 a-03 a-04"; !slices.Equal(got, []string{want}) {
		t.Errorf("found %q", got)
	}
}
