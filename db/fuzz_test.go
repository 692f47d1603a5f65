package db

import (
	"reflect"
	"testing"

	"samband/models"
)

// FuzzCursor reads arbitrary cursors: one that is read is the same when it is written.
func FuzzCursor(f *testing.F) {
	columns := []sortColumn{{sql: "a", kind: sortText}, {sql: "b", kind: sortDay}, {sql: "c", kind: sortBytes}, {sql: "d", kind: sortNumber}}
	f.Add(cursor("postings", columns, []any{"Åse\n", "2027-09-01", []byte{0, 255}, int64(-1)}))
	for _, text := range []string{"", "W10", "WyJwb3N0aW5ncyJd", "bnVsbA", "WyJwb3N0aW5ncyIsIiIsIiIsIiIsIiJd", "=", "WyJwb3N0aW5ncyIsIlx1MDAwMCIsIjk5OTktMTItMzEiLCIiLCIwIl0"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		values, err := parseCursor(text, "postings", columns)
		if err != nil {
			return
		}
		again, err := parseCursor(cursor("postings", columns, values), "postings", columns)
		if err != nil || !reflect.DeepEqual(again, values) {
			t.Errorf("%q is %v, and then %v, %v", text, values, again, err)
		}
	})
}

// FuzzDecode reads arbitrary JSON as records of the trail: what is read is written as
// something that is read again as the same.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{`{}`, `null`, `[]`, `{"key":"p","opened":"2020-01-01","closed":"9999-12-31","restricted":true,"areas":"cybercrime"}`, `{"id":9223372036854775808}`, `{"name":1}`, `{"first_day":"x"}`,
		`{"representations":[{"state":"SE","first_day":"2020-01-01"}]}`, `{"coverages":[null,{}]}`, `{"absences":[{"stand_in_id":"x"}]}`, `{"names":{}}`, `{"key":{"a":1}}`, `{"masked":null,"agency_id":-1}`, `{"name":"\ud800"}`} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, public, personal string) {
		_, _ = decode[models.Agency](public, &personal)
		_, _ = decode[models.Officer](public, &personal)
		_, _ = decode[models.Body](public, nil)
		_, _ = decode[models.Assignment](public, nil)
		_, _ = decode[models.ContactPoint](public, nil)
		_, _ = decode[models.Project](public, &personal)
		one, err := decode[models.Posting](public, &personal)
		if err == nil && one == nil {
			t.Error("neither a posting nor an error")
		}
		im := Import{Columns: public}
		im.Choose("posting", []string{"a"}, im.Chosen())
		_ = im.Chosen()
	})
}
