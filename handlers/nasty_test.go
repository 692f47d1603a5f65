package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// nasty are texts that break out of what they are put into.
var nasty = []string{"a\r\nSet-Cookie: evil=1\r\nX-Evil: 1", "a\x00b\xff\xfe", `"; filename="evil.exe'; DROP TABLE officers; --`, `\u202e"><script>alert(1)</script>`}

func TestHostileTextReachesNoHeader(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		clean := func(p page) {
			t.Helper()
			for name, values := range p.Header {
				for _, value := range values {
					if strings.ContainsAny(name+value, "\r\n\x00") || strings.Contains(strings.ToLower(name+value), "evil.exe") || strings.HasPrefix(name, "X-Evil") || strings.Contains(value, "evil=1") && name == "Set-Cookie" {
						t.Errorf("a header is %s: %q", name, value)
					}
				}
			}
			if strings.Contains(p.body, "<script>alert") && strings.Contains(p.Header.Get("Content-Type"), "html") {
				t.Errorf("a script stands on the page")
			}
		}
		all := w.as(models.AllRights.String())
		for i, text := range nasty {
			q := url.QueryEscape(text)
			for _, r := range (&server{}).routes() {
				switch {
				case r.method == get && i < 2 && !strings.ContainsAny(r.path, ":*"):
					for _, one := range []string{"q", "place", "noun", "action", "actor", "holder", "after", "step", "agency", "officer", "posting", "sort", "profile", "on", "next", "token"} {
						clean(all.get(r.path + "?" + one + "=" + q))
					}
				case r.method == post && !strings.Contains(r.path, ":") && r.path != "/sign-out":
					v := url.Values{}
					for _, name := range strings.Fields("name key email agency note rank state matter officer posting first_day country kind rights password again current session account code next kept path language back step role expires") {
						v.Set(name, text)
					}
					clean(all.post(r.path, v))
				}
			}
			p := w.post("/officers", form("agency", "se-police", "name", text, "key", text, "note", text))
			clean(p)
			if p = w.post("/officers", form("agency", "se-police", "name", text)); p.StatusCode == http.StatusSeeOther {
				clean(w.get(p.follow()))
			}
			clean(w.get("/officers.csv"))
		}
	})
}

// TestPathTricks sends what addresses are twisted with to every route.
func TestPathTricks(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { pathTricks(t, newSite(t)) })
}

