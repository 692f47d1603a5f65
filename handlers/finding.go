package handlers

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// mostFindings bounds the page of findings; the file has all.
const mostFindings = 200

// findings reads the filter of the work queue and returns what it leaves.
func (s *server) findings(c *gin.Context, in *query) (views.Findings, error) {
	f := views.Findings{
		Kind:     models.FindingKind(in.text("kind")),
		Severity: models.Severity(in.text("severity")),
		State:    in.state("state"),
		Query:    in.values,
	}
	if f.Kind != "" && !slices.Contains(models.FindingKinds(), f.Kind) {
		in.refuse("kind", "problem.finding")
	}
	if f.Severity != "" && !slices.Contains(models.Severities(), f.Severity) {
		in.refuse("severity", "problem.severity")
	}
	today := in.day("on", s.today())
	if err := in.problems.Err(); err != nil {
		return f, err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return f, err
	}
	f.Directory = d
	found := s.standingOf(d).findings
	if today != s.today() {
		found = d.Findings(today, s.limits)
	}
	for _, x := range found {
		if (f.Kind == "" || x.Kind == f.Kind) && (f.Severity == "" || x.Severity == f.Severity) &&
			(f.State == "" || x.Concerns(f.State)) {
			f.Rows = append(f.Rows, x)
		}
	}
	f.Total = len(f.Rows)
	return f, nil
}

func (s *server) showFindings(c *gin.Context) error {
	f, err := s.findings(c, queryOf(c))
	if err != nil {
		return err
	}
	f.Rows = f.Rows[:min(len(f.Rows), mostFindings)]
	return show(s, c, http.StatusOK, views.FindingsPage, f)
}

func (s *server) findingsCSV(c *gin.Context) error {
	in := queryOf(c)
	profile, lang := s.profile(c, in)
	f, err := s.findings(c, in)
	if err != nil {
		return err
	}
	csv, err := s.beginFile(c, "/findings", in, len(f.Rows), func() *views.CSV { return s.site.FindingsCSV(c.Writer, lang, profile) })
	if err != nil {
		return err
	}
	for _, x := range f.Rows {
		if err := csv.Finding(f.Directory, x); err != nil {
			return err
		}
	}
	return csv.Close()
}
