package trail

import (
	"strconv"
	"unicode/utf8"

	"samband/models"
)

// A Writer writes one JSON object, field by field, for the trail. A day is ISO
// text, null if it is not given, and 9999-12-31 for an open end.
type Writer struct{ b []byte }

func (j *Writer) Begin() { j.b = append(j.b[:0], '{') }

func (j *Writer) End() string {
	j.b = append(j.b, '}')
	return string(j.b)
}

// name starts a field. Names are the program's own and need no escaping.
func (j *Writer) name(name string) {
	if j.b[len(j.b)-1] != '{' {
		j.b = append(j.b, ',')
	}
	j.b = append(j.b, '"')
	j.b = append(j.b, name...)
	j.b = append(j.b, '"', ':')
}

func (j *Writer) Number(name string, n int64) {
	j.name(name)
	j.b = strconv.AppendInt(j.b, n, 10)
}

func (j *Writer) Yes(name string, yes bool) {
	j.name(name)
	j.b = strconv.AppendBool(j.b, yes)
}

func (j *Writer) Day(name string, d models.Date) {
	j.name(name)
	if d <= 0 {
		j.b = append(j.b, "null"...)
		return
	}
	j.b = append(d.Append(append(j.b, '"')), '"')
}

func (j *Writer) Text(name, s string) {
	j.name(name)
	j.b = append(j.b, '"')
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			j.b = append(j.b, '\\', c)
			i++
		case c < 0x20:
			const hex = "0123456789abcdef"
			j.b = append(j.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			i++
		case c < utf8.RuneSelf:
			j.b = append(j.b, c)
			i++
		default: // invalid UTF-8 becomes the replacement character
			r, n := utf8.DecodeRuneInString(s[i:])
			j.b = utf8.AppendRune(j.b, r)
			i += n
		}
	}
	j.b = append(j.b, '"')
}

// Objects writes a field whose value is an array of n objects.
func (j *Writer) Objects(name string, n int, object func(i int)) {
	j.name(name)
	j.b = append(j.b, '[')
	for i := range n {
		if i > 0 {
			j.b = append(j.b, ',')
		}
		j.b = append(j.b, '{')
		object(i)
		j.b = append(j.b, '}')
	}
	j.b = append(j.b, ']')
}

// Pairs writes alternating names and values, which are ints or strings.
func (j *Writer) Pairs(about []any) {
	for i := 0; i+1 < len(about); i += 2 {
		switch v := about[i+1].(type) {
		case int:
			j.Number(about[i].(string), int64(v))
		case string:
			j.Text(about[i].(string), v)
		}
	}
}
