package db

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"samband/models"
)

// ErrExists says that there is a file already where one is to be written.
var ErrExists = errors.New("there is such a file already")

// Export writes the whole directory as an interchange package: a zip if the
// path ends in .zip, else a folder, which is made if it is not there. It is
// of one moment, and a file is there whole or not at all. Only the owner may
// read what it makes. A file of the package that is there already is ErrExists,
// unless it may be overwritten. The trail says that the actor has taken the
// package, before there is anything to take.
func (s *Store) Export(ctx context.Context, actor Actor, path string, overwrite bool) error {
	zipped := strings.HasSuffix(strings.ToLower(path), ".zip")
	if !overwrite {
		if err := absent(path, zipped); err != nil {
			return wrap("export", err)
		}
	}
	rows, err := s.exportRows(ctx)
	if err != nil {
		return wrap("export", err)
	}
	err = s.Write(ctx, actor, func(tx *Tx) error {
		return tx.Note(Event{Action: "export", Noun: "file", About: []any{"what", "package", "rows", rows}})
	})
	if err != nil {
		return err
	}
	if zipped {
		return wrap("export", whole(path, overwrite, func(w io.Writer) error { return s.exportZip(ctx, w) }))
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return wrap("export", err)
	}
	return wrap("export", s.export(ctx, func(name string, write func(io.Writer) error) error {
		return whole(filepath.Join(path, name), overwrite, write)
	}))
}

// absent returns ErrExists if a package at a path would overwrite a file.
func absent(path string, zipped bool) error {
	files := []string{path}
	if !zipped {
		files = nil
		for _, s := range sheets {
			files = append(files, filepath.Join(path, s.name))
		}
	}
	for _, file := range files {
		switch _, err := os.Lstat(file); {
		case err == nil:
			return fmt.Errorf("%s: %w", file, ErrExists)
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return err
		}
	}
	return nil
}

