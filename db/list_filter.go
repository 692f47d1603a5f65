// SQL by hand: conditions that must fit the indexes, in one of two forms.

package db

import (
	"slices"
	"strings"

	"samband/models"
)

// conditions gathers a filter's conditions in SQL. Of the tables that may be
// joined, p is the posting, o the officer and x the assignment.
type conditions struct {
	// ordered means that rows come in the order of an index, on the column
	// driver, and that no other index may be used instead.
	ordered bool
	driver  string

	terms   []string
	args    []any
	nothing bool // no row can pass

	scope  models.Scope
	hidden []int64 // the postings whose assignments the reader may not see
}

// newConditions returns conditions for what the reader may see.
func (r Reader) newConditions() (*conditions, error) {
	hidden, err := r.hidden()
	return &conditions{scope: r.scope, hidden: hidden}, err
}

// seen returns the condition that the reader may see the assignments of the
// posting in a column.
func (c *conditions) seen(column string) (term string, args []any) {
	if len(c.hidden) == 0 {
		return "", nil
	}
	return " AND " + column + " NOT IN ?", []any{c.hidden}
}

func (c *conditions) add(term string, args ...any) {
	c.terms = append(c.terms, term)
	c.args = append(c.args, args...)
}

// column writes a column, or EXISTS, so that SQLite uses no index on it where
// another one gives the order. PostgreSQL chooses better from its statistics:
// ordered is never set there.
func (c *conditions) column(name string) string {
	if c.ordered && name != c.driver {
		return "+" + name
	}
	return name
}

// known reports whether a value of the filter is set and valid. If it is set
// but invalid, no row passes.
func (c *conditions) known(empty, valid bool) bool {
	if !empty && !valid {
		c.nothing = true
	}
	return !empty && valid
}

// on returns the day of the filter, clamped to the calendar.
func (f Filter) on() string { return clamped(f.On) }

func clamped(d models.Date) string { return min(max(d, 1), models.Forever).String() }

// sender adds the conditions on an agency, to which column refers.
func (c *conditions) sender(f Filter, column string) {
	if f.Agency != 0 {
		c.add(c.column(column)+" = ?", f.Agency)
	}
	if c.known(f.Sending == "", f.Sending.Valid()) {
		c.add(c.column(column)+" IN (SELECT id FROM agencies WHERE country = ?)", string(f.Sending))
	}
	if c.known(f.Kind == "", f.Kind.Valid()) {
		c.add(c.column(column)+" IN (SELECT id FROM agencies WHERE kind = ?)", string(f.Kind))
	}
}

// seat adds the conditions on where a posting sits and for whom it acts.
func (c *conditions) seat(f Filter) {
	switch none := f.Host == (models.Place{}); {
	case !c.known(none, f.Host.Valid()):
	case f.Host.Body != "":
		c.add(c.column("p.host_organisation")+" = ?", string(f.Host.Body))
	default:
		c.add(c.column("p.host_country")+" = ? AND p.host_organisation = ''", string(f.Host.Country))
	}
	if c.known(f.Region == "", f.Region.Valid()) {
		var countries []string
		for _, country := range models.Countries() {
			if country.Region() == f.Region {
				countries = append(countries, string(country))
			}
		}
		c.add(c.column("p.host_country")+" IN ?", countries)
	}
	if c.known(f.Seating == "", f.Seating.Valid()) {
		c.add(seatings[f.Seating])
	}
	state, matter := c.known(f.State == "", f.State.Valid()), c.known(f.Matter == "", f.Matter.Valid())
	if !state && !matter {
		return
	}
	c.open(f)
	term, args := "r.posting_id = p.id AND r.first_day <= ? AND r.last_day >= ?", []any{f.on(), f.on()}
	if state {
		term, args = term+" AND r.state = ?", append(args, string(f.State))
	}
	if matter {
		term, args = term+" AND r.matter IN (?, 'both')", append(args, string(f.Matter))
	}
	c.add(c.column("EXISTS")+" (SELECT 1 FROM representations r WHERE "+term+")", args...)
}

