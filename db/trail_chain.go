package db

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
)

// A link is a row of the trail. Its hash is made of the hash of the row before
// and of everything in it but what can be erased: personal values, their salt,
// and the key of the record, which repeats a value of its JSON.
type link struct {
	id, revision             int64
	at                       string
	actorID                  int64
	actor, role, request     string
	action, noun             string
	recordID                 int64
	recordKey                string
	state                    string
	old, new                 *string // JSON, nil for none
	oldPersonal, newPersonal *string // JSON, nil for none
	salt                     []byte  // nil where there is nothing personal, or no longer
}

var trailColumns = []string{"id", "revision", "at", "actor_id", "actor", "role", "request", "action", "noun", "record_id", "record_key",
	"state", "old", "new", "old_personal", "new_personal", "salt", "hash"}

// values returns the row as it is stored, with its hash.
func (l *link) values(hash []byte) []any {
	return []any{l.id, l.revision, l.at, l.actorID, l.actor, l.role, l.request, l.action, l.noun, l.recordID, l.recordKey,
		l.state, orNull(l.old), orNull(l.new), orNull(l.oldPersonal), orNull(l.newPersonal), l.salt, hash}
}

// destinations returns where to scan the row, in the order of trailColumns.
func (l *link) destinations(hash *[]byte) []any {
	return []any{&l.id, &l.revision, &l.at, &l.actorID, &l.actor, &l.role, &l.request, &l.action, &l.noun, &l.recordID, &l.recordKey,
		&l.state, &l.old, &l.new, &l.oldPersonal, &l.newPersonal, &l.salt, hash}
}

func orNull(s *string) any {
	if s == nil {
		return nil
	}
	return *s
}

// after returns the hash of the row, which follows one with the hash before,
// nil if it is the first.
func (l *link) after(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	for _, n := range []int64{l.id, l.revision, l.actorID, l.recordID} {
		number(h, n)
	}
	for _, s := range []string{l.at, l.actor, l.role, l.request, l.action, l.noun, l.state} {
		text(h, s)
	}
	for _, s := range []*string{l.old, l.new} {
		if s == nil {
			number(h, -1)
			continue
		}
		text(h, *s)
	}
	return h.Sum(nil)
}

func number(h hash.Hash, n int64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	h.Write(b[:])
}

// text writes a text so that no two lists of texts write the same.
func text(h hash.Hash, s string) {
	number(h, int64(len(s)))
	h.Write([]byte(s))
}

// saltSize makes guessing what has been erased hopeless, in bytes.
const saltSize = 16

func newSalt() []byte {
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	return salt
}

// commitment returns what stands in the trail for personal values: whoever has
// the values and the salt can prove them by it, and without the salt it tells
// nothing.
func commitment(salt []byte, personal string) string {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(personal))
	return base64.RawStdEncoding.EncodeToString(h.Sum(nil))
}
