package views

import (
	"io"

	"samband/models"
)

// A ColumnsFile writes a list with columns that somebody has chosen, a line at a time.
type ColumnsFile struct {
	*File
	about   About
	columns []column
	b       *formBuilder
}

// ColumnsFile begins a file of a list with columns of given names, whose heads are these
// names, or in the Excel profile what pages call them.
func (s *Site) ColumnsFile(w io.Writer, a About, list models.List, names []string) *ColumnsFile {
	f := &ColumnsFile{about: a, b: s.buildForm(a.Lang, nil)}
	var heads []heading
	for _, name := range names {
		c, _ := columnOf(list, name)
		f.columns = append(f.columns, c)
		heads = append(heads, heading{name, f.b.t("column." + name)})
	}
	f.File = &File{t: s.newTable(w, a, heads), site: s, lang: a.Lang}
	return f
}

// Line adds a row. It returns the first error of all writing.
func (f *ColumnsFile) Line(l Line) error {
	plain := f.about.Profile == Plain
	for _, c := range f.columns {
		cell := c.cell(f.b, l)
		switch {
		case c.holds == days && (plain || f.about.Format != CSV): // a CSV for people says "open"
			f.t.day(cell.day)
		case c.holds == numbers && len(cell.Bits) == 0:
			f.t.none()
		case c.holds == numbers:
			f.t.number(cell.number)
		case c.holds == yesNo && plain:
			f.t.yes(len(cell.Bits) > 0)
		default:
			f.t.text(cell.file(f.about.Profile))
		}
	}
	return f.t.end()
}
