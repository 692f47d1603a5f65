package views

import "samband/models"

// The pages about agencies.
var (
	AgenciesPage = page[[]AgencyLine]("agencies")
	AgencyPage   = page[Agency]("agency")
)

// An AgencyLine is an agency in a list.
type AgencyLine struct {
	Agency             models.Agency
	Postings, Officers int
}

// An Agency is the page of one.
type Agency struct {
	Agency   models.Agency
	Postings []*models.Post
	Officers int
	History  History
}

// mostShown bounds the postings that an agency's page lists.
const mostShown = 200

// Shown returns the agency's postings, unless they are too many for one page.
func (a Agency) Shown() []*models.Post {
	if len(a.Postings) > mostShown {
		return nil
	}
	return a.Postings
}

// AgencyForm returns the form of an agency.
func (s *Site) AgencyForm(lang string, f Filled[RecordInput]) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "agency", "/agencies", f)
	in := f.Input.Values
	b.text("name", in["name"], true)
	b.text("name_en", in["name_en"], false)
	b.text("acronym", in["acronym"], false)
	b.choice("country", in["country"], true, b.stateOptions())
	b.choice("kind", in["kind"], true, b.kindOptions())
	b.day("first_day", in["first_day"], false)
	b.day("last_day", in["last_day"], false)
	b.key(in["key"])
	b.formerNames(f.Input, "agency_names")
	return finish(b, f, func(saved Filled[RecordInput]) Form { return s.AgencyForm(lang, saved) })
}
