package picture

import (
	"strconv"
	"strings"

	"samband/models"
)

// A Band is one row of a picture: stretches of days, each with a word.
type Band struct {
	Name  string // of the row, for those who do not see it
	Bars  []Stripe
	Quiet bool // one of many that look the same
}

// A Stripe is a stretch of a band. Its title says what the picture shows there.
type Stripe struct {
	models.Period
	Label, Title string
}

// Band writes one row, on the same scale as the axis of the timeline. Stripes that
// share days are below each other; one that is over, holds today or is still to
// come looks as the assignments of a posting do.
func (t Timeline) Band(to *strings.Builder, band Band) {
	c := t.chart(to)
	lanes, count := c.lanes(band.Bars)
	class := "timeline band"
	if band.Quiet {
		class += " quiet"
	}
	c.add(`<svg class="`, class, `" height="`, strconv.Itoa(lanePitch*count), `" role="img" aria-label="`, esc(band.Name), `"><use href="#grid"/>`)
	for i, s := range band.Bars {
		if s.Overlaps(c.Period) {
			c.stripe(s, lanePitch*lanes[i])
		}
	}
	if c.Has(c.Today) {
		c.add(`<use href="#now"/>`)
	}
	c.add(`</svg>`)
}

// lanes returns the lane of each stripe, and how many there are.
func (c *chart) lanes(bars []Stripe) (of []int, count int) {
	var last []models.Date // of each lane
	for _, s := range bars {
		lane := 0
		for lane < len(last) && last[lane] >= s.First {
			lane++
		}
		if lane == len(last) {
			last = append(last, 0)
		}
		last[lane] = s.Last
		of = append(of, lane)
	}
	return of, max(1, len(last))
}

// stripe draws a stretch with its label, if there is room.
func (c *chart) stripe(s Stripe, y int) {
	left, width := c.across(s.And(c.Period))
	class := ` class="held"`
	switch {
	case s.Last < c.Today:
		class = ""
	case s.First > c.Today:
		class = ` class="planned"`
	}
	c.add(`<svg`, class, ` x="`, percent(left), `" y="`, strconv.Itoa(y), `" width="`, percent(width), `"><title>`, esc(s.Title), `</title><rect/>`)
	if width >= narrowestNamed {
		c.add(`<text>`, esc(fit(s.Label, width)), `</text>`)
	}
	if s.Last.Open() {
		c.add(`<text class="on" x="100%">→</text>`)
	}
	c.add(`</svg>`)
}
