package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"samband/db/trail"
	"strings"
	"time"
)

// Seal returns a signed checkpoint of the trail as it is now. A trail that is
// broken, or that disagrees with the tables, is not sealed: the report says
// why.
func (s *Store) Seal(ctx context.Context) (c trail.Checkpoint, report TrailReport, err error) {
	if report, err = s.Verify(ctx, nil); err != nil || report.Err() != nil {
		return c, report, err
	}
	err = s.View(ctx, func(r Reader) error {
		seed, err := r.secret(sealKey)
		if err != nil {
			return err
		}
		c = trail.Checkpoint{Rows: report.Rows, Last: report.Last, Head: report.Head, At: s.instant()}
		c.Sign(seed)
		return nil
	})
	return c, report, wrap("seal", err)
}

// SealKey returns the public key of this database's checkpoints, in base64.
func (s *Store) SealKey(ctx context.Context) (key string, err error) {
	err = s.View(ctx, func(r Reader) error {
		seed, err := r.secret(sealKey)
		if err == nil {
			key = trail.PublicKey(seed)
		}
		return err
	})
	return key, wrap("seal key", err)
}

// SealInto seals the trail into a new file in a folder, creating the folder if
// needed, and returns the file's path. The file is named after the instant,
// appears complete or not at all, and never replaces another one, even if
// several programs seal into the folder. A trail that cannot be sealed is an
// error.
func (s *Store) SealInto(ctx context.Context, folder string) (string, error) {
	c, report, err := s.Seal(ctx)
	if err == nil {
		err = report.Err()
	}
	if err != nil {
		return "", err
	}
	b, err := json.MarshalIndent(c, "", "  ")
	if err == nil {
		err = os.MkdirAll(folder, 0o700)
	}
	if err != nil {
		return "", wrap("seal", err)
	}
	at, err := time.Parse(trail.Instants, c.At)
	if err != nil {
		return "", wrap("seal", err)
	}
	// The head distinguishes what replicas seal in the same millisecond; if
	// they seal the same trail, one file is enough.
	path := filepath.Join(folder, fmt.Sprintf("samband-%s-%s.json", strings.Replace(at.Format("20060102T150405.000Z"), ".", "-", 1), short(c.Head)))
	err = WriteFile(path, false, func(w io.Writer) error {
		_, err := fmt.Fprintln(w, string(b))
		return err
	})
	if errors.Is(err, ErrExists) {
		err = nil
	}
	return path, wrap("seal", err)
}

func short(head string) string { return head[:min(len(head), 8)] }
