package interchange

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"samband/db"
	"samband/models"
)

// aFile returns an upload.
func aFile(name, text string) Upload {
	return Upload{name, strings.NewReader(text), int64(len(text))}
}

// aBook returns a workbook of rows, which the test may change before it is written.
func aBook(t *testing.T, change func(*excelize.File), rows ...[]any) Upload {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return Upload{"book.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len())}
}

func taken(t *testing.T, s *db.Store, u Upload, opts Options) Report {
	t.Helper()
	opts.Changes = true
	r, err := ImportUpload(context.Background(), s, db.Local, u, opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func filled(t *testing.T, s *db.Store) {
	t.Helper()
	imported(t, s, folder(t, aPackage()), Options{})
}

func kept[T db.Record](t *testing.T, s *db.Store, key string) T {
	t.Helper()
	var found T
	err := s.View(context.Background(), func(r db.Reader) error {
		all, err := db.Every[T](r)
		for _, one := range all {
			if db.Key(*one) == key {
				found = *one
				return err
			}
		}
		return errors.Join(err, db.ErrNotFound)
	})
	if err != nil {
		t.Fatal(key, err)
	}
	return found
}

// A single file needs the key alone: a column that is not there leaves what is on
// record, and an empty cell clears it.
func TestSingleFile(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		filled(t, s)
		was := kept[models.Posting](t, s, "bangkok")
		r := taken(t, s, aFile("postings.csv", "key;note;closed\nbangkok;;31.12.2030\nbangkok-2;new;\n"), Options{DryRun: true})
		if r.Noun != "posting" || r.Total() != (Counts{Changed: 1, Refused: 1}) || r.Cleared != 1 || r.Absent != 1 || r.Missing[0].Key != "europol" {
			t.Errorf("it would do %+v: %+v", r.Total(), r)
		}
		want := []FieldChange{{Column: "closed", Was: "", Now: "2030-12-31"}, {Column: "note", Was: was.Note}}
		if len(r.Rows) != 2 || !slices.Equal(r.Rows[0].Fields, want) {
			t.Errorf("the rows are %+v, want %+v", r.Rows, want)
		}
		if kept[models.Posting](t, s, "bangkok").Note != was.Note {
			t.Error("a dry run has changed something")
		}
		r = taken(t, s, aFile("postings.csv", "key;note;closed\nbangkok;;31.12.2030\nbangkok-2;new;\n"), Options{LeaveRefused: true})
		now := kept[models.Posting](t, s, "bangkok")
		if r.Total() != (Counts{Changed: 1, Refused: 1}) || now.Note != "" || now.Closed.String() != "2030-12-31" || now.Opened != was.Opened || len(now.Coverages) != 2 {
			t.Errorf("it did %+v: %+v", r.Total(), now)
		}
	})
}

// What is new needs what its rules need, whatever the file leaves out.
func TestSingleFileMakesRecords(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		filled(t, s)
		r := taken(t, s, aFile("assignments.csv", "key,officer,posting,first_day\na-3,Åse Lindqvist,Bangkok,1.3.2013\n"), Options{})
		if r.Total() != (Counts{New: 1}) {
			t.Fatalf("it did %+v: %+v", r.Total(), r.Refusals)
		}
		if a := kept[models.Assignment](t, s, "a-3"); a.Last != models.Forever || a.First.String() != "2013-03-01" {
			t.Errorf("the assignment is %+v", a)
		}
	})
}

func TestSingleFileForms(t *testing.T) {
	t.Parallel()
	utf16File := func(text string, order []byte) string {
		b := order
		for _, u := range utf16.Encode([]rune(text)) {
			if order[0] == 0xFF {
				b = append(b, byte(u), byte(u>>8))
			} else {
				b = append(b, byte(u>>8), byte(u))
			}
		}
		return string(b)
	}
	for name, text := range map[string]string{
		"semicolons":           "key;name\no-1;Åse Ærø-Þórsdóttir\n",
		"tabs":                 "key\tname\no-1\tÅse Ærø-Þórsdóttir\n",
		"a byte order mark":    "\uFEFFkey,name\r\no-1,Åse Ærø-Þórsdóttir\r\n",
		"UTF-16":               utf16File("key;name\r\no-1;Åse Ærø-Þórsdóttir\r\n", []byte{0xFF, 0xFE}),
		"UTF-16 of the others": utf16File("key,name\no-1,Åse Ærø-Þórsdóttir\n", []byte{0xFE, 0xFF}),
		"an empty column":      "key;name;;\no-1;Åse Ærø-Þórsdóttir;;\n",
		"spaces":               " key , Name \no-1,Åse Ærø-Þórsdóttir\n",
		"of refused rows":      "key,name,reason\no-1,Åse Ærø-Þórsdóttir,why not\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stores(t, func(t *testing.T, s *db.Store) {
				filled(t, s)
				r := taken(t, s, aFile("officers.csv", text), Options{})
				if r.Total() != (Counts{Changed: 1}) || kept[models.Officer](t, s, "o-1").Name != "Åse Ærø-Þórsdóttir" {
					t.Errorf("it did %+v: %+v", r.Total(), r.Refusals)
				}
			})
		})
	}
}

func TestSingleFileRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, text, want string }{
		"an unknown column":            {"officers.csv", "key,nam\no-1,x\n", "1 nam problem.column_unknown"},
		"a column twice":               {"officers.csv", "key,name,name\no-1,x,y\n", "1 name problem.column_twice"},
		"no key":                       {"officers.csv", "name\nx\n", "1 key problem.column_missing"},
		"a key twice":                  {"officers.csv", "key,name\no-1,x\no-1,y\n", "3 key problem.duplicate"},
		"Windows-1252":                 {"officers.csv", "key,name\no-1,\xC5se\n", "2 name problem.utf8"},
		"too few cells":                {"officers.csv", "key,name\no-1\n", "2  problem.cells"},
		"a cell in no column":          {"officers.csv", "key,name,\no-1,x,y\n", "2  problem.no_column_name"},
		"a broken quote":               {"officers.csv", "key,name\no-1,\"x\n", "2  problem.quotes"},
		"an ambiguous day":             {"postings.csv", "key,closed\nbangkok,01/09/2027\n", "2 closed problem.day_of_file"},
		"no day":                       {"postings.csv", "key,closed\nbangkok,soon\n", "2 closed problem.day_of_file"},
		"a version that is none":       {"postings.csv", "key,note,version\nbangkok,x,first\n", "2 version problem.version"},
		"an officer of several":        {"assignments.csv", "key,officer\na-1,Nobody\n", "2 officer problem.unknown"},
		"an empty file":                {"officers.csv", "", "1  problem.no_head"},
		"what its rules refuse":        {"postings.csv", "key,closed\nbangkok,2009-01-01\n", "2 closed problem.order"},
		"a new record with too little": {"officers.csv", "key,name\no-9,x\n", "2 agency problem.required"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stores(t, func(t *testing.T, s *db.Store) {
				filled(t, s)
				before, _ := s.Revision(context.Background())
				r := taken(t, s, aFile(c.file, c.text), Options{})
				var got []string
				for _, f := range r.Refusals {
					got = append(got, fmt.Sprintf("%d %s %s", f.Line, f.Column, f.Reason.Key))
				}
				if !slices.Contains(got, c.want) {
					t.Errorf("it is refused for %q, want %q", got, c.want)
				}
				if after, _ := s.Revision(context.Background()); after != before {
					t.Error("something has been changed")
				}
			})
		})
	}
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		filled(t, s)
		u := aBook(t, func(f *excelize.File) {
			_ = f.SetCellFormula("Sheet1", "B2", "=CONCATENATE(\"Å\",\"se\")")
			_ = f.SetCellValue("Sheet1", "C2", 46846500401)
			_, _ = f.NewSheet("Hidden")
			_ = f.SetSheetVisible("Hidden", false)
			_, _ = f.NewSheet("Notes")
		}, []any{"Key", "Rank", "Phone", "Note"}, []any{"o-1", "", "", "'=1+1"}, []any{}, []any{"o-2", "00123", "-x", "a\nb"})
		r := taken(t, s, u, Options{Noun: "officer"})
		if r.Total() != (Counts{Changed: 2}) || len(r.Notices) != 3 {
			t.Fatalf("it did %+v: %+v, %+v", r.Total(), r.Refusals, r.Notices)
		}
		if o := kept[models.Officer](t, s, "o-1"); o.Phone != "46846500401" || o.Note != "=1+1" {
			t.Errorf("the officer is %+v", o)
		}
		if o := kept[models.Officer](t, s, "o-2"); o.Rank != "00123" || o.Phone != "-x" || o.Note != "a\nb" {
			t.Errorf("the officer is %+v", o)
		}
		days := aBook(t, func(f *excelize.File) { _ = f.SetCellValue("Sheet1", "B2", 47848) }, []any{"key", "closed"}, []any{"bangkok"}, []any{"europol", "1.1.2031"})
		if r := taken(t, s, days, Options{Noun: "posting"}); r.Total() != (Counts{Changed: 2}) {
			t.Fatalf("it did %+v: %+v", r.Total(), r.Refusals)
		}
		if p := kept[models.Posting](t, s, "bangkok"); p.Closed.String() != "2030-12-31" {
			t.Errorf("it is closed on %v", p.Closed)
		}
		merged := aBook(t, func(f *excelize.File) { _ = f.MergeCell("Sheet1", "A2", "A3") }, []any{"key", "rank"}, []any{"o-1", "x"}, []any{"o-2", "y"})
		if r := taken(t, s, merged, Options{Noun: "officer"}); !r.Whole || r.Refusals[0].Reason.Key != "problem.merged_cells" {
			t.Errorf("merged cells: %+v", r)
		}
	})
}

