package db

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"samband/models"
)

func addCalendar(t testing.TB, s *Store, who Actor, holds string) (c Calendar, secret string) {
	t.Helper()
	c = Calendar{About: models.OfAll, Holds: holds, Lang: "en"}
	if err := s.Write(context.Background(), who, func(tx *Tx) (err error) { secret, err = tx.AddCalendar(&c); return err }); err != nil {
		t.Fatal(err)
	}
	return c, secret
}

func TestCalendarAddresses(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, today := context.Background(), date("2026-11-23")
		ase, bo := actorOf(t, s, "ase@example.org", "partner:SE"), actorOf(t, s, "bo@example.org", "coordinator:all")
		c, secret := addCalendar(t, s, ase, "terms absences")
		if len(secret) < 26 || c.Hash == secret || strings.Contains(c.Hash, secret) {
			t.Errorf("the secret %q is kept as %q", secret, c.Hash)
		}
		for _, row := range trailRows(t, s) {
			for _, text := range []*string{row.New, row.NewPersonal} {
				if text != nil && (strings.Contains(*text, secret) || strings.Contains(*text, c.Hash)) {
					t.Errorf("the trail tells the secret: %s", *text)
				}
			}
		}
		rows := len(trailRows(t, s))
		got, a, err := s.CalendarOf(ctx, secret, today)
		if err != nil || got.ID != c.ID || a.ID != ase.Account || got.Used != 0 || len(got.Sorts()) != 2 {
			t.Errorf("the calendar is %+v of %d, %v", got, a.ID, err)
		}
		all, err := s.Calendars(ctx, ase.Account)
		if err != nil || len(all) != 1 || all[0].Used != today || len(trailRows(t, s)) != rows {
			t.Errorf("after it was read there are %+v, %v", all, err)
		}
		if _, _, err := s.CalendarOf(ctx, secret, today+1); err != nil {
			t.Error(err)
		}
		if all, _ := s.Calendars(ctx, ase.Account); all[0].Used != today+1 {
			t.Errorf("on the next day it was used on %s", all[0].Used)
		}
		for _, wrong := range []string{"", "x", strings.ToLower(secret), secret + "A", c.Hash} {
			if _, a, err := s.CalendarOf(ctx, wrong, today); !errors.Is(err, ErrCredentials) || a.ID != 0 {
				t.Errorf("the secret %q is answered %v", wrong, err)
			}
		}
		revoke := func(who Actor, account int64) error {
			return s.Write(ctx, who, func(tx *Tx) error { return tx.RevokeCalendar(c.ID, account) })
		}
		if err := revoke(bo, bo.Account); !errors.Is(err, ErrNotFound) {
			t.Errorf("another's address is ended: %v", err)
		}
		sound(t, s)
		if err := revoke(ase, ase.Account); err != nil {
			t.Error(err)
		}
		if err := revoke(ase, ase.Account); !errors.Is(err, ErrNotFound) {
			t.Errorf("ended twice: %v", err)
		}
		if _, _, err := s.CalendarOf(ctx, secret, today); !errors.Is(err, ErrCredentials) {
			t.Errorf("an ended address is answered %v", err)
		}
		if n := len(trailRows(t, s)) - rows; n != 1 {
			t.Errorf("ending leaves %d rows", n)
		}
		sound(t, s)
		c, _ = addCalendar(t, s, ase, "terms")
		raw(t, s, "UPDATE calendars SET about = 'own' WHERE id = ?", c.ID)
		if d := verified(t, s).Differs; d == nil || d.Noun != "calendar" || d.Field != "of" {
			t.Errorf("what was changed behind the trail is %v", d)
		}
	})
}

func TestWhatCalendarsAreRefused(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		ase := actorOf(t, s, "ase@example.org", "partner:SE")
		add := func(who Actor, c Calendar) error {
			return s.Write(ctx, who, func(tx *Tx) error { _, err := tx.AddCalendar(&c); return err })
		}
		for field, c := range map[string]Calendar{"sorts": {About: models.OfAll, Holds: ""}, "of": {About: "x", Holds: "terms"}} {
			if ps, ok := errors.AsType[models.Problems](add(ase, c)); !ok || !ps.Has(field) {
				t.Errorf("%+v is refused with %v", c, ps)
			}
		}
		for _, holds := range []string{"terms x", strings.Repeat("terms ", 7), " "} {
			if ps, ok := errors.AsType[models.Problems](add(ase, Calendar{About: models.OfAll, Holds: holds})); !ok || !ps.Has("sorts") {
				t.Errorf("%q is refused with %v", holds, ps)
			}
		}
		for _, who := range []Actor{Local, actorOf(t, s, "v@example.org", "auditor:all administrator:all")} {
			if err := add(who, Calendar{About: models.OfAll, Holds: "terms"}); !errors.Is(err, ErrForbidden) {
				t.Errorf("%v is answered %v", who, err)
			}
		}
		for range MostCalendars {
			addCalendar(t, s, ase, "terms")
		}
		if ps, ok := errors.AsType[models.Problems](add(ase, Calendar{About: models.OfAll, Holds: "terms"})); !ok || len(ps) != 1 {
			t.Errorf("one too many is refused with %v", ps)
		}
		sound(t, s)
	})
}

