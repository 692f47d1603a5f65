package views

import (
	"fmt"
	"slices"
	"strings"

	"samband/models"
)

// A Line is a record in a list of postings, officers or assignments, with what its
// columns are made from.
type Line struct {
	Directory *models.Directory
	On        models.Date
	ID        int64
	Name      string           // how the record is called where it is chosen
	Post      *models.Post     // of a posting or an assignment
	Terms     []AssignmentLine // who holds the posting on the day, or the assignment itself
	Officer   models.Officer   // in a list of officers
	Findings  int              // about the posting
	Mine      bool             // the reader may change it
}

// A Cell is what a column holds of a line.
type Cell struct {
	Bits []Bit
	// day and number are what the cell of a column of days or numbers holds, in files
	// that tell them from texts.
	day    models.Date
	number int
	// order is what the column is sorted by, where that is not the text.
	order string
}

// A Bit is one of the things in a cell.
type Bit struct {
	Text, URL, Class, Title string
	// Code is what files for programs have in place of the text.
	Code string
	// Closed is the officer, called Title, whose contact of the Class "phone" or
	// "email" pages show only when asked to.
	Closed int64
}

// A column of lists.
type column struct {
	name  string
	lists []models.List
	cell  func(b *formBuilder, l Line) Cell
	// holds says what the cells of files are, "" for texts.
	holds cellType
	// secret columns are not sorted by: their order would tell what they hold.
	secret bool
}

// A cellType is what each cell of a column holds.
type cellType string

const (
	days    cellType = "days"
	numbers cellType = "numbers"
	yesNo   cellType = "yes_no"
)

var (
	all       = models.Lists()
	ofPosts   = []models.List{models.PostingList, models.AssignmentList}
	postings  = ofPosts[:1]
	terms     = ofPosts[1:]
	people    = []models.List{models.OfficerList}
	ofPersons = []models.List{models.OfficerList, models.AssignmentList}
)

