package views

import (
	"net/url"
	"slices"
	"strings"

	"samband/models"
)

// The pages of what if.
var (
	WhatIfPage = page[WhatIf]("what_if")
	PlansPage  = page[[]PlanLine]("plans")
)

// A WhatIf is a trial of some steps, and its results.
type WhatIf struct {
	Directory *models.Directory
	Steps     []models.Step
	Said      []string // each step in words
	Draft     models.Draft
	Refused   bool // the rules refuse a step: the results are of those before it

	// Post and Assignment are what another step may be about, and Form is that
	// step being filled in; Act is "" while it is still to be chosen.
	Post       *models.Post
	Assignment models.Assignment
	Holder     string
	Act        models.Act
	Form       Form
	Choose     Form // of the posting that a step is about

	Picker DayPicker
	Weighed
	Rows                 []BeforeAfter
	Plan                 models.Plan // ID 0: not kept
	Keep                 Form
	Owns                 bool // the reader may change the plan
	Mark                 string
	Revision             int64
	Allowed              bool           // the reader may carry the steps out
	Whose                []models.State // whose postings the steps change
	Foreign              []FieldProblem // the steps that the reader may not carry out
	Stale                bool           // something has changed since the results were shown
	Postings             []*models.Post // that have changed since
	ChangedMuch, Changed bool
}

// A Reweighed is a finding that stays, but with another severity than before.
type Reweighed struct {
	models.Finding
	Before models.Severity
}

// A BeforeAfter is a row of the matrix without the steps and with them.
type BeforeAfter struct{ Before, After models.MatrixRow }

// Changed reports whether a cell differs.
func (b BeforeAfter) Changed(s models.State, m models.Matter) bool {
	return b.Before.Cell(s, m) != b.After.Cell(s, m)
}

// AnyChanged reports whether some cell of the row differs.
func (b BeforeAfter) AnyChanged() bool { return b.Before != b.After }

// A Weighed is what changes would come to: what states lose and gain, and the
// findings that come and go.
type Weighed struct {
	Effects           []models.StateEffect
	Appear, Disappear []models.Finding
	Reweighed         []Reweighed
}

// Nothing reports whether nothing comes of the changes.
func (w Weighed) Nothing() bool {
	return len(w.Effects)+len(w.Appear)+len(w.Disappear)+len(w.Reweighed) == 0
}

// TellFindings takes over the findings that a draft brings and takes away. Where
// a new one and an old one say the same in the reader's language, only the facts
// behind them have changed: it neither appears nor disappears, but is reweighed
// if its severity differs.
func (w *Weighed) TellFindings(s *Site, lang string, appear, disappear []models.Finding) {
	gone := map[string][]models.Severity{}
	for _, f := range disappear {
		said := s.Paragraph(lang, f.Reason)
		gone[said] = append(gone[said], f.Severity)
	}
	stays := map[string]bool{}
	for _, f := range appear {
		said := s.Paragraph(lang, f.Reason)
		if len(gone[said]) == 0 {
			w.Appear = append(w.Appear, f)
			continue
		}
		if i := slices.Index(gone[said], f.Severity); i < 0 && !stays[said] {
			w.Reweighed = append(w.Reweighed, Reweighed{f, gone[said][0]})
		}
		stays[said] = true
	}
	w.Disappear = slices.DeleteFunc(slices.Clone(disappear), func(f models.Finding) bool { return stays[s.Paragraph(lang, f.Reason)] })
}

