package db

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/models"
)

func TestErasureDue(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		ctx := context.Background()
		for _, c := range []struct {
			what, held, closed string
			today              string
			months             int
			due                bool
		}{
			{"on the last day of the time", "2018-01-01/2020-06-15", "", "2022-06-15", 24, false},
			{"the day after", "2018-01-01/2020-06-15", "", "2022-06-16", 24, true},
			{"long after", "2018-01-01/2020-06-15", "", "2026-01-01", 24, true},
			{"no time at all, on the last day", "2018-01-01/2020-06-15", "", "2020-06-15", 0, false},
			{"no time at all, the day after", "2018-01-01/2020-06-15", "", "2020-06-16", 0, true},
			{"a month that is shorter, on its last day", "2018-01-01/2020-01-31", "", "2020-02-29", 1, false},
			{"a month that is shorter, the day after", "2018-01-01/2020-01-31", "", "2020-03-01", 1, true},
			{"a 29 February, years later", "2018-01-01/2020-02-29", "", "2021-02-28", 12, false},
			{"a 29 February, the day after", "2018-01-01/2020-02-29", "", "2021-03-01", 12, true},
			{"an open end", "2006-01-01", "", "2099-01-01", 1, false},
			{"an open end in a posting that is closed", "2006-01-01", "2010-12-31", "2012-12-31", 24, false},
			{"the day after that", "2006-01-01", "2010-12-31", "2013-01-01", 24, true},
			{"a future one", "2030-01-01/2031-01-01", "", "2026-01-01", 1, false},
			{"one that lasts", "2020-01-01/2027-01-01", "", "2026-01-01", 1, false},
			{"two, the later one not long ago", "2010-01-01/2011-01-01 2020-01-01/2025-12-31", "", "2026-01-01", 12, false},
			{"two, the earlier one of a later start", "2020-01-01/2020-12-31 2010-01-01/2022-01-01", "", "2022-06-01", 12, false},
			{"two long ago", "2010-01-01/2011-01-01 2012-01-01/2013-01-01", "", "2026-01-01", 12, true},
			{"nothing", "", "", "2026-01-01", 0, false},
		} {
			o := models.Officer{AgencyID: x.agency.ID, Name: "Who is asked for"}
			p := models.Posting{AgencyID: x.agency.ID, HostCountry: "TH", Opened: date("2005-01-01"), Closed: models.Forever}
			if c.closed != "" {
				p.Closed = date(c.closed)
			}
			write(t, s, func(tx *Tx) error {
				err := errors.Join(tx.SaveOfficer(&o), tx.SavePosting(&p))
				for held := range strings.FieldsSeq(c.held) {
					err = errors.Join(err, tx.SaveAssignment(&models.Assignment{OfficerID: o.ID, PostingID: p.ID, Period: period(held)}))
				}
				return err
			})
			isDue := func() bool {
				due, err := s.ErasureDue(ctx, date(c.today), c.months)
				if err != nil || !slices.IsSortedFunc(due, func(a, b models.Officer) int { return int(a.ID - b.ID) }) {
					t.Errorf("%s: %v, %v", c.what, due, err)
				}
				return slices.ContainsFunc(due, func(d models.Officer) bool { return d.ID == o.ID })
			}
			if isDue() != c.due {
				t.Errorf("%s: due is %t", c.what, !c.due)
			}
			if write(t, s, func(tx *Tx) error { return tx.Erase(o.ID) }); isDue() {
				t.Errorf("%s: due again once it is done", c.what)
			}
		}
	})
}

