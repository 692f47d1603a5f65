package views

import (
	"fmt"
	"html/template"
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

// A chart draws the history of postings in words of SVG: each in a row with a
// lane for as many holders as overlap. The same facts stand in a table under
// it.
type chart struct {
	b    strings.Builder
	site *Site
	lang string
	scale
	today  models.Date
	limits models.Limits // in words only
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

func (s *Site) chart(lang string, span models.Period, today models.Date) *chart {
	return &chart{site: s, lang: lang, scale: scale{span}, today: today}
}

func (c *chart) say(key string, args ...any) string {
	return c.site.Say(c.lang, models.Say(key, args...))
}

func (c *chart) add(parts ...string) {
	for _, p := range parts {
		c.b.WriteString(p)
	}
}

// Timeline returns the picture of one posting's history: from its first day,
// but at most 15 years back, to two years ahead of today or the last known day.
// That of a posting still to open begins today, unless it opens a long way off.
func (s *Site) Timeline(lang string, d *models.Directory, p *models.Post, today models.Date) template.HTML {
	c := s.chart(lang, timelineSpan(p, today), today)
	c.axis(true)
	c.row(d, p, `aria-label="`+esc(c.say("timeline.title", "posting", p.Posting)+". "+c.say("timeline.desc"))+`"`)
	return template.HTML(c.b.String())
}

func timelineSpan(p *models.Post, today models.Date) models.Period {
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

// row draws one posting; named is the attribute that names the picture. Days
// outside the posting's life stay blank.
func (c *chart) row(d *models.Directory, p *models.Post, named string) {
	stretches := stretchesOf(p, c.Period)
	lanes := laid(stretches)
	height := strconv.Itoa(lanePitch * lanes.count)
	c.add(`<svg class="timeline" height="`, height, `" role="group" `, named, `><use href="#grid"/>`)
	c.edge("opened", p.Opened, p.Opened)
	c.edge("closed", p.Closed, p.Closed+1)
	for i, x := range stretches {
		y := lanePitch * lanes.of[i]
		switch days := []any{"first", x.First, "last", x.Last}; x.kind {
		case held:
			c.holder(d, p, x, y)
		case vacant:
			c.bar(x, y, c.say("timeline.vacant"), c.say("timeline.vacant_days", days...), narrowestWord)
		case suspended:
			c.bar(x, y, c.say("timeline.suspended"), c.say("timeline.suspended_days", days...), narrowestWord)
		}
	}
	for i, x := range stretches {
		c.planned(x, lanePitch*lanes.of[i])
	}
	if len(stretches) == 0 {
		c.add(`<text class="absent">`, esc(c.absent(p)), `</text>`)
	}
	if c.Has(c.today) {
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
	c.add(`<g class="edge"><title>`, esc(c.say("timeline."+kind, "day", day)), `</title><line x1="`, x, `" x2="`, x, `" y2="100%"/></g>`)
}

// holder draws an assignment, as a link unless its holder is not to be seen.
func (c *chart) holder(d *models.Directory, p *models.Post, x stretch, y int) {
	name := c.site.OfficerName(c.lang, d.Officer(x.a.OfficerID), d.Sending(p))
	linked := x.a.OfficerID > 0
	if linked {
		c.add(`<a href="/assignments/`, strconv.FormatInt(x.a.ID, 10), `">`)
	}
	c.bar(x, y, name, c.say("timeline.holder", "name", name, "first", x.First, "last", x.Last), narrowestNamed)
	if linked {
		c.add(`</a>`)
	}
}

// bar draws a stretch with its label, if it has room for one, and what to say
// when it is pointed at. A bar is a picture of its own in the picture, which
// keeps the label within it however narrow the screen. How bars look is for the
// style sheet to say; one without a class is in the past.
func (c *chart) bar(x stretch, y int, label, title string, narrowest int) {
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
	if shared := (scale{x.And(c.Period)}); x.shared > 0 && x.First >= c.First {
		c.add(`<rect class="shared" width="`, percent(max(1, shared.at(x.First+models.Date(x.shared)))), `"/>`)
	}
	if width >= narrowest {
		c.add(`<text>`, esc(fit(label, width)), `</text>`)
	}
	if x.kind == held && x.Last.Open() {
		c.add(`<text class="on" x="100%">→</text>`)
	}
	c.add(`</svg>`)
}

func (c *chart) class(x stretch) string {
	switch {
	case x.kind == vacant && x.Has(c.today):
		return "vacant now"
	case x.kind != held:
		return string(x.kind)
	case x.Last < c.today:
		return ""
	case x.First > c.today:
		return "planned"
	}
	return "held"
}

// planned marks the day on which an assignment was once planned to end, if it
// ends on another. From an earlier end a line leads there.
func (c *chart) planned(x stretch, y int) {
	if x.kind != held || x.a.PlannedLast == 0 || x.a.PlannedLast.Open() || x.a.PlannedLast == x.Last || !c.Has(x.a.PlannedLast) {
		return
	}
	at := percent(c.at(x.a.PlannedLast + 1))
	c.add(`<g class="plan"><title>`, esc(c.say("timeline.plan", "day", x.a.PlannedLast)), `</title>`)
	if x.a.PlannedLast > x.Last {
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

func esc(s string) string { return template.HTMLEscapeString(s) }
