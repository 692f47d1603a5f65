package models

// CheckPosting returns what is wrong with a posting, given its agency, the body
// that hosts it, if there is one of that key, and its assignments. Rows are
// indexes in its three lists. The days in the lists are checked only once nothing
// else is wrong. Whether its key is taken and its agency exists is for
// db.Tx.SavePosting to say.
func CheckPosting(p Posting, sending Agency, host Body, held []Assignment) Problems {
	var ps Problems
	ps.key(p.Key)
	if p.AgencyID == 0 {
		ps.add("agency", "problem.required")
	}
	ps.host(p, host)
	ps.areas(p.Areas)
	if sending.ID != 0 && !sending.Kind.Posts() && p.Seating() != Seat {
		ps.add("agency", "problem.seats_only", "kind", sending.Kind)
	}
	ps.text("host_city", p.HostCity, 100, false)
	ps.text("note", p.Note, 4000, false)
	if p.Opened == 0 {
		ps.add("opened", "problem.required")
	}
	ps.order(-1, "closed", p.Life())
	ps.lengths(p)
	if len(ps) > 0 {
		return ps // what follows is about days within the life
	}
	ps.representations(p, sending.Country)
	ps.coverages(p)
	for i, s := range p.Suspensions {
		ps.within(i, "suspensions", s.Period, p.Life())
		ps.textRow(i, "suspensions.reason", s.Reason, 400)
	}
	for _, a := range held {
		if !a.Overlaps(p.Life()) {
			ps.add("closed", "problem.assignment_outside", "first", a.First, "last", a.Last)
		}
	}
	return ps
}

// maxRows bounds each list of a posting: far beyond any real one, and short
// enough to compare its rows with each other.
const maxRows = 1000

func (ps *Problems) lengths(p Posting) {
	for _, list := range []struct {
		field string
		rows  int
	}{{"representations", len(p.Representations)}, {"coverages", len(p.Coverages)}, {"suspensions", len(p.Suspensions)}} {
		if list.rows > maxRows {
			ps.add(list.field, "problem.rows", "most", maxRows)
		}
	}
}

// host refuses a host that is not there or elsewhere, a role without a seat and
// the reverse, and a life outside the body's.
func (ps *Problems) host(p Posting, host Body) {
	switch {
	case p.HostBody == "" && p.HostCountry == "":
		ps.add("host_country", "problem.required")
	case p.HostBody == "" && !p.HostCountry.Valid():
		ps.add("host_country", "problem.country", "value", string(p.HostCountry))
	case p.HostBody == "":
	case host.Key != p.HostBody:
		ps.add("host_organisation", "problem.body", "value", string(p.HostBody))
		return
	case p.HostCountry != host.HqCountry:
		ps.add("host_country", "problem.headquarters", "body", host, "country", host.HqCountry)
	}
	seat := host.Key != "" && host.Kind.Seats()
	switch {
	case p.Role != "" && !p.Role.Valid():
		ps.add("role", "problem.role", "value", string(p.Role))
	case p.Role != "" && !seat, p.Role == "" && seat:
		ps.add("role", "problem.role_of_seat")
	}
	if seat && len(p.Coverages) > 0 {
		ps.addRow(0, "coverages.country", "problem.seat_covers")
	}
	if host.Key != "" && p.Opened != 0 && p.Closed >= p.Opened && !p.Life().Inside(host.Life()) {
		ps.add("opened", "problem.outside_days", "first", host.Founded, "last", host.Ended)
	}
}

// representations refuses unknown states and matters, days outside the life,
// one state twice in a matter on a day, and days without the sending state in
// either matter.
func (ps *Problems) representations(p Posting, sending State) {
	for i, r := range p.Representations {
		if !r.State.Valid() {
			ps.addRow(i, "representations.state", "problem.state", "value", string(r.State))
		}
		if !r.Matter.Valid() {
			ps.addRow(i, "representations.matter", "problem.matter", "value", string(r.Matter))
		}
		ps.within(i, "representations", r.Period, p.Life())
		ps.textRow(i, "representations.agreement", r.Agreement, 400)
		for _, q := range p.Representations[:i] {
			if q.State == r.State && q.Matter.shares(r.Matter) && q.Overlaps(r.Period) {
				ps.addRow(i, "representations.state", "problem.represented_twice", "state", r.State)
				break
			}
		}
	}
	*ps = append(*ps, CheckSending(p, sending)...)
}

// CheckSending returns where a posting does not represent the state that sends
// it, as it must in both matters on every day of its life: a problem for each
// matter with the first such day, or one for both if that is the same.
func CheckSending(p Posting, sending State) (ps Problems) {
	if !sending.Valid() {
		return nil
	}
	without := map[Matter]Date{}
	for _, m := range Matters() {
		if gaps := Gaps(p.Life(), p.Represented(sending, m)); len(gaps) > 0 {
			without[m] = gaps[0].First
		}
	}
	refuse := func(m Matter, d Date) {
		ps.add("representations", "problem.sending_state", "state", sending, "matter", m, "day", d)
	}
	if d := without[Police]; d != 0 && d == without[Customs] {
		refuse(Both, d)
		return ps
	}
	for _, m := range Matters() {
		if d := without[m]; d != 0 {
			refuse(m, d)
		}
	}
	return ps
}

// OfAgency rewords a problem of CheckSending for the form of an agency: where the
// agency has moved to another state, the problem belongs there, and names the
// posting.
func OfAgency(p Problem, posting Posting) Problem {
	p.Field, p.Key = "country", "problem.sending_state_of"
	p.Args = append(p.Args, "posting", posting)
	return p
}

// coverages refuses unknown countries, the host where that is a country, days
// outside the life, and one country twice on a day. A desk may be accredited to
// the country around it.
func (ps *Problems) coverages(p Posting) {
	for i, c := range p.Coverages {
		switch {
		case !c.Country.Valid():
			ps.addRow(i, "coverages.country", "problem.country", "value", string(c.Country))
		case p.Host() == (Place{Country: c.Country}):
			ps.addRow(i, "coverages.country", "problem.host_as_side", "country", c.Country)
		}
		ps.within(i, "coverages", c.Period, p.Life())
		for _, q := range p.Coverages[:i] {
			if q.Country == c.Country && q.Overlaps(c.Period) {
				ps.addRow(i, "coverages.country", "problem.covered_twice", "country", c.Country)
				break
			}
		}
	}
}

// within refuses a period in a posting's list that is out of order or leaves
// the posting's life.
func (ps *Problems) within(row int, field string, p, life Period) {
	switch {
	case p.First == 0:
		ps.addRow(row, field+".first_day", "problem.required")
	case p.Last < p.First:
		ps.addRow(row, field+".last_day", "problem.order", "first", p.First, "last", p.Last)
	case !p.Inside(life) && (p.First < life.First || p.First > life.Last):
		ps.addRow(row, field+".first_day", "problem.outside_life", "opened", life.First, "closed", life.Last)
	case !p.Inside(life):
		ps.addRow(row, field+".last_day", "problem.outside_life", "opened", life.First, "closed", life.Last)
	}
}
