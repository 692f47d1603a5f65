// Package trail is the record of all that is done, as it is kept: rows that are
// chained by their hashes, the JSON in them, and the checkpoints that hold them
// from outside. It knows no database, and of the records that rows tell of only
// what it is told.
package trail

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash"
)

// Instants is how an instant is written in the trail: RFC 3339 in UTC, to the
// millisecond, so that texts sort as instants do.
const Instants = "2006-01-02T15:04:05.000Z07:00"

// A Row tells of one thing that was done. Its hash is made of the hash of the
// row before and of everything in it but what can be erased: personal values,
// their salt, and the key of the record, which repeats a value of its JSON.
type Row struct {
	ID        int64  `gorm:"primaryKey;autoIncrement:false"`
	Revision  int64  // of the directory: the one made, or for what is no change the one before
	At        string // as Instants has it
	ActorID   int64  // an account, 0 for none
	Actor     string // who it was without an account
	Role      string // the rights that the actor had
	Request   string // names the request in the log
	Action    string
	Noun      string
	RecordID  int64 // 0 for none
	RecordKey string
	State     string // whose the record is, "" for nobody's or several
	// What the record was and became, as JSON: nil where there was or is none. An
	// event, which changes no record, has New only.
	Old, New                 *string
	OldPersonal, NewPersonal *string // what of that tells who somebody is
	Salt                     []byte  // nil where there is nothing personal, or no longer
	Hash                     []byte
}

// TableName returns where rows are kept.
func (Row) TableName() string { return "audit" }

// What is done to records. Other actions are events.
const (
	Create = "create"
	Update = "update"
	Remove = "remove"
	Erase  = "erase"
)

// Holds reports whether rows of an act hold a record: one that was created,
// updated or removed.
func Holds(act string) bool { return act == Create || act == Update || act == Remove }

// After returns the hash of the row, which follows one with the hash before,
// nil if it is the first.
func (r *Row) After(before []byte) []byte {
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

// text writes a text so that no two lists of texts write the same.
func text(h hash.Hash, s string) {
	number(h, int64(len(s)))
	h.Write([]byte(s))
}

// saltSize makes guessing what has been erased hopeless, in bytes.
const saltSize = 16

// NewSalt returns the salt of a row that holds something personal.
func NewSalt() []byte {
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	return salt
}

// Commitment returns what stands in the trail for personal values: whoever has
// the values and the salt can prove them by it, and without the salt it tells
// nothing.
func Commitment(salt []byte, personal string) string {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(personal))
	return base64.RawStdEncoding.EncodeToString(h.Sum(nil))
}

// The fields of a row's JSON that are about its personal values.
const (
	Personal = "personal" // the commitment to them
	Vouched  = "vouched"  // commitments to single values, as name=commitment with a space between
)

// Fields returns what one side of a row holds, with the personal values and
// without the commitments. It fails for what is not JSON.
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

// Words returns the fields of an event as texts, among them the commitments. It
// fails for what is not JSON.
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
