package handlers

import (
	"cmp"
	"context"
	"iter"
	"math"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

const (
	pageRows  = 50
	mostCount = 1000 // rows beyond it are not counted
)

// A listing says where a list is, and how it can be sorted and filtered.
type listing struct {
	path    string
	columns []string
	instead string   // the default sorting
	filters []string // the names of its filters
}

var (
	postingList = listing{"/postings", db.PostingColumns, "place",
		[]string{"state", "matter", "sending", "kind", "seating", "area", "host", "region", "holder", "status", "on", "known"}}
	officerList = listing{"/officers", db.OfficerColumns, "name",
		[]string{"sending", "kind", "seating", "area", "state", "matter", "host", "region", "status", "on", "known"}}
	assignmentList = listing{"/assignments", db.AssignmentColumns, "-first_day",
		[]string{"state", "matter", "sending", "kind", "seating", "area", "host", "region", "holder", "status", "on", "known"}}
)

// listPage reads the address of a list and fills in its page. rows and count
// query the store, and line makes a line of the page from a row.
func listPage[Row, Line any](s *server, c *gin.Context, l listing,
	rows func(context.Context, db.Filter, db.Order, db.Page) ([]Row, string, error),
	count func(context.Context, db.Filter, int) (int, error),
	line func(d *models.Directory, r Row, on models.Date) Line,
) (page views.List[Line], err error) {
	ctx, lang, in := c.Request.Context(), s.language(c), queryOf(c)
	filter, err := s.filter(c, in)
	if err != nil {
		return page, err
	}
	order := in.order(l.columns, l.instead, lang)
	if err := in.problems.Err(); err != nil {
		return page, err
	}
	found, next, err := rows(ctx, filter, order, db.Page{After: in.text("after"), Limit: pageRows})
	if err != nil {
		return page, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return page, err
	}
	d = d.NamedOn(filter.On)
	page = views.List[Line]{Path: l.path, Query: in.values, Next: next, Most: mostCount, On: filter.On,
		Sorted: order.Column, Filters: s.site.Filters(lang, d, in.values, l.filters...)}
	if order.Descending {
		page.Sorted = "-" + order.Column
	}
	page.Order = s.site.Order(lang, page.Sorted, l.columns)
	if page.Count, err = count(ctx, filter, mostCount); err != nil {
		return page, err
	}
	for _, r := range found {
		page.Rows = append(page.Rows, line(d, r, filter.On))
	}
	return page, nil
}

// filter reads the filter of a list. Only a filter by holder or by body needs the
// directory, to look them up.
func (s *server) filter(c *gin.Context, in *query) (db.Filter, error) {
	filter := in.filter(s.today())
	if in.text("holder") == "" && filter.Host.Body == "" {
		return filter, nil
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return filter, err
	}
	filter.Holder = in.holder(d)
	if filter.Host.Body != "" && !d.Knows(filter.Host) {
		in.refuse("host", "problem.place_no_code")
	}
	return filter, nil
}

func (s *server) listPostings(c *gin.Context) error {
	page, err := listPage(s, c, postingList, s.reading(c.Request.Context()).Postings, s.reading(c.Request.Context()).CountPostings,
		func(d *models.Directory, r db.PostingRow, on models.Date) views.PostingLine {
			line := views.PostingLine{Post: d.Post(r.ID), Agency: *r.Agency}
			if line.Post == nil { // removed since the rows were read
				line.Post = &models.Post{Posting: r.Posting, Body: r.Body}
			}
			line.Status = line.Post.StatusOn(on)
			for _, a := range line.Post.HoldersOn(on) {
				line.Holders = append(line.Holders, d.Officer(a.OfficerID))
			}
			return line
		})
	if err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.PostingsPage, page)
}

func (s *server) listOfficers(c *gin.Context) error {
	page, err := listPage(s, c, officerList, s.reading(c.Request.Context()).Officers, s.reading(c.Request.Context()).CountOfficers,
		func(d *models.Directory, r db.OfficerRow, on models.Date) views.OfficerLine {
			line := views.OfficerLine{Officer: r.Officer, Agency: *r.Agency}
			for _, a := range d.Served(r.ID) {
				if post := d.Post(a.PostingID); a.Has(on) && post.Life().Has(on) {
					line.At = append(line.At, post)
				}
			}
			return line
		})
	if err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.OfficersPage, page)
}

func (s *server) listAssignments(c *gin.Context) error {
	page, err := listPage(s, c, assignmentList, s.reading(c.Request.Context()).Assignments, s.reading(c.Request.Context()).CountAssignments,
		func(d *models.Directory, r db.AssignmentRow, _ models.Date) views.AssignmentLine {
			return views.AssignmentLine{Assignment: r.Assignment, Officer: *r.Officer,
				Own: d.Agency(r.Officer.AgencyID), Posting: &models.Post{Posting: *r.Posting, Body: r.Body}, Agency: *r.Agency}
		})
	if err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.AssignmentsPage, page)
}

