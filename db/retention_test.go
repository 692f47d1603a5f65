package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/models"
)

func TestErasureDue(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		ctx := context.Background()
		for _, c := range []struct {
			what, held, closed, today string
			months                    int
			due                       bool
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
			write(t, s, func(tx *Tx) error {
				err := tx.SaveOfficer(&o)
				for held := range strings.FieldsSeq(c.held) { // each posting once: an officer cannot hold one twice
					p := models.Posting{AgencyID: x.agency.ID, HostCountry: "TH", Opened: date("2005-01-01"), Closed: models.Forever}
					if c.closed != "" {
						p.Closed = date(c.closed)
					}
					err = errors.Join(err, tx.SavePosting(&p), tx.SaveAssignment(&models.Assignment{OfficerID: o.ID, PostingID: p.ID, Period: period(held)}))
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
			if write(t, s, func(tx *Tx) error { return tx.erase(o.ID) }); isDue() {
				t.Errorf("%s: due again once it is done", c.what)
			}
		}
	})
}

// addForgotten adds an officer with a long history, and returns the texts that
// identify that officer.
func addForgotten(t testing.TB, s *Store) (*sample, []string) {
	t.Helper()
	x := addSample(t, s)
	other := models.Officer{AgencyID: x.agency.ID, Name: "Who comes after", Note: "stays"}
	kept := models.Assignment{PostingID: x.posting.ID, Period: period("2015-01-01/2015-12-31"), Note: "kanarienot noll", EndReason: "kanarieslut noll"}
	write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&other) })
	for i, name := range []string{"Åse Qrstovic", "Åse Zyxwana"} {
		x.officer.Name, x.officer.Rank, x.officer.Masked = name, "Kanarierang", i == 0
		x.officer.Email, x.officer.Phone, x.officer.Note = "Zyx@kanarie.example", fmt.Sprint("+46 99 100", i), fmt.Sprint("kanarienot ", i)
		x.assignment.Note, x.assignment.EndReason = fmt.Sprint("kanarienot a", i), fmt.Sprint("kanarieslut ", i)
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveOfficer(&x.officer), tx.SaveAssignment(&x.assignment)) })
	}
	kept.OfficerID = x.officer.ID // by mistake
	removed := kept
	removed.Note, removed.Period = "kanarienot borttagen", period("2016-01-01/2016-12-31")
	write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveAssignment(&kept), tx.SaveAssignment(&removed)) })
	kept.OfficerID, kept.Note, kept.EndReason = other.ID, "stays too", ""
	account := addAccount(t, s, "zyx@kanarie.example", "partner:SE")
	account.Issuer, account.Subject = "https://sso.example", "kanariesubjekt"
	write(t, s, func(tx *Tx) error {
		_, bad := tx.AddToken(&Token{Account: account.ID, Expires: 366}, 1)
		_, worse := tx.NewLink(account.ID, time.Hour)
		err := errors.Join(tx.SaveAccount(&account), tx.Tie(x.officer.ID, account.Email))
		account.Disabled = true // an enabled one would stay
		return errors.Join(err, tx.SaveAssignment(&kept), tx.RemoveAssignment(removed.ID, removed.Version), tx.SaveAccount(&account), bad, worse,
			tx.Note(Event{Action: "open", Noun: "officer", ID: x.officer.ID, State: "SE"}))
	})
	addCalendar(t, s, Actor{Account: account.ID, Rights: account.Rights}, "terms")
	if err := s.SaveSession(context.Background(), Session{ID: "kanariesession", Account: account.ID, Data: []byte{1}, Expires: s.now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	return x, []string{"lindqvist", "qrstovic", "zyxwana", "zyx@", "kanarie", "+46 99", `"sv en"`, "åse"}
}

// counts returns how many records there are, and the days on which postings are
// held.
func counts(t testing.TB, s *Store) (text string) {
	t.Helper()
	for _, table := range []string{"agencies", "officers", "postings", "representations", "coverages", "suspensions", "contact_points", "accounts"} {
		text += fmt.Sprintln(table, strings.Count(dump(t, s, "(SELECT 'x' FROM "+table+") AS x"), "x"))
	}
	return text + dump(t, s, "(SELECT id, officer_id, posting_id, first_day, last_day, planned_last_day FROM assignments ORDER BY id) AS x")
}

func TestEraseLeavesNothing(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, secrets := addForgotten(t, s)
		before, counted, checkpoint := strings.ToLower(dump(t, s)), counts(t, s), sealed(t, s)
		for _, secret := range secrets {
			if !strings.Contains(before, secret) {
				t.Fatalf("%q is not there before", secret)
			}
		}
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
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
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) }) // erasing again is no error
		if o, err = s.As(models.Everything).Officer(context.Background(), o.ID); err != nil {
			t.Fatal(err)
		}
		o.Rank = "kommissarie" // the record can still be edited
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&o) })
		sound(t, s, checkpoint)
	})
}

