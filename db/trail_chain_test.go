package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"gorm.io/gorm"

	"samband/db/dbtest"
	"samband/db/trail"
	"samband/models"
)

// raw runs a statement that bypasses Write.
func raw(t testing.TB, s *Store, query string, args ...any) {
	t.Helper()
	if err := s.locked(context.Background(), s.wait, func(g *gorm.DB) error { return g.Exec(query, args...).Error }); err != nil {
		t.Fatal(query, err)
	}
}

func verified(t testing.TB, s *Store, checkpoints ...trail.Checkpoint) TrailReport {
	t.Helper()
	report, err := s.Verify(context.Background(), nil, checkpoints...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// sound requires Verify to find nothing wrong.
func sound(t testing.TB, s *Store, checkpoints ...trail.Checkpoint) {
	t.Helper()
	if err := verified(t, s, checkpoints...).Err(); err != nil {
		t.Error(err)
	}
}

func sealed(t testing.TB, s *Store) trail.Checkpoint {
	t.Helper()
	c, report, err := s.Seal(context.Background())
	if err != nil || report.Broken != nil {
		t.Fatal(report.Broken, err)
	}
	return c
}

func trailRows(t testing.TB, s *Store) (all []trail.Row) {
	t.Helper()
	err := s.View(context.Background(), func(r Reader) (err error) {
		all, err = rowsOf[trail.Row](r.g).Order("id").Find(r.ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// lastRow returns the ID of the last row of the trail that changes a record.
func lastRow(t testing.TB, s *Store, noun string, id int64) (last int64) {
	t.Helper()
	for _, row := range trailRows(t, s) {
		if row.Noun == noun && row.RecordID == id && trail.Holds(row.Action) {
			last = row.ID
		}
	}
	return last
}

func TestTrailIsWholeAfterManyWrites(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		sound(t, s)
		r := seeded(t)
		w := addWorld(t, s, r, 10, 10, 30)
		for range 40 {
			err := s.Write(context.Background(), tester, func(tx *Tx) error {
				return errors.Join(randomChange(tx, r, w), tx.Note(Event{Action: "export", Noun: "file", About: []any{"rows", 3}, Filter: "q=ä"}))
			})
			if _, refused := errors.AsType[models.Problems](err); err != nil && !refused && !errors.As(err, new(*Referred)) {
				t.Fatal(err)
			}
		}
		report := verified(t, s)
		if report.Broken != nil || report.Rows != int64(len(auditRows(t, s))) || len(report.Head) != 64 {
			t.Errorf("got %+v, %+v of %d rows", report, report.Broken, len(auditRows(t, s)))
		}
	})
}

// addTrail makes a trail of a dozen rows and returns it, with the index of one
// in the middle: an update of an assignment in which every column has a value.
func addTrail(t testing.TB, s *Store) (all []trail.Row, middle int) {
	t.Helper()
	x := addSample(t, s)
	x.assignment.Note, x.officer.Email = "a note", "ase@example.org"
	write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveOfficer(&x.officer), tx.SaveAssignment(&x.assignment)) })
	x.assignment.Note = "another note"
	write(t, s, func(tx *Tx) error { return tx.SaveAssignment(&x.assignment) })
	write(t, s, func(tx *Tx) error {
		return errors.Join(tx.SaveContactPoint(&models.ContactPoint{State: "SE", Matter: "both", Name: "NOA"}),
			tx.Note(Event{Action: "export", Noun: "file", Filter: "q=Lindqvist"}),
			tx.SaveAccount(&models.Account{Email: "ase@example.org", Rights: models.AllRights}), tx.Note(Event{Action: "print", Noun: "page"}))
	})
	all = trailRows(t, s)
	return all, 6
}

// withHash returns the columns of a row with another hash.
func withHash(row trail.Row, hash []byte) []any {
	row.Hash = hash
	return trailTable.values(&row, nil)
}

// TestTampering changes the table of the trail behind the program's back.
// Verify must name the row that is not what it was, or the one after what is
// gone.
func TestTampering(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		all, m := addTrail(t, s)
		sound(t, s)
		raw(t, s, "CREATE TABLE kept AS SELECT * FROM audit")
		id, before, next, last := all[m].ID, all[m-1].ID, all[m+1].ID, all[len(all)-1].ID
		if all[m].Noun != "assignment" || all[m].OldPersonal == nil || all[m].Salt == nil {
			t.Fatalf("the row in the middle is %+v", all[m])
		}
		forged, names := all[m], strings.Join(trailTable.columns, ", ")
		forged.ID++ // an ID that no row has: it is that of the next row's record
		forge := "INSERT INTO audit (" + names + ") VALUES (" + marks(len(trailTable.columns)) + ")"
		tampered := map[string]struct {
			broken int64
			query  string
			args   []any
		}{
			"a row taken out":                 {next, "DELETE FROM audit WHERE id = ?", []any{id}},
			"the first row taken out":         {all[1].ID, "DELETE FROM audit WHERE id = ?", []any{all[0].ID}},
			"the last row taken out":          {all[len(all)-2].ID, "DELETE FROM audit WHERE id = ?", []any{last}},
			"all rows taken out":              {0, "DELETE FROM audit", nil},
			"a row put in with a true hash":   {next, forge, withHash(forged, forged.HashAfter(all[m].Hash))},
			"a row put in with a false hash":  {forged.ID, forge, withHash(forged, all[m].Hash)},
			"its salt cleared":                {id, "UPDATE audit SET salt = NULL WHERE id = ?", []any{id}},
			"its note cleared":                {id, "UPDATE audit SET new_personal = NULL WHERE id = ?", []any{id}},
			"its notes cleared with the salt": {id, "UPDATE audit SET old_personal = NULL, new_personal = NULL, salt = NULL WHERE id = ?", []any{id}},
			"its notes swapped":               {id, "UPDATE audit SET old_personal = new_personal, new_personal = old_personal WHERE id = ?", []any{id}},
			"another head":                    {last, "UPDATE directory SET head = ?", []any{all[m].Hash}},
			"no head":                         {last, "UPDATE directory SET head = NULL", nil},
		}
		for column, value := range map[string]any{
			"id": id + 1, "revision": all[m].Revision - 1, "at": "2020-01-01T00:00:00.000Z", "actor_id": 7, "actor": "", "role": "coordinator:SE",
			"request": "r-2", "action": "create", "noun": "posting", "record_id": all[m].RecordID + 1, "record_key": "a-2", "state": "DK",
			"old": *all[m].New, "new": nil, "old_personal": `{"end_reason":"","note":"forged"}`, "new_personal": *all[m].OldPersonal,
			"salt": trail.NewSalt(), "hash": all[m-1].Hash,
		} {
			broken := id
			if column == "id" {
				broken++
			}
			tampered["its "+column+" changed"] = struct {
				broken int64
				query  string
				args   []any
			}{broken, "UPDATE audit SET " + column + " = ? WHERE id = ?", []any{value, id}}
		}
		for what, c := range tampered {
			var head []byte
			_ = s.View(context.Background(), func(r Reader) error {
				return r.each("SELECT head FROM directory", nil, func(rows *sql.Rows) error { return rows.Scan(&head) })
			})
			raw(t, s, c.query, c.args...)
			if b := verified(t, s).Broken; b == nil || b.ID != c.broken || b.Why == "" {
				t.Errorf("%s: broken is %+v, want row %d", what, b, c.broken)
			}
			if _, report, err := s.Seal(context.Background()); err != nil || report.Broken == nil {
				t.Errorf("%s: it is sealed all the same, %v", what, err)
			}
			raw(t, s, "DELETE FROM audit")
			raw(t, s, "INSERT INTO audit ("+names+") SELECT "+names+" FROM kept")
			raw(t, s, "UPDATE directory SET head = ?", head)
			sound(t, s)
		}
		swap := func(a, b int64) {
			for _, to := range [][2]int64{{a, -1}, {b, a}, {-1, b}} {
				raw(t, s, "UPDATE audit SET id = ? WHERE id = ?", to[1], to[0])
			}
		}
		swap(before, id)
		if b := verified(t, s).Broken; b == nil || b.ID != before {
			t.Errorf("of two rows in each other's place, broken is %+v", b)
		}
		swap(before, id)
		sound(t, s)
	})
}

