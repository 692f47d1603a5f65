package interchange

import (
	"cmp"
	"slices"

	"samband/models"
)

// An Outcome is what an import does with a row.
type Outcome string

// The outcomes.
const (
	New       Outcome = "new"
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged"
	// Stale rows were written from an older version of their record, and differ from it
	// now: the record stays as it is.
	Stale   Outcome = "stale"
	Refused Outcome = "refused"
)

// Outcomes returns all outcomes.
func Outcomes() []Outcome { return []Outcome{New, Changed, Unchanged, Stale, Refused} }

// Counts are the numbers of rows by outcome.
type Counts struct{ New, Changed, Unchanged, Stale, Refused int }

// Of returns the number of rows with an outcome.
func (c *Counts) Of(o Outcome) *int {
	switch o {
	case New:
		return &c.New
	case Changed:
		return &c.Changed
	case Stale:
		return &c.Stale
	case Refused:
		return &c.Refused
	}
	return &c.Unchanged
}

// A Refusal is a reason why a row, or a whole file, cannot be imported. A file
// as a whole is refused at line 1.
type Refusal struct {
	File   string
	Line   int
	Column string
	Reason models.Message
}

// A RowChange is a row of which the outcome is not that it is unchanged.
type RowChange struct {
	File, Noun, Key string // Noun is "" for parts of records
	Line            int
	Outcome         Outcome
	Fields          []FieldChange
}

// A Missing is a record that the file of its noun has no row of. It stays.
type Missing struct {
	Noun, Key string
	ID        int64
}

// Bounds of what a Report lists.
const (
	mostRefusals = 1000
	mostChanges  = 20_000
	mostMissing  = 1000
)

// A Report is what an import did or would do. If anything is refused, and refused rows
// are not left out, nothing has been imported.
type Report struct {
	Files map[string]Counts
	// Refusals are the first thousand, sorted by file and line. Refused counts
	// all.
	Refusals []Refusal
	Refused  int
	// Heads and Notices are about a single file.
	Heads   []Head
	Noun    string // of a single file, "" of a package
	Notices []models.Message
	// Rows are the first 20,000 rows that are not unchanged, sorted by file and line,
	// if they were asked for. Cleared counts the cells that an empty cell clears.
	Rows    []RowChange
	Cleared int
	// Missing are the first thousand records without a row that the actor may change, by
	// noun and key, and Absent counts all of them.
	Missing []Missing
	Absent  int
	// Revision is that of the directory that the import began with, and Begun the first
	// ID that it had to give.
	Revision, Begun int64
	// Whole says that the file, or one of a package, cannot be read at all: no row of
	// it is looked at.
	Whole bool
}

// Total returns the sum of the counts of all files.
func (r Report) Total() (total Counts) {
	for _, c := range r.Files {
		for _, o := range Outcomes() {
			*total.Of(o) += *c.Of(o)
		}
	}
	return total
}

// finish counts the rows and reports the outcome of each.
func (im *importing) finish() {
	byPlace := func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(orderOf(a.File), orderOf(b.File)), cmp.Compare(a.Line, b.Line))
	}
	slices.SortStableFunc(im.report.Refusals, byPlace)
	all := im.rows
	if len(im.left) > 0 {
		all = slices.Concat(im.left, im.rows)
		slices.SortStableFunc(all, func(a, b importedRow) int {
			return cmp.Or(cmp.Compare(orderOf(a.sheet.name), orderOf(b.sheet.name)), cmp.Compare(a.line, b.line))
		})
	}
	for _, r := range all {
		im.count(r)
	}
	im.report.Whole = im.unreadableWhole()
	if s := im.parcel.single; s != nil {
		im.report.Noun = s.noun
	}
	if im.opts.Changes && !im.report.Whole {
		im.listMissing()
	}
	im.tellRespelled()
	im.progress(2 * im.parcel.total)
}

// count counts a row, and lists how it changes things.
func (im *importing) count(r importedRow) {
	outcome := Refused
	if at := (refusedRow{r.sheet, r.line}); !im.refused[at] && !im.skip[at] && r.outcome != nil {
		outcome = r.outcome()
	}
	counts := im.report.Files[r.sheet.name]
	*counts.Of(outcome)++
	im.report.Files[r.sheet.name] = counts
	if im.opts.Row != nil {
		im.opts.Row(r.sheet.name, r.line, r.key, outcome)
	}
	if !im.opts.Changes || outcome == Unchanged {
		return
	}
	change := RowChange{File: r.sheet.name, Noun: r.sheet.noun, Key: r.key, Line: r.line, Outcome: outcome}
	if r.fields != nil && outcome != Refused && (outcome == Changed || len(im.report.Rows) < mostChanges) {
		change.Fields = r.fields()
	}
	im.lookFor(r, outcome, change.Fields)
	if outcome == Changed {
		for _, f := range change.Fields {
			if f.Now == "" {
				im.report.Cleared++
			}
		}
	}
	if len(im.report.Rows) < mostChanges {
		im.report.Rows = append(im.report.Rows, change)
	}
}

// listMissing lists the records that the files of their nouns have no rows of.
func (im *importing) listMissing() {
	for _, s := range sheets {
		noun := im.nouns[s]
		if _, there := im.report.Files[s.name]; noun == nil || !there {
			continue
		}
		var found []Missing
		noun.missing(im, func(id int64, key string) {
			found = append(found, Missing{s.noun, key, id})
			if n, is := numberIn(key); is && im.numbered[n] {
				im.respelled++
			}
		})
		im.report.Absent += len(found)
		slices.SortFunc(found, func(a, b Missing) int { return cmp.Compare(a.Key, b.Key) })
		im.report.Missing = append(im.report.Missing, found[:min(len(found), mostMissing-len(im.report.Missing))]...)
	}
}
