package views

import (
	"net/url"
	"slices"

	"samband/models"
)

// A List is one page of a list, with its filters.
type List[Row any] struct {
	Path    string // "/postings"
	Rows    []Row
	Query   url.Values // as asked for
	Next    string     // where the next page begins, "" on the last
	Prev    string     // where the page before ends, "" on the first
	Number  int        // of the page, from 1
	Size    int        // how many rows a full page has
	Count   int        // how many rows there are, at most Most+1
	Most    int
	On      models.Date
	Sorted  string // the column, with a minus in front if descending
	Filters []Field
	Common  int      // how many of the filters are always shown
	Order   Field    // how to sort, where there are no heads to click on
	Kept    []Option // other parameters of the address, kept when filtering
}

// More reports whether there are more than Most rows.
func (l List[Row]) More() bool { return l.Count > l.Most }

// A Pager is the links to the other pages of a list, "" where there is none, and which
// page of how many this is.
type Pager struct {
	First, Prev, Next string
	Number, Of        int // Of is 0 if there are too many to count
}

// pagerOf returns the pager of a list of which all rows are known, on a page of size
// rows from the one after some. at returns the address of such a page.
func pagerOf(after, size, total int, at func(after int) string) Pager {
	p := Pager{Number: 1}
	if size > 0 {
		p.Number, p.Of = after/size+1, (total+size-1)/size
	}
	if after > 0 {
		p.First, p.Prev = at(0), at(max(0, after-size))
	}
	if after+size < total {
		p.Next = at(after + size)
	}
	return p
}

// Pager returns the links to the other pages.
func (l List[Row]) Pager() Pager {
	p := Pager{Number: l.Number}
	if l.Size > 0 && !l.More() {
		p.Of = (l.Count + l.Size - 1) / l.Size
	}
	if l.Prev != "" {
		p.First, p.Prev = l.with("after", ""), l.beside("before", l.Prev, -1)
	}
	if l.Next != "" {
		p.Next = l.beside("after", l.Next, 1)
	}
	return p
}

// Text returns the text that is searched for.
func (l List[Row]) Text() string { return l.Query.Get("q") }

// File returns the address of the whole list as a file.
func (l List[Row]) File(as string) string { return fileURL(l.Path, l.Query, as) }

func (l List[Row]) beside(name, cursor string, step int) string {
	v := url.Values{}
	for n, values := range l.Query {
		if !slices.Contains(pageParameters, n) {
			v[n] = values
		}
	}
	if number := l.Number + step; number > 1 {
		v.Set("page", itoa(number))
	}
	return with(l.Path, v, name, cursor)
}

// pageParameters say which page of a list is shown. Anything else that changes leads to
// the first.
var pageParameters = []string{"after", "before", "page"}

// Sort returns the address of the list sorted by a column, descending if it is
// sorted by that column ascending now.
func (l List[Row]) Sort(column string) string {
	if l.Sorted == column {
		column = "-" + column
	}
	return l.with("sort", column)
}

// Sorting returns how a column is sorted now, for aria-sort.
func (l List[Row]) Sorting(column string) string {
	switch l.Sorted {
	case column:
		return "ascending"
	case "-" + column:
		return "descending"
	}
	return "none"
}

// A Chip is a filter in force, and the address of the list without it.
type Chip struct{ Label, Value, URL string }

// Chips returns the filters in force.
func (l List[Row]) Chips() []Chip {
	var chips []Chip
	for _, f := range l.Filters {
		if f.Value != "" {
			chips = append(chips, Chip{f.Label, f.shown(), l.with(f.Name, "")})
		}
	}
	return chips
}

// Usual and Other are the filters that are always shown, and those behind "more".
func (l List[Row]) Usual() []Field { return l.Filters[:l.Common] }
func (l List[Row]) Other() []Field { return l.Filters[l.Common:] }

// OtherSet reports whether one of the filters behind "more" is in force.
func (l List[Row]) OtherSet() bool {
	return slices.ContainsFunc(l.Other(), func(f Field) bool { return f.Value != "" })
}

