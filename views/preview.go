package views

import "samband/models"

// The pages that tell what a change comes to, before it is made and afterwards.
var (
	PreviewPage = page[Preview]("preview")
	UndoPage    = page[Undo]("undo")
)

// A Preview is what comes of a form before it is saved. Its button sends the form
// again, and another one goes back to filling it in.
type Preview struct {
	Title, Action  string
	Cancel, Submit string
	Weighed
	Directory *models.Directory // as the form would leave it
	Turnovers []models.Turnover
	Fields    []SentField // the form as it was sent
	Mark      string      // identifies what is shown
	Moved     bool        // it is no longer what was shown before
}

// A SentField is a field of a form as a browser sends it.
type SentField struct{ Name, Value string }

// Holder returns an officer of an assignment and the officer's agency.
func (p Preview) Holder(a models.Assignment) AssignmentLine {
	return LineOf(p.Directory, p.Directory.Post(a.PostingID), a)
}

// Sending returns the agency that keeps a posting.
func (p Preview) Sending(post *models.Post) models.Agency { return p.Directory.Sending(post) }

// A Done is what a change has done, told on the page that follows it.
type Done struct {
	models.Change
	Weighed
	Undo bool // the reader may take it back
	Back string
}

// An Undo is the page of a change: what it did, and what comes of taking it back.
type Undo struct {
	Done
	Taking   Weighed // what taking it back comes to
	Row      int64
	Refused  string // why it cannot be taken back, "" if it can
	Since    []models.TrailRow
	By       []Link // what still refers to a record that would go
	Problems []FieldProblem
}
