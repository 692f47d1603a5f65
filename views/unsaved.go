package views

import "time"

// UnsavedPage shows the forms that somebody has not saved.
var UnsavedPage = page[Unsaved]("unsaved")

// An Unsaved is the page of what somebody has typed and not saved.
type Unsaved struct{ Forms []UnsavedForm }

// An UnsavedForm is one form of those. Fields are sent to go on with it, and Typed is
// what is shown of them.
type UnsavedForm struct {
	Name, Action  string
	Section       string // the part of the site that it belongs to
	Kept          time.Time
	Fields, Typed []SentField
}

// SectionName returns what the part of the site is called that an address is in, its
// own name if the language has no words for it.
func (s *Site) SectionName(lang, path string) string {
	if s.tongues[lang].sentences["nav."+section(path)] == nil {
		return path
	}
	return s.text(lang, "nav."+section(path))
}

// FieldName returns what a field of a form is called, its own name if the language has
// no words for it.
func (s *Site) FieldName(lang, name string) string {
	if s.tongues[lang].sentences["field."+name] == nil {
		return name
	}
	return s.text(lang, "field."+name)
}
