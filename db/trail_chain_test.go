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

	"samband/models"
)

// raw runs statements that go round the door for writes.
func raw(t testing.TB, s *Store, query string, args ...any) {
	t.Helper()
	if err := s.locked(context.Background(), s.wait, func(g *gorm.DB) error { return g.Exec(query, args...).Error }); err != nil {
		t.Fatal(query, err)
	}
}

func verified(t testing.TB, s *Store, checkpoints ...Checkpoint) TrailReport {
	t.Helper()
	report, err := s.Verify(context.Background(), nil, checkpoints...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// sound wants the trail to be whole.
func sound(t testing.TB, s *Store, checkpoints ...Checkpoint) {
	t.Helper()
	if err := verified(t, s, checkpoints...).Err(); err != nil {
		t.Error(err)
	}
}

func sealed(t testing.TB, s *Store) Checkpoint {
	t.Helper()
	c, report, err := s.Seal(context.Background())
	if err != nil || report.Broken != nil {
		t.Fatal(report.Broken, err)
	}
	return c
}

func links(t testing.TB, s *Store) (all []link, hashes [][]byte) {
	t.Helper()
	err := s.view(context.Background(), func(r reader) error {
		return r.each("SELECT "+strings.Join(trailColumns, ", ")+" FROM audit ORDER BY id", nil, func(rows *sql.Rows) error {
			var l link
			var hash []byte
			err := rows.Scan(l.destinations(&hash)...)
			all, hashes = append(all, l), append(hashes, hash)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, hashes
}

// lastRow returns the ID of the last row of the trail that changes a record.
func lastRow(t testing.TB, s *Store, noun string, id int64) (row int64) {
	t.Helper()
	all, _ := links(t, s)
	for _, l := range all {
		if l.noun == noun && l.recordID == id && changes[l.action] {
			row = l.id
		}
	}
	return row
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
		if report.Broken != nil || report.Rows != int64(len(trail(t, s))) || len(report.Head) != 64 {
			t.Errorf("got %+v, %+v of %d rows", report, report.Broken, len(trail(t, s)))
		}
	})
}

// addTrail makes a trail of a dozen rows, and returns it; the one in the middle
// is an update of an assignment in which every column holds something.
func addTrail(t testing.TB, s *Store) (all []link, middle int) {
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
	all, _ = links(t, s)
	return all, 6
}

// TestTampering changes the table of the trail behind the program's back, and
// wants the row to be named that is not what it was, or that comes after what is
// no longer there.
func TestTampering(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		all, m := addTrail(t, s)
		sound(t, s)
		raw(t, s, "CREATE TABLE kept AS SELECT * FROM audit")
		id, before, next, last := all[m].id, all[m-1].id, all[m+1].id, all[len(all)-1].id
		if all[m].noun != "assignment" || all[m].oldPersonal == nil || all[m].salt == nil {
			t.Fatalf("the row in the middle is %+v", all[m])
		}
		forged, names := all[m], strings.Join(trailColumns, ", ")
		forged.id++ // the record of the next row has it
		forge := "INSERT INTO audit (" + names + ") VALUES (" + marks(len(trailColumns)) + ")"
		_, hashes := links(t, s)
		tampered := map[string]struct {
			broken int64
			query  string
			args   []any
		}{
			"a row taken out":                 {next, "DELETE FROM audit WHERE id = ?", []any{id}},
			"the first row taken out":         {all[1].id, "DELETE FROM audit WHERE id = ?", []any{all[0].id}},
			"the last row taken out":          {all[len(all)-2].id, "DELETE FROM audit WHERE id = ?", []any{last}},
			"all rows taken out":              {0, "DELETE FROM audit", nil},
			"a row put in with a true hash":   {next, forge, forged.values(forged.after(hashes[m]))},
			"a row put in with a false hash":  {forged.id, forge, forged.values(hashes[m])},
			"its salt cleared":                {id, "UPDATE audit SET salt = NULL WHERE id = ?", []any{id}},
			"its note cleared":                {id, "UPDATE audit SET new_personal = NULL WHERE id = ?", []any{id}},
			"its notes cleared with the salt": {id, "UPDATE audit SET old_personal = NULL, new_personal = NULL, salt = NULL WHERE id = ?", []any{id}},
			"its notes swapped":               {id, "UPDATE audit SET old_personal = new_personal, new_personal = old_personal WHERE id = ?", []any{id}},
			"another head":                    {last, "UPDATE directory SET head = ?", []any{hashes[m]}},
			"no head":                         {last, "UPDATE directory SET head = NULL", nil},
		}
		for column, value := range map[string]any{
			"id": id + 1, "revision": all[m].revision - 1, "at": "2020-01-01T00:00:00.000Z", "actor_id": 7, "actor": "", "role": "coordinator:SE",
			"request": "r-2", "action": "create", "noun": "posting", "record_id": all[m].recordID + 1, "record_key": "a-2", "state": "DK",
			"old": *all[m].new, "new": nil, "old_personal": `{"end_reason":"","note":"forged"}`, "new_personal": *all[m].oldPersonal,
			"salt": newSalt(), "hash": hashes[m-1],
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
			_ = s.view(context.Background(), func(r reader) error {
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

// What stands in a row of which nothing may stand there is seen as well.
func TestPersonalValuesThatWereNeverWritten(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		sound(t, s)
		all, _ := links(t, s)
		for _, l := range all {
			if l.oldPersonal != nil || l.newPersonal != nil {
				continue
			}
			raw(t, s, "UPDATE audit SET new_personal = ? WHERE id = ?", `{"note":"forged"}`, l.id)
			if b := verified(t, s).Broken; b == nil || b.ID != l.id {
				t.Errorf("put into %s %s, broken is %+v", l.action, l.noun, b)
			}
			raw(t, s, "UPDATE audit SET new_personal = NULL WHERE id = ?", l.id)
		}
		sound(t, s)
	})
}

// rewritten changes a row and makes all hashes again, as an attacker with the
// whole database can.
func rewritten(t testing.TB, s *Store, row int, change func(*link)) {
	t.Helper()
	all, _ := links(t, s)
	var head []byte
	for i := range all {
		if i == row {
			change(&all[i])
		}
		head = all[i].after(head)
		raw(t, s, "UPDATE audit SET request = ?, hash = ? WHERE id = ?", all[i].request, head, all[i].id)
	}
	raw(t, s, "UPDATE directory SET head = ?", head)
}

func TestCheckpoints(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		first := sealed(t, s)
		key, err := s.SealKey(context.Background())
		if rows := trail(t, s); err != nil || !first.Genuine() || first.Key != key || first.Rows != 4 || first.Last != rows[3].ID {
			t.Fatalf("the checkpoint is %+v, the key %q, %v", first, key, err)
		}
		for what, change := range map[string]func(*Checkpoint){
			"rows": func(c *Checkpoint) { c.Rows++ }, "last": func(c *Checkpoint) { c.Last-- }, "at": func(c *Checkpoint) { c.At = "2020-01-01T00:00:00.000Z" },
			"head": func(c *Checkpoint) { c.Head = strings.Repeat("0", 64) }, "key": func(c *Checkpoint) { c.Key = c.Signature },
			"no key": func(c *Checkpoint) { c.Key = "" }, "signature": func(c *Checkpoint) { c.Signature = "A" + c.Signature[1:] + "=" },
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
		for _, c := range []Checkpoint{
			{Rows: first.Rows + 1, Last: first.Last, Head: first.Head}, {Rows: first.Rows, Last: first.Last, Head: second.Head},
		} {
			if b := verified(t, s, c).Broken; b == nil || b.ID != first.Last {
				t.Errorf("with %+v, broken is %+v", c, b)
			}
		}
		if b := verified(t, s, Checkpoint{Rows: 99, Last: 9999, Head: first.Head}).Broken; b == nil || b.Why != whyMissing {
			t.Errorf("with a row that is not there, broken is %+v", b)
		}
		rewritten(t, s, 1, func(l *link) { l.request = "nothing to see" })
		sound(t, s) // it looks whole
		for _, c := range []Checkpoint{first, second} {
			if b := verified(t, s, c).Broken; b == nil || b.ID != c.Last {
				t.Errorf("with a checkpoint of before, broken is %+v", b)
			}
		}
	})
}

// Of two checkpoints of one row, neither makes the other forgotten: whoever
// rewrites the trail and has it sealed anew is found out by the older one.
func TestCheckpointsOfOneRow(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		addSample(t, s)
		older := sealed(t, s)
		rewritten(t, s, 1, func(l *link) { l.request = "nothing to see" })
		newer := sealed(t, s)
		for _, both := range [][]Checkpoint{{older, newer}, {newer, older}} {
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
func changed[T record](tx *Tx, id int64, save func(*Tx, *T) error, change func(*T)) error {
	one, err := byID[T](tx.reader, id)
	if err == nil {
		change(one)
		err = save(tx, one)
	}
	return err
}

// clocked gives a store a clock, and returns what sets it forward.
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
