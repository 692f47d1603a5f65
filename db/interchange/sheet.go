package interchange

import (
	"reflect"

	"samband/db"
	"samband/models"
)

// A sheet is one of the eight files of the interchange package: the columns of
// a table, as files call them.
type sheet struct {
	*db.Table
	name    string // "agencies.csv"
	columns []string
	// optional columns may be missing: records then keep what they have. They
	// are written only where some record has something to say in them, so that
	// other programs need not know of them. Postings alone have such columns:
	// they are all read before the first row is written.
	optional []string
	// count returns how many records of the noun there are, nil for the lists of
	// postings.
	count func(db.Reader) (int64, error)
}

// The eight files, in the order in which they refer to each other.
var (
	agencySheet         = nounSheet[models.Agency]()
	officerSheet        = nounSheet[models.Officer]()
	postingSheet        = nounSheet[models.Posting]()
	suspensionSheet     = newSheet[models.Suspension]()
	representationSheet = newSheet[models.Representation]()
	coverageSheet       = newSheet[models.Coverage]()
	assignmentSheet     = nounSheet[models.Assignment]()
	contactPointSheet   = nounSheet[models.ContactPoint]()

	sheets = []*sheet{agencySheet, officerSheet, postingSheet, suspensionSheet, representationSheet,
		coverageSheet, assignmentSheet, contactPointSheet}
)

// nounSheet returns the file of a noun, newSheet that of any struct that is kept.
func nounSheet[T db.Record]() *sheet {
	s := newSheet[T]()
	s.count = db.Count[T]
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
