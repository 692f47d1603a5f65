package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"

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
	reader
	actor    Actor
	now      time.Time
	at       string // the same, for the trail
	sorter   *sorter
	revision int64 // that this write makes
	nextID   int64
	access   bool   // who may do what has changed
	head     []byte // the hash of the trail's last row
	failed   error  // of a statement: what it left undone may be half a change

	prepared map[string]*sql.Stmt
	trail    *inserter
	logged   bool // something stands in the trail
	untold   bool // nothing is to stand there: what is written is no change, but a copy
	touched  map[touch]struct{}
	senders  senders
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
		reader: reader{ctx, g, s.postgres, models.Everything}, actor: actor, now: now, at: now.UTC().Format(instants), sorter: s.sorter,
		prepared: map[string]*sql.Stmt{}, touched: map[touch]struct{}{}, senders: newSenders(),
	}
	tx.trail = tx.inserter("audit", trailColumns)
	if err := s.checkSchema(tx.reader); err != nil {
		return nil, err
	}
	err := tx.each("SELECT revision + 1, next_id, head FROM directory", nil, func(rows *sql.Rows) error {
		return rows.Scan(&tx.revision, &tx.nextID, &tx.head)
	})
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
	access := 0
	if tx.access {
		access = 1
	}
	_, err := tx.exec("UPDATE directory SET revision = ?, next_id = ?, head = ?, access = access + ?", revision, tx.nextID, tx.head, access)
	return err
}

// ids takes n IDs, and returns the first of them.
func (tx *Tx) ids(n int) int64 {
	first := tx.nextID
	tx.nextID += int64(n)
	return first
}

// exec runs a statement, in which ? stands for an argument, and returns how
// many rows it changed.
func (tx *Tx) exec(query string, args ...any) (int64, error) {
	if tx.failed != nil {
		return 0, tx.failed
	}
	query, args = tx.bind(query, args)
	result, err := tx.g.Statement.ConnPool.ExecContext(tx.ctx, query, args...)
	return tx.ran(result, err)
}

// execPrepared is exec for a statement that comes again and again.
func (tx *Tx) execPrepared(query string, args ...any) (int64, error) {
	if tx.failed != nil {
		return 0, tx.failed
	}
	if tx.postgres { // whose driver keeps what it has learned of a statement, and nothing on the server
		return tx.exec(query, args...)
	}
	stmt := tx.prepared[query]
	if stmt == nil {
		bound, _ := tx.bind(query, args)
		var err error
		if stmt, err = tx.g.Statement.ConnPool.PrepareContext(tx.ctx, bound); err != nil {
			return tx.ran(nil, err)
		}
		tx.prepared[query] = stmt
	}
	result, err := stmt.ExecContext(tx.ctx, args...)
	return tx.ran(result, err)
}

func (tx *Tx) ran(result sql.Result, err error) (n int64, _ error) {
	if err == nil {
		n, err = result.RowsAffected()
	}
	if err != nil {
		tx.failed = translate(err)
	}
	return n, tx.failed
}

var errHalf = errors.New("a statement changed another number of rows than it must")

// exactly runs a statement that must change n rows.
func (tx *Tx) exactly(n int, query string, args ...any) error {
	changed, err := tx.execPrepared(query, args...)
	if err == nil && changed != int64(n) {
		tx.failed = errHalf
		err = errHalf
	}
	return err
}
