package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"testing"

	"samband/db/trail"
	"samband/models"
)

var versions = regexp.MustCompile(`Version:\d+`)

// stand writes down everything in the store's directory but the versions and what
// has been confirmed, which is no record.
func stand(t testing.TB, s *Store) string {
	t.Helper()
	records := directoryOf(t, s.As(models.Everything)).With(models.Delta{Attestations: []models.Attestation{}})
	return versions.ReplaceAllString(told(records), "")
}

// lastChange returns the last row of the trail that changed a record.
func lastChange(t testing.TB, s *Store) (row trail.Row) {
	t.Helper()
	err := s.View(context.Background(), func(r Reader) error {
		return r.eachTrailRow("WHERE action IN ('create', 'update', 'remove') ORDER BY id", nil, func(next trail.Row) error {
			row = next
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// effectsOf writes down what a draft does.
func effectsOf(d models.Draft) string {
	all := ""
	for _, e := range d.Effects() {
		all += fmt.Sprintf("%+v", e) + "\n"
	}
	lim := models.DefaultLimits
	lim.AttestDays = 0 // what has been confirmed is no record
	appear, disappear := d.Findings(snoozeDay, lim)
	for _, f := range appear {
		all += "+ " + string(f.Kind) + f.Days.First.String() + "\n"
	}
	for _, f := range disappear {
		all += "- " + string(f.Kind) + f.Days.First.String() + "\n"
	}
	return all
}

// whole returns what differs anywhere between two directories.
func whole(was, is *models.Directory) models.Draft {
	all := models.Delta{Posts: map[int64]*models.Post{}}
	for _, d := range []*models.Directory{was, is} {
		for _, p := range d.Posts() {
			all.Posts[p.ID] = p
		}
	}
	return models.Between(was, is, all)
}

// Any write is previewed as what it then does, without a trace; it is told as that
// afterwards; and taken back it leaves everything as it was.
func TestAnyWriteIsPreviewedAndUndone(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		r := seeded(t)
		addWorld(t, s, r, 8, 6, 10)
		ctx, undone := context.Background(), 0
		for range 30 {
			before, was := stand(t, s), directoryOf(t, s.As(models.Everything))
			seed := r.Uint64()
			steps := 1 + int(seed%3)
			act := func(tx *Tx) error {
				same := rand.New(rand.NewPCG(seed, 0))
				for range steps {
					if err := randomWrite(tx, same); err != nil {
						return err
					}
				}
				return nil
			}
			draft, refused := s.Preview(ctx, Local, act)
			if stand(t, s) != before {
				t.Fatal("a preview has changed something")
			}
			first := lastChange(t, s).ID
			err := s.Write(ctx, Local, act)
			if (err == nil) != (refused == nil) {
				t.Fatalf("previewed %v, written %v", refused, err)
			}
			row := lastChange(t, s)
			if err != nil || row.ID == first {
				continue
			}
			is := directoryOf(t, s.As(models.Everything))
			if want, got := effectsOf(whole(was, is)), effectsOf(draft); got != want {
				t.Fatalf("previewed is\n%s, done\n%s", got, want)
			}
			done, err := s.As(models.Everything).Done(ctx, row.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := effectsOf(done), effectsOf(draft); got != want {
				t.Fatalf("told as done is\n%s, previewed\n%s", got, want)
			}
			if err := s.Write(ctx, Local, func(tx *Tx) error { return tx.Undo(row.ID) }); err != nil {
				ps := models.Problems{}
				refs := &Referred{}
				if errors.As(err, &ps) || errors.As(err, &refs) {
					continue // the rules refuse what was before a refusal existed
				}
				t.Fatal(err)
			}
			if after := stand(t, s); after != before {
				t.Fatalf("taken back, there is\n%s\nwhere there was\n%s", after, before)
			}
			undone++
			twice := &Overtaken{}
			if err := s.Write(ctx, Local, func(tx *Tx) error { return tx.Undo(row.ID) }); !errors.As(err, &twice) || len(twice.Rows) == 0 {
				t.Fatalf("taken back twice: %v", err)
			}
		}
		if undone < 8 {
			t.Errorf("only %d of 30 were taken back", undone)
		}
		if report, err := s.Verify(ctx, nil); err != nil || report.Err() != nil {
			t.Errorf("the trail says %+v, %v", report, err)
		}
	})
}