// StepsURL returns the address of some steps, with more parameters as name and
// value.
func StepsURL(path string, steps []models.Step, plan int64, more ...string) string {
	v := url.Values{}
	for _, s := range steps {
		v.Add("step", s.String())
	}
	if plan != 0 {
		v.Set("plan", itoa(int(plan)))
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// Without returns the address of the steps without the one at index i.
func (w WhatIf) Without(i int) string {
	return StepsURL("/what-if", slices.Delete(slices.Clone(w.Steps), i, i+1), w.Plan.ID)
}

// StepID returns the ID of the step at index i on the page.
func (w WhatIf) StepID(i int) string { return "step-" + itoa(i+1) }

// With returns the address at which another step is filled in. The subject is
// "posting" or "assignment", and id its ID.
func (w WhatIf) With(act models.Act, subject string, id int64) string {
	return StepsURL("/what-if", w.Steps, w.Plan.ID, "act", string(act), subject, itoa(int(id)))
}

// PostingActs and AssignmentActs return the acts to choose from.
func (w WhatIf) PostingActs() []models.Act    { return models.PostingActs() }
func (w WhatIf) AssignmentActs() []models.Act { return models.AssignmentActs() }

// Link returns the address of the page, for sending to a colleague.
func (w WhatIf) Link() string {
	if w.Plan.ID != 0 {
		return "/plans/" + itoa(int(w.Plan.ID))
	}
	return StepsURL("/what-if", w.Steps, 0)
}

// Terms returns the assignments of the posting that a step may be about, as the
// steps so far leave them. Those that the steps add are left out.
func (w WhatIf) Terms() (lines []AssignmentLine) {
	if w.Post == nil || w.Assignment.ID != 0 {
		return nil
	}
	for _, a := range slices.Backward(w.Post.Assignments) {
		if a.ID > 0 {
			lines = append(lines, LineOf(w.Draft.After, w.Post, a))
		}
	}
	return lines
}

// Sending returns the agency that keeps a posting.
func (w WhatIf) Sending(p *models.Post) models.Agency { return w.Directory.Sending(p) }

// A PlanLine is a plan in the list of all.
type PlanLine struct {
	Plan models.Plan
	Said []string
}

// StepInWords says in words what a step does.
func (s *Site) StepInWords(lang string, d *models.Directory, step models.Step) string {
	a, post := d.About(step)
	if post == nil {
		return s.Say(lang, models.Say("step.gone"))
	}
	officer, holder := d.Officer(step.Officer), d.Officer(a.OfficerID)
	by, at := d.Assignment(step.StandIn)
	step = step.Of(holder)
	last, follows := step.Last, step.SuccessorLast
	if last == 0 {
		last = models.Forever
	}
	if follows == 0 {
		follows = models.Forever
	}
	said := s.Say(lang, models.Say("step."+string(step.Act), "posting", s.PostingTitle(lang, post, d.Sending(post)),
		"officer", s.OfficerName(lang, officer, d.Agency(officer.AgencyID)), "holder", s.OfficerName(lang, holder, d.Agency(holder.AgencyID)),
		"first", step.First, "last", last, "follows", follows, "state", step.State, "matter", step.Matter, "country", step.Country))
	if at != nil {
		of := d.Officer(by.OfficerID)
		said += " " + s.Say(lang, models.Say("step.stand_in", "officer", s.OfficerName(lang, of, d.Sending(at)), "posting", s.PostingTitle(lang, at, d.Sending(at))))
	}
	if step.Reason != "" {
		said += " " + s.Say(lang, models.Say("step.reason", "reason", step.Reason))
	}
	return said
}

// StepForm returns the form of a step about a posting, or an assignment to it, filled
// in with typed. It is
// sent to the page itself, which adds the step. The sending state is not among
// those that the posting may cease to represent.
func (s *Site) StepForm(lang string, act models.Act, d *models.Directory, a models.Assignment, post *models.Post, typed url.Values, ps models.Problems) Form {
	b := s.buildForm(lang, ps)
	b.form.Title, b.form.Submit = b.t("act."+string(act)), b.t("what_if.try")
	for _, f := range act.Fields() {
		value := typed.Get(f.Name)
		switch f.Name {
		case "posting", "assignment":
			continue
		case "officer":
			b.field(Field{Name: f.Name, Kind: TextField, Value: value, Required: true, Suggest: "officer"})
			b.hint("hint.officer")
		case "stand_in":
			b.field(Field{Name: f.Name, Kind: TextField, Value: value, Suggest: "stand_in"})
		case "state":
			states := slices.Clone(b.stateOptions())
			if act == models.Unrepresent {
				states = slices.DeleteFunc(states, func(o Option) bool { return o.Value == string(d.Sending(post).Country) })
			}
			b.choice(f.Name, value, true, states)
		case "matter":
			b.choice(f.Name, value, true, b.matterOptions(models.Police, models.Customs, models.Both))
		case "country":
			b.choice(f.Name, value, true, b.countryOptions())
		case "reason":
			b.text(f.Name, value, false)
		default:
			b.day(f.Name, value, f.Required)
			if !f.Required {
				b.hint("hint.last_day")
			}
			if act == models.HandOver && f.Name != "successor_last_day" {
				b.relabel(map[string]string{"first_day": "field.successor_first_day", "last_day": "field.outgoing_last_day"}[f.Name])
			}
			if strings.HasPrefix(string(act), "un") {
				b.hint("hint.dropped_from")
			}
		}
	}
	return b.done()
}

// ChooseForm returns the form that chooses the posting that a step is about.
func (s *Site) ChooseForm(lang string, d *models.Directory, typed url.Values, ps models.Problems) Form {
	b := s.buildForm(lang, ps)
	b.form.Submit = b.t("what_if.choose")
	b.field(Field{Name: "posting", Kind: TextField, Value: typed.Get("posting"), Required: true, Suggest: "posting"})
	return b.done()
}

// KeepForm returns the form that keeps steps as a plan.
func (s *Site) KeepForm(lang string, name, note string, ps models.Problems) Form {
	b := s.buildForm(lang, ps)
	b.form.Title, b.form.Action, b.form.Submit = b.t("plan.keep"), "/plans", b.t("plan.keep")
	b.text("name", name, true)
	b.field(Field{Name: "note", Kind: LongField, Value: note})
	return b.done()
}
