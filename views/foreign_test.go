package views

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/models"
)

// A foreigner is a library of others that reads calendars and cards. It runs as a program
// that reads a file and answers with what it has understood, as JSON.
type foreigner struct {
	name string
	args []string
}

// readICAL and readVObject answer with a list of readEvent or of readCard.
const (
	readICAL = `const ICAL = require(process.argv[1]), text = require("fs").readFileSync(0, "utf8");
const one = (c, name) => { const v = c.getFirstPropertyValue(name); return v == null ? "" : v.toString() };
const every = (c, name) => c.getAllProperties(name).flatMap(p => p.getValues()).map(String);
const parsed = ICAL.parse(text), all = (typeof parsed[0] === "string" ? [parsed] : parsed).map(c => new ICAL.Component(c));
console.log(JSON.stringify(all[0].name === "vcalendar" ?
	all[0].getAllSubcomponents("vevent").map(e => ({uid: one(e, "uid"), start: one(e, "dtstart"), end: one(e, "dtend"), sequence: Number(one(e, "sequence")), status: one(e, "status"),
		summary: one(e, "summary"), description: one(e, "description"), url: one(e, "url"), categories: every(e, "categories")})) :
	all.map(c => ({uid: one(c, "uid"), version: one(c, "version"), fn: one(c, "fn"), n: c.getFirstPropertyValue("n").slice(0, 2), tel: one(c, "tel"), email: one(c, "email"),
		org: [].concat(c.getFirstPropertyValue("org"))[0], title: one(c, "title"), role: one(c, "role"), adr: [3, 6].map(i => c.getFirstPropertyValue("adr")[i]), categories: every(c, "categories")}))));`
	readVObject = `import json, sys, vobject
def one(c, name):
    v = getattr(c, name).value if hasattr(c, name) else ""
    return v.isoformat() if hasattr(v, "isoformat") else str(v)
def every(c, name):
    found = []
    for p in c.contents.get(name, []):
        found += p.value if isinstance(p.value, list) else [p.value]
    return found
answer = []
for c in vobject.readComponents(sys.stdin.buffer.read().decode("utf-8")):
    if c.name == "VCALENDAR":
        answer += [dict(uid=one(e, "uid"), start=one(e, "dtstart"), end=one(e, "dtend"), sequence=int(one(e, "sequence")), status=one(e, "status"), summary=one(e, "summary"),
            description=one(e, "description"), url=one(e, "url"), categories=every(e, "categories")) for e in c.vevent_list]
    else:
        answer.append(dict(uid=one(c, "uid"), version=one(c, "version"), fn=one(c, "fn"), n=[c.n.value.family, c.n.value.given], tel=one(c, "tel"), email=one(c, "email"),
            org=c.org.value[0], title=one(c, "title"), role=one(c, "role"), adr=[c.adr.value.city, c.adr.value.country], categories=every(c, "categories")))
json.dump(answer, sys.stdout)`
)

// foreigners runs a test with each library: ical.js, of which SAMBAND_TEST_ICAL names the
// script, and vobject of SAMBAND_TEST_PYTHON, or else of the Python that PATH knows. It
// skips what is missing unless skipping is forbidden.
func foreigners(t *testing.T, f func(*testing.T, foreigner)) {
	script, python := os.Getenv("SAMBAND_TEST_ICAL"), os.Getenv("SAMBAND_TEST_PYTHON")
	if python == "" {
		python = "python3"
	}
	missing := func(t *testing.T, why string) {
		if os.Getenv("SAMBAND_TEST_NO_SKIP") == "1" {
			t.Fatal(why + ", and SAMBAND_TEST_NO_SKIP forbids to skip")
		}
		t.Skip("not read by others: " + why)
	}
	t.Run("ical.js", func(t *testing.T) {
		if _, err := exec.LookPath("node"); err != nil || script == "" {
			missing(t, "there is no node, or SAMBAND_TEST_ICAL names no ical.js")
		}
		f(t, foreigner{"ical.js", []string{"node", "--eval", readICAL, script}})
	})
	t.Run("vobject", func(t *testing.T) {
		if exec.Command(python, "-c", "import vobject").Run() != nil {
			missing(t, "there is no vobject, and SAMBAND_TEST_PYTHON names no Python that has it")
		}
		f(t, foreigner{"vobject", []string{python, "-c", readVObject}})
	})
}

