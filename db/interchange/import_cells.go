package interchange

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"samband/models"
)

// A row is the line of a sheet that is being read.
type row struct {
	im    *importing
	sheet *sheet
	line  int
	cells []string
	place []int // where the cell of each column is, then that of each optional column
	bad   bool  // something in it was refused
	// version is that of the record from which the row was taken, 0 if it does not say.
	version int
}

// refuse refuses the row because of a cell.
func (r *row) refuse(column, key string, args ...any) {
	r.bad = true
	r.im.refuse(r.sheet, r.line, column, models.Say(key, args...))
}

// at returns the index of a column's cell, -1 for an optional column that the
// file does not have.
func (r *row) at(column string) int {
	if i := slices.Index(r.sheet.columns, column); i >= 0 {
		return r.place[i]
	}
	return r.place[len(r.sheet.columns)+slices.Index(r.sheet.optional, column)]
}

// text returns a cell, with its line ends normalised.
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

// lineEnds normalises line ends to line feeds.
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

// code returns a cell without surrounding space.
func (r *row) code(column string) string { return strings.TrimSpace(r.text(column)) }

// readVersion reads the version of the record from which the row was taken.
func (r *row) readVersion() {
	if r.version = 0; !r.sheet.versioned {
		return
	}
	text := r.code(versionColumn)
	if text == "" {
		return
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 1 {
		r.refuse(versionColumn, "problem.version", "value", text)
		return
	}
	r.version = int(n)
}

// fill sets the record at to from the cells. Fields of optional columns that
// the file does not have keep their values; refer returns the ID of the record
// that a column refers to.
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
