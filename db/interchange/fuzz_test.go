package interchange

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"samband/models"
)

// opened reads a file through as an import does, and requires errors to be those that an
// import is known to have, and heads and rows to be within their bounds.
func opened(t *testing.T, u Upload) {
	t.Helper()
	known := func(err error) bool {
		_, quotes := errors.AsType[*csv.ParseError](err)
		return err == nil || quotes || errors.Is(err, ErrUnreadable) || errors.Is(err, ErrTooLarge) || errors.Is(err, ErrNoPackage)
	}
	opts := Options{Columns: map[string]string{"x": "key", "y": ""}}
	heads, noun, err := Heads(u, opts)
	if !known(err) || len(heads) > mostColumns || err == nil && noun != "" && Columns(noun) == nil {
		t.Errorf("%d heads of %q, %v", len(heads), noun, err)
	}
	p, err := openUpload(u, &opts)
	if err != nil {
		return
	}
	defer p.Close()
	for _, s := range sheets {
		file, err := p.files(s, func(_ string, r io.Reader, _ int64) io.Reader { return r })
		if err != nil || file == nil {
			continue
		}
		line := 0
		for {
			cells, at, err := file.next()
			if err != nil {
				break // whatever it is, the import ends
			}
			if at <= line || len(cells) == 0 {
				t.Errorf("row %d after %d has %d cells", at, line, len(cells))
			}
			line = at
		}
		file.Close()
	}
}

// FuzzUpload opens arbitrary bytes as a file that somebody sends.
func FuzzUpload(f *testing.F) {
	for name, text := range aPackage() {
		f.Add(name, []byte(text))
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range aPackage() {
		w, _ := z.Create(name)
		_, _ = w.Write([]byte(text))
	}
	_ = z.Close()
	f.Add("package.zip", b.Bytes())
	for _, text := range []string{"", "\uFEFF", "\xFF\xFE", "\xFF\xFEk\x00e\x00y", "\xFE\xFF\x00k", "PK\x03\x04", "PK\x05\x06" + strings.Repeat("\x00", 18), "\"", "key;\"a\n", "key\tname\r\n\r\n", ",\n,,\n", "\x00\n", "key,key\n"} {
		f.Add("officers (2).csv", []byte(text))
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		opened(t, Upload{name, bytes.NewReader(text), int64(len(text))})
	})
}

// FuzzWorkbook opens workbooks of which the parts are arbitrary: they are zipped here,
// since chance hardly ever makes a zip.
func FuzzWorkbook(f *testing.F) {
	book := excelize.NewFile()
	defer book.Close()
	_ = book.SetSheetRow("Sheet1", "A1", &[]any{"key", "rank", "phone", "closed"})
	_ = book.SetSheetRow("Sheet1", "A2", &[]any{"o-1", "'=1+1", 46846500401, "1.1.2031"})
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		f.Fatal(err)
	}
	made, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		f.Fatal(err)
	}
	part := func(name string) string {
		r, err := made.Open(name)
		if err != nil {
			return ""
		}
		text, _ := io.ReadAll(r)
		return string(text)
	}
	workbook, sheet, texts := part("xl/workbook.xml"), part("xl/worksheets/sheet1.xml"), part("xl/sharedStrings.xml")
	f.Add(workbook, sheet, texts)
	f.Add(workbook, `<worksheet><sheetData><row r="1577"><c r="XFE1" t="s"><v>99</v></c></row></sheetData></worksheet>`, texts)
	f.Add(workbook, `<worksheet><sheetData><row r="3"><c r="A3" t="inlineStr"><is><t>key</t></is></c></row><row r="1"><c><f>1+1</f><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="`, texts)
	f.Add(`<workbook><workbookPr date1904="1"/><sheets><sheet name="" state="hidden" r:id="rId1"/></sheets></workbook>`, sheet, `<sst><si><t>`)
	f.Add(strings.Replace(workbook, "Sheet1", "../../x", 1), sheet, texts)
	f.Fuzz(func(t *testing.T, workbook, sheet, texts string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, file := range made.File {
			text := part(file.Name)
			switch file.Name {
			case "xl/workbook.xml":
				text = workbook
			case "xl/worksheets/sheet1.xml":
				text = sheet
			case "xl/sharedStrings.xml":
				text = texts
			}
			w, _ := z.Create(file.Name)
			_, _ = w.Write([]byte(text))
		}
		_ = z.Close()
		opened(t, Upload{"officers.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len())})
	})
}

// FuzzCells reads arbitrary cells as a spreadsheet writes them.
func FuzzCells(f *testing.F) {
	for _, was := range []string{"00123", "+46846500401", "1e5", "", "'=1+1", "12345678901234567890"} {
		for _, now := range []string{"123", "4,68E+10", "46024", "-363", "0x1p-2", "NaN", "1e999", "''-x", "1_0"} {
			f.Add(was, now)
		}
	}
	f.Fuzz(func(t *testing.T, was, now string) {
		for _, from1904 := range []bool{false, true} {
			if d, ok := serialDay(now, from1904); ok && (d < 1 || d >= models.Forever) {
				t.Errorf("%q is %v", now, d)
			}
		}
		if respelled(was, now) && (was == now || strings.ContainsAny(now, "xXpP_nN")) {
			t.Errorf("%q is another spelling of %q", now, was)
		}
		if guarded := unguarded("'" + now); models.Formula(now) && guarded != now {
			t.Errorf("%q with its guard is %q", now, guarded)
		}
	})
}
