package views

import (
	"net/url"
	"strings"

	"samband/models"
)

// The pages, each with what its template is given.
var (
	FrontPage         = page[Front]("front")
	RepresentPage     = page[Represent]("represent")
	PostingsPage      = page[List[PostingLine]]("postings")
	OfficersPage      = page[List[OfficerLine]]("officers")
	AssignmentsPage   = page[List[AssignmentLine]]("assignments")
	AgenciesPage      = page[[]AgencyLine]("agencies")
	ContactPointsPage = page[[]models.ContactPoint]("contact_points")
	FindingsPage      = page[Findings]("findings")
	PostingPage       = page[Posting]("posting")
	OfficerPage       = page[Officer]("officer")
	AssignmentPage    = page[Assignment]("assignment")
	AgencyPage        = page[Agency]("agency")
	ContactPointPage  = page[ContactPoint]("contact_point")
	FormPage          = page[Form]("form")
	RemovePage        = page[Remove]("remove")
	ErrorPage         = page[Error]("error")
)

// A Question is the main question as it was typed.
type Question struct {
	State, Matter, Place, On string
	Known                    string // "" for the present
	Problems                 []FieldProblem
	// Offered are the names of places that the field suggests.
	Offered []Option
}

// Problem returns what is wrong with one of its fields, in words.
func (q Question) Problem(id string) string {
	for _, p := range q.Problems {
		if p.ID == id {
			return p.Text
		}
	}
	return ""
}

// A Count is how many there are of something.
type Count[T any] struct {
	Of T
	N  int
}

// A Represent is the answer to the main question, or the question still to be
// asked if Asked is false.
type Represent struct {
	Directory *models.Directory
	Form      Question
	Asked     bool
	Q         models.Question
	Reply     models.Reply
	// Choices are the places that the typed name may mean, where it is several.
	Choices []models.Place
	Within  int // days after which a posting is to be confirmed again
	// Before says when the record begins, to who asked for what was known before:
	// nothing but whom else to turn to is told then. Else it is zero.
	Before BeforeRecord
}

// Link returns the address of the same question about another place.
func (r Represent) Link(at models.Place) string { return questionURL(r.Form, at.String(), r.Form.On) }

// On returns the address of the same question on another day.
func (r Represent) On(d models.Date) string {
	return questionURL(r.Form, r.Q.Place.String(), d.String())
}

func questionURL(q Question, place, on string) string {
	v := url.Values{"state": {q.State}, "matter": {q.Matter}, "place": {place}}
	if on != "" {
		v.Set("on", on)
	}
	if q.Known != "" {
		v.Set("known", q.Known)
	}
	return "/represent?" + v.Encode()
}

// Home reports whether the place is the state that is asked for.
func (r Represent) Home() bool { return r.Q.Place.Country == r.Q.State.Country() }

// Contact reports whether an answer's own contacts can be opened.
func (r Represent) Contact(a models.Answer) bool { return reachable(a.Officer) }

// reachable reports whether there are contacts of an officer to be opened.
func reachable(o models.Officer) bool { return o.Email != "" || o.Phone != "" }

// Deputies returns the contact points of the agency that sends an officer:
// the way to one whose own contacts are not shown.
func (r Represent) Deputies(a models.Answer) []models.ContactPoint {
	return r.Directory.Fallback(a.Agency.Country, a.Agency.Kind)
}

// Sending returns the agency that keeps a posting.
func (r Represent) Sending(p *models.Post) models.Agency { return r.Directory.Sending(p) }

type (
	// A PostingLine is a posting in a list, on the list's day.
	PostingLine struct {
		Post    *models.Post
		Agency  models.Agency
		Status  models.Status
		Holders []models.Officer
	}
	// An OfficerLine is an officer in a list, and where on the list's day.
	OfficerLine struct {
		Officer models.Officer
		Agency  models.Agency
		At      []models.Posting
	}
	// An AssignmentLine is an assignment in a list.
	AssignmentLine struct {
		Assignment models.Assignment
		Officer    models.Officer
		Own        models.Agency // the officer's
		Posting    models.Posting
		Agency     models.Agency // that sends the posting
	}
	// An AgencyLine is an agency in a list.
	AgencyLine struct {
		Agency             models.Agency
		Postings, Officers int
	}
)

type (
	// A Posting is the page of one.
	Posting struct {
		Directory *models.Directory
		Post      *models.Post
		Findings  []models.Finding
		Past      []models.Finding // what is over, and no work any more
		Within    int              // days after which it is to be confirmed again
		History   History
	}
	// An Officer is the page of one.
	Officer struct {
		Directory *models.Directory
		Officer   models.Officer
		Open      bool           // the contacts are shown
		Opened    []models.Entry // who opened them, for those who may know
		// Account is tied to the officer, and Tie the form that ties one where
		// there is none: both for those who may know.
		Account models.Account
		Tie     Form
		History History
	}
	// An Assignment is the page of one.
	Assignment struct {
		Directory  *models.Directory
		Assignment models.Assignment
		Post       *models.Post
		History    History
	}
	// An Agency is the page of one.
	Agency struct {
		Agency   models.Agency
		Postings []models.Posting
		Officers int
		History  History
	}
	// A ContactPoint is the page of one.
	ContactPoint struct {
		ContactPoint models.ContactPoint
		History      History
	}
	// A Remove asks whether a record is to be removed, or says why it cannot be.
	Remove struct {
		Noun, Name, Action, Cancel string
		Version                    int
		By                         []Link // who refers to it
		More                       int    // and this many more
		Refused                    bool   // somebody does, be it that By does not say who
		Stale                      bool   // somebody else has just changed it
	}
	// A Link leads to a record.
	Link struct{ Noun, Name, URL string }
	// An Error is a page that says what went wrong, and for what the reader can
	// ask.
	Error struct {
		Status   int
		Why      string // unavailable or uncertain, where the status says too little
		Problems []FieldProblem
	}
)

func csvURL(path string, query url.Values, profile Profile) string {
	v := url.Values{}
	for name, values := range query {
		if name != "after" && strings.Join(values, "") != "" {
			v[name] = values
		}
	}
	if profile != Plain {
		v.Set("profile", string(profile))
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
