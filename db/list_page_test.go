package db

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// TestPlans checks that SQLite finds the first rows of each list, and those
// after a cursor, in index order without sorting.
func TestPlans(t *testing.T) {
	s := open(t, t.TempDir()+"/plans.db")
	addWorld(t, s, seeded(t), 30, 30, 100)
	defer func(most int) { mostFew = most }(mostFew)
	mostFew = 5
	filters := []Filter{{}, {State: "FI", Matter: "customs", On: 738000}, {Sending: "SE", Kind: "police", Text: "a"},
		{Status: models.Held, On: 738000}, {Region: "south-eastern-asia", Status: models.Planned, On: 733000}}
	err := s.View(context.Background(), func(r Reader) error {
		for _, l := range []*listing{postingListing, officerListing, assignmentListing} {
			for _, by := range l.orderings {
				for _, f := range filters {
					if err := checkPlan(t, r, l, by, f); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkPlan(t *testing.T, r Reader, l *listing, by ordering, f Filter) error {
	s, err := r.choose(l, f)
	if err != nil || s.some {
		return err // few rows are sorted
	}
	for _, o := range []Order{{Column: by.column}, {Column: by.column, Descending: true}} {
		first, err := s.find(o, nil, 3)
		if err != nil {
			return err
		}
		for level := -1; level < len(by.levels); level++ {
			var more string
			var args []any
			if level >= 0 {
				more, args = by.after(level, o.Descending, first[len(first)-1].at)
			}
			query, args := s.query(s.id+", "+s.in, o, more, args...)
			var plan []string
			err := r.each("EXPLAIN QUERY PLAN "+query+" LIMIT 50", args, func(rows *sql.Rows) error {
				var id, parent, unused int
				var step string
				err := rows.Scan(&id, &parent, &unused, &step)
				plan = append(plan, step)
				return err
			})
			if err != nil {
				return err
			}
			if text := strings.Join(plan, "\n"); strings.Contains(text, "TEMP B-TREE") {
				t.Errorf("%s by %v after level %d of %+v sorts:\n%s\n%s", l.from, o, level, f, query, text)
			}
		}
	}
	return nil
}

func TestCursors(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		addWorld(t, s, seeded(t), 5, 5, 10)
		_, ends, err := s.As(models.Everything).Assignments(ctx, Filter{}, Order{Column: "officer"}, Page{Limit: 3})
		next := ends.Next
		if err != nil || next == "" {
			t.Fatal(next, err)
		}
		coded := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
		for _, cursor := range []string{"x", "%", next + "x", next[1:], coded("null"), coded(`["officer en"]`), coded(`["officer en","a","b","c","d"]`),
			coded(`["officer en","","1","2020-02-30","4"]`), coded(`{"a":1}`), strings.Repeat("A", 100_000)} {
			if _, _, err := s.As(models.Everything).Assignments(ctx, Filter{}, Order{Column: "officer"}, Page{After: cursor}); !errors.Is(err, ErrCursor) {
				t.Errorf("cursor %.80q: %v", cursor, err)
			}
		}
		for _, o := range []Order{{}, {Column: "officer", Descending: true}, {Column: "officer", Language: "sv"}} {
			if _, _, err := s.As(models.Everything).Assignments(ctx, Filter{}, o, Page{After: next}); !errors.Is(err, ErrCursor) {
				t.Errorf("the cursor of another order in %+v: %v", o, err)
			}
		}
		if _, _, err := s.As(models.Everything).Postings(ctx, Filter{}, Order{}, Page{After: next}); !errors.Is(err, ErrCursor) {
			t.Errorf("the cursor of another list: %v", err)
		}
		if _, _, err := s.As(models.Everything).Postings(ctx, Filter{}, Order{Column: "key"}, Page{After: coded(`["key en","a\u0000b"]`)}); !errors.Is(err, ErrCursor) {
			t.Errorf("a cursor with NUL: %v", err)
		}
		if _, _, err := s.As(models.Everything).Postings(ctx, Filter{}, Order{Column: "key"}, Page{After: coded(`["key en","\ud800 \"'; DROP TABLE"]`)}); err != nil {
			t.Errorf("a cursor with any text: %v", err)
		}
	})
}

// Whatever a filter holds, it is no error.
func TestOddFilters(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addSample(t, s)
		odd := []string{"\x00", "a\x00b", "\xff\xfe", "%", "_", "'", "\"", "';--", "?", "$1", "@a", "(", "*", "\u202e", "\U0010ffff", "\n",
			strings.Repeat("a", 1<<20), strings.Repeat("x ", 1<<18), strings.Repeat("東", 100)}
		for _, text := range odd {
			countAll(t, s, ctx, Filter{Text: text})
			for _, f := range []Filter{{State: models.State(text)}, {Matter: models.Matter(text)}, {Sending: models.State(text)}, {Kind: models.AgencyKind(text)},
				{Host: models.Place{Country: models.Country(text)}}, {Region: models.Region(text)}, {Host: models.Place{Body: models.BodyKey(text)}}, {Status: models.Status(text)},
				{Seating: models.Seating(text)}, {Area: models.Area(text)}} {
				if n := countAll(t, s, ctx, f); n != 0 {
					t.Errorf("%.40q finds %d", text, n)
				}
			}
			if _, _, err := s.As(models.Everything).Postings(ctx, Filter{}, Order{Column: text, Language: text}, Page{Limit: -1}); err != nil {
				t.Errorf("order %.40q: %v", text, err)
			}
		}
		for _, on := range []models.Date{-1 << 31, -1, 0, 1, models.Forever, 1<<31 - 1} {
			for _, status := range models.Statuses() {
				countAll(t, s, ctx, Filter{Status: status, On: on, State: "SE", Holder: x.officer.ID, Agency: -1 << 63})
			}
		}
	})
}

func countAll(t *testing.T, s *Store, ctx context.Context, f Filter) (sum int) {
	t.Helper()
	for _, count := range []func(context.Context, Filter, int) (int, error){s.As(models.Everything).CountPostings, s.As(models.Everything).CountOfficers, s.As(models.Everything).CountAssignments} {
		n, err := count(ctx, f, 10)
		if err != nil {
			t.Errorf("%.80q: %v", fmt.Sprint(f), err)
		}
		sum += n
	}
	for _, err := range s.As(models.Everything).EachAssignment(ctx, f, Order{}) {
		if err != nil {
			t.Error(err)
		}
		sum++
	}
	for _, err := range s.As(models.Everything).EachOfficer(ctx, f, Order{}) {
		if err != nil {
			t.Error(err)
		}
	}
	for _, err := range s.As(models.Everything).EachPosting(ctx, f, Order{}) {
		if err != nil {
			t.Error(err)
		}
	}
	return sum
}

// TestEach compares streams of assignments with pages of the same list.
func TestEach(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		r, ctx := seeded(t), context.Background()
		w := addWorld(t, s, r, 20, 30, 150)
		defer func(most int) { mostFew = most }(mostFew)
		for range 60 {
			mostFew = pick(r, []int{0, 1000})
			f, o := randomFilter(r, w), Order{Column: pick(r, AssignmentColumns), Descending: r.IntN(2) == 0}
			pages, _, err := s.As(models.Everything).Assignments(ctx, f, o, Page{Limit: 1000})
			if err != nil {
				t.Fatal(err)
			}
			var streamed []AssignmentRow
			for row, err := range s.As(models.Everything).EachAssignment(ctx, f, o) {
				if err != nil {
					t.Fatal(err)
				}
				streamed = append(streamed, row)
			}
			if !slices.EqualFunc(pages, streamed, sameAssignment) {
				t.Fatalf("%+v in %+v: streamed %v, on pages %v", f, o, streamed, pages)
			}
		}
		for range s.As(models.Everything).EachAssignment(ctx, Filter{}, Order{}) {
			break // the connection must be free again
		}
		cancelled, cancel := context.WithCancel(ctx)
		defer cancel()
		n, failed := 0, error(nil)
		for _, err := range s.As(models.Everything).EachAssignment(cancelled, Filter{}, Order{}) {
			cancel()
			n, failed = n+1, err
		}
		if !errors.Is(failed, context.Canceled) || n == len(w.assignments) {
			t.Errorf("after a cancel, %d rows and %v", n, failed)
		}
	})
}

func sameAssignment(a, b AssignmentRow) bool {
	return reflect.DeepEqual(a, b)
}
