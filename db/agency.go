package db

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"samband/models"
)

var _ = declare(kind[models.Agency]{
	noun:  "agency",
	parts: []part[models.Agency]{partFrom(func(a *models.Agency) *[]models.AgencyName { return &a.Names })},
	key:   func(a models.Agency) string { return a.Key },
	check: models.CheckAgency,
	save:  (*Tx).SaveAgency,
	drop:  (*Tx).RemoveAgency,
	state: func(tx *Tx, a models.Agency) (models.State, error) {
		tx.states.agencies[a.ID] = a.Country
		return "", nil // agencies belong to no single state
	},
	words: func(a models.Agency) (string, string) {
		text := a.Key + " " + a.Name + " " + a.NameEn + " " + a.Acronym
		for _, n := range a.Names {
			text += " " + n.Name + " " + n.NameEn + " " + n.Acronym
		}
		return "agency", text
	},
	touches: func(a models.Agency) touch { return touch{"agency", a.ID} },
	before:  func(r *reversal) map[int64]*models.Agency { return r.agencies },
})

// Agency returns an agency.
func (v Reading) Agency(ctx context.Context, id int64) (a models.Agency, err error) {
	err = v.view(ctx, func(r Reader) error {
		found, err := byID[models.Agency](r, id)
		if err == nil {
			a = *found
		}
		return err
	})
	return a, wrap("agency", err)
}

// Agencies returns all agencies, by state, kind and key, called as they were on a
// day.
func (v Reading) Agencies(ctx context.Context, on models.Date) ([]models.Agency, error) {
	var all []models.Agency
	err := v.view(ctx, func(r Reader) error {
		found, err := Every[models.Agency](r)
		for _, a := range found {
			all = append(all, a.On(on))
		}
		return err
	})
	slices.SortFunc(all, models.CompareAgencies)
	return all, wrap("agencies", err)
}

// SaveAgency creates a, or updates it if it has an ID. Its postings must
// represent its state. What the rules object to is models.Problems.
func (tx *Tx) SaveAgency(a *models.Agency) error {
	old, err := stored(tx, a)
	if err != nil {
		return err
	}
	if old != nil && a.Key == "" {
		a.Key = old.Key
	}
	if a.Key == "" {
		if a.Key, err = freeKey[models.Agency](tx, agencyKey(*a)); err != nil {
			return err
		}
	}
	problems := Check(*a)
	if err := keyTaken(tx, &problems, a); err != nil {
		return err
	}
	if old != nil && old.Country != a.Country && len(problems) == 0 {
		if problems, err = tx.notSent(*a); err != nil {
			return err
		}
	}
	if old != nil && old.Kind.Posts() && !a.Kind.Posts() && len(problems) == 0 {
		if problems, err = tx.posted(*a); err != nil {
			return err
		}
	}
	return keep(tx, old, a, problems)
}

// posted returns the problem that an agency of its kind has with what it sends: it
// may hold seats only, and so may its officers.
func (tx *Tx) posted(a models.Agency) (problems models.Problems, _ error) {
	sends, err := exists[models.Posting](tx.Reader, "agency_id = ? AND role = ''", a.ID)
	if err != nil {
		return nil, err
	}
	holds, err := exists[models.Assignment](tx.Reader, "officer_id IN (?) AND posting_id IN (?)",
		tx.of(models.Officer{}).Select("id").Where("agency_id = ?", a.ID), tx.noSeats())
	if sends || holds {
		problems = append(problems, models.Problem{Field: "kind", Row: -1, Message: models.Say("problem.seats_only", "kind", a.Kind)})
	}
	return problems, err
}

// noSeats is the query for the IDs of the postings that are no seats.
func (r Reader) noSeats() *gorm.DB { return r.of(models.Posting{}).Select("id").Where("role = ''") }

// notSent returns the problems that an agency's postings have with its state:
// each must represent the state that sends it.
func (tx *Tx) notSent(a models.Agency) (problems models.Problems, _ error) {
	postings, err := WithParts[models.Posting](tx.Reader, "WHERE agency_id = ?", a.ID)
	for _, p := range postings {
		for _, found := range models.CheckSending(*p, a.Country) {
			problems = append(problems, models.OfAgency(found, *p))
		}
	}
	return problems, err
}

// RemoveAgency removes an agency. It is *Referred while the agency has
// officers or postings.
func (tx *Tx) RemoveAgency(id int64, version int) error {
	a, err := current[models.Agency](tx, id, version)
	if err != nil {
		return err
	}
	by := referrers{scope: tx.actor.Rights.Scope()}
	if err := by.postings(tx.Reader, "agency_id = ?", id); err != nil {
		return err
	}
	if err := by.officers(tx.Reader, "agency_id = ?", id); err != nil {
		return err
	}
	if err := by.err(); err != nil {
		return err
	}
	return remove(tx, a)
}
