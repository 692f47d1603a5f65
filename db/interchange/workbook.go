package interchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"samband/models"
)

// mostUnzipped bounds a workbook in memory, unpacked, in bytes.
const mostUnzipped = 256 << 20

// A workbook is an XLSX file: its first sheet that is not hidden is read.
type workbook struct {
	upload   Upload
	sheet    string           // its name there
	from1904 bool             // days are counted from 1904
	notices  []models.Message // what its reader should know
	refused  *models.Message  // why it cannot be read
}

// openWorkbook opens an XLSX file.
func openWorkbook(u Upload, z *zip.Reader, opts *Options) (*parcel, error) {
	unpacked := uint64(0)
	for _, f := range z.File {
		unpacked += f.UncompressedSize64
	}
	if unpacked > mostUnzipped {
		return nil, fmt.Errorf("%w: it unpacks to %d bytes, at most %d", ErrTooLarge, unpacked, mostUnzipped)
	}
	book := &workbook{upload: u}
	if err := book.survey(z); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	p := &parcel{Closer: io.NopCloser(nil), total: u.Size, book: book, guarded: true}
	p.files = func(s *sheet, _ func(string, io.Reader, int64) io.Reader) (rows, error) {
		if s != p.single {
			return nil, nil
		}
		return book.open()
	}
	first, err := book.open()
	if err != nil {
		return nil, err
	}
	defer first.Close()
	head, _, err := first.next()
	if err != nil && err != io.EOF {
		return nil, err
	}
	p.single = sheetFor(u.Name, head, opts)
	return p, nil
}

// survey finds the sheet to read, and what there is in it that a reader of values
// cannot see: formulas, and cells that have been merged.
func (b *workbook) survey(z *zip.Reader) error {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := readXML(z, "xl/workbook.xml", &book); err != nil {
		return err
	}
	if err := readXML(z, "xl/_rels/workbook.xml.rels", &links); err != nil {
		return err
	}
	b.from1904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	id, hidden := "", 0
	var others []string
	for _, s := range book.Sheets {
		switch {
		case s.State != "" && s.State != "visible":
			hidden++
		case id == "":
			b.sheet, id = s.Name, s.ID
		default:
			others = append(others, s.Name)
		}
	}
	if id == "" {
		return fmt.Errorf("no sheet is visible")
	}
	if hidden > 0 {
		b.notices = append(b.notices, models.Say("import.hidden_sheets", "n", hidden))
	}
	if len(others) > 0 {
		b.notices = append(b.notices, models.Say("import.other_sheets", "read", b.sheet, "names", strings.Join(others, ", ")))
	}
	for _, l := range links.All {
		if l.ID != id {
			continue
		}
		name := path.Join("xl", l.Target)
		if strings.HasPrefix(l.Target, "/") {
			name = l.Target[1:]
		}
		return b.look(z, name)
	}
	return fmt.Errorf("the sheet %q is not there", b.sheet)
}

// look reads through a sheet's XML for formulas and merged cells.
func (b *workbook) look(z *zip.Reader, name string) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostUnzipped))
	if err != nil {
		return err
	}
	if n := bytes.Count(text, []byte("<f>")) + bytes.Count(text, []byte("<f ")); n > 0 {
		b.notices = append(b.notices, models.Say("import.formulas", "n", n))
	}
	if _, after, merged := bytes.Cut(text, []byte("<mergeCell ref=\"")); merged {
		where, _, _ := bytes.Cut(after, []byte("\""))
		m := models.Say("problem.merged_cells", "cells", string(where[:min(len(where), 40)]))
		b.refused = &m
	}
	return nil
}

func readXML(z *zip.Reader, name string, into any) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return xml.NewDecoder(io.LimitReader(f, 1<<20)).Decode(into)
}

// bookRows are the rows of a workbook's sheet.
type bookRows struct {
	file  *excelize.File
	rows  *excelize.Rows
	line  int
	width int // of the head
}

func (b *workbook) open() (*bookRows, error) {
	limits := excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: mostUnzipped}
	f, err := excelize.OpenReader(b.upload.whole(), limits)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	rows, err := f.Rows(b.sheet)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return &bookRows{file: f, rows: rows}, nil
}

// next returns the next row that is not empty, as wide as the head: a spreadsheet leaves
// out empty cells at the end.
func (r *bookRows) next() (cells []string, line int, err error) {
	for r.rows.Next() {
		r.line++
		cells, err := r.rows.Columns()
		if err != nil {
			return nil, r.line, fmt.Errorf("%w: %w", ErrUnreadable, err)
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) == 0 {
			continue
		}
		if r.width == 0 {
			r.width = len(cells)
		}
		for len(cells) < r.width {
			cells = append(cells, "")
		}
		return cells, r.line, nil
	}
	if err := r.rows.Error(); err != nil {
		return nil, r.line, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return nil, 0, io.EOF
}

func (r *bookRows) Close() error {
	_ = r.rows.Close()
	return r.file.Close()
}

// leapSerial is the day that spreadsheets count as the 29th of February 1900, which never
// was. Of those before it Excel and LibreOffice do not count the same; before the first of
// them only LibreOffice counts, backwards.
const leapSerial = 60

// serialDay reads a day as spreadsheets keep it: a whole number of days. One of which they
// do not agree is none.
func serialDay(text string, from1904 bool) (models.Date, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != float64(int(n)) || n < -800_000 || n > 2_958_465 {
		return 0, false
	}
	base, _ := models.ParseDate("1899-12-30")
	if from1904 {
		base += 1462
	} else if n >= 0 && n <= leapSerial {
		return 0, false
	}
	d := base + models.Date(n)
	return d, d > 0 && d < models.Forever
}
