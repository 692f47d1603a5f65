package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// tallyOf counts day by day what a tally has of some postings.
func (o oracle) tallyOf(posts []Posting, within Period) (t Tally) {
	for _, p := range posts {
		for d := within.First; d <= within.Last; d++ {
			status, open := o.status(p, d), o.open(p, d)
			t.Opened += count(open && d == p.Opened)
			t.Closed += count(open && d == p.Closed && d != Forever)
			t.PostDays += count(open)
			t.HeldDays += count(status == "held")
			t.GapDays += count(status == "vacant")
			t.SuspendedDays += count(status == "suspended")
			if status == "held" {
				t.OfficerDays += len(o.holders(p, d))
			}
			if d == within.Last {
				t.Open += count(open)
				t.Held += count(status == "held")
				t.Vacant += count(status == "vacant")
				t.Suspended += count(status == "suspended")
			}
		}
		for _, a := range o.assignments {
			last := min(a.Last, p.Closed)
			if a.PostingID != p.ID || last == Forever || !in(last, within) || !o.holds(a, last) {
				continue
			}
			t.Ended++
			for d := o.window.First; d <= last; d++ {
				t.EndedDays += count(o.holds(a, d))
			}
		}
	}
	return t
}

func TestFiguresAreCountedDayByDay(t *testing.T) {
	worlds, drawn := map[string]int{}, 0
	reached := func(what string, is bool) { worlds[what] += count(is) }
	rapid.Check(t, func(t *rapid.T) {
		drawn++
		o := drawWorld(t)
		d := o.directory()
		first := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "first"))
		within := Period{first, Date(rapid.Int32Range(int32(first), int32(o.window.Last)).Draw(t, "last"))}
		var f Among
		if drawBool(t, "of one state", 3) {
			f.Sending = rapid.SampledFrom(States()).Draw(t, "sending")
		}
		if drawBool(t, "of a region", 3) {
			f.Region = "south-eastern-asia"
		}
		got := d.Figures(f, within)
		posts := slices.DeleteFunc(slices.Clone(o.postings), func(p Posting) bool {
			inRegion := p.HostBody == "" && (p.HostCountry == "TH" || p.HostCountry == "VN" || p.HostCountry == "LA")
			return o.seat(p) || f.Sending != "" && o.agencyOf(p).Country != f.Sending || f.Region != "" && !inRegion
		})
		want := o.tallyOf(posts, within)
		if got.All != want {
			t.Fatalf("%v of %+v: %+v, counted %+v", within, f, got.All, want)
		}
		var sending, kinds, regions Tally
		sum := func(to *Tally, part Tally) {
			to.PostDays += part.PostDays
			to.OfficerDays += part.OfficerDays
			to.EndedDays += part.EndedDays
			to.Open += part.Open
		}
		for _, x := range got.Sending {
			own := slices.DeleteFunc(slices.Clone(posts), func(p Posting) bool { return o.agencyOf(p).Country != x.Of })
			if counted := o.tallyOf(own, within); x.Tally != counted {
				t.Fatalf("%s: %+v, counted %+v", x.Of, x.Tally, counted)
			}
			sum(&sending, x.Tally)
		}
		for _, x := range got.Kinds {
			sum(&kinds, x.Tally)
		}
		for _, x := range got.Regions {
			sum(&regions, x.Tally)
		}
		if sending != kinds || kinds != regions || regions.PostDays != want.PostDays {
			t.Fatalf("groups differ: %+v %+v %+v", sending, kinds, regions)
		}
		if want.PostDays != want.HeldDays+want.GapDays+want.SuspendedDays {
			t.Fatal("a day of a posting is not one of three")
		}
		reached("a gap", want.GapDays > 0)
		reached("a suspension", want.SuspendedDays > 0)
		reached("a handover", want.OfficerDays > want.HeldDays)
		reached("an end", want.Ended > 0)
		reached("a region", f.Region != "" && want.PostDays > 0)
		reached("a state", f.Sending != "" && want.PostDays > 0)
		reached("side only", o.coverageOf(t, f, within, got.Coverage) > 0)
	})
	t.Log(drawn, worlds)
	for what, n := range worlds {
		if n == 0 && drawn >= 100 { // fewer are drawn with the race detector
			t.Errorf("%s: in none of %d worlds", what, drawn)
		}
	}
}