// columns are all columns of all lists, in the order in which they are offered. The
// first of a list's name the record.
var columns = []column{
	{name: "officer", lists: terms, cell: func(b *formBuilder, l Line) Cell { return b.holders(l, "officers") }},
	{name: "name", lists: people, cell: func(b *formBuilder, l Line) Cell {
		return one(Bit{Text: b.site.OfficerName(b.lang, l.Officer, l.own()), URL: RecordPath("officers", l.Officer.ID)})
	}},
	{name: "place", lists: ofPosts, cell: func(b *formBuilder, l Line) Cell {
		return one(Bit{Text: b.site.seat(b.lang, l.Post), URL: RecordPath("postings", l.Post.ID)})
	}},
	{name: "agency", lists: all, cell: func(b *formBuilder, l Line) Cell {
		a := l.own()
		return one(Bit{Text: b.site.agencyShort(b.lang, a), Code: a.Key, Title: b.site.agency(b.lang, a)})
	}},
	{name: "status", lists: ofPosts, cell: func(b *formBuilder, l Line) Cell { return b.status(l) }},
	{name: "holder", lists: postings, cell: func(b *formBuilder, l Line) Cell { return b.holders(l, "assignments") }},
	{name: "rank", lists: ofPersons, cell: func(b *formBuilder, l Line) Cell { return texted(l.officer().Rank) }},
	{name: "posted_at", lists: people, cell: func(b *formBuilder, l Line) (c Cell) {
		for _, t := range l.Terms {
			c.Bits = append(c.Bits, Bit{Text: b.site.word(b.lang, t.Posting), URL: RecordPath("postings", t.Posting.ID), Code: t.Posting.Key})
		}
		return c
	}},
	{name: "first_day", lists: terms, holds: days, cell: func(b *formBuilder, l Line) Cell { return b.date(l.Terms[0].Assignment.First) }},
	{name: "last_day", lists: terms, holds: days, cell: func(b *formBuilder, l Line) Cell { return b.date(l.Terms[0].Assignment.Last) }},
	{name: "planned_last_day", lists: terms, holds: days, cell: func(b *formBuilder, l Line) Cell { return b.date(l.Terms[0].Assignment.PlannedLast) }},
	{name: "since", lists: []models.List{models.PostingList, models.OfficerList}, cell: func(b *formBuilder, l Line) (c Cell) {
		for _, t := range l.Terms {
			c.Bits = append(c.Bits, b.date(t.Term().First).Bits...)
		}
		return c
	}},
	{name: "until", lists: []models.List{models.PostingList, models.OfficerList}, cell: func(b *formBuilder, l Line) (c Cell) {
		for _, t := range l.Terms {
			c.Bits = append(c.Bits, b.date(t.Term().Last).Bits...)
		}
		return c
	}},
	{name: "term", lists: all, cell: func(b *formBuilder, l Line) (c Cell) {
		for _, t := range l.Terms {
			if last := t.Term().Last; !last.Open() {
				c.Bits = append(c.Bits, Bit{Text: itoa(t.Term().Months())})
				c.order = fmt.Sprintf("%06d", t.Term().Months())
			}
		}
		return c
	}},
	{name: "successor", lists: ofPosts, cell: func(b *formBuilder, l Line) Cell { return b.successor(l) }},
	{name: "covers", lists: ofPosts, cell: func(b *formBuilder, l Line) (c Cell) {
		for _, country := range l.Post.CoversOn(l.On) {
			c.Bits = append(c.Bits, Bit{Text: string(country), Class: "code", Title: country.Name(b.lang)})
		}
		return c
	}},
	{name: "represents", lists: ofPosts, cell: func(b *formBuilder, l Line) Cell { return b.represented(l) }},
	{name: "findings", lists: postings, holds: numbers, cell: func(b *formBuilder, l Line) Cell {
		if l.Findings == 0 {
			return Cell{}
		}
		cell := numbered(l.Findings)
		cell.Bits[0].URL = RecordPath("postings", l.Post.ID) + "#findings-title"
		return cell
	}},
	{name: "areas", lists: all, cell: func(b *formBuilder, l Line) (c Cell) {
		areas := l.Officer.Areas
		if l.Post != nil {
			areas = l.Post.Areas
		}
		for _, a := range areas.List() {
			c.Bits = append(c.Bits, Bit{Text: b.site.word(b.lang, a), Code: string(a)})
		}
		return c
	}},
	{name: "phone", lists: all, secret: true, cell: func(b *formBuilder, l Line) Cell {
		return b.contacts(l, "phone", func(o models.Officer) string { return o.Phone })
	}},
	{name: "email", lists: all, secret: true, cell: func(b *formBuilder, l Line) Cell {
		return b.contacts(l, "email", func(o models.Officer) string { return o.Email })
	}},
	{name: "route", lists: all, cell: func(b *formBuilder, l Line) (c Cell) {
		for _, p := range l.Directory.Route(l.own()) {
			c.Bits = append(c.Bits, Bit{Text: strings.TrimSpace(p.Name + " " + p.Phone), URL: RecordPath("contact-points", p.ID)})
		}
		return c
	}},
	{name: "confirmed", lists: postings, holds: days, cell: func(b *formBuilder, l Line) Cell { return b.date(l.Directory.AttestedOn(l.Post)) }},
	{name: "opened", lists: postings, holds: days, cell: func(b *formBuilder, l Line) Cell { return b.date(l.Post.Opened) }},
	{name: "closed", lists: postings, holds: days, cell: func(b *formBuilder, l Line) Cell { return b.date(l.Post.Closed) }},
	{name: "country", lists: ofPosts, cell: func(b *formBuilder, l Line) Cell {
		return one(Bit{Text: l.Post.HostCountry.Name(b.lang), Code: string(l.Post.HostCountry)})
	}},
	{name: "city", lists: ofPosts, cell: func(b *formBuilder, l Line) Cell { return texted(l.Post.HostCity) }},
	{name: "body", lists: ofPosts, cell: func(b *formBuilder, l Line) Cell {
		if l.Post.Body == nil {
			return texted(string(l.Post.HostBody))
		}
		return one(Bit{Text: b.site.body(b.lang, *l.Post.Body), URL: BodyPath(*l.Post.Body), Code: string(l.Post.HostBody)})
	}},
	{name: "restricted", lists: postings, holds: yesNo, cell: func(b *formBuilder, l Line) Cell { return b.yes(l.Post.Restricted) }},
	{name: "languages", lists: ofPersons, cell: func(b *formBuilder, l Line) Cell { return texted(l.officer().Languages) }},
	{name: "note", lists: all, cell: func(b *formBuilder, l Line) Cell { return one(Bit{Text: l.note(), Class: "note"}) }},
	{name: "key", lists: all, cell: func(b *formBuilder, l Line) Cell { return texted(l.key()) }},
	{name: "version", lists: all, holds: numbers, cell: func(b *formBuilder, l Line) Cell { return numbered(l.version()) }},
}

// usualColumns are those with which a list begins.
var usualColumns = map[models.List]string{
	models.PostingList:    "place agency status holder until successor covers findings",
	models.OfficerList:    "name agency rank posted_at until",
	models.AssignmentList: "officer place agency status first_day last_day",
}

// Columns returns the names of the columns that a list can have.
func Columns(list models.List) (names []string) {
	for _, c := range columns {
		if slices.Contains(c.lists, list) {
			names = append(names, c.name)
		}
	}
	return names
}

// UsualColumns returns the names of the columns with which a list begins.
func UsualColumns(list models.List) []string { return strings.Fields(usualColumns[list]) }

// Sortable reports whether a list can be sorted by a column.
func Sortable(list models.List, name string) bool {
	c, ok := columnOf(list, name)
	return ok && !c.secret
}

func columnOf(list models.List, name string) (column, bool) {
	for _, c := range columns {
		if c.name == name && slices.Contains(c.lists, list) {
			return c, true
		}
	}
	return column{}, false
}
