package interchange

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// keepFaults gives a store what it may hold from before it was refused: the
// posting bangkok without its sending state in customs matters, and an officer
// who holds it twice at once.
func keepFaults(t *testing.T, s *db.Store) (bangkok models.Posting, twice [2]models.Assignment) {
	t.Helper()
	imported(t, s, folder(t, aPackage()), Options{})
	write(t, s, func(tx *db.Tx) error {
		found, err := db.WithParts[models.Posting](tx.Reader, "")
		if err != nil {
			return err
		}
		old := found[slices.IndexFunc(found, func(p *models.Posting) bool { return p.Key == "bangkok" })]
		one := *old
		one.Representations = slices.DeleteFunc(slices.Clone(old.Representations), func(r models.Representation) bool { return r.State == models.Sweden })
		one.Representations = append(one.Representations, models.Representation{State: models.Sweden, Matter: models.Police, Period: period("2010-01-01")})
		if err := db.UpdateAll(tx, []*models.Posting{old}, []*models.Posting{&one}); err != nil {
			return err
		}
		bangkok = one
		all, err := db.All[models.Assignment](tx.Reader)
		if err != nil {
			return err
		}
		first := all[slices.IndexFunc(all, func(a *models.Assignment) bool { return a.Key == "a-1" })]
		again := models.Assignment{Key: "a-again", OfficerID: first.OfficerID, PostingID: one.ID, Period: period("2012-02-29/2013-12-31")}
		twice = [2]models.Assignment{*first, again}
		err = db.CreateAll(tx, []*models.Assignment{&again})
		twice[1] = again
		return err
	})
	return bangkok, twice
}

// What was stored before it was refused is a finding, is exported and imported
// unchanged, and is refused when it is saved, unless the save mends it.
func TestKeptFaults(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		bangkok, twice := keepFaults(t, s)
		d := directory(t, s)
		var found []string
		for _, f := range d.Findings(date("2026-11-23"), models.DefaultLimits) {
			if f.Kind == models.SendingState || f.Kind == models.HeldTwice {
				found = append(found, fmt.Sprint(f.Kind, " ", f.Days.First, " ", f.Days.Last))
			}
		}
		if got, want := strings.Join(found, ", "), "sending_state 2010-01-01 9999-12-31, held_twice 2012-02-29 2012-02-29"; got != want {
			t.Errorf("found is %s, want %s", got, want)
		}
		out := filepath.Join(t.TempDir(), "out")
		if err := Export(context.Background(), s, db.Local, out, true); err != nil {
			t.Fatal(err)
		}
		if got := imported(t, s, out, Options{}); got.Total().New+got.Total().Changed+got.Refused > 0 {
			t.Errorf("its own export: %+v", got)
		}
		save := func(f func(tx *db.Tx) error) string {
			err := s.Write(context.Background(), tester, func(tx *db.Tx) error {
				if err := f(tx); err != nil {
					return err
				}
				return errDiscard
			})
			if errors.Is(err, errDiscard) {
				return ""
			}
			return err.Error()
		}
		for name, c := range map[string]struct {
			save func(tx *db.Tx) error
			want string
		}{
			"the posting, with another note": {func(tx *db.Tx) error { p := bangkok; p.Note = "new"; return tx.SavePosting(&p) }, "representations: problem.sending_state"},
			"the posting, mended": {func(tx *db.Tx) error {
				p := bangkok
				p.Representations = slices.Clone(p.Representations)
				for i := range p.Representations {
					p.Representations[i].Matter = models.Both
				}
				return tx.SavePosting(&p)
			}, ""},
			"the first, with another note": {func(tx *db.Tx) error { a := twice[0]; a.Note = "new"; return tx.SaveAssignment(&a) }, "officer: problem.held_twice"},
			"the second, ended too":        {func(tx *db.Tx) error { _, err := tx.EndAssignment(twice[1].ID, 1, date("2012-12-31"), "x"); return err }, "last_day: problem.held_twice"},
			"the first, ended in time":     {func(tx *db.Tx) error { _, err := tx.EndAssignment(twice[0].ID, 1, date("2012-02-28"), "x"); return err }, ""},
			"the second, removed":          {func(tx *db.Tx) error { return tx.RemoveAssignment(twice[1].ID, 1) }, ""},
			"an assignment that is not at fault": {func(tx *db.Tx) error {
				return tx.SaveAssignment(&models.Assignment{OfficerID: twice[0].OfficerID, PostingID: bangkok.ID, Period: period("2020-01-01")})
			}, ""},
			"the agency, of the same state": {func(tx *db.Tx) error {
				all, err := db.All[models.Agency](tx.Reader)
				if err != nil {
					return err
				}
				a := all[slices.IndexFunc(all, func(a *models.Agency) bool { return a.ID == bangkok.AgencyID })]
				a.Name = "renamed"
				return tx.SaveAgency(a)
			}, ""},
		} {
			if got := save(c.save); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	})
}

