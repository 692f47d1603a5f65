package cli

import (
	"context"

	"samband/db"
)

// withNewStore calls f with the store that the settings name, which is made
// where there is none, and brought up to date.
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

// withStore is withNewStore for what makes no sense without records: a name
// that is mistyped makes no database.
func (p *program) withStore(ctx context.Context, f func(*db.Store) error) error {
	if err := db.There(p.database); err != nil {
		return err
	}
	return p.withNewStore(ctx, f)
}

// looking calls f with the store that the settings name, which it can only
// read: nothing is made, and nothing is brought up to date.
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

// open opens the store that the settings name.
func (p *program) open(ctx context.Context) (*db.Store, error) {
	return db.Open(ctx, p.database)
}
