package views

import (
	"slices"
	"strings"

	"samband/models"
)

// A RenameInput is the form of an act that gives a record another name from a day
// on.
type RenameInput struct {
	From    string `form:"renamed_from"`
	Name    string `form:"name"`
	NameEn  string `form:"name_en"`
	Acronym string `form:"acronym"`
}

// RenameForm returns the form of that act, for the record at an address.
func (s *Site) RenameForm(lang, path string, f Filled[RenameInput]) Form {
	b := s.buildForm(lang, renaming(f.Problems))
	b.form.Title, b.form.Intro, b.form.Submit = b.t("rename.title", "name", f.Title), b.t("rename.intro"), b.t("rename.do")
	b.form.Version, b.form.IsStale = f.Version, f.Saved != nil
	b.form.Cancel, b.form.Action = path, path+"/rename"
	in := f.Input
	b.day("renamed_from", in.From, true)
	b.hint("hint.renamed_from")
	b.text("name", in.Name, true)
	b.text("name_en", in.NameEn, false)
	b.text("acronym", in.Acronym, false)
	return finish(b, f, func(saved Filled[RenameInput]) Form { return s.RenameForm(lang, path, saved) })
}

// renaming turns problems with the days of former names into one with the day that
// ends the last of them.
func renaming(ps models.Problems) models.Problems {
	moved := slices.Clone(ps)
	for i, p := range moved {
		if _, day, listed := strings.Cut(p.Field, "."); listed && strings.HasSuffix(day, "_day") {
			moved[i] = models.Problem{Field: "renamed_from", Row: -1, Message: models.Say("problem.renamed_from")}
		}
	}
	return moved
}
