package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The tests in this file compare the arithmetic of periods with counting day
// by day, in a window around a few drawn periods. The windows lie at both ends
// of the calendar and across a 29 February.

// A strip is a window of days and the periods drawn in it: some empty, some
// open, some touching.
type strip struct {
	window Period
	p, q   Period
	held   []Period
}

func drawStrip(t *rapid.T) strip {
	base := rapid.SampledFrom([]Date{1, day("2024-02-20"), Forever - 30}).Draw(t, "base")
	draw := func(label string) Period {
		first := base + Date(rapid.IntRange(0, 24).Draw(t, label+" first"))
		last := first + Date(rapid.IntRange(-3, 12).Draw(t, label+" days")) - 1
		if rapid.IntRange(0, 7).Draw(t, label+" open") == 0 {
			last = Forever
		}
		return Period{first, min(last, Forever)}
	}
	s := strip{window: Period{max(1, base-10), min(Forever, base+50)}, p: draw("p"), q: draw("q")}
	for range rapid.IntRange(0, 6).Draw(t, "held") {
		s.held = append(s.held, draw("held"))
	}
	return s
}

// in says what Has should, without asking it.
func in(d Date, p Period) bool { return d >= p.First && d <= p.Last }

func (s strip) isHeld(d Date) bool {
	return slices.ContainsFunc(s.held, func(h Period) bool { return in(d, h) })
}

// counted returns the days of the window that satisfy has, as runs of days.
func (s strip) counted(has func(Date) bool) []Period { return runs(s.window, has) }

// runs returns the days of a short period that satisfy has, as runs of days.
func runs(window Period, has func(Date) bool) []Period {
	var found []Period
	for d := window.First; d <= window.Last; d++ {
		switch n := len(found); {
		case !has(d):
		case n > 0 && found[n-1].Last == d-1:
			found[n-1].Last = d
		default:
			found = append(found, Period{d, d})
		}
	}
	return found
}

// cut returns the periods as far as they are in the window.
func (s strip) cut(periods ...Period) []Period {
	var cut []Period
	for _, p := range periods {
		if first, last := max(p.First, s.window.First), min(p.Last, s.window.Last); first <= last {
			cut = append(cut, Period{first, last})
		}
	}
	return cut
}

func TestPeriodDaysCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStrip(t)
		n := 0
		for d := s.window.First; d <= s.window.Last; d++ {
			if s.p.Has(d) != in(d, s.p) {
				t.Errorf("%v has %s: %t", s.p, d, s.p.Has(d))
			}
			if in(d, s.p) {
				n++
			}
		}
		if s.p.Last <= s.window.Last && s.p.Days() != n {
			t.Errorf("%v has %d days, want %d", s.p, s.p.Days(), n)
		}
	})
}

func TestPeriodSharedDaysCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStrip(t)
		want := s.counted(func(d Date) bool { return in(d, s.p) && in(d, s.q) })
		if got := s.cut(s.p.And(s.q)); !slices.Equal(got, want) {
			t.Errorf("%v and %v share %v, want %v", s.p, s.q, got, want)
		}
		if got := s.p.Overlaps(s.q); got != (len(want) > 0) {
			t.Errorf("%v overlaps %v: %t, but they share %v", s.p, s.q, got, want)
		}
	})
}

// A period that has a day is inside q if each of its days is in q. An open end
// stands for the last day of q.
func TestPeriodInsideCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStrip(t)
		if s.p.First > s.p.Last {
			t.Skip("empty")
		}
		p := s.p
		if p.Last == Forever {
			p.Last = max(p.First, s.q.Last)
		}
		want := len(runs(p, func(d Date) bool { return !in(d, s.q) })) == 0
		if got := s.p.Inside(s.q); got != want {
			t.Errorf("%v inside %v: %t, want %t", s.p, s.q, got, want)
		}
	})
}

func TestGapsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStrip(t)
		before := slices.Clone(s.held)
		want := s.counted(func(d Date) bool { return in(d, s.p) && !s.isHeld(d) })
		got := Gaps(s.p, s.held)
		if !slices.Equal(s.cut(got...), want) {
			t.Errorf("gaps of %v in %v are %v, want %v", s.held, s.p, got, want)
		}
		if without := s.p.Without(s.held); !slices.Equal(without, got) {
			t.Errorf("%v without %v is %v, want %v", s.p, s.held, without, got)
		}
		if !slices.Equal(s.held, before) {
			t.Errorf("%v was changed to %v", before, s.held)
		}
	})
}

func TestUnionCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStrip(t)
		before := slices.Clone(s.held)
		if got, want := Union(s.held), s.counted(s.isHeld); !slices.Equal(s.cut(got...), want) {
			t.Errorf("the union of %v is %v, want %v", s.held, got, want)
		}
		if !slices.Equal(s.held, before) {
			t.Errorf("%v was changed to %v", before, s.held)
		}
	})
}
