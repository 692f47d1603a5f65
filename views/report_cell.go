package views

import (
	"fmt"
	"strconv"
	"strings"

	"samband/models"
)

// What reports have in their cells.

func (r *reporter) text(text string) ReportCell { return ReportCell{Cell: texted(text)} }

// words is a cell of several texts.
func (r *reporter) words(texts []string) (c ReportCell) {
	c.Lines = true
	for _, text := range texts {
		c.Bits = append(c.Bits, Bit{Text: text})
	}
	return c
}

// coded is a cell with what a value is called, and its code; class is the look of what
// has a shape too.
func coded[T ~string](r *reporter, v T, class string) ReportCell {
	if v == "" {
		return ReportCell{}
	}
	return ReportCell{Cell: one(Bit{Text: r.site.word(r.lang, v), Code: string(v), Class: class})}
}

// listed is a cell with several values.
func listed[T ~string](r *reporter, all []T) (c ReportCell) {
	for _, v := range all {
		c.Bits = append(c.Bits, Bit{Text: r.site.word(r.lang, v), Code: string(v)})
	}
	c.codes = codes(all)
	return c
}

// states is a cell with states, as codes that tell their names, or with the word for all
// of them.
func (r *reporter) states(all []models.State) (c ReportCell) {
	c.codes = codes(all)
	if len(all) == len(models.States()) {
		c.Bits = []Bit{{Text: r.site.word(r.lang, all)}}
		return c
	}
	for _, s := range all {
		c.Bits = append(c.Bits, Bit{Text: string(s), Code: string(s), Class: "code", Title: r.site.word(r.lang, s)})
	}
	return c
}

func (r *reporter) state(s models.State) ReportCell {
	if s == "" {
		return ReportCell{}
	}
	return r.states([]models.State{s})
}

func (r *reporter) day(d models.Date) ReportCell {
	return ReportCell{Cell: r.date(d), day: d, isDay: true}
}

// closed is a cell with the last day of a life, empty where it has none.
func (r *reporter) closed(d models.Date) ReportCell {
	if d.Open() {
		return ReportCell{day: d, isDay: true}
	}
	return r.day(d)
}

func (r *reporter) number(n int) ReportCell {
	return ReportCell{Cell: one(Bit{Text: strconv.Itoa(n), Code: strconv.Itoa(n)}), isNumber: true}
}

// decimal is a cell with a number that is rounded to so many digits, written as the
// language does.
func (r *reporter) decimal(v float64, digits int) ReportCell {
	return ReportCell{Cell: one(Bit{Text: decimal(r.lang, v, digits), Code: decimal("en", v, digits)}), isNumber: true}
}

// decimal writes a number with a fixed count of digits after the point, which is a
// comma in all languages but English.
func decimal(lang string, v float64, digits int) string {
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if lang == "en" {
		return text
	}
	return strings.Replace(text, ".", ",", 1)
}

// share is a cell with a part of a whole in per cent, empty where the whole is nothing.
func (r *reporter) share(part, whole int) ReportCell {
	if whole == 0 {
		return ReportCell{isNumber: true}
	}
	c := r.decimal(100*models.Share(part, whole), 1)
	c.Bits[0].Text += " %"
	return c
}

func (r *reporter) posting(p *models.Post, sending models.Agency) ReportCell {
	return ReportCell{Cell: one(Bit{Text: r.site.PostingTitle(r.lang, p, sending), Code: p.Key, URL: RecordPath("postings", p.ID)})}
}

// officer names an officer, and links to the officer unless the name is hidden with the
// posting's holders. The zero Officer is nobody.
func (r *reporter) officer(o models.Officer, sending models.Agency) ReportCell {
	if o.ID == 0 {
		return ReportCell{}
	}
	return ReportCell{Cell: Cell{Bits: []Bit{r.named(o, sending)}}}
}

func (r *reporter) named(o models.Officer, sending models.Agency) Bit {
	b := Bit{Text: r.site.OfficerName(r.lang, o, sending)}
	if o.ID > 0 {
		b.URL = RecordPath("officers", o.ID)
	}
	return b
}

func (r *reporter) agencyCell(a models.Agency) ReportCell {
	return ReportCell{Cell: one(Bit{Text: r.site.agency(r.lang, a), Code: a.Key})}
}

func (r *reporter) body(b *models.Body) ReportCell {
	if b == nil {
		return ReportCell{}
	}
	return ReportCell{Cell: one(Bit{Text: r.site.body(r.lang, *b), Code: string(b.Key), URL: BodyPath(*b)})}
}

// places names places, with their codes.
func (r *reporter) places(all []models.Named) (c ReportCell) {
	for _, at := range all {
		if at.Place != (models.Place{}) {
			c.Bits = append(c.Bits, Bit{Text: r.site.word(r.lang, at), Code: at.String()})
		}
	}
	if len(c.Bits) > 0 {
		c.codes = places(all)
	}
	return c
}

// periods are cells' days in words, and as programs write an interval.
func (r *reporter) periods(all []models.Period) (c ReportCell) {
	c.Lines = true
	for _, p := range all {
		c.Bits = append(c.Bits, Bit{Text: r.t("period", "first", p.First, "last", p.Last), Class: "date", Code: fmt.Sprintf("%s/%s", p.First, p.Last.LastDay())})
	}
	return c
}
