package interchange

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
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
	mostColumns = 200
	mostRowSize = 256 << 10 // bytes
	mostCell    = 64 << 10  // bytes
	// mostRefused ends the reading, since refusals take memory.
	mostRefused = 1_500_000
)

var (
	// ErrNoPackage is returned if a folder or zip holds none of the files.
	ErrNoPackage = errors.New("no interchange package: none of its files is there")
	// ErrTooLarge is returned if a package or file exceeds the bounds.
	ErrTooLarge = errors.New("the package is too large")
	// ErrMoved is returned if the directory is no longer what a preview was about.
	ErrMoved = errors.New("the directory has changed since the preview")
	// ErrUnreadable is returned for a file that is damaged, or of no kind that is read.
	ErrUnreadable = errors.New("neither a package, nor CSV, nor XLSX")
)

// An Upload is a file to import: a package, or a single CSV or XLSX file.
type Upload struct {
	Name    string // as its sender calls it
	Content io.ReaderAt
	Size    int64 // bytes
}

// whole returns the upload as a file of package interchange's readers.
func (u Upload) whole() *io.SectionReader { return io.NewSectionReader(u.Content, 0, u.Size) }

// A parcel is what is imported, opened for reading: a package, or a single file of
// one sheet.
type parcel struct {
	io.Closer
	total int64    // bytes to read
	other []string // files of a package that end in .csv and do not belong to it
	// files opens the rows of a sheet, with what counts the bytes read. They are nil
	// if there is no such file.
	files func(s *sheet, count func(name string, r io.Reader, size int64) io.Reader) (rows, error)
	// single is the only sheet of a single file, nil in a package.
	single *sheet
	book   *workbook // the single file, if it is XLSX
	// guarded says that the file may have come from a spreadsheet, in which an apostrophe
	// guards what could be taken for a formula. Files with commas are for programs, if
	// their heads are.
	guarded bool
}

// rows are the rows of a file, of which the first is its head. The cells that next
// returns are valid until the next call; line is where the row begins. The error is
// io.EOF after the last row, and *csv.ParseError where the rows cannot be told apart.
type rows interface {
	next() (cells []string, line int, err error)
	Close() error
}

// openPath opens a folder, a zip or a single file.
func openPath(at string, opts *Options) (*parcel, error) {
	info, err := os.Stat(at)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return openFolder(os.DirFS(at), io.NopCloser(nil))
	}
	f, err := os.Open(at)
	if err != nil {
		return nil, err
	}
	p, err := openUpload(Upload{info.Name(), f, info.Size()}, opts)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", at, err)
	}
	p.Closer = closers{p.Closer, f}
	return p, nil
}

type closers []io.Closer

func (all closers) Close() (err error) {
	for _, c := range all {
		err = errors.Join(err, c.Close())
	}
	return err
}

// openUpload opens a file by what it holds, whatever its name.
func openUpload(u Upload, opts *Options) (*parcel, error) {
	if u.Size > mostBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, u.Size, mostBytes)
	}
	begin := make([]byte, 4)
	n, err := u.Content.ReadAt(begin, 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if !bytes.HasPrefix(begin[:n], []byte("PK\x03\x04")) && !bytes.HasPrefix(begin[:n], []byte("PK\x05\x06")) {
		if ext := strings.ToLower(path.Ext(u.Name)); ext == ".zip" || ext == ".xlsx" {
			return nil, ErrUnreadable
		}
		return openCSV(u, opts)
	}
	z, err := zip.NewReader(u.Content, u.Size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if err := checkZip(z); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "xl/workbook.xml" }) {
		return openWorkbook(u, z, opts)
	}
	p, err := openFolder(z, io.NopCloser(nil))
	return p, unzipped(err)
}

