package interchange

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/db/dbtest"
	"samband/models"
)

// exported exports a package and returns its files by name: the younger ones only
// if they are there.
func exported(t *testing.T, s *db.Store) (dir string, files map[string]string) {
	t.Helper()
	dir, files = filepath.Join(t.TempDir(), "out"), map[string]string{}
	if err := Export(context.Background(), s, db.Local, dir, true); err != nil {
		t.Fatal(err)
	}
	for _, sheet := range sheets {
		b, err := os.ReadFile(filepath.Join(dir, sheet.name))
		if sheet.younger && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		files[sheet.name] = string(b)
	}
	return dir, files
}

// nastyTexts are texts that a cell may hold and a CSV file may mangle.
var nastyTexts = []string{
	"two\nlines", "\nbegins with one", "ends with one\n", "two\n\nempty\n\n", `a "quoted" word`, `"`, `""`, `\.`, ",", ";", "\t", "a\tb", ",\n\"", "'=1", "''-x",
	" space around ", "=SUM(A1)", "+46", "-", "@x", "'", "yes", "9999-12-31", "\u00a0", "\u2028", "\ufeff", "å ä ö æ ø ð þ ß ł đ", "e\u0301", "🇸🇪", "null", "NULL", "#", "a\u200bb",
}

// An export survives its import, whatever its texts hold: nothing changes in
// the same directory, and an empty directory exports the same bytes again.
func TestExportImportExport(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		write(t, s, func(tx *db.Tx) error {
			a := models.Agency{Key: "se-police", Country: "SE", Kind: "police", Name: "Polis\nmyndigheten", NameEn: " x ", Acronym: "N\"A", Period: models.Period{First: 1, Last: models.Forever - 1}}
			if err := tx.SaveAgency(&a); err != nil {
				return err
			}
			for i, text := range nastyTexts {
				o := models.Officer{Key: fmt.Sprintf("o %d, \"x\"", i), AgencyID: a.ID, Name: "N" + text, Rank: text, Masked: i%2 == 0, Note: text}
				if err := tx.SaveOfficer(&o); err != nil {
					return err
				}
				p := models.Posting{Key: fmt.Sprintf("p;%d", i), AgencyID: a.ID, HostCountry: "TH", HostCity: text, Opened: date("2020-02-29"), Closed: models.Forever, Note: text, Restricted: i%3 == 0,
					Suspensions: []models.Suspension{{Period: period("2021-01-01/2021-02-01"), Reason: text}, {Period: period("2021-01-01/2021-03-01"), Reason: text}, {Period: period("2021-01-01"), Reason: text + "x"}}}
				p.Representations = p.Represents("")
				p.Representations[2].Agreement, p.Representations[4].Agreement = text, text
				p.Coverages = []models.Coverage{{Country: "VN", Period: period("2020-02-29/2024-02-29")}, {Country: "VN", Period: period("2024-03-01")}}
				if err := tx.SavePosting(&p); err != nil {
					return err
				}
				held := models.Assignment{Key: fmt.Sprintf("a'%d", i), OfficerID: o.ID, PostingID: p.ID, Period: period("2020-02-29"), EndReason: text, Note: text}
				held.PlannedLast = []models.Date{0, models.Forever, models.Forever - 1, held.First}[i%4]
				if err := tx.SaveAssignment(&held); err != nil {
					return err
				}
				if err := tx.SaveContactPoint(&models.ContactPoint{State: "FI", Matter: "both", Name: fmt.Sprint("c", text, i), Hours: text}); err != nil {
					return err
				}
			}
			return nil
		})
		dir, files := exported(t, s)
		if got := imported(t, s, dir, Options{}); got.Total().New+got.Total().Changed+got.Refused > 0 {
			t.Errorf("its own export: %+v", got)
		}
		for name, text := range files {
			if sheet := sheetOf(nounOfFile(name)); nounOfFile(name) != "" {
				for kind, u := range map[string]Upload{"CSV": aFile(name, text), "XLSX": asBook(t, text)} {
					if got := taken(t, s, u, Options{Noun: sheet.noun}); got.Total().New+got.Total().Changed+got.Total().Stale+got.Refused > 0 || got.Total().Unchanged == 0 {
						t.Errorf("%s alone, as %s: %+v, %+v, %+v", name, kind, got.Total(), got.Refusals, got.Rows[:min(len(got.Rows), 3)])
					}
				}
			}
		}
		other := onSQLite(t)
		if got := imported(t, other, dir, Options{}); got.Refused > 0 {
			t.Fatalf("an empty directory refuses %+v", got.Refusals)
		}
		_, again := exported(t, other)
		for name, text := range files {
			if again[name] != text {
				t.Errorf("%s comes back as other bytes", name)
			}
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			cells := 0
			for _, row := range rows {
				cells += strings.Count(strings.Join(row, ""), "\n")
			}
			if ends := strings.Count(text, "\r\n"); ends != len(rows) || strings.Count(text, "\n") != ends+cells {
				t.Errorf("%s has %d rows and %d ends of rows, and %d line feeds in cells of which %d are kept", name, len(rows), ends, cells, strings.Count(text, "\n")-ends)
			}
		}
	})
}

