package models

import "reflect"

// A Record is of one of the nouns that are kept: it has an ID, a version and
// rows of its own in the trail.
type Record interface {
	Agency | Officer | Body | Posting | Assignment | Project | ContactPoint | Account | Remark
}

// nouns are what records are called, in the trail and elsewhere, in the order in
// which they refer to each other: the later to the earlier. Of a record the trail
// holds every field; its struct says to whom each is told.
var nouns = []noun{
	{"agency", reflect.TypeFor[Agency]()},
	{"officer", reflect.TypeFor[Officer]()},
	{"body", reflect.TypeFor[Body]()},
	{"posting", reflect.TypeFor[Posting]()},
	{"assignment", reflect.TypeFor[Assignment]()},
	{"project", reflect.TypeFor[Project]()},
	{"contact_point", reflect.TypeFor[ContactPoint]()},
	{"account", reflect.TypeFor[Account]()},
	{"remark", reflect.TypeFor[Remark]()},
}

type noun struct {
	name   string
	record reflect.Type
}

// Nouns returns what the records that are kept are called, those that others
// refer to first.
func Nouns() (names []string) {
	for _, n := range nouns {
		names = append(names, n.name)
	}
	return names
}
