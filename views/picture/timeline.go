package picture

import (
	"fmt"
	"strconv"
	"strings"

	"samband/models"
)

// Measures of a picture of postings. Across, they are thousandths of its width,
// so that it fits any screen and paper; down, they are pixels, on which
// timeline.css relies too.
const (
	wide           = 1000
	lanePitch      = 24
	narrowestNamed = 30 // bars below this width carry no name
	narrowestWord  = 50 // and vacant days below this one no word
	mostYears      = 25 // in the picture of one posting
)

// A Timeline is the histories of postings below each other, on one scale of days:
// a head with an axis, and for each posting a row with as many lanes as stretches
// overlap. Each is a picture of its own, to be put into a table. The page must
// have the same facts in words.
type Timeline struct {
	Shown models.Period // the days of the picture
	Today models.Date
	Say   Say
	// Holder returns the name of the officer of an assignment, and the address
	// that it links to, "" for none.
	Holder func(*models.Post, *models.Assignment) (name, address string)
	// Away says that the holder is away on some days, and who stands in.
	Away func(*models.Post, *models.Assignment, models.Absence) string
}

// Head writes the axis. It also defines what all rows refer to: the grid, the
// line of today and the hatchings. A page with rows needs exactly one head.
func (t Timeline) Head(to *strings.Builder) { t.chart(to).axis(true) }

// Foot writes the axis once more.
func (t Timeline) Foot(to *strings.Builder) { t.chart(to).axis(false) }

// Row writes one posting. The picture is named by the element with the ID
// labelledBy, or if that is "" by a label of its own. Days outside the posting's
// life stay blank.
func (t Timeline) Row(to *strings.Builder, p *models.Post, labelledBy string) {
	t.chart(to).row(p, labelledBy)
}

// A chart draws a part of a timeline as SVG.
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

// across returns where a period begins, and its width, which is never too small to
// be seen. Of adjoining periods, one begins where the other ends.
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

// Life returns the days in the picture of one posting's history: from its first
// day, but at most 15 years back, to two years ahead or the last known day within
// eight, or to its last day if it has closed. For a posting still to open, they
// begin today, unless it opens eight years ahead or later.
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
		c.add(`aria-label="`, esc(c.Say.text("timeline.title", "posting", p)+". "+c.Say.text("timeline.desc")))
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
		c.away(p, x, lanePitch*lanes.of[i])
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

// edge marks where the posting's life begins or ends, if that is in the picture:
// day is the one to name, and the line is at the beginning of at.
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

// bar draws a stretch with its label, if there is room, and title as its tooltip.
// A bar is an svg element of its own, which keeps the label within it however
// narrow the screen. The style sheet says how bars look; one without a class is in
// the past.
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

// away hatches the days of a holder on which he or she is away.
func (c *chart) away(p *models.Post, x Stretch, y int) {
	if x.Status != models.Held || c.Away == nil {
		return
	}
	for _, a := range x.Assignment.Absences {
		days := a.And(x.Period).And(c.Period)
		if days.Days() == 0 {
			continue
		}
		left, width := c.across(days)
		c.add(`<svg class="away" x="`, percent(left), `" y="`, strconv.Itoa(y), `" width="`, percent(width), `"><title>`,
			esc(c.Away(p, x.Assignment, a)), `</title><rect/></svg>`)
	}
}

// planned marks the day on which an assignment was once planned to end, if it
// ends on another. If it ends earlier, a line leads from its end to that day.
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

// fit shortens a label to the width of its bar, at about 7 thousandths a letter.
func fit(label string, width int) string {
	letters := []rune(label)
	if most := (width - 8) / 7; len(letters) > most {
		return string(letters[:max(1, most-1)]) + "…"
	}
	return label
}