// otherCells are the new values for cells of a valid package, by file and
// column, and for any other text.
var otherCells = map[string]string{
	"agencies.csv country": "NO", "agencies.csv kind": "customs", "agencies.csv first_day": "2016-02-29", "agencies.csv last_day": "2040-01-01",
	"officers.csv agency": "fi-customs", "officers.csv masked": "yes",
	"postings.csv agency": "se-customs", "postings.csv host_country": "PH", "postings.csv host_organisation": "unodc", "postings.csv opened": "2009-12-31", "postings.csv closed": "2039-12-31", "postings.csv restricted": "yes",
	"suspensions.csv posting": "manila", "suspensions.csv first_day": "2012-01-02", "suspensions.csv last_day": "2012-03-01",
	"representations.csv posting": "manila", "representations.csv state": "IS", "representations.csv matter": "customs", "representations.csv first_day": "2020-01-01", "representations.csv last_day": "2038-12-31",
	"coverages.csv posting": "manila", "coverages.csv country": "MM", "coverages.csv first_day": "2020-01-01", "coverages.csv last_day": "2038-12-31",
	"assignments.csv officer": "o-2", "assignments.csv posting": "manila", "assignments.csv first_day": "2010-01-02", "assignments.csv last_day": "2012-03-01", "assignments.csv planned_last_day": "9999-12-31",
	"contact_points.csv state": "NO", "contact_points.csv matter": "police",
	"agency_names.csv agency": "fi-customs", "agency_names.csv first_day": "2015-01-01", "agency_names.csv last_day": "2013-12-31",
	"officers.csv areas": "narcotics forensics", "postings.csv areas": "narcotics", "postings.csv role": "expert",
	"bodies.csv parent": "opc", "bodies.csv kind": "board", "bodies.csv hq_country": "NL", "bodies.csv founded": "1990-01-01", "bodies.csv ended": "2045-01-01", "bodies.csv mandate_until": "2040-01-01", "bodies.csv areas": "firearms",
	"body_names.csv body": "opc", "body_names.csv first_day": "2001-01-01", "body_names.csv last_day": "1999-12-31",
	"body_members.csv body": "opc", "body_members.csv country": "org:europol", "body_members.csv role": "observer", "body_members.csv first_day": "2000-01-01", "body_members.csv last_day": "1998-12-31",
	"chairs.csv body": "opc", "chairs.csv country": "DE", "chairs.csv first_day": "2019-01-01", "chairs.csv last_day": "2018-06-30",
	"projects.csv body": "opc", "projects.csv area": "forensics", "projects.csv lead_country": "DE", "projects.csv first_day": "2019-01-01", "projects.csv last_day": "2031-01-01",
	"project_agencies.csv project": "p-2", "project_agencies.csv agency": "fi-customs", "project_agencies.csv first_day": "2025-01-01", "project_agencies.csv last_day": "2023-12-31",
	"absences.csv assignment": "a-3", "absences.csv first_day": "2011-03-01", "absences.csv last_day": "2011-01-15", "absences.csv stand_in": "a-3",
}