// file answers with a list as a CSV file, with the same filter as its page: all
// rows, as they are read.
func file[Row any](s *server, c *gin.Context, l listing,
	rows func(context.Context, db.Filter, db.Order) iter.Seq2[Row, error],
	count func(context.Context, db.Filter, int) (int, error),
	begin func(lang string, profile views.Profile, on models.Date) *views.CSV,
	write func(*views.CSV, *Row) error,
) error {
	in := queryOf(c)
	filter, err := s.filter(c, in)
	if err != nil {
		return err
	}
	var order db.Order // none, which is fastest, unless one is asked for
	if in.text("sort") != "" {
		order = in.order(l.columns, l.instead, s.language(c))
	}
	profile, lang := s.profile(c, in)
	if err := in.problems.Err(); err != nil {
		return err
	}
	n, err := count(c.Request.Context(), filter, math.MaxInt32)
	if err != nil {
		return err
	}
	csv, err := s.beginFile(c, l.path, in, n, func() *views.CSV { return begin(lang, profile, filter.On) })
	if err != nil {
		return err
	}
	for row, err := range rows(c.Request.Context(), filter, order) {
		if err != nil {
			return err
		}
		if err := write(csv, &row); err != nil {
			return err
		}
	}
	return csv.Close()
}

// profile reads whom a file is for, and returns its language: plain files are
// in English, so that programs read the same for every visitor.
func (s *server) profile(c *gin.Context, in *query) (views.Profile, string) {
	profile := views.Profile(in.text("profile"))
	if profile == "" {
		profile = views.Plain
	}
	if !profile.Valid() {
		in.refuse("profile", "problem.profile")
	}
	if profile == views.Plain {
		return profile, views.Languages()[0]
	}
	return profile, s.language(c)
}

// beginFile notes in the trail who downloads a file, and what is in it, before
// anything is sent. Then it sets the headers of the file, which is named after
// its list.
func (s *server) beginFile(c *gin.Context, path string, in *query, rows int, begin func() *views.CSV) (*views.CSV, error) {
	profile := cmp.Or(in.text("profile"), string(views.Plain))
	if err := s.spooled(c); err != nil {
		return nil, err
	}
	err := s.write(c, func(tx *db.Tx) error {
		filter, asked := filterOf(in.values)
		return tx.Note(db.Event{Action: "export", Noun: "file", Filter: asked,
			About: []any{"what", path[1:] + ".csv", "rows", rows, "profile", profile, "filter", filter}})
	})
	if err != nil {
		return nil, err
	}
	name := path[1:] + "-" + s.today().String()
	if known := asOfDay(c.Request.Context()); known != 0 {
		name += "-known-" + known.String()
	}
	name += ".csv"
	c.Header("Content-Type", "text/csv; charset=utf-8; header=present")
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Status(http.StatusOK)
	return begin(), nil
}

func (s *server) postingsCSV(c *gin.Context) error {
	var d *models.Directory // for status and holders
	var on models.Date
	return file(s, c, postingList, s.reading(c.Request.Context()).EachPosting, s.reading(c.Request.Context()).CountPostings,
		func(lang string, profile views.Profile, day models.Date) *views.CSV {
			on = day
			return s.site.PostingsCSV(c.Writer, lang, profile, on)
		},
		func(csv *views.CSV, r *db.PostingRow) (err error) {
			if d == nil {
				if d, err = s.directory(c.Request.Context()); err != nil {
					return err
				}
			}
			post := d.Post(r.ID)
			if post == nil {
				post = &models.Post{Posting: r.Posting}
			}
			var holders []models.Officer
			for _, a := range post.HoldersOn(on) {
				holders = append(holders, d.Officer(a.OfficerID))
			}
			return csv.Posting(&r.Posting, r.Agency, post.StatusOn(on), holders)
		})
}

func (s *server) officersCSV(c *gin.Context) error {
	return file(s, c, officerList, s.reading(c.Request.Context()).EachOfficer, s.reading(c.Request.Context()).CountOfficers,
		func(lang string, profile views.Profile, _ models.Date) *views.CSV {
			return s.site.OfficersCSV(c.Writer, lang, profile)
		},
		func(csv *views.CSV, r *db.OfficerRow) error { return csv.Officer(&r.Officer, r.Agency) })
}

func (s *server) assignmentsCSV(c *gin.Context) error {
	return file(s, c, assignmentList, s.reading(c.Request.Context()).EachAssignment, s.reading(c.Request.Context()).CountAssignments,
		func(lang string, profile views.Profile, on models.Date) *views.CSV {
			return s.site.AssignmentsCSV(c.Writer, lang, profile, on)
		},
		func(csv *views.CSV, r *db.AssignmentRow) error {
			return csv.Assignment(&r.Assignment, r.Officer, r.Posting, r.Agency)
		})
}
