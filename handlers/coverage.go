package handlers

import (
	"context"
	"io"
	"net/http"
	"slices"

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
	lackingDays  = 365  // the notice of a matrix of what is missing or ends
)

// A coverage is what the matrix's page and file show: places abroad, and the bodies
// where states meet.
type coverage struct {
	directory *models.Directory
	abroad    models.Matrix
	bodies    models.BodyMatrix
}

// coverage reads the parameters of the coverage matrix, and works it out, with what
// everything was called on its day. Only what is missing or ends within a year is
// left if that is asked for, and only a region's places if there is one.
func (s *server) coverage(ctx context.Context, in *query) (coverage, error) {
	on, region, lacking := in.day("on", s.today()), in.region("region"), in.yes("lacking")
	in.yes("names")
	soon := s.limits.NoticeDays
	if lacking {
		soon = lackingDays
	}
	soon = in.count("soon", soon, mostSoon)
	if err := in.problems.Err(); err != nil {
		return coverage{}, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return coverage{}, err
	}
	d = d.NamedOn(on)
	c := coverage{d, d.Matrix(on, soon), d.BodyMatrix(on, soon)}
	c.abroad = c.abroad.Only(func(r models.MatrixRow) bool {
		return (region == "" || r.Place.Country.Region() == region) && (!lacking || r.Lacks())
	})
	c.bodies.Rows = slices.DeleteFunc(c.bodies.Rows, func(r models.BodyRow) bool { return region != "" || lacking && !r.Lacks() })
	return c, nil
}

func (s *server) showCoverage(c *gin.Context) error {
	in := queryOf(c)
	shown, err := s.coverage(c.Request.Context(), in)
	if err != nil {
		return err
	}
	page := s.site.NewCoverageMatrix(s.language(c), shown.abroad, shown.bodies, ownState(rightsOf(c.Request.Context())))
	page.Directory, page.Names = shown.directory, in.yes("names")
	page.Query, page.Picker = in.values, picker("/coverage", in, shown.directory, shown.abroad.On)
	page.Picker.Knowable, page.Picker.Fields = true, s.site.CoverageFields(s.language(c), shown.directory, in.values)
	return show(s, c, http.StatusOK, views.CoveragePage, page)
}

// coverageFile answers with the whole matrix.
func (s *server) coverageFile(c *gin.Context) error { return s.sendFile(s.prepareCoverage)(c) }

// prepareCoverage reads what file of the matrix is asked for.
func (s *server) prepareCoverage(c *gin.Context, in *query, about views.About) (f listFile, err error) {
	shown, err := s.coverage(c.Request.Context(), in)
	if err != nil {
		return f, err
	}
	places := shown.abroad.Rows
	for _, r := range shown.bodies.Rows {
		places = append(places, r.MatrixRow)
	}
	about.On = shown.abroad.On
	return listFile{about, len(places) * len(models.States()) * len(models.Matters()), func(w io.Writer) (*views.File, func() error) {
		file := s.site.CoverageFile(w, about)
		return file, func() error {
			for _, r := range places {
				if err := file.Row(r); err != nil {
					return err
				}
			}
			return nil
		}
	}}, nil
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