// addForgotten makes an officer with a long history, and returns the texts that
// tell who it is.
func addForgotten(t testing.TB, s *Store) (*sample, []string) {
	t.Helper()
	x := addSample(t, s)
	other := models.Officer{AgencyID: x.agency.ID, Name: "Who comes after", Note: "stays"}
	kept := models.Assignment{PostingID: x.posting.ID, Period: period("2021-01-01/2021-12-31"), Note: "kanarienot noll", EndReason: "kanarieslut noll"}
	write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&other) })
	for i, name := range []string{"Åse Qrstovic", "Åse Zyxwana"} {
		x.officer.Name, x.officer.Rank, x.officer.Masked = name, "Kanarierang", i == 0
		x.officer.Email, x.officer.Phone, x.officer.Note = "Zyx@kanarie.example", fmt.Sprint("+46 99 100", i), fmt.Sprint("kanarienot ", i)
		x.assignment.Note, x.assignment.EndReason = fmt.Sprint("kanarienot a", i), fmt.Sprint("kanarieslut ", i)
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveOfficer(&x.officer), tx.SaveAssignment(&x.assignment)) })
	}
	kept.OfficerID = x.officer.ID // by mistake
	removed := kept
	removed.Note = "kanarienot borttagen"
	write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveAssignment(&kept), tx.SaveAssignment(&removed)) })
	kept.OfficerID, kept.Note, kept.EndReason = other.ID, "stays too", ""
	account := addAccount(t, s, "zyx@kanarie.example", "partner:SE")
	account.Issuer, account.Subject = "https://sso.example", "kanariesubjekt"
	write(t, s, func(tx *Tx) error {
		_, bad := tx.AddToken(&Token{Account: account.ID, Expires: models.Forever}, 1)
		_, worse := tx.NewLink(account.ID, time.Hour)
		return errors.Join(tx.SaveAssignment(&kept), tx.RemoveAssignment(removed.ID, removed.Version), tx.SaveAccount(&account), bad, worse,
			tx.Note(Event{Action: "open", Noun: "officer", ID: x.officer.ID, State: "SE"}))
	})
	if err := s.SaveSession(context.Background(), Session{ID: "kanariesession", Account: account.ID, Data: []byte{1}, Expires: s.now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	return x, []string{"lindqvist", "qrstovic", "zyxwana", "zyx@", "kanarie", "+46 99", `"sv en"`, "åse"}
}

// counts returns how many records there are, and on which days postings are
// held.
func counts(t testing.TB, s *Store) (text string) {
	t.Helper()
	for _, table := range []string{"agencies", "officers", "postings", "representations", "coverages", "suspensions", "contact_points", "accounts"} {
		text += fmt.Sprintln(table, strings.Count(dump(t, s, "(SELECT 'x' FROM "+table+") AS x"), "x"))
	}
	return text + dump(t, s, "(SELECT id, officer_id, posting_id, first_day, last_day, planned_last_day FROM assignments ORDER BY id) AS x")
}

func TestEraseLeavesNothing(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		x, secrets := addForgotten(t, s)
		before, counted, checkpoint := strings.ToLower(dump(t, s)), counts(t, s), sealed(t, s)
		for _, secret := range secrets {
			if !strings.Contains(before, secret) {
				t.Fatalf("%q is not there before", secret)
			}
		}
		write(t, s, func(tx *Tx) error { return tx.Erase(x.officer.ID) })
		after := dump(t, s)
		for _, secret := range secrets {
			if at := strings.Index(strings.ToLower(after), secret); at >= 0 {
				t.Errorf("%q is still there: …%.200s", secret, strings.ToLower(after)[max(0, at-80):])
			}
		}
		for _, kept := range []string{"stays", "stays too", "Who comes after"} {
			if !strings.Contains(after, kept+"\n") {
				t.Errorf("%q is gone", kept)
			}
		}
		if got := counts(t, s); got != counted {
			t.Errorf("before\n%safter\n%s", counted, got)
		}
		sound(t, s, checkpoint)
		o, err := s.As(models.Everything).Officer(context.Background(), x.officer.ID)
		x.officer.Version++
		if want := pseudonym(x.officer); o != want || err != nil {
			t.Errorf("the officer is %+v, %v, want %+v", o, err, want)
		}
		if !sameDirectory(directory(t, s), reloaded(t, s)) {
			t.Error("the directory has not followed")
		}
		write(t, s, func(tx *Tx) error { return tx.Erase(x.officer.ID) }) // again is no error
		out := filepath.Join(t.TempDir(), "out.zip")
		if err := s.Export(context.Background(), tester, out); err != nil {
			t.Fatal(err)
		}
		report := imported(t, s, out, ImportOptions{})
		if n := report.Total(); n.New+n.Changed+n.Refused != 0 || n.Unchanged == 0 {
			t.Errorf("the package, taken back: %+v", report)
		}
		if o, err = s.As(models.Everything).Officer(context.Background(), o.ID); err != nil {
			t.Fatal(err)
		}
		o.Rank = "kommissarie" // and life goes on
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&o) })
		sound(t, s, checkpoint)
	})
}

