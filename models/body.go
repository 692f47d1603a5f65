package models

import (
	"slices"
	"strings"
)

// A BodyKey names a body wherever a place is meant, as its code names a country:
// in addresses, files and the trail. It is small letters, digits and hyphens, not the
// word new, which is an address of its own, and never changes.
type BodyKey string

// Valid reports whether k is written as such a key. Whether there is a body of
// that key is for a Directory to say.
func (k BodyKey) Valid() bool {
	return k != "" && k != "new" && len(k) <= 100 && !strings.ContainsFunc(string(k), func(r rune) bool {
		return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

// A BodyKind is what sort of body it is.
type BodyKind string

// The kinds of bodies.
const (
	Organisation BodyKind = "organisation"
	Board        BodyKind = "board"
	Committee    BodyKind = "committee"
	WorkingGroup BodyKind = "working_group"
	ExpertGroup  BodyKind = "expert_group"
	ProjectArea  BodyKind = "project_area"
	Programme    BodyKind = "programme"
)

// BodyKinds returns all kinds.
func BodyKinds() []BodyKind {
	return []BodyKind{Organisation, Board, Committee, WorkingGroup, ExpertGroup, ProjectArea, Programme}
}

// Valid reports whether k is a known kind.
func (k BodyKind) Valid() bool { return slices.Contains(BodyKinds(), k) }

// Seats reports whether what bodies of the kind host are seats. An organisation
// hosts desks.
func (k BodyKind) Seats() bool { return k != Organisation }

// A Body is where states meet or officers are hosted: an organisation, a board, a
// committee, a working group, an expert group, a project area or a programme.
type Body struct {
	ID      int64    `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version int      `as:"-"`
	Key     BodyKey  `told:"open"`
	Parent  BodyKey  `told:"open"` // "" for none
	Kind    BodyKind `told:"open"`
	Name    string   `told:"open"` // in its own language
	NameEn  string   `told:"open"`
	Acronym string   `told:"open"`
	// HqCountry and HqCity are where it has its headquarters, if it has any. They
	// never matter to an answer.
	HqCountry    Country   `told:"open"`
	HqCity       string    `told:"open"`
	Founded      Date      `told:"open"`            // 0: not known, which bounds nothing
	Ended        Date      `as:",open" told:"open"` // the last day
	MandateUntil Date      `told:"open"`            // the last day of its mandate, 0 where none ends
	LegalBasis   string    `told:"open"`
	Areas        AreaCodes `told:"open"`
	Note         string    `as:",long" told:"open"`

	Names   []BodyName   `gorm:"-" told:"open"` // what it was called before
	Members []BodyMember `gorm:"-" told:"open"`
	Chairs  []Chair      `gorm:"-" told:"open"`
}

// A BodyName is what a body was called on some days of the past. A zero First
// means since its founding.
type BodyName struct {
	ID      int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	BodyID  int64  `as:"body" told:"open"`
	Name    string `told:"open"`
	NameEn  string `told:"open"`
	Acronym string `told:"open"`
	Period
}

// A BodyMember is a country or another body that takes part in a body on some
// days. A zero First means since the founding or earlier than is known.
type BodyMember struct {
	ID      int64      `gorm:"primaryKey;autoIncrement:false" as:"-"`
	BodyID  int64      `as:"body" told:"open"`
	Country Party      `told:"open"`
	Role    Membership `told:"open"`
	Period
}

// A Chair is a country that leads a body on some days, alone or with others.
type Chair struct {
	ID      int64 `gorm:"primaryKey;autoIncrement:false" as:"-"`
	BodyID  int64 `as:"body" told:"open"`
	Country Party `told:"open"`
	Period
}

// A Party is a country or a body that takes part in a body: a place, as
// Place.String writes it.
type Party string

// Place returns the party as a place, and whether it is written as one.
func (p Party) Place() (Place, bool) { return ParsePlace(string(p)) }

// A Membership is how a party takes part in a body.
type Membership string

// The memberships.
const (
	FullMember Membership = "member"
	Observer   Membership = "observer"
	Partners   Membership = "partner"
)

// Memberships returns all memberships.
func Memberships() []Membership { return []Membership{FullMember, Observer, Partners} }

// Valid reports whether m is a known membership.
func (m Membership) Valid() bool { return slices.Contains(Memberships(), m) }

// Life returns the days on which the body exists. A founding day that is not
// known bounds nothing.
func (b Body) Life() Period { return Period{b.Founded, b.Ended} }

// On returns the body as it was called on a day.
func (b Body) On(d Date) Body {
	for _, n := range b.Names {
		if n.Has(d) {
			b.Name, b.NameEn, b.Acronym = n.Name, n.NameEn, n.Acronym
		}
	}
	return b
}

// Renamed returns the body as it is called from a day on, as Agency.Renamed does.
func (b Body) Renamed(from Date, name, nameEn, acronym string) Body {
	until := Period{b.Founded, from - 1}
	for _, n := range b.Names {
		until.First = max(until.First, n.Last+1)
	}
	b.Names = append(slices.Clone(b.Names), BodyName{BodyID: b.ID, Name: b.Name, NameEn: b.NameEn, Acronym: b.Acronym, Period: until})
	b.Name, b.NameEn, b.Acronym = name, nameEn, acronym
	return b
}

// MembersOn returns who takes part on a day of the body's life, in the order of
// Members.
func (b Body) MembersOn(d Date) (on []BodyMember) {
	for _, m := range b.Members {
		if b.Life().Has(d) && m.Has(d) {
			on = append(on, m)
		}
	}
	return on
}

// IsMember reports whether a party is a full member on a day.
func (b Body) IsMember(p Party, d Date) bool {
	return slices.ContainsFunc(b.MembersOn(d), func(m BodyMember) bool { return m.Role == FullMember && m.Country == p })
}

// ChairsOn returns the countries that lead the body on a day of its life: more
// than one if they share the chair.
func (b Body) ChairsOn(d Date) (on []Chair) {
	for _, c := range b.Chairs {
		if b.Life().Has(d) && c.Has(d) {
			on = append(on, c)
		}
	}
	return on
}

// NextChairs returns those who take the chair on the first later day on which
// anybody does.
func (b Body) NextChairs(after Date) (next []Chair) {
	for _, c := range b.Chairs {
		if c.First <= after || !b.Life().Has(c.First) {
			continue
		}
		switch {
		case len(next) == 0 || c.First < next[0].First:
			next = []Chair{c}
		case c.First == next[0].First:
			next = append(next, c)
		}
	}
	return next
}

// CalledBy reports whether text is one of the names that the body has or had, or
// its key, in any spelling. whole asks for the whole name, otherwise each word of
// text must begin a word of one of them.
func (b Body) CalledBy(text string, whole bool) bool {
	folded := Fold(text)
	if folded == "" {
		return false
	}
	if whole {
		return slices.ContainsFunc(b.called(), func(name string) bool { return slices.Contains(Spellings(name), folded) })
	}
	begun := func(name string) bool {
		words := SearchWords(name)
		for word := range strings.FieldsSeq(folded) {
			if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, word) }) {
				return false
			}
		}
		return true
	}
	return slices.ContainsFunc(b.called(), begun)
}

// called returns all names that the body has or had, and its key. A name in
// several languages has a slash between them.
func (b Body) called() []string {
	all := []string{string(b.Key), b.NameEn, b.Acronym, b.Name}
	all = append(all, strings.Split(b.Name, " / ")...)
	for _, n := range b.Names {
		all = append(all, n.NameEn, n.Acronym, n.Name)
		all = append(all, strings.Split(n.Name, " / ")...)
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}
