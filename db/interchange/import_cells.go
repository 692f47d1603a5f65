package interchange

import (
	"slices"
	"strings"
	"unicode/utf8"

	"samband/models"
)

// A row is one line of a sheet, being read.
type row struct {
	im    *importing
	sheet *sheet
	line  int
	cells []string
	place []int // of each column of the sheet, and then each optional one, among the cells
	bad   bool  // something in it was refused
}

// refuse notes what is wrong with a cell.
func (r *row) refuse(column, key string, args ...any) {
	r.bad = true
	r.im.refuse(r.sheet, r.line, column, models.Say(key, args...))
}

// at returns where a column stands among the cells, -1 for an optional one that
// the file has not got.
func (r *row) at(column string) int {
	if i := slices.Index(r.sheet.columns, column); i >= 0 {
		return r.place[i]
	}
	return r.place[len(r.sheet.columns)+slices.Index(r.sheet.optional, column)]
}

// text returns a cell as it is.
func (r *row) text(column string) string {
	cell := ""
	if at := r.at(column); at >= 0 {
		cell = r.cells[at]
	}
	if plainText(cell) {
		return cell
	}
	if !utf8.ValidString(cell) {
		r.refuse(column, "problem.utf8")
		return ""
	}
	if strings.IndexByte(cell, 0) >= 0 {
		r.refuse(column, "problem.nul")
		return ""
	}
	return lineEnds.Replace(cell)
}

// lineEnds makes every end of a line the one that is kept.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// plainText reports whether s is printable ASCII.
func plainText(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// code returns a cell without the space around it.
func (r *row) code(column string) string { return strings.TrimSpace(r.text(column)) }

// fill gives the record that a pointer leads to what the cells say. Where an
// optional column is missing it keeps what it has; refer returns the ID of what
// a column refers to.
func (r *row) fill(to any, refer func(column string) int64) {
	for i, p := range r.sheet.Pointers(to, make([]any, 0, 16)) {
		as := r.sheet.Fields[i].As
		if as.Name == "" || as.Optional && r.at(as.Name) < 0 {
			continue
		}
		if id, refers := p.(*int64); refers {
			*id = refer(as.Name)
		} else if wrong := models.SetText(p, as, r.text(as.Name)); wrong != nil {
			r.bad = true
			r.im.refuse(r.sheet, r.line, as.Name, *wrong)
		}
	}
}
