package views

import (
	"strings"

	"samband/models"
)

// A BulkInput is the form of one act on many records of a list, as filled in.
type BulkInput struct {
	List       string   `form:"list"`
	Act        string   `form:"act"`
	IDs        []string `form:"id"`
	LastDay    string   `form:"last_day"`
	Months     string   `form:"months"`
	Reason     string   `form:"reason"`
	Areas      []string `form:"areas"`
	Restricted string   `form:"restricted"`
}

// BulkActs returns what can be done with many records of a list at once.
func (s *Site) BulkActs(lang string, list models.List) (acts []Option) {
	for _, a := range models.ManyActs(list) {
		acts = append(acts, Option{string(a), s.text(lang, "bulk."+string(a))})
	}
	return acts
}

// BulkForm returns the form of an act on the records with the given names.
func (s *Site) BulkForm(lang string, in BulkInput, names []string, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.form = Form{Title: b.t("bulk." + in.Act), Action: "/bulk", Cancel: "/" + in.List, Submit: b.t("bulk." + in.Act), Preview: true}
	b.form.Intro = b.t("bulk.chosen", "n", len(names), "names", strings.Join(names, " · "))
	b.kept("list", in.List)
	b.kept("act", in.Act)
	for i, id := range in.IDs {
		b.kept("id", id)
		if i > 0 {
			b.form.Fields[len(b.form.Fields)-1].ID += "-" + itoa(i)
		}
	}
	switch models.ManyAct(in.Act) {
	case models.ExtendMany:
		b.day("last_day", in.LastDay, false)
		b.text("months", in.Months, false)
		b.hint("hint.months_longer")
	case models.EndMany:
		b.day("last_day", in.LastDay, true)
		b.text("reason", in.Reason, true)
	case models.AreasMany:
		b.areas(strings.Join(in.Areas, " "))
		b.hint("hint.areas_instead")
	case models.RestrictMany:
		b.field(Field{Name: "restricted", Kind: CheckField, Value: "yes", Checked: in.Restricted == "yes"})
		b.hint("hint.restricted")
	}
	return b.done()
}
