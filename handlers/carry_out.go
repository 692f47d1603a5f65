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

// maxFresh is how many times carrying steps out is tried when others write at
// the same time.
const maxFresh = 5

// changedSince fills in which postings have changed since a revision, or only
// that many have.
func (s *server) changedSince(ctx context.Context, page *views.WhatIf, revision int64) error {
	postings, officers, all, err := s.store.Touched(ctx, revision)
	if err != nil {
		return err
	}
	page.ChangedMuch = all || len(postings) > 20
	page.Changed = page.ChangedMuch || len(postings)+len(officers) > 0
	if page.ChangedMuch {
		return nil
	}
	for _, id := range postings {
		if p := page.Directory.Post(id); p != nil {
			page.Postings = append(page.Postings, p)
		}
	}
	return nil
}

// carryOut carries out the steps exactly as they were shown. If the directory
// has changed so that they would now do something else, it shows what has
// changed instead.
func (s *server) carryOut(c *gin.Context) error {
	ctx := c.Request.Context()
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	all, planID, shown := steps(in), in.id("plan"), in.id("revision")
	if err := in.problems.Err(); err != nil {
		return err
	}
	if len(all) == 0 {
		return errBadForm
	}
	var plan models.Plan
	if planID != 0 {
		if plan, err = s.planSeen(ctx, planID); err != nil {
			return err
		}
	}
	for range maxFresh {
		d, revision, err := s.reading(ctx).Now(ctx)
		if err != nil {
			return err
		}
		if !rightsOf(ctx).MayTake(all, d) {
			return s.showForeign(c, in, all, plan)
		}
		draft, problems := models.Try(d, all)
		if len(problems) > 0 || draft.Mark(s.today(), s.limits) != in.text("mark") {
			return s.showStale(c, in, all, plan, shown)
		}
		carried, err := s.store.CarryOut(ctx, s.actor(c), revision, all, planID)
		if errors.Is(err, db.ErrStale) {
			continue
		}
		if _, ok := errors.AsType[models.Problems](err); ok {
			return s.showStale(c, in, all, plan, shown)
		}
		if err != nil {
			return err
		}
		s.tellNext(c, carried.Row)
		c.Redirect(http.StatusSeeOther, recordPath("posting", carried.Postings[0]))
		return nil
	}
	return db.ErrBusy
}

// showStale shows what the steps would do now, and what has changed since they
// were shown.
func (s *server) showStale(c *gin.Context, in *query, all []models.Step, plan models.Plan, shown int64) error {
	return s.showSteps(c, http.StatusConflict, in, all, plan, func(page *views.WhatIf) error {
		page.Stale = true
		return s.changedSince(c.Request.Context(), page, shown)
	})
}

// showForeign shows steps of which the visitor may not carry out all, and says which.
func (s *server) showForeign(c *gin.Context, in *query, all []models.Step, plan models.Plan) error {
	return s.showSteps(c, http.StatusForbidden, in, all, plan, func(page *views.WhatIf) error {
		for i, step := range page.Steps {
			if _, p := page.Directory.About(step); p != nil && !rightsOf(c.Request.Context()).MayTake([]models.Step{step}, page.Directory) {
				why := models.Say("what_if.not_yours", "states", []models.State{page.Directory.Sending(p).Country})
				page.Foreign = append(page.Foreign, views.FieldProblem{ID: page.StepID(i), Label: page.Said[i], Text: s.site.Say(s.language(c), why)})
			}
		}
		return nil
	})
}

// showSteps shows what steps that were not carried out would do now. tell adds why they
// were not.
func (s *server) showSteps(c *gin.Context, status int, in *query, all []models.Step, plan models.Plan, tell func(*views.WhatIf) error) error {
	ctx := c.Request.Context()
	d, revision, err := s.reading(ctx).Now(ctx)
	if err != nil {
		return err
	}
	page := views.WhatIf{Directory: d, Steps: all, Plan: plan, Revision: revision}
	var refused models.Problems
	page.Draft, refused = models.Try(d, all)
	page.Refused = len(refused) > 0
	s.weigh(c, &query{values: url.Values{"on": in.values["on"]}}, &page, refused)
	page.Keep = s.site.KeepForm(s.language(c), plan.Name, plan.Note, nil)
	page.Choose = s.site.ChooseForm(s.language(c), d, nil, nil)
	if err := tell(&page); err != nil {
		return err
	}
	return show(s, c, status, views.WhatIfPage, page)
}

// formQuery returns the fields of a posted form.
func formQuery(c *gin.Context) (*query, error) {
	if err := c.Request.ParseForm(); err != nil {
		return nil, errBadForm
	}
	return &query{values: c.Request.PostForm}, nil
}
