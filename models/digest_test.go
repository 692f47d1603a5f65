package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Terms are reminded of on the days that are so far before the last one, counted day by
// day, whatever the days on which somebody asks; of several such days since the last time, the
// latest counts, and a term that is over by then is not reminded of.
func TestRemindersAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawWorld(t).directory()
		on := Date(rapid.Int32Range(int32(day("2019-01-01")), int32(day("2027-01-01"))).Draw(t, "begins"))
		for range 6 {
			from := on
			on += Date(rapid.SampledFrom([]int32{1, 1, 7, 31, 100, 400}).Draw(t, "days"))
			for _, state := range States() {
				told := map[int64]Date{}
				for _, e := range Reminders(state, d, from, d, on) {
					if _, twice := told[e.Term.ID]; twice {
						t.Fatalf("%s is told twice", e.Term.Key)
					}
					told[e.Term.ID] = e.Within
				}
				for _, p := range d.Posts() {
					for _, a := range p.Assignments {
						if got, want := told[a.ID], remindedOf(p.Term(a), from, on); d.Sending(p).Country == state && got != want {
							t.Fatalf("%s ends %s: from %s to %s it is told at %d days, want %d", a.Key, p.Term(a).Last, from, on, got, want)
						} else if d.Sending(p).Country != state && got != 0 {
							t.Fatalf("%s is told to another state", a.Key)
						}
					}
				}
			}
		}
	})
}

func remindedOf(term Period, from, to Date) (within Date) {
	for day := from + 1; day <= to; day++ {
		if slices.Contains(ReminderDays(), term.Last-day) {
			within = term.Last - day
		}
	}
	if term.Last <= to || term.Last.Open() || term.Days() <= 0 {
		return 0
	}
	return within
}

func TestRemindersOfChangedTerms(t *testing.T) {
	w := newWorld()
	bangkok := w.posting("bangkok-se-police", "TH", "2020-01-01/").held("ase", "2024-01-01/2027-06-30")
	next := func(last string) *Directory {
		changed := *w
		changed.assignments = slices.Clone(w.assignments)
		for i := range changed.assignments {
			changed.assignments[i].Last = day(last)
		}
		return changed.directory()
	}
	for _, x := range []struct {
		name, was, is string
		from, to      string
		want          Date // 0 for no reminder
	}{
		{"nothing changed, and no border was crossed", "2027-06-30", "2027-06-30", "2027-01-10", "2027-01-20", 0},
		{"the border of half a year", "2027-06-30", "2027-06-30", "2026-12-31", "2027-01-01", 180},
		{"shortened into a border", "2027-06-30", "2027-03-31", "2027-01-10", "2027-01-11", 90},
		{"shortened to next week", "2029-06-30", "2027-01-20", "2027-01-10", "2027-01-11", 30},
		{"shortened to today", "2027-06-30", "2027-01-11", "2027-01-10", "2027-01-11", 0},
		{"extended within the same border", "2027-06-30", "2027-07-05", "2027-01-10", "2027-01-11", 0},
		{"extended out of all borders", "2027-01-31", "2028-01-31", "2027-01-10", "2027-01-11", 0},
		{"extended into a farther border", "2027-01-31", "2027-03-31", "2027-01-10", "2027-01-11", 0},
		{"over, and extended after all", "2027-01-05", "2027-01-31", "2027-01-10", "2027-01-11", 30},
		{"made open", "2027-01-31", "", "2027-01-10", "2027-01-11", 0},
		{"no longer open", "", "2027-03-01", "2027-01-10", "2027-01-11", 90},
	} {
		got := Date(0)
		for _, e := range Reminders("SE", next(x.was), day(x.from), next(x.is), day(x.to)) {
			got = e.Within
		}
		if got != x.want {
			t.Errorf("%s: reminded at %d days, want %d", x.name, got, x.want)
		}
	}
	if got := Reminders("FI", next("2027-06-30"), day("2026-12-31"), next("2027-06-30"), day("2027-01-01")); len(got) > 0 {
		t.Errorf("another state is reminded of %v", got)
	}
	bangkok.held("bo", "2027-08-01/2029-06-30")
	if got := Reminders("SE", w.directory(), day("2026-12-31"), w.directory(), day("2027-01-01")); len(got) != 1 || got[0].Next != day("2027-08-01") {
		t.Errorf("the successor begins on %v", got)
	}
}

func TestChangesWithoutOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		from := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "from"))
		to := Date(rapid.Int32Range(int32(from), int32(o.window.Last)).Draw(t, "to"))
		s := rapid.SampledFrom(States()).Draw(t, "state")
		c := ChangesFor(s, d, from, d, to)
		n := func(c Changes) int {
			return len(c.Lost) + len(c.Gained) + len(c.Interrupted) + len(c.Came) + len(c.Went) + len(c.Away)
		}
		if got := c.Without(c); n(got) != 0 {
			t.Fatalf("without themselves there are %+v", got)
		}
		if got := c.Without(Changes{}); n(got) != n(c) {
			t.Fatalf("without none there are %d of %d", n(got), n(c))
		}
	})
}

func TestRhythms(t *testing.T) {
	monday := day("2026-11-30")
	for d := monday; d < monday+7; d++ {
		if got := Weekly.Next(d); got != monday+7 {
			t.Errorf("after %s comes %s", d, got)
		}
		if got := Daily.Next(d); got != d+1 {
			t.Errorf("after %s comes %s", d, got)
		}
	}
	if Never.Next(monday) != Forever || Rhythm("hourly").Valid() {
		t.Error("never is some day")
	}
}
