package db

import (
	"slices"
	"strconv"
	"strings"
)

// bind writes a statement, in which ? stands for an argument, as the database
// wants it. An argument that is a slice of texts or IDs becomes a list in
// parentheses; an empty one is (NULL), which nothing is in.
func (r reader) bind(query string, args []any) (string, []any) {
	if !r.postgres && !slices.ContainsFunc(args, isList) {
		return query, args
	}
	b := make([]byte, 0, len(query)*2)
	var flat []any
	next := 0
	for i := range len(query) {
		if query[i] != '?' {
			b = append(b, query[i])
			continue
		}
		arg := args[next]
		next++
		switch arg := arg.(type) {
		case []string:
			b, flat = appendList(r, b, flat, arg)
		case []int64:
			b, flat = appendList(r, b, flat, arg)
		default:
			flat = append(flat, arg)
			b = r.mark(b, len(flat))
		}
	}
	return string(b), flat
}

func isList(arg any) bool {
	switch arg.(type) {
	case []string, []int64:
		return true
	}
	return false
}

func appendList[T any](r reader, b []byte, flat []any, list []T) ([]byte, []any) {
	if len(list) == 0 {
		return append(b, "(NULL)"...), flat
	}
	b = append(b, '(')
	for i, one := range list {
		if i > 0 {
			b = append(b, ',')
		}
		flat = append(flat, one)
		b = r.mark(b, len(flat))
	}
	return append(b, ')'), flat
}

// mark appends the mark of the nth argument.
func (r reader) mark(b []byte, n int) []byte {
	if !r.postgres {
		return append(b, '?')
	}
	return strconv.AppendInt(append(b, '$'), int64(n), 10)
}

// marks returns n question marks with commas between.
func marks(n int) string { return strings.Repeat("?,", n-1) + "?" }
