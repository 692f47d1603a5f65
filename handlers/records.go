package handlers

import (
	"context"
	"io"
	"iter"
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// A records is a list of records whose columns the reader chooses. Row is what the
// store has of a record.
type records[Row any] struct {
	listing
	of    models.List
	page  func(db.Reading, context.Context, db.Filter, db.Order, db.Page) ([]Row, db.Ends, error)
	each  func(db.Reading, context.Context, db.Filter, db.Order) iter.Seq2[Row, error]
	ids   func(db.Reading, context.Context, db.Filter) ([]int64, error)
	count func(db.Reading, context.Context, db.Filter, int) (int, error)
	line  func(s *server, d *models.Directory, on models.Date, r *Row) views.Line
	// known returns the rows that a directory has of some IDs, for sorting.
	known func(d *models.Directory, has func(int64) bool) []Row
	// begin begins the file of the whole list, and returns what adds a row to it.
	begin func(s *server, w io.Writer, a views.About) (*views.File, func(d *models.Directory, r *Row) error)
}

// choice is what an address asks of a list.
type choice struct {
	filter  db.Filter
	order   db.Order
	sorted  bool // by what a column shows, and not in the order of an index
	columns []string
	chosen  bool // the columns were asked for
	// findings are how many are about each posting, if that is shown or sorted by.
	findings map[int64]int
}

// read reads the address of a list.
func (l records[Row]) read(s *server, c *gin.Context, in *query) (x choice, err error) {
	if x.filter, err = s.filter(c, in); err != nil {
		return x, err
	}
	x.columns = views.UsualColumns(l.of)
	if text := in.text("columns"); text != "" {
		x.columns, x.chosen = strings.Split(text, ","), true
		known := views.Columns(l.of)
		for i, name := range x.columns {
			if !slices.Contains(known, name) || slices.Contains(x.columns[:i], name) {
				in.problems = append(in.problems, models.Problem{Field: "columns", Row: -1, Message: models.Say("problem.column", "value", name, "columns", strings.Join(known, ", "))})
			}
		}
	}
	column, descending := strings.CutPrefix(in.text("sort"), "-")
	if x.sorted = !slices.Contains(l.columns, column) && views.Sortable(l.of, column); x.sorted {
		x.order = db.Order{Column: column, Descending: descending, Language: s.language(c)}
	} else {
		x.order = in.order(l.columns, l.instead, s.language(c))
	}
	if slices.Contains(x.columns, "findings") || x.order.Column == "findings" {
		d, err := s.directory(c.Request.Context())
		if err != nil {
			return x, err
		}
		x.findings = s.findingCounts(d, x.filter.On)
	}
	return x, nil
}

// show shows a page of the list. Without anything in the address it begins with the
// view that the visitor has chosen for that, and it leaves out what is over unless a
// status is asked for.
func (l records[Row]) show(s *server) func(*gin.Context) error {
	return func(c *gin.Context) error {
		if c.Request.URL.RawQuery == "" {
			if usual, err := s.usualView(c, l.of); usual != nil || err != nil {
				if err == nil {
					c.Redirect(http.StatusSeeOther, views.ViewURL(*usual))
				}
				return err
			}
		}
		return l.shown(s, c, http.StatusOK, queryOf(c), "", nil)
	}
}

// shown shows a page of the list, and what is wrong with a view that was to be kept
// under a name.
func (l records[Row]) shown(s *server, c *gin.Context, status int, in *query, name string, refused models.Problems) error {
	ctx, lang := c.Request.Context(), s.language(c)
	x, err := l.read(s, c, in)
	if err != nil {
		return err
	}
	byDefault := in.text("status") == ""
	x.filter.Current = x.filter.Current || byDefault
	at := in.page()
	if err := in.problems.Err(); err != nil {
		return err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	d = d.NamedOn(x.filter.On)
	lines, ends, err := l.lines(s, c, d, x, at)
	if err != nil {
		return err
	}
	page := views.Records{List: listOf[views.RecordLine](s, lang, l.listing, d, in, x.order), Of: l.of, Current: byDefault, Name: name,
		Refused: s.site.Problems(lang, refused), Account: visitorOf(ctx).account.ID, Rights: rightsOf(ctx)}
	for i := range page.Refused {
		page.Refused[i].ID = "view-" + page.Refused[i].ID // as its form calls its fields
	}
	page.On, page.Prev, page.Next, page.Count = x.filter.On, ends.Prev, ends.Next, ends.Count
	s.site.CurrentByDefault(lang, page.Filters)
	for _, kept := range []string{"columns", "view"} {
		if text := in.text(kept); text != "" {
			page.Kept = append(page.Kept, views.Option{Value: kept, Label: text})
		}
	}
	if err := s.views(c, in, &page); err != nil {
		return err
	}
	if slices.ContainsFunc(lines, func(l views.Line) bool { return l.Mine }) && asOfDay(ctx) == 0 {
		page.Acts = s.site.BulkActs(lang, l.of)
	}
	s.site.Showing(lang, &page, x.columns, lines)
	return show(s, c, status, views.RecordsPage, page)
}

// lines returns the lines of a page of the list.
func (l records[Row]) lines(s *server, c *gin.Context, d *models.Directory, x choice, at db.Page) (lines []views.Line, ends db.Ends, err error) {
	ctx := c.Request.Context()
	if x.sorted {
		all, err := l.sorted(s, c, d, x)
		if err != nil {
			return nil, ends, err
		}
		return pageSorted(all, x.order, at)
	}
	at.In, at.Most = d, mostCount
	found, ends, err := l.page(s.reading(ctx), ctx, x.filter, x.order, at)
	lineOf := l.liner(s, c, d, x)
	lines = make([]views.Line, 0, len(found))
	for i := range found {
		lines = append(lines, lineOf(&found[i]))
	}
	return lines, ends, err
}

// liner returns what makes lines of rows.
func (l records[Row]) liner(s *server, c *gin.Context, d *models.Directory, x choice) func(*Row) views.Line {
	rights := rightsOf(c.Request.Context())
	return func(r *Row) views.Line {
		line := l.line(s, d, x.filter.On, r)
		line.Directory, line.On = d, x.filter.On
		of := line.Officer.AgencyID
		if line.Post != nil {
			line.Findings, of = x.findings[line.Post.ID], line.Post.AgencyID
		}
		line.Mine = rights.MayChange(d.Agency(of).Country)
		return line
	}
}

// file answers with the list as a file.
func (l records[Row]) file(s *server) func(*gin.Context) error { return s.sendFile(l.prepare(s)) }

// prepare reads what file of the list is asked for: all rows that pass the filter, with
// the columns of the address or, without any, those of the list's own file.
func (l records[Row]) prepare(s *server) prepareFile {
	return func(c *gin.Context, in *query, about views.About) (f listFile, err error) {
		ctx := c.Request.Context()
		x, err := l.read(s, c, in)
		if err != nil {
			return f, err
		}
		about.On = x.filter.On
		if err := in.problems.Err(); err != nil {
			return f, err
		}
		if in.text("sort") == "" {
			x.order = db.Order{} // which is fastest
		}
		n, err := l.count(s.reading(ctx), ctx, x.filter, math.MaxInt32)
		if err != nil {
			return f, err
		}
		d, err := s.directory(ctx)
		if err != nil {
			return f, err
		}
		if about.View, err = s.viewName(c, in, l.of); err != nil {
			return f, err
		}
		return listFile{about, n, func(w io.Writer) (*views.File, func() error) { return l.begun(s, c, w, about, d, x) }}, nil
	}
}

// begun begins the file of the list, and returns what adds its rows.
func (l records[Row]) begun(s *server, c *gin.Context, w io.Writer, about views.About, d *models.Directory, x choice) (file *views.File, fill func() error) {
	var write func(*models.Directory, *Row) error
	var lined func(views.Line) error
	if x.chosen {
		f := s.site.ColumnsFile(w, about, l.of, x.columns)
		lineOf := l.liner(s, c, d.NamedOn(x.filter.On), x)
		file, lined, write = f.File, f.Line, func(_ *models.Directory, r *Row) error { return f.Line(lineOf(r)) }
	} else {
		file, write = l.begin(s, w, about)
	}
	return file, func() error {
		if x.sorted {
			return l.writeSorted(s, c, d, x, lined, write)
		}
		ctx := c.Request.Context()
		return each(l.each(s.reading(ctx), ctx, x.filter, x.order), func(r *Row) error { return write(d, r) })
	}
}

// each calls f with each row, until there is an error. f must not keep what it is
// given, which holds the next row afterwards.
func each[Row any](rows iter.Seq2[Row, error], f func(*Row) error) error {
	var row Row
	var err error
	for row, err = range rows {
		if err != nil {
			return err
		}
		if err := f(&row); err != nil {
			return err
		}
	}
	return nil
}
