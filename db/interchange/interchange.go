// Package interchange exports the directory of db and imports it again: as
// CSV files in a folder or a zip, which other programs read and write
// too. The demo data are such a package.
package interchange

import (
	"fmt"

	"samband/db"
)

// Options say how a package or a file is imported.
type Options struct {
	// DryRun reports what would happen and changes nothing.
	DryRun bool
	// Progress, unless it is nil, is called as the import proceeds.
	Progress func(done, total int64)
	// Row, unless it is nil, is called at the end with the outcome of each row,
	// in the order of files and lines.
	Row func(file string, line int, key string, outcome Outcome)
	// Changes asks for the rows of the report, and for what is missing.
	Changes bool
	// LeaveRefused imports the other rows if some are refused: those that depend on
	// refused ones are refused too. A file that is refused as a whole still refuses
	// everything.
	LeaveRefused bool
	// Take are the records, as "noun key", whose stale row is taken instead of what the
	// directory has: what the file has changed since it was written.
	Take map[string]bool
	// Revision, unless it is 0, is the revision of the directory that this is about: if it
	// has another one by now, the import is ErrMoved.
	Revision int64
	// Then, unless it is nil, is called at the end in the same write.
	Then func(*db.Tx, Report) error

	// All else is about single files. Noun is what one has records of, "" to tell by its
	// name and heads. Columns are the columns that somebody has chosen for heads, "" to
	// leave one out. Called knows heads, and Codes what people write for the value of a
	// field, to which p points.
	Noun    string
	Columns map[string]string
	Called  ColumnCalled
	Codes   func(p any, text string) (code string, known bool)
}

// wrap adds the package's prefix to an error that leaves it.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("interchange: %s: %w", what, err)
}
