package handlers

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

func TestEveryPageAnswers(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		everyPageAnswers(t, filled(t, newSite(t)).as(models.AllRights.String()))
	})
}

func everyPageAnswers(t *testing.T, s *site) {
	d, err := s.store.As(models.Everything).Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	points, err := s.store.As(models.Everything).ContactPoints(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := s.store.Accounts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	post := d.Posts()[0]
	plan := s.post("/plans", form("name", "Plan", "step", fmt.Sprintf("close posting %d last_day 2030-01-01", post.ID))).follow()
	s.post("/contact-points", form("state", "SE", "matter", "both", "name", "Another")).follow()
	view := s.post("/views", form("list", "postings", "query", "columns=place,until", "name", "View")).follow()
	var row int64
	if err := s.raw.QueryRow("SELECT max(id) FROM audit WHERE action = 'create'").Scan(&row); err != nil {
		t.Fatal(err)
	}
	ids := strings.NewReplacer(":import", s.sendFile("officers.csv", "key,rank\no-1,x\n"), ":view", view[strings.LastIndexByte(view, '=')+1:], ":row", fmt.Sprint(row), ":plan", strings.TrimPrefix(plan, "/plans/"), ":posting", fmt.Sprint(post.ID), ":officer", fmt.Sprint(d.Officers()[0].ID),
		":assignment", fmt.Sprint(post.Assignments[0].ID), ":agency", fmt.Sprint(d.Agencies()[0].ID), ":body", "opc", ":project", fmt.Sprint(d.Projects()[0].ID),
		":contact_point", fmt.Sprint(points[0].ID), ":account", fmt.Sprint(accounts[slices.IndexFunc(accounts, func(a models.Account) bool { return a.Demo })].ID))
	asked := map[string]string{"/findings/snooze": "?finding=" + url.QueryEscape(d.Findings(models.DateOf(noon), models.DefaultLimits)[0].Name()),
		"/certify": "?list=postings", "/bulk": fmt.Sprintf("?list=postings&act=areas&id=%d", post.ID)}
	unknown := regexp.MustCompile(`:[a-z_]+`)
	for _, r := range (&server{}).routes() {
		if r.method != http.MethodGet || strings.HasPrefix(r.path, "/assets/") || strings.HasPrefix(r.path, "/api/") ||
			strings.HasPrefix(r.path, "/.well-known/") || r.path == "/views/:view" || strings.HasSuffix(r.path, "/contacts") || r.right.name == enrolling.name || r.right.held == nil && !ofHealth(r.path) {
			continue
		}
		for _, lang := range []string{"en", "sv"} {
			req := httptest.NewRequest(http.MethodGet, ids.Replace(r.path)+asked[r.path], nil)
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
			for _, id := range []string{"999999", "0", "-999", "x", "99999999999999999999"} {
				s.get(unknown.ReplaceAllString(r.path, id)).is(404)
			}
		}
	}
}

func TestRepresentPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := "/represent?matter=customs&on=2026-11-23&place=VN&state=FI"
	for _, name := range []string{"vietnam", "Víetnam", "VN", "vn"} {
		p := w.get("/represent?state=FI&matter=customs&on=2026-11-23&place=" + url.QueryEscape(name))
		if name != "VN" && p.follow() != at {
			t.Errorf("%s leads to %s", name, p.follow())
		}
	}
	w.get(at).is(200).says("Åse Lindqvist", "side-accredited", "2027-01-01", "No contact point is recorded (Finland, customs).")
	w.get("/represent?state=FI&matter=customs&place=Congo").is(200).says("Congo-Kinshasa", "Congo-Brazzaville")
	w.get("/represent?state=FI&matter=customs&place=Atlantis").is(422).says("Atlantis", `aria-invalid="true"`)
	w.get("/represent?state=XX&matter=customs&place=VN").is(422)
	w.get("/represent?state=FI&matter=both&place=VN").is(422)
	w.get("/represent?state=FI&matter=police&place=VN&on=2026-02-30").is(422)
	w.get("/represent?state=FI&matter=police&place=VN&on=0001-01-01").is(200).says("No one represents")
	w.get("/represent?state=FI&matter=police&place=VN&on=9999-12-31").is(200)
	w.get("/represent?state=FI&matter=police&place=org:europol").is(200)
}

func TestRepresentAPI(t *testing.T) {
	t.Parallel()
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
	for place, want := range map[string]string{"Netherlands": "NL", "Nederländerna": "NL", "Congo": "CD, CG", "Dahomey": "BJ", "Europol": "org:europol",
		"Interpol": "org:interpol-lyon, org:interpol-singapore", "Atlantis": "such as NL", "org:nato": "such as org:europol"} {
		p := w.get("/api/v1/represent?state=FI&matter=police&place=" + url.QueryEscape(place)).is(400)
		var problem struct {
			Detail string
			Errors []struct{ Parameter, Detail string }
		}
		if err := json.Unmarshal([]byte(p.body), &problem); err != nil || !strings.Contains(problem.Detail, want) || !strings.Contains(problem.Detail, "code") ||
			len(problem.Errors) != 1 || problem.Errors[0].Parameter != "place" {
			t.Errorf("%s: %v: %s, want %s", place, err, p.body, want)
		}
	}
	w.get("/api/v1/nothing").is(404).says(`"status":404`)
}

