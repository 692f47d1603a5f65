package views

import "samband/models"

// Remarks are those on a record, the latest first, and the form that adds one for
// those who may write there.
type Remarks struct {
	Rows    []models.SignedRemark
	At      string // the address of the remarks
	Account int64  // the reader's
	Writes  bool
	Form    Form
}

// Removes reports whether the reader may remove a remark: who wrote it may, and
// whoever may write there.
func (r Remarks) Removes(one models.SignedRemark) bool {
	return r.Writes || one.AccountID == r.Account && r.Account != 0
}

// Removal returns the address at which a remark is removed.
func (r Remarks) Removal(one models.SignedRemark) string {
	return r.At + "/" + itoa(int(one.ID)) + "/remove"
}

// RemarkForm returns the form that adds a remark.
func (s *Site) RemarkForm(lang, at, text string, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.form.Action, b.form.Submit = at, b.t("remark.add")
	b.form.Keeps = true
	b.field(Field{Name: "remark", Kind: LongField, Value: text, Required: true})
	b.hint("hint.remark", "most", models.MostRemark)
	return b.done()
}
