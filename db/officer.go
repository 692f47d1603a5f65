package db

import (
	"strconv"

	"samband/db/trail"
	"samband/models"
)

// maskedWords is the noun under which the search words of masked officers are
// kept: only those who may know of such officers search it.
const maskedWords = "masked"

var officerKind = declare(kind[models.Officer]{
	noun:  "officer",
	key:   func(o models.Officer) string { return o.Key },
	check: models.CheckOfficer,
	save:  (*Tx).SaveOfficer,
	drop:  (*Tx).RemoveOfficer,
	state: func(tx *Tx, o models.Officer) (models.State, error) { return tx.stateOfAgency(o.AgencyID) },
	words: func(o models.Officer) (string, string) {
		if o.Masked {
			return maskedWords, o.Key + " " + o.Name + " " + o.Rank
		}
		return "officer", o.Key + " " + o.Name + " " + o.Rank
	},
	// Masked officers sort together: their place would give away the name.
	sorts: func(o models.Officer, _ string) []sortName {
		if o.Masked {
			return []sortName{{"officer.name", []string{""}}, {"officer.rank", []string{""}}}
		}
		return []sortName{{"officer.name", []string{o.Name}}, {"officer.rank", []string{o.Rank}}}
	},
	touches: func(o models.Officer) touch { return touch{"officer", o.ID} },
	before:  func(r *reversal) map[int64]*models.Officer { return r.officers },
	since:   func(r *reversal, row trail.Row) error { return r.noteHidden(row, "masked", r.masked) },
	seen: func(r Reader, id int64) (bool, error) {
		rows, err := r.officerRows([]int64{id})
		return len(rows) == 1 && !rows[0].Officer.Hidden(), err
	},
	hidden: (*trailView).officerHidden,
	title: func(t *trailView, row trail.Row) string {
		if o := t.officers[row.RecordID]; o != nil {
			return o.Name
		}
		return row.RecordKey
	},
	erased: func(row trail.Row, personal string) bool {
		if !trail.Holds(row.Action) {
			return personal == nothingNoted
		}
		var j trail.Writer
		j.Begin()
		former := pseudonym(models.Officer{ID: row.RecordID})
		kindOf[models.Officer]().json(&j, &former, true)
		return personal == j.End()
	},
})

// SaveOfficer creates o, or updates it if it has an ID. What the rules object
// to is models.Problems.
func (tx *Tx) SaveOfficer(o *models.Officer) error {
	old, err := stored(tx, o)
	if err != nil {
		return err
	}
	if old != nil && o.Key == "" {
		o.Key = old.Key
	}
	if o.Key == "" {
		base := officerKey(*o)
		if o.Masked && base != "" { // a key made of the name, or its being taken, would give the name away
			base = "o-" + strconv.FormatInt(tx.nextID, 10)
		}
		if o.Key, err = freeKey[models.Officer](tx, base); err != nil {
			return err
		}
	}
	problems := Check(*o)
	agency, err := existing[models.Agency](tx, &problems, "agency", o.AgencyID)
	if err != nil {
		return err
	}
	if old != nil && old.AgencyID != o.AgencyID && agency.ID != 0 && !agency.Kind.Posts() {
		posted, err := exists[models.Assignment](tx.Reader, "officer_id = ? AND posting_id IN (?)", o.ID, tx.noSeats())
		if err != nil {
			return err
		}
		if posted {
			problems = append(problems, models.Problem{Field: "agency", Row: -1, Message: models.Say("problem.seats_only", "kind", agency.Kind)})
		}
	}
	if err := keyTaken(tx, &problems, o); err != nil {
		return err
	}
	return keep(tx, old, o, problems)
}

// RemoveOfficer removes an officer. It is *Referred while the officer has
// assignments.
func (tx *Tx) RemoveOfficer(id int64, version int) error {
	o, err := current[models.Officer](tx, id, version)
	if err != nil {
		return err
	}
	by := referrers{scope: tx.actor.Rights.Scope()}
	if err := by.assignments(tx.Reader, "officer_id = ?", id); err != nil {
		return err
	}
	if err := by.err(); err != nil {
		return err
	}
	if err := removeRemarks(tx, o); err != nil {
		return err
	}
	return remove(tx, o)
}
