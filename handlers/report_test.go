package handlers

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// reports are the addresses of all reports of the demo, without an ending.
var reports = []string{"/reports/notification", "/reports/board", "/reports/figures", "/reports/bodies", "/reports/posting/bangkok-se-police"}

// reportFileOf returns the address of a report's file.
func reportFileOf(path string) string {
	if strings.Contains(path, "/posting/") {
		return path + "/history.csv"
	}
	return path + ".csv"
}

// rowsOf returns the rows of a report's file by their heads, with the values of the part
// "about" by item.
func rowsOf(t *testing.T, p page) (rows []map[string]string, about map[string]string) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(p.is(200).body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	about = map[string]string{}
	for _, row := range all[1:] {
		named := map[string]string{}
		for i, head := range all[0] {
			named[head] = row[i]
		}
		if named["part"] == "about" {
			about[named["item"]] = named["value"]
		} else {
			rows = append(rows, named)
		}
	}
	return rows, about
}

var made = regexp.MustCompile(`(?m)^about,made,.*$|<p class="hint made">.*</p>`)

// main returns what a page has of its own, without the line that says when it was made.
func (p page) main() string {
	_, body, _ := strings.Cut(p.is(200).body, "<main")
	body, _, _ = strings.Cut(body, "</main>")
	return made.ReplaceAllString(body, "")
}

// A report that is made again for the same days, as known on the same, has the same
// bytes but for who made it when, even if things have changed since.
func TestReportsAreMadeAgain(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := filled(t, newSite(t))
		s.backdate("2026-11-20")
		s.beginRecord("2026-01-01")
		const query = "?on=2026-10-31&known=2026-11-20&since=2026-01-01&from=2025-11-01"
		files, pages := map[string]string{}, map[string]string{}
		for _, path := range reports {
			files[path] = made.ReplaceAllString(s.get(reportFileOf(path)+query).is(200).body, "")
			pages[path] = s.get(path + query).main()
		}
		o := s.options
		o.Now = func() time.Time { return noon.Add(2 * time.Hour) }
		s = s.with(o).as("coordinator:all")
		s.post("/contact-points", form("state", "SE", "matter", "both", "name", "Changed since")).follow()
		for _, path := range reports {
			if got := made.ReplaceAllString(s.get(reportFileOf(path)+query).is(200).body, ""); got != files[path] {
				t.Errorf("%s.csv is not the same when made again", path)
			}
			if got := s.get(path + query).main(); got != pages[path] {
				t.Errorf("%s is not the same when made again", path)
			}
		}
		if strings.Contains(files["/reports/notification"], "Changed since") {
			t.Error("what was changed later is in the report")
		}
		s.get("/reports/notification").is(200).says("Changed since")
	})
}

func TestReportsSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, path := range reports {
		query := "?on=2026-10-31&known=2026-11-23"
		if !strings.Contains(path, "/posting/") {
			query += "&sending=SE&state=SE"
		}
		_, about := rowsOf(t, s.get(reportFileOf(path)+query))
		if about["on"] != "2026-10-31" || about["known"] != "2026-11-23" || !strings.Contains(about["made"], "2026-11-23 13:00 (Europe/Stockholm)") || !strings.Contains(about["made"], "@") {
			t.Errorf("%s says of itself %v", path, about)
		}
		if !strings.Contains(path, "/posting/") && !strings.Contains(about["filter"], "Sweden") {
			t.Errorf("%s says of its filter %q", path, about["filter"])
		}
		again, err := url.Parse(about["again"])
		if err != nil || again.Path != path || again.Query().Get("known") != "2026-11-23" {
			t.Errorf("%s is made again at %s, %v", path, about["again"], err)
		}
		s.get(again.RequestURI()).is(200)
		s.get(path+query).is(200).says("How this is counted", about["on"], "2026-10-31", "Made <time>2026-11-23</time> 13:00")
	}
	s.get("/reports").is(200).says("Yearly notification", "/reports/figures", "History of a posting")
	if at := s.get("/reports?posting=" + url.QueryEscape("Bangkok (bangkok-se-police)")).follow(); at != "/reports/posting/bangkok-se-police" {
		t.Errorf("a posting leads to %s", at)
	}
	s.get("/reports?posting=nowhere").is(http.StatusUnprocessableEntity).says("nowhere", `aria-invalid="true"`)
	s.get("/bodies?on=2020-01-01").is(200).says("/reports/bodies?on=2020-01-01")
}

