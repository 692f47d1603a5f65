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
