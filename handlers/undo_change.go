package handlers

import (
	"cmp"
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

// mostDone is how many records of a change are shown.
const mostDone = 5

// changeSeen returns a change that the visitor made or may change what it is about.
// It is db.ErrForbidden otherwise.
func (s *server) changeSeen(c *gin.Context, row int64) (done views.Done, err error) {
	ctx := c.Request.Context()
	change, err := s.store.As(rightsOf(ctx).Scope()).Change(ctx, row)
	if err != nil {
		return done, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return done, err
	}
	v, rights, may := visitorOf(ctx), rightsOf(ctx), true
	own := v != nil && change.Rows[0].ActorID == v.account.ID
	done = views.Done{Row: row, Undo: !change.More}
	if change.More {
		done.Import = change.Rows[0].Import
	}
	if !own {
		change.Rows = withoutFindings(change.Rows)
	}
	for i, row := range change.Rows {
		may, done.Undo = may && rights.MayChange(row.State) && !ownOnly[row.Noun], done.Undo && row.Noun != "account"
		at := s.linkOf(s.language(c), d, row)
		if v != nil && ownOnly[row.Noun] {
			at = s.ownLink(c, at, row)
		}
		done.Back = cmp.Or(done.Back, at.URL)
		if i < mostDone {
			done.Rows = append(done.Rows, views.DoneRow{TrailRow: row, Record: at})
		} else {
			done.More++
		}
	}
	done.Back = cmp.Or(done.Back, backTo(change.Rows[0]))
	if !own && !(may && done.Undo) {
		return done, db.ErrForbidden
	}
	return done, nil
}

// withoutFindings returns the rows of a change without those of findings, which went
// with the posting that they were about. It leaves rows of nothing else as they are.
func withoutFindings(rows []models.TrailRow) []models.TrailRow {
	of := func(row models.TrailRow) bool { return row.Noun == "finding" }
	if rest := slices.DeleteFunc(slices.Clone(rows), of); len(rest) > 0 {
		return rest
	}
	return rows
}

// backTo returns the address of the list that holds records like the one that a row of
// the trail is about.
func backTo(row models.TrailRow) string {
	for _, f := range row.Fields {
		if row.Noun == "view" && f.Field == "list" {
			return "/" + cmp.Or(f.New, f.Old)
		}
	}
	return listPath(row.Noun)
}

// ownOnly are the nouns of notes that are shown to whoever left them: they may name
// somebody.
var ownOnly = map[string]bool{"finding": true, "plan": true, "view": true}

// ownLink returns a link to what a note is about that the visitor left, without an
// address if it no longer exists.
func (s *server) ownLink(c *gin.Context, link views.Link, row models.TrailRow) views.Link {
	ctx := c.Request.Context()
	link.Name = s.site.Say(s.language(c), models.Say("noun."+row.Noun))
	switch row.Noun {
	case "finding":
		link.URL = "/findings"
		if d, err := s.directory(ctx); err == nil && d.Post(row.RecordID) != nil {
			link.Name = s.site.PostingTitle(s.language(c), d.Post(row.RecordID), d.Sending(d.Post(row.RecordID)))
		}
	case "plan":
		if p, err := s.planSeen(ctx, row.RecordID); err == nil {
			link.Name, link.URL = p.Name, recordPath("plan", p.ID)
		}
	case "view":
		if v, err := s.store.KeptView(ctx, row.RecordID, visitorOf(ctx).account.ID, rightsOf(ctx)); err == nil {
			link.Name, link.URL = v.Name, recordPath("view", v.ID)
		}
	}
	return link
}

// linkOf returns a link to the record that a row of the trail is about, with its name
// as it is now, or without an address as it was if it no longer exists.
func (s *server) linkOf(lang string, d *models.Directory, row models.TrailRow) views.Link {
	if row.Noun == "remark" {
		about, id := remarkOn(row)
		link := s.linkOf(lang, d, models.TrailRow{Noun: about, RecordID: id, Name: row.Name})
		link.Noun = row.Noun
		return link
	}
	link := views.Link{Noun: row.Noun, Name: row.Name, URL: recordPath(row.Noun, row.RecordID)}
	switch row.Noun {
	case "agency":
		if d.Agency(row.RecordID).ID != 0 {
			return link
		}
	case "officer":
		if o := d.Officer(row.RecordID); o.ID != 0 {
			link.Name = s.site.OfficerName(lang, o, d.Agency(o.AgencyID))
			return link
		}
	case "posting":
		if p := d.Post(row.RecordID); p != nil {
			link.Name = s.site.PostingTitle(lang, p, d.Sending(p))
			return link
		}
	case "assignment":
		if a, p := d.Assignment(row.RecordID); p != nil {
			o := d.Officer(a.OfficerID)
			link.Name = s.site.OfficerName(lang, o, d.Agency(o.AgencyID)) + ", " + s.site.PostingTitle(lang, p, d.Sending(p))
			return link
		}
	case "project":
		if p := d.Project(row.RecordID); p.ID != 0 {
			link.Name = p.Title
			return link
		}
	case "contact_point":
		if slices.ContainsFunc(d.ContactPoints(), func(p models.ContactPoint) bool { return p.ID == row.RecordID }) {
			return link
		}
	case "body":
		for _, b := range d.Bodies() {
			if b.ID == row.RecordID {
				link.URL = views.BodyPath(*b)
				return link
			}
		}
	case "account":
		return link
	case "attestation":
		link.Name, link.URL = s.site.Say(lang, models.Say("attestation.title")), "/attestation#"+string(row.State)
		if p := d.Post(row.RecordID); p != nil {
			link.Name, link.URL = s.site.PostingTitle(lang, p, d.Sending(p)), recordPath("posting", p.ID)
		}
		return link
	}
	link.URL = ""
	return link
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
	if s.leadsToImport(c, done) {
		return nil
	}
	page := views.Undo{Done: done}
	draft, err := s.store.Preview(c.Request.Context(), s.actor(c), func(tx *db.Tx) error { return tx.Undo(row) })
	if err == nil {
		s.weighed(c, draft.NamedOn(s.today()), &page.Taking)
		return show(s, c, http.StatusOK, views.UndoPage, page)
	}
	return s.notUndone(c, http.StatusOK, page, err)
}

// leadsToImport leads from a change of too many records to the import that made it, where
// it is taken back record by record.
func (s *server) leadsToImport(c *gin.Context, done views.Done) bool {
	if done.Import == "" || !rightsOf(c.Request.Context()).Holds(models.Coordinator) {
		return false
	}
	c.Redirect(http.StatusSeeOther, views.ImportURL(done.Import))
	return true
}

// listRemoved shows what was removed and can be brought back.
func (s *server) listRemoved(c *gin.Context) error {
	in, ctx := queryOf(c), c.Request.Context()
	noun, before := in.text("noun"), in.id("before")
	if before < 0 {
		in.refuse("before", "problem.unknown")
	}
	if noun != "" && !slices.Contains(db.Removable(), noun) {
		in.refuse("noun", "problem.unknown")
	}
	if err := in.problems.Err(); err != nil {
		return err
	}
	rows, err := s.reading(ctx).Removed(ctx, rightsOf(ctx), noun, before, pageRows+1)
	if err != nil {
		return err
	}
	page := views.Removed{Rows: rows, Nouns: s.site.NounChoice(s.language(c), db.Removable(), noun), Later: before != 0}
	if len(rows) > pageRows {
		page.Rows = rows[:pageRows]
		page.Next = views.RemovedURL(noun, page.Rows[pageRows-1].ID)
	}
	page.First = views.RemovedURL(noun, 0)
	return show(s, c, http.StatusOK, views.RemovedPage, page)
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
	if s.leadsToImport(c, done) {
		return nil
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.Undo(row) }); err != nil {
		return s.notUndone(c, http.StatusConflict, views.Undo{Done: done}, err)
	}
	if done, err = s.changeSeen(c, row); err != nil { // what is left by now
		return err
	}
	c.Redirect(http.StatusSeeOther, done.Back)
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
		if page.Since = since.Rows; len(since.Rows) == 0 {
			say("undo.gone")
		}
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