// The filters of lists that were printed or exported are in the trail too.
func TestEraseLeavesNoNameThatWasAskedFor(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, _ := addForgotten(t, s)
		write(t, s, func(tx *Tx) error {
			return tx.Note(Event{Action: "export", Noun: "file", Filter: "text=%C3%85se+Zyxwana"})
		})
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		if strings.Contains(dump(t, s), "Zyxwana") {
			t.Error("the name is in what was asked for")
		}
		sound(t, s)
	})
}

// TestTheDoorAsksForRights has several actors create, change, move and remove
// records of Sweden and Denmark. What is refused leaves nothing behind, even if
// the caller ignores the error.
func TestTheDoorAsksForRights(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		var agencies, officers, postings, held, points [2]int64 // Swedish, Danish
		states, spare := [2]string{"SE", "DK"}, [2]models.Officer{}
		write(t, s, func(tx *Tx) (err error) {
			for i, state := range states {
				g := models.Agency{Country: models.State(state), Kind: "police", Name: "Police", Period: models.Period{Last: models.Forever}}
				err = errors.Join(err, tx.SaveAgency(&g))
				o, p := models.Officer{AgencyID: g.ID, Name: "x"}, models.Posting{AgencyID: g.ID, HostCountry: "TH", Opened: 1, Closed: models.Forever}
				spare[i] = o
				c := models.ContactPoint{State: g.Country, Matter: "both", Name: "x"}
				err = errors.Join(err, tx.SaveOfficer(&o), tx.SaveOfficer(&spare[i]), tx.SavePosting(&p), tx.SaveContactPoint(&c))
				a := models.Assignment{OfficerID: o.ID, PostingID: p.ID, Period: period("2020-01-01/2030-12-31")}
				err = errors.Join(err, tx.SaveAssignment(&a))
				agencies[i], officers[i], postings[i], held[i], points[i] = g.ID, o.ID, p.ID, a.ID, c.ID
			}
			return err
		})
		for what, write := range map[string]func(tx *Tx, of, to int) error{
			"create agency": func(tx *Tx, of, to int) error {
				return tx.SaveAgency(&models.Agency{Country: models.State(states[of]), Kind: "customs", Name: "x", Period: models.Period{Last: models.Forever}})
			},
			"update agency": func(tx *Tx, of, to int) error {
				return changed(tx, agencies[of], (*Tx).SaveAgency, func(a *models.Agency) { a.Name = "y" })
			},
			"remove agency": func(tx *Tx, of, to int) error { return tx.RemoveAgency(agencies[of], 1) },
			"create officer": func(tx *Tx, of, to int) error {
				return tx.SaveOfficer(&models.Officer{AgencyID: agencies[of], Name: "x"})
			},
			"update officer": func(tx *Tx, of, to int) error {
				return changed(tx, officers[of], (*Tx).SaveOfficer, func(o *models.Officer) { o.Name, o.AgencyID = "y", agencies[to] })
			},
			"erase officer":  func(tx *Tx, of, to int) error { return tx.erase(officers[of]) },
			"remove officer": func(tx *Tx, of, to int) error { return tx.RemoveOfficer(spare[of].ID, 1) },
			"create posting": func(tx *Tx, of, to int) error {
				return tx.SavePosting(&models.Posting{AgencyID: agencies[of], HostCountry: "VN", Opened: 1, Closed: models.Forever})
			},
			"update posting": func(tx *Tx, of, to int) error {
				return changed(tx, postings[of], (*Tx).SavePosting, func(p *models.Posting) { p.Note, p.AgencyID = "y", agencies[to] })
			},
			"remove posting": func(tx *Tx, of, to int) error {
				return errors.Join(tx.RemoveAssignment(held[of], 1), tx.RemovePosting(postings[of], 1))
			},
			"create assignment": func(tx *Tx, of, to int) error {
				return tx.SaveAssignment(&models.Assignment{OfficerID: officers[to], PostingID: postings[of], Period: period("2000-01-01/2001-01-01")})
			},
			"update assignment": func(tx *Tx, of, to int) error {
				return changed(tx, held[of], (*Tx).SaveAssignment, func(a *models.Assignment) { a.Note, a.PostingID = "y", postings[to] })
			},
			"remove assignment": func(tx *Tx, of, to int) error { return tx.RemoveAssignment(held[of], 1) },
			"end assignment":    func(tx *Tx, of, to int) error { return second(tx.EndAssignment(held[of], 1, date("2025-01-01"), "y")) },
			"hand over": func(tx *Tx, of, to int) error {
				return second(tx.HandOver(HandOver{Assignment: held[of], Version: 1, Successor: spare[to].ID, First: date("2025-01-01"), Last: date("2025-01-01")}))
			},
			"create contact point": func(tx *Tx, of, to int) error {
				return tx.SaveContactPoint(&models.ContactPoint{State: models.State(states[of]), Matter: "both", Name: "y"})
			},
			"update contact point": func(tx *Tx, of, to int) error {
				return changed(tx, points[of], (*Tx).SaveContactPoint, func(c *models.ContactPoint) { c.Name, c.State = "y", models.State(states[to]) })
			},
			"remove contact point": func(tx *Tx, of, to int) error { return tx.RemoveContactPoint(points[of], 1) },
		} {
			for _, rights := range []string{"", "partner:all auditor:all administrator:all", "coordinator:SE", "coordinator:DK", "coordinator:FI", "coordinator:all", "coordinator:SE coordinator:DK"} {
				may := func(what string) bool {
					return strings.Contains(rights, "coordinator:"+what) || strings.Contains(rights, "coordinator:all")
				}
				for way := range 4 {
					of, to := way/2, way%2
					want := may(states[of]) && (may(states[to]) || !strings.HasPrefix(what, "update"))
					if strings.HasSuffix(what, "agency") {
						want = may("all")
					}
					before := dump(t, s)
					var err error
					_ = s.Write(context.Background(), Actor{Name: "x", Rights: models.ParseRights(rights)}, func(tx *Tx) error {
						if err = write(tx, of, to); !errors.Is(err, ErrForbidden) {
							return errDiscard
						}
						return nil
					})
					if errors.Is(err, ErrForbidden) == want {
						t.Errorf("%s of %s with %q, to %s: %v", what, states[of], rights, states[to], err)
					}
					if dump(t, s) != before {
						t.Fatalf("%s of %s with %q, to %s, is refused and leaves something", what, states[of], rights, states[to])
					}
				}
			}
		}
	})
}

// dump returns everything in the database, or in some tables, one value to a
// line.
func dump(t testing.TB, s *Store, tables ...string) string {
	t.Helper()
	var b strings.Builder
	err := s.View(context.Background(), func(r Reader) error {
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
						v = fmt.Sprintf("%x\n%s", bytes, bytes)
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