// What somebody has asked for, of the lists that were printed and taken away, is
// in the trail too.
func TestEraseLeavesNoNameThatWasAskedFor(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		x, _ := addForgotten(t, s)
		write(t, s, func(tx *Tx) error {
			return tx.Note(Event{Action: "export", Noun: "file", Filter: "text=%C3%85se+Zyxwana"})
		})
		write(t, s, func(tx *Tx) error { return tx.Erase(x.officer.ID) })
		if strings.Contains(dump(t, s), "Zyxwana") {
			t.Error("the name is in what was asked for")
		}
		sound(t, s)
	})
}

// What the tables no longer hold, the file must not hold for long either.
func TestEraseLeavesNothingInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samband.db")
	s := open(t, path)
	x, _ := addForgotten(t, s)
	write(t, s, func(tx *Tx) error { return tx.Erase(x.officer.ID) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(path + "*")
	for _, name := range files {
		b, bad := os.ReadFile(name)
		if err = errors.Join(err, bad); bytes.Contains(b, []byte("Zyxwana")) || bytes.Contains(b, []byte("kanarienot")) {
			t.Errorf("%s holds what was erased", filepath.Base(name))
		}
	}
	if err != nil {
		t.Error(err)
	}
}

func TestEraseAsksForRights(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		x, _ := addForgotten(t, s)
		before := dump(t, s)
		for _, rights := range []string{"", "partner:all auditor:all", "coordinator:DK", "administrator:all"} {
			err := s.Write(context.Background(), Actor{Name: "x", Rights: models.ParseRights(rights)}, func(tx *Tx) error { return tx.Erase(x.officer.ID) })
			if !errors.Is(err, ErrForbidden) || dump(t, s) != before {
				t.Errorf("with %q: %v", rights, err)
			}
		}
		if err := tried(s, func(tx *Tx) error { return tx.Erase(99_999) }); !errors.Is(err, ErrNotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
}

// What is held about somebody tells nothing of others.
func TestHeldAbout(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		x, _ := addForgotten(t, s)
		secret := models.Officer{AgencyID: x.agency.ID, Name: "Vqpell Hjkstrom", Masked: true}
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&secret) })
		for _, officer := range []int64{secret.ID, x.officer.ID} { // a mistake, mended
			x.assignment.OfficerID = officer
			write(t, s, func(tx *Tx) error { return tx.SaveAssignment(&x.assignment) })
		}
		a, err := s.AccountNamed(context.Background(), "ZYX@kanarie.example")
		if err != nil {
			t.Fatal(err)
		}
		h, err := s.HeldAbout(context.Background(), a)
		if err != nil || h.Officer == nil || !reflect.DeepEqual(*h.Officer, x.officer) || len(h.Assignments) != 1 || len(h.Tokens) != 1 ||
			h.Account.Email != a.Email || len(h.Account.Sessions) != 1 || h.Account.SecondFactor {
			t.Errorf("held are %+v, %v", h, err)
		}
		if !slices.ContainsFunc(h.Trail, func(e models.Entry) bool { return e.Action == "open" }) {
			t.Error("it does not say who opened the contact data")
		}
		text, err := json.Marshal(h)
		for _, other := range []string{"Vqpell", "kanariesession", hashedOnce()} {
			if strings.Contains(string(text), other) || err != nil {
				t.Errorf("it tells %q, %v", other, err)
			}
		}
	})
}

// dump returns all that is in the database, one value to a line: of some
// tables, or of all.
func dump(t testing.TB, s *Store, tables ...string) string {
	t.Helper()
	var b strings.Builder
	err := s.view(context.Background(), func(r reader) error {
		query := "SELECT name FROM sqlite_master WHERE type = 'table'"
		if s.postgres {
			query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
		}
		if len(tables) == 0 {
			err := r.each(query, nil, func(rows *sql.Rows) error {
				var name string
				err := rows.Scan(&name)
				tables = append(tables, name)
				return err
			})
			if err != nil || len(tables) < 15 {
				return errors.Join(err, fmt.Errorf("tables are %v", tables))
			}
		}
		for _, table := range tables {
			err := r.each("SELECT * FROM "+table, nil, func(rows *sql.Rows) error {
				columns, err := rows.Columns()
				values, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range values {
					into[i] = &values[i]
				}
				err = errors.Join(err, rows.Scan(into...))
				for _, v := range values {
					if bytes, ok := v.([]byte); ok {
						fmt.Fprintf(&b, "%x\n", bytes)
						v = string(bytes)
					}
					fmt.Fprintln(&b, v)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
