package models

import "slices"

// nextChange finds the first day after that of q on which the list of answers
// differs, and says what happens then: who ends, who begins, and whether anybody
// is left. It is nil if there is none.
func (d *Directory) nextChange(q Question, now []Answer) *NextChange {
	posts := d.Covering(q.Place)
	acting := make([][]Period, len(posts))
	for i, p := range posts {
		acting[i] = d.acting(q, p)
	}
	later := q
	for {
		borders := nextBorder{after: later.On}
		for i, p := range posts {
			d.borders(&borders, p, acting[i])
		}
		if later.On = borders.day; later.On == 0 {
			return nil
		}
		if then := d.answers(later); !slices.EqualFunc(now, then, Answer.same) {
			return &NextChange{later.On, d.difference(q, later.On, now, then)}
		}
	}
}

// same reports whether two answers of lists are one and the same.
func (a Answer) same(b Answer) bool {
	return a.Assignment.ID == b.Assignment.ID && a.Post.ID == b.Post.ID && a.Absent == b.Absent && a.For.Assignment.ID == b.For.Assignment.ID
}

// A nextBorder is the first day after another on which something begins or has just
// ended, 0 if none is known.
type nextBorder struct{ after, day Date }

func (n *nextBorder) offer(p Period) {
	if p.Days() == 0 {
		return
	}
	for _, d := range [2]Date{p.First, p.Last + 1} {
		if d > n.after && d <= Forever && (n.day == 0 || d < n.day) {
			n.day = d
		}
	}
}

// borders offers the days on which the answers of a posting may change, given the
// days on which it acts.
func (d *Directory) borders(n *nextBorder, p *Post, acting []Period) {
	for a, days := range turns(p.Assignments, acting) {
		n.offer(days)
		for _, away := range p.Absent(*a) {
			n.offer(away.And(days))
		}
		for _, id := range standInsOf(*a) {
			for _, run := range d.counting(p, *a, id) {
				n.offer(run.And(days))
			}
		}
	}
}

// difference says how the answers differ from those of a later day.
func (d *Directory) difference(q Question, on Date, now, then []Answer) (said []Message) {
	find := func(in []Answer, a Answer) (Answer, bool) {
		i := slices.IndexFunc(in, func(b Answer) bool { return a.Assignment.ID == b.Assignment.ID })
		if i < 0 {
			return Answer{}, false
		}
		return in[i], true
	}
	say := func(key string, a Answer) {
		said = append(said, Say(key, "officer", d.Officer(a.Assignment.OfficerID), "posting", d.titled(a.Post), "day", on, "before", on-1))
	}
	for _, a := range now {
		if _, stays := find(then, a); !stays {
			say("change.ends", a)
		}
	}
	for _, b := range then {
		a, was := find(now, b)
		switch {
		case b.StandsIn && a.For.Assignment.ID != b.For.Assignment.ID:
			say("change.stands_in", b)
		case !was:
			say("change.begins", b)
		case !a.Absent && b.Absent:
			say("change.absent", b)
		case a.Absent && !b.Absent:
			say("change.back", b)
		case a.StandsIn && !b.StandsIn:
			say("change.stood_in", a)
		}
	}
	if len(then) == 0 {
		said = append(said, Say("change.nobody", "state", q.State, "matter", q.Matter, "place", d.Name(q.Place)))
	}
	if len(said) == 0 { // the same people, in another order
		said = append(said, Say("change.order", "day", on))
	}
	return said
}
