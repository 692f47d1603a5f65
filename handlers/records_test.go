package handlers

import (
	"encoding/csv"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/models"
	"samband/views"
)

var (
	aLine = regexp.MustCompile(`(?s)<tr>\s*(<td.*?)</tr>`)
	aPage = regexp.MustCompile(`<a rel="(next|prev)" href="([^"]+)"`)
)

// turned returns the rows of all pages of a list, forwards from an address and then
// backwards from the last.
func (s *site) turned(path string) (there, back []string) {
	s.t.Helper()
	read := func(path, to string) (rows []string, next string) {
		body := s.get(path).is(200).body
		for _, m := range aLine.FindAllStringSubmatch(body, -1) {
			rows = append(rows, m[1])
		}
		for _, m := range aPage.FindAllStringSubmatch(body, -1) {
			if m[1] == to {
				next = html.UnescapeString(m[2])
			}
		}
		return rows, next
	}
	last := path
	for next := path; next != ""; {
		var rows []string
		last = next
		rows, next = read(next, "next")
		there = append(there, rows...)
	}
	for next := last; next != ""; {
		var rows []string
		rows, next = read(next, "prev")
		back = append(rows, back...)
	}
	return there, back
}

// A list of more than one page is the same forwards, backwards and as a file, sorted by
// any of its columns.
func TestListsSortByAnyColumn(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, list := range models.Lists() {
		path := "/" + string(list)
		names := views.UsualColumns(list)[:1]
		for _, column := range views.Columns(list) {
			columns := "&columns=" + strings.Join(slices.Compact(append([]string{column}, names...)), ",")
			if !views.Sortable(list, column) {
				s.get(path + "?sort=" + column).is(422).says("not possible to sort")
				continue
			}
			for _, sort := range []string{column, "-" + column} {
				address := path + "?status=any&sort=" + sort + columns
				there, back := s.turned(address)
				if len(there) <= pageRows || !slices.Equal(there, back) {
					t.Errorf("%s: %d rows forwards, %d backwards, or others", address, len(there), len(back))
				}
				slices.Sort(there)
				if len(slices.Compact(there)) != len(back) {
					t.Errorf("%s has a row twice", address)
				}
				rows, err := csv.NewReader(strings.NewReader(s.get(path + ".csv?status=any&sort=" + sort + columns).is(200).body)).ReadAll()
				if err != nil || len(rows) != len(back)+1 || rows[0][0] != column {
					t.Errorf("%s as a file has %d rows, %v", address, len(rows), err)
				}
			}
		}
	}
}

// What a column shows is what it is sorted by, with empty cells at the end.
func TestListsSortByWhatIsShown(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, c := range []struct{ list, column string }{{"postings", "until"}, {"postings", "confirmed"}, {"assignments", "planned_last_day"}, {"officers", "until"}} {
		body := s.get("/" + c.list + ".csv?sort=" + c.column + "&columns=" + c.column).is(200).body
		rows := strings.Split(strings.TrimSpace(body), "\r\n")[1:]
		var days []string
		for _, row := range rows {
			if len(row) == len("2006-01-02") {
				days = append(days, row)
			}
		}
		if len(days) == 0 || !slices.IsSorted(days) {
			t.Errorf("%s by %s: %v", c.list, c.column, days)
		}
	}
}

func TestListsLeaveOutWhatIsOver(t *testing.T) {
	t.Parallel()
	w := worldOn(newSite(t))
	w.post("/officers", form("agency", "se-police", "name", "Nina Ek"))
	w.post("/assignments", form("officer", "o-lars-odegard", "posting", "bangkok-se-police", "first_day", "2020-01-01", "last_day", "2021-12-31")).follow()
	w.post("/postings", postingForm("key", "old", "host_city", "Phuket", "closed", "2021-12-31", "coverages.country", "")).follow()
	w.get("/postings").is(200).says("Bangkok", "What is over is left out").hides("Phuket")
	w.get("/postings?status=any").is(200).says("Bangkok", "Phuket").hides("What is over is left out")
	w.get("/postings?status=closed").is(200).says("Phuket").hides("Thailand, Bangkok")
	w.get("/postings.csv").is(200).says("Bangkok", "Phuket")
	w.get("/postings.csv?status=current").is(200).says("Bangkok").hides("Phuket")
	w.get("/officers").is(200).says("Åse Lindqvist", "Nina Ek").hides("Lars Ödegård")
	w.get("/officers?status=any").is(200).says("Lars Ödegård")
	w.get("/assignments").is(200).says("2026-12-31").hides("2021-12-31")
	w.get("/assignments?status=any").is(200).says("2021-12-31")
	w.get("/postings?status=nonsense").is(422)
}

