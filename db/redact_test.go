package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samband/models"
)

// hideSome gives all records of a world texts of their own, and masks and
// restricts some of them.
func hideSome(t *testing.T, s *Store, r *rand.Rand, w *world) {
	t.Helper()
	write(t, s, func(tx *Tx) error {
		var failed error
		for i := range w.officers {
			o := &w.officers[i]
			o.Masked, o.Email, o.Phone, o.Languages = r.IntN(2) == 0, "a@example.org", fmt.Sprint("+46 ", i), "sv"
			o.Note = fmt.Sprint("officer ", i)
			failed = errors.Join(failed, tx.SaveOfficer(o))
		}
		for i := range w.postings {
			p := &w.postings[i]
			p.Restricted, p.Note = r.IntN(2) == 0, fmt.Sprint("posting ", i)
			failed = errors.Join(failed, tx.SavePosting(p))
		}
		for i := range w.assignments {
			a := &w.assignments[i]
			a.Note, a.EndReason, a.PlannedLast = fmt.Sprint("assignment ", i), fmt.Sprint("reason ", i), a.First
			failed = errors.Join(failed, tx.SaveAssignment(a))
		}
		return failed
	})
}

// A reader finds the same, field by field, in the directory, in lists, in the
// streams behind files, and in single records.
func TestListsAndRecordsAreSeenAsTheDirectoryIs(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		r := seeded(t)
		w := addWorld(t, s, r, 6, 8, 20)
		hideSome(t, s, r, w)
		grants := rapid.Custom(func(t *rapid.T) models.Grant {
			return models.Grant{Role: rapid.SampledFrom(models.Roles()).Draw(t, "role"), State: rapid.SampledFrom(append(models.States(), "")).Draw(t, "state")}
		})
		rapid.Check(t, func(t *rapid.T) {
			scope := models.Rights(rapid.SliceOfN(grants, 0, 4).Draw(t, "rights")).Scope()
			if rapid.IntRange(0, 5).Draw(t, "own only") == 0 {
				scope = models.OwnOnly(rapid.SampledFrom(w.officers).Draw(t, "own").ID)
			}
			sameSeen(t, s.As(scope), w)
		})
	})
}

// seenTexts are records as seen, as text, by noun and ID.
type seenTexts map[string]string

func (to seenTexts) officer(o models.Officer) {
	to[fmt.Sprint("officer ", o.ID)] = fmt.Sprintf("%+v", o)
}
func (to seenTexts) posting(p models.Posting) {
	to[fmt.Sprint("posting ", p.ID)] = fmt.Sprintf("%+v", p)
}
func (to seenTexts) held(row AssignmentRow) { to.heldBy(row.Assignment, *row.Officer, *row.Posting) }
func (to seenTexts) heldBy(a models.Assignment, o models.Officer, p models.Posting) {
	to[fmt.Sprint("assignment ", a.ID)] = fmt.Sprintf("%+v %+v %+v", a, o, p)
}

func sameSeen(t *rapid.T, v Reading, w *world) {
	d, err := v.Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := seenTexts{}
	for _, o := range d.Officers() {
		if o.ID > 0 { // the placeholder holders of restricted postings are nobody
			want.officer(o)
		}
	}
	for _, p := range d.Posts() {
		want.posting(p.Posting)
		for _, a := range p.Assignments {
			if a.OfficerID > 0 {
				want.heldBy(a, d.Officer(a.OfficerID), p.Posting)
			}
		}
	}
	for how, got := range map[string]seenTexts{"listed": inLists(t, v), "streamed": inStreams(t, v), "one by one": singly(t, v, w)} {
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s: %s is\n%q, in the directory\n%q", how, name, got[name], want[name])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d records, in the directory %d", how, len(got), len(want))
		}
	}
}

func inLists(t *rapid.T, v Reading) seenTexts {
	ctx, all, got := context.Background(), Page{Limit: 1000}, seenTexts{}
	officers, _, err1 := v.Officers(ctx, Filter{}, Order{}, all)
	postings, _, err2 := v.Postings(ctx, Filter{}, Order{}, all)
	held, _, err3 := v.Assignments(ctx, Filter{}, Order{}, all)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	for _, row := range officers {
		got.officer(row.Officer)
	}
	for _, row := range postings {
		got.posting(row.Posting)
	}
	for _, row := range held {
		got.held(row)
	}
	return got
}

