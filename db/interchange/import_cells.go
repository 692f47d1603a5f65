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
}

// refuse refuses the row because of a cell.
func (r *row) refuse(column, key string, args ...any) {
	r.bad = true
	r.im.refuse(r.sheet, r.line, column, models.Say(key, args...))
}

// at returns the index of a column's cell, -1 for a column that the file does not
// have.
func (r *row) at(column string) int {
	if i := slices.Index(r.sheet.columns, column); i >= 0 {
		return r.place[i]
	}
	return r.place[len(r.sheet.columns)+slices.Index(r.sheet.optional, column)]
}

// version returns the version that the row was written from, 0 if it does not say.
func (r *row) version() int {
	if !r.sheet.versioned {
		return 0
	}
	text := r.code(versionColumn)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 1 {
		r.refuse(versionColumn, "problem.version", "value", text)
	}
	return int(n)
}

// text returns a cell, with its line ends normalised.
func (r *row) text(column string) string {
	cell := ""
	if at := r.at(column); at >= 0 {
		cell = r.cells[at]
	}
	if r.im.parcel.guarded {
		cell = unguarded(cell)
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

// unguarded takes off the apostrophe that the Excel profile puts before what a
// spreadsheet would take for a formula.
func unguarded(cell string) string {
	if rest, guarded := strings.CutPrefix(cell, "'"); guarded && models.Formula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}

// absent returns the columns that the file does not have.
func (r *row) absent() (columns []string) {
	for _, column := range slices.Concat(r.sheet.columns, r.sheet.optional) {
		if r.at(column) < 0 {
			columns = append(columns, column)
		}
	}
	return columns
}

// fill sets the record at to from the cells. Fields of columns that the file does not
// have keep their values, or have those of an empty cell if the record is new; refer
// returns the ID of the record that a column refers to.
func (r *row) fill(to any, fresh bool, refer func(column string, now int64) int64) {
	for i, p := range r.sheet.Pointers(to, make([]any, 0, 16)) {
		as := r.sheet.Fields[i].As
		if as.Name == "" {
			continue
		}
		there := r.at(as.Name) >= 0
		if id, refers := p.(*int64); refers {
			if there {
				*id = refer(as.Name, *id)
			}
			continue
		}
		text := ""
		if there {
			text = r.text(as.Name)
		} else if !fresh {
			continue
		}
		if wrong := r.set(p, as, text); wrong != nil {
			r.bad = true
			r.im.refuse(r.sheet, r.line, as.Name, *wrong)
		}
	}
}

// set sets a field from a cell. Single files come from spreadsheets: days may be
// written as people write them, and what has a code by its name.
func (r *row) set(p any, as models.InFiles, text string) *models.Message {
	if r.im.parcel.single == nil || strings.TrimSpace(text) == "" {
		return models.SetText(p, as, text)
	}
	word := strings.TrimSpace(text)
	if day, is := p.(*models.Date); is {
		if book := r.im.parcel.book; book != nil {
			if d, ok := serialDay(word, book.from1904); ok {
				*day = d
				return nil
			}
		}
		d, ok := models.WrittenDay(word)
		if *day = d; ok {
			return nil
		}
		m := models.Say("problem.day_of_file", "value", word)
		return &m
	}
	if r.im.opts.Codes != nil {
		if code, known := r.im.opts.Codes(p, word); known {
			text = code
		}
	}
	return models.SetText(p, as, text)
}
