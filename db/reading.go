package db

import (
	"context"
	"slices"

	"samband/models"

	"gorm.io/gorm"
)

// A Reading is the directory as somebody sees it. Whatever is read of it, by
// whom and for what, is read through one: what it hides is in no page, list,
// count, search, file or answer.
type Reading struct {
	s     *Store
	scope models.Scope
	past  *past // nil for the present
	// unrecorded is why nothing can be read, nil where something can.
	unrecorded *BeforeRecord
}

// As returns the directory as it is seen with a scope.
func (s *Store) As(scope models.Scope) Reading { return Reading{s: s, scope: scope} }

// store returns where what is read is kept.
func (v Reading) store() (*Store, error) {
	if v.unrecorded != nil {
		return nil, v.unrecorded
	}
	if v.past != nil {
		return v.past.filled()
	}
	return v.s, nil
}

// view calls f with a Reader of this moment that sees as much as v does.
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

// hidden returns the postings whose assignments are not to be seen.
func (r Reader) hidden() (ids []int64, err error) {
	seen := r.scope.Restricted()
	if len(seen) == len(models.States()) {
		return nil, nil
	}
	q := gorm.G[models.Posting](r.g).Select("id").Where("restricted = true")
	if len(seen) > 0 {
		q = q.Where("agency_id NOT IN (?)", r.of(models.Agency{}).Select("id").Where("country IN ?", texts(seen)))
	}
	err = q.Scan(r.ctx, &ids)
	return ids, err
}

// officer hides what is not to be seen of an officer of an agency.
func (r Reader) officer(o *models.Officer, own *models.Agency) {
	*o = r.scope.Officer(*o, countryOf(own))
}

// assignment hides what is not to be seen of an assignment, given its officer
// as seen. Those to postings whose holders are not seen are in no list.
func (r Reader) assignment(a *models.Assignment, o *models.Officer) { *a = a.Of(*o) }

// posting hides what is not to be seen of a posting of an agency.
func (r Reader) posting(p *models.Posting, sending *models.Agency) {
	*p = r.scope.Posting(*p, countryOf(sending))
}

// countryOf returns an agency's state: none, of which nobody sees more than
// others, where there is no agency.
func countryOf(a *models.Agency) models.State {
	if a == nil {
		return ""
	}
	return a.Country
}

// Officer returns an officer as seen.
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

// Posting returns a posting with its three lists, as seen.
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

// Assignment returns an assignment as seen. One to a posting whose holders are
// not seen is ErrNotFound.
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
		}
		return err
	})
	return a, wrap("assignment", err)
}

// texts returns codes as the texts that they are.
func texts[T ~string](codes []T) []string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = string(c)
	}
	return all
}
