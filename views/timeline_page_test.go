package views

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samband/models"
)

const testToday = models.Date(739_000)

// TestBarsAreTheirDays draws postings at random: each bar is as wide as its
// days in the picture, to the tenth of a percent that pictures are drawn to,
// and no two bars of one lane share a day.
func TestBarsAreTheirDays(t *testing.T) {
	s := testSite(t)
	rng := rand.New(rand.NewPCG(1, 2))
	bar := regexp.MustCompile(`<svg(?: class="[a-z ]+")? x="([\d.]+)%"(?: y="(\d+)")? width="([\d.]+)%">`)
	for range 300 {
		shown := TimelineDays(testToday-models.Date(rng.IntN(5000)), 1+rng.IntN(MostMonths))
		p := randomPost(rng)
		list := stretchesOf(p, shown)
		lanes := laid(list)
		c := s.chart("en", shown, testToday)
		c.row(models.NewDirectory(models.Delta{}), p, `aria-label="a"`)
		drawn := bar.FindAllStringSubmatch(c.b.String(), -1)
		if len(drawn) != len(list) {
			t.Fatalf("%d bars of %d stretches: %s", len(drawn), len(list), c.b.String())
		}
		for i, x := range list {
			left, width := number(t, drawn[i][1]), number(t, drawn[i][3])
			days := x.And(shown)
			first := 100 * float64(days.First-shown.First) / float64(shown.Days())
			last := 100 * float64(days.Last+1-shown.First) / float64(shown.Days())
			if math.Abs(left-first) > .051 && width > .2 || width > .2 && math.Abs(left+width-last) > .051 || left+width > 100.0001 {
				t.Errorf("%v in %v is drawn from %v, %v wide; want %v to %v", x.Period, shown, left, width, first, last)
			}
			if y := drawn[i][2]; y == "" && lanes.of[i] != 0 || y != "" && y != strconv.Itoa(lanePitch*lanes.of[i]) {
				t.Errorf("lane %d is at %q", lanes.of[i], y)
			}
			for j, before := range list[:i] {
				if lanes.of[i] == lanes.of[j] && x.Overlaps(before.Period) {
					t.Errorf("%v and %v overlap in lane %d", before.Period, x.Period, lanes.of[i])
				}
			}
			if lanes.of[i] >= lanes.count {
				t.Errorf("lane %d of %d", lanes.of[i], lanes.count)
			}
		}
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// randomPost is a posting with holders and suspensions that overlap as they
// like.
func randomPost(rng *rand.Rand) *models.Post {
	p := &models.Post{Posting: models.Posting{ID: 1, HostCountry: "TH", HostCity: "Bangkok",
		Opened: testToday - models.Date(rng.IntN(6000)), Closed: models.Forever}}
	for range rng.IntN(3) {
		first := p.Opened + models.Date(rng.IntN(6000))
		p.Suspensions = append(p.Suspensions, models.Suspension{Period: models.Period{First: first, Last: first + models.Date(rng.IntN(300))}})
	}
	first := p.Opened
	for i := range rng.IntN(9) {
		a := models.Assignment{ID: int64(i), OfficerID: 1, Period: models.Period{First: first, Last: first + models.Date(rng.IntN(1500))}}
		first = max(p.Opened, a.First+models.Date(rng.IntN(1600)))
		p.Assignments = append(p.Assignments, a)
	}
	return p
}

// TestStretchesAreEachDayOnce counts day by day: on a day of its life a posting
// is vacant, suspended or held, and outside of it nothing but held by mistake.
func TestStretchesAreEachDayOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		p := randomPost(rng)
		shown := models.Period{First: p.Opened - 100, Last: p.Opened + 6000}
		list := stretchesOf(p, shown)
		for day := shown.First; day <= shown.Last; day++ {
			var here []stretchKind
			for _, x := range list {
				if x.Has(day) {
					here = append(here, x.kind)
				}
			}
			status := p.StatusOn(day)
			kinds := fmt.Sprint(here)
			if (status == models.Vacant) != (kinds == "[vacant]") || (status == models.Planned) != (kinds == "[]") ||
				(status == models.Suspended) != strings.Contains(kinds, "suspended") || (status == models.Held) != (strings.Contains(kinds, "held") && !strings.Contains(kinds, "suspended")) {
				t.Fatalf("%v is %s and drawn as %s", day, status, kinds)
			}
		}
	}
}

func TestMarks(t *testing.T) {
	s := testSite(t)
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-11-01", 6, "2026-11-01 11, 2026-12-01 12, 2027-01-01 01, 2027-02-01 02, 2027-03-01 03, 2027-04-01 04"},
		{"2026-11-15", 2, "2026-12-01 12, 2027-01-01 01"},
		{"2026-01-01", 24, "2026-01-01 Q1, 2026-04-01 Q2, 2026-07-01 Q3, 2026-10-01 Q4, 2027-01-01 Q1, 2027-04-01 Q2, 2027-07-01 Q3, 2027-10-01 Q4"},
		{"2025-06-30", 72, "2026-01-01 , 2027-01-01 , 2028-01-01 , 2029-01-01 , 2030-01-01 , 2031-01-01 "},
		{"2026-11-15", 1, "2026-12-01 12"},
		{"2026-11-01", 1, "2026-11-01 11"},
		{"9999-11-01", 5, "9999-11-01 11, 9999-12-01 12"},
		{"9999-12-31", 180, ""},
		{"0001-01-01", 1, "0001-01-01 01"},
	} {
		from, err := models.ParseDate(c.from)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range s.chart("en", TimelineDays(from, c.months), testToday).marks() {
			got = append(got, m.day.String()+" "+m.label)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%d months from %s: %s", c.months, c.from, strings.Join(got, ", "))
		}
	}
}

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
	change := models.Delta{Agencies: map[int64]*models.Agency{1: {ID: 1, Country: models.Sweden, Kind: models.Police}},
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
			v.Filters = s.Filters(lang, nil, "state", "matter", "sending", "kind", "host", "region", "organisation", "holder", "status", "on")
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
		for _, want := range []string{"Åse &lt;Lindqvist&gt;", `"/assignments/31"`, `"/assignments/32"`, `"/postings/21"`, "liaison officer, SE police", "2013-12-31", "acant", "uspended", "planned until 2012-12-31"} {
			if !strings.Contains(html, want) {
				t.Errorf("no %s in %s", want, html)
			}
		}
	}
	if !strings.Contains(words, "together with liaison officer, SE police, 801 days") || !strings.Contains(picture, `class="shared"`) {
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
