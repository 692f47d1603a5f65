package db

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/db/trail"
	"samband/models"
)

// replacedDays is how many days a note in the trail can be taken back. What the trail
// says of records holds for longer: it has all of it.
const replacedDays = 90

// A replaced is what a note in the trail replaced: a row, named by record, of a table
// whose content the trail only commits to.
type replaced struct {
	RowID  int64  `gorm:"primaryKey;autoIncrement:false"`
	Noted  string `gorm:"primaryKey"` // the table
	Record string `gorm:"primaryKey"`
	Was    string // as JSON, "" if there was none
	Kept   string // the instant of the note
}

func (replaced) TableName() string { return "replaced" }

// takers take back what a note did to a row, by its table.
var takers map[string]func(*Tx, replaced) error

func init() {
	takers = map[string]func(*Tx, replaced) error{
		"snoozes": (*Tx).takeSnooze, "claims": (*Tx).takeClaim, "attestations": (*Tx).takeAttestation, "plans": (*Tx).takePlan, "views": (*Tx).takeView,
	}
}

// noteReplacing adds a note to the trail of an act that can be taken back, and keeps
// what the act replaced in a row of T's table: nil if there was nothing.
func noteReplacing[T any](tx *Tx, e Event, record string, was *T) error {
	table, err := parse(new(T))
	if err != nil {
		return err
	}
	row, err := tx.note(e)
	if err != nil {
		return err
	}
	kept := replaced{RowID: row, Noted: table.Name, Record: record, Kept: tx.at}
	if was != nil {
		var text strings.Builder
		j := json.NewEncoder(&text)
		j.SetEscapeHTML(false)
		if err := j.Encode(was); err != nil {
			return err
		}
		kept.Was = text.String()
	}
	tx.changed = row
	tooOld := tx.now.AddDate(0, 0, -replacedDays).UTC().Format(trail.Instants)
	if _, err := rowsOf[replaced](tx.g).Where("kept < ?", tooOld).Delete(tx.ctx); err != nil {
		return err
	}
	return rowsOf[replaced](tx.g).Create(tx.ctx, &kept)
}

// idOf returns the ID that a note's record is named by.
func idOf(record string) int64 {
	id, _ := strconv.ParseInt(record, 10, 64)
	return id
}

// before returns what a note replaced, nil if there was nothing.
func before[T any](of replaced) (*T, error) {
	if of.Was == "" {
		return nil, nil
	}
	was := new(T)
	return was, json.Unmarshal([]byte(of.Was), was)
}

// replacedAt returns what the notes of an instant replaced whose rows are between two
// in the trail, by row.
func (r Reader) replacedAt(instant string, first, last int64) (map[int64]replaced, error) {
	all, err := rowsOf[replaced](r.g).Where("row_id BETWEEN ? AND ? AND kept = ?", first, last, instant).Find(r.ctx)
	by := make(map[int64]replaced, len(all))
	for _, one := range all {
		by[one.RowID] = one
	}
	return by, err
}

// laterNote returns the last row of the trail that has replaced the same since, one
// without an ID if none has.
func (tx *Tx) laterNote(than replaced) (trail.Row, error) {
	later, err := tx.replacedSince(than)
	if err != nil || later == 0 {
		return trail.Row{}, err
	}
	return rowsOf[trail.Row](tx.g).Where("id = ?", later).Take(tx.ctx)
}

// replacedSince returns the ID of the last row of the trail that has replaced the
// same since, 0 if none has.
func (tx *Tx) replacedSince(than replaced) (int64, error) {
	later, err := orNone(rowsOf[replaced](tx.g).Where("noted = ? AND record = ? AND row_id > ?", than.Noted, than.Record, than.RowID).
		Order("row_id DESC").Limit(1).Take(tx.ctx))
	return later.RowID, err
}

