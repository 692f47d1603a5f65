package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// contents returns what a file holds, nil where there is none.
func contents(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return b
}

func TestRestoreKeepsWhatWasThere(t *testing.T) {
	env := busy(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	does(t, env, "backup "+copied)
	does(t, env, "user enable --email a@example.org") // lost by the restoring, and yet kept
	out := does(t, env, "restore "+copied)
	_, aside, ok := strings.Cut(strings.TrimSpace(out), "kept as ")
	if !ok {
		t.Fatalf("it says %s", out)
	}
	if list := does(t, env, "user list"); !strings.Contains(list, "disabled") {
		t.Errorf("the accounts are %s", list)
	}
	if list := does(t, map[string]string{"SAMBAND_DATABASE": aside}, "user list"); !strings.Contains(list, "enabled") {
		t.Errorf("what was kept has the accounts %s", list)
	}
	for _, path := range []string{env["SAMBAND_DATABASE"], aside} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
}

func TestRestoreRefusesOverADatabaseInUse(t *testing.T) {
	env := office(t)
	added(t, env, "a@example.org", "administrator", "all")
	copied := filepath.Join(t.TempDir(), "copy.db")
	does(t, env, "backup "+copied)
	at, _, end := serving(t, env)
	refuses(t, env, "restore "+copied, "in use")
	if r, _ := asks(t, browser(t, nil), at+"/healthz", nil); r.StatusCode != 200 {
		t.Errorf("the server answers %s", r.Status)
	}
	if left := files(t, filepath.Dir(env["SAMBAND_DATABASE"])); len(left) > 3 {
		t.Errorf("it leaves %q", left)
	}
	end()
	does(t, env, "restore "+copied)
}

func TestRestoreOverADamagedDatabase(t *testing.T) {
	env := busy(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	does(t, env, "backup "+copied)
	if err := os.WriteFile(env["SAMBAND_DATABASE"], []byte(strings.Repeat("rubbish", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := does(t, env, "restore "+copied); !strings.Contains(out, "kept as") {
		t.Errorf("it says %s", out)
	}
	does(t, env, "audit verify --checkpoint "+copied+".seal.json")
}

// What is not good takes nothing's place.
func TestRestoreRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, copied string)
		says  string
	}{
		"a copy whose trail was changed": {func(t *testing.T, copied string) {
			behind(t, map[string]string{"SAMBAND_DATABASE": copied}, "UPDATE audit SET actor = 'nobody' WHERE id = 3")
		}, "the trail is broken at row 3"},
		"a copy that is shorter than its checkpoint says": {func(t *testing.T, copied string) {
			env := map[string]string{"SAMBAND_DATABASE": copied}
			behind(t, env, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
			behind(t, env, "UPDATE directory SET head = (SELECT hash FROM audit ORDER BY id DESC LIMIT 1)")
		}, "missing"},
		"a checkpoint that nobody has signed": {func(t *testing.T, copied string) {
			text := strings.Replace(string(contents(t, copied+".seal.json")), `"rows": 6`, `"rows": 5`, 1)
			if err := os.WriteFile(copied+".seal.json", []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "no checkpoint that was signed"},
		"a file that is no database": {func(t *testing.T, copied string) {
			if err := os.WriteFile(copied, []byte(strings.Repeat("rubbish", 1000)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "not a database"},
		"a copy that is damaged": {damage, "db: restore"},
		"a copy that is not there": {func(t *testing.T, copied string) {
			if err := os.Remove(copied); err != nil {
				t.Fatal(err)
			}
		}, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			env := busy(t)
			copied := filepath.Join(t.TempDir(), "copy.db")
			does(t, env, "backup "+copied)
			c.spoil(t, copied)
			before := contents(t, env["SAMBAND_DATABASE"])
			refuses(t, env, "restore "+copied, c.says)
			if after := contents(t, env["SAMBAND_DATABASE"]); string(after) != string(before) {
				t.Error("the database is not what it was")
			}
			if left := files(t, filepath.Dir(env["SAMBAND_DATABASE"])); len(left) != 1 {
				t.Errorf("it leaves %q", left)
			}
		})
	}
	empty := t.TempDir()
	refuses(t, busy(t), "restore "+empty, "holds no copy")
	if _, err := called(t, nil, "restore", empty, "--database", "postgres://u:secret@127.0.0.1:1/x"); err == nil || !strings.Contains(err.Error(), "pg_restore") {
		t.Errorf("on PostgreSQL it says %v", err)
	}
}
