package handlers

import (
	"context"
	"encoding/csv"
	"encoding/json"
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
	"samband/models"
)

// form makes a form of name, value, name, value.
func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// A small world made through the forms: an agency, two officers, a posting, an
// assignment.
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

// version reads which version of a record a form was opened on.
func (s *site) version(path string) string {
	s.t.Helper()
	m := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(s.get(path).is(200).body)
	if m == nil {
		s.t.Fatalf("%s has no version", path)
	}
	return m[1]
}

// Every write, with what it leaves in the trail.
func TestEveryWriteLeavesItsTrail(t *testing.T) {
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
				return form("officer", "Lars Ödegård", "posting", "Bangkok, Thailand (bangkok-se-police)", "first_day", "2026-12-15")
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

// Each of these is refused with a message at its field, keeps what was typed,
// and changes nothing.
func TestRefusedForms(t *testing.T) {
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
		{"a hand-over without days", "{assignment}/hand-over", form("version", "1", "successor", "o-lars-odegard"), "first_day"},
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
	w := newWorld(t)
	w.post("/officers", form("name", `Örjan "Ö" <Ek>`, "agency", "nowhere", "note", "kept")).is(422).
		says(`value="Örjan &#34;Ö&#34; &lt;Ek&gt;"`, "kept")
}

func TestLinesOfANoteSurviveExportAndImport(t *testing.T) {
	w := newWorld(t)
	w.post(w.other+"/edit", form("version", "1", "agency", "se-police", "name", "Lars", "key", "o-lars", "note", "one\r\ntwo\rthree\n")).follow()
	out := filepath.Join(t.TempDir(), "out")
	if err := w.store.Export(context.Background(), out); err != nil {
		t.Fatal(err)
	}
	report, err := w.store.Import(context.Background(), db.Actor{Name: "test"}, out, db.ImportOptions{})
	if total := report.Total(); err != nil || total.Changed+total.New+total.Refused > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestStaleForms(t *testing.T) {
	w := newWorld(t)
	old := w.version(w.other + "/edit")
	w.post(w.other+"/edit", form("version", old, "agency", "se-police", "name", "Lars First", "key", "o-lars-odegard")).follow()
	before := w.revision()
	page := w.post(w.other+"/edit", form("version", old, "agency", "se-police", "name", "Lars Second", "key", "o-lars-odegard")).
		is(http.StatusConflict).says("Lars First", "Lars Second", "Now saved")
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
	w := newWorld(t)
	masked := w.post("/officers", form("agency", "se-police", "name", "Canary", "key", "o-9", "masked", "true")).follow()
	before := w.revision()
	w.post(w.agency+"/remove", form("version", "1")).is(http.StatusConflict).says("Lars Ödegård", w.other, masked, "liaison officer").hides("Canary")
	w.post(w.posting+"/remove", form("version", "1")).is(http.StatusConflict).says(w.assignment)
	w.post(w.holder+"/remove", form("version", "1")).is(http.StatusConflict).says(w.assignment)
	if w.revision() != before {
		t.Error("something was removed")
	}
}

func TestFiftyHandOversOfOneAssignment(t *testing.T) {
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { fiftyHandOvers(t, worldOn(newSite(t))) })
}

func fiftyHandOvers(t *testing.T, w world) {
	var wg sync.WaitGroup
	passed := make(chan string, 50)
	for i := range 50 {
		wg.Go(func() {
			body := form("version", "1", "successor", "o-lars-odegard", "first_day", fmt.Sprintf("2026-12-%02d", i%28+1), "last_day", "2026-12-31").Encode()
			r := httptest.NewRequest(http.MethodPost, w.assignment+"/hand-over", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
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
	w := newWorld(t)
	w.get(w.posting + "/assignments/new").is(200).says(`value="Bangkok, Thailand (bangkok-se-police)"`)
	w.get(w.other + "/assignments/new").is(200).says(`value="Lars Ödegård (o-lars-odegard)"`)
}

func TestMoreRows(t *testing.T) {
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

func TestEveryPageAnswers(t *testing.T) {
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { everyPageAnswers(t, filled(t, newSite(t))) })
}

func everyPageAnswers(t *testing.T, s *site) {
	d, err := s.store.Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	points, err := s.store.ContactPoints(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	post := d.Posts()[0]
	ids := strings.NewReplacer(":posting", fmt.Sprint(post.ID), ":officer", fmt.Sprint(d.Officers()[0].ID),
		":assignment", fmt.Sprint(post.Assignments[0].ID), ":agency", fmt.Sprint(d.Agencies()[0].ID),
		":contact_point", fmt.Sprint(points[0].ID))
	unknown := regexp.MustCompile(`:[a-z_]+`)
	for _, r := range (&server{}).routes() {
		if r.method != http.MethodGet || strings.HasPrefix(r.path, "/assets/") || strings.HasPrefix(r.path, "/api/") {
			continue
		}
		for _, lang := range []string{"en", "sv"} {
			req := httptest.NewRequest(http.MethodGet, ids.Replace(r.path), nil)
			req.Header.Set("Accept-Language", lang)
			page := s.send(req).is(200)
			if strings.Contains(page.Header.Get("Content-Type"), "html") {
				page.says(`<html lang="` + lang + `">`)
			}
			if page.Header.Get("Content-Security-Policy") == "" || page.Header.Get("X-Request-Id") == "" {
				t.Errorf("%s lacks headers", r.path)
			}
		}
		if strings.Contains(r.path, ":") {
			for _, id := range []string{"999999", "0", "-1", "x", "99999999999999999999"} {
				s.get(unknown.ReplaceAllString(r.path, id)).is(404)
			}
		}
	}
}

func TestUnknownRecordsCannotBeWritten(t *testing.T) {
	s := newSite(t)
	unknown := regexp.MustCompile(`:[a-z_]+`)
	for _, r := range (&server{}).routes() {
		if r.method == http.MethodPost && strings.Contains(r.path, ":") {
			s.post(unknown.ReplaceAllString(r.path, "4711"), form("version", "1")).is(404)
		}
	}
}

func TestRepresentPage(t *testing.T) {
	w := newWorld(t)
	at := "/represent?matter=customs&on=2026-11-23&place=VN&state=FI"
	for _, name := range []string{"vietnam", "Víetnam", "VN", "vn"} {
		p := w.get("/represent?state=FI&matter=customs&on=2026-11-23&place=" + url.QueryEscape(name))
		if name != "VN" && p.follow() != at {
			t.Errorf("%s leads to %s", name, p.follow())
		}
	}
	w.get(at).is(200).says("Åse Lindqvist", "side-accredited", "2027-01-01", "Finland has no contact point")
	w.get("/represent?state=FI&matter=customs&place=Congo").is(200).says("Congo-Kinshasa", "Congo-Brazzaville")
	w.get("/represent?state=FI&matter=customs&place=Atlantis").is(422).says("Atlantis", `aria-invalid="true"`)
	w.get("/represent?state=XX&matter=customs&place=VN").is(422)
	w.get("/represent?state=FI&matter=both&place=VN").is(422)
	w.get("/represent?state=FI&matter=police&place=VN&on=2026-02-30").is(422)
	w.get("/represent?state=FI&matter=police&place=VN&on=0001-01-01").is(200).says("Nobody represents")
	w.get("/represent?state=FI&matter=police&place=VN&on=9999-12-31").is(200)
	w.get("/represent?state=FI&matter=police&place=org:europol").is(200)
}

func TestRepresentAPI(t *testing.T) {
	w := newWorld(t)
	p := w.get("/api/v1/represent?state=FI&matter=customs&place=VN&on=2026-11-23").is(200)
	var got struct {
		Answers []struct {
			Assignment string
			Resident   bool
			LastDay    *string `json:"last_day"`
		}
		NextChange struct{ On string } `json:"next_change"`
	}
	if err := json.Unmarshal([]byte(p.body), &got); err != nil || len(got.Answers) != 1 || got.NextChange.On != "2027-01-01" {
		t.Errorf("%v: %s", err, p.body)
	}
	w.get("/api/v1/represent?state=FI&matter=customs&place=VN").is(200).says(`"on":"2026-11-23"`)
	w.post(w.assignment+"/end", form("version", "1", "last_day", "2026-06-30", "end_reason", "recalled")).follow()
	w.get("/api/v1/represent?state=FI&matter=customs&place=VN&on=2026-11-23").is(200).says(`"answers":[]`, `"why":"vacant"`)
	for _, query := range []string{"", "state=FI", "state=FI&matter=customs", "state=XX&matter=customs&place=VN", "state=FI&matter=both&place=VN",
		"state=FI&matter=police&place=Vietnam", "state=FI&matter=police&place=org:nato", "state=FI&matter=police&place=VN&on=2026-02-30",
		"state=%00&matter=police&place=VN", "state=%ff&matter=police&place=VN"} {
		p := w.get("/api/v1/represent?" + query).is(400)
		var problem struct {
			Status int
			Title  string
			Detail string
		}
		if err := json.Unmarshal([]byte(p.body), &problem); err != nil || problem.Status != 400 || problem.Detail == "" ||
			p.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %v: %s %s", query, err, p.Header.Get("Content-Type"), p.body)
		}
	}
	w.get("/api/v1/nothing").is(404).says(`"status":404`)
}

func TestLists(t *testing.T) {
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { listsHold(t, filled(t, newSite(t))) })
}

func listsHold(t *testing.T, s *site) {
	s.get("/officers?q=soren").is(200)
	for _, q := range []string{"nairobi", "NAIROBI", "keni", "Kenia no-police"} {
		s.get("/postings?q=" + url.QueryEscape(q)).is(200).says("Nairobi")
	}
	s.get("/postings?host=TH&status=held").is(200).says("Bangkok").hides("Nairobi")
	s.get("/postings?region=eastern-africa").is(200).says("Nairobi").hides("Bangkok")
	s.get("/postings?status=vacant").is(200).says("Abuja").hides("Nairobi")
	d, err := s.store.Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	holder := d.Officer(d.PostNamed("canberra-dk-police").HoldersOn(models.DateOf(noon))[0].OfficerID)
	s.get("/postings?holder=" + holder.Key).is(200).says("Canberra").hides("Nairobi")
	s.get("/postings?holder=nobody").is(422)
	s.get("/assignments?sort=officer").is(200).says(`aria-sort="ascending"`, "sort=-officer")
	for _, bad := range []string{"state=XX", "matter=both", "host=XX", "region=moon", "status=x", "on=2026-13-01", "sort=nothing", "agency=x", "after=zzzz"} {
		for _, path := range []string{"/postings", "/officers", "/assignments"} {
			if p := s.get(path + "?" + bad); p.StatusCode != 422 && p.StatusCode != 400 {
				t.Errorf("%s?%s answered %d", path, bad, p.StatusCode)
			}
		}
	}
	seen := map[string]bool{}
	links := regexp.MustCompile(`href="(/assignments/\d+)"`)
	for next := "/assignments?sort=place"; next != ""; {
		p := s.get(next).is(200)
		for _, m := range links.FindAllStringSubmatch(p.body, -1) {
			if seen[m[1]] {
				t.Fatalf("%s stands on two pages", m[1])
			}
			seen[m[1]] = true
		}
		next = ""
		if m := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(p.body); m != nil {
			next = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if n, _ := s.store.CountAssignments(context.Background(), db.Filter{}, 10_000); n != len(seen) {
		t.Errorf("the pages have %d assignments of %d", len(seen), n)
	}
}

func TestFiles(t *testing.T) {
	s := demoSite(t)
	for _, path := range []string{"/postings.csv", "/officers.csv", "/assignments.csv", "/findings.csv"} {
		p := s.get(path).is(200)
		rows, err := csv.NewReader(strings.NewReader(p.body)).ReadAll()
		if err != nil || len(rows) < 20 {
			t.Errorf("%s: %d rows, %v", path, len(rows), err)
		}
		s.get(path+"?profile=excel").is(200).says("\uFEFF", ";")
		s.get(path + "?profile=pdf").is(422)
		p.hides("Haavisto", "haavisto") // the masked officer of the demo data
	}
	s.get("/assignments.csv?host=KE").is(200).says("nairobi-no-police").hides("bangkok")
	s.get("/assignments.csv?host=AQ").is(200).says("assignment,posting,host_country,host_country_name,host_city,host_organisation,sending_country," +
		"agency,agency_kind,officer,officer_name,rank,first_day,last_day,represents_police,represents_customs,covers\r\n")
}

func TestFindings(t *testing.T) {
	s := demoSite(t)
	s.get("/findings").is(200).says("Represented by nobody")
	s.get("/findings?kind=gap").is(200).says("Gap between holders").hides("Represented by nobody.")
	s.get("/findings?kind=x").is(422)
	s.get("/findings?severity=x").is(422)
	s.get("/findings?state=x").is(422)
}

func TestLanguageIsRemembered(t *testing.T) {
	s := newSite(t)
	p := s.post("/language", form("lang", "sv", "back", "/postings?q=a"))
	if p.follow() != "/postings?q=a" || !strings.Contains(p.Header.Get("Set-Cookie"), "language=sv") {
		t.Errorf("%v", p.Header)
	}
	for _, back := range []string{"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\r\nb"} {
		if to := s.post("/language", form("lang", "en", "back", back)).follow(); to != "/" {
			t.Errorf("%q leads to %q", back, to)
		}
	}
	s.post("/language", form("lang", "xx")).is(400)
}

func TestBadRequests(t *testing.T) {
	s := newSite(t)
	s.get("/nowhere").is(404).says("There is no such page")
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
