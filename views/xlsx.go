package views

import (
	"archive/zip"
	"bufio"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"samband/models"
)

// What a sheet can hold, as Microsoft specifies it.
const (
	// MostSheetRows is how many rows fit below the head of a sheet.
	MostSheetRows = 1<<20 - 1
	mostCellText  = 32767 // UTF-16 code units in a cell
)

// firstSerial is the first day that a sheet holds as a day. Before it Excel has a
// 29 February 1900 that never was, and before 1900 nothing: such days are text.
// sheetEpoch is the day with the serial number 0.
const (
	sheetEpoch  models.Date = 693594 // 1899-12-30
	firstSerial models.Date = sheetEpoch + 61
)

// How many rows, and bytes of text, wait before they are written.
const (
	waitingRows  = 1000
	waitingBytes = 1 << 20
)

// An xlsxTable writes a table as a workbook of two sheets: the rows, and what the file
// is. Rows are written as they come, a chunk at a time: excelize makes the XML of each
// chunk, which goes into the zip at once. So any number of rows takes little memory,
// and none of them touches the disk, where excelize by itself puts a large sheet in
// the clear.
type xlsxTable struct {
	site  *Site
	about About
	heads []heading
	out   *bufio.Writer
	zip   *zip.Writer
	sheet io.Writer // the part of the first sheet, nil until its first chunk
	most  int       // rows below the head

	row   []any
	rows  [][]any // that wait
	bytes int     // of text in them
	done  int     // rows that have been written
	// looks say how the columns look, from the first chunk.
	looks []look
	cut   int // cells that were too long
	left  int // rows that did not fit
	err   error
}

// A look is the width of a column, in characters, and the style of its cells.
type look struct {
	width float64
	style int
}

// The styles of a workbook, in the order in which bookOf makes them.
const (
	textStyle = 1 + iota // "@", so that what looks like a number or a formula stays as it is when it is edited
	dayStyle             // yyyy-mm-dd
	headStyle
	boldStyle
)

func newXLSX(w io.Writer, s *Site, a About, heads []heading) *xlsxTable {
	out := bufio.NewWriterSize(w, flushAt)
	return &xlsxTable{site: s, about: a, heads: heads, out: out, zip: zip.NewWriter(out), most: MostSheetRows}
}

func (t *xlsxTable) text(s string) {
	if s == "" {
		t.none()
		return
	}
	if s[0] == '\'' && guarded(s) { // an import takes one off
		s = "'" + s
	}
	short, cut := cellText(s)
	if cut {
		t.cut++
	}
	t.bytes += len(short)
	t.row = append(t.row, styled(textStyle, short))
}

func (t *xlsxTable) code(s string) { t.text(s) }

func (t *xlsxTable) day(d models.Date) {
	switch {
	case d <= 0 || d.Open():
		t.none()
	case d < firstSerial:
		t.row = append(t.row, styled(textStyle, d.String()))
	default:
		t.row = append(t.row, styled(dayStyle, int(d-sheetEpoch)))
	}
}

func (t *xlsxTable) number(n int) { t.row = append(t.row, n) }

func (t *xlsxTable) yes(is bool) {
	if is {
		t.text("yes")
	} else {
		t.none()
	}
}

func (t *xlsxTable) none() { t.row = append(t.row, nil) }

// end ends the row. Rows that do not fit are counted and left out, and the last that
// does fit gives its place to a sentence that says so.
func (t *xlsxTable) end() error {
	row := t.row
	t.row = make([]any, 0, len(t.heads))
	if t.done+len(t.rows) >= t.most {
		t.left++
		return t.err
	}
	if t.rows = append(t.rows, row); len(t.rows) >= waitingRows || t.bytes >= waitingBytes {
		if t.done+len(t.rows) < t.most { // else it waits for whether there are more
			t.write()
		}
	}
	return t.err
}

// write writes the rows that wait.
func (t *xlsxTable) write() {
	if t.err == nil && t.sheet == nil {
		t.err = t.begin()
	}
	if t.err == nil {
		var rows []byte
		if rows, t.err = sheetRows(t.rows, t.done+2); t.err == nil {
			_, t.err = t.sheet.Write(rows)
		}
	}
	t.done += len(t.rows)
	t.rows, t.bytes = t.rows[:0], 0
}

// begin writes what precedes the rows.
func (t *xlsxTable) begin() error {
	t.looks = looksOf(t.heads, t.rows)
	book, err := t.book(0)
	if err != nil {
		return err
	}
	for _, name := range firstParts {
		if err := t.put(name, book[name]); err != nil {
			return err
		}
	}
	if t.sheet, err = t.zip.Create(rowsPart); err != nil {
		return err
	}
	before, _, err := halves(book[rowsPart])
	if err == nil {
		_, err = t.sheet.Write(before)
	}
	return err
}

// flush writes what follows the rows, and the other parts.
func (t *xlsxTable) flush() error {
	if t.left > 0 {
		t.left++
		t.rows[len(t.rows)-1] = []any{styled(boldStyle, t.site.Say(t.about.Lang, models.Say("file.rows_left", "n", t.left)))}
	}
	t.write()
	if t.err != nil {
		return t.err
	}
	book, err := t.book(t.done)
	if err != nil {
		return err
	}
	_, after, err := halves(book[rowsPart])
	if err == nil {
		_, err = t.sheet.Write(after)
	}
	for _, name := range sortedNames(book) {
		if err == nil && name != rowsPart && !slices.Contains(firstParts, name) {
			err = t.put(name, book[name])
		}
	}
	if err == nil {
		err = t.zip.Close()
	}
	if err == nil {
		err = t.out.Flush()
	}
	return err
}

func (t *xlsxTable) put(name string, part []byte) error {
	w, err := t.zip.Create(name)
	if err == nil {
		_, err = w.Write(part)
	}
	return err
}

// cellText cuts a text to what fits into a cell, with an ellipsis at its end.
func cellText(s string) (text string, cut bool) {
	if len(s) <= mostCellText {
		return s, false
	}
	units := 0
	at := 0 // where to cut, if it is too long
	for i, r := range s {
		if units <= mostCellText-1 {
			at = i
		}
		units += max(1, utf16.RuneLen(r))
	}
	if units <= mostCellText {
		return s, false
	}
	return s[:at] + "…", true
}

// looksOf returns how wide columns have to be for their heads and the first rows, and
// which style the rest of each has.
func looksOf(heads []heading, rows [][]any) []look {
	looks := make([]look, len(heads))
	for i, h := range heads {
		l := look{width: float64(utf8.RuneCountInString(h.label) + 4), style: textStyle} // and the button of its filter
		for _, row := range rows {
			if i >= len(row) {
				continue // the sentence that says what is left out
			}
			text, style := shown(row[i])
			for line := range strings.SplitSeq(text, "\n") {
				l.width = max(l.width, float64(utf8.RuneCountInString(line)+2))
			}
			if row[i] != nil && style != textStyle {
				l.style = style
			}
		}
		l.width = min(max(l.width, 8), 60)
		looks[i] = l
	}
	return looks
}