// eraseReplaced forgets what notes replaced that names an erased officer: such a note
// cannot be taken back any longer.
func (tx *Tx) eraseReplaced(officer int64, names func(string) bool) error {
	all, err := rowsOf[replaced](tx.g).Where("was <> ''").Find(tx.ctx)
	if err != nil {
		return err
	}
	for _, one := range all {
		if !one.names(officer, names) {
			continue
		}
		_, err := rowsOf[replaced](tx.g).Where("row_id = ? AND noted = ? AND record = ?", one.RowID, one.Noted, one.Record).Delete(tx.ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// names reports whether what a note replaced has a text that names an officer, or a
// reason for a step about the officer.
func (of replaced) names(officer int64, names func(string) bool) bool {
	var was any
	if json.Unmarshal([]byte(of.Was), &was) != nil || anyText(was, func(text string) bool { return names(text) || names(decoded(text)) }) {
		return true
	}
	if of.Noted != "plans" {
		return false
	}
	p, err := before[models.Plan](of)
	return err != nil || slices.ContainsFunc(p.Steps, func(s models.Step) bool { return s.Officer == officer && s.Reason != "" })
}

// decoded returns an encoded part of an address as text, and other text as it is.
func decoded(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// anyText reports whether a text within a decoded JSON value is one of those that is
// looks for.
func anyText(value any, is func(string) bool) bool {
	switch v := value.(type) {
	case string:
		return is(v)
	case []any:
		for _, one := range v {
			if anyText(one, is) {
				return true
			}
		}
	case map[string]any:
		for _, one := range v {
			if anyText(one, is) {
				return true
			}
		}
	}
	return false
}

// takeSnooze makes the snooze of a finding what it was.
func (tx *Tx) takeSnooze(of replaced) error {
	now, err := tx.snooze(of.Record)
	if err != nil {
		return err
	}
	was, err := before[models.Snooze](of)
	switch {
	case err != nil:
		return err
	case was == nil && now == nil:
		return &Overtaken{} // its day has passed, or what it was of
	case was == nil:
		return tx.ShowAgain(of.Record)
	}
	if err := tx.ownFinding(was.Posting, was.State); err != nil {
		return err
	}
	return tx.putSnooze(*was)
}

// takeClaim makes who has taken a finding who it was.
func (tx *Tx) takeClaim(of replaced) error {
	now, err := tx.claim(of.Record)
	if err != nil {
		return err
	}
	was, err := before[models.Claim](of)
	switch {
	case err != nil:
		return err
	case was == nil && now == nil:
		return &Overtaken{} // it no longer stands, or was given back
	case was == nil:
		return tx.ReleaseFinding(of.Record)
	}
	if err := tx.ownFinding(was.Posting, was.State); err != nil {
		return err
	}
	if now != nil {
		return &Overtaken{}
	}
	return tx.putClaim(*was)
}

// takeAttestation makes what was last said of a list or a posting what it was.
func (tx *Tx) takeAttestation(of replaced) error {
	was, err := before[models.Attestation](of)
	if err != nil {
		return err
	}
	if was == nil {
		state, posting, _ := strings.Cut(of.Record, "/")
		return tx.unattest(models.State(state), idOf(posting))
	}
	if was.PostingID != 0 {
		if _, err := byID[models.Posting](tx.Reader, was.PostingID); err != nil {
			return err
		}
	}
	return tx.Attest(*was)
}

// takePlan makes a plan what it was.
func (tx *Tx) takePlan(of replaced) error {
	was, err := before[models.Plan](of)
	if err != nil {
		return err
	}
	id := idOf(of.Record)
	now, err := tx.plan(id)
	there := err == nil
	switch {
	case err != nil && !errors.Is(err, ErrNotFound):
		return err
	case was == nil && !there:
		return &Overtaken{}
	case was == nil:
		return tx.DiscardPlan(id, now.Version)
	case !tx.actor.Rights.Holds(models.Coordinator) || !was.ChangedBy(tx.actor.Account, tx.actor.Rights):
		return ErrForbidden
	case there:
		was.Version = now.Version + 1
		err = replace(tx, was)
	default:
		was.Version++
		err = rowsOf[models.Plan](tx.g).Create(tx.ctx, was)
	}
	if err != nil {
		return err
	}
	if !there {
		return noteReplacing[models.Plan](tx, planEvent("keep", *was, false), of.Record, nil)
	}
	return noteReplacing(tx, planEvent("keep", *was, false), of.Record, &now)
}

// takeView makes a view what it was.
func (tx *Tx) takeView(of replaced) error {
	was, err := before[models.View](of)
	if err != nil {
		return err
	}
	id := idOf(of.Record)
	found, err := tx.views("id = ?", id)
	switch {
	case err != nil:
		return err
	case was == nil && len(found) == 0:
		return &Overtaken{}
	case was == nil:
		return tx.DiscardView(id, found[0].Version)
	case !tx.mayTakeView(*was) || len(found) > 0 && !tx.mayTakeView(found[0]):
		return ErrForbidden
	case len(found) > 0:
		was.Version = found[0].Version + 1
		if err := replace(tx, was); err != nil {
			return err
		}
		return noteReplacing(tx, viewEvent("keep", *was, false), of.Record, &found[0])
	}
	was.Version++
	if err := rowsOf[models.View](tx.g).Create(tx.ctx, was); err != nil {
		return err
	}
	return noteReplacing[models.View](tx, viewEvent("keep", *was, false), of.Record, nil)
}

// mayTakeView reports whether the actor may still change a view that is as it was then,
// and share it so.
func (tx *Tx) mayTakeView(v models.View) bool {
	rights := tx.actor.Rights
	return rights.Reads() && v.ChangedBy(tx.actor.Account, rights) && rights.MayShare(v.Shared)
}
