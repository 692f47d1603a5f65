package views

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"samband/models"
)

// nasty are texts that a format may mangle. A control character is something that XML
// cannot hold: a workbook has U+FFFD in its place.
var nasty = []string{"Åse Ærø-Þórsdóttir", "=1+1", "+46846500401", "-x", "@x", "00123", "1e5", "two\nlines", "\nfirst", "last\n", `a "quoted" word`, `"`, "a\tb", "\t", "; , |",
	" space around ", "'", "''x", "_x0041_", "_x005F_x0041_", "<b>&amp;</b>", "]]>", "true", "null", "2027-01-01", "🇸🇪", "e\u0301", "\u2028", "a\\b", "\x01\x02control\x1f", "bad \xff byte", "</sheetData>"}

// aboutOf is what a workbook and JSON say of themselves here.
func aboutOf(f Format, profile Profile) About {
	on, _ := models.ParseDate("2026-11-23")
	return About{Format: f, Profile: profile, Lang: map[Profile]string{Plain: "en", Excel: "sv"}[profile], List: "/officers", On: on, Known: on - 3,
		Query: url.Values{"sending": {"SE"}, "q": {`=cmd "x"`}, "profile": {"excel"}, "page": {"2"}, "sort": {"name"}},
		View:  "Vår vy", Maker: "ase@example.org", Made: time.Date(2026, 11, 23, 22, 30, 0, 0, time.UTC)}
}

// everyFile writes each file of a list, and one of each list's columns, with nasty
// texts wherever texts are.
func everyFile(s *Site) map[string]func(io.Writer, About) error {
	d, post := testDirectory()
	agency := d.Sending(post)
	var officers []models.Officer
	for i, text := range nasty {
		officers = append(officers, models.Officer{ID: int64(100 + i), Version: i, Key: text, AgencyID: 1, Name: text, Rank: text, Email: text, Phone: text, Languages: text, Masked: i%2 == 0, Note: text})
	}
	files := map[string]func(io.Writer, About) error{
		"officers": func(w io.Writer, a About) error {
			f := s.OfficersFile(w, a)
			for _, o := range officers {
				_ = f.Officer(&o, &agency)
			}
			return f.Close()
		},
		"assignments": func(w io.Writer, a About) error {
			f := s.AssignmentsFile(w, a)
			for i, o := range officers {
				held := models.Assignment{ID: int64(i), Key: o.Key, Period: models.Period{First: firstSerial - 2 + models.Date(i), Last: models.Forever - models.Date(i)}}
				_ = f.Assignment(&held, &o, &post.Posting, &agency)
			}
			return f.Close()
		},
		"postings": func(w io.Writer, a About) error {
			f := s.PostingsFile(w, a)
			_ = f.Posting(&post.Posting, &agency, models.Held, officers[:3])
			return f.Close()
		},
		"findings": func(w io.Writer, a About) error {
			f := s.FindingsFile(w, a)
			for _, x := range d.Findings(post.Opened+5000, models.DefaultLimits) {
				_ = f.Finding(d, x)
			}
			return f.Close()
		},
		"coverage": func(w io.Writer, a About) error {
			f := s.CoverageFile(w, a)
			for _, r := range d.Matrix(post.Opened+100, 180).Rows {
				_ = f.Row(r)
			}
			return f.Close()
		},
		"changes": func(w io.Writer, a About) error {
			f := s.ChangesFile(w, a)
			for _, l := range ChangeLines(models.ChangesFor(models.Sweden, d, post.Opened-1, d, post.Opened+5000)) {
				_ = f.Change(l)
			}
			return f.Close()
		},
		"audit": func(w io.Writer, a About) error {
			f := s.TrailFile(w, a)
			for i, text := range nasty {
				_ = f.TrailRow(&models.TrailRow{ID: int64(i), Actor: text, Name: text, Fields: []models.FieldChange{{Field: "name", Old: text, New: text}, {Field: "note", Withheld: true}}})
			}
			return f.Close()
		},
	}
	for _, list := range models.Lists() {
		files["columns of "+string(list)] = func(w io.Writer, a About) error {
			f := s.ColumnsFile(w, a, list, Columns(list))
			for _, held := range post.Assignments {
				held.Version = 7
				l := Line{Directory: d, On: post.Opened + 100, ID: held.ID, Post: post, Terms: []AssignmentLine{LineOf(d, post, held)}}
				switch list {
				case models.PostingList:
					l.ID, l.Findings = post.ID, int(held.ID-31)
				case models.OfficerList:
					l.Post, l.Officer, l.ID = nil, d.Officer(held.OfficerID), held.OfficerID
				}
				_ = f.Line(l)
			}
			return f.Close()
		}
	}
	return files
}

// file writes one.
func file(t *testing.T, write func(io.Writer, About) error, a About) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, a); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// csvRows reads a CSV file of either profile, without the guards of Excel.
func csvRows(t *testing.T, b []byte, profile Profile) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\uFEFF"))))
	if profile == Excel {
		r.Comma = ';'
	}
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		for i, cell := range row {
			if rest, guarded := strings.CutPrefix(cell, "'"); guarded && profile == Excel && models.Formula(strings.TrimLeft(rest, "'")) {
				row[i] = rest
			}
		}
	}
	return rows
}

