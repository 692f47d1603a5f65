package db

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"samband/db/trail"
	"samband/models"
)

// certify certifies a file of an account's, filtered by some words.
func certify(t testing.TB, s *Store, who Actor, file, words string) trail.Certificate {
	t.Helper()
	c := trail.Certificate{File: "officers.csv", List: "officers", SHA256: HashOf([]byte(file)), Bytes: int64(len(file)), Rows: 2, Address: "https://samband.example.org/officers.csv?q=" + words}
	err := s.Write(context.Background(), who, func(tx *Tx) (err error) {
		c, err = tx.Certify(c, Certified{On: date("2026-11-23"), Filter: "sending=SE"}, words)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func tells(t testing.TB, s *Store, c trail.Certificate) bool {
	t.Helper()
	told, err := s.TellsOf(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

func TestCertifiedCopiesAreKept(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		addSample(t, s)
		anna, bo := actorOf(t, s, "anna@example.org", "coordinator:SE"), actorOf(t, s, "bo@example.org", "partner:FI")
		revision, err := s.Revision(ctx)
		if err != nil {
			t.Fatal(err)
		}
		c := certify(t, s, anna, "a,b\r\n", "q=Lindqvist")
		key, err := s.SealKey(ctx)
		if err != nil || len(c.Faults(HashOf([]byte("a,b\r\n")), key, tells(t, s, c))) > 0 || c.By != "anna@example.org" || c.Rights != "coordinator:SE" ||
			c.Revision != revision || c.On != "2026-11-23" || c.Known != "" {
			t.Errorf("%+v, %v", c, err)
		}
		write(t, s, func(tx *Tx) error { return tx.Note(Event{Action: "print", Noun: "page"}) })
		again := certify(t, s, bo, "a,b\r\n", "")
		certify(t, s, bo, "other", "")
		found, err := s.CertifiedAs(ctx, c.SHA256)
		if err != nil || len(found) != 2 || found[0].Account != bo.Account || found[1].Account != anna.Account || found[1].Row != c.Row || !found[1].Asked || found[0].Asked {
			t.Errorf("%+v, %v", found, err)
		}
		if report := verified(t, s); report.Err() != nil || !tells(t, s, c) || !tells(t, s, again) {
			t.Error(report.Err())
		}
		for _, text := range []string{found[1].Filter, found[1].List, found[1].Made} {
			if strings.Contains(text, "Lindqvist") || strings.Contains(text, "anna") {
				t.Errorf("%q is kept", text)
			}
		}
		held, err := s.SubjectAccess(ctx, models.Account{ID: bo.Account, Email: "bo@example.org"})
		if err != nil || len(held.Certificates) != 2 || held.Certificates[0].Hash != c.SHA256 {
			t.Errorf("of Bo are held %+v, %v", held.Certificates, err)
		}
	})
}

// The trail tells of nothing that it was not asked to note: each thing that a certificate
// says of the trail must be so.
func TestTheTrailTellsOfItsOwnCopiesOnly(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		addSample(t, s)
		anna := actorOf(t, s, "anna@example.org", "coordinator:SE")
		good, second := certify(t, s, anna, "one", ""), certify(t, s, anna, "two", "")
		for name, change := range map[string]func(*trail.Certificate){
			"another row":             func(c *trail.Certificate) { c.Row = second.Row },
			"a row of something else": func(c *trail.Certificate) { c.Row-- },
			"a row to come":           func(c *trail.Certificate) { c.Row += 1000 },
			"no row":                  func(c *trail.Certificate) { c.Row = 0 },
			"another head":            func(c *trail.Certificate) { c.Head = second.Head },
			"another file":            func(c *trail.Certificate) { c.SHA256 = second.SHA256 },
			"another list":            func(c *trail.Certificate) { c.List = "postings" },
			"another revision":        func(c *trail.Certificate) { c.Revision++ },
			"another instant":         func(c *trail.Certificate) { c.Made = "2020-01-01T00:00:00.000Z" },
		} {
			c := good
			if change(&c); tells(t, s, c) {
				t.Errorf("%s: the trail tells of it", name)
			}
		}
		other := open(t, filepath.Join(t.TempDir(), "other.db"))
		addSample(t, other)
		if tells(t, other, good) {
			t.Error("another trail tells of it")
		}
		raw(t, s, "UPDATE audit SET new = ? WHERE id = ?", strings.Replace(noteOf(t, s, good.Row), good.SHA256, second.SHA256, 1), good.Row)
		if forged := good; tells(t, s, good) || tells(t, s, func() trail.Certificate { forged.SHA256 = second.SHA256; return forged }()) {
			t.Error("a row that was changed tells of it")
		}
	})
}

func noteOf(t testing.TB, s *Store, row int64) string {
	t.Helper()
	for _, r := range trailRows(t, s) {
		if r.ID == row {
			return *r.New
		}
	}
	t.Fatalf("there is no row %d", row)
	return ""
}

// Erasing takes the words of a filter, and leaves the copy certified.
func TestErasingLeavesCopiesCertified(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		anna := actorOf(t, s, "anna@example.org", "coordinator:SE")
		name := strings.Fields(x.officer.Name)[0]
		c, plain := certify(t, s, anna, "one", "q="+name), certify(t, s, anna, "two", "")
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		if report := verified(t, s); report.Err() != nil || !tells(t, s, c) || !tells(t, s, plain) {
			t.Errorf("%v, told %t and %t", report.Err(), tells(t, s, c), tells(t, s, plain))
		}
		for _, row := range trailRows(t, s) {
			if row.NewPersonal != nil && strings.Contains(*row.NewPersonal, name) {
				t.Errorf("the trail keeps %s", *row.NewPersonal)
			}
		}
	})
}
