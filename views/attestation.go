package views

import (
	"net/url"
	"slices"

	"samband/models"
)

// AttestationPage is where coordinators confirm their lists.
var AttestationPage = page[Attestation]("attestation")

type (
	// An Attestation is the page on which lists are confirmed: of one state in full, row
	// by row, and of others how fresh they are.
	Attestation struct {
		Lists   []AttestedList
		State   models.State // whose rows are shown
		All     bool         // not only those that are due
		After   string       // where the page begins, "" for the first
		Next    string       // where the next one does, "" for the last
		Within  int          // days after which a list is overdue
		Changed []FieldProblem
		// Revision is that of the directory that the page shows.
		Revision int64
	}
	// An AttestedList is the open postings of a state.
	AttestedList struct {
		models.Freshness
		Rows []AttestedRow // of the state that is shown
	}
	// An AttestedRow is a posting with all that is confirmed of it.
	AttestedRow struct {
		Post     *models.Post
		Sending  models.Agency
		Findings int
		Held     []Fact // about its holders
		Does     []Fact // about the posting
		Fresh    Fresh
		Changes  []AttestedChange // since it was confirmed, the latest first
		More     int              // and so many more
	}
	// A Fact is one thing that is confirmed of a posting.
	Fact struct {
		Label string
		Cell  Cell
	}
	// An AttestedChange is what happened to a posting, or an assignment to it. Old and New
	// are who held it before and since, if that is what is told.
	AttestedChange struct {
		On           models.Date
		Action, Noun string
		Fields       []models.FieldChange
		Holders      bool
		Old, New     string
	}
	// A Fresh says when a posting was confirmed.
	Fresh struct {
		On  models.Date // the last day, 0 if never
		Due bool        // it is to be confirmed again
	}
)

// How many changes of a posting are told, and how many letters of what was changed.
const (
	mostAttestedChanges = 5
	mostAttestedLetters = 160
)

// AttestedRow returns the row of a posting, given its line in lists and its changes
// since it was confirmed.
func (s *Site) AttestedRow(lang string, l Line, fresh Fresh, changes []AttestedChange) AttestedRow {
	b := s.buildForm(lang, nil)
	facts := func(names ...string) (all []Fact) {
		for _, name := range names {
			c, _ := columnOf(models.PostingList, name)
			all = append(all, Fact{b.t("column." + name), c.cell(b, l)})
		}
		return all
	}
	row := AttestedRow{Post: l.Post, Sending: l.Directory.Sending(l.Post), Findings: l.Findings, Fresh: fresh,
		Held: facts("holder", "since", "until", "successor", "email", "phone", "route"), Does: facts("represents", "covers", "areas")}
	if moved, is := b.moved(l, fresh.On); is {
		changes = append([]AttestedChange{moved}, changes...)
	}
	came := slices.IndexFunc(changes, func(c AttestedChange) bool { return c.Action == "create" && c.Noun == "posting" })
	if came >= 0 { // what came with the posting is no change of its own
		on := changes[came].On
		changes = slices.DeleteFunc(changes, func(c AttestedChange) bool { return c.Action == "create" && c.Noun != "posting" && c.On == on })
	}
	row.More = max(0, len(changes)-mostAttestedChanges)
	row.Changes = changes[:len(changes)-row.More]
	for i, c := range row.Changes {
		row.Changes[i].Fields = told(c)
	}
	return row
}

// moved says who held the posting on the day when it was confirmed and who does today,
// if they are not the same.
func (b *formBuilder) moved(l Line, confirmed models.Date) (c AttestedChange, is bool) {
	if confirmed == 0 {
		return c, false
	}
	names := func(on models.Date) (text string, since models.Date) {
		for i, a := range l.Post.HoldersOn(on) {
			if i > 0 {
				text += ", "
			}
			text, since = text+b.site.officerOf(b.lang, l.Directory, a), max(since, l.Post.Term(a).First)
		}
		return text, since
	}
	c = AttestedChange{Holders: true}
	c.Old, _ = names(confirmed)
	c.New, c.On = names(l.On)
	return c, c.Old != c.New
}

// told are the fields of a change that are worth a line: of what is new or gone only
// whom it is about and its days.
func told(c AttestedChange) (fields []models.FieldChange) {
	for _, f := range c.Fields {
		if c.Action == "update" || slices.Contains([]string{"officer_id", "first_day", "last_day"}, f.Field) {
			f.Old, f.New = shortened(f.Old, mostAttestedLetters), shortened(f.New, mostAttestedLetters)
			fields = append(fields, f)
		}
	}
	return fields
}

// address returns the address of the page with other parameters, none for empty ones.
func (a Attestation) address(state models.State, all bool, after string) string {
	v := url.Values{"state": {string(state)}}
	if all {
		v.Set("all", "yes")
	}
	if after != "" {
		v.Set("after", after)
	}
	return "/attestation?" + v.Encode()
}

// Here returns the address of the page, Of that of another state's rows, and Every and
// OnlyDue those of the same state's.
func (a Attestation) Here() string                 { return a.address(a.State, a.All, a.After) }
func (a Attestation) Of(state models.State) string { return a.address(state, a.All, "") }
func (a Attestation) Every() string                { return a.address(a.State, true, "") }
func (a Attestation) OnlyDue() string              { return a.address(a.State, false, "") }

// First and Following return the addresses of the first page and of the next one.
func (a Attestation) First() string     { return a.address(a.State, a.All, "") }
func (a Attestation) Following() string { return a.address(a.State, a.All, a.Next) }

// FreshOf says when a posting was confirmed.
func FreshOf(d *models.Directory, p *models.Post, today models.Date, within int) Fresh {
	return Fresh{d.AttestedOn(p), d.Due(p, today, within)}
}

// Fresh says when the posting was confirmed.
func (p Posting) Fresh(today models.Date) Fresh { return FreshOf(p.Directory, p.Post, today, p.Within) }

// Fresh says when the posting behind an answer was confirmed.
func (r Represent) Fresh(p *models.Post, today models.Date) Fresh {
	return FreshOf(r.Directory, p, today, r.Within)
}
