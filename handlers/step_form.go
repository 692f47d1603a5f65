package handlers

import (
	"context"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// unrowed moves the problems of a step to the fields of its form, which has no
// rows.
func unrowed(ps models.Problems) (led models.Problems) {
	for _, p := range ps {
		p.Row = -1
		led = append(led, p)
	}
	return led
}

// nextStep finds out what the next step is about, and reads it if its form has
// been filled in. The problems are those of its fields.
func (s *server) nextStep(c *gin.Context, in *query, page *views.WhatIf) (*models.Step, models.Problems, error) {
	d := page.Draft.After
	var ps models.Problems
	if text := in.text("posting"); text != "" {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			page.Post = d.Post(id)
		}
		if page.Post == nil {
			named, err := namer{s, c.Request.Context(), d, &ps}.post("posting", text)
			if err != nil || len(ps) > 0 {
				return nil, ps, err
			}
			page.Post = named
		}
	}
	if id := in.id("assignment"); id != 0 {
		page.Assignment, page.Post = d.Assignment(id)
		if page.Post == nil {
			problem(&ps, "assignment", "problem.gone")
			return nil, ps, nil
		}
		o := d.Officer(page.Assignment.OfficerID)
		page.Holder = s.site.OfficerName(s.language(c), o, d.Sending(page.Post))
	}
	act := models.Act(in.text("act"))
	about := slices.Contains(models.AssignmentActs(), act) && page.Assignment.ID != 0 || slices.Contains(models.PostingActs(), act) && page.Post != nil
	if act == "" || !about {
		return nil, nil, nil
	}
	page.Act = act
	if in.text("try") == "" {
		return nil, nil, nil
	}
	return s.readStep(c.Request.Context(), act, in, page, d)
}

// readStep reads the form of a step.
func (s *server) readStep(ctx context.Context, act models.Act, in *query, page *views.WhatIf, d *models.Directory) (*models.Step, models.Problems, error) {
	step := models.Step{Act: act}
	var ps models.Problems
	for _, f := range act.Fields() {
		text := in.text(f.Name)
		switch f.Name {
		case "posting":
			step.Posting = page.Post.ID
			continue
		case "assignment":
			step.Assignment = page.Assignment.ID
			continue
		case "officer":
			officer, err := namer{s, ctx, d, &ps}.officer("officer", text)
			if err != nil {
				return nil, nil, err
			}
			step.Officer = officer.ID
			continue
		case "stand_in":
			if text != "" {
				id, err := namer{s, ctx, d, &ps}.standIn(page.Assignment, models.Absence{Period: models.Always}, text)
				if err != nil {
					return nil, nil, err
				}
				step.StandIn = id
			}
			continue
		}
		if text == "" {
			if f.Required {
				problem(&ps, f.Name, "problem.required")
			}
			continue
		}
		if key := step.Set(f.Name, text); key != "" {
			problem(&ps, f.Name, key, "value", text, "most", models.MostReason)
		} else if f.Required && step.Value(f.Name) == "" { // an open last day ends nothing
			problem(&ps, f.Name, "problem.required")
		}
	}
	if len(ps) > 0 {
		return nil, ps, nil
	}
	return &step, nil, nil
}
