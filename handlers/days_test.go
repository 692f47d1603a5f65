package handlers

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every field for a day, on whatever page, takes days as people write them.
func TestDaysAreReadWhereverTheyAreAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	day := regexp.MustCompile(`class="day" id="[^"]*" name="([^"]+)"`)
	seen := 0
	for _, path := range []string{"/", "/represent", "/coverage", "/timeline", "/map", "/changes", "/postings", "/officers", "/assignments", "/bodies",
		w.posting + "/edit", w.assignment + "/edit", w.assignment + "/end", w.assignment + "/hand-over", w.assignment + "/absences",
		"/postings/new", "/bodies/new", "/projects/new", "/agencies/new", "/assignments/new", w.agency + "/rename", "/officers/new", "/account"} {
		for _, m := range day.FindAllStringSubmatch(w.get(path).is(http.StatusOK).body, -1) {
			seen++
			if name := m[1][strings.LastIndexByte(m[1], '.')+1:]; !slices.Contains(dayNames, name) {
				t.Errorf("%s asks for the day %s, which is read in one way only", path, m[1])
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d fields for a day", seen)
	}
	w.post(w.assignment+"/end", form("version", "1", "last_day", "30.6.2026", "end_reason", "x")).follow()
	w.get(w.assignment).is(http.StatusOK).says("2026-06-30")
	w.get("/coverage?on=1.9.2027").is(http.StatusOK).says(`value="2027-09-01"`)
	w.get("/coverage?on=%2B6m").is(http.StatusOK).says(`value="2027-05-23"`)
	w.get("/coverage?on=1/9/2027").is(http.StatusUnprocessableEntity)
	w.get("/coverage.csv?on=1.9.2027").is(http.StatusUnprocessableEntity)
	w.get("/api/v1/represent?state=FI&matter=police&place=TH&on=today").is(http.StatusBadRequest)
}
