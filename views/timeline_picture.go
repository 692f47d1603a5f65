package views

import (
	"html/template"
	"strconv"
	"strings"

	"samband/models"
	"samband/views/picture"
)

// longEnough is the most postings that need no second axis at the end.
const longEnough = 18

// TimelinePicture returns the picture as a table, so that its head stays in sight
// on a screen and is repeated on each printed page.
func (s *Site) TimelinePicture(lang string, t Timeline) template.HTML {
	w := timelineTable{Timeline: t, site: s, lang: lang}
	drawn := s.drawn(lang, t.Directory, t.Shown, t.Today)
	w.add(`<table class="graph"><caption class="unseen">`, esc(w.say("timeline.caption", "first", t.Shown.First, "last", t.Shown.Last)),
		`</caption><thead><tr><th scope="col">`, esc(w.say("timeline.posting")), `</th><th scope="col">`)
	drawn.Head(&w.b)
	w.add("</th></tr></thead>\n")
	for _, posts := range t.groups() {
		w.add(`<tbody><tr class="region"><th colspan="2" scope="rowgroup">`, esc(s.regionOf(lang, posts[0])), "</th></tr>\n")
		for _, p := range posts {
			id := strconv.FormatInt(p.ID, 10)
			w.add(`<tr><th scope="row"><a id="p`, id, `" href="/postings/`, id, `">`, esc(s.seat(lang, p)), `</a> `,
				esc(s.agencyShort(lang, t.Directory.Sending(p))), `</th><td>`)
			drawn.Row(&w.b, p, "p"+id)
			w.add("</td></tr>\n")
		}
		w.add("</tbody>")
	}
	if len(t.Rows) > longEnough {
		w.add(`<tfoot aria-hidden="true"><tr><td></td><td>`)
		drawn.Foot(&w.b)
		w.add(`</td></tr></tfoot>`)
	}
	w.add(`</table>`)
	return template.HTML(w.b.String())
}

func (s *Site) regionOf(lang string, p *models.Post) string {
	if region := p.HostCountry.Region(); region != "" {
		return s.word(lang, region)
	}
	if p.HostCountry == "" {
		return s.text(lang, "nav.bodies")
	}
	return p.HostCountry.Name(lang)
}

// Timeline returns the picture of one posting's history.
func (s *Site) Timeline(lang string, d *models.Directory, p *models.Post, today models.Date) template.HTML {
	drawn := s.drawn(lang, d, picture.Life(p, today), today)
	var b strings.Builder
	drawn.Head(&b)
	drawn.Row(&b, p, "")
	return template.HTML(b.String())
}

// drawn returns a timeline that is ready to be drawn. An assignment links to its
// page, unless its holder is a stand-in for a hidden one (see Directory.Seen).
func (s *Site) drawn(lang string, d *models.Directory, shown models.Period, today models.Date) picture.Timeline {
	return picture.Timeline{Shown: shown, Today: today, Say: s.says(lang), Holder: func(p *models.Post, a *models.Assignment) (name, address string) {
		if a.OfficerID > 0 {
			address = "/assignments/" + strconv.FormatInt(a.ID, 10)
		}
		return s.OfficerName(lang, d.Officer(a.OfficerID), d.Sending(p)), address
	}, Away: func(p *models.Post, a *models.Assignment, x models.Absence) string {
		return s.awayInWords(lang, d, p, *a, x)
	}}
}

// awayInWords says that a holder is away on some days, and who stands in.
func (s *Site) awayInWords(lang string, d *models.Directory, p *models.Post, a models.Assignment, x models.Absence) string {
	days := x.And(p.Term(a))
	said := s.Say(lang, models.Say("timeline.away", "first", days.First, "last", days.Last))
	if by := d.StandIn(p, x.StandInID); by.Post != nil {
		return said + " " + s.Say(lang, models.Say("absence.stand_in_is", "name", s.OfficerName(lang, d.Officer(by.OfficerID), d.Sending(by.Post))))
	}
	return said + " " + s.text(lang, "absence.nobody")
}

// A timelineTable writes a timeline as an HTML table.
type timelineTable struct {
	Timeline
	site *Site
	lang string
	b    strings.Builder
}

func (w *timelineTable) say(key string, args ...any) string {
	return w.site.Say(w.lang, models.Say(key, args...))
}

func (w *timelineTable) add(parts ...string) {
	for _, p := range parts {
		w.b.WriteString(p)
	}
}

func esc(s string) string { return template.HTMLEscapeString(s) }
