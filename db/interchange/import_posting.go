package interchange

import (
	"slices"

	"samband/models"
)

// checkPosting is the rule of postings: each that the package touches is checked as
// a whole, with its agency, its body, and those of its assignments that the package
// leaves alone. A new one without representations has those of a new posting.
func (im *importing) checkPosting(e *entry[models.Posting]) {
	one := e.one
	sending := im.sending(one.AgencyID)
	if e.old == nil {
		if im.represented.rows(e) == 0 {
			one.Representations = one.Represents(sending.Country)
		} else {
			one.Representations = append(one.Representations, ownRows(*one, sending.Country)...)
		}
	}
	before := im.agencies.byID[one.AgencyID]
	if e.same && before != nil && before.old != nil && sending.Country == before.old.Country && sending.Kind == before.old.Kind {
		return // a stored posting may predate a rule
	}
	var held []models.Assignment
	for _, a := range inOrder(im.leftAlone()[one.ID]) {
		held = append(held, *a.one)
	}
	for _, problem := range models.CheckPosting(*one, sending, im.bodyOf(one.HostBody), held) {
		s, line, column := im.wherePosting(e, problem, sending.Country)
		if s == agencySheet && problem.Key == "problem.sending_state" {
			problem = models.OfAgency(problem, *one)
		}
		im.refuse(s, line, column, problem.Message)
	}
	if e.old != nil && e.old.Seating() == models.Seat {
		im.checkHolders(e, held)
	}
}

// checkHolders refuses a posting that is no seat any longer while somebody who may
// hold seats only holds it.
func (im *importing) checkHolders(e *entry[models.Posting], held []models.Assignment) {
	for _, a := range held {
		o := im.officers.byID[a.OfficerID]
		if o == nil || o.one == nil {
			continue
		}
		if found := models.CheckHolder(*e.one, im.kindOf(*o.one)); len(found) > 0 {
			im.postings.refuse(im, e, models.Problems{{Field: "host_organisation", Row: -1, Message: found[0].Message}})
			return
		}
	}
}

// sending returns an agency by ID, the zero Agency if it is refused or not there.
func (im *importing) sending(agency int64) models.Agency {
	if e := im.agencies.byID[agency]; e != nil && e.one != nil {
		return *e.one
	}
	return models.Agency{}
}

// leftAlone returns the assignments that the package has no row of, by posting.
func (im *importing) leftAlone() map[int64][]*entry[models.Assignment] {
	if im.alone == nil {
		im.alone = map[int64][]*entry[models.Assignment]{}
		for _, e := range im.held.byID {
			if e.line == 0 {
				im.alone[e.one.PostingID] = append(im.alone[e.one.PostingID], e)
			}
		}
	}
	return im.alone
}

// ownRows returns the representation that a new posting's rows leave out: of
// the sending state, for the posting's whole life, in each matter in which no
// row names that state.
func ownRows(p models.Posting, sending models.State) []models.Representation {
	var without []models.Matter
	for _, m := range models.Matters() {
		if !slices.ContainsFunc(p.Representations, func(r models.Representation) bool { return r.State == sending && r.Matter.Includes(m) }) {
			without = append(without, m)
		}
	}
	if len(without) == 0 {
		return nil
	}
	row := models.Representation{State: sending, Matter: without[0], Period: models.Period{First: p.Opened, Last: models.Forever}}
	if len(without) > 1 {
		row.Matter = models.Both
	}
	return []models.Representation{row}
}

// wherePosting returns the file, line and column of the package to report a problem
// of a posting at. What is wrong with the sending state is wrong where the package
// changed it.
func (im *importing) wherePosting(e *entry[models.Posting], problem models.Problem, sending models.State) (*sheet, int, string) {
	s, line, column := im.postings.where(e, problem)
	if problem.Key != "problem.sending_state" {
		if s == agencySheet {
			column = "kind"
		}
		return s, line, column
	}
	if line := im.ownLine(e, problem, sending); line > 0 {
		return representationSheet, line, "state"
	}
	switch {
	case e.sheet == agencySheet && e.old.AgencyID == e.one.AgencyID:
		return e.sheet, e.first, "country"
	case e.line > 0 && e.old != nil && im.sentBefore(e.old.AgencyID) != sending:
		column = "agency"
	case e.line > 0 && e.old != nil && e.one.Opened < e.old.Opened:
		column = "opened"
	case e.line > 0 && e.old != nil && e.one.Closed > e.old.Closed:
		column = "closed"
	}
	return s, line, column
}

// sentBefore returns the state of an agency as it was, "" for a new one.
func (im *importing) sentBefore(agency int64) models.State {
	if e := im.agencies.byID[agency]; e != nil && e.old != nil {
		return e.old.Country
	}
	return ""
}

// ownLine returns the line of the package that leaves out the sending state:
// the first about the missing matter, or else the first about another matter; 0
// if there is none.
func (im *importing) ownLine(e *entry[models.Posting], problem models.Problem, sending models.State) (line int) {
	for _, r := range im.represented.taken[e] {
		if r.v.State != sending {
			continue
		}
		if slices.Contains(problem.Args, any(r.v.Matter)) || r.v.Matter == models.Both {
			return r.line
		}
		if line == 0 {
			line = r.line
		}
	}
	return line
}