// unzipped returns an error of reading from a zip as ErrUnreadable, if it is that the zip
// is not as it was made.
func unzipped(err error) error {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	if corrupt || slices.ContainsFunc([]error{zip.ErrFormat, zip.ErrAlgorithm, zip.ErrChecksum, io.ErrUnexpectedEOF}, func(e error) bool { return errors.Is(err, e) }) {
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return err
}

// checkZip refuses a zip that declares itself too large when unpacked, or has names
// that lead out of it. One that declares too little is caught when it is read.
func checkZip(r *zip.Reader) error {
	if len(r.File) > mostEntries {
		return fmt.Errorf("%w: %d entries, at most %d", ErrTooLarge, len(r.File), mostEntries)
	}
	for _, f := range r.File {
		if f.UncompressedSize64 > freeBytes && f.UncompressedSize64/mostRatio > f.CompressedSize64 {
			return fmt.Errorf("%w: %s unpacks from %d to %d bytes, more than %d times", ErrTooLarge, f.Name, f.CompressedSize64, f.UncompressedSize64, mostRatio)
		}
		if name := strings.TrimSuffix(f.Name, "/"); !fs.ValidPath(name) || strings.Contains(name, `\`) {
			return fmt.Errorf("%w: the name %q leads out of it", ErrUnreadable, f.Name)
		}
	}
	return nil
}

// openFolder opens a package: its files at the top level or in its only folder.
func openFolder(folder fs.FS, closer io.Closer) (*parcel, error) {
	p := &parcel{Closer: closer}
	p.files = func(s *sheet, count func(string, io.Reader, int64) io.Reader) (rows, error) {
		f, err := folder.Open(s.name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, err
		}
		return newCSV(count(s.name, f, info.Size()), f), nil
	}
	entries, err := fs.ReadDir(folder, ".")
	if err == nil && len(entries) == 1 && entries[0].IsDir() {
		if folder, err = fs.Sub(folder, entries[0].Name()); err == nil {
			entries, err = fs.ReadDir(folder, ".")
		}
	}
	if err == nil {
		err = p.survey(folder, entries)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// survey finds the files of a package.
func (p *parcel) survey(folder fs.FS, entries []fs.DirEntry) error {
	found := false
	for _, e := range entries {
		if !slices.ContainsFunc(sheets, func(s *sheet) bool { return s.name == e.Name() }) {
			if strings.HasSuffix(e.Name(), ".csv") {
				p.other = append(p.other, e.Name())
			}
			continue
		}
		info, err := fs.Stat(folder, e.Name())
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

// openCSV opens a single CSV file.
func openCSV(u Upload, opts *Options) (*parcel, error) {
	p := &parcel{Closer: io.NopCloser(nil), total: u.Size}
	p.files = func(s *sheet, count func(string, io.Reader, int64) io.Reader) (rows, error) {
		if s != p.single {
			return nil, nil
		}
		return newCSV(count(u.Name, u.whole(), u.Size), io.NopCloser(nil)), nil
	}
	first := newCSV(u.whole(), io.NopCloser(nil))
	head, _, err := first.next()
	if broken, ok := errors.AsType[*csv.ParseError](err); ok {
		err = fmt.Errorf("%w: %w", ErrUnreadable, broken)
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	p.single = sheetFor(u.Name, head, opts)
	p.guarded = first.Comma != ',' || p.single.calledOtherwise(head, opts)
	return p, nil
}

// csvRows are the rows of a CSV file.
type csvRows struct {
	*csv.Reader
	io.Closer
}

// readAtOnce is how many bytes of a file are read ahead.
const readAtOnce = 64 << 10

// newCSV reads CSV in UTF-8, or in UTF-16 with a byte order mark, with the delimiter
// that occurs most often in its head.
func newCSV(r io.Reader, closer io.Closer) *csvRows {
	in := bufio.NewReaderSize(r, readAtOnce)
	switch mark, _ := in.Peek(3); {
	case bytes.HasPrefix(mark, []byte("\xEF\xBB\xBF")):
		_, _ = in.Discard(3)
	case bytes.HasPrefix(mark, []byte("\xFF\xFE")), bytes.HasPrefix(mark, []byte("\xFE\xFF")):
		in = bufio.NewReaderSize(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in), readAtOnce)
	}
	c := csv.NewReader(in)
	c.Comma = delimiter(in)
	c.ReuseRecord = true
	c.FieldsPerRecord = -1 // the number of cells is looked at for all kinds of files alike
	return &csvRows{c, closer}
}

func (c *csvRows) next() (cells []string, line int, err error) {
	cells, err = c.Read()
	if err == nil {
		line, _ = c.FieldPos(0)
	}
	return cells, line, unzipped(err)
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
