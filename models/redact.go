package models

import (
	"fmt"
	"reflect"
	"sync"
)

// Redact returns a record as a reader who is told so much of it sees it: without
// the fields that are told to fewer, in the rows of its lists too. ID and
// Version, which identify it, stay. This is the only place where parts of a
// record are left out; a Scope decides how much of it a reader is told.
func Redact[T any](record T, to Told) T {
	if to == Whole {
		return record
	}
	told := record
	redact(&told, to)
	return told
}

// redact is Redact in place. Lists are copied before anything in them changes.
func redact[T any](record *T, to Told) {
	if to != Whole {
		redactionOf(reflect.TypeFor[T](), to).empty(reflect.ValueOf(record).Elem())
	}
}

// KeepUntold copies into next, which is to replace old, the fields of old that
// its editor is not told, where next has them empty: they cannot have been meant
// to go. Lists are left as they are.
func KeepUntold[T any](next *T, old T, to Told) {
	if to == Whole {
		return
	}
	v, was := reflect.ValueOf(next).Elem(), reflect.ValueOf(old)
	for _, at := range redactionOf(reflect.TypeFor[T](), to).fields {
		if f := v.FieldByIndex(at); f.IsZero() {
			f.Set(was.FieldByIndex(at))
		}
	}
}

// A redaction is what a struct loses for a reader: fields, by index, and what the
// rows of its lists lose.
type redaction struct {
	fields [][]int
	parts  []rows
}

type rows struct {
	at   []int
	lose *redaction
}

// redactions caches the redactions of each struct, one for each Told.
var redactions sync.Map // of *[ToAll + 1]redaction, by reflect.Type

func redactionOf(t reflect.Type, to Told) *redaction {
	if found, ok := redactions.Load(t); ok {
		return &found.(*[ToAll + 1]redaction)[to]
	}
	all := new([ToAll + 1]redaction)
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous || f.Name == "ID" || f.Name == "Version" {
			continue
		}
		told, _, err := ToldOf(f)
		if err != nil || !f.IsExported() {
			panic(fmt.Sprintf("models: %s.%s cannot be withheld: %v", t.Name(), f.Name, err))
		}
		for to := range all {
			r := &all[to]
			switch {
			case told < Told(to):
				r.fields = append(r.fields, f.Index)
			case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
				if lose := redactionOf(f.Type.Elem(), Told(to)); !lose.nothing() {
					r.parts = append(r.parts, rows{f.Index, lose})
				}
			}
		}
	}
	redactions.Store(t, all)
	return &all[to]
}

func (r *redaction) nothing() bool { return len(r.fields)+len(r.parts) == 0 }

// empty clears what a struct loses. Parts are copied first.
func (r *redaction) empty(v reflect.Value) {
	for _, at := range r.fields {
		v.FieldByIndex(at).SetZero()
	}
	for _, part := range r.parts {
		was := v.FieldByIndex(part.at)
		if was.Len() == 0 {
			continue
		}
		next := reflect.MakeSlice(was.Type(), was.Len(), was.Len())
		reflect.Copy(next, was)
		for i := range next.Len() {
			part.lose.empty(next.Index(i))
		}
		was.Set(next)
	}
}
