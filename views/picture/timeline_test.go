package picture

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samband/models"
)

const testToday = models.Date(739_000)

// drawn is a timeline in which all that is said has to be escaped.
func drawn(shown models.Period) Timeline {
	return Timeline{Shown: shown, Today: testToday, Say: hostile, Holder: func(p *models.Post, a *models.Assignment) (name, address string) {
		return hostile(models.Say("name")), hostile(models.Say("address"))
	}}
}

// days returns so many months from a day.
func days(from models.Date, months int) models.Period {
	last := from.Months(months)
	if !last.Open() {
		last--
	}
	return models.Period{First: from, Last: last}
}

// TestTimelineHoldsAnyLife draws postings of every age: the picture is sound
// XML, without a measure that is no number or lies outside it, and never long.
func TestTimelineHoldsAnyLife(t *testing.T) {
	const today = testToday
	days := []models.Date{1, today.Years(-40), today.Years(-2), today - 1, today, today + 1, today.Years(2) - 1, today.Years(2),
		today.Years(2) + 1, today.Years(7), today.Years(9), models.Forever - 1}
	held := models.Assignment{ID: 31, OfficerID: 11, Period: models.Period{First: 733_772, Last: 735_232}, PlannedLast: 734_867}
	later := models.Assignment{ID: 32, OfficerID: 12, Period: models.Period{First: 735_384, Last: models.Forever}}
	for _, opened := range days {
		for _, closed := range append(days, models.Forever) {
			if closed < opened {
				continue
			}
			p := models.Post{Posting: models.Posting{ID: 1, HostCountry: "TH", Opened: opened, Closed: closed,
				Suspensions: []models.Suspension{{Period: models.Period{First: 735_598, Last: 735_656}}}}}
			for _, assignments := range [][]models.Assignment{nil, {held, later},
				{{ID: 1, OfficerID: 11, Period: models.Period{First: opened, Last: closed}}}} {
				p.Assignments = assignments
				var b strings.Builder
				c := drawn(Life(&p, today))
				c.Head(&b)
				c.Row(&b, &p, "")
				svg := b.String()
				if complaint := unsoundChart(svg); complaint != "" {
					t.Fatalf("%v to %v: %s in %s", opened, closed, complaint, svg)
				}
			}
		}
	}
}

func TestBeginning(t *testing.T) {
	day, err := models.ParseDate("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	for months, want := range map[int]string{1: "2026-11-01", 18: "2026-11-01", 19: "2026-10-01", 60: "2026-10-01", 65: "2026-01-01", 180: "2026-01-01"} {
		if got := Beginning(day, months).String(); got != want {
			t.Errorf("%d months begin on %s, want %s", months, got, want)
		}
	}
}

// TestAbsence draws a posting before and after its life: nothing is in the
// picture but why.
func TestAbsence(t *testing.T) {
	p := models.Post{Posting: models.Posting{Opened: testToday, Closed: testToday + 9}}
	for _, tt := range []struct {
		shown models.Period
		want  models.Message
	}{
		{models.Period{First: testToday - 9, Last: testToday - 1}, models.Say("timeline.opened", "day", p.Opened)},
		{models.Period{First: testToday + 10, Last: testToday + 99}, models.Say("timeline.closed", "day", p.Closed)},
	} {
		var b strings.Builder
		drawn(tt.shown).Row(&b, &p, "p1")
		want := `<svg class="timeline" height="24" role="group" aria-labelledby="p1"><use href="#grid"/><text class="absent">` + esc(hostile(tt.want)) + `</text></svg>`
		if got := strings.Replace(b.String(), `<use href="#now"/>`, "", 1); got != want {
			t.Errorf("in %v: %s, want %s", tt.shown, got, want)
		}
	}
}

