package models

import (
	"slices"
	"testing"
)

// The holder on leave, with and without a stand-in, and a stand-in who leaves
// first.
func TestHolderOnLeave(t *testing.T) {
	w := newWorld()
	w.posting("hanoi-dk-customs", "VN", "2020-01-01/").held("stand-in", "2022-01-01/2024-06-15")
	w.posting("bangkok-se-police", "TH", "2020-01-01/").held("holder", "2021-01-01/2025-12-31").
		absent("2023-03-01/2023-03-31").absent("2024-06-01/2024-06-30", "a-01")
	dialogue{
		{"before", "FI police TH 2023-02-01", "holder in bangkok-se-police (resident); from 2023-03-01 absent holder"},
		{"without a stand-in the absent one stays", "FI police TH 2023-03-01", "holder in bangkok-se-police (resident); from 2023-04-01 back holder"},
		{"with one", "FI police TH 2024-06-01", "stand-in in bangkok-se-police (resident); holder in bangkok-se-police (resident); from 2024-06-16 ends stand-in"},
		{"who leaves first", "FI police TH 2024-06-20", "holder in bangkok-se-police (resident); from 2024-07-01 back holder"},
		{"he answers at his own posting meanwhile, and nowhere twice", "FI police VN 2024-06-01", "stand-in in hanoi-dk-customs (resident); from 2024-06-16 ends stand-in nobody"},
	}.run(t, w)
	reply := w.directory().WhoRepresents(asked("DK customs TH 2024-06-10"))
	a, absent := reply.Answers[0], reply.Answers[1]
	if a.Post.Key != "bangkok-se-police" || a.Agency.Key != "se-police" || !a.StandsIn || a.For.Key != "a-02" || a.Days != days("2024-06-01/2024-06-15") {
		t.Errorf("the stand-in answers as %+v", a)
	}
	if !absent.Absent || absent.AbsentUntil != day("2024-06-30") || absent.StandsIn || absent.Assignment.Key != "a-02" {
		t.Errorf("the absent one is %+v", absent)
	}
	if len(reply.WhyNot) > 0 {
		t.Errorf("a posting whose holder is away is why not: %v", reply.WhyNot)
	}
}

// Present before absent, whatever the rest says; among those present a stand-in
// ranks as the posting does, with the sending country and kind of that posting.
func TestStandInRanksAsThePosting(t *testing.T) {
	w := newWorld()
	w.posting("hanoi-no-customs", "VN", "2020-01-01/").held("norwegian", "2020-02-01/")
	w.posting("manila-dk-police", "PH", "2020-01-01/").covers("TH").held("dane", "2020-03-01/")
	w.posting("bangkok-fi-police", "TH", "2020-01-01/").held("finn", "2020-01-01/").absent("2024-06-01/2024-06-30", "a-01")
	dialogue{
		{"resident by the posting stood in for", "FI police TH 2024-06-10",
			"norwegian in bangkok-fi-police (resident); dane in manila-dk-police (side); finn in bangkok-fi-police (resident); from 2024-07-01 ends norwegian back finn"},
		{"the day before", "FI police TH 2024-05-31", "finn in bangkok-fi-police (resident); dane in manila-dk-police (side); from 2024-06-01 stands_in norwegian absent finn"},
	}.run(t, w)
	r := w.directory().WhoRepresents(asked("FI police TH 2024-06-10"))
	if r.Answers[0].Reason[1].Key != "answer.own" {
		t.Errorf("whose officer the stand-in is: %+v", r.Answers[0].Reason)
	}
}

