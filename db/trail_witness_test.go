package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"samband/db/dbtest"
	"samband/db/trail"
	"samband/models"
)

// addAll makes a directory with something in each table that the trail covers,
// and returns an account, a plan and a token.
func addAll(t testing.TB, s *Store) (x *sample, account models.Account, plan models.Plan, token Token) {
	t.Helper()
	x = addSample(t, s)
	second := models.Agency{Country: "FI", Kind: "customs", Name: "Tulli", Period: models.Period{First: date("1990-01-01"), Last: models.Forever}}
	account = models.Account{Email: "a@example.org", Rights: models.ParseRights("coordinator:all")}
	other := models.Account{Email: "b@example.org", Rights: models.ParseRights("partner:SE")}
	write(t, s, func(tx *Tx) error {
		x.posting.Suspensions = []models.Suspension{{Period: period("2011-01-01/2011-12-31"), Reason: "evacuated"}}
		x.posting.Representations = []models.Representation{{State: "SE", Matter: "both", Period: x.posting.Life()}, {State: "FI", Matter: "both", Period: x.posting.Life()}}
		x.posting.Note, x.officer.Email, x.officer.Phone, x.officer.Note = "a note", "ase@example.org", "+46", "o"
		x.assignment.Note, x.assignment.EndReason, x.assignment.PlannedLast = "n", "e", date("2027-12-31")
		err := errors.Join(tx.SaveAgency(&second), tx.SavePosting(&x.posting), tx.SaveOfficer(&x.officer), tx.SaveAssignment(&x.assignment),
			tx.SaveOfficer(&models.Officer{AgencyID: second.ID, Name: "Aino Ek"}),
			tx.SavePosting(&models.Posting{AgencyID: second.ID, HostCountry: "EE", HostCity: "Tallinn", Opened: date("2001-01-01"), Closed: models.Forever}),
			tx.SaveContactPoint(&models.ContactPoint{State: "SE", Matter: "both", Name: "NOA", Phone: "1", Email: "noa@example.org", Hours: "always"}),
			tx.SaveAccount(&account), tx.SaveAccount(&other),
			tx.Attest(models.Attestation{State: "SE", PostingID: x.posting.ID, On: date("2026-01-01")}), tx.Attest(models.Attestation{State: "FI", On: date("2026-02-01")}),
			tx.KeepSnooze(models.Snooze{Finding: "vacant 1", Posting: x.posting.ID, State: "SE", Until: date("2026-12-31"), Reason: "later"}, date("2026-11-23")))
		token = Token{Account: account.ID, Role: "coordinator", Expires: date("2027-01-01")}
		_, bad := tx.AddToken(&token, date("2026-11-23"))
		return errors.Join(err, bad)
	})
	plan = models.Plan{Name: "spring", Note: "of 2027", Steps: []models.Step{{Act: models.Close, Posting: x.posting.ID, Last: date("2030-01-01")}}}
	err := s.Write(context.Background(), Actor{Account: account.ID, Rights: account.Rights}, func(tx *Tx) error {
		_, err := tx.Certify(trail.Certificate{List: "postings", SHA256: strings.Repeat("ab", 32), Rows: 3},
			Certified{On: date("2026-11-23"), Known: date("2026-11-22"), Filter: "state=SE"}, "q=Lindqvist")
		return errors.Join(err, tx.KeepPlan(&plan), tx.TakeFinding(models.Claim{Finding: "vacant 2", Posting: x.posting.ID, State: "SE", On: date("2026-11-23")}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return x, account, plan, token
}

// otherValue returns a value that a column accepts, different from is.
func otherValue(t testing.TB, s *Store, column string, id any, is any) any {
	t.Helper()
	one := func(query string) (v any) {
		if _, number := id.(int64); !number {
			id = int64(0)
		}
		err := s.View(context.Background(), func(r Reader) error {
			return r.each(query+" LIMIT 1", []any{id, is}, func(rows *sql.Rows) error { return rows.Scan(&v) })
		})
		if err != nil || v == nil {
			t.Fatal(query, err)
		}
		return v
	}
	switch column {
	case "agency_id":
		return one("SELECT id FROM agencies WHERE id <> ? AND id <> ?")
	case "officer_id":
		return one("SELECT id FROM officers WHERE id <> ? AND id <> ?")
	case "posting_id":
		return one("SELECT id FROM postings WHERE id <> ? AND id <> ?")
	case "account_id":
		return one("SELECT id FROM accounts WHERE id <> ? AND id <> ?")
	case "country", "host_country", "state":
		return map[bool]string{true: "NO", false: "DK"}[fmt.Sprint(is) != "NO"]
	case "kind", "matter":
		return map[bool]string{true: "police", false: "customs"}[fmt.Sprint(is) != "police"]
	case "masked", "restricted", "disabled", "demo", "revoked", "asked":
		return !(is == true || is == int64(1))
	case "first_day", "opened":
		return "1999-01-02"
	case "last_day", "closed", "planned_last_day", "on_day", "known", "expires":
		return "9998-01-02"
	case "rights":
		return "administrator:all"
	}
	if n, number := is.(int64); number {
		return n + 1000
	}
	return fmt.Sprint(is) + "x"
}

// TestTablesAreWhatTheTrailSays changes each column of each table behind the
// program's back, and removes and adds rows. Verify must name the place.
func TestTablesAreWhatTheTrailSays(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		addAll(t, s)
		sound(t, s)
		if n := verified(t, s).Records; n < 14 {
			t.Fatalf("%d records are compared", n)
		}
		for _, c := range []struct{ table, noun, id, list string }{
			{"agencies", "agency", "id", ""}, {"officers", "officer", "id", ""}, {"postings", "posting", "id", ""}, {"assignments", "assignment", "id", ""},
			{"contact_points", "contact_point", "id", ""}, {"accounts", "account", "id", ""}, {"representations", "posting", "id", "representations"},
			{"coverages", "posting", "id", "coverages"}, {"suspensions", "posting", "id", "suspensions"}, {"tokens", "token", "id", ""},
			{"plans", "plan", "id", ""}, {"snoozes", "finding", "finding", ""}, {"claims", "finding", "finding", ""}, {"attestations", "attestation", "state", ""},
			{"certificates", "certificate", "id", ""},
		} {
			columns, row := rowOf(t, s, c.table)
			id := row[c.id]
			for _, column := range columns {
				if column == "id" {
					continue
				}
				raw(t, s, "UPDATE "+c.table+" SET "+column+" = ? WHERE "+c.id+" = ?", otherValue(t, s, column, id, row[column]), id)
				now := id
				if column == c.id {
					now = otherValue(t, s, column, id, row[column])
				}
				d := verified(t, s).Differs
				switch {
				case d == nil:
					t.Errorf("%s.%s changed, and nothing differs", c.table, column)
				case d.Noun != c.noun || c.list == "" && c.id == "id" && fmt.Sprint(d.ID) != fmt.Sprint(id):
					t.Errorf("%s.%s of %v changed: it names %+v", c.table, column, id, d)
				case c.list != "" && column != "posting_id" && d.Field != c.list || c.list == "" && c.id == "id" && d.Field != column && d.Field+"_id" != column:
					t.Errorf("%s.%s changed: it names the field %q", c.table, column, d.Field)
				}
				if _, report, err := s.Seal(context.Background()); err != nil || report.Err() == nil {
					t.Errorf("%s.%s changed: it is sealed all the same, %v", c.table, column, err)
				}
				raw(t, s, "UPDATE "+c.table+" SET "+column+" = ? WHERE "+c.id+" = ?", row[column], now)
				sound(t, s)
			}
			if c.table == "assignments" || c.list != "" || c.table == "tokens" || c.table == "plans" || c.table == "snoozes" || c.table == "claims" || c.table == "attestations" || c.table == "certificates" || c.table == "contact_points" {
				raw(t, s, "DELETE FROM "+c.table+" WHERE "+c.id+" = ?", id)
				if d := verified(t, s).Differs; d == nil || d.Noun != c.noun || c.list == "" && d.Why != whyGone {
					t.Errorf("a row of %s taken out: %+v", c.table, d)
				}
				insertRow(t, s, c.table, columns, row)
				sound(t, s)
			}
			if c.id != "id" || c.table == "tokens" {
				continue
			}
			more := map[string]any{}
			for k, v := range row {
				more[k] = v
			}
			more["id"] = int64(900001)
			for _, column := range []string{"key", "email", "first_day"} {
				if _, there := more[column]; there {
					more[column] = otherValue(t, s, column, id, row[column])
				}
			}
			if c.table == "accounts" {
				more["subject"] = ""
			}
			insertRow(t, s, c.table, columns, more)
			if d := verified(t, s).Differs; d == nil || d.Noun != c.noun || c.list == "" && (d.ID != 900001 || d.Why != whyUntold) {
				t.Errorf("a row of %s put in: %+v", c.table, d)
			}
			raw(t, s, "DELETE FROM "+c.table+" WHERE id = 900001")
			sound(t, s)
		}
	})
}

// TestRowsOfNoPosting adds rows to the parts of a posting that does not exist,
// which is only possible behind the program's back.
func TestRowsOfNoPosting(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		addSample(t, s)
		driver, unbound := "sqlite", "PRAGMA foreign_keys = OFF; "
		if s.postgres {
			driver, unbound = "pgx", "SET session_replication_role = replica; "
		}
		for list, row := range map[string]string{
			"representations": "(id, posting_id, state, matter, first_day, last_day, agreement) VALUES (900001, 900002, 'SE', 'both', '2020-01-01', '2020-12-31', '')",
			"coverages":       "(id, posting_id, country, first_day, last_day) VALUES (900001, 900002, 'TH', '2020-01-01', '2020-12-31')",
			"suspensions":     "(id, posting_id, first_day, last_day, reason) VALUES (900001, 900002, '2020-01-01', '2020-12-31', '')",
		} {
			run(t, driver, database, unbound+"INSERT INTO "+list+" "+row)
			if d := verified(t, s).Differs; d == nil || d.Noun != "posting" || d.ID != 900002 || d.Field != list || d.Why != whyUntold {
				t.Errorf("a row of %s put in: %+v", list, d)
			}
			run(t, driver, database, unbound+"DELETE FROM "+list+" WHERE id = 900001")
			sound(t, s)
		}
	})
}

