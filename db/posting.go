package db

import (
	"strings"

	"samband/models"
)

var postingKind = (&kind[models.Posting]{
	noun: "posting", table: "postings",
	columns: []string{"id", "version", "key", "agency_id", "host_country", "host_city", "host_organisation", "opened", "closed", "restricted", "note"},
	id:      func(p *models.Posting) *int64 { return &p.ID },
	version: func(p *models.Posting) *int { return &p.Version },
	key:     func(p models.Posting) string { return p.Key },
	values: func(p models.Posting, to []any) []any {
		return append(to, p.ID, p.Version, p.Key, p.AgencyID, string(p.HostCountry), p.HostCity, string(p.HostOrganisation),
			day(p.Opened), day(p.Closed), p.Restricted, p.Note)
	},
	destinations: func(p *models.Posting, to []any) []any {
		return append(to, &p.ID, &p.Version, &p.Key, &p.AgencyID, &p.HostCountry, &p.HostCity, &p.HostOrganisation,
			&p.Opened, &p.Closed, &p.Restricted, &p.Note)
	},
	json: postingJSON,
	state: func(tx *Tx, p models.Posting) (models.State, error) {
		state, err := tx.stateOfAgency(p.AgencyID)
		tx.senders.postings[p.ID] = state
		return state, err
	},
	words: func(p models.Posting) (string, string) {
		return "posting", p.Key + " " + p.HostCity + " " + organisation(p)
	},
	touches: func(p models.Posting) touch { return touch{"posting", p.ID} },
	sorts: func(p models.Posting, language string) []sortName {
		return []sortName{{"posting.place", []string{p.HostCountry.Name(language), p.HostCity, organisation(p)}}}
	},
}).prepare()

// organisation returns the name of the organisation that hosts a posting, or
// nothing.
func organisation(p models.Posting) string {
	if p.HostOrganisation == "" {
		return ""
	}
	return p.HostOrganisation.Name()
}

func postingJSON(p models.Posting, j *jsonWriter) {
	j.number("id", p.ID)
	j.number("version", int64(p.Version))
	j.text("key", p.Key)
	j.number("agency_id", p.AgencyID)
	j.text("host_country", string(p.HostCountry))
	j.text("host_city", p.HostCity)
	j.text("host_organisation", string(p.HostOrganisation))
	j.day("opened", p.Opened)
	j.day("closed", p.Closed)
	j.yes("restricted", p.Restricted)
	j.text("note", p.Note)
	j.objects("representations", len(p.Representations), func(i int) {
		r := p.Representations[i]
		j.text("state", string(r.State))
		j.text("matter", string(r.Matter))
		j.period(r.Period)
		j.text("agreement", r.Agreement)
	})
	j.objects("coverages", len(p.Coverages), func(i int) {
		j.text("country", string(p.Coverages[i].Country))
		j.period(p.Coverages[i].Period)
	})
	j.objects("suspensions", len(p.Suspensions), func(i int) {
		j.period(p.Suspensions[i].Period)
		j.text("reason", p.Suspensions[i].Reason)
	})
}

// SavePosting creates p with its three lists, or updates it if it has an ID,
// provided that nothing is wrong with it, seen with its agency and its
// assignments. A new posting without representations gets those of a posting
// of which nothing else is said. The lists are sorted.
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
		if p.Key, err = tx.freeKey("postings", postingKey(*p, agency)); err != nil {
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

func (r reader) assignmentsOf(posting int64) (held []models.Assignment, err error) {
	err = eachOf(r, "WHERE posting_id = ? ORDER BY first_day, id", []any{posting}, func(a *models.Assignment) error {
		held = append(held, *a)
		return nil
	})
	return held, err
}

// RemovePosting removes a posting with its three lists. It is *Referred while
// the posting has assignments.
func (tx *Tx) RemovePosting(id int64, version int) error {
	p, err := current[models.Posting](tx, id, version)
	if err != nil {
		return err
	}
	by := referrers{scope: tx.actor.Rights.Scope()}
	if err := by.assignments(tx.reader, "WHERE posting_id = ? ORDER BY first_day, id", id); err != nil {
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

// placeName returns what a posting is called among people: its city, or its
// organisation, or else its country.
func placeName(p models.Posting) string {
	if p.HostOrganisation != "" {
		return organisation(p)
	}
	if city := strings.TrimSpace(p.HostCity); city != "" {
		return city
	}
	return string(p.HostCountry)
}
