package handlers

import (
	"encoding/csv"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func (p page) rows() (rows [][]string) {
	p.t.Helper()
	p.is(200)
	rows, err := csv.NewReader(strings.NewReader(p.body)).ReadAll()
	if err != nil {
		p.t.Fatal(err)
	}
	return rows
}

// The file of the matrix says of each place what the API answers, and the page
// leads to that.
func TestCoverageIsWhatTheAPISays(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	rows := s.get("/coverage.csv?on=2027-02-01").rows()
	if got := strings.Join(rows[0], ","); got != "on,place,place_name,region,state,matter,standing,answers,handover,last_day" {
		t.Errorf("the head is %s", got)
	}
	page := s.get("/coverage?on=2027-02-01").is(200)
	for i := 1; i < len(rows); i += 7 {
		row := rows[i]
		q := url.Values{"state": {row[4]}, "matter": {row[5]}, "place": {row[1]}, "on": {row[0]}}
		var said struct {
			Answers []struct{ Resident bool }
			WhyNot  []struct{ Why string } `json:"why_not"`
		}
		if err := json.Unmarshal([]byte(s.get("/api/v1/represent?"+q.Encode()).is(200).body), &said); err != nil {
			t.Fatal(err)
		}
		if strconv.Itoa(len(said.Answers)) != row[7] || (len(said.Answers) > 0) != (row[6] == "resident" || row[6] == "side" || row[6] == "both") {
			t.Errorf("%v, but the API says %+v", row, said)
		}
		if strings.HasPrefix(row[1], "org:") {
			q.Set("matter", "police") // where both matters are the same, a body has one cell
		}
		page.says(strings.ReplaceAll("/represent?"+q.Encode(), "&", "&amp;"))
	}
	finn := s.as("partner:FI").get("/coverage")
	if i, j := strings.Index(finn.body, ">Finland<"), strings.Index(finn.body, ">Denmark<"); i < 0 || i > j {
		t.Error("a Finnish partner's own state does not come first")
	}
}

// What is left of the matrix by its filters is the same in the file, and each row of
// it is missing something or ends within the year.
func TestCoverageFilters(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	places := func(query string) map[string][][]string {
		rows := map[string][][]string{}
		for _, row := range s.get("/coverage.csv?on=2026-11-23" + query).rows()[1:] {
			rows[row[1]] = append(rows[row[1]], row)
		}
		return rows
	}
	all, lacking := places("&soon=365"), places("&lacking=yes")
	if len(lacking) == 0 || len(lacking) >= len(all) {
		t.Errorf("of %d places %d lack something", len(all), len(lacking))
	}
	for at, rows := range all {
		lacks := false
		for _, row := range rows {
			if !strings.HasPrefix(at, "org:") {
				lacks = lacks || row[9] != "" || slices.Contains([]string{"vacant", "suspended", "none", "absent"}, row[6])
			}
		}
		if lacks && lacking[at] == nil || !lacks && lacking[at] != nil && !strings.HasPrefix(at, "org:") {
			t.Errorf("%s: lacks something: %v; left in the matrix: %v", at, lacks, lacking[at] != nil)
		}
	}
	for at, rows := range places("&region=Western-Africa") {
		if rows[0][3] != "western-africa" {
			t.Errorf("%s is in %s", at, rows[0][3])
		}
	}
	s.get("/coverage?on=2026-11-23&region=western-africa").is(200).says(">Nigeria<").hides(">Kenya<", "bodies-title")
	s.get("/coverage?on=1900-01-01&lacking=yes&region=caribbean").is(200).says("No place matches the filters")
	s.get("/coverage?on=2026-11-23&names=yes").is(200).says(`<small class="name">`)
	s.get("/coverage?on=2026-11-23").is(200).hides(`<small class="name">`)
	for query, label := range map[string]string{"region=atlantis": "Region: ", "lacking=perhaps": "Only missing", "names=x": "Show names: "} {
		s.get("/coverage?" + query).is(422).says(label)
		s.get("/coverage.csv?" + query).is(422)
	}
}

// The page of what changed and its file tell the same, also of days far out.
func TestChangesForAState(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	rows := s.get("/changes.csv?state=FI&from=2026-01-01&to=2027-12-31").rows()
	page := s.get("/changes?state=FI&from=2026-01-01&to=2027-12-31").is(200)
	kinds := map[string]int{}
	for _, row := range rows[1:] {
		kinds[row[0]]++
		if row[6] != "" {
			page.says(row[6])
		}
	}
	if kinds["lost"] == 0 || kinds["came"] == 0 || kinds["went"] == 0 {
		t.Errorf("the file tells of %v", kinds)
	}
	for _, query := range []string{"from=0001-01-01&to=9999-12-30", "from=9999-12-29&to=9999-12-30", "from=2026-01-01&to=2026-01-01", "state=IS"} {
		s.get("/changes?" + query).is(200)
		s.get("/changes.csv?" + query).is(200)
	}
	s.get("/changes?from=2027-01-01&to=2026-01-01").is(422).says("is before the first day")
	s.get("/changes?from=2026-02-30").is(422)
	s.get("/changes?state=XX").is(422)
}

// A place that is lost says why, and leads to the posting.
func TestChangesLeadToTheirCause(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s.get("/changes?state=FI&from=2026-01-01&to=2027-12-31").is(200).
		says(`<a href="/postings/`, `">Addis Ababa (Ethiopia), SE police</a>. The posting is suspended from`)
	for _, row := range s.get("/changes.csv?state=FI&from=2026-01-01&to=2027-12-31").rows()[1:] {
		if told := row[9] != ""; told != (row[3] != "" && row[5] == "") {
			t.Errorf("because %q: %v", row[9], row)
		}
	}
}

// The front page says to each what is theirs.
func TestFrontByRole(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s.as("partner:FI").get("/").is(200).says("Finland: next 12 months", "National contact point: Finland", "Lost representation").hides("Assignments ending")
	s.as("coordinator:SE").get("/").is(200).says("Assignments ending within 12 months", "Sweden: postings today", "Within 12 months:").hides("National contact point")
	s.as("coordinator:all").get("/").is(200).says("Postings today", "Planned assignments")
	s.as("partner:all").get("/").is(200).says(": next 12 months")
}
