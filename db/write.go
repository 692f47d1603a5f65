package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"

	"samband/db/trail"
	"samband/models"
)

// An Actor is who writes, for the trail, and with which rights.
type Actor struct {
	Account int64  // 0 for the program itself
	Name    string // of an actor without an account
	Rights  models.Rights
	Request string // identifies the request in the log
}

// Local is the actor of the command line: the operator, who may do everything.
var Local = Actor{Name: "local", Rights: models.AllRights}

// A Tx is one write, kept as a whole or not at all. It sees its own changes. It
// must not be used by two goroutines, nor after the function that it was given
// to has returned.
type Tx struct {
	Reader
	actor    Actor
	now      time.Time
	at       string // now, as the trail writes it
	sorter   *sorter
	revision int64 // the one that this write makes
	nextID   int64
	counted  int64  // changes of access before this write
	access   bool   // this write changes who may do what
	head     []byte // the hash of the trail's last row
	failed   error  // of the first statement that failed: half a change may have been made

	prepared map[string]*sql.Stmt
	trail    *inserter
	row      []any // of the trail, reused
	logged   bool  // a row has been added to the trail
	own      int64 // the officer who writes what is his or her own to write, 0 for none
	changed  int64 // the last row in the trail about a record
	again    int64 // the ID of a removed record that comes back, 0 for none
	untold   bool  // leaves no rows in the trail: what is written is a copy, not a change
	touched  map[touch]struct{}
	states   stateCache
}

// Write is how everything is written: it calls f with a Tx, and keeps what f
// did if f returns nil. Across all processes only one Write runs at a time; one
// that waits too long for its turn, or that is called within another, is
// ErrBusy. If the directory changed its revision is raised by one, and each
// record that changed leaves a row in the trail. A change that the actor may
// not make is ErrForbidden; a database whose tables a newer program has changed
// is ErrNewer. An error of f is returned as it is. After a panic in f, or when
// ctx ends, nothing is kept.
func (s *Store) Write(ctx context.Context, actor Actor, f func(*Tx) error) error {
	return s.writeWithin(ctx, s.wait, actor, f)
}

// writeWithin is Write with a given time to wait for its turn.
func (s *Store) writeWithin(ctx context.Context, wait time.Duration, actor Actor, f func(*Tx) error) error {
	var own error // of f
	defer lookAgain(ctx)
	err := s.upToDate(ctx, func() error {
		return s.locked(ctx, wait, func(g *gorm.DB) error {
			tx, err := s.begin(g.Statement.Context, g, actor)
			if err != nil {
				return err
			}
			defer tx.close()
			if own = f(tx); own != nil {
				return own
			}
			return tx.finish()
		})
	})
	if _, ours := errors.AsType[*fault](own); own != nil && !ours && ctx.Err() == nil && !errors.Is(err, errSlow) {
		return own
	}
	return wrap("write", err)
}

// briefly is how long a write that nothing depends on waits for its turn, and
// markTime how long it may take altogether.
const (
	briefly  = 50 * time.Millisecond
	markTime = 2 * time.Second
)

// writeIfFree keeps what f does if nobody else is writing, and nothing
// otherwise: for marks left by a reader's request, which must neither wait nor
// fail because of them.
func (s *Store) writeIfFree(ctx context.Context, f func(*Tx) error) {
	ctx, cancel := context.WithTimeout(ctx, markTime)
	defer cancel()
	_ = s.writeWithin(ctx, briefly, Local, f)
}

// begin reads the counters and returns a Tx.
func (s *Store) begin(ctx context.Context, g *gorm.DB, actor Actor) (*Tx, error) {
	now := s.now()
	tx := &Tx{
		Reader: Reader{ctx, g, s.postgres, models.Everything, 0, nil}, actor: actor, now: now, at: now.UTC().Format(trail.Instants), sorter: s.sorter,
		prepared: map[string]*sql.Stmt{}, touched: map[touch]struct{}{}, states: newStateCache(),
	}
	tx.ctx = context.WithValue(ctx, txKey{}, tx)
	tx.trail = tx.inserter(trailTable.Name, trailTable.columns)
	if err := s.checkSchema(tx.Reader); err != nil {
		return nil, err
	}
	c, err := tx.counters()
	tx.revision, tx.nextID, tx.head, tx.counted = c.Revision+1, c.NextID, c.Head, c.Access
	return tx, err
}

func (tx *Tx) close() {
	for _, stmt := range tx.prepared {
		stmt.Close()
	}
}

// finish writes what belongs to the write as a whole: the rows of the trail and
// the counters.
func (tx *Tx) finish() error {
	if tx.failed != nil {
		return tx.failed
	}
	if !tx.logged {
		return nil
	}
	if err := tx.trail.flush(); err != nil {
		return err
	}
	revision := tx.revision
	if len(tx.touched) == 0 {
		revision--
	} else if err := tx.keepTouched(); err != nil {
		return err
	}
	now := counters{Revision: revision, NextID: tx.nextID, Head: tx.head, Access: tx.counted}
	if tx.access {
		now.Access++
	}
	return tx.one(rowsOf[counters](tx.g).Where("one = 1").Select("revision", "next_id", "head", "access").Updates(tx.ctx, now))
}

// Changed returns the ID of the last row of the trail about a record that the write
// has changed so far, 0 if it has changed none: by it the whole write can be told and
// taken back later.
func (tx *Tx) Changed() int64 { return tx.changed }

// IDs allocates n consecutive IDs, and returns the first.
func (tx *Tx) IDs(n int) int64 {
	first := tx.nextID
	tx.nextID += int64(n)
	return first
}

// exec runs an SQL statement.
func (tx *Tx) exec(query string, args ...any) error {
	return tx.g.WithContext(tx.ctx).Exec(query, args...).Error
}

// execPrepared is exec for a statement that is run again and again.
func (tx *Tx) execPrepared(query string, args ...any) error {
	if tx.postgres { // its driver caches what it learns of a statement, and leaves nothing on the server
		return tx.exec(query, args...)
	}
	if tx.failed != nil {
		return tx.failed
	}
	stmt, err := tx.prepared[query], error(nil)
	if stmt == nil {
		if stmt, err = tx.g.Statement.ConnPool.PrepareContext(tx.ctx, query); err == nil {
			tx.prepared[query] = stmt
		}
	}
	if err == nil {
		_, err = stmt.ExecContext(tx.ctx, args...)
	}
	tx.failed = translate(err)
	return tx.failed
}
