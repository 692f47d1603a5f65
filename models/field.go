package models

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// A Told says to whom a field of a record is told: what its struct declares with
// the tag `told`. "personal" after it marks a field that identifies somebody,
// and can be erased:
//
//	Name string `told:"holder,personal"`
//
// It also says how much of a record a reader is told: the fields that are told
// to such a reader, or to more. One who is told ToReader loses the fields for
// ToHolder and ToContact, and those without a tag.
type Told int

// To whom a field is told, from few to many. A field without the tag is told
// only to those who see the whole record, and in the trail to nobody.
const (
	ToNobody  Told = iota
	ToContact      // to those who open the contact data, which the trail notes; in the trail to nobody
	ToHolder       // to those who may see whom the record is about
	ToReader       // to those who may read the record, even if the person in it is hidden; in the trail, where the record may have been another's, as ToHolder
	ToAll          // to everybody who may know that the record exists
)

// Whole is the Told of a reader from whom nothing is withheld.
const Whole = ToNobody

var toldWords = map[string]Told{"": ToNobody, "contact": ToContact, "holder": ToHolder, "reader": ToReader, "open": ToAll}

// ToldOf reads the tag told of a struct's field. An unknown value is an error.
func ToldOf(f reflect.StructField) (to Told, personal bool, err error) {
	word, more, _ := strings.Cut(f.Tag.Get("told"), ",")
	to, known := toldWords[word]
	if !known || more != "" && more != "personal" {
		return ToNobody, false, fmt.Errorf("%s: the tag told:%q says nothing that is known", f.Name, f.Tag.Get("told"))
	}
	return to, more == "personal", nil
}

// InFiles says what a field of a record is called in files, and how it is written
// there: what its struct declares with the tag `as`. A field without the tag has
// the name of its column; one with `as:"-"` is in no file. After the name, which
// may be empty for that of the column, there may be
//
//	code      spaces around it mean nothing
//	long      it may have several lines
//	open      an empty cell is a last day without end
//	optional  the column may be missing, and records then keep their value
//	flat      it stands in the flat files of lists too, after their own columns
type InFiles struct {
	Name           string // "" if it is in no file
	Code, Long     bool
	Open, Optional bool
	Flat           bool
}

// InFilesOf reads the tag as of a struct's field. An unknown word is an error.
func InFilesOf(f reflect.StructField) (as InFiles, err error) {
	name, more, _ := strings.Cut(f.Tag.Get("as"), ",")
	if name == "-" {
		return InFiles{}, nil
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
		case "flat":
			as.Flat = true
		default:
			return InFiles{}, fmt.Errorf("%s: the tag as:%q says nothing that is known", f.Name, f.Tag.Get("as"))
		}
	}
	return as, nil
}

// tolds returns to whom the trail tells the fields of a struct, by column. Fields
// without the tag told are left out; the tag trail says it where it is fewer.
func tolds(t reflect.Type) map[string]Told {
	all := map[string]Told{}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue
		}
		to, _, err := ToldOf(f)
		if word, narrower := f.Tag.Lookup("trail"); narrower {
			to = toldWords[word]
		}
		if err != nil {
			panic(t.Name() + "." + err.Error())
		}
		if _, tagged := f.Tag.Lookup("told"); tagged {
			all[trailName(f)] = to
		}
	}
	return all
}

// trailName returns what the trail calls a field: its column, or the table of a
// part's rows.
func trailName(f reflect.StructField) string {
	if f.Tag.Get("gorm") != "-" || f.Type.Kind() != reflect.Slice || f.Type.Elem().Kind() != reflect.Struct {
		return ColumnOf(f)
	}
	one := snake(f.Type.Elem().Name())
	if stem, ends := strings.CutSuffix(one, "y"); ends {
		return stem + "ies"
	}
	return one + "s"
}

// ColumnOf returns the column in which a field is stored: the one that its gorm
// tag names, else its own name in snake_case.
func ColumnOf(f reflect.StructField) string {
	for setting := range strings.SplitSeq(f.Tag.Get("gorm"), ";") {
		if column, there := strings.CutPrefix(setting, "column:"); there {
			return column
		}
	}
	return snake(f.Name)
}

// snake writes a name of Go in small letters with underscores.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 && unicode.IsLower(rune(name[i-1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
