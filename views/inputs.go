package views

import (
	"net/url"
	"slices"
	"strconv"

	"samband/models"
)

// What forms send, as it was typed: it is shown again when it is refused.
// Fields have the names of the columns of the interchange files.
type (
	// Values is what the plain fields of a record's form hold.
	Values map[string]string

	// PostingInput is the form of a posting. The lists are
	// columns of their tables: entry i of each belongs to row i.
	PostingInput struct {
		Values `form:"-"`

		RepresentationState     []string `form:"representations.state"`
		RepresentationMatter    []string `form:"representations.matter"` // row.matter, as "3.police"
		RepresentationFirst     []string `form:"representations.first_day"`
		RepresentationLast      []string `form:"representations.last_day"`
		RepresentationAgreement []string `form:"representations.agreement"`
		CoverageCountry         []string `form:"coverages.country"`
		CoverageFirst           []string `form:"coverages.first_day"`
		CoverageLast            []string `form:"coverages.last_day"`
		SuspensionFirst         []string `form:"suspensions.first_day"`
		SuspensionLast          []string `form:"suspensions.last_day"`
		SuspensionReason        []string `form:"suspensions.reason"`
		// More asks for further empty rows instead of saving.
		More string `form:"more"`
	}

	// AccountInput is the form of an account.
	AccountInput struct {
		Email    string     `form:"email"`
		Rights   GrantsText `form:"rights"`
		Disabled bool       `form:"disabled"`
	}

	// GrantsText are grants as ParseGrant reads them.
	GrantsText []string

	// TokenInput is the form that makes a token.
	TokenInput struct {
		Role    string `form:"role"`
		Expires string `form:"expires"`
	}

	// EndInput is the form that ends an assignment.
	EndInput struct {
		LastDay string `form:"last_day"`
		Reason  string `form:"end_reason"`
	}

	// TieInput is the form that ties an account to an officer: its e-mail address.
	TieInput struct {
		Account string `form:"account"`
	}

	// HandOverInput is the form that hands a posting over.
	HandOverInput struct {
		Successor     string `form:"successor"`
		FirstDay      string `form:"first_day"`
		LastDay       string `form:"last_day"`
		SuccessorLast string `form:"successor_last_day"`
		Reason        string `form:"end_reason"`
	}
)

// Take takes what a form has sent.
func (v *Values) Take(form url.Values) {
	*v = Values{}
	for name := range form {
		(*v)[name] = form.Get(name)
	}
}

// Get returns what a field holds, and Yes whether it is ticked.
func (v Values) Get(name string) string { return v[name] }

func (v Values) Yes(name string) bool {
	var yes bool
	return models.SetText(&yes, models.As{}, v[name]) == nil && yes
}

func itoa(n int) string { return strconv.Itoa(n) }

// Has reports whether a grant is among them.
func (g GrantsText) Has(one models.Grant) bool { return slices.Contains(g, one.String()) }

// at returns entry i of a column, "" beyond its end.
func at(column []string, i int) string {
	if i < len(column) {
		return column[i]
	}
	return ""
}

// Representation returns row i of the table as it was filled in: the state,
// whether police and customs are ticked, and the other fields.
func (in PostingInput) Representation(i int) (state string, police, customs bool, first, last, agreement string) {
	for _, tick := range in.RepresentationMatter {
		police = police || tick == itoa(i)+"."+string(models.Police)
		customs = customs || tick == itoa(i)+"."+string(models.Customs)
	}
	return at(in.RepresentationState, i), police, customs, at(in.RepresentationFirst, i), at(in.RepresentationLast, i), at(in.RepresentationAgreement, i)
}

// AddRepresentation adds a row that is ticked for a matter.
func (in *PostingInput) AddRepresentation(state string, m models.Matter, first, last, agreement string) {
	row := itoa(len(in.RepresentationState))
	in.RepresentationState = append(in.RepresentationState, state)
	for _, single := range models.Matters() {
		if m.Includes(single) {
			in.RepresentationMatter = append(in.RepresentationMatter, row+"."+string(single))
		}
	}
	in.RepresentationFirst = append(in.RepresentationFirst, first)
	in.RepresentationLast = append(in.RepresentationLast, last)
	in.RepresentationAgreement = append(in.RepresentationAgreement, agreement)
}
