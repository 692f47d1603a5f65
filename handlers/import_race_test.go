package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"samband/db"
	"samband/models"
)

// Of two people who apply their previews at once one is told that the directory has
// changed, is shown what the file would change now, and can apply that.
func TestTwoImportsAtOnce(t *testing.T) {
	t.Parallel()
	concurrentDatabases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		var people [2]*site
		var ids [2]string
		var sent [2]page
		ranks := [2]string{"one", "other"}
		for i := range people {
			people[i] = s.as("coordinator:SE")
			ids[i] = people[i].sendFile("officers.csv", "key,rank,version\no-se,"+ranks[i]+",1\n")
			people[i].get("/imports/" + ids[i]).is(200).says("<b>1</b> changed")
		}
		var forms [2]url.Values
		for i, p := range people {
			shown := p.get("/imports/" + ids[i])
			forms[i] = form("mark", shownMark.FindStringSubmatch(shown.body)[1], "revision", shownRevision.FindStringSubmatch(shown.body)[1])
		}
		var both sync.WaitGroup
		for i, p := range people {
			both.Go(func() { sent[i] = p.post("/imports/"+ids[i]+"/apply", forms[i]) })
		}
		both.Wait()
		won := officerOf(t, s, "o-se").Rank
		lost := -1
		for i := range people {
			switch p := people[i].get("/imports/" + ids[i]); {
			case ranks[i] == won:
				sent[i].is(http.StatusSeeOther)
				p.says("has been imported")
			default:
				lost = i
				if sent[i].StatusCode == http.StatusSeeOther { // it took so long that the page was to say it
					sent[i] = p
				}
				sent[i].is(http.StatusConflict).says("The directory has changed since you looked", "<b>1</b> older than the record", won, ranks[i])
			}
		}
		if lost < 0 {
			t.Fatalf("the rank is %q, and nobody lost", won)
		}
		people[lost].applied(ids[lost], "take", "officer o-se").follow()
		if got := officerOf(t, s, "o-se"); got.Rank != ranks[lost] || got.Version != 3 {
			t.Errorf("the officer is %+v", got)
		}
	})
}

// Who loses the right to change a record between a preview and its button changes nothing.
func TestImportAfterTheRightIsLost(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		for rights, status := range map[string]int{"partner:SE": http.StatusForbidden, "coordinator:DK": http.StatusConflict, "auditor:SE": http.StatusForbidden} {
			them := s.as("coordinator:SE")
			id := them.sendFile("officers.csv", "key,rank\no-se,theirs\n")
			shown := them.get("/imports/" + id).is(200).says("<b>1</b> changed")
			sent := form("mark", shownMark.FindStringSubmatch(shown.body)[1], "revision", shownRevision.FindStringSubmatch(shown.body)[1])
			var account int64
			if err := s.raw.QueryRow("SELECT max(account_id) FROM tokens").Scan(&account); err != nil {
				t.Fatal(err)
			}
			a, err := s.store.Account(t.Context(), account)
			if err != nil {
				t.Fatal(err)
			}
			a.Rights = models.ParseRights(rights)
			s.written(func(tx *db.Tx) error { return tx.SaveAccount(&a) })
			rows := s.rows()
			p := them.post("/imports/"+id+"/apply", sent)
			if p.is(status); status == http.StatusConflict {
				p.says("<b>1</b> refused", "belongs to another state")
			}
			if got := officerOf(t, s, "o-se").Rank; got != "" || s.rows() != rows {
				t.Errorf("%s: the rank is %q, and there are %d more rows", rights, got, s.rows()-rows)
			}
		}
	})
}

// What was taken back is taken back again, and again.
func TestRevertOfARevert(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		at := "/imports/" + s.sendFile("officers.csv", "key,agency,name,rank\no-se,se-police,Officer se,theirs\no-new,se-police,Ny,x\n")
		s.applied(strings.TrimPrefix(at, "/imports/")).follow()
		there := func(want bool) {
			t.Helper()
			d, err := s.store.As(models.Everything).Directory(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			found := 0
			for _, o := range d.Officers() {
				if o.Key == "o-new" && o.Rank == "x" || o.Key == "o-se" && o.Rank == "theirs" {
					found++
				}
			}
			if found != map[bool]int{true: 2, false: 0}[want] {
				t.Errorf("%d of 2 are there, want %t", found, want)
			}
		}
		there(true)
		for _, want := range []bool{false, true, false} {
			s.post(at+"/revert", nil).follow()
			s.get(at).is(200).says("<b>2</b> as before")
			there(want)
			var id string
			if err := s.raw.QueryRow("SELECT id FROM imports WHERE reverts = '" + strings.TrimPrefix(at, "/imports/") + "'").Scan(&id); err != nil {
				t.Fatal(err)
			}
			at = "/imports/" + id
			s.get(at).is(200).says("2 taken back")
		}
	})
}
