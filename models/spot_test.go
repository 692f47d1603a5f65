package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The spots of a state in a matter are the cells of the matrix that are not
// empty, and the spots of any are those of all together. Home is none where no
// posting that is at home there covers the place on that day.
func TestSpotsAreTheMatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		on := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "on"))
		m := d.Matrix(on, 0)
		found := map[Place]map[Standing]bool{}
		for _, s := range States() {
			for _, matter := range Matters() {
				spots := d.Spots(s, matter, on)
				for _, row := range m.Rows {
					want := row.Cell(s, matter).Standing
					if got := standingIn(spots, row.Place.Place); got != want && !(want == Home && nobodyHome(o, s, row.Place.Place, on)) {
						t.Fatalf("%s, %s, %s: %s, want %s", row.Place, s, matter, got, want)
					}
					if found[row.Place.Place] == nil {
						found[row.Place.Place] = map[Standing]bool{}
					}
					found[row.Place.Place][want] = true
				}
			}
		}
		for at, all := range found {
			got := standingIn(d.Spots("", "", on), at)
			if want := together(all); got != want && !(want == Home && nobodyHome(o, "", at, on)) {
				t.Fatalf("%s for any: %s, want %s of %v", at, got, want, all)
			}
		}
	})
}

func nobodyHome(o oracle, s State, at Place, on Date) bool {
	return !slices.ContainsFunc(o.postings, func(p Posting) bool { return o.home(p, s, at) && o.covers(p, at, on) })
}

func standingIn(spots []Spot, at Place) Standing {
	i := slices.IndexFunc(spots, func(a Spot) bool { return a.Place.Place == at })
	if i < 0 {
		return Uncovered
	}
	return spots[i].Standing
}

// together returns the standing for any of several who stand so.
func together(all map[Standing]bool) Standing {
	switch {
	case all[ResidentAndSide] || all[Resident] && all[SideAccredited]:
		return ResidentAndSide
	case all[Resident]:
		return Resident
	case all[SideAccredited]:
		return SideAccredited
	case all[AllAway]:
		return AllAway
	case all[LeftVacant]:
		return LeftVacant
	case all[LeftSuspended]:
		return LeftSuspended
	case all[Home]:
		return Home
	}
	return Uncovered
}

// Of the postings of a spot those that sit there come first, and an
// organisation's desk is none of its seat's country, though it may cover that
// from the side.
func TestSpotPosts(t *testing.T) {
	w := newWorld()
	w.posting("a-side-se-police", "VN", "2020-01-01/").covers("TH")
	w.posting("bangkok-fi-police", "TH", "2020-01-01/").held("o-1", "2020-01-01/")
	w.posting("desk-dk-police", "org:interpol-singapore", "2020-01-01/").covers("TH SG")
	w.posting("singapore-fi-police", "SG", "2020-01-01/")
	w.posting("later-no-police", "TH", "2031-01-01/")
	spots := w.directory().Spots(Finland, Customs, day("2030-06-01"))
	var got []string
	for _, a := range spots {
		for _, p := range a.Posts {
			got = append(got, a.Place.String()+" "+p.Post.Key+" "+string(p.Status))
		}
	}
	want := []string{"SG singapore-fi-police vacant", "SG desk-dk-police vacant", "TH bangkok-fi-police held", "TH a-side-se-police vacant", "TH desk-dk-police vacant",
		"VN a-side-se-police vacant", "org:interpol-singapore desk-dk-police vacant"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Who stands in at a posting there, and answers from the side anyway, is listed
// once: nobody answers from the side, on the map as in the matrix.
func TestAStandInIsListedOnceOnTheMap(t *testing.T) {
	w := newWorld()
	w.posting("hanoi-se-police", "VN", "2020-01-01/").covers("TH").held("by", "2020-01-01/")
	w.posting("bangkok-fi-police", "TH", "2020-01-01/").held("away", "2020-01-01/").absent("2026-06-01/2026-06-10", "a-01").absent("2026-06-21/2026-06-30")
	d := w.directory()
	for on, want := range map[string]Standing{"2026-05-31": ResidentAndSide, "2026-06-01": Resident, "2026-06-11": ResidentAndSide, "2026-06-21": SideAccredited} {
		row, _ := d.Matrix(day(on), 0).Row(at("TH"))
		if got := standingIn(d.Spots(Norway, Police, day(on)), at("TH")); got != want || row.Cell(Norway, Police).Standing != want {
			t.Errorf("on %s the map says %s and the matrix %s, want %s", on, got, row.Cell(Norway, Police).Standing, want)
		}
		if got := standingIn(d.Spots("", "", day(on)), at("TH")); got != want {
			t.Errorf("on %s the map says %s for any, want %s", on, got, want)
		}
	}
	away := d.With(Delta{Posts: map[int64]*Post{w.postings[0].ID: nil}})
	if got := standingIn(away.Spots(Norway, Police, day("2026-06-21")), at("TH")); got != AllAway {
		t.Errorf("where nobody is present it says %s", got)
	}
}
