package db

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"samband/db/trail"
	"samband/models"
)

var remarkKind = declare(kind[models.Remark]{
	noun:   "remark",
	key:    func(r models.Remark) string { return fmt.Sprintf("%s %d", r.About, r.RecordID) },
	check:  models.CheckRemark,
	save:   (*Tx).SaveRemark,
	drop:   func(tx *Tx, id int64, _ int) error { return tx.RemoveRemark(id) },
	state:  (*Tx).stateOfRemark,
	own:    func(tx *Tx, r models.Remark) bool { return r.AccountID != 0 && r.AccountID == tx.actor.Account },
	title:  (*trailView).remarkTitle,
	hidden: (*trailView).remarkHidden,
	erased: func(_ trail.Row, personal string) bool {
		var j trail.Writer
		j.Begin()
		silent := models.Remark{}.Silent()
		kindOf[models.Remark]().json(&j, &silent, true)
		return personal == j.End()
	},
})

// stateOfRemark returns the state of what a remark is about: those who may change
// that may write about it.
func (tx *Tx) stateOfRemark(r models.Remark) (models.State, error) {
	switch r.About {
	case "posting":
		return tx.stateOfPosting(r.RecordID)
	case "officer":
		o, err := orNone(rowsOf[models.Officer](tx.g).Where("id = ?", r.RecordID).Take(tx.ctx))
		if err != nil || o.ID == 0 {
			return "", err
		}
		return tx.stateOfAgency(o.AgencyID)
	}
	return "", nil // bodies are the secretariat's
}

// mostRemarks bounds how many remarks on a record are read.
const mostRemarks = 200

// Remarks returns the remarks on a record, the latest first, none if the reader may
// not see the record in full.
func (v Reading) Remarks(ctx context.Context, about string, id int64) (all []models.SignedRemark, err error) {
	err = v.view(ctx, func(r Reader) error {
		whole, err := r.whole(about, id)
		if err != nil || !whole {
			return err
		}
		all, err = r.signed("about = ? AND record_id = ?", about, id)
		return err
	})
	return all, wrap("remarks", err)
}

// signed returns the remarks that meet a condition with who wrote them, the latest
// first.
func (r Reader) signed(where string, args ...any) (all []models.SignedRemark, err error) {
	found, err := rowsOf[models.Remark](r.g).Where(where, args...).Order("id DESC").Limit(mostRemarks).Find(r.ctx)
	if err != nil {
		return nil, err
	}
	var accounts []int64
	for _, one := range found {
		accounts = append(accounts, one.AccountID)
	}
	by, err := keysOf[models.Account](r, accounts)
	for _, one := range found {
		all = append(all, models.SignedRemark{Remark: one, By: by[one.AccountID]})
	}
	return all, err
}

// SaveRemark adds a remark on a record, signed by the actor. One that has been
// written is not changed any more: it can only be removed, and come back.
func (tx *Tx) SaveRemark(r *models.Remark) error {
	if r.ID != 0 && r.ID != tx.again {
		return ErrForbidden
	}
	if r.ID == 0 {
		r.AccountID = tx.actor.Account
	}
	if there, err := tx.remarkable(*r); err != nil {
		return err
	} else if !there {
		return models.Problems{{Field: "remark", Row: -1, Message: models.Say("problem.gone")}}
	}
	if err := may(tx, *r); err != nil && (r.ID == 0 || !remarkOwn(tx, *r)) {
		return err
	}
	return keep(tx, nil, r, Check(*r))
}

func remarkOwn(tx *Tx, r models.Remark) bool { return kindOf[models.Remark]().own(tx, r) }

// remarkable reports whether what a remark is about exists.
func (tx *Tx) remarkable(r models.Remark) (bool, error) {
	switch r.About {
	case "posting":
		return exists[models.Posting](tx.Reader, "id = ?", r.RecordID)
	case "officer":
		return exists[models.Officer](tx.Reader, "id = ?", r.RecordID)
	case "body":
		return exists[models.Body](tx.Reader, "id = ?", r.RecordID)
	}
	return false, nil
}

