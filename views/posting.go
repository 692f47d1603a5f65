package views

import "samband/models"

// PostingPage is the page of one posting.
var PostingPage = page[Posting]("posting")

// A Posting is the page of one.
type Posting struct {
	Directory *models.Directory
	Post      *models.Post
	Findings  []models.Finding
	Past      []models.Finding // those that are over, with nothing left to do
	Within    int              // days after which it is to be confirmed again
	History   History
	Remarks   Remarks
	Follow    *FollowButton // nil where nothing is followed from
}

// Report returns the address of the posting's history as a report.
func (p Posting) Report() string { return PostingReportPath(p.Post.Key) }

// Holders returns who holds the posting on a day.
func (p Posting) Holders(on models.Date) []AssignmentLine {
	var lines []AssignmentLine
	for _, a := range p.Post.HoldersOn(on) {
		lines = append(lines, LineOf(p.Directory, p.Post, a))
	}
	return lines
}

// Next returns the first assignment that starts after a day, nil if none is
// planned.
func (p Posting) Next(after models.Date) *AssignmentLine {
	a, ok := p.Post.NextAfter(after)
	if !ok {
		return nil
	}
	line := LineOf(p.Directory, p.Post, a)
	return &line
}

// Terms returns all assignments to the posting, past and future, the latest first.
func (p Posting) Terms() []AssignmentLine {
	var lines []AssignmentLine
	for i := len(p.Post.Assignments) - 1; i >= 0; i-- {
		lines = append(lines, LineOf(p.Directory, p.Post, p.Post.Assignments[i]))
	}
	return lines
}

// Deputies returns the contact points through which hidden holders of the posting
// are reached.
func (p Posting) Deputies() []models.ContactPoint {
	sending := p.Directory.Sending(p.Post)
	return p.Directory.Route(sending)
}
