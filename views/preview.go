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
	Row  int64     // of the trail, by which the change is known
	Rows []DoneRow // the first of them
	More int       // that are not shown, or more
	Weighed
	Undo bool // it can be taken back
	// Import is the import that made so much of a change that it is taken back there, ""
	// of all others.
	Import string
	Back   string // the address of its first record, or of the list of such records
}

// A DoneRow is what a change did to one record. Record leads to it, with an empty
// address if it no longer exists.
type DoneRow struct {
	models.TrailRow
	Record Link
}

// An Undo is the page of a change: what it did, and what comes of taking it back.
type Undo struct {
	Done
	Taking   Weighed // what taking it back comes to
	Refused  string  // why it cannot be taken back, "" if it can
	Since    []models.TrailRow
	By       []Link // what still refers to a record that would go
	Problems []FieldProblem
}
