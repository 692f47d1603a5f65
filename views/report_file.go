package views

import (
	"io"
	"slices"
	"strconv"
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

// ReportFile begins the file of a report, which must have been made in the language of a.
func (s *Site) ReportFile(w io.Writer, a About, r Report) *File { return s.newFile(w, a, r.heads()) }

// Report adds all rows of a report. It returns the first error of all writing.
func (c *File) Report(r Report) error {
	heads := r.heads()
	about := func(name, value string) {
		c.t.text("about")
		c.t.text(name)
		c.t.text(value)
		for range heads[len(reportHeads):] {
			c.t.none()
		}
		c.last = c.t.end()
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
	return c.last
}

// reportRow adds a row of a part, its cells under their heads.
func (c *File) reportRow(p ReportPart, heads []string, row []ReportCell) {
	c.t.code(p.Name)
	for _, head := range heads[1:] {
		i := slices.IndexFunc(p.Columns, func(column ReportColumn) bool { return column.Name == head })
		switch {
		case i < 0:
			c.t.none()
		case row[i].isDay:
			c.t.day(row[i].day)
		case row[i].isNumber:
			c.figure(row[i].figure(c.profile))
		case row[i].codes != "" && c.profile == Plain:
			c.t.code(row[i].codes)
		default:
			c.t.text(row[i].file(c.profile))
		}
	}
	c.last = c.t.end()
}

// figure adds a number: a whole one as such.
func (c *File) figure(text string) {
	if n, err := strconv.Atoi(text); err == nil {
		c.t.number(n)
	} else {
		c.t.text(text)
	}
}

// figure returns a number as a file has it: in a share without its sign.
func (c ReportCell) figure(profile Profile) string {
	text := c.file(profile)
	if n := len(text) - len(" %"); n > 0 && text[n:] == " %" {
		return text[:n]
	}
	return text
}
