package interchange

import (
	"samband/db"
	"samband/models"
)

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

// checkAgency is the rule of agencies: one that moves to another state takes its
// postings along.
func (im *importing) checkAgency(r *row, e *entry[models.Agency]) {
	plainRule(r, e)
	im.countryOf[e.one.ID] = e.one.Country
	if e.old != nil && e.old.Country != e.one.Country {
		im.touchPostingsOf(e.one.ID, r)
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

// refer returns what finds the records that a row refers to, by key. One that
// is not there is refused, and 0.
func (im *importing) refer(r *row) func(column string) int64 {
	return func(column string) (id int64) {
		key := r.code(column)
		if find := im.byNoun[column]; find != nil {
			id = find(key)
		}
		if id == 0 {
			r.unknown(column, key)
		}
		return id
	}
}

// postingID returns the ID of a posting, 0 if it is refused or not there.
func (im *importing) postingID(key string) int64 {
	if p := im.postings[key]; p != nil {
		return idOf(&p.entry)
	}
	return 0
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
	e, note := keyedEntry(r, im.postings)
	if e == nil {
		return
	}
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

// checkAssignment is the rule of assignments, alone with their posting's life:
// checkHeldOnce compares them with others.
func (im *importing) checkAssignment(r *row, e *entry[models.Assignment]) {
	if r.bad {
		return
	}
	p := im.postings[r.code("posting")]
	if !p.bad && !(e.same && p.old != nil && p.old.Life() == p.one.Life()) {
		r.problems(models.CheckAssignment(*e.one, p.one.Life(), nil))
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
