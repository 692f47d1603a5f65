package handlers

import (
	"slices"
	"strings"

	"samband/db"
	"samband/models"
)

// agency returns the agency meant in a form field, the zero Agency with a problem if
// none is, or several. Of several, with own set, those are meant whose records the
// visitor may change, if there are any.
func (n namer) agency(field, text string, own bool) (models.Agency, error) {
	text = trim(text)
	if text == "" {
		problem(n.ps, field, "problem.required")
		return models.Agency{}, nil
	}
	if a := n.d.AgencyNamed(text); a.ID != 0 {
		return a, nil
	}
	found, _, err := n.reading(n.ctx).Find(n.ctx, text, []string{"agency"}, n.today(), mostFound)
	if err != nil {
		return models.Agency{}, err
	}
	mine := slices.DeleteFunc(slices.Clone(found), func(f db.Found) bool { return !rightsOf(n.ctx).MayChange(n.d.Agency(f.ID).Country) })
	if own && len(mine) > 0 {
		found = mine
	}
	return n.d.Agency(n.only(field, "agency", text, found)), nil
}

// body returns the key of the body meant in a form field, "" if the field is empty, and
// with a problem if no body is meant, or several.
func (n namer) body(field, text string) (models.BodyKey, error) {
	text = trim(text)
	if text == "" {
		return "", nil
	}
	var found []db.Found
	for _, b := range n.d.BodiesNamed(text) {
		found = append(found, db.Found{Noun: "body", ID: b.ID})
	}
	if len(found) == 0 {
		var err error
		if found, _, err = n.reading(n.ctx).Find(n.ctx, text, []string{"body"}, n.today(), mostSuggested); err != nil {
			return "", err
		}
	}
	id := n.only(field, "body", text, found)
	for _, b := range n.d.Bodies() {
		if b.ID == id && id != 0 {
			return b.Key, nil
		}
	}
	return "", nil
}

// party returns the country or body meant in a form field, "" if the field is empty, and
// with a problem if none is meant, or several. What is called just so comes before what
// is only begun, and that before what is misspelt.
func (n namer) party(field, text string) (models.Party, error) {
	text = trim(text)
	if text == "" {
		return "", nil
	}
	if at, ok := models.ParsePlace(text); ok && n.d.Knows(at) {
		return models.Party(at.String()), nil
	}
	var places []models.Place
	bodies := n.d.BodiesNamed(text)
	for _, b := range bodies {
		places = append(places, models.Place{Body: b.Key})
	}
	whole := len(bodies) > 0 && (bodies[0].CalledBy(text, true) || strings.HasSuffix(text, "("+string(bodies[0].Key)+")"))
	if !whole {
		places = append(places, countriesNamed(text)...)
	}
	if len(places) == 0 {
		found, _, err := n.reading(n.ctx).Find(n.ctx, text, suggestable["party"], n.today(), mostSuggested)
		if err != nil {
			return "", err
		}
		places = n.placesOf(found)
	}
	switch len(places) {
	case 0:
		problem(n.ps, field, "problem.not_found", "value", text)
		return "", nil
	case 1:
		return models.Party(places[0].String()), nil
	}
	p := models.Problem{Field: field, Row: -1, Message: models.Say("problem.ambiguous", "value", text)}
	for _, at := range places[:min(len(places), mostSuggested)] {
		p.Choices = append(p.Choices, n.site.OfferParty(languageOf(n.ctx), n.d, at))
	}
	*n.ps = append(*n.ps, p)
	return "", nil
}

// placesOf returns the countries and bodies that were found.
func (n namer) placesOf(found []db.Found) (places []models.Place) {
	for _, f := range found {
		if f.Noun == db.FindCountry {
			places = append(places, models.Place{Country: f.Country})
		}
		for _, b := range n.d.Bodies() {
			if f.Noun == "body" && b.ID == f.ID {
				places = append(places, models.Place{Body: b.Key})
			}
		}
	}
	return places
}

// withBody returns what gives the fields of a form, the body in one of them by its key.
func (n namer) withBody(field string, get func(string) string) (func(string) string, error) {
	key, err := n.body(field, get(field))
	return func(name string) string {
		if name == field {
			return string(key)
		}
		return get(name)
	}, err
}

// standIn returns the ID of the assignment meant in a form field that stands in for a on
// the days of an absence, 0 with a problem if none does, or several.
func (n namer) standIn(a models.Assignment, x models.Absence, text string) (int64, error) {
	named, err := n.holdings(a, x, text)
	switch {
	case err != nil:
		return 0, err
	case len(named) == 0:
		problem(n.ps, "stand_in", "problem.not_found", "value", text)
		return 0, nil
	case len(named) == 1:
		return named[0].Assignment.ID, nil
	}
	p := models.Problem{Field: "stand_in", Row: -1, Message: models.Say("problem.ambiguous", "value", text)}
	for _, h := range named[:min(len(named), mostSuggested)] {
		p.Choices = append(p.Choices, n.site.OfferHolding(languageOf(n.ctx), n.d, h))
	}
	*n.ps = append(*n.ps, p)
	return 0, nil
}

// holdings returns the assignments that a text may mean as stand-ins: by key or the whole
// name of an officer or place, or else those of officers, or to postings, that it finds.
func (n namer) holdings(a models.Assignment, x models.Absence, text string) ([]models.Holding, error) {
	days := x.And(a.Period)
	if named := n.d.HoldingsNamed(text, days, a.OfficerID); len(named) > 0 {
		return named, nil
	}
	found, _, err := n.reading(n.ctx).Find(n.ctx, text, suggestable["stand_in"], n.today(), mostFound)
	named := heldBy(n.d, found, days)
	return slices.DeleteFunc(named, func(h models.Holding) bool { return h.OfficerID == a.OfficerID }), err
}

// heldBy returns the assignments of the officers, and to the postings, that were found
// which have a day in a period, each once: where officers were found, not those of all
// who hold their postings.
func heldBy(d *models.Directory, found []db.Found, days models.Period) (held []models.Holding) {
	add := func(a models.Assignment, p *models.Post) {
		there := slices.ContainsFunc(held, func(h models.Holding) bool { return h.Assignment.ID == a.ID })
		if p != nil && a.Key != "" && p.Term(a).Overlaps(days) && !there {
			held = append(held, models.Holding{Assignment: a, Post: p})
		}
	}
	persons := slices.ContainsFunc(found, func(f db.Found) bool { return f.Noun == "officer" })
	for _, f := range found {
		if f.Noun == "officer" {
			for _, a := range d.Served(f.ID) {
				add(a, d.Post(a.PostingID))
			}
		} else if p := d.Post(f.ID); p != nil && !persons {
			for _, a := range p.Assignments {
				add(a, p)
			}
		}
	}
	return held
}
