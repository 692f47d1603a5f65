package handlers

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"samband/db"
	"samband/db/dbtest"
	"samband/db/interchange"
	"samband/models"
	"samband/views"
)

func TestMain(m *testing.M) {
	db.PasswordMemory = 64 // else hashing takes most of the time
	m.Run()
}

// noon is when the tests are: on 23 November 2026.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// A site is the whole program but for its command line, on a database of its
// own.
type site struct {
	t       *testing.T
	store   *db.Store
	raw     *sql.DB // a look behind the store, for the trail
	handler http.Handler
	log     *strings.Builder
	options Options
	token   string // of the visitor; nobody if it is empty
}

// newSite is on SQLite.
func newSite(t *testing.T) *site {
	t.Helper()
	return newSiteOn(t, "sqlite", filepath.Join(t.TempDir(), "samband.db"))
}

// databases runs a test on each database, with what makes an empty site.
func databases(t *testing.T, f func(t *testing.T, newSite func(*testing.T) *site)) {
	onDatabases(t, false, f)
}

// concurrentDatabases is databases for tests that begin goroutines.
func concurrentDatabases(t *testing.T, f func(t *testing.T, newSite func(*testing.T) *site)) {
	onDatabases(t, true, f)
}

func onDatabases(t *testing.T, concurrent bool, f func(t *testing.T, newSite func(*testing.T) *site)) {
	dbtest.On(t, concurrent, func(t *testing.T, postgres bool) {
		if postgres {
			f(t, func(t *testing.T) *site { return newSiteOn(t, "pgx", dbtest.Postgres(t)) })
			return
		}
		f(t, newSite)
	})
}

// sitePages are the pages of all sites of tests.
var sitePages = sync.OnceValues(func() (*views.Site, error) {
	return views.New(views.Options{BaseURL: "http://127.0.0.1:8080", Zone: "Europe/Stockholm"})
})

func newSiteOn(t *testing.T, driver, database string) *site {
	t.Helper()
	store, err := db.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open(driver, database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close(); store.Close() })
	pages, err := sitePages()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, store: store, raw: raw, log: &strings.Builder{}}
	return s.with(Options{Store: store, Site: pages, Zone: zone, Limits: plainLimits,
		Now: func() time.Time { return noon }, Log: slog.New(slog.NewTextHandler(s.log, nil))}).as("coordinator:all")
}

// with is the site with other options, on the same database.
func (s *site) with(o Options) *site {
	s.t.Helper()
	next := *s
	next.options = o
	var err error
	if next.handler, err = New(o); err != nil {
		s.t.Fatal(err)
	}
	return &next
}

// as is the site as somebody with the given rights uses it, "" for nobody.
func (s *site) as(rights string) *site {
	s.t.Helper()
	next := *s
	next.token = ""
	if rights != "" {
		next.token = newToken(s.t, s.store, rights)
	}
	return &next
}

// newToken makes an account with rights and returns a token of it.
func newToken(t testing.TB, store *db.Store, rights string) (token string) {
	t.Helper()
	a := models.Account{Email: strings.ToLower(rand.Text()) + "@example.org", Rights: models.ParseRights(rights)}
	err := store.Write(context.Background(), db.Local, func(tx *db.Tx) (err error) {
		if err = tx.SaveAccount(&a); err == nil {
			token, err = tx.AddToken(&db.Token{Account: a.ID, Expires: models.DateOf(noon)}, models.DateOf(noon))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// plainLimits are the domain's, and ask for no list to be confirmed.
var plainLimits = models.Limits{HandoverDays: 60, NoticeDays: 180, OpenYears: 5}

// demoSite is a site with the demo data.
func demoSite(t *testing.T) *site {
	t.Helper()
	return filled(t, newSite(t))
}

func filled(t *testing.T, s *site) *site {
	t.Helper()
	if err := interchange.FillDemo(context.Background(), s.store, db.Local, models.DateOf(noon)); err != nil {
		t.Fatal(err)
	}
	return s
}

// A page is what the site answered.
type page struct {
	t *testing.T
	*http.Response
	body string
}

func (s *site) get(path string) page { s.t.Helper(); return s.do(http.MethodGet, path, nil) }

func (s *site) post(path string, form url.Values) page {
	s.t.Helper()
	return s.do(http.MethodPost, path, form)
}

func (s *site) do(method, path string, form url.Values) page {
	s.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return s.send(r)
}

func (s *site) send(r *http.Request) page {
	s.t.Helper()
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	resp := w.Result()
	p := page{s.t, resp, w.Body.String()}
	if resp.StatusCode >= 500 {
		s.t.Errorf("%s %s answered %d; log: %s", r.Method, r.URL, resp.StatusCode, s.log.String())
	}
	return p
}

// is fails the test unless the page has the status.
func (p page) is(status int) page {
	p.t.Helper()
	if p.StatusCode != status {
		p.t.Fatalf("status %d, want %d; body: %.2000s", p.StatusCode, status, p.body)
	}
	return p
}

// says fails the test unless the page has each text.
func (p page) says(texts ...string) page {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.body, text) {
			p.t.Errorf("the page does not say %q: %.3000s", text, p.body)
		}
	}
	return p
}

// hides fails the test if the page has one of the texts.
func (p page) hides(texts ...string) page {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.body, text) {
			p.t.Errorf("the page says %q", text)
		}
	}
	return p
}

// follow returns the address that the page sends the reader to.
func (p page) follow() string {
	p.t.Helper()
	p.is(http.StatusSeeOther)
	return p.Header.Get("Location")
}

// trail returns the audit rows since a revision as "action noun key".
func (s *site) trail(since int64) []string {
	s.t.Helper()
	rows, err := s.raw.Query(`SELECT action, noun, record_key FROM audit WHERE revision > ` + fmt.Sprint(since) + ` ORDER BY id`)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	var trail []string
	for rows.Next() {
		var action, noun, key string
		if err := rows.Scan(&action, &noun, &key); err != nil {
			s.t.Fatal(err)
		}
		trail = append(trail, fmt.Sprint(action, " ", noun, " ", key))
	}
	return trail
}

func (s *site) revision() int64 {
	s.t.Helper()
	n, err := s.store.Revision(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}
