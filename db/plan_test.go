package db

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"samband/models"
)

var secretariat = Actor{Rights: models.AllRights, Name: "test"}

// randomStep returns a step on the records of a world, which may be refused.
func randomStep(r *rand.Rand, w *world) models.Step {
	days := randomPeriod(r, someDays)
	s := models.Step{Act: pick(r, append(models.PostingActs(), models.AssignmentActs()...)), Posting: pick(r, w.postings).ID, Assignment: pick(r, w.assignments).ID,
		Officer: pick(r, w.officers).ID, First: days.First, Last: min(days.Last, someDays.Last), State: pick(r, models.States()),
		Matter: pick(r, []models.Matter{models.Police, models.Customs, models.Both}), Country: pick(r, someCountries), Reason: pick(r, []string{"", "unrest"})}
	step, ok := models.ParseStep(s.String())
	if !ok {
		panic(s.String())
	}
	return step
}

// Carrying out steps does what the draft showed: afterwards all answers are
// those of the draft, on every day.
func TestCarryingOutIsWhatWasTried(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, r := context.Background(), seeded(t)
		w := addWorld(t, s, r, 6, 8, 25)
		done := 0
		for range 60 {
			d, revision, err := s.As(models.Everything).Now(ctx)
			if err != nil {
				t.Fatal(err)
			}
			var steps []models.Step
			for range 1 + r.IntN(3) {
				steps = append(steps, randomStep(r, w))
			}
			draft, refused := models.Try(d, steps)
			carried, err := s.CarryOut(ctx, secretariat, revision, steps, 0)
			if problems, ok := errors.AsType[models.Problems](err); ok != (len(refused) > 0) || !ok && err != nil {
				t.Fatalf("%v: tried %v, done %v, %v", steps, refused, problems, err)
			}
			after, _, err := s.As(models.Everything).Now(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if len(refused) > 0 {
				if after != d {
					t.Fatalf("%v are refused and change something", steps)
				}
				continue
			}
			done++
			if !slices.Equal(carried.Postings, draft.Posts()) {
				t.Fatalf("%v change %v, and %v was shown", steps, carried.Postings, draft.Posts())
			}
			draft.Before = draft.After
			draft.After = after
			if effects := draft.Effects(); len(effects) > 0 {
				t.Fatalf("%v: done is not what was shown: %+v", steps, effects)
			}
			for _, p := range after.Posts() {
				shown := draft.Before.Post(p.ID)
				if len(shown.Assignments) != len(p.Assignments) || !slices.Equal(shown.Suspended(), p.Suspended()) {
					t.Fatalf("%v leave %+v, and %+v was shown", steps, p, shown)
				}
			}
		}
		if done < 5 {
			t.Errorf("only %d drafts of 60 were allowed", done)
		}
		if _, err := s.Verify(ctx, nil); err != nil {
			t.Error(err)
		}
	})
}

