package handlers

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// How far back the events of a calendar go, and how long what has been removed is
// still told of as cancelled: longer than any program goes without asking.
const (
	calendarYears   = 1
	cancelledMonths = 2
)

const (
	calendarsPath = "/calendars"
	secretPath    = "/calendar/" // and then the secret
)

// An events says which events are asked for, by whom and in which language.
type events struct {
	sorts []models.EventSort
	of    models.CalendarOf
	lang  string
}

// secretCalendar answers with the calendar of the secret in its address, or with its
// feed if that ends in .atom, whoever asks: with what its account may see now. Whatever
// is wrong with the secret, there is no such calendar, and nobody else's turn at costly
// work is taken.
func (s *server) secretCalendar(c *gin.Context) error {
	secret, isFeed := strings.CutSuffix(c.Param("secret"), ".atom")
	secret, _ = strings.CutSuffix(secret, ".ics")
	kept, account, err := s.store.CalendarOf(c.Request.Context(), secret, s.today())
	about(c, account.ID, 0)
	if errors.Is(err, db.ErrCredentials) {
		if err = s.misfit(c, err); errors.Is(err, db.ErrCredentials) {
			err = db.ErrNotFound
		}
	}
	if err != nil {
		return err
	}
	v := &visitor{account: account, token: true}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), visitorKey{}, v))
	return s.costly(func(c *gin.Context) error {
		if isFeed {
			return s.feed(c, kept.About, kept.Lang)
		}
		return s.calendar(c, events{kept.Sorts(), kept.About, kept.Lang})
	})(c)
}

// plainCalendar answers with the visitor's calendar: of everything about the visitor's
// own states, unless other is asked for.
func (s *server) plainCalendar(c *gin.Context) error {
	in := queryOf(c)
	e := events{of: code[models.CalendarOf](in, "of", "problem.calendar_of", strings.ToLower), sorts: models.EventSorts(),
		lang: views.MatchLanguage(in.text("lang"), c.GetHeader("Accept-Language"))}
	if e.of == "" {
		e.of = models.OfOwnStates
	}
	if text := in.text("sorts"); text != "" {
		e.sorts = nil
		for word := range strings.SplitSeq(text, ",") {
			if e.sorts = append(e.sorts, models.EventSort(word)); !models.EventSort(word).Valid() {
				in.refuse("sorts", "problem.calendar_sorts")
				break
			}
		}
	}
	if err := in.problems.Err(); err != nil {
		return err
	}
	asked := url.Values{"of": {in.text("of")}, "sorts": {in.text("sorts")}}
	if err := s.noteFeed(c, "calendar.ics", "?"+asked.Encode()); err != nil {
		return err
	}
	vary(c, "Accept-Language, Authorization, Cookie")
	return s.calendar(c, e)
}

// calendar answers with events as the visitor may see them, or that nothing has
// changed since the program asked last.
func (s *server) calendar(c *gin.Context, e events) error {
	ctx := c.Request.Context()
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	all, err := s.events(ctx, d, e)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	nearest := models.Nearest(all, s.today(), views.MostEvents)
	if err := s.site.Calendar(&b, e.lang, s.midnight(s.today()), d, nearest, len(all)); err != nil {
		return err
	}
	return s.subscribed(c, "text/calendar; charset=utf-8", "samband.ics", b.Bytes())
}

// tagOf returns the ETag of what a program is sent, a weak one: the same bytes may be
// sent compressed.
func tagOf(b []byte) string {
	sum := sha256.Sum256(b)
	return `W/"` + hex.EncodeToString(sum[:16]) + `"`
}

// unchanged reports whether a program has what a tag stands for (RFC 9110, 13.1.2).
func unchanged(has, tag string) bool {
	for one := range strings.SplitSeq(has, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimLeft(one, "W/") == strings.TrimLeft(tag, "W/") {
			return true
		}
	}
	return false
}

