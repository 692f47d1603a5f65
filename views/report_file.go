package views

import (
	"io"
	"slices"
)

// The first columns of the file of any report. Rows of the part "about" say of an item
// what its value is: what the report is, of which days, how it is filtered, who made it
// when. Other rows have the columns of their part, and all else is empty.
var reportHeads = []string{"part", "item", "value"}

// heads returns the columns of the report's file, each once: those of the parts in their
// order.
func (r Report) heads() []string {
	heads := slices.Clone(reportHeads)
	for _, p := range r.Parts {
		for _, c := range p.Columns {
			if !slices.Contains(heads, c.Name) {
				heads = append(heads, c.Name)
			}
		}
	}
	return heads
}

// FileRows counts the rows of the report's file that are about something other than the
// report itself.
func (r Report) FileRows() (n int) {
	for _, p := range r.Parts {
		n += len(p.Rows)
	}
	return n
}

// ReportCSV begins the file of a report, which the report must have been made for in the
// same language.
func (s *Site) ReportCSV(w io.Writer, lang string, profile Profile, r Report) *CSV {
	return s.newCSV(w, lang, profile, r.On, r.heads())
}

// Report adds all rows of a report. It returns the first error of all writing.
func (c *CSV) Report(r Report) error {
	heads := r.heads()
	about := func(name, value string) {
		c.t.text("about")
		c.t.text(name)
		c.t.text(value)
		for range heads[len(reportHeads):] {
			c.t.code("")
		}
		c.t.end()
	}
	for _, f := range r.Facts {
		about(f.Name, f.Value)
	}
	about("made", r.Made)
	for _, p := range r.Parts {
		for _, row := range p.Rows {
			c.reportRow(p, heads, row)
		}
	}
	return c.t.err
}

// reportRow adds a row of a part, its cells under their heads.
func (c *CSV) reportRow(p ReportPart, heads []string, row []ReportCell) {
	c.t.code(p.Name)
	for _, head := range heads[1:] {
		i := slices.IndexFunc(p.Columns, func(column ReportColumn) bool { return column.Name == head })
		switch {
		case i < 0:
			c.t.code("")
		case row[i].isDay:
			c.t.day(row[i].day)
		case row[i].isNumber:
			c.t.text(row[i].figure(c.t.profile))
		case row[i].codes != "" && c.t.profile == Plain:
			c.t.code(row[i].codes)
		default:
			c.t.text(row[i].file(c.t.profile))
		}
	}
	c.t.end()
}

// figure returns a number as a file has it: in a share without its sign.
func (c ReportCell) figure(profile Profile) string {
	text := c.file(profile)
	if n := len(text) - len(" %"); n > 0 && text[n:] == " %" {
		return text[:n]
	}
	return text
}
