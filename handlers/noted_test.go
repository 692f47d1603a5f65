package handlers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// actions returns the actions of the last rows of the trail, the latest first.
func (s *site) actions(n int) string {
	s.t.Helper()
	rows, err := s.raw.Query(fmt.Sprintf("SELECT action, noun, new FROM audit ORDER BY id DESC LIMIT %d", n))
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var action, noun, about string
		if err := rows.Scan(&action, &noun, &about); err != nil {
			s.t.Fatal(err)
		}
		all = append(all, action+" "+noun+" "+about)
	}
	return strings.Join(all, "\n")
}

func TestWhatIsSeenAndTakenAwayIsNoted(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		w.get("/officers.csv?profile=excel&q=lars&sending=SE").is(200)
		if got := w.actions(1); !strings.Contains(got, "export file") || !strings.Contains(got, `"what":"officers.csv","rows":1,"profile":"excel"`) ||
			strings.Contains(got, "lars") {
			t.Errorf("a file leaves %s", got)
		}
		w.post("/printed", form("path", "/officers?q=lars")).is(http.StatusSeeOther)
		if got := w.actions(1); !strings.Contains(got, "print page") || !strings.Contains(got, `"path":"/officers"`) {
			t.Errorf("a print leaves %s", got)
		}
		w.get(w.holder).is(200).hides("ase@example.org")
		w.as("partner:FI").post(w.holder+"/contacts", form()).is(200).says("ase@example.org")
		if got := w.actions(1); !strings.Contains(got, "open officer") {
			t.Errorf("opening contact data leaves %s", got)
		}
		w.get(w.holder + "/edit").is(200).says("ase@example.org")
		if got := w.actions(1); !strings.Contains(got, "open officer") {
			t.Errorf("a form with contact data leaves %s", got)
		}
		auditor := w.as("auditor:all")
		auditor.get("/audit?action=export").is(200).says("officers.csv", "sending=SE").hides("lars")
		auditor.get("/audit?action=open").is(200).says("Åse Lindqvist")
		auditor.get("/audit.csv?noun=officer").is(200).says("id,at,actor,role,request,action,noun,record,name,state,field,old,new")
		auditor.get("/audit?actor=nobody@example.org").is(422)
		w.as("auditor:DK").get("/audit?action=open").is(200).hides("Åse Lindqvist")
	})
}

func TestRestoringAValue(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post(w.other+"/edit", form("version", "1", "agency", "se-police", "name", "Wrong Name", "key", "o-lars-odegard")).follow()
	page := w.get(w.other).is(200).says("Wrong Name", "Lars Ödegård")
	m := regexp.MustCompile(`name="row" value="(\d+)"><input type="hidden" name="field" value="name"`).FindStringSubmatch(page.body)
	if m == nil {
		t.Fatalf("no way to restore the name: %s", page.body)
	}
	w.as("coordinator:DK").post(w.other+"/restore", form("version", "2", "row", m[1], "field", "name")).is(http.StatusForbidden)
	w.post(w.other+"/restore", form("version", "1", "row", m[1], "field", "name")).is(http.StatusConflict)
	w.post(w.other+"/restore", form("version", "2", "row", m[1], "field", "id")).is(http.StatusNotFound)
	before := w.revision()
	w.post(w.other+"/restore", form("version", "2", "row", m[1], "field", "name")).follow()
	w.get(w.other).says("<h1>Lars Ödegård</h1>")
	if got := w.trail(before); len(got) != 1 {
		t.Errorf("restoring leaves %q", got)
	}
}

