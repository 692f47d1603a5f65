package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// plan returns the plan that the address names.
func (s *server) plan(c *gin.Context) (models.Plan, error) {
	id, err := idIn(c, "plan")
	if err != nil {
		return models.Plan{}, err
	}
	return s.planSeen(c.Request.Context(), id)
}

// planSeen returns a plan as the visitor sees it.
func (s *server) planSeen(ctx context.Context, id int64) (models.Plan, error) {
	return s.reading(ctx).Plan(ctx, id, visitorOf(ctx).account.ID)
}

func (s *server) listPlans(c *gin.Context) error {
	ctx := c.Request.Context()
	plans, err := s.reading(ctx).Plans(ctx, visitorOf(ctx).account.ID)
	if err != nil {
		return err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	var lines []views.PlanLine
	for _, p := range plans {
		line := views.PlanLine{Plan: p}
		for _, step := range p.Steps {
			line.Said = append(line.Said, s.site.StepInWords(s.language(c), d, step))
		}
		lines = append(lines, line)
	}
	return show(s, c, http.StatusOK, views.PlansPage, lines)
}

// keepPlan saves steps under a name, as a new plan or over an existing one.
func (s *server) keepPlan(c *gin.Context) error {
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	p := models.Plan{ID: in.id("plan"), Version: formVersion(c), Name: in.text("name"), Note: prose(in.text("note")), Steps: steps(in), Revision: in.id("revision")}
	if err := in.problems.Err(); err != nil {
		return err
	}
	if again(c) {
		return s.tryOut(c, &query{values: url.Values{"on": in.values["on"]}}, p.Steps, p, unkept{})
	}
	asked := p
	err = s.write(c, func(tx *db.Tx) error { p = asked; return tx.KeepPlan(&p) })
	if err == nil {
		c.Redirect(http.StatusSeeOther, recordPath("plan", p.ID))
		return nil
	}
	return s.planRefused(c, in, asked, err)
}

// planRefused shows the steps of a plan that could not be saved, with its name and note
// as typed. What would be another's plan can be saved as a new one; and what somebody
// else has saved meanwhile is replaced when it is sent once more.
func (s *server) planRefused(c *gin.Context, in *query, p models.Plan, err error) error {
	as := unkept{status: http.StatusUnprocessableEntity}
	var refused bool
	as.problems, refused = errors.AsType[models.Problems](err)
	if !refused && (p.ID == 0 || !errors.Is(err, db.ErrForbidden) && !errors.Is(err, db.ErrStale)) {
		return err
	}
	if p.ID != 0 {
		kept, gone := s.planSeen(c.Request.Context(), p.ID)
		if gone != nil {
			return gone
		}
		p.Owner, p.Email = kept.Owner, kept.Email
		switch {
		case errors.Is(err, db.ErrForbidden):
			as.status = http.StatusForbidden
			problem(&as.problems, "name", "problem.others_plan", "email", kept.Email)
			p.ID, p.Version, p.Owner, p.Email = 0, 0, 0, ""
		case errors.Is(err, db.ErrStale):
			as.status, p.Version = http.StatusConflict, kept.Version
			problem(&as.problems, "name", "problem.plan_changed")
		}
	}
	return s.tryOut(c, &query{values: url.Values{"on": in.values["on"]}}, p.Steps, p, as)
}

func (s *server) discardPlan(c *gin.Context) error {
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.DiscardPlan(p.ID, formVersion(c)) }); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, listPath("plan"))
	return nil
}
