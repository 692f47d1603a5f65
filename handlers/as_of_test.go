package handlers

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"samband/models"
)

// backdate moves all that has been written so far to a day that has passed.
func (s *site) backdate(day string) {
	s.t.Helper()
	if _, err := s.raw.Exec("UPDATE audit SET at = '" + day + "T22:59:59.000Z' WHERE at >= '2026-06-01T00:00:00.000Z'"); err != nil {
		s.t.Fatal(err)
	}
}

// unechoed finds the day that the API says over.
var unechoed = regexp.MustCompile(`"known":"[0-9-]*",`)

// beginRecord moves the first row of the trail, and nothing else, to a day.
func (s *site) beginRecord(day string) {
	s.t.Helper()
	if _, err := s.raw.Exec("UPDATE audit SET at = '" + day + "T12:00:00.000Z' WHERE id = (SELECT min(id) FROM audit)"); err != nil {
		s.t.Fatal(err)
	}
}

// What was known at the end of a day is what the pages said on it, whatever has
// been done since; the day ends with that of the site's zone.
func TestAsKnown(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own := recordsOf(s, "se")
		const ask = "?state=SE&matter=police&place=TH&on=2026-06-01"
		said := map[string]string{}
		for _, path := range []string{"/api/v1/represent" + ask, "/postings.csv?on=2026-06-01", "/officers.csv?on=2026-06-01", "/assignments.csv?on=2026-06-01", "/coverage.csv?on=2026-06-01", "/findings.csv?on=2026-06-01"} {
			said[path] = s.get(path).is(200).body
		}
		s.backdate("2026-03-01") // 23:59:59 in Stockholm
		s.beginRecord("2026-01-01")
		s.post("/assignments/"+own[":assignment"]+"/remove", form("version", "1")).is(http.StatusSeeOther)
		s.post("/officers/"+own[":officer"]+"/edit", form("agency", "se-police", "name", "Renamed", "key", "o-se", "version", "1")).is(http.StatusSeeOther)
		for path, want := range said {
			if got := unechoed.ReplaceAllString(s.get(path+"&known=2026-03-01").is(200).body, ""); got != want {
				t.Errorf("%s was\n%s\nand is told as\n%s", path, want, got)
			}
			if got := s.get(path).is(200).body; got == want && strings.Contains(path, "assign") {
				t.Errorf("%s has not changed", path)
			}
			if got := unechoed.ReplaceAllString(s.get(path+"&known="+models.DateOf(noon).String()).is(200).body, ""); got != s.get(path).body {
				t.Errorf("%s as known today is not the present", path)
			}
			if got := s.get(path + "&known=2026-02-28").is(200).body; strings.Contains(got, "Officer se") {
				t.Errorf("%s tells before what was known", path)
			}
		}
		for _, path := range []string{"/represent" + ask, "/coverage?on=2026-06-01", "/postings?q=bangkok", "/officers?q=officer", "/assignments?status=held", "/timeline?months=12", "/findings?"} {
			p := s.get(path + "&known=2026-03-01").is(200).says("You are viewing the information as recorded at the end of <time>2026-03-01</time>.")
			if strings.HasPrefix(path, "/officers") {
				p.says("Officer se").hides("Renamed")
			}
			s.get(path).hides("You are viewing the information as recorded")
			s.get(path + "&known=0001-01-01").is(200)
			s.get(path + "&known=9999-12-30").is(422).says("Choose today or an earlier day")
			s.get(path + "&known=2026-02-30").is(422)
		}
		file := s.get("/officers.csv?known=2026-03-01").is(200)
		if got := file.Header.Get("Content-Disposition"); !strings.Contains(got, "-known-2026-03-01.csv") {
			t.Errorf("the file is called %s", got)
		}
		s.get("/changes?state=SE&from=2026-06-01&to=2026-06-02&known=2026-03-01").is(200).says("Holders who left", "Officer se")
		s.get("/changes?state=SE&from=2026-06-01&to=2026-06-02").is(200).hides("Holders who left")
	})
}
