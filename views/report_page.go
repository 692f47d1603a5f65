package views

import (
	"slices"

	"samband/models"
)

// What the page of a report has at most. A row takes some 700 bytes, and what a cell holds
// beyond so many bits is left to the file as well.
const (
	reportRows  = 400 // in all
	sectionRows = 50  // in a table
	cellBits    = 12
)

// Page returns the report as its page has it, which ends: the first rows of each table,
// with how many there are. The file has all of them. Tables share the page so that none
// gives way to one that comes before it.
func (r Report) Page(lang string, s *Site) Report {
	share := min(sectionRows, r.share())
	left := reportRows
	parts := slices.Clone(r.Parts)
	for i := range parts {
		p := &parts[i]
		shown := min(len(p.Rows), share, left)
		if left -= shown; shown < len(p.Rows) {
			p.Total = len(p.Rows)
		}
		rows := p.Rows[:shown]
		p.Rows = make([][]ReportCell, shown)
		for j, row := range rows {
			p.Rows[j] = s.shortened(lang, row)
		}
	}
	r.Parts = parts
	return r
}

// share returns how many rows each table may have, so that together they are as many as
// the page may have: 1 if there are more tables than rows.
func (r Report) share() int {
	for share := sectionRows; share > 1; share-- {
		sum := 0
		for _, p := range r.Parts {
			sum += min(len(p.Rows), share)
		}
		if sum <= reportRows {
			return share
		}
	}
	return 1
}

// shortened returns a row in which no cell holds very much.
func (s *Site) shortened(lang string, row []ReportCell) []ReportCell {
	if !slices.ContainsFunc(row, func(c ReportCell) bool { return len(c.Bits) > cellBits }) {
		return row
	}
	row = slices.Clone(row)
	for i, c := range row {
		if more := len(c.Bits) - cellBits; more > 0 {
			row[i].Bits = append(slices.Clone(c.Bits[:cellBits]), Bit{Text: s.Say(lang, models.Say("report.more", "n", more))})
		}
	}
	return row
}