// The same goes for steps: those that mend a fault are accepted.
func TestKeptFaultsInPlans(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	bangkok, twice := keepFaults(t, s)
	for name, c := range map[string]struct {
		steps []models.Step
		want  string
	}{
		"close the posting":        {[]models.Step{{Act: models.Close, Posting: bangkok.ID, Last: date("2030-01-01")}}, "representations: problem.sending_state"},
		"represent it":             {[]models.Step{{Act: models.Represent, Posting: bangkok.ID, State: models.Sweden, Matter: models.Customs, First: bangkok.Opened}}, ""},
		"take off what is there":   {[]models.Step{{Act: models.Unrepresent, Posting: bangkok.ID, State: models.Sweden, Matter: models.Both, First: date("2026-01-01")}}, "representations: problem.sending_state, representations: problem.sending_state"},
		"move the second a day":    {[]models.Step{{Act: models.Move, Assignment: twice[1].ID, First: twice[1].First + 1}}, ""},
		"move the second, within":  {[]models.Step{{Act: models.Move, Assignment: twice[1].ID, First: twice[1].First - 9}}, "last_day: problem.held_twice"},
		"a third at the same time": {[]models.Step{{Act: models.Assign, Posting: bangkok.ID, Officer: twice[0].OfficerID, First: date("2013-12-31")}}, "officer: problem.held_twice"},
	} {
		_, problems := models.Try(directory(t, s), c.steps)
		got := ""
		if len(problems) > 0 {
			got = problems.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		revision, err := s.Revision(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if c.want == "" {
			continue
		}
		if _, err := s.CarryOut(context.Background(), tester, revision, c.steps, 0); err == nil || err.Error() != c.want {
			t.Errorf("%s, carried out: %v", name, err)
		}
	}
}

// refusalsOf imports files into a store and returns what was refused.
func refusalsOf(t *testing.T, s *db.Store, files map[string]string) []string {
	t.Helper()
	got := []string{}
	for _, r := range imported(t, s, folder(t, files), Options{}).Refusals {
		got = append(got, fmt.Sprintf("%s:%d: %s: %s", r.File, r.Line, r.Column, r.Reason.Key))
	}
	return got
}

// A new posting gets its sending state for its whole life in each matter in
// which its rows do not name that state.
func TestImportAddsTheSendingState(t *testing.T) {
	t.Parallel()
	const head = "posting,state,matter,first_day,last_day,agreement\n"
	for name, c := range map[string]struct{ rows, want, refused string }{
		"police":                            {"europol,FI,customs,,,", "FI customs 2010-01-01 9999-12-31, FI police 2010-01-01 9999-12-31", ""},
		"customs":                           {"europol,FI,police,2010-01-01,2029-12-31,", "FI customs 2010-01-01 9999-12-31, FI police 2010-01-01 2029-12-31", ""},
		"both":                              {"europol,SE,police,,,", "FI both 2010-01-01 9999-12-31, SE police 2010-01-01 9999-12-31", ""},
		"nothing":                           {"europol,FI,both,,2019-12-31,\neuropol,FI,both,2020-01-01,,", "FI both 2010-01-01 2019-12-31, FI both 2020-01-01 9999-12-31", ""},
		"a matter on some days":             {"europol,SE,both,,,\neuropol,FI,customs,,2015-12-31,", "", "representations.csv:3: state: problem.sending_state"},
		"one on some days, the other never": {"europol,FI,police,,,\neuropol,FI,customs,2010-01-02,,", "", "representations.csv:3: state: problem.sending_state"},
		"one matter after the other":        {"europol,FI,both,,2015-12-31,\neuropol,FI,police,2016-01-01,,", "", "representations.csv:2: state: problem.sending_state"},
	} {
		s, files := onSQLite(t), aPackage()
		files["representations.csv"] = head + c.rows + "\n"
		refused := refusalsOf(t, s, files)
		if got := strings.Join(refused, ", "); got != c.refused {
			t.Errorf("%s: refused %q, want %q", name, got, c.refused)
		}
		if c.refused != "" {
			continue
		}
		var rows []string
		for _, r := range directory(t, s).PostNamed("europol").Representations {
			rows = append(rows, fmt.Sprint(r.State, " ", r.Matter, " ", r.First, " ", r.Last))
		}
		if got := strings.Join(rows, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		out := filepath.Join(t.TempDir(), "out")
		if err := Export(context.Background(), s, db.Local, out, true); err != nil {
			t.Fatal(err)
		}
		if got := imported(t, s, out, Options{}); got.Total().New+got.Total().Changed+got.Refused > 0 {
			t.Errorf("%s: its own export: %+v", name, got)
		}
	}
}

// The sending state cannot be removed from an existing posting.
func TestImportRefusesToTakeOffTheSendingState(t *testing.T) {
	t.Parallel()
	const representations = "posting,state,matter,first_day,last_day,agreement\n"
	pack := aPackage()
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"in one matter":           {"representations.csv", representations + "bangkok,SE,police,2010-01-01,,\n", []string{"representations.csv:2: state: problem.sending_state"}},
		"in one, from a day":      {"representations.csv", representations + "bangkok,DK,both,2010-01-01,,\nbangkok,SE,both,2010-01-01,2020-12-31,\nbangkok,SE,customs,2021-01-01,,\n", []string{"representations.csv:3: state: problem.sending_state"}},
		"not at all: in two rows": {"representations.csv", representations + "bangkok,SE,police,2010-01-01,,\nbangkok,SE,customs,2010-01-01,,\n", []string{}},
		"by another agency":       {"postings.csv", strings.Replace(pack["postings.csv"], "europol,fi-customs", "europol,se-police", 1), []string{"postings.csv:3: agency: problem.sending_state"}},
		"by an earlier opening":   {"postings.csv", strings.Replace(pack["postings.csv"], "europol,2010-01-01", "europol,2009-12-31", 1), []string{"postings.csv:3: opened: problem.sending_state"}},
		"by its agency's state":   {"agencies.csv", strings.Replace(pack["agencies.csv"], "FI,", "NO,", 1), []string{"agencies.csv:3: country: problem.sending_state_of"}},
	} {
		s := onSQLite(t)
		imported(t, s, folder(t, pack), Options{})
		if got := refusalsOf(t, s, map[string]string{c.file: c.text}); !slices.Equal(got, c.want) {
			t.Errorf("%s: refused %q, want %q", name, got, c.want)
		}
	}
}

// An officer holds a posting only once at a time, whether the other assignment
// is in the directory or in the package.
func TestImportRefusesOneOfficerTwice(t *testing.T) {
	t.Parallel()
	const head = "key,officer,posting,first_day,last_day,planned_last_day,end_reason,note\n"
	const a1 = "a-1,o-1,bangkok,2010-01-01,2012-02-29,2011-12-31,extended,\n"
	for name, c := range map[string]struct {
		rows string
		want []string
	}{
		"over one that is there":          {"a-3,o-1,bangkok,2012-02-29,2014-01-01,,,\n", []string{"assignments.csv:2: officer: problem.held_twice"}},
		"around one that is there":        {"a-3,o-1,bangkok,2010-01-01,,,,\n", []string{"assignments.csv:2: officer: problem.held_twice"}},
		"over one that stays as it is":    {"a-3,o-1,bangkok,2010-01-01,,,,\n" + a1, []string{"assignments.csv:2: officer: problem.held_twice"}},
		"over one that makes way":         {"a-3,o-1,bangkok,2012-02-01,,,,\n" + strings.Replace(a1, "2012-02-29", "2012-01-31", 1), []string{}},
		"over one that grows":             {"a-3,o-1,bangkok,2012-03-01,,,,\n" + strings.Replace(a1, "2012-02-29", "2012-03-01", 1), []string{"assignments.csv:3: officer: problem.held_twice"}},
		"over one that goes elsewhere":    {"a-3,o-1,bangkok,2012-02-01,,,,\n" + strings.Replace(a1, "bangkok", "europol", 1), []string{}},
		"over one that becomes another's": {"a-3,o-1,bangkok,2012-02-01,,,,\n" + strings.Replace(a1, "o-1", "o-2", 1), []string{}},
		"over one another in the package": {"a-3,o-1,bangkok,2013-01-01,2013-12-31,,,\na-4,o-1,bangkok,2014-01-01,,,,\na-5,o-1,bangkok,2013-12-31,2013-12-31,,,\n", []string{"assignments.csv:4: officer: problem.held_twice"}},
		"three at once":                   {"a-3,o-1,bangkok,2013-01-01,,,,\na-4,o-1,bangkok,2014-01-01,2014-02-01,,,\na-5,o-1,bangkok,2015-12-31,,,,\n", []string{"assignments.csv:3: officer: problem.held_twice", "assignments.csv:4: officer: problem.held_twice"}},
		"one after another":               {"a-3,o-1,bangkok,2013-01-01,2013-12-31,,,\na-4,o-1,bangkok,2014-01-01,,,,\n", []string{}},
		"in two postings":                 {"a-3,o-1,europol,2010-01-01,,,,\n", []string{}},
	} {
		s := onSQLite(t)
		imported(t, s, folder(t, aPackage()), Options{})
		if got := refusalsOf(t, s, map[string]string{"assignments.csv": head + c.rows}); !slices.Equal(got, c.want) {
			t.Errorf("%s: refused %q, want %q", name, got, c.want)
		}
	}
}

// A directory with faults accepts a package unrelated to them, and refuses one
// that builds on them.
func TestImportOverKeptFaults(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	keepFaults(t, s)
	out := filepath.Join(t.TempDir(), "out")
	if err := Export(context.Background(), s, db.Local, out, true); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	held, postings := read("assignments.csv"), read("postings.csv")
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"another row of the list":  {"assignments.csv", strings.Replace(held, "a-2,o-2,europol,2020-01-01", "a-2,o-2,europol,2021-01-01", 1), []string{}},
		"one of the two":           {"assignments.csv", strings.Replace(held, "2013-12-31", "2014-12-31", 1), []string{"assignments.csv:4: officer: problem.held_twice"}},
		"the posting's own row":    {"postings.csv", strings.Replace(postings, "it is", "it was", 1), []string{"postings.csv:2: key: problem.sending_state"}},
		"another posting's row":    {"postings.csv", strings.Replace(postings, "The Hague", "Den Haag", 1), []string{}},
		"the posting's suspension": {"suspensions.csv", "posting,first_day,last_day,reason\nbangkok,2012-01-01,2012-02-28,Unrest\n", []string{"suspensions.csv:2: posting: problem.sending_state"}},
	} {
		if got := refusalsOf(t, s, map[string]string{c.file: c.text}); !slices.Equal(got, c.want) {
			t.Errorf("%s: refused %q, want %q", name, got, c.want)
		}
	}
}
