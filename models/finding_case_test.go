package models

import (
	"strings"
	"testing"
)

// Each case is a world, the day on which it is looked at, and the lines that
// are found: severity, kind, posting, days, assignments, states.
func TestFindings(t *testing.T) {
	const bangkok, manila = "bangkok-se-police", "manila-no-police"
	for _, test := range []struct {
		name  string
		build func(*world)
		today string
		want  []string
	}{
		{"a posting that is held and planned ahead has none", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2020-01-01/2025-12-31").held("b", "2026-01-01/2028-12-31")
		}, "2025-11-01", nil},

		{"in two postings on one day", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2024-01-01/2026-06-01")
			w.posting("hanoi-se-police", "VN", "2020-01-01/").held("a", "2026-06-01/2028-12-31")
		}, "2026-01-01", []string{
			"serious two_postings bangkok-se-police 2026-06-01 2026-06-01 a-01 a-02",
			"serious vacant+nobody_behind hanoi-se-police 2020-01-01 2026-05-31 DKFIISNOSE DKFIISNOSE", // until the move
			"warning vacant_soon bangkok-se-police 2026-06-02 9999-12-31 DKFIISNOSE",
		}},
		{"moving from one day to the next is none", func(w *world) {
			w.posting(bangkok, "TH", "2026-01-01/2026-05-31").held("a", "2026-01-01/2026-05-31")
			w.posting("hanoi-se-police", "VN", "2026-06-01/").held("a", "2026-06-01/2028-12-31")
		}, "2026-05-01", nil},
		{"twice in one posting is not two postings", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2024-01-01/2026-06-01").held("a", "2026-06-01/2028-12-31")
		}, "2026-01-01", []string{"serious held_twice bangkok-se-police 2026-06-01 2026-06-01 a-01 a-02"}},
		{"twice in one posting, years ago", func(w *world) {
			w.posting(bangkok, "TH", "2004-01-01/").held("a", "2004-01-01/2006-06-01").held("a", "2005-06-01/2005-12-31").held("b", "2006-06-02/2028-12-31")
		}, "2026-01-01", []string{"serious held_twice bangkok-se-police 2005-06-01 2005-12-31 a-01 a-02"}},
		{"two terms of one officer are none", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2024-01-01/2026-05-31").held("a", "2026-06-01/2028-12-31")
		}, "2026-01-01", nil},

		{"the sending state without customs", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").represents(Sweden, Police, "2024-01-01/").held("a", "2024-01-01/2028-12-31")
		}, "2026-01-01", []string{"serious sending_state bangkok-se-police 2024-01-01 9999-12-31 SE"}},
		{"the sending state on some days only, in a posting that has closed", func(w *world) {
			w.posting(bangkok, "TH", "2014-01-01/2019-12-31").represents(Sweden, Both, "2014-01-01/2018-12-31").held("a", "2014-01-01/2019-12-31")
		}, "2026-01-01", []string{"serious sending_state bangkok-se-police 2019-01-01 2019-12-31 SE"}},
		{"an open end in a posting that has closed is no other posting", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/2024-06-30").held("a", "2020-01-01/")
			w.posting("hanoi-se-police", "VN", "2024-07-01/").held("a", "2024-07-01/2028-12-31")
		}, "2026-01-01", nil},

		{"a handover of 60 days is none", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2024-01-01/2026-03-01").held("b", "2026-01-01/2028-12-31")
		}, "2026-01-01", nil},
		{"one of 61 days is too long", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2024-01-01/2026-03-02").held("b", "2026-01-01/2028-12-31")
		}, "2026-01-01", []string{"notice long_overlap bangkok-se-police 2026-01-01 2026-03-02 a-01 a-02"}},
		{"days after the posting has closed are no handover", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/2026-03-01").held("a", "2024-01-01/").held("b", "2026-01-01/")
		}, "2026-01-01", nil},

		{"a gap that is over is history", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2020-01-01/2023-12-30").held("b", "2024-01-01/2028-12-31")
		}, "2024-01-01", []string{"history notice gap bangkok-se-police 2023-12-31 2023-12-31 DKFIISNOSE"}},
		{"a gap of which today is the last day", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2020-01-01/2023-12-30").held("b", "2024-01-01/2028-12-31")
		}, "2023-12-31", []string{"serious vacant+gap+nobody_behind bangkok-se-police 2023-12-31 2023-12-31 DKFIISNOSE DKFIISNOSE"}},
		{"a gap to come", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2020-01-01/2026-05-31").held("b", "2026-07-01/2028-12-31")
		}, "2026-01-01", []string{"warning gap bangkok-se-police 2026-06-01 2026-06-30 DKFIISNOSE"}},
		{"before the first holder and after the last is no gap", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2021-01-01/2022-12-31").held("b", "2023-01-01/2025-12-31")
		}, "2024-01-01", nil},
		{"a suspension splits a gap", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").suspended("2022-01-01/2022-12-31", "").
				held("a", "2020-01-01/2021-11-30").held("b", "2023-02-01/2028-12-31")
		}, "2024-01-01", []string{
			"history notice gap bangkok-se-police 2021-12-01 2021-12-31 DKFIISNOSE", "history notice gap bangkok-se-police 2023-01-01 2023-01-31 DKFIISNOSE"}},

		{"vacant, but others answer there", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2020-01-01/2025-12-31")
			w.posting("bangkok-dk-police", "TH", "2020-01-01/").held("b", "2024-01-01/2028-12-31")
		}, "2026-01-01", []string{"warning vacant bangkok-se-police 2026-01-01 9999-12-31 DKFIISNOSE"}},
		{"vacant, and others answer for some states and places only", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").covers("VN LA", "2020-01-01/2030-12-31").held("a", "2020-01-01/2025-12-31")
			w.posting("bangkok-dk-police", "TH", "2020-01-01/").held("b", "2024-01-01/2028-12-31").covers("VN")
			w.posting("vientiane-dk-police", "LA", "2020-01-01/").only(Both, "DK", "NO", "SE").held("c", "2024-01-01/2028-12-31")
		}, "2026-02-01", []string{
			"serious vacant+nobody_behind bangkok-se-police 2026-01-01 9999-12-31 DKFIISNOSE FIIS"}},
		{"suspended, and nobody else there", func(w *world) {
			w.posting(manila, "PH", "2020-01-01/").only(Both, "NO", "SE").held("a", "2024-01-01/2028-12-31").suspended("2026-01-01/2026-12-31", "")
		}, "2026-02-01", []string{"serious nobody_behind manila-no-police 2026-01-01 2026-12-31 NOSE NOSE"}},

		{"vacant in 180 days, with nobody to come", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2024-01-01/2026-06-29")
		}, "2026-01-01", []string{"warning vacant_soon bangkok-se-police 2026-06-30 9999-12-31 DKFIISNOSE"}},
		{"vacant in 181 days is not soon", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2024-01-01/2026-06-30")
		}, "2026-01-01", nil},
		{"vacant soon, and then somebody comes", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2024-01-01/2026-03-31").held("b", "2026-05-01/2028-12-31")
		}, "2026-01-01", []string{"warning gap bangkok-se-police 2026-04-01 2026-04-30 DKFIISNOSE"}},
		{"the one who comes does not stay", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2024-01-01/2026-03-31").held("b", "2026-05-01/2026-05-31")
		}, "2026-01-01", []string{
			"warning gap bangkok-se-police 2026-04-01 2026-04-30 DKFIISNOSE", "warning vacant_soon bangkok-se-police 2026-06-01 9999-12-31 DKFIISNOSE"}},
		{"a posting that closes is not about to be vacant", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/2026-03-31").held("a", "2024-01-01/2026-03-31")
		}, "2026-01-01", nil},

		{"an assignment that begins before the posting", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/").held("a", "2023-12-01/2028-12-31")
		}, "2026-01-01", []string{"history warning beyond_life bangkok-se-police 2023-12-01 2023-12-31 a-01"}},
		{"one that begins before the posting and ends after it", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/2027-12-31").held("a", "2023-12-01/2028-12-31")
		}, "2026-01-01", []string{"warning beyond_life bangkok-se-police 2028-01-01 2028-12-31 a-01"}},
		{"an assignment that ends after it", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/2027-12-31").held("a", "2024-01-01/2028-12-31")
		}, "2026-01-01", []string{"warning beyond_life bangkok-se-police 2028-01-01 2028-12-31 a-01"}},
		{"an open end is not beyond the life", func(w *world) {
			w.posting(bangkok, "TH", "2024-01-01/2027-12-31").held("a", "2024-01-01/")
		}, "2026-01-01", nil},

		{"an open end of five years", func(w *world) {
			w.posting(bangkok, "TH", "2021-01-01/").held("a", "2021-01-01/")
		}, "2026-01-01", nil},
		{"an open end of more than five years", func(w *world) {
			w.posting(bangkok, "TH", "2021-01-01/").held("a", "2021-01-01/")
		}, "2026-01-02", []string{"notice old_open_end bangkok-se-police 2021-01-01 9999-12-31 a-01"}},
		{"an open end since 29 February, five years on", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2020-02-29/")
		}, "2025-02-28", nil},
		{"and a day later", func(w *world) {
			w.posting(bangkok, "TH", "2020-01-01/").held("a", "2020-02-29/")
		}, "2025-03-01", []string{"notice old_open_end bangkok-se-police 2020-02-29 9999-12-31 a-01"}},
		{"an old open end in a posting with an end is none", func(w *world) {
			w.posting(bangkok, "TH", "2010-01-01/2030-12-31").held("a", "2010-01-01/")
		}, "2026-01-01", nil},

		{"an officer of another country than the sending agency", func(w *world) {
			w.officer("dane", "dk-police")
			w.posting(bangkok, "TH", "2024-01-01/2026-12-31").held("dane", "2024-01-01/")
		}, "2026-01-01", []string{"notice foreign_officer bangkok-se-police 2024-01-01 2026-12-31 a-01"}},
		{"an officer of another agency of the same country is none", func(w *world) {
			w.officer("customs", "se-customs")
			w.posting(bangkok, "TH", "2024-01-01/").held("customs", "2024-01-01/")
		}, "2026-01-01", nil},

		{"nobody is alone at home", func(w *world) {
			w.posting("oslo-se-police", "NO", "2024-01-01/").held("a", "2024-01-01/2025-12-31")
			w.posting("oslo-dk-police", "NO", "2024-01-01/").only(Both, "DK", "NO").held("b", "2024-01-01/2028-12-31")
			w.posting("stockholm-se-police", "SE", "2024-01-01/")
		}, "2026-01-01", []string{
			"serious vacant+nobody_behind oslo-se-police 2026-01-01 9999-12-31 DKFIISSE FIISSE",
			"warning vacant stockholm-se-police 2024-01-01 9999-12-31",
			"notice nordic_host oslo-dk-police 2024-01-01 9999-12-31",
			"notice nordic_host oslo-se-police 2024-01-01 9999-12-31",
			"notice nordic_host stockholm-se-police 2024-01-01 9999-12-31"}},

		{"a host that is itself Nordic", func(w *world) {
			w.posting("oslo-se-police", "NO", "2024-01-01/2027-12-31").held("a", "2024-01-01/")
		}, "2026-01-01", []string{"notice nordic_host oslo-se-police 2024-01-01 2027-12-31"}},
		{"Greenland is not one of the five", func(w *world) {
			w.posting("nuuk-se-police", "GL", "2024-01-01/2027-12-31").held("a", "2024-01-01/")
		}, "2026-01-01", nil},
	} {
		w := newWorld()
		test.build(w)
		check(t, w)
		d := w.directory()
		got := lines(d.Findings(day(test.today), plainLimits))
		for _, p := range d.Posts() {
			_, history := d.FindingsOf(p, day(test.today), plainLimits)
			for _, line := range lines(history) {
				got = append(got, "history "+line)
			}
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s: on %s is found\n%s\nwant\n%s", test.name, test.today, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}
}

func TestFindingMessages(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2024-01-01/2026-06-30")
	w.posting("hanoi-se-police", "VN", "2020-01-01/").held("a", "2026-06-01/2028-12-31")
	w.posting("manila-no-police", "PH", "2020-01-01/2027-12-31").held("b", "2026-06-01/")
	w.posting("nairobi-no-police", "KE", "2020-01-01/2027-12-31")
	said := func() string {
		var keys []string
		for _, f := range w.directory().Findings(day("2026-05-01"), plainLimits) {
			if f.Kind == TwoPostings || f.Kind == VacantNow {
				key := f.Post.Key + " " + f.Reason[0].Key
				if reason := argument(f.Reason[0], "reason"); reason != nil {
					key += " " + reason.(string)
				}
				keys = append(keys, key)
			}
		}
		return strings.Join(keys, "; ")
	}
	vacant := "hanoi-se-police finding.vacant_until; manila-no-police finding.vacant_until; nairobi-no-police finding.vacant"
	if got, want := said(), "bangkok-se-police finding.two_postings; "+vacant; got != want {
		t.Errorf("without a reason it says\n%s, want\n%s", got, want)
	}
	for i := range 2 { // the reason may stand with either
		w.assignments[0].Note, w.assignments[1].Note = "", ""
		w.assignments[i].Note = "handover"
		if got, want := said(), "bangkok-se-police finding.two_postings_reason handover; "+vacant; got != want {
			t.Errorf("with a reason it says\n%s, want\n%s", got, want)
		}
	}
}
