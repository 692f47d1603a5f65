package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/db/interchange"
	"samband/models"
	"samband/views"
)

// applyImport imports a file as its preview has shown it.
func (s *server) applyImport(c *gin.Context) error {
	im, err := s.importOf(c)
	if err != nil {
		return err
	}
	if im.Applied != "" {
		c.Redirect(http.StatusSeeOther, views.ImportURL(im.ID))
		return nil
	}
	ctx, actor, take := c.Request.Context(), s.actor(c), c.PostFormArray("take")
	if c.PostForm("preview") != "" {
		c.Redirect(http.StatusSeeOther, views.ImportURL(im.ID)+"?"+url.Values{"take": take}.Encode())
		return nil
	}
	revision, err := strconv.ParseInt(c.PostForm("revision"), 10, 64)
	if err != nil {
		return errBadForm
	}
	now, err := s.store.Revision(ctx)
	if err != nil {
		return err
	}
	// What is ticked is taken, whatever was ticked when it was shown.
	if now != revision || c.PostForm("mark") != markOf(im, c.PostFormArray("shown"), actor, revision) {
		return s.showPreview(c, im, http.StatusConflict)
	}
	j := s.carryOutImport(ctx, im, take, c.PostForm("leave") != "", revision, actor)
	if j.wait(ctx) {
		switch {
		case errors.Is(j.err, interchange.ErrMoved):
			return s.showPreview(c, im, http.StatusConflict)
		case j.err != nil:
			return j.err
		case j.report.Refused > 0 && c.PostForm("leave") == "":
			return s.showPreview(c, im, http.StatusUnprocessableEntity)
		}
	}
	c.Redirect(http.StatusSeeOther, views.ImportURL(im.ID))
	return nil
}

// showApplied shows what an import did, and what became of it if it was taken back.
func (s *server) showApplied(c *gin.Context, im db.Import) error {
	page := views.Applied{Import: importShown(c, im)}
	if j := s.jobs.find("revert\x00" + im.ID); j != nil && j.over() {
		if j.err != nil {
			s.jobs.forget(j)
		}
		switch {
		case errors.Is(j.err, db.ErrTooMuch):
			page.Refused = s.site.Say(s.language(c), models.Say("undo.too_much"))
		case j.err != nil:
			return j.err
		default:
			page.Reverted = s.revertedShown(c, j)
		}
	}
	return show(s, c, http.StatusOK, views.AppliedPage, page)
}

// revertedShown returns what became of each record of an import that was taken back: to
// others than who did so, as whom the records were read, only of how many.
func (s *server) revertedShown(c *gin.Context, j *job) *views.Reverted {
	shown := &views.Reverted{Counts: map[string]int{}}
	for _, r := range j.reverted {
		if shown.Counts[r.Outcome]++; r.Outcome == db.Reversed || j.by != visitorOf(c.Request.Context()).account.ID {
			continue
		}
		row := views.RevertedRow{Row: r.Row, Outcome: r.Outcome, Since: r.Since}
		if r.Outcome == db.Failed {
			row.Why = s.site.Say(s.language(c), whyFailed(r.Err))
		}
		shown.Rows = append(shown.Rows, row)
	}
	if len(shown.Rows) > mostCount {
		shown.Rows, shown.More = shown.Rows[:mostCount], len(shown.Rows)-mostCount
	}
	return shown
}

// whyFailed says why a record could not be taken back.
func whyFailed(err error) models.Message {
	if why, ok := whyNot(err); ok {
		return why
	}
	var refs *db.Referred
	switch {
	case errors.As(err, &refs):
		return models.Say("undo.referred")
	case errors.Is(err, db.ErrErased):
		return models.Say("undo.erased")
	}
	return models.Say("undo.refused")
}

// takeBackImport takes an import back, record by record.
func (s *server) takeBackImport(c *gin.Context) error {
	im, err := s.importOf(c)
	if err != nil {
		return err
	}
	if im.Applied == "" {
		return db.ErrNotFound
	}
	ctx := c.Request.Context()
	s.revertImport(ctx, im, s.actor(c)).wait(ctx)
	c.Redirect(http.StatusSeeOther, views.ImportURL(im.ID))
	return nil
}
