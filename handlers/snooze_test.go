package handlers

import (
	"context"
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

// findingsAbout returns the findings of today about postings, or about all.
func findingsAbout(s *site, keys ...string) (found []models.Finding) {
	s.t.Helper()
	d, err := s.store.As(models.Everything).Directory(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, x := range d.Findings(models.DateOf(s.options.Now()), s.options.Limits) {
		if len(keys) == 0 || x.Post != nil && slices.Contains(keys, x.Post.Key) {
			found = append(found, x)
		}
	}
	if len(found) == 0 {
		s.t.Fatalf("there are no findings about %q", keys)
	}
	return found
}

func snoozePath(x models.Finding) string {
	return "/findings/snooze?finding=" + url.QueryEscape(x.Name())
}

// emptied returns a site with the records of a state, its posting vacant since
// August.
func emptied(t *testing.T, s *site, state string) map[string]string {
	t.Helper()
	own := recordsOf(s, state)
	s.post("/assignments/"+own[":assignment"]+"/end", form("version", "1", "last_day", "2026-07-31", "end_reason", "moved")).follow()
	return own
}

// kinds returns the kinds in the file of the queue, in order.
func (s *site) kinds(filter string) string {
	s.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s.get("/findings.csv?" + filter).is(200).body)).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	var kinds []string
	for _, row := range rows[1:] {
		kinds = append(kinds, row[1])
	}
	return strings.Join(kinds, " ")
}

// on is the site on another day, as a coordinator of all five uses it.
func (s *site) on(days int) *site {
	s.t.Helper()
	o := s.options
	o.Now = func() time.Time { return noon.AddDate(0, 0, days) }
	next := s.with(o)
	a := models.Account{Email: strings.ToLower(rand.Text()) + "@example.org", Rights: models.AllRights}
	err := s.store.Write(context.Background(), db.Local, func(tx *db.Tx) (err error) {
		if err = tx.SaveAccount(&a); err == nil {
			next.token, err = tx.AddToken(&db.Token{Account: a.ID, Expires: models.DateOf(o.Now())}, models.DateOf(noon))
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return next
}

func TestSnoozing(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own := emptied(t, s, "se")
		if got := s.kinds(""); got != "vacant" {
			t.Fatalf("the queue is %q", got)
		}
		if is, isNot := s.kinds("kind=nobody_behind"), s.kinds("kind=gap"); is != "vacant" || isNot != "" {
			t.Errorf("by what follows from it, the queue is %q, by what does not %q", is, isNot)
		}
		s.get("/").says("High priority: 1", "Medium priority: 0")
		vacancy := findingsAbout(s)[0]
		s.get(snoozePath(vacancy)+"&severity=serious").is(200).says("States affected: all five states.",
			"Left without representation: all five states. Places: Thailand and Vietnam.", `id="until"`, "severity=serious")
		revision := s.revision()
		if at := s.post(snoozePath(vacancy)+"&severity=serious", form("until", "2026-12-31", "reason", " the board\r\n decides ")).follow(); at != "/findings?severity=serious" {
			t.Errorf("putting it off leads to %s", at)
		}
		if s.revision() != revision {
			t.Error("putting it off has changed the directory")
		}
		if got := s.kinds(""); got != "" {
			t.Errorf("with the vacancy put off, the queue is %q", got)
		}
		s.get("/findings").is(200).says("Postponed: 1").hides("the board decides")
		s.get("/findings.ics").is(200).hides("Vacant:")
		s.get("/").says("High priority: 0", "Medium priority: 0")
		s.get("/findings?snoozed=yes").is(200).says("Postponed up to and including <time>2026-12-31</time>.", "the board decides", "Show again")
		s.as("partner:FI").get("/findings?snoozed=yes").is(200).says("the board decides").hides("Show again")
		auditor := s.as("auditor:all")
		auditor.get("/audit?noun=finding").is(200).says("Finding postponed", "2026-12-31").hides("the board decides")
		s.as("auditor:all coordinator:all").get("/audit?action=snooze").is(200).says("the board decides")

		// Its day is the last; then it is there again.
		if last, after := s.on(38).kinds(""), s.on(39).kinds(""); last != "" || after != "vacant" {
			t.Errorf("on its last day the queue is %q, and then %q", last, after)
		}
		// So it is when its facts change: it has been vacant for longer.
		s.post("/assignments/"+own[":assignment"]+"/edit", form("version", "2", "officer", "o-se", "posting", "bangkok-se", "first_day", "2024-01-01",
			"last_day", "2026-07-15", "key", "a-1")).follow()
		if got := s.kinds(""); got != "vacant" {
			t.Errorf("after its facts have changed, the queue is %q", got)
		}
		// The next one that is put off sweeps the first.
		again := findingsAbout(s)[0]
		s.post(snoozePath(again), form("until", "2026-12-31", "reason", "x")).follow()
		all, err := s.store.Snoozes(context.Background())
		if err != nil || len(all) != 1 || all[again.Name()].Reason != "x" {
			t.Errorf("put off are %v, %v", all, err)
		}
		s.as("coordinator:DK").post("/findings/wake", form("finding", again.Name())).is(http.StatusForbidden)
		s.as("coordinator:SE").post("/findings/wake", form("finding", again.Name())).follow()
		if got := s.kinds(""); got != "vacant" {
			t.Errorf("after it was taken up again, the queue is %q", got)
		}
		auditor.get("/audit?action=wake").is(200).says("Postponed finding shown again")
	})
}

func TestSnoozesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	emptied(t, s, "se")
	x := findingsAbout(s)[0]
	before := s.rows()
	for _, c := range []struct {
		name, rights, path string
		form               url.Values
		status             int
		field              string
	}{
		{"today", "coordinator:SE", snoozePath(x), form("until", "2026-11-23", "reason", "x"), 422, "until"},
		{"long ago", "coordinator:SE", snoozePath(x), form("until", "0001-01-01", "reason", "x"), 422, "until"},
		{"too far", "coordinator:SE", snoozePath(x), form("until", "2028-11-24", "reason", "x"), 422, "until"},
		{"for good", "coordinator:SE", snoozePath(x), form("until", "9999-12-31", "reason", "x"), 422, "until"},
		{"no day", "coordinator:SE", snoozePath(x), form("reason", "x"), 422, "until"},
		{"no such day", "coordinator:SE", snoozePath(x), form("until", "2027-02-30", "reason", "x"), 422, "until"},
		{"no reason", "coordinator:SE", snoozePath(x), form("until", "2027-01-01", "reason", " \t "), 422, "reason"},
		{"a long reason", "coordinator:SE", snoozePath(x), form("until", "2027-01-01", "reason", strings.Repeat("x", 401)), 422, "reason"},
		{"bytes that are not UTF-8", "coordinator:SE", snoozePath(x), form("until", "2027-01-01", "reason", "a\xff"), 422, "reason"},
		{"a finding that is none", "coordinator:SE", snoozePath(x) + "0", form("until", "2027-01-01", "reason", "x"), 422, ""},
		{"no finding", "coordinator:SE", "/findings/snooze", form("until", "2027-01-01", "reason", "x"), 422, ""},
		{"another state's", "coordinator:DK", snoozePath(x), form("until", "2027-01-01", "reason", "x"), 403, ""},
		{"a reader", "partner:SE", snoozePath(x), form("until", "2027-01-01", "reason", "x"), 403, ""},
		{"what is not put off", "coordinator:SE", "/findings/wake", form("finding", x.Name()), 404, ""},
	} {
		as := s.as(c.rights)
		before++ // the trail's row of the new account's token, and of the account
		before++
		p := as.post(c.path, c.form)
		if p.StatusCode != c.status || c.field != "" && !strings.Contains(p.body, `href="#`+c.field+`"`) {
			t.Errorf("%s: status %d, want %d, with a message at %q", c.name, p.StatusCode, c.status, c.field)
		}
		if all, err := s.store.Snoozes(context.Background()); len(all) > 0 || err != nil || s.rows() != before {
			t.Errorf("%s: put off are %v, %v; the trail has %d rows, want %d", c.name, all, err, s.rows(), before)
		}
	}
	s.as("coordinator:DK").get(snoozePath(x)).is(403)
	for _, bad := range []string{"after=-1", "after=x", "snoozed=maybe", "kind=none", "on=2026-02-30", "severity=grave"} {
		for _, path := range []string{"/findings", "/findings.csv", "/findings.ics"} {
			s.get(path + "?" + bad).is(422)
		}
	}
	for _, on := range []string{"0001-01-01", "9999-12-31"} {
		s.get("/findings?on=" + on).is(200)
		s.get("/findings.ics?on=" + on).is(200)
	}
}

