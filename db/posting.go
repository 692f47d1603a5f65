package db

import (
	"slices"
	"strings"

	"gorm.io/gorm"

	"samband/db/trail"
	"samband/models"
)

var postingKind = declare(kind[models.Posting]{
	noun: "posting",
	key:  func(p models.Posting) string { return p.Key },
	state: func(tx *Tx, p models.Posting) (models.State, error) {
		state, err := tx.stateOfAgency(p.AgencyID)
		tx.states.postings[p.ID] = state
		return state, err
	},
	words: func(p models.Posting) (string, string) {
		return "posting", p.Key + " " + p.HostCity + " " + organisation(p)
	},
	touches: func(p models.Posting) touch { return touch{"posting", p.ID} },
	sorts: func(p models.Posting, language string) []sortName {
		return []sortName{{"posting.place", []string{p.HostCountry.Name(language), p.HostCity, organisation(p)}}}
	},
	before: func(r *reversal) map[int64]*models.Posting { return r.postings },
	since:  func(r *reversal, row trail.Row) error { return r.noteHidden(row, "restricted", r.restricted) },
	seen: func(r Reader, id int64) (bool, error) {
		hidden, err := r.hidden()
		return !slices.Contains(hidden, id), err
	},
	hidden: func(t *trailView, row trail.Row, _, _ side) bool { return slices.Contains(t.hidden, row.RecordID) },
})

// organisation returns the name of the organisation that hosts a posting, "" if
// none does.
func organisation(p models.Posting) string {
	if p.HostOrganisation == "" {
		return ""
	}
	return p.HostOrganisation.Name()
}

// SavePosting creates p with its parts, or updates it if it has an ID, and
// sorts the parts. It is checked together with its agency and its assignments;
// what the rules object to is models.Problems. A new posting without
// representations represents all five states in both matters.
func (tx *Tx) SavePosting(p *models.Posting) error {
	old, err := stored(tx, p)
	if err != nil {
		return err
	}
	if old == nil && len(p.Representations) == 0 {
		p.Representations = models.RepresentsAll(p.Life())
	}
	var problems models.Problems
	agency, err := existing[models.Agency](tx, &problems, "agency", p.AgencyID)
	if err != nil {
		return err
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
	problems = append(problems, models.CheckPosting(*p, agency.Country, held)...)
	if err := keyTaken(tx, &problems, p); err != nil {
		return err
	}
	return keep(tx, old, p, problems)
}

func (r Reader) assignmentsOf(posting int64) ([]models.Assignment, error) {
	return gorm.G[models.Assignment](r.g).Where("posting_id = ?", posting).Order("first_day, id").Find(r.ctx)
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
	return remove(tx, p)
}

// placeName returns the everyday name of a posting: its organisation, or its
// city, or else its country.
func placeName(p models.Posting) string {
	if p.HostOrganisation != "" {
		return organisation(p)
	}
	if city := strings.TrimSpace(p.HostCity); city != "" {
		return city
	}
	return string(p.HostCountry)
}
