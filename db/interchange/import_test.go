package interchange

import (
	"archive/zip"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// aPackage returns a small valid package, for a test to change.
func aPackage() map[string]string {
	return map[string]string{
		"agencies.csv": "key,country,kind,name,name_en,acronym,first_day,last_day\n" +
			"se-police,SE,police,Polismyndigheten,,NOA,2015-01-01,\nfi-customs,FI,customs,Tulli,,,,\n",
		"officers.csv": "key,agency,name,rank,email,phone,languages,masked,note\n" +
			"o-1,se-police,Åse Lindqvist,,ase@example.org,,sv en,,\no-2,fi-customs,Elina,,,,,yes,\n",
		"postings.csv": "key,agency,host_country,host_city,host_organisation,opened,closed,note\n" +
			"bangkok,se-police,TH,Bangkok,,2010-01-01,,\"a \"\"note\"\", it is\"\neuropol,fi-customs,NL,The Hague,europol,2010-01-01,2029-12-31,\n",
		"suspensions.csv":     "posting,first_day,last_day,reason\nbangkok,2012-01-01,2012-02-29,Unrest\n",
		"representations.csv": "posting,state,matter,first_day,last_day,agreement\neuropol,FI,both,2010-01-01,,\n",
		"coverages.csv":       "posting,country,first_day,last_day\nbangkok,VN,2010-01-01,\nbangkok,LA,,2015-12-31\n",
		"assignments.csv": "key,officer,posting,first_day,last_day,planned_last_day,end_reason,note\n" +
			"a-1,o-1,bangkok,2010-01-01,2012-02-29,2011-12-31,extended,\na-2,o-2,europol,2020-01-01,,,,\n",
		"contact_points.csv": "state,matter,name,phone,email,hours\nFI,both,SPOC,,spoc@example.org,24/7\n",
	}
}

func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func imported(t testing.TB, s *db.Store, path string, opts Options) Report {
	t.Helper()
	r, err := Import(context.Background(), s, db.Local, path, opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestImport(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		dir := folder(t, aPackage())
		if got := imported(t, s, dir, Options{DryRun: true}).Total(); got != (Counts{New: 13}) {
			t.Errorf("a dry run would do %+v", got)
		}
		if empty, err := s.Empty(context.Background()); err != nil || !empty {
			t.Errorf("a dry run wrote something, %v", err)
		}
		if got := imported(t, s, dir, Options{}).Total(); got != (Counts{New: 13}) {
			t.Errorf("it did %+v", got)
		}
		revision, _ := s.Revision(context.Background())
		if got := imported(t, s, dir, Options{}).Total(); got != (Counts{Unchanged: 13}) {
			t.Errorf("once more it did %+v", got)
		}
		for _, name := range []string{"out", "out.zip"} {
			out := filepath.Join(t.TempDir(), name)
			if err := Export(context.Background(), s, db.Local, out, true); err != nil {
				t.Fatal(err)
			}
			if got := imported(t, s, out, Options{}).Total(); got.New+got.Changed+got.Refused > 0 || got.Unchanged != 18+len(models.GivenBodies()) {
				t.Errorf("after export to %s it did %+v", name, got)
			}
		}
		if now, _ := s.Revision(context.Background()); now != revision {
			t.Errorf("importing what is there raised the revision")
		}
		d, err := s.As(models.Everything).Directory(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		bangkok := d.PostNamed("bangkok")
		if len(bangkok.Representations) != 5 || len(bangkok.Coverages) != 2 || bangkok.Note != `a "note", it is` {
			t.Errorf("the posting is %+v", bangkok)
		}
	})
}

func TestImportChangesByWhatTellsRowsApart(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		imported(t, s, folder(t, aPackage()), Options{})
		got := imported(t, s, folder(t, map[string]string{
			"coverages.csv":       "posting,country,first_day,last_day\nbangkok,VN,2010-01-01,2020-12-31\nbangkok,VN,2022-01-01,\n",
			"representations.csv": "posting,state,matter,first_day,last_day,agreement\nbangkok,DK,police,2010-01-01,,\n",
			"contact_points.csv":  "state,matter,name,phone,email,hours\nFI,both,Renamed,,,\n",
			"suspensions.csv":     "posting,first_day,last_day,reason\nbangkok,2012-01-01,2012-03-01,Unrest\n",
			"officers.csv":        "key;agency;name;rank;email;phone;languages;masked;note\r\no-1;se-police;Åsa Lindqvist;;;;;;\r\n",
		}), Options{})
		if got.Total() != (Counts{New: 1, Changed: 5}) || got.Refused != 0 {
			t.Errorf("it did %+v", got)
		}
		d, err := s.As(models.Everything).Directory(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		p := d.PostNamed("bangkok")
		if len(p.Coverages) != 3 || len(p.Representations) != 5 || p.Representations[0].Matter != models.Police || len(p.Suspensions) != 1 {
			t.Errorf("the posting is %+v", p.Posting)
		}
		if len(d.Fallback(models.Finland, models.Police)) != 1 {
			t.Error("the contact point was not renamed")
		}
	})
}

// Each package has one thing wrong, which is reported at its file, line and
// column, and nothing is imported.
func TestImportRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file, old, new, want string
	}{
		{"an unknown state", "agencies.csv", "SE,police", "DE,police", "agencies.csv:2: country: problem.state"},
		{"a kind that is none", "agencies.csv", "SE,police", "SE,both", "agencies.csv:2: kind: problem.agency_kind"},
		{"an agency whose last day comes first", "agencies.csv", "2015-01-01,", "2015-01-01,2014-01-01", "agencies.csv:2: last_day: problem.order"},
		{"a day that does not exist", "agencies.csv", "2015-01-01", "2026-02-30", "agencies.csv:2: first_day: problem.date"},
		{"an unknown agency", "officers.csv", "o-1,se-police", "o-1,xx", "officers.csv:2: agency: problem.unknown"},
		{"a name that is missing", "officers.csv", "Elina", " ", "officers.csv:3: name: problem.required"},
		{"neither yes nor no", "officers.csv", "yes", "perhaps", "officers.csv:3: masked: problem.yes_no"},
		{"a key that stands twice", "officers.csv", "o-2", "o-1", "officers.csv:3: key: problem.duplicate"},
		{"a NUL", "officers.csv", "Elina", "Eli\x00na", "officers.csv:3: name: problem.nul"},
		{"bytes that are not UTF-8", "officers.csv", "Elina", "Eli\xe4na", "officers.csv:3: name: problem.utf8"},
		{"a row that is too short", "officers.csv", ",yes,", ",yes", "officers.csv:3: : problem.cells"},
		{"broken quoting", "officers.csv", "Elina", "El\"ina", "officers.csv:3: : problem.quotes"},
		{"an unknown host country", "postings.csv", "TH,", "QQ,", "postings.csv:2: host_country: problem.country"},
		{"an unknown body", "postings.csv", "europol,2010", "nato,2010", "postings.csv:3: host_organisation: problem.body"},
		{"no opening day", "postings.csv", ",2010-01-01,,", ",,,", "postings.csv:2: opened: problem.required"},
		{"a closing before the opening", "postings.csv", "2029-12-31", "2009-12-31", "postings.csv:3: closed: problem.order"},
		{"a coverage before the opening", "coverages.csv", "VN,2010-01-01", "VN,2009-12-31", "coverages.csv:2: first_day: problem.outside_life"},
		{"the host in its own side list", "coverages.csv", "VN,", "TH,", "coverages.csv:2: country: problem.host_as_side"},
		{"a country twice on a day", "coverages.csv", "LA,,2015", "VN,2012-01-01,2015", "coverages.csv:3: country: problem.covered_twice"},
		{"the same coverage twice", "coverages.csv", "LA,,2015-12-31", "VN,,2015-12-31", "coverages.csv:3: country: problem.duplicate"},
		{"an unknown side country", "coverages.csv", "LA,", "EU,", "coverages.csv:3: country: problem.country"},
		{"a coverage of nothing", "coverages.csv", "bangkok,LA", "nowhere,LA", "coverages.csv:3: posting: problem.unknown"},
		{"a representation after the closing", "representations.csv", "2010-01-01,,", "2010-01-01,2030-01-01,", "representations.csv:2: last_day: problem.outside_life"},
		{"the sending state taken off", "representations.csv", "2010-01-01,,", "2010-01-01,2020-01-01,", "representations.csv:2: state: problem.sending_state"},
		{"an unknown represented state", "representations.csv", "FI,both,2010-01-01,,", "FI,both,2010-01-01,,\neuropol,EE,both,2010-01-01,,", "representations.csv:3: state: problem.state"},
		{"a state twice in a matter on a day", "representations.csv", "FI,both,2010-01-01,,", "FI,both,2010-01-01,,\neuropol,FI,police,2012-01-01,,", "representations.csv:3: state: problem.represented_twice"},
		{"a matter that is none", "representations.csv", "both", "taxes", "representations.csv:2: matter: problem.matter"},
		{"a suspension outside the life", "suspensions.csv", "2012-01-01", "2002-01-01", "suspensions.csv:2: first_day: problem.outside_life"},
		{"a last day before the first", "assignments.csv", "2012-02-29", "2009-02-28", "assignments.csv:2: last_day: problem.order"},
		{"no day within the posting's life", "assignments.csv", "2020-01-01,,", "2030-01-01,,", "assignments.csv:3: first_day: problem.outside_life"},
		{"an unknown officer", "assignments.csv", "a-1,o-1", "a-1,o-9", "assignments.csv:2: officer: problem.unknown"},
		{"an unknown posting", "assignments.csv", "o-1,bangkok", "o-1,hanoi", "assignments.csv:2: posting: problem.unknown"},
		{"a 29 February of a common year", "assignments.csv", "2012-02-29", "2011-02-29", "assignments.csv:2: last_day: problem.date"},
		{"a contact point of no state", "contact_points.csv", "FI,", "XX,", "contact_points.csv:2: state: problem.state"},
		{"the same contact point twice", "contact_points.csv", "24/7\n", "24/7\nFI,both,SPOC,,,\n", "contact_points.csv:3: name: problem.duplicate"},
		{"a column that is missing", "officers.csv", ",masked", "", "officers.csv:1: masked: problem.column_missing"},
		{"a column that is unknown", "officers.csv", "masked,", "hidden,", "officers.csv:1: hidden: problem.column_unknown"},
		{"an empty file", "officers.csv", aPackage()["officers.csv"], "", "officers.csv:1: : problem.no_head"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := aPackage()
			if !strings.Contains(files[c.file], c.old) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
			files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
			s := onSQLite(t)
			report := imported(t, s, folder(t, files), Options{})
			var got []string
			for _, r := range report.Refusals {
				got = append(got, fmt.Sprintf("%s:%d: %s: %s", r.File, r.Line, r.Column, r.Reason.Key))
			}
			if !slices.Contains(got, c.want) {
				t.Errorf("refused %q, want %q", got, c.want)
			}
			if empty, err := s.Empty(context.Background()); err != nil || !empty {
				t.Errorf("half of it was imported, %v", err)
			}
		})
	}
}

