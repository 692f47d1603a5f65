package db

import (
	"context"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

func find(t testing.TB, v Reading, text string, nouns ...string) (found []Found, near bool) {
	t.Helper()
	found, near, err := v.Find(context.Background(), text, nouns, date("2026-11-23"), 8)
	if err != nil {
		t.Fatal(err)
	}
	return found, near
}

func TestFind(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		all := s.As(models.Everything)
		posting := Found{Noun: "posting", ID: x.posting.ID}
		for _, c := range []struct {
			text string
			want Found
			near bool
		}{
			{"bangkok", Found{Noun: FindCity, Country: "TH", City: "Bangkok"}, false},
			{"thaimaa police", posting, false}, // in Finnish
			{"bang SE", posting, false},
			{"Thailnad", Found{Noun: FindCountry, Country: "TH"}, true},
			{"vienam", Found{Noun: FindCountry, Country: "VN"}, true},
			{"europ", Found{Noun: "body"}, false},
			{x.officer.Name, posting, false},
			{x.posting.Key, posting, false},
		} {
			found, near := find(t, all, c.text)
			is := func(f Found) bool {
				return f == c.want || c.want.Noun == "body" && f.Noun == "body"
			}
			if near != c.near || !slices.ContainsFunc(found, is) {
				t.Errorf("%q finds %+v, misspelt %v; want %+v", c.text, found, near, c.want)
			}
		}
		if found, _ := find(t, all, x.officer.Name, "officer"); len(found) != 1 || found[0].ID != x.officer.ID {
			t.Errorf("among officers %q finds %+v", x.officer.Name, found)
		}
		for _, text := range []string{"", " ", "zzzzzz", "x", strings.Repeat("a", 1000), "\x00\xff"} {
			if found, _ := find(t, all, text); text != "x" && len(found) > 0 {
				t.Errorf("%q finds %+v", text, found)
			}
		}
	})
}

// What is found is what looking at each thing finds, with the whole words first.
func TestFindIsLookingAtEachThing(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		r := seeded(t)
		addWorld(t, s, r, 20, 12, 30)
		all := s.As(models.Everything)
		f := newFinder(directoryOf(t, all), date("2015-01-01"))
		for range 300 {
			words := []string{pick(r, f.words), pick(r, f.words)}[:1+r.IntN(2)]
			for i, w := range words {
				words[i] = w[:1+r.IntN(len(w))]
			}
			want := map[Found]bool{}
			for _, one := range f.all {
				matches := true
				for _, w := range words {
					matches = matches && slices.ContainsFunc(one.words, func(at int32) bool { return strings.HasPrefix(f.words[at], w) })
				}
				if matches {
					want[one.Found] = true
				}
			}
			found := f.find(words, nil, len(f.all))
			for _, one := range found {
				if !want[one] {
					t.Fatalf("%q finds %+v", words, one)
				}
			}
			if len(found) != len(want) {
				t.Fatalf("%q finds %d things, not %d", words, len(found), len(want))
			}
			if few := f.find(words, nil, 3); !slices.Equal(few, found[:min(3, len(found))]) {
				t.Fatalf("%q finds first %+v, not %+v", words, few, found)
			}
		}
	})
}

// Nobody finds what he or she may not see: a masked name, or who holds a restricted
// posting.
func TestFindKeepsBack(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		x.officer.Masked, x.officer.Name = true, "Hemlig Kanarie"
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		if found, _ := find(t, s.As(models.Everything), "kanarie"); len(found) == 0 {
			t.Error("nobody finds the officer")
		}
		for _, text := range []string{"kanarie", "hemlig", "kanare"} {
			if found, _ := find(t, s.As(models.Scope{}), text); len(found) > 0 {
				t.Errorf("%q finds %+v", text, found)
			}
		}
	})
}
