package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/models"
)

func subscribe(t testing.TB, s *Store, who Actor, every models.Rhythm, today models.Date) {
	t.Helper()
	if err := s.Write(context.Background(), who, func(tx *Tx) error { return tx.SaveDigest(Digest{Every: every, Lang: "en"}, today) }); err != nil {
		t.Fatal(err)
	}
}

// Whatever is changed, taken, tried, fails or stops half-way, the mails that an account
// was sent follow on one another without a gap and without anything in two of them.
func TestMailsFollowOnOneAnother(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		addSample(t, s)
		ctx := context.Background()
		forward := clocked(s)
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			who := actorOf(t, s, fmt.Sprintf("a%d@example.org", n), "partner:FI")
			today := func() models.Date { return models.DateOf(s.now()) }
			subscribe(t, s, who, rapid.SampledFrom([]models.Rhythm{models.Daily, models.Weekly}).Draw(rt, "every"), today())
			first, err := s.DigestOf(ctx, who.Account)
			if err != nil {
				rt.Fatal(err)
			}
			at, day := first.Row, first.Day
			for range rapid.IntRange(1, 25).Draw(rt, "steps") {
				switch rapid.SampledFrom([]string{"change", "day", "minutes", "take", "send", "send", "fail", "crash"}).Draw(rt, "step") {
				case "change":
					o := officerNamed(t, s, "Åse Lindqvist")
					o.Rank = rapid.StringMatching("[a-z]{8}").Draw(rt, "rank")
					write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&o) })
				case "day":
					forward(24 * time.Hour)
				case "minutes":
					forward(11 * time.Minute)
				case "take":
					if err := s.TakeDigests(ctx, today()); err != nil {
						rt.Fatal(err)
					}
				default:
					m, a, _, err := s.ClaimMail(ctx)
					if errors.Is(err, ErrNotFound) {
						continue
					}
					if err != nil || a.ID != who.Account {
						rt.Fatalf("claimed is %+v, %v", a, err)
					}
					if again, _, _, err := s.ClaimMail(ctx); !errors.Is(err, ErrNotFound) {
						rt.Fatalf("two have one mail: %+v, %v", again, err)
					}
					switch rapid.SampledFrom([]string{"sent", "failed", "stopped"}).Draw(rt, "ends") {
					case "sent":
						if m.FromRow != at || m.FromDay != day || m.ToRow < at || m.ToDay < day {
							rt.Fatalf("the mail tells of %d to %d (%s to %s), the last one reached %d, %s", m.FromRow, m.ToRow, m.FromDay, m.ToDay, at, day)
						}
						if err := s.MailSent(ctx, m); err != nil {
							rt.Fatal(err)
						}
						at, day = m.ToRow, m.ToDay
					case "failed":
						if err := s.MailFailed(ctx, m, "no", time.Minute); err != nil {
							rt.Fatal(err)
						}
					}
				}
			}
			now, err := s.DigestOf(ctx, who.Account)
			waits, err2 := s.Mails(ctx, who.Account)
			if err := errors.Join(err, err2); err != nil {
				rt.Fatal(err)
			}
			reached := at
			for _, m := range waits {
				if m.Sent == "" {
					if m.FromRow != at {
						rt.Fatalf("what waits begins at %d, told was %d", m.FromRow, at)
					}
					reached = m.ToRow
				}
			}
			if now.Row != reached {
				rt.Fatalf("the digest has reached %d, its mails %d", now.Row, reached)
			}
			if err := s.EndDigest(ctx, who.Account); err != nil {
				rt.Fatal(err)
			}
		})
		if report, err := s.Verify(ctx, nil); err != nil || report.Err() != nil {
			t.Errorf("the trail: %v, %v", report.Err(), err)
		}
	})
}

func TestDigestsOfWhom(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		addSample(t, s)
		ctx, forward := context.Background(), clocked(s)
		today := models.DateOf(s.now())
		for rights, want := range map[string]error{"partner:FI": nil, "coordinator:all": nil, "administrator:all": ErrForbidden, "auditor:SE": ErrForbidden} {
			who := actorOf(t, s, strings.ReplaceAll(rights, ":", ".")+"@example.org", rights)
			err := s.Write(ctx, who, func(tx *Tx) error { return tx.SaveDigest(Digest{Every: models.Daily}, today) })
			if !errors.Is(err, want) {
				t.Errorf("%s: %v", rights, err)
			}
		}
		who := actorOf(t, s, "ase@example.org", "partner:FI")
		err := s.Write(ctx, who, func(tx *Tx) error { return tx.SaveDigest(Digest{Every: "hourly"}, today) })
		if _, ok := errors.AsType[models.Problems](err); !ok {
			t.Errorf("an unknown rhythm is %v", err)
		}
		subscribe(t, s, who, models.Daily, today)
		for _, one := range []string{"partner.fi@example.org", "coordinator.all@example.org"} {
			other := accountOf(t, s, one)
			if err := s.EndDigest(ctx, other.ID); err != nil {
				t.Fatal(err)
			}
		}
		forward(24 * time.Hour)
		if err := s.TakeDigests(ctx, today+1); err != nil {
			t.Fatal(err)
		}
		// Somebody who may not read the directory any longer is told nothing, even if
		// the mail waits already.
		a := accountOf(t, s, "ase@example.org")
		a.Rights = models.ParseRights("administrator:FI")
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&a) })
		if m, _, _, err := s.ClaimMail(ctx); !errors.Is(err, ErrNotFound) {
			t.Errorf("claimed is %+v, %v", m, err)
		}
		if d, err := s.DigestOf(ctx, a.ID); err != nil || d.Every != models.Never {
			t.Errorf("the digest goes on: %+v, %v", d, err)
		}
	})
}

func accountOf(t *testing.T, s *Store, email string) (a models.Account) {
	t.Helper()
	all, err := s.Accounts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Email == email {
			a = one
		}
	}
	return a
}

// What was known after a row of the trail is what the store held then.
func TestAfterRow(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addSample(t, s)
		ranks := map[int64]string{}
		for _, rank := range []string{"a", "b", "c"} {
			o := officerNamed(t, s, "Åse Lindqvist")
			o.Rank = rank
			write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&o) })
			err := s.View(ctx, func(r Reader) error {
				last, err := r.lastRow()
				ranks[last] = rank
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for row, want := range ranks {
			then, err := s.As(models.Everything).AfterRow(ctx, row)
			if err != nil {
				t.Fatal(err)
			}
			d, err := then.Directory(ctx)
			if err != nil || d.Officer(x.officer.ID).Rank != want {
				t.Errorf("after row %d the rank is %q, %v, want %q", row, d.Officer(x.officer.ID).Rank, err, want)
			}
		}
		then, err := s.As(models.Everything).AfterRow(ctx, 0)
		if err == nil {
			_, err = then.Directory(ctx)
		}
		if _, ok := errors.AsType[*BeforeRecord](err); !ok {
			t.Errorf("before all rows there is %v", err)
		}
	})
}
