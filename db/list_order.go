// How lists are sorted: the orderings of each. list.go names the columns, and
// list_search.go makes the keys by language, from the sorts of each kind. The
// short lists (agencies, contact points, accounts) are sorted where they are
// read.

package db

import (
	"slices"
	"strings"
)

// A listing is how the records of one noun are listed.
type listing struct {
	id         string // the column of the rows' IDs
	in         string // of what a directory holds them by: themselves, or their postings
	from       string // their table
	orderings  []ordering
	conditions func(*conditions, Filter)
}

// An ordering is one way to sort a list: by an index on each joined table in
// turn, so that the first rows are found without reading them all.
type ordering struct {
	column string // of the list
	joins  []string
	sorted string // the name in sort_names by which s is joined, "" if it is not
	// levels are the columns by which each table in turn is sorted. The columns
	// of a level together identify one row of its table.
	levels [][]sortColumn
}

type sortColumn struct {
	sql  string
	kind int
}

var (
	bySortName = []sortColumn{{"s.sort", sortBytes}, {"s.record_id", sortNumber}}
	byAgency   = []sortColumn{{"g.country", sortText}, {"g.kind", sortText}, {"g.key", sortText}}
	byStart    = []sortColumn{{"x.first_day", sortDay}, {"x.id", sortNumber}}
)

var postingListing = &listing{
	id: "p.id", in: "p.id", from: "postings p", conditions: postingConditions,
	orderings: []ordering{
		{"place", []string{"sort_names s", "postings p ON p.id = s.record_id"}, "posting.place", [][]sortColumn{bySortName}},
		{"agency", []string{"agencies g", "postings p ON p.agency_id = g.id"}, "", [][]sortColumn{byAgency, {{"p.key", sortText}}}},
		{"opened", []string{"postings p"}, "", [][]sortColumn{{{"p.opened", sortDay}, {"p.id", sortNumber}}}},
		{"closed", []string{"postings p"}, "", [][]sortColumn{{{"p.closed", sortDay}, {"p.id", sortNumber}}}},
		{"key", []string{"postings p"}, "", [][]sortColumn{{{"p.key", sortText}}}},
	},
}

var officerListing = &listing{
	id: "o.id", in: "o.id", from: "officers o", conditions: officerConditions,
	orderings: []ordering{
		{"name", []string{"sort_names s", "officers o ON o.id = s.record_id"}, "officer.name", [][]sortColumn{bySortName}},
		{"agency", []string{"agencies g", "officers o ON o.agency_id = g.id"}, "", [][]sortColumn{byAgency, {{"o.id", sortNumber}}}},
		{"rank", []string{"sort_names s", "officers o ON o.id = s.record_id"}, "officer.rank", [][]sortColumn{bySortName}},
	},
}

var assignmentListing = &listing{
	id: "x.id", in: "x.posting_id", from: "assignments x", conditions: assignmentConditions,
	orderings: []ordering{
		{"first_day", []string{"assignments x"}, "", [][]sortColumn{byStart}},
		{"last_day", []string{"assignments x"}, "", [][]sortColumn{{{"x.last_day", sortDay}, {"x.id", sortNumber}}}},
		{"officer", []string{"sort_names s", "assignments x ON x.officer_id = s.record_id"}, "officer.name", [][]sortColumn{bySortName, byStart}},
		{"place", []string{"sort_names s", "assignments x ON x.posting_id = s.record_id"}, "posting.place", [][]sortColumn{bySortName, byStart}},
		{"agency", []string{"agencies g", "postings p ON p.agency_id = g.id", "assignments x ON x.posting_id = p.id"}, "",
			[][]sortColumn{byAgency, {{"p.key", sortText}}, byStart}},
		{"key", []string{"assignments x"}, "", [][]sortColumn{{{"x.key", sortText}}}},
		{"id", []string{"assignments x"}, "", [][]sortColumn{{{"x.id", sortNumber}}}},
	},
}

// ordering returns the ordering for o, the first one for an unknown column.
func (l *listing) ordering(o Order) ordering {
	for _, known := range l.orderings {
		if known.column == o.Column {
			return known
		}
	}
	return l.orderings[0]
}

// language returns the language to sort in, the first one for an unknown one.
func (o Order) language() string {
	if slices.Contains(sortLanguages, o.Language) {
		return o.Language
	}
	return sortLanguages[0]
}

// columns returns the columns of all levels.
func (o ordering) columns() []sortColumn { return slices.Concat(o.levels...) }

// driver returns the column that gives the order if there is only one table,
// else "".
func (o ordering) driver() string {
	if len(o.joins) > 1 {
		return ""
	}
	return o.levels[0][0].sql
}

// after returns the condition for rows that come after the one with the given
// sort values and that first differ from it on the given level.
func (o ordering) after(level int, descending bool, values []any) (string, []any) {
	var terms []string
	at := 0
	for _, columns := range o.levels[:level] {
		for _, c := range columns {
			terms = append(terms, c.sql+" = ?")
			at++
		}
	}
	columns := o.levels[level]
	sign := ") > ( " // the space keeps GORM from expanding a []byte into one argument per byte
	if descending {
		sign = ") < ( "
	}
	terms = append(terms, "("+names(columns, ", ")+sign+marks(len(columns))+")")
	return strings.Join(terms, " AND "), values[:at+len(columns)]
}

func names(columns []sortColumn, between string) string {
	var all []string
	for _, c := range columns {
		all = append(all, c.sql)
	}
	return strings.Join(all, between)
}