// seatings are the conditions that a posting is of a seating.
var seatings = map[models.Seating]string{
	models.Abroad: "p.host_organisation = '' AND p.role = ''",
	models.Desk:   "p.host_organisation <> '' AND p.role = ''",
	models.Seat:   "p.role <> ''",
}

// area adds the condition that one of the columns names the area of the filter.
func (c *conditions) area(f Filter, columns ...string) {
	if !c.known(f.Area == "", f.Area.Valid()) {
		return
	}
	var terms []string
	var args []any
	for _, column := range columns {
		terms = append(terms, column)
		args = append(args, "% "+string(f.Area)+" %")
	}
	c.add("("+strings.Join(terms, " OR ")+")", args...)
}

// namesArea is the condition that a column of areas names one, which is its argument
// between spaces.
func namesArea(column string) string { return "' ' || " + column + " || ' ' LIKE ?" }

// open adds the condition that the day is within the posting's life.
func (c *conditions) open(f Filter) {
	c.add(c.column("p.opened")+" <= ? AND "+c.column("p.closed")+" >= ?", f.on(), f.on())
}

// heldOn joins a holder h of posting p on a day, which is its argument twice.
const heldOn = "h.posting_id = p.id AND h.first_day <= ? AND h.last_day >= ?"

// postingConditions adds the conditions of f on postings.
func postingConditions(c *conditions, f Filter) {
	c.sender(f, "p.agency_id")
	c.seat(f)
	c.area(f, namesArea("p.areas"))
	if f.Holder != 0 {
		c.open(f)
		seen, hidden := c.seen("h.posting_id")
		c.add(c.column("p.id")+" IN (SELECT h.posting_id FROM assignments h WHERE h.officer_id = ? AND h.first_day <= ? AND h.last_day >= ?"+seen+")",
			append([]any{f.Holder, f.on(), f.on()}, hidden...)...)
	}
	if c.known(f.Status == "", f.Status.Valid()) {
		c.postingStatus(f)
	}
	if f.Current {
		c.add(c.column("p.closed")+" >= ?", f.on())
	}
	c.text(f, c.column("p.key")+" = ?", "p.id", func(word string) {
		term, args := postingsOf(word)
		c.add(c.column("p.id")+" IN ("+term+")", args...)
	})
}

func (c *conditions) postingStatus(f Filter) {
	switch f.Status {
	case models.Planned:
		c.add(c.column("p.opened")+" > ?", f.on())
		return
	case models.Closed:
		c.add(c.column("p.closed")+" < ?", f.on())
		return
	}
	c.open(f)
	not, held := "NOT ", ""
	switch f.Status {
	case models.Suspended:
		not = ""
	case models.Held:
		held = c.column("EXISTS")
	case models.Vacant:
		held = "NOT EXISTS"
	}
	c.add(not+c.column("EXISTS")+" (SELECT 1 FROM suspensions u WHERE u.posting_id = p.id AND u.first_day <= ? AND u.last_day >= ?)", f.on(), f.on())
	if held != "" {
		c.add(held+" (SELECT 1 FROM assignments h WHERE "+heldOn+")", f.on(), f.on())
	}
}

