package views

import (
	"io"
	"unicode/utf8"

	"samband/models"
)

// A Profile is whom a CSV file is for.
type Profile string

// The profiles. Plain is RFC 4180 for programs: commas, CRLF, no byte order
// mark, English snake_case heads and values as they are. Excel is for
// spreadsheets: a byte order mark, semicolons, heads in the reader's language,
// and text that a spreadsheet could take for a formula guarded by an
// apostrophe.
const (
	Plain Profile = "plain"
	Excel Profile = "excel"
)

// Valid reports whether p is a known profile.
func (p Profile) Valid() bool { return p == Plain || p == Excel }

// flushAt is how many bytes of a file are gathered before they are written.
const flushAt = 64 << 10

// A table writes a CSV file cell by cell. After its first error, which it keeps,
// it writes nothing more.
type table struct {
	w       io.Writer
	profile Profile
	buf     []byte
	begun   bool // the row has a cell already
	err     error
}

// newTable begins a file with its column heads, which in the Excel profile are
// the sentences "csv.<head>" of the language.
func newTable(w io.Writer, profile Profile, say func(models.Message) string, heads []string) *table {
	t := &table{w: w, profile: profile, buf: make([]byte, 0, flushAt+4096)}
	if profile == Excel {
		t.buf = append(t.buf, "\uFEFF"...)
	}
	for _, head := range heads {
		if profile == Excel {
			head = say(models.Say("csv." + head))
		}
		t.text(head)
	}
	t.end()
	return t
}

// text adds a cell that may hold anything, quoted and guarded where it must be.
func (t *table) text(s string) {
	t.separate()
	guard := t.profile == Excel && startsFormula(s)
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

// code adds a cell that holds neither separators nor quotes, such as a code
// or a number.
func (t *table) code(s string) {
	t.separate()
	t.buf = append(t.buf, s...)
}

// day adds a cell with a day, empty where it is open or not given.
func (t *table) day(d models.Date) {
	t.separate()
	if !d.Open() {
		t.buf = d.Append(t.buf)
	}
}

// end ends the row.
func (t *table) end() {
	t.buf = append(t.buf, '\r', '\n')
	t.begun = false
	if len(t.buf) >= flushAt {
		t.flush()
	}
}

// flush writes what has been gathered, and returns the first error of all writing.
func (t *table) flush() error {
	if t.err == nil && len(t.buf) > 0 {
		_, t.err = t.w.Write(t.buf)
	}
	t.buf = t.buf[:0]
	return t.err
}

func (t *table) separate() {
	if !t.begun {
		t.begun = true
	} else if t.profile == Excel {
		t.buf = append(t.buf, ';')
	} else {
		t.buf = append(t.buf, ',')
	}
}

// mustQuote reports whether a cell needs quotes: because of what it holds, or
// because a reader could trim it.
func (t *table) mustQuote(s string) bool {
	if s == "" {
		return false
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
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

// startsFormula reports whether a spreadsheet could take the cell for a
// formula. The list is that of OWASP's page on CSV injection.
func startsFormula(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	switch r {
	case '=', '+', '-', '@', '\t', '\r':
		return true
	}
	return false
}