// Each format has the rows and cells of the CSV file, whatever they hold.
func TestFormatsHaveTheCellsOfTheCSV(t *testing.T) {
	s := testSite(t)
	for name, write := range everyFile(s) {
		plain := csvRows(t, file(t, write, aboutOf(CSV, Plain)), Plain)
		if len(plain) < 2 {
			t.Errorf("%s has no rows", name)
		}
		for _, f := range []Format{JSON, NDJSON} {
			sameCells(t, name+" as "+string(f), jsonRows(t, file(t, write, aboutOf(f, Plain)), f, plain[0]), plain, strings.NewReplacer("\xff", "\uFFFD"))
		}
		excel := csvRows(t, file(t, write, aboutOf(CSV, Excel)), Excel)
		if strings.HasPrefix(name, "columns") {
			for i, row := range excel {
				for j := range row { // where days are without end, a CSV for people says so in words
					if i > 0 && plain[i][j] == "" && slices.Contains(dayColumns, plain[0][j]) {
						row[j] = ""
					}
				}
			}
		}
		in := strings.NewReplacer("\xff", "\uFFFD", "\x01", "\uFFFD", "\x02", "\uFFFD", "\x1f", "\uFFFD")
		sameCells(t, name+" as xlsx", workbookRows(t, file(t, write, aboutOf(XLSX, Excel)), plain[0]), excel, in)
	}
}

func sameCells(t *testing.T, name string, got, want [][]string, in *strings.Replacer) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d rows, want %d", name, len(got), len(want))
		return
	}
	for i, row := range want {
		for j := range row {
			if have, cell := got[i][j], in.Replace(row[j]); have != cell {
				t.Errorf("%s, row %d, %s: %q, want %q", name, i, want[0][j], have, cell)
			}
		}
	}
}

// The types of columns, by their plain heads.
var (
	dayColumns    = []string{"first_day", "last_day", "opened", "closed", "on", "planned_last_day", "confirmed"}
	numberColumns = []string{"version", "answers", "id", "record"}
	yesColumns    = []string{"masked", "handover", "restricted"}
)

// jsonRows reads a JSON or NDJSON file back as the rows of a CSV file, and checks the
// types of its values.
func jsonRows(t *testing.T, b []byte, f Format, heads []string) [][]string {
	t.Helper()
	var objects []json.RawMessage
	if f == JSON {
		var whole struct {
			List   string
			AsOf   *string `json:"as_of"`
			Known  *string
			Filter map[string]string
			Rows   []json.RawMessage
		}
		if err := json.Unmarshal(b, &whole); err != nil {
			t.Fatalf("%v in %.2000s", err, b)
		}
		if whole.List != "officers" || *whole.AsOf != "2026-11-23" || *whole.Known != "2026-11-20" || len(whole.Filter) != 2 || whole.Filter["sending"] != "SE" || whole.Filter["q"] != `=cmd "x"` {
			t.Errorf("the file says of itself %+v", whole)
		}
		objects = whole.Rows
	} else {
		for line := range bytes.Lines(b) {
			objects = append(objects, line)
		}
	}
	rows := [][]string{heads}
	for _, object := range objects {
		var row []string
		d := json.NewDecoder(bytes.NewReader(object))
		d.UseNumber()
		token := func() json.Token {
			one, err := d.Token()
			if err != nil {
				t.Fatalf("%v in %s", err, object)
			}
			return one
		}
		token()
		for _, head := range heads {
			if name := token(); name != head {
				t.Fatalf("%v stands where %s should: %s", name, head, object)
			}
			value := token()
			row = append(row, jsonCell(value))
			_, text := value.(string)
			_, number := value.(json.Number)
			_, yes := value.(bool)
			switch {
			case slices.Contains(dayColumns, head):
				if _, err := models.ParseDate(jsonCell(value)); value != nil && err != nil {
					t.Errorf("%s is %v", head, value)
				}
			case slices.Contains(numberColumns, head):
				if !number && value != nil {
					t.Errorf("%s is %v", head, value)
				}
			case slices.Contains(yesColumns, head):
				if !yes {
					t.Errorf("%s is %v", head, value)
				}
			case !text && head != "findings":
				t.Errorf("%s is %v", head, value)
			}
		}
		if d.More() {
			t.Errorf("more than the heads: %s", object)
		}
		rows = append(rows, row)
	}
	return rows
}

func jsonCell(value json.Token) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "yes"
		}
	}
	return ""
}

// workbookRows reads the first sheet of a workbook back as the rows of a CSV file, and
// checks the types of its cells.
func workbookRows(t *testing.T, b []byte, plain []string) (rows [][]string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) != 2 {
		t.Fatalf("the sheets are %q", sheets)
	}
	found, err := f.GetRows(sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range found {
		row = append(row, make([]string, len(plain)-len(row))...)
		for j, cell := range row {
			at, _ := excelize.CoordinatesToCellName(j+1, i+1)
			kind, err := f.GetCellType(sheets[0], at)
			if err != nil {
				t.Fatal(err)
			}
			if formula, _ := f.GetCellFormula(sheets[0], at); formula != "" {
				t.Errorf("%s is the formula %s", at, formula)
			}
			number := cell != "" && kind != excelize.CellTypeInlineString
			switch day := slices.Contains(dayColumns, plain[j]); {
			case i == 0 || cell == "":
			case number && day:
				serial, err := strconv.Atoi(cell)
				if err != nil {
					t.Errorf("%s is %q", at, cell)
				}
				row[j] = models.Date(serial + 693594).String()
			case day && cell >= "1900-03-01", number != (slices.Contains(numberColumns, plain[j]) || plain[j] == "findings") && !day:
				t.Errorf("%s of %s is %q, of type %v", at, plain[j], cell, kind)
			}
		}
		rows = append(rows, row)
	}
	return rows
}