func TestReportsRefuse(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, path := range reports {
		for _, bad := range []string{"on=2026-02-30", "known=2027-01-01", "known=x"} {
			before := s.rows()
			s.get(path + "?" + bad).is(422)
			s.get(reportFileOf(path) + "?" + bad).is(422)
			if s.rows() != before {
				t.Errorf("%s?%s leaves a row", path, bad)
			}
		}
		s.get(path + "?known=2000-01-01").is(200).says("The record begins")
		s.get(reportFileOf(path) + "?known=2000-01-01").is(422)
		s.get(reportFileOf(path) + "?profile=x").is(422)
		for _, on := range []string{"0001-01-01", "9999-12-31"} {
			s.get(path + "?on=" + on).is(200)
			s.get(reportFileOf(path) + "?on=" + on).is(200)
		}
	}
	for _, bad := range []string{"board?sending=XX", "board?since=2026-11-24&on=2026-11-23", "figures?region=nowhere", "figures?from=2027-01-01", "figures?from=x", "notification?state=XX", "bodies?state=TH"} {
		s.get("/reports/" + bad).is(422)
	}
	s.get("/reports/posting/nosuch").is(404)
	s.get("/reports/posting/nosuch/history.csv").is(404)
	s.get("/reports/figures?from=0001-01-01&on=9999-12-31").is(200)
	s.get("/reports/board?since=0001-01-01&on=9999-12-31").is(200)
}

// Every reader gets the same numbers, whatever names are withheld, and the numbers are
// those of the lists.
func TestReportsHaveTheNumbersOfTheLists(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	number := func(text string) int {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Error(err)
		}
		return n
	}
	const on = "on=2026-11-23"
	whole, _ := rowsOf(t, s.get("/reports/figures.csv?"+on))
	told, _ := rowsOf(t, s.as("partner:IS").get("/reports/figures.csv?"+on))
	if len(whole) != len(told) {
		t.Errorf("%d and %d rows", len(whole), len(told))
	}
	for i, row := range whole {
		for head, text := range row {
			if told[i][head] != text {
				t.Errorf("%s is %s to one, %s to another", head, text, told[i][head])
			}
		}
	}
	for status, column := range map[string]string{"held": "held", "vacant": "vacant", "suspended": "suspended"} {
		want := 0
		for _, seating := range []string{"abroad", "desk"} {
			want += len(s.get("/postings.csv?"+on+"&status="+status+"&seating="+seating).rows()) - 1
		}
		if got := number(whole[0][column]); got != want || whole[0]["part"] != "total" {
			t.Errorf("%d postings are %s, the list has %d", got, status, want)
		}
	}
	answered := map[string]int{}
	for _, row := range s.get("/coverage.csv?" + on).rows()[1:] {
		if slices.Contains([]string{"resident", "side", "both", "absent"}, row[6]) {
			answered[row[4]+row[5]]++
		}
	}
	board, _ := rowsOf(t, s.get("/reports/board.csv?"+on))
	for _, row := range board {
		if row["part"] == "coverage" && row["day"] == "2026-11-23" && row["matter"] == "police" && number(row["answered"]) > answered[row["state"]+"police"] {
			t.Errorf("%v, but the matrix has %d with bodies", row, answered[row["state"]+"police"])
		}
	}
	findings := 0
	for _, row := range board {
		if row["part"] == "finding" {
			findings++
		}
	}
	if want := len(s.get("/findings.csv?"+on).rows()) - 1; findings != want {
		t.Errorf("%d findings, the queue has %d", findings, want)
	}
}
