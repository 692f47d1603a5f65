package interchange

import (
	"samband/db"
	"samband/models"
)

// known notes a row that has a key, and returns the entry that it is about:
// of the directory, or a new one. It is nil if the key stands in the package
// before.
func known[T db.Record](r *row, all map[string]*entry[T], written *[]*entry[T], key string) *entry[T] {
	note := r.im.row(r.sheet, r.line, key)
	e := all[key]
	if e == nil {
		e = &entry[T]{}
		all[key] = e
	} else if e.line != 0 {
		r.refuse("key", "problem.duplicate", "line", e.line)
		return nil
	}
	e.line = r.line
	note.outcome = e.outcome
	*written = append(*written, e)
	return e
}

// become makes one the new state of the entry, with the ID of the old one or a
// new one.
func become[T db.Record](im *importing, e *entry[T], one *T) {
	if e.old == nil {
		*db.ID(one) = im.tx.IDs(1)
	} else {
		*db.ID(one), *db.Version(one) = *db.ID(e.old), *db.Version(e.old)
	}
	e.one = one
}

// problems refuses a row for each of its problems.
func (r *row) problems(ps models.Problems) {
	for _, p := range ps {
		r.bad = true
		r.im.refuse(r.sheet, r.line, p.Field, p.Message)
	}
}

func (im *importing) agency(r *row) {
	e := known(r, im.agencies, &im.newAgencies, r.code("key"))
	if e == nil {
		return
	}
	a := new(models.Agency)
	r.fill(a, nil)
	become(im, e, a)
	if e.same = e.old != nil && *e.old == *a; !e.same && !r.bad {
		r.problems(models.CheckAgency(*a))
	}
	im.countryOf[a.ID] = a.Country
	if e.old != nil && e.old.Country != a.Country {
		im.touchPostingsOf(a.ID, r)
	}
}

// touchPostingsOf has the postings of an agency whose state changes checked.
func (im *importing) touchPostingsOf(agency int64, r *row) {
	for _, p := range im.postings {
		if p.one.AgencyID == agency {
			p.touch(im, r.sheet, r.line)
		}
	}
}

func (im *importing) officer(r *row) {
	e := known(r, im.officers, &im.newOfficers, r.code("key"))
	if e == nil {
		return
	}
	o := new(models.Officer)
	r.fill(o, im.refer(r))
	become(im, e, o)
	if e.same = e.old != nil && *e.old == *o; !e.same && !r.bad {
		r.problems(models.CheckOfficer(*o))
	}
}

// refer returns what finds the records that a row refers to, by key. One that
// is not there is refused, and 0.
func (im *importing) refer(r *row) func(column string) int64 {
	return func(column string) (id int64) {
		key := r.code(column)
		switch column {
		case "agency":
			id = idOf(im.agencies[key])
		case "officer":
			id = idOf(im.officers[key])
		case "posting":
			if p := im.postings[key]; p != nil {
				id = idOf(&p.entry)
			}
		}
		if id == 0 {
			r.unknown(column, key)
		}
		return id
	}
}

// idOf returns the ID of an entry, 0 if it is refused or not there.
func idOf[T db.Record](e *entry[T]) int64 {
	if e == nil || e.one == nil {
		return 0
	}
	return *db.ID(e.one)
}

func (r *row) unknown(column, key string) {
	if key == "" {
		r.refuse(column, "problem.required")
	} else {
		r.refuse(column, "problem.unknown", "value", key)
	}
}

func (im *importing) posting(r *row) {
	key := r.code("key")
	e := im.postings[key]
	note := im.row(r.sheet, r.line, key)
	if e == nil {
		e = &postingEntry{}
		im.postings[key] = e
	} else if e.line != 0 {
		r.refuse("key", "problem.duplicate", "line", e.line)
		return
	}
	e.line = r.line
	note.outcome = e.rowOutcome
	p := new(models.Posting)
	if e.old != nil {
		*p = *e.old
	}
	r.fill(p, im.refer(r))
	if seat, city := p.HostOrganisation.Seat(); p.HostCountry == "" && p.HostCity == "" {
		p.HostCountry, p.HostCity = seat, city
	}
	become(im, &e.entry, p)
	e.bad = r.bad
	im.postingOf[p.ID] = e
	e.touch(im, r.sheet, r.line)
}

func (im *importing) assignment(r *row) {
	e := known(r, im.held, &im.newHeld, r.code("key"))
	if e == nil {
		return
	}
	a := new(models.Assignment)
	r.fill(a, im.refer(r))
	p := im.postings[r.code("posting")]
	become(im, e, a)
	e.same = e.old != nil && *e.old == *a
	if !r.bad && !p.bad && !(e.same && p.old != nil && p.old.Life() == p.one.Life()) {
		r.problems(models.CheckAssignment(*a, p.one.Life(), nil)) // checkHeldOnce sees to the others
	}
}

func (im *importing) contactPoint(r *row) {
	var c models.ContactPoint
	r.fill(&c, nil)
	im.row(r.sheet, r.line, string(c.State)+" "+string(c.Matter)+" "+c.Name)
	same := models.ContactPoint{State: c.State, Matter: c.Matter, Name: c.Name}
	if earlier := im.contactLines[same]; earlier != 0 {
		r.refuse("name", "problem.duplicate", "line", earlier)
		return
	}
	im.contactLines[same] = r.line
	if !r.bad {
		r.problems(models.CheckContactPoint(c))
	}
	im.contactRows = append(im.contactRows, partRow[models.ContactPoint]{c, r.line, len(im.rows) - 1})
}
