package db

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"samband/models"
)

// TestKilled kills a process that writes, and looks whether each write that
// it has confirmed is kept, and each that is kept is whole.
func TestKilled(t *testing.T) {
	if path := os.Getenv("SAMBAND_TEST_WRITER"); path != "" {
		writeForEver(path)
		return
	}
	path := filepath.Join(t.TempDir(), "samband.db")
	for round := range 3 {
		confirmed := killedWriter(t, path)
		s := open(t, path)
		for _, id := range confirmed {
			if _, err := s.As(models.Everything).Officer(context.Background(), id); err != nil {
				t.Errorf("round %d: a confirmed officer: %v", round, err)
			}
		}
		d := directory(t, s)
		rows := trail(t, s)
		kept := 0
		for _, row := range rows {
			if row.Noun == "officer" && d.Officer(row.RecordID).ID == row.RecordID {
				kept++
			}
		}
		officers, err := s.As(models.Everything).CountOfficers(context.Background(), Filter{}, 1_000_000)
		if err != nil || officers != kept || kept < len(confirmed) {
			t.Errorf("round %d: %d officers (%v), %d of them in the trail, %d confirmed", round, officers, err, kept, len(confirmed))
		}
		if last := rows[len(rows)-1].Revision; last != revision(t, s) {
			t.Errorf("round %d: the revision is %d, and %d in the trail", round, revision(t, s), last)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killedWriter runs writeForEver in a process, kills it, and returns the IDs
// that it has confirmed.
func killedWriter(t *testing.T, path string) (confirmed []int64) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), "SAMBAND_TEST_WRITER="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		id, err := strconv.ParseInt(strings.TrimSpace(lines.Text()), 10, 64)
		if err != nil {
			t.Fatalf("the writer says %q", lines.Text())
		}
		if confirmed = append(confirmed, id); len(confirmed) == 40 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // it was killed
	return confirmed
}

// writeForEver creates officers, two in each write, and prints the ID of the
// second once the write is done.
func writeForEver(path string) {
	s, err := Open(context.Background(), path)
	agency := models.Agency{Country: "SE", Kind: "police", Name: "X", Period: models.Period{Last: models.Forever}}
	if err == nil {
		err = s.Write(context.Background(), tester, func(tx *Tx) error { return tx.SaveAgency(&agency) })
	}
	for n := 0; err == nil; n++ {
		var o models.Officer
		err = s.Write(context.Background(), tester, func(tx *Tx) error {
			for range 2 {
				o = models.Officer{AgencyID: agency.ID, Name: fmt.Sprint("Officer ", n), Rank: strings.Repeat("x", 90)}
				if err := tx.SaveOfficer(&o); err != nil {
					return err
				}
			}
			return nil
		})
		fmt.Println(o.ID)
	}
	fmt.Println(err)
	os.Exit(1)
}
