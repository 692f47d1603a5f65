package cli

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// careful is what a setting of a careful operator looks like.
var careful = map[string]string{"SAMBAND_SECOND_FACTOR": "coordinator,administrator", "SAMBAND_RETENTION_MONTHS": "60"}

// with returns env with more in it.
func with(env map[string]string, more ...string) map[string]string {
	all := map[string]string{}
	for k, v := range careful {
		all[k] = v
	}
	for k, v := range env {
		all[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		all[more[i]] = more[i+1]
	}
	return all
}

// clinic returns an office with demo data in a folder of its own.
func clinic(t *testing.T) map[string]string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "samband")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"SAMBAND_DATABASE": filepath.Join(folder, "samband.db")}
	does(t, env, "demo")
	return env
}

func TestDoctorOfWhatIsWell(t *testing.T) {
	env := clinic(t)
	out := does(t, with(env), "doctor")
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "ok ") {
			t.Errorf("it says %s", line)
		}
	}
	for _, e := range examinations {
		if !strings.Contains(out, e.about) {
			t.Errorf("it says nothing of %s", e.about)
		}
	}
	at := files(t, filepath.Dir(env["SAMBAND_DATABASE"]))
	if len(at) != 1 {
		t.Errorf("it leaves %q", at)
	}
}

// TestDoctorSees spoils one thing at a time.
func TestDoctorSees(t *testing.T) {
	query := func(q string) func(*testing.T, map[string]string) {
		return func(t *testing.T, env map[string]string) { behind(t, env, q) }
	}
	mode := func(suffix string, mode os.FileMode) func(*testing.T, map[string]string) {
		return func(t *testing.T, env map[string]string) {
			path := env["SAMBAND_DATABASE"]
			if suffix == "/" {
				path = filepath.Dir(path)
			}
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		spoil      func(*testing.T, map[string]string)
		more       []string
		says, todo string
		fails      bool
	}{
		"a trail that was changed":       {query("UPDATE audit SET actor = 'nobody' WHERE id = (SELECT max(id) FROM audit)"), nil, "FAIL  trail ", "restore a copy", true},
		"words of a record that is gone": {query("INSERT INTO search_words VALUES ('officer', 'x', 999999)"), nil, "FAIL  orphans      1 rows of search_words", "audit verify", true},
		"a session of nobody":            {query("INSERT INTO sessions VALUES ('x', 999999, x'00', '')"), nil, "FAIL  orphans      1 rows of sessions", "audit verify", true},
		"a reference that leads nowhere": {query("DELETE FROM agencies WHERE id = (SELECT min(agency_id) FROM postings)"), nil, "FAIL  integrity ", "restore the newest copy", true},
		"a damaged file":                 {func(t *testing.T, env map[string]string) { damage(t, env["SAMBAND_DATABASE"]) }, nil, "FAIL  ", "restore", true},
		"a table too many":               {func(t *testing.T, env map[string]string) { defines(t, env, "CREATE TABLE extra (x)") }, nil, "FAIL  schema       table extra is none", "by hand", true},
		"an index too few":               {func(t *testing.T, env map[string]string) { defines(t, env, "DROP INDEX postings_by_opened") }, nil, "FAIL  schema       index postings_by_opened is missing", "by hand", true},
		"a clock that was ahead":         {query("UPDATE audit SET at = '2999-01-01T00:00:00.000Z' WHERE id = (SELECT max(id) FROM audit)"), nil, "FAIL  clock ", "time server", true},
		"a file that others read":        {mode("", 0o644), nil, "FAIL  file rights", "chmod 600", true},
		"a folder that others write":     {mode("/", 0o777), nil, "FAIL  file rights", "chmod go-w", true},
		"a disk without room":            {func(t *testing.T, env map[string]string) { grows(t, env["SAMBAND_DATABASE"]) }, nil, "FAIL  free space ", "make room", true},
		"a setting that cannot work":     {nil, []string{"SAMBAND_ADDR", "0.0.0.0:80"}, "FAIL  settings ", "does not start", true},
		"a zone that is none":            {nil, []string{"SAMBAND_TIMEZONE", "Mars/Olympus"}, "FAIL  settings ", "does not start", true},
		"passwords in the clear":         {nil, []string{"SAMBAND_ALLOW_NETWORK", "true"}, "FAIL  settings ", "https://", true},
		"demo data":                      {nil, []string{"SAMBAND_DEMO", "true"}, "look  settings     demo", "leave", false},
		"no second factor":               {nil, []string{"SAMBAND_SECOND_FACTOR", "coordinator"}, "asked of: administrator", "SAMBAND_SECOND_FACTOR", false},
		"everybody as a proxy":           {nil, []string{"SAMBAND_TRUSTED_PROXIES", "0.0.0.0/0"}, "trusted-proxies has 0.0.0.0/0", "own addresses", false},
		"no limit to the API":            {nil, []string{"SAMBAND_API_RATE", "0"}, "api-rate is 0", "100", false},
		"sessions that never end":        {nil, []string{"SAMBAND_SESSION_LIFETIME", "4000h"}, "a session lasts", "a day or less", false},
		"sessions that last":             {nil, []string{"SAMBAND_SESSION_IDLE", "400h"}, "a session that nobody uses", "an hour", false},
		"names for ever":                 {nil, []string{"SAMBAND_RETENTION_MONTHS", "0"}, "for ever", "law", false},
		"links without TLS":              {nil, []string{"SAMBAND_BASE_URL", "http://samband.example.org"}, "in the clear", "TLS", false},
		"a server that is not there":     {nil, []string{"SAMBAND_DATABASE", "postgres://u:hidden@127.0.0.1:1/x?connect_timeout=1"}, "FAIL  database ", "see that the server runs", true},
	} {
		t.Run(name, func(t *testing.T) {
			env := clinic(t)
			if c.spoil != nil {
				c.spoil(t, env)
			}
			out, err := called(t, with(env, c.more...), "doctor")
			if (err != nil) != c.fails {
				t.Errorf("it ends with %v", err)
			}
			_, after, found := strings.Cut(out, c.says)
			if !found || !strings.Contains(after, c.todo) || strings.Contains(out, "hidden") {
				t.Errorf("it says\n%swant %q and then %q", out, c.says, c.todo)
			}
		})
	}
}

// grows makes a database look so large that a copy has no room beside it. What
// is added is a hole, and takes none itself.
func grows(t *testing.T, path string) {
	t.Helper()
	free, known := freeSpace(filepath.Dir(path))
	if !known {
		t.Skip("the free space is not known on this system")
	}
	if err := os.Truncate(path, int64(free/4096)*4096/2); err != nil {
		t.Fatal(err)
	}
}

// defines changes the tables of the database behind the program's back.
func defines(t *testing.T, env map[string]string, statement string) {
	t.Helper()
	raw, err := sql.Open("sqlite", env["SAMBAND_DATABASE"])
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestUnencrypted(t *testing.T) {
	for address, want := range map[string]bool{
		"samband.db":                                          false,
		"postgres://u:p@db.example.org/x":                     true,
		"postgres://u:p@db.example.org/x?sslmode=disable":     true,
		"postgres://u:p@db.example.org/x?sslmode=prefer":      true,
		"postgres://u:p@db.example.org/x?sslmode=verify-full": false,
		"postgres://u:p@127.0.0.1/x?sslmode=disable":          false,
		"postgres://u:p@localhost:5433,[::1]:5432/x":          false,
		"postgres://u:p@localhost,db.example.org/x":           true,
		"postgres:///x?host=/run/postgresql":                  false,
		"postgres:///x?host=db.example.org":                   true,
		"postgres:///x?host=db.example.org&sslmode=require":   false,
	} {
		if got := unencrypted(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
