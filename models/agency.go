package models

// An Agency is a police or customs authority of one state. Agencies are
// renamed and merged, so one has a life of its own: its first and last day,
// either of which may be unknown.
type Agency struct {
	ID      int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version int    `as:"-"`
	Key     string `as:",code" told:"open"`
	Country State  `told:"open"`
	Kind    Matter `told:"open"` // police or customs
	Name    string `told:"open"` // in its own language
	NameEn  string `told:"open"`
	Acronym string `told:"open"`
	Period         // a zero First: since before the records; Last is Forever: still there
}

// CheckAgency returns what is wrong with a by itself.
func CheckAgency(a Agency) Problems {
	var ps Problems
	ps.key(a.Key)
	if !a.Country.Valid() {
		ps.add("country", "problem.state", "value", string(a.Country))
	}
	if !a.Kind.Single() {
		ps.add("kind", "problem.kind", "value", string(a.Kind))
	}
	ps.text("name", a.Name, 200, true)
	ps.text("name_en", a.NameEn, 200, false)
	ps.text("acronym", a.Acronym, 40, false)
	ps.order(-1, "last_day", a.Period)
	return ps
}
