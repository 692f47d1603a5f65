package views

import (
	"samband/models"
)

// AgencyForm returns the form of an agency.
func (s *Site) AgencyForm(lang string, f Filled[Values]) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "agency", "/agencies", f)
	in := f.Input
	b.text("name", in["name"], true)
	b.text("name_en", in["name_en"], false)
	b.text("acronym", in["acronym"], false)
	b.choice("country", in["country"], true, b.stateOptions())
	b.choice("kind", in["kind"], true, b.matterOptions(models.Police, models.Customs))
	b.day("first_day", in["first_day"], false)
	b.day("last_day", in["last_day"], false)
	b.key(in["key"])
	return finish(b, f, func(saved Filled[Values]) Form { return s.AgencyForm(lang, saved) })
}

// OfficerForm returns the form of an officer.
func (s *Site) OfficerForm(lang string, f Filled[Values], agencies []models.Agency) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "officer", "/officers", f)
	in := f.Input
	b.text("name", in["name"], true)
	b.choice("agency", in["agency"], true, b.agencyOptions(agencies))
	b.text("rank", in["rank"], false)
	b.text("email", in["email"], false)
	b.text("phone", in["phone"], false)
	b.text("languages", in["languages"], false)
	b.hint("hint.languages")
	b.field(Field{Name: "masked", Kind: CheckField, Checked: in.Yes("masked"), Value: "true"})
	b.hint("hint.masked")
	b.field(Field{Name: "note", Kind: LongField, Value: in["note"]})
	b.key(in["key"])
	return finish(b, f, func(saved Filled[Values]) Form { return s.OfficerForm(lang, saved, agencies) })
}

// ContactPointForm returns the form of a contact point.
func (s *Site) ContactPointForm(lang string, f Filled[Values]) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "contact_point", "/contact-points", f)
	in := f.Input
	b.choice("state", in["state"], true, b.stateOptions())
	b.choice("matter", in["matter"], true, b.matterOptions(models.Police, models.Customs, models.Both))
	b.text("name", in["name"], true)
	b.text("phone", in["phone"], false)
	b.text("email", in["email"], false)
	b.text("hours", in["hours"], false)
	return finish(b, f, func(saved Filled[Values]) Form { return s.ContactPointForm(lang, saved) })
}

// AssignmentForm returns the form of an assignment, which offers the officers
// and postings of the directory.
func (s *Site) AssignmentForm(lang string, f Filled[Values], d *models.Directory) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "assignment", "/assignments", f)
	in := f.Input
	b.field(Field{Name: "officer", Kind: TextField, Value: in["officer"], Required: true, Options: b.officerOptions(d)})
	b.hint("hint.officer")
	b.field(Field{Name: "posting", Kind: TextField, Value: in["posting"], Required: true, Options: b.postingOptions(d)})
	b.day("first_day", in["first_day"], true)
	b.day("last_day", in["last_day"], false)
	b.hint("hint.last_day")
	b.day("planned_last_day", in["planned_last_day"], false)
	b.hint("hint.planned")
	if f.ID != 0 {
		b.text("end_reason", in["end_reason"], false)
	}
	b.field(Field{Name: "note", Kind: LongField, Value: in["note"]})
	b.hint("hint.assignment_note")
	b.key(in["key"])
	return finish(b, f, func(saved Filled[Values]) Form { return s.AssignmentForm(lang, saved, d) })
}

// EndForm returns the form that ends an assignment.
func (s *Site) EndForm(lang string, f Filled[EndInput], a models.Assignment) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "assignment", "/assignments", f)
	b.form.Title = b.t("assignment.end_title", "name", f.Title)
	b.form.Intro = b.t("assignment.end_intro", "last", a.Last)
	b.form.Action = b.form.Cancel + "/end"
	b.form.Submit = b.t("assignment.end")
	b.day("last_day", f.Input.LastDay, true)
	b.text("end_reason", f.Input.Reason, true)
	return finish(b, f, func(saved Filled[EndInput]) Form { return s.EndForm(lang, saved, a) })
}

