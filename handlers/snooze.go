package handlers

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// snoozeDays is for how many days a finding is postponed by default.
const snoozeDays = 30

// putOff returns the findings of a standing that are postponed on its day, by
// their index.
func (s *server) putOff(ctx context.Context, stand *standing) (map[int]models.Snooze, error) {
	all, err := s.store.Snoozes(ctx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	named, off := stand.named(), map[int]models.Snooze{}
	for finding, z := range all {
		if i, there := named[finding]; there && z.Holds(stand.day) {
			off[i] = z
		}
	}
	return off, nil
}

// findingNamed returns the finding that is asked for, which must be one today as
// the visitor sees it. If the visitor may neither postpone nor take it, it is
// db.ErrForbidden.
func (s *server) findingNamed(c *gin.Context, in *query) (x models.Finding, err error) {
	ctx := c.Request.Context()
	d, err := s.directory(ctx)
	if err != nil {
		return x, err
	}
	stand := s.standingOf(d)
	i, there := stand.named()[in.text("finding")]
	if !there {
		in.refuse("finding", "problem.finding_gone")
		return x, in.problems
	}
	if x = stand.findings[i]; x.Sending == "" { // of no state, and so nobody's to postpone
		return x, db.ErrForbidden
	}
	return x, changeable(ctx, x.Sending)
}

func (s *server) askSnooze(c *gin.Context) error {
	x, err := s.findingNamed(c, queryOf(c))
	if err != nil {
		return err
	}
	in := views.SnoozeInput{Until: (s.today() + snoozeDays).String()}
	return s.snoozeForm(c, http.StatusOK, x, in, nil)
}

func (s *server) snoozeForm(c *gin.Context, status int, x models.Finding, in views.SnoozeInput, problems models.Problems) error {
	return s.showForm(c, status, s.site.SnoozeForm(s.language(c), x, in, c.Request.URL.Query(), problems))
}

// snooze postpones a finding up to and including a day. It also forgets snoozes
// that are over, or of what is no longer a finding.
func (s *server) snooze(c *gin.Context) error {
	x, err := s.findingNamed(c, queryOf(c))
	if err != nil {
		return err
	}
	var in views.SnoozeInput
	if err := bind(c, &in); err != nil {
		return err
	}
	if again(c) {
		return s.snoozeForm(c, http.StatusOK, x, in, nil)
	}
	z := models.Snooze{Finding: x.Name(), State: x.Sending, Reason: strings.Join(strings.Fields(in.Reason), " ")}
	if x.Post != nil {
		z.Posting = x.Post.ID
	}
	var ps models.Problems
	z.Until = dayIn(&ps, "until", in.Until, 0)
	if err = ps.Err(); err == nil {
		err = s.keepSnooze(c, z)
	}
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.snoozeForm(c, http.StatusUnprocessableEntity, x, in, problems)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, views.FindingsURL("/findings", c.Request.URL.Query()))
	return nil
}

func (s *server) keepSnooze(c *gin.Context, z models.Snooze) error {
	return s.swept(c, func(tx *db.Tx) error { return tx.KeepSnooze(z, s.today()) })
}

// swept writes, after it has forgotten the snoozes that are over and those and the
// claims of what is no longer a finding.
func (s *server) swept(c *gin.Context, f func(*db.Tx) error) error {
	// Only the whole directory shows what is no longer a finding.
	d, revision, err := s.store.As(models.Everything).Now(c.Request.Context())
	if err != nil {
		return err
	}
	named, today := s.standingOf(d).named(), s.today()
	stands := func(finding string) bool { _, there := named[finding]; return there }
	return s.write(c, func(tx *db.Tx) error {
		if err := tx.SweepSnoozes(today, revision, stands); err != nil {
			return err
		}
		if err := tx.SweepClaims(revision, stands); err != nil {
			return err
		}
		return f(tx)
	})
}

// seenFinding returns the name of the finding in the form, db.ErrNotFound if the
// visitor does not see it: what becomes of it must not be revealed.
func (s *server) seenFinding(c *gin.Context) (string, error) {
	in, err := formQuery(c)
	if err != nil {
		return "", err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return "", err
	}
	finding := in.text("finding")
	if _, seen := s.standingOf(d).named()[finding]; !seen {
		return "", db.ErrNotFound
	}
	return finding, nil
}

// wake undoes the postponing of a finding.
func (s *server) wake(c *gin.Context) error {
	finding, err := s.seenFinding(c)
	if err != nil {
		return err
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.ShowAgain(finding) }); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/findings?snoozed=yes")
	return nil
}
