package views

import (
	"slices"

	"samband/models"
)

// finish returns the form, and if it is stale, with what differs from the one
// saved.
func finish[In any](b *formBuilder, f Filled[In], again func(Filled[In]) Form) Form {
	form := b.done()
	if f.Saved != nil {
		b.form = form
		b.compare(again(Filled[In]{ID: f.ID, Title: f.Title, Input: *f.Saved}))
		form = b.form
	}
	return form
}

// key adds the field of the record's key, which is generated if left empty.
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

// changeable are those of some options by country whose records somebody with the rights
// may change, and what is chosen already: those of other countries belong to no single
// state.
func changeable(options []Option, chosen string, rights models.Rights) []Option {
	return slices.DeleteFunc(slices.Clone(options), func(o Option) bool {
		state := models.State(o.Value)
		if !state.Valid() {
			state = ""
		}
		return o.Value != chosen && !rights.MayChange(state)
	})
}

// countriesFirst are all countries, the five states before the others.
func (b *formBuilder) countriesFirst() []Option {
	options := slices.Clone(b.stateOptions())
	for _, o := range b.countryOptions() {
		if !models.State(o.Value).Valid() {
			options = append(options, o)
		}
	}
	return options
}

func (b *formBuilder) matterOptions(matters ...models.Matter) []Option {
	var options []Option
	for _, m := range matters {
		options = append(options, Option{string(m), b.site.word(b.lang, m)})
	}
	return options
}

// bodyOptions are the bodies that d knows, by the codes of places if asked for, by
// their keys otherwise.
func (b *formBuilder) bodyOptions(d *models.Directory, codes bool) (options []Option) {
	for _, body := range d.Bodies() {
		at := models.Place{Body: body.Key}
		o := Option{string(body.Key), b.site.place(b.lang, d.Name(at))}
		if codes {
			o.Value = at.String()
		}
		options = append(options, o)
	}
	order := newOrder(b.lang)
	slices.SortFunc(options, func(a, b Option) int { return order.CompareString(a.Label, b.Label) })
	return options
}

func (b *formBuilder) kindOptions() []Option {
	return wordOptions(b, models.AgencyKinds())
}

// wordOptions are codes with their words.
func wordOptions[T ~string](b *formBuilder, all []T) (options []Option) {
	for _, v := range all {
		options = append(options, Option{string(v), b.site.word(b.lang, v)})
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
		options = append(options, Option{b.site.OfferAgency(b.lang, a), label})
	}
	return options
}

// agency returns a field for an agency, which offers some.
func (b *formBuilder) agency(name, value string, required bool, d *models.Directory, offered []models.Agency) Field {
	f := Field{Name: name, Value: value, Kind: TextField, Required: required, Suggest: "agency", Mine: true, States: map[string]models.State{}}
	if a := d.AgencyNamed(value); a.ID != 0 {
		f.Value, f.States[""] = b.site.OfferAgency(b.lang, a), a.Country
	}
	f.Options = b.agencyOptions(offered)
	for i, a := range offered {
		f.States[f.Options[i].Value] = a.Country
	}
	return f
}

// body adds a field for a body.
func (b *formBuilder) body(name, value string, d *models.Directory) {
	f := Field{Name: name, Value: value, Kind: TextField, Suggest: "body"}
	if body := d.Body(models.BodyKey(value)); body != nil {
		f.Value = b.site.OfferBody(b.lang, d, body)
	}
	b.field(f)
}

// OfferOfficer returns what a form has for an officer: the name, and the key in
// brackets, or a number where both are hidden.
func (s *Site) OfferOfficer(lang string, o models.Officer) string {
	if o.Hidden() {
		return s.officerAlone(lang, o) + " (" + o.Number() + ")"
	}
	return o.Name + " (" + o.Key + ")"
}

// OfferAgency and OfferBody return what a form has for an agency and a body: the name,
// and the key in brackets.
func (s *Site) OfferAgency(lang string, a models.Agency) string {
	return s.agency(lang, a) + " (" + a.Key + ")"
}

func (s *Site) OfferBody(lang string, d *models.Directory, b *models.Body) string {
	return s.place(lang, d.Name(models.Place{Body: b.Key})) + " (" + string(b.Key) + ")"
}

// Offer returns what a form has for a posting: its title, and the key in
// brackets.
func (s *Site) Offer(lang string, p *models.Post) string {
	return s.postingTitle(lang, p.Posting, p.Body) + " (" + p.Key + ")"
}
