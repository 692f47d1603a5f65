package handlers

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// plainFeed answers with the visitor's feed: about the visitor's own states, unless
// other is asked for.
func (s *server) plainFeed(c *gin.Context) error {
	in := queryOf(c)
	of := code[models.CalendarOf](in, "of", "problem.calendar_of", strings.ToLower)
	if err := in.problems.Err(); err != nil {
		return err
	}
	if of == "" {
		of = models.OfOwnStates
	}
	if err := s.noteFeed(c, "feed.atom", "?"+url.Values{"of": {in.text("of")}}.Encode()); err != nil {
		return err
	}
	vary(c, "Accept-Language, Authorization, Cookie")
	return s.feed(c, of, views.MatchLanguage(in.text("lang"), c.GetHeader("Accept-Language")))
}

// feed answers with what has changed lately and what comes, as everybody who reads the
// directory may see it: about the visitor's own states, about what the visitor follows,
// or about all states.
func (s *server) feed(c *gin.Context, of models.CalendarOf, lang string) error {
	ctx := c.Request.Context()
	sp, err := s.lately(ctx)
	if err != nil {
		return err
	}
	v := visitorOf(ctx)
	t := interests{reminded: true}
	switch of {
	case models.OfOwnStates:
		t.states = readsFor(v.account.Rights)
	case models.OfAll:
		t.states = models.States()
	}
	var what views.Digest
	if of == models.OfFollowed {
		t.states = readsFor(v.account.Rights)
		if t.follows, err = s.store.Follows(ctx, v.account.ID); err != nil {
			return err
		}
	}
	if what, err = sp.digest(t); err != nil {
		return err
	}
	if of == models.OfFollowed {
		what.Changed, what.Ahead, what.Ending = nil, nil, nil
	}
	var b bytes.Buffer
	if err := s.site.Feed(&b, lang, s.proof("feed "+v.account.Email+" "+string(of)), what, s.midnight); err != nil {
		return err
	}
	return s.subscribed(c, "application/atom+xml; charset=utf-8", "samband.atom", b.Bytes())
}

// A news caches what the feeds tell of, which is the same for everybody, until something
// changes.
type news struct {
	mu   sync.Mutex
	now  *models.Directory
	last *span
}

// lately returns the directory as everybody sees it, now and at the end of the first day
// of last month, or of the day on which the record begins if that is later. So a feed
// tells of a month at least, and of each thing in the same words until it is left out.
func (s *server) lately(ctx context.Context) (*span, error) {
	all, today := s.store.As(models.Scope{}), s.today()
	now, err := all.Directory(ctx)
	if err != nil {
		return nil, err
	}
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	if last := s.news.last; last != nil && s.news.now == now && last.to == today {
		return last, nil
	}
	_, _, day := today.Civil()
	sp := &span{from: (today - models.Date(day) + 1).Months(-1), to: today, after: now.NamedOn(today)}
	sp.before, err = s.endOf(ctx, all, sp.from)
	if later, ok := errors.AsType[*db.BeforeRecord](err); ok {
		if sp.from = s.begins(later); sp.from < today {
			sp.before, err = s.endOf(ctx, all, sp.from)
		} else { // all that is known is of today
			sp.from, sp.before, err = today, sp.after, nil
		}
	}
	if err == nil {
		s.news.now, s.news.last = now, sp
	}
	return sp, err
}

// endOf returns the directory as it was known at the end of a day.
func (s *server) endOf(ctx context.Context, reading db.Reading, day models.Date) (*models.Directory, error) {
	past, err := reading.AsOf(ctx, s.midnight(day+1))
	if err != nil {
		return nil, err
	}
	return past.Directory(ctx)
}

// subscribed answers a program that asks again and again, or says that nothing has
// changed since it asked last.
func (s *server) subscribed(c *gin.Context, kind, name string, b []byte) error {
	tag := tagOf(b)
	c.Header("ETag", tag)
	c.Header("Cache-Control", "private, no-cache")
	if unchanged(c.GetHeader("If-None-Match"), tag) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return nil
	}
	if err := s.spooled(c); err != nil {
		return err
	}
	c.Header("Content-Disposition", `inline; filename="`+name+`"`)
	c.Data(http.StatusOK, kind, b)
	return nil
}
