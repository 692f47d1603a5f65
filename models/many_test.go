package models

import "testing"

func TestMonthsOfAPeriod(t *testing.T) {
	for _, c := range []struct {
		name, first, last string
		want              int
	}{
		{"a day", "2026-01-01", "2026-01-01", 0},
		{"a day less than a month", "2026-01-01", "2026-01-30", 0},
		{"a month", "2026-01-01", "2026-01-31", 1},
		{"February", "2026-02-01", "2026-02-28", 1},
		{"from one month into the next", "2026-01-15", "2026-02-14", 1},
		{"three years", "2024-09-01", "2027-08-31", 36},
		{"from a leap day", "2024-02-29", "2025-02-26", 11},
		{"from a leap day for a year", "2024-02-29", "2025-02-27", 12},
		{"empty", "2026-02-01", "2026-01-01", 0},
	} {
		if got := (Period{day(c.first), day(c.last)}).Months(); got != c.want {
			t.Errorf("%s: %d months, want %d", c.name, got, c.want)
		}
	}
}

func TestTermsOfManyAtOnce(t *testing.T) {
	term := Assignment{Period: Period{day("2024-01-01"), day("2026-08-31")}}
	for _, c := range []struct {
		name    string
		many    Many
		last    string
		refused string
	}{
		{"to a day", Many{Act: ExtendMany, Last: day("2027-01-31")}, "2027-01-31", ""},
		{"by months, to the last of a short one", Many{Act: ExtendMany, Months: 6}, "2027-02-28", ""},
		{"to the day that it has", Many{Act: ExtendMany, Last: day("2026-08-31")}, "", "problem.not_longer"},
		{"ended", Many{Act: EndMany, Last: day("2026-06-30"), Reason: "budget"}, "2026-06-30", ""},
	} {
		got, problems := c.many.Term(term)
		if c.refused != "" {
			if len(problems) != 1 || problems[0].Message.Key != c.refused {
				t.Errorf("%s: %v, want %s", c.name, problems, c.refused)
			}
			continue
		}
		if len(problems) > 0 || got.Last != day(c.last) || (c.many.Act == EndMany) != (got.PlannedLast == term.Last) {
			t.Errorf("%s: %+v, %v", c.name, got, problems)
		}
	}
	open := Assignment{Period: Period{1, Forever}}
	if _, problems := (Many{Act: ExtendMany, Months: 1}).Term(open); len(problems) != 1 {
		t.Errorf("an open end is extended: %v", problems)
	}
}

func TestWhoSeesAView(t *testing.T) {
	rights := func(text string) Rights {
		g, ok := ParseGrant(text)
		if !ok {
			t.Fatal(text)
		}
		return Rights{g}
	}
	for _, c := range []struct {
		shared        Sharing
		account       int64
		rights        string
		sees, changes bool
	}{
		{Unshared, 1, "partner:FI", true, true},
		{Unshared, 2, "coordinator:all", false, false},
		{"SE", 2, "partner:SE", true, false},
		{"SE", 2, "coordinator:SE", true, true},
		{"SE", 2, "coordinator:all", true, true},
		{"SE", 2, "coordinator:FI", false, false},
		{SharedWithAll, 2, "partner:FI", true, false},
		{SharedWithAll, 2, "coordinator:FI", true, true},
	} {
		v := View{Owner: 1, Shared: c.shared}
		if sees, changes := v.SeenBy(c.account, rights(c.rights)), v.ChangedBy(c.account, rights(c.rights)); sees != c.sees || changes != c.changes {
			t.Errorf("%q, account %d, %s: sees %t, changes %t", c.shared, c.account, c.rights, sees, changes)
		}
	}
}
