package db

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"samband/models"
)

// coordinatorOf makes an account of a state's coordinator, and returns it as an actor.
func coordinatorOf(t testing.TB, s *Store, state string) Actor {
	a := addAccount(t, s, strings.ToLower(state)+"@example.org", "coordinator:"+state)
	return Actor{Account: a.ID, Name: a.Email, Rights: a.Rights}
}

// beside returns what is kept beside the directory and can be taken back, without
// versions, which only grow.
func beside(t testing.TB, s *Store) string {
	t.Helper()
	var all []any
	err := s.View(context.Background(), func(r Reader) error {
		snoozes, err := rowsOf[models.Snooze](r.g).Order("finding").Find(r.ctx)
		words, bad := rowsOf[models.Attestation](r.g).Order("state, posting_id").Find(r.ctx)
		plans, worse := r.plans("")
		views, worst := r.views("id > 0")
		for i := range plans {
			plans[i].Version = 0
		}
		for i := range views {
			views[i].Version = 0
		}
		claims, evil := rowsOf[models.Claim](r.g).Order("finding").Find(r.ctx)
		all = []any{snoozes, words, plans, views, claims}
		return errors.Join(err, bad, worse, worst, evil)
	})
	text, bad := json.Marshal(all)
	if err != nil || bad != nil {
		t.Fatal(err, bad)
	}
	return string(text)
}

// noteRandomly does one of the acts that the trail notes and that can be taken back.
func noteRandomly(tx *Tx, r *rand.Rand, posting int64) error {
	plans, err := tx.plans("")
	if err != nil {
		return err
	}
	views, err := tx.views("id > 0")
	if err != nil {
		return err
	}
	switch day := date("2026-01-01") + models.Date(r.IntN(300)); r.IntN(10) {
	case 0:
		return tx.KeepSnooze(models.Snooze{Finding: "vacant", Posting: posting, State: "SE", Until: day + 300, Reason: []string{"on her way", `"so" <b>`}[r.IntN(2)]}, date("2026-01-01"))
	case 1:
		if err := tx.ShowAgain("vacant"); !errors.Is(translate(err), ErrNotFound) {
			return err
		}
		return nil
	case 2:
		return tx.Attest(models.Attestation{State: "SE", On: day})
	case 3:
		return tx.Attest(models.Attestation{State: "SE", PostingID: posting, On: day})
	case 4:
		p := models.Plan{Name: "Autumn", Note: "line\nline", Steps: []models.Step{{Act: models.Suspend, Posting: posting, First: day, Reason: "unrest"}}}
		if len(plans) > 0 {
			p.ID, p.Version = plans[0].ID, plans[0].Version
		}
		return tx.KeepPlan(&p)
	case 5:
		if len(plans) > 0 {
			return tx.DiscardPlan(plans[0].ID, plans[0].Version)
		}
	case 6:
		v := models.View{Name: "Mine", List: models.PostingList, Query: "status=held&columns=posting", Shared: []models.Sharing{"", "SE", "all"}[r.IntN(3)]}
		if len(views) > 0 {
			v.ID, v.Version = views[0].ID, views[0].Version
		}
		return tx.KeepView(&v, false)
	case 8:
		return tx.TakeFinding(models.Claim{Finding: "vacant", Posting: posting, State: "SE", On: day})
	case 9:
		if err := tx.ReleaseFinding("vacant"); !errors.Is(translate(err), ErrNotFound) {
			return err
		}
	case 7:
		if len(views) > 0 {
			return tx.DiscardView(views[0].ID, views[0].Version)
		}
	}
	return nil
}