// HandOverForm returns the form that hands a posting over to a successor.
func (s *Site) HandOverForm(lang string, f Filled[HandOverInput], a models.Assignment, d *models.Directory) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "assignment", "/assignments", f)
	in := f.Input
	b.form.Title = b.t("assignment.hand_over_title", "name", f.Title)
	b.form.Intro = b.t("assignment.hand_over_intro", "last", a.Last)
	b.form.Action = b.form.Cancel + "/hand-over"
	b.form.Submit = b.t("assignment.hand_over")
	b.field(Field{Name: "successor", Kind: TextField, Value: in.Successor, Required: true, Options: b.officerOptions(d)})
	b.hint("hint.officer")
	b.day("first_day", in.FirstDay, true)
	b.relabel("field.successor_first_day")
	b.hint("hint.successor_first_day")
	b.day("last_day", in.LastDay, true)
	b.relabel("field.outgoing_last_day")
	b.hint("hint.outgoing_last_day")
	b.day("successor_last_day", in.SuccessorLast, false)
	b.hint("hint.last_day")
	b.text("end_reason", in.Reason, false)
	return finish(b, f, func(saved Filled[HandOverInput]) Form { return s.HandOverForm(lang, saved, a, d) })
}

// finish returns the form, and if it is stale what differs from the one saved.
func finish[In any](b *formBuilder, f Filled[In], again func(Filled[In]) Form) Form {
	form := b.done()
	if f.Saved != nil {
		b.form = form
		b.compare(again(Filled[In]{ID: f.ID, Title: f.Title, Input: *f.Saved}))
		form = b.form
	}
	return form
}

// key adds the field of the stable name, which is made if it is left empty.
func (b *formBuilder) key(value string) {
	b.text("key", value, false)
	b.hint("hint.key")
}

// relabel gives the field that was added last another label.
func (b *formBuilder) relabel(key string) {
	last := &b.form.Fields[len(b.form.Fields)-1]
	for i, p := range b.form.Problems {
		if p.ID == last.ID {
			b.form.Problems[i].Label = b.t(key)
		}
	}
	last.Label = b.t(key)
}

func (b *formBuilder) stateOptions() []Option   { return b.site.tongue(b.lang).states }
func (b *formBuilder) countryOptions() []Option { return b.site.tongue(b.lang).countries }

func (b *formBuilder) matterOptions(matters ...models.Matter) []Option {
	var options []Option
	for _, m := range matters {
		options = append(options, Option{string(m), b.site.word(b.lang, m)})
	}
	return options
}

func (b *formBuilder) organisationOptions() []Option {
	var options []Option
	for _, o := range models.Organisations() {
		options = append(options, Option{string(o), o.Name()})
	}
	return options
}

func (b *formBuilder) agencyOptions(agencies []models.Agency) []Option {
	var options []Option
	for _, a := range agencies {
		label := b.site.agencyShort(b.lang, a) + ": " + b.site.agency(b.lang, a)
		if !a.Last.Open() {
			label += " (" + b.t("agency.until", "last", a.Last) + ")"
		}
		options = append(options, Option{a.Key, label})
	}
	return options
}

// mostOffered bounds what a text field offers: beyond it, a name or key can
// still be typed.
const mostOffered = 500

// OfferOfficer returns what stands in a form for an officer: the name, and the
// key in brackets, or a number where neither is to be seen.
func (s *Site) OfferOfficer(lang string, o models.Officer) string {
	if o.Hidden() {
		return s.officerAlone(lang, o) + " (" + o.Number() + ")"
	}
	return o.Name + " (" + o.Key + ")"
}

// Offer returns what stands in a form for a posting: its title, and the key in
// brackets.
func (s *Site) Offer(lang string, p models.Posting) string {
	return s.postingTitle(lang, p) + " (" + p.Key + ")"
}

func (b *formBuilder) officerOptions(d *models.Directory) []Option {
	var options []Option
	for _, o := range d.Officers() {
		if len(options) < mostOffered && !o.Hidden() {
			options = append(options, Option{b.site.OfferOfficer(b.lang, o), b.site.agencyShort(b.lang, d.Agency(o.AgencyID))})
		}
	}
	return options
}

func (b *formBuilder) postingOptions(d *models.Directory) []Option {
	var options []Option
	for _, p := range d.Posts() {
		if len(options) < mostOffered {
			options = append(options, Option{b.site.Offer(b.lang, p.Posting), b.site.agencyShort(b.lang, d.Sending(p))})
		}
	}
	return options
}
