// Package dbtest provides databases for the tests of db and of the packages in
// it. Only tests import it.
package dbtest

import (
	"crypto/rand"
	"database/sql"
	"hash/fnv"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// Databases runs a test once for each kind of database, with the name of one
// that does not exist yet or is empty. See On for the race detector.
func Databases(t *testing.T, f func(t *testing.T, database string)) {
	t.Helper()
	On(t, false, func(t *testing.T, postgres bool) { f(t, empty(t, postgres)) })
}

// Concurrent is Databases for a test that begins goroutines.
func Concurrent(t *testing.T, f func(t *testing.T, database string)) {
	t.Helper()
	On(t, true, func(t *testing.T, postgres bool) { f(t, empty(t, postgres)) })
}

func empty(t *testing.T, postgres bool) string {
	if postgres {
		return Postgres(t)
	}
	return filepath.Join(t.TempDir(), "samband.db")
}

// On runs a test once for each kind of database. Under the race detector, which takes
// several times as long, a test that begins no goroutines runs on one kind only, which
// its name decides: what it could find there is the same code on the other.
func On(t *testing.T, concurrent bool, f func(t *testing.T, postgres bool)) {
	t.Helper()
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(t.Name()))
	for i, kind := range []string{"sqlite", "postgres"} {
		if raced && !concurrent && hash.Sum32()%2 != uint32(i) {
			continue
		}
		t.Run(kind, func(t *testing.T) { f(t, i == 1) })
	}
}

// Postgres returns the address of a new schema on the server that
// SAMBAND_TEST_POSTGRES names. The schema is dropped after the test, and the
// test is skipped if there is no server.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("SAMBAND_TEST_POSTGRES")
	if server == "" {
		if os.Getenv("SAMBAND_TEST_NO_SKIP") == "1" {
			t.Fatal("SAMBAND_TEST_POSTGRES is not set, and SAMBAND_TEST_NO_SKIP forbids to skip")
		}
		t.Skip("not run on PostgreSQL: SAMBAND_TEST_POSTGRES is not set")
	}
	pool, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	schema := "test_" + strings.ToLower(rand.Text())
	if _, err := pool.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := pool.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Error(err)
		}
	})
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}

// Long reports whether tests may take their time, as in the gate: more rounds,
// more rows.
func Long() bool { return os.Getenv("SAMBAND_TEST_LONG") == "1" }
