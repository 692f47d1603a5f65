package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Whoever chooses what is another state's gets the form back, as filled in, with the
// reason at the field; and only what one may choose is offered.
func TestForbiddenChoiceKeepsTheForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	own := recordsOf(s, "se")
	recordsOf(s, "dk")
	se, keeper := s.as("coordinator:SE"), s.as("administrator:SE")
	foreignPosting := postingForm("key", "new", "host_city", "Chiang Mai", "note", "kept as typed")
	foreignPosting.Set("agency", "dk-police")
	before, rows := s.rowsOf("postings"), s.rows()
	for _, c := range []struct {
		name, path, field string
		form              url.Values
	}{
		{"a posting of another state's agency", "/postings", "agency", foreignPosting},
		{"an officer of another state's agency", "/officers", "agency", form("agency", "dk-police", "name", "X", "note", "kept as typed")},
		{"an officer given away, with a mistake elsewhere", "/officers/" + own[":officer"] + "/edit", "agency",
			form("version", "1", "agency", "dk-police", "name", "", "note", "kept as typed")},
		{"an assignment to another state's posting", "/assignments", "posting",
			form("officer", "o-se", "posting", "bangkok-dk", "first_day", "2025-01-01", "note", "kept as typed")},
		{"another state's contact point", "/contact-points", "state", form("state", "DK", "matter", "both", "name", "kept as typed")},
		{"a project that another state leads", "/projects", "lead_country",
			form("title", "X", "area", "forensics", "lead_country", "DK", "note", "kept as typed")},
		{"a project that none of the five leads", "/projects", "lead_country",
			form("title", "X", "area", "forensics", "lead_country", "DE", "note", "kept as typed")},
	} {
		t.Run(c.name, func(t *testing.T) {
			se.post(c.path, c.form).is(http.StatusForbidden).
				says("Your role does not let you save this choice. Choose from: Sweden.", "kept as typed", `href="#`+c.field+`"`)
		})
	}
	se.post("/assignments/"+own[":assignment"]+"/hand-over", form("version", "1", "last_day", "2026-01-01", "new_name", "kept as typed", "new_agency", "dk-police")).
		is(http.StatusUnprocessableEntity).says("Choose from: Sweden.", "kept as typed", `href="#new_agency"`)
	keeper.post("/accounts", form("email", "kept@example.org", "rights", "partner:DK")).
		is(http.StatusForbidden).says("Choose from: Sweden.", "kept@example.org")
	if after := s.rowsOf("postings"); len(after) != len(before) || s.rows() != rows {
		t.Error("a refused form is saved")
	}
	for path, field := range map[string]string{"/contact-points/new": "state", "/projects/new": "lead_country"} {
		se.get(path).is(http.StatusOK).says(`name="`+field+`"`, `<option value="SE"`).hides(`<option value="DK"`, `<option value="DE"`)
	}
}

// What is asked of another state's posting, plan or view comes back with all that was
// filled in, and says at which part of it.
func TestForbiddenStepsKeepTheForm(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own, other := recordsOf(s, "se"), recordsOf(s, "dk")
		se, dane := s.as("coordinator:SE"), s.as("coordinator:DK")
		mine := "close posting " + own[":posting"] + " last_day 2027-12-31"
		theirs := "close posting " + other[":posting"] + " last_day 2027-12-31"
		before, rows := s.revision(), s.rows()
		forged := url.Values{"step": {mine, theirs}, "mark": {"forged"}, "revision": {"1"}}
		for lang, words := range map[string]string{"en": "Only coordinators for these states can carry out the changes: Denmark.", "sv": "Bara samordnare för följande stater kan genomföra ändringarna: Danmark."} {
			se.in(lang, address(mine, theirs)).is(http.StatusOK)
			said := se.postIn(lang, "/what-if", forged).is(http.StatusForbidden).
				says(words, `href="#step-2"`, `id="step-2"`, `name="step" value="`+mine+`"`, `name="step" value="`+theirs+`"`)
			said.hides(`href="#step-1"`)
		}
		se.post("/what-if", form("step", theirs, "mark", "forged", "revision", "1")).is(http.StatusForbidden).says(`href="#step-1"`, theirs)
		kept := dane.post("/plans", form("name", "Theirs", "step", theirs)).follow()
		n := strings.TrimPrefix(kept, "/plans/")
		se.post("/plans", form("plan", n, "version", "1", "name", "kept as typed", "note", "and this", "step", mine)).is(http.StatusForbidden).
			says("The plan belongs to", "kept as typed", "and this", mine, `href="#name"`).hides(`name="plan" value`)
		ours := se.post("/plans", form("name", "Ours", "step", mine)).follow()
		n = strings.TrimPrefix(ours, "/plans/")
		se.post("/plans", form("plan", n, "version", "1", "name", "Renamed", "step", mine)).follow()
		se.post("/plans", form("plan", n, "version", "1", "name", "", "note", "and this", "step", mine)).is(http.StatusUnprocessableEntity).says("and this", `name="plan" value="`+n+`"`)
		again := se.post("/plans", form("plan", n, "version", "1", "name", "kept as typed", "note", "and this", "step", mine)).is(http.StatusConflict).
			says("Someone else has changed the plan", "kept as typed", "and this")
		se.post("/plans", form("plan", n, "version", again.hidden("version"), "name", "kept as typed", "step", mine)).follow()
		se.post("/views", form("list", "postings", "query", "sending=SE", "name", "kept as typed", "shared", "DK")).is(http.StatusForbidden).
			says("Your role does not let you share the view with them.", "kept as typed", `href="#view-shared"`, "sending=SE")
		if s.revision() != before || s.rows() != rows+4 { // the plans
			t.Errorf("%d rows are left", s.rows()-rows)
		}
	})
}

// postIn sends a form as a reader of a language.
func (s *site) postIn(lang, path string, form url.Values) page {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", lang)
	return s.send(r)
}
