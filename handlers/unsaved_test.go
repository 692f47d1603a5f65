package handlers

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/db"
)

// What is sent after the session has ended is kept on the server for the account that
// had it, shown to nobody else, and gone once it is saved, thrown away, or old.
func TestFormsSurviveTheEndOfTheSession(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	base, _ := opened(t, s, nil)
	v := newVisit(t, base)
	v.signIn(goodPassword, "")
	end := func() {
		t.Helper()
		s.execute("DELETE FROM sessions")
	}
	typed := form("name", "Örjan <Ek>", "agency", "nowhere", "note", "first\nsecond")
	goOn := func() (string, url.Values) {
		t.Helper()
		page := v.read("/unsaved")
		action := regexp.MustCompile(`<form method="post" action="(/officers)">`).FindStringSubmatch(page)
		if action == nil {
			t.Fatalf("nothing is offered to go on with: %s", page)
		}
		sent := url.Values{"form": {"1"}}
		for _, name := range []string{"name", "agency", "note", "unsaved"} {
			sent.Set(name, hidden(page, name))
		}
		return action[1], sent
	}

	end()
	status, page := v.answered("/officers", typed)
	if status != http.StatusUnauthorized || strings.Contains(page, "Örjan") || hidden(page, "next") != "/unsaved" {
		t.Fatalf("a form without a session is answered %d: %s", status, page)
	}
	before := s.rows()
	resp := v.send("/sign-in", form("email", "a@example.org", "password", goodPassword, "next", hidden(page, "next")))
	if at := resp.Header.Get("Location"); at != "/unsaved" {
		t.Fatalf("signing in leads to %q", at)
	}
	if page = v.read("/"); !strings.Contains(page, `href="/unsaved"`) {
		t.Error("the front page does not tell of the form")
	}
	if page = v.read("/officers/new"); !strings.Contains(page, `href="/unsaved"`) {
		t.Error("the form does not tell of the other")
	}
	action, sent := goOn()
	if sent.Get("name") != "Örjan <Ek>" || sent.Get("note") != "first\nsecond" {
		t.Fatalf("kept is %v", sent)
	}
	status, page = v.answered(action, sent)
	if status != http.StatusOK || !strings.Contains(page, "Örjan &lt;Ek&gt;") || s.rows() != before+1 { // of the sign-in
		t.Fatalf("going on is answered %d, or writes: %s", status, page)
	}
	if page := s.as("coordinator:all").get("/unsaved").is(http.StatusOK); strings.Contains(page.body, "Örjan") {
		t.Error("another account sees it")
	}

	sent.Del("form")
	if status, _ = v.answered(action, sent); status != http.StatusUnprocessableEntity {
		t.Fatalf("an unknown agency is answered %d", status)
	}
	goOn() // still there
	worldOn(s)
	sent.Set("agency", "se-police")
	if resp = v.send(action, sent); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("saving is answered %d", resp.StatusCode)
	}
	none := func(why string) {
		t.Helper()
		if page = v.read("/unsaved"); !strings.Contains(page, "There are no such forms.") {
			t.Errorf("%s, it is still kept: %s", why, page)
		}
	}
	none("saved")

	// As it is typed, the script keeps it; it is thrown away, or is too old.
	keep := func(pairs ...string) int {
		return v.send("/unsaved", form(append([]string{"unsaved", "0123456789abcdef", "unsaved.path", "/officers", "name", "Örjan <Ek>"}, pairs...)...)).StatusCode
	}
	if status := keep(); status != http.StatusNoContent {
		t.Fatalf("keeping is answered %d", status)
	}
	goOn()
	v.send("/unsaved/0123456789abcdef/discard", url.Values{"x": {"1"}})
	none("thrown away")
	keep()
	old := func(hours time.Duration) {
		t.Helper()
		s.execute("UPDATE unsaved_forms SET kept = '" + time.Now().Add(-hours).UTC().Format("2006-01-02T15:04:05.000Z") + "'")
	}
	old(db.UnsavedHours*time.Hour - time.Minute)
	goOn()
	old(db.UnsavedHours * time.Hour)
	none("after 12 hours")
	for name, status := range map[string]int{
		"a password":         keep("password", "x"),
		"too much":           keep("note", strings.Repeat("x", db.MostUnsaved)),
		"nothing":            v.send("/unsaved", form("unsaved", "0123456789abcdef", "unsaved.path", "/officers")).StatusCode,
		"another site":       v.send("/unsaved", form("unsaved", "0123456789abcdef", "unsaved.path", "//example.org/", "name", "x")).StatusCode,
		"no name":            v.send("/unsaved", form("unsaved.path", "/officers", "name", "x")).StatusCode,
		"a name that is not": v.send("/unsaved", form("unsaved", "../etc/x", "unsaved.path", "/officers", "name", "x")).StatusCode,
	} {
		if status != http.StatusBadRequest {
			t.Errorf("%s is answered %d", name, status)
		}
	}
	for i := range 30 {
		v.send("/unsaved", form("unsaved", "abcdefgh"+strconv.Itoa(i), "unsaved.path", "/officers", "name", "Örjan"))
	}
	var n int
	if err := s.raw.QueryRow("SELECT count(*) FROM unsaved_forms").Scan(&n); err != nil || n != 20 {
		t.Errorf("kept are %d forms, %v", n, err)
	}
}

// Without a browser that the account has used, and with a password in it, nothing is
// kept, and that is said.
func TestFormsThatAreNotKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	base, _ := opened(t, s, nil)
	v := newVisit(t, base)
	v.signIn(goodPassword, "")
	s.execute("DELETE FROM sessions")
	for name, c := range map[string]struct {
		v    visit
		path string
		form url.Values
	}{
		"a strange browser": {newVisit(t, base), "/officers", form("name", "Örjan")},
		"a password":        {v, "/account/password", form("password", "zyxwv", "new_password", "zyxwv")},
	} {
		status, page := c.v.answered(c.path, c.form)
		if status != http.StatusUnauthorized || !strings.Contains(page, "is not kept") || strings.Contains(page, "zyxwv") {
			t.Errorf("%s: answered %d: %s", name, status, page)
		}
	}
	var n int
	if err := s.raw.QueryRow("SELECT count(*) FROM unsaved_forms").Scan(&n); err != nil || n != 0 {
		t.Errorf("kept are %d forms, %v", n, err)
	}
}
