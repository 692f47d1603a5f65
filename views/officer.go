package views

import "samband/models"

// OfficerPage is the page of one officer.
var OfficerPage = page[Officer]("officer")

// An Officer is the page of one.
type Officer struct {
	Directory *models.Directory
	Officer   models.Officer
	Open      bool              // the contacts are shown
	Opened    []models.TrailRow // who opened them, for those who may know
	// Account is the one tied to the officer, and Tie the form that ties one if
	// there is none: both for those who may know.
	Account models.Account
	Tie     Form
	History History
	Remarks Remarks
}

// Reachable reports whether there are contacts to be opened.
func (o Officer) Reachable() bool { return reachable(o.Officer) }

// reachable reports whether an officer has contacts to be opened.
func reachable(o models.Officer) bool { return o.Email != "" || o.Phone != "" }

// Cards offers the contacts to take away.
func (o Officer) Cards() Cards {
	return Cards{Action: "/officers/" + itoa(int(o.Officer.ID)) + "/cards"}
}

// Misdialled reports whether the phone number cannot be read.
func (o Officer) Misdialled() bool { return Misdialled(o.Officer.Phone, o.Own().Country.Country()) }

// Deputies returns the contact points through which a hidden officer is reached.
func (o Officer) Deputies() []models.ContactPoint {
	own := o.Own()
	return o.Directory.Route(own)
}

// Own returns the officer's agency.
func (o Officer) Own() models.Agency { return o.Directory.Agency(o.Officer.AgencyID) }

// Lines returns the officer's assignments, past and future, the latest first.
func (o Officer) Lines() []AssignmentLine {
	served := o.Directory.Served(o.Officer.ID)
	var lines []AssignmentLine
	for i := len(served) - 1; i >= 0; i-- {
		lines = append(lines, LineOf(o.Directory, o.Directory.Post(served[i].PostingID), served[i]))
	}
	return lines
}

// OfficerForm returns the form of an officer, which offers some agencies.
func (s *Site) OfficerForm(lang string, f Filled[Values], d *models.Directory, agencies []models.Agency) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "officer", "/officers", f)
	in := f.Input
	b.text("name", in["name"], true)
	b.field(b.agency("agency", in["agency"], true, d, agencies))
	b.text("rank", in["rank"], false)
	b.text("email", in["email"], false)
	b.text("phone", in["phone"], false)
	for _, a := range agencies {
		if a.Key == in["agency"] && Misdialled(in["phone"], a.Country.Country()) {
			b.hint("phone.unread")
		}
	}
	b.text("languages", in["languages"], false)
	b.hint("hint.languages")
	b.field(Field{Name: "masked", Kind: CheckField, Checked: in.Yes("masked"), Value: "true"})
	b.hint("hint.masked")
	b.areas(in[areas])
	b.field(Field{Name: "note", Kind: LongField, Value: in["note"]})
	b.key(in["key"])
	return finish(b, f, func(saved Filled[Values]) Form { return s.OfficerForm(lang, saved, d, agencies) })
}

// TieInput is the form that ties an account to an officer: its e-mail address.
type TieInput struct {
	Account string `form:"account"`
}

// TieForm returns the form that says which account is an officer's.
func (s *Site) TieForm(lang string, officer models.Officer, in TieInput, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.form.Action = "/officers/" + itoa(int(officer.ID)) + "/tie"
	b.form.Submit = b.t("tie.tie")
	b.text("account", in.Account, true)
	b.hint("hint.tie")
	return b.done()
}
