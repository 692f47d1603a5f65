package cli

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"samband/db"
)

// A sealing seals the trail into a folder again and again.
type sealing struct {
	folder string
	every  time.Duration
	failed atomic.Bool // the last time
}

var errUnsealed = errors.New("the trail was not sealed when it was due: the log says why")

// err tells what people who watch the server are told.
func (s *sealing) err() error {
	if s.failed.Load() {
		return errUnsealed
	}
	return nil
}

// run seals at the start and then whenever the time is over, until ctx ends. A
// failure does not end it.
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
