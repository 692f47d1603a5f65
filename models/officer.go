package models

import (
	"strconv"
	"strings"
)

// An Officer is a person of one agency.
type Officer struct {
	ID       int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version  int    `as:"-"`
	Key      string `as:",code" told:"holder,personal"`
	AgencyID int64  `as:"agency" told:"open"`
	Name     string `told:"holder,personal"`
	Rank     string `told:"holder,personal"`
	Email    string `as:",code" told:"contact,personal"`
	Phone    string `as:",code" told:"contact,personal"`
	// Languages are language codes with a space between, the best first.
	Languages string `as:",code" told:"holder,personal"`
	// Masked keeps the name and the contacts from all but the coordinators of
	// the officer's own state and of all five: others learn of the posting and
	// the contact route only. Scope.OfficerTold decides it.
	Masked bool `told:"open"`
	// Areas are what the officer knows well.
	Areas AreaCodes `as:",optional" told:"holder"`
	Note  string    `as:",long" told:"holder,personal"`
}

// Hidden reports whether o, as a reader sees it, is an officer whose identity the
// reader may not know.
func (o Officer) Hidden() bool { return o.Masked && o.Name == "" }

// Number identifies an officer in forms without revealing who it is: "#17".
func (o Officer) Number() string { return "#" + strconv.FormatInt(o.ID, 10) }

// CheckOfficer returns what is wrong with o by itself.
func CheckOfficer(o Officer) Problems {
	var ps Problems
	ps.key(o.Key)
	if o.AgencyID == 0 {
		ps.add("agency", "problem.required")
	}
	ps.text("name", o.Name, 200, true)
	ps.text("rank", o.Rank, 100, false)
	ps.text("phone", o.Phone, 60, false)
	ps.text("languages", o.Languages, 200, false)
	ps.areas(o.Areas)
	ps.text("note", o.Note, 4000, false)
	ps.email(o.Email)
	return ps
}

// email checks an address for typing errors only: one @ with something on each
// side, no space. The rest is for the mail server to say.
func (ps *Problems) email(s string) {
	ps.text("email", s, 254, false)
	at := strings.IndexByte(s, '@')
	if s != "" && (at < 1 || at != strings.LastIndexByte(s, '@') || at == len(s)-1 || strings.ContainsAny(s, " \t")) {
		ps.add("email", "problem.email")
	}
}
