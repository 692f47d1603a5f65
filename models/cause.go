package models

import "slices"

// A Cause is why somebody begins or ceases to answer at places: a posting that
// answers on one of two days and not on the other, and what is otherwise then.
type Cause struct {
	Posting Titled
	// Gone says that the posting is in the earlier directory only.
	Gone   bool
	Places []Named
	Matter Matter
	// Why is what keeps the posting from answering on the day on which it does not;
	// it is empty for a posting that is gone.
	Why    Why
	Reason []Message
}

// answering returns the postings that answer q, by key.
func (d *Directory) answering(q Question) (posts []*Post) {
	for _, p := range d.Covering(q.Place) {
		if p.heldIn(d.acting(q, p), q.On) {
			posts = append(posts, p)
		}
	}
	return posts
}

// whyLost returns why nobody answers q, as somebody did in an earlier directory on
// the day was: the postings that did, each with its first reason not to on the day
// of q.
func (d *Directory) whyLost(q Question, earlier *Directory, was Date) (causes []Cause) {
	had := q
	had.On = was
	for _, p := range earlier.answering(had) {
		c := Cause{Places: []Named{d.Name(q.Place)}, Matter: q.Matter}
		switch now := d.posts.get(p.ID); {
		case now == nil:
			c.Posting, c.Gone, c.Reason = earlier.titled(p), true, []Message{Say("cause.gone")}
		case !slices.Contains(d.Covering(q.Place), now):
			c.Posting, c.Why, c.Reason = d.titled(now), NoLongerCovered, []Message{Say("cause.not_covered")}
		default:
			not := d.whyNot(q, now, d.acting(q, now))
			c.Posting, c.Why, c.Reason = d.titled(now), not.Why, not.Reason
		}
		causes = append(causes, c)
	}
	return causes
}

// whyGained returns why somebody answers q, as nobody did on the day before: the
// postings that answer, each with what kept it from that until then.
func (d *Directory) whyGained(q Question) (causes []Cause) {
	eve := q
	eve.On--
	for _, p := range d.answering(q) {
		c := Cause{Posting: d.titled(p), Places: []Named{d.Name(q.Place)}, Matter: q.Matter, Why: d.why(eve, p)}
		switch c.Why {
		case NotOpen:
			c.Reason = []Message{Say("whynot.opens", "day", q.On)}
		case NotYetCovered:
			c.Reason = []Message{Say("whynot.not_yet_covered", "day", q.On)}
		case NotRepresented:
			c.Reason = []Message{Say("cause.represents", "day", q.On, "state", q.State, "matter", q.Matter)}
		case WhySuspended:
			c.Reason = []Message{Say("cause.suspension_ended", "day", eve.On)}
		default:
			for a := range turnsOn(p.Assignments, d.acting(q, p), q.On) {
				c.Reason = append(c.Reason, Say("cause.held", "day", q.On, "officer", d.Officer(a.OfficerID)))
			}
		}
		causes = append(causes, c)
	}
	return causes
}

// gathered joins causes that are the same in both matters, and then at several
// places.
func gathered(causes []Cause) []Cause {
	both := gather(causes, func(a, b Cause) bool {
		return a.Places[0].Place == b.Places[0].Place && a.Matter != b.Matter && a.alike(b)
	}, func(c *Cause, _ Cause) { c.in(Both) })
	return gather(both, func(a, b Cause) bool { return a.Matter == b.Matter && a.alike(b) },
		func(c *Cause, other Cause) { c.Places = append(c.Places, other.Places...) })
}

// in makes the cause one of another matter, wherever its reason names it.
func (c *Cause) in(m Matter) {
	c.Matter = m
	for _, said := range c.Reason {
		for i := range said.Args {
			if _, names := said.Args[i].(Matter); names {
				said.Args[i] = m
			}
		}
	}
}

// alike reports whether two causes differ in place and matter only.
func (c Cause) alike(o Cause) bool {
	return c.Posting.ID == o.Posting.ID && c.Why == o.Why && slices.EqualFunc(c.Reason, o.Reason, Message.sameDays)
}

// sameDays reports whether two messages say the same thing of the same days.
func (m Message) sameDays(o Message) bool {
	return m.Key == o.Key && slices.EqualFunc(m.Args, o.Args, func(a, b any) bool {
		x, isDay := a.(Date)
		y, _ := b.(Date)
		return !isDay || x == y
	})
}

// gather joins each entry of a list to the first of those before that it is alike
// to, if there is one.
func gather[T any](list []T, alike func(a, b T) bool, join func(into *T, other T)) (all []T) {
	for _, c := range list {
		if i := slices.IndexFunc(all, func(b T) bool { return alike(b, c) }); i >= 0 {
			join(&all[i], c)
		} else {
			all = append(all, c)
		}
	}
	return all
}
