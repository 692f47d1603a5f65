package interchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"samband/models"
)

// read calls f for each row of a sheet, if the parcel has that file. What is
// wrong with the file as a whole is refused at line 1.
func (im *importing) read(s *sheet, f func(*row)) error {
	var source *counted
	file, err := im.parcel.files(s, func(name string, r io.Reader, size int64) io.Reader {
		source = &counted{im: im, name: name, Reader: r, left: size}
		return source
	})
	if err != nil || file == nil {
		return err
	}
	defer file.Close()
	head, _, err := file.next()
	if err == io.EOF {
		im.refuse(s, 1, "", models.Say("problem.no_head"))
		return nil
	}
	if err != nil {
		return im.unreadable(s, err)
	}
	if len(head) > mostColumns {
		return fmt.Errorf("%w: %s: %d columns, at most %d", ErrTooLarge, s.name, len(head), mostColumns)
	}
	if book := im.parcel.book; book != nil && book.refused != nil {
		im.refuse(s, 1, "", *book.refused)
	}
	one := row{im: im, sheet: s}
	im.nameless = nil
	var ok bool
	if one.place, ok = im.head(s, head); !ok {
		return nil
	}
	return im.readRows(file, &one, len(head), func() {
		if source != nil {
			source.row = 0
		}
	}, f)
}

// readRows calls f for each row after the head, which is so wide. begin is called before
// each.
func (im *importing) readRows(file rows, one *row, width int, begin func(), f func(*row)) error {
	for s := one.sheet; ; {
		begin()
		cells, line, err := file.next()
		if err == nil {
			err = im.bounds(s, cells)
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return im.unreadable(s, err)
		case im.skip[refusedRow{s, line}]:
			continue
		case len(cells) != width:
			im.row(s, line, "")
			im.refuse(s, line, "", models.Say("problem.cells", "n", len(cells), "want", width))
			continue
		}
		one.cells, one.bad, one.line = cells, false, line
		f(one)
		for _, i := range im.nameless {
			if strings.TrimSpace(cells[i]) != "" {
				one.refuse("", "problem.no_column_name", "value", cells[i])
			}
		}
		if line&0xFFF == 0 {
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
