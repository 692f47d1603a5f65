package handlers

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"samband/db"
	"samband/db/interchange"
	"samband/models"
)

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

type world struct {
	*site
	agency, holder, other, posting, assignment string // addresses
}

func newWorld(t *testing.T) world {
	t.Helper()
	return worldOn(newSite(t))
}

func worldOn(s *site) world {
	s.t.Helper()
	w := world{site: s}
	w.agency = w.post("/agencies", form("country", "SE", "kind", "police", "name", "Polismyndigheten")).follow()
	w.holder = w.post("/officers", form("agency", "se-police", "name", "Åse Lindqvist", "email", "ase@example.org")).follow()
	w.other = w.post("/officers", form("agency", "se-police", "name", "Lars Ödegård")).follow()
	w.posting = w.post("/postings", postingForm()).follow()
	w.assignment = w.post("/assignments", form("officer", "o-ase-lindqvist", "posting", "bangkok-se-police",
		"first_day", "2024-01-01", "last_day", "2026-12-31")).follow()
	return w
}

func postingForm(more ...string) url.Values {
	v := form("agency", "se-police", "host_country", "TH", "host_city", "Bangkok", "opened", "2020-01-01",
		"coverages.country", "VN", "coverages.first_day", "", "coverages.last_day", "",
		"coverages.country", "", "coverages.first_day", "", "coverages.last_day", "",
		"suspensions.first_day", "", "suspensions.last_day", "", "suspensions.reason", "")
	for i, state := range models.States() {
		v.Add("representations.state", string(state))
		v.Add("representations.matter", strconv.Itoa(i)+".police")
		v.Add("representations.matter", strconv.Itoa(i)+".customs")
		for _, column := range []string{"first_day", "last_day", "agreement"} {
			v.Add("representations."+column, "")
		}
	}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

func (s *site) version(path string) string {
	s.t.Helper()
	m := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(s.get(path).is(200).body)
	if m == nil {
		s.t.Fatalf("%s has no version", path)
	}
	return m[1]
}

func TestEveryWriteLeavesItsTrail(t *testing.T) {
	t.Parallel()
	databases(t, everyWriteLeavesItsTrail)
}

func everyWriteLeavesItsTrail(t *testing.T, newSite func(*testing.T) *site) {
	for _, c := range []struct {
		name  string
		path  func(w world) string
		form  func(w world) url.Values
		trail []string
	}{
		{"create agency", func(world) string { return "/agencies" },
			func(world) url.Values { return form("country", "FI", "kind", "customs", "name", "Tulli") }, []string{"create agency fi-customs"}},
		{"update agency", func(w world) string { return w.agency + "/edit" },
			func(w world) url.Values {
				return form("version", "1", "country", "SE", "kind", "police", "name", "Polisen", "key", "se-police")
			},
			[]string{"update agency se-police"}},
		{"create officer", func(world) string { return "/officers" },
			func(world) url.Values { return form("agency", "se-police", "name", "Lars Ödegård") }, []string{"create officer o-lars-odegard-2"}},
		{"update officer", func(w world) string { return w.other + "/edit" },
			func(w world) url.Values {
				return form("version", "1", "agency", "se-police", "name", "Lars Ek", "key", "o-lars")
			},
			[]string{"update officer o-lars"}},
		{"remove officer", func(w world) string { return w.other + "/remove" },
			func(world) url.Values { return form("version", "1") }, []string{"remove officer o-lars-odegard"}},
		{"create posting", func(world) string { return "/postings" },
			func(world) url.Values { return postingForm() }, []string{"create posting bangkok-se-police-2"}},
		{"update posting", func(w world) string { return w.posting + "/edit" },
			func(world) url.Values {
				return postingForm("version", "1", "key", "bangkok", "coverages.country", "LA")
			}, []string{"update posting bangkok"}},
		{"remove posting", func(w world) string {
			w.post(w.assignment+"/remove", form("version", "1")).follow()
			return w.posting + "/remove"
		}, func(world) url.Values { return form("version", "1") }, []string{"remove posting bangkok-se-police"}},
		{"create assignment", func(world) string { return "/assignments" },
			func(world) url.Values {
				return form("officer", "Lars Ödegård", "posting", "Bangkok (Thailand) (bangkok-se-police)", "first_day", "2026-12-15")
			}, []string{"create assignment a-bangkok-se-police-2"}},
		{"update assignment", func(w world) string { return w.assignment + "/edit" },
			func(world) url.Values {
				return form("version", "1", "key", "a-1", "officer", "o-ase-lindqvist", "posting", "bangkok-se-police", "first_day", "2024-02-01")
			}, []string{"update assignment a-1"}},
		{"end assignment", func(w world) string { return w.assignment + "/end" },
			func(world) url.Values {
				return form("version", "1", "last_day", "2026-06-30", "end_reason", "recalled")
			},
			[]string{"update assignment a-bangkok-se-police-1"}},
		{"hand over", func(w world) string { return w.assignment + "/hand-over" },
			func(world) url.Values {
				return form("version", "1", "successor", "o-lars-odegard", "first_day", "2026-12-15", "last_day", "2026-12-31")
			}, []string{"update assignment a-bangkok-se-police-1", "create assignment a-bangkok-se-police-2"}},
		{"remove assignment", func(w world) string { return w.assignment + "/remove" },
			func(world) url.Values { return form("version", "1") }, []string{"remove assignment a-bangkok-se-police-1"}},
		{"create contact point", func(world) string { return "/contact-points" },
			func(world) url.Values {
				return form("state", "FI", "matter", "both", "name", "SPOC", "email", "spoc@example.org")
			},
			[]string{"create contact_point "}},
		{"update contact point", func(w world) string {
			return w.post("/contact-points", form("state", "FI", "matter", "both", "name", "SPOC")).follow() + "/edit"
		}, func(world) url.Values { return form("version", "1", "state", "FI", "matter", "police", "name", "SPOC") },
			[]string{"update contact_point "}},
		{"remove contact point", func(w world) string {
			return w.post("/contact-points", form("state", "FI", "matter", "both", "name", "SPOC")).follow() + "/remove"
		}, func(world) url.Values { return form("version", "1") }, []string{"remove contact_point "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := worldOn(newSite(t))
			path := c.path(w)
			before := w.revision()
			to := w.post(path, c.form(w)).follow()
			w.get(to).is(200)
			got := w.trail(before)
			if len(got) != len(c.trail) || !strings.HasPrefix(got[0], c.trail[0]) {
				t.Errorf("the trail has %q, want %q", got, c.trail)
			}
		})
	}
}

func TestHandOverMovesTheOutgoingLastDayToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.revision()
	to := w.post(w.assignment+"/hand-over", form("version", "1", "successor", "o-lars-odegard", "first_day", "2026-11-01",
		"last_day", "2026-11-15", "end_reason", "early")).follow()
	w.get(to).is(200).says("Lars Ödegård", "2026-11-01")
	w.get(w.assignment).is(200).says("2026-11-15", "2026-12-31", "early")
	if got := w.trail(before); len(got) != 2 {
		t.Errorf("the trail has %q", got)
	}
}

