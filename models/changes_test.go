package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What changed between two days is what asking the main question on each day
// says.
func TestChangesAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		before := o.directory()
		after := before
		if draft, ps := Try(before, []Step{drawStep(t, o)}); len(ps) == 0 && drawBool(t, "known otherwise", 2) {
			after = draft.After
		}
		from := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "from"))
		to := Date(rapid.Int32Range(int32(from), int32(o.window.Last)).Draw(t, "to"))
		s := rapid.SampledFrom(States()).Draw(t, "state")
		c := ChangesFor(s, before, from, after, to)
		for _, name := range randomPlaces {
			for _, m := range Matters() {
				q := Question{State: s, Matter: m, Place: at(name)}
				answered := func(d *Directory, on Date) bool { q.On = on; return len(d.WhoRepresents(q).Answers) > 0 }
				had, has := answered(before, from), answered(after, to)
				between := false
				for day := from; day <= to; day++ {
					between = between || !answered(after, day)
				}
				for list, want := range map[string]bool{"lost": had && !has, "gained": !had && has, "interrupted": had && has && between} {
					changes := map[string][]PlaceChange{"lost": c.Lost, "gained": c.Gained, "interrupted": c.Interrupted}[list]
					if got := slices.ContainsFunc(changes, func(x PlaceChange) bool {
						return x.Matter.Includes(m) && slices.ContainsFunc(x.Places, func(n Named) bool { return n.Place == at(name) })
					}); got != want {
						t.Fatalf("%s, %s %s from %s to %s: %s is %v: %+v", s, name, m, from, to, list, got, c)
					}
				}
			}
		}
		checkAway(t, after, c)
		before, after = unbroken(before), unbroken(after)
		came, went := ids(c.Came), ids(c.Went)
		for _, a := range o.assignments {
			was, is := acts(before, s, a.ID, from), acts(after, s, a.ID, to)
			var later, earlier bool
			for day := from + 1; day <= to; day++ {
				later = later || acts(after, s, a.ID, day)
				earlier = earlier || acts(after, s, a.ID, day-1)
			}
			if want := later && !was; came[a.ID] != want {
				t.Fatalf("%s came: %v, want %v, from %s to %s", a.Key, came[a.ID], want, from, to)
			}
			if want := (was || earlier) && !is; went[a.ID] != want {
				t.Fatalf("%s went: %v, want %v, from %s to %s", a.Key, went[a.ID], want, from, to)
			}
		}
	})
}

// unbroken returns the directory as if nobody were ever away, and so nobody stood
// in for anybody.
func unbroken(d *Directory) *Directory {
	posts := map[int64]*Post{}
	for _, p := range d.Posts() {
		post := *p
		post.Assignments = slices.Clone(p.Assignments)
		for i := range post.Assignments {
			post.Assignments[i].Absences = nil
		}
		posts[p.ID] = &post
	}
	return d.With(Delta{Posts: posts})
}

// checkAway wants those absences, with their stand-ins, on a day of which between
// the two somebody answers for the state and is away.
func checkAway(t *rapid.T, d *Directory, c Changes) {
	plain := unbroken(d)
	for _, p := range d.Posts() {
		for _, a := range p.Assignments {
			for _, x := range a.Absences {
				want := false
				for day := c.From; day <= c.To && !want; day++ {
					want = in(day, x.Period) && acts(plain, c.State, a.ID, day)
				}
				i := slices.IndexFunc(c.Away, func(y TermChange) bool { return y.Assignment.ID == a.ID && y.Days == x.And(p.Term(a)) })
				if want != (i >= 0) || want && c.Away[i].StandIn.ID != d.StandIn(p, x.StandInID).OfficerID {
					t.Fatalf("%s is away on %v, which is told: %v, from %s to %s: %+v", a.Key, x.Period, i >= 0, c.From, c.To, c.Away)
				}
			}
		}
	}
}

func ids(terms []TermChange) map[int64]bool {
	m := map[int64]bool{}
	for _, t := range terms {
		m[t.Assignment.ID] = true
	}
	return m
}

// acts reports whether an assignment answers for a state anywhere on a day.
func acts(d *Directory, s State, id int64, on Date) bool {
	for _, name := range randomPlaces {
		for _, m := range Matters() {
			for _, a := range d.WhoRepresents(Question{s, m, at(name), on}).Answers {
				if a.Assignment.ID == id {
					return true
				}
			}
		}
	}
	return false
}

// What is alike is said once.
func TestChangesAreGathered(t *testing.T) {
	w, _ := bangkok()
	w.posting("manila-no-police", "PH", "2015-01-01/").held("nils", "2020-01-01/2026-06-30").held("nina", "2026-07-15/")
	c := ChangesFor(Iceland, w.directory(), day("2026-06-01"), w.directory(), day("2028-10-01"))
	if len(c.Lost) != 1 || c.Lost[0].Matter != Both || len(c.Lost[0].Places) != 3 || c.Lost[0].Days.First != day("2028-09-01") {
		t.Errorf("lost %+v", c.Lost)
	}
	if len(c.Interrupted) != 1 || c.Interrupted[0].Days != (Period{day("2026-07-01"), day("2026-07-14")}) {
		t.Errorf("interrupted %+v", c.Interrupted)
	}
	if len(c.Came) != 1 || c.Came[0].Officer.Key != "nina" || len(c.Went) != 2 || len(c.Gained) != 0 {
		t.Errorf("came %+v, went %+v", c.Came, c.Went)
	}
}

// Who was recalled went on the day that is known now, and what nobody is known
// to have answered for is lost from the day that is compared, not from the
// beginning of the calendar.
func TestChangesFromWhatWasKnown(t *testing.T) {
	w, step := bangkok()
	before := w.directory()
	anna := w.assignments[0]
	recalled, _ := Try(before, []Step{{Act: End, Assignment: anna.ID, Last: day("2026-05-01")}})
	c := ChangesFor(Sweden, before, day("2026-03-01"), recalled.After, day("2026-09-01"))
	if len(c.Went) != 1 || c.Went[0].Days.Last != day("2026-05-01") {
		t.Errorf("went %+v", c.Went)
	}
	// It may turn out later that the officer had left before the first of the days.
	ended, _ := Try(before, []Step{{Act: End, Assignment: anna.ID, Last: day("2026-02-01")}})
	c = ChangesFor(Sweden, before, day("2026-03-01"), ended.After, day("2026-09-01"))
	if len(c.Went) != 1 || c.Went[0].Days.Last != day("2026-02-01") {
		t.Errorf("went %+v", c.Went)
	}
	withdrawn, _ := Try(before, []Step{{Act: Withdraw, Assignment: anna.ID}, step("unrepresent posting bangkok-dk-police state FI matter police first_day 2026-01-01")})
	c = ChangesFor(Finland, before, day("2026-03-01"), withdrawn.After, day("2026-09-01"))
	for _, l := range c.Lost {
		if l.Days.First != day("2026-03-01") {
			t.Errorf("lost %+v", l)
		}
	}
	if len(c.Lost) == 0 {
		t.Error("nothing is lost")
	}
}

// Of a hand-over that is refused nothing is done.
func TestARefusedHandOverDoesNothing(t *testing.T) {
	w, _ := bangkok()
	draft, problems := Try(w.directory(), []Step{{Act: HandOver, Assignment: w.assignments[0].ID, Last: day("2026-01-31"), Officer: 999999, First: day("2026-02-01")}})
	if len(problems) == 0 || len(draft.Writes) != 0 || draft.Before != draft.After {
		t.Errorf("%v leaves %+v", problems, draft.Writes)
	}
}
