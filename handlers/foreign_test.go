package handlers

import (
	"net/http"
	"net/url"
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
