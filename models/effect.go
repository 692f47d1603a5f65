package models

import "slices"

// An Effect is what a change takes from a state in one matter at a place, or
// gives to it: days on which somebody answers in one of two directories, and
// nobody does in the other. Away and Back are days on which somebody answers in
// both, but can be turned to in one of them only. On days of Fewer and More
// somebody can be turned to in both, and how many differs.
type Effect struct {
	Place        Place
	State        State
	Matter       Matter
	Lost, Gained []Period
	Away, Back   []Period
	Fewer, More  []Recount
}

// AnsweredDays returns the days on which somebody represents the state of a
// question in its matter at its place, ignoring its day, as the fewest possible
// periods in date order.
func (d *Directory) AnsweredDays(q Question) []Period {
	var days []Period
	for _, p := range d.places[q.Place] {
		for _, turn := range turns(p.Assignments, d.acting(q, p)) {
			days = append(days, turn)
		}
	}
	return Union(days)
}

// present returns the days on which each assignment answers a question, ignoring
// its day, and its officer can be turned to: as the holder's own, or as a
// stand-in's. By assignment, as the fewest possible periods in date order.
func (d *Directory) present(q Question) map[int64][]Period {
	by := map[int64][]Period{}
	for _, p := range d.places[q.Place] {
		for a, turn := range turns(p.Assignments, d.acting(q, p)) {
			by[a.ID] = append(by[a.ID], turn.Without(p.Absent(*a))...)
			for _, id := range standInsOf(*a) {
				by[id] = append(by[id], sharing(d.counting(p, *a, id), turn)...)
			}
		}
	}
	for id, days := range by {
		by[id] = Union(days)
	}
	return by
}

// anyOf returns the days of all together.
func anyOf(by map[int64][]Period) (days []Period) {
	for _, own := range by {
		days = append(days, own...)
	}
	return Union(days)
}

// Effects returns what the draft takes from states and gives to them, in the
// order of Places, then by state and matter.
func (d Draft) Effects() []Effect {
	var effects []Effect
	for _, at := range d.Places() {
		for _, s := range States() {
			for _, m := range Matters() {
				q := Question{State: s, Matter: m, Place: at}
				before, after := d.Before.AnsweredDays(q), d.After.AnsweredDays(q)
				e := Effect{Place: at, State: s, Matter: m, Lost: daysWithout(before, after), Gained: daysWithout(after, before)}
				was, is := d.Before.present(q), d.After.present(q)
				e.Fewer, e.More = recounted(was, is)
				if len(d.Before.away)+len(d.After.away) > 0 {
					e.Away = daysWithout(daysWithout(anyOf(was), anyOf(is)), e.Lost)
					e.Back = daysWithout(daysWithout(anyOf(is), anyOf(was)), e.Gained)
				}
				if len(e.Lost)+len(e.Gained)+len(e.Away)+len(e.Back)+len(e.Fewer)+len(e.More) > 0 {
					effects = append(effects, e)
				}
			}
		}
	}
	return effects
}

// A StateEffect is all that a change takes from a state and gives to it. What
// is the same in both matters, or at several places, is merged; the earliest
// comes first. A place is lost on days when nobody answers there any more.
type StateEffect struct {
	State        State
	Lost, Gained []PlaceChange
	Away, Back   []PlaceChange
	Fewer, More  []PlaceChange
}

// EffectsByState groups effects of the draft by state, in the order of States.
// States without any are left out.
func (d Draft) EffectsByState(effects []Effect) (all []StateEffect) {
	for _, s := range States() {
		by := StateEffect{State: s}
		add := func(to *[]PlaceChange, e Effect, periods []Period) {
			for _, days := range periods {
				*to = append(*to, PlaceChange{Places: []Named{d.After.Name(e.Place)}, Matter: e.Matter, Days: days})
			}
		}
		recount := func(to *[]PlaceChange, e Effect, runs []Recount) {
			for _, r := range runs {
				*to = append(*to, PlaceChange{Places: []Named{d.After.Name(e.Place)}, Matter: e.Matter, Days: r.Period, Before: r.Before, After: r.After})
			}
		}
		for _, e := range effects {
			if e.State == s {
				add(&by.Lost, e, e.Lost)
				add(&by.Gained, e, e.Gained)
				add(&by.Away, e, e.Away)
				add(&by.Back, e, e.Back)
				recount(&by.Fewer, e, e.Fewer)
				recount(&by.More, e, e.More)
			}
		}
		some := false
		for _, list := range []*[]PlaceChange{&by.Lost, &by.Gained, &by.Away, &by.Back, &by.Fewer, &by.More} {
			*list = merged(*list)
			some = some || len(*list) > 0
		}
		if some {
			all = append(all, by)
		}
	}
	return all
}

// daysWithout returns the days of a that are not in b.
func daysWithout(a, b []Period) (rest []Period) {
	for _, p := range a {
		rest = append(rest, p.Without(b)...)
	}
	return rest
}

// Places returns the places that the changed postings cover, before or after,
// and those that postings cover whose absent holders have a stand-in at a changed
// one, in the order of Directory.Places.
func (d Draft) Places() []Place {
	var places []Place
	posts := d.Posts()
	for _, dir := range []*Directory{d.Before, d.After} {
		for id, p := range dir.away {
			for _, a := range p.Assignments {
				for _, by := range standInsOf(a) {
					if post := dir.standIns()[by].Post; post != nil && slices.Contains(posts, post.ID) {
						posts = append(posts, id)
					}
				}
			}
		}
	}
	slices.Sort(posts)
	for _, id := range slices.Compact(posts) {
		places = append(places, slices.Concat(d.Before.Post(id).everCovers(), d.After.Post(id).everCovers())...)
	}
	slices.SortFunc(places, comparePlaces)
	return slices.Compact(places)
}
