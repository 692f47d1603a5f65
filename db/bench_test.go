package db

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"samband/db/dbtest"
	"samband/models"
)

// fill generates agencies, postings, officers and assignments. The assignments
// are written in SQL and leave no rows in the trail.
func fill(b testing.TB, s *Store, postings, assignments int) {
	b.Helper()
	officers := assignments / 5
	write(b, s, func(tx *Tx) error {
		var agencies []*models.Agency
		for _, state := range models.States() {
			for _, m := range models.Matters() {
				a := models.Agency{Country: state, Kind: models.AgencyKind(m), Name: "Agency " + string(state) + string(m), Key: string(state) + "-" + string(m), Period: models.Period{Last: models.Forever}}
				agencies = append(agencies, &a)
			}
		}
		if err := CreateAll(tx, agencies); err != nil {
			return err
		}
		countries := models.Countries()
		var posts []*models.Posting
		for i := range postings {
			c := countries[i*7919%len(countries)]
			life := models.Period{First: date("1990-01-01") + models.Date(i%5000), Last: models.Forever}
			p := models.Posting{Key: fmt.Sprintf("p-%d", i), AgencyID: agencies[i%len(agencies)].ID, HostCountry: c, HostCity: fmt.Sprintf("City %d", i%3000),
				Opened: life.First, Closed: life.Last}
			p.Representations = p.Represents("")
			side := countries[(i*7919+1)%len(countries)]
			p.Coverages = []models.Coverage{{Country: side, Period: life}}
			posts = append(posts, &p)
		}
		if err := CreateAll(tx, posts); err != nil {
			return err
		}
		first := []string{"Åse", "Søren", "Øystein", "Päivi", "Guðrún", "Lars", "Anna", "Jón"}
		var people []*models.Officer
		for i := range officers {
			people = append(people, &models.Officer{Key: fmt.Sprintf("o-%d", i), AgencyID: agencies[i%len(agencies)].ID,
				Name: fmt.Sprintf("%s Name%d", first[i%8], i), Rank: "inspector", Email: fmt.Sprintf("o%d@example.org", i)})
		}
		if err := CreateAll(tx, people); err != nil {
			return err
		}
		base := tx.IDs(assignments)
		n := assignments / postings
		err := tx.exec(`INSERT INTO assignments
			WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n+1 FROM i WHERE n+1 < ?)
			SELECT ? + n, 1, 'a-p-' || (n / ?) || '-' || (n % ?), o.id, p.id,
				date('1995-01-01', (p.id % 700 + (n % ?) * 12500 / ?) || ' days'),
				date('1995-01-01', (p.id % 700 + (n % ? + 1) * 12500 / ? - 1) || ' days'), NULL, '', ''
			FROM i JOIN postings p ON p.key = 'p-' || (n / ?) JOIN officers o ON o.key = 'o-' || (n % ?)`,
			assignments, base, n, n, n, n, n, n, n, officers)
		return err
	})
}

func filled(b testing.TB, postings, assignments int) (*Store, string) {
	path := filepath.Join(b.TempDir(), "bench.db")
	s := open(b, path)
	fill(b, s, postings, assignments)
	return s, path
}

// BenchmarkFirstPage compares the time for the first page of assignments, in
// each order, at 100,000 assignments with that at 1,000.
func BenchmarkFirstPage(b *testing.B) {
	small, _ := filled(b, 100, 1_000)
	large, _ := filled(b, 10_000, 100_000)
	page := func(b *testing.B, s *Store, o Order) time.Duration {
		began := time.Now()
		rows, _, err := s.As(models.Everything).Assignments(context.Background(), Filter{}, o, Page{Limit: 50})
		if err != nil || len(rows) != 50 {
			b.Fatal(len(rows), err)
		}
		return time.Since(began)
	}
	for _, column := range AssignmentColumns {
		o := Order{Column: column, Descending: true, Language: "sv"}
		b.Run(column, func(b *testing.B) {
			var atSmall, atLarge time.Duration
			for b.Loop() {
				atSmall += page(b, small, o)
				atLarge += page(b, large, o)
			}
			b.ReportMetric(float64(atLarge)/float64(atSmall), "large/small")
			b.ReportMetric(float64(atSmall.Microseconds())/float64(b.N), "small-µs")
			b.ReportMetric(float64(atLarge.Microseconds())/float64(b.N), "large-µs")
		})
	}
}