// TestLife says which days the picture of one posting shows, in years from
// today.
func TestLife(t *testing.T) {
	year := func(n int) models.Date { return testToday.Years(n) }
	const open = 1000
	for _, tt := range []struct {
		name                 string
		opened, closed, ends int // ends is the last day of a holder
		wantFirst, wantLast  int
	}{
		{"for some years", -3, open, open, -3, 2},
		{"for very long", -40, open, open, -15, 2},
		{"held beyond the two years ahead", -3, open, 5, -3, 5},
		{"held until a day far off", -3, open, 9, -3, 2},
		{"to open", 4, open, open, 0, 6},
		{"to open a long way off", 9, open, open, 9, 11},
		{"closed", -9, -4, -4, -9, -4},
		{"closed after very long", -40, -4, -4, -19, -4},
		{"closed soon", -3, 1, 1, -3, 2},
	} {
		p := models.Post{Posting: models.Posting{Opened: year(tt.opened), Closed: models.Forever}}
		a := models.Assignment{Period: models.Period{First: p.Opened, Last: models.Forever}}
		if tt.closed != open {
			p.Closed = year(tt.closed)
		}
		if tt.ends != open {
			a.Last = year(tt.ends)
		}
		p.Assignments = []models.Assignment{a}
		if got, want := Life(&p, testToday), (models.Period{First: year(tt.wantFirst), Last: year(tt.wantLast)}); got != want {
			t.Errorf("%s: %v, want %v", tt.name, got, want)
		}
	}
}

func unsoundChart(svg string) string {
	for _, wrong := range []string{"NaN", "Inf", ` x="-`, ` x1="-`, ` x2="-`, ` width="-`, ` height="-`} {
		if strings.Contains(svg, wrong) {
			return wrong
		}
	}
	if len(svg) > 10_000 {
		return "too much"
	}
	if !strings.Contains(svg, "<rect") {
		return "nothing"
	}
	return unsound(svg)
}

// TestBarsAreTheirDays draws postings at random: each bar is as wide as its
// days in the picture, to the tenth of a percent that pictures are drawn to,
// and no two bars of one lane share a day.
func TestBarsAreTheirDays(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	bar := regexp.MustCompile(`<svg(?: class="[a-z ]+")? x="([\d.]+)%"(?: y="(\d+)")? width="([\d.]+)%">`)
	for range 300 {
		shown := days(testToday-models.Date(rng.IntN(5000)), 1+rng.IntN(180))
		p := randomPost(rng)
		list := Stretches(p, shown)
		lanes := laid(list)
		var b strings.Builder
		drawn(shown).Row(&b, p, "a")
		svg := b.String()
		found := bar.FindAllStringSubmatch(svg, -1)
		if len(found) != len(list) {
			t.Fatalf("%d bars of %d stretches: %s", len(found), len(list), svg)
		}
		for i, x := range list {
			left, width := number(t, found[i][1]), number(t, found[i][3])
			seen := x.And(shown)
			first := 100 * float64(seen.First-shown.First) / float64(shown.Days())
			last := 100 * float64(seen.Last+1-shown.First) / float64(shown.Days())
			if math.Abs(left-first) > .051 && width > .2 || width > .2 && math.Abs(left+width-last) > .051 || left+width > 100.0001 {
				t.Errorf("%v in %v is drawn from %v, %v wide; want %v to %v", x.Period, shown, left, width, first, last)
			}
			if y := found[i][2]; y == "" && lanes.of[i] != 0 || y != "" && y != strconv.Itoa(lanePitch*lanes.of[i]) {
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
		list := Stretches(p, shown)
		for day := shown.First; day <= shown.Last; day++ {
			var here []models.Status
			for _, x := range list {
				if x.Has(day) {
					here = append(here, x.Status)
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
	quarters := func(m models.Message) string { return fmt.Sprintf("Q%d", m.Args[1]) }
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
		for _, m := range (Timeline{Shown: days(from, c.months), Say: quarters}).chart(nil).marks() {
			got = append(got, m.day.String()+" "+m.label)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%d months from %s: %s", c.months, c.from, strings.Join(got, ", "))
		}
	}
}
