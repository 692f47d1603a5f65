package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// trailFilter reads which part of the trail is asked for. Days are in the
// configured zone, and the last one is included.
func (s *server) trailFilter(c *gin.Context, in *query) (f db.TrailFilter, err error) {
	f = db.TrailFilter{Action: in.text("action"), Noun: in.text("noun"), Record: in.id("record"), Before: in.id("before")}
	if from := in.day("from", 0); from > 0 {
		f.From = s.midnight(from)
	}
	if to := in.day("to", 0); to > 0 && !to.Open() {
		f.To = s.midnight(to + 1)
	}
	if email := in.text("actor"); email != "" {
		a, err := s.store.AccountNamed(c.Request.Context(), email)
		switch {
		case errors.Is(err, db.ErrNotFound):
			in.refuse("actor", "problem.unknown")
		case err != nil:
			return f, err
		}
		f.Actor = a.ID
	}
	return f, in.problems.Err()
}

// midnight returns when a day begins in the configured zone.
func (s *server) midnight(d models.Date) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, s.zone)
}

func (s *server) showTrail(c *gin.Context) error {
	in := queryOf(c)
	data := views.Trail{Query: in.values, Imports: rightsOf(c.Request.Context()).Holds(models.Coordinator)}
	f, err := s.trailFilter(c, in)
	data.Fields = s.site.TrailFilters(s.language(c), in.values, in.problems)
	if _, refused := errors.AsType[models.Problems](err); refused {
		return show(s, c, http.StatusUnprocessableEntity, views.TrailPage, data)
	}
	if err != nil {
		return err
	}
	f.Quiet = in.text("sign_ins") == ""
	ctx := c.Request.Context()
	data.Rows, err = s.reading(ctx).Trail(ctx, rightsOf(ctx), f, pageRows+1)
	if err != nil {
		return err
	}
	if len(data.Rows) > pageRows {
		data.Rows = data.Rows[:pageRows]
		v := url.Values{}
		for name := range in.values {
			if in.text(name) != "" {
				v.Set(name, in.text(name))
			}
		}
		v.Set("before", strconv.FormatInt(data.Rows[pageRows-1].ID, 10))
		data.Next = "/audit?" + v.Encode()
	}
	return show(s, c, http.StatusOK, views.TrailPage, data)
}

// trailFile answers with all of the trail that passes the filter, read in
// chunks.
func (s *server) trailFile(c *gin.Context) error {
	in, ctx := queryOf(c), c.Request.Context()
	f, err := s.trailFilter(c, in)
	if err != nil {
		return err
	}
	about := s.aboutFile(c, in)
	if err := in.problems.Err(); err != nil {
		return err
	}
	const chunk = 2000
	rows, err := s.reading(ctx).Trail(ctx, rightsOf(ctx), f, chunk)
	if err != nil {
		return err
	}
	n, err := s.reading(ctx).CountTrail(ctx, rightsOf(ctx), f)
	if err != nil {
		return err
	}
	file, err := s.beginFile(c, about, in, n, s.site.TrailFile)
	if err != nil {
		return err
	}
	for {
		for _, seen := range rows {
			if err := file.TrailRow(&seen); err != nil {
				return err
			}
		}
		if len(rows) < chunk {
			return file.Close()
		}
		f.Before = rows[chunk-1].ID
		if rows, err = s.reading(ctx).Trail(ctx, rightsOf(ctx), f, chunk); err != nil {
			return err
		}
	}
}

// mostHistory bounds how many changes the page of a record shows.
const mostHistory = 50

// history returns what the visitor may see of a record's trail and, if changes
// is set, the address for undoing changes.
func (s *server) history(c *gin.Context, noun string, id int64, version int, changes bool) (h views.History, err error) {
	ctx := c.Request.Context()
	h.Rows, err = s.reading(ctx).History(ctx, noun, id, mostHistory)
	h.Version, h.Who = version, rightsOf(ctx).KnowsWho()
	if changes {
		h.Restore = recordPath(noun, id) + "/restore"
	}
	return h, err
}
