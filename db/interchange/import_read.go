package interchange

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"samband/models"
)

// Bounds of a package: far above the largest directory, and low enough to be
// read. A zip that unpacks to more than mostRatio times its size is a zip bomb,
// unless it is small.
const (
	mostBytes   = 1 << 30 // of its files together, unpacked
	mostEntries = 100     // of a zip
	mostRatio   = 100
	freeBytes   = 1 << 20 // a file may have these whatever the ratio
	mostRows    = 4_000_000
	mostRowSize = 256 << 10 // bytes
	mostCell    = 64 << 10  // bytes
	// mostRefused ends the reading, since refusals take memory.
	mostRefused = 1_500_000
)

// ErrTooLarge is returned if a package exceeds the bounds.
var ErrTooLarge = errors.New("the package is too large")

// A parcel is an interchange package that has been opened for reading.
type parcel struct {
	fs.FS
	io.Closer
	total int64    // of the files that belong to a package
	other []string // other files that end in .csv
}

// openParcel opens a folder, or a zip, with the files at its top level or in
// its only folder.
func openParcel(path string) (*parcel, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	p := &parcel{FS: os.DirFS(path), Closer: io.NopCloser(nil)}
	if !info.IsDir() {
		r, err := zip.OpenReader(path)
		if err != nil {
			return nil, fmt.Errorf("%s is neither a folder nor a zip: %w", path, err)
		}
		p.FS, p.Closer = r, r
		if err := checkZip(&r.Reader); err != nil {
			r.Close()
			return nil, err
		}
	}
	if err := p.survey(); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// checkZip refuses a zip that declares itself too large when unpacked. One that
// declares too little is caught when it is read.
func checkZip(r *zip.Reader) error {
	if len(r.File) > mostEntries {
		return fmt.Errorf("%w: %d entries, at most %d", ErrTooLarge, len(r.File), mostEntries)
	}
	for _, f := range r.File {
		if f.UncompressedSize64 > freeBytes && f.UncompressedSize64/mostRatio > f.CompressedSize64 {
			return fmt.Errorf("%w: %s unpacks from %d to %d bytes, more than %d times", ErrTooLarge, f.Name, f.CompressedSize64, f.UncompressedSize64, mostRatio)
		}
	}
	return nil
}

// survey finds the files of the package.
func (p *parcel) survey() error {
	entries, err := fs.ReadDir(p, ".")
	if err != nil {
		return err
	}
	if len(entries) == 1 && entries[0].IsDir() {
		if p.FS, err = fs.Sub(p.FS, entries[0].Name()); err != nil {
			return err
		}
		if entries, err = fs.ReadDir(p, "."); err != nil {
			return err
		}
	}
	found := false
	for _, e := range entries {
		known := slices.ContainsFunc(sheets, func(s *sheet) bool { return s.name == e.Name() })
		if !known {
			if strings.HasSuffix(e.Name(), ".csv") {
				p.other = append(p.other, e.Name())
			}
			continue
		}
		info, err := fs.Stat(p, e.Name())
		if err != nil {
			return err
		}
		found = true
		if info.Size() < 0 || info.Size() > mostBytes {
			return fmt.Errorf("%w: %s has %d bytes, at most %d", ErrTooLarge, e.Name(), info.Size(), mostBytes)
		}
		p.total += info.Size()
	}
	if p.total > mostBytes {
		return fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, p.total, mostBytes)
	}
	if !found && len(p.other) == 0 {
		return ErrNoPackage
	}
	return nil
}

