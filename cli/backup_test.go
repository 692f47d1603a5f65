package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"samband/db"
	"samband/models"
)

// files returns the names in a folder, none where it is not there.
func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if !e.IsDir() && info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %s", e.Name(), info.Mode())
		}
		names = append(names, e.Name())
	}
	return names
}

// writing writes until it is told to stop, and counts what was confirmed.
func writing(t *testing.T, store *db.Store) (stop func() (confirmed int64)) {
	t.Helper()
	var n atomic.Int64
	end, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-end:
				ended <- nil
				return
			default:
			}
			point := models.ContactPoint{State: models.Sweden, Matter: models.Both, Name: fmt.Sprintf("desk %d", i), Phone: "+46 10 000 00 00"}
			if err := store.Write(t.Context(), db.Local, func(tx *db.Tx) error { return tx.SaveContactPoint(&point) }); err != nil {
				ended <- err
				return
			}
			n.Add(1)
		}
	}()
	return func() int64 {
		close(end)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		return n.Load()
	}
}

func points(t *testing.T, env map[string]string) int {
	t.Helper()
	store := kept(t, env)
	defer store.Close()
	d, err := store.As(models.Everything).Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(d.ContactPoints())
}

// TestLossOfTheDisk is an operator's bad day: copies are made while people
// write, the database is lost, and a copy takes its place.
func TestLossOfTheDisk(t *testing.T) {
	env := office(t)
	does(t, env, "demo")
	folder := filepath.Join(t.TempDir(), "copies")
	// It has the look of a copy, but nobody else's file is removed.
	foreign := filepath.Join(folder, "samband-2019.db")
	if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(foreign, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	before := points(t, env)
	store := kept(t, env)
	stop := writing(t, store)
	for range 5 {
		out := does(t, env, "backup "+folder+" --keep 3")
		if !strings.Contains(out, "row counts and trail of") || !strings.Contains(out, ".seal.json") {
			t.Errorf("it says %s", out)
		}
	}
	during := stop()
	if names := files(t, folder); len(names) != 7 || names[0] != filepath.Base(foreign) {
		t.Errorf("it keeps %q, want three copies, their checkpoints and %s", names, foreign)
	}
	last := does(t, env, "backup "+folder)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	sum := does(t, env, "audit verify")
	for _, suffix := range []string{"", "-wal", "-shm"} { // the disk is lost
		if err := os.Remove(env["SAMBAND_DATABASE"] + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	out := does(t, env, "restore "+folder)
	newest := strings.Fields(last)[3]
	if !strings.Contains(out, "from "+newest) || !strings.Contains(out, "is the one that its checkpoint was made of") || strings.Contains(out, "kept as") {
		t.Errorf("it says %s", out)
	}
	if again := does(t, env, "audit verify --checkpoint "+newest+".seal.json"); again != sum {
		t.Errorf("the trail is %swhich was %s", again, sum)
	}
	if got := points(t, env); got != before+int(during) {
		t.Errorf("there are %d contact points, want %d and %d", got, before, during)
	}
}

// TestBackupsUnderLoadAreOfOneMoment wants each copy that was made while people
// wrote to hold as many records as its trail says.
func TestBackupsUnderLoadAreOfOneMoment(t *testing.T) {
	env := office(t)
	does(t, env, "demo")
	folder := filepath.Join(t.TempDir(), "copies")
	stop := writing(t, kept(t, env))
	for range 4 {
		does(t, env, "backup "+folder)
	}
	stop()
	paths, err := db.Backups(folder)
	if err != nil || len(paths) != 4 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		copied := map[string]string{"SAMBAND_DATABASE": path}
		does(t, copied, "audit verify --checkpoint "+path+".seal.json")
		if out := does(t, copied, "import --dry-run "+exported(t, copied)); !strings.Contains(out, "would import: 0 changes") {
			t.Errorf("%s: %s", path, out)
		}
	}
}

func exported(t *testing.T, env map[string]string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "package.zip")
	does(t, env, "export "+path)
	return path
}

func TestBackupRefuses(t *testing.T) {
	env := office(t)
	does(t, env, "demo")
	folder := t.TempDir()
	there := filepath.Join(folder, "there.db")
	does(t, env, "backup "+there)
	names := files(t, folder)
	for words, says := range map[string]string{
		"backup " + there:                             "is there already",
		"backup " + folder + "/new.db --keep 2":       "is for a folder",
		"backup " + folder + " --keep -1":             "cannot be negative",
		"backup " + filepath.Join(there, "below.db"):  "not a directory",
		"backup " + folder + " --database postgres:/": "there is no database there",
	} {
		refuses(t, env, words, says)
	}
	if now := files(t, folder); len(now) != len(names) {
		t.Errorf("they leave %q", now)
	}
	_, err := called(t, env, "backup", folder, "--database", "postgres://u:secret@127.0.0.1:1/x")
	if err == nil || !strings.Contains(err.Error(), "pg_dump") || strings.Contains(err.Error(), "secret") {
		t.Errorf("on PostgreSQL it says %v", err)
	}
}

// What is not good is not kept as a copy.
func TestBackupOfWhatIsNotGood(t *testing.T) {
	for name, c := range map[string]struct{ query, says string }{
		"a trail that was changed":        {"UPDATE audit SET actor = 'nobody' WHERE id = (SELECT max(id) - 5 FROM audit)", "the trail is broken at row "},
		"a reference that leads nowhere":  {"DELETE FROM agencies WHERE id = (SELECT min(agency_id) FROM postings)", "refers to one of agencies that is not there"},
		"an index that does not fit":      {"", "malformed"},
		"tables of a version that is not": {"INSERT INTO migrations (version, name, at) VALUES (99, '0099.sql', '')", "newer version"},
	} {
		t.Run(name, func(t *testing.T) {
			env := office(t)
			does(t, env, "demo")
			if c.query != "" {
				behind(t, env, c.query)
			} else {
				damage(t, env["SAMBAND_DATABASE"])
			}
			folder := filepath.Join(t.TempDir(), "copies")
			if out, err := called(t, env, "backup", folder); err == nil || !strings.Contains(err.Error(), c.says) || out != "" {
				t.Errorf("it says %s, %v, want %q", out, err, c.says)
			}
			if names := files(t, folder); len(names) > 0 {
				t.Errorf("it leaves %q", names)
			}
		})
	}
}

// damage writes over the middle of a database.
func damage(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	noise := []byte(strings.Repeat("\x5a\x01\xff", 4096))
	if _, err := f.WriteAt(noise, info.Size()/2); err != nil {
		t.Fatal(err)
	}
}

// TestBackupOfAnOlderVersion is what one makes before the program is renewed:
// the copy is made, and the database is not brought up to date by it.
func TestBackupOfAnOlderVersion(t *testing.T) {
	env := office(t)
	does(t, env, "demo")
	behind(t, env, "DELETE FROM migrations WHERE version > 1")
	copied := filepath.Join(t.TempDir(), "old.db")
	if out := does(t, env, "backup "+copied); !strings.Contains(out, "older version 1") {
		t.Errorf("it says %s", out)
	}
	for _, path := range []string{env["SAMBAND_DATABASE"], copied} {
		if _, err := called(t, map[string]string{"SAMBAND_DATABASE": path}, "audit", "verify"); err == nil || !strings.Contains(err.Error(), "older") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if out := does(t, map[string]string{"SAMBAND_DATABASE": copied + ".again"}, "restore "+copied); !strings.Contains(out, "older version 1") {
		t.Errorf("restoring says %s", out)
	}
}
