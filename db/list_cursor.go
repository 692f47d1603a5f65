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

// mostCursor is longer than any genuine cursor, in bytes.
const mostCursor = 8192

// cursor returns the place after a row of a list, given by the row's sort
// values, as text that is opaque to callers.
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

// parseCursor returns the sort values of a cursor for a list sorted by columns.
// A cursor of another list or order is ErrCursor, and so is malformed text. A
// forged one that parses is as harmless as a genuine one.
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
