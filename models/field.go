package models

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// A Told is to whom a field of a record is told: what its struct says with the
// tag `told`. "personal" after it means that the field tells who somebody is,
// and can be erased:
//
//	Name string `told:"holder,personal"`
//
// It is also how much of a record a reader is told: the fields that are told to
// such a reader, or to more.
type Told int

// To whom a field is told, from few to many. What says nothing is told to nobody
// from whom anything of the record is kept back, and to nobody in the trail.
const (
	ToNobody  Told = iota
	ToContact      // to who opens the contact data, which is noted; in the trail to nobody
	ToHolder       // to those who may see whom the record is about
	ToReader       // to who may read the record as it is; in the trail, which tells what it was, as ToHolder
	ToAll          // to whoever learns that there is such a record
)

// Whole is how much those are told from whom nothing is kept back.
const Whole = ToNobody

var toldWords = map[string]Told{"": ToNobody, "contact": ToContact, "holder": ToHolder, "reader": ToReader, "open": ToAll}

// ToldOf reads the tag of a struct's field. A tag that it does not know is an
// error.
func ToldOf(f reflect.StructField) (to Told, personal bool, err error) {
	word, more, _ := strings.Cut(f.Tag.Get("told"), ",")
	to, known := toldWords[word]
	if !known || more != "" && more != "personal" {
		return ToNobody, false, fmt.Errorf("%s: the tag told:%q says nothing that is known", f.Name, f.Tag.Get("told"))
	}
	return to, more == "personal", nil
}

// An As is what a field of a record is called in files, and how it stands there:
// what its struct says with the tag `as`. A field without the tag is called as
// its column is; one with `as:"-"` stands in no file. After the name, which may
// be empty for that of the column, there may be
//
//	code      spaces around it mean nothing
//	long      it may have several lines
//	open      an empty cell is a day without end
//	optional  the column may be missing, and records then keep what they have
//	listed    it stands in the flat files of lists too, after their own columns
type As struct {
	Name           string // "" where it stands in no file
	Code, Long     bool
	Open, Optional bool
	Listed         bool
}

// AsOf reads the tag of a struct's field. A tag that it does not know is an
// error.
func AsOf(f reflect.StructField) (as As, err error) {
	name, more, _ := strings.Cut(f.Tag.Get("as"), ",")
	if name == "-" {
		return As{}, nil
	}
	as.Name = cmp.Or(name, ColumnOf(f))
	for word := range strings.SplitSeq(more, ",") {
		switch word {
		case "":
		case "code":
			as.Code = true
		case "long":
			as.Long = true
		case "open":
			as.Open = true
		case "optional":
			as.Optional = true
		case "listed":
			as.Listed = true
		default:
			return As{}, fmt.Errorf("%s: the tag as:%q says nothing that is known", f.Name, f.Tag.Get("as"))
		}
	}
	return as, nil
}

// tolds returns to whom the fields of a struct are told, by their columns. Those
// of nobody are there if they have a tag of any kind.
func tolds(t reflect.Type) map[string]Told {
	all := map[string]Told{}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue
		}
		to, _, err := ToldOf(f)
		if err != nil {
			panic(t.Name() + "." + err.Error())
		}
		if _, tagged := f.Tag.Lookup("told"); tagged {
			all[ColumnOf(f)] = to
		}
	}
	return all
}

// ColumnOf returns the column in which a field is kept: as GORM says it, else
// its name in small letters with a line between the words.
func ColumnOf(f reflect.StructField) string {
	for setting := range strings.SplitSeq(f.Tag.Get("gorm"), ";") {
		if column, there := strings.CutPrefix(setting, "column:"); there {
			return column
		}
	}
	var b strings.Builder
	for i, r := range f.Name {
		if unicode.IsUpper(r) && i > 0 && unicode.IsLower(rune(f.Name[i-1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
