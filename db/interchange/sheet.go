package interchange

import (
	"reflect"

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
	// other programs need not know of them. Postings alone have such columns:
	// they are all read before the first row is written.
	optional []string
	// count returns how many records of the noun there are, nil for parts.
	count func(db.Reader) (int64, error)
	// rows writes all rows of an export.
	rows func(x *exporting, s *sheet, put func(...string) error) error
	// keyed returns what takes the rows of an import, nil where the noun needs
	// more than a keyed one: see importing.takers.
	keyed func() keyedNoun
}

// The files, in the order in which they refer to each other. A noun with keys
// and rules of its own alone needs no more than its line here.
var (
	agencySheet         = keyedSheet[models.Agency]()
	officerSheet        = keyedSheet[models.Officer]()
	postingSheet        = nounSheet[models.Posting]((*exporting).postingRows)
	suspensionSheet     = partSheet(func(p *models.Posting) []models.Suspension { return p.Suspensions })
	representationSheet = partSheet(func(p *models.Posting) []models.Representation { return p.Representations })
	coverageSheet       = partSheet(func(p *models.Posting) []models.Coverage { return p.Coverages })
	assignmentSheet     = keyedSheet[models.Assignment]()
	contactPointSheet   = nounSheet[models.ContactPoint](recordRows[models.ContactPoint]("state", "matter", "name", "id"))

	sheets = []*sheet{agencySheet, officerSheet, postingSheet, suspensionSheet, representationSheet,
		coverageSheet, assignmentSheet, contactPointSheet}
)

// keyedSheet returns the file of a noun whose records have keys.
func keyedSheet[T keyedRecord]() *sheet {
	s := nounSheet[T](recordRows[T]("key"))
	s.keyed = func() keyedNoun { return &keyed[T]{} }
	return s
}

// nounSheet returns the file of a noun, and partSheet that of a part of each
// posting.
func nounSheet[T db.Record](rows func(*exporting, *sheet, func(...string) error) error) *sheet {
	s := newSheet[T]()
	s.noun, s.count, s.rows = db.Noun[T](), db.Count[T], rows
	return s
}

func partSheet[R any](of func(*models.Posting) []R) *sheet {
	s := newSheet[R]()
	s.rows = func(x *exporting, s *sheet, put func(...string) error) error {
		for _, p := range x.postings {
			for _, row := range of(p) {
				if err := put(x.cells(s, &row)...); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return s
}

func newSheet[T any]() *sheet {
	t := db.TableOf[T]()
	s := &sheet{Table: t, name: t.Name + ".csv"}
	for _, f := range t.Fields {
		switch {
		case f.As.Name == "":
		case f.As.Optional:
			if t.Name != "postings" {
				panic("interchange: only postings have optional columns, not " + t.Name)
			}
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