// A for B and B for A is allowed: the day on which both are away has nobody to turn
// to, and is a finding.
func TestAForBAndBForA(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2021-01-01/")
	w.posting("hanoi-no-police", "VN", "2020-01-01/").held("b", "2021-01-01/").absent("2026-06-10/2026-06-20", "a-01")
	w.absences = append(w.absences, Absence{ID: w.id(), AssignmentID: w.assignment("a-01").ID, Period: days("2026-06-01/2026-06-10"), StandInID: w.assignment("a-02").ID})
	dialogue{
		{"b for a", "FI police TH 2026-06-05", "b in bangkok-se-police (resident); a in bangkok-se-police (resident); from 2026-06-10 ends b"},
		{"both away", "FI police TH 2026-06-10", "a in bangkok-se-police (resident); from 2026-06-11 back a"},
		{"a for b", "FI police VN 2026-06-11", "a in hanoi-no-police (resident); b in hanoi-no-police (resident); from 2026-06-21 ends a back b"},
	}.run(t, w)
	got := lines(w.directory().Findings(day("2026-05-01"), plainLimits))
	want := []string{"warning no_stand_in bangkok-se-police 2026-06-10 2026-06-10 a-01 DKFIISNOSE", "warning no_stand_in hanoi-no-police 2026-06-10 2026-06-10 a-02 DKFIISNOSE",
		"notice old_open_end bangkok-se-police 2021-01-01 9999-12-31 a-01", "notice old_open_end hanoi-no-police 2021-01-01 9999-12-31 a-02"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
	row, _ := w.directory().Matrix(day("2026-06-10"), 30).Row(at("TH"))
	if c := row.Cell(Finland, Police); c.Standing != AllAway || c.Answers != 1 || c.Until != 0 {
		t.Errorf("the matrix says %+v", c)
	}
}

// Of two absent ones of one rank, the one who came first is named.
func TestStandsInForTheBestRanked(t *testing.T) {
	w := newWorld()
	w.posting("hanoi-dk-police", "VN", "2020-01-01/").held("by", "2020-01-01/")
	w.posting("bangkok-se-police", "TH", "2020-01-01/").held("late", "2022-01-01/").absent("2026-06-01/2026-06-30", "a-01")
	w.posting("chiang-se-police", "TH", "2020-01-01/").held("early", "2021-01-01/").absent("2026-06-10/2026-06-20", "a-01")
	w.posting("vientiane-se-police", "LA", "2020-01-01/").covers("TH").held("side", "2020-06-01/").absent("2026-06-01/", "a-01")
	for on, want := range map[string]string{"2026-06-05": "a-02 bangkok-se-police", "2026-06-10": "a-03 chiang-se-police", "2026-06-21": "a-02 bangkok-se-police", "2026-07-01": "a-04 vientiane-se-police"} {
		w.ask(t, "FI police TH "+on)
		a := w.directory().WhoRepresents(asked("FI police TH " + on)).Answers
		i := 0
		for i < len(a) && a[i].Assignment.Key != "a-01" {
			i++
		}
		if got := a[i].For.Key + " " + a[i].Post.Key; got != want {
			t.Errorf("on %s stands in for %s, want %s", on, got, want)
		}
	}
}

// Six agencies of one state sit in one body, and none of them answers for a
// country: nor does the country where the body has its headquarters matter.
func TestSixAgenciesInOneBody(t *testing.T) {
	w := newWorld()
	for _, kind := range []AgencyKind{CoastGuard, TaxAgency, Prosecution, EconomicCrime} {
		w.sends(Sweden, kind)
	}
	b := w.meets("opc", Committee)
	b.HqCountry, b.HqCity = "LV", "Riga"
	for _, kind := range []string{"police", "customs", "coast_guard", "tax", "prosecution", "economic_crime"} {
		w.posting("opc-se-"+kind, "org:opc", "2020-01-01/").held(kind, "2021-01-01/2026-12-31")
	}
	w.posting("vienna-no-police", "org:unodc", "2020-01-01/").covers("AT").held("norwegian", "2021-01-01/2026-12-31")
	const last = "; from 2027-01-01 ends "
	dialogue{
		{"the matching agency first, then by key", "SE customs org:opc 2022-01-01", "customs in opc-se-customs (resident); police in opc-se-police (resident); coast_guard in opc-se-coast_guard (resident); " +
			"tax in opc-se-tax (resident); prosecution in opc-se-prosecution (resident); economic_crime in opc-se-economic_crime (resident)" +
			last + "customs ends police ends coast_guard ends tax ends prosecution ends economic_crime nobody"},
		{"nobody at the headquarters", "SE police LV 2022-01-01", ""},
		{"a seat represents its own state", "FI police org:opc 2022-01-01", "not opc-se-coast_guard: not_represented; not opc-se-customs: not_represented; not opc-se-economic_crime: not_represented; " +
			"not opc-se-police: not_represented; not opc-se-prosecution: not_represented; not opc-se-tax: not_represented"},
		{"a desk that covers the country around it, from the side", "FI police AT 2022-01-01", "norwegian in vienna-no-police (side)" + last + "norwegian nobody"},
	}.run(t, w)
	if places := w.directory().PlacesAbroad(); len(places) != 2 || len(w.directory().Places()) != 3 {
		t.Errorf("abroad are %v of %v", places, w.directory().Places())
	}
}

// Who answers anyway and from a day on stands in too is another answer, though
// nobody comes and nobody goes.
func TestStandingInIsAChangeByItself(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-fi-police", "TH", "2020-01-01/").held("by", "2020-01-01/2026-12-31")
	w.posting("hanoi-se-police", "VN", "2020-01-01/").covers("TH").held("away", "2021-01-01/2026-12-31").
		absent("2026-06-01/2026-06-10").absent("2026-06-11/2026-06-20", "a-01")
	dialogue{
		{"without a stand-in", "FI police TH 2026-06-01", "by in bangkok-fi-police (resident); away in hanoi-se-police (side); from 2026-06-11 stands_in by"},
		{"with one", "FI police TH 2026-06-11", "by in bangkok-fi-police (resident); away in hanoi-se-police (side); from 2026-06-21 stood_in by back away"},
	}.run(t, w)
	a := w.directory().WhoRepresents(asked("FI police TH 2026-06-01")).Answers
	if a[0].StandsIn || a[1].AbsentUntil != day("2026-06-20") {
		t.Errorf("%+v", a)
	}
}

// An officer whose agency may hold seats only counts as a stand-in in seats alone,
// whatever was so when the absence was saved.
func TestCoastGuardNeverStandsInForACountry(t *testing.T) {
	agency := func(w *world, kind AgencyKind) {
		w.agencies[slices.IndexFunc(w.agencies, func(a Agency) bool { return a.Key == "se-coast_guard" })].Kind = kind
	}
	for name, test := range map[string]struct {
		change func(*world)
		inSeat int
		want   string
	}{
		"as it was saved":               {func(w *world) { agency(w, PoliceAgency) }, 2, "by in bangkok-se-police (resident); a in bangkok-se-police (resident); from 2026-07-01 ends by back a"},
		"the agency's kind has changed": {func(*world) {}, 2, "a in bangkok-se-police (resident); from 2026-07-01 back a"},
		"the stand-in has another agency": {func(w *world) {
			agency(w, PoliceAgency)
			w.officers[0].AgencyID = w.sends(Sweden, TaxAgency).ID
		}, 2, "a in bangkok-se-police (resident); from 2026-07-01 back a"},
		"the stand-in has ended before the absence": {func(w *world) {
			agency(w, PoliceAgency)
			w.assignments[0].Last = day("2026-05-31")
		}, 1, "a in bangkok-se-police (resident); from 2026-07-01 back a"},
	} {
		w := newWorld()
		w.sends(Sweden, CoastGuard)
		w.meets("opc", Committee)
		w.posting("opc-se-coast_guard", "org:opc", "2020-01-01/").held("by", "2021-01-01/")
		w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2021-01-01/").absent("2026-06-01/2026-06-30", "a-01")
		w.posting("opc-se-police", "org:opc", "2020-01-01/").held("b", "2021-01-01/").absent("2026-06-01/2026-06-30", "a-01")
		test.change(w)
		dialogue{{name, "FI police TH 2026-06-10", test.want}}.run(t, w)
		d := w.directory()
		if in := d.AnswersAt(d.PostNamed("opc-se-police"), day("2026-06-10")); len(in) != test.inSeat {
			t.Errorf("%s: in another seat answer %+v", name, in)
		}
	}
}
