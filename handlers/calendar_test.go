package handlers

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// calendar reads the answer with a calendar in it.
func (p page) calendar() *ics.Calendar {
	p.t.Helper()
	p.is(200)
	if got := p.Header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
		p.t.Errorf("the calendar is %s", got)
	}
	p.strictCalendar()
	cal, err := ics.ParseCalendar(strings.NewReader(p.body))
	if err != nil {
		p.t.Fatal(err)
	}
	return cal
}

// strictCalendar reads a calendar as a strict reader of RFC 5545 would: lines
// that end in CRLF and are folded at 75 octets, not within a character; each
// property well formed, with no parameter twice, and none twice that may stand
// once; what must be there, there; components closed in order.
func (p page) strictCalendar() {
	p.t.Helper()
	body, ended := strings.CutSuffix(p.body, "\r\n")
	if !ended || strings.ContainsAny(strings.ReplaceAll(p.body, "\r\n", ""), "\r\n") {
		p.t.Error("lines do not all end in CRLF")
	}
	var lines []string
	for line := range strings.SplitSeq(body, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			p.t.Errorf("a line of %d octets: %q", len(line), line)
		}
		if rest, folded := strings.CutPrefix(line, " "); folded && len(lines) > 0 {
			lines[len(lines)-1] += rest
		} else {
			lines = append(lines, line)
		}
	}
	required := map[string][]string{"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}
	repeatable := []string{"CATEGORIES", "COMMENT", "ATTENDEE", "CONTACT", "EXDATE", "RDATE", "RELATED", "RESOURCES", "X-"}
	type component struct {
		name string
		has  map[string]bool
	}
	var open []component
	wellFormed := regexp.MustCompile(`^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$`)
	for i, line := range lines {
		m := wellFormed.FindStringSubmatch(line)
		if m == nil {
			p.t.Errorf("not a property: %q", line)
			continue
		}
		name, value, seen := m[1], m[3], map[string]bool{}
		for _, parameter := range regexp.MustCompile(`;([A-Z0-9-]+)=`).FindAllStringSubmatch(m[2], -1) {
			if seen[parameter[1]] {
				p.t.Errorf("%s has %s twice: %q", name, parameter[1], line)
			}
			seen[parameter[1]] = true
		}
		switch {
		case name == "BEGIN":
			open = append(open, component{value, map[string]bool{}})
		case len(open) == 0:
			p.t.Fatalf("line %d stands in nothing: %q", i+1, line)
		case name == "END":
			last := open[len(open)-1]
			for _, r := range required[last.name] {
				if !last.has[r] {
					p.t.Errorf("a %s has no %s", last.name, r)
				}
			}
			if open = open[:len(open)-1]; value != last.name {
				p.t.Errorf("%s ends as %s", last.name, value)
			}
		default:
			last := open[len(open)-1]
			if last.has[name] && !slices.ContainsFunc(repeatable, func(r string) bool { return strings.HasPrefix(name, r) }) {
				p.t.Errorf("a %s has %s twice", last.name, name)
			}
			last.has[name] = true
		}
		if name == "VERSION" && value != "2.0" || name == "REFRESH-INTERVAL" && (m[2] != ";VALUE=DURATION" || value != "PT1H") {
			p.t.Errorf("it says %q", line)
		}
	}
	if len(open) > 0 || len(lines) == 0 || lines[0] != "BEGIN:VCALENDAR" {
		p.t.Errorf("it is no whole calendar: %.200q", p.body)
	}
}

func TestFindingsCalendar(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	own := emptied(t, s, "se")
	first := s.get("/findings.ics")
	first.says("\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n", "\r\nX-PUBLISHED-TTL:PT1H\r\n")
	events := first.calendar().Events()
	if len(events) != 1 {
		t.Fatalf("there are %d events: %s", len(events), first.body)
	}
	vacancy := events[0]
	if got := vacancy.GetProperty(ics.ComponentPropertyDescription).Value; !strings.HasPrefix(got, "Posting: Bangkok (Thailand), SE police. Vacant since 2026-08-01. No successor") {
		t.Errorf("the event says %q", got)
	}
	if got := vacancy.GetProperty(ics.ComponentPropertySummary).Value; got != "Vacant: Bangkok (Thailand), SE police" {
		t.Errorf("the event is called %q", got)
	}
	for text, want := range map[string]string{
		vacancy.GetProperty(ics.ComponentPropertyDtStart).Value: "20261123",
		vacancy.GetProperty(ics.ComponentPropertyUrl).Value:     "http://127.0.0.1:8080/postings/" + own[":posting"],
	} {
		if text != want {
			t.Errorf("the event has %q, want %q", text, want)
		}
	}
	if again := s.on(1).get("/findings.ics").calendar().Events()[0]; again.Id() != vacancy.Id() || strings.Contains(again.Id(), "bangkok") {
		t.Errorf("the next day the event %s is %s", vacancy.Id(), again.Id())
	}
	s.get("/findings.ics?severity=serious").says("Vacant:")
	s.get("/findings.ics?severity=warning").hides("Vacant:")
	s.get("/findings.ics?kind=nobody_behind").says("Vacant:") // it is told with its cause
	s.get("/findings.ics?lang=sv").says("SUMMARY:Vakant: Bangkok")
	sv := httptest.NewRequest(http.MethodGet, "/findings.ics", nil)
	sv.Header.Set("Accept-Language", "sv")
	s.send(sv).says("X-WR-CALNAME:Samband: avvikelser")
	s.get("/findings").says("http://127.0.0.1:8080/findings.ics")
}

