package handlers

import (
	"context"
	"net/http"
	"path"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

type asOfKey struct{}

// An asOf is a directory as it was known at the end of a day.
type asOf struct {
	day     models.Date
	reading db.Reading
}

// asOfDay returns the day as of which a request reads the directory, 0 for the
// present.
func asOfDay(ctx context.Context) models.Date {
	k, _ := ctx.Value(asOfKey{}).(*asOf)
	if k == nil {
		return 0
	}
	return k.day
}

// allowAsOf lets a page be requested as of the day "known": the handler then
// reads the directory as it was at the end of that day. If the record begins
// later, every read is *db.BeforeRecord. That becomes a page that says when the
// record begins, unless the handler checks for it and says more.
func (s *server) allowAsOf(handle func(*gin.Context) error) func(*gin.Context) error {
	return func(c *gin.Context) error {
		ctx := c.Request.Context()
		day, reading, err := s.asOf(ctx, queryOf(c))
		if err != nil {
			return err
		}
		if day != 0 {
			c.Request = c.Request.WithContext(context.WithValue(ctx, asOfKey{}, &asOf{day, reading}))
		}
		return handle(c)
	}
}

// readPresent makes the rest of a request read the present directory.
func readPresent(c *gin.Context) {
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), asOfKey{}, (*asOf)(nil)))
}

// asOf reads "known", and returns that day and the directory as it was at its
// end: 0 and the present directory if it is empty or today. A day in the future
// is refused.
func (s *server) asOf(ctx context.Context, in *query) (models.Date, db.Reading, error) {
	today := s.today()
	day := in.day("known", today)
	if day > today {
		in.refuse("known", "problem.known")
	}
	if err := in.problems.Err(); err != nil {
		return 0, db.Reading{}, err
	}
	if day == today {
		return 0, s.reading(ctx), nil
	}
	reading, err := s.readingAt(ctx, day)
	return day, reading, err
}

// readingAt returns the directory as it was at the end of a day. It waits for a turn at
// costly work, unless the request has one.
func (s *server) readingAt(ctx context.Context, day models.Date) (db.Reading, error) {
	reading := s.reading(ctx)
	if ctx.Value(turnKey{}) == nil { // rebuilding the past is costly
		give, err := s.turns.take(ctx)
		if err != nil {
			return reading, err
		}
		defer give()
	}
	return reading.AsOf(ctx, s.midnight(day+1))
}

// begins returns the day on which the record begins: today if nothing has been
// recorded yet.
func (s *server) begins(b *db.BeforeRecord) models.Date {
	if b.Begins.IsZero() {
		return s.today()
	}
	return models.DateOf(b.Begins.In(s.zone))
}

// beforeRecord returns what a page says if it is requested as of a day before
// the record begins.
func (s *server) beforeRecord(c *gin.Context, begins models.Date) views.BeforeRecord {
	in := queryOf(c)
	return views.BeforeRecord{Path: c.Request.URL.Path, Query: in.values, Known: in.day("known", 0), Begins: begins, Today: s.today()}
}

// showBegins shows a page that says when the record begins. Files and answers
// to programs have no room for that: they are refused with models.Problems.
func (s *server) showBegins(c *gin.Context, begins models.Date) error {
	readPresent(c)
	if isAPI(c) || path.Ext(c.Request.URL.Path) != "" {
		return models.Problems{{Field: "known", Row: -1, Message: models.Say("problem.before_record", "begins", begins)}}
	}
	return show(s, c, http.StatusOK, views.BeforeRecordPage, s.beforeRecord(c, begins))
}
