package views

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/collate"

	"samband/models"
)

// RecordPath returns the address of a record of a list.
func RecordPath(list string, id int64) string { return "/" + list + "/" + itoa(int(id)) }

func one(b Bit) Cell {
	if b.Text == "" {
		return Cell{}
	}
	return Cell{Bits: []Bit{b}}
}

// numbered returns a cell with a number, empty for 0.
func numbered(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return Cell{Bits: []Bit{{Text: itoa(n)}}, number: n, order: fmt.Sprintf("%010d", n)}
}

func texted(text string) Cell { return one(Bit{Text: text}) }

// officer returns the officer whom the line is about, nobody for a posting.
func (l Line) officer() models.Officer {
	if l.Post != nil && len(l.Terms) == 1 {
		return l.Terms[0].Officer
	}
	return l.Officer
}

// own returns the agency that sends the posting, or the officer's.
func (l Line) own() models.Agency {
	if l.Post != nil {
		return l.Directory.Sending(l.Post)
	}
	return l.Directory.Agency(l.Officer.AgencyID)
}

// term returns the assignment in a list of assignments, nil in one of postings.
func (l Line) term() *AssignmentLine {
	if l.Post != nil && l.ID != l.Post.ID && len(l.Terms) == 1 {
		return &l.Terms[0]
	}
	return nil
}

func (l Line) note() string {
	switch t := l.term(); {
	case t != nil:
		return t.Assignment.Note
	case l.Post != nil:
		return l.Post.Note
	}
	return l.Officer.Note
}

func (l Line) key() string {
	if t := l.term(); t != nil {
		return t.Assignment.Key
	}
	if l.Post != nil {
		return l.Post.Key
	}
	return l.Officer.Key
}

// version returns the version of the record that the line is about.
func (l Line) version() int {
	switch t := l.term(); {
	case t != nil:
		return t.Assignment.Version
	case l.Post != nil:
		return l.Post.Version
	}
	return l.Officer.Version
}

// contacts returns a contact, "phone" or "email", of each of the line's officers,
// closed until somebody asks for it.
func (b *formBuilder) contacts(l Line, name string, of func(models.Officer) string) (c Cell) {
	officers := []models.Officer{l.Officer}
	if l.Post != nil {
		officers = nil
		for _, t := range l.Terms {
			officers = append(officers, t.Officer)
		}
	}
	for _, o := range officers {
		if text := of(o); text != "" {
			called := b.site.OfficerName(b.lang, o, l.Directory.Agency(o.AgencyID))
			c.Bits = append(c.Bits, Bit{Text: text, Closed: o.ID, Class: name, Title: called})
		}
	}
	return c
}

func (b *formBuilder) date(d models.Date) Cell {
	if d == 0 {
		return Cell{}
	}
	return Cell{Bits: []Bit{{Text: b.site.word(b.lang, d), Code: d.LastDay(), Class: "date"}}, day: d, order: d.String()}
}

func (b *formBuilder) yes(is bool) Cell {
	if !is {
		return Cell{}
	}
	return one(Bit{Text: b.t("yes"), Code: "yes"})
}

func (b *formBuilder) holders(l Line, to string) (c Cell) {
	for _, t := range l.Terms {
		bit := Bit{Text: b.site.OfficerName(b.lang, t.Officer, t.Agency), URL: RecordPath("officers", t.Officer.ID)}
		if to == "assignments" {
			bit.URL = RecordPath(to, t.Assignment.ID)
		}
		if t.Officer.ID < 1 {
			bit.URL = ""
		}
		c.Bits = append(c.Bits, bit)
	}
	return c
}

// status says how a posting stands on the day, or whether an assignment is planned,
// held or over.
func (b *formBuilder) status(l Line) Cell {
	status := l.Post.StatusOn(l.On)
	if t := l.term(); t != nil {
		when := t.When(l.On)
		return one(Bit{Text: b.t("when." + when), Class: "when " + when, Code: when})
	}
	return Cell{Bits: []Bit{{Text: b.site.word(b.lang, status), Class: "status " + string(status), Code: string(status)}},
		order: itoa(slices.Index(models.Statuses(), status))}
}

// successor says who follows on the holder, or comes next where nobody holds the
// posting, and from when.
func (b *formBuilder) successor(l Line) Cell {
	next, planned := l.Post.NextAfter(l.On)
	if n := len(l.Terms); n > 0 {
		next, planned = l.Post.Successor(l.Terms[n-1].Assignment)
	}
	if !planned {
		return Cell{}
	}
	t := LineOf(l.Directory, l.Post, next)
	bit := Bit{Text: b.t("list.from_day", "name", b.site.OfficerName(b.lang, t.Officer, t.Agency), "day", t.Term().First)}
	if t.Officer.ID > 0 {
		bit.URL = RecordPath("assignments", next.ID)
	}
	return one(bit)
}

// represented names the states for which the posting acts, with the matter where that
// is one only.
func (b *formBuilder) represented(l Line) (c Cell) {
	police, customs := l.Post.StatesOn(models.Police, l.On), l.Post.StatesOn(models.Customs, l.On)
	for _, s := range models.States() {
		bit := Bit{Text: string(s), Class: "code", Title: b.site.word(b.lang, s)}
		switch in, also := slices.Contains(police, s), slices.Contains(customs, s); {
		case in && also:
		case in:
			bit.Text += " " + b.site.word(b.lang, models.Police)
		case also:
			bit.Text += " " + b.site.word(b.lang, models.Customs)
		default:
			continue
		}
		c.Bits = append(c.Bits, bit)
	}
	return c
}

// file returns what a file has in a cell.
func (c Cell) file(profile Profile) string {
	var texts []string
	for _, b := range c.Bits {
		text := b.Text
		if profile == Plain && (b.Code != "" || b.Class == "date") {
			text = b.Code
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "; ")
}

// A Sorted is a line with what it is sorted by.
type Sorted struct {
	Line
	Key []byte
}

// SortLines sorts lines by a column in the order of a language, those without anything
// in it last, and lines of equal cells by ID. The column must be Sortable.
func (s *Site) SortLines(lang string, list models.List, name string, descending bool, lines []Line) []Sorted {
	c, _ := columnOf(list, name)
	b, order, buffer := s.buildForm(lang, nil), newOrder(lang), &collate.Buffer{}
	sorted := make([]Sorted, len(lines))
	for i, l := range lines {
		cell, key := c.cell(b, l), []byte(nil)
		switch text := cell.file(Excel); {
		case cell.order != "":
			key = append([]byte{1}, cell.order...)
		case text != "":
			key = append([]byte{1}, order.KeyFromString(buffer, text)...)
			buffer.Reset()
		case descending:
			key = []byte{0}
		default:
			key = []byte{2}
		}
		sorted[i] = Sorted{l, key}
	}
	slices.SortFunc(sorted, func(a, b Sorted) int { return a.Compare(b.Key, b.ID, descending) })
	return sorted
}

// Compare says whether the line comes before or after the one with a key and an ID.
func (s Sorted) Compare(key []byte, id int64, descending bool) int {
	by := cmp.Or(bytes.Compare(s.Key, key), cmp.Compare(s.ID, id))
	if descending {
		by = -by
	}
	return by
}
