package db

import (
	"context"
	"errors"
	"strings"
	"testing"

	"samband/models"
)

// remarksOn returns the texts of the remarks on a record, as a scope sees them.
func remarksOn(t *testing.T, s *Store, scope models.Scope, about string, id int64) string {
	t.Helper()
	all, err := s.As(scope).Remarks(context.Background(), about, id)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, r := range all {
		texts = append(texts, r.Text)
	}
	return strings.Join(texts, ", ")
}

func remark(about string, id int64, text string) models.Remark {
	return models.Remark{About: about, RecordID: id, On: date("2026-11-23"), Text: text}
}

func TestWhoMayRemark(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		body := models.GivenBodies()[0].ID
		long, blank := strings.Repeat("å", models.MostRemark), " \n"
		for _, c := range []struct {
			rights string
			r      models.Remark
			want   error
		}{
			{"coordinator:SE", remark("posting", x.posting.ID, long), nil},
			{"coordinator:SE", remark("officer", x.officer.ID, "good"), nil},
			{"coordinator:SE", remark("body", body, "good"), ErrForbidden},
			{"coordinator:all", remark("body", body, "good"), nil},
			{"coordinator:DK", remark("posting", x.posting.ID, "foreign"), ErrForbidden},
			{"coordinator:DK", remark("officer", x.officer.ID, "foreign"), ErrForbidden},
			{"partner:SE", remark("posting", x.posting.ID, "reader"), ErrForbidden},
			{"coordinator:all", remark("posting", x.posting.ID, long+"å"), models.Problems{}},
			{"coordinator:all", remark("posting", x.posting.ID, blank), models.Problems{}},
			{"coordinator:all", remark("posting", 4711, "nowhere"), models.Problems{}},
			{"coordinator:all", remark("account", 1, "nothing to remark on"), models.Problems{}},
		} {
			err := s.Write(context.Background(), Actor{Account: 99, Rights: models.ParseRights(c.rights)}, func(tx *Tx) error { return tx.SaveRemark(&c.r) })
			var ps models.Problems
			if _, refused := c.want.(models.Problems); refused && errors.As(err, &ps) || !refused && errors.Is(err, c.want) {
				continue
			}
			t.Errorf("%s on %s %.9q: %v, want %T", c.rights, c.r.About, c.r.Text, err, c.want)
		}
		sound(t, s)
	})
}

func TestRemarksAreRemovedAndComeBack(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addSample(t, s), context.Background()
		author := addAccount(t, s, "author@example.org", "coordinator:SE")
		as := func(rights string, f func(*Tx) error) error {
			return s.Write(ctx, Actor{Account: author.ID, Rights: models.ParseRights(rights)}, f)
		}
		before := revision(t, s)
		r := remark("posting", x.posting.ID, "first")
		if err := as("coordinator:SE", func(tx *Tx) error { return tx.SaveRemark(&r) }); err != nil {
			t.Fatal(err)
		}
		again := r
		again.Text = "changed"
		if err := as("coordinator:SE", func(tx *Tx) error { return tx.SaveRemark(&again) }); !errors.Is(err, ErrForbidden) {
			t.Errorf("a remark is changed: %v", err)
		}
		if err := s.Write(ctx, Actor{Account: author.ID + 1, Rights: models.ParseRights("coordinator:DK")}, func(tx *Tx) error { return tx.RemoveRemark(r.ID) }); !errors.Is(err, ErrForbidden) {
			t.Errorf("somebody else removes it: %v", err)
		}
		if err := as("partner:SE", func(tx *Tx) error { return tx.RemoveRemark(r.ID) }); err != nil {
			t.Errorf("its author may not remove it: %v", err)
		}
		if got := remarksOn(t, s, models.Everything, "posting", x.posting.ID); got != "" {
			t.Errorf("there is %q", got)
		}
		write(t, s, func(tx *Tx) error { return tx.Undo(lastChange(t, s).ID) })
		all, err := s.As(models.Everything).Remarks(ctx, "posting", x.posting.ID)
		if err != nil || len(all) != 1 || all[0].By != author.Email || all[0].Text != "first" {
			t.Errorf("taken back there is %+v, %v", all, err)
		}
		if now := revision(t, s); now != before {
			t.Errorf("the directory has gone from revision %d to %d", before, now)
		}
		write(t, s, func(tx *Tx) error { return tx.RemoveAssignment(x.assignment.ID, x.assignment.Version) })
		write(t, s, func(tx *Tx) error { return tx.RemovePosting(x.posting.ID, x.posting.Version) })
		if n := strings.Count(dump(t, s, "remarks"), "first"); n != 0 {
			t.Errorf("the posting is gone, and %d remarks stay", n)
		}
		write(t, s, func(tx *Tx) error { return tx.Undo(lastChange(t, s).ID) })
		if got := remarksOn(t, s, models.Everything, "posting", x.posting.ID); got != "first" {
			t.Errorf("with the posting %q has come back", got)
		}
		sound(t, s)
	})
}

