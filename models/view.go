package models

import "slices"

// A View is a list as somebody wants to see it again: its columns, filters and
// order, under a name.
type View struct {
	ID      int64 `gorm:"primaryKey;autoIncrement:false"`
	Version int
	Name    string  `told:"open"`
	Owner   int64   `gorm:"column:account_id" told:"open"`
	Email   string  `gorm:"-" json:"-" told:"open"` // the owner's
	List    List    `told:"open"`
	Query   string  `told:"open"` // the parameters of the list's address, as url.Values encodes them
	Shared  Sharing `told:"open"`
	// Usual says that the list begins with the view, for the account that asked.
	Usual bool `gorm:"-" json:"-" told:"open"`
}

// A List is one whose views can be kept, as its address has it.
type List string

// The lists.
const (
	PostingList    List = "postings"
	OfficerList    List = "officers"
	AssignmentList List = "assignments"
)

// Lists returns all lists.
func Lists() []List { return []List{PostingList, OfficerList, AssignmentList} }

// Valid reports whether l is a known list.
func (l List) Valid() bool { return slices.Contains(Lists(), l) }

// A Sharing says who sees a view beside its owner: nobody, those who hold a role for
// a state, or everybody.
type Sharing string

// The sharings that are not a state's, which is its code.
const (
	Unshared      Sharing = ""
	SharedWithAll Sharing = "all"
)

// Valid reports whether s is a known sharing.
func (s Sharing) Valid() bool { return s == Unshared || s == SharedWithAll || State(s).Valid() }

// SeenBy reports whether an account with these rights sees the view.
func (v View) SeenBy(account int64, rights Rights) bool {
	return v.Owner == account || v.Shared == SharedWithAll ||
		v.Shared != Unshared && slices.ContainsFunc(rights, func(g Grant) bool { return g.State == "" || g.State == State(v.Shared) })
}

// ChangedBy reports whether an account with these rights may change the view or
// discard it: its owner may, and of shared ones whoever may change what belongs to
// those that they are shared with.
func (v View) ChangedBy(account int64, rights Rights) bool {
	return v.Owner == account || v.Shared != Unshared && rights.MayShare(v.Shared)
}

// MayShare reports whether somebody with these rights may share a view: coordinators
// with their state or with everybody.
func (r Rights) MayShare(s Sharing) bool {
	switch s {
	case Unshared:
		return true
	case SharedWithAll:
		return r.Holds(Coordinator)
	}
	return r.MayChange(State(s))
}

// MostViewQuery bounds the parameters of a view, in characters.
const MostViewQuery = 2000

// CheckView returns what is wrong with a view by itself. names says that its
// parameters hold text that may name somebody, which those that it is shared with
// might not be told.
func CheckView(v View, names bool) Problems {
	var ps Problems
	ps.text("name", v.Name, 100, true)
	if !v.List.Valid() {
		ps.add("list", "problem.unknown", "value", string(v.List))
	}
	ps.text("query", v.Query, MostViewQuery, false)
	switch {
	case !v.Shared.Valid():
		ps.add("shared", "problem.unknown", "value", string(v.Shared))
	case v.Shared != Unshared && names:
		ps.add("shared", "problem.view_names")
	}
	return ps
}
