package handlers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"samband/db"
)

// logged fails the test unless the log has one line about an answer, with the
// texts and no e-mail address in it.
func (s *site) logged(what string, p page, texts ...string) {
	s.t.Helper()
	id := p.Header.Get("X-Request-Id")
	var lines []string
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, "msg=request ") && strings.Contains(line, " id="+id+" ") {
			lines = append(lines, line)
		}
	}
	if id == "" || len(lines) != 1 {
		s.t.Errorf("%s: answer %d, called %q, has the lines %q", what, p.StatusCode, id, lines)
		return
	}
	for _, text := range append(texts, fmt.Sprint(" status=", p.StatusCode, " ")) {
		if !strings.Contains(lines[0], text) {
			s.t.Errorf("%s: the line does not say %q: %s", what, text, lines[0])
		}
	}
	if strings.Contains(lines[0], "@") || strings.Contains(lines[0], "?") || len(texts) == 0 && strings.Contains(lines[0], "account=") {
		s.t.Errorf("%s: the line says too much: %s", what, lines[0])
	}
}

func TestRefusalsNameTheAccount(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		records := recordsOf(s, "se")
		param := regexp.MustCompile(`:[a-z_]+|\*name`)
		statuses := map[int]bool{}
		check := func(what string, p page, texts ...string) {
			t.Helper()
			if p.StatusCode >= 400 {
				statuses[p.StatusCode] = true
				s.logged(what, p, texts...)
			}
		}
		for _, rights := range []string{"", "partner:SE", "auditor:all", "coordinator:all"} {
			who, names := s.as(rights), []string(nil)
			if rights != "" {
				var token int64
				if err := s.raw.QueryRow("SELECT max(id) FROM tokens").Scan(&token); err != nil {
					t.Fatal(err)
				}
				names = []string{fmt.Sprintf(" account=%d token=%d\n", s.accountOf(token), token)}
			}
			for _, r := range (&server{}).routes() {
				if r.path == "/sign-in" && r.method == post || strings.HasPrefix(r.path, "/set-up") || strings.HasPrefix(r.path, secretPath) {
					continue // these name whom they are about
				}
				path := param.ReplaceAllStringFunc(r.path, func(name string) string { return records[name] })
				check(r.method+" "+r.path+" as "+rights, who.do(r.method, path+"?q=x@example.org", formOf(r)), names...)
			}
			for _, path := range []string{"/nowhere", "/officers/x@example.org", "/x@example.org", "/represent?state=x@example.org"} {
				check(path+" as "+rights, who.get(path), names...)
			}
			check("another method", who.do(http.MethodDelete, "/postings", nil), names...)
		}
		o := s.options
		o.APIRate = 1
		busy := s.with(o)
		var token int64
		if err := s.raw.QueryRow("SELECT id FROM tokens ORDER BY id LIMIT 1").Scan(&token); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			check("too often", busy.get("/postings"), fmt.Sprintf(" account=%d token=%d\n", s.accountOf(token), token))
		}
		s.written(func(tx *db.Tx) error { return tx.RevokeToken(token, s.accountOf(token)) })
		check("a token that was revoked", s.get("/postings"), fmt.Sprintf(" account=%d token=%d\n", s.accountOf(token), token))
		for _, status := range []int{400, 401, 403, 404, 405, 409, 422, 429} {
			if !statuses[status] {
				t.Errorf("nothing was answered %d", status)
			}
		}
	})
}

// Who tries at an account is named by its number, and a session by its account.
func TestRefusedSignInsNameTheAccount(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t).as("")
		opened(t, s, nil)
		a := s.accountNamed("a@example.org")
		number := fmt.Sprintf(" account=%d\n", a.ID)
		sent := func(path string, f url.Values, cookies []*http.Cookie) page {
			r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(f.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for _, c := range cookies {
				r.AddCookie(c)
			}
			return s.send(r)
		}
		in := sent("/sign-in", form("email", "a@example.org", "password", goodPassword), nil).is(303).Cookies()
		s.logged("a form without a right", sent("/officers/1/tie", form(), in).is(404), number)
		s.logged("a form of administrators", sent("/accounts", form(), in).is(403), number)
		s.logged("another present password", sent("/account/password", form("password", "a", "current", "b"), in).is(422), number)
		wrong := form("email", "A@example.org", "password", "wrong password 1")
		s.logged("a wrong password", sent("/sign-in", wrong, nil).is(401), number)
		for range accountTries {
			sent("/sign-in", wrong, nil)
		}
		s.logged("too many", sent("/sign-in", wrong, nil).is(429), number)
		s.logged("nobody's", sent("/sign-in", form("email", "nobody@example.org", "password", "x"), nil).is(401))
		_, recovery := s.secondFactorOf(a.ID)
		half := sent("/sign-in", form("email", "a@example.org", "password", goodPassword), in).is(200).Cookies()
		s.logged("a wrong code", sent("/sign-in/code", form("code", "123"), half).is(401), number)
		if log := s.log.String(); strings.Contains(log, "@") || strings.Contains(log, recovery[0]) {
			t.Errorf("the log tells what was typed: %s", log)
		}
		if n := strings.Count(s.log.String(), `"sign-in refused"`); n == 0 || n != strings.Count(s.log.String(), `"sign-in refused" id=`) {
			t.Error("a wrong password has no line")
		}
	})
}
