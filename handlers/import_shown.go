package handlers

import (
	"slices"

	"github.com/gin-gonic/gin"

	"samband/db/interchange"
	"samband/views"
)

// reportShown returns what a page shows of what a file would do.
func (s *server) reportShown(c *gin.Context, r *interchange.Report, take []string) views.ImportReport {
	lang := s.language(c)
	shown := views.ImportReport{Cleared: r.Cleared, Absent: r.Absent, Whole: r.Whole, Noun: r.Noun, Rows: map[string][]views.ImportLine{}}
	total := r.Total()
	shown.Work, shown.Refused = total.New+total.Changed, total.Refused
	for _, o := range interchange.Outcomes() {
		shown.Counts = append(shown.Counts, views.ImportCount{Outcome: string(o), Rows: *total.Of(o)})
	}
	for _, h := range r.Heads {
		shown.Heads = append(shown.Heads, views.ImportHead{Name: h.Name, Column: h.Column, Shown: h.Shown, Unknown: h.Unknown})
	}
	for _, n := range r.Notices {
		shown.Notices = append(shown.Notices, s.site.Say(lang, n))
	}
	for _, m := range r.Missing {
		shown.Missing = append(shown.Missing, views.Link{Noun: m.Noun, Name: m.Key, URL: recordPath(m.Noun, m.ID)})
	}
	type place struct {
		file string
		line int
	}
	reasons := map[place][]views.FieldProblem{}
	for _, f := range r.Refusals {
		at := place{f.File, f.Line}
		label := ""
		if f.Column != "" {
			label = s.site.ImportColumn(lang, f.Column)
		}
		reasons[at] = append(reasons[at], views.FieldProblem{Label: label, Text: s.site.Say(lang, f.Reason)})
	}
	for _, row := range r.Rows {
		at := place{row.File, row.Line}
		line := views.ImportLine{File: row.File, Noun: row.Noun, Key: row.Key, Line: row.Line, Reasons: reasons[at]}
		delete(reasons, at)
		for _, f := range row.Fields {
			line.Cells = append(line.Cells, views.ImportCell{Label: s.site.ImportColumn(lang, f.Column), Was: f.Was, Now: f.Now, Base: f.Base, Based: f.Based})
		}
		if row.Outcome == interchange.Changed && slices.Contains(take, line.Take()) {
			line.Taken = true
		}
		shown.Rows[string(row.Outcome)] = append(shown.Rows[string(row.Outcome)], line)
		if line.Taken { // it stays in the list of those that are decided on
			shown.Rows[string(interchange.Stale)] = append(shown.Rows[string(interchange.Stale)], line)
		}
	}
	for _, f := range r.Refusals { // of files as a whole, and of rows that are not listed
		at := place{f.File, f.Line}
		if because, left := reasons[at]; left {
			shown.Rows["refused"] = append(shown.Rows["refused"], views.ImportLine{File: f.File, Line: f.Line, Reasons: because})
			delete(reasons, at)
		}
	}
	return shown
}
