package interchange

import (
	"cmp"
	"slices"

	"samband/db"
	"samband/models"
)

// A partTaker takes the rows of a part of records of a noun.
type partTaker[T db.Record] interface {
	file() *sheet
	take(r *row, k *keyed[T])
	// merge applies the rows about a record to it, and reports whether they change
	// nothing.
	merge(im *importing, e *entry[T]) bool
	// lineOf returns the line of the row that stands at an index of the merged part,
	// 0 if it is not from the package.
	lineOf(e *entry[T], row int) int
	// rows returns how many rows the package has about a record.
	rows(e *entry[T]) int
}

// partTaken is the partTaker of a list of R.
type partTaken[T db.Record, R comparable] struct {
	sheet *sheet
	of    func(*T) *[]R
	// begin completes a row of a record that leaves its first day out.
	begin func(*T, *R)
	// clear returns a row without the IDs that only the database has.
	clear func(R) R
	// column is the one at which a row is refused that is the same as an earlier
	// one: likes[0] tells, unless column is "". Each of likes, in order, matches
	// rows with those that the directory has.
	column string
	likes  []func(a, b R) bool

	taken map[*entry[T]][]partRow[R]
	lines map[*entry[T]][]int
}

// A partRow is a row of a part, or a contact point: its line in the package, and
// its index among the import's rows.
type partRow[T any] struct {
	v    T
	line int
	note int
}

// mostPartRows is how many rows of one part a package may have for a record.
const mostPartRows = 1000

func (p *partTaken[T, R]) file() *sheet { return p.sheet }

func (p *partTaken[T, R]) rows(e *entry[T]) int { return len(p.taken[e]) }

func (p *partTaken[T, R]) lineOf(e *entry[T], row int) int {
	if lines := p.lines[e]; row >= 0 && row < len(lines) {
		return lines[row]
	}
	return 0
}

func (p *partTaken[T, R]) take(r *row, k *keyed[T]) {
	owner := p.sheet.columns[0]
	key := r.code(owner)
	r.im.row(r.sheet, r.line, key)
	e := k.all[key]
	if e == nil || e.one == nil {
		r.unknown(owner, key)
		return
	}
	if e.old != nil && r.im.limited && k.told(r.im, *e.old) != models.Whole {
		r.refuse(owner, "problem.others_record")
		return
	}
	k.touch(e, r.sheet, r.line)
	if e.one == e.old { // only its parts are in the package
		one := *e.old
		e.one = &one
	}
	var v R
	r.fill(&v, true, func(column string, now int64) int64 {
		if column == owner {
			return 0 // it is known already
		}
		return r.im.refer(r)(column, now)
	})
	if p.begin != nil {
		p.begin(e.one, &v)
	}
	for _, earlier := range p.taken[e] {
		if p.column != "" && p.likes[0](earlier.v, v) {
			r.refuse(p.column, "problem.duplicate", "line", earlier.line)
			return
		}
	}
	if r.bad {
		e.bad = true
		return
	}
	if len(p.taken[e]) >= mostPartRows {
		r.refuse(owner, "problem.rows", "most", mostPartRows)
		return
	}
	if p.taken == nil {
		p.taken, p.lines = map[*entry[T]][]partRow[R]{}, map[*entry[T]][]int{}
	}
	p.taken[e] = append(p.taken[e], partRow[R]{v, r.line, len(r.im.rows) - 1})
}

// merge replaces the existing row that the first of likes matches; rows left over
// replace existing rows left over that the next one matches, and so on; any further
// row is new. Existing rows that the package does not mention stay.
func (p *partTaken[T, R]) merge(im *importing, e *entry[T]) bool {
	rows, list := p.taken[e], p.of(e.one)
	if len(rows) == 0 {
		return true
	}
	old, same := *list, true
	merged, lines := slices.Clone(old), make([]int, len(old))
	placed := make([]bool, len(rows))
	for _, like := range p.likes {
		for i, r := range rows {
			for j := 0; j < len(old) && !placed[i]; j++ {
				if was := p.clear(old[j]); lines[j] == 0 && like(was, r.v) {
					placed[i], lines[j], merged[j] = true, r.line, r.v
					same = same && was == r.v
					im.note(r.note, outcomeOf(was == r.v), func() []FieldChange { return p.sheet.changes(im, &was, &r.v) })
				}
			}
		}
	}
	for i, r := range rows {
		if !placed[i] {
			merged, lines, same = append(merged, r.v), append(lines, r.line), false
			im.note(r.note, New, func() []FieldChange { return p.sheet.changes(im, nil, &r.v) })
		}
	}
	*list, p.lines[e] = merged, lines
	return same
}

func outcomeOf(same bool) Outcome {
	if same {
		return Unchanged
	}
	return Changed
}

// note says what becomes of the row at an index, and how its fields change.
func (im *importing) note(i int, o Outcome, fields func() []FieldChange) {
	im.rows[i].outcome, im.rows[i].fields = func() Outcome { return o }, fields
}

