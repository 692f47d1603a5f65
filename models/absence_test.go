package models

import (
	"slices"
	"strings"
	"testing"
)

// What may be kept of an absence, and what not: the days first, then who stands in.
func TestAbsencesRefused(t *testing.T) {
	standIns := map[int64]StandInFor{
		2: {Assignment{ID: 2, OfficerID: 20, Period: days("2021-01-01/2021-12-31")}, CustomsAgency},
		3: {Assignment{ID: 3, OfficerID: 10, Period: days("2021-01-01/2021-12-31")}, PoliceAgency}, // the same officer
		4: {Assignment{ID: 4, OfficerID: 40, Period: days("2021-01-01/2021-12-31")}, CoastGuard},
		5: {Assignment{ID: 5, OfficerID: 50, Period: days("2021-06-15/")}, PoliceAgency},
	}
	find := func(id int64) (StandInFor, bool) { s, ok := standIns[id]; return s, ok }
	for _, test := range []struct {
		name     string
		at       Seating
		absences string // each with the stand-in after a colon
		want     string
	}{
		{"none", Abroad, "", ""},
		{"with a stand-in", Abroad, "2021-06-01/2021-06-30:2", ""},
		{"without one", Abroad, "2021-06-01/2021-06-30", ""},
		{"all the time", Abroad, "2021-01-01/2021-12-31", ""},
		{"with an open end", Abroad, "2021-12-31/", ""},
		{"back to back", Abroad, "2021-06-01/2021-06-30:2 2021-07-01/2021-07-31:2 2021-05-31/2021-05-31", ""},
		{"from no day", Abroad, "-", "absences.first_day[0]: problem.required"},
		{"until before it began", Abroad, "2021-06-02/2021-06-01", "absences.last_day[0]: problem.order"},
		{"from the day before the term", Abroad, "2020-12-31/2021-01-02", "absences.first_day[0]: problem.outside_assignment"},
		{"after the term", Abroad, "2022-01-01/", "absences.first_day[0]: problem.outside_assignment"},
		{"until the day after the term", Abroad, "2021-12-01/2022-01-01", "absences.last_day[0]: problem.outside_assignment"},
		{"twice on a day", Abroad, "2021-06-01/2021-06-30 2021-06-30/2021-07-31", "absences.first_day[1]: problem.absent_twice"},
		{"twice, the first without an end", Abroad, "2021-06-01/ 2021-12-31/2021-12-31", "absences.first_day[1]: problem.absent_twice"},
		{"with a stand-in whom nobody knows", Abroad, "2021-06-01/2021-06-30:99", "absences.stand_in[0]: problem.unknown"},
		{"with a stand-in who is the same officer", Abroad, "2021-06-01/2021-06-30:3", "absences.stand_in[0]: problem.own_stand_in"},
		{"with a stand-in who is not there yet", Abroad, "2021-06-01/2021-06-14:5", "absences.stand_in[0]: problem.stand_in_days"},
		{"with a stand-in who comes on its last day", Abroad, "2021-06-01/2021-06-15:5", ""},
		{"with a coast-guard officer, abroad", Abroad, "2021-06-01/2021-06-30:4", "absences.stand_in[0]: problem.stand_in_kind"},
		{"with a coast-guard officer, at a desk", Desk, "2021-06-01/2021-06-30:4", "absences.stand_in[0]: problem.stand_in_kind"},
		{"with a coast-guard officer, in a seat", Seat, "2021-06-01/2021-06-30:4", ""},
		{"at two places", Abroad, "2020-06-01/2021-06-30 2021-08-01/2021-08-31:3", "absences.first_day[0]: problem.outside_assignment, absences.stand_in[1]: problem.own_stand_in"},
	} {
		a := Assignment{ID: 1, OfficerID: 10, PostingID: 7, Period: days("2021-01-01/2021-12-31")}
		for row := range strings.FieldsSeq(test.absences) {
			when, by, _ := strings.Cut(row, ":")
			x := Absence{}
			if when != "-" {
				x.Period = days(when)
			}
			if by != "" {
				x.StandInID = int64(by[0]-'0') + int64(90*(len(by)-1))
			}
			a.Absences = append(a.Absences, x)
		}
		if got := put(CheckAbsences(a, test.at, find)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	a := Assignment{Period: days("2021-01-01/"), Absences: make([]Absence, 1001)}
	if got := put(CheckAbsences(a, Abroad, find)); got != "absences: problem.rows" {
		t.Errorf("1001 rows: %q", got)
	}
}

// An absence that is shortened with its assignment stays one that may be kept.
func TestEndCutsAbsences(t *testing.T) {
	a := Assignment{Period: days("2021-01-01/2021-12-31"), Absences: []Absence{
		{Period: days("2021-02-01/2021-02-28")}, {Period: days("2021-06-01/2021-07-31")}, {Period: days("2021-05-01/")}, {Period: days("2021-09-01/2021-09-30")}}}
	var got []string
	for _, x := range a.End(day("2021-06-15"), "").Absences {
		got = append(got, x.First.String()+"/"+x.Last.String())
	}
	want := []string{"2021-02-01/2021-02-28", "2021-06-01/2021-06-15", "2021-05-01/9999-12-31"}
	if !slices.Equal(got, want) || len(a.Absences) != 4 || a.Absences[1].Last != day("2021-07-31") {
		t.Errorf("left are %q of %v", got, a.Absences)
	}
}

func TestAbsentOn(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2020-01-01/2023-06-30").held("a", "2021-01-01/").
		absent("2021-02-01/2021-02-10").absent("2021-02-11/2021-02-20").absent("2021-02-22/2021-02-22").absent("2023-06-01/")
	post := w.directory().Post(w.post("bangkok-se-police").ID)
	for on, want := range map[string]string{"2021-01-31": "", "2021-02-01": "2021-02-20", "2021-02-20": "2021-02-20", "2021-02-21": "", "2021-02-22": "2021-02-22",
		"2023-06-01": "2023-06-30", "2023-06-30": "2023-06-30", "2023-07-01": ""} {
		got := ""
		if until, absent := post.AbsentOn(post.Assignments[0], day(on)); absent {
			got = until.String()
		}
		if got != want {
			t.Errorf("on %s away until %q, want %q", on, got, want)
		}
	}
}

// For whom somebody stands in is told by day, and not of a holder whose name is
// withheld.
func TestStandsInFor(t *testing.T) {
	w := newWorld()
	w.posting("hanoi-se-police", "VN", "2020-01-01/").held("by", "2021-01-01/2021-12-31").absent("2021-06-10/2021-06-12")
	w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2021-01-01/").absent("2021-06-01/2021-06-30", "a-01").absent("2021-12-15/2022-01-15", "a-01")
	w.posting("manila-no-police", "PH", "2020-01-01/").held("b", "2021-01-01/").absent("2021-05-01/2021-05-31", "a-01")
	said := func() (all []string) {
		for _, r := range w.directory().StandsInFor(w.assignment("a-01").ID) {
			all = append(all, r.Key+" at "+r.Post.Key+" "+r.Days.First.String()+"/"+r.Days.Last.String())
		}
		return all
	}
	want := []string{"a-03 at manila-no-police 2021-05-01/2021-05-31", "a-02 at bangkok-se-police 2021-06-01/2021-06-09",
		"a-02 at bangkok-se-police 2021-06-13/2021-06-30", "a-02 at bangkok-se-police 2021-12-15/2021-12-31"}
	if got := said(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	w.officers[2].Masked, w.officers[2].Name = true, ""
	if got := said(); !slices.Equal(got, want[1:]) {
		t.Errorf("with one masked, %q, want %q", got, want[1:])
	}
}
