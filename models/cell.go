package models

import (
	"reflect"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// TextOf returns what files and forms show of the field that p points to: "" for
// an open last day, "yes" or "" for a bool. It does not resolve the IDs of other
// records.
func TextOf(p any, as InFiles) string {
	switch p := p.(type) {
	case *string:
		return *p
	case *bool:
		if *p {
			return "yes"
		}
		return ""
	case *Date:
		if as.Open {
			return p.LastDay()
		}
		return p.String()
	}
	return reflect.ValueOf(p).Elem().String()
}

// SetText sets the field that p points to from the text of a file or a form, and
// returns what is wrong with the text, nil if nothing is. Codes are read in any
// case; an empty day is 0, or Forever where the field may have an open end.
func SetText(p any, as InFiles, text string) *Message {
	word := strings.TrimSpace(text)
	switch p := p.(type) {
	case *string:
		if *p = text; as.Code {
			*p = word
		}
	case *bool:
		yes, known := answers[strings.ToLower(word)]
		if *p = yes; !known {
			return said("problem.yes_no", "value", word)
		}
	case *Date:
		if *p = 0; as.Open {
			*p = Forever
		}
		if word == "" {
			return nil
		}
		d, err := ParseDate(word)
		if err != nil {
			return said("problem.date", "value", word)
		}
		*p = d
	case *State:
		*p = State(strings.ToUpper(word))
	case *Country:
		*p = Country(strings.ToUpper(word))
	case *Party:
		*p = Party(word)
		if at, ok := p.Place(); ok {
			*p = Party(at.String())
		}
	case *AreaCodes:
		*p = AreaCodes(strings.Join(strings.Fields(strings.ToLower(word)), " "))
	default:
		reflect.ValueOf(p).Elem().SetString(strings.ToLower(word))
	}
	return nil
}

// Printable returns the last part of the name of a file, at most so many bytes of it,
// without control characters.
func Printable(name string, most int) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	return strings.ToValidUTF8(name[:min(len(name), most)], "")
}

// Formula reports whether a spreadsheet could take a cell for a formula. The list is
// that of OWASP's page on CSV injection.
func Formula(cell string) bool { return cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 }

var answers = map[string]bool{"yes": true, "true": true, "1": true, "no": false, "false": false, "0": false, "": false}

func said(key string, args ...any) *Message {
	m := Say(key, args...)
	return &m
}

// A cellField is a field of a struct that files and forms show by itself: it has
// a name there, and does not refer to another record.
type cellField struct {
	index []int
	as    InFiles
}

var cellFields sync.Map // of reflect.Type, []cellField

func cellFieldsOf(t reflect.Type) []cellField {
	if all, known := cellFields.Load(t); known {
		return all.([]cellField)
	}
	var all []cellField
	for _, f := range reflect.VisibleFields(t) {
		if _, told := f.Tag.Lookup("told"); f.Anonymous || !told || f.Type.Kind() == reflect.Int64 || f.Tag.Get("gorm") == "-" {
			continue
		}
		as, err := InFilesOf(f)
		if err != nil {
			panic(t.Name() + "." + err.Error())
		}
		if as.Name != "" {
			all = append(all, cellField{f.Index, as})
		}
	}
	cellFields.Store(t, all)
	return all
}

// Texts returns the fields of the record that of points to as forms show them,
// by their names in files: all but its ID, version, lists and references.
func Texts(of any) map[string]string {
	v := reflect.ValueOf(of).Elem()
	texts := map[string]string{}
	for _, f := range cellFieldsOf(v.Type()) {
		texts[f.as.Name] = TextOf(v.FieldByIndex(f.index).Addr().Interface(), f.as)
	}
	return texts
}

// FlatNames returns what files call the fields of a struct that stand in flat files
// too. EachFlat calls f with a pointer to each of them in the record that of points to,
// and with what those files say of it.
func FlatNames[T any]() (names []string) {
	for _, f := range cellFieldsOf(reflect.TypeFor[T]()) {
		if f.as.Flat {
			names = append(names, f.as.Name)
		}
	}
	return names
}

func EachFlat[T any](of *T, f func(p any, text string)) {
	v := reflect.ValueOf(of).Elem()
	for _, field := range cellFieldsOf(v.Type()) {
		if field.as.Flat {
			p := v.FieldByIndex(field.index).Addr().Interface()
			f(p, TextOf(p, field.as))
		}
	}
}

// SetTexts sets the same fields of the record that to points to from a form, and
// returns what is wrong. Spaces around a text mean nothing, except in a field of
// several lines.
func SetTexts(to any, text func(name string) string) (ps Problems) {
	v := reflect.ValueOf(to).Elem()
	for _, f := range cellFieldsOf(v.Type()) {
		said := lineEnds.Replace(text(f.as.Name))
		if !f.as.Long {
			said = strings.TrimSpace(said)
		}
		if wrong := SetText(v.FieldByIndex(f.index).Addr().Interface(), f.as, said); wrong != nil {
			ps = append(ps, Problem{Field: f.as.Name, Row: -1, Message: *wrong})
		}
	}
	return ps
}

// lineEnds turns every line end into a line feed, as records keep it: browsers
// send two characters.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")
