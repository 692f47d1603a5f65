package interchange

import (
	"samband/db"
	"samband/models"
)

// refer returns what finds the records that a row refers to, by key; now is the ID of
// the one that its record refers to already. One that is
// not there is refused, and 0. A stand-in may be nobody.
func (im *importing) refer(r *row) func(column string, now int64) int64 {
	return func(column string, now int64) (id int64) {
		key := r.code(column)
		if key == "" && column == standInColumn {
			return 0
		}
		if key == "" && im.limited && im.hidden(column, now) { // it has been kept from the file
			return now
		}
		if find := im.byNoun[column]; find != nil {
			if id = find(key); id == 0 && key != "" && im.parcel.single != nil {
				id = im.called(column, key, now)
			}
		}
		if id != 0 && im.limited && im.hidden(column, id) {
			id = 0
		}
		if id == 0 {
			r.unknown(column, key)
		}
		return id
	}
}

// standInColumn is what files call the assignment that stands in.
const standInColumn = "stand_in"

func (r *row) unknown(column, key string) {
	if key == "" {
		r.refuse(column, "problem.required")
	} else {
		r.refuse(column, "problem.unknown", "value", key)
	}
}

// checkAgency is the rule of agencies: one that moves to another state, or may no
// longer post officers, takes its postings along.
func (im *importing) checkAgency(e *entry[models.Agency]) {
	im.agencies.plainRule(im, e)
	if e.old == nil || e.old.Country == e.one.Country && e.old.Kind == e.one.Kind {
		return
	}
	for _, p := range im.postings.those(func(p *entry[models.Posting]) bool { return p.one.AgencyID == e.one.ID }) {
		im.postings.touch(p, e.sheet, e.first)
	}
	if !e.one.Kind.Posts() && e.old.Kind.Posts() {
		im.checkPosted(e)
	}
}

// checkPosted refuses an agency that may not post officers while one of its own is
// posted.
func (im *importing) checkPosted(e *entry[models.Agency]) {
	for _, a := range im.held.byID {
		o, p := im.officers.byID[a.one.OfficerID], im.postings.byID[a.one.PostingID]
		if o == nil || p == nil || o.one == nil || p.one == nil || o.one.AgencyID != e.one.ID {
			continue
		}
		if ps := models.CheckHolder(*p.one, e.one.Kind); len(ps) > 0 {
			im.refuse(e.sheet, e.first, "kind", ps[0].Message)
			return
		}
	}
}

// checkOfficer is the rule of officers: one who moves to another agency may still
// hold what he or she holds.
func (im *importing) checkOfficer(e *entry[models.Officer]) {
	im.officers.plainRule(im, e)
	if e.old == nil || e.old.AgencyID == e.one.AgencyID || im.kindOf(*e.one).Posts() {
		return
	}
	for _, a := range im.held.byID {
		if p := im.postings.byID[a.one.PostingID]; a.one.OfficerID == e.one.ID && p != nil && p.one != nil {
			if ps := models.CheckHolder(*p.one, im.kindOf(*e.one)); len(ps) > 0 {
				im.refuse(e.sheet, e.first, "agency", ps[0].Message)
				return
			}
		}
	}
}

// kindOf returns the kind of an officer's agency, "" if that is refused.
func (im *importing) kindOf(o models.Officer) models.AgencyKind {
	if own := im.agencies.byID[o.AgencyID]; own != nil && own.one != nil {
		return own.one.Kind
	}
	return ""
}

// checkBody is the rule of bodies: beside all others, and with what they host,
// which moves with the headquarters.
func (im *importing) checkBody(e *entry[models.Body]) {
	if e.same {
		return
	}
	problems := db.Check(*e.one)
	all := make([]*models.Body, 0, len(im.bodies.all))
	for _, o := range im.bodies.all {
		if o.one != nil {
			all = append(all, o.one)
		}
	}
	problems = append(problems, models.CheckBodyAmong(*e.one, all)...)
	if e.old != nil {
		var hosted []*models.Posting
		for _, p := range im.postings.those(func(p *entry[models.Posting]) bool { return p.one.HostBody == e.one.Key }) {
			if p.line == 0 && (e.old.HqCountry != e.one.HqCountry || e.old.HqCity != e.one.HqCity) {
				im.movePosting(p, e)
			}
			hosted = append(hosted, p.one)
		}
		problems = append(problems, models.CheckBodyChange(*e.old, *e.one, hosted)...)
	}
	im.bodies.refuse(im, e, problems)
}

