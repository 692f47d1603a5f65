package db

import (
	"context"
	"slices"
	"time"

	"samband/db/trail"
	"samband/models"
)

// mostWithdrawn bounds the rows of the trail that are read for what is gone.
const mostWithdrawn = 2000

// Withdrawn returns what has been removed since an instant and has not come back: the
// postings, assignments, bodies, and absences of assignments. Everybody who reads the
// directory may know of it, as it has nothing that is told to some only.
func (s *Store) Withdrawn(ctx context.Context, since time.Time) (w models.Withdrawn, err error) {
	err = s.View(ctx, func(r Reader) error {
		first, err := r.firstRowFrom(since.UTC().Format(trail.Instants))
		if err != nil || first == 0 {
			return err
		}
		nouns := []string{postingKind.noun, assignmentKind.noun, bodyKind.noun}
		err = r.eachTrailRow("WHERE id >= ? AND noun IN ? AND "+gone+" ORDER BY id DESC LIMIT ?", []any{first, nouns, mostWithdrawn}, func(row trail.Row) error {
			return withdraw(&w, row)
		})
		if err != nil {
			return err
		}
		return r.eachTrailRow("WHERE id >= ? AND noun = ? AND action = 'update' AND old LIKE ? ORDER BY id DESC LIMIT ?",
			[]any{first, assignmentKind.noun, `%"absences":[{%`, mostWithdrawn}, func(row trail.Row) error { return withdrawAbsences(&w, row) })
	})
	return w, wrap("withdrawn", err)
}

// withdraw adds what a row of the trail has removed.
func withdraw(w *models.Withdrawn, row trail.Row) error {
	if row.Old == nil {
		return nil
	}
	switch row.Noun {
	case postingKind.noun:
		return withdrawn(&w.Postings, row)
	case assignmentKind.noun:
		return withdrawn(&w.Assignments, row)
	}
	return withdrawn(&w.Bodies, row)
}

func withdrawn[T Record](all *[]T, row trail.Row) error {
	one, err := decode[T](*row.Old, nil)
	if err == nil {
		*ID(one) = row.RecordID
		*all = append(*all, models.Redact(*one, models.ToAll))
	}
	return err
}

// withdrawAbsences adds the absences that a change took off an assignment.
func withdrawAbsences(w *models.Withdrawn, row trail.Row) error {
	if row.Old == nil || row.New == nil {
		return nil
	}
	was, err := decode[models.Assignment](*row.Old, nil)
	if err != nil {
		return err
	}
	is, err := decode[models.Assignment](*row.New, nil)
	if err != nil {
		return err
	}
	is.ID = row.RecordID
	for _, x := range was.Absences {
		if slices.ContainsFunc(is.Absences, func(y models.Absence) bool { return y.First == x.First }) {
			continue
		}
		w.Absences = append(w.Absences, models.TakenOff{Assignment: models.Redact(*is, models.ToAll), Absence: x})
	}
	return nil
}
