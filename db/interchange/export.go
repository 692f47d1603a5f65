package interchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"samband/db"
	"samband/models"
)

// Export writes the whole directory as an interchange package: a zip if the
// path ends in .zip, otherwise a folder, which is created if needed. All of it
// is from one moment, each file appears complete or not at all, and only the
// owner may read it. A file that is there already is db.ErrExists, unless it
// may be overwritten. The trail records that the actor has taken the package
// before anything is written.
func Export(ctx context.Context, store *db.Store, actor db.Actor, path string, overwrite bool) error {
	return ExportTitled(ctx, store, actor, path, overwrite, nil)
}

// ExportTitled is Export with titles for people in the file that says what the columns
// are, beside the names that these have.
func ExportTitled(ctx context.Context, store *db.Store, actor db.Actor, path string, overwrite bool, titles Titles) error {
	zipped := strings.HasSuffix(strings.ToLower(path), ".zip")
	if !overwrite {
		if err := absent(path, zipped); err != nil {
			return wrap("export", err)
		}
	}
	rows, err := countRows(ctx, store)
	if err != nil {
		return wrap("export", err)
	}
	err = store.Write(ctx, actor, func(tx *db.Tx) error {
		return tx.Note(db.Event{Action: "export", Noun: "file", About: []any{"what", "package", "rows", rows}})
	})
	if err != nil {
		return err
	}
	if zipped {
		return wrap("export", db.WriteFile(path, overwrite, func(w io.Writer) error { return exportZip(ctx, store, w, titles) }))
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return wrap("export", err)
	}
	return wrap("export", export(ctx, store, titles, func(name string, write func(io.Writer) error) error {
		return db.WriteFile(filepath.Join(path, name), overwrite, write)
	}))
}

// absent returns db.ErrExists if a package at a path would overwrite a file.
func absent(path string, zipped bool) error {
	files := []string{path}
	if !zipped {
		files = []string{filepath.Join(path, metadataName)}
		for _, s := range sheets {
			files = append(files, filepath.Join(path, s.name))
		}
	}
	for _, file := range files {
		switch _, err := os.Lstat(file); {
		case err == nil:
			return fmt.Errorf("%s: %w", file, db.ErrExists)
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return err
		}
	}
	return nil
}

// countRows counts the records that an export holds.
func countRows(ctx context.Context, store *db.Store) (n int, err error) {
	err = store.View(ctx, func(r db.Reader) error {
		for _, s := range sheets {
			if s.count == nil {
				continue
			}
			more, err := s.count(r)
			if err != nil {
				return err
			}
			n += int(more)
		}
		return nil
	})
	return n, err
}

func exportZip(ctx context.Context, store *db.Store, w io.Writer, titles Titles) error {
	z := zip.NewWriter(w)
	err := export(ctx, store, titles, func(name string, write func(io.Writer) error) error {
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

// export writes the files. create is called with the name of each and a function
// that writes it.
func export(ctx context.Context, store *db.Store, titles Titles, create func(name string, write func(io.Writer) error) error) error {
	return store.View(ctx, func(r db.Reader) error {
		x := exporting{Reader: r}
		if err := x.read(); err != nil {
			return err
		}
		var written []*sheet
		for _, s := range sheets {
			if some, err := s.some(r); err != nil {
				return err
			} else if s.younger && !some {
				continue
			}
			err := create(s.name, func(w io.Writer) error {
				put := rowsTo(w)
				if err := put(x.columns(s)...); err != nil {
					return err
				}
				return s.rows(&x, s, put)
			})
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			written = append(written, s)
		}
		return create(metadataName, func(w io.Writer) error { return x.metadata(w, written, titles) })
	})
}

// rowsTo returns a function that writes rows of RFC 4180 to w. Each ends in
// CRLF, and line feeds within cells stay as they are, which csv.Writer's own
// CRLF would change.
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

// exporting is one export under way.
type exporting struct {
	db.Reader
	keys map[string]map[int64]string // of the records that columns refer to, by ID
	said map[*sheet]map[string]bool  // optional columns in which some record has a value
}

// columns returns the header of a file: an optional column is included only if
// some record has a value in it.
func (x *exporting) columns(s *sheet) []string {
	head := slices.Clone(s.columns)
	for _, column := range s.optional {
		if x.said[s][column] {
			head = append(head, column)
		}
	}
	return head
}

func (x *exporting) read() error {
	x.keys, x.said = map[string]map[int64]string{}, map[*sheet]map[string]bool{}
	for _, s := range sheets {
		for _, column := range s.columns {
			// There may be a million assignments: see know.
			if slices.Contains(models.Nouns(), column) && column != assignmentSheet.noun {
				x.keys[column] = map[int64]string{}
			}
		}
		x.said[s] = map[string]bool{}
		for _, column := range s.optional {
			if column == versionColumn {
				x.said[s][column] = true
				continue
			}
			said, err := s.Says(x.Reader, column)
			if err != nil {
				return err
			}
			x.said[s][column] = said
		}
	}
	return nil
}

// know notes the keys of records to which rows of parts refer.
func know[T db.Record](x *exporting, all []*T) {
	noun := db.Noun[T]()
	if x.keys[noun] == nil {
		x.keys[noun] = map[int64]string{}
	}
	for _, one := range all {
		x.keys[noun][*db.ID(one)] = db.Key(*one)
	}
}

// standingIn has a file note the keys of stand-ins before it writes its rows.
func standingIn(s *sheet) *sheet {
	rows := s.rows
	s.rows = func(x *exporting, s *sheet, put func(...string) error) error {
		standIns, err := db.StandIns(x.Reader)
		if err != nil {
			return err
		}
		x.keys[standInColumn] = map[int64]string{}
		for _, a := range standIns {
			x.keys[standInColumn][a.ID] = a.Key
		}
		return rows(x, s, put)
	}
	return s
}

// cells returns the row of a sheet for the record at of. References are written
// as keys.
func (x *exporting) cells(s *sheet, of any) []string {
	var cells, optional []string
	for i, p := range s.Pointers(of, make([]any, 0, 16)) {
		as := s.Fields[i].As
		switch cell := x.cell(as, p); {
		case as.Name == "":
		case !as.Optional:
			cells = append(cells, cell)
		case x.said[s][as.Name]:
			optional = append(optional, cell)
		}
	}
	return append(cells, optional...)
}

func (x *exporting) cell(as models.InFiles, p any) string {
	switch p := p.(type) {
	case *int64:
		return x.keys[as.Name][*p]
	case *int: // a version, which recordRows adds
		return ""
	}
	return models.TextOf(p, as)
}

// recordRows returns what writes a row for each record of a noun, by the columns
// that are named.
func recordRows[T db.Record](by ...string) func(*exporting, *sheet, func(...string) error) error {
	return func(x *exporting, s *sheet, put func(...string) error) error {
		keys := x.keys[s.noun]
		return db.Each(x.Reader, by, func(one *T) error {
			if keys != nil {
				keys[*db.ID(one)] = db.Key(*one)
			}
			cells := x.cells(s, one)
			if s.versioned {
				cells = append(cells, strconv.Itoa(*db.Version(one)))
			}
			return put(cells...)
		})
	}
}