// Values in a row that must hold none are noticed as well.
func TestPersonalValuesThatWereNeverWritten(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		sound(t, s)
		all := trailRows(t, s)
		for _, row := range all {
			if row.OldPersonal != nil || row.NewPersonal != nil {
				continue
			}
			raw(t, s, "UPDATE audit SET new_personal = ? WHERE id = ?", `{"note":"forged"}`, row.ID)
			if b := verified(t, s).Broken; b == nil || b.ID != row.ID {
				t.Errorf("put into %s %s, broken is %+v", row.Action, row.Noun, b)
			}
			raw(t, s, "UPDATE audit SET new_personal = NULL WHERE id = ?", row.ID)
		}
		sound(t, s)
	})
}

// rewritten changes a row and recomputes all hashes, as an attacker with the
// whole database can.
func rewritten(t testing.TB, s *Store, row int, change func(*trail.Row)) {
	t.Helper()
	all := trailRows(t, s)
	var head []byte
	for i := range all {
		if i == row {
			change(&all[i])
		}
		head = all[i].HashAfter(head)
		raw(t, s, "UPDATE audit SET request = ?, hash = ? WHERE id = ?", all[i].Request, head, all[i].ID)
	}
	raw(t, s, "UPDATE directory SET head = ?", head)
}

func TestCheckpoints(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		first := sealed(t, s)
		key, err := s.SealKey(context.Background())
		if rows := auditRows(t, s); err != nil || !first.Genuine() || first.Key != key || first.Rows != 4 || first.Last != rows[3].ID {
			t.Fatalf("the checkpoint is %+v, the key %q, %v", first, key, err)
		}
		for what, change := range map[string]func(*trail.Checkpoint){
			"rows": func(c *trail.Checkpoint) { c.Rows++ }, "last": func(c *trail.Checkpoint) { c.Last-- }, "at": func(c *trail.Checkpoint) { c.At = "2020-01-01T00:00:00.000Z" },
			"head": func(c *trail.Checkpoint) { c.Head = strings.Repeat("0", 64) }, "key": func(c *trail.Checkpoint) { c.Key = c.Signature },
			"no key": func(c *trail.Checkpoint) { c.Key = "" }, "signature": func(c *trail.Checkpoint) { c.Signature = "A" + c.Signature[1:] + "=" },
		} {
			c := first
			if change(&c); c.Genuine() {
				t.Errorf("genuine with another %s", what)
			}
		}
		sound(t, s, first)
		x.officer.Rank, x.officer.Note = "kommissarie", "a note"
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		second := sealed(t, s)
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		sound(t, s, first, second) // after more writes, and an erasure
		for _, c := range []trail.Checkpoint{
			{Rows: first.Rows + 1, Last: first.Last, Head: first.Head}, {Rows: first.Rows, Last: first.Last, Head: second.Head},
		} {
			if b := verified(t, s, c).Broken; b == nil || b.ID != first.Last {
				t.Errorf("with %+v, broken is %+v", c, b)
			}
		}
		if b := verified(t, s, trail.Checkpoint{Rows: 99, Last: 9999, Head: first.Head}).Broken; b == nil || b.Why != trail.WhyMissing {
			t.Errorf("with a row that is not there, broken is %+v", b)
		}
		rewritten(t, s, 1, func(row *trail.Row) { row.Request = "nothing to see" })
		sound(t, s) // it looks whole
		for _, c := range []trail.Checkpoint{first, second} {
			if b := verified(t, s, c).Broken; b == nil || b.ID != c.Last {
				t.Errorf("with a checkpoint of before, broken is %+v", b)
			}
		}
	})
}

