package views

import (
	"slices"
	"time"
)

// UnsavedPage shows the forms that somebody has not saved.
var UnsavedPage = page[Unsaved]("unsaved")

// An Unsaved is the page of what somebody has typed and not saved.
type Unsaved struct{ Forms []UnsavedForm }

// An UnsavedForm is one form of those. Fields are sent to go on with it, and Typed is
// what is shown of them.
type UnsavedForm struct {
	Name, Action  string
	Kept          time.Time
	Fields, Typed []SentField
}

// Section returns the page of the menu that the form belongs to, and nothing if there is
// none.
func (u UnsavedForm) Section() string {
	section := Request{Path: u.Action}.Section()
	for _, task := range menu {
		if slices.ContainsFunc(task.pages, func(p menuPage) bool { return p.name == section }) {
			return section
		}
	}
	return ""
}

// FieldName returns what a field of a form is called, its own name if the language has
// no words for it.
func (s *Site) FieldName(lang, name string) string {
	if s.tongues[lang].sentences["field."+name] == nil {
		return name
	}
	return s.text(lang, "field."+name)
}
