package db

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/models"
)

// kept returns the files of an SQLite database that contain any of the texts.
func kept(t testing.TB, path string, texts ...string) (all []string) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if bytes.Contains(bytes.ToLower(b), []byte(text)) {
				all = append(all, filepath.Base(name)+" holds "+text)
			}
		}
	}
	return all
}

// A server is running with readers of its own, and others at first keep the log
// from being emptied.
func TestEraseLeavesNothingInTheFilesWhileTheServerRuns(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	s, ctx := open(t, path), context.Background()
	x, secrets := addForgotten(t, s)
	other := open(t, path) // another process, as far as SQLite knows
	if _, err := other.As(models.Everything).Directory(ctx); err != nil {
		t.Fatal(err)
	}
	reading, read := make(chan struct{}), make(chan error)
	go func() {
		read <- other.View(ctx, func(r Reader) error {
			_, err := All[models.Officer](r)
			close(reading)
			time.Sleep(700 * time.Millisecond)
			_, worse := All[models.Officer](r) // still reads its own moment
			return errors.Join(err, worse)
		})
	}()
	<-reading
	if err := s.Erase(ctx, tester, x.officer.ID); err != nil {
		t.Error(err)
	}
	if err := <-read; err != nil {
		t.Error(err)
	}
	if got := kept(t, path, secrets...); len(got) > 0 {
		t.Errorf("%q", got)
	}
	if _, err := other.As(models.Everything).Officer(ctx, x.officer.ID); err != nil { // still works
		t.Error(err)
	}
}

// A reader who outlasts the wait is reported, and what is left is cleared the
// next time.
func TestEraseTellsOfALogThatIsHeldBack(t *testing.T) {
	logWait = 300 * time.Millisecond
	defer func() { logWait = time.Minute }()
	path := filepath.Join(t.TempDir(), "samband.db")
	s, ctx := open(t, path), context.Background()
	x, secrets := addForgotten(t, s)
	err := s.View(ctx, func(r Reader) error {
		_, err := All[models.Officer](r)
		if bad := s.Erase(ctx, tester, x.officer.ID); !errors.Is(bad, ErrLog) {
			t.Errorf("with a reader in the way: %v", bad)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(kept(t, path, secrets...)) == 0 {
		t.Error("nothing was held back")
	}
	if err := s.Erase(ctx, tester); err != nil {
		t.Error(err)
	}
	if got := kept(t, path, secrets...); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// Many officers are added, changed, moved about in their pages, removed and
// erased.
func TestEraseOfManyLeavesNothingInTheFiles(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	s, ctx := open(t, path), context.Background()
	x, r := addSample(t, s), rand.New(rand.NewPCG(1, 2))
	var all []models.Officer
	for range 8 {
		write(t, s, func(tx *Tx) error {
			for range 60 {
				o := models.Officer{AgencyID: x.agency.ID, Name: "Zyxwana " + strings.Repeat("Zyxwana", r.IntN(8)), Note: strings.Repeat("kanarienot ", r.IntN(300))}
				if err := tx.SaveOfficer(&o); err != nil {
					return err
				}
				all = append(all, o)
			}
			for range 40 {
				o := &all[r.IntN(len(all))]
				o.Name, o.Note = "Zyxwana "+strings.Repeat("zyxwana", r.IntN(8)), strings.Repeat("kanarienot ", r.IntN(300))
				if err := tx.SaveOfficer(o); err != nil {
					return err
				}
			}
			return nil
		})
	}
	var ids []int64
	for _, o := range all {
		ids = append(ids, o.ID)
	}
	if err := s.Erase(ctx, tester, ids...); err != nil {
		t.Fatal(err)
	}
	if got := kept(t, path, "zyxwana", "kanarienot"); len(got) > 0 {
		t.Errorf("%q", got)
	}
	sound(t, s)
}
