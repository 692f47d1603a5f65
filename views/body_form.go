package views

import (
	"maps"
	"slices"

	"samband/models"
)

// BodyForm returns the form of a body, saved so far or a new one. Its key is its
// address, and stays.
func (s *Site) BodyForm(lang string, f Filled[RecordInput], d *models.Directory, saved models.Body) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "body", "/bodies", f)
	if f.ID != 0 {
		b.form.Cancel = BodyPath(saved)
		b.form.Action = b.form.Cancel + "/edit"
	}
	in := f.Input
	b.text("name", in.Get("name"), true)
	b.text("name_en", in.Get("name_en"), false)
	b.text("acronym", in.Get("acronym"), false)
	b.choice("kind", in.Get("kind"), true, wordOptions(b, models.BodyKinds()))
	b.body("parent", in.Get("parent"), d)
	b.hint("hint.parent")
	b.day("founded", in.Get("founded"), false)
	b.hint("hint.founded")
	b.day("ended", in.Get("ended"), false)
	b.hint("hint.last_day")
	b.day("mandate_until", in.Get("mandate_until"), false)
	b.hint("hint.mandate_until")
	b.choice("hq_country", in.Get("hq_country"), false, b.countryOptions())
	b.hint("hint.headquarters")
	b.text("hq_city", in.Get("hq_city"), false)
	b.text("legal_basis", in.Get("legal_basis"), false)
	if f.ID == 0 {
		b.text("key", in.Get("key"), false)
		b.hint("hint.body_key")
	} else {
		b.field(Field{Name: "key", Kind: FixedField, Value: string(saved.Key), Options: []Option{{Value: string(saved.Key)}}})
		b.hint("hint.body_key_stays")
	}
	b.areas(in.Get(areas))
	b.field(Field{Name: "note", Kind: LongField, Value: in.Get("note")})
	b.formerNames(in, "body_names")
	in = b.withParties(in, d, "body_members.country", "chairs.country")
	party := Field{Name: "country", Kind: TextField, Suggest: "party"}
	b.listTable(in, "body_members", spareRows, party,
		Field{Name: "role", Kind: ChoiceField, Options: wordOptions(b, models.Memberships())}, Field{Name: "first_day", Kind: DayField}, Field{Name: "last_day", Kind: DayField})
	b.listTable(in, "chairs", spareRows, party, Field{Name: "first_day", Kind: DayField}, Field{Name: "last_day", Kind: DayField})
	return finish(b, f, func(other Filled[RecordInput]) Form { return s.BodyForm(lang, other, d, saved) })
}

// formerNames adds the table of what a record was called before.
func (b *formBuilder) formerNames(in RecordInput, list string) {
	b.listTable(in, list, 1, Field{Name: "name", Kind: TextField}, Field{Name: "name_en", Kind: TextField}, Field{Name: "acronym", Kind: TextField},
		Field{Name: "first_day", Kind: DayField}, Field{Name: "last_day", Kind: DayField})
}

// withParties returns the input with the countries and bodies in some columns called by
// name, as far as they are written as places: what else was typed stays.
func (b *formBuilder) withParties(in RecordInput, d *models.Directory, columns ...string) RecordInput {
	in.Lists = maps.Clone(in.Lists)
	for _, name := range columns {
		column := slices.Clone(in.Lists[name])
		for i, text := range column {
			if at, ok := models.ParsePlace(text); ok && d.Knows(at) {
				column[i] = b.site.OfferParty(b.lang, d, at)
			}
		}
		if column != nil {
			in.Lists[name] = column
		}
	}
	return in
}

// OfferParty returns what a form has for a country or body that takes part in a body.
func (s *Site) OfferParty(lang string, d *models.Directory, at models.Place) string {
	if b := d.Body(at.Body); b != nil {
		return s.OfferBody(lang, d, b)
	}
	return at.Country.Name(lang)
}
