package interchange

import (
	"cmp"
	"errors"
	"reflect"
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
	// keyOf returns the key of a record, "" if it is not there.
	keyOf(id int64) string
	// missing calls f for each record that the package has no row of, and that the
	// actor may change.
	missing(im *importing, f func(id int64, key string))
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
	// told returns how much the actor is told of a record, Whole if it is nil.
	tells func(im *importing, one T) models.Told
	// complete, unless it is nil, adds to a record what its row leaves out.
	complete func(im *importing, one *T)
}

// An entry is a record of the directory, the package, or both.
type entry[T db.Record] struct {
	old  *T  // as it was, nil if it is new
	one  *T  // as it is to be
	line int // of its own row in the package, 0 if it has none
	// own says that its own row changes nothing, same that the whole package does
	// not, and bad that one of its rows was refused, so that it is not checked.
	own, same, bad bool
	stale          bool // its row is older than the record, which stays as it is
	base           *T   // of a row that is older: the record that it was written from, nil if unknown
	file           *T   // of such a row: the record as the file has it
	// The first row that says something about it, its own or one of a part.
	sheet *sheet
	first int
}

func (e *entry[T]) outcome() Outcome {
	switch {
	case e.old == nil:
		return New
	case e.stale:
		return Stale
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
	e.line = r.line
	k.touch(e, r.sheet, r.line)
	note.outcome = e.outcome
	note.fields = func() []FieldChange { return k.fields(r.im, r.sheet, e) }
	version := r.version()
	one := new(T)
	if e.old != nil {
		*one = *e.old
	}
	r.fill(one, e.old == nil, r.im.refer(r))
	if k.complete != nil {
		k.complete(r.im, one)
	}
	if e.old != nil && r.im.limited {
		k.keepUntold(r, e.old, one)
	}
	e.bad, e.own = r.bad, e.old != nil && r.sheet.same(e.old, one)
	if e.old != nil && !e.own && version > 0 && version < *db.Version(e.old) {
		one = k.resolve(r, e, one, version)
	}
	become(r.im, e, one)
	k.byID[*db.ID(one)] = e
}

// told returns how much the actor is told of a record.
func (k *keyed[T]) told(im *importing, one T) models.Told {
	if k.tells == nil || !im.limited {
		return models.Whole
	}
	return k.tells(im, one)
}

// keepUntold leaves the fields of a record alone that the actor is not told: what a file
// has there is what stands for them, and a comparison would tell them.
func (k *keyed[T]) keepUntold(r *row, old, one *T) {
	told := k.told(r.im, *old)
	if told == models.Whole {
		return
	}
	seen := models.Redact(*old, told)
	were, are, now := r.sheet.Pointers(old, nil), r.sheet.Pointers(&seen, nil), r.sheet.Pointers(one, nil)
	for i := range were {
		if was := reflect.ValueOf(were[i]).Elem(); !was.Equal(reflect.ValueOf(are[i]).Elem()) {
			reflect.ValueOf(now[i]).Elem().Set(was)
		}
	}
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
		if !e.same && !k.allowed(im, e) {
			continue
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

// allowed refuses a change that the actor may not make.
func (k *keyed[T]) allowed(im *importing, e *entry[T]) bool {
	var err error
	if e.old != nil {
		err = db.May(im.tx, *e.old)
	}
	if err = cmp.Or(db.May(im.tx, *e.one), err); err == nil {
		return true
	}
	if !errors.Is(err, db.ErrForbidden) {
		im.failed = errors.Join(im.failed, err)
	}
	im.refuse(e.sheet, e.first, "", models.Say("problem.others_record"))
	return false
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

func (k *keyed[T]) keyOf(id int64) string {
	if e := k.byID[id]; e != nil && e.one != nil {
		return db.Key(*e.one)
	}
	return ""
}

func (k *keyed[T]) missing(im *importing, f func(id int64, key string)) {
	for id, e := range k.byID {
		if e.old != nil && e.line == 0 && db.May(im.tx, *e.old) == nil {
			f(id, db.Key(*e.old))
		}
	}
}
