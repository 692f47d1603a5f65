package db

import "samband/models"

// known notes a row that has a key, and returns the entry that it is about:
// of the directory, or a new one. It is nil if the key stands in the package
// before.
func known[T record](r *row, all map[string]*entry[T], written *[]*entry[T], key string) *entry[T] {
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
func become[T record](im *importing, e *entry[T], one *T) {
	k := kindOf[T]()
	if e.old == nil {
		*k.id(one) = im.tx.ids(1)
	} else {
		*k.id(one), *k.version(one) = *k.id(e.old), *k.version(e.old)
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
	a := &models.Agency{Key: r.code("key"), Country: models.State(r.upper("country")), Kind: models.Matter(r.lower("kind")),
		Name: r.text("name"), NameEn: r.text("name_en"), Acronym: r.text("acronym"), Period: r.period(0)}
	become(im, e, a)
	if e.same = e.old != nil && *e.old == *a; !e.same && !r.bad {
		r.problems(models.CheckAgency(*a))
	}
	im.countryOf[a.ID] = a.Country
	if e.old != nil && e.old.Country != a.Country {
		im.touchPostingsOf(a.ID, r)
	}
}

// touchPostingsOf has the postings of an agency checked, whose state changes.
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
	o := &models.Officer{Key: r.code("key"), AgencyID: im.agencyID(r), Name: r.text("name"), Rank: r.text("rank"),
		Email: r.code("email"), Phone: r.code("phone"), Languages: r.code("languages"), Masked: r.yes("masked"), Note: r.text("note")}
	become(im, e, o)
	if e.same = e.old != nil && *e.old == *o; !e.same && !r.bad {
		r.problems(models.CheckOfficer(*o))
	}
}

// agencyID returns the agency that a row refers to.
func (im *importing) agencyID(r *row) int64 {
	key := r.code("agency")
	if a := im.agencies[key]; a != nil && a.one != nil {
		return a.one.ID
	}
	r.unknown("agency", key)
	return 0
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
	p := &models.Posting{Key: key, AgencyID: im.agencyID(r), HostCountry: models.Country(r.upper("host_country")),
		HostCity: r.text("host_city"), HostOrganisation: models.Organisation(r.lower("host_organisation")),
		Opened: r.day("opened", 0), Closed: r.day("closed", models.Forever), Note: r.text("note")}
	if seat, city := p.HostOrganisation.Seat(); p.HostCountry == "" && p.HostCity == "" {
		p.HostCountry, p.HostCity = seat, city
	}
	become(im, &e.entry, p)
	if r.at("restricted") >= 0 {
		p.Restricted = r.yes("restricted")
	} else if e.old != nil {
		p.Restricted = e.old.Restricted
	}
	e.bad = r.bad
	if e.old != nil {
		p.Representations, p.Coverages, p.Suspensions = e.old.Representations, e.old.Coverages, e.old.Suspensions
	}
	im.postingOf[p.ID] = e
	e.touch(im, r.sheet, r.line)
}

func (im *importing) assignment(r *row) {
	e := known(r, im.held, &im.newHeld, r.code("key"))
	if e == nil {
		return
	}
	a := &models.Assignment{Key: r.code("key"), Period: r.period(0), PlannedLast: r.day("planned_last_day", 0),
		EndReason: r.text("end_reason"), Note: r.text("note")}
	if key := r.code("officer"); im.officers[key] != nil && im.officers[key].one != nil {
		a.OfficerID = im.officers[key].one.ID
	} else {
		r.unknown("officer", key)
	}
	p := im.postings[r.code("posting")]
	if p != nil && p.one != nil {
		a.PostingID = p.one.ID
	} else {
		r.unknown("posting", r.code("posting"))
	}
	become(im, e, a)
	e.same = e.old != nil && *e.old == *a
	if !r.bad && !p.bad && !(e.same && p.old != nil && p.old.Life() == p.one.Life()) {
		r.problems(models.CheckAssignment(*a, p.one.Life(), nil)) // checkHeldOnce sees to the others
	}
}

func (im *importing) contactPoint(r *row) {
	c := models.ContactPoint{State: models.State(r.upper("state")), Matter: models.Matter(r.lower("matter")), Name: r.text("name"),
		Phone: r.code("phone"), Email: r.code("email"), Hours: r.text("hours")}
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
	im.contactRows = append(im.contactRows, listRow[models.ContactPoint]{c, r.line, len(im.rows) - 1})
}
