package handlers

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/db/interchange"
)

var shownRows = regexp.MustCompile(`The first (\d+) of (\d+) rows`)

// Pages of reports end, however much there is: each table with how many rows it has, and
// all of them in the file.
func TestReportPagesEnd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if _, err := interchange.Import(t.Context(), s.store, db.Local, benchPackage(t, 10_000), interchange.Options{}); err != nil {
		t.Fatal(err)
	}
	const most = 350_000 // bytes
	for _, at := range []string{"/reports/board?since=1985-01-01", "/reports/board", "/reports/notification", "/reports/figures?from=1985-01-01", "/reports/bodies"} {
		began := time.Now()
		p := s.get(at).is(200)
		t.Logf("%s has %d bytes after %v", at, len(p.body), time.Since(began))
		if len(p.body) > most {
			t.Errorf("%s has %d bytes", at, len(p.body))
		}
		path, query, _ := strings.Cut(at, "?")
		rows, err := csv.NewReader(strings.NewReader(s.get(path + ".csv?" + query).is(200).body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]int{}
		for _, row := range rows {
			of[row[0]]++
		}
		for _, m := range shownRows.FindAllStringSubmatch(p.body, -1) {
			known := false
			for part, n := range of { // or several tables of one part
				known = known || fmt.Sprint(n) == m[2] || part == "posting" && strings.HasPrefix(at, "/reports/notification")
			}
			if !known {
				t.Errorf("%s: %s, and the file has %v", at, m[0], of)
			}
		}
	}
	board := s.get("/reports/board?since=1985-01-01").says("The first 50 of", "All are in the file.")
	if n := strings.Count(board.body, "<tr>"); n > 420 {
		t.Errorf("the page has %d rows", n)
	}
}
