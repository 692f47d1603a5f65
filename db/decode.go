package db

import (
	"encoding/json"
	"errors"
	"strconv"
)

// decode reads a record as the trail holds it. Fields that did not exist yet
// when its row was written stay empty.
func decode[T Record](public string, personal *string) (*T, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(public), &fields); err != nil {
		return nil, err
	}
	if personal != nil {
		if err := json.Unmarshal([]byte(*personal), &fields); err != nil {
			return nil, err
		}
	}
	return fromFields[T](fields)
}

// fromFields makes a record from its fields in JSON.
func fromFields[T Record](fields map[string]json.RawMessage) (*T, error) {
	one := new(T)
	if err := kindOf[T]().fill(one, fields); err != nil {
		return nil, err
	}
	for _, l := range kindOf[T]().parts {
		if raw, there := fields[l.tableName()]; there {
			if err := l.decode(one, raw); err != nil {
				return nil, err
			}
		}
	}
	return one, nil
}

// fill sets the columns of the struct that to points to from those fields that
// are present.
func (t *Table) fill(to any, fields map[string]json.RawMessage) error {
	for i, into := range t.Pointers(to, nil) {
		raw, there := fields[t.columns[i]]
		if !there {
			continue
		}
		text, n, err := scalar(raw)
		if err == nil {
			err = assign(into, text, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var errScalar = errors.New("neither a text nor a number")

// scalar reads a string, an integer, true, false or null: a string as text, the
// others as n, false and null as 0.
func scalar(raw json.RawMessage) (text []byte, n int64, err error) {
	switch {
	case len(raw) == 0:
		return nil, 0, errScalar
	case raw[0] == '"':
		var s string
		err = json.Unmarshal(raw, &s)
		return []byte(s), 0, err
	case string(raw) == "true":
		return nil, 1, nil
	case string(raw) == "false", string(raw) == "null":
		return nil, 0, nil
	}
	n, err = strconv.ParseInt(string(raw), 10, 64)
	return nil, n, err
}