// Whatever somebody puts into an address, a name among what is asked for does
// not get into the part of the trail that cannot be erased.
func TestNoNameIsNotedForEver(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		asked := []string{"place", "host", "on", "organisation", "region", "status", "severity", "agency", "sort", "from", "to", "known", "soon", "months", "window",
			"snoozed", "lang", "kind", "state", "sending", "matter", "action", "noun", "record", "q", "holder", "actor", "nothing", "Zyxwana"}
		for _, name := range asked {
			for _, value := range []string{"Zyxwana", "2026-01-01&" + name + "=Zyxwana", "TH Zyxwana"} {
				for _, path := range []string{"/officers.csv", "/postings.csv", "/assignments.csv", "/coverage.csv", "/changes.csv", "/findings.csv", "/findings.ics", "/audit.csv", "/officers.xlsx", "/changes.json", "/audit.ndjson"} {
					w.as("coordinator:all auditor:all").get(path + "?" + name + "=" + strings.ReplaceAll(value, " ", "+"))
				}
				w.post("/printed", form("path", "/represent?"+name+"="+strings.ReplaceAll(value, " ", "+"))).is(http.StatusSeeOther)
			}
		}
		for _, path := range []string{"/officers/Zyxwana", "/Zyxwana", "/officers/1/Zyxwana", "/assets/Zyxwana", "/officers#Zyxwana", "/officers/1%2FZyxwana"} {
			w.post("/printed", form("path", path)).is(http.StatusSeeOther)
		}
		rows, err := w.raw.Query("SELECT action, noun, record_key, state, old, new FROM audit")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		n := 0
		for rows.Next() {
			var action, noun, key, state string
			var old, now *string
			if err := rows.Scan(&action, &noun, &key, &state, &old, &now); err != nil {
				t.Fatal(err)
			}
			n++
			for _, text := range []*string{&action, &noun, &key, &state, old, now} {
				if text != nil && strings.Contains(strings.ToLower(*text), "zyxwana") {
					t.Errorf("%s of %s notes %s", action, noun, *text)
				}
			}
		}
		if n < 200 {
			t.Errorf("only %d rows", n)
		}
		w.get("/officers.csv?host=th&on=2026-01-01&place=Thailand").is(200)
		if got := w.actions(1); !strings.Contains(got, `"filter":"host=TH\u0026on=2026-01-01\u0026place=TH"`) && !strings.Contains(got, `"filter":"host=TH&on=2026-01-01&place=TH"`) {
			t.Errorf("what names nobody is noted as %s", got)
		}
		w.post("/printed", form("path", w.holder+"?on=2026-01-01")).is(http.StatusSeeOther)
		if got := w.actions(1); !strings.Contains(got, `"path":"`+w.holder+`"`) {
			t.Errorf("a print leaves %s", got)
		}
	})
}

// A calendar that is asked for with a word of its own is noted once a day too.
func TestAFeedIsNotedOnce(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		before := w.rows()
		for range 3 {
			w.get("/findings.ics?state=SE&x=Zyxwana").is(200)
		}
		if n := w.rows() - before; n != 1 {
			t.Errorf("it leaves %d rows", n)
		}
	})
}

// A page that opens contacts in place is answered with them alone, noted as ever.
func TestContactsOpenInPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	open := func(officer string) page {
		r := httptest.NewRequest(http.MethodPost, officer+"/contacts", nil)
		r.Header.Set("Accept", "application/json")
		return w.send(r)
	}
	w.as("partner:FI")
	before := len(w.trail(0))
	p := open(w.holder).is(200)
	if want := `{"email":"ase@example.org","phone":""}`; p.body != want || p.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the answer is %s, to be kept: %q", p.body, p.Header.Get("Cache-Control"))
	}
	if got := w.trail(0)[before:]; !slices.Equal(got, []string{"open officer "}) {
		t.Errorf("the trail has %q", got)
	}
	rows := w.rows()
	open("/officers/999999").is(http.StatusNotFound)
	if p := open(w.other).is(200); p.body != `{"email":"","phone":""}` || w.rows() != rows {
		t.Errorf("who cannot be reached is answered %s, with %d rows", p.body, w.rows()-rows)
	}
	r := httptest.NewRequest(http.MethodPost, w.holder+"/contacts", nil)
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	w.send(r).is(200).says("<h1>Åse Lindqvist", "ase@example.org")
}

// Going back to the address of opened contacts opens nothing, and notes nothing.
func TestContactsAreNotOpenedByTheirAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rows := w.rows()
	if at := w.get(w.holder + "/contacts").is(http.StatusSeeOther).Header.Get("Location"); at != w.holder || w.rows() != rows {
		t.Errorf("it leads to %s and leaves %d rows", at, w.rows()-rows)
	}
}
