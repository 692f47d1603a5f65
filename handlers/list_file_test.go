package handlers

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"samband/models"
	"samband/views"
)

// listFiles are files of all lists, without what their names end with, and what is
// asked of each.
func listFiles() map[string]string {
	files := map[string]string{"/postings": "host=TH", "/officers": "q=a&sending=SE", "/assignments": "status=current&sort=-first_day", "/coverage": "on=2027-02-01&lacking=yes",
		"/findings": "severity=serious", "/changes": "state=FI&from=2025-01-01", "/audit": "noun=posting"}
	for _, list := range models.Lists() {
		files["/"+string(list)+" "] = "sort=-agency&columns=" + strings.Join(views.Columns(list), ",")
	}
	return files
}

// Every list is there in every format, with the same rows and cells as its CSV file,
// and each leaves a row in the log.
func TestEveryListInEveryFormat(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := filled(t, newSite(t)).as("coordinator:all auditor:all")
		for list, ask := range listFiles() {
			list = strings.TrimSpace(list)
			for _, query := range []string{"", ask} {
				first := s.rows() // as the log grows with each file, its file begins before them
				if list == "/audit" {
					query += "&to=2026-11-22"
				}
				p := s.get(list + ".csv?" + query).is(200)
				want, err := csv.NewReader(strings.NewReader(p.body)).ReadAll()
				if err != nil {
					t.Fatal(err)
				}
				for _, format := range []views.Format{views.JSON, views.NDJSON} {
					p := s.get(list + "." + string(format) + "?" + query).is(200)
					got := objects(t, p.body, format)
					if len(got) != len(want)-1 {
						t.Errorf("%s.%s?%s has %d rows, want %d", list, format, query, len(got), len(want)-1)
						continue
					}
					for i, row := range want[1:] {
						for j, cell := range row {
							if text := asCell(got[i][want[0][j]]); text != cell || len(got[i]) != len(row) {
								t.Errorf("%s.%s?%s, row %d: %s is %q, want %q", list, format, query, i, want[0][j], text, cell)
							}
						}
					}
					if got := p.Header.Get("Content-Type"); got != format.ContentType() {
						t.Errorf("%s.%s is %s", list, format, got)
					}
				}
				book := s.get(list + ".xlsx?" + query).is(200)
				f, err := excelize.OpenReader(strings.NewReader(book.body))
				if err != nil {
					t.Fatalf("%s.xlsx: %v", list, err)
				}
				rows, err := f.GetRows(f.GetSheetList()[0])
				f.Close()
				if err != nil || len(rows) != len(want) || len(rows[0]) != len(want[0]) {
					t.Errorf("%s.xlsx?%s has %d rows, want %d, %v", list, query, len(rows), len(want), err)
				}
				if got := book.Header.Get("Content-Disposition"); got != `attachment; filename="`+list[1:]+`-2026-11-23.xlsx"` {
					t.Errorf("%s.xlsx comes as %s", list, got)
				}
				noted := s.actions(4)
				for _, format := range views.Formats() {
					if !strings.Contains(noted, `"what":"`+list[1:]+`.`+string(format)+`"`) {
						t.Errorf("%s.%s leaves no row in the log:\n%s", list, format, noted)
					}
				}
				if n := s.rows() - first; n != 4 {
					t.Errorf("four files of %s leave %d rows", list, n)
				}
			}
		}
	})
}

// objects returns the rows of a JSON or NDJSON file.
func objects(t *testing.T, body string, f views.Format) (rows []map[string]any) {
	t.Helper()
	if f == views.JSON {
		var whole struct {
			List string           `json:"list"`
			Rows []map[string]any `json:"rows"`
		}
		if err := json.Unmarshal([]byte(body), &whole); err != nil || whole.List == "" {
			t.Fatalf("%v in %.500s", err, body)
		}
		return whole.Rows
	}
	for line := range bytes.Lines([]byte(body)) {
		var row map[string]any
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		rows = append(rows, row)
	}
	return rows
}

func asCell(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.Itoa(int(v))
	case bool:
		if v {
			return "yes"
		}
	}
	return ""
}

