package interchange

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"samband/models"
)

// dayLike is what spreadsheets take for a day, a time or a share, and keep as a number.
var dayLike = regexp.MustCompile(`^\d{1,4}[-/.:]\d{1,4}([-/.:]\d{1,4})?$|^\d+([.,]\d+)?\s?%$`)

// respelled reports whether a cell looks as if a spreadsheet had made a number of the text
// on record when it opened a CSV file: 00123 becomes 123, 0046846500401 becomes 4.68E+10,
// and 1-2 becomes 46024.
func respelled(was, now string) bool {
	n, is := numberIn(now)
	if !is || was == now {
		return false
	}
	w, is := numberIn(was)
	if !is {
		return dayLike.MatchString(was)
	}
	rounded := strings.ContainsAny(now, "eE") || len(was) > 15 // digits that a spreadsheet keeps
	return w == n || rounded && math.Abs(w-n) <= math.Abs(w)*0.01
}

// numberIn returns the number that a cell is, with a point or a comma.
func numberIn(cell string) (n float64, is bool) {
	if cell == "" || len(cell) > 40 || strings.Trim(cell, "0123456789+-.,eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	return n, err == nil
}

// lookFor counts the cells of a changed row that a spreadsheet seems to have respelled, and
// remembers the key of a new one that is a number: see listMissing.
func (im *importing) lookFor(r importedRow, outcome Outcome, fields []FieldChange) {
	if im.parcel.single == nil {
		return
	}
	switch n, is := numberIn(r.key); {
	case outcome == Changed:
		for _, f := range fields {
			if respelled(f.Was, f.Now) {
				im.respelled++
			}
		}
	case outcome == New && is:
		im.numbered[n] = true
	}
}

// tellRespelled adds a notice of what a spreadsheet seems to have respelled.
func (im *importing) tellRespelled() {
	if im.respelled > 0 {
		im.report.Notices = append(im.report.Notices[:len(im.report.Notices):len(im.report.Notices)], models.Say("import.respelled", "n", im.respelled))
	}
}
