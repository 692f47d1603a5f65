package interchange

import (
	"cmp"
	"slices"
	"strings"

	"samband/models"
)

// A postingEntry is a posting of the directory or the package, with the rows of
// its parts that are in the package.
type postingEntry struct {
	entry[models.Posting]
	bad             bool // one of its rows was refused, so it is not checked as a whole
	touched         bool
	sheet           *sheet // of the first row that touches it
	first           int
	representations []partRow[models.Representation]
	coverages       []partRow[models.Coverage]
	suspensions     []partRow[models.Suspension]
}

// A partRow is a row of a part of a posting, or a contact point: its line in
// the package, and its index among the import's rows.
type partRow[T any] struct {
	v    T
	line int
	note int
}

// touch records that the package says something about the posting.
func (p *postingEntry) touch(im *importing, s *sheet, line int) {
	if !p.touched {
		p.touched, p.sheet, p.first = true, s, line
		im.newPostings = append(im.newPostings, p)
	}
}

// rowOutcome returns the outcome of the posting's own row, apart from its
// parts.
func (p *postingEntry) rowOutcome() Outcome {
	if p.old == nil {
		return New
	}
	return outcomeOf(postingSheet.same(p.old, p.one))
}

// postingOfRow returns the posting that a row of a part belongs to, ready to be
// changed, nil if there is none.
func (im *importing) postingOfRow(r *row) *postingEntry {
	key := r.code("posting")
	p := im.postings[key]
	if p == nil || p.one == nil {
		r.unknown("posting", key)
		return nil
	}
	p.touch(im, r.sheet, r.line)
	if p.one == p.old { // only its parts are in the package
		one := *p.old
		p.one = &one
	}
	return p
}

// addRow adds a row to a part of a posting, unless it is bad or repeats an
// earlier row of the package, as same tells. same is nil if a part may hold a
// row twice.
func addRow[T any](r *row, p *postingEntry, rows *[]partRow[T], v T, column string, same func(a, b T) bool) {
	r.im.row(r.sheet, r.line, p.one.Key)
	for _, earlier := range *rows {
		if same != nil && same(earlier.v, v) {
			r.refuse(column, "problem.duplicate", "line", earlier.line)
			return
		}
	}
	if r.bad {
		p.bad = true
		return
	}
	if len(*rows) >= mostPartRows {
		r.refuse("posting", "problem.rows", "most", mostPartRows)
		return
	}
	*rows = append(*rows, partRow[T]{v, r.line, len(r.im.rows) - 1})
}

// mostPartRows is how many rows of one part a package may have for a posting.
const mostPartRows = 1000

func (im *importing) representation(r *row) {
	p := im.postingOfRow(r)
	if p == nil {
		im.row(r.sheet, r.line, r.code("posting"))
		return
	}
	v := entryOf[models.Representation](r)
	v.First = cmp.Or(v.First, p.one.Opened)
	addRow(r, p, &p.representations, v, "state", sameRepresentation)
}

func (im *importing) coverage(r *row) {
	p := im.postingOfRow(r)
	if p == nil {
		im.row(r.sheet, r.line, r.code("posting"))
		return
	}
	v := entryOf[models.Coverage](r)
	v.First = cmp.Or(v.First, p.one.Opened)
	addRow(r, p, &p.coverages, v, "country", sameCoverage)
}

func (im *importing) suspension(r *row) {
	p := im.postingOfRow(r)
	if p == nil {
		im.row(r.sheet, r.line, r.code("posting"))
		return
	}
	addRow(r, p, &p.suspensions, entryOf[models.Suspension](r), "first_day", nil)
}

// entryOf returns the content of a row of a part. Its posting is known already.
func entryOf[R any](r *row) (v R) {
	r.fill(&v, func(string) int64 { return 0 })
	return v
}

// sameRepresentation and sameCoverage report whether two rows of a part, which
// have no key, are the same one.
func sameRepresentation(a, b models.Representation) bool {
	return a.State == b.State && a.Matter == b.Matter && a.First == b.First
}

func sameCoverage(a, b models.Coverage) bool { return a.Country == b.Country && a.First == b.First }

// merge applies the package's rows to the existing ones. A row replaces the
// existing row that the first of likes matches; rows left over replace existing
// rows left over that the next one matches, and so on; any further row is new.
// Existing rows that the package does not mention stay. It notes the outcomes,
// and returns the merged rows with the line of each, 0 if it is not from the
// package.
func merge[T any](im *importing, old []T, rows []partRow[T], clear func(T) T, equal func(a, b T) bool, likes ...func(a, b T) bool) ([]T, []int) {
	merged, lines := slices.Clone(old), make([]int, len(old))
	placed := make([]bool, len(rows))
	for _, like := range likes {
		for i, r := range rows {
			if placed[i] {
				continue
			}
			for j := range old {
				if lines[j] == 0 && like(old[j], r.v) {
					placed[i], lines[j], merged[j] = true, r.line, r.v
					im.note(r.note, outcomeOf(equal(clear(old[j]), r.v)))
					break
				}
			}
		}
	}
	for i, r := range rows {
		if !placed[i] {
			merged, lines = append(merged, r.v), append(lines, r.line)
			im.note(r.note, New)
		}
	}
	return merged, lines
}

func outcomeOf(same bool) Outcome {
	if same {
		return Unchanged
	}
	return Changed
}

func (im *importing) note(i int, o Outcome) { im.rows[i].outcome = func() Outcome { return o } }

