package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"samband/models"
)

var snoozeDay = date("2026-11-23")

// vacancy returns the finding that the sample's posting is vacant, as of
// snoozeDay, and the revision of the directory.
func vacancy(t *testing.T, s *Store) (models.Finding, int64) {
	t.Helper()
	d, revision, err := s.As(models.Everything).Now(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range d.Findings(snoozeDay, models.DefaultLimits) {
		if f.Kind == models.VacantNow {
			return f, revision
		}
	}
	t.Fatal("nothing is vacant")
	return models.Finding{}, 0
}

func snoozeOf(f models.Finding, until models.Date, reason string) models.Snooze {
	return models.Snooze{Finding: f.Name(), Posting: f.Post.ID, State: f.Sending, Until: until, Reason: reason}
}

// recall ends the sample's assignment, which leaves its posting vacant.
func recall(t *testing.T, s *Store, x *sample, last string) {
	t.Helper()
	x.assignment.Last = date(last)
	write(t, s, func(tx *Tx) error { return tx.SaveAssignment(&x.assignment) })
}

func TestSnoozeAndWake(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		recall(t, s, x, "2026-10-31")
		f, _ := vacancy(t, s)
		before, err := s.Revision(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		first, second := snoozeOf(f, snoozeDay+10, "first"), snoozeOf(f, snoozeDay+20, "second")
		write(t, s, func(tx *Tx) error { return tx.KeepSnooze(first, snoozeDay) })
		write(t, s, func(tx *Tx) error { return tx.KeepSnooze(second, snoozeDay) })
		if all, err := s.Snoozes(context.Background()); err != nil || len(all) != 1 || all[f.Name()] != second {
			t.Errorf("kept are %+v, %v", all, err)
		}
		write(t, s, func(tx *Tx) error { return tx.ShowAgain(f.Name()) })
		if all, err := s.Snoozes(context.Background()); err != nil || len(all) != 0 {
			t.Errorf("after waking there are %+v, %v", all, err)
		}
		if err := s.Write(context.Background(), tester, func(tx *Tx) error { return tx.ShowAgain(f.Name()) }); !errors.Is(err, ErrNotFound) {
			t.Errorf("waking twice is %v", err)
		}
		if after, err := s.Revision(context.Background()); err != nil || after != before {
			t.Errorf("the directory has gone from revision %d to %d, %v", before, after, err)
		}
		got := noted(t, s, models.Everything)
		want := "wake finding=" + f.Name() + "\nsnooze finding=" + f.Name() + " reason=second until=2026-12-13\nsnooze finding=" + f.Name() + " reason=first until=2026-12-03"
		if got != want {
			t.Errorf("the trail says\n%s\nwant\n%s", got, want)
		}
		if hidden := noted(t, s, models.Scope{}); strings.Contains(hidden, "first") || strings.Contains(hidden, f.Name()) || !strings.Contains(hidden, "until=2026-12-03") {
			t.Errorf("who sees nothing reads\n%s", hidden)
		}
		sound(t, s)
	})
}

// noted returns what the trail says of findings to an auditor with a scope, the
// latest first.
func noted(t *testing.T, s *Store, scope models.Scope) string {
	t.Helper()
	rows, err := s.As(scope).Trail(context.Background(), models.ParseRights("auditor:all"), TrailFilter{Noun: "finding"}, 100)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, seen := range rows {
		line := seen.Action
		for _, c := range seen.Fields {
			line += " " + c.Field + "=" + c.New
		}
		lines = append(lines, line)
		if seen.State != "SE" || seen.RecordID == 0 {
			t.Errorf("%+v is of no state or posting", seen)
		}
	}
	return strings.Join(lines, "\n")
}

