package views

import (
	"net/url"
	"strconv"

	"samband/models"
)

// TrailPage shows the trail.
var TrailPage = page[Trail]("trail")

// A Trail is a page of the trail.
type Trail struct {
	Rows   []models.TrailRow
	Fields []Field
	Query  url.Values
	Next   string
	// Imports says that the reader may see what an import did.
	Imports bool
}

// File returns the address of the same part of the trail as a file.
func (a Trail) File(as string) string { return fileURL("/audit", a.Query, as) }

// RemovedPage shows what was removed and can be brought back.
var RemovedPage = page[Removed]("removed")

// A Removed is a page of what was removed: rows of the trail, the latest first.
type Removed struct {
	Rows        []models.TrailRow
	Nouns       Field // the noun that is asked for
	Later       bool  // there are rows before these
	First, Next string
}

// RemovedURL returns the address of what was removed of a noun, of all if it is "",
// before a row of the trail, from the last if it is 0.
func RemovedURL(noun string, before int64) string {
	v := url.Values{}
	if noun != "" {
		v.Set("noun", noun)
	}
	if before != 0 {
		v.Set("before", strconv.FormatInt(before, 10))
	}
	u := url.URL{Path: "/removed", RawQuery: v.Encode()}
	return u.String()
}

// NounChoice returns the field by which one of some nouns is asked for.
func (s *Site) NounChoice(lang string, nouns []string, chosen string) Field {
	f := Field{ID: "noun", Name: "noun", Kind: ChoiceField, Value: chosen, Label: s.text(lang, "trail.noun"), Any: s.text(lang, "filter.any")}
	for _, n := range nouns {
		f.Options = append(f.Options, Option{n, s.text(lang, "noun."+n)})
	}
	return f
}

// TrailFilters returns the fields by which the trail is filtered.
func (s *Site) TrailFilters(lang string, query url.Values, problems models.Problems) []Field {
	b := s.buildForm(lang, problems)
	var actions, nouns []Option
	for _, a := range models.TrailActions() {
		actions = append(actions, Option{a, s.text(lang, "action."+a)})
	}
	for _, n := range models.TrailNouns() {
		nouns = append(nouns, Option{n, s.text(lang, "noun."+n)})
	}
	for _, f := range []Field{
		{Name: "actor", Kind: TextField}, {Name: "action", Kind: ChoiceField, Options: actions}, {Name: "noun", Kind: ChoiceField, Options: nouns},
		{Name: "record", Kind: TextField}, {Name: "from", Kind: DayField}, {Name: "to", Kind: DayField},
		{Name: "sign_ins", Kind: CheckField, Checked: query.Get("sign_ins") != ""},
	} {
		f.ID, f.Value, f.Label = f.Name, query.Get(f.Name), b.t("trail."+f.Name)
		if f.Kind == CheckField {
			f.Value = "yes"
		}
		f.Problem = b.problem(f.Name, -1)
		b.form.Fields = append(b.form.Fields, f)
	}
	return b.form.Fields
}

// A History is what the trail tells about a record.
type History struct {
	Rows []models.TrailRow
	// Restore is the address at which an old value is restored, "" if the reader
	// may not do so.
	Restore string
	Version int
	Who     bool // the e-mail addresses of those who changed it are shown
}

// Undoable reports whether the page of a change, which tells whether it can be taken
// back, is for the reader: that of whoever may change the record.
func (h History) Undoable(seen models.TrailRow) bool {
	return h.Restore != "" && (seen.Action == "create" || seen.Action == "update")
}

// Restorable reports whether a change can be undone.
func (h History) Restorable(seen models.TrailRow, c models.FieldChange) bool {
	return h.Restore != "" && seen.Action == "update"
}
