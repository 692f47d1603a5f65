package db

import (
	"bufio"
	"context"
	crand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"samband/db/dbtest"
	"samband/models"
)

// TestKilled repeatedly kills a writing process at a random moment: every write
// that it has confirmed must be there, and every write must be complete or
// absent.
func TestKilled(t *testing.T) {
	t.Parallel()
	if database := os.Getenv("SAMBAND_TEST_WRITER"); database != "" {
		writeForEver(database)
		return
	}
	rounds := 3
	if dbtest.Long() {
		rounds = 40
	}
	dbtest.Databases(t, func(t *testing.T, database string) {
		confirmed := map[int64]bool{}
		for round := range rounds {
			killedWriter(t, database, 1+rand.IntN(60), confirmed)
			s := open(t, database)
			checkKilled(t, s, round, confirmed)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if len(confirmed) < rounds {
			t.Errorf("%d writes were confirmed in %d rounds", len(confirmed), rounds)
		}
	})
}

// checkKilled checks that what was confirmed is there, both officers of each
// write or neither, and exactly these in the trail.
func checkKilled(t *testing.T, s *Store, round int, confirmed map[int64]bool) {
	t.Helper()
	d := directory(t, s)
	for id := range confirmed {
		if d.Officer(id).ID == 0 {
			t.Errorf("round %d: officer %d was confirmed and is gone", round, id)
		}
	}
	officers, of := 0, map[string]int{}
	for _, o := range d.Officers() {
		officers++
		of[o.Name]++
	}
	for name, n := range of {
		if n != 2 {
			t.Errorf("round %d: of a write that made two, %d are there: %s", round, n, name)
		}
	}
	rows := auditRows(t, s)
	told := 0
	for _, row := range rows {
		if row.Noun == "officer" && d.Officer(row.RecordID).ID == row.RecordID {
			told++
		}
	}
	if told != officers || officers < len(confirmed) {
		t.Errorf("round %d: %d officers, %d of them in the trail, %d confirmed", round, officers, told, len(confirmed))
	}
	if last := rows[len(rows)-1].Revision; last != revision(t, s) {
		t.Errorf("round %d: the revision is %d, and %d in the trail", round, revision(t, s), last)
	}
	if report, err := s.Verify(t.Context(), nil); err != nil || report.Broken != nil {
		t.Errorf("round %d: the trail is broken: %+v, %v", round, report.Broken, err)
	}
}

// killedWriter runs writeForEver in a process, kills it once it has confirmed
// more than the given number of writes, and adds the ones it has confirmed.
func killedWriter(t *testing.T, database string, writes int, confirmed map[int64]bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), "SAMBAND_TEST_WRITER="+database)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	n := 0
	for lines := bufio.NewScanner(out); lines.Scan(); n++ {
		id, err := strconv.ParseInt(strings.TrimSpace(lines.Text()), 10, 64)
		if err != nil {
			t.Fatalf("the writer says %q", lines.Text())
		}
		confirmed[id] = true
		if n == writes {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // it was killed
}

// writeForEver creates officers in several goroutines, two of one name in each
// write, and prints the ID of the second once the write has returned.
func writeForEver(database string) {
	ctx := context.Background()
	s, err := Open(ctx, database)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	agency := models.Agency{Country: "SE", Kind: "police", Name: "X", Period: models.Period{Last: models.Forever}}
	failed := make(chan error)
	if err := s.Write(ctx, tester, func(tx *Tx) error { return tx.SaveAgency(&agency) }); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for range 4 {
		go func() {
			for {
				var o models.Officer
				name := crand.Text()
				err := s.Write(ctx, tester, func(tx *Tx) error {
					for range 2 {
						o = models.Officer{AgencyID: agency.ID, Name: name, Rank: strings.Repeat("x", 90)}
						if err := tx.SaveOfficer(&o); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					failed <- err
					return
				}
				fmt.Println(o.ID)
			}
		}()
	}
	fmt.Println(<-failed)
	os.Exit(1)
}