// read calls f for each row of a sheet, if the package has that file. What is
// wrong with the file as a whole is refused at line 1.
func (im *importing) read(s *sheet, f func(*row)) error {
	file, err := im.parcel.Open(s.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	source := &counted{im: im, name: s.name, Reader: file, left: info.Size()}
	in := bufio.NewReaderSize(source, readAtOnce)
	if mark, err := in.Peek(3); err == nil && bytes.Equal(mark, []byte("\xEF\xBB\xBF")) {
		_, _ = in.Discard(3)
	}
	r := csv.NewReader(in)
	r.Comma = delimiter(in)
	r.ReuseRecord = true
	head, err := r.Read()
	if err == io.EOF {
		im.refuse(s, 1, "", models.Say("problem.no_head"))
		return nil
	}
	if err != nil {
		return im.unreadable(s, err)
	}
	place, ok := im.head(s, head)
	if !ok {
		return nil
	}
	one := row{im: im, sheet: s, place: place}
	for {
		source.row = 0
		cells, err := r.Read()
		if err == nil || errors.Is(err, csv.ErrFieldCount) {
			err = cmp.Or(im.bounds(s, cells), err)
		}
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, csv.ErrFieldCount):
			line, _ := r.FieldPos(0)
			im.row(s, line, "")
			im.refuse(s, line, "", models.Say("problem.cells", "n", len(cells), "want", len(head)))
			continue
		case err != nil:
			return im.unreadable(s, err)
		}
		one.cells, one.bad = cells, false
		one.line, _ = r.FieldPos(0)
		f(&one)
		if one.line&0xFFF == 0 {
			if err := im.ctx.Err(); err != nil {
				return err
			}
		}
	}
}

// unreadable refuses a file whose quoting is broken: from there on rows cannot
// be told apart.
func (im *importing) unreadable(s *sheet, err error) error {
	if broken, ok := errors.AsType[*csv.ParseError](err); ok {
		im.refuse(s, broken.Line, "", models.Say("problem.quotes", "column", broken.Column))
		return nil
	}
	return err
}

// head finds the columns of a sheet in the header, in any order. Missing,
// unknown and repeated columns are refused by name.
func (im *importing) head(s *sheet, head []string) (place []int, ok bool) {
	names := make([]string, len(head))
	ok = true
	for i, name := range head {
		names[i] = strings.ToValidUTF8(strings.TrimSpace(name), "\uFFFD")
		known, again := slices.Contains(s.columns, names[i]) || slices.Contains(s.optional, names[i]), slices.Contains(names[:i], names[i])
		if !known || again {
			key := "problem.column_unknown"
			if known {
				key = "problem.column_twice"
			}
			im.refuse(s, 1, names[i], models.Say(key))
			ok = false
		}
	}
	for _, column := range s.columns {
		i := slices.Index(names, column)
		if i < 0 {
			im.refuse(s, 1, column, models.Say("problem.column_missing"))
			ok = false
		}
		place = append(place, i)
	}
	for _, column := range s.optional {
		place = append(place, slices.Index(names, column))
	}
	return place, ok
}

// delimiter returns the delimiter that occurs most often in the header.
func delimiter(in *bufio.Reader) rune {
	line, _ := in.Peek(in.Size())
	line, _, _ = bytes.Cut(line, []byte("\n"))
	best, most := ',', 0
	for _, d := range ",;\t" {
		if n := bytes.Count(line, []byte(string(d))); n > most {
			best, most = d, n
		}
	}
	return best
}

// readAtOnce is how many bytes of a file are read ahead.
const readAtOnce = 64 << 10

// bounds returns ErrTooLarge if there are too many rows or refusals, or a cell
// is too long.
func (im *importing) bounds(s *sheet, cells []string) error {
	if len(im.rows) >= mostRows {
		return fmt.Errorf("%w: more than %d rows", ErrTooLarge, mostRows)
	}
	if im.report.Refused >= mostRefused {
		return fmt.Errorf("%w: %s: more than %d rows are refused: it is no package of ours", ErrTooLarge, s.name, mostRefused)
	}
	for i, cell := range cells {
		if len(cell) > mostCell {
			return fmt.Errorf("%w: %s: a cell in column %d has %d bytes, at most %d", ErrTooLarge, s.name, i+1, len(cell), mostCell)
		}
	}
	return nil
}

// counted reports the progress of reading, and fails if a file is longer than
// it declares, or a row longer than any may be.
type counted struct {
	im   *importing
	name string
	io.Reader
	left int64 // bytes that are still to come, as the file declares
	row  int   // bytes read since the row began
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.im.done += int64(n)
	c.im.progress(c.im.done)
	c.left -= int64(n)
	c.row += n
	switch {
	case c.left < 0:
		return 0, fmt.Errorf("%w: %s is longer than it says", ErrTooLarge, c.name)
	case c.row > mostRowSize+readAtOnce:
		return 0, fmt.Errorf("%w: %s: a row has more than %d bytes", ErrTooLarge, c.name, mostRowSize)
	}
	return n, err
}
