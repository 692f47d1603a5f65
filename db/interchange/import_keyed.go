package interchange

import (
	"cmp"
	"slices"
	"strings"

	"samband/db"
	"samband/models"
)

// A keyedNoun takes part in an import: its records have keys, and a row says all
// there is to one, apart from its parts.
type keyedNoun interface {
	// read reads what the directory holds.
	read(im *importing) error
	// takers are what takes the rows of its file and of those of its parts.
	takers(s *sheet) map[*sheet]func(*row)
	// id returns the ID of a record, 0 if it is refused or not there.
	id(key string) int64
	// check merges parts and refuses what may not be.
	check(im *importing)
	// apply writes what is new and what has changed.
	apply(im *importing) error
}

// keyed is the keyedNoun of a T.
type keyed[T db.Record] struct {
	all     map[string]*entry[T]
	byID    map[int64]*entry[T]
	touched []*entry[T] // that the package says something about, in its order
	parts   []partTaker[T]
	// rule refuses a row whose record may not be as it says, or a row of its parts:
	// plainRule if it is nil.
	rule func(im *importing, e *entry[T])
	// complete, unless it is nil, adds to a record what its row leaves out.
	complete func(im *importing, one *T)
}

// An entry is a record of the directory, the package, or both.
type entry[T db.Record] struct {
	old  *T  // as it was, nil if it is new
	one  *T  // as it is to be
	line int // of its own row in the package, 0 if it has none
	// version is the one from which its own row was taken, 0 if it does not say.
	version int
	// own says that its own row changes nothing, same that the whole package does
	// not, and bad that one of its rows was refused, so that it is not checked.
	own, same, bad bool
	// The first row that says something about it, its own or one of a part.
	sheet *sheet
	first int
}

func (e *entry[T]) outcome() Outcome {
	if e.old == nil {
		return New
	}
	return outcomeOf(e.own)
}

// touch records that the package says something about a record.
func (k *keyed[T]) touch(e *entry[T], s *sheet, line int) {
	if e.sheet == nil {
		e.sheet, e.first = s, line
		k.touched = append(k.touched, e)
	}
}

func (k *keyed[T]) read(im *importing) error {
	all, err := db.Every[T](im.tx.Reader)
	k.all, k.byID = make(map[string]*entry[T], len(all)), make(map[int64]*entry[T], len(all))
	for id, one := range all {
		e := &entry[T]{old: one, one: one, own: true, same: true}
		k.all[db.Key(*one)], k.byID[id] = e, e
	}
	return err
}

func (k *keyed[T]) takers(s *sheet) map[*sheet]func(*row) {
	all := map[*sheet]func(*row){s: k.take}
	for _, p := range k.parts {
		all[p.file()] = func(r *row) { p.take(r, k) }
	}
	return all
}

func (k *keyed[T]) take(r *row) {
	key := r.code("key")
	note := r.im.row(r.sheet, r.line, key)
	e := k.all[key]
	if e == nil {
		e = &entry[T]{}
		k.all[key] = e
	} else if e.line != 0 {
		r.refuse("key", "problem.duplicate", "line", e.line)
		return
	}
	r.readVersion()
	e.line, e.version = r.line, r.version
	k.touch(e, r.sheet, r.line)
	note.outcome = e.outcome
	one := new(T)
	if e.old != nil {
		*one = *e.old
	}
	r.fill(one, r.im.refer(r))
	if k.complete != nil {
		k.complete(r.im, one)
	}
	become(r.im, e, one)
	k.byID[*db.ID(one)] = e
	e.bad, e.own = r.bad, e.old != nil && r.sheet.same(e.old, one)
}

// become makes one the new state of the entry, with the ID of the old one or a
// new one.
func become[T db.Record](im *importing, e *entry[T], one *T) {
	if e.old == nil {
		*db.ID(one) = im.tx.IDs(1)
	} else {
		*db.ID(one), *db.Version(one) = *db.ID(e.old), *db.Version(e.old)
	}
	e.one = one
}

func (k *keyed[T]) check(im *importing) {
	for i := 0; i < len(k.touched); i++ { // a rule may touch more
		e := k.touched[i]
		if e.one == nil {
			continue
		}
		e.same = e.own
		for _, p := range k.parts {
			e.same = p.merge(im, e) && e.same
		}
		switch {
		case e.bad:
		case k.rule != nil:
			k.rule(im, e)
		default:
			k.plainRule(im, e)
		}
	}
}

// plainRule refuses a record that is wrong by itself, unless it stays as it was:
// what is kept may be older than a rule.
func (k *keyed[T]) plainRule(im *importing, e *entry[T]) {
	if !e.same {
		k.refuse(im, e, db.Check(*e.one))
	}
}

// refuse refuses rows for problems of a record: those of its parts at theirs.
func (k *keyed[T]) refuse(im *importing, e *entry[T], problems models.Problems) {
	for _, p := range problems {
		s, line, column := k.where(e, p)
		im.refuse(s, line, column, p.Message)
	}
}

// where returns the file, line and column of the package to report a problem of a
// record at: the row of the part, the record's own row, or else the first row that
// says something about it.
func (k *keyed[T]) where(e *entry[T], problem models.Problem) (*sheet, int, string) {
	list, column, _ := strings.Cut(problem.Field, ".")
	for _, p := range k.parts {
		if line := p.lineOf(e, problem.Row); p.file().name == list+".csv" && line > 0 {
			return p.file(), line, column
		}
	}
	own := sheetOf(db.Noun[T]())
	if e.line == 0 {
		return e.sheet, e.first, own.noun
	}
	if !slices.Contains(own.columns, list) && !slices.Contains(own.optional, list) {
		list = "key"
	}
	return own, e.line, list
}

// those returns the entries of which is is true, in order.
func (k *keyed[T]) those(is func(*entry[T]) bool) (all []*entry[T]) {
	for _, e := range k.byID {
		if e.one != nil && is(e) {
			all = append(all, e)
		}
	}
	return inOrder(all)
}

// inOrder sorts entries: those with a row in the package as it has them, and then the
// others by key.
func inOrder[T db.Record](all []*entry[T]) []*entry[T] {
	slices.SortFunc(all, func(a, b *entry[T]) int {
		return cmp.Or(cmp.Compare(uint(a.line-1), uint(b.line-1)), strings.Compare(db.Key(*a.one), db.Key(*b.one)))
	})
	return all
}

func (k *keyed[T]) id(key string) int64 {
	if e := k.all[key]; e != nil && e.one != nil {
		return *db.ID(e.one)
	}
	return 0
}

func (k *keyed[T]) apply(im *importing) error { return applied(im, k.touched) }
