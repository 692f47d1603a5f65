package interchange

import (
	"cmp"
	"slices"
	"strings"

	"samband/models"
)

// A postingEntry is a posting of the directory or the package, with the rows
// of its lists that are in the package.
type postingEntry struct {
	entry[models.Posting]
	bad             bool // its own row is refused: its lists cannot be checked
	touched         bool
	sheet           *sheet // the first row that touches it
	first           int
	representations []partRow[models.Representation]
	coverages       []partRow[models.Coverage]
	suspensions     []partRow[models.Suspension]
}

// A partRow is a row of a part of a record, its line in the package (0 if it is
// not in it), and its place among the import's rows.
type partRow[T any] struct {
	v    T
	line int
	note int
}

// touch notes that the package has something to say of the posting.
func (p *postingEntry) touch(im *importing, s *sheet, line int) {
	if !p.touched {
		p.touched, p.sheet, p.first = true, s, line
		im.newPostings = append(im.newPostings, p)
	}
}

// rowOutcome tells what becomes of the posting's own row, apart from its
// lists.
func (p *postingEntry) rowOutcome() Outcome {
	if p.old == nil {
		return New
	}
	return outcomeOf(postingSheet.same(p.old, p.one))
}

// postingOfRow returns the posting that a list's row is about, ready to be
// changed, nil if there is none.
func (im *importing) postingOfRow(r *row) *postingEntry {
	key := r.code("posting")
	p := im.postings[key]
	if p == nil || p.one == nil {
		r.unknown("posting", key)
		return nil
	}
	p.touch(im, r.sheet, r.line)
	if p.one == p.old { // only its lists are in the package
		one := *p.old
		p.one = &one
	}
	return p
}

// addRow adds a row to a list of a posting, unless it is bad or stands in the
// package before, as same tells: nil where a list may hold a row twice.
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
	if len(*rows) >= maxListRows {
		r.refuse("posting", "problem.rows", "most", maxListRows)
		return
	}
	*rows = append(*rows, partRow[T]{v, r.line, len(r.im.rows) - 1})
}

// maxListRows is how many rows of one list a posting can have.
const maxListRows = 1000

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

// entryOf returns what a row says of an entry of a list. Which posting it is of
// is known already.
func entryOf[R any](r *row) (v R) {
	r.fill(&v, func(string) int64 { return 0 })
	return v
}

// What makes two rows of a list the same one, when they have no key.
func sameRepresentation(a, b models.Representation) bool {
	return a.State == b.State && a.Matter == b.Matter && a.First == b.First
}

func sameCoverage(a, b models.Coverage) bool { return a.Country == b.Country && a.First == b.First }

// merge puts the package's rows over those that are there. A row takes the
// place of the one that is the same; one left over takes that of another left
// over that is like it; any further one is new. What the package does not
// mention stays. It returns the line of each row of the result, 0 for those,
// and notes the outcomes.
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

// check merges the lists of the postings that the package touches, and the
// contact points, and checks each posting whole: with its agency and with
// those of its assignments that the package leaves alone.
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
		return // what is kept may be older than a rule
	}
	for _, problem := range models.CheckPosting(*one, sending, held) {
		s, line, column := p.where(im, problem, lines, sending)
		if s == agencySheet {
			problem = models.OfAgency(problem, *one)
		}
		im.refuse(s, line, column, problem.Message)
	}
}

// ownRows returns what a new posting's rows leave out of the state that sends
// it: one for its whole life in each matter in which they do not name that state
// at all.
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

// unchanged reports whether no row of the posting's lists changes it.
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

// where returns the row and the column of the package at which a problem of a
// posting lies: the row of its list, its own, or else the first one that
// touches it.
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

// ownLine returns the line of the package that says too little of the sending
// state: the first about the matter that is missing, or else about another that
// has taken its place, 0 if there is none.
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
