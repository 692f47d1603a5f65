package models

import "time"

// A TrailRow is a row of the trail as a reader sees it.
type TrailRow struct {
	ID       int64
	At       time.Time
	ActorID  int64
	Actor    string // e-mail address, or what the program calls itself
	Role     string // what the actor could do: grants
	Request  string
	Action   string
	Noun     string
	RecordID int64
	State    State
	// Name is the record's name as it was, "" where that is hidden.
	Name   string
	Import string // the ID of the import that left the row, "" if none did
	Fields []FieldChange
}

// A FieldChange is one field of a record, or one fact about an event, before and
// after. Days are ISO, references are names. Withheld says that the values are
// hidden.
type FieldChange struct {
	Field, Old, New string
	Withheld        bool
}

// A Change is what one write did to records.
type Change struct {
	Rows []TrailRow // in the order in which it was done
	More bool       // there are very many more
}
