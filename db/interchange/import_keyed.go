package interchange

import "samband/db"

// A keyedNoun takes part in an import: its records have keys, and a row says all
// there is to one.
type keyedNoun interface {
	// read reads what the directory holds.
	read(im *importing) error
	// take takes a row of the package.
	take(r *row)
	// id returns the ID of a record, 0 if it is refused or not there.
	id(key string) int64
	// apply writes what is new and what has changed.
	apply(im *importing) error
}

// A keyedRecord can be compared whole.
type keyedRecord interface {
	db.Record
	comparable
}

// keyed is the keyedNoun of a T.
type keyed[T keyedRecord] struct {
	all     map[string]*entry[T]
	written []*entry[T] // in the order of the package
	// rule refuses a row whose record may not be as it says: plainRule if it is
	// nil.
	rule func(*row, *entry[T])
}

// plainRule refuses a record that is wrong by itself, unless it stays as it was:
// what is kept may be older than a rule.
func plainRule[T keyedRecord](r *row, e *entry[T]) {
	if !e.same && !r.bad {
		r.problems(db.Check(*e.one))
	}
}

func (k *keyed[T]) read(im *importing) error {
	k.all = map[string]*entry[T]{}
	return db.Each(im.tx.Reader, nil, func(one *T) error {
		k.all[db.Key(*one)] = &entry[T]{old: one, one: one}
		return nil
	})
}

func (k *keyed[T]) take(r *row) {
	e, note := keyedEntry(r, k.all)
	if e == nil {
		return
	}
	note.outcome = e.outcome
	k.written = append(k.written, e)
	one := new(T)
	r.fill(one, r.im.refer(r))
	become(r.im, e, one)
	e.same = e.old != nil && *e.old == *one
	if k.rule != nil {
		k.rule(r, e)
	} else {
		plainRule(r, e)
	}
}

// keyedEntry notes a row that has a key, and returns the entry that it is about:
// of the directory, or a new one. It is nil, and the row refused, if the key
// stands in the package before.
func keyedEntry[E any, P interface {
	*E
	lineAt() *int
}](r *row, all map[string]P) (P, *importedRow) {
	key := r.code("key")
	note := r.im.row(r.sheet, r.line, key)
	e := all[key]
	if e == nil {
		e = P(new(E))
		all[key] = e
	} else if line := *e.lineAt(); line != 0 {
		r.refuse("key", "problem.duplicate", "line", line)
		return nil, note
	}
	*e.lineAt() = r.line
	return e, note
}

func (k *keyed[T]) id(key string) int64 { return idOf(k.all[key]) }

func (k *keyed[T]) apply(im *importing) error { return applied(im, k.written) }
