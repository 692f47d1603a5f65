package handlers

import (
	"context"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"samband/db"
	"samband/db/dbtest"
)

// busy has another process write, for as long as f takes.
func busy(t *testing.T, database string, f func()) {
	t.Helper()
	other, err := db.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	err = other.Write(context.Background(), db.Local, func(tx *db.Tx) error {
		f()
		return tx.Note(db.Event{Action: "print", Noun: "page"})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Who only reads does not wait for who writes, whatever marks reading leaves.
func TestReadersDoNotWait(t *testing.T) {
	for _, driver := range []string{"sqlite", "pgx"} {
		t.Run(driver, func(t *testing.T) {
			database := filepath.Join(t.TempDir(), "samband.db")
			if driver == "pgx" {
				database = dbtest.Postgres(t)
			}
			s := newSiteOn(t, driver, database)
			base, forward := opened(t, filled(t, s), nil)
			visitor := newVisit(t, base)
			visitor.signIn(goodPassword, "")
			quickly := func(what, path string, status int) {
				t.Helper()
				began := time.Now()
				visitor.answers(what, path, status)
				if took := time.Since(began); took > 3*time.Second {
					t.Errorf("%s: %s took %v", what, path, took)
				}
			}
			forward(2 * time.Minute)
			busy(t, database, func() {
				for _, path := range []string{"/", "/postings", "/changes"} {
					quickly("seen a while ago", path, http.StatusOK)
				}
			})
			forward(50 * time.Minute)
			quickly("not seen for long", "/postings", http.StatusOK)
			forward(50 * time.Minute)
			quickly("seen all the same", "/postings", http.StatusOK)
			forward(2 * time.Hour)
			busy(t, database, func() { quickly("not seen for too long", "/postings", http.StatusUnauthorized) })
			quickly("and ended", "/postings", http.StatusUnauthorized)
		})
	}
}
