package db

import (
	"errors"
	"slices"

	"samband/db/trail"
	"samband/models"
)

var assignmentKind = declare(kind[models.Assignment]{
	noun:    "assignment",
	parts:   []part[models.Assignment]{partFrom(func(a *models.Assignment) *[]models.Absence { return &a.Absences })},
	key:     func(a models.Assignment) string { return a.Key },
	save:    (*Tx).saveBack,
	drop:    (*Tx).RemoveAssignment,
	state:   func(tx *Tx, a models.Assignment) (models.State, error) { return tx.stateOfPosting(a.PostingID) },
	own:     func(tx *Tx, a models.Assignment) bool { return tx.own != 0 && tx.own == a.OfficerID },
	touches: func(a models.Assignment) touch { return touch{"posting", a.PostingID} },
	before:  func(r *reversal) map[int64]*models.Assignment { return r.assignments },
	since: func(r *reversal, row trail.Row) error {
		if row.New == nil {
			return nil
		}
		s, err := sideOf(row.New, nil)
		r.moved[row.RecordID] = append(r.moved[row.RecordID], s.id("posting_id"))
		return err
	},
	seen: func(r Reader, id int64) (bool, error) {
		rows, err := r.assignmentRows([]int64{id})
		if err != nil || len(rows) == 0 {
			return false, err
		}
		hidden, err := r.hidden()
		return !slices.Contains(hidden, rows[0].PostingID) && !rows[0].Officer.Hidden(), err
	},
	hidden: func(t *trailView, _ trail.Row, old, now side) bool {
		return old.there && t.holderHidden(old) || now.there && t.holderHidden(now)
	},
	erased: func(_ trail.Row, personal string) bool { return personal == nothingWritten },
})

// SaveAssignment creates a, or updates it if it has an ID. It is checked
// together with its posting; what the rules object to is models.Problems.
func (tx *Tx) SaveAssignment(a *models.Assignment) error {
	old, err := stored(tx, a)
	if err != nil {
		return err
	}
	if old != nil {
		if err := tx.keepUnseen(old, a); err != nil {
			return err
		}
	}
	problems, err := tx.checkAssignment(old, a, nil)
	if err != nil {
		return err
	}
	return keep(tx, old, a, problems)
}

// saveBack saves an assignment as it was. Officers may take back what is theirs to
// write.
func (tx *Tx) saveBack(a *models.Assignment) error {
	if tx.again == 0 && may(tx, *a) != nil {
		_, err := tx.SaveAbsences(a.ID, a.Version, a.Absences)
		return err
	}
	return tx.SaveAssignment(a)
}

// keepUnseen copies into a those fields of old that the actor may not see, and
// so cannot have meant to clear.
func (tx *Tx) keepUnseen(old, a *models.Assignment) error {
	if old.OfficerID != a.OfficerID {
		return nil
	}
	o, err := byID[models.Officer](tx.Reader, old.OfficerID)
	if err != nil {
		return err
	}
	own, err := tx.stateOfAgency(o.AgencyID)
	if err != nil {
		return err
	}
	// An actor who may change it also sees the holders of its posting.
	models.KeepUntold(a, *old, models.AssignmentTold(models.Whole, tx.actor.Rights.Scope().OfficerTold(*o, own)))
	return nil
}

// checkAssignment returns what is wrong with a, which replaces old, nil if a is
// new. It makes a key if a has none. along, unless nil, is another assignment
// that changes in the same write: it counts as it will be.
func (tx *Tx) checkAssignment(old, a, along *models.Assignment) (problems models.Problems, err error) {
	officer, err := existing[models.Officer](tx, &problems, "officer", a.OfficerID)
	if err != nil {
		return nil, err
	}
	posting, err := existing[models.Posting](tx, &problems, "posting", a.PostingID)
	if err != nil {
		return nil, err
	}
	if old != nil && a.Key == "" {
		a.Key = old.Key
	}
	if a.Key == "" {
		if a.Key, err = tx.assignmentKey(posting); err != nil {
			return nil, err
		}
	}
	life := posting.Life()
	if posting.ID == 0 {
		life = models.Always
	}
	others, err := rowsOf[models.Assignment](tx.g).Where("posting_id = ? AND officer_id = ?", a.PostingID, a.OfficerID).Order("first_day, id").Find(tx.ctx)
	if err != nil {
		return nil, err
	}
	for i, b := range others {
		if along != nil && along.ID == b.ID {
			others[i] = *along
		}
	}
	problems = append(problems, models.CheckAssignment(*a, life, others)...)
	if problems, err = tx.checkAround(problems, *a, officer, posting); err != nil {
		return nil, err
	}
	return problems, keyTaken(tx, &problems, a)
}

