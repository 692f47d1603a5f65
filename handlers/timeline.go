package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

var timelineList = listing{"/timeline", db.PostingColumns, "place", postingList.filters, postingList.common}

// days reads which days a timeline shows: a number of months, from a day.
func (q *query) days(today models.Date) (shown models.Period, months int) {
	months = views.UsualMonths
	if text := q.text("months"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > views.MostMonths {
			q.problems = append(q.problems, models.Problem{Field: "months", Row: -1, Message: models.Say("problem.months", "most", views.MostMonths)})
			n = views.UsualMonths
		}
		months = n
	}
	return views.TimelineDays(q.day("from", views.TimelineFrom(today, months)), months), months
}

// showTimeline shows the postings that pass the filter of their list.
func (s *server) showTimeline(c *gin.Context) error {
	in := queryOf(c)
	shown, months := in.days(s.today())
	if err := in.problems.Err(); err != nil {
		return err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	post := func(d *models.Directory, r db.PostingRow, _ models.Date) *models.Post {
		if p := d.Post(r.ID); p != nil {
			return p
		}
		return &models.Post{Posting: r.Posting} // removed since the rows were read
	}
	reading := s.reading(c.Request.Context())
	rows := func(ctx context.Context, f db.Filter, o db.Order, p db.Page) ([]db.PostingRow, db.Ends, error) {
		p.Limit = views.MostPostings
		found, next, err := reading.Postings(ctx, f, o, p)
		if n := fitting(d, found, shown); n < len(found) {
			p.Limit = n
			return reading.Postings(ctx, f, o, p)
		}
		return found, next, err
	}
	list, err := listPage(s, c, timelineList, rows, post)
	if err != nil {
		return err
	}
	for _, name := range []string{"from", "months"} {
		if text := in.text(name); text != "" {
			list.Kept = append(list.Kept, views.Option{Value: name, Label: text})
		}
	}
	return show(s, c, http.StatusOK, views.TimelinePage,
		views.Timeline{List: list, Directory: d, Months: months, Shown: shown, Today: s.today(), Limits: s.limits})
}

// fitting returns how many of the first postings fit on a page: at least one,
// and all unless they have very many holders.
func fitting(d *models.Directory, rows []db.PostingRow, shown models.Period) int {
	lines := 0
	for i, r := range rows {
		if p := d.Post(r.ID); p != nil {
			lines += views.TimelineLines(p, shown)
		}
		if lines > views.MostLines {
			return max(1, i)
		}
	}
	return len(rows)
}
