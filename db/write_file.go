package db

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ErrExists says that there is a file already where one is to be written.
var ErrExists = errors.New("there is such a file already")

// WriteFile has write fill a file beside its place, and puts it there when it is
// done: a file is there whole or not at all. Only the owner may read it. If one is
// there already it is ErrExists, unless it may be overwritten; an error of write
// is returned as it is.
func WriteFile(path string, overwrite bool, write func(io.Writer) error) error {
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
