package db

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// A Checkpoint says how far the trail reached at an instant, and is signed. Kept
// elsewhere, it proves later that nothing before it was changed or taken away.
type Checkpoint struct {
	Rows      int64  `json:"rows"`
	Last      int64  `json:"last"` // ID of the last row
	Head      string `json:"head"` // its hash, in hexadecimal
	At        string `json:"at"`   // RFC 3339, UTC
	Key       string `json:"key"`  // the public key, Ed25519, in base64
	Signature string `json:"signature"`
}

func (c Checkpoint) signed() []byte {
	return fmt.Appendf(nil, "samband checkpoint\n%d\n%d\n%s\n%s\n", c.Rows, c.Last, c.Head, c.At)
}

// Genuine reports whether the key of the checkpoint has signed it.
func (c Checkpoint) Genuine() bool {
	key, err := base64.StdEncoding.DecodeString(c.Key)
	signature, bad := base64.StdEncoding.DecodeString(c.Signature)
	return err == nil && bad == nil && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, c.signed(), signature)
}

// A TrailReport is what Verify found.
type TrailReport struct {
	Rows   int64
	Head   string // the hash of the last row, in hexadecimal
	Broken *BrokenRow
}

// A BrokenRow is the first row of the trail that is not what it was, or that
// should be there.
type BrokenRow struct {
	ID                int64
	At, Action, Noun  string
	Record            int64
	Why               string
	AfterTheLastOfAll bool // rows are missing at the end
}

// Verify walks the whole trail. Of checkpoints that are given, the trail must
// hold the row that each is of.
func (s *Store) Verify(ctx context.Context, checkpoints ...Checkpoint) (report TrailReport, err error) {
	w := &walk{at: map[int64][]Checkpoint{}, erased: map[erasable]link{}}
	for _, c := range checkpoints {
		if c.Rows > 0 || c.Last > 0 { // of an empty trail there is nothing to hold
			w.at[c.Last] = append(w.at[c.Last], c)
		}
	}
	err = s.view(ctx, func(r reader) error {
		var head []byte
		err := r.each("SELECT head FROM directory", nil, func(rows *sql.Rows) error { return rows.Scan(&head) })
		if err != nil {
			return err
		}
		var l link
		var hash []byte
		into := l.destinations(&hash)
		err = r.each("SELECT "+strings.Join(trailColumns, ", ")+" FROM audit ORDER BY id", nil, func(rows *sql.Rows) error {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			w.step(l, hash)
			return nil
		})
		w.end(head)
		return err
	})
	return TrailReport{Rows: w.rows, Head: hex.EncodeToString(w.head), Broken: w.broken}, wrap("verify", err)
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
	erased map[erasable]link
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
	case l.salt == nil && (l.oldPersonal != nil || l.newPersonal != nil):
		if _, known := w.erased[erasable{l.noun, l.recordID}]; !known {
			w.erased[erasable{l.noun, l.recordID}] = l
		}
	case !l.proves(l.old, l.oldPersonal) || !l.proves(l.new, l.newPersonal):
		w.fail(l, "personal values are not those that were written")
	}
	if !l.keyFits() {
		w.fail(l, "the key is not that of the record")
	}
	for _, c := range w.at[l.id] {
		if c.Head != hex.EncodeToString(hash) || c.Rows != w.rows {
			w.fail(l, "the trail is not the one that the checkpoint was made of")
		}
	}
	delete(w.at, l.id)
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
	switch l.noun {
	case officerKind.noun:
		want, err = keyIn(officerKind, public, personal)
	case accountKind.noun:
		want, err = keyIn(accountKind, public, personal)
	case agencyKind.noun:
		want, err = keyIn(agencyKind, public, personal)
	case postingKind.noun:
		want, err = keyIn(postingKind, public, personal)
	case assignmentKind.noun:
		want, err = keyIn(assignmentKind, public, personal)
	case contactPointKind.noun:
		want, err = keyIn(contactPointKind, public, personal)
	}
	return err == nil && (want == l.recordKey || !changes[l.action] && l.recordKey == "")
}

// changes are the actions whose rows hold records.
var changes = map[string]bool{"create": true, "update": true, "remove": true}

func keyIn[T record](k *kind[T], public, personal *string) (string, error) {
	if public == nil {
		return "", nil
	}
	one, err := decode[T](*public, personal)
	if err != nil {
		return "", err
	}
	return k.key(*one), nil
}

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
			Why: "rows after this one are missing", AfterTheLastOfAll: true}
	}
}

// Seal returns a signed checkpoint of the trail as it is now. A trail that is
// broken is not sealed: that is told in the report.
func (s *Store) Seal(ctx context.Context) (c Checkpoint, report TrailReport, err error) {
	if report, err = s.Verify(ctx); err != nil || report.Broken != nil {
		return c, report, err
	}
	err = s.view(ctx, func(r reader) error {
		seed, err := r.secret(sealKey)
		if err != nil {
			return err
		}
		var head []byte
		err = r.each("SELECT count(*), coalesce(max(id), 0) FROM audit", nil, func(rows *sql.Rows) error { return rows.Scan(&c.Rows, &c.Last) })
		if err == nil {
			err = r.each("SELECT hash FROM audit WHERE id = ?", []any{c.Last}, func(rows *sql.Rows) error { return rows.Scan(&head) })
		}
		key := ed25519.NewKeyFromSeed(seed)
		c.Head, c.At = hex.EncodeToString(head), s.instant()
		c.Key = base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
		c.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(key, c.signed()))
		return err
	})
	return c, report, wrap("seal", err)
}

// SealKey returns the public key of this database's checkpoints, in base64.
func (s *Store) SealKey(ctx context.Context) (key string, err error) {
	err = s.view(ctx, func(r reader) error {
		seed, err := r.secret(sealKey)
		if err == nil {
			key = base64.StdEncoding.EncodeToString(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
		}
		return err
	})
	return key, wrap("seal key", err)
}
