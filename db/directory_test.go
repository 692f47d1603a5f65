package db

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"

	"samband/db/dbtest"
	"samband/models"
)

// reloaded returns the directory as a store reads it for the first time.
func reloaded(t *testing.T, s *Store) *models.Directory {
	t.Helper()
	var fresh *snapshot
	err := s.at(context.Background(), func(r Reader, m moment) (err error) {
		fresh, err = r.renew(nil, m)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fresh.directory
}

// sameDirectory reports whether two directories hold the same, including
// indexes. What they compute only when asked is ignored, and how much of a map they
// share with others.
func sameDirectory(a, b *models.Directory) bool {
	held := func(d models.Directory) (all []any) {
		for _, field := range reflect.ValueOf(&d).Elem().Fields() {
			if field.Kind() == reflect.Func {
				continue
			}
			field = reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem()
			if each := field.MethodByName("All"); each.IsValid() {
				whole := map[any]any{}
				for k, v := range each.Call(nil)[0].Seq2() {
					whole[k.Interface()] = v.Interface()
				}
				all = append(all, whole)
			} else {
				all = append(all, field.Interface())
			}
		}
		return all
	}
	return reflect.DeepEqual(held(*a), held(*b))
}

func directory(t *testing.T, s *Store) *models.Directory {
	t.Helper()
	d, err := s.As(models.Everything).Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDirectoryFollows changes records at random and compares the directory
// that is kept up to date with one that is read anew.
func TestDirectoryFollows(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		r := seeded(t)
		w := addWorld(t, s, r, 15, 20, 60)
		for range 60 {
			before := directory(t, s)
			for range 1 + r.IntN(3) {
				err := s.Write(context.Background(), tester, func(tx *Tx) error { return randomChange(tx, r, w) })
				if _, refused := errors.AsType[models.Problems](err); err != nil && !refused && !errors.As(err, new(*Referred)) {
					t.Fatal(err)
				}
			}
			after := directory(t, s)
			if !sameDirectory(after, reloaded(t, s)) {
				t.Fatal("the directory that followed is another than the one that is read anew")
			}
			if after == before && r.IntN(10) == 0 {
				t.Log("nothing changed")
			}
		}
	})
}

// randomChange creates, changes or removes one record.
func randomChange(tx *Tx, r *rand.Rand, w *world) error {
	posts, err := WithParts[models.Posting](tx.Reader, "")
	if err != nil {
		return err
	}
	held, err := All[models.Assignment](tx.Reader, "id")
	if err != nil {
		return err
	}
	officers, err := All[models.Officer](tx.Reader, "id")
	if err != nil {
		return err
	}
	p, a, o := pick(r, posts), pick(r, held), pick(r, officers)
	switch r.IntN(12) {
	case 0:
		one := randomPosting(r, pick(r, w.agencies))
		return tx.SavePosting(&one)
	case 1:
		one := randomAssignment(r, *p, *o)
		return tx.SaveAssignment(&one)
	case 2:
		o.Name = pick(r, someNames)
		return tx.SaveOfficer(o)
	case 3:
		return tx.RemoveOfficer(o.ID, o.Version)
	case 4:
		return tx.RemovePosting(p.ID, p.Version)
	case 5:
		return tx.RemoveAssignment(a.ID, a.Version)
	case 6: // to another posting
		a.PostingID = p.ID
		return tx.SaveAssignment(a)
	case 7:
		one := randomPosting(r, w.agencies[0])
		one.ID, one.Version, one.Key, one.AgencyID = p.ID, p.Version, p.Key, w.agencies[0].ID
		return tx.SavePosting(&one)
	case 8:
		_, err := tx.HandOver(HandOver{Assignment: a.ID, Version: a.Version, Successor: o.ID, First: a.First + 10, Last: a.First + 12})
		return err
	case 9:
		c := models.ContactPoint{State: pick(r, models.States()), Matter: models.Both, Name: pick(r, someNames)}
		return tx.SaveContactPoint(&c)
	case 10:
		points, err := tx.contactPoints()
		if err != nil || len(points) == 0 {
			return err
		}
		c := pick(r, points)
		return tx.RemoveContactPoint(c.ID, c.Version)
	}
	agency, err := byID[models.Agency](tx.Reader, pick(r, w.agencies).ID)
	if err != nil {
		return err
	}
	agency.Acronym = string('A' + rune(r.IntN(26)))
	return tx.SaveAgency(agency)
}

func TestDirectoryIsKeptUntilItChanges(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		first := directory(t, s)
		if directory(t, s) != first {
			t.Error("another directory, though nothing changed")
		}
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		if directory(t, s) != first {
			t.Error("another directory, though what was saved was there already")
		}
		x.officer.Rank = "kommissarie i Bangkok"
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		if got := directory(t, s).Officer(x.officer.ID).Rank; got != x.officer.Rank {
			t.Errorf("rank is %q in the directory", got)
		}
		if first.Officer(x.officer.ID).Rank != "kommissarie" {
			t.Error("the first directory has changed")
		}
	})
}

func TestDirectoryNoticesOthers(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		here, there := open(t, database), open(t, database)
		x := addSample(t, here)
		if got := directory(t, there).Officer(x.officer.ID); got != x.officer {
			t.Fatalf("got %+v", got)
		}
		x.posting.HostCity = "Chiang Mai"
		write(t, here, func(tx *Tx) error { return tx.SavePosting(&x.posting) })
		if got := directory(t, there).Post(x.posting.ID).HostCity; got != "Chiang Mai" {
			t.Errorf("the other store still sees %s", got)
		}
	})
}

// After a write that touches very much, the whole directory is read.
func TestDirectoryOfLargeWrites(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		directory(t, s)
		write(t, s, func(tx *Tx) error {
			var many []*models.Officer
			for i := range mostTouched + 1 {
				many = append(many, &models.Officer{Key: "o-" + string(rune('a'+i%26)) + x.officer.Key + models.Date(i+1).String(), AgencyID: x.agency.ID, Name: "Anna"})
			}
			return CreateAll(tx, many)
		})
		if !sameDirectory(directory(t, s), reloaded(t, s)) {
			t.Error("another directory than the one that is read anew")
		}
		var rows int
		err := s.View(context.Background(), func(r Reader) error {
			touched, all, err := r.touchedSince(1)
			rows = len(touched)
			if !all {
				t.Error("a large write says what it has touched")
			}
			return err
		})
		if err != nil || rows != 1 {
			t.Errorf("%d nouns touched, %v", rows, err)
		}
	})
}
