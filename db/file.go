package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// A file is where an SQLite database is kept: the file itself, and the two
// beside it in which SQLite keeps what is not yet in it. A program that has
// them open goes on reading and writing them after they are removed, renamed or
// replaced, and nobody would ever find what it writes then.
type file struct {
	path string
	is   []os.FileInfo // of path and besides, as they were when opened; nil for none
}

var besides = []string{"", "-wal", "-shm"}

// fileAt names a file. Which one it is must be learned once it is there.
func fileAt(path string) (*file, error) {
	path, err := filepath.Abs(path)
	return &file{path: path}, err
}

// learn takes the first n of the files that are there now for the right ones.
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
// that were opened. A database that is in no file is always where it was.
func (f *file) check() error {
	if f == nil {
		return nil
	}
	return f.still(len(f.is))
}

// there is check for who only reads: it looks at the file alone, not at those
// beside it.
func (f *file) there() error {
	if f == nil {
		return nil
	}
	return f.still(min(1, len(f.is)))
}

// still looks at the first n of the files.
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

// A connector opens connections to the right file only.
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
	if err := c.file.check(); err != nil { // it may have opened what was put there meanwhile
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}