func TestWhoMaySnooze(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		recall(t, s, x, "2026-10-31")
		f, _ := vacancy(t, s)
		good := snoozeOf(f, snoozeDay+1, "leave it")
		foreign, nowhere, stateless, far := good, good, good, good
		foreign.State = "DK"
		nowhere.Posting = 4711
		stateless.Posting, stateless.State = 0, ""
		far.Until = snoozeDay.Years(2) + 1
		for _, c := range []struct {
			rights string
			z      models.Snooze
			want   bool
		}{
			{"coordinator:SE", good, true}, {"coordinator:all", good, true}, {"partner:SE", good, false}, {"coordinator:DK", good, false},
			{"coordinator:DK", foreign, false}, {"coordinator:all", foreign, false}, {"coordinator:all", nowhere, false}, {"coordinator:all", stateless, false},
			{"", good, false}, {"auditor:all administrator:all", good, false}, {"coordinator:SE", far, false},
		} {
			actor := Actor{Name: "x", Rights: models.ParseRights(c.rights)}
			err := s.Write(context.Background(), actor, func(tx *Tx) error { return tx.KeepSnooze(c.z, snoozeDay) })
			_, refused := errors.AsType[models.Problems](err)
			if (err == nil) != c.want || err != nil && !refused && !errors.Is(err, ErrForbidden) {
				t.Errorf("%q snoozing %+v: %v", c.rights, c.z, err)
			}
			all, err := s.Snoozes(context.Background())
			if err != nil || len(all) != map[bool]int{true: 1}[c.want] {
				t.Errorf("%q snoozing %+v leaves %+v, %v", c.rights, c.z, all, err)
			}
			if !c.want {
				write(t, s, func(tx *Tx) error { return tx.KeepSnooze(good, snoozeDay) })
			}
			err = s.Write(context.Background(), actor, func(tx *Tx) error { return tx.ShowAgain(f.Name()) })
			if may := actor.Rights.MayChange("SE"); (err == nil) != may || err != nil && !errors.Is(err, ErrForbidden) {
				t.Errorf("%q waking: %v", c.rights, err)
			}
			if all, err := s.Snoozes(context.Background()); err != nil || len(all) > 0 {
				write(t, s, func(tx *Tx) error { return tx.ShowAgain(f.Name()) })
			}
		}
	})
}

// A finding whose facts have changed is another finding: the snooze of the old
// one is swept, and so is one whose day has passed. Findings of an older
// directory sweep nothing.
func TestSnoozesAreSwept(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		recall(t, s, x, "2026-10-31")
		old, stale := vacancy(t, s)
		write(t, s, func(tx *Tx) error { return tx.KeepSnooze(snoozeOf(old, snoozeDay+5, "x"), snoozeDay) })
		recall(t, s, x, "2026-10-15")
		now, revision := vacancy(t, s)
		if old.Name() == now.Name() {
			t.Fatal("the vacancy has the same name after its days have changed")
		}
		left := func(today models.Date, revision int64) string {
			stand := func(finding string) bool { return finding == now.Name() }
			write(t, s, func(tx *Tx) error {
				return errors.Join(tx.SweepSnoozes(today, revision, stand), tx.KeepSnooze(snoozeOf(now, today+5, "y"), today))
			})
			all, err := s.Snoozes(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(len(all), " ", all[now.Name()].Reason)
		}
		if got := left(snoozeDay, stale); got != "2 y" {
			t.Errorf("after a sweep by an old directory there are %s", got)
		}
		if got := left(snoozeDay, revision); got != "1 y" {
			t.Errorf("after a sweep there are %s", got)
		}
		write(t, s, func(tx *Tx) error { return tx.SweepSnoozes(snoozeDay+5, 0, nil) })
		if all, err := s.Snoozes(context.Background()); err != nil || len(all) != 1 {
			t.Errorf("on its last day it is swept: %v, %v", all, err)
		}
		write(t, s, func(tx *Tx) error { return tx.SweepSnoozes(snoozeDay+6, 0, nil) })
		if all, err := s.Snoozes(context.Background()); err != nil || len(all) != 0 {
			t.Errorf("after its day there are %v, %v", all, err)
		}
	})
}

func TestEraseLeavesNoNameInReasons(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, _ := addForgotten(t, s)
		z := models.Snooze{Finding: "gap 2026-01-01 2026-01-31 SE p1", Posting: x.posting.ID, State: "SE", Until: snoozeDay + 5, Reason: "Zyxwana is on leave"}
		write(t, s, func(tx *Tx) error { return tx.KeepSnooze(z, snoozeDay) })
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		if strings.Contains(dump(t, s), "Zyxwana") {
			t.Error("the name is in why a finding was put off")
		}
		if all, err := s.Snoozes(context.Background()); err != nil || !all[z.Finding].Holds(snoozeDay+5) {
			t.Errorf("it is put off no more: %v, %v", all, err)
		}
		sound(t, s)
	})
}

func TestNoted(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		e := Event{Action: "export", Noun: "file", About: []any{"what", "a.ics", "n", 2}}
		at := s.now()
		has := func(account int64, e Event, later bool) bool {
			t.Helper()
			since := at
			if later {
				since = since.AddDate(1, 0, 0)
			}
			found, err := s.Noted(context.Background(), account, e, since)
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		if has(7, e, false) {
			t.Error("it is noted before it was")
		}
		if err := s.Write(context.Background(), Actor{Account: 7}, func(tx *Tx) error { return tx.Note(e) }); err != nil {
			t.Fatal(err)
		}
		other := e
		other.About = []any{"what", "b.ics", "n", 2}
		if !has(7, e, false) || has(8, e, false) || has(7, other, false) || has(7, e, true) {
			t.Error("it is not noted as it was")
		}
	})
}
