package handlers

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"samband/db"
	"samband/models"
)

// book returns a workbook of rows.
func book(t *testing.T, rows ...[]any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// edited changes a cell of a workbook: of the row that has a text somewhere, in the
// column of a head.
func edited(t *testing.T, file, row, head, value string) string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(rows[0], head)
	for i, cells := range rows {
		if !slices.Contains(cells, row) {
			continue
		}
		cell, err := excelize.CoordinatesToCellName(column+1, i+1)
		if err == nil {
			err = f.SetCellStr(sheet, cell, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A directory that somebody has kept in Excel comes in, is mended, taken back, comes in
// again, is edited there while a colleague edits it here, and goes out to a spreadsheet,
// a calendar and an address book without a lost letter.
func TestADirectoryKeptInExcel(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		people := book(t, []any{"Nyckel", "Myndighet", "Namn", "Tjänstegrad", "Telefon", "Bil"},
			[]any{"00123", "se-police", "Åse Ærø-Þórsdóttir", "kommissarie", "+46846500401", "Volvo"},
			[]any{"-x", "se-police", "=1+1", "\"chef\"", "", ""},
			[]any{"o-8", "Okända verket", "Bo", "", "", ""})
		at := "/imports/" + s.sendFile("folk.xlsx", people)
		s.get(at).is(200).says("Bil")
		s.post(at+"/columns", form("noun", "officer", "column0", "key", "column1", "agency", "column2", "name", "column3", "rank", "column4", "phone", "column5", "")).follow()
		s.get(at).is(200).says("<b>2</b> new", "<b>1</b> refused")
		mended := strings.Replace(s.get(at+"/refused.csv").is(200).body, "Okända verket", "se-police", 1)
		s.applied(strings.TrimPrefix(at, "/imports/"), "leave", "yes").follow()
		again := s.sendFile("mera.csv", mended)
		s.post("/imports/"+again+"/columns", form("noun", "officer")).follow()
		s.post("/imports/"+again+"/columns", form("noun", "officer", "column0", "key", "column1", "agency", "column2", "name", "column3", "rank", "column4", "phone", "column5", "", "column6", "")).follow()
		s.applied(again).follow()
		if o := officerOf(t, s, "00123"); o.Name != "Åse Ærø-Þórsdóttir" || o.Phone != "+46846500401" {
			t.Errorf("the officer is %+v", o)
		}

		const terms = "Nyckel;Sambandsperson;Stationering;Första dag;Sista dag\r\na-9;00123;bangkok-se;1.9.2027;31.8.2030\r\n"
		ambiguous := s.sendFile("tjänster.csv", strings.Replace(terms, "1.9.2027", "01/09/2027", 1))
		s.post("/imports/"+ambiguous+"/columns", form("noun", "assignment")).follow()
		s.get("/imports/" + ambiguous).is(200).says("<b>1</b> refused")
		s.post("/imports/"+ambiguous+"/discard", form()).follow()
		send := func() string {
			id := s.sendFile("tjänster.csv", terms)
			if p := s.get("/imports/" + id).is(200); !strings.Contains(p.body, "<b>1</b> new") {
				s.post("/imports/"+id+"/columns", form("noun", "assignment")).follow()
			}
			s.get("/imports/" + id).is(200).says("<b>1</b> new")
			s.applied(id).follow()
			return id
		}
		s.post("/imports/"+send()+"/revert", nil).follow()
		send()
		s.get("/assignments?q=Þórsdóttir").is(200).says("2027-09-01", "2030-08-31")

		away := s.get("/officers.xlsx?status=any").is(200).body
		o := officerOf(t, s, "00123")
		s.post(fmt.Sprintf("/officers/%d/edit", o.ID), form("version", fmt.Sprint(o.Version), "key", "00123", "agency", "se-police", "name", o.Name, "rank", "intendent", "phone", o.Phone)).follow()
		back := s.sendFile("officers.xlsx", edited(t, edited(t, away, "00123", "Rank", "polisråd"), "-x", "Rank", "chef"))
		s.get("/imports/"+back).is(200).says("<b>1</b> changed", "<b>1</b> older than the record", "intendent", "polisråd", "kommissarie")
		s.applied(back).follow()
		if ours, theirs := officerOf(t, s, "00123").Rank, officerOf(t, s, "-x").Rank; ours != "intendent" || theirs != "chef" {
			t.Errorf("the ranks are %q and %q", ours, theirs)
		}

		f, err := excelize.OpenReader(strings.NewReader(s.get("/officers.xlsx?status=any").is(200).body))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := f.GetRows(f.GetSheetName(0))
		out := fmt.Sprint(rows)
		for _, want := range []string{"00123", "-x", "=1+1", "Åse Ærø-Þórsdóttir", "+46846500401"} {
			if err != nil || !strings.Contains(out, want) {
				t.Errorf("the workbook lacks %s: %v, %s", want, err, out)
			}
		}
		calendar, _ := s.addressOf("coordinator:all", db.Calendar{About: models.OfAll, Holds: "terms"})
		if got := strings.Join(s.as("").get(calendar).is(200).summaries(), "\n"); !strings.Contains(got, "20270901/20270902 Term begins: Åse Ærø-Þórsdóttir") {
			t.Errorf("the calendar has\n%s", got)
		}
		if p := s.post(fmt.Sprintf("/officers/%d/cards", o.ID), form()); p.StatusCode != http.StatusOK || !strings.Contains(p.body, "Åse Ærø-Þórsdóttir") || !strings.Contains(p.body, "+46846500401") {
			t.Errorf("the card is %d %s", p.StatusCode, p.body)
		}
	})
}