// checkAround adds what is wrong with who holds a posting, and with the absences.
func (tx *Tx) checkAround(problems models.Problems, a models.Assignment, officer models.Officer, p models.Posting) (models.Problems, error) {
	if officer.ID == 0 || p.ID == 0 {
		return problems, nil
	}
	kinds := map[int64]models.AgencyKind{}
	kindOf := func(o models.Officer) (models.AgencyKind, error) {
		if kinds[o.AgencyID] == "" {
			own, err := byID[models.Agency](tx.Reader, o.AgencyID)
			if err != nil {
				return "", err
			}
			kinds[o.AgencyID] = own.Kind
		}
		return kinds[o.AgencyID], nil
	}
	own, err := kindOf(officer)
	if err != nil {
		return nil, err
	}
	problems = append(problems, models.CheckHolder(p, own)...)
	standIns := map[int64]models.StandInFor{}
	for _, x := range a.Absences {
		if x.StandInID == 0 {
			continue
		}
		by, err := orNone(rowsOf[models.Assignment](tx.g).Where("id = ?", x.StandInID).Take(tx.ctx))
		if err != nil {
			return nil, err
		}
		if by.ID == 0 {
			continue
		}
		o, err := byID[models.Officer](tx.Reader, by.OfficerID)
		if err != nil {
			return nil, err
		}
		own, err := kindOf(*o)
		if err != nil {
			return nil, err
		}
		standIns[by.ID] = models.StandInFor{Assignment: by, Kind: own}
	}
	return append(problems, models.CheckAbsences(a, p.Seating(), func(id int64) (models.StandInFor, bool) {
		by, there := standIns[id]
		return by, there
	})...), nil
}

// RemoveAssignment removes an assignment that was entered by mistake. One that
// took place is to be ended with EndAssignment instead. It is *Referred while it
// stands in for another one.
func (tx *Tx) RemoveAssignment(id int64, version int) error {
	a, err := current[models.Assignment](tx, id, version)
	if err != nil {
		return err
	}
	by := referrers{scope: tx.actor.Rights.Scope()}
	if err := by.assignments(tx.Reader, "id IN (?)", tx.of(models.Absence{}).Select("assignment_id").Where("stand_in_id = ?", id)); err != nil {
		return err
	}
	if err := by.err(); err != nil {
		return err
	}
	return remove(tx, a)
}

// SaveAbsences sets the absences of an assignment, which its coordinators may, and
// the officer whose own account the actor's is.
func (tx *Tx) SaveAbsences(id int64, version int, absences []models.Absence) (models.Assignment, error) {
	old, err := byID[models.Assignment](tx.Reader, id)
	if err != nil {
		return models.Assignment{}, err
	}
	self, err := tx.self()
	if err != nil {
		return models.Assignment{}, err
	}
	if self == 0 || self != old.OfficerID {
		if err := may(tx, *old); err != nil {
			return models.Assignment{}, err
		}
	}
	if old.Version != version {
		return models.Assignment{}, ErrStale
	}
	a := *old
	a.Absences = absences
	problems, err := tx.checkAssignment(old, &a, nil)
	if err == nil {
		err = problems.Err()
	}
	if err != nil {
		return models.Assignment{}, err
	}
	tx.own = self
	err = UpdateAll(tx, []*models.Assignment{old}, []*models.Assignment{&a})
	tx.own = 0
	return a, err
}

// EndAssignment sets an assignment's last day and the reason for it, and keeps
// the last day that was first planned, if there was one.
func (tx *Tx) EndAssignment(id int64, version int, last models.Date, reason string) (models.Assignment, error) {
	a, err := current[models.Assignment](tx, id, version)
	if err != nil {
		return models.Assignment{}, err
	}
	ended := a.End(last, reason)
	err = tx.SaveAssignment(&ended)
	if problems, ok := errors.AsType[models.Problems](err); ok {
		err = atLastDay(problems)
	}
	if err != nil {
		return models.Assignment{}, err
	}
	return ended, nil
}

// atLastDay moves problems from the officer to the last day: of the two, only
// that day has changed.
func atLastDay(problems models.Problems) models.Problems {
	for i, p := range problems {
		if p.Field == "officer" {
			problems[i].Field = "last_day"
		}
	}
	return problems
}