// reads fills what the library understands of a text.
func (f foreigner) reads(t *testing.T, text string, into any) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), f.args[0], f.args[1:]...)
	var said, complaint bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(text), &said, &complaint
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s cannot read it: %v: %s\n%s", f.name, err, complaint.String(), text)
	}
	if err := json.Unmarshal(said.Bytes(), into); err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
}

// misread are texts that a careless writer or reader breaks.
var misread = []string{"Åse Ærø-Þórsdóttir", `Comma, semicolon; backslash \ quote " colon: n\n`, strings.Repeat("Þórsdóttir ", 20) + "end", "日本語 😀 ß\u00a0é", `\, \; \\n`}

// nastyDirectory has a posting, three officers and a body of nasty names.
func nastyDirectory(name string) (*models.Directory, *models.Post) {
	day := func(s string) models.Date { d, _ := models.ParseDate(s); return d }
	officers := map[int64]*models.Officer{}
	for id := int64(11); id <= 13; id++ {
		officers[id] = &models.Officer{ID: id, Key: fmt.Sprint("o-", id), AgencyID: 1, Name: fmt.Sprint(id, " ", name), Rank: name, Email: "ase@example.org", Phone: "08-465 004 01"}
	}
	post := &models.Post{Posting: models.Posting{ID: 21, Key: "p", AgencyID: 1, HostCountry: "TH", HostCity: name, Opened: day("2010-01-01"), Closed: models.Forever}}
	for i := range int64(3) {
		post.Assignments = append(post.Assignments, models.Assignment{ID: 31 + i, Key: fmt.Sprint("a-", i), OfficerID: 11 + i, PostingID: 21, Period: models.Period{First: day("2024-02-29"), Last: day("2028-02-29")}})
	}
	d := models.NewDirectory(models.Delta{Officers: officers, Posts: map[int64]*models.Post{21: post},
		Agencies: map[int64]*models.Agency{1: {ID: 1, Key: "se", Country: models.Sweden, Kind: models.PoliceAgency, Name: name, NameEn: name, Period: models.Period{Last: models.Forever}}},
		Bodies:   map[int64]*models.Body{51: {ID: 51, Key: "b", Kind: "committee", Name: name, NameEn: name}}}).Seen(models.Everything)
	return d, d.Post(21)
}

// A readEvent is what others make of an event.
type readEvent struct {
	UID, Start, End, Status, Summary, Description, URL string
	Sequence                                           int
	Categories                                         []string
}

