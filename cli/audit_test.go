package cli

import (
	"crypto/ed25519"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"samband/db/trail"
	"strings"
	"testing"
)

// behind runs a statement on the database behind the program's back, and wants
// it to change something.
func behind(t *testing.T, env map[string]string, query string, args ...any) {
	t.Helper()
	raw, err := sql.Open("sqlite", env["SAMBAND_DATABASE"]+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	result, err := raw.ExecContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := result.RowsAffected(); n == 0 || err != nil {
		t.Fatalf("%s changes %d rows, %v", query, n, err)
	}
}

// rowIDs returns the numbers of the trail's rows.
func rowIDs(t *testing.T, env map[string]string) (ids []int64) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+env["SAMBAND_DATABASE"]+"?_pragma=busy_timeout(5000)") // who has just left may still be shutting the door
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.QueryContext(t.Context(), "SELECT id FROM audit ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}

// busy returns an office in which something has happened: six rows.
func busy(t *testing.T) map[string]string {
	t.Helper()
	env := office(t)
	added(t, env, "a@example.org", "coordinator", "NO")
	does(t, env, "user disable --email a@example.org")
	does(t, env, "user enable --email a@example.org")
	does(t, env, "token add --email a@example.org")
	does(t, env, "user disable --email a@example.org")
	return env
}

// seal keeps a checkpoint of the database in a file, and returns it and the
// file's name.
func seal(t *testing.T, env map[string]string) (c trail.Checkpoint, file string) {
	t.Helper()
	out := does(t, env, "audit seal")
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return c, saved(t, out)
}

func saved(t *testing.T, text string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "checkpoint.json")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// refuses runs a command, given as its words, that must fail with these words
// in the error, print nothing, and leave nothing in the trail.
func refuses(t *testing.T, env map[string]string, words, says string) {
	t.Helper()
	before := len(rowIDs(t, env))
	out, err := called(t, env, strings.Fields(words)...)
	if err == nil || out != "" || !strings.Contains(err.Error(), says) {
		t.Errorf("samband %s: %q, %v, want %q", words, out, err, says)
	}
	if after := len(rowIDs(t, env)); after != before {
		t.Errorf("samband %s leaves %d rows", words, after-before)
	}
}

func TestAuditVerifyOfAWholeTrail(t *testing.T) {
	env := office(t)
	if err := kept(t, env).Close(); err != nil {
		t.Fatal(err)
	}
	if out := does(t, env, "audit verify"); !strings.HasPrefix(out, "the trail is whole: 0 rows") {
		t.Errorf("of a new database it says %q", out)
	}
	env = busy(t)
	leaves(t, env, func() {
		c, _ := seal(t, env)
		want := fmt.Sprintf("the trail is whole: 6 rows, head %s\n", c.Head)
		if out := does(t, env, "audit verify"); out != want || len(c.Head) != 64 {
			t.Errorf("it says %q, want %q", out, want)
		}
	})
}

func TestAuditVerifyNamesTheFirstBrokenRow(t *testing.T) {
	for name, c := range map[string]struct {
		query string
		row   int // in whose number the statement is run
		named int
	}{
		"who did it":           {"UPDATE audit SET actor = 'nobody' WHERE id = ?", 2, 2},
		"when":                 {"UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE id = ?", 0, 0},
		"what":                 {"UPDATE audit SET action = 'print' WHERE id = ?", 4, 4},
		"whose it was":         {"UPDATE audit SET state = 'SE' WHERE id = ?", 5, 5},
		"whom it was about":    {`UPDATE audit SET new_personal = replace(new_personal, 'a@', 'b@') WHERE id = ?`, 0, 0},
		"several rows":         {"UPDATE audit SET actor = 'nobody' WHERE id >= ?", 3, 3},
		"a row taken out":      {"DELETE FROM audit WHERE id = ?", 2, 3},
		"the first, taken out": {"DELETE FROM audit WHERE id = ?", 0, 1},
		"the last, taken out":  {"DELETE FROM audit WHERE id = ?", 5, 4},
	} {
		t.Run(name, func(t *testing.T) {
			env := busy(t)
			rows := rowIDs(t, env)
			if len(rows) != 6 {
				t.Fatalf("the trail has %d rows", len(rows))
			}
			behind(t, env, c.query, rows[c.row])
			says := fmt.Sprintf("the trail is broken at row %d (", rows[c.named])
			refuses(t, env, "audit verify", says)
			refuses(t, env, "audit seal", says)
		})
	}
}

func TestCheckpointsAreAccepted(t *testing.T) {
	env := busy(t)
	first, early := seal(t, env)
	does(t, env, "user enable --email a@example.org")
	second, late := seal(t, env)
	if first.Rows != 6 || second.Rows != 7 || first.Key != second.Key || first.Head == second.Head || first.Signature == second.Signature {
		t.Errorf("the checkpoints are %+v and %+v", first, second)
	}
	does(t, env, "user disable --email a@example.org")
	out := does(t, env, "audit verify --checkpoint "+late+" --checkpoint "+early)
	if !strings.HasPrefix(out, "the trail is whole: 8 rows") || strings.Contains(out, "note:") {
		t.Errorf("it says %q", out)
	}
	// What was signed by another key is said, since anybody can make a key.
	other := resigned(first)
	if out := does(t, env, "audit verify --checkpoint "+encoded(t, other)); !strings.Contains(out, "another key") || !strings.Contains(out, other.Key) {
		t.Errorf("of another's checkpoint it says %q", out)
	}
}

// resigned returns a checkpoint with the signature of a key that anybody could
// have made.
func resigned(c trail.Checkpoint) trail.Checkpoint {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	c.Key = base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	signed := fmt.Appendf(nil, "samband checkpoint\n%d\n%d\n%s\n%s\n", c.Rows, c.Last, c.Head, c.At)
	c.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(key, signed))
	return c
}