// alongCells are the column and cell of the row that must change too, since the
// one cannot change without it: a new key makes a new record, and so does a new
// first day in a row without a key. alongFiles are files that must come along.
var (
	alongCells = map[string][2]string{
		"postings.csv host_organisation": {"host_country", "AT"}, "assignments.csv key": {"officer", "o-2"},
		"representations.csv first_day": {"last_day", ""}, "coverages.csv first_day": {"last_day", ""},
		"agency_names.csv first_day": {"last_day", "2015-06-30"}, "body_names.csv first_day": {"last_day", "2002-01-01"}, "body_members.csv first_day": {"last_day", ""},
		"chairs.csv first_day": {"last_day", "2020-12-31"}, "project_agencies.csv first_day": {"last_day", "2025-12-31"}, "absences.csv first_day": {"last_day", "2011-03-31"},
	}
	alongFiles = map[string]map[string]string{"postings.csv opened": {
		"representations.csv": "posting,state,matter,first_day,last_day,agreement\nbangkok,SE,both,2009-12-31,2009-12-31,\n"}}
)

// Each column of each file is changed in turn, in the first row that allows it.
// The import reports the change, and the export contains it.
func TestImportChangesEachColumn(t *testing.T) {
	t.Parallel()
	base := aPackage()
	base["agencies.csv"] += "se-customs,SE,customs,Tullverket,,,,\nfi-police,FI,police,KRP,,,,\n"
	base["postings.csv"] += "manila,se-police,PH,Manila,,2010-01-01,2040-12-31,\n"
	base["representations.csv"] += "manila,SE,both,2010-01-01,,\n"
	base["representations.csv"] = strings.Replace(base["representations.csv"], "\n", "\nbangkok,DK,police,2010-01-01,2019-12-31,\nbangkok,SE,both,2010-01-01,,\n", 1)
	base["postings.csv"] += "seat,se-police,SE,Visby,bstf,2000-01-01,,\n"
	base["assignments.csv"] += "a-3,o-2,manila,2010-01-01,2012-02-29,,,\n"
	maps.Copy(base, youngerFiles())
	for _, sheet := range sheets {
		for _, column := range slices.Concat(sheet.columns, sheet.optional) {
			if column == versionColumn { // which changes nothing: see TestVersionsInThePackage
				continue
			}
			s := onSQLite(t)
			imported(t, s, folder(t, base), Options{})
			_, files := exported(t, s)
			rows, err := csv.NewReader(strings.NewReader(files[sheet.name])).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			at := slices.Index(rows[0], column)
			if at < 0 { // an optional one that is not in the file yet
				at = len(rows[0])
				rows[0] = append(rows[0], column)
				for i := range rows[1:] {
					rows[i+1] = append(rows[i+1], "")
				}
			}
			cell, special := otherCells[sheet.name+" "+column]
			var refused []string
			arrived := false
			for i := 1; i < len(rows) && !arrived; i++ {
				changed := cell
				if !special {
					changed = rows[i][at] + "x"
				}
				if arrived = rows[i][at] == changed; arrived {
					arrived = false
					continue
				}
				one := slices.Clone(rows[i])
				one[at] = changed
				if along, ok := alongCells[sheet.name+" "+column]; ok {
					one[slices.Index(rows[0], along[0])] = along[1]
				}
				var b bytes.Buffer
				if err := csv.NewWriter(&b).WriteAll([][]string{rows[0], one}); err != nil {
					t.Fatal(err)
				}
				changes := map[string]string{sheet.name: b.String()}
				maps.Copy(changes, alongFiles[sheet.name+" "+column])
				report := imported(t, s, folder(t, changes), Options{})
				if report.Refused > 0 {
					refused = append(refused, fmt.Sprint(report.Refusals[0]))
					continue
				}
				if total := report.Total(); total.New+total.Changed != len(changes) {
					t.Errorf("%s: a changed %s is %+v", sheet.name, column, total)
				}
				_, after := exported(t, s)
				now, err := csv.NewReader(strings.NewReader(after[sheet.name])).ReadAll()
				if err != nil {
					t.Fatal(err)
				}
				has := slices.Index(now[0], column)
				arrived = has >= 0 && slices.ContainsFunc(now[1:], func(row []string) bool {
					return row[has] == changed && (has == 0 || row[0] == one[0])
				})
				if !arrived {
					t.Errorf("%s: %s does not arrive: %q", sheet.name, column, changed)
					arrived = true
				}
			}
			if !arrived {
				t.Errorf("%s: no row lets %s be %q: %v", sheet.name, column, cell, refused)
			}
		}
	}
}

