package views

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"samband/models"
	"samband/views/picture"
)

// How many years the picture of a body spans, at most before today and after.
const (
	pictureYears = 40
	pictureAhead = 2
	pictureBack  = 10 // if nothing says since when the body exists
)

// bodyPicture draws the history of a body, as a table: what it was called, who took
// the chair, and who took part, each in a row on one scale of days. The page has
// the same facts in words.
func (s *Site) bodyPicture(lang string, b Body, today models.Date) template.HTML {
	drawn := picture.Timeline{Shown: pictured(*b.Body, today), Today: today, Say: s.says(lang)}
	w := bandTable{site: s, lang: lang, drawn: drawn}
	w.add(`<table class="graph bands"><caption class="unseen">`, esc(w.say("body.picture", "first", drawn.Shown.First, "last", drawn.Shown.Last)),
		`</caption><thead><tr><th scope="col">`, esc(w.say("body.picture_row")), `</th><th scope="col">`)
	drawn.Head(&w.b)
	w.add("</th></tr></thead><tbody>\n")
	w.band(w.say("body.life"), s.lived(lang, *cmp.Or(b.Latest, b.Body)), false)
	if len(b.Chairs) > 0 {
		var chairs []picture.Stripe
		for _, c := range slices.Backward(b.Chairs) {
			label := string(c.Place.Country)
			if c.Place.Called != nil {
				label = s.place(lang, c.Place)
			}
			chairs = append(chairs, w.titled(label, s.place(lang, c.Place), c.And(b.Body.Life())))
		}
		w.band(w.say("body.chair"), chairs, false)
	}
	for _, m := range w.byParty(b.Members) {
		var stripes []picture.Stripe
		for _, days := range m.days {
			role := s.word(lang, days.Role)
			stripes = append(stripes, w.titled(role, role, days.And(b.Body.Life())))
		}
		w.band(m.name, stripes, true)
	}
	w.add("</tbody></table>")
	return template.HTML(w.b.String())
}

// pictured returns the days in the picture of a body.
func pictured(b models.Body, today models.Date) models.Period {
	known := b.Founded
	last := min(today.Years(pictureAhead), b.Ended)
	note := func(p models.Period) {
		if p.First != 0 && (known == 0 || p.First < known) {
			known = p.First
		}
		if !p.Last.Open() && p.Last > last && p.Last < today.Years(8) {
			last = p.Last
		}
	}
	for _, m := range b.Members {
		note(m.Period)
	}
	for _, c := range b.Chairs {
		note(c.Period)
	}
	for _, n := range b.Names {
		note(n.Period)
	}
	if known == 0 {
		known = min(last, today).Years(-pictureBack)
	}
	last = min(max(last, known.Years(1)), models.Forever-1)
	return models.Period{First: max(known, last.Years(-pictureYears)), Last: last}
}

// lived returns what the body was called on the days of its life.
func (s *Site) lived(lang string, b models.Body) (stripes []picture.Stripe) {
	w := bandTable{site: s, lang: lang}
	var named []models.Period
	for _, n := range b.Names {
		called := b.On(n.Last)
		named = append(named, n.Period)
		stripes = append(stripes, w.titled(cmp.Or(called.Acronym, s.body(lang, called)), s.body(lang, called), n.And(b.Life())))
	}
	for _, days := range b.Life().Without(named) {
		stripes = append(stripes, w.titled(cmp.Or(b.Acronym, s.body(lang, b)), s.body(lang, b), days))
	}
	slices.SortFunc(stripes, func(a, b picture.Stripe) int { return cmp.Compare(a.First, b.First) })
	return stripes
}

// A bandTable writes a picture of bands as an HTML table.
type bandTable struct {
	site  *Site
	lang  string
	drawn picture.Timeline
	b     strings.Builder
}

func (w *bandTable) say(key string, args ...any) string {
	return w.site.Say(w.lang, models.Say(key, args...))
}

func (w *bandTable) add(parts ...string) {
	for _, p := range parts {
		w.b.WriteString(p)
	}
}

// titled returns a stripe with a short label, and its title with the days.
func (w *bandTable) titled(label, name string, days models.Period) picture.Stripe {
	return picture.Stripe{Period: days, Label: label, Title: name + ", " + w.daysInWords(days)}
}

// daysInWords says when something begins and ends, as far as is known.
func (w *bandTable) daysInWords(days models.Period) string {
	switch {
	case days.First > 0:
		return w.say("period", "first", days.First, "last", days.Last)
	case days.Last.Open():
		return w.say("body.since_unknown")
	}
	return w.say("agency.until", "last", days.Last)
}

func (w *bandTable) band(name string, stripes []picture.Stripe, quiet bool) {
	titles := make([]string, len(stripes))
	for i, s := range stripes {
		titles[i] = s.Title
	}
	w.add(`<tr><th scope="row">`, esc(name), `</th><td>`)
	w.drawn.Band(&w.b, picture.Band{Name: name + ": " + strings.Join(titles, "; "), Bars: stripes, Quiet: quiet})
	w.add("</td></tr>\n")
}

// partyDays are a party that takes part in a body, and its lines by day.
type partyDays struct {
	name string
	days []PartyLine
}

// byParty puts the lines of each party together: the five states first.
func (w *bandTable) byParty(lines []PartyLine) (all []partyDays) {
	ordered := slices.SortedStableFunc(slices.Values(lines), func(a, b PartyLine) int {
		return cmp.Compare(nordicFirst(a.Place.Place), nordicFirst(b.Place.Place))
	})
	at := map[models.Place]int{}
	for _, l := range ordered {
		i, known := at[l.Place.Place]
		if !known {
			i = len(all)
			at[l.Place.Place] = i
			all = append(all, partyDays{name: w.site.place(w.lang, l.Place)})
		}
		all[i].days = append(all[i].days, l)
	}
	for _, p := range all {
		slices.SortFunc(p.days, func(a, b PartyLine) int { return cmp.Compare(a.First, b.First) })
	}
	return all
}

func nordicFirst(at models.Place) int {
	if models.State(at.Country).Valid() {
		return 0
	}
	return 1
}
