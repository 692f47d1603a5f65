package handlers

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"samband/db"
	"samband/models"
)

// addressOf makes a calendar for an account with rights, and returns its path and the
// account.
func (s *site) addressOf(rights string, c db.Calendar) (path string, account models.Account) {
	s.t.Helper()
	account = models.Account{Email: strings.ToLower(rand.Text()) + "@example.org", Rights: models.ParseRights(rights)}
	s.written(func(tx *db.Tx) error { return tx.SaveAccount(&account) })
	if c.Holds == "" {
		c.Holds = strings.Join(texts(models.EventSorts()), " ")
	}
	if c.About == "" {
		c.About = models.OfAll
	}
	c.Lang = "en"
	var secret string
	err := s.store.Write(context.Background(), db.Actor{Account: account.ID, Rights: account.Rights}, func(tx *db.Tx) (err error) {
		secret, err = tx.AddCalendar(&c)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return secretPath + secret + ".ics", account
}

// summaries returns what the events of a calendar are called, each with its days, and
// fails for one whose days are not whole.
func (p page) summaries() (all []string) {
	p.t.Helper()
	for _, e := range p.calendar().Events() {
		text := func(name ics.ComponentProperty) string {
			if got := e.GetProperty(name); got != nil {
				return got.Value
			}
			return ""
		}
		if got := e.GetProperty(ics.ComponentPropertyDtStart).ICalParameters["VALUE"]; len(got) != 1 || got[0] != "DATE" {
			p.t.Errorf("an event begins at %v", got)
		}
		line := text(ics.ComponentPropertyDtStart) + "/" + text(ics.ComponentPropertyDtEnd) + " " + text(ics.ComponentPropertySummary)
		if text(ics.ComponentPropertyStatus) == "CANCELLED" {
			line += " (cancelled)"
		}
		all = append(all, line)
	}
	return all
}

func TestCalendarOfAnAccount(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		at, account := w.addressOf("partner:SE", db.Calendar{})
		w.post(w.assignment+"/absences", form("version", "1", "absences.first_day", "2026-12-01", "absences.last_day", "2026-12-24", "absences.stand_in", "")).follow()
		nobody := w.as("")
		rows := w.rows()
		p := nobody.get(at)
		const want = "20261201/20261225 Absent: Åse Lindqvist – Bangkok (Thailand), SE police\n" +
			"20261201/20261202 Absence without a stand-in: Bangkok (Thailand), SE police\n" +
			"20261231/20270101 Term ends: Åse Lindqvist – Bangkok (Thailand), SE police\n" +
			"20270101/20270102 Vacant soon: Bangkok (Thailand), SE police"
		got := strings.Join(p.summaries(), "\n")
		if got != want { // the term began more than a year ago
			t.Errorf("the calendar is\n%s\nwant\n%s", got, want)
		}
		p.says("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n", "X-PUBLISHED-TTL:PT1H\r\n", "\r\nSEQUENCE:3\r\n", "\r\nSTATUS:CONFIRMED\r\n").hides("ase@example.org", account.Email)
		if w.rows() != rows {
			t.Errorf("reading it leaves %d rows", w.rows()-rows)
		}
		if all, err := w.store.Calendars(context.Background(), account.ID); err != nil || all[0].Used != models.DateOf(noon) {
			t.Errorf("it was used on %v, %v", all, err)
		}
		other, _ := w.addressOf("partner:FI", db.Calendar{})
		if got := strings.Join(nobody.get(other).summaries(), "\n"); strings.Contains(got, "Absent:") || !strings.Contains(got, "Term ends") {
			t.Errorf("another state's reader is told\n%s", got)
		}
		ours, _ := w.addressOf("partner:FI", db.Calendar{About: models.OfOwnStates, Holds: "terms absences lives handovers"})
		if got := nobody.get(ours).summaries(); len(got) > 0 {
			t.Errorf("of its own states it is told %q", got)
		}
		w.post(w.assignment+"/remove", form("version", "2")).follow()
		got = strings.Join(nobody.get(at).summaries(), "\n")
		for _, want := range []string{"20261231/20270101 Removed: Term ends – Bangkok (Thailand), SE police (cancelled)", "20261201/20261225 Removed: Absent – Bangkok (Thailand), SE police (cancelled)"} {
			if !strings.Contains(got, want) {
				t.Errorf("after the removal the calendar is\n%s", got)
			}
		}
		nobody.get(at).hides("Lindqvist")
	})
}

