package views

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"samband/models"
)

// rowsPart is the part of a workbook with the rows, and firstParts are those that a
// reader who looks at the beginning only wants to see.
const rowsPart = "xl/worksheets/sheet1.xml"

var firstParts = []string{"[Content_Types].xml", "_rels/.rels"}

// parts are those of a workbook by name, as excelize writes them.
type parts map[string]*bytes.Buffer

// Create takes one part. With AddFS and Close it makes parts an excelize.ZipWriter.
func (p parts) Create(name string) (io.Writer, error) {
	p[name] = new(bytes.Buffer)
	return p[name], nil
}

// AddFS has nothing to add: excelize does not call it.
func (p parts) AddFS(fs.FS) error { return nil }

// Close has nothing to close.
func (p parts) Close() error { return nil }

// partsOf returns what excelize would write into the file of a workbook.
func partsOf(f *excelize.File) (map[string][]byte, error) {
	p := parts{}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return p })
	err := f.Write(io.Discard)
	all := map[string][]byte{}
	for name, part := range p {
		all[name] = part.Bytes()
	}
	return all, err
}

func sortedNames(all map[string][]byte) []string { return slices.Sorted(maps.Keys(all)) }

// newBook returns an empty workbook. It keeps what is streamed in memory, as it cannot
// make a file below what is no folder: see xlsxTable.
func newBook() *excelize.File { return excelize.NewFile(excelize.Options{TmpDir: os.DevNull}) }

func styled(style int, value any) excelize.Cell { return excelize.Cell{StyleID: style, Value: value} }

// shown returns what people see of a cell of ours, as far as widths need it, and its
// style.
func shown(cell any) (text string, style int) {
	switch c := cell.(type) {
	case int:
		return strconv.Itoa(c), 0
	case excelize.Cell:
		if c.StyleID == dayStyle {
			return "2026-11-23", dayStyle
		}
		text, _ := c.Value.(string)
		return text, c.StyleID
	}
	return "", 0
}

// The marks around the rows in the XML of a sheet.
var rowsBegin, rowsEnd = []byte("<sheetData>"), []byte("</sheetData>")

var errSheet = errors.New("views: the XML of a sheet has no rows")

// halves returns what precedes the end of a sheet's rows, and the rest from there.
func halves(sheet []byte) (before, after []byte, err error) {
	at := bytes.LastIndex(sheet, rowsEnd)
	if at < 0 {
		return nil, nil, errSheet
	}
	return sheet[:at], sheet[at:], nil
}

// sheetRows returns rows as the XML of a sheet, numbered from one.
func sheetRows(rows [][]any, from int) ([]byte, error) {
	f := newBook()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		if err := w.SetRow("A"+strconv.Itoa(from+i), row); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	all, err := partsOf(f)
	if err != nil {
		return nil, err
	}
	before, _, err := halves(all[rowsPart])
	_, in, there := bytes.Cut(before, rowsBegin)
	if err == nil && !there {
		err = errSheet
	}
	return in, err
}

// book returns the parts of the workbook with n rows, as they are without the rows.
func (t *xlsxTable) book(n int) (map[string][]byte, error) {
	f := newBook()
	defer f.Close()
	if err := addStyles(f); err != nil {
		return nil, err
	}
	say := func(key string) string { return t.site.text(t.about.Lang, key) }
	title := say("nav." + t.about.List[1:])
	if err := f.SetSheetName("Sheet1", title); err != nil {
		return nil, err
	}
	if err := t.headRow(f, title, n); err != nil {
		return nil, err
	}
	about := say("file.about")
	if _, err := f.NewSheet(about); err != nil {
		return nil, err
	}
	if err := t.aboutSheet(f, about, title); err != nil {
		return nil, err
	}
	return partsOf(f)
}

// addStyles adds the styles, which get the numbers of their constants.
func addStyles(f *excelize.File) error {
	format, top := "yyyy-mm-dd", &excelize.Alignment{Vertical: "top"}
	for i, style := range []*excelize.Style{
		{NumFmt: 49, Alignment: top},
		{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}},
		{NumFmt: 49, Font: &excelize.Font{Bold: true}, Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "808080"}}},
		{NumFmt: 49, Font: &excelize.Font{Bold: true}},
	} {
		id, err := f.NewStyle(style)
		if err != nil {
			return err
		}
		if id != i+1 {
			return errSheet
		}
	}
	return nil
}

// headRow writes the first sheet without its rows: the head, which stays in sight and
// has a filter over the n rows below it, and how the columns look.
func (t *xlsxTable) headRow(f *excelize.File, sheet string, n int) error {
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := setLooks(w, t.looks); err != nil {
		return err
	}
	head := make([]any, len(t.heads))
	for i, h := range t.heads {
		head[i] = styled(headStyle, h.label)
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(t.heads), n+1)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(sheet, "A1:"+last, nil); err != nil {
		return err
	}
	return w.Flush()
}

// setLooks says how the columns of a sheet look: the last first, since excelize writes
// them in the reverse order, and Excel wants them in theirs.
func setLooks(w *excelize.StreamWriter, looks []look) error {
	for i, l := range slices.Backward(looks) {
		if err := w.SetColWidth(i+1, i+1, l.width); err != nil {
			return err
		}
		if err := w.SetColStyle(i+1, i+1, l.style); err != nil {
			return err
		}
	}
	return nil
}

// aboutSheet writes the second sheet: what the file is, when and by whom it was made,
// and what is not in it.
func (t *xlsxTable) aboutSheet(f *excelize.File, sheet, title string) error {
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := setLooks(w, []look{{28, textStyle}, {90, textStyle}}); err != nil {
		return err
	}
	n := 0
	put := func(label string, value any) {
		if text, is := value.(string); is {
			short, _ := cellText(text)
			value = styled(textStyle, short)
		}
		n++
		if err == nil {
			err = w.SetRow("A"+strconv.Itoa(n), []any{styled(boldStyle, label), value})
		}
	}
	t.told(title, put)
	if err != nil {
		return err
	}
	return w.Flush()
}

// told calls put with each line of the second sheet.
func (t *xlsxTable) told(title string, put func(label string, value any)) {
	a := t.about
	say := func(key string, args ...any) string { return t.site.Say(a.Lang, models.Say(key, args...)) }
	day := func(label string, d models.Date) {
		switch {
		case d >= firstSerial && !d.Open():
			put(label, styled(dayStyle, int(d-sheetEpoch)))
		case d > 0:
			put(label, d.String())
		}
	}
	if t.site.Banner != "" {
		put(t.site.Banner, nil)
	}
	if t.site.Demo {
		put(say("layout.demo"), nil)
	}
	put(say("file.list"), title)
	day(say("file.on"), a.On)
	day(say("file.known"), a.Known)
	for _, o := range a.asked() {
		if o.Value == "known" && a.Known != 0 || o.Value == "on" && a.On != 0 {
			continue
		}
		label := o.Value
		if t.site.sentence(a.Lang, "filter."+o.Value) != nil {
			label = say("filter." + o.Value)
		}
		put(say("file.filter"), label+": "+o.Label)
	}
	if a.View != "" {
		put(say("file.view"), a.View)
	}
	put(say("file.maker"), a.Maker)
	put(say("file.made"), a.Made.In(t.site.zone).Format("2006-01-02 15:04:05 -07:00"))
	put(say("file.rows"), t.done-min(t.left, 1))
	if t.left > 0 {
		put(say("file.rows_left", "n", t.left), nil)
	}
	if t.cut > 0 {
		put(say("file.cells_cut", "n", t.cut, "most", mostCellText), nil)
	}
}