// inStreams reads everything the way large files do.
func inStreams(t *rapid.T, v Reading) seenTexts {
	ctx, got := context.Background(), seenTexts{}
	var failed error
	for row, err := range v.EachOfficer(ctx, Filter{}, Order{}) {
		failed = errors.Join(failed, err)
		got.officer(row.Officer)
	}
	for row, err := range v.EachPosting(ctx, Filter{}, Order{}) {
		failed = errors.Join(failed, err)
		got.posting(row.Posting)
	}
	err := v.joined(ctx, func(r Reader, d *models.Directory) error {
		chosen, err := r.choose(assignmentListing, Filter{})
		if err != nil {
			return err
		}
		chosen.some = false
		return chosen.streamAssignments(newJoiner(d, 0), Order{Column: "id"}, func(row AssignmentRow) bool {
			got.held(row)
			return true
		})
	})
	if failed = errors.Join(failed, err); failed != nil {
		t.Fatal(failed)
	}
	return got
}

func singly(t *rapid.T, v Reading, w *world) seenTexts {
	ctx, got := context.Background(), seenTexts{}
	officers, postings := map[int64]models.Officer{}, map[int64]models.Posting{}
	for _, x := range w.officers {
		o, err := v.Officer(ctx, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		officers[o.ID] = o
		got.officer(o)
	}
	for _, x := range w.postings {
		p, err := v.Posting(ctx, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		postings[p.ID] = p
		got.posting(p)
	}
	for _, x := range w.assignments {
		if a, err := v.Assignment(ctx, x.ID); err == nil {
			got.heldBy(a, officers[a.OfficerID], postings[a.PostingID])
		} else if !errors.Is(err, ErrNotFound) {
			t.Fatal(err)
		}
	}
	return got
}

// The texts about a masked officer survive when somebody who may not see them
// saves the assignment, and go when somebody who may see them empties them.
func TestWhatIsNotSeenIsNotTakenAway(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addStage(t, s)
		dane := models.Officer{AgencyID: x.dk.ID, Name: "Vqpell", Masked: true}
		a := models.Assignment{PostingID: x.open.ID, Period: period("2020-01-01"), Note: "note", EndReason: "reason"}
		write(t, s, func(tx *Tx) error {
			err := tx.SaveOfficer(&dane)
			a.OfficerID = dane.ID
			return errors.Join(err, tx.SaveAssignment(&a))
		})
		for _, c := range []struct{ rights, reason, wantNote, wantReason string }{
			{"coordinator:SE", "", "note", "reason"}, {"coordinator:SE", "another", "note", "another"},
			{"coordinator:SE coordinator:DK", "another", "", "another"}, {"coordinator:all", "", "", ""},
		} {
			a.Note, a.EndReason = "", c.reason
			err := s.Write(context.Background(), Actor{Name: "x", Rights: models.ParseRights(c.rights)}, func(tx *Tx) error { return tx.SaveAssignment(&a) })
			got, bad := s.As(models.Everything).Assignment(context.Background(), a.ID)
			if err := errors.Join(err, bad); err != nil || got.Note != c.wantNote || got.EndReason != c.wantReason {
				t.Errorf("after one with %q it is %+v, %v", c.rights, got, err)
			}
		}
	})
}

// What a masked officer was called stays hidden from the same readers after the
// mask has been taken off; so do rows from before it was put on.
func TestTheTrailTellsNothingOfWhoWasMasked(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addStage(t, s)
		o := x.masked
		o.Masked, o.Name, o.Rank, o.Note = false, "Anna Öppen", "", ""
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&o) })
		tells := func(scope models.Scope) bool {
			rows, err := s.As(scope).Trail(context.Background(), models.AllRights, TrailFilter{Noun: "officer", Record: o.ID}, 100)
			if err != nil || len(rows) < 2 {
				t.Fatal(rows, err)
			}
			return strings.Contains(fmt.Sprint(rows), "Zyxwana")
		}
		for _, a := range audiences {
			if got := tells(models.ParseRights(a.rights).Scope()); got != a.masked {
				t.Errorf("with %q, the name from before is told: %t", a.rights, got)
			}
		}
		if !tells(models.OwnOnly(o.ID)) || tells(models.OwnOnly(x.other.ID)) {
			t.Error("the officer is told what he or she was called, and no other is")
		}
	})
}
