package db

import (
	"encoding/json"
	"errors"
	"strconv"

	"samband/models"
)

// decode reads a record as the trail holds it. What it does not hold, because
// it is older than the column, stays empty.
func decode[T record](public string, personal *string) (*T, error) {
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

// fromFields makes a record of its fields in JSON.
func fromFields[T record](fields map[string]json.RawMessage) (*T, error) {
	k, one := kindOf[T](), new(T)
	into := k.destinations(one, nil)
	for i, column := range k.columns {
		raw, there := fields[column]
		if !there {
			continue
		}
		text, n, err := scalar(raw)
		if err == nil {
			err = assign(into[i], text, n)
		}
		if err != nil {
			return nil, err
		}
	}
	if p, ok := any(one).(*models.Posting); ok {
		return one, postingLists(p, fields)
	}
	return one, nil
}

var errScalar = errors.New("neither a text nor a number")

// scalar reads a text, a number, or one of true, false and null.
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

// postingLists reads the three lists of a posting.
func postingLists(p *models.Posting, fields map[string]json.RawMessage) error {
	type entry struct {
		State     models.State   `json:"state"`
		Matter    models.Matter  `json:"matter"`
		Country   models.Country `json:"country"`
		First     string         `json:"first_day"`
		Last      string         `json:"last_day"`
		Agreement string         `json:"agreement"`
		Reason    string         `json:"reason"`
	}
	for list, add := range map[string]func(entry, models.Period){
		"representations": func(e entry, days models.Period) {
			p.Representations = append(p.Representations, models.Representation{State: e.State, Matter: e.Matter, Period: days, Agreement: e.Agreement})
		},
		"coverages": func(e entry, days models.Period) {
			p.Coverages = append(p.Coverages, models.Coverage{Country: e.Country, Period: days})
		},
		"suspensions": func(e entry, days models.Period) {
			p.Suspensions = append(p.Suspensions, models.Suspension{Period: days, Reason: e.Reason})
		},
	} {
		var entries []entry
		if raw, there := fields[list]; there {
			if err := json.Unmarshal(raw, &entries); err != nil {
				return err
			}
		}
		for _, e := range entries {
			first, err := models.ParseDate(e.First)
			if err != nil {
				return err
			}
			last, err := models.ParseDate(e.Last)
			if err != nil {
				return err
			}
			add(e, models.Period{First: first, Last: last})
		}
	}
	return nil
}