// A row that says of itself that it is farther down than a sheet goes is refused, and one
// at its very end is read, though all before it are empty.
func TestWorkbookOfFarRows(t *testing.T) {
	t.Parallel()
	u := aBook(t, nil, []any{"key", "rank"}, []any{"o-1", "x"})
	old, err := zip.NewReader(u.Content, u.Size)
	if err != nil {
		t.Fatal(err)
	}
	s := onSQLite(t)
	filled(t, s)
	for row, want := range map[string]error{"9000000000000": ErrUnreadable, "1048577": ErrUnreadable, "1048576": nil} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, f := range old.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(r)
			text = bytes.ReplaceAll(text, []byte(`<row r="2"`), []byte(`<row r="`+row+`"`))
			for _, column := range []string{"A", "B"} {
				text = bytes.ReplaceAll(text, []byte(`"`+column+`2"`), []byte(`"`+column+row+`"`))
			}
			w, _ := z.Create(f.Name)
			_, _ = w.Write(text)
		}
		_ = z.Close()
		r, err := ImportUpload(context.Background(), s, db.Local, Upload{"officers.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len())}, Options{Changes: true})
		if !errors.Is(err, want) || want == nil && (len(r.Rows) != 1 || r.Rows[0].Line != 1048576) {
			t.Errorf("row %s: %v, %+v", row, err, r)
		}
	}
}

func TestSerialDay(t *testing.T) {
	for text, want := range map[string]string{
		"1": "", "59": "", "60": "", "61": "1900-03-01", "46372": "2026-12-16", "2958464": "9999-12-30", "2958465": "", "2958466": "",
		"0": "", "-1": "1899-12-29", "-363": "1899-01-01", "-693593": "0001-01-01", "-693594": "", "-1e9": "", "46372.5": "", "4.6372E4": "2026-12-16", "x": "", "": "", "NaN": "", "Inf": "",
	} {
		d, ok := serialDay(text, false)
		if got := d.String(); ok && got != want || ok != (want != "") {
			t.Errorf("%q is %v, %v, want %q", text, d, ok, want)
		}
	}
	if d, ok := serialDay("0", true); !ok || d.String() != "1904-01-01" {
		t.Errorf("from 1904: %v, %v", d, ok)
	}
}

// A file that is neither is refused as a whole, and so is one that is too large when
// unpacked or that leads out of its folder.
func TestUploadsThatAreNone(t *testing.T) {
	t.Parallel()
	whole := storedZip(t)
	last := strings.LastIndex(whole, "PK\x03\x04")
	stores(t, func(t *testing.T, s *db.Store) {
		for name, c := range map[string]struct {
			u    Upload
			want error
		}{
			"a damaged zip":                         {aFile("x.zip", "PK\x03\x04 and so on"), ErrUnreadable},
			"a file of a zip that does not begin":   {aFile("x.zip", whole[:last]+"PK\x03\x05"+whole[last+4:]), ErrUnreadable},
			"a file of a zip that is not as it was": {aFile("x.zip", strings.Replace(whole, "Polismyndigheten", "polismyndigheten", 1)), ErrUnreadable},
			"many columns":                          {aFile("officers.csv", strings.Repeat("x,", 1_000_000)+"\n"), ErrTooLarge},
			"a long cell":                           {aFile("officers.csv", "key,name\no-1,"+strings.Repeat("x", 10<<20)+"\n"), ErrTooLarge},
		} {
			if _, err := ImportUpload(context.Background(), s, db.Local, c.u, Options{}); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
	})
}

// storedZip is aPackage as a zip, not compressed.
func storedZip(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(aPackage())) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(w, aPackage()[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
