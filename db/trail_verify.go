package db

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// A TrailReport is what Verify found.
type TrailReport struct {
	Rows    int64
	Last    int64  // ID of the last row
	Head    string // its hash, in hexadecimal
	Broken  *BrokenRow
	Records int64       // that were compared with the trail
	Differs *Difference // the first; looked for in a whole trail only
}

// Err says what is wrong, nil if nothing is.
func (r TrailReport) Err() error {
	switch {
	case r.Broken != nil:
		return fmt.Errorf("the trail is broken at row %d (%s, %s %s %d): %s", r.Broken.ID, r.Broken.At, r.Broken.Action, r.Broken.Noun, r.Broken.Record, r.Broken.Why)
	case r.Differs != nil:
		return fmt.Errorf("the tables are not what the trail says: %s", r.Differs)
	}
	return nil
}

const whyMissing = "rows after this one are missing"

// A BrokenRow is the first row of the trail that is not what it was, or that
// should be there.
type BrokenRow struct {
	ID               int64
	At, Action, Noun string
	Record           int64
	Why              string
}

// Verify walks the whole trail, and compares the tables with what it says that
// they must hold: accounts and rights, plans, tokens, and whatever else leaves
// rows in it. Of checkpoints that are given, the trail must hold the row that
// each is of. Progress, unless it is nil, is told how far it is.
func (s *Store) Verify(ctx context.Context, progress func(done, total int64), checkpoints ...Checkpoint) (report TrailReport, err error) {
	w := &walk{at: map[int64][]Checkpoint{}, erased: map[erasable]link{}, witnesses: witnesses()}
	for _, c := range checkpoints {
		if c.Rows > 0 || c.Last > 0 { // of an empty trail there is nothing to hold
			w.at[c.Last] = append(w.at[c.Last], c)
		}
	}
	err = s.view(ctx, func(r reader) error {
		head, total, err := r.size()
		if err != nil {
			return err
		}
		done := int64(0)
		passed := func(n int64) {
			if done += n; progress != nil {
				progress(done, total)
			}
		}
		var l link
		var hash []byte
		into := l.destinations(&hash)
		err = r.each("SELECT "+strings.Join(trailColumns, ", ")+" FROM audit ORDER BY id", nil, func(rows *sql.Rows) error {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			w.step(l, hash)
			passed(1)
			return nil
		})
		if w.end(head); err != nil || w.broken != nil {
			return err
		}
		report.Differs, err = w.compare(r, func(n int64) { report.Records += n; passed(n) })
		return err
	})
	report.Rows, report.Last, report.Head, report.Broken = w.rows, w.last.id, hex.EncodeToString(w.head), w.broken
	return report, wrap("verify", err)
}

// size returns the head of the trail, and about how much there is to verify.
func (r reader) size() (head []byte, total int64, err error) {
	err = r.each("SELECT head FROM directory", nil, func(rows *sql.Rows) error { return rows.Scan(&head) })
	for _, table := range []string{"audit", "assignments", "officers", "postings"} {
		if err == nil {
			err = r.each("SELECT count(*) FROM "+table, nil, func(rows *sql.Rows) error {
				var n int64
				err := rows.Scan(&n)
				total += n
				return err
			})
		}
	}
	return head, total, err
}

// A walk is one walk along the trail.
type walk struct {
	rows   int64
	head   []byte
	last   link
	broken *BrokenRow
	at     map[int64][]Checkpoint // not yet passed
	// erased are the first rows, of each record, whose personal values are gone
	// and whose erasure is yet to come.
	erased    map[erasable]link
	witnesses map[string]witness // by noun
}

type erasable struct {
	noun string
	id   int64
}

func (w *walk) fail(l link, why string) {
	if w.broken == nil || l.id < w.broken.ID {
		w.broken = &BrokenRow{ID: l.id, At: l.at, Action: l.action, Noun: l.noun, Record: l.recordID, Why: why}
	}
}

