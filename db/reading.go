package db

import (
	"context"
	"slices"

	"samband/models"
)

// A Reading is the directory as somebody may see it. Every read on behalf of a
// user goes through one: what it hides appears in no page, list, count, search,
// file or answer.
type Reading struct {
	s     *Store
	scope models.Scope
	past  *past // nil for the present
	// unrecorded is why nothing can be read, nil if it can.
	unrecorded *BeforeRecord
}

// As returns the directory as a scope sees it.
func (s *Store) As(scope models.Scope) Reading { return Reading{s: s, scope: scope} }

// store returns the store to read from: the present one, or that of the past.
func (v Reading) store() (*Store, error) {
	if v.unrecorded != nil {
		return nil, v.unrecorded
	}
	if v.past != nil {
		return v.past.filled()
	}
	return v.s, nil
}

// view calls f with a Reader limited to what v may see.
func (v Reading) view(ctx context.Context, f func(Reader) error) error {
	s, err := v.store()
	if err != nil {
		return err
	}
	return s.View(ctx, func(r Reader) error {
		r.scope = v.scope
		return f(r)
	})
}

// hidden returns the postings whose assignments the reader may not see.
func (r Reader) hidden() (ids []int64, err error) {
	seen := r.scope.Restricted()
	if len(seen) == len(models.States()) {
		return nil, nil
	}
	q := rowsOf[models.Posting](r.g).Select("id").Where("restricted = true")
	if len(seen) > 0 {
		q = q.Where("agency_id NOT IN (?)", r.of(models.Agency{}).Select("id").Where("country IN ?", texts(seen)))
	}
	err = q.Scan(r.ctx, &ids)
	return ids, err
}

// officer hides what the reader may not see of an officer of an agency.
func (r Reader) officer(o *models.Officer, own *models.Agency) {
	*o = r.scope.Officer(*o, countryOf(own))
}

// assignment hides what the reader may not see of an assignment, given its
// officer as already redacted. Assignments to postings whose holders are hidden
// are left out of lists altogether.
func (r Reader) assignment(a *models.Assignment, o *models.Officer) { *a = a.Of(*o) }

// posting hides what the reader may not see of a posting of an agency.
func (r Reader) posting(p *models.Posting, sending *models.Agency) {
	*p = r.scope.Posting(*p, countryOf(sending))
}

// countryOf returns an agency's state, "" if there is no agency: nobody has
// special rights to that.
func countryOf(a *models.Agency) models.State {
	if a == nil {
		return ""
	}
	return a.Country
}

// Officer returns an officer as the reader may see it.
func (v Reading) Officer(ctx context.Context, id int64) (o models.Officer, err error) {
	err = v.view(ctx, func(r Reader) error {
		rows, err := r.officerRows([]int64{id})
		if err == nil && len(rows) == 0 {
			err = ErrNotFound
		}
		if err == nil {
			o = rows[0].Officer
		}
		return err
	})
	return o, wrap("officer", err)
}

// Posting returns a posting with its parts, as the reader may see it.
func (v Reading) Posting(ctx context.Context, id int64) (p models.Posting, err error) {
	err = v.view(ctx, func(r Reader) error {
		rows, err := r.postingRows([]int64{id})
		if err == nil && len(rows) == 0 {
			err = ErrNotFound
		}
		if err == nil {
			p = rows[0].Posting
		}
		return err
	})
	return p, wrap("posting", err)
}

// Assignment returns an assignment with its absences, as the reader may see it. One to a posting
// whose holders are hidden is ErrNotFound.
func (v Reading) Assignment(ctx context.Context, id int64) (a models.Assignment, err error) {
	err = v.view(ctx, func(r Reader) error {
		rows, err := r.assignmentRows([]int64{id})
		if err != nil {
			return err
		}
		hidden, err := r.hidden()
		if err == nil && (len(rows) == 0 || slices.Contains(hidden, rows[0].PostingID)) {
			err = ErrNotFound
		}
		if err == nil {
			a = rows[0].Assignment
			err = partsOf(r, map[int64]*models.Assignment{a.ID: &a})
		}
		return err
	})
	return a, wrap("assignment", err)
}

// texts converts codes to strings.
func texts[T ~string](codes []T) []string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = string(c)
	}
	return all
}