// Clear returns the address of the list without any filter.
func (l List[Row]) Clear() string {
	v := url.Values{}
	for name, values := range l.Query {
		if name != "q" && !slices.Contains(pageParameters, name) && !slices.ContainsFunc(l.Filters, func(f Field) bool { return f.Name == name }) {
			v[name] = values
		}
	}
	return with(l.Path, v, "", "")
}

func (l List[Row]) with(name, value string) string { return with(l.Path, l.Query, name, value) }

// with returns the address of a page, the first one of a list, with one
// parameter changed.
func with(path string, query url.Values, name, value string) string {
	v := url.Values{}
	for n, values := range query {
		if (n == "page" || !slices.Contains(pageParameters, n)) && len(values) > 0 && values[0] != "" {
			v.Set(n, values[0])
		}
	}
	if name != "after" && name != "before" {
		v.Del("page")
	}
	v.Del(name)
	if value != "" {
		v.Set(name, value)
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// Filters returns the fields by which a list can be filtered, one for each of the
// names, filled in from its address. d knows the bodies.
func (s *Site) Filters(lang string, d *models.Directory, query url.Values, names ...string) []Field {
	b := s.buildForm(lang, nil)
	options := map[string][]Option{
		"state": b.stateOptions(), "sending": b.stateOptions(), "host": append(b.bodyOptions(d, true), b.countryOptions()...),
		"matter": b.matterOptions(models.Police, models.Customs), "kind": b.kindOptions(),
		"seating": wordOptions(b, models.Seatings()), "area": wordOptions(b, models.Areas()),
		"body": b.bodyOptions(d, false),
	}
	for _, r := range models.Regions() {
		options["region"] = append(options["region"], Option{string(r), s.word(lang, r)})
	}
	for _, status := range models.Statuses() {
		options["status"] = append(options["status"], Option{string(status), s.word(lang, status)})
	}
	var fields []Field
	for _, name := range names {
		kind := ChoiceField
		switch name {
		case "on", "ends_by", "known":
			kind = DayField
		case "holder":
			kind = TextField
		}
		fields = append(fields, Field{Name: name, ID: name, Kind: kind, Value: query.Get(name),
			Label: b.t("filter." + name), Options: options[name], Any: b.t("filter.any")})
	}
	return fields
}

// Order returns the field that says by which column a list is sorted.
func (s *Site) Order(lang, sorted string, columns []string) Field {
	b := s.buildForm(lang, nil)
	f := Field{Name: "sort", ID: "sort", Kind: ChoiceField, Value: sorted, Label: b.t("list.sort")}
	for _, column := range columns {
		name := b.t("column." + column)
		f.Options = append(f.Options, Option{column, name}, Option{"-" + column, b.t("list.reversed", "column", name)})
	}
	return f
}

// Places returns the names of all places in a language, for the main question's
// field to offer, each with what it is: bodies, the cities of postings with their
// countries, and countries.
func (s *Site) Places(lang string, d *models.Directory) (offered []Option) {
	b := s.buildForm(lang, nil)
	for _, body := range b.bodyOptions(d, false) {
		offered = append(offered, Option{body.Label, s.word(lang, d.Body(models.BodyKey(body.Value)).Kind)})
	}
	for _, city := range d.Cities() {
		offered = append(offered, Option{city.Name, b.t("place.city", "country", city.Country)})
	}
	for _, c := range b.countryOptions() {
		offered = append(offered, Option{c.Label, b.t("place.country")})
	}
	return offered
}

// Problems puts refusals into words.
func (s *Site) Problems(lang string, ps models.Problems) []FieldProblem {
	b := s.buildForm(lang, ps)
	var said []FieldProblem
	for _, p := range ps {
		label := p.Field
		for _, family := range []string{"field.", "filter."} {
			if text := b.t(family + p.Field); text != family+p.Field {
				label = text
				break
			}
		}
		said = append(said, FieldProblem{p.Field, label, s.Say(lang, p.Message)})
	}
	return said
}