// A long queue comes in pages, each finding once.
func TestTheQueueHasPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	recordsOf(s, "se")
	for i := range 60 { // each vacant, and nobody behind
		v := postingForm("key", fmt.Sprintf("p-%02d", i))
		v.Set("agency", "se-police")
		v.Set("host_country", "KE")
		s.post("/postings", v).follow()
	}
	total := len(findingsAbout(s))
	seen, address := 0, "/findings"
	for n := 0; address != "" && n < 10; n++ {
		p := s.get(address).is(200)
		rows := strings.Count(p.body, "/findings/snooze?finding=")
		if rows > pageRows {
			t.Errorf("%s has %d rows", address, rows)
		}
		seen += rows
		_, rest, more := strings.Cut(p.body, `rel="next" href="`)
		address, _, _ = strings.Cut(rest, `"`)
		if !more {
			address = ""
		}
		address = html.UnescapeString(address)
	}
	if seen != total || total <= pageRows {
		t.Errorf("the pages show %d findings of %d", seen, total)
	}
	s.get("/findings?after=2147483647").is(200).says("No findings.")
}

func TestMendingLeadsSomewhere(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s = s.as("coordinator:all")
	p := s.get("/findings").is(200)
	links := 0
	for _, part := range strings.Split(p.body, `class="mending">`)[1:] {
		cell, _, _ := strings.Cut(part, "</td>")
		for _, link := range strings.Split(cell, `href="`)[1:] {
			address, _, _ := strings.Cut(link, `"`)
			s.get(html.UnescapeString(address)).is(200)
			links++
		}
	}
	if links < 20 {
		t.Errorf("there are %d links", links)
	}
	s = newSite(t)
	own := recordsOf(s, "se")
	s.get("/postings/"+own[":posting"]+"/assignments/new?first_day=2027-02-01&last_day=2027-03-01").is(200).
		says(`value="2027-02-01"`, `value="2027-03-01"`)
	s.get("/postings/" + own[":posting"] + "/assignments/new?first_day=2027-02-30").is(422)
}

func basic(path, name, password string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.SetBasicAuth(name, password)
	return r
}
