package models

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// An Account is somebody who may sign in, by e-mail address.
type Account struct {
	ID       int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version  int    `as:"-"`
	Email    string `as:"-" told:"open,personal"` // in lower case
	Rights   Rights `as:"-" told:"open"`
	Disabled bool   `as:"-" told:"open"`
	// Demo is an account of the demo data: offered on the sign-in page there,
	// and useless elsewhere.
	Demo bool `as:"-" told:"open"`
	// Issuer and Subject identify the account at the single sign-on provider;
	// empty if it is not tied to one.
	Issuer  string `as:"-" told:"contact,personal"`
	Subject string `as:"-" told:"contact,personal"`
	// Officer is the officer whose own account this is, 0 if it is tied to none.
	// Tying and untying are acts of their own: saving an account neither reads
	// nor stores it.
	Officer int64 `gorm:"-"`
}

// MayBeTied reports whether an account may be tied to an officer of a state: it
// must hold a role there, so that whoever administers it does so there too.
func (a Account) MayBeTied(s State) bool {
	return slices.ContainsFunc(a.Rights, func(g Grant) bool { return g.State == "" || g.State == s })
}

// FoldEmail returns an address as accounts keep it.
func FoldEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// CheckAccount returns what is wrong with a by itself.
func CheckAccount(a Account) Problems {
	var ps Problems
	if a.Email == "" {
		ps.add("email", "problem.required")
	} else {
		ps.email(a.Email)
	}
	if a.Email != FoldEmail(a.Email) && !ps.Has("email") {
		ps.add("email", "problem.email")
	}
	if len(a.Rights) == 0 {
		ps.add("rights", "problem.required")
	}
	for _, g := range a.Rights {
		if parsed, ok := ParseGrant(g.String()); !ok || parsed != g {
			ps.add("rights", "problem.grant")
			break
		}
	}
	return ps
}

// CheckSubject returns what is wrong with a subject, by which a single sign-on
// provider identifies somebody.
func CheckSubject(subject string) Problems {
	var ps Problems
	const most = 255 // as OpenID Connect has it
	switch {
	case subject == "":
		ps.add("subject", "problem.required")
	case len(subject) > most:
		ps.add("subject", "problem.long", "most", most)
	case strings.ContainsFunc(subject, func(r rune) bool { return r < ' ' || r == utf8.RuneError }):
		ps.add("subject", "problem.characters")
	}
	return ps
}
