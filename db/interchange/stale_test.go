package interchange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"samband/db"
	"samband/models"
)

// A row that is older than its record is shown with what it was, what the file has and
// what there is, and leaves the record as it is unless it is taken.
func TestStaleRows(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		filled(t, s)
		was := kept[models.Posting](t, s, "bangkok")
		changed := was
		changed.Note, changed.HostCity = "ours", "Krung Thep"
		if err := s.Write(context.Background(), db.Local, func(tx *db.Tx) error { return tx.SavePosting(&changed) }); err != nil {
			t.Fatal(err)
		}
		file := fmt.Sprintf("key,host_city,note,closed,version\nbangkok,Bangkok,theirs,2031-01-31,%d\neuropol,The Hague,x,,1\n", was.Version)
		r := taken(t, s, aFile("postings.csv", file), Options{})
		if r.Total() != (Counts{Changed: 1, Stale: 1}) {
			t.Fatalf("it did %+v: %+v", r.Total(), r.Refusals)
		}
		want := []FieldChange{{"host_city", "Krung Thep", "Bangkok", "Bangkok", true}, {"closed", "", "2031-01-31", "", true}, {"note", "ours", "theirs", was.Note, true}}
		if got := r.Rows[0]; got.Outcome != Stale || !slices.Equal(got.Fields, want) {
			t.Errorf("the row is %+v, want %+v", got, want)
		}
		if now := kept[models.Posting](t, s, "bangkok"); now.Note != "ours" || now.Closed != models.Forever {
			t.Errorf("it is now %+v", now)
		}
		r = taken(t, s, aFile("postings.csv", file), Options{Take: map[string]bool{"posting bangkok": true}})
		if now := kept[models.Posting](t, s, "bangkok"); r.Total() != (Counts{Changed: 1, Unchanged: 1}) || now.Note != "theirs" || now.HostCity != "Krung Thep" || now.Closed.String() != "2031-01-31" {
			t.Errorf("it did %+v, and the record is %+v", r.Total(), now)
		}
	})
}

// An import is taken back record by record: what somebody has changed since is kept, and
// the revert can be taken back as well.
func TestRevert(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		ctx := context.Background()
		filled(t, s)
		var done db.Import
		carryOut := func(name, text string) db.Import {
			t.Helper()
			im := db.NewImport(0, name, nil)
			taken(t, s, aFile(name, text), Options{Then: func(tx *db.Tx, r Report) error { im.Added = 1; return tx.Applied(im, r.Begun) }})
			im, err := s.KeptImport(ctx, 0, im.ID)
			if err != nil || im.Applied == "" {
				t.Fatal(im, err)
			}
			return im
		}
		done = carryOut("officers.csv", "key,agency,name\no-1,se-police,One\no-2,fi-customs,Two\no-3,se-police,Three\no-4,se-police,Four\n")
		carryOut("assignments.csv", "key,officer,posting,first_day,last_day\na-9,o-4,bangkok,2014-01-01,2014-12-31\n")
		touched := kept[models.Officer](t, s, "o-2")
		touched.Rank = "touched"
		if err := s.Write(ctx, db.Local, func(tx *db.Tx) error { return tx.SaveOfficer(&touched) }); err != nil {
			t.Fatal(err)
		}
		back, all, err := s.RevertImport(ctx, db.Local, done)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, r := range all {
			got[r.Row.Name] = r.Outcome
		}
		if len(got) != 4 || got["One"] != db.Reversed || got["Two"] != db.Kept || got["Three"] != db.Reversed || got["Four"] != db.Failed || back.Changed != 2 || back.LeftOut != 2 {
			t.Errorf("it did %+v, %+v", got, back)
		}
		if o := kept[models.Officer](t, s, "o-1"); o.Name != "Åse Lindqvist" {
			t.Errorf("the officer is %+v", o)
		}
		again, err := s.KeptImport(ctx, 0, back.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, all, err = s.RevertImport(ctx, db.Local, again); err != nil || len(all) != 2 || all[0].Outcome != db.Reversed || all[1].Outcome != db.Reversed {
			t.Errorf("taken back again: %+v, %v", all, err)
		}
		if o := kept[models.Officer](t, s, "o-3"); o.Name != "Three" || kept[models.Officer](t, s, "o-1").Name != "One" {
			t.Errorf("the officer is %+v", o)
		}
	})
}

// Whoever may not change a record, and is not told all of it, learns nothing from a
// comparison, and changes nothing.
func TestImportWithRights(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		filled(t, s)
		actor := db.Actor{Name: "se", Rights: models.ParseRights("coordinator:SE")}
		for name, c := range map[string]struct {
			file, text string
			want       Counts
		}{
			"one's own":                        {"officers.csv", "key,rank\no-1,Captain\n", Counts{Changed: 1}},
			"another's, as it is":              {"postings.csv", "key,host_city\neuropol,The Hague\n", Counts{Unchanged: 1}},
			"another's":                        {"postings.csv", "key,host_city\neuropol,Hague\n", Counts{Refused: 1}},
			"a hidden name, guessed right":     {"officers.csv", "key,name\no-2,Elina\n", Counts{Unchanged: 1}},
			"a hidden name, guessed wrong":     {"officers.csv", "key,name\no-2,Elisa\n", Counts{Unchanged: 1}},
			"a hidden officer of another's":    {"assignments.csv", "key,officer,posting,first_day\na-7,o-2,bangkok,2020-01-01\n", Counts{Refused: 1}},
			"something new of another's":       {"postings.csv", "key,agency,host_country,host_city,opened\nx,fi-customs,FR,Paris,2020-01-01\n", Counts{Refused: 1}},
			"one's own that becomes another's": {"officers.csv", "key,agency\no-1,fi-customs\n", Counts{Refused: 1}},
			"an agency":                        {"agencies.csv", "key,name\nse-police,Polisen\n", Counts{Refused: 1}},
		} {
			r, err := ImportUpload(context.Background(), s, actor, aFile(c.file, c.text), Options{DryRun: true, Changes: true})
			if err != nil || r.Total() != c.want {
				t.Errorf("%s: it would do %+v, %+v, %v", name, r.Total(), r.Refusals, err)
			}
			for _, m := range r.Missing {
				if m.Key == "europol" || m.Key == "o-2" || m.Key == "a-2" {
					t.Errorf("%s: %q is missing for somebody whose it is not", name, m.Key)
				}
			}
		}
	})
}

// What a preview tells is what an import does, and it keeps nothing.
func TestPreview(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		ctx := context.Background()
		filled(t, s)
		u := aFile("postings.csv", "key,closed\nbangkok,2020-12-31\neuropol,2019-01-01\n")
		r, draft, err := Preview(ctx, s, db.Local, u, Options{Changes: true})
		if err != nil || r.Total() != (Counts{Changed: 1, Refused: 1}) || len(draft.Posts()) != 1 {
			t.Fatalf("it would do %+v, %+v, %v", r.Total(), draft.Posts(), err)
		}
		if now, _ := s.Revision(ctx); now != r.Revision {
			t.Errorf("the revision was %d, and is %d", r.Revision, now)
		}
		filledAgain := aFile("officers.csv", "key,rank\no-1,x\n")
		taken(t, s, filledAgain, Options{})
		if _, err := ImportUpload(ctx, s, db.Local, u, Options{LeaveRefused: true, Revision: r.Revision}); !errors.Is(err, ErrMoved) {
			t.Errorf("at another revision: %v", err)
		}
	})
}