// exportRows counts the records that an export holds.
func (s *Store) exportRows(ctx context.Context) (n int, err error) {
	err = s.view(ctx, func(r reader) error {
		for _, table := range []string{"agencies", "officers", "postings", "assignments", "contact_points"} {
			err := r.each("SELECT count(*) FROM "+table, nil, func(rows *sql.Rows) error {
				var more int
				err := rows.Scan(&more)
				n += more
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

func (s *Store) exportZip(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	err := s.export(ctx, func(name string, write func(io.Writer) error) error {
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		return write(f)
	})
	if err != nil {
		return err
	}
	return z.Close()
}

// whole writes a file beside its place, readable for its owner only, and puts it
// there when it is done. If another one is there already it is ErrExists, unless
// it may be overwritten.
func whole(path string, overwrite bool, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".samband-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing, once it has its place
	defer f.Close()
	b := bufio.NewWriter(f)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(0o600); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if overwrite {
		return os.Rename(f.Name(), path)
	}
	// A link is made only where nothing is: there is no moment between looking
	// and taking the place. Some file systems have none.
	err = os.Link(f.Name(), path)
	if err == nil {
		return nil
	}
	if _, there := os.Lstat(path); there == nil {
		return fmt.Errorf("%s: %w", path, ErrExists)
	}
	return os.Rename(f.Name(), path)
}

// export writes the eight files, each by the function that create gives its
// writer to.
func (s *Store) export(ctx context.Context, create func(name string, write func(io.Writer) error) error) error {
	return s.view(ctx, func(r reader) error {
		x := exporting{reader: r}
		if err := x.read(); err != nil {
			return err
		}
		for _, file := range []struct {
			*sheet
			rows func(put func(...string) error) error
		}{
			{agencySheet, x.agencyRows}, {officerSheet, x.officerRows}, {postingSheet, x.postingRows}, {suspensionSheet, x.suspensionRows},
			{representationSheet, x.representationRows}, {coverageSheet, x.coverageRows}, {assignmentSheet, x.assignmentRows},
			{contactPointSheet, x.contactPointRows},
		} {
			err := create(file.name, func(w io.Writer) error {
				put := rowsTo(w)
				if err := put(x.columns(file.sheet)...); err != nil {
					return err
				}
				return file.rows(put)
			})
			if err != nil {
				return fmt.Errorf("%s: %w", file.name, err)
			}
		}
		return nil
	})
}

// rowsTo returns what writes rows of RFC 4180 to w: CRLF ends each, and a cell
// stays as it is, line feeds and all, which csv.Writer's own CRLF would change.
func rowsTo(w io.Writer) func(cells ...string) error {
	var row bytes.Buffer
	c := csv.NewWriter(&row)
	return func(cells ...string) error {
		row.Reset()
		if err := c.Write(cells); err != nil {
			return err
		}
		c.Flush() // into memory, which does not fail
		row.Truncate(row.Len() - len("\n"))
		row.WriteString("\r\n")
		_, err := row.WriteTo(w)
		return err
	}
}

// exporting is one export under way: everything that others refer to is read
// first, assignments are streamed.
type exporting struct {
	reader
	agencies                          []*models.Agency
	postings                          []*models.Posting
	agencyKey, officerKey, postingKey map[int64]string // by ID
	restricted                        bool             // some posting is
}

// columns returns the head of a file: the optional columns are there only where
// they say something.
func (x *exporting) columns(s *sheet) []string {
	if s == postingSheet && x.restricted {
		return append(s.columns[:len(s.columns):len(s.columns)], s.optional...)
	}
	return s.columns
}

func yes(yes bool) string {
	if yes {
		return "yes"
	}
	return ""
}

func (x *exporting) read() (err error) {
	if x.agencies, err = allOf[models.Agency](x.reader, "ORDER BY key"); err != nil {
		return err
	}
	if x.postings, err = x.reader.postings(""); err != nil {
		return err
	}
	x.agencyKey, x.officerKey, x.postingKey = map[int64]string{}, map[int64]string{}, map[int64]string{}
	for _, a := range x.agencies {
		x.agencyKey[a.ID] = a.Key
	}
	for _, p := range x.postings {
		x.postingKey[p.ID] = p.Key
		x.restricted = x.restricted || p.Restricted
	}
	return nil
}

func (x *exporting) agencyRows(put func(...string) error) error {
	for _, a := range x.agencies {
		if err := put(a.Key, string(a.Country), string(a.Kind), a.Name, a.NameEn, a.Acronym, a.First.String(), a.Last.LastDay()); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporting) officerRows(put func(...string) error) error {
	return eachOf(x.reader, "ORDER BY key", nil, func(o *models.Officer) error {
		x.officerKey[o.ID] = o.Key
		return put(o.Key, x.agencyKey[o.AgencyID], o.Name, o.Rank, o.Email, o.Phone, o.Languages, yes(o.Masked), o.Note)
	})
}

func (x *exporting) postingRows(put func(...string) error) error {
	for _, p := range x.postings {
		cells := []string{p.Key, x.agencyKey[p.AgencyID], string(p.HostCountry), p.HostCity, string(p.HostOrganisation),
			p.Opened.String(), p.Closed.LastDay(), p.Note}
		if x.restricted {
			cells = append(cells, yes(p.Restricted))
		}
		if err := put(cells...); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporting) suspensionRows(put func(...string) error) error {
	for _, p := range x.postings {
		for _, s := range p.Suspensions {
			if err := put(p.Key, s.First.String(), s.Last.LastDay(), s.Reason); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *exporting) representationRows(put func(...string) error) error {
	for _, p := range x.postings {
		for _, r := range p.Representations {
			if err := put(p.Key, string(r.State), string(r.Matter), r.First.String(), r.Last.LastDay(), r.Agreement); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *exporting) coverageRows(put func(...string) error) error {
	for _, p := range x.postings {
		for _, c := range p.Coverages {
			if err := put(p.Key, string(c.Country), c.First.String(), c.Last.LastDay()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *exporting) assignmentRows(put func(...string) error) error {
	return eachOf(x.reader, "ORDER BY key", nil, func(a *models.Assignment) error {
		return put(a.Key, x.officerKey[a.OfficerID], x.postingKey[a.PostingID], a.First.String(), a.Last.LastDay(),
			a.PlannedLast.String(), a.EndReason, a.Note) // not planned at all is no open end
	})
}

func (x *exporting) contactPointRows(put func(...string) error) error {
	points, err := allOf[models.ContactPoint](x.reader, "ORDER BY state, matter, name, id")
	for _, c := range points {
		if err := put(string(c.State), string(c.Matter), c.Name, c.Phone, c.Email, c.Hours); err != nil {
			return err
		}
	}
	return err
}
