package views

import "samband/models"

// AssignmentPage is the page of one assignment.
var AssignmentPage = page[Assignment]("assignment")

// An AssignmentLine is an assignment in a list.
type AssignmentLine struct {
	Assignment models.Assignment
	Officer    models.Officer
	Own        models.Agency // the officer's
	Posting    *models.Post
	Agency     models.Agency // that sends the posting
}

// LineOf returns the line about an assignment to p.
func LineOf(d *models.Directory, p *models.Post, a models.Assignment) AssignmentLine {
	o := d.Officer(a.OfficerID)
	return AssignmentLine{a, o, d.Agency(o.AgencyID), p, d.Sending(p)}
}

// When says whether the assignment is still "planned", "held" or "past" on a
// day.
func (l AssignmentLine) When(today models.Date) string {
	switch {
	case today < l.Assignment.First:
		return "planned"
	case today > l.Assignment.Last:
		return "past"
	}
	return "held"
}

// Reachable reports whether the officer has contacts to be opened.
func (l AssignmentLine) Reachable() bool { return reachable(l.Officer) }

// Term returns the days of the assignment on which the posting exists.
func (l AssignmentLine) Term() models.Period { return l.Posting.Term(l.Assignment) }

// AbsentUntil returns the last day of the absence that the holder is on, Forever if it
// has no end, and 0 for who can be turned to on the day.
func (l AssignmentLine) AbsentUntil(today models.Date) models.Date {
	until, _ := l.Posting.AbsentOn(l.Assignment, today)
	return until
}

// An Assignment is the page of one.
type Assignment struct {
	Directory  *models.Directory
	Assignment models.Assignment
	Post       *models.Post
	Own        bool // it is the reader's own
	History    History
}

// Line returns the assignment with what it refers to.
func (a Assignment) Line() AssignmentLine { return LineOf(a.Directory, a.Post, a.Assignment) }

// AssignmentForm returns the form of an assignment, which offers the officers
// and postings of the directory.
func (s *Site) AssignmentForm(lang string, f Filled[Values], d *models.Directory) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "assignment", "/assignments", f)
	in := f.Input
	b.field(Field{Name: "officer", Kind: TextField, Value: in["officer"], Required: true, Suggest: "officer"})
	b.hint("hint.officer")
	b.field(Field{Name: "posting", Kind: TextField, Value: in["posting"], Required: true, Suggest: "posting", Mine: true})
	b.day("first_day", in["first_day"], true)
	b.day("last_day", in["last_day"], false)
	b.hint("hint.last_day")
	b.day("planned_last_day", in["planned_last_day"], false)
	b.hint("hint.planned")
	if f.ID != 0 {
		b.text("end_reason", in["end_reason"], false)
	}
	b.field(Field{Name: "note", Kind: LongField, Value: in["note"]})
	b.hint("hint.assignment_note")
	b.key(in["key"])
	return finish(b, f, func(saved Filled[Values]) Form { return s.AssignmentForm(lang, saved, d) })
}

// EndInput is the form that ends an assignment.
type EndInput struct {
	LastDay string `form:"last_day"`
	Reason  string `form:"end_reason"`
}

// EndForm returns the form that ends an assignment.
func (s *Site) EndForm(lang string, f Filled[EndInput], a models.Assignment) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "assignment", "/assignments", f)
	b.form.Title = b.t("assignment.end_title", "name", f.Title)
	b.form.Intro = b.t("assignment.end_intro", "last", a.Last)
	b.form.Action = b.form.Cancel + "/end"
	b.form.Submit = b.t("assignment.end")
	b.day("last_day", f.Input.LastDay, true)
	b.text("end_reason", f.Input.Reason, true)
	return finish(b, f, func(saved Filled[EndInput]) Form { return s.EndForm(lang, saved, a) })
}

// HandOverInput is the form that hands a posting over.
type HandOverInput struct {
	Successor     string `form:"successor"`
	FirstDay      string `form:"first_day"`
	LastDay       string `form:"last_day"`
	SuccessorLast string `form:"successor_last_day"`
	Reason        string `form:"end_reason"`
	// Of a successor who is not in the directory yet.
	Name   string `form:"new_name"`
	Agency string `form:"new_agency"`
	Rank   string `form:"new_rank"`
	Email  string `form:"new_email"`
	Phone  string `form:"new_phone"`
}

// HandOverForm returns the form that hands a posting over to a successor.
func (s *Site) HandOverForm(lang string, f Filled[HandOverInput], a models.Assignment, d *models.Directory) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "assignment", "/assignments", f)
	in, post := f.Input, d.Post(a.PostingID)
	b.form.Title = b.t("assignment.hand_over_title", "name", f.Title)
	b.form.Intro = b.t("assignment.hand_over_intro", "name", s.officerOf(lang, d, a), "first", a.First, "last", a.Last)
	if next, planned := post.Successor(a); planned {
		b.form.Intro += " " + b.t("assignment.planned_successor", "name", s.officerOf(lang, d, next), "first", next.First, "last", next.Last)
	}
	b.form.Action = b.form.Cancel + "/hand-over"
	b.form.Submit = b.t("assignment.hand_over")
	b.day("last_day", in.LastDay, true)
	b.relabel("field.outgoing_last_day")
	b.text("end_reason", in.Reason, false)
	b.field(Field{Name: "successor", Kind: TextField, Value: in.Successor, Suggest: "officer"})
	b.hint("hint.successor")
	b.day("first_day", in.FirstDay, false)
	b.relabel("field.successor_first_day")
	b.hint("hint.successor_first_day")
	b.day("successor_last_day", in.SuccessorLast, false)
	b.hint("hint.last_day")
	b.newOfficer(in, d)
	return finish(b, f, func(saved Filled[HandOverInput]) Form { return s.HandOverForm(lang, saved, a, d) })
}

// officerOf names the officer of an assignment.
func (s *Site) officerOf(lang string, d *models.Directory, a models.Assignment) string {
	o := d.Officer(a.OfficerID)
	return s.OfficerName(lang, o, d.Agency(o.AgencyID))
}

// newOfficer adds the fields of a successor who is not in the directory yet.
func (b *formBuilder) newOfficer(in HandOverInput, d *models.Directory) {
	b.form.MoreTitle, b.form.MoreOpen = b.t("assignment.new_successor"), in.Name != ""
	shown := len(b.form.Fields)
	b.text("new_name", in.Name, false)
	b.relabel("field.name")
	b.field(b.agency("new_agency", in.Agency, false, d, nil))
	b.relabel("field.agency")
	b.text("new_rank", in.Rank, false)
	b.relabel("field.rank")
	b.text("new_email", in.Email, false)
	b.relabel("field.email")
	b.text("new_phone", in.Phone, false)
	b.relabel("field.phone")
	b.form.Fields, b.form.More = b.form.Fields[:shown:shown], b.form.Fields[shown:]
}
