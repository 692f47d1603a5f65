package handlers

import (
	"context"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// said is what the API answers.
type said struct {
	Answers []saidAnswer
	WhyNot  []struct{ Posting, Why, Reason string } `json:"why_not"`
	Next    *struct{ On, Reason string }            `json:"next_change"`
}

type saidAnswer struct {
	Assignment, Posting, Reason string
	HostCountry                 *string `json:"host_country"`
	HostCity                    *string `json:"host_city"`
	HostOrganisation            *string `json:"host_organisation"`
	First                       *string `json:"first_day"`
	Last                        *string `json:"last_day"`
}

func (s *site) asks(query string) (r said) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(s.get("/api/v1/represent?"+query).is(200).body), &r); err != nil {
		s.t.Fatal(err)
	}
	return r
}

// sent keeps a posting of Sweden's police, with a holder for each term, written
// as officer, first and last day.
func (s *site) sent(key string, fields url.Values, terms ...string) {
	s.t.Helper()
	v := postingForm("key", key)
	v.Set("agency", "se-police")
	for name, values := range fields {
		v[name] = values
	}
	s.post("/postings", v).follow()
	for _, term := range terms {
		f := strings.Split(term, " ")
		s.post("/assignments", form("officer", f[0], "posting", key, "first_day", f[1], "last_day", f[2])).follow()
	}
}

// swedish is a site with Sweden's police and two of its officers.
func swedish(t *testing.T, newSite func(*testing.T) *site) *site {
	s := newSite(t)
	s.post("/agencies", form("country", "SE", "kind", "police", "name", "Polisen", "key", "se-police")).follow()
	for _, key := range []string{"a", "b"} {
		s.post("/officers", form("agency", "se-police", "name", "Officer "+key, "key", key)).follow()
	}
	return s
}

func text(p *string) string {
	if p == nil {
		return "null"
	}
	return *p
}

// Answers carry where their posting sits, and the days of the term within the
// posting's life. Two cities of one country do not read alike.
func TestAnswersSayWhere(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := swedish(t, newSite)
		s.sent("moscow-se", form("host_country", "RU", "host_city", "Moscow", "opened", "2020-01-01", "closed", "2027-12-31"), "a 2019-06-01 ")
		s.sent("petersburg-se", form("host_country", "RU", "host_city", "St Petersburg", "opened", "2020-01-01"), "b 2021-01-01 ")
		s.sent("nowhere-se", form("host_country", "RU", "host_city", "", "opened", "2020-01-01"), "b 2022-01-01 2030-06-30")
		s.sent("desk-se", form("host_country", "NL", "host_city", "The Hague", "host_organisation", "europol", "opened", "2020-01-01"), "a 2021-01-01 ")
		russia := s.asks("state=FI&matter=police&place=RU&on=2026-11-23")
		var got []string
		for _, a := range russia.Answers {
			got = append(got, strings.Join([]string{a.Posting, text(a.HostCountry), text(a.HostCity), text(a.HostOrganisation), text(a.First), text(a.Last)}, " "))
			if days := regexp.MustCompile(`\d{4}-\d\d-\d\d`).FindAllString(a.Reason, -1); days[0] != *a.First || len(days) > 1 && days[1] != *a.Last {
				t.Errorf("the term is %s to %s, but the reason says %q", text(a.First), text(a.Last), a.Reason)
			}
		}
		if want := []string{"moscow-se RU Moscow null 2020-01-01 2027-12-31", "petersburg-se RU St Petersburg null 2021-01-01 null",
			"nowhere-se RU null null 2022-01-01 2030-06-30"}; !slices.Equal(got, want) {
			t.Errorf("the answers are\n%q, want\n%q", got, want)
		}
		if !strings.Contains(russia.Answers[0].Reason, "Moscow (Russia)") || !strings.Contains(russia.Answers[1].Reason, "St Petersburg (Russia)") {
			t.Errorf("the reasons read %q and %q", russia.Answers[0].Reason, russia.Answers[1].Reason)
		}
		desk := s.asks("state=FI&matter=police&place=org:europol&on=2026-11-23").Answers[0]
		if got := text(desk.HostCountry) + " " + text(desk.HostCity) + " " + text(desk.HostOrganisation); got != "NL The Hague europol" {
			t.Errorf("the desk is at %s", got)
		}
		s.get("/represent?state=FI&matter=police&place=RU&on=2026-11-23").is(200).says("Resident. Posting: Moscow (Russia), SE police.", "Resident. Posting: St Petersburg (Russia), SE police.")
		s.get("/postings/" + s.idOf("moscow-se")).is(200).says("until <time>2027-12-31</time>")
	})
}

func (s *site) idOf(posting string) string {
	s.t.Helper()
	var id string
	if err := s.raw.QueryRow("SELECT id FROM postings WHERE key = '" + posting + "'").Scan(&id); err != nil {
		s.t.Fatal(err)
	}
	return id
}

