package models

import "slices"

// An AgencyKind is what sort of authority an agency is. Kinds are many; matters,
// about which somebody is asked, are two.
type AgencyKind string

// The kinds of agencies.
const (
	PoliceAgency    AgencyKind = "police"
	CustomsAgency   AgencyKind = "customs"
	BorderGuard     AgencyKind = "border_guard"
	CoastGuard      AgencyKind = "coast_guard"
	TaxAgency       AgencyKind = "tax"
	Prosecution     AgencyKind = "prosecution"
	EconomicCrime   AgencyKind = "economic_crime"
	Ministry        AgencyKind = "ministry"
	OtherAgencyKind AgencyKind = "other"
)

// AgencyKinds returns all kinds: police and customs first.
func AgencyKinds() []AgencyKind {
	return []AgencyKind{PoliceAgency, CustomsAgency, BorderGuard, CoastGuard, TaxAgency, Prosecution, EconomicCrime, Ministry, OtherAgencyKind}
}

// Valid reports whether k is a known kind.
func (k AgencyKind) Valid() bool { return slices.Contains(AgencyKinds(), k) }

// Posts reports whether agencies of the kind send postings to countries and
// organisations. The others hold seats in bodies only, and their officers never
// answer for a country.
func (k AgencyKind) Posts() bool { return k == PoliceAgency || k == CustomsAgency }

// Matter returns the matter that is the kind's own, Both for a kind that has none.
func (k AgencyKind) Matter() Matter {
	if k.Posts() {
		return Matter(k)
	}
	return Both
}

// compareKinds compares kinds in the order of AgencyKinds.
func compareKinds(a, b AgencyKind) int {
	return slices.Index(AgencyKinds(), a) - slices.Index(AgencyKinds(), b)
}

// An Agency is an authority of one state. Agencies are renamed and merged, so one
// has a life of its own: its first and last day, either of which may be unknown.
type Agency struct {
	ID      int64      `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version int        `as:"-"`
	Key     string     `as:",code" told:"open"`
	Country State      `told:"open"`
	Kind    AgencyKind `told:"open"`
	Name    string     `told:"open"` // in its own language
	NameEn  string     `told:"open"`
	Acronym string     `told:"open"`
	Period             // a zero First: since before the records; Last is Forever: still there

	Names []AgencyName `gorm:"-" told:"open"` // what it was called before
}

// An AgencyName is what an agency was called on some days of the past. A zero
// First means since before the records.
type AgencyName struct {
	ID       int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	AgencyID int64  `as:"agency" told:"open"`
	Name     string `told:"open"`
	NameEn   string `told:"open"`
	Acronym  string `told:"open"`
	Period
}

// On returns the agency as it was called on a day.
func (a Agency) On(d Date) Agency {
	for _, n := range a.Names {
		if n.Has(d) {
			a.Name, a.NameEn, a.Acronym = n.Name, n.NameEn, n.Acronym
		}
	}
	return a
}

// Renamed returns the agency as it is called from a day on: what it is called
// until then becomes a former name, from the day after the last one.
func (a Agency) Renamed(from Date, name, nameEn, acronym string) Agency {
	until := Period{a.First, from - 1}
	for _, n := range a.Names {
		until.First = max(until.First, n.Last+1)
	}
	a.Names = append(slices.Clone(a.Names), AgencyName{AgencyID: a.ID, Name: a.Name, NameEn: a.NameEn, Acronym: a.Acronym, Period: until})
	a.Name, a.NameEn, a.Acronym = name, nameEn, acronym
	return a
}

// CheckAgency returns what is wrong with a by itself.
func CheckAgency(a Agency) Problems {
	var ps Problems
	ps.key(a.Key)
	if !a.Country.Valid() {
		ps.add("country", "problem.state", "value", string(a.Country))
	}
	if !a.Kind.Valid() {
		ps.add("kind", "problem.agency_kind", "value", string(a.Kind))
	}
	ps.called(a.Name, a.NameEn, a.Acronym)
	ps.order(-1, "last_day", a.Period)
	former := make([]calledOn, 0, len(a.Names))
	for _, n := range a.Names {
		former = append(former, calledOn{n.Name, n.NameEn, n.Acronym, n.Period})
	}
	ps.former("agency_names", former)
	return ps
}

// called refuses names that are missing or too long.
func (ps *Problems) called(name, nameEn, acronym string) {
	ps.text("name", name, mostName, true)
	ps.text("name_en", nameEn, mostName, false)
	ps.text("acronym", acronym, mostAcronym, false)
}

// How long names and acronyms may be, in characters.
const (
	mostName    = 200
	mostAcronym = 40
)

// calledOn is a former name and its days.
type calledOn struct {
	name, nameEn, acronym string
	Period
}

// former refuses former names without a name or an end, and those that share a
// day.
func (ps *Problems) former(list string, names []calledOn) {
	if len(names) > maxRows {
		ps.add(list, "problem.rows", "most", maxRows)
		return
	}
	for i, n := range names {
		if n.name == "" {
			ps.addRow(i, list+".name", "problem.required")
		}
		ps.textRow(i, list+".name", n.name, mostName)
		ps.textRow(i, list+".name_en", n.nameEn, mostName)
		ps.textRow(i, list+".acronym", n.acronym, mostAcronym)
		if n.Last.Open() {
			ps.addRow(i, list+".last_day", "problem.required")
		}
		ps.order(i, list+".last_day", n.Period)
		for _, m := range names[:i] {
			if m.Overlaps(n.Period) {
				ps.addRow(i, list+".first_day", "problem.called_twice")
				break
			}
		}
	}
}
