package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// A change of more records than are taken back at once leads to the import that made it,
// and so do its rows of the log, for those who may see it.
func TestRowsLeadToTheirImport(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		records := recordsOf(s, "se")
		small := s.sendFile("officers.csv", "key,rank\no-se,few\n")
		s.applied(small).follow()
		lastRow := func() string { return s.trailIDs("noun = 'officer' AND action IN ('create', 'update', 'remove')")[0] }
		s.get("/undo/" + lastRow()).is(http.StatusOK).says("few")
		var file strings.Builder
		file.WriteString("key,agency,name,rank\no-se,se-police,Officer se,many\n")
		for i := range 501 {
			fmt.Fprintf(&file, "o-many-%d,se-police,Name %d,\n", i, i)
		}
		large := s.sendFile("officers.csv", file.String())
		shown := s.await("/imports/" + large)
		s.post("/imports/"+large+"/apply", form("mark", shownMark.FindStringSubmatch(shown.body)[1], "revision", shownRevision.FindStringSubmatch(shown.body)[1])).is(http.StatusSeeOther)
		s.await("/imports/" + large).says("501 new and 1 changed")
		for _, p := range []page{s.get("/undo/" + lastRow()), s.post("/undo/"+lastRow(), nil)} {
			if got := p.follow(); got != "/imports/"+large {
				t.Errorf("a row of it leads to %s", got)
			}
		}
		link := func(id string) string { return `<a href="/imports/` + id + `">The import</a>` }
		s.get("/officers/"+records[":officer"]).is(200).says(link(small), link(large))
		s.as("partner:SE").get("/officers/"+records[":officer"]).is(200).hides(link(small), link(large))
		both := s.as("coordinator:all auditor:all")
		both.get("/audit?noun=officer").is(200).says(link(large))
		both.get("/audit?action=import").is(200).says(link(large), link(small))
		both.get("/audit?noun=officer&record="+records[":officer"]).is(200).says(link(large), link(small))
		s.as("auditor:all").get("/audit?noun=officer").is(200).hides("/imports/")
		if p := s.get("/officers/" + records[":officer"]); strings.Count(p.body, link(large)) != 1 {
			t.Error("the row before it, or after it, leads to it too")
		}
		s.post("/imports/"+large+"/revert", nil).is(http.StatusSeeOther)
		s.await("/imports/" + large).says("<b>502</b> as before")
		if got := s.get("/undo/" + lastRow()).follow(); !strings.HasPrefix(got, "/imports/") || got == "/imports/"+large {
			t.Errorf("a row of what took it back leads to %s", got)
		}
	})
}

// A preview ends, however many rows are older than their records: some are decided on at a
// time, and the file is imported again for the rest.
func TestManyStaleRows(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	recordsOf(s, "se")
	const rows = 250
	sent := func(rank, version string) string {
		var file strings.Builder
		file.WriteString("key,agency,name,rank,version\n")
		for i := range rows {
			fmt.Fprintf(&file, "o-%d,se-police,Name %d,%s,%s\n", i, i, rank, version)
		}
		return s.sendFile("officers.csv", file.String())
	}
	apply := func(id string, more ...string) {
		t.Helper()
		shown := s.await("/imports/" + id)
		pairs := append([]string{"mark", shownMark.FindStringSubmatch(shown.body)[1], "revision", shownRevision.FindStringSubmatch(shown.body)[1]}, more...)
		s.post("/imports/"+id+"/apply", form(pairs...)).is(http.StatusSeeOther)
		s.await("/imports/" + id).says("has been imported")
	}
	apply(sent("first", ""))
	apply(sent("second", ""))
	id := sent("third", "1")
	p := s.await("/imports/"+id).says("250</b> older than the record", "150 more rows like these")
	if n := strings.Count(p.body, "<fieldset>"); n != 100 {
		t.Errorf("%d rows are to be decided on", n)
	}
	take := func(n int) (all []string) {
		for i := range n {
			all = append(all, "take", fmt.Sprint("officer o-", i))
		}
		return all
	}
	apply(id, take(100)...)
	s.await("/imports/"+sent("third", "1")).says("150</b> older than the record", "<b>100</b> unchanged", "50 more rows like these")
}
