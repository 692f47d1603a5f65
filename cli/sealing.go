package cli

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"samband/db"
)

// A sealing seals the trail into a folder at intervals.
type sealing struct {
	folder string
	every  time.Duration
	failed atomic.Bool // at the last seal
}

var errUnsealed = errors.New("the trail was not sealed when it was due: the log says why")

// err returns what the health pages say: errUnsealed if the last seal failed.
func (s *sealing) err() error {
	if s.failed.Load() {
		return errUnsealed
	}
	return nil
}

// run seals at the start and then at each interval, until ctx ends. A failure
// does not end it. Without a folder it does nothing.
func (s *sealing) run(ctx context.Context, store *db.Store, log *slog.Logger) {
	if s.folder == "" {
		return
	}
	for {
		path, err := store.SealInto(ctx, s.folder)
		if ctx.Err() != nil {
			return
		}
		s.failed.Store(err != nil)
		if err != nil {
			log.Error("THE TRAIL WAS NOT SEALED", "into", s.folder, "error", err)
		} else {
			log.Info("sealed the trail", "file", path)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(s.every):
		}
	}
}
