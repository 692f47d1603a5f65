package handlers

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fails sends a request that is to be answered 503: that one may try again, a
// page to people, problem+json to programs, and why in the log.
func (s *site) fails(method, path string, form url.Values) page {
	s.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+s.token)
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	p := page{s.t, w.Result(), w.Body.String()}
	if p.StatusCode != http.StatusServiceUnavailable || p.Header.Get("Retry-After") == "" {
		s.t.Errorf("%s %s answered %d, Retry-After %q: %.500s", method, path, p.StatusCode, p.Header.Get("Retry-After"), p.body)
	}
	kind := p.Header.Get("Content-Type")
	if strings.HasPrefix(path, "/api/") {
		var problem struct{ Status int }
		if err := json.Unmarshal([]byte(p.body), &problem); err != nil || problem.Status != p.StatusCode || kind != "application/problem+json" {
			s.t.Errorf("%s answered %s: %s", path, kind, p.body)
		}
	} else if !strings.HasPrefix(kind, "text/html") || !strings.Contains(p.body, "</html>") {
		s.t.Errorf("%s answered %s: %.200s", path, kind, p.body)
	}
	return p
}

func TestFileIsGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samband.db")
	s := filled(t, newSiteOn(t, "sqlite", path))
	agency := form("country", "SE", "kind", "customs", "name", "Tullverket", "key", "x-customs")
	s.get("/healthz").is(200)
	s.get("/postings").is(200)
	if err := os.Rename(path, path+"-elsewhere"); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/healthz", "/", "/postings", "/agencies", "/postings.csv", "/api/v1/represent?state=FI&matter=customs&place=VN"} {
		s.fails(http.MethodGet, address, nil)
	}
	s.fails(http.MethodPost, "/agencies", agency)
	if log := s.log.String(); !strings.Contains(log, "the file is gone") || !strings.Contains(log, path) {
		t.Errorf("the log does not say why: %.500s", log)
	}
	if err := os.Rename(path+"-elsewhere", path); err != nil {
		t.Fatal(err)
	}
	s.get("/healthz").is(200)
	s.get("/postings").is(200)
	if n := strings.Count(s.get("/agencies").is(200).body, "Tullverket"); n != 1 {
		t.Errorf("%d agencies of that name", n)
	}
}
