package db

import (
	"cmp"

	"samband/models"
)

// A HandOver passes a posting from its holder to a successor. Both hold it on
// the days from First to Last, if there are any.
type HandOver struct {
	Assignment  int64 // the outgoing holder's
	Version     int
	Successor   int64       // an officer
	First, Last models.Date // the successor's first day, the outgoing holder's last
	Reason      string      // why the outgoing holder leaves
	// SuccessorLast is the successor's last day. Forever and zero: open.
	SuccessorLast models.Date
}

// HandOver ends an assignment and creates and returns the one that follows, or moves
// the one that is planned for the successor already. The version of the outgoing assignment is raised even if nothing else about it
// changes, so that of two attempts only one succeeds. Problems name the fields
// last_day and end_reason for the outgoing holder, and successor, first_day and
// successor_last_day for the other.
func (tx *Tx) HandOver(h HandOver) (models.Assignment, error) {
	old, err := current[models.Assignment](tx, h.Assignment, h.Version)
	if err != nil {
		return models.Assignment{}, err
	}
	outgoing := old.End(h.Last, cmp.Or(h.Reason, old.EndReason))
	problems, err := tx.checkAssignment(old, &outgoing, nil)
	if err != nil {
		return models.Assignment{}, err
	}
	planned, next, err := tx.following(*old, h)
	if err != nil {
		return models.Assignment{}, err
	}
	problems = atLastDay(problems)
	others, err := tx.checkAssignment(planned, &next, &outgoing)
	if err != nil {
		return models.Assignment{}, err
	}
	for _, p := range others {
		switch p.Field {
		case "officer":
			p.Field = "successor"
		case "last_day":
			p.Field = "successor_last_day"
		}
		problems = append(problems, p)
	}
	if err := problems.Err(); err != nil {
		return models.Assignment{}, err
	}
	if err := update(tx, []*models.Assignment{old}, []*models.Assignment{&outgoing}, true); err != nil {
		return models.Assignment{}, err
	}
	if planned != nil {
		err = UpdateAll(tx, []*models.Assignment{planned}, []*models.Assignment{&next})
	} else {
		err = CreateAll(tx, []*models.Assignment{&next})
	}
	return next, err
}

// following returns the assignment that follows on old, and the same as it is
// planned so far, nil if nothing is.
func (tx *Tx) following(old models.Assignment, h HandOver) (planned *models.Assignment, next models.Assignment, err error) {
	days := models.Period{First: h.First, Last: cmp.Or(h.SuccessorLast, models.Forever)}
	held, err := rowsOf[models.Assignment](tx.g).Where("posting_id = ? AND officer_id = ? AND id <> ? AND first_day > ?",
		old.PostingID, h.Successor, old.ID, old.First).Order("first_day, id").Limit(1).Find(tx.ctx)
	if err != nil || len(held) == 0 {
		return nil, models.Assignment{OfficerID: h.Successor, PostingID: old.PostingID, Period: days}, err
	}
	if planned, err = byID[models.Assignment](tx.Reader, held[0].ID); err != nil {
		return nil, next, err
	}
	next = *planned
	next.Period = days
	return planned, next, nil
}
