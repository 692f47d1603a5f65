package db

import (
	"slices"
	"strings"

	"samband/db/trail"
	"samband/models"
)

var postingKind = declare(kind[models.Posting]{
	noun: "posting",
	parts: []part[models.Posting]{
		partFrom(func(p *models.Posting) *[]models.Representation { return &p.Representations }),
		partFrom(func(p *models.Posting) *[]models.Coverage { return &p.Coverages }),
		partFrom(func(p *models.Posting) *[]models.Suspension { return &p.Suspensions }),
	},
	key:  func(p models.Posting) string { return p.Key },
	save: (*Tx).SavePosting,
	drop: (*Tx).RemovePosting,
	state: func(tx *Tx, p models.Posting) (models.State, error) {
		state, err := tx.stateOfAgency(p.AgencyID)
		tx.states.postings[p.ID] = state
		return state, err
	},
	words: func(p models.Posting) (string, string) {
		return "posting", p.Key + " " + p.HostCity
	},
	touches: func(p models.Posting) touch { return touch{"posting", p.ID} },
	sorts: func(p models.Posting, language string) []sortName {
		return []sortName{{"posting.place", []string{p.HostCountry.Name(language), p.HostCity, string(p.HostBody)}}}
	},
	before: func(r *reversal) map[int64]*models.Posting { return r.postings },
	since:  func(r *reversal, row trail.Row) error { return r.noteHidden(row, "restricted", r.restricted) },
	seen: func(r Reader, id int64) (bool, error) {
		hidden, err := r.hidden()
		return !slices.Contains(hidden, id), err
	},
	hidden: func(t *trailView, row trail.Row, _, _ side) bool { return slices.Contains(t.hidden, row.RecordID) },
})

// SavePosting creates p with its parts, or updates it if it has an ID, and
// sorts the parts. It is checked together with its agency and its assignments;
// what the rules object to is models.Problems. A new posting without
// representations represents all five states in both matters, a new seat its own.
func (tx *Tx) SavePosting(p *models.Posting) error {
	old, err := stored(tx, p)
	if err != nil {
		return err
	}
	var problems models.Problems
	agency, err := existing[models.Agency](tx, &problems, "agency", p.AgencyID)
	if err != nil {
		return err
	}
	host, err := tx.body(p.HostBody)
	if err != nil {
		return err
	}
	*p = p.At(host)
	if old == nil && len(p.Representations) == 0 {
		p.Representations = p.Represents(agency.Country)
	}
	if old != nil && p.Key == "" {
		p.Key = old.Key
	}
	if p.Key == "" {
		if p.Key, err = freeKey[models.Posting](tx, postingKey(*p, agency)); err != nil {
			return err
		}
	}
	held, err := tx.assignmentsOf(p.ID)
	if err != nil {
		return err
	}
	problems = append(problems, models.CheckPosting(*p, agency, host, held)...)
	if old != nil && old.Seating() == models.Seat {
		if err := tx.checkHolders(&problems, *p, held); err != nil {
			return err
		}
	}
	if err := keyTaken(tx, &problems, p); err != nil {
		return err
	}
	return keep(tx, old, p, problems)
}

// checkHolders adds a problem if somebody who may hold seats only holds a posting
// that is none any longer.
func (tx *Tx) checkHolders(problems *models.Problems, p models.Posting, held []models.Assignment) error {
	for _, a := range held {
		o, err := byID[models.Officer](tx.Reader, a.OfficerID)
		if err != nil {
			return err
		}
		own, err := byID[models.Agency](tx.Reader, o.AgencyID)
		if err != nil {
			return err
		}
		if found := models.CheckHolder(p, own.Kind); len(found) > 0 {
			*problems = append(*problems, models.Problem{Field: "host_organisation", Row: -1, Message: found[0].Message})
			return nil
		}
	}
	return nil
}

// assignmentsOf returns the assignments of a posting, without their absences.
func (r Reader) assignmentsOf(posting int64) ([]models.Assignment, error) {
	return rowsOf[models.Assignment](r.g).Where("posting_id = ?", posting).Order("first_day, id").Find(r.ctx)
}

// RemovePosting removes a posting with its parts. It is *Referred while the
// posting has assignments.
func (tx *Tx) RemovePosting(id int64, version int) error {
	p, err := current[models.Posting](tx, id, version)
	if err != nil {
		return err
	}
	by := referrers{scope: tx.actor.Rights.Scope()}
	if err := by.assignments(tx.Reader, "posting_id = ?", id); err != nil {
		return err
	}
	if err := by.err(); err != nil {
		return err
	}
	if err := tx.forgetAttestation(id); err != nil {
		return err
	}
	if err := tx.forgetFindings(id); err != nil {
		return err
	}
	if err := removeRemarks(tx, p); err != nil {
		return err
	}
	return remove(tx, p)
}

// placeName returns the everyday name of a posting: its body's key, or its city, or
// else its country.
func placeName(p models.Posting) string {
	if p.HostBody != "" {
		return string(p.HostBody)
	}
	if city := strings.TrimSpace(p.HostCity); city != "" {
		return city
	}
	return string(p.HostCountry)
}