// coverageOf fails unless coverage is what is counted day by day, and returns how many
// days are only side-accredited.
func (o oracle) coverageOf(t *rapid.T, f Among, within Period, coverage []Covered) (side int) {
	for _, got := range coverage {
		want := Covered{State: got.State, Matter: got.Matter}
		for _, name := range randomPlaces {
			place := at(name)
			far := name == "TH" || name == "VN" || name == "LA"
			if name == "org:board" || f.Region != "" && !far {
				continue
			}
			for d := within.First; d <= within.Last; d++ {
				there, beside := false, false
				for _, p := range o.postings {
					if o.seat(p) || f.Sending != "" && o.agencyOf(p).Country != f.Sending || !o.posting(p, got.State, got.Matter, place, d) {
						continue
					}
					there = there || o.resident(p, place)
					beside = beside || !o.resident(p, place)
				}
				want.ResidentDays += count(there)
				want.SideDays += count(beside && !there)
				if d == within.Last {
					want.Resident += count(there)
					want.Side += count(beside && !there)
				}
			}
		}
		if got != want {
			t.Fatalf("coverage %+v, counted %+v", got, want)
		}
		side += want.SideDays
	}
	return side
}

func TestHistoryIsCountedDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		p := rapid.SampledFrom(o.postings).Draw(t, "posting")
		on := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "on"))
		h := d.HistoryOf(d.Post(p.ID), on)
		until := Period{o.window.First, on}
		if want := o.tallyOf([]Posting{p}, until); h.Days.Days() > 0 && h.Tally.PostDays != want.PostDays || h.Tally.GapDays != want.GapDays ||
			h.Tally.OfficerDays != want.OfficerDays || h.Tally.EndedDays != want.EndedDays {
			t.Fatalf("%+v, counted %+v", h.Tally, want)
		}
		for day := o.window.First; day <= o.window.Last; day++ {
			if got, want := anyHas(h.Gaps, day), day <= on && o.status(p, day) == "vacant"; got != want {
				t.Fatalf("gap on %s: %v", day, got)
			}
			held := 0
			for _, a := range h.Terms {
				held += count(a.Days.Has(day))
			}
			if want := len(o.holders(p, day)); day <= on && held != want {
				t.Fatalf("%d hold it on %s, counted %d", held, day, want)
			}
			called := 0
			for _, c := range h.Called {
				called += count(c.Has(day))
			}
			if want := count(day <= on && o.open(p, day)); called != want {
				t.Fatalf("called %d times on %s", called, day)
			}
		}
	})
}

func TestFiguresOfOneYear(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2024-01-01/").covers("VN").held("anna", "2024-01-01/2026-06-30").held("bo", "2026-07-11/").suspended("2026-09-01/2026-09-10", "")
	w.posting("hanoi-no-customs", "VN", "2026-07-01/").held("nils", "2026-07-01/")
	f := w.directory().Figures(Among{}, days("2026-01-01/2026-12-31"))
	want := Tally{Open: 2, Held: 2, Opened: 1, PostDays: 365 + 184, HeldDays: 345 + 184, GapDays: 10, SuspendedDays: 10, OfficerDays: 345 + 184,
		Ended: 1, EndedDays: 912}
	if f.All != want {
		t.Errorf("%+v, want %+v", f.All, want)
	}
	if got := f.All.OfficerYears(); got < 1.448 || got > 1.449 {
		t.Errorf("%v officer-years", got)
	}
	if got := (Tally{}).MeanTerm(); got != 0 || f.All.MeanTerm() != 912 {
		t.Errorf("mean terms %v and %v", got, f.All.MeanTerm())
	}
	// Vietnam is side-accredited until Hanoi opens.
	if c := f.Coverage[0]; c != (Covered{State: Denmark, Matter: Police, Resident: 2, ResidentDays: 345 + 184, SideDays: 181}) {
		t.Errorf("coverage %+v", c)
	}
}
