package handlers

import (
	"io"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// A report is one that the site makes: as a page, and as files.
type report struct {
	name string
	// filters are those of its parameters that say what it is about, and since that of
	// the first day of its period, "" for a report about a day.
	filters []string
	since   string
	// usual is the first day where none is asked for.
	usual func(on models.Date) models.Date
	make  func(s *server, c *gin.Context, in *query, lang string, h views.ReportHead) (views.Report, error)
}

// listReports shows which reports there are, or leads to the history of the posting that
// is asked for.
func (s *server) listReports(c *gin.Context) error {
	in := queryOf(c)
	text := in.text("posting")
	if text != "" {
		d, err := s.directory(c.Request.Context())
		if err != nil {
			return err
		}
		if p := d.PostNamed(text); p != nil {
			c.Redirect(http.StatusSeeOther, views.PostingReportPath(p.Key))
			return nil
		}
		in.refuse("posting", "problem.unknown")
	}
	status := http.StatusOK
	if len(in.problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return show(s, c, status, views.ReportsPage, s.site.NewReports(s.language(c), text, in.problems))
}

// showReport shows a report as a page.
func (s *server) showReport(r report) func(*gin.Context) error {
	return func(c *gin.Context) error {
		made, err := s.makeReport(c, queryOf(c), r, s.language(c), c.Request.URL.Path)
		if err != nil {
			return err
		}
		return show(s, c, http.StatusOK, views.ReportPage, made.Page(s.language(c), s.site))
	}
}

// reportFile answers with a report as a file, in the format that the address ends in.
func (s *server) reportFile(r report) func(*gin.Context) error {
	return func(c *gin.Context) error {
		in := queryOf(c)
		a := s.aboutFile(c, in)
		made, err := s.makeReport(c, in, r, a.Lang, a.List)
		if err != nil {
			return err
		}
		a.List, a.On = "/report-"+r.name, made.On
		file, err := s.beginFile(c, a, in, made.FileRows(), func(w io.Writer, a views.About) *views.File { return s.site.ReportFile(w, a, made) })
		if err != nil {
			return err
		}
		if err := file.Report(made); err != nil {
			return err
		}
		return file.Close()
	}
}

// makeReport reads the days and the filter of a report, and makes it. Everything in it is
// called as on its day.
func (s *server) makeReport(c *gin.Context, in *query, r report, lang, at string) (made views.Report, err error) {
	ctx, today := c.Request.Context(), s.today()
	h := views.ReportHead{Path: at, Query: in.values, Filters: r.filters, SinceName: r.since, At: s.now(), By: visitorOf(ctx).account.Email}
	h.On = in.day("on", today)
	if h.Since = h.On; r.since != "" {
		h.Since = in.day(r.since, r.usual(h.On))
	}
	if h.Since > h.On && len(in.problems) == 0 {
		in.problems = append(in.problems, models.Problem{Field: r.since, Row: -1, Message: models.Say("problem.order", "first", h.Since, "last", h.On)})
	}
	if h.Known = asOfDay(ctx); h.Known == 0 {
		h.Known = today
	}
	for _, name := range r.filters {
		if name == "region" {
			in.region(name)
		} else {
			in.state(name)
		}
	}
	if err := in.problems.Err(); err != nil {
		return made, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return made, err
	}
	h.Directory = d.NamedOn(h.On)
	return r.make(s, c, in, lang, h)
}

// among reads which postings a report is about.
func among(in *query) models.Among {
	return models.Among{Sending: in.state("sending"), Region: in.region("region")}
}

// The reports.
var (
	notification = report{name: "notification", filters: []string{"sending", "state", "region"},
		make: func(s *server, _ *gin.Context, in *query, lang string, h views.ReportHead) (views.Report, error) {
			return s.site.NotificationReport(lang, h, h.Directory.Notifications(among(in), in.state("state"), h.On)), nil
		}}
	boardPack = report{name: "board", filters: []string{"state", "sending"}, since: "since",
		usual: func(on models.Date) models.Date { return on.Months(-boardMonths) },
		make: func(s *server, _ *gin.Context, in *query, lang string, h views.ReportHead) (views.Report, error) {
			return s.site.BoardReport(lang, h, h.Directory.BoardPack(among(in), in.state("state"), h.Since, h.On, s.limits)), nil
		}}
	keyFigures = report{name: "figures", filters: []string{"sending", "region"}, since: "from",
		usual: func(on models.Date) models.Date { return min(on.Years(-1)+1, on) },
		make: func(s *server, _ *gin.Context, in *query, lang string, h views.ReportHead) (views.Report, error) {
			return s.site.FiguresReport(lang, h, h.Directory.Figures(among(in), models.Period{First: h.Since, Last: h.On})), nil
		}}
	whoSits = report{name: "bodies", filters: []string{"state"},
		make: func(s *server, _ *gin.Context, in *query, lang string, h views.ReportHead) (views.Report, error) {
			return s.site.BodiesReport(lang, h, in.state("state")), nil
		}}
	postingHistory = report{name: "posting",
		make: func(s *server, c *gin.Context, _ *query, lang string, h views.ReportHead) (made views.Report, err error) {
			p := postIn(h.Directory, c.Param("posting"))
			if p == nil {
				return made, db.ErrNotFound
			}
			h.Path = views.PostingReportPath(p.Key)
			return s.site.PostingReport(lang, h, h.Directory.HistoryOf(p, h.On)), nil
		}}
)

// postIn returns the posting of an address, by its key or else its number, nil if there is
// none.
func postIn(d *models.Directory, text string) *models.Post {
	for _, p := range d.Posts() {
		if p.Key == text {
			return p
		}
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil
	}
	return d.Post(id)
}
