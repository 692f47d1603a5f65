package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/models"
)

// told writes down everything in a directory except the IDs of rows of parts,
// which the trail does not keep.
func told(d *models.Directory) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%+v\n%+v\n%+v\n%+v\n", d.Agencies(), d.Officers(), d.ContactPoints(), d.Attestations())
	for _, p := range d.Posts() {
		q := p.Posting
		q.Representations, q.Coverages, q.Suspensions = slices.Clone(p.Representations), slices.Clone(p.Coverages), slices.Clone(p.Suspensions)
		for i := range q.Representations {
			q.Representations[i].ID, q.Representations[i].PostingID = 0, 0
		}
		for i := range q.Coverages {
			q.Coverages[i].ID, q.Coverages[i].PostingID = 0, 0
		}
		for i := range q.Suspensions {
			q.Suspensions[i].ID, q.Suspensions[i].PostingID = 0, 0
		}
		fmt.Fprintf(&b, "%+v\n%+v\n", q, p.Assignments)
	}
	return b.String()
}

func mustKnow(t testing.TB, v Reading, before time.Time) Reading {
	t.Helper()
	known, err := v.AsOf(context.Background(), before)
	if err != nil {
		t.Fatal(err)
	}
	return known
}

func directoryOf(t testing.TB, v Reading) *models.Directory {
	t.Helper()
	d, err := v.Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// randomWrite makes a random change: a record is created, changed, moved or
// removed.
func randomWrite(tx *Tx, r *rand.Rand) error {
	d, err := tx.everything()
	if err != nil {
		return err
	}
	dir := models.NewDirectory(d)
	agency, posts, officers := pick(r, dir.Agencies()), dir.Posts(), dir.Officers()
	if r.IntN(8) == 0 {
		a := models.Attestation{State: agency.Country, On: randomDay(r)}
		if len(posts) > 0 && r.IntN(2) == 0 {
			p := pick(r, posts)
			a.State, a.PostingID = dir.Sending(p).Country, p.ID
		}
		return tx.Attest(a)
	}
	switch n := r.IntN(9); {
	case n == 0 || len(posts) == 0:
		p := randomPosting(r, agency)
		return tx.SavePosting(&p)
	case n == 1 || len(officers) == 0:
		o := models.Officer{AgencyID: agency.ID, Name: pick(r, someNames)}
		return tx.SaveOfficer(&o)
	case n == 2:
		p := pick(r, posts).Posting
		p.HostCity, p.Restricted = pick(r, someCities), r.IntN(4) == 0
		return tx.SavePosting(&p)
	case n == 3:
		o := pick(r, officers)
		o.Name, o.Masked = pick(r, someNames), r.IntN(3) == 0
		return tx.SaveOfficer(&o)
	case n == 4:
		c := models.ContactPoint{State: pick(r, models.States()), Matter: models.Both, Name: pick(r, someNames)}
		if all := dir.ContactPoints(); len(all) > 2 {
			return tx.RemoveContactPoint(all[0].ID, all[0].Version)
		}
		return tx.SaveContactPoint(&c)
	}
	p := pick(r, posts)
	if len(p.Assignments) == 0 || r.IntN(3) == 0 {
		_, err := keepUnlessHeld(tx, randomAssignment(r, p.Posting, pick(r, officers)))
		return err
	}
	a := pick(r, p.Assignments)
	if r.IntN(3) == 0 {
		return tx.RemoveAssignment(a.ID, a.Version)
	}
	moved := randomAssignment(r, pick(r, posts).Posting, pick(r, officers))
	a.PostingID, a.OfficerID, a.Period, a.Note = moved.PostingID, moved.OfficerID, moved.Period, pick(r, []string{"", "a note"})
	_, err = keepUnlessHeld(tx, a)
	return err
}

// What is rebuilt of each day is what somebody who may see everything saw at
// its end, and its lists are those of the store then.
func TestKnownIsWhatWas(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		r := seeded(t)
		clock := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		s.now = func() time.Time { return clock }
		type day struct {
			end   time.Time
			told  string
			lists string
		}
		var days []day
		addWorld(t, s, r, 4, 4, 8)
		for range 12 {
			for range r.IntN(4) {
				write(t, s, func(tx *Tx) error { return randomWrite(tx, r) })
			}
			all := s.As(models.Everything)
			days = append(days, day{clock.Add(time.Hour), told(unmasked(directoryOf(t, all))), listsOf(t, all)})
			clock = clock.Add(24 * time.Hour)
		}
		before := mustKnow(t, s.As(models.Everything), days[0].end.Add(-24*time.Hour))
		_, err := before.Directory(context.Background())
		_, counted := before.CountPostings(context.Background(), Filter{On: date("2026-03-01")}, 10)
		for _, err := range []error{err, counted} {
			if b, ok := errors.AsType[*BeforeRecord](err); !ok || !b.Begins.Equal(days[0].end.Add(-time.Hour)) {
				t.Errorf("before anything was recorded, reading gives %v", err)
			}
		}
		for i, d := range days {
			known := mustKnow(t, s.As(models.Everything), d.end)
			if got := told(unmasked(directoryOf(t, known))); got != d.told {
				t.Fatalf("day %d was\n%s\nand is rebuilt as\n%s", i, d.told, got)
			}
			if got := listsOf(t, known); got != d.lists {
				t.Fatalf("the lists of day %d were\n%s\nand are rebuilt as\n%s", i, d.lists, got)
			}
		}
		if now := mustKnow(t, s.As(models.Everything), clock); directoryOf(t, now) != directoryOf(t, s.As(models.Everything)) {
			t.Error("what is known now is not the present")
		}
	})
}

