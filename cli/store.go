package cli

import (
	"context"
	"fmt"
	"time"

	"samband/db"
)

// withNewStore calls f with the store that the settings name. It makes one if
// there is none, and brings its tables up to date.
func (p *program) withNewStore(ctx context.Context, f func(*db.Store) error) error {
	if _, err := p.check(); err != nil {
		return err
	}
	store, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	return f(store)
}

// withStore is withNewStore for commands that make no sense without records: a
// mistyped name makes no database.
func (p *program) withStore(ctx context.Context, f func(*db.Store) error) error {
	if err := db.There(p.database); err != nil {
		return err
	}
	return p.withNewStore(ctx, f)
}

// looking calls f with the store that the settings name, opened for reading
// only: it makes none, and brings none up to date.
func (p *program) looking(ctx context.Context, f func(*db.Store) error) error {
	if _, err := p.check(); err != nil {
		return err
	}
	store, err := db.Look(ctx, p.database)
	if err != nil {
		return err
	}
	defer store.Close()
	return f(store)
}

// open opens the store that the settings name. It waits up to a minute for a
// server that is not up yet, and says so: after a start of the machine, the
// database server may be the later one.
func (p *program) open(ctx context.Context) (store *db.Store, err error) {
	if !db.OnPostgres(p.database) {
		return db.Open(ctx, p.database)
	}
	err = whenUp(ctx, time.Minute, time.Second, func() {
		fmt.Fprintln(p.err, "samband: waiting for the database server, for a minute at most")
	}, func(ctx context.Context) (err error) {
		store, err = db.Open(ctx, p.database)
		return err
	})
	return store, err
}

// whenUp tries to open a database. While its server is not up yet, it tries
// again after each pause, for no longer than most. It calls say before the
// first wait. The error is that of the last try that was not cut off, or why
// ctx ended.
func whenUp(ctx context.Context, most, pause time.Duration, say func(), try func(context.Context) error) error {
	within, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	err := try(within)
	if !db.NotUpYet(err) {
		return err
	}
	say()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-within.Done():
			return err
		case <-time.After(pause):
		}
		again := try(within)
		switch {
		case ctx.Err() != nil && again != nil:
			return context.Cause(ctx)
		case again == nil || !db.NotUpYet(again) && within.Err() == nil:
			return again
		case within.Err() == nil:
			err = again
		}
	}
}
