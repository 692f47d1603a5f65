package views

import (
	"html/template"
	"strconv"
	"strings"

	"samband/models"
	"samband/views/picture"
)

// TimelineWords returns what TimelinePicture shows, in words: a table with a line
// for each stretch of days, by posting. Optional end tags are left out, as there
// may be thousands.
func (s *Site) TimelineWords(lang string, t Timeline) template.HTML {
	w := timelineTable{Timeline: t, site: s, lang: lang}
	w.add(`<table class="terms"><thead><tr>`)
	for _, key := range []string{"timeline.posting", "field.officer", "field.first_day", "field.last_day", "timeline.remark"} {
		w.add(`<th scope="col">`, esc(w.say(key)))
	}
	w.add("</thead>\n")
	for _, posts := range t.groups() {
		for _, p := range posts {
			w.terms(p)
		}
	}
	w.add(`</table>`)
	return template.HTML(w.b.String())
}

// terms writes the lines of one posting.
func (w *timelineTable) terms(p *models.Post) {
	stretches := picture.Stretches(p, w.Shown)
	sending := w.Directory.Sending(p)
	w.add(`<tbody><tr><th scope="rowgroup" rowspan="`, strconv.Itoa(max(1, len(stretches))), `"><a href="/postings/`, strconv.FormatInt(p.ID, 10), `">`,
		esc(w.site.PostingTitle(w.lang, p, sending)), `</a>`)
	if len(stretches) == 0 {
		w.add(`<td colspan="4">`, esc(w.site.Say(w.lang, picture.Absence(p, w.Shown))))
	}
	for i, x := range stretches {
		if i > 0 {
			w.add(`<tr>`)
		}
		w.who(sending, x)
		w.add(`<td>`, x.First.String(), `<td>`, esc(w.site.word(w.lang, x.Last)), `<td>`, esc(w.remark(p, sending, x)))
	}
}

// who writes the cell that says what a stretch is: a holder's name, or that the
// posting is vacant or suspended.
func (w *timelineTable) who(sending models.Agency, x picture.Stretch) {
	switch x.Status {
	case models.Vacant:
		w.add(`<td class="vacant">`, esc(w.say("timeline.vacant")))
		return
	case models.Suspended:
		w.add(`<td class="suspended">`, esc(w.say("timeline.suspended")))
		return
	}
	o := w.Directory.Officer(x.Assignment.OfficerID)
	name := esc(w.site.OfficerName(w.lang, o, sending))
	if o.ID > 0 {
		name = `<a href="/assignments/` + strconv.FormatInt(x.Assignment.ID, 10) + `">` + name + `</a>`
	}
	w.add(`<td>`, name)
	if own := w.Directory.Agency(o.AgencyID).Country; own != sending.Country {
		w.add(` (`, esc(string(own)), `)`)
	}
}

// remark returns what the picture shows of a stretch besides its days.
func (w *timelineTable) remark(p *models.Post, sending models.Agency, x picture.Stretch) string {
	var said []string
	if x.Before != nil {
		key := "timeline.shared"
		if x.Shared > w.Limits.HandoverDays {
			key = "timeline.together"
		}
		said = append(said, w.say(key, "name", w.site.OfficerName(w.lang, w.Directory.Officer(x.Before.OfficerID), sending), "n", x.Shared))
	}
	switch {
	case x.Status == models.Vacant && !x.Last.Open():
		said = append(said, w.say("timeline.days", "n", x.Days()))
	case x.Status == models.Suspended:
		said = append(said, x.Reason)
	case x.Status == models.Held && x.Assignment.PlannedLast != 0 && x.Assignment.PlannedLast != x.Last && !x.Assignment.PlannedLast.Open():
		said = append(said, w.say("timeline.plan", "day", x.Assignment.PlannedLast))
	}
	if x.Status == models.Held {
		for _, a := range x.Assignment.Absences {
			if a.And(x.Period).Days() > 0 {
				said = append(said, w.site.awayInWords(w.lang, w.Directory, p, *x.Assignment, a))
			}
		}
	}
	return strings.Join(said, "; ")
}
