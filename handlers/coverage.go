package handlers

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// How many years around a day its picker looks for days on which something
// changes, and how many of them it offers.
const (
	pickerYears  = 3
	pickerBefore = 3
	pickerAfter  = 8
	mostSoon     = 3650 // days: the longest notice that a matrix can have
)

// matrix reads the parameters of the coverage matrix, and works it out, with what
// everything was called on its day.
func (s *server) matrix(ctx context.Context, in *query) (*models.Directory, models.Matrix, error) {
	on := in.day("on", s.today())
	soon := in.count("soon", s.limits.NoticeDays, mostSoon)
	if err := in.problems.Err(); err != nil {
		return nil, models.Matrix{}, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return nil, models.Matrix{}, err
	}
	d = d.NamedOn(on)
	return d, d.Matrix(on, soon), nil
}

func (s *server) showCoverage(c *gin.Context) error {
	in := queryOf(c)
	d, m, err := s.matrix(c.Request.Context(), in)
	if err != nil {
		return err
	}
	page := s.site.NewCoverageMatrix(s.language(c), m, d.BodyMatrix(m.On, m.Soon), ownState(rightsOf(c.Request.Context())))
	page.Query, page.Picker = in.values, picker("/coverage", in, d, m.On)
	page.Picker.Knowable = true
	return show(s, c, http.StatusOK, views.CoveragePage, page)
}

func (s *server) coverageCSV(c *gin.Context) error {
	in := queryOf(c)
	profile, lang := s.profile(c, in)
	d, m, err := s.matrix(c.Request.Context(), in)
	if err != nil {
		return err
	}
	places := m.Rows
	for _, r := range d.BodyMatrix(m.On, m.Soon).Rows {
		places = append(places, r.MatrixRow)
	}
	rows := len(places) * len(models.States()) * len(models.Matters())
	csv, err := s.beginFile(c, "/coverage", in, rows, func() *views.CSV { return s.site.CoverageCSV(c.Writer, lang, profile, m.On) })
	if err != nil {
		return err
	}
	for _, r := range places {
		if err := csv.Row(r); err != nil {
			return err
		}
	}
	return csv.Close()
}

// picker offers the days around the one that a page shows on which something
// changes.
func picker(path string, in *query, d *models.Directory, on models.Date) views.DayPicker {
	p := views.DayPicker{Path: path, Query: in.values, On: on}
	p.Before, p.After = nearestTurns(on, models.Period{First: on.Years(-pickerYears), Last: on.Years(pickerYears)}, d.BorderDays)
	return p
}

// nearestTurns returns the nearest days before a day and after it on which something
// changes, of those within a period that days returns.
func nearestTurns(on models.Date, within models.Period, days func(models.Period) []models.Date) (before, after []models.Date) {
	before, after = days(models.Period{First: within.First, Last: on - 1}), days(models.Period{First: on + 1, Last: within.Last})
	return before[max(0, len(before)-pickerBefore):], after[:min(len(after), pickerAfter)]
}

// ownState returns the state in which rights make somebody a partner or
// coordinator, "" if there is none or more than one.
func ownState(rights models.Rights) (own models.State) {
	for _, g := range rights {
		if g.Role != models.Partner && g.Role != models.Coordinator {
			continue
		}
		if g.State == "" || own != "" && own != g.State {
			return ""
		}
		own = g.State
	}
	return own
}
