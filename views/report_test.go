package views

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/models"
)

// testReports are all reports of a directory, by name.
func testReports(s *Site, lang string, d *models.Directory, post *models.Post) map[string]Report {
	on := post.Opened + 2000
	h := ReportHead{Path: "/reports/x", Query: map[string][]string{"sending": {"SE"}}, Filters: []string{"sending", "region"}, Since: on - 700, On: on,
		Known: on, Directory: d, At: time.Unix(1.7e9, 0), By: "kari@example.org"}
	since := h
	since.SinceName = "since"
	return map[string]Report{
		"notification": s.NotificationReport(lang, h, d.Notifications(models.Among{}, "", on)),
		"board":        s.BoardReport(lang, since, d.BoardPack(models.Among{}, "", on-700, on, models.DefaultLimits)),
		"figures":      s.FiguresReport(lang, since, d.Figures(models.Among{}, models.Period{First: on - 700, Last: on})),
		"bodies":       s.BodiesReport(lang, h, ""),
		"posting":      s.PostingReport(lang, h, d.HistoryOf(post, on)),
	}
}

// Every row of a report has as many cells as there are columns, and each column and each
// table a name in every language.
func TestReportsAreWhole(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	for _, lang := range Languages() {
		for name, r := range testReports(s, lang, d, post) {
			for _, p := range r.Parts {
				for _, row := range p.Rows {
					if len(row) != len(p.Columns) {
						t.Errorf("%s, %s: %d cells under %d heads", name, p.Name, len(row), len(p.Columns))
					}
				}
				for _, c := range p.Columns {
					if strings.HasPrefix(c.Label, "csv.") {
						t.Errorf("%s: the column %s has no name in %s", name, c.Name, lang)
					}
				}
				if strings.HasPrefix(p.Title, "report.") || p.None == "" {
					t.Errorf("%s: the table %s has no title in %s", name, p.Name, lang)
				}
			}
			for _, text := range append(slices.Clone(r.Counting), r.Title, r.Made) {
				if strings.HasPrefix(text, "report.") {
					t.Errorf("%s says %s in %s", name, text, lang)
				}
			}
		}
		for _, turning := range models.Turnings() {
			if key := "report.turning." + string(turning); s.text(lang, key) == key {
				t.Errorf("%s says nothing in %s", key, lang)
			}
		}
	}
}

// The file of a report has the same columns whatever is in it, begins with what it says
// of itself, and has the numbers of the page.
func TestReportFiles(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	none := testReports(s, "en", models.NewDirectory(models.Delta{}), post)
	for name, r := range testReports(s, "en", d, post) {
		heads, rows := readReport(t, s, "en", Plain, r)
		if empty, _ := readReport(t, s, "en", Plain, none[name]); name != "posting" && !slices.Equal(heads, empty) {
			t.Errorf("%s: %v, but %v where nothing is in it", name, heads, empty)
		}
		if rows[0][0] != "about" || rows[0][1] != "report" || rows[0][2] != r.Title {
			t.Errorf("%s begins with %v", name, rows[0])
		}
		if n := len(rows) - len(r.Facts) - 1; n != r.FileRows() {
			t.Errorf("%s: %d rows, not %d", name, n, r.FileRows())
		}
		said := map[string]string{}
		for _, row := range rows {
			if row[0] == "about" {
				said[row[1]] = row[2]
			}
		}
		for what, want := range map[string]string{"on": r.On.String(), "known": r.Known.String(), "banner": "Restricted", "filter": "Sending state: Sweden", "made": r.Made} {
			if said[what] != want {
				t.Errorf("%s: %s is %q, not %q", name, what, said[what], want)
			}
		}
	}
}

func readReport(t *testing.T, s *Site, lang string, profile Profile, r Report) (heads []string, rows [][]string) {
	t.Helper()
	var b bytes.Buffer
	file := s.ReportFile(&b, About{Format: CSV, Profile: profile, Lang: lang}, r)
	if err := file.Report(r); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(io.Reader(bytes.NewReader(bytes.TrimPrefix(b.Bytes(), []byte("\uFEFF")))))
	if profile == Excel {
		in.Comma = ';'
	}
	all, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

// The figures of a posting that one officer held for four years, another later.
func TestFiguresInWords(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	find := func(lang string, profile Profile) map[string]string {
		heads, rows := readReport(t, s, lang, profile, testReports(s, lang, d, post)["figures"])
		for _, row := range rows {
			if row[0] == "sending" && strings.Contains("SE", row[slices.Index(heads, heads[len(reportHeads)+1])]) {
				t.Log(row)
			}
			if row[0] == "total" {
				got := map[string]string{}
				for i, head := range heads {
					got[head] = row[i]
				}
				return got
			}
		}
		t.Fatal("no total")
		return nil
	}
	got := find("en", Plain)
	if open, _ := strconv.Atoi(got["post_days"]); open != 701 {
		t.Errorf("open on %s days", got["post_days"])
	}
	var sum int
	for _, part := range []string{"gap_days", "suspended_days", "officer_days"} {
		n, err := strconv.Atoi(got[part])
		if err != nil {
			t.Error(err)
		}
		sum += n
	}
	if sum != 701 || !strings.Contains(got["officer_years"], ".") || strings.Contains(got["gap_share"], "%") {
		t.Errorf("%v", got)
	}
	if sv := find("sv", Excel); !strings.Contains(sv["Tjänsteår"], ",") {
		t.Errorf("%v", sv)
	}
}

// What nobody may be told of who is masked stands in no report.
func TestReportsHideNames(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	for name, r := range testReports(s, "en", d, post) {
		var b bytes.Buffer
		file := s.ReportFile(&b, About{Format: CSV, Profile: Plain, Lang: "en"}, r)
		if err := file.Report(r); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		if err := ReportPage.Render(&b, s, Request{Lang: "en", Path: "/"}, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(strings.ToLower(b.String()), "canary") {
			t.Errorf("%s tells of the masked officer", name)
		}
	}
}
