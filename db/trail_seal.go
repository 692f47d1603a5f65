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
// broken, or that the tables are not in keeping with, is not sealed: that is
// told in the report.
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

// SealInto seals the trail into a new file of a folder, which is made if it is
// not there, and returns its path. The file is named by the instant and there
// whole or not at all; none that is there is touched, whoever else seals into
// the folder. What is not sealed is an error.
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
	// The head tells apart what replicas seal in the same millisecond; of the
	// same trail one of them is enough.
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
