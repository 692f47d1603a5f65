package handlers

import (
	"context"
	"encoding/csv"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

var (
	auditRow  = regexp.MustCompile(`Row: (\d+)</span>`)
	auditNext = regexp.MustCompile(`rel="next" href="([^"]+)"`)
)

// auditPages returns the rows that the pages of the trail show, from an address
// on by their next links, and how many pages there are.
func (s *site) auditPages(path string) (rows []string, pages int) {
	s.t.Helper()
	for path != "" {
		p := s.get(path).is(200)
		found := auditRow.FindAllStringSubmatch(p.body, -1)
		if len(found) > pageRows {
			s.t.Fatalf("%s has %d rows", path, len(found))
		}
		for _, m := range found {
			rows = append(rows, m[1])
		}
		if pages++; pages > 100 {
			s.t.Fatal("the pages have no end")
		}
		path = ""
		if m := auditNext.FindStringSubmatch(p.body); m != nil {
			path = html.UnescapeString(m[1])
		}
	}
	return rows, pages
}

// auditFile returns the rows that a file of the trail tells of, each once.
func (s *site) auditFile(path string) (rows []string) {
	s.t.Helper()
	p := s.get(path).is(200)
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(p.body, "\uFEFF"))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	told := map[string]bool{}
	for _, line := range lines[1:] {
		if field := line[0] + " " + line[slices.Index(lines[0], "field")]; told[field] {
			s.t.Errorf("%s tells of %s twice", path, field)
		} else {
			told[field] = true
		}
		rows = append(rows, line[0])
	}
	return slices.Compact(rows) // a row has a line for each field
}

// trailIDs returns the rows of the trail that a condition leaves, the latest
// first, read behind the store.
func (s *site) trailIDs(where string) (ids []string) {
	s.t.Helper()
	rows, err := s.raw.Query("SELECT id FROM audit WHERE " + where + " ORDER BY id DESC")
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			s.t.Fatal(err)
		}
		ids = append(ids, strconv.FormatInt(id, 10))
	}
	return ids
}

func TestPagesAndFileOfTheTrail(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { pagesOfTheTrail(t, newSite(t)) })
}

func pagesOfTheTrail(t *testing.T, s *site) {
	w := worldOn(s)
	for i := range 2*pageRows + 7 {
		w.post("/officers", form("agency", "se-police", "name", "Officer "+strconv.Itoa(i))).follow()
	}
	for range pageRows + 1 {
		w.post("/printed", form("path", "/postings")).follow()
	}
	var account string
	if err := s.raw.QueryRow("SELECT email FROM accounts WHERE id = (SELECT max(id) FROM accounts)").Scan(&account); err != nil {
		t.Fatal(err)
	}
	auditor := s.as("auditor:all")
	for _, c := range []struct {
		filter, where string
		pages         int
	}{
		{"", "1 = 1", 4},
		{"noun=officer", "noun = 'officer'", 3},
		{"action=print", "action = 'print'", 2},
		{"action=create&noun=officer", "noun = 'officer' AND action = 'create'", 3},
		{"action=remove", "1 = 0", 1},
		{"actor=" + url.QueryEscape(account), "actor_id = (SELECT id FROM accounts WHERE email = '" + account + "')", 4},
		{"record=" + strings.TrimPrefix(w.holder, "/officers/") + "&noun=officer", "noun = 'officer' AND record_id = " + strings.TrimPrefix(w.holder, "/officers/"), 1},
		{"to=1999-12-31", "1 = 0", 1},
	} {
		want := s.trailIDs(c.where) // before the file adds a row of its own
		shown, pages := auditor.auditPages("/audit?" + c.filter)
		if !slices.Equal(shown, want) {
			t.Errorf("the pages of %q show %d rows, want %d: %v, %v", c.filter, len(shown), len(want), shown, want)
		}
		if pages < c.pages {
			t.Errorf("%q is on %d pages", c.filter, pages)
		}
		if inFile := auditor.auditFile("/audit.csv?" + c.filter); !slices.Equal(inFile, want) {
			t.Errorf("the file of %q has %d rows, want %d: %v, %v", c.filter, len(inFile), len(want), inFile, want)
		}
	}
	from := "before=" + s.trailIDs("noun = 'officer'")[60]
	want := s.trailIDs("id < " + strings.TrimPrefix(from, "before="))
	if shown, _ := auditor.auditPages("/audit?" + from); !slices.Equal(shown, want) {
		t.Errorf("from the middle on there are %d rows, want %d", len(shown), len(want))
	}
}