// A calendar is noted once a day for each account and filter.
func TestCalendarsAreNotedOnceADay(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		emptied(t, s, "se")
		before := s.rows()
		noted := func(as *site, path string, want int) {
			t.Helper()
			before += want
			as.get(path).is(200)
			if got := s.rows(); got != before {
				t.Errorf("after %s the trail has %d rows, want %d", path, got, before)
				before = got
			}
		}
		noted(s, "/findings.ics", 1)
		noted(s, "/findings.ics", 0)
		noted(s, "/findings.ics?lang=sv&x=anything", 0)
		noted(s, "/findings.ics?kind=vacant", 1)
		noted(s, "/findings.ics?kind=vacant", 0)
		other := s.as("partner:FI")
		before = s.rows()
		noted(other, "/findings.ics", 1)
		if got := s.actions(1); !strings.Contains(got, `"what":"findings.ics","filter":""`) {
			t.Errorf("a calendar leaves %s", got)
		}
	})
}

// Programs for calendars show a token as a password, and only there.
func TestCalendarsTakeAPassword(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	emptied(t, s, "se")
	token := s.as("partner:FI").token
	nobody := s.as("")
	for _, name := range []string{"", "anybody", "Åse"} {
		nobody.send(basic("/findings.ics", name, token)).calendar()
	}
	for _, password := range []string{"", "samband_WRONG", token + "x", "password:" + token} {
		p := nobody.send(basic("/findings.ics", "x", password)).is(http.StatusUnauthorized)
		if got := strings.Join(p.Header.Values("WWW-Authenticate"), ", "); !strings.Contains(got, `Basic realm="samband"`) {
			t.Errorf("a wrong password is asked for by %s", got)
		}
	}
	p := nobody.get("/findings.ics").is(http.StatusUnauthorized)
	if got := strings.Join(p.Header.Values("WWW-Authenticate"), ", "); !strings.Contains(got, "Basic") {
		t.Errorf("a password is asked for by %s", got)
	}
	for _, path := range []string{"/findings.csv", "/findings", "/", "/api/v1/represent?state=FI&matter=police&place=TH"} {
		p := nobody.send(basic(path, "x", token)).is(http.StatusUnauthorized)
		if got := strings.Join(p.Header.Values("WWW-Authenticate"), ", "); strings.Contains(got, "Basic") {
			t.Errorf("%s asks by %s", path, got)
		}
	}
	post := basic("/findings.ics", "x", token)
	post.Method = http.MethodPost
	nobody.send(post).is(http.StatusMethodNotAllowed)
	s.as("auditor:all").get("/findings.ics").is(http.StatusForbidden)
	o := s.options
	o.APIRate = 1
	slow := s.with(o).as("")
	limited := 0
	for range 10 {
		if slow.send(basic("/findings.ics", "x", token)).StatusCode == http.StatusTooManyRequests {
			limited++
		}
	}
	if limited == 0 {
		t.Error("a calendar can be asked for without end")
	}
}

// Lines are folded and texts escaped as RFC 5545 has it, and officers who are
// masked have no name.
func TestCalendarLines(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	recordsOf(s, "se")
	s.post("/officers", form("agency", "se-police", "name", "Zyxwana; Qrst, \\n", "key", "o-zyxwana", "masked", "true")).follow()
	v := postingForm("key", "hanoi-se", "host_country", "KH")
	v.Set("agency", "se-police")
	v.Set("host_city", strings.Repeat("Phnom Pénh; ", 6)+"a, b")
	s.post("/postings", v).follow()
	s.post("/assignments", form("officer", "o-zyxwana", "posting", "bangkok-se", "first_day", "2026-01-01", "last_day", "2028-01-01")).follow()
	s.post("/assignments", form("officer", "o-zyxwana", "posting", "hanoi-se", "first_day", "2026-01-01", "last_day", "2028-01-01", "note", "two\r\nlines, and; more")).follow()
	whole := s.get("/findings.ics")
	description := ""
	for _, e := range whole.calendar().Events() {
		if text := e.GetProperty(ics.ComponentPropertyDescription).Value; strings.Contains(text, " Reason: ") {
			description = text
		}
	}
	if !strings.Contains(description, "Zyxwana; Qrst, \\n") || !strings.HasSuffix(description, "Reason: two\nlines, and; more") {
		t.Errorf("it reads %q", description)
	}
	if !strings.Contains(strings.ReplaceAll(whole.body, "\r\n ", ""), `two\nlines\, and\; more`) {
		t.Errorf("it is not escaped: %s", whole.body)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(whole.body, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !regexp.MustCompile(`^[A-Z-]+[:;]| `).MatchString(line) {
			t.Errorf("a line is %q", line)
		}
	}
	s.as("partner:FI").get("/findings.ics").is(200).says("Name hidden").hides("Zyxwana", "o-zyxwana", " Reason: ", "lines")
}
