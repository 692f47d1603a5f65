package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What a draft takes and gives is what counting day by day says, and the
// directory before is what it was.
func TestEffectsAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		untried := d.Matrix(o.window.First+30, 9)
		var steps []Step
		for range rapid.IntRange(1, 3).Draw(t, "steps") {
			steps = append(steps, drawStep(t, o))
		}
		draft, problems := Try(d, steps)
		if len(problems) > 0 {
			return
		}
		for _, p := range draft.After.Posts() { // what was kept wrong may be wrong still
			if ps := whole(draft.After, p); len(ps) > 0 && len(whole(d, d.Post(p.ID))) == 0 {
				t.Fatalf("%v leaves %s, which is refused: %v", steps, p.Key, ps)
			}
		}
		effects := draft.Effects()
		today := o.window.First + Date(rapid.IntRange(0, 60).Draw(t, "today"))
		appear, disappear := draft.Findings(today, DefaultLimits)
		all, others := draft.After.Findings(today, DefaultLimits), d.Findings(today, DefaultLimits)
		if !slices.Equal(names(appear), names(notIn(all, others))) || !slices.Equal(names(disappear), names(notIn(others, all))) {
			t.Fatalf("%v: findings come %v and go %v, of all that there are now %v and were %v", steps, names(appear), names(disappear), names(all), names(others))
		}
		for _, name := range randomPlaces {
			for _, s := range States() {
				for _, m := range Matters() {
					i := slices.IndexFunc(effects, func(e Effect) bool { return e.Place == at(name) && e.State == s && e.Matter == m })
					var e Effect
					if i >= 0 {
						e = effects[i]
					}
					checkEffect(t, draft, Question{State: s, Matter: m, Place: at(name)}, e, o.window)
				}
			}
		}
		if !slices.Equal(untried.Rows, d.Matrix(o.window.First+30, 9).Rows) {
			t.Fatal("trying has changed the directory")
		}
	})
}

// whole returns what the rules have against a posting and its assignments.
func whole(d *Directory, p *Post) Problems {
	ps := CheckPosting(p.Posting, d.Sending(p), d.host(p.Posting), p.Assignments)
	for _, a := range p.Assignments {
		ps = append(ps, CheckAssignment(a, p.Life(), p.Assignments)...)
		for _, problem := range CheckAbsences(a, p.Seating(), d.standInFor) {
			if problem.Field != "absences.stand_in" { // whose own days may have changed since
				ps = append(ps, problem)
			}
		}
	}
	return ps
}

func names(findings []Finding) (all []string) {
	for _, f := range findings {
		all = append(all, f.Name())
	}
	return all
}

func checkEffect(t *rapid.T, draft Draft, q Question, e Effect, window Period) {
	has := func(days []Period) bool {
		return slices.ContainsFunc(days, func(p Period) bool { return p.Has(q.On) })
	}
	for q.On = window.First; q.On <= window.Last; q.On++ {
		was, is := draft.Before.WhoRepresents(q).Answers, draft.After.WhoRepresents(q).Answers
		before, after := len(was) > 0, len(is) > 0
		if has(e.Lost) != (before && !after) || has(e.Gained) != (after && !before) {
			t.Fatalf("%+v: answered before %v, after %v, but the effect is %+v", q, before, after, e)
		}
		had, now := present(was), present(is)
		if has(e.Away) != (before && after && had > 0 && now == 0) || has(e.Back) != (before && after && had == 0 && now > 0) {
			t.Fatalf("%+v: %d present before, %d after, but the effect is %+v", q, had, now, e)
		}
		if on(e.Fewer, q.On, had, now) != (now > 0 && now < had) || on(e.More, q.On, had, now) != (had > 0 && had < now) {
			t.Fatalf("%+v: %d present before, %d after, but the effect is %+v", q, had, now, e)
		}
	}
}

// present counts the answers of those who can be turned to.
func present(all []Answer) (n int) {
	for _, a := range all {
		if !a.Absent {
			n++
		}
	}
	return n
}

// on reports whether a run of days has a day, with the numbers given.
func on(runs []Recount, day Date, before, after int) bool {
	return slices.ContainsFunc(runs, func(r Recount) bool { return r.Has(day) && r.Before == before && r.After == after })
}

// What a state loses and gains, put together for people, is all that is lost
// and gained and nothing else, place by place and matter by matter.
func TestEffectsByState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		var steps []Step
		for range rapid.IntRange(1, 3).Draw(t, "steps") {
			steps = append(steps, drawStep(t, o))
		}
		draft, problems := Try(o.directory(), steps)
		if len(problems) > 0 {
			t.Skip()
		}
		type loss struct {
			Question
			how  string
			days Recount
		}
		count := map[loss]int{}
		for _, e := range draft.Effects() {
			q := Question{State: e.State, Matter: e.Matter, Place: e.Place}
			for how, all := range map[string][]Period{"lost": e.Lost, "gained": e.Gained, "away": e.Away, "back": e.Back} {
				for _, p := range all {
					count[loss{q, how, Recount{Period: p}}]++
				}
			}
			for how, all := range map[string][]Recount{"fewer": e.Fewer, "more": e.More} {
				for _, r := range all {
					count[loss{q, how, r}]++
				}
			}
		}
		told := draft.EffectsByState(draft.Effects())
		take := func(s State, how string, changes []PlaceChange) {
			for _, c := range changes {
				for _, at := range c.Places {
					for _, m := range Matters() {
						if c.Matter.Includes(m) {
							count[loss{Question{State: s, Matter: m, Place: at.Place}, how, Recount{c.Days, c.Before, c.After}}]--
						}
					}
				}
			}
		}
		for i, e := range told {
			if len(e.Lost)+len(e.Gained)+len(e.Away)+len(e.Back)+len(e.Fewer)+len(e.More) == 0 || slices.ContainsFunc(told[:i], func(f StateEffect) bool { return f.State == e.State }) {
				t.Fatalf("%s is told twice, or of nothing", e.State)
			}
			take(e.State, "lost", e.Lost)
			take(e.State, "gained", e.Gained)
			take(e.State, "away", e.Away)
			take(e.State, "back", e.Back)
			take(e.State, "fewer", e.Fewer)
			take(e.State, "more", e.More)
		}
		for l, n := range count {
			if n != 0 {
				t.Fatalf("%+v is told %d times too few", l, n)
			}
		}
	})
}
