package interchange

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"samband/db"
	"samband/db/dbtest"
	"samband/models"
)

// generated writes a package of n assignments, ten to a posting and two to an
// officer.
func generated(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, rows int, head string, row func(i int) string) {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w := bufio.NewWriter(f)
		fmt.Fprintln(w, head)
		for i := range rows {
			fmt.Fprintln(w, row(i))
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	countries := models.Countries()
	agency := func(i int) string { return fmt.Sprintf("%s-%s", models.States()[i%5], models.Matters()[i%2]) }
	write("agencies.csv", 10, "key,country,kind,name,name_en,acronym,first_day,last_day", func(i int) string {
		return fmt.Sprintf("%s,%s,%s,Agency %d,,,,", agency(i), models.States()[i%5], models.Matters()[i%2], i)
	})
	write("officers.csv", n/2, "key,agency,name,rank,email,phone,languages,masked,note", func(i int) string {
		return fmt.Sprintf("o-%d,%s,Name%d Family%d,,,,,,", i, agency(i), i%500, i%5000)
	})
	write("postings.csv", n/10, "key,agency,host_country,host_city,host_organisation,opened,closed,note", func(i int) string {
		return fmt.Sprintf("p-%d,%s,%s,City %d,,2000-01-01,,", i, agency(i), countries[i%len(countries)], i%1000)
	})
	write("assignments.csv", n, "key,officer,posting,first_day,last_day,planned_last_day,end_reason,note", func(i int) string {
		return fmt.Sprintf("a-%d,o-%d,p-%d,%d-01-01,%d-12-31,,,", i, i/2, i/10, 2000+i%10*3, 2002+i%10*3)
	})
	return dir
}

// BenchmarkImport compares the import of 100,000 assignments into a directory
// that has their officers and postings with what the sqlite3 shell takes to
// import the same file into a bare table.
func BenchmarkImport(b *testing.B) {
	const n = 100_000
	dir := generated(b, n)
	held, err := os.ReadFile(filepath.Join(dir, "assignments.csv"))
	if err != nil {
		b.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "assignments.csv")); err != nil {
		b.Fatal(err)
	}
	s := onSQLite(b)
	start := time.Now()
	imported(b, s, dir, Options{})
	rest := time.Since(start)
	file := filepath.Join(b.TempDir(), "assignments.csv")
	if err := os.WriteFile(file, held, 0o600); err != nil {
		b.Fatal(err)
	}
	start = time.Now()
	if _, _, err := Preview(context.Background(), s, db.Local, Upload{"assignments.csv", bytes.NewReader(held), int64(len(held))}, Options{Changes: true}); err != nil {
		b.Fatal(err)
	}
	previewed := time.Since(start)
	start = time.Now()
	report := imported(b, s, filepath.Dir(file), Options{})
	took := time.Since(start)
	if report.Total().New != n {
		b.Fatalf("%+v", report)
	}
	b.Run("100000_assignments", func(b *testing.B) {
		for b.Loop() {
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(rest.Seconds(), "s_officers_and_postings")
		b.ReportMetric(took.Seconds(), "s_assignments")
		b.ReportMetric(float64(previewed)/float64(took), "x_preview")
		if shell := shellImport(b, file); shell > 0 {
			b.ReportMetric(float64(took)/float64(shell), "x_sqlite3_shell")
		}
	})
}

// shellImport returns how long the sqlite3 shell takes to import a file, 0 if
// there is no such shell.
func shellImport(b *testing.B, file string) time.Duration {
	b.Helper()
	if _, err := exec.LookPath("sqlite3"); err != nil {
		return 0
	}
	start := time.Now()
	out, err := exec.Command("sqlite3", filepath.Join(b.TempDir(), "shell.db"),
		"CREATE TABLE assignments (key TEXT PRIMARY KEY, officer TEXT, posting TEXT, first_day TEXT, last_day TEXT, planned_last_day TEXT, end_reason TEXT, note TEXT)",
		".import --csv --skip 1 "+file+" assignments").CombinedOutput()
	if err != nil {
		b.Fatal(string(out), err)
	}
	return time.Since(start)
}

// A package of refused rows only, a million of them in long tests, lists a
// thousand, counts the rest, and needs little memory.
func TestImportOfRefusedRowsOnly(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "officers.csv"))
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "key,agency,name,rank,email,phone,languages,masked,note")
	n := 5 * mostRefusals
	if dbtest.Long() {
		n = 1_000_000
	}
	for i := range n {
		fmt.Fprintf(w, "o-%d,nowhere,Name,,,,,,\n", i)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	s := onSQLite(t)
	report := imported(t, s, dir, Options{})
	if report.Refused != n || len(report.Refusals) != mostRefusals || report.Total().Refused != n {
		t.Errorf("%d refused, %d listed", report.Refused, len(report.Refusals))
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.Sys > 4<<30 {
		t.Errorf("%d MB of memory", m.Sys>>20)
	}
	if empty, err := s.Empty(context.Background()); err != nil || !empty {
		t.Errorf("something was written, %v", err)
	}
}
