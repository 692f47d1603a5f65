package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPostsAgainstTheOracle asks every posting of a random world about every
// day.
func TestPostsAgainstTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		for _, post := range o.directory().Posts() {
			p := o.post(post.Key)
			for d := o.window.First; d <= o.window.Last; d++ {
				compareStatus(t, o, post, p, d)
			}
			comparePeriods(t, o, post, p)
		}
	})
}

func compareStatus(t *rapid.T, o oracle, post *Post, p Posting, d Date) {
	if got, want := post.StatusOn(d), o.status(p, d); got != want {
		t.Errorf("%s on %s is %s, want %s", p.Key, d, got, want)
	}
	holders := o.holders(p, d)
	slices.SortFunc(holders, byStart)
	if got := post.HoldersOn(d); keys(got) != keys(holders) {
		t.Errorf("%s is held on %s by %q, want %q", p.Key, d, keys(got), keys(holders))
	}
	var countries []Country
	if o.open(p, d) && p.HostBody == "" {
		countries = append(countries, p.HostCountry)
	}
	for _, c := range o.coverages {
		if c.PostingID == p.ID && o.open(p, d) && in(d, c.Period) {
			countries = append(countries, c.Country)
		}
	}
	if got := post.CoversOn(d); !slices.Equal(got, countries) {
		t.Errorf("%s covers on %s %s, want %s", p.Key, d, got, countries)
	}
	for _, m := range Matters() {
		var states []State
		for _, s := range []State{"DK", "FI", "IS", "NO", "SE"} {
			if o.represents(p, s, m, d) {
				states = append(states, s)
			}
		}
		if got := post.StatesOn(m, d); !slices.Equal(got, states) {
			t.Errorf("%s represents on %s in %s %s, want %s", p.Key, d, m, got, states)
		}
	}
	if got, ok := post.SuspendedOn(d); ok != o.suspendedOn(p, d) || ok && !in(d, got.Period) {
		t.Errorf("%s is suspended on %s: %t, by %v", p.Key, d, ok, got)
	}
	compareNext(t, o, post, d)
}

func compareNext(t *rapid.T, o oracle, post *Post, d Date) {
	var want *Assignment
	for _, a := range o.assignments {
		days := o.held(a)
		if a.PostingID == post.ID && days.First > d && (want == nil || byStart(a, *want) < 0) {
			want = &a
		}
	}
	if got, ok := post.NextAfter(d); ok != (want != nil) || ok && got.ID != want.ID {
		t.Errorf("the next in %s after %s is %q, %t, want %v", post.Key, d, got.Key, ok, want)
	}
}

// comparePeriods compares what the posting says in periods with its days one
// by one.
func comparePeriods(t *rapid.T, o oracle, post *Post, p Posting) {
	compare := func(what string, got []Period, has func(Date) bool) {
		want := runs(o.window, has)
		for i := range want {
			want[i] = o.toTheEnd(want[i])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s %s in %v, want %v", p.Key, what, got, want)
		}
	}
	compare("is vacant", post.VacantDays(), func(d Date) bool { return o.status(p, d) == "vacant" })
	compare("is suspended", post.Suspended(), func(d Date) bool { return o.suspendedOn(p, d) })
	for _, name := range randomPlaces {
		compare("covers "+name, post.Accredited(at(name)), func(d Date) bool { return o.covers(p, at(name), d) })
	}
	for _, s := range States() {
		for _, m := range Matters() {
			compare("represents "+string(s)+" in "+string(m), post.Represented(s, m),
				func(d Date) bool { return o.represents(p, s, m, d) })
		}
	}
}
