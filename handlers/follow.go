package handlers

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// follow marks a posting, a body or a place as followed by the visitor, or with
// "follow" no longer, and leads back to the page that the form was on.
func (s *server) follow(c *gin.Context) error {
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	f := models.Follow{Noun: models.Followed(in.text("noun")), Record: in.text("record")}
	err = s.write(c, func(tx *db.Tx) error {
		if in.text("follow") == "no" {
			return tx.Unfollow(f)
		}
		return tx.Follow(f)
	})
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, localPath(in.text("path")))
	return nil
}

// followButton returns the button that follows something, nil where the directory is
// read as of an earlier day.
func (s *server) followButton(c *gin.Context, noun models.Followed, record string) (*views.FollowButton, error) {
	ctx := c.Request.Context()
	if asOfDay(ctx) != 0 {
		return nil, nil
	}
	all, err := s.store.Follows(ctx, visitorOf(ctx).account.ID)
	b := views.FollowButton{Follow: models.Follow{Noun: noun, Record: record}, Path: c.Request.URL.RequestURI()}
	b.Followed = slices.Contains(all, b.Follow)
	return &b, err
}

// followPlace is followButton of a place; that of a body is the body's.
func (s *server) followPlace(c *gin.Context, d *models.Directory, at models.Place) (*views.FollowButton, error) {
	if b := d.Body(at.Body); at.Body != "" && b != nil {
		return s.followButton(c, models.FollowedBody, strconv.FormatInt(b.ID, 10))
	}
	return s.followButton(c, models.FollowedPlace, string(at.Country))
}

// following fills in what the visitor follows, with what has changed since the last
// visit and what is known to change next.
func (s *server) following(ctx context.Context, d *models.Directory, f *views.Front) error {
	all, err := s.store.Follows(ctx, visitorOf(ctx).account.ID)
	if err != nil || len(all) == 0 {
		return err
	}
	look := followed{d: d, states: f.States(), since: f.LastVisit, today: s.today(), changes: func(state models.State) (models.Changes, bool, error) {
		return s.changesSince(ctx, d, state, f.LastVisit)
	}}
	if f.LastVisit != 0 && f.Since != nil {
		if look.before, err = s.directoryAt(ctx, f.LastVisit); err != nil {
			return err
		}
	}
	f.Following, err = look.lines(all)
	return err
}

// followed looks at what somebody follows.
type followed struct {
	d      *models.Directory
	before *models.Directory // as of the day since which changes are told, nil for none
	states []models.State    // for which coverage is looked at
	since  models.Date
	today  models.Date
	// changes returns what has changed for a state since then, and whether that is known.
	changes func(models.State) (models.Changes, bool, error)
}

func (l followed) lines(all []models.Follow) (lines []views.Followed, err error) {
	for _, one := range all {
		line, err := l.line(one)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func (l followed) line(f models.Follow) (views.Followed, error) {
	line := views.Followed{Follow: f}
	id, _ := strconv.ParseInt(f.Record, 10, 64)
	switch f.Noun {
	case models.FollowedPosting:
		if line.Post = l.d.Post(id); line.Post != nil {
			return line, l.posting(&line)
		}
	case models.FollowedBody:
		i := slices.IndexFunc(l.d.Bodies(), func(b *models.Body) bool { return b.ID == id })
		if i >= 0 {
			line.Body = l.d.Bodies()[i]
			return line, l.body(&line)
		}
	case models.FollowedPlace:
		line.Place = l.d.Name(models.Place{Country: models.Country(f.Record)})
		return line, l.place(&line, line.Place.Place)
	}
	line.Gone = true
	return line, nil
}

// posting fills in the status of a posting and its holders. Those are among the changes
// of the state that sends it, which it always represents.
func (l followed) posting(line *views.Followed) error {
	today := l.today
	line.Agency, line.Status, line.Next = l.d.Sending(line.Post), line.Post.StatusOn(today), line.Post.NextTurn(today)
	if l.before == nil {
		return nil
	}
	if was := l.before.Post(line.Post.ID); was != nil {
		line.Was = was.StatusOn(l.since)
	}
	return l.holders(line, line.Agency.Country, func(p *models.Post) bool { return p.ID == line.Post.ID })
}

// holders adds who has come, has gone and is away among the holders of some postings
// that a state sends.
func (l followed) holders(line *views.Followed, sending models.State, of func(*models.Post) bool) error {
	c, known, err := l.changes(sending)
	if err == nil && known {
		line.Add(c.Of(of))
	}
	return err
}

// body fills in the holders of all that a body hosts, and where it is a place what
// changes there.
func (l followed) body(line *views.Followed) error {
	today, key := l.today, line.Body.Key
	if days := l.d.BodyBorderDays([]*models.Body{line.Body}, models.Period{First: today + 1, Last: models.Forever}); len(days) > 0 {
		line.Next = days[0]
	}
	if l.before == nil {
		return nil
	}
	for _, state := range models.States() {
		hosted := func(p *models.Post) bool { return p.HostBody == key && l.d.Sending(p).Country == state }
		if !slices.ContainsFunc(l.d.Posts(), hosted) {
			continue
		}
		if err := l.holders(line, state, hosted); err != nil {
			return err
		}
	}
	return l.coverage(line, models.Place{Body: key}, false)
}

// place fills in what changes at a place, and the first day on which the answer for a
// state is known to change.
func (l followed) place(line *views.Followed, at models.Place) error {
	for _, state := range l.states {
		for _, m := range models.Matters() {
			next := l.d.WhoRepresents(models.Question{State: state, Matter: m, Place: at, On: l.today}).Next
			if next != nil && (line.Next == 0 || next.On < line.Next) {
				line.Next, line.Asked = next.On, models.Question{State: state, Matter: m, Place: at, On: next.On}
			}
		}
	}
	return l.coverage(line, at, true)
}

// coverage adds which representation at a place the states have lost or gained, and if
// asked who answers there.
func (l followed) coverage(line *views.Followed, at models.Place, holders bool) error {
	if l.before == nil {
		return nil
	}
	for _, state := range l.states {
		c, known, err := l.changes(state)
		if err != nil {
			return err
		}
		if c = c.At(at); !holders {
			c.Came, c.Went, c.Away = nil, nil, nil
		}
		if known {
			line.Add(c)
		}
	}
	return nil
}
