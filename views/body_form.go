package views

import "samband/models"

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
	parties := b.partyOptions(d)
	b.listTable(in, "body_members", spareRows, Field{Name: "country", Kind: ChoiceField, Options: parties},
		Field{Name: "role", Kind: ChoiceField, Options: wordOptions(b, models.Memberships())}, Field{Name: "first_day", Kind: DayField}, Field{Name: "last_day", Kind: DayField})
	b.listTable(in, "chairs", spareRows, Field{Name: "country", Kind: ChoiceField, Options: parties}, Field{Name: "first_day", Kind: DayField}, Field{Name: "last_day", Kind: DayField})
	return finish(b, f, func(other Filled[RecordInput]) Form { return s.BodyForm(lang, other, d, saved) })
}

// formerNames adds the table of what a record was called before.
func (b *formBuilder) formerNames(in RecordInput, list string) {
	b.listTable(in, list, 1, Field{Name: "name", Kind: TextField}, Field{Name: "name_en", Kind: TextField}, Field{Name: "acronym", Kind: TextField},
		Field{Name: "first_day", Kind: DayField}, Field{Name: "last_day", Kind: DayField})
}

// partyOptions are those who can take part in a body: countries and bodies.
func (b *formBuilder) partyOptions(d *models.Directory) []Option {
	return append(b.countriesFirst(), b.bodyOptions(d, true)...)
}
