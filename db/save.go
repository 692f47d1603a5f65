package db

import (
	"cmp"
	"errors"
	"strings"

	"gorm.io/gorm"

	"samband/models"
)

// current returns the record of an ID, if the actor may change it and it still
// has the version that the caller has read: ErrNotFound, ErrForbidden or
// ErrStale otherwise.
func current[T Record](tx *Tx, id int64, version int) (*T, error) {
	old, err := byID[T](tx.Reader, id)
	if err != nil {
		return nil, err
	}
	if err := may(tx, *old); err != nil {
		return nil, err
	}
	if *Version(old) != version {
		return nil, ErrStale
	}
	return old, nil
}

// stored returns what one is to be saved over: nil if it has no ID yet.
func stored[T Record](tx *Tx, one *T) (*T, error) {
	if *ID(one) == 0 {
		return nil, nil
	}
	return current[T](tx, *ID(one), *Version(one))
}

// keep writes one over old, nil if it is new, unless there are problems.
func keep[T Record](tx *Tx, old, one *T, problems models.Problems) error {
	if state, err := kindOf[T]().state(tx, *one); err != nil || state.Valid() && may(tx, *one) != nil {
		return cmp.Or(err, ErrForbidden) // before it is told what else is wrong
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if old == nil {
		return CreateAll(tx, []*T{one})
	}
	return UpdateAll(tx, []*T{old}, []*T{one})
}

// existing returns the record that a field refers to by ID. Where there is
// none, it adds the problem and returns the zero record; 0 is no problem of
// its own, since the rules require the field.
func existing[T Record](tx *Tx, problems *models.Problems, field string, id int64) (found T, _ error) {
	if id == 0 {
		return found, nil
	}
	one, err := byID[T](tx.Reader, id)
	if errors.Is(err, ErrNotFound) {
		*problems = append(*problems, models.Problem{Field: field, Row: -1, Message: models.Say("problem.unknown")})
		return found, nil
	}
	if err != nil {
		return found, err
	}
	return *one, nil
}

// keyTaken adds a problem if another record has the key of one. A key that has
// a problem already is not looked for: the database may not even take it.
func keyTaken[T Record](tx *Tx, problems *models.Problems, one *T) error {
	if problems.Has("key") {
		return nil
	}
	k := kindOf[T]()
	taken, err := exists[T](tx.Reader, "key = ? AND id <> ?", k.key(*one), *ID(one))
	if taken {
		*problems = append(*problems, models.Problem{Field: "key", Row: -1, Message: models.Say("problem.key_taken", "value", k.key(*one))})
	}
	return err
}

// mostReferences is how many references are named.
const mostReferences = 20

// referrers gathers the records that refer to one.
type referrers struct {
	found Referred
	some  bool         // there are any, told of or not
	scope models.Scope // of who is told
}

func (r *referrers) add(noun string, id int64, name string) {
	r.some = true
	r.found.Total++
	if len(r.found.By) < mostReferences {
		r.found.By = append(r.found.By, Reference{noun, id, name})
	}
}

func (r *referrers) err() error {
	if !r.some {
		return nil
	}
	return &r.found
}

func (r *referrers) postings(from Reader, where string, args ...any) error {
	all, err := gorm.G[models.Posting](from.g).Where(where, args...).Order("key").Find(from.ctx)
	for _, p := range all {
		r.add("posting", p.ID, placeName(p)+" ("+p.Key+")")
	}
	return err
}

func (r *referrers) officers(from Reader, where string, args ...any) error {
	all, err := gorm.G[models.Officer](from.g).Where(where, args...).Order("key").Find(from.ctx)
	for _, o := range all {
		r.add("officer", o.ID, shownName(o))
	}
	return err
}

// shownName is an officer's name as those see it who see least, whoever is told:
// what refuses to be removed is named alike to everybody.
func shownName(o models.Officer) string { return models.Scope{}.Officer(o, "").Name }

// agencyOf returns the state that sends a posting.
func (r Reader) agencyOf(p models.Posting) (models.State, error) {
	a, err := byID[models.Agency](r, p.AgencyID)
	if err != nil {
		return "", err
	}
	return a.Country, nil
}

// assignments names assignments by officer, place and first day. Those that are
// not to be seen are not told of, but refer all the same.
func (r *referrers) assignments(from Reader, where string, args ...any) error {
	held, err := gorm.G[models.Assignment](from.g).Where(where, args...).Order("first_day, id").Find(from.ctx)
	if err != nil {
		return err
	}
	for _, a := range held {
		p, err := byID[models.Posting](from, a.PostingID)
		if err != nil {
			return err
		}
		sending, err := from.agencyOf(*p)
		if err != nil {
			return err
		}
		if r.some = true; !r.scope.Holders(*p, sending) {
			continue
		}
		o, err := byID[models.Officer](from, a.OfficerID)
		if err != nil {
			return err
		}
		r.add("assignment", a.ID, strings.Join([]string{shownName(*o), placeName(*p), a.First.String()}, ", "))
	}
	return nil
}
