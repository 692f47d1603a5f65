package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func (sh shell) exec(query string, args ...any) {
	sh.t.Helper()
	if _, err := sh.raw.Exec(query, args...); err != nil {
		sh.t.Fatal(query, err)
	}
}

func (sh shell) id(query string) (id int64) {
	sh.t.Helper()
	if err := sh.raw.QueryRow(query).Scan(&id); err != nil {
		sh.t.Fatal(query, err)
	}
	return id
}

func TestVerifyNamesTheChangedRow(t *testing.T) {
	for name, query := range map[string]string{
		"who it was":      "UPDATE audit SET actor = 'somebody else' WHERE id = ?",
		"when it was":     "UPDATE audit SET at = '2001-01-01T00:00:00.000000Z' WHERE id = ?",
		"what was done":   "UPDATE audit SET action = 'export' WHERE id = ?",
		"whose it was":    "UPDATE audit SET state = 'IS' WHERE id = ?",
		"a name":          `UPDATE audit SET new_personal = replace(new_personal, '"name":"', '"name":"X') WHERE id = ?`,
		"the row's hash":  "UPDATE audit SET hash = x'00' WHERE id = ?",
		"whether it is":   "DELETE FROM audit WHERE id = ?",
		"what it is kept": "UPDATE audit SET new = '{}' WHERE id = ?",
	} {
		t.Run(name, func(t *testing.T) {
			sh := newShell(t)
			sh.does("demo")
			sh.wholeTrail()
			row := sh.id("SELECT id FROM audit WHERE noun = 'officer' ORDER BY id LIMIT 1 OFFSET 5")
			named := row
			if strings.HasPrefix(query, "DELETE") {
				named = sh.id(fmt.Sprint("SELECT min(id) FROM audit WHERE id > ", row)) // the first that does not fit
			}
			sh.exec(query, row)
			rows := sh.count("audit")
			for _, command := range []string{"audit verify", "audit seal"} {
				out, err := sh.call(command, "")
				if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("the trail is broken at row %d ", named)) {
					t.Errorf("%s: %v, want row %d: %s", command, err, named, out)
				}
			}
			if sh.count("audit") != rows {
				t.Error("looking at the trail changes it")
			}
		})
	}
}

// A trail whose end is cut off is whole by itself, but not to who kept a
// checkpoint.
func TestCheckpoints(t *testing.T) {
	sh := newShell(t)
	sh.does("demo")
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	text := sh.does("audit seal")
	var sealed map[string]any
	if err := json.Unmarshal([]byte(text), &sealed); err != nil {
		t.Fatalf("a checkpoint is %s: %v", text, err)
	}
	good := file("good.json", text)
	sh.wholeTrail("--checkpoint", good)
	sh.reads("user add --email a@example.org --role partner --state SE --password-stdin", wordsOfA)
	sh.wholeTrail("--checkpoint", good)
	later := file("later.json", sh.does("audit seal"))
	sh.wholeTrail("--checkpoint", good, "--checkpoint", later)

	changed := regexp.MustCompile(`"([Hh]ead|hash)": ?"(.)`).ReplaceAllString(text, `"$1": "_`)
	for name, path := range map[string]string{"a changed one": file("changed.json", changed), "none": file("none.json", "{}"), "no JSON": file("bad.json", "x"),
		"a missing one": filepath.Join(dir, "missing.json")} {
		if out, err := sh.call("audit verify --checkpoint "+path, ""); err == nil {
			t.Errorf("%s is taken: %s", name, out)
		}
	}
	sh.exec("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
	if out, err := sh.call("audit verify", ""); err == nil {
		t.Errorf("a trail without its last row is taken: %s", out)
	}
	sh.exec("UPDATE directory SET head = (SELECT hash FROM audit ORDER BY id DESC LIMIT 1)")
	sh.wholeTrail("--checkpoint", good)
	if out, err := sh.call("audit verify --checkpoint "+later, ""); err == nil || !strings.Contains(err.Error(), "broken at row") {
		t.Errorf("a trail that ends before a checkpoint is taken: %v: %s", err, out)
	}
	other := newShell(t)
	other.does("demo")
	if out, err := other.call("audit verify --checkpoint "+good, ""); err == nil {
		t.Errorf("a checkpoint of another trail is taken: %s", out)
	}
}

func TestRetentionFromTheCommandLine(t *testing.T) {
	sh := newShell(t)
	sh.does("demo")
	sh.refuses("retention", "", "--months")
	sh.refuses("retention --months -1", "", "--months")
	rows := sh.count("audit")
	dry := sh.does("retention --months 12 --dry-run")
	due := regexp.MustCompile(`(?m)^due: (.+) \((.+)\)$`).FindAllStringSubmatch(dry, -1)
	if len(due) == 0 || !strings.HasSuffix(dry, fmt.Sprintf("%d officers due\n", len(due))) || sh.count("audit") != rows {
		t.Fatalf("a dry run says %s, and leaves %q", dry, sh.since(rows))
	}
	checkpoint := filepath.Join(t.TempDir(), "before.json")
	if err := os.WriteFile(checkpoint, []byte(sh.does("audit seal")), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := sh.does("retention --months 12"); out != fmt.Sprintf("%d officers replaced by pseudonyms\n", len(due)) {
		t.Errorf("it says %q", out)
	}
	for _, officer := range due {
		for _, table := range []string{"officers WHERE name = ? OR key = ?", "audit WHERE instr(coalesce(old_personal, '') || coalesce(new_personal, ''), ?) > 0 OR record_key = ?"} {
			var left int
			if err := sh.raw.QueryRow("SELECT count(*) FROM "+table, officer[1], officer[2]).Scan(&left); err != nil || left != 0 {
				t.Errorf("%s is left in %d rows of %s, %v", officer[1], left, table, err)
			}
		}
	}
	erased := 0
	for _, row := range sh.since(rows) {
		if strings.HasPrefix(row, "erase officer by retention") {
			erased++
		}
	}
	if erased != len(due) {
		t.Errorf("%d officers are noted as erased, want %d", erased, len(due))
	}
	sh.wholeTrail("--checkpoint", checkpoint)
	rows = sh.count("audit")
	if out := sh.does("retention --months 12"); out != "0 officers replaced by pseudonyms\n" || sh.count("audit") != rows {
		t.Errorf("once more it says %q", out)
	}
	if out := sh.does("export " + filepath.Join(t.TempDir(), "out.zip")); !strings.Contains(out, "exported") {
		t.Errorf("an export says %q", out)
	}
}
