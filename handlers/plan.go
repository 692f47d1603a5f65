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
		return s.tryOut(c, &query{values: url.Values{"on": in.values["on"]}}, p.Steps, p, nil)
	}
	err = s.write(c, func(tx *db.Tx) error { return tx.KeepPlan(&p) })
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.tryOut(c, &query{values: url.Values{"on": in.values["on"]}}, p.Steps, p, problems)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, recordPath("plan", p.ID))
	return nil
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