func TestCalendarsFollow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at, account := w.addressOf("partner:FI", db.Calendar{About: models.OfFollowed, Holds: "terms findings lives"})
	nobody := w.as("")
	if got := nobody.get(at).summaries(); len(got) > 0 {
		t.Errorf("who follows nothing is told %q", got)
	}
	for _, f := range []models.Follow{{Noun: models.FollowedPlace, Record: "VN"}, {Noun: models.FollowedPosting, Record: strings.TrimPrefix(w.posting, "/postings/")}} {
		actor := db.Actor{Account: account.ID, Rights: account.Rights}
		if err := w.store.Write(context.Background(), actor, func(tx *db.Tx) error { return tx.Follow(f) }); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(nobody.get(at).summaries(), "\n"); !strings.Contains(got, "Term ends: Åse Lindqvist") {
			t.Errorf("who follows %v is told %q", f, got)
		}
		if err := w.store.Write(context.Background(), actor, func(tx *db.Tx) error { return tx.Unfollow(f) }); err != nil {
			t.Fatal(err)
		}
	}
}

// A finding that is put off is in no calendar until it holds again.
func TestCalendarsLeaveOutWhatIsPutOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at, _ := w.addressOf("partner:SE", db.Calendar{Holds: "findings"})
	if got := w.as("").get(at).summaries(); len(got) != 1 || !strings.Contains(got[0], "20270101/20270102 Vacant soon: Bangkok") {
		t.Fatalf("the findings are %q", got)
	}
	for _, x := range findingsAbout(w.site, "bangkok-se-police") {
		w.post(snoozePath(x), form("until", "2026-12-15", "reason", "kanarieskäl")).follow()
	}
	if got := w.as("").get(at).summaries(); len(got) > 0 {
		t.Errorf("put off, there are %q", got)
	}
	if got := w.on(23).as("").get(at).summaries(); len(got) != 1 {
		t.Errorf("after that, there are %q", got)
	}
}

// A program that has the calendar is told so, until something in it changes.
func TestCalendarsAreNotSentTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at, _ := w.addressOf("partner:SE", db.Calendar{})
	nobody := w.as("")
	tag := nobody.get(at).is(200).Header.Get("ETag")
	ask := func(s *site, has string) page {
		r := httptest.NewRequest(http.MethodGet, at, nil)
		r.Header.Set("If-None-Match", has)
		return s.send(r)
	}
	for _, has := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
		if p := ask(nobody, has).is(http.StatusNotModified); p.body != "" || p.Header.Get("ETag") != tag {
			t.Errorf("%s is answered with %q", has, p.body)
		}
	}
	ask(nobody, `"x"`).is(200)
	ask(nobody, "").is(200)
	if p := ask(nobody.on(1), tag).is(200); p.Header.Get("ETag") == tag {
		t.Error("on the next day it is still the same")
	}
	w.post(w.assignment+"/end", form("version", "1", "last_day", "2026-12-30", "end_reason", "x")).follow()
	if p := ask(nobody, tag).is(200); !strings.Contains(p.body, "20261230") {
		t.Errorf("after a change it is %s", p.body)
	}
	if got := nobody.get(at).Header.Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("it is to be cached as %q", got)
	}
}

// Whatever the time zone and the hour, days stay the same and end the day after.
func TestCalendarDaysInEveryZone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at, _ := w.addressOf("partner:SE", db.Calendar{Holds: "terms"})
	for _, name := range []string{"UTC", "Europe/Stockholm", "Pacific/Honolulu", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, hour := range []int{0, 9, 12, 23} {
			o := w.options
			o.Zone, o.Now = zone, func() time.Time { return time.Date(2026, 11, 23, hour, 59, 59, 0, time.UTC) }
			if got := strings.Join(w.with(o).as("").get(at).summaries(), "\n"); got != "20261231/20270101 Term ends: Åse Lindqvist – Bangkok (Thailand), SE police" {
				t.Errorf("in %s at %d it is %s", name, hour, got)
			}
		}
	}
}

