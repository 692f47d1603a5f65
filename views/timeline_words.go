package views

import (
	"html/template"
	"strconv"
	"strings"

	"samband/models"
)

// TimelineWords returns the same as TimelinePicture in words: a table with a
// line for each stretch of days, by posting. End tags that HTML can do without
// are left out, as there may be thousands.
func (s *Site) TimelineWords(lang string, t Timeline) template.HTML {
	c := s.chart(lang, t.Shown, t.Today)
	c.limits = t.Limits
	c.add(`<table class="terms"><thead><tr>`)
	for _, key := range []string{"timeline.posting", "field.officer", "field.first_day", "field.last_day", "timeline.remark"} {
		c.add(`<th scope="col">`, esc(c.say(key)))
	}
	c.add("</thead>\n")
	for _, posts := range t.groups() {
		for _, p := range posts {
			c.terms(t.Directory, p)
		}
	}
	c.add(`</table>`)
	return template.HTML(c.b.String())
}

// terms writes the lines of one posting.
func (c *chart) terms(d *models.Directory, p *models.Post) {
	stretches := stretchesOf(p, c.Period)
	sending := d.Sending(p)
	c.add(`<tbody><tr><th scope="rowgroup" rowspan="`, strconv.Itoa(max(1, len(stretches))), `"><a href="/postings/`, strconv.FormatInt(p.ID, 10), `">`,
		esc(c.site.PostingTitle(c.lang, p.Posting, sending)), `</a>`)
	if len(stretches) == 0 {
		c.add(`<td colspan="4">`, esc(c.absent(p)))
	}
	for i, x := range stretches {
		if i > 0 {
			c.add(`<tr>`)
		}
		c.who(d, sending, x)
		c.add(`<td>`, x.First.String(), `<td>`, esc(c.site.word(c.lang, x.Last)), `<td>`, esc(c.remark(d, sending, x)))
	}
}

// who writes the cell that says what a stretch is: a holder's name, or that there is none.
func (c *chart) who(d *models.Directory, sending models.Agency, x stretch) {
	switch x.kind {
	case vacant:
		c.add(`<td class="vacant">`, esc(c.say("timeline.vacant")))
		return
	case suspended:
		c.add(`<td class="suspended">`, esc(c.say("timeline.suspended")))
		return
	}
	o := d.Officer(x.a.OfficerID)
	name := esc(c.site.OfficerName(c.lang, o, sending))
	if o.ID > 0 {
		name = `<a href="/assignments/` + strconv.FormatInt(x.a.ID, 10) + `">` + name + `</a>`
	}
	c.add(`<td>`, name)
	if own := d.Agency(o.AgencyID).Country; own != sending.Country {
		c.add(` (`, esc(string(own)), `)`)
	}
}

// remark returns what the picture shows of a stretch beside its days.
func (c *chart) remark(d *models.Directory, sending models.Agency, x stretch) string {
	var said []string
	if x.before != nil {
		key := "timeline.shared"
		if x.shared > c.limits.HandoverDays {
			key = "timeline.together"
		}
		said = append(said, c.say(key, "name", c.site.OfficerName(c.lang, d.Officer(x.before.OfficerID), sending), "n", x.shared))
	}
	switch {
	case x.kind == vacant && !x.Last.Open():
		said = append(said, c.say("timeline.days", "n", x.Days()))
	case x.kind == suspended:
		said = append(said, x.reason)
	case x.kind == held && x.a.PlannedLast != 0 && x.a.PlannedLast != x.Last && !x.a.PlannedLast.Open():
		said = append(said, c.say("timeline.plan", "day", x.a.PlannedLast))
	}
	return strings.Join(said, "; ")
}

// absent says why a posting has nothing on the days that are shown.
func (c *chart) absent(p *models.Post) string {
	if p.Opened > c.Last {
		return c.say("timeline.opened", "day", p.Opened)
	}
	return c.say("timeline.closed", "day", p.Closed)
}
