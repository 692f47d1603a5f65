package models

// CheckBody returns what is wrong with a body by itself.
func CheckBody(b Body) Problems {
	var ps Problems
	switch {
	case b.Key == "":
		ps.add("key", "problem.required")
	case !b.Key.Valid():
		ps.add("key", "problem.body_key", "value", string(b.Key))
	}
	if b.Parent != "" && b.Parent == b.Key {
		ps.add("parent", "problem.own_ancestor")
	}
	if !b.Kind.Valid() {
		ps.add("kind", "problem.body_kind", "value", string(b.Kind))
	}
	ps.called(b.Name, b.NameEn, b.Acronym)
	if b.HqCountry != "" && !b.HqCountry.Valid() {
		ps.add("hq_country", "problem.country", "value", string(b.HqCountry))
	}
	ps.text("hq_city", b.HqCity, 100, false)
	if b.HqCity != "" && b.HqCountry == "" {
		ps.add("hq_country", "problem.required")
	}
	ps.order(-1, "ended", b.Life())
	if b.MandateUntil != 0 && b.MandateUntil < b.Founded {
		ps.add("mandate_until", "problem.order", "first", b.Founded, "last", b.MandateUntil)
	}
	ps.text("legal_basis", b.LegalBasis, 400, false)
	ps.areas(b.Areas)
	ps.text("note", b.Note, 4000, false)
	if len(ps) > 0 {
		return ps // what follows is about days within the life
	}
	former := make([]calledOn, 0, len(b.Names))
	for _, n := range b.Names {
		former = append(former, calledOn{n.Name, n.NameEn, n.Acronym, n.Period})
	}
	ps.former("body_names", former)
	ps.parties(b)
	return ps
}

// parties refuses members and chairs that are unknown or the body itself, days
// outside the life, and a party twice on a day.
func (ps *Problems) parties(b Body) {
	if len(b.Members) > maxRows || len(b.Chairs) > maxRows {
		ps.add("body_members", "problem.rows", "most", maxRows)
		return
	}
	for i, m := range b.Members {
		if !m.Role.Valid() {
			ps.addRow(i, "body_members.role", "problem.membership", "value", string(m.Role))
		}
		ps.party(i, "body_members", b, m.Country, m.Period)
		for _, n := range b.Members[:i] {
			if n.Country == m.Country && n.Overlaps(m.Period) {
				ps.addRow(i, "body_members.country", "problem.member_twice")
				break
			}
		}
	}
	for i, c := range b.Chairs {
		ps.party(i, "chairs", b, c.Country, c.Period)
		for _, n := range b.Chairs[:i] {
			if n.Country == c.Country && n.Overlaps(c.Period) {
				ps.addRow(i, "chairs.country", "problem.chair_twice")
				break
			}
		}
	}
}

// party refuses one that is no country and no body, or the body itself, and days
// outside the body's life.
func (ps *Problems) party(row int, list string, b Body, p Party, days Period) {
	if at, ok := p.Place(); !ok || at.Body != "" && at.Body == b.Key {
		ps.addRow(row, list+".country", "problem.party", "value", string(p))
	}
	ps.during(row, list, days, b.Life())
}

// during refuses days that are out of order or outside a life. A first day that is
// not known is within any life.
func (ps *Problems) during(row int, list string, days, life Period) {
	if days.Last < days.First {
		ps.addRow(row, list+".last_day", "problem.order", "first", days.First, "last", days.Last)
	} else if days.First != 0 && !days.Inside(life) || !days.Last.Open() && days.Last > life.Last {
		ps.addRow(row, list+".first_day", "problem.outside_days", "first", life.First, "last", life.Last)
	}
}

// Ancestors returns the keys of a body's parent, its parent's parent and so on, in
// that order. parent returns the parent of a body, "" for none. A body that is its
// own ancestor comes last, and ends the list.
func Ancestors(of BodyKey, parent func(BodyKey) BodyKey) (keys []BodyKey) {
	seen := map[BodyKey]bool{}
	for k := parent(of); k != ""; k = parent(k) {
		keys = append(keys, k)
		if k == of || seen[k] {
			return keys
		}
		seen[k] = true
	}
	return keys
}

// CheckBodyAmong returns what is wrong with a body beside all others: a parent, a
// member or a chair that is no body, and being one's own ancestor. all may hold an
// older state of the body itself.
func CheckBodyAmong(b Body, all []*Body) (ps Problems) {
	parents := map[BodyKey]BodyKey{}
	for _, o := range all {
		parents[o.Key] = o.Parent
	}
	parents[b.Key] = b.Parent
	if _, known := parents[b.Parent]; b.Parent != "" && !known {
		ps.add("parent", "problem.body", "value", string(b.Parent))
	}
	up := Ancestors(b.Key, func(k BodyKey) BodyKey { return parents[k] })
	if b.Parent != b.Key && len(up) > 0 && up[len(up)-1] == b.Key {
		ps.add("parent", "problem.own_ancestor")
	}
	unknown := func(p Party) bool {
		at, _ := p.Place()
		_, known := parents[at.Body]
		return at.Body != "" && !known
	}
	for i, m := range b.Members {
		if unknown(m.Country) {
			ps.addRow(i, "body_members.country", "problem.party", "value", string(m.Country))
		}
	}
	for i, c := range b.Chairs {
		if unknown(c.Country) {
			ps.addRow(i, "chairs.country", "problem.party", "value", string(c.Country))
		}
	}
	return ps
}

// CheckBodyChange returns what keeps a body from becoming another, given what it
// hosts: its key never changes, desks do not become seats or the reverse, and
// nothing that it hosts outlasts it.
func CheckBodyChange(old, b Body, hosted []*Posting) (ps Problems) {
	if old.Key != b.Key {
		ps.add("key", "problem.body_key_stays")
	}
	if old.Kind.Seats() != b.Kind.Seats() && len(hosted) > 0 {
		ps.add("kind", "problem.body_hosts")
	}
	if old.Life() == b.Life() {
		return ps
	}
	for _, p := range hosted {
		if !p.Life().Inside(b.Life()) {
			ps.add("ended", "problem.outlasts_body", "key", p.Key, "first", p.Opened, "last", p.Closed)
		}
	}
	return ps
}
