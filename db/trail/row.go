// Package trail defines how the log of all changes is stored: rows chained by
// their hashes, the JSON in them, and the checkpoints that vouch for them from
// outside. It knows no database, and of the records in rows only what Records
// says.
package trail

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash"
)

// Instants is the layout of an instant in the trail: RFC 3339 in UTC, to the
// millisecond, so that the texts sort like the instants.
const Instants = "2006-01-02T15:04:05.000Z07:00"

// A Row records one thing that was done. Its hash covers the hash of the row
// before and everything in the row except what can be erased: personal values,
// their salt, and the key of the record, which repeats a value of its JSON.
type Row struct {
	ID        int64  `gorm:"primaryKey;autoIncrement:false"`
	Revision  int64  // of the directory: the one made by a change, otherwise the one before
	At        string // in the layout Instants
	ActorID   int64  // an account, 0 for none
	Actor     string // of an actor without an account
	Role      string // the actor's rights
	Request   string // identifies the request in the log
	Action    string
	Noun      string
	RecordID  int64 // 0 for none
	RecordKey string
	State     string // the record's, "" for none or several
	// The record before and after, as JSON, nil if it did not exist. An event,
	// which changes no record, has New only.
	Old, New                 *string
	OldPersonal, NewPersonal *string // the values in them that identify somebody
	Salt                     []byte  // nil if nothing is personal, or no longer is
	Hash                     []byte
}

// TableName returns the name of the table of rows.
func (Row) TableName() string { return "audit" }

// Actions on records. All other actions are events, and so is Erase.
const (
	Create = "create"
	Update = "update"
	Remove = "remove"
	Erase  = "erase"
)

// Holds reports whether rows of an action hold a record: one that was created,
// updated or removed.
func Holds(act string) bool { return act == Create || act == Update || act == Remove }

// HashAfter returns the hash of the row, given the hash of the row before, nil for
// the first row.
func (r *Row) HashAfter(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	for _, n := range []int64{r.ID, r.Revision, r.ActorID, r.RecordID} {
		number(h, n)
	}
	for _, s := range []string{r.At, r.Actor, r.Role, r.Request, r.Action, r.Noun, r.State} {
		text(h, s)
	}
	for _, s := range []*string{r.Old, r.New} {
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

// text writes a text with its length, so that different sequences of texts
// never write the same bytes.
func text(h hash.Hash, s string) {
	number(h, int64(len(s)))
	h.Write([]byte(s))
}

// saltSize is the size of a salt in bytes: enough to make guessing erased
// values hopeless.
const saltSize = 16

// NewSalt returns a salt for a row that holds something personal.
func NewSalt() []byte {
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	return salt
}

// Commitment returns what the hashed part of a row holds in place of personal
// values: with the values and the salt it can be checked, and without the salt
// it reveals nothing.
func Commitment(salt []byte, personal string) string {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(personal))
	return base64.RawStdEncoding.EncodeToString(h.Sum(nil))
}

// Fields of a row's JSON that concern its personal values.
const (
	Personal = "personal" // the commitment to all of them
	Vouched  = "vouched"  // commitments to single values, as name=commitment separated by spaces
)

// Fields returns the fields on one side of a row, including the personal values
// and excluding the commitments. It fails if the JSON is invalid.
func Fields(public string, personal *string) (map[string]json.RawMessage, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(public), &fields); err != nil {
		return nil, err
	}
	delete(fields, Personal)
	delete(fields, Vouched)
	if personal != nil {
		return fields, json.Unmarshal([]byte(*personal), &fields)
	}
	return fields, nil
}

// Words returns the fields of an event as texts, including the commitments. It
// fails if the JSON is invalid.
func Words(public string, personal *string) (map[string]string, error) {
	words := map[string]string{}
	for _, text := range []*string{&public, personal} {
		fields := map[string]json.RawMessage{}
		if text == nil {
			continue
		}
		if err := json.Unmarshal([]byte(*text), &fields); err != nil {
			return nil, err
		}
		for name, raw := range fields {
			var s string
			if json.Unmarshal(raw, &s) != nil {
				s = string(raw)
			}
			words[name] = s
		}
	}
	return words, nil
}
