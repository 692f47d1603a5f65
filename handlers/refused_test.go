package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"samband/models"
)

func TestRefusedForms(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 500)
	for _, c := range []struct {
		name, path string // {posting} and so on stand for addresses
		form       url.Values
		field      string
	}{
		{"an agency of no Nordic state", "/agencies", form("country", "DE", "kind", "police", "name", "BKA"), "country"},
		{"an agency without a name", "/agencies", form("country", "SE", "kind", "police", "name", "  "), "name"},
		{"an agency whose last day comes first", "/agencies", form("country", "SE", "kind", "police", "name", "A", "first_day", "2020-01-02", "last_day", "2020-01-01"), "last_day"},
		{"a key that is taken", "/agencies", form("country", "SE", "kind", "police", "name", "A", "key", "se-police"), "key"},
		{"an officer of no agency", "/officers", form("name", "A"), "agency"},
		{"an officer of an unknown agency", "/officers", form("name", "A", "agency", "xx"), "agency"},
		{"a NUL in a name", "/officers", form("name", "A\x00B", "agency", "se-police"), "name"},
		{"bytes that are not UTF-8", "/officers", form("name", "A\xff", "agency", "se-police"), "name"},
		{"a name without end", "/officers", form("name", long, "agency", "se-police"), "name"},
		{"an e-mail address without @", "/officers", form("name", "A", "agency", "se-police", "email", "a.example.org"), "email"},
		{"a day that does not exist", "/assignments", form("officer", "o-ase-lindqvist", "posting", "bangkok-se-police", "first_day", "2026-02-30"), "first_day"},
		{"a last day before the first", "/assignments", form("officer", "o-ase-lindqvist", "posting", "bangkok-se-police", "first_day", "2026-02-02", "last_day", "2026-02-01"), "last_day"},
		{"before the posting opened", "/assignments", form("officer", "o-ase-lindqvist", "posting", "bangkok-se-police", "first_day", "2016-02-02", "last_day", "2016-02-03"), "first_day"},
		{"an unknown officer", "/assignments", form("officer", "nobody", "posting", "bangkok-se-police", "first_day", "2026-02-02"), "officer"},
		{"an unknown posting", "/assignments", form("officer", "o-ase-lindqvist", "posting", "nowhere", "first_day", "2026-02-02"), "posting"},
		{"an end without a reason", "{assignment}/end", form("version", "1", "last_day", "2026-06-30"), "end_reason"},
		{"an end before the beginning", "{assignment}/end", form("version", "1", "last_day", "2023-06-30", "end_reason", "x"), "last_day"},
		{"a hand-over to nobody", "{assignment}/hand-over", form("version", "1", "first_day", "2026-12-15", "last_day", "2026-12-31"), "successor"},
		{"a hand-over to oneself", "{assignment}/hand-over", form("version", "1", "successor", "o-ase-lindqvist", "first_day", "2026-12-15", "last_day", "2026-12-31"), "successor"},
		{"a hand-over without days", "{assignment}/hand-over", form("version", "1", "successor", "o-lars-odegard"), "last_day"},
		{"a posting in no country", "/postings", postingForm("host_country", "XX"), "host_country"},
		{"a posting at an unknown organisation", "/postings", postingForm("host_organisation", "nato"), "host_organisation"},
		{"an organisation in another country", "/postings", postingForm("host_organisation", "europol"), "host_country"},
		{"the host in its own side list", "/postings", postingForm("coverages.country", "TH"), "coverages.country.0"},
		{"a coverage before the posting opened", "/postings", postingForm("coverages.first_day", "2019-12-31"), "coverages.first_day.0"},
		{"a closing before the opening", "/postings", postingForm("closed", "2019-12-31"), "closed"},
		{"a posting that loses its assignments' days", "{posting}/edit", postingForm("version", "1", "closed", "2021-12-31"), "closed"},
		{"a contact point of no state", "/contact-points", form("matter", "both", "name", "A"), "state"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			path := strings.NewReplacer("{assignment}", w.assignment, "{posting}", w.posting).Replace(c.path)
			before := w.revision()
			page := w.post(path, c.form).is(http.StatusUnprocessableEntity)
			page.says(`href="#` + c.field + `"`)
			if !regexp.MustCompile(`id="` + regexp.QuoteMeta(c.field) + `"[^>]* aria-invalid="true"`).MatchString(page.body) {
				t.Errorf("no message at %s: %s", c.field, page.body)
			}
			if w.revision() != before {
				t.Errorf("something was written: %q", w.trail(before))
			}
		})
	}
}

func TestSendingStateCannotBeTakenOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := postingForm("version", "1")
	v["representations.matter"] = []string{"0.police"} // all but Denmark unticked
	before := w.revision()
	w.post(w.posting+"/edit", v).is(422).says("Sweden is the sending state")
	if w.revision() != before {
		t.Error("it was written")
	}
}

func TestInputIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/officers", form("name", `Örjan "Ö" <Ek>`, "agency", "nowhere", "note", "kept")).is(422).
		says(`value="Örjan &#34;Ö&#34; &lt;Ek&gt;"`, "kept")
}

func TestStaleForms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.version(w.other + "/edit")
	w.post(w.other+"/edit", form("version", old, "agency", "se-police", "name", "Lars First", "key", "o-lars-odegard")).follow()
	before := w.revision()
	page := w.post(w.other+"/edit", form("version", old, "agency", "se-police", "name", "Lars Second", "key", "o-lars-odegard")).
		is(http.StatusConflict).says("Lars First", "Lars Second", "Saved version")
	if w.revision() != before {
		t.Error("a stale form was written")
	}
	m := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page.body)
	w.post(w.other+"/edit", form("version", m[1], "agency", "se-police", "name", "Lars Second", "key", "o-lars-odegard")).follow()
	w.get(w.other).says("Lars Second")

	w.post(w.assignment+"/end", form("version", "1", "last_day", "2026-06-30", "end_reason", "first")).follow()
	for _, act := range []string{"/end", "/hand-over", "/remove"} {
		w.post(w.assignment+act, form("version", "1", "last_day", "2026-05-30", "end_reason", "second", "first_day", "2026-05-31",
			"successor", "o-lars-odegard")).is(http.StatusConflict)
	}
	w.get(w.assignment).says("2026-06-30", "first")
}

func TestRemoveIsRefusedWhileOthersRefer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	masked := w.post("/officers", form("agency", "se-police", "name", "Canary", "key", "o-9", "masked", "true")).follow()
	before := w.revision()
	w.post(w.agency+"/remove", form("version", "1")).is(http.StatusConflict).says("Lars Ödegård", w.other, masked, "Name hidden").hides("Canary")
	w.post(w.posting+"/remove", form("version", "1")).is(http.StatusConflict).says(w.assignment)
	w.post(w.holder+"/remove", form("version", "1")).is(http.StatusConflict).says(w.assignment)
	if w.revision() != before {
		t.Error("something was removed")
	}
}

func TestUnknownRecordsCannotBeWritten(t *testing.T) {
	t.Parallel()
	s := newSite(t).as(models.AllRights.String())
	unknown := regexp.MustCompile(`:[a-z_]+`)
	for _, r := range (&server{}).routes() {
		if r.method == http.MethodPost && strings.Contains(r.path, ":") {
			s.post(unknown.ReplaceAllString(r.path, "4711"), form("version", "1")).is(404)
		}
	}
}

func TestBadRequests(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get("/nowhere").is(404).says("Page or record not found")
	s.do(http.MethodDelete, "/postings", nil).is(405)
	s.post("/officers", form("note", strings.Repeat("x", 2<<20))).is(413)

	r := httptest.NewRequest(http.MethodPost, "/officers", http.NoBody)
	r.ContentLength = 200 << 20
	s.send(r).is(413)

	r = httptest.NewRequest(http.MethodPost, "/officers", strings.NewReader("name=%zz"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.send(r).is(400)

	r = httptest.NewRequest(http.MethodPost, "/officers", strings.NewReader("name=A"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	s.send(r).is(403)
}

func TestAFormOfAnotherSite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o := s.options
	o.Secure = true
	s = s.with(o)
	for lang, title := range map[string]string{"en": "The form was sent from another site", "sv": "Formuläret skickades från en annan webbplats"} {
		for _, who := range []*site{s, s.as("")} {
			r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader("email=a"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Set("Accept-Language", lang)
			p := who.send(r).is(http.StatusForbidden).says(`<html lang="`+lang+`">`, title)
			for _, name := range []string{"Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Request-Id"} {
				if p.Header.Get(name) == "" {
					t.Errorf("the answer has no %s", name)
				}
			}
			if who.token == "" {
				s.logged("a form of another site", p)
			} else {
				s.logged("a form of another site", p, " account=", " token=")
			}
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/account/sessions/end", http.NoBody)
	r.Header.Set("Origin", "https://elsewhere.example")
	before := s.rows()
	s.send(r).is(http.StatusForbidden)
	if s.rows() != before {
		t.Error("it leaves a row")
	}
}
