package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// listedKeys returns the keys of the postings, officers and assignments that a
// filter finds, each list sorted. Pages, streams and counts must agree.
func listedKeys(t *testing.T, v Reading, f Filter) (postings, officers, assignments string) {
	t.Helper()
	ctx := context.Background()
	words := func(keys []string) string { slices.Sort(keys); return strings.Join(keys, " ") }
	var all [3][]string
	rows, _, err := v.Postings(ctx, f, Order{}, Page{Limit: 100})
	for _, row := range rows {
		all[0] = append(all[0], row.Key)
	}
	people, _, bad := v.Officers(ctx, f, Order{}, Page{Limit: 100})
	for _, row := range people {
		all[1] = append(all[1], cmp.Or(row.Key, "somebody")) // a masked officer has no key
	}
	held, _, worse := v.Assignments(ctx, f, Order{}, Page{Limit: 100})
	for _, row := range held {
		all[2] = append(all[2], row.Key)
	}
	if err != nil || bad != nil || worse != nil {
		t.Fatal(err, bad, worse)
	}
	for i, count := range []func(context.Context, Filter, int) (int, error){v.CountPostings, v.CountOfficers, v.CountAssignments} {
		if n, err := count(ctx, f, 100); err != nil || n != len(all[i]) {
			t.Errorf("%+v: counted are %d, listed %v, %v", f, n, all[i], err)
		}
	}
	return words(all[0]), words(all[1]), words(all[2])
}

func TestListsBySeatingAndArea(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addHall(t, s)
		x.bo.Masked = true
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.bo) })
		on := date("2023-01-01")
		for _, c := range []struct {
			rights                          string
			f                               Filter
			postings, officers, assignments string
		}{
			{"coordinator:all", Filter{Seating: models.Seat}, "seat", "o-anna o-bo o-carl", "a-bo"},
			{"coordinator:all", Filter{Seating: models.Desk}, "desk", "o-anna o-bo o-carl", "a-carl"},
			{"coordinator:all", Filter{Seating: models.Abroad}, "bangkok", "o-anna o-bo o-carl", "a-anna"},
			{"coordinator:all", Filter{Area: "narcotics"}, "bangkok seat", "o-anna o-bo", "a-anna a-bo"},
			{"coordinator:all", Filter{Area: "forensics"}, "bangkok", "o-anna", "a-anna"},
			{"coordinator:all", Filter{Area: "cybercrime"}, "", "o-anna", ""},
			{"coordinator:all", Filter{Area: "firearms"}, "", "o-bo", ""},
			{"coordinator:all", Filter{Area: "narcotics", Seating: models.Seat}, "seat", "o-anna o-bo", "a-bo"},
			{"coordinator:all", Filter{Host: models.Place{Body: "opc"}}, "seat", "o-bo", "a-bo"},
			{"coordinator:SE", Filter{Area: "firearms"}, "", "o-bo", ""},
			{"partner:SE", Filter{Area: "firearms"}, "", "", ""}, // a masked officer is not found by what he knows
			{"coordinator:FI", Filter{Area: "firearms"}, "", "", ""},
			{"", Filter{Area: "firearms"}, "", "", ""},
			{"coordinator:FI", Filter{Area: "cybercrime"}, "", "o-anna", ""},
			{"coordinator:all", Filter{Area: "narcotic"}, "", "", ""}, // half a word
			{"coordinator:all", Filter{Area: "%"}, "", "", ""},
		} {
			c.f.On = on
			p, o, a := listedKeys(t, s.As(models.ParseRights(c.rights).Scope()), c.f)
			if c.f.Seating != "" { // whoever holds what sits so
				o = c.officers
			}
			if p != c.postings || o != c.officers || a != c.assignments {
				t.Errorf("with %q %+v finds %q, %q and %q, want %q, %q and %q", c.rights, c.f, p, o, a, c.postings, c.officers, c.assignments)
			}
		}
	})
}

// Lists call agencies and bodies as they were called on their day, and searches
// find them by every name they had.
func TestListsNameWhatWasCalled(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		addHall(t, s)
		ctx, v := context.Background(), s.As(models.Everything)
		defer func(most int) { mostFew = most }(mostFew)
		for on, want := range map[string]string{"2009-01-01": "Rikspolisstyrelsen RPS, Steering Assembly", "2014-12-31": "Rikspolisstyrelsen RPS, Operative Committee",
			"2015-01-01": "Polismyndigheten , Operative Committee", "": "Polismyndigheten , Operative Committee"} {
			f := Filter{}
			if on != "" {
				f.On = date(on)
			}
			var got []string
			of := map[string]*models.Agency{}
			bodies := map[string]*models.Body{}
			tell := func(where string) {
				name := where + ": none"
				if a, b := of["bangkok"], bodies["seat"]; a != nil && b != nil {
					name = fmt.Sprint(a.Name, " ", a.Acronym, ", ", b.Name)
				}
				got = append(got, name)
				clear(of)
				clear(bodies)
			}
			rows, _, err := v.Postings(ctx, f, Order{}, Page{Limit: 100})
			for _, row := range rows {
				of[row.Key], bodies[row.Key] = row.Agency, row.Body
			}
			tell("page")
			for row, err := range v.EachPosting(ctx, f, Order{}) {
				if err != nil {
					t.Fatal(err)
				}
				of[row.Key], bodies[row.Key] = row.Agency, row.Body
			}
			tell("stream")
			held, _, bad := v.Assignments(ctx, f, Order{}, Page{Limit: 100})
			for _, row := range held {
				of[row.Posting.Key], bodies[row.Posting.Key] = row.Agency, row.Body
			}
			tell("page of assignments")
			for row, err := range v.EachAssignment(ctx, f, Order{}) {
				if err != nil {
					t.Fatal(err)
				}
				of[row.Posting.Key], bodies[row.Posting.Key] = row.Agency, row.Body
			}
			tell("stream of assignments")
			people, _, worse := v.Officers(ctx, f, Order{}, Page{Limit: 100})
			for _, row := range people {
				if row.Key == "o-anna" {
					got = append(got, row.Agency.Name+" "+row.Agency.Acronym+strings.TrimPrefix(want, strings.SplitN(want, ",", 2)[0]))
				}
			}
			if err != nil || bad != nil || worse != nil {
				t.Fatal(err, bad, worse)
			}
			for _, name := range got {
				if name != want {
					t.Errorf("on %s: %s, want %s", on, name, want)
				}
			}
			if len(got) != 5 {
				t.Errorf("on %s: %q", on, got)
			}
		}
		agencies, err := v.Agencies(ctx, date("2014-12-31"))
		if i := slices.IndexFunc(agencies, func(a models.Agency) bool { return a.Key == "se-police" }); err != nil || i < 0 || agencies[i].Name != "Rikspolisstyrelsen" {
			t.Errorf("agencies are %+v, %v", agencies, err)
		}
		for text, want := range map[string]string{"rikspolis": "bangkok, o-anna, a-anna", "rps": "bangkok, o-anna, a-anna", "polismynd": "bangkok, o-anna, a-anna",
			"steering": "seat, , a-bo", "operative comm": "seat, , a-bo", "opc": "seat, , a-bo", "europol": "desk, , a-carl", "baltic": ", , "} {
			p, o, a := listedKeys(t, v, Filter{Text: text, On: date("2023-01-01")})
			if got := p + ", " + o + ", " + a; got != want {
				t.Errorf("%q finds %s, want %s", text, got, want)
			}
		}
	})
}
