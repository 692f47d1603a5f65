package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The areas of a state in a matter are the cells of the matrix that are not
// empty, and the areas of any are those of all together. Home is none where no
// posting that is at home there covers the place on that day.
func TestAreasAreTheMatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		on := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "on"))
		m := d.Matrix(on, 0)
		found := map[Place]map[Standing]bool{}
		for _, s := range States() {
			for _, matter := range Matters() {
				areas := d.Areas(s, matter, on)
				for _, row := range m.Rows {
					want := row.Cell(s, matter).Standing
					if got := standingIn(areas, row.Place); got != want && !(want == Home && nobodyHome(o, s, row.Place, on)) {
						t.Fatalf("%s, %s, %s: %s, want %s", row.Place, s, matter, got, want)
					}
					if found[row.Place] == nil {
						found[row.Place] = map[Standing]bool{}
					}
					found[row.Place][want] = true
				}
			}
		}
		for at, all := range found {
			got := standingIn(d.Areas("", "", on), at)
			if want := together(all); got != want && !(want == Home && nobodyHome(o, "", at, on)) {
				t.Fatalf("%s for any: %s, want %s of %v", at, got, want, all)
			}
		}
	})
}

func nobodyHome(o oracle, s State, at Place, on Date) bool {
	return !slices.ContainsFunc(o.postings, func(p Posting) bool { return o.home(p, s, at) && o.covers(p, at, on) })
}

func standingIn(areas []Area, at Place) Standing {
	i := slices.IndexFunc(areas, func(a Area) bool { return a.Place == at })
	if i < 0 {
		return Uncovered
	}
	return areas[i].Standing
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
	case all[LeftVacant]:
		return LeftVacant
	case all[LeftSuspended]:
		return LeftSuspended
	case all[Home]:
		return Home
	}
	return Uncovered
}

// Of the postings of an area those that sit there come first, and an
// organisation's desk is none of its seat's country, though it may cover that
// from the side.
func TestAreaPosts(t *testing.T) {
	w := newWorld()
	w.posting("a-side-se-police", "VN", "2020-01-01/").covers("TH")
	w.posting("bangkok-fi-police", "TH", "2020-01-01/").held("o-1", "2020-01-01/")
	w.posting("desk-dk-police", "org:interpol-singapore", "2020-01-01/").covers("TH SG")
	w.posting("singapore-fi-police", "SG", "2020-01-01/")
	w.posting("later-no-police", "TH", "2031-01-01/")
	areas := w.directory().Areas(Finland, Customs, day("2030-06-01"))
	var got []string
	for _, a := range areas {
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
