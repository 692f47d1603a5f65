package handlers

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"samband/db"
	"samband/db/interchange"
)

// exported returns all files of a package of what the site holds, without the versions
// of records: what is taken back has a later one.
func (s *site) exported() string {
	s.t.Helper()
	out := filepath.Join(s.t.TempDir(), "out")
	if err := interchange.Export(context.Background(), s.store, db.Local, out, true); err != nil {
		s.t.Fatal(err)
	}
	files, err := filepath.Glob(out + "/*")
	if err != nil {
		s.t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			s.t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		if err != nil { // of no CSV file
			continue
		}
		last := len(rows[0])
		if rows[0][last-1] == "version" {
			last--
		}
		fmt.Fprintln(&all, filepath.Base(name))
		for _, row := range rows {
			fmt.Fprintf(&all, "%q\n", row[:last])
		}
	}
	return all.String()
}

// lastChange returns the address at which the last change is taken back.
func (s *site) lastChange() string {
	s.t.Helper()
	var row string
	if err := s.raw.QueryRow("SELECT CAST(max(id) AS TEXT) FROM audit WHERE action IN ('create', 'update', 'remove')").Scan(&row); err != nil {
		s.t.Fatal(err)
	}
	return "/undo/" + row
}

var aMark = regexp.MustCompile(`name="mark" value="([0-9a-f]+)"`)

// Each act tells what comes of it, and writes nothing until it is confirmed; it is
// told once it is done, and taken back it leaves what was before.
func TestEachActIsToldAndUndone(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		for _, c := range []struct {
			name, path string
			form       url.Values
			foretold   string // on the page before, "" if nothing comes of it
		}{
			{"agency", "/agencies", form("country", "FI", "kind", "customs", "name", "Tulli"), ""},
			{"agency changed", w.agency + "/edit", form("version", "1", "country", "SE", "kind", "police", "name", "Polisen", "key", "se-police"), ""},
			{"officer", "/officers", form("agency", "se-police", "name", "Lars Ödegård"), ""},
			{"officer removed", w.other + "/remove", form("version", "1"), ""},
			{"posting", "/postings", postingForm(), "No one holds the posting"},
			{"posting closed", w.posting + "/edit", postingForm("version", "1", "key", "bangkok-se-police", "closed", "2025-12-31"), "not represented"},
			{"assignment", "/assignments", form("officer", "o-lars-odegard", "posting", "bangkok-se-police", "first_day", "2027-08-01"), "days: 212"},
			{"end", w.assignment + "/end", form("version", "1", "last_day", "2026-06-30", "end_reason", "recalled"), "No one holds the posting"},
			{"hand over", w.assignment + "/hand-over", form("version", "1", "successor", "o-lars-odegard", "first_day", "2026-12-15", "last_day", "2026-12-31"), "days: 17"},
			{"hand over to somebody new", w.assignment + "/hand-over", form("version", "1", "new_name", "Nina Ek", "new_agency", "se-police", "last_day", "2026-12-31", "first_day", "2027-08-01"), "days: 212"},
			{"hand over on the day after", w.assignment + "/hand-over", form("version", "1", "new_name", "Nina Ek", "new_agency", "se-police", "last_day", "2026-11-30"), "One follows the other without a gap"},
			{"absence", w.assignment + "/absences", form("version", "1", "absences.first_day", "2026-12-01", "absences.last_day", "2026-12-10", "absences.stand_in", ""), "no one present"},
			{"assignment removed", w.assignment + "/remove", form("version", "1"), ""},
			{"contact point", "/contact-points", form("state", "FI", "matter", "both", "name", "SPOC"), ""},
			{"body", "/bodies", form("key", "board", "kind", "board", "name", "Board"), ""},
			{"project", "/projects", form("key", "p", "title", "P", "area", "cybercrime", "lead_country", "SE"), ""},
		} {
			before, revision := w.exported(), w.revision()
			if c.form.Has("version") {
				c.form.Set("version", w.version(c.path))
			}
			if c.foretold != "" {
				asked := url.Values{"preview": {"1"}}
				for name, values := range c.form {
					asked[name] = values
				}
				page := w.post(c.path, asked).is(http.StatusOK).says(c.foretold)
				mark := aMark.FindStringSubmatch(page.body)
				if w.revision() != revision || mark == nil {
					t.Fatalf("%s: being told writes something, or there is no mark", c.name)
				}
				asked.Set("form", "1")
				w.post(c.path, asked).is(http.StatusOK).says(`name="preview"`)
				asked.Del("form")
				asked.Del("preview")
				asked.Set("mark", "0123")
				w.post(c.path, asked).is(http.StatusConflict).says(c.foretold)
				if w.revision() != revision {
					t.Fatalf("%s: another mark saves it", c.name)
				}
				c.form.Set("mark", mark[1])
			}
			w.post(c.path, c.form).follow()
			if w.exported() == before {
				t.Fatalf("%s changes nothing", c.name)
			}
			undo := w.lastChange()
			w.get(undo).is(http.StatusOK).says("Take it back")
			w.get(w.post(undo, nil).follow()).is(http.StatusOK)
			if after := w.exported(); after != before {
				t.Errorf("%s: taken back there is\n%s\nwhere there was\n%s", c.name, after, before)
			}
			w.post(undo, nil).is(http.StatusConflict).says("someone has changed this since")
		}
	})
}

