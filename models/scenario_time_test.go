package models

import (
	"fmt"
	"testing"
)

func TestSuspendedPostingIsNeitherVacantNorActing(t *testing.T) {
	w := newWorld()
	w.posting("moscow-fi-police", "RU", "2010-01-01/").suspended("2022-03-01/2022-12-31", "staff withdrawn").
		held("before", "2019-01-01/2022-06-30").held("after", "2023-02-01/")
	dialogue{
		{"the day before", "SE police RU 2022-02-28", "before in moscow-fi-police (resident); from 2022-03-01 ends before nobody"},
		{"held, but suspended", "SE police RU 2022-03-01", "not moscow-fi-police: suspended; from 2023-02-01 begins after"},
		{"not held either", "SE police RU 2022-12-31", "not moscow-fi-police: suspended; from 2023-02-01 begins after"},
		{"the day after", "SE police RU 2023-01-01", "not moscow-fi-police: vacant; from 2023-02-01 begins after"},
	}.run(t, w)
	p := w.directory().Posts()[0]
	if got := fmt.Sprint(p.VacantDays()); got != fmt.Sprint([]Period{days("2010-01-01/2018-12-31"), days("2023-01-01/2023-01-31")}) {
		t.Errorf("it is vacant in %s", got)
	}
	if got := keys(p.HoldersOn(day("2022-03-01"))); got != "a-01" {
		t.Errorf("its holder while suspended is %q", got)
	}
}

func TestSuspensionsThatOverlapAreOne(t *testing.T) {
	w := newWorld()
	w.posting("kyiv-se-police", "UA", "2010-01-01/").held("swede", "2020-01-01/").
		suspended("2022-02-24/2022-06-30", "evacuated").suspended("2022-06-01/2022-12-31", "still no embassy").suspended("2023-01-01/2023-03-31", "")
	why := w.directory().WhoRepresents(asked("SE police UA 2022-04-01")).WhyNot[0]
	if got := fmt.Sprintf("%s %v %v", why.Why, argument(why.Reason[0], "first"), argument(why.Reason[0], "last")); got != "suspended 2022-02-24 2023-03-31" {
		t.Errorf("it is %s", got)
	}
	dialogue{{"it lasts until the last of them ends", "SE police UA 2022-04-01", "not kyiv-se-police: suspended; from 2023-04-01 begins swede"}}.run(t, w)
}

func TestEarlyRecall(t *testing.T) {
	w := newWorld()
	w.posting("manila-no-police", "PH", "2020-03-01/").held("norwegian", "2024-01-01/2027-12-31")
	dialogue{{"as planned", "NO police PH 2026-06-01", "norwegian in manila-no-police (resident); from 2028-01-01 ends norwegian nobody"}}.run(t, w)

	w.assignments[0] = w.assignments[0].End(day("2026-06-30"), "recalled")
	dialogue{
		{"as recalled", "NO police PH 2026-06-01", "norwegian in manila-no-police (resident); from 2026-07-01 ends norwegian nobody"},
		{"afterwards", "NO police PH 2026-07-01", "not manila-no-police: vacant"},
	}.run(t, w)
	if a := w.directory().Posts()[0].Assignments[0]; a.PlannedLast != day("2027-12-31") || a.EndReason != "recalled" {
		t.Errorf("beside it stands %s, %q", a.PlannedLast, a.EndReason)
	}
}

func TestOfficerWhoMovesMidTerm(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-no-police", "TH", "2020-01-01/").held("norwegian", "2024-01-01/2026-05-31")
	w.posting("manila-no-police", "PH", "2020-01-01/").held("norwegian", "2026-06-01/2027-12-31")
	dialogue{
		{"here until the last day", "NO police TH 2026-05-31", "norwegian in bangkok-no-police (resident); from 2026-06-01 ends norwegian nobody"},
		{"there from the first", "NO police PH 2026-06-01", "norwegian in manila-no-police (resident); from 2028-01-01 ends norwegian nobody"},
		{"not there before", "NO police PH 2026-05-31", "not manila-no-police: vacant; from 2026-06-01 begins norwegian"},
	}.run(t, w)
	d := w.directory()
	if got := keys(d.Served(w.officers[0].ID)); got != "a-01 a-02" {
		t.Errorf("the officer served in %q", got)
	}
}

func TestSameOfficerReturnsYearsLater(t *testing.T) {
	w := newWorld()
	w.posting("manila-no-police", "PH", "2010-01-01/").
		held("norwegian", "2020-01-01/2023-12-31").held("norwegian", "2012-01-01/2014-12-31")
	dialogue{
		{"the first time", "NO police PH 2013-01-01", "norwegian in manila-no-police (resident); from 2015-01-01 ends norwegian nobody"},
		{"between", "NO police PH 2015-01-01", "not manila-no-police: vacant; from 2020-01-01 begins norwegian"},
		{"the second time", "NO police PH 2021-01-01", "norwegian in manila-no-police (resident); from 2024-01-01 ends norwegian nobody"},
	}.run(t, w)
	if got := keys(w.directory().Served(w.officers[0].ID)); got != "a-02 a-01" {
		t.Errorf("the officer served in %q", got)
	}
}