// Reason, finding and next change name the same day, in both languages.
func TestOneDayForOneFact(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := swedish(t, newSite)
		s.sent("bangkok-se", form("opened", "2020-01-01", "suspensions.first_day", "2026-12-15", "suspensions.last_day", "2027-02-09"), "a 2020-01-01 2026-10-31", "b 2026-12-15 ")
		r := s.asks("state=FI&matter=police&place=TH&on=2026-11-23")
		if want := "The posting is vacant. Then, from 2026-12-15, it is suspended. Someone at the posting represents the state from 2027-02-10."; len(r.WhyNot) != 1 || r.WhyNot[0].Reason != want || r.Next.On != "2027-02-10" {
			t.Errorf("it says %+v, next %+v, want %q", r.WhyNot, r.Next, want)
		}
		finding := s.get("/findings.csv").rows()
		if len(finding) != 2 || finding[1][1] != "vacant" || !strings.Contains(finding[1][7], "Vacant since 2026-11-01. States affected: ") || !strings.Contains(finding[1][7], "Someone acts there again from 2027-02-10.") {
			t.Errorf("the finding is %q", finding[1:])
		}
		sv := strings.ReplaceAll(s.get("/findings.ics?lang=sv").is(200).body, "\r\n ", "")
		if !strings.Contains(sv, "Någon verkar där igen från och med 2027-02-10.") {
			t.Errorf("in Swedish the calendar is %q", sv)
		}
		s.get("/findings").is(200).says("Someone acts there again from <time>2027-02-10</time>.")
		s.get("/findings?on=2027-03-01").is(200).says("No findings.")
		s.on(100).get("/postings/"+s.idOf("bangkok-se")).is(200).says("Past findings (1)", "between two holders")
	})
}

// The pages say home where nobody is represented.
func TestAtHome(t *testing.T) {
	t.Parallel()
	s := swedish(t, newSite)
	s.sent("oslo-se", form("host_country", "NO", "host_city", "Oslo", "opened", "2020-01-01", "coverages.country", ""), "a 2020-01-01 2030-12-31")
	r := s.asks("state=NO&matter=police&place=NO&on=2019-01-01")
	if len(r.Answers) > 0 || len(r.WhyNot) != 1 || r.WhyNot[0].Why != "at_home" || r.Next != nil {
		t.Errorf("Norway in Norway: %+v", r)
	}
	if r := s.asks("state=DK&matter=police&place=NO&on=2026-11-23"); len(r.Answers) != 1 {
		t.Errorf("Denmark in Norway: %+v", r)
	}
	s.get("/represent?state=NO&matter=police&place=NO").is(200).says("No state is represented at home", `class="status at_home"`)
	s.get("/coverage").is(200).says(`class="police home"`, "at home: no state is represented in its own country")
	for _, row := range s.get("/coverage.csv").rows()[1:] {
		if want := map[bool]string{true: "home", false: "resident"}[row[4] == "NO"]; row[1] == "NO" && row[6] != want {
			t.Errorf("the file of the matrix says %v, want %s", row, want)
		}
	}
	s.get("/map?state=NO&matter=police").is(200).says(`class="standing home"`, "map-home")
	if got := s.kinds(""); got != "nordic_host" {
		t.Errorf("the findings are %q", got)
	}
	s.get("/changes?state=NO&from=2019-01-01&to=2026-11-23").is(200).says("No changes in this period (Norway).")
}

// In the demo every day that a reason promises is kept by the API itself.
func TestTheDemoKeepsItsPromises(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	d, err := s.store.As(models.Everything).Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	until := regexp.MustCompile(`(?:is vacant until|is suspended \S+ –) (\d{4}-\d\d-\d\d)|(?:covers the place from|represents the state from) (\d{4}-\d\d-\d\d)`)
	kept := 0
	for i, at := range d.Places() {
		q := url.Values{"state": {string(models.States()[i%5])}, "matter": {string(models.Matters()[i%2])}, "place": {at.String()}}
		for _, on := range []string{"2020-06-01", "2026-11-23", "2027-05-01"} {
			q.Set("on", on)
			for _, w := range s.asks(q.Encode()).WhyNot {
				for _, m := range until.FindAllStringSubmatch(w.Reason, -1) {
					day, err := models.ParseDate(m[1] + m[2])
					if err != nil {
						t.Fatal(err)
					}
					if m[1] != "" {
						day++
					}
					then := url.Values{"state": q["state"], "matter": q["matter"], "place": q["place"], "on": {day.String()}}
					kept++
					if !slices.ContainsFunc(s.asks(then.Encode()).Answers, func(a saidAnswer) bool { return a.Posting == w.Posting }) {
						t.Errorf("%s on %s: %q, and on %s %s does not answer", q.Encode(), on, w.Reason, day, w.Posting)
					}
				}
			}
		}
	}
	if kept == 0 {
		t.Error("the demo promises nothing")
	}
}
