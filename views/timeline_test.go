package views

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"samband/models"
)

const testToday = models.Date(739_000)

// TestTimelineWindow moves and zooms: today stays in sight, at a third, and no
// link leaves the calendar.
func TestTimelineWindow(t *testing.T) {
	today := models.Date(739_943) // 2026-11-23
	for _, c := range []struct {
		months int
		want   string
	}{{6, "2026-09-01"}, {12, "2026-07-01"}, {36, "2025-10-01"}, {60, "2025-01-01"}, {120, "2023-01-01"}, {180, "2021-01-01"}} {
		if got := TimelineFrom(today, c.months); got.String() != c.want {
			t.Errorf("%d months begin on %v, want %s", c.months, got, c.want)
		}
	}
	for months := 1; months <= MostMonths; months++ {
		for _, day := range []models.Date{1, 400, today, models.Forever - 400, models.Forever} {
			from := TimelineFrom(day, months)
			if !TimelineDays(from, months).Has(day) {
				t.Errorf("%v is not among %d months from %v", day, months, from)
			}
			v := Timeline{List: List[*models.Post]{Path: "/timeline"}, Months: months, Shown: TimelineDays(from, months), Today: today}
			for _, z := range v.Zooms() {
				if strings.Contains(z.URL, "from=&") {
					t.Errorf("zoom leads to %s", z.URL)
				}
			}
			if from > 1 && v.Earlier() == "" || v.Shown.Last < models.Forever && v.Later() == "" {
				t.Errorf("no way on from %v", v.Shown)
			}
		}
	}
}

// many are postings in a row of regions, each held by so many officers one
// after the other: with handovers, gaps, a suspension, ends that were planned
// otherwise, and one without an end.
func many(postings, assignments int) Timeline {
	const days = 545
	change := models.Delta{Agencies: map[int64]*models.Agency{1: {ID: 1, Country: models.Sweden, Kind: models.PoliceAgency}},
		Officers: map[int64]*models.Officer{}, Posts: map[int64]*models.Post{}}
	countries, given, family := models.Countries(), []string{"Åsa", "Lars", "Ingrid", "Þóra", "Jukka-Pekka"}, []string{"Lindqvist", "Ødegård", "Hämäläinen", "Guðmundsson"}
	var list List[*models.Post]
	begin := TimelineFrom(testToday, MostMonths)
	for i := range postings {
		p := &models.Post{Posting: models.Posting{ID: int64(i + 1), AgencyID: 1, HostCountry: countries[i%len(countries)], HostCity: "Harbour City", Opened: begin, Closed: models.Forever,
			Suspensions: []models.Suspension{{Period: models.Period{First: begin + 900, Last: begin + 990}, Reason: "Unrest"}}}}
		for j := range assignments {
			id := int64(i*assignments + j + 1)
			change.Officers[id] = &models.Officer{ID: id, AgencyID: 1, Name: given[id%5] + " " + family[id%4]}
			a := models.Assignment{ID: id, OfficerID: id, Period: models.Period{First: begin + models.Date(j*days), Last: begin + models.Date((j+1)*days) - 1}}
			switch j % 3 {
			case 0:
				a.Last += 14
			case 1:
				a.Last -= 30
				a.PlannedLast = a.Last + 200*models.Date(j%2)
			}
			if j == assignments-1 {
				a.Last = models.Forever
			}
			p.Assignments = append(p.Assignments, a)
		}
		change.Posts[p.ID] = p
		list.Rows = append(list.Rows, p)
	}
	list.Path, list.Count = "/timeline", postings
	return Timeline{List: list, Directory: models.NewDirectory(change), Months: MostMonths, Shown: TimelineDays(begin, MostMonths), Today: testToday, Limits: models.DefaultLimits}
}

// TestTimelineIsNotHeavy draws the most that one page shows: 300 postings with
// 10 assignments each, or, where all of these are in sight at once, as many of
// them as one page takes.
func TestTimelineIsNotHeavy(t *testing.T) {
	s := testSite(t)
	for _, lang := range Languages() {
		for _, months := range []int{6, UsualMonths, 120, MostMonths} {
			v := many(MostPostings, 10)
			v.Filters = s.Filters(lang, new(models.Directory), nil, "state", "matter", "sending", "kind", "seating", "area", "host", "region", "holder", "status", "on")
			v.Months, v.Shown = months, TimelineDays(TimelineFrom(testToday, months), months)
			lines, n := 0, 0
			for n < len(v.Rows) && lines+TimelineLines(v.Rows[n], v.Shown) <= MostLines {
				lines += TimelineLines(v.Rows[n], v.Shown)
				n++
			}
			v.Rows = v.Rows[:n]
			var b bytes.Buffer
			if err := TimelinePage.Render(&b, s, Request{Lang: lang, Today: testToday}, v); err != nil {
				t.Fatal(err)
			}
			if bars := strings.Count(b.String(), "<rect/>"); bars < lines {
				t.Errorf("%d bars of %d", bars, lines)
			}
			t.Logf("%d postings, %d bars over %d months in %s: %d bytes", n, lines, months, lang, b.Len())
			if b.Len() >= 1_000_000 || months <= UsualMonths && n < MostPostings {
				t.Errorf("%d postings are %d bytes over %d months", n, b.Len(), months)
			}
		}
	}
}

func BenchmarkTimeline(b *testing.B) {
	s, v := testSite(b), many(300, 10)
	for b.Loop() {
		if err := TimelinePage.Render(io.Discard, s, Request{Lang: "en", Today: testToday}, v); err != nil {
			b.Fatal(err)
		}
	}
}

// TestTimelineHidesAndEscapes: a name is text and no HTML, whatever it holds;
// who is not to be seen has no link; and each bar stands in words as well.
func TestTimelineHidesAndEscapes(t *testing.T) {
	s := testSite(t)
	d, _ := testDirectory()
	p := *d.Post(21)
	p.Assignments = append(p.Assignments, models.Assignment{ID: 99, OfficerID: -99, Period: models.Period{First: testToday - 400, Last: testToday + 400}})
	p.HostCity = `"><b>&`
	v := Timeline{List: List[*models.Post]{Rows: []*models.Post{&p}}, Directory: d, Shown: models.Period{First: p.Opened, Last: testToday.Years(1)}, Today: testToday}
	picture, words := string(s.TimelinePicture("en", v)), string(s.TimelineWords("en", v))
	if complaint := unsoundMarkup(picture); complaint != "" {
		t.Errorf("%s in %s", complaint, picture)
	}
	for _, html := range []string{picture, words} {
		for _, wrong := range []string{"<Lindqvist>", "<b>&", "Canary", "/assignments/99", "/officers/"} {
			if strings.Contains(html, wrong) {
				t.Errorf("%s in %s", wrong, html)
			}
		}
		for _, want := range []string{"Åse &lt;Lindqvist&gt;", `"/assignments/31"`, `"/assignments/32"`, `"/postings/21"`, "Name hidden, SE police", "2013-12-31", "acant", "uspended", "planned last day 2012-12-31"} {
			if !strings.Contains(html, want) {
				t.Errorf("no %s in %s", want, html)
			}
		}
	}
	if !strings.Contains(words, "overlap: Name hidden, SE police, 801 days") || !strings.Contains(picture, `class="shared"`) {
		t.Errorf("no handover in %s", words)
	}
}

func unsoundMarkup(text string) string {
	r := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := r.Token(); err == io.EOF {
			return ""
		} else if err != nil {
			return err.Error()
		}
	}
}