func TestLinesOfANoteSurviveExportAndImport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post(w.other+"/edit", form("version", "1", "agency", "se-police", "name", "Lars", "key", "o-lars", "note", "one\r\ntwo\rthree\n")).follow()
	out := filepath.Join(t.TempDir(), "out")
	if err := interchange.Export(context.Background(), w.store, db.Local, out, true); err != nil {
		t.Fatal(err)
	}
	report, err := interchange.Import(context.Background(), w.store, db.Local, out, interchange.Options{})
	if total := report.Total(); err != nil || total.Changed+total.New+total.Refused > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestFiftyHandOversOfOneAssignment(t *testing.T) {
	t.Parallel()
	concurrentDatabases(t, func(t *testing.T, newSite func(*testing.T) *site) { fiftyHandOvers(t, worldOn(newSite(t))) })
}

func fiftyHandOvers(t *testing.T, w world) {
	var wg sync.WaitGroup
	passed := make(chan string, 50)
	for i := range 50 {
		wg.Go(func() {
			body := form("version", "1", "successor", "o-lars-odegard", "first_day", fmt.Sprintf("2026-12-%02d", i%28+1), "last_day", "2026-12-31").Encode()
			r := httptest.NewRequest(http.MethodPost, w.assignment+"/hand-over", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Authorization", "Bearer "+w.token)
			rec := httptest.NewRecorder()
			w.handler.ServeHTTP(rec, r)
			if rec.Code == http.StatusSeeOther {
				passed <- rec.Header().Get("Location")
			} else if rec.Code != http.StatusConflict {
				t.Errorf("status %d", rec.Code)
			}
		})
	}
	wg.Wait()
	if len(passed) != 1 {
		t.Errorf("%d hand-overs passed, want 1", len(passed))
	}
}

func TestPrefilledForms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.get(w.posting + "/assignments/new").is(200).says(`value="Bangkok (Thailand) (bangkok-se-police)"`)
	w.get(w.other + "/assignments/new").is(200).says(`value="Lars Ödegård (o-lars-odegard)"`)
}

func TestMoreRows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.revision()
	page := w.post("/postings", postingForm("more", "coverages")).is(200)
	if n := strings.Count(page.body, `name="coverages.country"`); n < 6 {
		t.Errorf("%d rows", n)
	}
	if w.revision() != before {
		t.Error("asking for rows wrote something")
	}
}
