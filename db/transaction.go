package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	sqlite3 "modernc.org/sqlite/lib"
)

// commitTime is how long a commit that has been sent may take.
const commitTime = 5 * time.Second

// A transaction is one that has begun. It ends when ctx does, but not while it
// is being committed.
type transaction struct {
	*gorm.DB
	ctx    context.Context
	detach func() bool // from ctx
	cancel context.CancelCauseFunc
	inner  context.Context // ends with the transaction, and when its server falls silent
}

var (
	errSlow     = fmt.Errorf("%w: no answer in time", ErrUnavailable)
	errReadOnly = fmt.Errorf("%w: the server takes no writes", ErrUnavailable)
)

// start begins a transaction. On PostgreSQL a connection that turns out to be
// lost is given up together with all others, and another one tried: nothing has
// been done by then.
func (s *Store) start(ctx context.Context, g *gorm.DB, within time.Duration, opts ...*sql.TxOptions) (*transaction, error) {
	if !s.postgres {
		t, err := startOnce(ctx, g, within, opts)
		if errors.Is(err, errSlow) {
			err = ErrBusy
		}
		return t, err
	}
	t, err := startOnce(ctx, g, answerTime, opts)
	if err != nil && s.lost(ctx, err) {
		t, err = startOnce(ctx, g, s.wait, opts)
	}
	if err == nil {
		go s.servers.watch(t, s.servers.preferred.Load())
	}
	return t, err
}

// watch ends a transaction whose server falls silent. How long a statement may
// take is not known, so now and then the server is asked.
func (s *servers) watch(t *transaction, host int32) {
	now := time.NewTicker(answerTime)
	defer now.Stop()
	for {
		select {
		case <-t.inner.Done():
			return
		case <-now.C:
		}
		if t.inner.Err() == nil && s.fallenSilent(host) {
			t.cancel(errSlow)
		}
	}
}

// lost reports whether an error means that connections are lost, and drops all
// of them then, unless ctx has ended.
func (s *Store) lost(ctx context.Context, err error) bool {
	if s.servers == nil || ctx.Err() != nil || !errors.Is(err, ErrUnavailable) {
		return false
	}
	s.servers.drop()
	return true
}

func startOnce(ctx context.Context, g *gorm.DB, within time.Duration, opts []*sql.TxOptions) (*transaction, error) {
	inner, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	t := &transaction{ctx: ctx, cancel: cancel, inner: inner, detach: context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })}
	slow := time.AfterFunc(within, func() { cancel(errSlow) })
	t.DB = g.WithContext(inner).Begin(opts...)
	err := t.Error
	if !slow.Stop() && ctx.Err() == nil {
		err = errors.Join(errSlow, err)
	}
	if err != nil {
		t.end()
		if errors.Is(err, errSlow) {
			return nil, err
		}
		return nil, ended(ctx, err)
	}
	return t, nil
}

// end undoes what has not been committed.
func (t *transaction) end() {
	t.detach()
	if t.Error == nil {
		t.Rollback() // does nothing after a commit
	}
	t.cancel(nil)
}

// failed returns what an error in the transaction means.
func (t *transaction) failed(err error) error {
	if err != nil && t.ctx.Err() == nil && errors.Is(context.Cause(t.inner), errSlow) {
		return &fault{errSlow, err}
	}
	return ended(t.ctx, err)
}

// commit keeps what was done. What is not an answer of the database that it is
// not kept is ErrUncertain.
func (t *transaction) commit() error {
	if !t.detach() {
		return context.Cause(t.ctx)
	}
	if t.inner.Err() != nil { // nothing has been sent
		return context.Cause(t.inner)
	}
	late := time.AfterFunc(commitTime, func() { t.cancel(errSlow) })
	defer late.Stop()
	err := t.Commit().Error
	if err == nil || notKept(err) {
		return translate(err)
	}
	return fmt.Errorf("%w: %w", ErrUncertain, err)
}

// notKept reports whether an error of a commit says for certain that nothing is
// kept: only the database's own word counts. The driver calls some errors safe to
// retry that come after the commit has been sent.
func notKept(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return !mayPass(pg.Code) && pg.Code != "40003"
	}
	if code, ok := sqliteCode(err); ok {
		return code&0xff != sqlite3.SQLITE_IOERR
	}
	return errors.Is(err, pgx.ErrTxCommitRollback)
}

// ask calls f, which reads one row outside a transaction, and again where the
// connection turns out to be lost.
func (s *Store) ask(ctx context.Context, f func(context.Context) error) error {
	if err := s.file.check(); err != nil {
		return err
	}
	if !s.postgres {
		return ended(ctx, f(ctx))
	}
	soon, cancel := context.WithTimeoutCause(ctx, answerTime, errSlow)
	defer cancel()
	err := ended(soon, f(soon))
	if err != nil && s.lost(ctx, err) {
		err = ended(ctx, f(ctx))
	}
	return err
}

// ended returns what an error means, or why ctx ended where that is what made
// it fail.
func ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return translate(err)
}