// Only the address lets in, and only while its account may read.
func TestWhoReadsACalendar(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		at, account := w.addressOf("coordinator:SE", db.Calendar{Holds: "terms"})
		w.post(w.holder+"/edit", form("version", "1", "agency", "se-police", "name", "Åse Lindqvist", "key", "o-ase-lindqvist", "masked", "true")).follow()
		nobody := w.as("")
		nobody.get(at).is(200).says("Lindqvist")
		secret := strings.TrimSuffix(strings.TrimPrefix(at, secretPath), ".ics")
		for _, wrong := range []string{"/calendar/x.ics", "/calendar/.ics", secretPath + strings.ToLower(secret) + ".ics", secretPath + secret + "A.ics", "/calendar/%00.ics", "/calendar/" + strings.Repeat("A", 5000)} {
			for _, as := range []*site{nobody, w.site} {
				as.get(wrong).is(http.StatusNotFound)
			}
		}
		nobody.get(strings.TrimSuffix(at, ".ics")).is(200)
		nobody.do(http.MethodPost, at, form()).is(http.StatusMethodNotAllowed)
		if p := nobody.do(http.MethodHead, at, nil).is(200); p.Header.Get("ETag") == "" {
			t.Error("its head has no tag")
		}
		r := basic(at, "x", "samband_WRONG") // what the address says counts, whatever comes along
		nobody.send(r).is(200)
		w.as("partner:FI").get(at).is(200).says("Lindqvist")
		change := func(rights string, disabled bool) {
			a, err := w.store.Account(context.Background(), account.ID)
			if err != nil {
				t.Fatal(err)
			}
			a.Rights, a.Disabled = models.ParseRights(rights), disabled
			w.written(func(tx *db.Tx) error { return tx.SaveAccount(&a) })
		}
		change("partner:FI", false)
		nobody.get(at).is(200).says("Name hidden").hides("Lindqvist")
		change("partner:FI", true)
		nobody.get(at).is(http.StatusNotFound)
		change("auditor:all", false)
		nobody.get(at).is(http.StatusNotFound)
		change("coordinator:SE", false)
		nobody.get(at).is(200).says("Lindqvist")
	})
}

// Guesses at addresses are slowed down, and do not keep the right one from working.
func TestGuessingCalendars(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at, _ := w.addressOf("partner:SE", db.Calendar{})
	nobody, last := w.as(""), 0
	for i := range secretTries + 1 {
		last = nobody.get(fmt.Sprintf("/calendar/GUESS%d.ics", i)).StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the last guess is answered %d", last)
	}
	nobody.get(at).is(200)
}

// The secret of an address is in no line of the log and in no row of the trail,
// however it is mistyped.
func TestNoLogTellsACalendar(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at, account := w.addressOf("partner:SE", db.Calendar{})
	secret := strings.TrimSuffix(strings.TrimPrefix(at, secretPath), ".ics")
	for _, path := range []string{at, at + "x", strings.ToUpper(at), "/prefix" + at, "/" + at, "/calendar//" + secret, "/calender/" + secret, "/" + secret, "/calendars/" + secret, at + "/more",
		"/calendar/" + secret[:12], "/calendar/%2F" + secret, "/calendars/" + secret + "/revoke"} {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete, http.MethodHead} {
			w.as("").do(method, path, nil)
			w.do(method, path, nil)
		}
		w.post("/printed", form("path", path)).is(http.StatusSeeOther)
	}
	a, err := w.store.Account(context.Background(), account.ID)
	if err != nil {
		t.Fatal(err)
	}
	a.Disabled = true
	w.written(func(tx *db.Tx) error { return tx.SaveAccount(&a) })
	w.as("").logged("an address of a disabled account", w.as("").get(at).is(http.StatusNotFound), fmt.Sprintf(" account=%d", account.ID))
	var held strings.Builder
	rows, err := w.raw.Query("SELECT coalesce(new, '') || coalesce(new_personal, '') || coalesce(old, '') FROM audit")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		held.WriteString(text)
	}
	for where, text := range map[string]string{"log": w.log.String(), "trail": held.String()} {
		if text = strings.ToUpper(text); strings.Contains(text, secret) || strings.Contains(text, secret[:12]) {
			t.Errorf("the %s tells the secret", where)
		}
	}
	if got := withoutSecret("/calendars/12/revoke"); got != "/calendars/12/revoke" {
		t.Errorf("one's own page is logged as %s", got)
	}
}