func pathTricks(t *testing.T, s *site) {
	records := recordsOf(s, "se")
	param := regexp.MustCompile(`:[a-z_]+|\*name`)
	as := []*site{s.as(models.AllRights.String()), s.as("")}
	tricks := []string{"0x1", "-1", "1e3", "+1", "01", "99999999999999999999", "%00", "1%00", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%5c..%5c", "%0d%0aX-Evil:1", "%ff", "1;2", strings.Repeat("9", 10_000), strings.Repeat("a", 10_000)}
	for _, r := range (&server{}).routes() {
		if r.method != get {
			continue
		}
		whole := param.ReplaceAllStringFunc(r.path, func(name string) string { return records[name] })
		paths := []string{"//evil.example" + whole, "/%2e%2e" + whole, "/%2f/evil.example" + whole, whole + "/", whole + "//evil.example", whole + "%00", whole + "/%2e%2e/",
			whole + "/../..//evil.example", whole + "?next=//evil.example", "/%5cevil.example" + whole, whole + "?" + strings.Repeat("a", 10_000), whole + "?q=" + strings.Repeat("x", 10_000),
			whole + "?page=%00&on=%00&q=%00", whole + "?%zz=1;2&x=%zz", whole + strings.Repeat("/a", 5_000)}
		if whole != r.path {
			for _, trick := range tricks {
				paths = append(paths, param.ReplaceAllString(r.path, trick))
			}
		}
		for _, path := range paths {
			for _, who := range as {
				p := who.send(requestFor(t, path))
				at := p.Header.Get("Location")
				u, err := url.Parse(at)
				if err != nil || u.Host != "" || strings.HasPrefix(at, "//") || strings.ContainsAny(at, "\\\r\n") {
					t.Errorf("GET %.80s leads to %.80q", path, at)
				}
				if p.Header.Get("X-Evil") != "" || p.Header.Get("X-Request-Id") == "" {
					t.Errorf("GET %.80s has the headers %v", path, p.Header)
				}
			}
		}
	}
	for _, id := range tricks {
		as[0].send(requestFor(t, "/postings/"+id)).isOneOf(404, 303, 200)
	}
	for _, id := range []string{"0x1", "-1", "1e3", "99999999999999999999", "%00"} {
		for _, noun := range []string{"postings", "officers", "assignments", "agencies", "contact-points", "accounts", "plans"} {
			as[0].send(requestFor(t, "/"+noun+"/"+id)).is(404)
		}
	}
}

// requestFor is a browser's request of a path as it is sent, which httptest
// would take for the address of another host where it begins with //.
func requestFor(t *testing.T, path string) *http.Request {
	t.Helper()
	u, err := url.ParseRequestURI("http://127.0.0.1:8080" + path)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.URL.Path, r.URL.RawPath, r.URL.RawQuery, r.RequestURI = u.Path, u.RawPath, u.RawQuery, path
	r.Header.Set("Accept", "text/html")
	return r
}

func (p page) isOneOf(statuses ...int) {
	p.t.Helper()
	if !slices.Contains(statuses, p.StatusCode) {
		p.t.Errorf("status %d, want one of %v", p.StatusCode, statuses)
	}
}

// Nonsense in what is taken, followed, kept unsaved or taken back is refused, and is no
// failure of the program.
func TestNonsenseIsNoFailure(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		texts := append([]string{"", "0", "-1", "-9223372036854775808", "9223372036854775807", "99999999999999999999", "\xff", "\x00", "posting", "yes", "2026-02-30", "/%ff", "/\x00", "/officers?q=\xff", strings.Repeat("9", 5000)}, nasty...)
		refused := func(p page, what string) {
			t.Helper()
			if p.StatusCode >= 500 {
				t.Errorf("%s is answered %d", what, p.StatusCode)
			}
		}
		for _, text := range texts {
			q := url.QueryEscape(text)
			for _, path := range []string{"/removed?noun=" + q, "/removed?before=" + q, "/removed?before=" + q + "&before=1&noun=posting", "/findings?taken=" + q, "/findings?after=" + q + "&mine=" + q,
				"/findings/snooze?finding=" + q, "/assignments?ends_by=" + q, "/undo/" + url.PathEscape(text), "/views/" + url.PathEscape(text)} {
				if u, err := url.ParseRequestURI("http://127.0.0.1:8080" + path); err == nil && u.Path != "/undo/" && u.Path != "/views/" {
					refused(s.send(requestFor(t, path)), path)
				}
			}
			for _, noun := range []string{"posting", "body", "place", text} {
				for _, act := range []string{"yes", "no", text} {
					refused(s.post("/follows", form("noun", noun, "record", text, "follow", act, "path", text)), "following "+text)
				}
			}
			refused(s.post("/unsaved", form("unsaved", "0123456789abcdef", "unsaved.path", text, "name", text)), "keeping at "+text)
			refused(s.post("/unsaved", form("unsaved", "0123456789abcdef", "unsaved.path", "/officers", text, text)), "keeping "+text)
			refused(s.post("/unsaved", form("unsaved", text, "unsaved.path", "/officers", "name", text)), "keeping as "+text)
			refused(s.get("/unsaved"), "reading what is kept of "+text)
			for _, path := range []string{"/unsaved/" + url.PathEscape(text) + "/discard", "/undo/" + url.PathEscape(text), "/findings/take?after=" + q, "/findings/release?taken=" + q} {
				refused(s.post(path, form("finding", text)), path)
			}
			refused(s.post("/attestation", form("state", "SE", "posting", text, "from", text)), "confirming "+text)
		}
	})
}
