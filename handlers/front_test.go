package handlers

import (
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samband/models"
)

var counted = regexp.MustCompile(`<ul class="counts">(?s:.*?)</ul>`)

// Each number on the front page is a link, to a list of as many rows.
func TestNumbersOnTheFrontPageAreThoseOfTheirLists(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := filled(t, newSite(t))
		cutShort(t, s)
		for _, rights := range []string{"coordinator:SE", "coordinator:DK", "coordinator:FI", "coordinator:NO", "coordinator:all", "coordinator:SE coordinator:DK", "partner:FI", "partner:all"} {
			as := s.as(rights)
			as.t = t
			numbers, more := 0, 0
			for _, list := range counted.FindAllString(as.get("/").is(200).body, -1) {
				for _, item := range strings.Split(list, "<li>")[1:] {
					m := regexp.MustCompile(`^<a href="([^"]+)">.*?: (\d+)<`).FindStringSubmatch(item)
					if m == nil {
						t.Fatalf("%s: %s is no number with a link", rights, item)
					}
					n, _ := strconv.Atoi(m[2])
					address := html.UnescapeString(m[1])
					if got := as.listed(address); got != n {
						t.Errorf("%s: %s has %d rows, and the front page says %d", rights, address, got, n)
					}
					as.get(address).is(200)
					numbers++
					if n > 0 && strings.Contains(address, "ends_by") {
						more++
					}
				}
			}
			want := 7 // statuses and severities
			if strings.Contains(rights, "coordinator") {
				want = 10
			}
			if numbers != want || want == 10 && more == 0 {
				t.Errorf("%s: there are %d numbers, and %d of assignments that end", rights, numbers, more)
			}
		}
	})
}

// listed returns how many rows the file of a list has.
func (s *site) listed(address string) int {
	s.t.Helper()
	path, query, _ := strings.Cut(address, "?")
	rows, err := csv.NewReader(strings.NewReader(s.get(path + ".csv?" + query).is(200).body)).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	return len(rows) - 1
}

// cutShort closes a posting within a year whose holder would have stayed on, closes one
// that is over, and hides the holders of a third.
func cutShort(t *testing.T, s *site) {
	t.Helper()
	d, err := s.store.As(models.Everything).Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	today, done := models.DateOf(noon), map[models.State]int{}
	for _, p := range d.Posts() {
		state := d.Sending(p).Country
		if len(p.HoldersOn(today)) == 0 || done[state] == 2 || p.Closed <= today.Months(12) {
			continue
		}
		closed, restricted := today.Months(5), "false"
		if done[state] == 1 {
			closed, restricted = models.Forever, "true"
		}
		v := postingForm("version", fmt.Sprint(p.Version), "key", p.Key)
		_ = v
		done[state]++
		s.change(t, p, closed, restricted == "true")
	}
}