// Making an address asks who it is; it is shown once, listed and revoked.
func TestCalendarsPage(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		v := newVisit(t, base)
		v.signIn(goodPassword, "")
		if page := v.read("/account"); !strings.Contains(page, `href="/calendars"`) {
			t.Error("one's own page does not lead there")
		}
		v.says("/calendars", "You have no calendar addresses", "every three hours", base[:7])
		good := form("of", "all", "sorts", "terms", "sorts", "absences", "current", goodPassword)
		for what, f := range map[string]url.Values{"without a password": without(good, "current", ""), "with another": without(good, "current", "not this one at all"),
			"of nothing": form("of", "all", "current", goodPassword), "of something": without(good, "sorts", "x"), "about nothing": without(good, "of", ""), "about something": without(good, "of", "x")} {
			if got := v.send("/calendars", f).StatusCode; got != http.StatusUnprocessableEntity {
				t.Errorf("an address %s is answered %d", what, got)
			}
		}
		rows := s.rows()
		status, page := v.answered("/calendars", good)
		m := regexp.MustCompile(`http://127\.0\.0\.1:8080(/calendar/[A-Z2-7]{26}\.ics)`).FindStringSubmatch(page)
		if status != http.StatusOK || m == nil {
			t.Fatalf("it is answered %d: %s", status, page)
		}
		if got := s.actions(1); s.rows() != rows+1 || !strings.Contains(got, `create calendar`) || !strings.Contains(got, `"of":"all","sorts":"terms absences"`) {
			t.Errorf("it leaves %s", got)
		}
		s.as("").get(m[1]).calendar()
		page = v.says("/calendars", "Everything I may see", "Absences", "2026-11-23")
		if strings.Contains(page, m[1]) {
			t.Error("the address is shown again")
		}
		n := regexp.MustCompile(`/calendars/(\d+)/revoke`).FindStringSubmatch(page)
		if n == nil {
			t.Fatal("it cannot be revoked")
		}
		s.as("coordinator:SE").post("/calendars/"+n[1]+"/revoke", form()).is(http.StatusNotFound)
		if got := v.send("/calendars/"+n[1]+"/revoke", url.Values{}).StatusCode; got != http.StatusSeeOther {
			t.Errorf("revoking is answered %d", got)
		}
		if got := s.actions(1); !strings.Contains(got, "remove calendar") {
			t.Errorf("it leaves %s", got)
		}
		s.as("").get(m[1]).is(http.StatusNotFound)
		s.as("partner:SE").post("/calendars", good).is(http.StatusForbidden) // by a token
		s.as("auditor:all").get("/audit?noun=calendar").is(200).says("calendar address", "terms absences")
	})
}

// The plain address is for programs that sign in.
func TestPlainCalendar(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.as("partner:SE").token
	nobody := w.as("")
	nobody.send(basic("/calendar.ics", "a@example.org", token)).says("Term ends: Åse Lindqvist").calendar()
	nobody.send(basic("/calendar.ics?of=followed", "", token)).hides("Lindqvist").calendar()
	nobody.send(basic("/calendar.ics?sorts=lives,mandates", "", token)).hides("Lindqvist").calendar()
	p := nobody.get("/calendar.ics").is(http.StatusUnauthorized)
	if got := strings.Join(p.Header.Values("WWW-Authenticate"), ", "); !strings.Contains(got, "Basic") {
		t.Errorf("it asks by %s", got)
	}
	nobody.send(basic("/calendar.ics", "x", "samband_WRONG")).is(http.StatusUnauthorized)
	w.get("/calendar.ics?lang=sv").says("Förordnande slutar: Åse Lindqvist").calendar()
	for _, bad := range []string{"of=x", "sorts=x", "sorts=terms,,", "sorts=terms,x"} {
		w.get("/calendar.ics?" + bad).is(422)
	}
	rows := w.rows()
	for range 3 {
		w.get("/calendar.ics?of=all").is(200)
	}
	if got := w.actions(1); w.rows() != rows+1 || !strings.Contains(got, `"what":"calendar.ics","filter":"of=all"`) {
		t.Errorf("it leaves %d rows, the last %s", w.rows()-rows, got)
	}
}

