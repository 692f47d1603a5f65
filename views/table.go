package views

import (
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"samband/models"
)

// A table writes the rows of a file, cell by cell, in one of the formats. After its
// first error, which it keeps, it writes nothing more. Each file is declared once, by
// the cells that it adds: its format decides how they are written.
type table interface {
	// text adds a cell that may hold anything, code one that holds neither
	// separators nor quotes.
	text(s string)
	code(s string)
	// day adds a cell with a day, empty where it is open or not given.
	day(d models.Date)
	number(n int)
	yes(is bool)
	// none adds an empty cell to a column of anything but text.
	none()
	// end ends the row, and flush the file. Both return the first error of all
	// writing.
	end() error
	flush() error
}

// A heading is a column: what programs call it, and what the reader does.
type heading struct{ name, label string }

// A Format is how the file of a list is written, and how its name ends.
type Format string

// The formats. NDJSON is one JSON object on each line.
const (
	CSV    Format = "csv"
	XLSX   Format = "xlsx"
	JSON   Format = "json"
	NDJSON Format = "ndjson"
)

// Formats returns all formats.
func Formats() []Format { return []Format{CSV, XLSX, JSON, NDJSON} }

// FormatOf returns the format of the file of a list or a report at an address, "" if
// there is none.
func FormatOf(address string) Format {
	ext := path.Ext(address)
	if dir := path.Dir(address); dir != "/" && !strings.HasPrefix(dir, "/reports") || ext == "" || !slices.Contains(Formats(), Format(ext[1:])) {
		return ""
	}
	return Format(ext[1:])
}

// Program reports whether programs read the format, and nobody else does.
func (f Format) Program() bool { return f == JSON || f == NDJSON }

// ContentType returns the media type of a file.
func (f Format) ContentType() string {
	switch f {
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case JSON:
		return "application/json"
	case NDJSON:
		return "application/x-ndjson"
	}
	return "text/csv; charset=utf-8; header=present"
}

// An About says how the file of a list is written, and what a workbook or a JSON
// object tells of itself.
type About struct {
	Format  Format
	Profile Profile // always Excel for XLSX, and Plain for JSON
	Lang    string
	List    string      // its address: "/postings"
	On      models.Date // the day as of which the list is, 0 if it is of none
	Known   models.Date // the day at whose end this was known, 0 for now
	Query   url.Values  // what was asked for
	View    string      // the name of the saved view, "" if it is none
	Maker   string      // the account's address
	Made    time.Time
}

// newTable begins a file with its column heads.
func (s *Site) newTable(w io.Writer, a About, heads []heading) table {
	switch a.Format {
	case XLSX:
		return newXLSX(w, s, a, heads)
	case JSON, NDJSON:
		return newJSON(w, a, heads)
	}
	return newCSV(w, a.Profile, heads)
}

// asked returns the parameters that say which rows the list has, in order, without
// those that only say how it is shown.
func (a About) asked() (asked []Option) {
	for name, values := range a.Query {
		if slices.Contains(pageParameters, name) || slices.Contains([]string{"profile", "view", "columns", "sort"}, name) {
			continue
		}
		for _, value := range values {
			if value != "" {
				asked = append(asked, Option{name, value})
			}
		}
	}
	slices.SortStableFunc(asked, func(a, b Option) int { return strings.Compare(a.Value, b.Value) })
	return asked
}
