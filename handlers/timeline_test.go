package handlers

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
	"samband/views"
)

var (
	rowInPicture = regexp.MustCompile(`<a id="p\d+" href="(/postings/\d+)"`)
	rowInList    = regexp.MustCompile(`<td data-label="[^"]*"><a href="(/postings/\d+)"`)
	nextPage     = regexp.MustCompile(`rel="next" href="([^"]+)"`)
)

// everyRow returns the postings on all pages of a list, in order of address.
func everyRow(s *site, path string, row *regexp.Regexp) (rows []string) {
	for path != "" {
		p := s.get(path).is(200)
		for _, m := range row.FindAllStringSubmatch(p.body, -1) {
			rows = append(rows, m[1])
		}
		path = ""
		if m := nextPage.FindStringSubmatch(p.body); m != nil {
			path = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	slices.Sort(rows)
	return rows
}

// TestTimelineHasTheRowsOfTheList: under any filter it shows the postings that
// the list does, to whoever asks.
func TestTimelineHasTheRowsOfTheList(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := filled(t, newSite(t))
		d, err := s.store.As(models.Everything).Directory(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		holder := d.Officer(d.PostNamed("canberra-dk-police").HoldersOn(models.DateOf(noon))[0].OfficerID).Key
		some := false
		for _, filter := range []string{"", "q=nairobi", "q=" + url.QueryEscape("sarajevo se"), "state=FI&matter=customs", "sending=SE", "kind=customs", "host=TH", "region=eastern-africa",
			"host=org:europol", "host=NL", "holder=" + holder, "status=vacant", "status=suspended", "status=closed", "status=planned", "status=vacant&on=2020-01-01", "host=AQ", "sort=-opened&sending=DK"} {
			for _, as := range []string{"coordinator:all", "partner:FI"} {
				list := "/postings?" + filter
				if !strings.Contains(filter, "status=") { // the timeline shows what is over as well
					list += "&status=any"
				}
				want := everyRow(s.as(as), list, rowInList)
				got := everyRow(s.as(as), "/timeline?months=12&"+filter, rowInPicture)
				if !slices.Equal(got, want) {
					t.Errorf("%s as %s: the timeline shows %q, the list %q", filter, as, got, want)
				}
				some = some || len(want) > 2 && len(want) < 40
			}
		}
		if !some {
			t.Error("no filter leaves some")
		}
	})
}

func TestTimelineHidesWhoIsHidden(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, path := range []string{"/timeline?q=tallinn", "/timeline?q=islamabad&months=180"} {
		s.get(path).is(200).hides("Name hidden")
		s.as("partner:IS").get(path).is(200).says("Name hidden").hides("Haavisto")
	}
	if p := s.as("partner:FI").get("/timeline?q=islamabad&months=180"); strings.Contains(p.body, `href="/assignments/`) {
		t.Error("the holders of a restricted posting have links")
	}
}

func TestTimelineRefusesOddDays(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, bad := range []string{"months=0", "months=181", "months=-1", "months=1.5", "months=x", "months=99999999999999999999",
		"from=2026-02-30", "from=0000-01-01", "from=10000-01-01", "from=x", "state=XX", "matter=both", "host=XX", "region=moon", "host=org:nato",
		"status=x", "on=2026-13-01", "sort=nothing", "agency=x", "after=zzzz", "holder=nobody"} {
		if p := s.get("/timeline?" + bad); p.StatusCode != 422 && p.StatusCode != 400 {
			t.Errorf("%s answered %d", bad, p.StatusCode)
		}
	}
	s.get("/timeline?months=200&from=x").is(422).says("Months", "1 to 180", "From")
	for _, from := range []string{"", "0001-01-01", "0001-01-02", "2026-11-23", "9999-12-31", "9990-01-01"} {
		for _, months := range []string{"", "1", "180"} {
			p := s.get("/timeline?from="+from+"&months="+months).is(200).hides("NaN", ` x="-`, `width="-`)
			if len(p.body) > 200_000 {
				t.Errorf("%s, %s: %d bytes", from, months, len(p.body))
			}
		}
	}
}

// TestTimelineKeepsItsDays: what zooms keeps the filter, and what filters keeps
// the days.
func TestTimelineKeepsItsDays(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s.get("/timeline?months=12&from=2025-03-01&q=nairobi&sort=opened").is(200).says(
		`<input type="hidden" name="from" value="2025-03-01">`, `<input type="hidden" name="months" value="12">`,
		`href="/timeline?from=2024-09-01&amp;months=12&amp;q=nairobi&amp;sort=opened"`, `href="/timeline?from=2025-09-01&amp;months=12&amp;q=nairobi&amp;sort=opened"`,
		`href="/assignments.csv?q=nairobi"`, "2025-03-01 – 2026-02-28", "Nairobi").hides("Bangkok")
}

// TestTimelineHasPages fills a table with more postings than one page shows,
// some of them with very many holders.
func TestTimelineHasPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const postings, crowded = views.MostPostings + 20, 4
	err := s.store.Write(context.Background(), db.Local, func(tx *db.Tx) error {
		agency := models.Agency{Key: "se-police", Country: models.Sweden, Kind: models.PoliceAgency, Name: "Agency", Period: models.Always}
		if err := tx.SaveAgency(&agency); err != nil {
			return err
		}
		officer := models.Officer{Key: "o", AgencyID: agency.ID, Name: "Åse Holm"}
		if err := tx.SaveOfficer(&officer); err != nil {
			return err
		}
		for i := range postings {
			p := models.Posting{Key: fmt.Sprintf("p-%d", i), AgencyID: agency.ID, HostCountry: "TH", HostCity: fmt.Sprintf("City %04d", i),
				Opened: models.DateOf(noon) - 2000, Closed: models.Forever}
			p.Representations = p.Represents("")
			if err := tx.SavePosting(&p); err != nil {
				return err
			}
			if i >= crowded {
				continue
			}
			var held []*models.Assignment
			for j := range 800 {
				held = append(held, &models.Assignment{Key: fmt.Sprintf("a-%d-%d", i, j), OfficerID: officer.ID, PostingID: p.ID, Period: models.Period{First: p.Opened + models.Date(2*j), Last: p.Opened + models.Date(2*j+1)}})
			}
			if err := db.CreateAll(tx, held); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	first := s.get("/timeline?months=180").is(200)
	if n := len(rowInPicture.FindAllString(first.body, -1)); n != 3 || len(first.body) > 1_000_000 {
		t.Errorf("%d postings with 800 holders each on a page of %d bytes", n, len(first.body))
	}
	if n := len(rowInPicture.FindAllString(s.get("/timeline?months=1").is(200).body, -1)); n != views.MostPostings {
		t.Errorf("%d postings on a page", n)
	}
	if rows := everyRow(s, "/timeline?months=180", rowInPicture); len(rows) != postings || len(slices.Compact(rows)) != postings {
		t.Errorf("%d postings on all pages", len(rows))
	}
}
