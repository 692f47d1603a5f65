// Package interchange exports the directory of db and imports it again: as
// CSV files in a folder or a zip, which other programs read and write
// too. The demo data are such a package.
package interchange

import (
	"errors"
	"fmt"

	"samband/models"
)

// ErrNoPackage is returned if a folder or zip holds none of the files.
var ErrNoPackage = errors.New("no interchange package: none of its files is there")

// Options say how a package is imported.
type Options struct {
	// DryRun reports what would happen and changes nothing.
	DryRun bool
	// Progress, unless it is nil, is called as the import proceeds.
	Progress func(done, total int64)
	// Row, unless it is nil, is called at the end with the outcome of each row,
	// in the order of files and lines.
	Row func(file string, line int, key string, outcome Outcome)
}

// An Outcome is what an import does with a row.
type Outcome string

// The outcomes.
const (
	New       Outcome = "new"
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged"
	Refused   Outcome = "refused"
)

// Counts are the numbers of rows by outcome.
type Counts struct{ New, Changed, Unchanged, Refused int }

func (c *Counts) add(o Outcome) {
	switch o {
	case New:
		c.New++
	case Changed:
		c.Changed++
	case Unchanged:
		c.Unchanged++
	case Refused:
		c.Refused++
	}
}

// A Refusal is a reason why a row, or a whole file, cannot be imported. A file
// as a whole is refused at line 1.
type Refusal struct {
	File   string
	Line   int
	Column string
	Reason models.Message
}

// mostRefusals bounds the refusals listed in a Report.
const mostRefusals = 1000

// A Report is what an import did or would do. If anything is refused, nothing
// has been imported.
type Report struct {
	Files map[string]Counts
	// Refusals are the first thousand, sorted by file and line. Refused counts
	// all.
	Refusals []Refusal
	Refused  int
}

// Total returns the sum of the counts of all files.
func (r Report) Total() Counts {
	var total Counts
	for _, c := range r.Files {
		total.New += c.New
		total.Changed += c.Changed
		total.Unchanged += c.Unchanged
		total.Refused += c.Refused
	}
	return total
}

// wrap adds the package's prefix to an error that leaves it.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("interchange: %s: %w", what, err)
}