func TestColumnsThatDoNotExist(t *testing.T) {
	t.Parallel()
	w := worldOn(newSite(t))
	for _, path := range []string{"/postings?columns=place,nonsense", "/postings.csv?columns=nonsense", "/officers?columns=place", "/assignments?columns=place,place", "/postings?columns=,"} {
		w.get(path).is(422).says("column")
	}
	// Contacts are read in a file, which is noted; on a page each is opened by itself.
	w.get("/postings?columns=holder,email").is(200).hides("ase@example.org").says(`action="`+w.holder+`/contacts" data-contact="email"`, "Email, Åse Lindqvist",
		`<p class="hint">Phone numbers and email addresses are shown when you open them. Viewing is logged.</p>`)
	w.in("sv", "/assignments?columns=officer,phone").says(`<p class="hint">Telefonnummer och e-postadresser visas när du öppnar dem. Visningen loggas.</p>`)
	w.get("/postings?columns=place,holder").hides("Viewing is logged.")
	before := len(w.trail(0))
	w.get("/postings.csv?columns=place,holder,email,key").is(200).says("place,holder,email,key\r\n", "Åse Lindqvist,ase@example.org,bangkok-se-police")
	if got := w.trail(0)[before:]; !slices.Equal(got, []string{"export file "}) {
		t.Errorf("the trail has %q", got)
	}
	w.get("/postings?sort=email").is(422)
}

func TestViews(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		se, fi := w.as("coordinator:SE"), w.as("partner:FI")
		before := len(w.trail(0))
		view := func(more ...string) url.Values {
			v := form("list", "postings", "query", "columns=place,holder&sending=SE&after=x&view=9", "name", "Swedish ones")
			for i := 0; i < len(more); i += 2 {
				v.Set(more[i], more[i+1])
			}
			return v
		}
		kept := se.post("/views", view("shared", "SE")).follow()
		id := regexp.MustCompile(`view=(\d+)`).FindStringSubmatch(kept)[1]
		if want := "/postings?columns=place%2Cholder&sending=SE&view=" + id; kept != want {
			t.Fatalf("kept at %s, want %s", kept, want)
		}
		se.get(kept).is(200).says("Swedish ones", "Åse Lindqvist")
		if to := se.get("/views/" + id).follow(); to != kept {
			t.Errorf("the view leads to %s", to)
		}
		for _, unknown := range []string{id, "999999", "0", "-999", "x"} {
			fi.get("/views/" + unknown).is(404)
		}
		fi.get("/postings").is(200).hides("Swedish ones")
		fi.get(kept).is(200).says("has been removed, or is not shared with you").hides("Swedish ones")
		fi.post("/views/"+id+"/remove", form("version", "1")).is(404)
		fi.post("/views", view("shared", "FI")).is(403)
		fi.post("/views", view("name", "")).is(422).says("view-name", "columns")
		fi.post("/views", view("query", "status=any&q=ase", "name", "Mine")).follow()
		se.post("/views", view("query", "q=ase", "shared", "all")).is(422).says("cannot search for words")
		se.post("/views", view("list", "nonsense")).is(400)

		se.post("/views", view("view", id, "version", "1", "shared", "all", "name", "All of Sweden")).follow()
		se.post("/views", view("view", id, "version", "1", "shared", "all")).is(409)
		fi.get("/postings").is(200).says("All of Sweden")
		fi.post("/views", view("view", id, "version", "2")).is(403)
		fi.post("/views/"+id+"/usual", form("usual", "yes")).follow()
		if to := fi.get("/postings").follow(); to != kept {
			t.Errorf("the list begins with %s", to)
		}
		fi.get("/postings?view=none").is(200)
		se.get("/postings").is(200)
		se.post("/views/"+id+"/remove", form("version", "2")).follow()
		fi.get("/postings").is(200).hides("All of Sweden")
		se.get("/views/" + id).is(404)
		want := []string{"keep view ", "keep view ", "keep view ", "discard view "}
		if got := w.trail(0)[before:]; !slices.Equal(got, want) {
			t.Errorf("the trail has %q, want %q", got, want)
		}
	})
}