func encoded(t *testing.T, c trail.Checkpoint) (file string) {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return saved(t, string(b))
}

func TestForgedCheckpointsAreRefused(t *testing.T) {
	env := busy(t)
	good, file := seal(t, env)
	other, _ := seal(t, busy(t))
	head := strings.Repeat("0", 64)
	for name, c := range map[string]struct {
		change func(*trail.Checkpoint)
		says   string
	}{
		"fewer rows":          {func(c *trail.Checkpoint) { c.Rows-- }, "the signature does not fit"},
		"another last row":    {func(c *trail.Checkpoint) { c.Last-- }, "the signature does not fit"},
		"another head":        {func(c *trail.Checkpoint) { c.Head = head }, "the signature does not fit"},
		"another day":         {func(c *trail.Checkpoint) { c.At = "2020-01-01T00:00:00.000Z" }, "the signature does not fit"},
		"another key":         {func(c *trail.Checkpoint) { c.Key = other.Key }, "the signature does not fit"},
		"another signature":   {func(c *trail.Checkpoint) { c.Signature = other.Signature }, "the signature does not fit"},
		"no signature":        {func(c *trail.Checkpoint) { c.Signature = "" }, "the signature does not fit"},
		"no key":              {func(c *trail.Checkpoint) { c.Key = "" }, "the signature does not fit"},
		"nothing":             {func(c *trail.Checkpoint) { *c = trail.Checkpoint{} }, "the signature does not fit"},
		"of another database": {func(c *trail.Checkpoint) { *c = other }, "the trail is broken at row"},
		"a head signed anew":  {func(c *trail.Checkpoint) { c.Head = head; *c = resigned(*c) }, "the trail is broken at row"},
		"rows signed anew":    {func(c *trail.Checkpoint) { c.Rows++; *c = resigned(*c) }, "the trail is broken at row"},
		"a row yet to come":   {func(c *trail.Checkpoint) { c.Last += 100; *c = resigned(*c) }, "rows after this one are missing"},
	} {
		forged := good
		c.change(&forged)
		t.Run(name, func(t *testing.T) {
			refuses(t, env, "audit verify --checkpoint "+encoded(t, forged), c.says)
			refuses(t, env, "audit verify --checkpoint "+file+" --checkpoint "+encoded(t, forged), c.says)
		})
	}
	refuses(t, env, "audit verify --checkpoint "+saved(t, "not JSON"), "is no checkpoint")
	refuses(t, env, "audit verify --checkpoint "+file+".none", "no such file")
	if out := does(t, env, "audit verify --checkpoint "+file); !strings.HasPrefix(out, "the trail is whole: 6 rows") {
		t.Errorf("of the good one it says %q", out)
	}
}

// Whoever can write the database can cut the end off the trail, and take back in
// the tables what it told, so that all fits together: only what was kept elsewhere tells.
func TestCheckpointTellsOfATrailMadeShorter(t *testing.T) {
	env := busy(t)
	_, file := seal(t, env)
	rows := rowIDs(t, env)
	behind(t, env, "DELETE FROM audit WHERE id = ?", rows[5])
	behind(t, env, "UPDATE directory SET head = (SELECT hash FROM audit WHERE id = ?)", rows[4])
	refuses(t, env, "audit verify", "the tables are not what the trail says: account")
	behind(t, env, "UPDATE accounts SET disabled = false, version = version - 1 WHERE email = 'a@example.org'")
	if out := does(t, env, "audit verify"); !strings.HasPrefix(out, "the trail is whole: 5 rows") {
		t.Errorf("without a checkpoint it says %q", out)
	}
	refuses(t, env, "audit verify --checkpoint "+file, fmt.Sprintf("the trail is broken at row %d (", rows[4]))
}