// events returns all events that are asked for.
func (s *server) events(ctx context.Context, d *models.Directory, e events) ([]models.Event, error) {
	agenda, err := s.agenda(ctx, d, e)
	if err != nil {
		return nil, err
	}
	all := d.Events(agenda)
	gone, err := s.withdrawn(ctx)
	if err != nil {
		return nil, err
	}
	all = append(all, d.Withdrawals(gone, agenda)...)
	if !agenda.Wants(models.FindingEvents) {
		return all, nil
	}
	stand := s.standingOf(d)
	off, err := s.putOff(ctx, stand)
	if err != nil {
		return nil, err
	}
	for i, x := range stand.findings {
		_, isOff := off[i]
		if event := models.EventOf(x); !isOff && event.Days.Overlaps(agenda.Within) && s.wantsFinding(ctx, agenda, e.of, x) {
			all = append(all, event)
		}
	}
	return all, nil
}

// wantsFinding reports whether a finding is asked for: one about a posting with the
// posting, one about a body with the body, if it is about one's own seat in it, and
// one about a state's list with the state.
func (s *server) wantsFinding(ctx context.Context, g models.Agenda, of models.CalendarOf, x models.Finding) bool {
	ours := of != models.OfOwnStates || s.owns(ctx, x.Sending)
	switch {
	case x.Post != nil:
		return g.Post(x.Post)
	case x.Body != nil:
		return g.Body(x.Body) && (ours || x.Sending == "")
	}
	return ours && of != models.OfFollowed
}

// owns reports whether a state is one of the visitor's own: one in which the visitor
// reads or coordinates.
func (s *server) owns(ctx context.Context, state models.State) bool {
	rights := rightsOf(ctx)
	return rights.Has(models.Partner, state) || rights.Has(models.Coordinator, state)
}

// agenda returns which events are asked for.
func (s *server) agenda(ctx context.Context, d *models.Directory, e events) (models.Agenda, error) {
	today := s.today()
	own := func(p *models.Post) bool { return s.owns(ctx, d.Sending(p).Country) }
	g := models.Agenda{Sorts: e.sorts, Within: models.Period{First: today.Years(-calendarYears), Last: models.Forever}, Absent: own, HandoverDays: s.limits.HandoverDays}
	switch e.of {
	case models.OfAll:
		g.Post, g.Body = func(*models.Post) bool { return true }, func(*models.Body) bool { return true }
	case models.OfOwnStates:
		g.Post = own
		g.Body = func(b *models.Body) bool {
			return slices.ContainsFunc(b.MembersOn(today), func(m models.BodyMember) bool {
				at, ok := m.Country.Place()
				state := models.State(at.Country)
				return ok && at.Body == "" && state.Valid() && s.owns(ctx, state)
			})
		}
	default:
		follows, err := s.store.Follows(ctx, visitorOf(ctx).account.ID)
		if err != nil {
			return g, err
		}
		has := func(noun models.Followed, record string) bool {
			return slices.Contains(follows, models.Follow{Noun: noun, Record: record})
		}
		g.Body = func(b *models.Body) bool { return has(models.FollowedBody, strconv.FormatInt(b.ID, 10)) }
		g.Post = func(p *models.Post) bool {
			return has(models.FollowedPosting, strconv.FormatInt(p.ID, 10)) || p.Body != nil && g.Body(p.Body) ||
				slices.ContainsFunc(p.CoversOn(max(today, p.Opened)), func(at models.Country) bool { return has(models.FollowedPlace, string(at)) })
		}
	}
	return g, nil
}

// A withdrawals caches what has been removed lately, which is the same for everybody,
// until something changes.
type withdrawals struct {
	mu       sync.Mutex
	known    bool
	revision int64
	day      models.Date
	gone     models.Withdrawn
}

// withdrawn returns what has been removed in the last months.
func (s *server) withdrawn(ctx context.Context) (models.Withdrawn, error) {
	revision, err := s.store.Revision(ctx)
	if err != nil {
		return models.Withdrawn{}, err
	}
	w, today := &s.removed, s.today()
	w.mu.Lock()
	gone, fresh := w.gone, w.known && w.revision == revision && w.day == today
	w.mu.Unlock()
	if fresh {
		return gone, nil
	}
	gone, err = s.store.Withdrawn(ctx, s.midnight(today.Months(-cancelledMonths)))
	if err != nil {
		return gone, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.known, w.revision, w.day, w.gone = true, revision, today, gone
	return gone, nil
}
