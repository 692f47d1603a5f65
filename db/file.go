package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// A file is where an SQLite database is stored: the file itself and the two
// beside it, for what SQLite has not yet written into it. A program that has
// them open can go on reading and writing them after they are removed, renamed
// or replaced, but what it writes then is lost.
type file struct {
	path string
	is   []os.FileInfo // of path with each of besides, when opened; nil if missing
}

var besides = []string{"", "-wal", "-shm"}

// fileAt returns the file at a path. learn must be called once it exists.
func fileAt(path string) (*file, error) {
	path, err := filepath.Abs(path)
	return &file{path: path}, err
}

// learn takes the first n of the files, as they are now, for the right ones.
func (f *file) learn(n int) error {
	var is []os.FileInfo
	for _, end := range besides[:n] {
		info, err := os.Stat(f.path + end)
		if err != nil && (end == "" || !errors.Is(err, os.ErrNotExist)) {
			return err
		}
		is = append(is, info)
	}
	f.is = is
	return nil
}

// check returns ErrUnavailable unless the files at the path are still those
// that were opened. A nil file, of a database that is in none, always passes.
func (f *file) check() error {
	if f == nil {
		return nil
	}
	return f.still(len(f.is))
}

// there is check for a read: it looks only at the file itself, not at those
// beside it.
func (f *file) there() error {
	if f == nil {
		return nil
	}
	return f.still(min(1, len(f.is)))
}

// still is check for the first n of the files.
func (f *file) still(n int) error {
	for i, was := range f.is[:n] {
		if was == nil {
			continue
		}
		now, err := os.Stat(f.path + besides[i])
		if err != nil {
			return fmt.Errorf("%w: the file is gone: %w", ErrUnavailable, err)
		}
		if !os.SameFile(was, now) {
			return fmt.Errorf("%w: %s is another file than the one that was opened: put that one back, or start the program again", ErrUnavailable, f.path+besides[i])
		}
	}
	return nil
}

// A connector opens connections only to the right file.
type connector struct {
	driver.Connector
	file *file
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := c.file.check(); err != nil {
		return nil, err
	}
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.file.check(); err != nil { // the file may have been replaced meanwhile
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}