// unmasked removes masks and restrictions from a directory: as of a day, they
// depend on later days too.
func unmasked(d *models.Directory) *models.Directory {
	open := models.Delta{Officers: map[int64]*models.Officer{}, Posts: map[int64]*models.Post{}}
	for _, o := range d.Officers() {
		o.Masked = false
		open.Officers[o.ID] = &o
	}
	for _, p := range d.Posts() {
		q := *p
		q.Restricted = false
		open.Posts[p.ID] = &q
	}
	return d.With(open)
}

// listsOf writes down the keys in lists, filtered and sorted.
func listsOf(t testing.TB, v Reading) string {
	t.Helper()
	ctx := context.Background()
	var b strings.Builder
	for _, f := range []Filter{{On: date("2015-06-01")}, {On: date("2020-01-01"), Status: models.Held}, {On: date("2018-01-01"), State: models.Finland, Matter: models.Customs}, {Text: "a", On: date("2018-01-01")}} {
		for _, o := range []Order{{Column: "place", Language: "sv"}, {Column: "closed"}} {
			rows, _, err := v.Postings(ctx, f, o, Page{Limit: 20})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				b.WriteString(row.Key + " ")
			}
		}
		n, err := v.CountAssignments(ctx, f, 1000)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, n)
		for row, err := range v.EachAssignment(ctx, f, Order{Column: "first_day"}) {
			if err != nil {
				t.Fatal(err)
			}
			b.WriteString(row.Key + " " + row.Officer.Name + "; ")
		}
	}
	return b.String()
}

// Officers and postings that are masked, restricted or erased now are so in the
// directory as of an earlier day too.
func TestWhatIsHiddenNowIsHiddenThen(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		clock := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		s.now = func() time.Time { return clock }
		x := addSample(t, s)
		before := clock.Add(time.Hour)
		partner := s.As(models.ParseRights("partner:FI").Scope())
		name := func() string {
			d := directoryOf(t, mustKnow(t, partner, before))
			return d.Officer(d.Post(x.posting.ID).Assignments[0].OfficerID).Name
		}
		if name() != x.officer.Name {
			t.Fatalf("a partner sees %q", name())
		}
		clock = clock.Add(48 * time.Hour)
		x.officer.Masked = true
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		if name() != "" {
			t.Errorf("a partner sees %q, who is masked by now", name())
		}
		x.officer.Masked = false
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		if name() != "" {
			t.Errorf("a partner sees %q, who was masked since", name())
		}
		x.posting.Restricted = true
		write(t, s, func(tx *Tx) error { return tx.SavePosting(&x.posting) })
		d := directoryOf(t, mustKnow(t, partner, before))
		if a := d.Post(x.posting.ID).Assignments[0]; a.OfficerID > 0 {
			t.Errorf("a partner sees who held a posting that is restricted by now: %+v", a)
		}
		if n := len(slices.Collect(func(yield func(AssignmentRow) bool) {
			for row := range mustKnow(t, partner, before).EachAssignment(context.Background(), Filter{On: date("2026-03-01")}, Order{}) {
				yield(row)
			}
		})); n != 0 {
			t.Errorf("a partner is listed %d assignments of a posting that is restricted by now", n)
		}
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		if got := told(directoryOf(t, mustKnow(t, s.As(models.Everything), before))); strings.Contains(got, "Lindqvist") {
			t.Errorf("an erased name comes back: %s", got)
		}
	})
}

// An assignment that is corrected into a restricted posting must not be visible
// in the one where it stood by mistake.
func TestACorrectionIntoARestrictedPosting(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		clock := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		s.now = func() time.Time { return clock }
		x := addSample(t, s)
		before := clock.Add(time.Hour)
		clock = clock.Add(48 * time.Hour)
		write(t, s, func(tx *Tx) error {
			secret := models.Posting{AgencyID: x.agency.ID, HostCountry: "PK", Opened: date("2005-01-01"), Closed: models.Forever, Restricted: true}
			if err := tx.SavePosting(&secret); err != nil {
				return err
			}
			x.assignment.PostingID = secret.ID
			return tx.SaveAssignment(&x.assignment)
		})
		d := directoryOf(t, mustKnow(t, s.As(models.ParseRights("partner:FI").Scope()), before))
		if a := d.Post(x.posting.ID).Assignments[0]; a.OfficerID > 0 {
			t.Errorf("a partner sees %+v", a)
		}
		d = directoryOf(t, mustKnow(t, s.As(models.ParseRights("partner:SE").Scope()), before))
		if a := d.Post(x.posting.ID).Assignments[0]; a.OfficerID != x.officer.ID {
			t.Errorf("a partner of the sending state sees %+v", a)
		}
	})
}
