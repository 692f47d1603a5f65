package views

import (
	"net/url"
	"slices"

	"samband/models"
)

// RepresentPage answers the main question.
var RepresentPage = page[Represent]("represent")

// A Question is the main question as it was typed.
type Question struct {
	State, Matter, Place, On string
	Known                    string // "" for the present
	Problems                 []FieldProblem
	// Offered are the names of places that the field suggests.
	Offered []Option
}

// Problem returns what is wrong with one of its fields, in words, "" if nothing is.
func (q Question) Problem(id string) string {
	for _, p := range q.Problems {
		if p.ID == id {
			return p.Text
		}
	}
	return ""
}

// A Represent is the answer to the main question, or if Asked is false the
// question still to be asked.
type Represent struct {
	Directory *models.Directory
	Form      Question
	Asked     bool
	Q         models.Question
	Reply     models.Reply
	// Choices are the places that the typed name may mean, if there are several.
	Choices []models.Named
	Near    bool          // the typed name is none, and Choices are what it may be a misspelling of
	Follow  *FollowButton // nil as of an earlier day
	Within  int           // days after which a posting is to be confirmed again
	// Before says when the record begins if the question is as of an earlier day:
	// then the page has only the contact points. Otherwise it is zero.
	Before BeforeRecord
}

// Link returns the address of the same question about another place.
func (r Represent) Link(at models.Named) string { return questionURL(r.Form, at.String(), r.Form.On) }

// Place returns the place of the question, with what it is called.
func (r Represent) Place() models.Named { return r.Directory.Name(r.Q.Place) }

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

// Home reports whether the place is the state asked for.
func (r Represent) Home() bool { return r.Q.Place.Country == r.Q.State.Country() }

// Contact reports whether an answer's own contacts can be opened.
func (r Represent) Contact(a models.Answer) bool { return reachable(a.Officer) }

// Cards offers the contacts of those who answer to take away: nothing to offer without
// one whose contacts can be opened.
func (r Represent) Cards() *Cards {
	if !slices.ContainsFunc(r.Reply.Answers, r.Contact) || r.Form.Known != "" {
		return nil
	}
	return &Cards{Action: "/represent/cards", Hidden: []Option{{"state", string(r.Q.State)}, {"matter", string(r.Q.Matter)}, {"place", r.Q.Place.String()}, {"on", r.Q.On.String()}}}
}

// Region returns the part of the world in which the place is, "" for a body, and
// InRegion the address of the list of all who represent the state there.
func (r Represent) Region() models.Region { return r.Q.Place.Country.Region() }

func (r Represent) InRegion() string {
	v := url.Values{"state": {string(r.Q.State)}, "region": {string(r.Region())}, "status": {string(models.Held)}, "on": {r.Q.On.String()}}
	return "/assignments?" + v.Encode()
}

// Deputies returns the contact points of the state and matter of the agency that
// sends an officer: the way to one whose own contacts are not shown.
func (r Represent) Deputies(a models.Answer) []models.ContactPoint {
	return r.Directory.Route(a.Agency)
}

// Sending returns the agency that keeps a posting.
func (r Represent) Sending(p *models.Post) models.Agency { return r.Directory.Sending(p) }
