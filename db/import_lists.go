package db

import (
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
	representations []listRow[models.Representation]
	coverages       []listRow[models.Coverage]
	suspensions     []listRow[models.Suspension]
}

// A listRow is an entry of a record's list, its line in the package (0 if it is
// not in it), and its place among the import's rows.
type listRow[T any] struct {
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
	old, one := p.old, p.one
	if old.AgencyID == one.AgencyID && old.HostCountry == one.HostCountry && old.HostCity == one.HostCity &&
		old.HostOrganisation == one.HostOrganisation && old.Life() == one.Life() && old.Note == one.Note {
		return Unchanged
	}
	return Changed
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
// package before, as same tells.
func addRow[T any](r *row, p *postingEntry, rows *[]listRow[T], v T, column string, same func(a, b T) bool) {
	r.im.row(r.sheet, r.line, p.one.Key)
	for _, earlier := range *rows {
		if same(earlier.v, v) {
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
	*rows = append(*rows, listRow[T]{v, r.line, len(r.im.rows) - 1})
}

// maxListRows is how many rows of one list a posting can have.
const maxListRows = 1000

func (im *importing) representation(r *row) {
	p := im.postingOfRow(r)
	if p == nil {
		im.row(r.sheet, r.line, r.code("posting"))
		return
	}
	v := models.Representation{State: models.State(r.upper("state")), Matter: models.Matter(r.lower("matter")),
		Period: r.period(p.one.Opened), Agreement: r.text("agreement")}
	addRow(r, p, &p.representations, v, "state", sameRepresentation)
}

func (im *importing) coverage(r *row) {
	p := im.postingOfRow(r)
	if p == nil {
		im.row(r.sheet, r.line, r.code("posting"))
		return
	}
	v := models.Coverage{Country: models.Country(r.upper("country")), Period: r.period(p.one.Opened)}
	addRow(r, p, &p.coverages, v, "country", sameCoverage)
}

func (im *importing) suspension(r *row) {
	p := im.postingOfRow(r)
	if p == nil {
		im.row(r.sheet, r.line, r.code("posting"))
		return
	}
	addRow(r, p, &p.suspensions, models.Suspension{Period: r.period(0), Reason: r.text("reason")}, "first_day", sameSuspension)
}

// What makes two rows of a list the same one, when they have no key.
func sameRepresentation(a, b models.Representation) bool {
	return a.State == b.State && a.Matter == b.Matter && a.First == b.First
}

func sameCoverage(a, b models.Coverage) bool     { return a.Country == b.Country && a.First == b.First }
func sameSuspension(a, b models.Suspension) bool { return a.First == b.First }

// merge puts the package's rows over those that are there. A row takes the
// place of the one that is the same; one left over takes that of another left
// over that is like it; any further one is new. What the package does not
// mention stays. It returns the line of each row of the result, 0 for those,
// and notes the outcomes.
func merge[T any](im *importing, old []T, rows []listRow[T], clear func(T) T, equal func(a, b T) bool, likes ...func(a, b T) bool) ([]T, []int) {
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
	for _, e := range im.held {
		if e.line == 0 && im.postingOf[e.one.PostingID].touched {
			held[e.one.PostingID] = append(held[e.one.PostingID], *e.one)
		}
	}
	for _, p := range im.newPostings {
		im.checkPosting(p, held[p.one.ID])
	}
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
		func(a, b models.Suspension) bool { return a == b }, sameSuspension)
	sending := im.countryOf[one.AgencyID]
	if fresh {
		one.Representations = models.RepresentsAll(one.Life())
	} else if p.old == nil && !slices.ContainsFunc(one.Representations, func(r models.Representation) bool { return r.State == sending }) {
		one.Representations = append(one.Representations, models.Representation{State: sending, Matter: models.Both,
			Period: models.Period{First: one.Opened, Last: models.Forever}})
	}
	if p.bad {
		return
	}
	for _, problem := range models.CheckPosting(*one, sending, held) {
		s, line, column := p.where(problem, lines, sending)
		im.refuse(s, line, column, problem.Message)
	}
	p.same = p.rowOutcome() == Unchanged && unchanged(im, p)
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
func (p *postingEntry) where(problem models.Problem, lines map[string][]int, sending models.State) (*sheet, int, string) {
	list, column, _ := strings.Cut(problem.Field, ".")
	for _, s := range sheets {
		if s.name != list+".csv" {
			continue
		}
		if problem.Row >= 0 && problem.Row < len(lines[list]) && lines[list][problem.Row] > 0 {
			return s, lines[list][problem.Row], column
		}
		for _, r := range p.representations {
			if column == "" && r.v.State == sending {
				return s, r.line, "state"
			}
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

// mergeContactPoints puts the package's contact points over those that are
// there: by state, matter and name, and then by state and matter.
func (im *importing) mergeContactPoints() {
	old := im.contacts
	taken := make([]bool, len(old))
	placed := make([]bool, len(im.contactRows))
	for _, byName := range []bool{true, false} {
		for i, r := range im.contactRows {
			for j, e := range old {
				if placed[i] || taken[j] || e.old.State != r.v.State || e.old.Matter != r.v.Matter || byName && e.old.Name != r.v.Name {
					continue
				}
				one := r.v
				placed[i], taken[j] = true, true
				become(im, e, &one)
				e.same = *e.old == one
				im.note(r.note, e.outcome())
			}
		}
	}
	for i, r := range im.contactRows {
		if !placed[i] {
			one := r.v
			e := &entry[models.ContactPoint]{}
			become(im, e, &one)
			im.contacts = append(im.contacts, e)
			im.note(r.note, New)
		}
	}
}
