package handlers

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"weak"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// attest records that a state's list is right, or postings on it, and redirects back to
// where the visitor confirmed that: to the next row. Of postings that were shown at a
// revision, those that have changed since are refused, and shown again.
func (s *server) attest(c *gin.Context) error {
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	a := models.Attestation{State: in.state("state"), On: s.today()}
	in.require("state")
	ids := in.postings()
	revision := in.id("revision")
	if err := in.problems.Err(); err != nil {
		return err
	}
	back := "/attestation#" + string(a.State)
	if len(ids) > 0 {
		a.PostingID = ids[0]
		if back, err = s.nextToAttest(c, in, ids); err != nil {
			return err
		}
	}
	var changed []int64
	err = s.write(c, func(tx *db.Tx) (err error) {
		if len(ids) == 0 || len(ids) == 1 && revision == 0 {
			return tx.Attest(a)
		}
		changed, err = tx.AttestShown(a.State, a.On, ids, revision)
		return err
	})
	if err != nil {
		return err
	}
	if len(changed) > 0 {
		return s.attestationPage(c, http.StatusConflict, in, changed)
	}
	c.Redirect(http.StatusSeeOther, back)
	return nil
}

// postings returns the postings in a form, each once.
func (q *query) postings() (ids []int64) {
	texts := q.values["posting"]
	if len(texts) > attestedRows {
		q.problems = append(q.problems, models.Problem{Field: "posting", Row: -1, Message: models.Say("problem.rows", "most", attestedRows)})
		return nil
	}
	for _, text := range texts {
		if text == "" {
			continue
		}
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			q.problems = append(q.problems, models.Problem{Field: "posting", Row: -1, Message: models.Say("problem.unknown", "value", text)})
		} else if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// nextToAttest returns the address to go back to after postings are confirmed: that of
// the posting itself if its page was where that was done, or else of the same page of the
// list, at the row after the last of them.
func (s *server) nextToAttest(c *gin.Context, in *query, ids []int64) (string, error) {
	if len(ids) == 1 && in.text("from") == "posting" {
		return recordPath("posting", ids[0]), nil
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return "", err
	}
	state := in.state("state")
	after, ok := readWaiting(in.text("after"))
	if !ok {
		after, _ = readWaiting("")
	}
	page := views.Attestation{State: state, After: in.text("after"), All: in.text("all") == "yes"}
	at, all := string(state), page.All || s.limits.AttestDays == 0
	shown, _ := s.waiting(d, state, all, after)
	last := slices.IndexFunc(shown, func(w models.Waiting) bool { return w.Post.ID == ids[len(ids)-1] })
	switch {
	case last >= 0 && last+1 < len(shown):
		at = rowID(shown[last+1].Post.ID)
	case last >= 0:
		if rest, _ := s.waiting(d, state, all, shown[last]); len(rest) > 0 {
			at = rowID(rest[0].Post.ID)
		}
	}
	return page.Here() + "#" + at, nil
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
