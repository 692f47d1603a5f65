package handlers

import (
	"context"
	"math"

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
	filters []string // the names of its filters, those that are always shown first
	common  int      // how many these are
}

var (
	postingList = listing{"/postings", db.PostingColumns, "place",
		[]string{"sending", "state", "status", "on", "matter", "kind", "seating", "area", "host", "region", "holder", "known"}, 4}
	officerList = listing{"/officers", db.OfficerColumns, "name",
		[]string{"sending", "status", "on", "kind", "seating", "area", "state", "matter", "host", "region", "known"}, 3}
	assignmentList = listing{"/assignments", db.AssignmentColumns, "-first_day",
		[]string{"sending", "state", "status", "on", "ends_by", "matter", "kind", "seating", "area", "host", "region", "holder", "known"}, 4}
)

// listPage reads the address of a list and fills in its page. rows queries the
// store, and line makes a line of the page from a row.
func listPage[Row, Line any](s *server, c *gin.Context, l listing,
	rows func(context.Context, db.Filter, db.Order, db.Page) ([]Row, db.Ends, error),
	line func(d *models.Directory, r Row, on models.Date) Line,
) (page views.List[Line], err error) {
	ctx, lang, in := c.Request.Context(), s.language(c), queryOf(c)
	filter, err := s.filter(c, in)
	if err != nil {
		return page, err
	}
	order, at := in.order(l.columns, l.instead, lang), in.page()
	if err := in.problems.Err(); err != nil {
		return page, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return page, err
	}
	d = d.NamedOn(filter.On)
	at.In, at.Most = d, mostCount
	found, ends, err := rows(ctx, filter, order, at)
	if err != nil {
		return page, err
	}
	page = listOf[Line](s, lang, l, d, in, order)
	page.On, page.Prev, page.Next, page.Count = filter.On, ends.Prev, ends.Next, ends.Count
	for _, r := range found {
		page.Rows = append(page.Rows, line(d, r, filter.On))
	}
	return page, nil
}

// page reads which page of a list is asked for.
func (q *query) page() db.Page {
	return db.Page{After: q.text("after"), Before: q.text("before"), Limit: pageRows}
}

// listOf returns a page of a list without its rows.
func listOf[Line any](s *server, lang string, l listing, d *models.Directory, in *query, order db.Order) views.List[Line] {
	page := views.List[Line]{Path: l.path, Query: in.values, Most: mostCount, Size: pageRows, Number: max(1, in.count("page", 1, math.MaxInt32)),
		Sorted: order.Column, Filters: s.site.Filters(lang, d, in.values, l.filters...), Common: l.common}
	if order.Descending {
		page.Sorted = "-" + order.Column
	}
	page.Order = s.site.Order(lang, page.Sorted, l.columns)
	return page
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