func TestAPlanIsKeptByItsOwner(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addSample(t, s)
		accounts := map[string]Actor{}
		for email, rights := range map[string]string{"se@example.org": "coordinator:SE", "dk@example.org": "coordinator:DK", "all@example.org": "coordinator:all", "p@example.org": "partner:SE"} {
			a := models.Account{Email: email, Rights: models.ParseRights(rights)}
			write(t, s, func(tx *Tx) error { return tx.SaveAccount(&a) })
			accounts[email] = Actor{Account: a.ID, Rights: a.Rights}
		}
		as := func(email string, f func(*Tx) error) error { return s.Write(ctx, accounts[email], f) }
		p := models.Plan{Name: "Spring", Note: "n", Steps: []models.Step{{Act: models.End, Assignment: x.assignment.ID, Last: date("2026-01-01"), Reason: "several words, and\na line"}}}
		if err := as("p@example.org", func(tx *Tx) error { return tx.KeepPlan(&p) }); !errors.Is(err, ErrForbidden) {
			t.Error(err)
		}
		if err := as("se@example.org", func(tx *Tx) error { return tx.KeepPlan(&p) }); err != nil {
			t.Fatal(err)
		}
		got, err := s.As(models.Everything).Plan(ctx, p.ID, 0)
		if err != nil || got.Email != "se@example.org" || len(got.Steps) != 1 || got.Steps[0] != p.Steps[0] || got.Name != "Spring" {
			t.Fatalf("%+v, %v", got, err)
		}
		other := p
		if err := as("dk@example.org", func(tx *Tx) error { return tx.KeepPlan(&other) }); !errors.Is(err, ErrForbidden) {
			t.Error(err)
		}
		old := p
		if err := as("all@example.org", func(tx *Tx) error { return tx.KeepPlan(&p) }); err != nil || p.Version != 2 {
			t.Error(err, p.Version)
		}
		if err := as("se@example.org", func(tx *Tx) error { return tx.KeepPlan(&old) }); !errors.Is(err, ErrStale) {
			t.Error(err)
		}
		// An actor who may not take the steps takes none of them, and the plan
		// stays.
		_, revision, _ := s.As(models.Everything).Now(ctx)
		if _, err := s.CarryOut(ctx, accounts["dk@example.org"], revision, p.Steps, p.ID); !errors.Is(err, ErrForbidden) {
			t.Error(err)
		}
		same := []models.Step{{Act: models.HandOver, Assignment: x.assignment.ID, Officer: x.officer.ID, First: date("2026-01-01"), Last: date("2026-01-31")}}
		if _, err := s.CarryOut(ctx, accounts["dk@example.org"], revision, same, 0); !errors.Is(err, ErrForbidden) {
			t.Errorf("a rule tells a stranger who holds the posting: %v", err)
		}
		if _, err := s.CarryOut(ctx, accounts["se@example.org"], revision-1, p.Steps, p.ID); !errors.Is(err, ErrStale) {
			t.Error(err)
		}
		if _, err := s.CarryOut(ctx, accounts["se@example.org"], revision, p.Steps, p.ID); err != nil {
			t.Error(err)
		}
		if _, err := s.As(models.Everything).Plan(ctx, p.ID, 0); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if err := as("se@example.org", func(tx *Tx) error { return tx.DiscardPlan(p.ID, 2) }); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

// Carrying out the steps of another's plan does not remove it, unless the actor
// may change it.
func TestAPlanOfAnotherStaysWhenItIsCarriedOut(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addStage(t, s)
		owner, other, all := addAccount(t, s, "a@example.org", "coordinator:SE"), addAccount(t, s, "b@example.org", "coordinator:SE"), addAccount(t, s, "c@example.org", "coordinator:all")
		for i, c := range []struct {
			by    models.Account
			stays bool
		}{{other, true}, {all, false}} {
			day := onStage + models.Date(2*i)
			p := models.Plan{Name: "name", Steps: []models.Step{{Act: models.Suspend, Posting: x.open.ID, First: day, Last: day}}}
			if err := s.Write(ctx, Actor{Account: owner.ID, Rights: owner.Rights}, func(tx *Tx) error { return tx.KeepPlan(&p) }); err != nil {
				t.Fatal(err)
			}
			_, revision, err := s.As(models.Everything).Now(ctx)
			if err == nil {
				_, err = s.CarryOut(ctx, Actor{Account: c.by.ID, Rights: c.by.Rights}, revision, p.Steps, p.ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.As(models.Everything).Plan(ctx, p.ID, 0); (err == nil) != c.stays {
				t.Errorf("carried out by %s: %v", c.by.Email, err)
			}
		}
	})
}

// A plan about a posting whose holders a reader may not see does not exist for
// that reader, neither by itself nor in the list; of any other plan the texts
// are hidden.
func TestPlansTellNothingOfHolders(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addStage(t, s)
		owner := addAccount(t, s, "se@example.org", "coordinator:SE")
		keep := func(posting int64) models.Plan {
			p := models.Plan{Name: "name", Note: "note", Steps: []models.Step{{Act: models.Suspend, Posting: posting, First: onStage, Reason: "why"}}}
			if err := s.Write(ctx, Actor{Account: owner.ID, Rights: owner.Rights}, func(tx *Tx) error { return tx.KeepPlan(&p) }); err != nil {
				t.Fatal(err)
			}
			return p
		}
		open, restricted := keep(x.open.ID), keep(x.restricted.ID)
		for _, a := range audiences {
			v := s.As(models.ParseRights(a.rights).Scope())
			all, err := v.Plans(ctx, 0)
			if err != nil || len(all) == 0 || all[len(all)-1].ID != open.ID || (len(all) == 2) != a.holders {
				t.Errorf("with %q there are %+v, %v", a.rights, all, err)
			}
			one, err := v.Plan(ctx, open.ID, 0)
			if err != nil || one.Untold == a.masked || (one.Name+one.Note+one.Steps[0].Reason == "") == a.masked || one.Steps[0].Posting != x.open.ID {
				t.Errorf("with %q it is %+v, %v", a.rights, one, err)
			}
			if _, err := v.Plan(ctx, restricted.ID, 0); errors.Is(err, ErrNotFound) == a.holders || err != nil && !errors.Is(err, ErrNotFound) {
				t.Errorf("with %q, the plan about the restricted posting: %v", a.rights, err)
			}
		}
	})
}

// Text that names an erased officer is removed from plans and from their rows
// in the trail.
func TestErasingTakesNamesOutOfPlans(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addSample(t, s)
		a := models.Account{Email: "se@example.org", Rights: models.ParseRights("coordinator:SE")}
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&a) })
		p := models.Plan{Name: "After Lindqvist", Note: "Åse Lindqvist wants to go home", Steps: []models.Step{{Act: models.End, Assignment: x.assignment.ID, Last: date("2026-01-01"), Reason: "Lindqvist moves"}}}
		if err := s.Write(ctx, Actor{Account: a.ID, Rights: a.Rights}, func(tx *Tx) error { return tx.KeepPlan(&p) }); err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		kept, err := s.As(models.Everything).Plan(ctx, p.ID, 0)
		if err != nil || kept.Name != "–" || kept.Note != "" || kept.Steps[0].Reason != "" || kept.Steps[0].Last != date("2026-01-01") {
			t.Errorf("%+v, %v", kept, err)
		}
		left := 0
		err = s.View(ctx, func(r Reader) error {
			return r.each("SELECT count(*) FROM audit WHERE new_personal LIKE '%indqvist%' OR old_personal LIKE '%indqvist%'", nil, func(rows *sql.Rows) error { return rows.Scan(&left) })
		})
		if err != nil || left != 0 {
			t.Errorf("%d rows of the trail still name her, %v", left, err)
		}
		if _, err := s.Verify(ctx, nil); err != nil {
			t.Error(err)
		}
	})
}
