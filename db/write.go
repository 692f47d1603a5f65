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

// An Actor is who writes, for the trail, and what he or she may write.
type Actor struct {
	Account int64  // 0 for the program itself
	Name    string // who it is without an account
	Rights  models.Rights
	Request string // names the request in the log
}

// Local is who works at the command line: the operator, who may do everything.
var Local = Actor{Name: "local", Rights: models.AllRights}

// A Tx is one write: all of it is kept, or none. It reads what it has written
// itself. It must not be used by two goroutines, nor after the function that
// it was given to has returned.
type Tx struct {
	Reader
	actor    Actor
	now      time.Time
	at       string // the same, for the trail
	sorter   *sorter
	revision int64 // that this write makes
	nextID   int64
	counted  int64  // changes of who may do what, before this write
	access   bool   // who may do what has changed
	head     []byte // the hash of the trail's last row
	failed   error  // of a statement: what it left undone may be half a change

	prepared map[string]*sql.Stmt
	trail    *inserter
	row      []any // of the trail, to be used again
	logged   bool  // something stands in the trail
	untold   bool  // nothing is to stand there: what is written is no change, but a copy
	touched  map[touch]struct{}
	states   stateCache
}

// Write is the one door for writes: it calls f with a Tx, and keeps what f did
// if f returns nil, else nothing. One Write runs at a time, in all processes
// together; one that waits long for its turn is ErrBusy, and so is one inside
// another. The revision is raised by one if the directory changed, and each
// record that changed leaves a row in the trail. What the actor may not change
// is ErrForbidden; a database whose tables a newer program has changed is ErrNewer. An error of f is returned as it is;
// after a panic of f, or when ctx ends, nothing is kept.
func (s *Store) Write(ctx context.Context, actor Actor, f func(*Tx) error) error {
	return s.writeWithin(ctx, s.wait, actor, f)
}

// writeWithin is Write that waits for its turn for as long as is given.
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
// markTime how long it may take.
const (
	briefly  = 50 * time.Millisecond
	markTime = 2 * time.Second
)

// writeIfFree keeps what f does if nobody else is writing, and else nothing:
// for marks that a reader's request leaves, which must neither wait nor fail
// for them.
func (s *Store) writeIfFree(ctx context.Context, f func(*Tx) error) {
	ctx, cancel := context.WithTimeout(ctx, markTime)
	defer cancel()
	_ = s.writeWithin(ctx, briefly, Local, f)
}

// begin reads where the counters stand.
func (s *Store) begin(ctx context.Context, g *gorm.DB, actor Actor) (*Tx, error) {
	now := s.now()
	tx := &Tx{
		Reader: Reader{ctx, g, s.postgres, models.Everything}, actor: actor, now: now, at: now.UTC().Format(trail.Instants), sorter: s.sorter,
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

// finish writes what belongs to the write as a whole.
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
	return tx.one(gorm.G[counters](tx.g).Where("one = 1").Select("revision", "next_id", "head", "access").Updates(tx.ctx, now))
}

// IDs hands out n IDs, one after the other, and returns the first of them.
func (tx *Tx) IDs(n int) int64 {
	first := tx.nextID
	tx.nextID += int64(n)
	return first
}

// exec runs a statement in SQL.
func (tx *Tx) exec(query string, args ...any) error {
	return tx.g.WithContext(tx.ctx).Exec(query, args...).Error
}

// execPrepared is exec for a statement that comes again and again.
func (tx *Tx) execPrepared(query string, args ...any) error {
	if tx.postgres { // whose driver keeps what it has learned of a statement, and nothing on the server
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