func TestRemarksAreToldAsNotesAre(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		for about, id := range map[string]int64{"posting": x.posting.ID, "officer": x.officer.ID} {
			r := remark(about, id, "kanarie")
			write(t, s, func(tx *Tx) error { return tx.SaveRemark(&r) })
			partner := models.ParseRights("partner:FI").Scope()
			if got := remarksOn(t, s, partner, about, id); got != "kanarie" {
				t.Errorf("on the %s a reader finds %q", about, got)
			}
			x.posting.Restricted, x.officer.Masked = about == "posting", about == "officer"
			write(t, s, func(tx *Tx) error { return errors.Join(tx.SavePosting(&x.posting), tx.SaveOfficer(&x.officer)) })
			if got := remarksOn(t, s, partner, about, id); got != "" {
				t.Errorf("hidden, the %s tells %q", about, got)
			}
			rights := models.ParseRights("auditor:all")
			rows, err := s.As(rights.Scope()).Trail(context.Background(), rights, TrailFilter{Noun: "remark"}, 10)
			if err != nil || len(rows) == 0 {
				t.Fatal(rows, err)
			}
			for _, f := range rows[0].Fields {
				if rows[0].Name != "" || f.New == "kanarie" {
					t.Errorf("the trail tells of a remark on a hidden %s: %+v", about, rows[0])
				}
			}
		}
	})
}

func TestErasingSilencesRemarks(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		on, naming, other, gone := remark("officer", x.officer.ID, "kanarie one"), remark("posting", x.posting.ID, "Ask Lindqvist, kanarie two"),
			remark("posting", x.posting.ID, "stays"), remark("officer", x.officer.ID, "kanarie three")
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.SaveRemark(&on), tx.SaveRemark(&naming), tx.SaveRemark(&other), tx.SaveRemark(&gone))
		})
		row := lastChange(t, s).ID
		write(t, s, func(tx *Tx) error { return tx.RemoveRemark(gone.ID) })
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		if all := dump(t, s); strings.Contains(all, "kanarie") || strings.Contains(all, "Lindqvist") {
			t.Error("what was said of the officer is still there")
		}
		if got := remarksOn(t, s, models.Everything, "posting", x.posting.ID); got != "stays, –" {
			t.Errorf("on the posting there is %q", got)
		}
		if got := remarksOn(t, s, models.Everything, "officer", x.officer.ID); got != "" {
			t.Errorf("on the officer there is %q", got)
		}
		since := &Overtaken{}
		if err := s.Write(context.Background(), tester, func(tx *Tx) error { return tx.Undo(row) }); !errors.Is(err, ErrErased) && !errors.As(err, &since) {
			t.Errorf("what was erased comes back: %v", err)
		}
		sound(t, s)
	})
}