func TestVacantUntil(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2020-01-01/").covers("VN").held("first", "2022-01-01/2026-08-31").held("second", "2026-09-15/")
	dialogue{
		{"the last day of the first", "FI police VN 2026-08-31", "first in bangkok-se-police (side); from 2026-09-01 ends first nobody"},
		{"nobody until the second", "FI police VN 2026-09-01", "not bangkok-se-police: vacant; from 2026-09-15 begins second"},
	}.run(t, w)
	reason := w.directory().WhoRepresents(asked("FI police VN 2026-09-01")).WhyNot[0].Reason[0]
	if reason.Key != "whynot.vacant_until" || argument(reason, "day") != day("2026-09-14") {
		t.Errorf("it says %s %v, want vacant until 2026-09-14", reason.Key, argument(reason, "day"))
	}
}

func TestSuccession(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2020-01-01/").
		held("first", "2022-01-01/2024-06-30").held("second", "2024-07-01/2026-08-31").held("third", "2026-08-17/")
	dialogue{
		{"back to back changes the holder and nothing else", "FI police TH 2024-01-01",
			"first in bangkok-se-police (resident); from 2024-07-01 ends first begins second"},
		{"a handover begins", "FI police TH 2024-07-01", "second in bangkok-se-police (resident); from 2026-08-17 begins third"},
		{"both, the earlier first", "FI police TH 2026-08-17",
			"second in bangkok-se-police (resident); third in bangkok-se-police (resident); from 2026-09-01 ends second"},
		{"then only the new one, for good", "FI police TH 2026-09-01", "third in bangkok-se-police (resident)"},
	}.run(t, w)
}

// Rows that say the same thing one after the other are no change.
func TestRenewedRowsAreNoChange(t *testing.T) {
	w := newWorld()
	b := w.posting("bangkok-se-police", "TH", "2020-01-01/").only(Both, Sweden).held("swede", "2020-01-01/2030-12-31").
		covers("VN", "2020-01-01/2024-12-31").covers("VN", "2025-01-01/2027-12-31")
	b.addRepresentation(Representation{State: Finland, Matter: Police, Period: days("2020-01-01/2022-12-31")})
	b.addRepresentation(Representation{State: Finland, Matter: Both, Period: days("2023-01-01/")})
	dialogue{{"only the end of the coverage counts", "FI police VN 2021-01-01",
		"swede in bangkok-se-police (side); from 2028-01-01 ends swede nobody"}}.run(t, w)
}

func TestWhyNotIsTheFirstThatApplies(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2020-01-01/2029-12-31").represents(Finland, Police, "2022-01-01/").
		covers("VN", "2021-01-01/2021-12-31").covers("VN", "2023-01-01/2026-12-31").
		suspended("2024-01-01/2024-12-31", "").held("swede", "2025-07-01/2026-12-31")
	dialogue{
		{"before it opens", "FI customs VN 2019-12-31", "not bangkok-se-police: not_open"},
		{"before it covers", "FI customs VN 2020-01-01", "not bangkok-se-police: not_yet_covered"},
		{"between two accreditations", "FI police VN 2022-06-01", "not bangkok-se-police: not_yet_covered; from 2025-07-01 begins swede"},
		{"not for that state", "FI police VN 2021-06-01", "not bangkok-se-police: not_represented; from 2025-07-01 begins swede"},
		{"not in that matter, though suspended", "FI customs VN 2024-06-01", "not bangkok-se-police: not_represented"},
		{"suspended and vacant", "FI police VN 2024-06-01", "not bangkok-se-police: suspended; from 2025-07-01 begins swede"},
		{"vacant", "FI police VN 2025-01-01", "not bangkok-se-police: vacant; from 2025-07-01 begins swede"},
		{"after it covered", "FI police VN 2027-01-01", "not bangkok-se-police: no_longer_covered"},
		{"after it closed", "FI police VN 2030-01-01", "not bangkok-se-police: not_open"},
		{"for ever", "FI police VN 9999-12-31", "not bangkok-se-police: not_open"},
	}.run(t, w)
}

func TestLastDays(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "0001-01-01/").covers("VN", "0001-01-01/9999-12-30").held("always", "0001-01-01/")
	w.posting("manila-no-police", "PH", "2020-01-01/2026-06-30").held("norwegian", "2020-01-01/")
	w.posting("nairobi-se-police", "KE", "9999-12-31/").held("late", "9999-12-31/")
	for _, test := range (dialogue{
		{"from the first day of the calendar", "SE police TH 0001-01-01", "always in bangkok-se-police (resident)"},
		{"to the last", "SE police TH 9999-12-31", "always in bangkok-se-police (resident)"},
		{"a change on the last day", "SE police VN 0001-01-01", "always in bangkok-se-police (side); from 9999-12-31 ends always nobody"},
		{"and no change after it", "SE police VN 9999-12-31", "not bangkok-se-police: no_longer_covered"},
		{"the day before a posting closes", "SE police PH 2026-06-29", "norwegian in manila-no-police (resident); from 2026-07-01 ends norwegian nobody"},
		{"the day on which it closes", "SE police PH 2026-06-30", "norwegian in manila-no-police (resident); from 2026-07-01 ends norwegian nobody"},
		{"the day after", "SE police PH 2026-07-01", "not manila-no-police: not_open"},
		{"one that opens on the last day", "SE police KE 9999-12-30", "not nairobi-se-police: not_open; from 9999-12-31 begins late"},
		{"and is held on it", "SE police KE 9999-12-31", "late in nairobi-se-police (resident)"},
	}) { // the oracle would have to walk for ever
		if got := short(w.directory().WhoRepresents(asked(test.question))); got != test.want {
			t.Errorf("%s: %s:\n got %s\nwant %s", test.name, test.question, got, test.want)
		}
	}
}
