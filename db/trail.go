// SQL by hand: the trail is read as a stream.

package db

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samband/db/trail"
	"samband/models"
)

// log adds a row to the trail, with the actor, the instant, and its place in
// the chain. A row that changes nothing in the directory has the revision
// before.
func (tx *Tx) log(row *trail.Row) error {
	row.ID, row.At, row.Request = tx.IDs(1), tx.at, tx.actor.Request
	row.ActorID, row.Actor, row.Role = tx.actor.Account, tx.actor.Name, tx.actor.Rights.String()
	if row.Revision == 0 {
		row.Revision = tx.revision - 1
	}
	if trail.Holds(row.Action) {
		tx.changed = row.ID
	}
	return tx.chain(row)
}

// chain appends a row to the chain.
func (tx *Tx) chain(row *trail.Row) error {
	row.Hash = row.HashAfter(tx.head)
	tx.logged, tx.head = true, row.Hash
	tx.row = trailTable.values(row, tx.row[:0])
	return tx.trail.add(tx.row...)
}

// trailTable describes how rows of the trail are stored.
var trailTable = func() *Table {
	t, err := parse(new(trail.Row))
	if err != nil {
		panic(err)
	}
	return t
}()

// eachTrailRow calls f for each row of the trail that the end of a query
// selects. The rows are streamed: there may be too many to hold at once.
func (r Reader) eachTrailRow(end string, args []any, f func(trail.Row) error) error {
	return r.each("SELECT "+strings.Join(trailTable.columns, ", ")+" FROM audit "+end, args, func(rows *sql.Rows) error {
		var row trail.Row
		if err := rows.Scan(trailTable.Pointers(&row, nil)...); err != nil {
			return err
		}
		return f(row)
	})
}

// An Event is noted in the trail although no record changed: a sign-in, the
// opening of contact data, an export.
type Event struct {
	Action string // sign_in, open, export, print and so on
	Noun   string
	ID     int64        // of the record, if it is about one
	State  models.State // of the sending state, "" for none or several
	// About holds names and values, which are ints or strings. Nothing in it
	// may be personal.
	About []any
	// Filter is what was asked for. It may name somebody, and is kept as
	// personal.
	Filter string
	// Secret holds names and values like About, all strings, which may be
	// personal.
	Secret []any
	// Vouched holds names and values, all strings, that the row commits to:
	// they can be checked later although the trail does not hold them.
	Vouched []string
}

// Note adds an event to the trail.
func (tx *Tx) Note(e Event) error {
	_, err := tx.note(e)
	return err
}

// note is Note, and returns the ID of the row.
func (tx *Tx) note(e Event) (int64, error) {
	var j trail.Writer
	j.Begin()
	j.Pairs(e.About)
	row := &trail.Row{Action: e.Action, Noun: e.Noun, RecordID: e.ID, State: string(e.State)}
	if e.Filter != "" || len(e.Secret) > 0 {
		var secret trail.Writer
		secret.Begin()
		if e.Filter != "" {
			secret.Text("asked", e.Filter)
		}
		secret.Pairs(e.Secret)
		personal := secret.End()
		row.Salt, row.NewPersonal = trail.NewSalt(), &personal
		j.Text("personal", trail.Commitment(row.Salt, personal))
	}
	if len(e.Vouched) > 0 {
		if row.Salt == nil {
			row.Salt = trail.NewSalt()
		}
		var all []string
		for pair := range slices.Chunk(e.Vouched, 2) {
			all = append(all, pair[0]+"="+trail.Commitment(row.Salt, pair[1]))
		}
		j.Text(trail.Vouched, strings.Join(all, " "))
	}
	about := j.End()
	row.New = &about
	err := tx.log(row)
	return row.ID, err
}

// Noted reports whether an account has left an event in the trail since an
// instant: one with the same action, noun and About. Secret values are not
// compared.
func (s *Store) Noted(ctx context.Context, account int64, e Event, since time.Time) (found bool, err error) {
	var j trail.Writer
	j.Begin()
	j.Pairs(e.About)
	about := j.End()
	secret := strings.TrimSuffix(about, "}") + `,"personal":` // the commitment follows
	err = s.View(ctx, func(r Reader) (err error) {
		found, err = exists[trail.Row](r, "actor_id = ? AND at >= ? AND action = ? AND noun = ? AND (new = ? OR substr(new, 1, ?) = ?)",
			account, since.UTC().Format(trail.Instants), e.Action, e.Noun, about, utf8.RuneCountInString(secret), secret)
		return err
	})
	return found, wrap("noted", err)
}
