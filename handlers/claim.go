package handlers

import (
	"math"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// take makes a finding the visitor's to resolve. Like a snooze, it forgets what is no
// longer a finding.
func (s *server) take(c *gin.Context) error {
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	x, err := s.findingNamed(c, in)
	if err != nil {
		return err
	}
	claim := models.Claim{Finding: x.Name(), State: x.Sending, On: s.today()}
	if x.Post != nil {
		claim.Posting = x.Post.ID
	}
	if err := s.swept(c, func(tx *db.Tx) error { return tx.TakeFinding(claim) }); err != nil {
		return err
	}
	return s.backToFindings(c)
}

// release gives a finding back, the visitor's own or a colleague's.
func (s *server) release(c *gin.Context) error {
	finding, err := s.seenFinding(c)
	if err == nil {
		err = s.write(c, func(tx *db.Tx) error { return tx.ReleaseFinding(finding) })
	}
	if err != nil {
		return err
	}
	return s.backToFindings(c)
}

// backToFindings leads to the page of the queue from which a form was sent.
func (s *server) backToFindings(c *gin.Context) error {
	in, more := queryOf(c), []string{}
	if in.text("snoozed") == "yes" {
		more = append(more, "snoozed", "yes")
	}
	if after := in.count("after", 0, math.MaxInt32); after > 0 && len(in.problems) == 0 {
		more = append(more, "after", strconv.Itoa(after))
	}
	c.Redirect(http.StatusSeeOther, views.FindingsURL("/findings", in.values, more...))
	return nil
}