// RemoveRemarkOn removes a remark on a record. It is ErrNotFound if it is on another
// one.
func (tx *Tx) RemoveRemarkOn(about string, record, id int64) error {
	there, err := exists[models.Remark](tx.Reader, "id = ? AND about = ? AND record_id = ?", id, about, record)
	if err != nil {
		return err
	}
	if !there {
		return ErrNotFound
	}
	return tx.RemoveRemark(id)
}

// RemoveRemark removes a remark: its author may, and whoever may write there.
func (tx *Tx) RemoveRemark(id int64) error {
	r, err := byID[models.Remark](tx.Reader, id)
	if err != nil {
		return err
	}
	if err := may(tx, *r); err != nil && !remarkOwn(tx, *r) {
		return err
	}
	return remove(tx, r)
}

// removeRemarks removes the remarks on a record that is about to be removed, as part
// of the same change: when that is taken back, they come back.
func removeRemarks[T Record](tx *Tx, one *T) error {
	k := kindOf[T]()
	tx.touched[k.touches(*one)] = struct{}{}
	all, err := rowsOf[models.Remark](tx.g).Where("about = ? AND record_id = ?", k.noun, *ID(one)).Order("id DESC").Find(tx.ctx)
	for i := range all {
		if err := remove(tx, &all[i]); err != nil {
			return err
		}
	}
	return err
}

// eraseRemarks removes the remarks on an officer whose data are erased, and silences
// those on other records that name the officer, throughout the trail as well.
func (tx *Tx) eraseRemarks(officer int64, names func(string) bool) error {
	if err := tx.trail.flush(); err != nil {
		return err
	}
	found := map[int64]models.Remark{}
	err := tx.eachTrailRow("WHERE noun = ? AND salt IS NOT NULL ORDER BY id", []any{kindOf[models.Remark]().noun}, func(row trail.Row) error {
		for _, side := range [][2]*string{{row.Old, row.OldPersonal}, {row.New, row.NewPersonal}} {
			if side[0] == nil {
				continue
			}
			r, err := decode[models.Remark](*side[0], side[1])
			if err != nil {
				return err
			}
			if r.About == "officer" && r.RecordID == officer || names(r.Text) {
				found[r.ID] = r.Silent()
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		if err := tx.silenceRemark(found[id], officer); err != nil {
			return err
		}
	}
	return nil
}

// silenceRemark takes a remark's text away, and the remark itself if it is on an
// officer.
func (tx *Tx) silenceRemark(silent models.Remark, officer int64) error {
	now, err := orNone(rowsOf[models.Remark](tx.g).Where("id = ?", silent.ID).Take(tx.ctx))
	switch {
	case err != nil:
		return err
	case now.ID != 0 && now.About == "officer" && now.RecordID == officer:
		err = remove(tx, &now)
	case now.ID != 0:
		next := now.Silent()
		err = UpdateAll(tx, []*models.Remark{&now}, []*models.Remark{&next})
	}
	if err != nil {
		return err
	}
	return eraseTrail(tx, kindOf[models.Remark](), silent, silent.ID)
}

// remarkOn returns what a row about a remark is about.
func remarkOn(s side) (about string, id int64) {
	text, _, _ := scalar(s.fields["about"])
	return string(text), s.id("record_id")
}

func (t *trailView) remarkHidden(_ trail.Row, old, now side) bool {
	for _, s := range []side{old, now} {
		about, id := remarkOn(s)
		switch {
		case about == "posting" && slices.Contains(t.hidden, id), about == "officer" && (t.officers[id] == nil || t.officers[id].Hidden()):
			return true
		}
	}
	return false
}

// remarkTitle returns what a remark is about, as the reader may know it.
func (t *trailView) remarkTitle(row trail.Row) string {
	for _, side := range []*string{row.New, row.Old} {
		s, err := sideOf(side, nil)
		if err != nil || !s.there {
			continue
		}
		switch about, id := remarkOn(s); about {
		case "posting":
			return t.postings[id]
		case "officer":
			if o := t.officers[id]; o != nil {
				return o.Name
			}
		}
	}
	return row.RecordKey
}
