package interchange

import (
	"reflect"
	"slices"

	"samband/db"
	"samband/models"
)

// A sheet is one of the files of the interchange package: the columns of a
// table, as files call them.
type sheet struct {
	*db.Table
	name    string // "agencies.csv"
	noun    string // "agency": what columns that refer to its records are called; "" for parts of postings
	columns []string
	// optional columns may be missing: records then keep what they have. They
	// are written only where some record has something to say in them, so that
	// other programs need not know of them.
	optional []string
	// versioned files have a last column with the version of each record.
	versioned bool
	// count returns how many records of the noun there are, nil for parts.
	count func(db.Reader) (int64, error)
	// blank returns a pointer to an empty record, or row of a part.
	blank func() any
	// rows writes all rows of an export.
	rows func(x *exporting, s *sheet, put func(...string) error) error
	// younger files are written only where they have rows: other programs may know
	// of the older ones alone.
	younger bool
	// some reports whether there is anything to write.
	some func(db.Reader) (bool, error)
}

// The files, in the order in which they refer to each other. What takes their rows
// is in importing.readDirectory.
var (
	agencySheet         = nounSheet[models.Agency](recordRows[models.Agency]("key"))
	agencyNameSheet     = younger(partSheet(func(a *models.Agency) []models.AgencyName { return a.Names }))
	officerSheet        = nounSheet[models.Officer](recordRows[models.Officer]("key"))
	bodySheet           = younger(nounSheet[models.Body](recordRows[models.Body]("key")))
	bodyNameSheet       = younger(partSheet(func(b *models.Body) []models.BodyName { return b.Names }))
	bodyMemberSheet     = younger(partSheet(func(b *models.Body) []models.BodyMember { return b.Members }))
	chairSheet          = younger(partSheet(func(b *models.Body) []models.Chair { return b.Chairs }))
	postingSheet        = nounSheet[models.Posting](recordRows[models.Posting]("key"))
	suspensionSheet     = partSheet(func(p *models.Posting) []models.Suspension { return p.Suspensions })
	representationSheet = partSheet(func(p *models.Posting) []models.Representation { return p.Representations })
	coverageSheet       = partSheet(func(p *models.Posting) []models.Coverage { return p.Coverages })
	assignmentSheet     = nounSheet[models.Assignment](recordRows[models.Assignment]("key"))
	absenceSheet        = younger(standingIn(partSheetOf(db.Absent, func(a *models.Assignment) []models.Absence { return a.Absences })))
	projectSheet        = younger(nounSheet[models.Project](recordRows[models.Project]("key")))
	projectAgencySheet  = younger(partSheet(func(p *models.Project) []models.ProjectAgency { return p.Agencies }))
	contactPointSheet   = nounSheet[models.ContactPoint](recordRows[models.ContactPoint]("state", "matter", "name", "id"))

	sheets = []*sheet{agencySheet, agencyNameSheet, officerSheet, bodySheet, bodyNameSheet, bodyMemberSheet, chairSheet, postingSheet, suspensionSheet,
		representationSheet, coverageSheet, assignmentSheet, absenceSheet, projectSheet, projectAgencySheet, contactPointSheet}
)

// versionColumn is what files call the version of a record, which says from which
// state of it a row was taken. It is no field: a file without it changes nothing, and
// it is left out of comparisons.
const versionColumn = "version"

// younger marks a file that is written only where it has rows.
func younger(s *sheet) *sheet {
	s.younger = true
	return s
}

// sheetOf returns the file of a noun.
func sheetOf(noun string) *sheet {
	for _, s := range sheets {
		if s.noun == noun {
			return s
		}
	}
	return nil
}

// nounSheet returns the file of a noun, partSheet that of a part of its records, and
// partSheetOf that of a part of those that have any rows in it.
func nounSheet[T db.Record](rows func(*exporting, *sheet, func(...string) error) error) *sheet {
	s := newSheet[T]()
	s.noun, s.count, s.rows = db.Noun[T](), db.Count[T], rows
	if s.versioned = slices.Contains(s.columns, "key"); s.versioned {
		s.optional = append(s.optional, versionColumn)
	}
	return s
}

func partSheet[T db.Record, R any](of func(*T) []R) *sheet {
	return partSheetOf(func(r db.Reader) ([]*T, error) { return db.WithParts[T](r, "") }, of)
}

func partSheetOf[T db.Record, R any](read func(db.Reader) ([]*T, error), of func(*T) []R) *sheet {
	s := newSheet[R]()
	s.rows = func(x *exporting, s *sheet, put func(...string) error) error {
		all, err := read(x.Reader)
		if err != nil {
			return err
		}
		know(x, all)
		for _, one := range all {
			var lines [][]string
			for _, row := range of(one) {
				lines = append(lines, x.cells(s, &row))
			}
			if s.refers() { // the IDs that they are sorted by differ from database to database
				slices.SortFunc(lines, slices.Compare)
			}
			for _, cells := range lines {
				if err := put(cells...); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return s
}

// refers reports whether rows of a part name other records than their own.
func (s *sheet) refers() bool {
	for _, f := range s.Fields[2:] { // after the IDs of the row and of its record
		if f.As.Name == standInColumn || slices.Contains(models.Nouns(), f.As.Name) {
			return true
		}
	}
	return false
}

func newSheet[T any]() *sheet {
	t := db.TableOf[T]()
	s := &sheet{Table: t, name: t.Name + ".csv", blank: func() any { return new(T) }}
	s.some = func(r db.Reader) (bool, error) {
		n, err := db.Count[T](r)
		return n > 0, err
	}
	for _, f := range t.Fields {
		switch {
		case f.As.Name == "":
		case f.As.Optional:
			s.optional = append(s.optional, f.As.Name)
		default:
			s.columns = append(s.columns, f.As.Name)
		}
	}
	return s
}

// same reports whether two records are the same in everything that a file
// holds.
func (s *sheet) same(a, b any) bool {
	was := s.Pointers(b, nil)
	for i, p := range s.Pointers(a, nil) {
		if s.Fields[i].As.Name != "" && !reflect.ValueOf(p).Elem().Equal(reflect.ValueOf(was[i]).Elem()) {
			return false
		}
	}
	return true
}

// A FieldChange is a cell as the directory has it and as a file has it, and in a row that
// is older than its record also as that was when the file was written.
type FieldChange struct {
	Column   string
	Was, Now string
	Base     string
	Based    bool // Base is known
}

// changes returns the fields of which the cells differ. was is nil for something new.
func (s *sheet) changes(im *importing, was, now any) (all []FieldChange) {
	fields := s.Pointers(now, nil)
	var before []any
	if v := reflect.ValueOf(was); was != nil && !v.IsNil() {
		before = s.Pointers(was, nil)
	}
	for i, p := range fields {
		as := s.Fields[i].As
		if as.Name == "" || as.Name == "key" || before != nil && reflect.ValueOf(before[i]).Elem().Equal(reflect.ValueOf(p).Elem()) {
			continue
		}
		c := FieldChange{Column: as.Name, Now: im.cellOf(as, p)}
		if before != nil {
			c.Was = im.cellOf(as, before[i])
		}
		if c.Was != c.Now {
			all = append(all, c)
		}
	}
	return all
}

// leave copies the fields of columns from one record to another.
func (s *sheet) leave(columns []string, to, from any) {
	was := s.Pointers(from, nil)
	for i, p := range s.Pointers(to, nil) {
		if slices.Contains(columns, s.Fields[i].As.Name) {
			reflect.ValueOf(p).Elem().Set(reflect.ValueOf(was[i]).Elem())
		}
	}
}
