package models

import (
	"reflect"
	"testing"
)

func TestAssignmentRefused(t *testing.T) {
	life := days("2020-01-01/2025-12-31")
	valid := Assignment{Key: "a-1", OfficerID: 1, PostingID: 2, Period: days("2022-01-01/2023-12-31")}
	refusals[Assignment]{
		{"of nobody", func(a *Assignment) { a.OfficerID = 0 }, "officer: problem.required"},
		{"to nothing", func(a *Assignment) { a.PostingID = 0 }, "posting: problem.required"},
		{"to nothing, whenever", func(a *Assignment) { a.PostingID, a.Period = 0, days("2030-01-01/") }, "posting: problem.required"},
		{"from no day", func(a *Assignment) { a.First = 0 }, "first_day: problem.required"},
		{"until before it began", func(a *Assignment) { a.Last = a.First - 1 }, "last_day: problem.order"},
		{"until a day not given", func(a *Assignment) { a.Last = 0 }, "last_day: problem.order"},
		{"planned until before it began", func(a *Assignment) { a.PlannedLast = a.First - 1 }, "planned_last_day: problem.order"},
		{"before the posting opens", func(a *Assignment) { a.Period = days("2018-01-01/2019-12-31") }, "first_day: problem.outside_life"},
		{"after the posting has closed", func(a *Assignment) { a.Period = days("2026-01-01/2026-12-31") }, "first_day: problem.outside_life"},
		{"open, after the posting has closed", func(a *Assignment) { a.Period = days("2026-01-01/") }, "first_day: problem.outside_life"},

		{"of one day", func(a *Assignment) { a.Last = a.First }, ""},
		{"until the day on which the posting opens", func(a *Assignment) { a.Period = days("2018-01-01/2020-01-01") }, ""},
		{"from the day on which it closes", func(a *Assignment) { a.Period = days("2025-12-31/2027-12-31") }, ""},
		{"longer than the posting", func(a *Assignment) { a.Period = days("2010-01-01/2030-12-31") }, ""},
		{"with no end, in a posting that has one", func(a *Assignment) { a.Last = Forever }, ""},
		{"from 29 February to 29 February", func(a *Assignment) { a.Period = days("2020-02-29/2024-02-29") }, ""},
		{"planned for its first day only", func(a *Assignment) { a.PlannedLast = a.First }, ""},
		{"planned longer than the posting", func(a *Assignment) { a.PlannedLast = Forever - 1 }, ""},
	}.run(t, valid, func(a Assignment) Problems { return CheckAssignment(a, life, nil) })
	textRefusals(t, valid, func(a Assignment) Problems { return CheckAssignment(a, life, nil) }, map[string]textField[Assignment]{
		"key":        {func(a *Assignment) *string { return &a.Key }, 100, true},
		"end_reason": {func(a *Assignment) *string { return &a.EndReason }, 400, false},
		"note":       {func(a *Assignment) *string { return &a.Note }, 4000, false},
	})
}

func TestAssignmentEnd(t *testing.T) {
	for _, test := range []struct {
		name              string
		planned, last     Date
		end               Date
		wantPlanned, want Date
	}{
		{"cut short, the plan stays beside", 0, day("2027-12-31"), day("2026-06-30"), day("2027-12-31"), day("2026-06-30")},
		{"extended, the plan stays beside", 0, day("2026-06-30"), day("2027-12-31"), day("2026-06-30"), day("2027-12-31")},
		{"with no end until then, nothing was planned", 0, Forever, day("2026-06-30"), 0, day("2026-06-30")},
		{"on the day that was planned", 0, day("2026-06-30"), day("2026-06-30"), 0, day("2026-06-30")},
		{"cut short after it was extended, the first plan stays", day("2025-12-31"), day("2027-12-31"), day("2026-06-30"), day("2025-12-31"), day("2026-06-30")},
		{"open, but planned", day("2027-12-31"), Forever, day("2026-06-30"), day("2027-12-31"), day("2026-06-30")},
		{"without an end any more", 0, day("2026-06-30"), Forever, day("2026-06-30"), Forever},
	} {
		a := Assignment{ID: 5, Version: 2, Key: "a-1", OfficerID: 3, PostingID: 4, Period: Period{day("2024-01-01"), test.last},
			PlannedLast: test.planned, EndReason: "earlier", Note: "kept"}
		want := a
		want.Last, want.PlannedLast, want.EndReason = test.want, test.wantPlanned, "recalled"
		if got := a.End(test.end, "recalled"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", test.name, got, want)
		}
		if a.Last != test.last || a.EndReason != "earlier" {
			t.Errorf("%s: the assignment itself was changed", test.name)
		}
	}
}

// One officer holds a posting once at a time. What the others are among
// themselves is nothing to this assignment.
func TestAssignmentRefusedForTheOfficersOthers(t *testing.T) {
	life := days("2020-01-01/2025-12-31")
	a := Assignment{ID: 1, Key: "a-1", OfficerID: 1, PostingID: 2, Period: days("2022-01-01/2023-12-31")}
	for _, test := range []struct {
		name  string
		other Assignment
		want  string
	}{
		{"on its last day", Assignment{ID: 9, OfficerID: 1, PostingID: 2, Period: days("2023-12-31/2024-12-31")}, "officer: problem.held_twice"},
		{"on its first day", Assignment{ID: 9, OfficerID: 1, PostingID: 2, Period: days("2021-01-01/2022-01-01")}, "officer: problem.held_twice"},
		{"within it", Assignment{ID: 9, OfficerID: 1, PostingID: 2, Period: days("2022-06-01/2022-06-01")}, "officer: problem.held_twice"},
		{"around it", Assignment{ID: 9, OfficerID: 1, PostingID: 2, Period: days("2020-01-01/")}, "officer: problem.held_twice"},
		{"the day after", Assignment{ID: 9, OfficerID: 1, PostingID: 2, Period: days("2024-01-01/")}, ""},
		{"the day before", Assignment{ID: 9, OfficerID: 1, PostingID: 2, Period: days("2020-01-01/2021-12-31")}, ""},
		{"somewhere else", Assignment{ID: 9, OfficerID: 1, PostingID: 3, Period: a.Period}, ""},
		{"by somebody else", Assignment{ID: 9, OfficerID: 7, PostingID: 2, Period: a.Period}, ""},
		{"by itself", a, ""},
	} {
		if got := put(CheckAssignment(a, life, []Assignment{test.other})); got != test.want {
			t.Errorf("held %s: %q, want %q", test.name, got, test.want)
		}
	}
	twice := []Assignment{{ID: 8, OfficerID: 1, PostingID: 2, Period: days("2020-01-01/2021-06-30")}, {ID: 9, OfficerID: 1, PostingID: 2, Period: days("2020-01-01/2021-06-30")}}
	if got := put(CheckAssignment(a, life, twice)); got != "" {
		t.Errorf("for the faults of others: %q", got)
	}
}
