package trail

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// Records answers what a walk asks about the records in rows.
type Records interface {
	// IsNoun reports whether a noun is one whose rows may hold whole records.
	IsNoun(noun string) bool
	// Key returns the key of the record that a row holds, "" if it is not about
	// a record. It fails if the row cannot be read.
	Key(row Row) (string, error)
	// Replaced reports whether personal values are what erasing leaves in place
	// of those that the row was written with.
	Replaced(row Row, personal string) bool
	// Hear is called with each row in turn. It fails if the row cannot be read.
	Hear(row Row) error
}

// A BrokenRow is the first row of the trail that is not what was written, or
// the last one before rows that are missing.
type BrokenRow struct {
	ID               int64
	At, Action, Noun string
	Record           int64
	Why              string
}

func (b *BrokenRow) Error() string {
	return fmt.Sprintf("the trail is broken at row %d (%s, %s %s %d): %s", b.ID, b.At, b.Action, b.Noun, b.Record, b.Why)
}

// WhyMissing is the reason for a trail whose last rows are gone.
const WhyMissing = "rows after this one are missing"

// A Walk checks the rows of a trail, one after the other from the first.
type Walk struct {
	Rows   int64
	Head   []byte     // the hash of the last row
	Last   Row        // the zero Row at the start
	Broken *BrokenRow // nil as long as nothing is wrong

	records Records
	at      map[int64][]Checkpoint // not passed yet, by last row
	// erased holds, for each subject, the first row whose personal values are
	// gone and whose erasure has not been seen yet.
	erased map[Subject]Row
}

// A Subject is what a row is about.
type Subject struct {
	Noun string
	ID   int64
}

// NewWalk begins a walk. The trail must hold the row that each checkpoint was
// made at.
func NewWalk(records Records, checkpoints ...Checkpoint) *Walk {
	w := &Walk{records: records, at: map[int64][]Checkpoint{}, erased: map[Subject]Row{}}
	for _, c := range checkpoints {
		if c.Rows > 0 || c.Last > 0 { // a checkpoint of an empty trail demands nothing
			w.at[c.Last] = append(w.at[c.Last], c)
		}
	}
	return w
}

func (w *Walk) fail(row Row, why string) {
	if w.Broken == nil || row.ID < w.Broken.ID {
		w.Broken = &BrokenRow{ID: row.ID, At: row.At, Action: row.Action, Noun: row.Noun, Record: row.RecordID, Why: why}
	}
}

// Step checks the next row.
func (w *Walk) Step(row Row) {
	w.Rows++
	if !bytes.Equal(row.HashAfter(w.Head), row.Hash) {
		w.fail(row, "the row, or one before it, was changed, added or removed")
	}
	w.Head, w.Last = row.Hash, row // later rows are judged on their own
	w.personal(row)
	if key, err := w.records.Key(row); err != nil || key != row.RecordKey && (Holds(row.Action) || row.RecordKey != "") {
		w.fail(row, "the key is not that of the record")
	}
	if w.records.Hear(row) != nil {
		w.fail(row, "it cannot be read")
	}
	for _, c := range w.at[row.ID] {
		if c.Head != hex.EncodeToString(row.Hash) || c.Rows != w.Rows {
			w.fail(row, "the trail is not the one that the checkpoint was made of")
		}
	}
	delete(w.at, row.ID)
}

// personal checks that a row's personal values are those it was written with,
// or are what erasing leaves and an erasure follows.
func (w *Walk) personal(row Row) {
	about := Subject{row.Noun, row.RecordID}
	switch {
	case row.Action == Erase:
		delete(w.erased, about)
		if row.OldPersonal != nil || row.NewPersonal != nil {
			w.fail(row, "it holds personal values that were never written")
		}
	case row.Salt == nil && w.promises(row):
		if _, known := w.erased[about]; !known {
			w.erased[about] = row
		}
		for _, personal := range []*string{row.OldPersonal, row.NewPersonal} {
			if personal != nil && !w.records.Replaced(row, *personal) {
				w.fail(row, "what stands for erased values is not what erasing puts there")
			}
		}
	case !proves(row, row.Old, row.OldPersonal) || !proves(row, row.New, row.NewPersonal):
		w.fail(row, "personal values are not those that were written")
	}
}

// promises reports whether a row must have a salt, unless it was erased.
func (w *Walk) promises(row Row) bool {
	return row.OldPersonal != nil || row.NewPersonal != nil ||
		row.New != nil && strings.Contains(*row.New, `"`+Vouched+`":`) && !(w.records.IsNoun(row.Noun) && Holds(row.Action))
}

// proves reports whether personal values are those that a side of the row was
// written with.
func proves(row Row, public, personal *string) bool {
	var side struct {
		Personal string `json:"personal"`
	}
	if public != nil && json.Unmarshal([]byte(*public), &side) != nil {
		return false
	}
	if personal == nil {
		return side.Personal == ""
	}
	return side.Personal == Commitment(row.Salt, *personal)
}

// End ends the walk, given the hash that the trail must end with.
func (w *Walk) End(head []byte) {
	for _, row := range w.erased {
		w.fail(row, "personal values are gone, and no erasure says so")
	}
	if (!bytes.Equal(head, w.Head) || len(w.at) > 0) && w.Broken == nil {
		w.fail(w.Last, WhyMissing)
	}
}
