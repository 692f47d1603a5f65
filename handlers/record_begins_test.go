package handlers

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/models"
	"samband/views"
)

// question is what every route is asked that takes a day of which it is known.
const question = "?state=FI&matter=customs&place=TH&known="

// in asks for a page in a language.
func (s *site) in(lang, path string) page {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", lang)
	return s.send(r)
}

// knowable returns the addresses of all routes that are read as known on a day:
// those that refuse a day to come.
func knowable(s *site, records map[string]string) (paths []string) {
	s.t.Helper()
	param := regexp.MustCompile(`:[a-z_]+|\*name`)
	for _, r := range (&server{}).routes() {
		if r.method != get {
			continue
		}
		at := param.ReplaceAllStringFunc(r.path, func(name string) string { return records[name] })
		if p := s.in("en", at+question+"9999-12-30"); (p.StatusCode == 422 || p.StatusCode == 400) && strings.Contains(p.body, "Choose today or an earlier day") {
			paths = append(paths, at)
		}
	}
	return paths
}

// Of a day before the first row of the trail nothing is known: whatever can be
// asked says when the record begins, and never that there is nobody.
func TestBeforeTheRecordBegins(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		records := recordsOf(s, "se")
		s.post("/contact-points", form("state", "FI", "matter", "customs", "name", "Tulli desk", "phone", "+358 1")).follow()
		paths := knowable(s, records)
		for _, want := range []string{"/represent", "/api/v1/represent", "/coverage", "/coverage.csv", "/timeline", "/map", "/findings", "/findings.csv", "/findings.ics",
			"/changes", "/changes.csv", "/postings", "/postings.csv", "/officers", "/officers.csv", "/assignments", "/assignments.csv"} {
			if !slices.Contains(paths, want) {
				t.Errorf("%s takes no day of which it is known", want)
			}
		}
		for _, x := range []struct{ at, before, begins string }{
			{"2026-03-01T22:59:59", "2026-02-28", "2026-03-01"},
			{"2026-05-09T22:00:00", "2026-05-09", "2026-05-10"}, // midnight in Stockholm
		} {
			if _, err := s.raw.Exec("UPDATE audit SET at = '" + x.at + ".000Z' WHERE id = (SELECT min(id) FROM audit)"); err != nil {
				t.Fatal(err)
			}
			begun := map[string]string{"en": "The record begins on <time>" + x.begins + "</time>", "sv": "Registret börjar <time>" + x.begins + "</time>"}
			for _, at := range paths {
				for lang, sentence := range begun {
					rows := s.rows()
					p := s.in(lang, at+question+x.before)
					switch {
					case strings.HasPrefix(at, "/api/"):
						p.is(200)
					case views.FormatOf(at).Program():
						if p.is(400).says(x.begins); s.rows() != rows {
							t.Errorf("%s is refused and noted as taken away", at)
						}
					case path.Ext(at) != "":
						p.is(422).says(sentence).hides("You are viewing the information as recorded", "Du ser uppgifterna som de var registrerade")
						if s.rows() != rows {
							t.Errorf("%s is refused and noted as taken away", at)
						}
					default:
						p.is(200).says(sentence).hides("No one represents", "Ingen företräder", "You are viewing the information as recorded", "Du ser uppgifterna som de var registrerade")
					}
					if at == "/represent" {
						p.says("Tulli desk")
					}
					status := 200
					if strings.Contains(at, "/bodies/body-se") || strings.Contains(at, "/projects/") || strings.Contains(at, "/reports/posting/") {
						status = 404 // the record is younger
					}
					if p := s.in(lang, at+question+x.begins); p.StatusCode != status || strings.Contains(p.body, sentence) {
						t.Errorf("%s in %s, on the day that the record begins: %d", at, lang, p.StatusCode)
					}
				}
			}
		}
		s.get("/represent?state=XX&matter=customs&place=TH&known=2026-01-01").is(422)
		s.get("/map?on=never&known=2026-01-01").is(422)
		s.get("/represent?known=2026-01-01").is(422) // no question yet
	})
}

// What the API says of a day before the record begins, and that it says as of
// which day it tells whenever it was asked.
func TestAPIEchoesKnown(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		s.post("/contact-points", form("state", "FI", "matter", "customs", "name", "Tulli desk", "phone", "+358 1")).follow()
		s.backdate("2026-03-01")
		ask := func(query string) (said map[string]json.RawMessage) {
			t.Helper()
			if err := json.Unmarshal([]byte(s.get("/api/v1/represent?state=FI&matter=customs&place=TH&on=2026-01-15"+query).is(200).body), &said); err != nil {
				t.Fatal(err)
			}
			return said
		}
		now := ask("")
		for _, key := range []string{"known", "record_begins"} {
			if _, there := now[key]; there {
				t.Errorf("%s is told unasked", key)
			}
		}
		for _, day := range []string{"2026-03-01", "2026-06-30", models.DateOf(noon).String()} {
			then := ask("&known=" + day)
			if got := string(then["known"]); got != `"`+day+`"` {
				t.Errorf("known on %s is echoed as %s", day, got)
			}
			if _, there := then["record_begins"]; there || string(then["answers"]) != string(now["answers"]) || string(then["answers"]) == "[]" {
				t.Errorf("known on %s: %s", day, then)
			}
		}
		before := ask("&known=2026-02-28")
		for key, want := range map[string]string{"state": `"FI"`, "place": `"TH"`, "on": `"2026-01-15"`, "known": `"2026-02-28"`, "record_begins": `"2026-03-01"`,
			"answers": "[]", "why_not": "[]", "next_change": "null", "fallback": string(now["fallback"])} {
			if got := string(before[key]); got != want || got == "" {
				t.Errorf("before the record begins, %s is %s, want %s", key, got, want)
			}
		}
		if !strings.Contains(string(before["fallback"]), "Tulli desk") {
			t.Errorf("no fallback: %s", before["fallback"])
		}
	})
}

// The day of the first row is that of the site's zone; where it is told of
// nothing yet, of today.
func TestTheRecordBeginsInTheZone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o := s.options
	o.Now = func() time.Time { return noon.Add(-24 * time.Hour) } // the token has not run out anywhere
	recordsOf(s, "se")
	if _, err := s.raw.Exec("UPDATE audit SET at = '2026-03-01T23:30:00.000Z'"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"UTC": "2026-03-01", "Europe/Stockholm": "2026-03-02", "Pacific/Honolulu": "2026-03-01", "Pacific/Kiritimati": "2026-03-02"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		o.Zone = zone
		there := s.with(o)
		there.get("/coverage?known=2026-02-28").is(200).says("The record begins on <time>" + want + "</time>")
		there.get("/coverage?known=" + want).is(200).hides("The record begins")
	}
	if _, err := s.raw.Exec("DELETE FROM audit"); err != nil {
		t.Fatal(err)
	}
	s.get("/coverage?known=2026-11-22").is(200).says("The record begins on <time>" + models.DateOf(noon).String() + "</time>")
	s.get("/coverage?known=" + models.DateOf(noon).String()).is(200).hides("The record begins")
}
