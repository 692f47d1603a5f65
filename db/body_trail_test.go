package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"samband/models"
)

// Bodies that every database has are not in the trail until they change, and yet
// the trail vouches for them.
func TestTheTrailVouchesForGivenBodies(t *testing.T) {
	t.Parallel()
	unodc := func() *models.Body { return models.GivenBodies()[3] }
	for name, c := range map[string]struct {
		change   func(*Tx) error // by the program
		tampered string          // "" for nothing
		found    string
	}{
		"as they are": {nil, "", ""},
		"changed":     {func(tx *Tx) error { b := unodc(); b.Note = "x"; return tx.SaveBody(b) }, "", ""},
		"removed":     {func(tx *Tx) error { return tx.RemoveBody(-4, 1) }, "", ""},
		"changed and removed": {func(tx *Tx) error {
			b := unodc()
			b.Note = "x"
			return errors.Join(tx.SaveBody(b), tx.RemoveBody(-4, 2))
		}, "", ""},
		"with a part":              {func(tx *Tx) error { b := unodc().Renamed(date("2002-10-01"), "N", "", ""); return tx.SaveBody(&b) }, "", ""},
		"renamed by hand":          {nil, "UPDATE bodies SET name = 'x' WHERE key = 'unodc'", "body -4"},
		"removed by hand":          {nil, "DELETE FROM bodies WHERE key = 'unodc'", "body -4"},
		"renamed after a change":   {func(tx *Tx) error { b := unodc(); b.Note = "x"; return tx.SaveBody(b) }, "UPDATE bodies SET name = 'x' WHERE key = 'unodc'", "body -4"},
		"given a chair by hand":    {nil, "INSERT INTO chairs VALUES (99999, -4, 'SE', '2020-01-01', '2020-12-31')", "body -4"},
		"given a member by hand":   {nil, "INSERT INTO body_members VALUES (99999, -5, 'SE', 'member', '2020-01-01', '2020-12-31')", "body -5"},
		"put back after a removal": {func(tx *Tx) error { return tx.RemoveBody(-4, 1) }, "INSERT INTO bodies SELECT -4, 1, 'unodc', parent, kind, 'UNODC', name_en, acronym, 'AT', 'Vienna', founded, ended, mandate_until, legal_basis, areas, note FROM bodies WHERE key = 'europol'", "body -4"},
		"another one made by hand": {nil, "INSERT INTO bodies SELECT -40, 1, 'x', parent, kind, name, name_en, acronym, hq_country, hq_city, founded, ended, mandate_until, legal_basis, areas, note FROM bodies WHERE key = 'europol'", "body -40"},
		"an older version by hand": {func(tx *Tx) error { b := unodc(); b.Note = "x"; return tx.SaveBody(b) }, "UPDATE bodies SET note = '', version = 1 WHERE key = 'unodc'", "body -4"},
	} {
		t.Run(name, func(t *testing.T) {
			stores(t, func(t *testing.T, s *Store) {
				if c.change != nil {
					write(t, s, c.change)
				}
				if c.tampered != "" {
					raw(t, s, c.tampered)
				}
				err := verified(t, s).Err()
				if (err != nil) != (c.found != "") || err != nil && !strings.Contains(err.Error(), c.found) {
					t.Errorf("found is %v, want %q", err, c.found)
				}
			})
		})
	}
}

// A change of a body is undone from the trail, its parts too.
func TestUndoingABody(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx, v := addHall(t, s), context.Background(), s.As(models.Everything)
		europol := models.GivenBodies()[0]
		europol.NameEn = "European Police Office"
		x.board.Members, x.board.Name = nil, "Task Force"
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveBody(europol), tx.SaveBody(&x.board)) })
		for _, c := range []struct {
			of     models.Body
			field  string
			undone func(*models.Body) bool
		}{
			{*europol, "name_en", func(b *models.Body) bool { return b.NameEn == "" && b.Name == "Europol" }},
			{x.board, "name", func(b *models.Body) bool { return b.Name == "Baltic Sea Task Force" && len(b.Members) == 0 }},
			{x.board, "body_members", func(b *models.Body) bool {
				return b.Name == "Task Force" && len(b.Members) == 1 && b.Members[0].Country == "SE"
			}},
		} {
			b, err := Undone(ctx, v, c.of, lastRow(t, s, "body", c.of.ID), c.field)
			if err != nil || !c.undone(b) {
				t.Errorf("%s of %s undone is %+v, %v", c.field, c.of.Key, b, err)
				continue
			}
			err = s.Write(ctx, tester, func(tx *Tx) error { return errors.Join(tx.SaveBody(b), errDiscard) })
			if !errors.Is(err, errDiscard) || errors.As(err, new(models.Problems)) {
				t.Errorf("%s of %s undone is not kept: %v", c.field, c.of.Key, err)
			}
		}
	})
}

// What was known on an earlier day: bodies that were made since are not there,
// given ones are, as they were.
func TestBodiesAsKnown(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		clock := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		s.now = func() time.Time { return clock }
		write(t, s, func(tx *Tx) error { // the record begins
			return tx.SaveContactPoint(&models.ContactPoint{State: "IS", Matter: "both", Name: "NCP"})
		})
		clock = clock.Add(48 * time.Hour)
		y := addHall(t, s)
		clock = clock.Add(48 * time.Hour)
		europol := models.GivenBodies()[0]
		europol.Name = "EUROPOL"
		y.board.Name, y.board.Members = "Task Force", nil
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.SaveBody(europol), tx.RemoveBody(-8, 1), tx.SaveBody(&y.board), tx.RemoveProject(y.project.ID, 1))
		})
		known := func(at time.Time) string {
			v := mustKnow(t, s.As(models.Everything), at)
			d := directoryOf(t, v)
			told := ""
			for _, key := range []models.BodyKey{"europol", "wco", "bstf"} {
				if b := d.Body(key); b != nil {
					told += fmt.Sprint(b.Name, " ", len(b.Members), ", ")
				}
			}
			for row, err := range v.EachPosting(context.Background(), Filter{Seating: models.Seat}, Order{}) {
				if err != nil {
					t.Fatal(err)
				}
				told += fmt.Sprint(row.Key, " in ", row.Body.Name, ", ")
			}
			return told + fmt.Sprint(len(d.Bodies()), " ", len(d.Projects()))
		}
		for _, c := range []struct {
			before time.Time
			want   string
		}{
			{clock.Add(-24 * time.Hour * 3), "Europol 0, World Customs Organization 0, 10 0"},
			{clock.Add(-24 * time.Hour), "Europol 0, World Customs Organization 0, Baltic Sea Task Force 1, seat in Operative Committee, 12 1"},
			{clock.Add(time.Hour), "EUROPOL 0, Task Force 0, seat in Operative Committee, 11 0"},
		} {
			if got := known(c.before); got != c.want {
				t.Errorf("before %s known are %s; want %s", c.before, got, c.want)
			}
		}
		sound(t, s)
	})
}
