package models

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestFindingsAgainstTheOracle looks at some days of a random world, under
// limits short enough to matter in it.
func TestFindingsAgainstTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		lim := Limits{HandoverDays: rapid.IntRange(0, 12).Draw(t, "handover"), NoticeDays: rapid.IntRange(0, 40).Draw(t, "notice"),
			AttestDays: rapid.IntRange(0, 30).Draw(t, "attest"), MandateDays: rapid.IntRange(0, 40).Draw(t, "mandate ahead")}
		for range 4 {
			today := o.window.First + Date(rapid.IntRange(0, 60).Draw(t, "today"))
			found := d.Findings(today, lim)
			got, want := slices.Sorted(slices.Values(promising(found))), o.findings(today, lim)
			if !slices.Equal(got, want) {
				t.Fatalf("on %s, with %+v:\n%s\nbut counting gives\n%s", today, lim, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			checkOrder(t, found)
			for _, p := range d.Posts() {
				checkFindingsOf(t, d, p, found, today, lim)
			}
		}
	})
}

// lines writes findings as the oracle does.
func lines(found []Finding) []string {
	var lines []string
	for _, f := range found {
		if f.Post == nil {
			line := fmt.Sprintln(f.Severity, f.Kind, f.bodyKey(), f.Sending, f.Days.First, f.Days.Last, f.States)
			lines = append(lines, strings.Join(strings.Fields(line), " "))
			continue
		}
		kind := string(f.Kind)
		for _, also := range f.Also {
			kind += "+" + string(also)
		}
		line := fmt.Sprintln(f.Severity, kind, f.Post.Key, f.Days.First, f.Days.Last, keys(f.Assignments))
		for _, s := range f.States {
			line += string(s)
		}
		line += " "
		for _, s := range f.Alone {
			line += string(s)
		}
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return lines
}

// promising is lines, with the days that the sentences promise.
func promising(found []Finding) []string {
	all := lines(found)
	for i, f := range found {
		said, differing := "", map[string]string{}
		for _, m := range f.Reason {
			day, _ := argument(m, "day").(Date)
			states, _ := argument(m, "states").([]State)
			switch m.Key {
			case "finding.vacant_until", "finding.gap":
				said = " until"
			case "finding.vacant_since", "finding.gap_since":
				said = " since"
			case "finding.then_suspended":
				said = " suspended@" + day.String()
			case "finding.acts_from", "finding.acts_never":
				said += ",from" + day.String()
			case "finding.differs", "finding.differs_never", "finding.differs_matter", "finding.differs_never_matter":
				for _, s := range states {
					matter := argument(m, "matter").(Matter)
					differing[string(s)+string(rune('a'+len(matter)))] = fmt.Sprintf(",%s/%s@%s", s, matter, day)
				}
			}
		}
		all[i] += said
		for _, key := range slices.Sorted(maps.Keys(differing)) {
			all[i] += differing[key]
		}
	}
	return all
}

// checkOrder wants the gravest first, then by posting and day.
func checkOrder(t *rapid.T, found []Finding) {
	rank := map[Severity]int{"serious": 0, "warning": 1, "notice": 2}
	for i := 1; i < len(found); i++ {
		a, b := found[i-1], found[i]
		switch {
		case rank[a.Severity] != rank[b.Severity]:
			if rank[a.Severity] > rank[b.Severity] {
				t.Errorf("%s comes before %s", a.Severity, b.Severity)
			}
		case a.key() != b.key():
			if a.key() > b.key() {
				t.Errorf("posting %s comes before %s", a.key(), b.key())
			}
		case a.bodyKey() != b.bodyKey():
			if a.bodyKey() > b.bodyKey() {
				t.Errorf("body %s comes before %s", a.bodyKey(), b.bodyKey())
			}
		case a.Days.First > b.Days.First:
			t.Errorf("%s comes before %s", a.Days.First, b.Days.First)
		}
	}
}

// checkFindingsOf wants the findings of one posting to be those of all that
// are about it or about one of its assignments, in the same order.
func checkFindingsOf(t *rapid.T, d *Directory, p *Post, all []Finding, today Date, lim Limits) {
	var want []Finding
	for _, f := range all {
		if f.Post == p || slices.ContainsFunc(f.Assignments, func(a Assignment) bool { return a.PostingID == p.ID }) {
			want = append(want, f)
		}
	}
	got, history := d.FindingsOf(p, today, lim)
	if !slices.Equal(lines(got), lines(want)) {
		t.Errorf("findings of %s are\n%s\nwant\n%s", p.Key, strings.Join(lines(got), "\n"), strings.Join(lines(want), "\n"))
	}
	for _, f := range history {
		if f.Days.Last >= today {
			t.Errorf("on %s history is %q", today, lines([]Finding{f}))
		}
	}
}
