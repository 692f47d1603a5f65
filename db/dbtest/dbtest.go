// Package dbtest provides databases for the tests of db and of the packages in
// it. Only tests import it.
package dbtest

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// Databases runs a test once for each kind of database, with the name of one
// that does not exist yet or is empty.
func Databases(t *testing.T, f func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		f(t, filepath.Join(t.TempDir(), "samband.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		f(t, Postgres(t))
	})
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