// No calendar tells of whom its account may not know, whatever it is of.
func TestNoCalendarHearsTheCanary(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		s.post("/officers", form("agency", "se-police", "key", "o-zyxwana", "name", "Zyxwana Qrst", "email", "z@zyxwana.example", "phone", "+4670999", "rank", "kanariegrad",
			"note", "kanarienot", "masked", "true")).follow()
		v := postingForm("key", "riga-se", "restricted", "true", "note", "kanarienot", "host_country", "LV", "host_city", "Riga", "agency", "se-police")
		s.post("/postings", v).follow()
		s.post("/officers", form("agency", "se-police", "key", "o-vqpell", "name", "Vqpell Hjk", "email", "z@zyxwana.example", "phone", "+4670999")).follow()
		hidden := s.post("/assignments", form("officer", "o-zyxwana", "posting", "bangkok-se", "first_day", "2026-01-01", "last_day", "2027-06-30", "note", "kanarienot", "end_reason", "kanarieskäl")).follow()
		s.post("/assignments", form("officer", "o-vqpell", "posting", "riga-se", "first_day", "2026-02-01", "last_day", "2027-06-30", "note", "kanarienot")).follow()
		s.post("/assignments", form("officer", "o-se", "posting", "riga-se", "first_day", "2027-07-01", "note", "kanarienot")).follow()
		s.post(hidden+"/absences", form("version", "1", "absences.first_day", "2026-12-01", "absences.last_day", "2026-12-24", "absences.stand_in", "")).follow()
		gone := s.post("/assignments", form("officer", "o-zyxwana", "posting", "riga-se", "first_day", "2026-03-01", "last_day", "2026-06-30", "note", "kanarienot")).follow()
		s.post(gone+"/remove", form("version", "1")).follow()
		for _, rights := range []string{"partner:FI", "coordinator:DK", "partner:all auditor:DK", "partner:SE", "coordinator:SE"} {
			for _, of := range models.CalendarsOf() {
				at, account := s.addressOf(rights, db.Calendar{About: of})
				for _, f := range []models.Follow{{Noun: models.FollowedPlace, Record: "TH"}, {Noun: models.FollowedPlace, Record: "LV"}} {
					if err := s.store.Write(context.Background(), db.Actor{Account: account.ID, Rights: account.Rights}, func(tx *db.Tx) error { return tx.Follow(f) }); err != nil {
						t.Fatal(err)
					}
				}
				p := s.as("").get(at).is(200)
				p.strictCalendar()
				p.body = strings.ReplaceAll(p.body, "\r\n ", "")
				p.deaf(rights+" "+string(of), []string{"zyxwana", "4670999", "kanariegrad", "kanarienot", "kanarieskäl", "@zyxwana.example", "z@"})
				p.quiet(t, rights != "coordinator:SE", "Zyxwana")
				p.quiet(t, !strings.Contains(rights, ":SE"), "Vqpell")
				if of == models.OfAll && !strings.Contains(rights, ":SE") {
					p.says("Term ends: Name hidden", "Removed: Term begins")
				}
				if rights == "coordinator:SE" {
					p.says("Absent: Zyxwana", "Vqpell")
				}
			}
		}
	})
}

// Names are escaped, folded and read back, whatever they hold.
func TestCalendarsOfNastyNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at, _ := w.addressOf("partner:SE", db.Calendar{})
	for i, name := range []string{`Åse; Ærø, "Þ" \n x`, strings.Repeat("Ö", 150), strings.Repeat("👩‍👩‍👧‍👦", 8), "a b:c;d=e", "e\u0301\u0301 \u202e x"} {
		key := fmt.Sprintf("o-nasty-%d", i)
		w.post("/officers", form("agency", "se-police", "name", name, "key", key)).follow()
		w.post("/assignments", form("officer", key, "posting", "bangkok-se-police", "first_day", fmt.Sprintf("2027-0%d-01", i+1), "last_day", fmt.Sprintf("2027-0%d-20", i+1))).follow()
		if got := strings.Join(w.as("").get(at).summaries(), "\n"); !strings.Contains(got, "Term ends: "+name+" – Bangkok") {
			t.Errorf("%q is not in %s", name, got)
		}
	}
}

// Too many events are left out from the far end, and it is said.
func TestCalendarsAreBounded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var events []models.Event
	for i := range 6000 {
		day := models.DateOf(noon) + models.Date(i)
		events = append(events, models.Event{Kind: models.Opens, Of: int64(i), Days: models.Period{First: day, Last: day}, Post: &models.Post{}})
	}
	near := models.Nearest(events, models.DateOf(noon), 5000)
	var b bytes.Buffer
	if err := s.options.Site.Calendar(&b, "en", noon, models.NewDirectory(models.Delta{}), near, len(events)); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); !strings.Contains(got, "X-WR-CALDESC:Events: the nearest 5000 of 6000\r\n") || strings.Count(got, "BEGIN:VEVENT") != 5000 {
		t.Errorf("it is %.500s", got)
	}
}