// check merges the parts of the postings that the package touches, and the
// contact points. It checks each such posting as a whole, with its agency and
// with those of its assignments that the package leaves alone.
func (im *importing) check() {
	held := map[int64][]models.Assignment{}
	for _, e := range im.held.all {
		if e.line == 0 && im.postingOf[e.one.PostingID].touched {
			held[e.one.PostingID] = append(held[e.one.PostingID], *e.one)
		}
	}
	for _, p := range im.newPostings {
		im.checkPosting(p, held[p.one.ID])
	}
	im.checkHeldOnce()
	im.mergeContactPoints()
}

func (im *importing) checkPosting(p *postingEntry, held []models.Assignment) {
	one, lines := p.one, map[string][]int{}
	fresh := p.old == nil && len(p.representations) == 0
	one.Representations, lines["representations"] = merge(im, one.Representations, p.representations,
		func(r models.Representation) models.Representation { r.ID, r.PostingID = 0, 0; return r },
		func(a, b models.Representation) bool { return a == b }, sameRepresentation,
		func(a, b models.Representation) bool { return a.State == b.State && a.First == b.First })
	one.Coverages, lines["coverages"] = merge(im, one.Coverages, p.coverages,
		func(c models.Coverage) models.Coverage { c.ID, c.PostingID = 0, 0; return c },
		func(a, b models.Coverage) bool { return a == b }, sameCoverage)
	one.Suspensions, lines["suspensions"] = merge(im, one.Suspensions, p.suspensions,
		func(s models.Suspension) models.Suspension { s.ID, s.PostingID = 0, 0; return s },
		func(a, b models.Suspension) bool { return a == b },
		func(a, b models.Suspension) bool { return a.Period == b.Period && a.Reason == b.Reason },
		func(a, b models.Suspension) bool { return a.Period == b.Period },
		func(a, b models.Suspension) bool { return a.First == b.First })
	sending := im.countryOf[one.AgencyID]
	if fresh {
		one.Representations = models.RepresentsAll(one.Life())
	} else if p.old == nil {
		one.Representations = append(one.Representations, ownRows(*one, sending)...)
	}
	if p.bad {
		return
	}
	p.same = p.rowOutcome() == Unchanged && unchanged(im, p)
	if p.same && sending == im.sentBefore[one.AgencyID] {
		return // a stored posting may predate a rule
	}
	for _, problem := range models.CheckPosting(*one, sending, held) {
		s, line, column := p.where(im, problem, lines, sending)
		if s == agencySheet {
			problem = models.OfAgency(problem, *one)
		}
		im.refuse(s, line, column, problem.Message)
	}
}

// ownRows returns the representation that a new posting's rows leave out: of
// the sending state, for the posting's whole life, in each matter in which no
// row names that state.
func ownRows(p models.Posting, sending models.State) []models.Representation {
	var without []models.Matter
	for _, m := range models.Matters() {
		if !slices.ContainsFunc(p.Representations, func(r models.Representation) bool { return r.State == sending && r.Matter.Includes(m) }) {
			without = append(without, m)
		}
	}
	if len(without) == 0 {
		return nil
	}
	row := models.Representation{State: sending, Matter: without[0], Period: models.Period{First: p.Opened, Last: models.Forever}}
	if len(without) > 1 {
		row.Matter = models.Both
	}
	return []models.Representation{row}
}

// unchanged reports whether no row of the posting's parts changes it.
func unchanged(im *importing, p *postingEntry) bool {
	same := func(note int) bool { return im.rows[note].outcome() == Unchanged }
	for _, r := range p.representations {
		if !same(r.note) {
			return false
		}
	}
	for _, r := range p.coverages {
		if !same(r.note) {
			return false
		}
	}
	for _, r := range p.suspensions {
		if !same(r.note) {
			return false
		}
	}
	return true
}

// where returns the file, line and column of the package to report a problem of
// a posting at: the row of the part, the posting's own row, or else the first
// row that touches it.
func (p *postingEntry) where(im *importing, problem models.Problem, lines map[string][]int, sending models.State) (*sheet, int, string) {
	list, column, _ := strings.Cut(problem.Field, ".")
	for _, s := range sheets {
		if s.name != list+".csv" {
			continue
		}
		if problem.Row >= 0 && problem.Row < len(lines[list]) && lines[list][problem.Row] > 0 {
			return s, lines[list][problem.Row], column
		}
	}
	if problem.Key == "problem.sending_state" {
		if line := p.ownLine(problem, sending); line > 0 {
			return representationSheet, line, "state"
		}
		switch {
		case p.sheet == agencySheet && p.old.AgencyID == p.one.AgencyID:
			return p.sheet, p.first, "country"
		case p.line > 0 && p.old != nil && im.sentBefore[p.old.AgencyID] != sending:
			list = "agency"
		case p.line > 0 && p.old != nil && p.one.Opened < p.old.Opened:
			list = "opened"
		case p.line > 0 && p.old != nil && p.one.Closed > p.old.Closed:
			list = "closed"
		}
	}
	if p.line > 0 {
		if list != "key" && !slices.Contains(postingSheet.columns, list) {
			list = "key"
		}
		return postingSheet, p.line, list
	}
	return p.sheet, p.first, "posting"
}

// ownLine returns the line of the package that leaves out the sending state:
// the first about the missing matter, or else the first about another matter; 0
// if there is none.
func (p *postingEntry) ownLine(problem models.Problem, sending models.State) (line int) {
	for _, r := range p.representations {
		if r.v.State != sending {
			continue
		}
		if slices.Contains(problem.Args, any(r.v.Matter)) || r.v.Matter == models.Both {
			return r.line
		}
		if line == 0 {
			line = r.line
		}
	}
	return line
}