func TestImportRefusesWhatBreaksRecordsThatAreThere(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	imported(t, s, folder(t, aPackage()), Options{})
	for name, c := range map[string]struct{ file, text, want string }{
		"a closing before an assignment": {"postings.csv", strings.Replace(aPackage()["postings.csv"], "2029-12-31", "2015-12-31", 1), "postings.csv:3: closed: problem.assignment_outside"},
		"a new sending state":            {"agencies.csv", strings.Replace(aPackage()["agencies.csv"], "FI,", "NO,", 1), "agencies.csv:3: country: problem.sending_state_of"},
	} {
		files := map[string]string{c.file: c.text}
		report := imported(t, s, folder(t, files), Options{})
		var got []string
		for _, r := range report.Refusals {
			got = append(got, fmt.Sprintf("%s:%d: %s: %s", r.File, r.Line, r.Column, r.Reason.Key))
		}
		if !slices.Contains(got, c.want) {
			t.Errorf("%s: refused %q, want %q", name, got, c.want)
		}
	}
}

func TestImportReadsVariants(t *testing.T) {
	t.Parallel()
	for name, vary := range map[string]func(string) string{
		"a byte order mark":   func(s string) string { return "\uFEFF" + s },
		"CRLF":                func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"no end of last line": func(s string) string { return strings.TrimSuffix(s, "\n") },
	} {
		files := aPackage()
		for name, text := range files {
			files[name] = vary(text)
		}
		if got := imported(t, onSQLite(t), folder(t, files), Options{}).Total(); got != (Counts{New: 13}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	tabs := map[string]string{"agencies.csv": "name\tkey\tcountry\tkind\tname_en\tacronym\tfirst_day\tlast_day\nA\t se-police \tse\tPolice\t\t\t\t\n"}
	if got := imported(t, onSQLite(t), folder(t, tabs), Options{}).Total(); got != (Counts{New: 1}) {
		t.Errorf("tabs: %+v", got)
	}
}

func TestImportReadsZips(t *testing.T) {
	t.Parallel()
	for name, prefix := range map[string]string{"at the top": "", "in a folder": "package/"} {
		path := filepath.Join(t.TempDir(), "p.zip")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		z := zip.NewWriter(f)
		for name, text := range aPackage() {
			w, err := z.Create(prefix + name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		f.Close()
		if got := imported(t, onSQLite(t), path, Options{}).Total(); got != (Counts{New: 13}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestImportOfNoPackage(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	for name, path := range map[string]string{
		"nothing there": filepath.Join(t.TempDir(), "none"), "an empty folder": t.TempDir(),
		"a file that is no zip": filepath.Join(folder(t, map[string]string{"a.zip": "x"}), "a.zip"),
	} {
		if _, err := Import(context.Background(), s, db.Local, path, Options{}); err == nil {
			t.Errorf("%s was imported", name)
		}
	}
	if r := imported(t, s, folder(t, map[string]string{"officer.csv": "x"}), Options{}); r.Refused != 1 || r.Refusals[0].Reason.Key != "problem.file_unknown" {
		t.Errorf("an unknown file: %+v", r)
	}
}

func TestDryRunTellsEachRow(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	files := aPackage()
	imported(t, s, folder(t, files), Options{})
	files["officers.csv"] = strings.Replace(files["officers.csv"], "Elina", "Eliina", 1) + "o-3,xx,C,,,,,,\n"
	got := map[string]Outcome{}
	imported(t, s, folder(t, files), Options{DryRun: true, Row: func(file string, line int, key string, o Outcome) {
		got[fmt.Sprintf("%s:%d %s", file, line, key)] = o
	}})
	for row, want := range map[string]Outcome{"officers.csv:2 o-1": Unchanged, "officers.csv:3 o-2": Changed, "officers.csv:4 o-3": Refused,
		"coverages.csv:2 bangkok": Unchanged} {
		if got[row] != want {
			t.Errorf("%s is %s, want %s; all: %v", row, got[row], want, slices.Sorted(maps.Keys(got)))
		}
	}
}

func TestDemo(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		today, _ := models.ParseDate("2028-02-29")
		if err := FillDemo(context.Background(), s, db.Local, today); err != nil {
			t.Fatal(err)
		}
		if err := FillDemo(context.Background(), s, db.Local, today); err == nil {
			t.Error("it was filled twice")
		}
		d, err := s.As(models.Everything).Directory(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		statuses, kinds := map[models.Status]int{}, map[models.FindingKind]int{}
		for _, p := range d.Posts() {
			statuses[p.StatusOn(today)]++
		}
		for _, f := range d.Findings(today, models.DefaultLimits) {
			for _, kind := range models.FindingKinds() {
				if f.Is(kind) {
					kinds[kind]++
				}
			}
		}
		for _, status := range models.Statuses() {
			if statuses[status] == 0 {
				t.Errorf("no posting is %s", status)
			}
		}
		for _, kind := range models.FindingKinds() {
			if kinds[kind] == 0 && !slices.Contains([]models.FindingKind{models.NordicHost, models.BeyondLife, models.HeldTwice, models.SendingState}, kind) { // by mistake, or refused
				t.Errorf("there is no %s", kind)
			}
		}
		out := filepath.Join(t.TempDir(), "demo.zip")
		if err := Export(context.Background(), s, db.Local, out, true); err != nil {
			t.Fatal(err)
		}
		if got := imported(t, s, out, Options{}).Total(); got.New+got.Changed+got.Refused > 0 {
			t.Errorf("export then import: %+v", got)
		}
	})
}

// The demo data are valid whatever day it is.
func TestDemoOnAnyDay(t *testing.T) {
	t.Parallel()
	first, _ := models.ParseDate("2026-11-23")
	for day := first; day < first+400; day += 23 {
		if err := FillDemo(context.Background(), onSQLite(t), db.Local, day); err != nil {
			t.Errorf("%s: %v", day, err)
		}
	}
}

// FuzzImport imports arbitrary bytes as one of the files: it never panics, and
// every refusal has a line.
func FuzzImport(f *testing.F) {
	s := onSQLite(f)
	for name, text := range aPackage() {
		f.Add(uint8(slices.IndexFunc(sheets, func(s *sheet) bool { return s.name == name })), []byte(text))
	}
	f.Fuzz(func(t *testing.T, n uint8, text []byte) {
		files := aPackage()
		files[sheets[int(n)%len(sheets)].name] = string(text)
		report := imported(t, s, folder(t, files), Options{DryRun: true})
		for _, r := range report.Refusals {
			if r.Line < 1 || r.File == "" || r.Reason.Key == "" {
				t.Errorf("%+v", r)
			}
		}
	})
}
