package db

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"samband/db/trail"
	"samband/models"
)

// A Table describes how a struct of package models is stored: as GORM reads the
// struct, once, at start. Each field has a column, in the order of the fields.
// How a column is stored, written to the trail, read back and compared follows
// from its type; there is no other list of columns.
type Table struct {
	Name    string // in the database
	Fields  []Field
	columns []string
}

// A Field is one stored field of a struct.
type Field struct {
	As       models.InFiles // how it is written in files
	column   string
	index    []int // in the struct
	personal bool  // identifies somebody, and can be erased
	yesNo    bool
}

var schemas sync.Map // GORM's cache of parsed structs

// tableOf reads the struct of a record. A field that cannot be stored, or a tag
// with an unknown meaning, is an error.
func tableOf(record any) (*Table, error) {
	t, err := parse(record)
	if err != nil {
		return nil, err
	}
	of := reflect.Indirect(reflect.ValueOf(record)).Type()
	for _, f := range t.Fields {
		if f := of.FieldByIndex(f.index); !keepable(reflect.New(f.Type).Interface()) {
			return nil, fmt.Errorf("%s.%s: a %s cannot be kept", of.Name(), f.Name, f.Type)
		}
	}
	return t, nil
}

func parse(row any) (*Table, error) {
	s, err := schema.Parse(row, &schemas, schema.NamingStrategy{})
	if err != nil {
		return nil, err
	}
	t := &Table{Name: s.Table}
	for _, f := range s.Fields {
		if f.DBName == "" {
			continue // not stored, or stored in a table of its own
		}
		_, personal, err := models.ToldOf(f.StructField)
		if err != nil {
			return nil, fmt.Errorf("%s.%w", s.Name, err)
		}
		as, err := models.InFilesOf(f.StructField)
		if err != nil {
			return nil, fmt.Errorf("%s.%w", s.Name, err)
		}
		t.columns = append(t.columns, f.DBName)
		t.Fields = append(t.Fields, Field{as, f.DBName, f.StructField.Index, personal, f.FieldType.Kind() == reflect.Bool})
	}
	return t, nil
}

// TableOf returns how a T, a struct of package models, is stored. It panics if
// a T cannot be stored, which is a bug in the program.
func TableOf[T any]() *Table {
	t, err := tableOf(new(T))
	if err != nil {
		panic(err)
	}
	return t
}

// Pointers appends to all pointers to the fields of the struct at to, in the
// order of Fields.
func (t *Table) Pointers(to any, all []any) []any {
	v := reflect.ValueOf(to).Elem()
	for i := range t.Fields {
		all = append(all, v.FieldByIndex(t.Fields[i].index).Addr().Interface())
	}
	return all
}

// Says reports whether some row has a value in the column of a field, given by the
// name that files call it by.
func (t *Table) Says(r Reader, name string) (some bool, err error) {
	for _, f := range t.Fields {
		if f.As.Name != name {
			continue
		}
		nothing := any("")
		if f.yesNo {
			nothing = false
		}
		var n int64
		err = r.g.WithContext(r.ctx).Table(t.Name).Where("? <> ?", clause.Column{Name: f.column}, nothing).Limit(1).Count(&n).Error
		return n > 0, err
	}
	return false, fmt.Errorf("%s has no field %q", t.Name, name)
}

// at returns a pointer to a column of the struct at to.
func (t *Table) at(to any, column int) any {
	return reflect.ValueOf(to).Elem().FieldByIndex(t.Fields[column].index).Addr().Interface()
}

// values appends to all the stored values of the struct at of.
func (t *Table) values(of any, all []any) []any {
	from := len(all)
	all = t.Pointers(of, all)
	for i, p := range all[from:] {
		all[from+i] = value(p)
	}
	return all
}

// compare orders two structs by their columns, starting with number from, and
// then by the first column.
func (t *Table) compare(a, b any, from int) int {
	v, w := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for _, f := range t.Fields[from:] {
		if order := compareFields(v.FieldByIndex(f.index), w.FieldByIndex(f.index)); order != 0 {
			return order
		}
	}
	return compareFields(v.FieldByIndex(t.Fields[0].index), w.FieldByIndex(t.Fields[0].index))
}

func compareFields(v, w reflect.Value) int {
	if v.Kind() == reflect.String {
		return strings.Compare(v.String(), w.String())
	}
	return cmp.Compare(v.Int(), w.Int())
}

// json writes either the personal or the other columns to a row of the trail.
func (t *Table) json(j *trail.Writer, of any, personal bool) {
	v := reflect.ValueOf(of).Elem()
	for i := range t.Fields {
		if f := &t.Fields[i]; f.personal == personal {
			writeField(j, f.column, v.FieldByIndex(f.index).Addr().Interface())
		}
	}
}

// personal reports whether any personal field of a record has a value.
func (t *Table) personal(of any) bool {
	v := reflect.ValueOf(of).Elem()
	return slices.ContainsFunc(t.Fields, func(f Field) bool { return f.personal && !v.FieldByIndex(f.index).IsZero() })
}

// keepable reports whether what p points to can be stored.
func keepable(p any) bool {
	switch p.(type) {
	case *int64, *int, *bool, *models.Date, *models.Rights:
		return true
	}
	return reflect.TypeOf(p).Elem().Kind() == reflect.String
}

// value returns the stored form of what p points to. The zero day is NULL.
func value(p any) any {
	switch p := p.(type) {
	case *int64:
		return *p
	case *int:
		return *p
	case *bool:
		return *p
	case *string:
		return *p
	case *models.Date:
		return day(*p)
	case *models.Rights:
		return p.String()
	case *[]byte:
		return *p
	case **string:
		if *p == nil {
			return nil
		}
		return **p
	}
	return reflect.ValueOf(p).Elem().String()
}

// writeField writes what p points to as a field.
func writeField(j *trail.Writer, name string, p any) {
	switch p := p.(type) {
	case *int64:
		j.Number(name, *p)
	case *int:
		j.Number(name, int64(*p))
	case *bool:
		j.Yes(name, *p)
	case *string:
		j.Text(name, *p)
	case *models.Date:
		j.Day(name, *p)
	case *models.Rights:
		j.Text(name, p.String())
	default:
		j.Text(name, reflect.ValueOf(p).Elem().String())
	}
}