// Rows that come while somebody leafs through the trail move nothing.
func TestTheTrailGrowsWhileItIsRead(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	auditor := s.as("auditor:all")
	want := s.trailIDs("1 = 1")
	p := auditor.get("/audit").is(200)
	var shown []string
	for _, m := range auditRow.FindAllStringSubmatch(p.body, -1) {
		shown = append(shown, m[1])
	}
	s.post("/printed", form("path", "/postings")).follow()
	next := auditNext.FindStringSubmatch(p.body)
	if next == nil {
		t.Fatal("there is no next page")
	}
	more, _ := auditor.auditPages(html.UnescapeString(next[1]))
	if shown = append(shown, more...); !slices.Equal(shown, want) {
		t.Errorf("%d rows are shown, want %d", len(shown), len(want))
	}
}

func TestAnAuditorOfAStateReadsItsRows(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		recordsOf(s, "dk")
		auditor := s.as("auditor:DK")
		for _, filter := range []string{"", "noun=posting", "action=create"} {
			want := s.trailIDs("state = 'DK'" + map[string]string{"noun=posting": " AND noun = 'posting'", "action=create": " AND action = 'create'"}[filter])
			shown, _ := auditor.auditPages("/audit?" + filter)
			inFile := auditor.auditFile("/audit.csv?" + filter)
			if len(want) == 0 || !slices.Equal(shown, want) || !slices.Equal(inFile, want) {
				t.Errorf("%q: the pages show %v, the file %v, want %v", filter, shown, inFile, want)
			}
		}
	})
}

// A file is read some thousand rows at a time.
func TestALongFileOfTheTrail(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	err := s.store.Write(context.Background(), db.Local, func(tx *db.Tx) error {
		for i := range 4001 {
			if err := tx.Note(db.Event{Action: "print", Noun: "page", About: []any{"path", "/" + strconv.Itoa(i)}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	auditor := s.as("auditor:all")
	for _, where := range []string{"1 = 1", "action = 'print'"} {
		want := s.trailIDs(where)
		filter := strings.ReplaceAll(strings.TrimPrefix(where, "1 = 1"), " = 'print'", "=print")
		if inFile := auditor.auditFile("/audit.csv?" + filter); !slices.Equal(inFile, want) {
			t.Errorf("where %s there are %d rows in the file, want %d", where, len(inFile), len(want))
		}
	}
}

func TestBadFiltersOfTheTrail(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	auditor := s.as("auditor:all")
	before := s.rows()
	for _, bad := range []string{"from=soon", "to=2026-02-30", "record=x", "record=99999999999999999999", "before=1e3", "actor=nobody@example.org"} {
		auditor.get("/audit?" + bad).is(http.StatusUnprocessableEntity)
		auditor.get("/audit.csv?" + bad).is(http.StatusUnprocessableEntity)
	}
	auditor.get("/audit.csv?profile=pdf").is(http.StatusUnprocessableEntity)
	if n := s.rows() - before; n != 0 {
		t.Errorf("files that were refused leave %d rows", n)
	}
}

// The filter of the trail offers each action and noun that there is.
func TestTheFilterOffersAll(t *testing.T) {
	t.Parallel()
	page := newSite(t).as("auditor:all").get("/audit").is(200)
	for _, one := range append(models.TrailActions(), models.TrailNouns()...) {
		if !strings.Contains(page.body, `<option value="`+one+`"`) {
			t.Errorf("%s is not offered", one)
		}
	}
}

func TestLogLeavesOutSignInsUnlessAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := w.as("auditor:all")
	if err := w.store.Write(t.Context(), db.Local, func(tx *db.Tx) error {
		return tx.Note(db.Event{Action: "sign_in", Noun: "account", ID: 1, About: []any{"how", "by-lantern"}})
	}); err != nil {
		t.Fatal(err)
	}
	v.get("/audit").is(http.StatusOK).hides("by-lantern")
	for _, path := range []string{"/audit?sign_ins=yes", "/audit?action=sign_in", "/audit.csv"} {
		v.get(path).is(http.StatusOK).says("by-lantern")
	}
}
