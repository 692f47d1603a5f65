package models

import "strings"

// A Message is something to say to a person, without the words: the key of a
// sentence in the language files, and what goes into its places, as name and
// value in turn. Values keep their types (Date, Country, State, Matter, Place,
// *Posting, string, int and more), so that each language writes them its own
// way.
type Message struct {
	Key  string
	Args []any
}

// Say returns the message of a key, with its arguments as name, value, name,
// value.
func Say(key string, args ...any) Message { return Message{key, args} }

// A Titled is a posting in a sentence, where the agency that sends it does not
// stand beside it: a place alone names no posting, as there may be several.
type Titled struct {
	*Post
	Agency Agency
}

// titled returns a posting for a sentence.
func (d *Directory) titled(p *Post) Titled { return Titled{p, d.Sending(p)} }

// A Problem is a reason to refuse a record: the field at fault, by the name
// that it has in the interchange files, and why.
type Problem struct {
	Field string
	// Row is the index of the row in a record's own list, or of the step in a
	// draft. It is -1 where there is no list.
	Row int
	Message
	// Choices are texts for the field, of which each would be understood.
	Choices []string
}

// Problems are the reasons to refuse a record. They are an error when there
// is one.
type Problems []Problem

// Error names the fields and keys, for logs and tests. People get the sentences
// of package views.
func (ps Problems) Error() string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.Field + ": " + p.Key)
	}
	return b.String()
}

// Err returns ps as an error, nil if there is no problem.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Has reports whether some problem is at the field.
func (ps Problems) Has(field string) bool {
	for _, p := range ps {
		if p.Field == field {
			return true
		}
	}
	return false
}

func (ps *Problems) add(field, key string, args ...any) {
	*ps = append(*ps, Problem{Field: field, Row: -1, Message: Say(key, args...)})
}

func (ps *Problems) addRow(row int, field, key string, args ...any) {
	*ps = append(*ps, Problem{Field: field, Row: row, Message: Say(key, args...)})
}
