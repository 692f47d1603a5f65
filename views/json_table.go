package views

import (
	"io"
	"strconv"

	"samband/models"
)

// A jsonTable writes a table as JSON: one object for each row, with the plain heads as
// its names. Days are texts like "2026-11-23" and null where they are open or not
// given, numbers and yes or no are of these types, and all else is text.
//
// NDJSON is these objects alone, each on a line. JSON is one object with the day of the
// list ("as_of"), the day at whose end this was known ("known"), what was asked for
// ("filter") and the "rows", which come last, so that a file that was broken off is no
// JSON.
type jsonTable struct {
	w     io.Writer
	lines bool     // NDJSON
	names []string // of the columns, each as JSON with its colon
	buf   []byte
	cell  int // of the row
	row   int
	err   error
}

func newJSON(w io.Writer, a About, heads []heading) *jsonTable {
	t := &jsonTable{w: w, lines: a.Format == NDJSON, buf: make([]byte, 0, flushAt+4096)}
	for _, h := range heads {
		t.names = append(t.names, string(appendJSON(nil, h.name))+":")
	}
	if t.lines {
		return t
	}
	j := jsonText{buf: t.buf}
	j.begin('{')
	j.field("list", a.List[1:])
	j.day("as_of", a.On)
	j.day("known", a.Known)
	j.name("filter")
	j.begin('{')
	last := ""
	for i, o := range a.asked() {
		if i > 0 && o.Value == last {
			continue // a parameter that is given twice means its first value
		}
		last = o.Value
		j.comma()
		j.buf = append(appendJSON(j.buf, o.Value), ':')
		j.buf = appendJSON(j.buf, o.Label)
	}
	j.end('}')
	j.name("rows")
	j.begin('[')
	t.buf = j.buf
	return t
}

// begin adds the name of the next cell.
func (t *jsonTable) begin() {
	switch {
	case t.cell > 0:
		t.buf = append(t.buf, ',')
	case t.lines:
		t.buf = append(t.buf, '{')
	case t.row > 0:
		t.buf = append(t.buf, ",\n{"...)
	default:
		t.buf = append(t.buf, "\n{"...)
	}
	t.buf = append(t.buf, t.names[t.cell]...)
	t.cell++
}

func (t *jsonTable) text(s string) {
	t.begin()
	t.buf = appendJSON(t.buf, s)
}

func (t *jsonTable) code(s string) { t.text(s) }

func (t *jsonTable) day(d models.Date) {
	if d <= 0 || d.Open() {
		t.none()
		return
	}
	t.begin()
	t.buf = append(t.buf, '"')
	t.buf = append(d.Append(t.buf), '"')
}

func (t *jsonTable) number(n int) {
	t.begin()
	t.buf = strconv.AppendInt(t.buf, int64(n), 10)
}

func (t *jsonTable) yes(is bool) {
	t.begin()
	t.buf = strconv.AppendBool(t.buf, is)
}

func (t *jsonTable) none() {
	t.begin()
	t.buf = append(t.buf, "null"...)
}

func (t *jsonTable) end() error {
	t.buf = append(t.buf, '}')
	if t.lines {
		t.buf = append(t.buf, '\n')
	}
	t.cell = 0
	t.row++
	if len(t.buf) >= flushAt {
		t.write()
	}
	return t.err
}

func (t *jsonTable) flush() error {
	if !t.lines {
		t.buf = append(t.buf, "\n]}\n"...)
	}
	t.write()
	return t.err
}

func (t *jsonTable) write() {
	if t.err == nil && len(t.buf) > 0 {
		_, t.err = t.w.Write(t.buf)
	}
	t.buf = t.buf[:0]
}