// rowOf returns the columns of a table and its first row.
func rowOf(t testing.TB, s *Store, table string) (columns []string, row map[string]any) {
	t.Helper()
	row = map[string]any{}
	err := s.View(context.Background(), func(r Reader) error {
		return r.each("SELECT * FROM "+table+" ORDER BY 1 LIMIT 1", nil, func(rows *sql.Rows) (err error) {
			if columns, err = rows.Columns(); err != nil {
				return err
			}
			values := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			err = rows.Scan(into...)
			for i, c := range columns {
				row[c] = values[i]
			}
			return err
		})
	})
	if err != nil || len(row) == 0 {
		t.Fatal(table, err)
	}
	return columns, row
}

func insertRow(t testing.TB, s *Store, table string, columns []string, row map[string]any) {
	t.Helper()
	var values []any
	for _, c := range columns {
		values = append(values, row[c])
	}
	raw(t, s, "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES ("+marks(len(columns))+")", values...)
}

// TestForgedErasure removes salt and name without an erasure, and after one.
func TestForgedErasure(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, _, _, _ := addAll(t, s)
		forge := func(name string) {
			raw(t, s, "UPDATE officers SET name = ? WHERE id = ?", name, x.officer.ID)
			raw(t, s, "UPDATE audit SET salt = NULL WHERE record_id = ?", x.officer.ID)
			for _, column := range []string{"old_personal", "new_personal"} {
				raw(t, s, "UPDATE audit SET "+column+" = replace("+column+", ?, ?) WHERE record_id = ?", x.officer.Name, name, x.officer.ID)
			}
		}
		kept := x.officer.Name
		forge("Somebody Else")
		if err := verified(t, s).Err(); err == nil || !strings.Contains(err.Error(), "officer") {
			t.Errorf("a forged erasure: %v", err)
		}
		x.officer.Name = "Somebody Else"
		forge(kept)
		x.officer.Name = kept
		// The genuine pseudonym, but no row says that anybody was erased.
		former := pseudonym(x.officer)
		var j trail.Writer
		j.Begin()
		officerKind.json(&j, &former, true)
		values := j.End()
		for _, column := range []string{"old_personal", "new_personal"} {
			raw(t, s, "UPDATE audit SET record_key = ?, "+column+" = CASE WHEN "+column+" IS NULL THEN NULL ELSE ? END WHERE record_id = ?", former.Key, values, x.officer.ID)
		}
		if err := verified(t, s).Err(); err == nil || !strings.Contains(err.Error(), "no erasure says so") {
			t.Errorf("a pseudonym without an erasure: %v", err)
		}
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		sound(t, s)
		x.officer.Name = pseudonym(x.officer).Name
		forge("Somebody Else")
		if err := verified(t, s).Err(); err == nil || !strings.Contains(err.Error(), "erased") {
			t.Errorf("another pseudonym: %v", err)
		}
	})
}

