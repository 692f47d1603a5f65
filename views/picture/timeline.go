package picture

import (
	"fmt"
	"strconv"
	"strings"

	"samband/models"
)

// Measures of a picture of postings. Across they are thousandths of its width,
// so that it fits any screen and paper; down they are pixels, which timeline.css
// knows too.
const (
	wide           = 1000
	lanePitch      = 24
	narrowestNamed = 30 // bars below this width carry no name
	narrowestWord  = 50 // and vacant days below this one no word
	mostYears      = 25 // in the picture of one posting, whatever the days in it
)

// A Timeline is the histories of postings under each other, on one scale of
// days: a head with an axis, and for each posting a row with a lane for as many
// holders as overlap. Each is a picture of its own, to be put into a table. The
// same facts have to stand in words with them.
type Timeline struct {
	Shown models.Period // the days of the picture
	Today models.Date
	Say   Say
	// Holder returns the name of who holds a posting by an assignment, and the
	// address that it leads to, "" for nowhere.
	Holder func(*models.Post, *models.Assignment) (name, address string)
}

// Head writes the axis. It also has what all rows refer to, the grid, the line
// of today and the hatchings: a page with rows needs one head, and no more.
func (t Timeline) Head(to *strings.Builder) { t.chart(to).axis(true) }

// Foot writes the axis once more.
func (t Timeline) Foot(to *strings.Builder) { t.chart(to).axis(false) }

// Row writes one posting. The picture is named by the element that has the ID
// labelledBy, or, if that is "", by a title of its own. Days outside the
// posting's life stay blank.
func (t Timeline) Row(to *strings.Builder, p *models.Post, labelledBy string) {
	t.chart(to).row(p, labelledBy)
}

// A chart draws a part of a timeline in words of SVG.
type chart struct {
	Timeline
	scale
	b *strings.Builder
}

func (t Timeline) chart(to *strings.Builder) *chart { return &chart{t, scale{t.Shown}, to} }

func (c *chart) add(parts ...string) {
	for _, p := range parts {
		c.b.WriteString(p)
	}
}

// A scale is the days that a picture shows.
type scale struct{ models.Period }

// at returns where a day begins, in thousandths of the width. Days outside the
// picture are at its edges.
func (s scale) at(d models.Date) int {
	d = min(max(d, s.First), s.Last+1)
	return (int(d-s.First)*wide + s.Days()/2) / s.Days()
}

// across returns where a period begins, and its width: never less than can be
// seen. Of neighbours, one begins where the other ends.
func (s scale) across(p models.Period) (x, width int) {
	x = s.at(p.First)
	width = max(s.at(min(p.Last, models.Forever-1)+1)-x, 2)
	return min(x, wide-width), width
}

// percent writes thousandths as SVG and CSS do.
func percent(n int) string {
	if n%10 == 0 {
		return strconv.Itoa(n/10) + "%"
	}
	return strconv.Itoa(n/10) + "." + strconv.Itoa(n%10) + "%"
}

// Life returns the days that the picture of one posting's history shows: from
// its first day, but at most 15 years back, to two years ahead of today or the
// last known day. That of a posting still to open begins today, unless it opens
// a long way off.
func Life(p *models.Post, today models.Date) models.Period {
	span := models.Period{First: max(p.Opened, today.Years(-15)), Last: today.Years(2)}
	if p.Opened > today {
		span.Last = p.Opened.Years(2)
		if p.Opened < today.Years(8) {
			span.First = today
		}
	}
	if p.Closed < today {
		span.Last = p.Closed
		span.First = max(p.Opened, p.Closed.Years(-15))
	}
	for _, a := range p.Assignments {
		if !a.Last.Open() && a.Last > span.Last && a.Last < today.Years(8) {
			span.Last = a.Last
		}
	}
	span.Last = min(span.Last, span.First.Years(mostYears))
	return span
}