// Two checkpoints of one row are both checked: whoever rewrites the trail and
// has it sealed anew is caught by the older one.
func TestCheckpointsOfOneRow(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		addSample(t, s)
		older := sealed(t, s)
		rewritten(t, s, 1, func(row *trail.Row) { row.Request = "nothing to see" })
		newer := sealed(t, s)
		for _, both := range [][]trail.Checkpoint{{older, newer}, {newer, older}} {
			if verified(t, s, both...).Broken == nil {
				t.Error("the newer of two checkpoints hides what the older one proves")
			}
		}
	})
}

func TestCheckpointOfAnEmptyTrail(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		c := sealed(t, s)
		if !c.Genuine() || c.Rows != 0 {
			t.Errorf("it is %+v", c)
		}
		sound(t, s, c)
		addSample(t, s)
		sound(t, s, c)
	})
}

func second[A any](_ A, err error) error { return err }

// changed reads a record, changes it and saves it.
func changed[T Record](tx *Tx, id int64, save func(*Tx, *T) error, change func(*T)) error {
	one, err := byID[T](tx.Reader, id)
	if err == nil {
		change(one)
		err = save(tx, one)
	}
	return err
}

// clocked gives a store a clock, and returns a function that sets it forward.
func clocked(s *Store) (forward func(time.Duration)) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return now }
	return func(d time.Duration) { now = now.Add(d) }
}

func totpCode(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func third[A, B any](_ A, _ B, err error) error { return err }
