package views

import "samband/models"

// An AwayLine is an absence with its stand-in: a line without an officer's name in
// Officer means that there is none.
type AwayLine struct {
	models.Absence
	Of      AssignmentLine // whose it is
	StandIn *AssignmentLine
}

// AwayLines returns the absences of an assignment that have a day from a day on, in
// order.
func AwayLines(d *models.Directory, p *models.Post, a models.Assignment, from models.Date) (lines []AwayLine) {
	for _, x := range a.Absences {
		if x.And(p.Term(a)).Last < from {
			continue
		}
		line := AwayLine{Absence: x, Of: LineOf(d, p, a)}
		line.Period = x.And(p.Term(a))
		if by := d.StandIn(p, x.StandInID); by.Post != nil {
			of := LineOf(d, by.Post, by.Assignment)
			line.StandIn = &of
		}
		lines = append(lines, line)
	}
	return lines
}

// AwayFor returns the absences of the holders of all postings that a state sends, of
// any for "", that have a day from a day on.
func AwayFor(d *models.Directory, s models.State, from models.Date) (lines []AwayLine) {
	for _, p := range d.Away() {
		if s != "" && d.Sending(p).Country != s {
			continue
		}
		for _, a := range p.Assignments {
			lines = append(lines, AwayLines(d, p, a, from)...)
		}
	}
	return lines
}

// Away returns the absences of the assignment, past and future, and Instead for
// whom it stands in.
func (a Assignment) Away() []AwayLine { return AwayLines(a.Directory, a.Post, a.Assignment, 0) }

func (a Assignment) Instead() (lines []AwayLine) {
	for _, r := range a.Directory.StandsInFor(a.Assignment.ID) {
		lines = append(lines, AwayLine{Absence: models.Absence{Period: r.Days}, Of: LineOf(a.Directory, r.Post, r.Assignment)})
	}
	return lines
}

// Away returns the absences of all holders of the posting that have a day from a
// day on.
func (p Posting) Away(from models.Date) (lines []AwayLine) {
	for _, a := range p.Post.Assignments {
		lines = append(lines, AwayLines(p.Directory, p.Post, a, from)...)
	}
	return lines
}

// AbsenceForm returns the form of the absences of an assignment.
func (s *Site) AbsenceForm(lang string, f Filled[RecordInput], a models.Assignment) Form {
	b := s.buildForm(lang, f.Problems)
	at := "/assignments/" + itoa(int(a.ID))
	b.form.Title, b.form.Intro, b.form.Submit = b.t("absence.title", "name", f.Title), b.t("absence.intro"), b.t("form.save")
	b.form.Action, b.form.Cancel, b.form.Version, b.form.Preview = at+"/absences", at, f.Version, true
	b.listTable(f.Input, "absences", spareRows, Field{Name: "first_day", Kind: DayField}, Field{Name: "last_day", Kind: DayField},
		Field{Name: "stand_in", Kind: TextField, Suggest: "stand_in"})
	return finish(b, f, func(saved Filled[RecordInput]) Form { return s.AbsenceForm(lang, saved, a) })
}

// OfferHolding returns what a form has for an assignment: who and where, and the key
// in brackets.
func (s *Site) OfferHolding(lang string, d *models.Directory, h models.Holding) string {
	o := d.Officer(h.OfficerID)
	return s.OfficerName(lang, o, d.Sending(h.Post)) + ", " + s.word(lang, h.Post) + " (" + h.Key + ")"
}