// A program that asks for JSON is answered in JSON, whatever is wrong; a person who
// asks for a workbook gets a page.
func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, ext := range []string{".json", ".ndjson"} {
		for address, status := range map[string]int{"/postings" + ext + "?columns=nonsense": 400, "/assignments" + ext + "?on=1.9.2027": 400, "/changes" + ext + "?state=XX": 400,
			"/coverage" + ext + "?soon=many": 400, "/findings" + ext + "?kind=nonsense": 400, "/officers" + ext + "?known=2999-01-01": 400, "/postings" + ext + "?known=2020-01-01": 400, "/audit" + ext: 403} {
			p := s.get(address).is(status)
			var problem apiProblem
			if err := json.Unmarshal([]byte(p.body), &problem); err != nil || p.Header.Get("Content-Type") != "application/problem+json" || problem.Status != status || p.Header.Get("Content-Disposition") != "" {
				t.Errorf("%s: %s %v", address, p.body, p.Header)
			}
		}
		p := s.as("").get("/officers" + ext).is(http.StatusUnauthorized)
		if p.Header.Get("Content-Type") != "application/problem+json" || p.Header.Get("WWW-Authenticate") == "" {
			t.Errorf("nobody is told %v", p.Header)
		}
		s.as("administrator:all").get("/officers" + ext).is(http.StatusForbidden)
	}
	for _, address := range []string{"/postings.xlsx?columns=nonsense", "/postings.xlsx?known=2020-01-01", "/changes.xlsx?state=XX"} {
		if p := s.get(address).is(422); !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s answers %v", address, p.Header)
		}
	}
	for _, address := range []string{"/postings.xml", "/agencies.json", "/postings.", "/postings.json/x", "/x/postings.json"} {
		s.get(address).is(http.StatusNotFound)
	}
	if err := fits(views.XLSX, views.MostSheetRows+1); err == nil || statusOf(err) != 422 || !strings.Contains(err.Error(), "problem.sheet_rows") {
		t.Errorf("a workbook of too many rows is %v", err)
	}
	if fits(views.XLSX, views.MostSheetRows) != nil || fits(views.CSV, views.MostSheetRows+1) != nil {
		t.Error("a file that fits is refused")
	}
}

// A workbook of a saved view has its columns, and says what it is called; the page
// leads to each format with the filter in force.
func TestFileOfAView(t *testing.T) {
	t.Parallel()
	w := worldOn(newSite(t))
	view := w.post("/views", form("list", "postings", "query", "columns=place,key,version&status=current", "name", "Nycklar")).follow()
	page := w.get(view).is(200)
	for _, want := range []string{`href="/postings.json?columns=place%2Ckey%2Cversion&amp;status=current"`, `href="/postings.csv?columns=place%2Ckey%2Cversion&amp;profile=excel&amp;status=current"`} {
		page.says(want)
	}
	at := page.body[strings.Index(page.body, "/postings.xlsx?"):]
	at = strings.ReplaceAll(at[:strings.IndexByte(at, '"')], "&amp;", "&")
	f, err := excelize.OpenReader(strings.NewReader(w.get(at).is(200).body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Postings")
	if err != nil || len(rows) != 2 || !slices.Equal(rows[0], []string{"Place", "Key", "Version"}) || !slices.Equal(rows[1][1:], []string{"bangkok-se-police", "1"}) {
		t.Errorf("the rows are %q, %v", rows, err)
	}
	about, err := f.GetRows("About this file")
	if err != nil || !slices.ContainsFunc(about, func(row []string) bool { return slices.Equal(row, []string{"View", "Nycklar"}) }) ||
		!slices.ContainsFunc(about, func(row []string) bool { return slices.Equal(row, []string{"Filter", "Status: current"}) }) {
		t.Errorf("the file says %q, %v", about, err)
	}
	other, err := excelize.OpenReader(strings.NewReader(w.as("partner:FI").get(at).is(200).body))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if about, _ := other.GetRows("About this file"); slices.ContainsFunc(about, func(row []string) bool { return slices.Contains(row, "Nycklar") }) {
		t.Error("somebody else's view is named")
	}
}

// Every file can be reached: each CSV file of a list has the other formats beside it.
func TestFormatsHaveRoutes(t *testing.T) {
	t.Parallel()
	n := 0
	for _, r := range (&server{}).routes() {
		if f := views.FormatOf(r.path); f != "" {
			n++
			if list := strings.TrimSuffix(r.path, path.Ext(r.path)); views.FormatOf(list+".ndjson") != views.NDJSON {
				t.Errorf("%s", r.path)
			}
		}
	}
	if lists, reports := 7, 5; n != (lists+reports)*len(views.Formats()) {
		t.Errorf("%d files of lists and reports", n)
	}
}
