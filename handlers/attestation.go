package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// attestedRows is how many postings a page shows to be confirmed.
const attestedRows = 50

func (s *server) showAttestation(c *gin.Context) error {
	in := queryOf(c)
	return s.attestationPage(c, http.StatusOK, in, nil)
}

// attestationPage shows the lists that the visitor may confirm: how fresh each is, and of
// one state what is confirmed, row by row. changed are postings that were refused.
func (s *server) attestationPage(c *gin.Context, status int, in *query, changed []int64) error {
	ctx := c.Request.Context()
	d, revision, err := s.reading(ctx).Now(ctx)
	if err != nil {
		return err
	}
	page := views.Attestation{Within: s.limits.AttestDays, Revision: revision, State: in.state("state"), After: in.text("after"),
		All: in.text("all") == "yes" || s.limits.AttestDays == 0}
	after, ok := readWaiting(page.After)
	if !ok {
		in.refuse("after", "problem.unknown")
	}
	if err := in.problems.Err(); err != nil {
		return err
	}
	rights := rightsOf(ctx)
	for _, f := range d.Freshness(s.today(), s.limits.AttestDays) {
		if rights.MayChange(f.State) {
			page.Lists = append(page.Lists, views.AttestedList{Freshness: f})
		}
	}
	at := slices.IndexFunc(page.Lists, func(l views.AttestedList) bool { return l.State == page.State })
	if at < 0 { // the first one that has to be looked at
		at = max(0, slices.IndexFunc(page.Lists, func(l views.AttestedList) bool { return l.Overdue > 0 }))
	}
	if len(page.Lists) > 0 {
		list := &page.Lists[at]
		page.State = list.State
		shown, more := s.waiting(d, list.State, page.All, after)
		if more {
			page.Next = waitingText(shown[len(shown)-1])
		}
		if list.Rows, err = s.attestedRows(c, d, shown); err != nil {
			return err
		}
	}
	for _, id := range changed {
		if p := d.Post(id); p != nil {
			page.Changed = append(page.Changed, views.FieldProblem{ID: rowID(id), Label: s.site.PostingTitle(s.language(c), p, d.Sending(p)),
				Text: s.site.Say(s.language(c), models.Say("attestation.changed"))})
		}
	}
	return show(s, c, status, views.AttestationPage, page)
}

// waiting returns a page of a state's open postings, only the overdue unless all are
// asked for, and whether there are more.
func (s *server) waiting(d *models.Directory, state models.State, all bool, after models.Waiting) (shown []models.Waiting, more bool) {
	for _, w := range d.Waiting(state, s.today()) {
		beyond := w.Since > after.Since || w.Since == after.Since && w.Post.ID > after.Post.ID
		if !beyond || !all && !d.Due(w.Post, s.today(), s.limits.AttestDays) {
			continue
		}
		if len(shown) == attestedRows {
			return shown, true
		}
		shown = append(shown, w)
	}
	return shown, false
}

// waitingText writes where a page ends into an address, and readWaiting reads it.
func waitingText(w models.Waiting) string {
	return w.Since.String() + "." + strconv.FormatInt(w.Post.ID, 10)
}

func readWaiting(text string) (w models.Waiting, ok bool) {
	w.Post = new(models.Post)
	if text == "" {
		return w, true
	}
	day, number, _ := strings.Cut(text, ".")
	var bad error
	w.Since, bad = models.ParseDate(day)
	id, err := strconv.ParseInt(number, 10, 64)
	w.Post.ID = id
	return w, bad == nil && err == nil
}

// rowID returns the ID of a posting's row on the page.
func rowID(posting int64) string { return "p-" + strconv.FormatInt(posting, 10) }

// attestedRows returns the rows of postings, with what has changed of each since it was
// confirmed: in one read for all.
func (s *server) attestedRows(c *gin.Context, d *models.Directory, shown []models.Waiting) (rows []views.AttestedRow, err error) {
	changes, err := s.changesSinceAttested(c, d, shown)
	if err != nil {
		return nil, err
	}
	today, counts := s.today(), s.findingCounts(d, s.today())
	for _, w := range shown {
		line := views.Line{Directory: d, On: today, ID: w.Post.ID, Post: w.Post, Findings: counts[w.Post.ID]}
		for _, a := range w.Post.HoldersOn(today) {
			line.Terms = append(line.Terms, views.LineOf(d, w.Post, a))
		}
		rows = append(rows, s.site.AttestedRow(s.language(c), line, views.FreshOf(d, w.Post, today, s.limits.AttestDays), changes[w.Post.ID]))
	}
	return rows, nil
}

// mostAttestedChanges bounds the changes that are read for a page.
const mostAttestedChanges = 500

// changesSinceAttested returns what has changed of postings, and of assignments to them
// that still exist, since the day on which each was confirmed, that day included. Of what
// never was confirmed there is nothing to tell.
func (s *server) changesSinceAttested(c *gin.Context, d *models.Directory, shown []models.Waiting) (map[int64][]views.AttestedChange, error) {
	var records []int64
	of, first := map[int64]*models.Post{}, models.Forever
	for _, w := range shown {
		on := d.AttestedOn(w.Post)
		if on == 0 {
			continue
		}
		first, of[w.Post.ID], records = min(first, on), w.Post, append(records, w.Post.ID)
		for _, a := range w.Post.Assignments {
			if a.ID > 0 {
				of[a.ID], records = w.Post, append(records, a.ID)
			}
		}
	}
	if len(records) == 0 {
		return nil, nil
	}
	ctx := c.Request.Context()
	rows, err := s.reading(ctx).ChangesSince(ctx, records, s.midnight(first), mostAttestedChanges)
	changes := map[int64][]views.AttestedChange{}
	for _, r := range rows {
		p, on := of[r.RecordID], models.DateOf(r.At.In(s.zone))
		if on >= d.AttestedOn(p) {
			changes[p.ID] = append(changes[p.ID], views.AttestedChange{On: on, Action: r.Action, Noun: r.Noun, Fields: r.Fields})
		}
	}
	return changes, err
}
