package views

import "samband/models"

// LineOf gathers what a line about an assignment of p says.
func LineOf(d *models.Directory, p *models.Post, a models.Assignment) AssignmentLine {
	o := d.Officer(a.OfficerID)
	return AssignmentLine{a, o, d.Agency(o.AgencyID), p.Posting, d.Sending(p)}
}

// When says where a day lies: before, in or after the assignment, as "planned",
// "held" or "past".
func (l AssignmentLine) When(today models.Date) string {
	switch {
	case today < l.Assignment.First:
		return "planned"
	case today > l.Assignment.Last:
		return "past"
	}
	return "held"
}

// Term returns the days of the assignment on which the posting exists.
func (l AssignmentLine) Term() models.Period { return l.Posting.Term(l.Assignment) }

// Holders returns who holds the posting on a day.
func (p Posting) Holders(on models.Date) []AssignmentLine {
	var lines []AssignmentLine
	for _, a := range p.Post.HoldersOn(on) {
		lines = append(lines, LineOf(p.Directory, p.Post, a))
	}
	return lines
}

// Next returns who comes next after a day, nil if nobody is planned.
func (p Posting) Next(after models.Date) *AssignmentLine {
	a, ok := p.Post.NextAfter(after)
	if !ok {
		return nil
	}
	line := LineOf(p.Directory, p.Post, a)
	return &line
}

// Terms returns all who hold or held the posting, the latest first.
func (p Posting) Terms() []AssignmentLine {
	var lines []AssignmentLine
	for i := len(p.Post.Assignments) - 1; i >= 0; i-- {
		lines = append(lines, LineOf(p.Directory, p.Post, p.Post.Assignments[i]))
	}
	return lines
}

// Reachable reports whether there are contacts to be opened.
func (o Officer) Reachable() bool { return reachable(o.Officer) }

// Deputies returns the contact points by which an officer who is hidden is
// reached.
func (o Officer) Deputies() []models.ContactPoint {
	own := o.Own()
	return o.Directory.Fallback(own.Country, own.Kind)
}

// Deputies returns the contact points by which the holders of a posting are
// reached who are hidden.
func (p Posting) Deputies() []models.ContactPoint {
	sending := p.Directory.Sending(p.Post)
	return p.Directory.Fallback(sending.Country, sending.Kind)
}

// Own returns the officer's agency.
func (o Officer) Own() models.Agency { return o.Directory.Agency(o.Officer.AgencyID) }

// Lines returns what the officer holds, held and is to hold, the latest first.
func (o Officer) Lines() []AssignmentLine {
	served := o.Directory.Served(o.Officer.ID)
	var lines []AssignmentLine
	for i := len(served) - 1; i >= 0; i-- {
		lines = append(lines, LineOf(o.Directory, o.Directory.Post(served[i].PostingID), served[i]))
	}
	return lines
}

// Line returns the assignment with what it refers to.
func (a Assignment) Line() AssignmentLine { return LineOf(a.Directory, a.Post, a.Assignment) }

// mostShown bounds the postings that an agency's page shows by itself.
const mostShown = 200

// Shown returns the agency's postings, unless they are too many for one page.
func (a Agency) Shown() []models.Posting {
	if len(a.Postings) > mostShown {
		return nil
	}
	return a.Postings
}
