package db

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"samband/models"
)

// Handing over a column costs SQLite so much that reading a whole row as one
// JSON array takes half the time. On SQLite records are therefore selected that
// way: columns returns what to select, and a rowScanner reads it.

// columns returns the select list for the columns of a table or its alias.
func (r Reader) columns(table string, columns []string) string {
	list := table + "." + strings.Join(columns, ", "+table+".")
	if r.postgres {
		return list
	}
	return "json_array(" + list + ")"
}

// A rowScanner reads rows that were selected by columns.
type rowScanner struct {
	packed bool
	raw    sql.RawBytes
	one    []any // &raw
}

func (r Reader) scanner() *rowScanner {
	s := &rowScanner{packed: !r.postgres}
	s.one = []any{&s.raw}
	return s
}

// scan reads the current row into the destinations.
func (s *rowScanner) scan(rows *sql.Rows, into []any) error {
	if !s.packed {
		return rows.Scan(into...)
	}
	if err := rows.Scan(s.one...); err != nil {
		return err
	}
	return unpack(s.raw, into)
}

var errPacked = errors.New("db: not a row as it was packed")

// unpack reads a JSON array of integers, strings and nulls into destinations.
func unpack(b []byte, into []any) (err error) {
	if len(b) < 2 || b[0] != '[' {
		return errPacked
	}
	for _, to := range into {
		if len(b) < 2 {
			return errPacked
		}
		var text []byte
		var n int64
		b = b[1:] // [ or ,
		if b[0] == '"' {
			if text, b, err = unquote(b); err != nil {
				return err
			}
		} else {
			n, b = integer(b)
		}
		if err := assign(to, text, n); err != nil {
			return err
		}
	}
	if len(b) != 1 || b[0] != ']' {
		return errPacked
	}
	return nil
}

// integer reads a whole number, or null as 0, from the start of b.
func integer(b []byte) (n int64, rest []byte) {
	if rest, null := bytes.CutPrefix(b, []byte("null")); null {
		return 0, rest
	}
	i, negative := 0, false
	if i < len(b) && b[i] == '-' {
		negative = true
		i++
	}
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		n = n*10 + int64(b[i]-'0')
	}
	if negative {
		n = -n
	}
	return n, b[i:]
}

// unquote reads a JSON string from the start of b.
func unquote(b []byte) (text, rest []byte, err error) {
	end := bytes.IndexByte(b[1:], '"') + 1
	if end < 1 {
		return nil, nil, errPacked
	}
	if bytes.IndexByte(b[1:end], '\\') < 0 {
		return b[1:end], b[end+1:], nil
	}
	for end = 1; end < len(b) && b[end] != '"'; end++ {
		if b[end] == '\\' {
			end++
		}
	}
	if end >= len(b) {
		return nil, nil, errPacked
	}
	var s string
	err = json.Unmarshal(b[:end+1], &s)
	return []byte(s), b[end+1:], err
}

// assign sets a destination to a text or, if text is nil, to a number, which is
// 0 for null.
func assign(to any, text []byte, n int64) (err error) {
	switch to := to.(type) {
	case *int64:
		*to = n
	case *int:
		*to = int(n)
	case *bool:
		*to = n != 0
	case *string:
		*to = string(text)
	case *models.Date:
		*to = 0
		if text != nil {
			*to, err = models.ParseDate(string(text))
		}
	case *models.Rights:
		*to = models.ParseRights(string(text))
	default:
		v := reflect.ValueOf(to).Elem()
		if v.Kind() != reflect.String {
			return fmt.Errorf("db: cannot unpack into %T", to)
		}
		v.SetString(shared(text))
	}
	return err
}

// shared returns a text as a string, without a new copy if it is a common one.
func shared(text []byte) string {
	if s, ok := commonTexts[string(text)]; ok {
		return s
	}
	return string(text)
}

var commonTexts = func() map[string]string {
	common := map[string]string{"": ""}
	for _, c := range models.Countries() {
		common[string(c)] = string(c)
	}
	for _, m := range []models.Matter{models.Police, models.Customs, models.Both} {
		common[string(m)] = string(m)
	}
	for _, b := range models.GivenBodies() {
		common[string(b.Key)] = string(b.Key)
	}
	return common
}()
