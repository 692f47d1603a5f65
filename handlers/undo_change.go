package handlers

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// doneCookie holds the row of the trail by which the visitor's last change is known,
// until a page has told what it did.
const doneCookie = "done"

// tellNext has the next page tell what a change has done.
func (s *server) tellNext(c *gin.Context, row int64) {
	if v := visitorOf(c.Request.Context()); row == 0 || v == nil || v.token {
		return
	}
	s.setDone(c, strconv.FormatInt(row, 10), 10*60)
}

func (s *server) setDone(c *gin.Context, value string, seconds int) {
	http.SetCookie(c.Writer, &http.Cookie{Name: doneCookie, Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode})
}

// done returns what the visitor's last change did, once, and nil if there is nothing
// to tell. That it cannot be told is no reason to withhold the page.
func (s *server) done(c *gin.Context) *views.Done {
	kept, err := c.Cookie(doneCookie)
	v := visitorOf(c.Request.Context())
	if err != nil || v == nil || v.token || c.Request.Method != http.MethodGet {
		return nil
	}
	s.setDone(c, "", -1)
	row, err := strconv.ParseInt(kept, 10, 64)
	if err != nil {
		return nil
	}
	done, err := s.changeSeen(c, row)
	if err != nil || done.Rows[0].ActorID != v.account.ID {
		return nil
	}
	draft, err := s.reading(c.Request.Context()).Done(c.Request.Context(), row)
	if err == nil {
		s.weighed(c, draft.NamedOn(s.today()), &done.Weighed)
	}
	return &done
}

// changeSeen returns a change that the visitor made or may change what it is about.
// It is db.ErrForbidden otherwise.
func (s *server) changeSeen(c *gin.Context, row int64) (views.Done, error) {
	ctx := c.Request.Context()
	change, err := s.store.As(rightsOf(ctx).Scope()).Change(ctx, row)
	if err != nil {
		return views.Done{}, err
	}
	v, rights := visitorOf(ctx), rightsOf(ctx)
	may := true
	for _, row := range change.Rows {
		may = may && row.Noun != "account" && rights.MayChange(row.State)
	}
	own := v != nil && change.Rows[0].ActorID == v.account.ID
	if !may && !own {
		return views.Done{}, db.ErrForbidden
	}
	undo := !slices.ContainsFunc(change.Rows, func(r models.TrailRow) bool { return r.Noun == "account" })
	return views.Done{Change: change, Undo: undo && !change.More, Back: s.recordOf(ctx, change)}, nil
}

// recordOf returns the address of the first record of a change that still exists, or
// of the list of such records.
func (s *server) recordOf(ctx context.Context, change models.Change) string {
	for _, row := range change.Rows {
		if at, err := s.pathOfRecord(ctx, row.Noun, row.RecordID); err == nil {
			return at
		}
	}
	return listPath(change.Rows[0].Noun)
}

// pathOfRecord returns the address of a record, db.ErrNotFound if there is none.
func (s *server) pathOfRecord(ctx context.Context, noun string, id int64) (string, error) {
	d, err := s.directory(ctx)
	if err != nil {
		return "", err
	}
	there := false
	switch noun {
	case "agency":
		there = d.Agency(id).ID != 0
	case "officer":
		there = d.Officer(id).ID != 0
	case "posting":
		there = d.Post(id) != nil
	case "assignment":
		_, post := d.Assignment(id)
		there = post != nil
	case "project":
		there = d.Project(id).ID != 0
	case "contact_point":
		there = slices.ContainsFunc(d.ContactPoints(), func(p models.ContactPoint) bool { return p.ID == id })
	case "body":
		for _, b := range d.Bodies() {
			if b.ID == id {
				return views.BodyPath(*b), nil
			}
		}
	case "account":
		there = true
	}
	if !there {
		return "", db.ErrNotFound
	}
	return recordPath(noun, id), nil
}

// showChange shows what a change did, and what comes of taking it back.
func (s *server) showChange(c *gin.Context) error {
	row, err := idIn(c, "row")
	if err != nil {
		return err
	}
	done, err := s.changeSeen(c, row)
	if err != nil {
		return err
	}
	page := views.Undo{Done: done, Row: row}
	draft, err := s.store.Preview(c.Request.Context(), s.actor(c), func(tx *db.Tx) error { return tx.Undo(row) })
	if err == nil {
		s.weighed(c, draft.NamedOn(s.today()), &page.Taking)
		return show(s, c, http.StatusOK, views.UndoPage, page)
	}
	return s.notUndone(c, http.StatusOK, page, err)
}

// undoChange takes a change back, and shows why if that is refused.
func (s *server) undoChange(c *gin.Context) error {
	row, err := idIn(c, "row")
	if err != nil {
		return err
	}
	done, err := s.changeSeen(c, row)
	if err != nil {
		return err
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.Undo(row) }); err != nil {
		return s.notUndone(c, http.StatusConflict, views.Undo{Done: done, Row: row}, err)
	}
	c.Redirect(http.StatusSeeOther, s.recordOf(c.Request.Context(), done.Change))
	return nil
}

// notUndone shows why a change cannot be taken back.
func (s *server) notUndone(c *gin.Context, status int, page views.Undo, err error) error {
	var since *db.Overtaken
	var refs *db.Referred
	lang := s.language(c)
	say := func(key string) { page.Refused = s.site.Say(lang, models.Say(key)) }
	problems, refused := errors.AsType[models.Problems](err)
	switch {
	case errors.As(err, &since):
		say("undo.overtaken")
		page.Since = since.Rows
	case errors.As(err, &refs):
		say("undo.referred")
		page.By = s.referring(lang, refs)
	case refused:
		say("undo.refused")
		page.Problems = s.site.Problems(lang, problems)
	case errors.Is(err, db.ErrErased):
		say("undo.erased")
	case errors.Is(err, db.ErrTooMuch):
		say("undo.too_much")
	default:
		return err
	}
	return show(s, c, status, views.UndoPage, page)
}
