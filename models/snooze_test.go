package models

import (
	"strings"
	"testing"
)

func TestCheckSnooze(t *testing.T) {
	today := day("2024-02-29")
	for _, c := range []struct {
		name, until, reason, want string
	}{
		{"tomorrow", "2024-03-01", "waiting for the board", ""},
		{"two years on", "2026-02-28", "x", ""},
		{"longer", "2026-03-01", "x", "until: problem.until"},
		{"today", "2024-02-29", "x", "until: problem.until"},
		{"long ago", "0001-01-01", "x", "until: problem.until"},
		{"for good", "9999-12-31", "x", "until: problem.until"},
		{"no day and no reason", "", " ", "until: problem.required, reason: problem.required"},
		{"400 characters", "2024-03-01", strings.Repeat("å", 400), ""},
		{"401 characters", "2024-03-01", strings.Repeat("å", 401), "reason: problem.long"},
		{"two lines", "2024-03-01", "a\nb", "reason: problem.characters"},
		{"a control character", "2024-03-01", "a\x07b", "reason: problem.characters"},
	} {
		z := Snooze{Reason: c.reason}
		if c.until != "" {
			z.Until = day(c.until)
		}
		if got := CheckSnooze(z, today).Error(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	z := Snooze{Until: today}
	if !z.Holds(today) || z.Holds(today+1) {
		t.Error("it does not hold through its last day only")
	}
}

// A finding keeps its name while its facts stay, whatever the day, and gets
// another with each of them.
func TestNamesOfFindings(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/2025-12-31")
	name := func(today string) string {
		for _, f := range w.directory().Findings(day(today), plainLimits) {
			if f.Kind == VacantNow {
				return f.Name()
			}
		}
		return ""
	}
	was := name("2026-01-01")
	if was == "" || name("2026-05-05") != was {
		t.Errorf("the vacancy is %q, and later %q", was, name("2026-05-05"))
	}
	w.assignments[0].Last = day("2025-12-30")
	sooner := name("2026-01-01")
	w.representations = w.representations[:len(w.representations)-1]
	if fewer := name("2026-01-01"); sooner == was || fewer == sooner || fewer == "" {
		t.Errorf("when its facts change, %q becomes %q and %q", was, sooner, fewer)
	}
}
