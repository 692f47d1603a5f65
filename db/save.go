package db

import (
	"cmp"
	"errors"
	"strings"

	"samband/models"
)

// current returns the record of an ID, provided that the actor may change it
// and that it still has the version the caller read: ErrNotFound, ErrForbidden
// or ErrStale otherwise.
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

// stored returns the record that one is to replace: nil if one has no ID yet.
func stored[T Record](tx *Tx, one *T) (*T, error) {
	if *ID(one) == 0 || *ID(one) == tx.again {
		return nil, nil
	}
	return current[T](tx, *ID(one), *Version(one))
}

// keep writes one over old, which is nil if one is new, unless there are
// problems.
func keep[T Record](tx *Tx, old, one *T, problems models.Problems) error {
	if state, err := kindOf[T]().state(tx, *one); err != nil || state.Valid() && may(tx, *one) != nil {
		return cmp.Or(err, ErrForbidden) // before anything else that is wrong is revealed
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if old == nil {
		return CreateAll(tx, []*T{one})
	}
	return UpdateAll(tx, []*T{old}, []*T{one})
}

// existing returns the record that a field refers to by ID. If there is none,
// it adds a problem and returns the zero record; an ID of 0 adds none, since
// the rules require the field anyway.
func existing[T Record](tx *Tx, problems *models.Problems, field string, id int64) (found T, _ error) {
	if id == 0 {
		return found, nil
	}
	one, err := byID[T](tx.Reader, id)
	if errors.Is(err, ErrNotFound) {
		*problems = append(*problems, models.Problem{Field: field, Row: -1, Message: models.Say("problem.unknown", "value", id)})
		return found, nil
	}
	if err != nil {
		return found, err
	}
	return *one, nil
}

// keyTaken adds a problem if another record has the key of one. A key with a
// problem already is not looked up: the database may not even accept it.
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

// mostReferences is how many references are listed by name.
const mostReferences = 20

// referrers collects the records that refer to a given one.
type referrers struct {
	found Referred
	some  bool         // there are some, shown or not
	scope models.Scope // of the actor
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
	all, err := rowsOf[models.Posting](from.g).Where(where, args...).Order("key").Find(from.ctx)
	for _, p := range all {
		r.add("posting", p.ID, placeName(p)+" ("+p.Key+")")
	}
	return err
}

func (r *referrers) officers(from Reader, where string, args ...any) error {
	all, err := rowsOf[models.Officer](from.g).Where(where, args...).Order("key").Find(from.ctx)
	for _, o := range all {
		r.add("officer", o.ID, shownName(o))
	}
	return err
}

// shownName returns an officer's name as the least privileged reader sees it: a
// refusal names the officer in the same way to everybody.
func shownName(o models.Officer) string { return models.Scope{}.Officer(o, "").Name }

// agencyOf returns the state whose agency sends a posting.
func (r Reader) agencyOf(p models.Posting) (models.State, error) {
	a, err := byID[models.Agency](r, p.AgencyID)
	if err != nil {
		return "", err
	}
	return a.Country, nil
}

// assignments adds assignments, named by officer, place and first day. Those
// that the actor may not see are not listed, but refer all the same.
func (r *referrers) assignments(from Reader, where string, args ...any) error {
	held, err := rowsOf[models.Assignment](from.g).Where(where, args...).Order("first_day, id").Find(from.ctx)
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
