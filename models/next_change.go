package models

import "slices"

// nextChange finds the first day after that of q on which the list of answers
// differs, and says what happens then: who ends, who begins, and whether anybody
// is left. It is nil if there is none.
func (d *Directory) nextChange(q Question, in reach, now []representing) *NextChange {
	later := q
	for {
		borders := nextBorder{after: later.On}
		for i, p := range in.posts {
			d.borders(&borders, p, in.acting[i])
		}
		if later.On = borders.day; later.On == 0 {
			return nil
		}
		then := d.representing(later, in)
		if !slices.EqualFunc(now, then, func(a, b representing) bool { return a.same(&b) }) {
			return &NextChange{later.On, d.difference(q, later.On, now, then)}
		}
	}
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
func (d *Directory) difference(q Question, on Date, now, then []representing) (said []Message) {
	before, after := byAssignment(now), byAssignment(then)
	say := func(key string, a *representing) {
		said = append(said, Say(key, "officer", d.Officer(a.assignment.OfficerID), "posting", d.titled(a.post), "day", on, "before", on-1))
	}
	for i := range now {
		if after[now[i].assignment.ID] == nil {
			say("change.ends", &now[i])
		}
	}
	for i := range then {
		b := &then[i]
		a := before[b.assignment.ID]
		switch {
		case b.standsIn && (a == nil || a.forID() != b.forID()):
			say("change.stands_in", b)
		case a == nil:
			say("change.begins", b)
		case !a.absent && b.absent:
			say("change.absent", b)
		case a.absent && !b.absent:
			say("change.back", b)
		case a.standsIn && !b.standsIn:
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

func byAssignment(all []representing) map[int64]*representing {
	by := make(map[int64]*representing, len(all))
	for i := range all {
		by[all[i].assignment.ID] = &all[i]
	}
	return by
}