// Every sort of event is read by others as we mean it: its days with the end after the
// last, its names to the letter, its UID, number and state.
func TestCalendarReadByOthers(t *testing.T) {
	t.Parallel()
	s := testSite(t)
	kinds := []models.EventKind{models.TermBegins, models.TermEnds, models.Handover, models.Away, models.Opens, models.Closes, models.MandateLast, models.Found}
	foreigners(t, func(t *testing.T, f foreigner) {
		for _, name := range misread {
			d, post := nastyDirectory(name)
			var events []models.Event
			for i, kind := range kinds {
				for _, gone := range []bool{false, true} {
					first := models.DateOf(time.Date(2028, 2, 28, 0, 0, 0, 0, time.UTC)) + models.Date(i)
					e := models.Event{Kind: kind, Of: int64(31 + i), Days: models.Period{First: first, Last: first + models.Date(i)}, Sequence: 7 * i, Post: post, Term: post.Assignments[0], Before: post.Assignments[1], Gone: gone}
					switch kind {
					case models.Away:
						e.Absence = models.Absence{Period: e.Days, StandInID: 33}
					case models.MandateLast:
						e.Post, e.Body = nil, d.Body("b")
					case models.Found:
						e.Finding = &models.Finding{Kind: models.SendingState, Severity: models.Notice, Post: post, Sending: models.Sweden, Days: e.Days}
						e.Gone = false
					}
					if e.Gone {
						e.Of += 100
					}
					if kind != models.Found || !gone {
						events = append(events, e)
					}
				}
			}
			open := events[6] // an absence without an end
			open.Of, open.Days.Last = 999, models.Forever
			events = append(events, open)
			var b bytes.Buffer
			if err := s.Calendar(&b, "en", cardTime, d, events, len(events)); err != nil {
				t.Fatal(err)
			}
			var got []readEvent
			f.reads(t, b.String(), &got)
			if len(got) != len(events) {
				t.Fatalf("it has %d events, not %d", len(got), len(events))
			}
			for i, e := range events {
				want := readEvent{UID: s.uid(e.Name()), Start: e.Days.First.String(), End: (e.Days.Last + 1).String(), Status: "CONFIRMED", Summary: s.eventSummary("en", d, e),
					URL: s.eventURL(e), Sequence: e.Sequence, Categories: []string{s.text("en", "calendar.sort."+string(sortOf(e.Kind)))}}
				if e.Days.Last.Open() {
					want.End = ""
				}
				if e.Gone {
					want.Status = "CANCELLED"
				} else {
					want.Description = s.eventMore("en", d, e)
				}
				if !reflect.DeepEqual(got[i], want) {
					t.Errorf("it reads\n%+v, want\n%+v", got[i], want)
				}
			}
		}
	})
}

// A readCard is what others make of a card: of the name family and given, of the address
// city and country.
type readCard struct {
	UID, Version, FN, Tel, Email, Org, Title, Role string
	N, Adr, Categories                             []string
}

func TestCardsReadByOthers(t *testing.T) {
	t.Parallel()
	s := testSite(t)
	foreigners(t, func(t *testing.T, f foreigner) {
		for _, format := range []CardFormat{VCard3, VCard4} {
			var contacts []Contact
			for _, name := range misread {
				d, post := nastyDirectory(name)
				for _, phone := range []string{"08-465 004 01", "ask the switchboard; then 1,2"} {
					o := d.Officer(11)
					o.Phone = phone
					contacts = append(contacts, Contact{Officer: o, Own: d.Agency(o.AgencyID), Post: post, Sending: d.Sending(post)})
				}
			}
			var b bytes.Buffer
			if err := s.Contacts(&b, "en", format, cardTime, contacts); err != nil {
				t.Fatal(err)
			}
			var got []readCard
			f.reads(t, b.String(), &got)
			if len(got) != len(contacts) {
				t.Fatalf("%s has %d cards, not %d", format, len(got), len(contacts))
			}
			for i, c := range contacts {
				of := s.factsOf("en", c)
				want := readCard{UID: s.cardID(11), Version: "3.0", FN: of.name, Tel: of.phone, Email: of.email, Org: of.agency, Title: of.title, Role: of.posting,
					N: []string{of.family, of.given}, Adr: []string{of.city, of.country}, Categories: of.categories}
				if format == VCard4 {
					want.Version = "4.0"
				}
				if format == VCard4 && of.dialled {
					want.Tel = "tel:" + of.phone
				}
				if format == VCard3 && f.name == "ical.js" { // which does not know that RFC 2426, unlike 6350, has semicolons escaped in every text
					for _, text := range []*string{&want.FN, &want.Title, &want.Role} {
						*text = strings.ReplaceAll(*text, ";", `\;`)
					}
				}
				slices.Sort(want.Categories)
				slices.Sort(got[i].Categories)
				if !reflect.DeepEqual(got[i], want) {
					t.Errorf("of %s it reads\n%+v, want\n%+v", format, got[i], want)
				}
			}
		}
	})
}
