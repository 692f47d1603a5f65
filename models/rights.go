package models

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
)

// A Role is what somebody may do in Samband.
type Role string

// The roles. Each is held in one state or in all five.
const (
	// Coordinator reads, and changes the postings that the state sends, their
	// assignments, its officers and its contact points. A coordinator of all
	// five, the secretariat, changes everything.
	Coordinator Role = "coordinator"
	// Partner reads.
	Partner Role = "partner"
	// Auditor reads the trail.
	Auditor Role = "auditor"
	// Administrator keeps accounts.
	Administrator Role = "administrator"
)

// Roles returns all roles.
func Roles() []Role { return []Role{Coordinator, Partner, Auditor, Administrator} }

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// allStates is how "all five" is written, in grants, forms and commands.
const allStates = "all"

// A Grant is a role in a state; no State means in all five.
type Grant struct {
	Role  Role
	State State
}

// ParseGrant reads a grant as it is written: "coordinator:SE" or
// "auditor:all".
func ParseGrant(text string) (Grant, bool) {
	role, state, found := strings.Cut(text, ":")
	g := Grant{Role(role), State(state)}
	if state == allStates {
		g.State = ""
	}
	return g, found && g.Role.Valid() && (g.State == "" && state == allStates || g.State.Valid())
}

// String writes a grant as ParseGrant reads it.
func (g Grant) String() string {
	if g.State == "" {
		return string(g.Role) + ":" + allStates
	}
	return string(g.Role) + ":" + string(g.State)
}

// Rights are all grants of an account. None means that it may do nothing.
type Rights []Grant

// AllRights are those of the program itself, at the command line.
var AllRights = Rights{{Coordinator, ""}, {Auditor, ""}, {Administrator, ""}}

// ParseRights reads grants separated by spaces. Words that are not grants are
// ignored.
func ParseRights(text string) (r Rights) {
	for word := range strings.FieldsSeq(text) {
		if g, ok := ParseGrant(word); ok {
			r = append(r, g)
		}
	}
	return r
}

// String writes rights as ParseRights reads them.
func (r Rights) String() string {
	words := make([]string, len(r))
	for i, g := range r {
		words[i] = g.String()
	}
	return strings.Join(words, " ")
}

// Scan reads rights from SQL, where they are text. NULL is no rights; any other
// type is an error, and leaves no rights.
func (r *Rights) Scan(v any) error {
	*r = nil
	switch v := v.(type) {
	case nil:
	case string:
		*r = ParseRights(v)
	default:
		return fmt.Errorf("models: rights are text, not %T", v)
	}
	return nil
}

// Value returns rights as SQL keeps them.
func (r Rights) Value() (driver.Value, error) { return r.String(), nil }

// Has reports whether r holds the role in the state, or in all five. For an empty
// state it must be all five.
func (r Rights) Has(role Role, s State) bool {
	return slices.ContainsFunc(r, func(g Grant) bool { return g.Role == role && (g.State == "" || g.State == s) })
}

// Holds reports whether r holds the role anywhere.
func (r Rights) Holds(role Role) bool {
	return slices.ContainsFunc(r, func(g Grant) bool { return g.Role == role })
}

// Only returns the grants of one role.
func (r Rights) Only(role Role) (only Rights) {
	for _, g := range r {
		if g.Role == role {
			only = append(only, g)
		}
	}
	return only
}

// Reads reports whether r may read the directory.
func (r Rights) Reads() bool { return r.Holds(Partner) || r.Holds(Coordinator) }

// MayChange reports whether r may change what belongs to a state. What belongs to
// no single state, such as agencies, has the empty one, and takes all five.
func (r Rights) MayChange(s State) bool { return r.Has(Coordinator, s) }

// MayTake reports whether r may change every posting that the steps are about. It
// must be asked before the rules, whose refusals would reveal what is hidden of a
// posting.
func (r Rights) MayTake(steps []Step, d *Directory) bool {
	return !slices.ContainsFunc(steps, func(s Step) bool {
		_, p := d.About(s)
		return p != nil && !r.MayChange(d.Sending(p).Country)
	})
}

// Keeps reports whether r may see and change an account: all its roles are in
// states that r administers.
func (r Rights) Keeps(a Account) bool {
	return r.Holds(Administrator) && !slices.ContainsFunc(a.Rights, func(g Grant) bool { return !r.Has(Administrator, g.State) })
}

// States returns the states in which r holds a role.
func (r Rights) States(role Role) (states []State) {
	for _, s := range States() {
		if r.Has(role, s) {
			states = append(states, s)
		}
	}
	return states
}

// Scope returns how much of the directory r may see.
func (r Rights) Scope() (s Scope) {
	for i, state := range States() {
		if r.Has(Coordinator, state) {
			s.masked |= 1 << i
			s.restricted |= 1 << i
		}
		if slices.Contains(r, Grant{Partner, state}) {
			s.restricted |= 1 << i
		}
	}
	return s
}