func TestLists(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { listsHold(t, filled(t, newSite(t))) })
}

func listsHold(t *testing.T, s *site) {
	s.get("/officers?q=soren").is(200)
	for _, q := range []string{"nairobi", "NAIROBI", "keni", "Kenia no-police"} {
		s.get("/postings?q=" + url.QueryEscape(q)).is(200).says("Nairobi")
	}
	s.get("/postings?host=TH&status=held").is(200).says("Bangkok").hides("Nairobi")
	for _, list := range []string{"/postings", "/postings.csv", "/assignments", "/assignments.csv", "/officers", "/timeline"} {
		s.get(list+"?host=org:europol").is(200).hides("Bangkok", "bangkok", "Nairobi")
		s.get(list + "?host=Netherlands").is(422).says("NL")
	}
	for _, list := range []string{"/postings", "/postings.csv", "/assignments", "/assignments.csv"} {
		s.get(list + "?host=org:europol").is(200).says("uropol")
		s.get(list+"?host=NL").is(200).hides(" Europol", "europol-", "europol-dk")
	}
	s.get("/postings").is(200).says(`<option value="org:europol">Europol</option>`).hides(`name="organisation"`)
	s.get("/postings?region=eastern-africa").is(200).says("Nairobi").hides("Bangkok")
	s.get("/postings?status=vacant").is(200).says("Abuja").hides("Nairobi")
	d, err := s.store.As(models.Everything).Directory(context.Background())
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
	for next := "/assignments?status=any&sort=place"; next != ""; {
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
	if n, _ := s.store.As(models.Everything).CountAssignments(context.Background(), db.Filter{}, 10_000); n != len(seen) {
		t.Errorf("the pages have %d assignments of %d", len(seen), n)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for path, least := range map[string]int{"/postings.csv": 20, "/officers.csv": 20, "/assignments.csv": 20, "/findings.csv": 10} {
		p := s.get(path).is(200)
		rows, err := csv.NewReader(strings.NewReader(p.body)).ReadAll()
		if err != nil || len(rows) < least {
			t.Errorf("%s: %d rows, %v", path, len(rows), err)
		}
		s.get(path+"?profile=excel").is(200).says("\uFEFF", ";")
		s.get(path + "?profile=pdf").is(422)
		s.as("partner:FI").get(path).is(200).hides("Haavisto", "haavisto") // the masked officer of the demo data
	}
	s.get("/assignments.csv?host=KE").is(200).says("nairobi-no-police").hides("bangkok")
	s.get("/assignments.csv?host=AQ").is(200).says("assignment,posting,host_country,host_country_name,host_city,host_organisation,sending_country," +
		"agency,agency_kind,officer,officer_name,rank,first_day,last_day,represents_police,represents_customs,covers,version\r\n")
}

func TestFindings(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s.get("/findings").is(200).says("No representation")
	s.get("/findings?kind=gap").is(200).says("Gap between holders").hides("No representation.")
	s.get("/findings?kind=x").is(422)
	s.get("/findings?severity=x").is(422)
	s.get("/findings?state=x").is(422)
}

// The queue opens as what a coordinator of one state is to mend; the same address
// with parameters, its files, and everybody else have all of it.
func TestFindingsOpenAsOnesOwn(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	all := len(findingRows(s.as("coordinator:all").get("/findings").is(200)))
	mine := s.as("coordinator:SE").get("/findings").is(200).says(`aria-current="true">Mine to resolve`, "mine=no")
	if n := len(findingRows(mine)); n == 0 || n >= all {
		t.Errorf("%d of %d findings are one's own", n, all)
	}
	for _, path := range []string{"/findings?mine=no", "/findings?kind="} {
		if n := len(findingRows(s.as("coordinator:SE").get(path).is(200))); n != all {
			t.Errorf("%s has %d of %d", path, n, all)
		}
	}
	if n := len(findingRows(s.as("partner:SE").get("/findings").is(200).hides("mine=no"))); n != all {
		t.Errorf("a reader is shown %d of %d", n, all)
	}
	s.get("/findings?mine=x").is(422)
}

func findingRows(p page) []string {
	return regexp.MustCompile(`<tr class="\w+">`).FindAllString(p.body, -1)
}

func TestLanguageIsRemembered(t *testing.T) {
	t.Parallel()
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