// A package is exported and imported through a pooler that gives each
// transaction any connection.
func TestPackageThroughThePooler(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.Pooled(t))
	if got := imported(t, s, folder(t, aPackage()), Options{}); got.Total() != (Counts{New: 13}) {
		t.Errorf("%+v", got)
	}
	dir, _ := exported(t, s)
	if got := imported(t, s, dir, Options{}); got.Total().New+got.Total().Changed+got.Refused > 0 || got.Total().Unchanged == 0 {
		t.Errorf("its own export: %+v", got)
	}
	sound(t, s)
}

// Erased data are in no package, and the package imports as unchanged.
func TestPackageAfterErasure(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		imported(t, s, folder(t, aPackage()), Options{})
		officer := func() models.Officer {
			for _, o := range directory(t, s).Officers() {
				if db.Erased(o) || o.Key == "o-1" {
					return o
				}
			}
			t.Fatal("the officer is gone")
			return models.Officer{}
		}
		if _, files := exported(t, s); !strings.Contains(files["officers.csv"], "Lindqvist") || !strings.Contains(files["assignments.csv"], "extended") {
			t.Fatal("there is nothing to be erased")
		}
		if err := s.Erase(context.Background(), tester, officer().ID); err != nil {
			t.Fatal(err)
		}
		dir, files := exported(t, s)
		for name, text := range files {
			for _, secret := range []string{"Lindqvist", "ase@", "extended", "o-1"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s has %q", name, secret)
				}
			}
		}
		if got := imported(t, s, dir, Options{}); got.Total().New+got.Total().Changed+got.Refused > 0 || got.Total().Unchanged == 0 {
			t.Errorf("the package, taken back: %+v", got)
		}
		o := officer()
		if !db.Erased(o) {
			t.Errorf("the officer is %+v", o)
		}
		o.Rank = "kommissarie" // and life goes on
		write(t, s, func(tx *db.Tx) error { return tx.SaveOfficer(&o) })
		sound(t, s)
	})
}

// nounOfFile returns the noun of a file of the package, "" for one of parts.
func nounOfFile(name string) string {
	for _, s := range sheets {
		if s.name == name {
			return s.noun
		}
	}
	return ""
}

// asBook returns the workbook that a spreadsheet would make of a CSV file, with the
// guards that its texts need.
func asBook(t *testing.T, text string) Upload {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var cells [][]any
	for _, row := range rows {
		var all []any
		for _, cell := range row {
			if strings.HasPrefix(cell, "'") && models.Formula(strings.TrimLeft(cell, "'")) {
				cell = "'" + cell
			}
			all = append(all, cell)
		}
		cells = append(cells, all)
	}
	return aBook(t, nil, cells...)
}

// unversioned returns the rows of a file without the versions of records, which are those
// of a directory: how often each has been saved there.
func unversioned(t *testing.T, text string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	last := len(rows[0])
	if rows[0][last-1] == versionColumn {
		last--
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%q\n", row[:last])
	}
	return b.String()
}
