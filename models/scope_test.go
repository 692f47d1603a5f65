package models

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A secret is a value that only some may see.
type secret struct {
	text string
	seen func(Rights) bool
}

// drawSecrets masks and restricts some of a world, writes a value that occurs
// nowhere else into everything that may tell who somebody is, and returns these
// values.
func drawSecrets(t *rapid.T, o oracle) (secrets []secret) {
	n := 0
	put := func(at *string, seen func(Rights) bool) {
		n++
		*at = fmt.Sprintf("%s-canary-%d-", *at, n)
		secrets = append(secrets, secret{*at, seen})
	}
	everybody := func(Rights) bool { return true }
	of := map[int64]func(Rights) bool{}
	for i := range o.officers {
		x := &o.officers[i]
		x.Masked = drawBool(t, "masked", 2)
		of[x.ID] = everybody
		if own := o.agencyWith(x.AgencyID).Country; x.Masked {
			of[x.ID] = func(r Rights) bool { return r.Has(Coordinator, own) }
		}
		for _, at := range []*string{&x.Key, &x.Name, &x.Rank, &x.Email, &x.Phone, &x.Languages, &x.Note} {
			put(at, of[x.ID])
		}
	}
	holders := map[int64]func(Rights) bool{}
	for i := range o.postings {
		p := &o.postings[i]
		p.Restricted = drawBool(t, "restricted", 2)
		holders[p.ID] = everybody
		if sending := o.agencyOf(*p).Country; p.Restricted {
			holders[p.ID] = func(r Rights) bool { return r.Has(Coordinator, sending) || slices.Contains(r, Grant{Partner, sending}) }
		}
		put(&p.Note, holders[p.ID])
	}
	for i := range o.assignments {
		a := &o.assignments[i]
		both := func(r Rights) bool { return holders[a.PostingID](r) && of[a.OfficerID](r) }
		put(&a.Key, holders[a.PostingID])
		put(&a.Note, both)
		put(&a.EndReason, both)
	}
	return secrets
}

func drawRights(t *rapid.T) Rights {
	return rapid.SliceOfN(rapid.SampledFrom(allGrants()), 0, 5).Draw(t, "rights")
}

// TestSeenHidesAndNothingElse looks at random directories with random rights.
// What is to be hidden must occur nowhere in the directory, be it in an index of
// its own, nor in anything that it is asked; all else must.
func TestSeenHidesAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		secrets := drawSecrets(t, o)
		d := o.directory()
		before := textsIn(d) + described(d)
		for range 3 {
			r := drawRights(t)
			seen := d.Seen(r.Scope())
			lists := textsIn(seen, seen.Officers(), seen.Posts())
			asked := askedOf(t, o, d, seen)
			for _, s := range secrets {
				there := strings.Contains(lists, s.text)
				if there != s.seen(r) {
					t.Fatalf("with %q, %q is there: %t", r, s.text, there)
				}
				if !s.seen(r) && strings.Contains(asked, s.text) {
					t.Fatalf("with %q, an answer tells %q", r, s.text)
				}
			}
			checkHolders(t, o, r, seen)
		}
		if d.Seen(Everything) != d {
			t.Fatal("with everything seen, another directory")
		}
		if textsIn(d)+described(d) != before {
			t.Fatal("the directory itself has changed")
		}
	})
}

// askedOf puts questions to a directory as it is seen and as it is, on some
// days, wants as many answers of both, by the same assignments, and returns all
// that those of the seen one tell.
func askedOf(t *rapid.T, o oracle, whole, seen *Directory) string {
	var told []any
	for range 3 {
		on := o.window.First + Date(rapid.IntRange(0, 80).Draw(t, "on"))
		for _, place := range []string{"TH", "VN", "org:europol"} {
			for _, s := range States() {
				for _, m := range Matters() {
					q := Question{s, m, at(place), on}
					got, want := seen.WhoRepresents(q), whole.WhoRepresents(q)
					if !slices.Equal(answering(got), answering(want)) || len(got.WhyNot) != len(want.WhyNot) {
						t.Fatalf("of %+v, %v answer, and %v when nothing is hidden", q, answering(got), answering(want))
					}
					told = append(told, got)
				}
			}
		}
		told = append(told, seen.Findings(on, DefaultLimits))
	}
	for _, x := range o.officers {
		told = append(told, seen.Officer(x.ID), seen.Served(x.ID))
	}
	return textsIn(told...)
}

// answering returns who answers, by the ID of the assignment.
func answering(r Reply) (ids []int64) {
	for _, a := range r.Answers {
		ids = append(ids, a.Assignment.ID)
	}
	slices.Sort(ids)
	return ids
}

// checkHolders wants a restricted posting whose holders are not seen to be held
// by officers of whom nothing is known, each but once, and any other by those
// who hold it.
func checkHolders(t *rapid.T, o oracle, r Rights, seen *Directory) {
	standing := map[int64]bool{}
	for _, a := range o.assignments {
		p := o.postOf(a)
		sending := o.agencyOf(p).Country
		hidden := p.Restricted && !r.Has(Coordinator, sending) && !slices.Contains(r, Grant{Partner, sending})
		held := seen.Post(p.ID).Assignments
		i := slices.IndexFunc(held, func(x Assignment) bool { return x.ID == a.ID })
		if i < 0 {
			t.Fatalf("assignment %s is not there", a.Key)
		}
		if held[i].Period != a.Period || held[i].PlannedLast != a.PlannedLast {
			t.Fatalf("assignment %s has other days: %+v", a.Key, held[i])
		}
		other := held[i].OfficerID
		if !hidden && other != a.OfficerID {
			t.Fatalf("assignment %s is held by %d instead of %d", a.Key, other, a.OfficerID)
		}
		if hidden && (other >= 0 || standing[other] || !seen.Officer(other).Hidden() || seen.Officer(other).AgencyID != p.AgencyID) {
			t.Fatalf("assignment %s is held by %+v", a.Key, seen.Officer(other))
		}
		standing[other] = true
		if served := seen.Served(a.OfficerID); hidden == slices.ContainsFunc(served, func(x Assignment) bool { return x.ID == a.ID }) {
			t.Fatalf("of assignment %s, its officer serves it: %t", a.Key, !hidden)
		}
	}
}

// textsIn returns all texts that can be reached from values, those of fields
// that are not exported too.
func textsIn(values ...any) string {
	var b strings.Builder
	passed := map[any]bool{}
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			b.WriteString(v.String() + "\n")
		case reflect.Pointer:
			if v.IsNil() || passed[v.Pointer()] {
				return
			}
			passed[v.Pointer()] = true
			walk(v.Elem())
		case reflect.Interface:
			walk(v.Elem())
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			for _, key := range keys {
				walk(key)
				walk(v.MapIndex(key))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		}
	}
	for _, v := range values {
		walk(reflect.ValueOf(v))
	}
	return b.String()
}