// Whatever the trail notes of findings, confirmations, plans and views is taken back
// as it was, and once only.
func TestNotesAreTakenBack(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, x, r, undone := context.Background(), addSample(t, s), seeded(t), 0
		a := coordinatorOf(t, s, "SE")
		for range 40 {
			was := beside(t, s)
			var row int64
			err := s.Write(ctx, a, func(tx *Tx) error {
				err := noteRandomly(tx, r, x.posting.ID)
				row = tx.Changed()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if row == 0 {
				continue
			}
			change, err := s.As(models.Everything).Change(ctx, row)
			if err != nil || len(change.Rows) != 1 || change.Rows[0].ID != row {
				t.Fatalf("the change is %+v, %v", change, err)
			}
			if r.IntN(3) == 0 {
				continue // it stays
			}
			undo := func() error { return s.Write(ctx, a, func(tx *Tx) error { return tx.Undo(row) }) }
			if err := undo(); err != nil {
				t.Fatal(err)
			}
			if is := beside(t, s); is != was {
				t.Fatalf("taken back there is\n%s\nwhere there was\n%s", is, was)
			}
			undone++
			if twice := new(Overtaken); !errors.As(undo(), &twice) || len(twice.Rows) != 1 {
				t.Fatalf("taken back twice: %+v", twice)
			}
		}
		if undone < 8 {
			t.Errorf("only %d of 40 were taken back", undone)
		}
		if report, err := s.Verify(ctx, nil); err != nil || report.Err() != nil {
			t.Errorf("the trail says %+v, %v", report, err)
		}
	})
}

