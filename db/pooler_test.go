package db

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"

	"samband/db/dbtest"
	"samband/models"
)

// Everything works behind a pooler that gives each transaction any connection,
// from several programs and in many goroutines.
func TestPooler(t *testing.T) {
	t.Parallel()
	database := dbtest.Pooled(t)
	here, there := open(t, database), open(t, database)
	x := addSample(t, here)
	works(t, here, "through the pooler", true)
	var wait sync.WaitGroup
	for i := range 8 {
		s := []*Store{here, there}[i%2]
		wait.Go(func() {
			for n := range 10 {
				err := s.Write(context.Background(), tester, func(tx *Tx) error {
					return tx.SaveOfficer(&models.Officer{AgencyID: x.agency.ID, Name: fmt.Sprint("Officer ", i, " ", n)})
				})
				if err != nil {
					t.Error(err)
				}
				if _, err := s.As(models.Everything).Directory(context.Background()); err != nil {
					t.Error(err)
				}
				for _, err := range s.As(models.Everything).EachAssignment(context.Background(), Filter{}, Order{Language: "sv"}) {
					if err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wait.Wait()
	for _, s := range []*Store{here, there} {
		if n := len(directory(t, s).Officers()); n != 81 {
			t.Errorf("%d officers", n)
		}
		works(t, s, "afterwards", true)
		err := s.View(context.Background(), func(r Reader) error {
			return r.each("SELECT name, setting FROM pg_settings WHERE name LIKE '%_timeout' AND setting <> reset_val", nil, func(rows *sql.Rows) error {
				var name, setting string
				err := rows.Scan(&name, &setting)
				t.Errorf("%s = %s stays with a connection, whoever gets it next", name, setting)
				return err
			})
		})
		if err != nil {
			t.Error(err)
		}
	}
	sound(t, here)
}
