package handlers

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"samband/db"
	"samband/db/interchange"
	"samband/models"
)

// benchStore is a store with n assignments, ten to a posting.
func benchStore(b testing.TB, n int) *db.Store {
	b.Helper()
	store, err := db.Open(context.Background(), filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	if _, err := interchange.Import(context.Background(), store, db.Local, benchPackage(b, n), interchange.Options{}); err != nil {
		b.Fatal(err)
	}
	return store
}

// fastest returns the shortest of some runs of f.
func fastest(f func()) time.Duration {
	best := time.Duration(1 << 62)
	for range 7 {
		begun := time.Now()
		f()
		best = min(best, time.Since(begun))
	}
	return best
}

// BenchmarkPlanning compares the matrix of 2,000 postings with reading their
// rows once, and with the matrix of half as many; what if of five steps with
// the matrix; and findings of ten times as many assignments with as many.
func BenchmarkPlanning(b *testing.B) {
	ctx, today := context.Background(), models.DateOf(noon)
	store := benchStore(b, 20_000)
	everything := store.As(models.Everything)
	rows := fastest(func() {
		for _, err := range everything.EachPosting(ctx, db.Filter{On: today}, db.Order{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
		for _, err := range everything.EachAssignment(ctx, db.Filter{On: today}, db.Order{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	d, err := everything.Directory(ctx)
	if err != nil {
		b.Fatal(err)
	}
	half, err := benchStore(b, 10_000).As(models.Everything).Directory(ctx)
	if err != nil {
		b.Fatal(err)
	}
	matrix := fastest(func() { d.Matrix(today, 180) })
	b.Run("matrix of 2000 postings", func(b *testing.B) {
		b.ReportMetric(matrix.Seconds()*1000, "ms")
		b.ReportMetric(matrix.Seconds()/rows.Seconds(), "x_reading_rows")
		b.ReportMetric(matrix.Seconds()/fastest(func() { half.Matrix(today, 180) }).Seconds(), "x_half_as_many")
	})
	b.Run("what if of 5 steps", func(b *testing.B) {
		var steps []models.Step
		for _, p := range d.Posts()[:5] {
			steps = append(steps, models.Step{Act: models.Close, Posting: p.ID, Last: today + 400})
		}
		took := fastest(func() {
			draft, problems := models.Try(d, steps)
			if len(problems) > 0 {
				b.Fatal(problems)
			}
			draft.Effects()
			draft.Findings(today, models.DefaultLimits)
			draft.Before.MatrixOf(draft.Places(), today, 180)
			draft.After.MatrixOf(draft.Places(), today, 180)
		})
		b.ReportMetric(took.Seconds()*1000, "ms")
		b.ReportMetric(took.Seconds()/matrix.Seconds(), "x_matrix")
	})
	b.Run("known before 1000 changes", func(b *testing.B) { benchKnown(b, store, d) })
	b.Run("findings of 100000 assignments", func(b *testing.B) {
		large, err := benchStore(b, 100_000).As(models.Everything).Directory(ctx)
		if err != nil {
			b.Fatal(err)
		}
		took := fastest(func() { large.Findings(today, models.DefaultLimits) })
		b.ReportMetric(took.Seconds()*1000, "ms")
		b.ReportMetric(took.Seconds()/fastest(func() { half.Findings(today, models.DefaultLimits) }).Seconds(), "x_tenth_as_many")
	})
}

// benchKnown compares the directory as known before a thousand changes with
// reading their rows of the trail.
func benchKnown(b *testing.B, store *db.Store, d *models.Directory) {
	ctx, everything := context.Background(), store.As(models.Everything)
	begun := time.Now()
	err := store.Write(ctx, db.Local, func(tx *db.Tx) error {
		for _, p := range d.Posts()[:1000] {
			if _, err := tx.EndAssignment(p.Assignments[0].ID, p.Assignments[0].Version, p.Assignments[0].Last-1, "early"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := everything.Directory(ctx); err != nil { // the present, as a page has it anyway
		b.Fatal(err)
	}
	rows := fastest(func() {
		if _, err := everything.Trail(ctx, models.AllRights, db.TrailFilter{From: begun}, 1000); err != nil {
			b.Fatal(err)
		}
	})
	at := begun
	known := fastest(func() {
		at = at.Add(-time.Millisecond) // another one than before: none is kept
		if _, err := everything.AsOf(ctx, at); err != nil {
			b.Fatal(err)
		}
	})
	b.ReportMetric(known.Seconds()*1000, "ms")
	b.ReportMetric(known.Seconds()/rows.Seconds(), "x_reading_rows")
	past, err := everything.AsOf(ctx, at)
	if err != nil {
		b.Fatal(err)
	}
	list := time.Now()
	if _, _, err := past.Postings(ctx, db.Filter{On: models.DateOf(noon)}, db.Order{Column: "place", Language: "en"}, db.Page{Limit: 50}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(list).Seconds()*1000, "ms_first_list")
}
