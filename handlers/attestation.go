package handlers

import (
	"context"
	"net/http"
	"weak"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// showAttestation shows the lists that the visitor may confirm, and how long
// each posting has gone unconfirmed.
func (s *server) showAttestation(c *gin.Context) error {
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	page := views.Attestation{Directory: d, Within: s.limits.AttestDays}
	rights := rightsOf(c.Request.Context())
	for _, f := range d.Freshness(s.today(), s.limits.AttestDays) {
		if !rights.MayChange(f.State) {
			continue
		}
		list := views.AttestedList{Freshness: f}
		for _, p := range d.Posts() {
			if d.Sending(p).Country == f.State && p.Life().Has(s.today()) {
				list.Posts = append(list.Posts, p)
			}
		}
		page.Lists = append(page.Lists, list)
	}
	return show(s, c, http.StatusOK, views.AttestationPage, page)
}

// freshness returns how fresh the states' lists are. It is nil, and a page does
// without, if the visitor may not read them or the directory cannot be read.
func (s *server) freshness(ctx context.Context) []models.Freshness {
	if !rightsOf(ctx).Reads() {
		return nil
	}
	d, err := s.directory(ctx)
	if err != nil {
		return nil
	}
	today, from := s.today(), weak.Make(d)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fresh.from != from || s.fresh.day != today { // only the last one is cached: it takes one look at each posting
		s.fresh = fresh{from, today, d.Freshness(today, s.limits.AttestDays)}
	}
	return s.fresh.lists
}

// fresh caches how fresh the lists of a directory are on a day.
type fresh struct {
	from  weak.Pointer[models.Directory]
	day   models.Date
	lists []models.Freshness
}

// attest records that a state's list is right, or one posting on it, and
// redirects back to where the visitor confirmed that.
func (s *server) attest(c *gin.Context) error {
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	a := models.Attestation{State: in.state("state"), PostingID: in.id("posting"), On: s.today()}
	in.require("state")
	if in.text("posting") == "0" || a.PostingID < 0 {
		in.refuse("posting", "problem.unknown")
	}
	if err := in.problems.Err(); err != nil {
		return err
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.Attest(a) }); err != nil {
		return err
	}
	back := "/attestation#" + string(a.State)
	if a.PostingID != 0 && in.text("from") == "posting" {
		back = recordPath("posting", a.PostingID)
	}
	c.Redirect(http.StatusSeeOther, back)
	return nil
}
