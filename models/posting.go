package models

// A Posting is a post with a host, a sending agency and a life. It outlives its
// holders and exists while vacant. Its host is a country and city; a body of the
// kind organisation, and then it is a desk; or any other body, and then it is a
// seat.
type Posting struct {
	ID       int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version  int    `as:"-"`
	Key      string `as:",code" told:"reader"` // names it in lists and answers, whoever holds it
	AgencyID int64  `as:"agency" told:"open"`
	// HostCountry is the country where the posting sits: for one that a body hosts,
	// the country of its headquarters, "" if it has none.
	HostCountry Country `told:"open"`
	HostCity    string  `told:"open"`
	HostBody    BodyKey `gorm:"column:host_organisation" told:"open"` // "" where a country hosts it
	Opened      Date    `told:"open"`
	Closed      Date    `as:",open" told:"open"` // the last day; Forever while no end is known
	// Restricted hides who holds the posting from everybody outside the sending
	// state, except coordinators of all five: others learn that the place is
	// covered, and whom to ring at home.
	Restricted bool     `as:",optional" told:"open"`
	Role       SeatRole `as:",optional" told:"open"` // of a seat; "" for every other posting
	// Areas are those that the posting is there for, beside all others.
	Areas AreaCodes `as:",optional" told:"open"`
	Note  string    `as:",long" told:"holder"`

	Representations []Representation `gorm:"-" told:"open"`
	Coverages       []Coverage       `gorm:"-" told:"open"` // the side-accredited countries
	Suspensions     []Suspension     `gorm:"-" told:"open"`
}

// A Representation says that a posting acts for a state in a matter on some
// days. An open end lasts as long as the posting.
type Representation struct {
	ID        int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	PostingID int64  `as:"posting" told:"open"`
	State     State  `told:"open"`
	Matter    Matter `told:"open"`
	Period
	Agreement string `told:"open"` // the written agreement that it rests on, if any
}

// A Coverage is the side accreditation of a posting to a country on some
// days. An open end lasts as long as the posting.
type Coverage struct {
	ID        int64   `gorm:"primaryKey;autoIncrement:false" as:"-"`
	PostingID int64   `as:"posting" told:"open"`
	Country   Country `told:"open"`
	Period
}

// A Suspension is a time in which a posting neither acts nor is vacant: its
// staff is withdrawn, but the posting is kept.
type Suspension struct {
	ID        int64 `gorm:"primaryKey;autoIncrement:false" as:"-"`
	PostingID int64 `as:"posting" told:"open"`
	Period
	Reason string `told:"open"`
}

// Life returns the days on which the posting exists.
func (p Posting) Life() Period { return Period{p.Opened, p.Closed} }

// Term returns the days of an assignment on which the posting exists: nobody
// is in a posting outside its life.
func (p Posting) Term(a Assignment) Period { return a.And(p.Life()) }

// Host returns the place where the posting is resident: its body, or else its
// country. A desk or a seat never counts as resident in the country where the body
// has its headquarters.
func (p Posting) Host() Place {
	if p.HostBody != "" {
		return Place{Body: p.HostBody}
	}
	return Place{Country: p.HostCountry}
}

// Accredited returns the days on which the posting covers a place, whoever
// holds it.
func (p Posting) Accredited(at Place) []Period {
	if at == p.Host() {
		return []Period{p.Life()}
	}
	var days []Period
	for _, c := range p.Coverages {
		if at == (Place{Country: c.Country}) {
			days = append(days, c.And(p.Life()))
		}
	}
	return Union(days)
}

// Represented returns the days on which the posting acts for a state in a
// single matter, whoever holds it.
func (p Posting) Represented(s State, m Matter) []Period {
	var days []Period
	for _, r := range p.Representations {
		if r.State == s && r.Matter.Includes(m) {
			days = append(days, r.And(p.Life()))
		}
	}
	return Union(days)
}

// Suspended returns the days on which the posting is suspended.
func (p Posting) Suspended() []Period {
	var days []Period
	for _, s := range p.Suspensions {
		days = append(days, s.And(p.Life()))
	}
	return Union(days)
}

// SuspendedOn returns the suspension in force on a day, if there is one.
func (p Posting) SuspendedOn(d Date) (Suspension, bool) {
	for _, s := range p.Suspensions {
		if s.And(p.Life()).Has(d) {
			return s, true
		}
	}
	return Suspension{}, false
}

// StatesOn returns the states that the posting represents in a single matter
// on a day, in the order of States.
func (p Posting) StatesOn(m Matter, d Date) []State { return p.AppendStatesOn(nil, m, d) }

// AppendStatesOn appends what StatesOn returns.
func (p Posting) AppendStatesOn(states []State, m Matter, d Date) []State {
	if !p.Life().Has(d) {
		return states
	}
	for _, s := range States() {
		for _, r := range p.Representations {
			if r.State == s && r.Matter.Includes(m) && r.Has(d) {
				states = append(states, s)
				break
			}
		}
	}
	return states
}

// CoversOn returns the countries that the posting covers on a day: its host,
// unless that is a body, and then the side-accredited ones in the
// order of Coverages.
func (p Posting) CoversOn(d Date) []Country { return p.AppendCoversOn(nil, d) }

// AppendCoversOn appends what CoversOn returns.
func (p Posting) AppendCoversOn(countries []Country, d Date) []Country {
	if !p.Life().Has(d) {
		return countries
	}
	if p.HostBody == "" {
		countries = append(countries, p.HostCountry)
	}
	for _, c := range p.Coverages {
		if c.Has(d) {
			countries = append(countries, c.Country)
		}
	}
	return countries
}

// Represents returns the representations that a new posting has by default, in
// both matters and for its whole life: all five states, or for a seat the one that
// sends it.
func (p Posting) Represents(sending State) []Representation {
	var all []Representation
	for _, s := range States() {
		if p.Seating() != Seat || s == sending {
			all = append(all, Representation{State: s, Matter: Both, Period: Period{p.Opened, Forever}})
		}
	}
	return all
}
