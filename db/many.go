package db

import (
	"fmt"

	"samband/models"
)

// A ManyError says on which of many records an act failed, and why.
type ManyError struct {
	ID  int64 // of the record in the list
	Err error
}

func (e *ManyError) Error() string { return fmt.Sprintf("record %d: %v", e.ID, e.Err) }

func (e *ManyError) Unwrap() error { return e.Err }

// DoMany does one act on many records, all or none: each is saved by its own rules and
// rights. What is wrong with the act itself is models.Problems; the first record on
// which it fails is *ManyError.
func (tx *Tx) DoMany(m models.Many) error {
	if err := models.CheckMany(m).Err(); err != nil {
		return err
	}
	for _, id := range m.IDs {
		do := tx.doPosting
		if m.List == models.AssignmentList {
			do = tx.doTerm
		}
		if err := do(m, id); err != nil {
			return &ManyError{id, err}
		}
	}
	return nil
}

func (tx *Tx) doTerm(m models.Many, id int64) error {
	a, err := byID[models.Assignment](tx.Reader, id)
	if err != nil {
		return err
	}
	next, problems := m.Term(*a)
	if err := problems.Err(); err != nil {
		return err
	}
	return tx.SaveAssignment(&next)
}

func (tx *Tx) doPosting(m models.Many, id int64) error {
	p, err := byID[models.Posting](tx.Reader, id)
	if err != nil {
		return err
	}
	switch m.Act {
	case models.AreasMany:
		p.Areas = m.Areas
		return tx.SavePosting(p)
	case models.RestrictMany:
		p.Restricted = m.Restricted
		return tx.SavePosting(p)
	case models.ConfirmMany:
		state, err := tx.agencyOf(*p)
		if err != nil {
			return err
		}
		return tx.Attest(models.Attestation{State: state, PostingID: id, On: m.On})
	}
	held, err := WithParts[models.Assignment](tx.Reader, "WHERE posting_id = ? AND first_day <= ? AND last_day >= ?", id, m.On, m.On)
	if err == nil && len(held) == 0 {
		err = models.Problems{{Field: "id", Row: -1, Message: models.Say("problem.nobody_holds")}}
	}
	for _, a := range held {
		if err == nil {
			err = tx.doTerm(m, a.ID)
		}
	}
	return err
}
