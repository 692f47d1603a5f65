package views

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"samband/models"
)

func TestAssignmentsCSVPlain(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	var b bytes.Buffer
	on := post.Opened + 100
	post.Assignments[0].Version = 3
	file := s.AssignmentsFile(&b, About{Format: CSV, Profile: Plain, Lang: "en", On: on})
	for _, a := range post.Assignments {
		o, agency := d.Officer(a.OfficerID), d.Sending(post)
		if err := file.Assignment(&a, &o, &post.Posting, &agency); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	const want = "assignment,posting,host_country,host_country_name,host_city,host_organisation,sending_country,agency,agency_kind,officer,officer_name,rank,first_day,last_day,represents_police,represents_customs,covers,version\r\n" +
		"a-1,bangkok-se-police,TH,Thailand,Bangkok,,SE,se-police,police,o-ase,Åse <Lindqvist>,kriminalkommissarie,2010-01-01,2013-12-31,DK FI IS NO SE,DK FI IS NO SE,TH VN,3\r\n" +
		"a-2,bangkok-se-police,TH,Thailand,Bangkok,,SE,se-police,police,,\"Name hidden, SE police\",,2014-06-01,,DK FI IS NO SE,DK FI IS NO SE,TH VN,\r\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestExcelGuardsFormulas(t *testing.T) {
	for _, text := range []string{"=1+1", "+1", "-1", "@x", "\tx", "\rx"} {
		var b bytes.Buffer
		table := newCSV(&b, Excel, []heading{{"a", "A"}, {"b", "B"}})
		table.text(text)
		table.text("a;b \"c\"")
		_ = table.end()
		if err := table.flush(); err != nil {
			t.Fatal(err)
		}
		rest, ok := bytes.CutPrefix(b.Bytes(), []byte("\xEF\xBB\xBF"))
		if !ok {
			t.Errorf("no byte order mark")
		}
		r := csv.NewReader(bytes.NewReader(rest))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 2 || strings.ReplaceAll(rows[1][0], "\n", "\r") != strings.ReplaceAll("'"+text, "\n", "\r") || rows[1][1] != `a;b "c"` {
			t.Errorf("%q became %q, %v", text, rows, err)
		}
	}
}

// FuzzCSV reads back with encoding/csv whatever is written.
func FuzzCSV(f *testing.F) {
	f.Add("a", "b,c")
	f.Add("\"", " x ")
	f.Add("=1", "line\nbreak")
	f.Fuzz(func(t *testing.T, first, second string) {
		var b bytes.Buffer
		table := newCSV(&b, Plain, nil)
		table.buf, table.row = table.buf[:0], 0
		table.text("x" + first)
		table.text(second)
		_ = table.end()
		if err := table.flush(); err != nil {
			t.Fatal(err)
		}
		row, err := csv.NewReader(&b).Read()
		if err != nil {
			t.Fatal(err)
		}
		// encoding/csv drops carriage returns before a line's end within quotes.
		norm := func(s string) string { return strings.ReplaceAll(s, "\r", "") }
		if norm(row[0]) != norm("x"+first) || norm(row[1]) != norm(second) {
			t.Errorf("%q %q became %q", first, second, row)
		}
	})
}

func TestCSVFilesHaveACellForEachHead(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	agency, officer, masked := d.Sending(post), d.Officer(11), d.Officer(12)
	for name, write := range map[string]func(io.Writer, Profile) error{
		"postings": func(w io.Writer, p Profile) error {
			f := s.PostingsFile(w, About{Format: CSV, Profile: p, Lang: "sv", On: post.Opened})
			_ = f.Posting(&post.Posting, &agency, models.Held, []models.Officer{officer, masked})
			return f.Close()
		},
		"officers": func(w io.Writer, p Profile) error {
			f := s.OfficersFile(w, About{Format: CSV, Profile: p, Lang: "sv"})
			_ = f.Officer(&officer, &agency)
			_ = f.Officer(&masked, &agency)
			return f.Close()
		},
		"findings": func(w io.Writer, p Profile) error {
			f := s.FindingsFile(w, About{Format: CSV, Profile: p, Lang: "sv"})
			for _, x := range d.Findings(post.Opened+5000, models.DefaultLimits) {
				_ = f.Finding(d, x)
			}
			return f.Close()
		},
	} {
		for _, profile := range []Profile{Plain, Excel} {
			var b bytes.Buffer
			if err := write(&b, profile); err != nil {
				t.Fatal(err)
			}
			r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\uFEFF")))
			if profile == Excel {
				r.Comma = ';'
			}
			rows, err := r.ReadAll() // which wants as many cells in each row
			if err != nil || len(rows) < 2 {
				t.Errorf("%s, %s: %v, %d rows", name, profile, err, len(rows))
			}
			if strings.Contains(b.String(), "Canary") || strings.Contains(b.String(), "canary") {
				t.Errorf("%s, %s names a masked officer: %s", name, profile, b.String())
			}
		}
	}
}

// An officer is named once in a row, whatever kind of finding it is about two
// assignments of his or hers; two officers are both named.
func TestFindingsFileNamesEachOfficerOnce(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	same, other := post.Assignments[0], post.Assignments[1]
	for _, kind := range models.FindingKinds() {
		for want, assignments := range map[string][]models.Assignment{"Åse <Lindqvist>": {same, same}, "Åse <Lindqvist>; Name hidden, SE police": {same, other, same}} {
			var b bytes.Buffer
			f := s.FindingsFile(&b, About{Format: CSV, Profile: Plain, Lang: "en"})
			_ = f.Finding(d, models.Finding{Kind: kind, Severity: models.Serious, Post: post, Assignments: assignments, Reason: []models.Message{models.Say("finding.none")}})
			_ = f.Close()
			rows, err := csv.NewReader(&b).ReadAll()
			if err != nil || len(rows) != 2 || rows[1][5] != want {
				t.Errorf("%s: %v: %q, want %q", kind, err, rows, want)
			}
		}
	}
}

func TestRepresentJSON(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	for _, on := range []models.Date{post.Opened - 1, post.Opened, post.Opened + 1500, post.Opened + 1850, post.Opened + 5000} {
		q := models.Question{State: models.Finland, Matter: models.Customs, Place: models.Place{Country: "VN"}, On: on}
		b := s.RepresentJSON("en", q, AsOf{}, d.WhoRepresents(q))
		var got map[string]any
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatalf("%v in %s", err, b)
		}
		for _, key := range []string{"state", "matter", "place", "on", "answers", "why_not", "fallback", "next_change"} {
			if _, ok := got[key]; !ok {
				t.Errorf("no %s in %s", key, b)
			}
		}
		for _, key := range []string{"answers", "why_not", "fallback"} {
			if _, ok := got[key].([]any); !ok {
				t.Errorf("%s is no list in %s", key, b)
			}
		}
		if bytes.Contains(b, []byte("Canary")) {
			t.Errorf("a masked officer is named in %s", b)
		}
	}
}
