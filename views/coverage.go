package views

import (
	"net/url"
	"slices"

	"samband/models"
)

// CoveragePage shows the matrix of a day.
var CoveragePage = page[CoverageMatrix]("coverage")

// A CoverageMatrix is the matrix of a day: places down, states across, police and
// customs in each.
type CoverageMatrix struct {
	Picker DayPicker
	Matrix models.Matrix
	// States in the order of the columns: the reader's own first.
	States []models.State
	Own    models.State // "" for none
	Groups []RegionGroup[models.MatrixRow]
	Bodies []models.BodyRow // where states meet, by name
	Query  url.Values
	// Names are told in the cells, of those who answer in the directory.
	Names     bool
	Directory *models.Directory
}

// CoverageFields returns the fields that filter a matrix.
func (s *Site) CoverageFields(lang string, d *models.Directory, query url.Values) []Field {
	fields := s.Filters(lang, d, query, "region")
	fields[0].Any = s.text(lang, "coverage.any_region")
	for _, name := range []string{"lacking", "names"} {
		fields = append(fields, Field{Name: name, ID: name, Kind: CheckField, Value: "yes", Checked: query.Get(name) != "" && query.Get(name) != "no", Label: s.text(lang, "filter."+name)})
	}
	return fields
}

// Filtered reports whether rows may be left out.
func (c CoverageMatrix) Filtered() bool {
	return c.Query.Get("region") != "" || c.Query.Get("lacking") != ""
}

// Answers returns those who answer in a cell, if names are to be told.
func (c CoverageMatrix) Answers(at models.Named, s models.State, m models.Matter) []models.Answer {
	if !c.Names {
		return nil
	}
	return c.Directory.WhoRepresents(models.Question{State: s, Matter: m, Place: at.Place, On: c.Matrix.On}).Answers
}

// NewCoverageMatrix puts a matrix into the order of a language: regions in the
// order of models, in each the countries by name, and organisations last.
func (s *Site) NewCoverageMatrix(lang string, m models.Matrix, bodies models.BodyMatrix, own models.State) CoverageMatrix {
	order := newOrder(lang)
	slices.SortStableFunc(bodies.Rows, func(a, b models.BodyRow) int {
		return order.CompareString(s.word(lang, a.Place), s.word(lang, b.Place))
	})
	return CoverageMatrix{Matrix: m, Own: own, States: ownFirst(own), Bodies: bodies.Rows,
		Groups: inRegions(s, lang, m.Rows, func(r models.MatrixRow) models.Named { return r.Place })}
}

// ownFirst returns the states with one of them first.
func ownFirst(own models.State) []models.State {
	states := models.States()
	if i := slices.Index(states, own); i > 0 {
		states = append([]models.State{own}, slices.Delete(states, i, i+1)...)
	}
	return states
}

// File returns the address of the same matrix as a file.
func (c CoverageMatrix) File(as string) string { return fileURL("/coverage", c.Query, as) }

// Explain returns the address of the main question behind a cell.
func (c CoverageMatrix) Explain(at models.Named, s models.State, m models.Matter) string {
	v := url.Values{"state": {string(s)}, "matter": {string(m)}, "place": {at.String()}, "on": {c.Matrix.On.String()}}
	if known := c.Query.Get("known"); known != "" {
		v.Set("known", known)
	}
	return "/represent?" + v.Encode()
}

// A BodyCell is how a state stands in a body, in one matter or, if Matter is "", in
// both alike.
type BodyCell struct {
	models.Cell
	Seats   models.SeatCount
	Missing bool
	Matter  models.Matter
	URL     string // of the main question behind it
}

// BodyCells returns the cells of a state in a body: one, or one for each matter where
// they differ.
func (c CoverageMatrix) BodyCells(r models.BodyRow, s models.State) []BodyCell {
	cell := func(m models.Matter) BodyCell {
		return BodyCell{Cell: r.Cell(s, m), Seats: r.Seats(s), Missing: r.Missing(s), Matter: m, URL: c.Explain(r.Place, s, m)}
	}
	if !r.Same(s) {
		return []BodyCell{cell(models.Police), cell(models.Customs)}
	}
	both := cell(models.Police)
	both.Matter = ""
	return []BodyCell{both}
}

// To returns the address of a body on the day of the matrix.
func (c CoverageMatrix) To(b *models.Body) string {
	return DayPage{Picker: DayPicker{Query: c.Query}}.To(b)
}

// A DayPicker chooses the day of a page: by typing, by steps, or among those on
// which something changes.
type DayPicker struct {
	Path  string
	Query url.Values // of the page; the day is its "on"
	On    models.Date
	// Before and After are the nearest days on which something changes, earliest
	// first.
	Before, After []models.Date
	// Fields are what else the page is chosen by, in the same form.
	Fields []Field
	// Knowable says that the page can be asked for as it was known on another day.
	Knowable bool
}

// Day returns the address of the page on another day.
func (p DayPicker) Day(d models.Date) string {
	return with(p.Path, p.Query, "on", min(max(d, 1), models.Forever-1).String())
}

// Step returns the day so many days away, or so many months if that is not 0.
func (p DayPicker) Step(days, months int) models.Date {
	d := p.On + models.Date(days)
	if months != 0 {
		d = p.On.Months(months)
	}
	return min(max(d, 1), models.Forever-1)
}

// Kept returns the parameters of the page that its form has to send along.
func (p DayPicker) Kept() []Option {
	names := []string{"on", "known"}
	for _, f := range p.Fields {
		names = append(names, f.Name)
	}
	return kept(p.Query, names...)
}

// Known returns the day as of which the page holds, "" for the present.
func (p DayPicker) Known() string { return p.Query.Get("known") }