// What is only noted in the trail is taken back too: a finding put off and shown again,
// confirmations, plans and views. Nobody else is told of them.
func TestEachNoteIsUndone(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		emptied(t, s, "se")
		finding := findingsAbout(s, "bangkok-se")[0]
		own := s.as("coordinator:SE")
		plan := own.post("/plans", form("name", "Hemlig plan", "step", "close posting "+s.idOf("bangkok-se")+" last_day 2030-01-01")).follow()
		view, err := url.Parse(own.post("/views", form("name", "Min vy", "list", "officers", "query", "sort=name")).follow())
		if err != nil {
			t.Fatal(err)
		}
		state := func() string {
			var all []string
			for _, table := range []string{"(SELECT 1 AS id, * FROM snoozes) s", "(SELECT 1 AS id, * FROM attestations) a", "(SELECT 1 AS id, * FROM claims) c", "plans", "views"} {
				all = append(all, s.rowsOf(table, "version")...)
			}
			return strings.Join(all, "\n")
		}
		for _, c := range []struct {
			name, path string
			form       url.Values
			told       string
			shared     bool // with the state's other coordinators
		}{
			{"put off", snoozePath(finding), form("until", "2026-12-31", "reason", "x"), "Finding postponed", false},
			{"taken", "/findings/take", form("finding", finding.Name()), "Finding taken", false},
			{"confirmed", "/attestation", form("state", "SE", "posting", s.idOf("bangkok-se")), "Information confirmed", true},
			{"all confirmed", "/attestation", form("state", "SE"), "Information confirmed", true},
			{"plan deleted", plan + "/discard", form("version", "1"), "Deleted", false},
			{"view deleted", "/views/" + view.Query().Get("view") + "/remove", form("version", "1"), "Deleted", false},
		} {
			before := state()
			own.post(c.path, c.form).follow()
			if state() == before {
				t.Fatalf("%s: nothing is done", c.name)
			}
			undo := "/undo/" + s.lastNote()
			own.get(undo).is(http.StatusOK).says(c.told, "Take it back")
			other := s.as("coordinator:SE").get(undo)
			if c.shared {
				other.is(http.StatusOK)
			} else {
				other.is(http.StatusForbidden).hides("Hemlig plan")
			}
			s.as("coordinator:DK").get(undo).is(http.StatusForbidden)
			s.as("coordinator:DK").post(undo, nil).is(http.StatusForbidden)
			back, _, _ := strings.Cut(own.post(undo, nil).follow(), "#")
			if status := own.get(back).StatusCode; status != http.StatusOK && status != http.StatusSeeOther {
				t.Errorf("%s: taken back, it leads to %s: %d", c.name, back, status)
			}
			if after := state(); after != before {
				t.Errorf("%s: taken back there is\n%s\nwhere there was\n%s", c.name, after, before)
			}
			own.post(undo, nil).is(http.StatusConflict).says("someone has changed this since")
		}
	})
}

// What was removed is listed for whoever may bring it back, until it is back.
func TestWhatWasRemovedIsListed(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		own := w.as("coordinator:SE")
		own.get("/removed").is(http.StatusOK).says("There are no removed records to restore.")
		w.post(w.assignment+"/remove", form("version", "1")).follow()
		w.post(w.other+"/remove", form("version", "1")).follow()
		officer := w.lastChange()
		own.get("/removed").is(http.StatusOK).says("Lars Ödegård", "Bring back", "assignment")
		own.get("/removed?noun=officer").is(http.StatusOK).says("Lars Ödegård").hides(`<span class="hint">assignment</span>`)
		w.as("coordinator:DK").get("/removed").is(http.StatusOK).hides("Ödegård", "/undo/")
		w.as("partner:SE").get("/removed").is(http.StatusForbidden)
		for _, bad := range []string{"noun=account", "noun=x", "before=-1", "before=x"} {
			own.get("/removed?" + bad).is(http.StatusUnprocessableEntity)
		}
		own.post(officer, nil).follow()
		own.get("/removed").is(http.StatusOK).says("assignment").hides("Ödegård")
		for range pageRows + 1 {
			at := w.post("/contact-points", form("state", "SE", "matter", "both", "name", "SPOC")).follow()
			w.post(at+"/remove", form("version", "1")).follow()
		}
		first := own.get("/removed").is(http.StatusOK)
		next := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(first.body)
		if n := strings.Count(first.body, `href="/undo/`); n != pageRows || next == nil {
			t.Fatalf("the first page has %d rows, and leads to %q", n, next)
		}
		second := own.get(html.UnescapeString(next[1])).is(http.StatusOK).says("First page")
		if n := strings.Count(second.body, `href="/undo/`); n != 2 {
			t.Errorf("the second page has %d rows", n)
		}
	})
}

// lastNote returns the row of the last note in the trail that can be taken back.
func (s *site) lastNote() (row string) {
	s.t.Helper()
	if err := s.raw.QueryRow("SELECT CAST(max(row_id) AS TEXT) FROM replaced").Scan(&row); err != nil {
		s.t.Fatal(err)
	}
	return row
}