// BenchmarkEachAssignment streams a million rows and compares the time with
// that of the sqlite3 shell for the same join.
func BenchmarkEachAssignment(b *testing.B) {
	s, path := filled(b, 10_000, 1_000_000)
	for _, order := range []string{"id", "first_day"} {
		b.Run(order, func(b *testing.B) {
			var most uint64
			for b.Loop() {
				n, began := 0, time.Now()
				for _, err := range s.As(models.Everything).EachAssignment(context.Background(), Filter{}, Order{Column: order}) {
					if err != nil {
						b.Fatal(err)
					}
					if n++; n%100_000 == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						most = max(most, m.HeapInuse)
					}
				}
				took := time.Since(began)
				b.ReportMetric(float64(n)/took.Seconds(), "rows/s")
				b.ReportMetric(float64(most)/1e6, "MB-heap")
				if shell, ok := shellExport(b, path, order, ""); ok {
					b.ReportMetric(shell.Seconds()/took.Seconds(), "times-the-shell-without-lists")
				}
				if shell, ok := shellExport(b, path, order, shellLists); ok {
					b.ReportMetric(shell.Seconds()/took.Seconds(), "times-the-shell")
				}
			}
		})
	}
}

// shellLists are the columns of the flat file that come from the parts of
// postings, which EachAssignment yields too.
const shellLists = `,
	(SELECT group_concat(state, ' ') FROM representations r WHERE r.posting_id = p.id AND r.matter IN ('police', 'both') AND r.first_day <= '2026-11-23' AND r.last_day >= '2026-11-23'),
	(SELECT group_concat(state, ' ') FROM representations r WHERE r.posting_id = p.id AND r.matter IN ('customs', 'both') AND r.first_day <= '2026-11-23' AND r.last_day >= '2026-11-23'),
	(SELECT group_concat(country, ' ') FROM coverages c WHERE c.posting_id = p.id AND c.first_day <= '2026-11-23' AND c.last_day >= '2026-11-23')`

// shellExport returns how long the sqlite3 shell takes to write the join of the
// flat file as CSV, and whether that shell is installed.
func shellExport(b *testing.B, path, order, lists string) (time.Duration, bool) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		return 0, false
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer null.Close()
	query := `SELECT x.key, p.key, p.host_country, p.host_city, p.host_organisation, g.country, g.key, g.kind,
		o.key, o.name, o.rank, x.first_day, x.last_day` + lists + `
		FROM assignments x JOIN postings p ON p.id = x.posting_id JOIN agencies g ON g.id = p.agency_id JOIN officers o ON o.id = x.officer_id`
	if order != "id" { // the order in which the shell finds them anyway
		query += " ORDER BY x." + order + ", x.id"
	}
	cmd := exec.Command(shell, "-csv", path, query)
	cmd.Stdout = null
	began := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began), true
}

// BenchmarkPresent reads the current moment, as each request does.
func BenchmarkPresent(b *testing.B) {
	for name, database := range map[string]func() string{
		"sqlite":   func() string { return filepath.Join(b.TempDir(), "samband.db") },
		"postgres": func() string { return dbtest.Postgres(b) },
	} {
		b.Run(name, func(b *testing.B) {
			s := open(b, database())
			for b.Loop() {
				if _, err := s.present(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkByID reads one record in a transaction of its own, as forms do.
func BenchmarkByID(b *testing.B) {
	for name, database := range map[string]func() string{
		"sqlite":   func() string { return filepath.Join(b.TempDir(), "samband.db") },
		"postgres": func() string { return dbtest.Postgres(b) },
	} {
		b.Run(name, func(b *testing.B) {
			s := open(b, database())
			x := addSample(b, s)
			for b.Loop() {
				err := s.View(context.Background(), func(r Reader) error {
					_, err := byID[models.Officer](r, x.officer.ID)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
