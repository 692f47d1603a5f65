package handlers

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
)

// A query reads the parameters of an address, and collects what is wrong with
// them.
type query struct {
	values   url.Values
	problems models.Problems
	// named finds the places that a name may mean: countriesNamed if it is nil.
	named func(string) []models.Place
}

func queryOf(c *gin.Context) *query {
	values := c.Request.URL.Query()
	takeChoices(values)
	if forPeople(c) {
		readDays(values, todayOf(c.Request.Context()))
	}
	return &query{values: values}
}

// text returns a parameter without surrounding space and null bytes, and with
// invalid UTF-8 replaced.
func (q *query) text(name string) string {
	return strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(q.values.Get(name), "\x00", ""), "\uFFFD"))
}

func (q *query) refuse(name, key string) {
	q.problems = append(q.problems, models.Problem{Field: name, Row: -1, Message: models.Say(key, "value", q.text(name))})
}

// day returns the day in a parameter, or instead if it is empty.
func (q *query) day(name string, instead models.Date) models.Date {
	text := q.text(name)
	if text == "" {
		return instead
	}
	d, err := models.ParseDate(text)
	if err != nil {
		q.refuse(name, "problem.date")
	}
	return d
}

// id returns the number in a parameter, 0 if it is empty.
func (q *query) id(name string) int64 {
	if q.text(name) == "" {
		return 0
	}
	id, err := strconv.ParseInt(q.text(name), 10, 64)
	if err != nil {
		q.refuse(name, "problem.unknown")
	}
	return id
}

// count returns the number in a parameter, or instead if it is empty. Numbers
// below 0 and above most are refused.
func (q *query) count(name string, instead, most int) int {
	if q.text(name) == "" {
		return instead
	}
	n, err := strconv.Atoi(q.text(name))
	if err != nil || n < 0 || n > most {
		q.problems = append(q.problems, models.Problem{Field: name, Row: -1, Message: models.Say("problem.count", "value", q.text(name), "most", most)})
	}
	return n
}

// code returns the code in a parameter, which must be valid unless it is empty.
func code[T interface {
	~string
	Valid() bool
}](q *query, name, problem string, form func(string) string) T {
	v := T(form(q.text(name)))
	if v != "" && !v.Valid() {
		q.refuse(name, problem)
	}
	return v
}

func (q *query) state(name string) models.State {
	return code[models.State](q, name, "problem.state", strings.ToUpper)
}

func (q *query) matter(name string) models.Matter {
	m := code[models.Matter](q, name, "problem.kind", strings.ToLower)
	if m == models.Both {
		q.refuse(name, "problem.kind")
	}
	return m
}

// countriesNamed returns the countries that text may mean, as places.
func countriesNamed(text string) (places []models.Place) {
	for _, c := range models.FindCountries(text) {
		places = append(places, models.Place{Country: c})
	}
	return places
}

// place returns the place whose code is in a parameter. A name is refused with
// the codes that it may stand for.
func (q *query) place(name string) models.Place {
	text := q.text(name)
	place, ok := models.ParsePlace(text)
	if ok || text == "" {
		return place
	}
	var codes []string
	named := countriesNamed
	if q.named != nil {
		named = q.named
	}
	for _, p := range named(text) {
		codes = append(codes, p.String())
	}
	if len(codes) == 0 {
		q.refuse(name, "problem.place_no_code")
	} else {
		q.problems = append(q.problems, models.Problem{Field: name, Row: -1,
			Message: models.Say("problem.place_code", "value", text, "codes", strings.Join(codes, ", "))})
	}
	return models.Place{}
}

// yes returns whether a parameter says yes, and refuses what is neither yes nor no.
func (q *query) yes(name string) (yes bool) {
	if wrong := models.SetText(&yes, models.InFiles{}, q.text(name)); wrong != nil {
		q.problems = append(q.problems, models.Problem{Field: name, Row: -1, Message: *wrong})
	}
	return yes
}

func (q *query) region(name string) models.Region {
	return code[models.Region](q, name, "problem.region", strings.ToLower)
}

// filter reads the filter of a list, the same for a page and its CSV.
func (q *query) filter(today models.Date) db.Filter {
	status, current := q.status()
	return db.Filter{
		Current: current,
		Text:    q.text("q"),
		State:   q.state("state"),
		Matter:  q.matter("matter"),
		Sending: q.state("sending"),
		Kind:    code[models.AgencyKind](q, "kind", "problem.agency_kind", strings.ToLower),
		Seating: code[models.Seating](q, "seating", "problem.seating", strings.ToLower),
		Area:    code[models.Area](q, "area", "problem.area", strings.ToLower),
		Host:    q.place("host"),
		Region:  q.region("region"),
		Agency:  q.id("agency"),
		Status:  status,
		EndsBy:  q.day("ends_by", 0),
		On:      q.day("on", today),
	}
}

// The values of the filter by status that are no status.
const (
	current   = "current" // whatever is not over
	anyStatus = "any"
)

// status reads which status a list is filtered by, or that what is over is left out.
func (q *query) status() (models.Status, bool) {
	switch text := strings.ToLower(q.text("status")); text {
	case anyStatus, current:
		return "", text == current
	}
	return code[models.Status](q, "status", "problem.status", strings.ToLower), false
}

// holder reads the officer that a list is filtered by: by key, or by a name
// that only one officer has.
func (q *query) holder(d *models.Directory) int64 {
	text := q.text("holder")
	if text == "" {
		return 0
	}
	switch named := d.OfficersNamed(text); len(named) {
	case 0:
		q.refuse("holder", "problem.unknown")
	case 1:
		return named[0].ID
	default:
		q.refuse("holder", "problem.ambiguous")
	}
	return 0
}

// order reads the sorting of a list: a column, with a minus in front for
// descending order. An unknown column is refused.
func (q *query) order(columns []string, instead, language string) db.Order {
	text := q.text("sort")
	if text == "" {
		text = instead
	}
	column, down := strings.CutPrefix(text, "-")
	known := false
	for _, c := range columns {
		known = known || c == column
	}
	if !known {
		q.refuse("sort", "problem.sort")
	}
	return db.Order{Column: column, Descending: down, Language: language}
}
