package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestTakingAFinding(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		emptied(t, s, "se")
		x := findingsAbout(s)[0]
		ase, bo, dk := s.account("ase@example.org", "coordinator:SE"), s.account("bo@example.org", "coordinator:SE"), s.as("coordinator:DK")
		named := form("finding", x.Name())
		ase.get("/findings").is(200).says("I take it", "/findings/take?mine=yes").hides("Taken by:")
		revision, file := s.revision(), ase.get("/findings.csv").body
		if at := ase.post("/findings/take?severity=serious", named).follow(); at != "/findings?severity=serious" {
			t.Errorf("taking leads to %s", at)
		}
		if s.revision() != revision || ase.get("/findings.csv").body != file {
			t.Error("taking has changed the directory, or its file")
		}
		ase.get("/findings").is(200).says("Taken by: you, since <time>2026-11-23</time>.", "Give it back").hides("I take it")
		bo.get("/findings").is(200).says("Taken by: ase@example.org, since <time>2026-11-23</time>.", "Release")
		for _, rights := range []string{"partner:FI", "partner:SE", "coordinator:DK"} {
			s.as(rights).get("/findings?mine=no").is(200).says("Someone has taken it.").hides("ase@example.org", "Release", "Give it back", "I take it", "Taken by:")
		}
		for _, c := range []struct {
			as     *site
			filter string
			n      string
		}{{ase, "yes", "vacant"}, {ase, "no", ""}, {ase, "me", "vacant"}, {bo, "me", ""}, {bo, "yes", "vacant"}, {dk, "YES", "vacant"}, {dk, "me", ""}} {
			if got := c.as.kinds("taken=" + c.filter); got != c.n {
				t.Errorf("taken=%s has %q, want %q", c.filter, got, c.n)
			}
		}
		for _, path := range []string{"/findings", "/findings.csv", "/findings.ics"} {
			s.get(path + "?taken=maybe").is(422)
		}
		s.get("/").says("High priority: 1")

		rows := s.rows()
		bo.post("/findings/take", named).is(http.StatusConflict).says("Someone else has taken the finding")
		ase.post("/findings/take", named).follow() // it is hers already
		dk.post("/findings/take", named).is(http.StatusForbidden)
		dk.post("/findings/release", named).is(http.StatusForbidden)
		ase.post("/findings/take", form("finding", x.Name()+"0")).is(422).says("no longer exists")
		ase.post("/findings/release", form("finding", x.Name()+"0")).is(404)
		if s.rows() != rows {
			t.Error("what is refused leaves rows")
		}
		bo.post("/findings/release", named).follow() // a colleague
		bo.post("/findings/release", named).is(404)
		ase.get("/findings").is(200).says("I take it").hides("Taken by:")
		bo.post("/findings/take?snoozed=no&after=0&taken=no", named).follow()
		s.as("auditor:all").get("/audit?noun=finding").is(200).says("Finding taken", "Finding given back", "bo@example.org").hides(x.Name())

		// Who has taken it may put it off, and it stays taken.
		bo.post(snoozePath(x), form("until", "2027-01-31", "reason", "later")).follow()
		bo.get("/findings?snoozed=yes").is(200).says("Taken by: you")
		if at := bo.post("/findings/release?snoozed=yes", named).follow(); at != "/findings?snoozed=yes" {
			t.Errorf("giving back a finding that is put off leads to %s", at)
		}
	})
}

// What somebody has taken is swept with the next finding that is taken or put off.
func TestTakenFindingsAreSwept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	own := emptied(t, s, "se")
	ase := s.account("ase@example.org", "coordinator:SE")
	ase.post("/findings/take", form("finding", findingsAbout(s)[0].Name())).follow()
	s.post("/assignments/"+own[":assignment"]+"/edit", form("version", "2", "officer", "o-se", "posting", "bangkok-se", "first_day", "2024-01-01",
		"last_day", "2026-07-15", "key", "a-1")).follow()
	ase.get("/findings").is(200).says("I take it")
	x := findingsAbout(s)[0]
	ase.post("/findings/take", form("finding", x.Name())).follow()
	all, err := s.store.Claims(context.Background())
	if err != nil || len(all) != 1 || all[x.Name()].Email != "ase@example.org" {
		t.Errorf("taken are %v, %v", all, err)
	}
	data := ase.get("/account/my-data.json").is(200).says(`"claims": [`, `"since": "2026-11-23"`, `"state": "SE"`).body
	if strings.Contains(data, url.QueryEscape(x.Name())) {
		t.Error("the name of the finding is disclosed")
	}
}

// What is of no state can be neither taken nor postponed, and that is not offered: not
// to those who change everything either.
func TestFindingsOfNoState(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post("/bodies", form("key", "board", "kind", "board", "name", "Board", "mandate_until", "2026-01-31")).follow()
	x := findingsAbout(s)[0]
	if x.Sending != "" {
		t.Fatalf("%s is of %s", x.Name(), x.Sending)
	}
	s.get("/findings").is(200).says("Board").hides("I take it", "/findings/snooze")
	s.get(snoozePath(x)).is(http.StatusForbidden)
	s.post(snoozePath(x), form("until", "2027-01-31", "reason", "soon")).is(http.StatusForbidden)
	s.post("/findings/take", form("finding", x.Name())).is(http.StatusForbidden)
}