func (c *chart) row(p *models.Post, labelledBy string) {
	stretches := Stretches(p, c.Shown)
	lanes := laid(stretches)
	height := strconv.Itoa(lanePitch * lanes.count)
	c.add(`<svg class="timeline" height="`, height, `" role="group" `)
	if labelledBy != "" {
		c.add(`aria-labelledby="`, esc(labelledBy))
	} else {
		c.add(`aria-label="`, esc(c.Say.text("timeline.title", "posting", p.Posting)+". "+c.Say.text("timeline.desc")))
	}
	c.add(`"><use href="#grid"/>`)
	c.edge("opened", p.Opened, p.Opened)
	c.edge("closed", p.Closed, p.Closed+1)
	for i, x := range stretches {
		y := lanePitch * lanes.of[i]
		switch days := []any{"first", x.First, "last", x.Last}; x.Status {
		case models.Held:
			c.holder(p, x, y)
		case models.Vacant:
			c.bar(x, y, c.Say.text("timeline.vacant"), c.Say.text("timeline.vacant_days", days...), narrowestWord)
		case models.Suspended:
			c.bar(x, y, c.Say.text("timeline.suspended"), c.Say.text("timeline.suspended_days", days...), narrowestWord)
		}
	}
	for i, x := range stretches {
		c.planned(x, lanePitch*lanes.of[i])
	}
	if len(stretches) == 0 {
		c.add(`<text class="absent">`, esc(c.Say(Absence(p, c.Shown))), `</text>`)
	}
	if c.Has(c.Today) {
		c.add(`<use href="#now"/>`)
	}
	c.add("</svg>")
}

// edge marks where the posting's life begins or ends, if that is in the
// picture: day is to be said, and at where it lies.
func (c *chart) edge(kind string, day, at models.Date) {
	if day.Open() || at <= c.First || at > c.Last {
		return
	}
	x := percent(c.at(at))
	c.add(`<g class="edge"><title>`, esc(c.Say.text("timeline."+kind, "day", day)), `</title><line x1="`, x, `" x2="`, x, `" y2="100%"/></g>`)
}

// holder draws an assignment, as a link if it leads somewhere.
func (c *chart) holder(p *models.Post, x Stretch, y int) {
	name, address := c.Holder(p, x.Assignment)
	if address != "" {
		c.add(`<a href="`, esc(address), `">`)
	}
	c.bar(x, y, name, c.Say.text("timeline.holder", "name", name, "first", x.First, "last", x.Last), narrowestNamed)
	if address != "" {
		c.add(`</a>`)
	}
}

// bar draws a stretch with its label, if it has room for one, and what to say
// when it is pointed at. A bar is a picture of its own in the picture, which
// keeps the label within it however narrow the screen. How bars look is for the
// style sheet to say; one without a class is in the past.
func (c *chart) bar(x Stretch, y int, label, title string, narrowest int) {
	left, width := c.across(x.Period)
	c.add("<svg")
	if class := c.class(x); class != "" {
		c.add(` class="`, class, `"`)
	}
	c.add(` x="`, percent(left), `"`)
	if y > 0 {
		c.add(` y="`, strconv.Itoa(y), `"`)
	}
	c.add(` width="`, percent(width), `"><title>`, esc(title), `</title><rect/>`)
	if shared := (scale{x.And(c.Period)}); x.Shared > 0 && x.First >= c.First {
		c.add(`<rect class="shared" width="`, percent(max(1, shared.at(x.First+models.Date(x.Shared)))), `"/>`)
	}
	if width >= narrowest {
		c.add(`<text>`, esc(fit(label, width)), `</text>`)
	}
	if x.Status == models.Held && x.Last.Open() {
		c.add(`<text class="on" x="100%">→</text>`)
	}
	c.add(`</svg>`)
}

func (c *chart) class(x Stretch) string {
	switch {
	case x.Status == models.Vacant && x.Has(c.Today):
		return "vacant now"
	case x.Status != models.Held:
		return string(x.Status)
	case x.Last < c.Today:
		return ""
	case x.First > c.Today:
		return "planned"
	}
	return "held"
}

// planned marks the day on which an assignment was once planned to end, if it
// ends on another. From an earlier end a line leads there.
func (c *chart) planned(x Stretch, y int) {
	if x.Status != models.Held || x.Assignment.PlannedLast == 0 || x.Assignment.PlannedLast.Open() || x.Assignment.PlannedLast == x.Last || !c.Has(x.Assignment.PlannedLast) {
		return
	}
	at := percent(c.at(x.Assignment.PlannedLast + 1))
	c.add(`<g class="plan"><title>`, esc(c.Say.text("timeline.plan", "day", x.Assignment.PlannedLast)), `</title>`)
	if x.Assignment.PlannedLast > x.Last {
		c.add(fmt.Sprintf(`<line x1="%s" x2="%s" y1="%d" y2="%d"/>`, percent(c.at(x.Last+1)), at, y+19, y+19))
	}
	c.add(fmt.Sprintf(`<line x1="%s" x2="%s" y1="%d" y2="%d"/></g>`, at, at, y+1, y+lanePitch-1))
}

// fit shortens a label to the width of its bar, at some 7 thousandths a letter.
func fit(label string, width int) string {
	letters := []rune(label)
	if most := (width - 8) / 7; len(letters) > most {
		return string(letters[:max(1, most-1)]) + "…"
	}
	return label
}
