package db

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ErrExists is returned if there is a file already where one is to be written.
var ErrExists = errors.New("there is such a file already")

// WriteFile calls write to fill a temporary file and then moves it to path, so
// that the file appears complete or not at all, readable by its owner only. A
// file that is there already is ErrExists, unless it may be overwritten; an
// error of write is returned as it is.
func WriteFile(path string, overwrite bool, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".samband-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing once the file has been moved
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
	// Link fails if the name is taken, so there is no gap between checking and
	// taking it. Some file systems have no links.
	err = os.Link(f.Name(), path)
	if err == nil {
		return nil
	}
	if _, there := os.Lstat(path); there == nil {
		return fmt.Errorf("%s: %w", path, ErrExists)
	}
	return os.Rename(f.Name(), path)
}