func (w *walk) step(l link, hash []byte) {
	w.rows++
	if !bytes.Equal(l.after(w.head), hash) {
		w.fail(l, "the row, or one before it, was changed, added or removed")
	}
	w.head, w.last = hash, l // what follows is judged by itself
	switch {
	case l.action == actionErase:
		delete(w.erased, erasable{l.noun, l.recordID})
		if l.oldPersonal != nil || l.newPersonal != nil {
			w.fail(l, "it holds personal values that were never written")
		}
	case l.salt == nil && l.promises():
		if _, known := w.erased[erasable{l.noun, l.recordID}]; !known {
			w.erased[erasable{l.noun, l.recordID}] = l
		}
		if !l.replaced() {
			w.fail(l, "what stands for erased values is not what erasing puts there")
		}
	case !l.proves(l.old, l.oldPersonal) || !l.proves(l.new, l.newPersonal):
		w.fail(l, "personal values are not those that were written")
	}
	if !l.keyFits() {
		w.fail(l, "the key is not that of the record")
	}
	w.hear(l)
	for _, c := range w.at[l.id] {
		if c.Head != hex.EncodeToString(hash) || c.Rows != w.rows {
			w.fail(l, "the trail is not the one that the checkpoint was made of")
		}
	}
	delete(w.at, l.id)
}

// hear lets the witness of the row's noun hear it.
func (w *walk) hear(l link) {
	if witness := w.witnesses[l.noun]; witness != nil && witness.hear(l) != nil {
		w.fail(l, "it cannot be read")
	}
	if l.noun == accountKind.noun && l.action == actionErase { // its tokens went with it
		w.witnesses["token"].(*eventful).forget("account", text10(l.recordID))
	}
}

// compare compares the tables, one after the other.
func (w *walk) compare(r reader, read func(n int64)) (*Difference, error) {
	for _, noun := range compared() {
		if d, err := w.witnesses[noun].compare(r, read); d != nil || err != nil {
			return d, err
		}
	}
	for _, l := range postingLists {
		list := l.tableName()
		var stray *Difference
		err := r.each("SELECT posting_id FROM "+list+" WHERE posting_id NOT IN (SELECT id FROM postings) LIMIT 1", nil, func(rows *sql.Rows) error {
			stray = &Difference{Noun: postingKind.noun, Field: list, Why: whyUntold}
			return rows.Scan(&stray.ID)
		})
		if stray != nil || err != nil {
			return stray, err
		}
	}
	return nil, nil
}

// promises reports whether a row holds values that its salt proves.
func (l link) promises() bool {
	return l.oldPersonal != nil || l.newPersonal != nil || l.new != nil && strings.Contains(*l.new, `"`+vouchedField+`":`) && !changedRecord(l)
}

// changedRecord reports whether a row holds a record rather than an event.
func changedRecord(l link) bool {
	return nounsByName[l.noun] != nil && changes[l.action]
}

// formerAccount is what stands for the e-mail address of an account.
var formerAccount = regexp.MustCompile(`^\{"email":"former-\d+@invalid","issuer":"","subject":""\}$`)

// replaced reports whether the personal values of a row are what erasing puts in
// the place of those that were written.
func (l link) replaced() bool {
	for _, personal := range []*string{l.oldPersonal, l.newPersonal} {
		if personal == nil {
			continue
		}
		fits := *personal == nothingAsked
		if kept := nounsByName[l.noun]; kept != nil {
			fits = kept.former(l, *personal)
		}
		if !fits {
			return false
		}
	}
	return true
}

// proves reports whether personal values are those that a side of the row was
// written with.
func (l link) proves(public, personal *string) bool {
	var side struct {
		Personal string `json:"personal"`
	}
	if public != nil && json.Unmarshal([]byte(*public), &side) != nil {
		return false
	}
	if personal == nil {
		return side.Personal == ""
	}
	return side.Personal == commitment(l.salt, *personal)
}

// keyFits reports whether the key of a row that holds a record is the key in
// that record.
func (l link) keyFits() bool {
	public, personal := l.new, l.newPersonal
	if public == nil {
		public, personal = l.old, l.oldPersonal
	}
	var want string
	var err error
	if kept := nounsByName[l.noun]; kept != nil {
		want, err = kept.keyIn(public, personal)
	}
	return err == nil && (want == l.recordKey || !changes[l.action] && l.recordKey == "")
}

// changes are the actions whose rows hold records.
var changes = map[string]bool{"create": true, "update": true, "remove": true}

func (w *walk) end(head []byte) {
	for _, l := range w.erased {
		w.fail(l, "personal values are gone, and no erasure says so")
	}
	missing := !bytes.Equal(head, w.head)
	for range w.at {
		missing = true
	}
	if missing && w.broken == nil {
		w.broken = &BrokenRow{ID: w.last.id, At: w.last.at, Action: w.last.action, Noun: w.last.noun, Record: w.last.recordID,
			Why: whyMissing}
	}
}
