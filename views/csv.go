package views

import (
	"io"
	"strconv"
	"strings"

	"samband/models"
)

// A Profile is whom a file is for.
type Profile string

// The profiles. Plain is for programs: English snake_case heads and values as they
// are, as CSV of RFC 4180 with commas, CRLF and no byte order mark. Excel is for
// people with spreadsheets: heads in the reader's language and, as CSV, a byte order
// mark, semicolons, text that a spreadsheet could take for a formula guarded by an
// apostrophe, and quotes around what it could take for a number: LibreOffice keeps that
// as text if it is told to.
const (
	Plain Profile = "plain"
	Excel Profile = "excel"
)

// Valid reports whether p is a known profile.
func (p Profile) Valid() bool { return p == Plain || p == Excel }

// flushAt is how many bytes of a file are gathered before they are written.
const flushAt = 64 << 10

// A csvTable writes a table as CSV.
type csvTable struct {
	w       io.Writer
	profile Profile
	buf     []byte
	row     int // where in buf the row begins
	cells   int // in the row so far
	err     error
}

// newCSV begins a file with its column heads.
func newCSV(w io.Writer, profile Profile, heads []heading) *csvTable {
	t := &csvTable{w: w, profile: profile, buf: make([]byte, 0, flushAt+4096)}
	if profile == Excel {
		t.buf = append(t.buf, "\uFEFF"...)
	}
	for _, head := range heads {
		if profile == Excel {
			t.text(head.label)
		} else {
			t.text(head.name)
		}
	}
	_ = t.end()
	return t
}

// text quotes and guards a cell where it must be.
func (t *csvTable) text(s string) {
	t.separate()
	guard := t.profile == Excel && guarded(s)
	if !guard && !t.mustQuote(s) {
		t.buf = append(t.buf, s...)
		return
	}
	t.buf = append(t.buf, '"')
	if guard {
		t.buf = append(t.buf, '\'')
	}
	for i := range len(s) {
		if s[i] == '"' {
			t.buf = append(t.buf, '"')
		}
		t.buf = append(t.buf, s[i])
	}
	t.buf = append(t.buf, '"')
}

func (t *csvTable) code(s string) {
	if t.profile == Excel && numeral(s) {
		t.text(s)
		return
	}
	t.separate()
	t.buf = append(t.buf, s...)
}

func (t *csvTable) day(d models.Date) {
	t.separate()
	if !d.Open() {
		t.buf = d.Append(t.buf)
	}
}

func (t *csvTable) number(n int) {
	t.separate()
	t.buf = strconv.AppendInt(t.buf, int64(n), 10)
}

func (t *csvTable) yes(is bool) {
	if t.separate(); is {
		t.buf = append(t.buf, "yes"...)
	}
}

func (t *csvTable) none() { t.separate() }

// end ends the row. A row of one empty cell gets quotes: many programs skip a line
// that is empty.
func (t *csvTable) end() error {
	if t.cells == 1 && len(t.buf) == t.row {
		t.buf = append(t.buf, `""`...)
	}
	t.buf = append(t.buf, '\r', '\n')
	t.row, t.cells = len(t.buf), 0
	if len(t.buf) >= flushAt {
		return t.flush()
	}
	return t.err
}

func (t *csvTable) flush() error {
	if t.err == nil && len(t.buf) > 0 {
		_, t.err = t.w.Write(t.buf)
	}
	t.buf, t.row = t.buf[:0], 0
	return t.err
}

func (t *csvTable) separate() {
	switch t.cells++; {
	case t.cells == 1:
	case t.profile == Excel:
		t.buf = append(t.buf, ';')
	default:
		t.buf = append(t.buf, ',')
	}
}

// mustQuote reports whether a cell needs quotes: because of what it holds, or
// because a reader could trim it.
func (t *csvTable) mustQuote(s string) bool {
	if s == "" {
		return false
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' || t.profile == Excel && numeral(s) {
		return true
	}
	for i := range len(s) {
		switch s[i] {
		case '"', '\r', '\n', '\t':
			return true
		case ',':
			if t.profile == Plain {
				return true
			}
		case ';':
			if t.profile == Excel {
				return true
			}
		}
	}
	return false
}

// guarded reports whether a cell needs an apostrophe before it, so that no spreadsheet
// takes it for a formula, or so that those before one that it has are kept.
func guarded(s string) bool { return models.Formula(strings.TrimLeft(s, "'")) }

// numeral reports whether a spreadsheet could take a text for a number, a day or a time.
func numeral(s string) bool {
	return s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '.' || s[0] == ',')
}
