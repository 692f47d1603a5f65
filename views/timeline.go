package views

import (
	"fmt"
	"html/template"
	"strings"

	"samband/models"
)

// Measures of a timeline, in the units of its view box.
const (
	timelineWidth  = 960
	timelineHead   = 22 // the years
	timelineRow    = 26
	timelineBar    = 18
	timelineInset  = 4
	narrowestNamed = 44 // bars below this width carry no name
	mostYears      = 25 // in one picture, whatever the days in it
)

// A timeline draws the history of one posting as a picture in words of SVG: a
// row for the posting's life and suspensions, and as many rows of bars as
// holders overlap. The same facts stand in the table under it, to which the
// picture's description points.
type timeline struct {
	b     strings.Builder
	say   func(string, ...any) string
	span  models.Period
	today models.Date
}

// Timeline returns the picture of a posting's history: from its first day, but
// at most 15 years back, to two years ahead of today or the last known day. That
// of a posting still to open begins today, unless it opens a long way off.
func (s *Site) Timeline(lang string, d *models.Directory, p *models.Post, today models.Date) template.HTML {
	t := timeline{
		say:   func(key string, args ...any) string { return s.Say(lang, models.Say(key, args...)) },
		span:  timelineSpan(p, today),
		today: today,
	}
	rows := stack(p.Assignments)
	height := timelineHead + timelineRow*(rows.count+1) + 6
	fmt.Fprintf(&t.b, `<svg class="timeline" viewBox="0 0 %d %d" role="group" aria-labelledby="timeline-title" aria-describedby="timeline-desc">`, timelineWidth, height)
	fmt.Fprintf(&t.b, `<title id="timeline-title">%s</title><desc id="timeline-desc">%s</desc>`,
		esc(t.say("timeline.title", "posting", p.Posting)), esc(t.say("timeline.desc")))
	t.years(height)
	t.life(p)
	for i, a := range p.Assignments {
		o := d.Officer(a.OfficerID)
		t.holder(rows.of[i], a, s.OfficerName(lang, o, d.Sending(p)))
	}
	t.now(height)
	t.b.WriteString(`</svg>`)
	return template.HTML(t.b.String())
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

// A stacking gives each of a posting's assignments a row of its own where it
// shares days with one before.
type stacking struct {
	of    []int
	count int
}

func stack(list []models.Assignment) stacking {
	s := stacking{of: make([]int, len(list))}
	var last []models.Date // of each row
	for i, a := range list {
		row := 0
		for row < len(last) && last[row] >= a.First {
			row++
		}
		if row == len(last) {
			last = append(last, 0)
		}
		last[row] = a.Last
		s.of[i] = row
	}
	s.count = max(1, len(last))
	return s
}

// x returns where a day begins.
func (t *timeline) x(d models.Date) float64 {
	d = min(max(d, t.span.First), t.span.Last+1)
	return float64(d-t.span.First) / float64(t.span.Days()) * timelineWidth
}

// years draws a line and a number at the beginning of each year.
func (t *timeline) years(height int) {
	first, _, _ := t.span.First.Civil()
	last, _, _ := t.span.Last.Civil()
	for y := first + 1; y <= last; y++ {
		day, err := models.ParseDate(fmt.Sprintf("%04d-01-01", y))
		if err != nil {
			return
		}
		fmt.Fprintf(&t.b, `<line class="year" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/>`, t.x(day), t.x(day), timelineHead-6, height)
		if t.x(day) < timelineWidth-30 {
			fmt.Fprintf(&t.b, `<text class="year" x="%.1f" y="%d">%d</text>`, t.x(day)+3, timelineHead-8, y)
		}
	}
}

// life draws the posting's life with its suspensions and the days without a
// holder.
func (t *timeline) life(p *models.Post) {
	t.bar("life", 0, p.Life(), "", t.say("timeline.life", "first", p.Opened, "last", p.Closed))
	for _, days := range p.VacantDays() {
		t.bar("vacant", 0, days, t.say("timeline.vacant"), t.say("timeline.vacant_days", "first", days.First, "last", days.Last))
	}
	for _, days := range p.Suspended() {
		t.bar("suspended", 0, days, t.say("timeline.suspended"), t.say("timeline.suspended_days", "first", days.First, "last", days.Last))
	}
}

func (t *timeline) holder(row int, a models.Assignment, name string) {
	if !a.Overlaps(t.span) {
		return
	}
	fmt.Fprintf(&t.b, `<a href="/assignments/%d">`, a.ID)
	class := "holder"
	switch {
	case a.Last < t.today:
		class += " past"
	case a.First > t.today:
		class += " planned"
	}
	t.bar(class, row+1, a.Period, name, t.say("timeline.holder", "name", name, "first", a.First, "last", a.Last))
	t.b.WriteString(`</a>`)
}

// bar draws a period in a row, with a label if it has room and what to say
// when it is pointed at.
func (t *timeline) bar(class string, row int, days models.Period, label, title string) {
	x, end := t.x(days.First), t.x(min(days.Last, models.Forever-1)+1)
	if end-x <= 0 {
		return
	}
	y := timelineHead + row*timelineRow + timelineInset
	fmt.Fprintf(&t.b, `<g class="%s"><title>%s</title><rect x="%.1f" y="%d" width="%.1f" height="%d" rx="2"/>`,
		class, esc(title), x, y, max(end-x, 1.5), timelineBar)
	if width := end - x; label != "" && width >= narrowestNamed {
		fmt.Fprintf(&t.b, `<text x="%.1f" y="%d">%s</text>`, x+5, y+timelineBar-5, esc(fit(label, width)))
	}
	t.b.WriteString(`</g>`)
}

// now marks today, if it is in the picture.
func (t *timeline) now(height int) {
	if !t.span.Has(t.today) {
		return
	}
	fmt.Fprintf(&t.b, `<g class="today"><title>%s</title><line x1="%.1f" x2="%.1f" y1="2" y2="%d"/></g>`,
		esc(t.say("timeline.today", "day", t.today)), t.x(t.today), t.x(t.today), height)
}

// fit shortens a label to the width of its bar, at some 7 units a letter.
func fit(label string, width float64) string {
	letters := []rune(label)
	if most := int((width - 8) / 7); len(letters) > most {
		return string(letters[:max(1, most-1)]) + "…"
	}
	return label
}

func esc(s string) string { return template.HTMLEscapeString(s) }