// TestHonestTablesAreWhatTheTrailSays makes each kind of change to the tables.
func TestHonestTablesAreWhatTheTrailSays(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, account, plan, token := addAll(t, s)
		ctx := context.Background()
		write(t, s, func(tx *Tx) error {
			account.Rights = models.ParseRights("coordinator:SE")
			return errors.Join(tx.RevokeToken(token.ID, 0), tx.SweepSnoozes(date("2030-01-01"), 0, nil), tx.SaveAccount(&account))
		})
		sound(t, s)
		as := Actor{Account: account.ID, Rights: models.ParseRights("coordinator:all")}
		if err := s.Write(ctx, as, func(tx *Tx) error { return tx.KeepPlan(&plan) }); err != nil {
			t.Fatal(err)
		}
		sound(t, s)
		// An assignment that is another officer's now keeps what is written
		// about it.
		next := models.Officer{AgencyID: x.agency.ID, Name: "Next One"}
		write(t, s, func(tx *Tx) error {
			if err := tx.SaveOfficer(&next); err != nil {
				return err
			}
			x.assignment.OfficerID = next.ID
			return tx.SaveAssignment(&x.assignment)
		})
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		sound(t, s)
		if err := s.Write(ctx, as, func(tx *Tx) error { return tx.DiscardPlan(plan.ID, plan.Version) }); err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *Tx) error {
			a, err := byID[models.Assignment](tx.Reader, x.assignment.ID)
			return errors.Join(err, tx.RemoveAssignment(a.ID, a.Version))
		})
		p, err := s.As(models.Everything).Posting(ctx, x.posting.ID)
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *Tx) error { return tx.RemovePosting(p.ID, p.Version) })
		sound(t, s)
	})
}