// Whatever ends an account's other ways in ends its calendars: a new password, signing
// out everywhere, a reset. While it is disabled or may not read, they do not work.
func TestCalendarsEndWithTheAccount(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, today := context.Background(), date("2026-11-23")
		ase := actorOf(t, s, "ase@example.org", "partner:SE")
		for how, end := range map[string]func(*Tx) error{
			"a new password": func(tx *Tx) error { return tx.SetPassword(ase.Account, hashedOnce(), "") },
			"signing out":    func(tx *Tx) error { return tx.SignOutEverywhere(ase.Account, "") },
			"a reset":        func(tx *Tx) error { return tx.Reset(ase.Account) },
		} {
			_, secret := addCalendar(t, s, ase, "terms")
			write(t, s, end)
			if _, _, err := s.CalendarOf(ctx, secret, today); !errors.Is(err, ErrCredentials) {
				t.Errorf("after %s it is answered %v", how, err)
			}
		}
		_, secret := addCalendar(t, s, ase, "terms")
		change := func(f func(*models.Account), works bool) {
			t.Helper()
			a, err := s.Account(ctx, ase.Account)
			if err != nil {
				t.Fatal(err)
			}
			f(&a)
			write(t, s, func(tx *Tx) error { return tx.SaveAccount(&a) })
			if _, got, err := s.CalendarOf(ctx, secret, today); works && (err != nil || got.Rights.String() != a.Rights.String()) || !works && !errors.Is(err, ErrCredentials) {
				t.Errorf("of %+v it is answered %v", a, err)
			}
		}
		change(func(a *models.Account) { a.Disabled = true }, false)
		change(func(a *models.Account) { a.Disabled = false }, true)
		change(func(a *models.Account) { a.Rights = models.ParseRights("auditor:SE") }, false)
		change(func(a *models.Account) { a.Rights = models.ParseRights("partner:FI") }, true)
		sound(t, s)
	})
}

func TestWithdrawn(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx, before := addSample(t, s), context.Background(), time.Now().Add(-time.Hour)
		withdrawn := func() models.Withdrawn {
			t.Helper()
			w, err := s.Withdrawn(ctx, before)
			if err != nil {
				t.Fatal(err)
			}
			return w
		}
		x.assignment.Note, x.assignment.Absences = "canary", []models.Absence{{Period: period("2026-03-01/2026-03-14")}, {Period: period("2026-04-01/2026-04-14")}}
		write(t, s, func(tx *Tx) error { return tx.SaveAssignment(&x.assignment) })
		if w := withdrawn(); len(w.Postings)+len(w.Assignments)+len(w.Bodies)+len(w.Absences) > 0 {
			t.Errorf("gone are %+v", w)
		}
		x.assignment.Absences = x.assignment.Absences[1:]
		write(t, s, func(tx *Tx) error { return tx.SaveAssignment(&x.assignment) })
		if w := withdrawn(); len(w.Absences) != 1 || w.Absences[0].Absence.First != date("2026-03-01") || w.Absences[0].ID != x.assignment.ID || w.Absences[0].Note != "" {
			t.Errorf("gone are %+v", w.Absences)
		}
		last := x.assignment
		write(t, s, func(tx *Tx) error { return tx.RemoveAssignment(last.ID, last.Version) })
		w := withdrawn()
		if len(w.Assignments) != 1 {
			t.Fatalf("gone are %+v", w)
		}
		if got := w.Assignments[0]; got.ID != last.ID || got.Version != last.Version || got.PostingID != last.PostingID || got.Period != last.Period || len(got.Absences) != 1 ||
			got.Note != "" || got.OfficerID != 0 || got.Key != "" {
			t.Errorf("gone is %+v", got)
		}
		write(t, s, func(tx *Tx) error { return tx.RemovePosting(x.posting.ID, x.posting.Version) })
		if w := withdrawn(); len(w.Postings) != 1 || w.Postings[0].ID != x.posting.ID || w.Postings[0].Opened != x.posting.Opened || w.Postings[0].Note != "" {
			t.Errorf("gone are %+v", w.Postings)
		}
		if w, err := s.Withdrawn(ctx, time.Now().Add(time.Hour)); err != nil || len(w.Assignments) > 0 {
			t.Errorf("later gone are %+v, %v", w, err)
		}
	})
}