// A confirmation that lapsed with its posting is back with it; nobody takes back what
// another state has noted; and what names an erased officer is forgotten.
func TestNotesOfRemovedPostingsOthersAndErased(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, x := context.Background(), addSample(t, s)
		a := coordinatorOf(t, s, "SE")
		by := func(a Actor, f func(tx *Tx) error) (row int64, err error) {
			err = s.Write(ctx, a, func(tx *Tx) error {
				err := f(tx)
				row = tx.Changed()
				return err
			})
			return row, err
		}
		must := func(row int64, err error) int64 {
			t.Helper()
			if err != nil || row == 0 {
				t.Fatal(row, err)
			}
			return row
		}
		must(by(a, func(tx *Tx) error {
			return tx.Attest(models.Attestation{State: "SE", PostingID: x.posting.ID, On: date("2026-01-01")})
		}))
		must(by(a, func(tx *Tx) error { return tx.RemoveAssignment(x.assignment.ID, x.assignment.Version) }))
		must(by(a, func(tx *Tx) error {
			return tx.KeepSnooze(models.Snooze{Finding: "vacant", Posting: x.posting.ID, State: "SE", Until: date("2026-12-31"), Reason: "soon"}, date("2026-01-01"))
		}))
		must(by(a, func(tx *Tx) error {
			return tx.TakeFinding(models.Claim{Finding: "vacant", Posting: x.posting.ID, State: "SE", On: date("2026-01-01")})
		}))
		was := beside(t, s)
		gone := must(by(a, func(tx *Tx) error { return tx.RemovePosting(x.posting.ID, x.posting.Version) }))
		if beside(t, s) == was {
			t.Fatal("the confirmation of a removed posting stays")
		}
		if orphans, err := s.Orphans(ctx); err != nil || len(orphans) > 0 {
			t.Errorf("left without the posting is %v, %v", orphans, err)
		}
		must(by(a, func(tx *Tx) error { return tx.Undo(gone) }))
		if is := beside(t, s); is != was {
			t.Errorf("brought back there is\n%s\nwhere there was\n%s", is, was)
		}
		kept := must(by(a, func(tx *Tx) error {
			return tx.KeepPlan(&models.Plan{Name: "For " + x.officer.Name, Steps: []models.Step{{Act: models.Suspend, Posting: x.posting.ID, First: date("2027-01-01"), Reason: "x"}}})
		}))
		dropped := must(by(a, func(tx *Tx) error { return tx.DiscardPlan(kept-1, 1) }))
		for name, other := range map[string]Actor{"another state": coordinatorOf(t, s, "FI"), "nobody": {}} {
			if _, err := by(other, func(tx *Tx) error { return tx.Undo(dropped) }); !errors.Is(err, ErrForbidden) {
				t.Errorf("%s takes back what is not its own: %v", name, err)
			}
		}
		about := must(by(a, func(tx *Tx) error {
			return tx.KeepPlan(&models.Plan{Name: "Autumn", Steps: []models.Step{{Act: models.Assign, Posting: x.posting.ID, Officer: x.officer.ID, First: date("2027-01-01"), Reason: "unwell"}}})
		}))
		must(by(a, func(tx *Tx) error { return tx.DiscardPlan(about-1, 1) }))
		encoded := "q=" + url.QueryEscape(x.officer.Name)
		view := models.View{Name: "Mine", List: models.OfficerList, Query: encoded}
		must(by(a, func(tx *Tx) error { return tx.KeepView(&view, true) }))
		must(by(a, func(tx *Tx) error { return tx.DiscardView(view.ID, view.Version) }))
		for _, u := range []Unsaved{
			{Name: "first", Path: "/officers", Form: "note=x&name=" + url.QueryEscape(x.officer.Name)},
			{Name: "second", Path: "/officers", Form: "note=x"},
			{Name: "third", Path: "/officers/" + text10(x.officer.ID) + "/edit", Form: "note=unwell"},
			{Name: "fourth", Path: "/plans?" + encoded, Form: "note=x"},
		} {
			u.Account = a.Account
			if err := s.KeepUnsaved(ctx, u); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Erase(ctx, Local, x.officer.ID); err != nil {
			t.Fatal(err)
		}
		if left, err := s.UnsavedForms(ctx, a.Account); err != nil || len(left) != 1 || left[0].Name != "second" {
			t.Errorf("unsaved forms left are %+v, %v", left, err)
		}
		err := s.View(ctx, func(r Reader) error {
			all, err := rowsOf[replaced](r.g).Find(r.ctx)
			for _, one := range all {
				if strings.Contains(one.Was, x.officer.Name) || strings.Contains(one.Was, encoded) || strings.Contains(one.Was, "unwell") {
					t.Errorf("kept is still %s", one.Was)
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if _, err := by(a, func(tx *Tx) error { return tx.Undo(dropped) }); !errors.Is(err, ErrNotFound) {
			t.Errorf("what was erased is taken back: %v", err)
		}
	})
}

// What was confirmed, put off and taken of a posting in the write that made it goes with
// it, and is no hindrance to taking the write back.
func TestNotesGoWithWhatTheirWriteMade(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, x := context.Background(), addSample(t, s)
		a, was := coordinatorOf(t, s, "SE"), beside(t, s)
		p := models.Posting{AgencyID: x.posting.AgencyID, HostCountry: "VN", Opened: x.posting.Opened, Closed: models.Forever,
			Representations: x.posting.Representations}
		var row int64
		err := s.Write(ctx, a, func(tx *Tx) error {
			err := errors.Join(tx.SavePosting(&p),
				tx.Attest(models.Attestation{State: "SE", PostingID: p.ID, On: date("2026-01-01")}),
				tx.KeepSnooze(models.Snooze{Finding: "vacant", Posting: p.ID, State: "SE", Until: date("2026-12-31"), Reason: "soon"}, date("2026-01-01")),
				tx.TakeFinding(models.Claim{Finding: "vacant", Posting: p.ID, State: "SE", On: date("2026-01-01")}))
			row = tx.Changed()
			return err
		})
		if err != nil || beside(t, s) == was {
			t.Fatal(err)
		}
		if err := s.Write(ctx, a, func(tx *Tx) error { return tx.Undo(row) }); err != nil {
			t.Fatal(err)
		}
		if is := beside(t, s); is != was {
			t.Errorf("taken back there is\n%s\nwhere there was\n%s", is, was)
		}
	})
}

// A view is not shared again by somebody who may not share it any longer, nor by a
// colleague of whoever has taken it back.
func TestSharingIsNotTakenBackWithoutTheRight(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		owner, colleague := coordinatorOf(t, s, "SE"), addAccount(t, s, "se2@example.org", "coordinator:SE")
		var row int64
		v := models.View{Name: "Mine", List: models.PostingList, Query: "status=held", Shared: "SE"}
		for range 2 {
			err := s.Write(ctx, owner, func(tx *Tx) error {
				err := tx.KeepView(&v, false)
				row = tx.Changed()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			v.Shared = models.Unshared
		}
		former := owner
		former.Rights = models.ParseRights("partner:SE")
		for name, a := range map[string]Actor{"a former coordinator": former, "a colleague": {Account: colleague.ID, Name: colleague.Email, Rights: colleague.Rights}} {
			if err := s.Write(ctx, a, func(tx *Tx) error { return tx.Undo(row) }); !errors.Is(err, ErrForbidden) {
				t.Errorf("%s shares it again: %v", name, err)
			}
		}
		if err := s.Write(ctx, owner, func(tx *Tx) error { return tx.Undo(row) }); err != nil {
			t.Error(err)
		}
	})
}
