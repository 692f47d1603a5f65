package picture

import (
	"fmt"
	"strconv"

	"samband/models"
)

// The lines of an axis, in pixels from its top: years, quarters or months, and
// below both the flag of today.
const (
	axisYears = 13
	axisParts = 28
	axisFlag  = 44
	axisLow   = 33 // the height without a flag
	axisHigh  = 50
)

// A mark is the beginning of a year, quarter or month on an axis.
type mark struct {
	day   models.Date
	part  int // of the year, from 1
	label string
}

// unit returns how many months lie between the marks of an axis of so many days:
// 1, 3 or 12.
func unit(days int) int {
	switch {
	case days <= 18*31:
		return 1
	case days <= 62*31:
		return 3
	}
	return 12
}

// snapped returns the first day of the unit of so many months that d is in.
func snapped(d models.Date, unit int) models.Date {
	_, month, day := d.Civil()
	return (d - models.Date(day-1)).Months(-((month - 1) % unit))
}

// Beginning returns the first day of the month, quarter or year that d is in,
// whichever a timeline of so many months is divided into.
func Beginning(d models.Date, months int) models.Date { return snapped(d, unit(months*30)) }

// marks returns the marks of an axis, in order, each on a day in the picture.
func (c *chart) marks() (all []mark) {
	unit := unit(c.Days())
	for d := snapped(c.First, unit); d <= c.Last && !d.Open(); d = d.Months(unit) {
		if d < c.First {
			continue
		}
		_, month, _ := d.Civil()
		m := mark{day: d, part: (month-1)/unit + 1}
		switch unit {
		case 1:
			m.label = fmt.Sprintf("%02d", month)
		case 3:
			m.label = c.Say.text("timeline.quarter", "n", m.part)
		}
		all = append(all, m)
	}
	return all
}

// axis draws years and what they are divided into, and flags today. The first
// axis of a page defines what its rows refer to: the grid, the line of today, and
// the hatchings.
func (c *chart) axis(first bool) {
	marks, flagged := c.marks(), c.Has(c.Today)
	height := axisLow
	if flagged {
		height = axisHigh
	}
	c.add(`<svg class="timeline axis" height="`, strconv.Itoa(height), `" role="img" aria-label="`,
		esc(c.Say.text("period", "first", c.First, "last", c.Last)), `">`)
	if first {
		c.shared(marks)
	}
	c.add(`<use href="#grid"/>`)
	crowded := len(marks) > 14
	for i, m := range marks {
		x, class := percent(c.at(m.day)), "part"
		if crowded {
			class = "part fine" // left out on a narrow screen
		}
		if m.label != "" && c.room(marks, i, 24) {
			c.add(`<text class="`, class, `" x="`, x, `" dx="4" y="`, strconv.Itoa(axisParts), `">`, esc(m.label), `</text>`)
		}
		if m.part == 1 || i == 0 && c.room(marks, i, 36) {
			c.year(m, x)
		}
	}
	if len(marks) == 0 || marks[0].day > c.First && c.at(marks[0].day) > 60 {
		c.year(mark{day: c.First, part: 2}, "0%")
	}
	if flagged {
		c.flag()
	}
	c.add(`</svg>`)
}

// room reports whether mark i has width thousandths to itself.
func (c *chart) room(marks []mark, i, width int) bool {
	next := wide
	if i+1 < len(marks) {
		next = c.at(marks[i+1].day)
	}
	return next-c.at(marks[i].day) >= width
}

// year writes the year of a mark. Of many years, a narrow screen shows every
// other, and of more than a posting's picture has every fifth is shown.
func (c *chart) year(m mark, x string) {
	if c.at(m.day) > wide-36 {
		return
	}
	year, _, _ := m.day.Civil()
	if c.Days() > (mostYears+1)*366 && year%5 != 0 {
		return
	}
	class := "year"
	if c.Days() > 8*366 && c.Days() <= (mostYears+1)*366 && year%2 == 1 {
		class = "year fine"
	}
	c.add(`<text class="`, class, `" x="`, x, `" dx="4" y="`, strconv.Itoa(axisYears), `">`, fmt.Sprintf("%04d", year), `</text>`)
}

// flag labels the line of today with its day.
func (c *chart) flag() {
	x, aside := c.at(c.Today), ` dx="4"`
	if x > wide/2 {
		aside = ` class="left" dx="-4"`
	}
	at := percent(x)
	c.add(`<g class="today"><line x1="`, at, `" x2="`, at, `" y1="`, strconv.Itoa(axisParts+5), `" y2="100%"/><text`, aside, ` x="`, at, `" y="`,
		strconv.Itoa(axisFlag), `">`, esc(c.Say.text("timeline.today", "day", c.Today)), `</text></g>`)
}

// shared draws nothing: it defines what is drawn wherever it is referred to.
func (c *chart) shared(marks []mark) {
	c.add(`<defs><g id="grid" class="grid">`)
	for _, m := range marks {
		x := percent(c.at(m.day))
		c.add(`<line`)
		if m.part == 1 {
			c.add(` class="year"`)
		}
		c.add(` x1="`, x, `" x2="`, x, `" y2="100%"/>`)
	}
	c.add(`</g>`)
	if x := percent(c.at(c.Today)); c.Has(c.Today) {
		c.add(`<g id="now" class="now"><line x1="`, x, `" x2="`, x, `" y2="100%"/></g>`)
	}
	for _, hatching := range []struct {
		id          string
		size, angle int
	}{{"shared", 5, 45}, {"suspended", 6, -45}, {"away", 4, -45}} {
		fmt.Fprintf(c.b, `<pattern id="hatch-%s" class="hatch %s" width="%d" height="%d" patternUnits="userSpaceOnUse" patternTransform="rotate(%d)"><rect width="%d" height="%d"/><line y2="%d"/></pattern>`,
			hatching.id, hatching.id, hatching.size, hatching.size, hatching.angle, hatching.size, hatching.size, hatching.size)
	}
	c.add(`</defs>`)
}
