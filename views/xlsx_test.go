package views

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"samband/models"
)

// The second sheet says what the file is; the first has a head that stays, a filter
// over all rows, and columns that are wide enough.
func TestWorkbookSaysWhatItIs(t *testing.T) {
	s := testSite(t)
	b := file(t, everyFile(s)["officers"], aboutOf(XLSX, Excel))
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if want := []string{"Sambandspersoner", "Om filen"}; !slices.Equal(sheets, want) {
		t.Errorf("the sheets are %q, want %q", sheets, want)
	}
	rows, err := f.GetRows(sheets[1])
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, " | "))
	}
	all := strings.Join(lines, "\n")
	for _, want := range []string{"Restricted\n", "Lista | Sambandspersoner", "Läget den | 2026-11-23", "Uppgifter registrerade till och med | 2026-11-20", "Filter | Sändande stat: SE",
		`Filter | q: =cmd "x"`, "Vy | Vår vy", "Hämtad av | ase@example.org", "Hämtad | 2026-11-23 23:30:00 +01:00", "Rader | " + strconv.Itoa(len(nasty))} {
		if !strings.Contains(all, want) {
			t.Errorf("the second sheet does not say %q:\n%s", want, all)
		}
	}
	if strings.Contains(all, "excel") || strings.Contains(all, "page") || strings.Contains(all, "avkortade") {
		t.Errorf("the second sheet says too much:\n%s", all)
	}
	panes, err := f.GetPanes(sheets[0])
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the panes are %+v, %v", panes, err)
	}
	if width, err := f.GetColWidth(sheets[0], "E"); err != nil || width < 18 || width > 60 {
		t.Errorf("names have a width of %v, %v", width, err)
	}
	for _, name := range []string{rowsPart, "xl/worksheets/sheet2.xml"} {
		var order []int
		for _, m := range regexp.MustCompile(`<col min="(\d+)" max="(\d+)"`).FindAllSubmatch(partOf(t, b, name), -1) {
			first, _ := strconv.Atoi(string(m[1]))
			if order = append(order, first); string(m[1]) != string(m[2]) {
				t.Errorf("%s: columns %s to %s are one", name, m[1], m[2])
			}
		}
		if len(order) < 2 || !slices.IsSorted(order) || len(slices.Compact(order)) != len(order) {
			t.Errorf("%s has columns in the order %v, which Excel may refuse", name, order)
		}
	}
	filtered := slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool {
		return n.Name == "_xlnm._FilterDatabase" && strings.HasSuffix(n.RefersTo, "!$A$1:$L$"+strconv.Itoa(len(nasty)+1))
	})
	if !filtered || !bytes.Contains(partOf(t, b, rowsPart), []byte(`<autoFilter ref="$A$1:$L$`+strconv.Itoa(len(nasty)+1)+`"`)) {
		t.Errorf("the filter is over %+v", f.GetDefinedName())
	}
}

// A day is the same day wherever the office is; only the time of the download tells.
func TestFilesInOtherZones(t *testing.T) {
	var want [][]byte
	for _, zone := range []string{"Europe/Stockholm", "Pacific/Kiritimati", "Pacific/Niue", "UTC"} {
		s, err := New(Options{Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		write := everyFile(s)["assignments"]
		got := [][]byte{partOf(t, file(t, write, aboutOf(XLSX, Excel)), rowsPart), file(t, write, aboutOf(JSON, Plain)), file(t, write, aboutOf(CSV, Plain))}
		if want == nil {
			want = got
		}
		for i := range got {
			if !bytes.Equal(got[i], want[i]) {
				t.Errorf("file %d has other days in %s", i, zone)
			}
		}
	}
}

// partOf returns a part of a workbook.
func partOf(t *testing.T, b []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Days before March 1900 are texts: a sheet has no such days, or wrong ones.
func TestWorkbookDays(t *testing.T) {
	for day, want := range map[string]any{"1900-02-28": "1900-02-28", "0001-01-01": "0001-01-01", "1900-03-01": 61, "1970-01-01": 25569, "2026-11-23": 46349, "9999-12-30": 2958464, "9999-12-31": nil} {
		d, err := models.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		table := newXLSX(io.Discard, testSite(t), aboutOf(XLSX, Excel), []heading{{"a", "A"}})
		table.day(d)
		got := table.row[0]
		if cell, is := got.(excelize.Cell); is {
			got = cell.Value
		}
		if got != want {
			t.Errorf("%s is %v, want %v", day, got, want)
		}
	}
}

// What does not fit into a sheet is left out, and both sheets say so.
func TestWorkbookThatIsFull(t *testing.T) {
	s := testSite(t)
	for _, rows := range []int{9, 10, 11, 2500} {
		var b bytes.Buffer
		table := newXLSX(&b, s, aboutOf(XLSX, Plain), []heading{{"a", "A"}, {"b", "B"}})
		table.most = 10
		if rows > 1000 {
			table.most = 2000
		}
		for i := range rows {
			table.number(i)
			if rows < 1000 {
				table.text(strings.Repeat("å", 33000))
			} else { // which would take long
				table.text("å")
			}
			if err := table.end(); err != nil {
				t.Fatal(err)
			}
		}
		if err := table.flush(); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		found, err := f.GetRows("Liaison officers")
		if err != nil {
			t.Fatal(err)
		}
		about, err := f.GetRows("About this file")
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		last, all := found[len(found)-1], ""
		for _, row := range about {
			all += strings.Join(row, " | ") + "\n"
		}
		left := max(0, rows-table.most)
		if left > 0 {
			left++ // one makes room for the sentence
			sentence := "Rows that are left out: " + strconv.Itoa(left) + "."
			if len(found) != table.most+1 || !strings.Contains(last[0], sentence) || !strings.Contains(all, sentence) {
				t.Errorf("of %d rows %d are there, the last is %.200q, and\n%s", rows, len(found), last, all)
			}
		} else if len(found) != rows+1 || last[0] != strconv.Itoa(rows-1) || strings.Contains(all, "left out") {
			t.Errorf("of %d rows %d are there, the last is %.200q, and\n%s", rows, len(found), last, all)
		}
		if !strings.Contains(all, "Rows | "+strconv.Itoa(rows-left)) || strings.Contains(all, "Cells that are cut and end with “…”: ") != (rows < 1000) {
			t.Errorf("%d rows: the second sheet says\n%s", rows, all)
		}
		if rows < 1000 && found[1][1] != strings.Repeat("å", mostCellText-1)+"…" {
			t.Errorf("a long text is cut to %d bytes", len(found[1][1]))
		}
	}
}

func TestCellText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{strings.Repeat("a", mostCellText), strings.Repeat("a", mostCellText)},
		{strings.Repeat("a", mostCellText+1), strings.Repeat("a", mostCellText-1) + "…"},
		{strings.Repeat("å", mostCellText), strings.Repeat("å", mostCellText)},
		{strings.Repeat("🇸", mostCellText/2) + "a", strings.Repeat("🇸", mostCellText/2) + "a"}, // each is two units
		{strings.Repeat("🇸", mostCellText/2+1), strings.Repeat("🇸", mostCellText/2) + "…"},
		{"a" + strings.Repeat("🇸", mostCellText/2+1), "a" + strings.Repeat("🇸", mostCellText/2-1) + "…"},
	} {
		if got, cut := cellText(c.text); got != c.want || cut != (got != c.text) {
			t.Errorf("%d bytes become %d, want %d", len(c.text), len(got), len(c.want))
		}
	}
}
