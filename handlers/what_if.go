package handlers

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// steps reads the steps in an address or a form.
func steps(in *query) (all []models.Step) {
	texts := in.values["step"]
	if len(texts) > models.MostSteps {
		in.problems = append(in.problems, models.Problem{Field: "step", Row: -1, Message: models.Say("problem.rows", "most", models.MostSteps)})
		return nil
	}
	if len(strings.Join(texts, "")) > models.MostStepsText {
		in.problems = append(in.problems, models.Problem{Field: "step", Row: -1, Message: models.Say("problem.long", "most", models.MostStepsText)})
		return nil
	}
	for _, text := range texts {
		s, ok := models.ParseStep(prose(text))
		if !ok {
			in.problems = append(in.problems, models.Problem{Field: "step", Row: -1, Message: models.Say("problem.step", "value", text)})
		}
		all = append(all, s)
	}
	return all
}

// showWhatIf tries the steps in the address. With "act" it asks for another
// step, and adds that once its form is filled in.
func (s *server) showWhatIf(c *gin.Context) error {
	in := queryOf(c)
	all := steps(in)
	var plan models.Plan
	if id := in.id("plan"); id != 0 && len(in.problems) == 0 {
		var err error
		if plan, err = s.planSeen(c.Request.Context(), id); err != nil {
			return err
		}
	}
	return s.tryOut(c, in, all, plan, unkept{})
}

func (s *server) showPlan(c *gin.Context) error {
	plan, err := s.plan(c)
	if err != nil {
		return err
	}
	return s.tryOut(c, queryOf(c), plan.Steps, plan, unkept{})
}

// An unkept says why steps could not be saved as a plan, and with which status that is
// answered.
type unkept struct {
	status   int
	problems models.Problems
}

// tryOut shows what steps would do, and the form of another one.
func (s *server) tryOut(c *gin.Context, in *query, all []models.Step, plan models.Plan, as unkept) error {
	if err := in.problems.Err(); err != nil {
		return err
	}
	ctx := c.Request.Context()
	d, revision, err := s.reading(ctx).Now(ctx)
	if err != nil {
		return err
	}
	page := views.WhatIf{Directory: d, Steps: all, Plan: plan, Revision: revision}
	var refused models.Problems
	page.Draft, refused = models.Try(d, all)
	page.Refused = len(refused) > 0
	next, problems, err := s.nextStep(c, in, &page)
	if err != nil {
		return err
	}
	if next != nil {
		more := append(slices.Clone(all), *next)
		if _, problems = models.Try(d, more); len(problems) == 0 {
			c.Redirect(http.StatusSeeOther, views.StepsURL("/what-if", more, plan.ID))
			return nil
		}
	}
	if page.Act != "" {
		page.Form = s.site.StepForm(s.language(c), page.Act, d, page.Assignment, page.Post, in.values, unrowed(problems))
	} else {
		page.Choose = s.site.ChooseForm(s.language(c), d, in.values, problems)
	}
	s.weigh(c, in, &page, refused)
	if err := in.problems.Err(); err != nil {
		return err
	}
	page.Keep = s.site.KeepForm(s.language(c), plan.Name, plan.Note, as.problems)
	if plan.ID != 0 && plan.Revision != revision {
		if err := s.changedSince(ctx, &page, plan.Revision); err != nil {
			return err
		}
	}
	status := cmp.Or(as.status, http.StatusOK)
	if as.status == 0 && (len(problems) > 0 || page.Refused) {
		status = http.StatusUnprocessableEntity
	}
	return show(s, c, status, views.WhatIfPage, page)
}

// weigh fills in what the draft would do.
func (s *server) weigh(c *gin.Context, in *query, page *views.WhatIf, refused models.Problems) {
	lang, draft, today := s.language(c), page.Draft, s.today()
	for i, step := range page.Steps {
		said := s.site.StepInWords(lang, page.Directory, step)
		for _, p := range refused {
			if p.Row == i {
				said += " – " + s.site.Say(lang, p.Message)
			}
		}
		page.Said = append(page.Said, said)
	}
	effects := s.weighed(c, draft, &page.Weighed)
	page.Mark = draft.Mark(today, s.limits)
	on := in.day("on", effectiveDay(page.Steps, effects, today))
	places, soon := draft.Places(), s.limits.NoticeDays
	before, after := draft.Before.MatrixOf(places, on, soon), draft.After.MatrixOf(places, on, soon)
	for i := range places {
		page.Rows = append(page.Rows, views.BeforeAfter{Before: before.Rows[i], After: after.Rows[i]})
	}
	kept := url.Values{}
	for _, step := range page.Steps {
		kept.Add("step", step.String())
	}
	page.Picker = picker("/what-if", &query{values: kept}, draft.After, on)
	if page.Plan.ID != 0 {
		page.Picker = picker("/plans/"+strconv.FormatInt(page.Plan.ID, 10), &query{values: url.Values{}}, draft.After, on)
	}
	rights := rightsOf(c.Request.Context())
	page.Owns = page.Plan.ChangedBy(visitorOf(c.Request.Context()).account.ID, rights)
	page.Allowed = len(page.Steps) > 0 && !page.Refused
	for _, id := range draft.Posts() {
		state := draft.Before.Sending(draft.Before.Post(id)).Country
		if !slices.Contains(page.Whose, state) {
			page.Whose = append(page.Whose, state)
		}
		page.Allowed = page.Allowed && rights.MayChange(state)
	}
}

// weighed works out what a draft would come to, and returns its effects.
func (s *server) weighed(c *gin.Context, draft models.Draft, to *views.Weighed) []models.Effect {
	effects := draft.Effects()
	to.Effects = draft.EffectsByState(effects)
	appear, disappear := draft.Findings(s.today(), s.limits)
	to.TellFindings(s.site, s.language(c), appear, disappear)
	return effects
}

// effectiveDay returns the day for which the effects of a draft are shown: the
// first one, from today on, on which it gives or takes something, or else the
// one on which its last step takes effect.
func effectiveDay(all []models.Step, effects []models.Effect, today models.Date) (on models.Date) {
	for _, e := range effects {
		days := slices.Concat(e.Lost, e.Gained)
		for _, r := range slices.Concat(e.Fewer, e.More) {
			days = append(days, r.Period)
		}
		for _, p := range days {
			if first := max(p.First, today); p.Last >= today && (on == 0 || first < on) {
				on = first
			}
		}
	}
	if on != 0 {
		return on
	}
	on = today
	for _, step := range all {
		for _, day := range []models.Date{step.First, step.Last + 1} {
			if !day.Open() && day < models.Forever && day > 1 {
				on = max(on, day)
			}
		}
	}
	return on
}
