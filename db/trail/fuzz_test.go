package trail

import (
	"encoding/json"
	"testing"
)

// FuzzFields reads arbitrary JSON as the two halves of a row's side.
func FuzzFields(f *testing.F) {
	for _, text := range []string{`{}`, `null`, `[]`, `{"personal":"x","vouched":"a=b c=d","name":"Åse"}`, `{"a":1e999}`, `{"a":{"b":[1,"\ud800"]}}`, `{"personal":5}`, ``, `{"a":1}{`} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, public, personal string) {
		fields, err := Fields(public, &personal)
		for name, raw := range fields {
			if err == nil && !json.Valid(raw) {
				t.Errorf("%s is %s", name, raw)
			}
		}
		words, err2 := Words(public, &personal)
		if err == nil && (err2 != nil || len(words) < len(fields)) {
			t.Errorf("%d words of %d fields, %v", len(words), len(fields), err2)
		}
		row := Row{Salt: []byte("salt"), Old: &public, OldPersonal: &personal, Action: Update, Noun: "officer"}
		NewWalk(nothing{}).Step(row)
	})
}

// nothing knows no records.
type nothing struct{}

func (nothing) IsNoun(string) bool        { return true }
func (nothing) Key(Row) (string, error)   { return "", nil }
func (nothing) Replaced(Row, string) bool { return false }
func (nothing) Hear(Row) error            { return nil }
