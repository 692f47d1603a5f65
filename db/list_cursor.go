package db

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"samband/models"
)

// The types of the columns that lists are sorted by.
const (
	sortText = iota
	sortDay
	sortBytes
	sortNumber
)

// mostCursor is longer than any cursor of ours.
const mostCursor = 8192

// cursor names the place after a row of a list by the values that it is sorted
// by. Programs get it as opaque text.
func cursor(list string, columns []sortColumn, values []any) string {
	fields := []string{list}
	for i, c := range columns {
		switch v := values[i].(type) {
		case []byte:
			fields = append(fields, base64.RawURLEncoding.EncodeToString(v))
		case int64:
			fields = append(fields, strconv.FormatInt(v, 10))
		case string:
			fields = append(fields, v)
		default:
			panic("db: a sort column of another type: " + c.sql)
		}
	}
	text, _ := json.Marshal(fields) // strings cannot fail
	return base64.RawURLEncoding.EncodeToString(text)
}

// parseCursor returns the values of a cursor for a list sorted by columns. What
// cursor has not made for the same list is ErrCursor, or as good as one that it
// has.
func parseCursor(text, list string, columns []sortColumn) ([]any, error) {
	var fields []string
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(text) > mostCursor || json.Unmarshal(raw, &fields) != nil ||
		len(fields) != len(columns)+1 || fields[0] != list {
		return nil, ErrCursor
	}
	values := make([]any, len(columns))
	for i, c := range columns {
		field := fields[i+1]
		switch c.kind {
		case sortText:
			values[i] = field
			if strings.ContainsRune(field, 0) {
				err = ErrCursor
			}
		case sortDay:
			var d models.Date
			d, err = models.ParseDate(field)
			values[i] = d.String()
		case sortBytes:
			values[i], err = base64.RawURLEncoding.DecodeString(field)
		case sortNumber:
			values[i], err = strconv.ParseInt(field, 10, 64)
		}
		if err != nil {
			return nil, ErrCursor
		}
	}
	return values, nil
}
