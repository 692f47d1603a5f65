package models

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestChangesTellCauses(t *testing.T) {
	for _, test := range []struct {
		name  string
		build func(*world)
		want  string
	}{
		{"the holder leaves", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/2026-05-31")
		}, "lost bangkok-se-police vacant"},
		{"it is suspended", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/").suspended("2026-06-01/", "")
		}, "lost bangkok-se-police suspended"},
		{"it closes", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/2026-05-31").held("a", "2020-01-01/")
		}, "lost bangkok-se-police not_open"},
		{"who left earlier is no cause", func(w *world) {
			w.posting("bangkok-dk-police", "TH", "2020-01-01/").held("b", "2020-01-01/2026-04-30")
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/2026-05-31")
		}, "lost bangkok-se-police vacant"},
		{"somebody comes", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2026-06-01/")
		}, "gained bangkok-se-police vacant"},
		{"it opens", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2026-06-01/").held("a", "2026-06-01/")
		}, "gained bangkok-se-police not_open"},
	} {
		w := newWorld()
		test.build(w)
		check(t, w)
		d := w.directory()
		c := ChangesFor(Finland, d, day("2026-04-01"), d, day("2026-12-31"))
		var said []string
		for kind, list := range map[string][]PlaceChange{"lost": c.Lost, "gained": c.Gained} {
			for _, line := range list {
				for _, why := range line.Causes {
					said = append(said, strings.Join([]string{kind, why.Posting.Key, string(why.Why)}, " "))
					if !line.Whole(why) {
						t.Errorf("%s: told of a part of %+v", test.name, line)
					}
				}
			}
		}
		if got := strings.Join(said, "; "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// The causes of a line are those who answer on one of two days that follow each other
// and not on the other, with the reason that the question itself gives.
func TestCausesAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		s := rapid.SampledFrom(States()).Draw(t, "state")
		c := ChangesFor(s, d, o.window.First, d, o.window.Last)
		wants := func(line PlaceChange, with, without Date) {
			for _, at := range line.Places {
				for _, m := range Matters() {
					if !line.Matter.Includes(m) {
						continue
					}
					var want, got []string
					before := map[*Post]bool{} // not those of the answers: who stands in is told once
					for _, p := range d.Covering(at.Place) {
						before[p] = true
					}
					for _, not := range d.WhoRepresents(Question{s, m, at.Place, with}).WhyNot {
						delete(before, not.Post)
					}
					for _, not := range d.WhoRepresents(Question{s, m, at.Place, without}).WhyNot {
						if before[not.Post] {
							want = append(want, not.Post.Key+" "+string(not.Why))
						}
					}
					for _, why := range line.CausesAt(at.Place) {
						if why.Matter.Includes(m) {
							got = append(got, why.Posting.Key+" "+string(why.Why))
						}
					}
					slices.Sort(got)
					slices.Sort(want)
					if !slices.Equal(got, want) || len(got) == 0 {
						t.Fatalf("%s, %s from %s: because %v, want %v", at, m, line.Days.First, got, want)
					}
				}
			}
		}
		for _, line := range slices.Concat(c.Lost, c.Interrupted) {
			wants(line, line.Days.First-1, line.Days.First)
		}
		for _, line := range c.Gained {
			wants(line, line.Days.First, line.Days.First-1)
		}
	})
}
