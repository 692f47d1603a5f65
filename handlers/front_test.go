package handlers

import (
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samband/db"
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

// What lies wholly in the past is history, and not in the queue.
func TestTheQueueHasNoHistory(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	cutShort(t, s)
	today, histories := models.DateOf(noon), 0
	d, err := s.store.As(models.Everything).Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range findingsAbout(s) {
		if x.Days.Last < today && x.Kind != models.SendingState && x.Kind != models.HeldTwice {
			t.Errorf("%s is over", x.Name())
		}
	}
	queue := s.kinds("")
	for _, p := range d.Posts() {
		_, history := d.FindingsOf(p, today, s.options.Limits)
		histories += len(history)
	}
	if histories == 0 || len(strings.Fields(queue)) != len(findingsAbout(s)) {
		t.Errorf("there are %d findings that are over; the queue is %s", histories, queue)
	}
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

// cutShort closes, of each state, a posting within a year and another one yesterday,
// though their holders would have stayed on, and hides who holds a third.
func cutShort(t *testing.T, s *site) {
	t.Helper()
	ctx := context.Background()
	d, err := s.store.As(models.Everything).Directory(ctx)
	if err != nil {
		t.Fatal(err)
	}
	today, done := models.DateOf(noon), map[models.State]int{}
	err = s.store.Write(ctx, db.Local, func(tx *db.Tx) error {
		for _, post := range d.Posts() {
			state := d.Sending(post).Country
			holders := post.HoldersOn(today)
			if len(holders) == 0 || holders[0].Last > today.Months(12) || post.Seating() != models.Abroad ||
				slices.ContainsFunc(post.Assignments, func(a models.Assignment) bool { return a.First >= today }) {
				continue
			}
			p := post.Posting
			switch done[state] {
			case 0:
				p.Closed = today.Months(2)
			case 1:
				p.Closed = today - 1
			case 2:
				p.Restricted = true
			}
			done[state]++
			p.Representations = within(p, p.Representations, func(r *models.Representation) *models.Period { return &r.Period })
			p.Suspensions = within(p, p.Suspensions, func(x *models.Suspension) *models.Period { return &x.Period })
			p.Coverages = within(p, p.Coverages, func(c *models.Coverage) *models.Period { return &c.Period })
			if err := tx.SavePosting(&p); err != nil {
				return fmt.Errorf("%s: %w", p.Key, err)
			}
		}
		return nil
	})
	if err != nil || len(done) < 4 {
		t.Fatal(err, done)
	}
}

// within returns the parts of a posting that have a day in its life, cut off at its end.
func within[T any](p models.Posting, parts []T, of func(*T) *models.Period) (kept []T) {
	for _, one := range parts {
		days := of(&one)
		if *days = days.And(p.Life()); days.Days() > 0 {
			kept = append(kept, one)
		}
	}
	return kept
}