// called are the parts of former names, which a record has one of a day.
func called[T db.Record, R comparable](s *sheet, of func(*T) *[]R, clear func(R) R, first func(R) models.Date) partTaker[T] {
	return &partTaken[T, R]{sheet: s, of: of, clear: clear, column: "first_day", likes: []func(a, b R) bool{
		func(a, b R) bool { return first(a) == first(b) },
	}}
}

func agencyParts() []partTaker[models.Agency] {
	return []partTaker[models.Agency]{called(agencyNameSheet, func(a *models.Agency) *[]models.AgencyName { return &a.Names },
		func(n models.AgencyName) models.AgencyName { n.ID, n.AgencyID = 0, 0; return n },
		func(n models.AgencyName) models.Date { return n.First })}
}

func bodyParts() []partTaker[models.Body] {
	return []partTaker[models.Body]{
		called(bodyNameSheet, func(b *models.Body) *[]models.BodyName { return &b.Names },
			func(n models.BodyName) models.BodyName { n.ID, n.BodyID = 0, 0; return n },
			func(n models.BodyName) models.Date { return n.First }),
		&partTaken[models.Body, models.BodyMember]{sheet: bodyMemberSheet, of: func(b *models.Body) *[]models.BodyMember { return &b.Members },
			clear:  func(m models.BodyMember) models.BodyMember { m.ID, m.BodyID = 0, 0; return m },
			column: "country", likes: []func(a, b models.BodyMember) bool{
				func(a, b models.BodyMember) bool { return a.Country == b.Country && a.First == b.First },
			}},
		&partTaken[models.Body, models.Chair]{sheet: chairSheet, of: func(b *models.Body) *[]models.Chair { return &b.Chairs },
			clear:  func(c models.Chair) models.Chair { c.ID, c.BodyID = 0, 0; return c },
			column: "country", likes: []func(a, b models.Chair) bool{
				func(a, b models.Chair) bool { return a.Country == b.Country && a.First == b.First },
			}},
	}
}

func postingParts() []partTaker[models.Posting] {
	return []partTaker[models.Posting]{
		&partTaken[models.Posting, models.Suspension]{sheet: suspensionSheet, of: func(p *models.Posting) *[]models.Suspension { return &p.Suspensions },
			clear: func(s models.Suspension) models.Suspension { s.ID, s.PostingID = 0, 0; return s },
			likes: []func(a, b models.Suspension) bool{
				func(a, b models.Suspension) bool { return a.Period == b.Period && a.Reason == b.Reason },
				func(a, b models.Suspension) bool { return a.Period == b.Period },
				func(a, b models.Suspension) bool { return a.First == b.First },
			}},
		&partTaken[models.Posting, models.Representation]{sheet: representationSheet, of: func(p *models.Posting) *[]models.Representation { return &p.Representations },
			clear:  func(r models.Representation) models.Representation { r.ID, r.PostingID = 0, 0; return r },
			begin:  func(p *models.Posting, r *models.Representation) { r.First = cmp.Or(r.First, p.Opened) },
			column: "state", likes: []func(a, b models.Representation) bool{
				func(a, b models.Representation) bool {
					return a.State == b.State && a.Matter == b.Matter && a.First == b.First
				},
				func(a, b models.Representation) bool { return a.State == b.State && a.First == b.First },
			}},
		&partTaken[models.Posting, models.Coverage]{sheet: coverageSheet, of: func(p *models.Posting) *[]models.Coverage { return &p.Coverages },
			clear:  func(c models.Coverage) models.Coverage { c.ID, c.PostingID = 0, 0; return c },
			begin:  func(p *models.Posting, c *models.Coverage) { c.First = cmp.Or(c.First, p.Opened) },
			column: "country", likes: []func(a, b models.Coverage) bool{
				func(a, b models.Coverage) bool { return a.Country == b.Country && a.First == b.First },
			}},
	}
}

func assignmentParts() []partTaker[models.Assignment] {
	return []partTaker[models.Assignment]{
		&partTaken[models.Assignment, models.Absence]{sheet: absenceSheet, of: func(a *models.Assignment) *[]models.Absence { return &a.Absences },
			clear:  func(x models.Absence) models.Absence { x.ID, x.AssignmentID = 0, 0; return x },
			column: "first_day", likes: []func(a, b models.Absence) bool{
				func(a, b models.Absence) bool { return a.First == b.First },
			}},
	}
}

func projectParts() []partTaker[models.Project] {
	return []partTaker[models.Project]{
		&partTaken[models.Project, models.ProjectAgency]{sheet: projectAgencySheet, of: func(p *models.Project) *[]models.ProjectAgency { return &p.Agencies },
			clear:  func(a models.ProjectAgency) models.ProjectAgency { a.ID, a.ProjectID = 0, 0; return a },
			begin:  func(p *models.Project, a *models.ProjectAgency) { a.First = cmp.Or(a.First, p.First) },
			column: "agency", likes: []func(a, b models.ProjectAgency) bool{
				func(a, b models.ProjectAgency) bool { return a.AgencyID == b.AgencyID && a.First == b.First },
			}},
	}
}
