package interchange

import (
	"errors"
	"reflect"

	"samband/db"
)

// resolve returns what becomes of a record whose row in the file is older than it: it
// stays as it is, unless somebody has chosen the file's. Then it has what the file
// changed, and all else as it is.
func (k *keyed[T]) resolve(r *row, e *entry[T], file *T, version int) *T {
	base, err := db.AsOfVersion[T](r.im.tx.Reader, *db.ID(e.old), version)
	if err != nil {
		r.im.failed = errors.Join(r.im.failed, err)
	}
	e.base, e.file = base, file
	if !r.im.opts.Take[r.sheet.noun+" "+db.Key(*e.old)] {
		e.stale, e.own, e.bad = true, true, false
		return e.old
	}
	if base == nil {
		return file
	}
	one := *e.old
	was, theirs, ours := r.sheet.Pointers(base, nil), r.sheet.Pointers(file, nil), r.sheet.Pointers(&one, nil)
	for i := range was {
		if changed := reflect.ValueOf(theirs[i]).Elem(); r.sheet.Fields[i].As.Name != "" && !changed.Equal(reflect.ValueOf(was[i]).Elem()) {
			reflect.ValueOf(ours[i]).Elem().Set(changed)
		}
	}
	e.own = r.sheet.same(e.old, &one)
	return &one
}

// fields returns how the row of a record changes it, or would if it were not stale.
func (k *keyed[T]) fields(im *importing, s *sheet, e *entry[T]) []FieldChange {
	switch {
	case e.old == nil:
		return s.changes(im, nil, e.one)
	case !e.stale:
		return s.changes(im, e.old, e.one)
	}
	fields := s.changes(im, e.old, e.file)
	if e.base == nil {
		return fields
	}
	for i, f := range fields {
		for j, p := range s.Pointers(e.base, nil) {
			if as := s.Fields[j].As; as.Name == f.Column {
				fields[i].Base, fields[i].Based = im.cellOf(as, p), true
			}
		}
	}
	return fields
}