// officerConditions adds the conditions of f on officers.
func officerConditions(c *conditions, f Filter) {
	c.sender(f, "o.agency_id")
	if f.Holder != 0 {
		c.add(c.column("o.id")+" = ?", f.Holder)
	}
	var at conditions // on one posting that the officer holds
	if seen, hidden := c.seen("h.posting_id"); seen != "" {
		at.add(seen[len(" AND "):], hidden...)
	}
	plain := len(at.terms)
	at.open(f)
	at.seat(f)
	c.nothing = c.nothing || at.nothing
	holds := func(terms []string) string {
		return c.column("EXISTS") + " (SELECT 1 FROM assignments h JOIN postings p ON " + heldOn +
			" WHERE h.officer_id = o.id AND " + strings.Join(terms, " AND ") + ")"
	}
	if len(at.terms) > plain+1 {
		c.add(holds(at.terms), append([]any{f.on(), f.on()}, at.args...)...)
	}
	if c.known(f.Status == "", f.Status == models.Held || f.Status == models.Vacant) {
		not := ""
		if f.Status == models.Vacant {
			not = "NOT "
		}
		c.add(not+holds(at.terms[:plain+1]), append([]any{f.on(), f.on()}, at.args[:plain+2]...)...)
	}
	if f.Current {
		seen, hidden := c.seen("h.posting_id")
		ever := "EXISTS (SELECT 1 FROM assignments h WHERE h.officer_id = o.id" + seen
		c.add("(NOT "+c.column(ever)+") OR "+c.column(ever)+" AND h.last_day >= ?))", slices.Concat(hidden, hidden, []any{f.on()})...)
	}
	key, knows := c.column("o.key")+" = ?", namesArea("o.areas")
	if states := texts(c.scope.Masked()); len(states) < len(models.States()) {
		known := " AND (o.masked = false OR o.agency_id IN (" + agenciesOf(states) + "))"
		key, knows = key+known, knows+known
	}
	if c.known(f.Area == "", f.Area.Valid()) {
		c.knowing(f, knows)
	}
	c.text(f, key, "", func(word string) {
		agencies, args := found("agency", word)
		officers, more := c.officersOf(word)
		c.add("("+c.column("o.id")+" IN ("+officers+") OR "+c.column("o.agency_id")+" IN ("+agencies+"))", append(more, args...)...)
	})
}

// knowing adds the condition that an officer knows the area of the filter, or holds
// a posting that is there for it.
func (c *conditions) knowing(f Filter, knows string) {
	area := "% " + string(f.Area) + " %"
	seen, hidden := c.seen("h.posting_id")
	c.add("("+knows+" OR "+c.column("EXISTS")+" (SELECT 1 FROM assignments h JOIN postings p ON "+heldOn+
		" WHERE h.officer_id = o.id AND p.opened <= ? AND p.closed >= ? AND "+namesArea("p.areas")+seen+"))",
		append([]any{area, f.on(), f.on(), f.on(), f.on(), area}, hidden...)...)
}

// assignmentConditions adds the conditions of f on assignments.
func assignmentConditions(c *conditions, f Filter) {
	c.sender(f, "p.agency_id")
	c.seat(f)
	c.area(f, namesArea("p.areas"))
	if f.Holder != 0 {
		c.add(c.column("x.officer_id")+" = ?", f.Holder)
	}
	first, last := c.column("x.first_day"), c.column("x.last_day")
	switch {
	case !c.known(f.Status == "", f.Status == models.Held || f.Status == models.Planned || f.Status == models.Closed):
	case f.Status == models.Held:
		c.open(f)
		c.add(first+" <= ? AND "+last+" >= ?", f.on(), f.on())
	case f.Status == models.Planned:
		c.add("("+first+" > ? OR p.opened > ?)", f.on(), f.on())
	case f.Status == models.Closed:
		c.add("("+last+" < ? OR p.closed < ?)", f.on(), f.on())
	}
	if f.Current {
		c.add(last+" >= ? AND "+c.column("p.closed")+" >= ?", f.on(), f.on())
	}
	if f.EndsBy != 0 {
		c.add("("+last+" <= ? OR "+c.column("p.closed")+" <= ?)", clamped(f.EndsBy), clamped(f.EndsBy))
	}
	if len(c.hidden) > 0 {
		c.add(c.column("x.posting_id")+" NOT IN ?", c.hidden)
	}
	c.text(f, c.column("x.key")+" = ?", "x.posting_id", func(word string) {
		officers, args := c.officersOf(word)
		postings, more := postingsOf(word)
		c.add("("+c.column("x.officer_id")+" IN ("+officers+") OR "+c.column("x.posting_id")+" IN ("+postings+"))", append(args, more...)...)
	})
}