// movePosting gives a posting that has no row of its own the country and city of
// its body's headquarters.
func (im *importing) movePosting(p *entry[models.Posting], e *entry[models.Body]) {
	one := *p.one
	one.HostCountry = e.one.HqCountry
	if one.HostCity == e.old.HqCity {
		one.HostCity = e.one.HqCity
	}
	p.one, p.own = &one, false
	im.postings.touch(p, e.sheet, e.first)
}

// bodyOf returns the body of a key, the zero Body if there is none.
func (im *importing) bodyOf(key models.BodyKey) models.Body {
	if e := im.bodies.all[string(key)]; e != nil && e.one != nil {
		return *e.one
	}
	return models.Body{}
}

// checkProject is the rule of projects.
func (im *importing) checkProject(e *entry[models.Project]) {
	im.projects.plainRule(im, e)
	if e.one.Body != "" && im.bodyOf(e.one.Body).ID == 0 {
		im.projects.refuse(im, e, models.Problems{{Field: "body", Row: -1, Message: models.Say("problem.body", "value", string(e.one.Body))}})
	}
}

// checkAssignment is the rule of assignments, alone with their posting, officer and
// stand-ins: checkHeldOnce compares them with others.
func (im *importing) checkAssignment(e *entry[models.Assignment]) {
	p, o := im.postings.byID[e.one.PostingID], im.officers.byID[e.one.OfficerID]
	if p == nil || p.bad || e.same && p.old != nil && p.old.Life() == p.one.Life() && p.old.Role == p.one.Role {
		return
	}
	problems := models.CheckAssignment(*e.one, p.one.Life(), nil)
	if o != nil && o.one != nil {
		problems = append(problems, models.CheckHolder(*p.one, im.kindOf(*o.one))...)
	}
	im.held.refuse(im, e, problems)
	for _, problem := range models.CheckAbsences(*e.one, p.one.Seating(), func(id int64) (by models.StandInFor, found bool) {
		a := im.held.byID[id]
		if a == nil || a.one == nil {
			return by, false
		}
		by.Assignment = *a.one
		if o := im.officers.byID[a.one.OfficerID]; o != nil && o.one != nil {
			by.Kind = im.kindOf(*o.one)
		}
		return by, true
	}) {
		im.refuse(im.whereAbsence(e, problem))
	}
}

// whereAbsence returns where to report a problem of an absence, and what it is. What
// the package leaves alone lies outside the term because the term was cut: at its
// first day, or else at its last.
func (im *importing) whereAbsence(e *entry[models.Assignment], problem models.Problem) (*sheet, int, string, models.Message) {
	s, line, column := im.held.where(e, problem)
	if s != assignmentSheet || problem.Key != "problem.outside_assignment" {
		return s, line, column, problem.Message
	}
	x := e.one.Absences[problem.Row]
	if column = "last_day"; x.First < e.one.First {
		column = "first_day"
	}
	return s, line, column, models.Say("problem.absence_outside", "first", x.First, "last", x.Last)
}

func (im *importing) contactPoint(r *row) {
	var c models.ContactPoint
	r.fill(&c, true, nil)
	im.row(r.sheet, r.line, string(c.State)+" "+string(c.Matter)+" "+c.Name)
	same := models.ContactPoint{State: c.State, Matter: c.Matter, Name: c.Name}
	if earlier := im.contactLines[same]; earlier != 0 {
		r.refuse("name", "problem.duplicate", "line", earlier)
		return
	}
	im.contactLines[same] = r.line
	im.contactsWithout = r.absent()
	if !r.bad {
		for _, p := range models.CheckContactPoint(c) {
			r.bad = true
			im.refuse(r.sheet, r.line, p.Field, p.Message)
		}
	}
	im.contactRows = append(im.contactRows, partRow[models.ContactPoint]{c, r.line, len(im.rows) - 1})
}
