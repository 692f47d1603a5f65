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

// commitTime is how long a commit may take once it has been sent.
const commitTime = 5 * time.Second

// A transaction has begun. It ends when ctx does, except while it is being
// committed.
type transaction struct {
	*gorm.DB
	ctx    context.Context
	detach func() bool // stops ctx from ending the transaction
	cancel context.CancelCauseFunc
	inner  context.Context // ends with the transaction, or when its server falls silent
}

var (
	errSlow     = fmt.Errorf("%w: no answer in time", ErrUnavailable)
	errReadOnly = fmt.Errorf("%w: the server takes no writes", ErrUnavailable)
)

// start begins a transaction. On PostgreSQL, if the connection turns out to be
// lost, all connections are dropped and another one is tried: nothing has been
// done by then.
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

// watch ends a transaction whose server falls silent. Since nobody knows how
// long a statement may take, it probes the server now and then.
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

// lost reports whether an error means that connections are lost, and if so
// drops all of them, unless ctx has ended.
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

// end rolls back what has not been committed.
func (t *transaction) end() {
	t.detach()
	if t.Error == nil {
		t.Rollback() // does nothing after a commit
	}
	t.cancel(nil)
}

// failed translates an error in the transaction.
func (t *transaction) failed(err error) error {
	if err != nil && t.ctx.Err() == nil && errors.Is(context.Cause(t.inner), errSlow) {
		return &fault{errSlow, err}
	}
	return ended(t.ctx, err)
}

// commit commits the transaction. Unless the database itself says that nothing
// was kept, an error is ErrUncertain.
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

// notKept reports whether the error of a commit proves that nothing was kept.
// Only the database's own word counts: the driver calls some errors safe to
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

// ask calls f, which reads one row outside a transaction, and calls it again if
// the connection turns out to be lost.
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

// ended translates an error, or returns why ctx ended if it has.
func ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return translate(err)
}
