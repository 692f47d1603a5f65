package views

import (
	"fmt"
	"html/template"
	"math"
	"net/url"
	"slices"
	"strings"

	"samband/models"
)

// Measures of the map as it is at its widest, in pixels.
const (
	mapWidth    = 1216
	smallest    = 9   // a country narrower than that is shown by a dot
	mostNamed   = 3   // postings in what a country says when it is pointed at
	mostThreads = 400 // from seats to the countries at their side
)

// A drawing draws a map as SVG. The countries lie in the places that
// world.txt gives them; all else is measured in pixels of the widest map.
type drawing struct {
	b      strings.Builder
	site   *Site
	lang   string
	m      Map
	box    box
	px     float64 // a pixel, in units
	areas  map[models.Place]models.Area
	hosted map[models.Place]int // the postings that sit in a place
}

// MapPicture draws the countries by how a state stands there, the seats of
// postings, and threads from there to the countries at their side. The same
// facts stand in the table under it, to which its description points.
func (s *Site) MapPicture(lang string, m Map) template.HTML {
	p := &drawing{site: s, lang: lang, m: m, box: m.Window.box(), areas: map[models.Place]models.Area{}, hosted: map[models.Place]int{}}
	p.px = float64(p.box.w) / mapWidth
	for _, a := range m.Areas {
		p.areas[a.Place] = a
		for _, c := range a.Posts {
			if c.Resident {
				p.hosted[a.Place]++
			}
		}
	}
	fmt.Fprintf(&p.b, `<svg class="map" viewBox="%d %d %d %d" role="group" aria-labelledby="map-title" aria-describedby="map-desc">`, p.box.x, p.box.y, p.box.w, p.box.h)
	fmt.Fprintf(&p.b, `<title id="map-title">%s</title><desc id="map-desc">%s</desc>`, esc(p.title()), esc(p.say("map.desc")))
	p.patterns()
	fmt.Fprintf(&p.b, `<path class="grid" d="%s"/>`, world().grid)
	p.ground()
	for _, a := range m.Areas {
		p.area(a)
	}
	p.threads()
	p.codes()
	for _, a := range m.Areas {
		p.seat(a)
	}
	p.b.WriteString(`</svg>`)
	return template.HTML(p.b.String())
}

func (p *drawing) say(key string, args ...any) string {
	return p.site.Say(p.lang, models.Say(key, args...))
}

// title says what the picture shows.
func (p *drawing) title() string {
	switch {
	case p.m.State == "" && p.m.Matter == "":
		return p.say("map.title_any", "day", p.m.On)
	case p.m.State == "":
		return p.say("map.title_matter", "day", p.m.On, "matter", p.m.Matter)
	case p.m.Matter == "":
		return p.say("map.title_state", "day", p.m.On, "state", p.m.State)
	}
	return p.say("map.title", "day", p.m.On, "state", p.m.State, "matter", p.m.Matter)
}

// patterns are those that tell standings apart where colours do not.
func (p *drawing) patterns() {
	p.b.WriteString(`<defs>`)
	for _, x := range []struct{ name, turn, marks string }{
		{"side", "45", `<path d="M0 1.5h6" stroke-width="2"/>`},
		{"both", "45", `<path d="M0 1.5h6" stroke-width="1.2"/>`},
		{"vacant", "45", `<circle cx="3" cy="3" r="1"/>`},
		{"suspended", "0", `<path d="M1.5 0v6" stroke-width="1.8"/>`},
		{"home", "0", `<path d="M0 3h6M3 0v6" stroke-width=".8"/>`},
	} {
		fmt.Fprintf(&p.b, `<pattern id="map-%s" class="by-%s" patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="scale(%.3f) rotate(%s)"><rect width="6" height="6"/>%s</pattern>`,
			x.name, x.name, p.px, x.turn, x.marks)
	}
	p.b.WriteString(`</defs>`)
}

// fill returns the attribute that paints a standing, none where its colour
// does.
func fill(s models.Standing) string {
	if s == models.Resident || s == models.Uncovered {
		return ""
	}
	return fmt.Sprintf(` fill="url(#map-%s)"`, s)
}

// ground draws the countries that are not covered. They lead nowhere; who
// points at one is told its name.
func (p *drawing) ground() {
	p.b.WriteString(`<g class="ground" aria-hidden="true">`)
	lands := world().lands
	for _, c := range models.Countries() {
		at := models.Place{Country: c}
		if _, covered := p.areas[at]; !covered && lands[at].path != "" && lands[at].all.meets(p.box) {
			fmt.Fprintf(&p.b, `<path d="%s"><title>%s</title></path>`, lands[at].path, esc(c.Name(p.lang)))
		}
	}
	p.b.WriteString(`</g>`)
}

// area draws a country that is covered, and one too small to be seen as a dot.
func (p *drawing) area(a models.Area) {
	l, known := world().lands[a.Place]
	if a.Place.Country == "" || !known || !l.all.meets(p.box) {
		return
	}
	p.link(string(a.Standing), p.m.Link(a.Place), p.about(a))
	if l.path != "" {
		fmt.Fprintf(&p.b, `<path d="%s"%s/>`, l.path, fill(a.Standing))
	}
	if p.small(l) {
		fmt.Fprintf(&p.b, `<circle cx="%d" cy="%d" r="%.1f"%s/>`, l.x, l.y, 5*p.px, fill(a.Standing))
	}
	p.b.WriteString(`</a>`)
}

func (p *drawing) small(l land) bool {
	return float64(min(l.box.w, l.box.h)) < smallest*p.px
}

func (p *drawing) link(class, href, title string) {
	fmt.Fprintf(&p.b, `<a class="%s" href="%s"><title>%s</title>`, class, esc(href), esc(title))
}

// about says of a place how it stands, and by which postings.
func (p *drawing) about(a models.Area) string {
	var names []string
	for _, c := range a.Posts[:min(len(a.Posts), mostNamed)] {
		names = append(names, p.site.PostingTitle(p.lang, c.Post.Posting, p.m.Sending(c.Post)))
	}
	text := p.say("map.place", "place", a.Place, "standing", p.site.word(p.lang, a.Standing), "postings", strings.Join(names, ", "))
	if more := len(a.Posts) - len(names); more > 0 {
		text += " " + p.say("map.more", "n", more)
	}
	return text
}

// codes writes their codes on the countries that are covered, where a part of
// the world is large enough for that.
func (p *drawing) codes() {
	if p.m.Window == windows[0].name {
		return
	}
	p.b.WriteString(`<g class="codes" aria-hidden="true">`)
	for _, a := range p.m.Areas {
		l := world().lands[a.Place]
		if a.Place.Country == "" || !(box{l.x, l.y, 0, 0}).meets(p.box) {
			continue
		}
		below := 14.0
		if p.hosted[a.Place] > 0 {
			below = 18
		}
		fmt.Fprintf(&p.b, `<text transform="translate(%d %d) scale(%.3f)" y="%.0f">%s</text>`, l.x, l.y, p.px, below, a.Place.Country)
	}
	p.b.WriteString(`</g>`)
}

// A thread leads from a seat to a country at its side.
type thread struct {
	from, to land
	acts     bool
}

// threads draws thin curves from the seats to the countries at their side,
// unless they are so many that nobody could follow them.
func (p *drawing) threads() {
	lands := world().lands
	var all []thread
	drawn := map[[2]models.Place]bool{}
	for _, a := range p.m.Areas {
		for _, c := range a.Posts {
			host := c.Post.Host()
			from, to := lands[host], lands[a.Place]
			// Twice the same way is one thread, which acts if one of them does.
			if c.Resident || drawn[[2]models.Place{host, a.Place}] || from == (land{}) || to == (land{}) {
				continue
			}
			drawn[[2]models.Place{host, a.Place}] = true
			acts := slices.ContainsFunc(a.Posts, func(o models.AreaPost) bool {
				return !o.Resident && o.Post.Host() == host && o.Status == models.Held
			})
			all = append(all, thread{from, to, acts})
		}
	}
	if len(all) == 0 || len(all) > mostThreads {
		return
	}
	p.b.WriteString(`<g class="threads" aria-hidden="true">`)
	for _, t := range all {
		class := ""
		if !t.acts {
			class = ` class="idle"`
		}
		fmt.Fprintf(&p.b, `<path%s d="%s"/>`, class, t.path())
		fmt.Fprintf(&p.b, `<circle cx="%d" cy="%d" r="%.1f"/>`, t.to.x, t.to.y, 1.6*p.px)
	}
	p.b.WriteString(`</g>`)
}

// path bends the thread a little to the north.
func (t thread) path() string {
	dx, dy := float64(t.to.x-t.from.x), float64(t.to.y-t.from.y)
	if dx < 0 {
		dx, dy = -dx, -dy
	}
	return fmt.Sprintf("M%d %dq%d %d %d %d", t.from.x, t.from.y,
		int(math.Round(float64(t.to.x-t.from.x)/2+dy*.16)), int(math.Round(float64(t.to.y-t.from.y)/2-dx*.16)), t.to.x-t.from.x, t.to.y-t.from.y)
}

// seat marks where postings sit: with a house in a country, and with a diamond
// at an organisation. Their number stands in it if they are several.
func (p *drawing) seat(a models.Area) {
	n := p.hosted[a.Place]
	l, known := world().lands[a.Place]
	if n == 0 || !known || !(box{l.x, l.y, 0, 0}).meets(p.box) {
		return
	}
	key, class, shape := "map.seat", "seat", "M-5-2L0-7 5-2V5H-5z"
	if a.Place.Organisation != "" {
		key, class, shape = "map.seat_organisation", "seat organisation", "M-7 0L0-7 7 0 0 7z"
	}
	v := url.Values{"host": {a.Place.String()}, "on": {p.m.On.String()}, "known": {p.m.Query.Get("known")}}
	p.link(class+" "+string(a.Standing), with("/postings", v, "", ""), p.say(key, "place", a.Place, "n", n))
	scale, y := p.px, float64(l.y)
	if p.m.Window != windows[0].name {
		scale *= 1.3 // there is room
	}
	if a.Place.Country != "" && p.small(l) {
		y -= 10 * scale // the dot stays in sight
	}
	fmt.Fprintf(&p.b, `<g transform="translate(%d %.0f) scale(%.3f)"><path d="%s"/>`, l.x, y, scale, shape)
	if n > 1 {
		fmt.Fprintf(&p.b, `<text y="3.5">%d</text>`, n)
	}
	p.b.WriteString(`</g></a>`)
}

// MapKey draws what the signs of the map mean.
func (s *Site) MapKey(lang string, m Map) template.HTML {
	var b strings.Builder
	px := float64(m.Window.box().w) / mapWidth
	swatch := func(inside, word string) {
		fmt.Fprintf(&b, `<li><svg class="map" viewBox="0 0 %.0f %.0f" width="34" height="20" aria-hidden="true">%s</svg> %s</li>`+"\n", 34*px, 20*px, inside, esc(word))
	}
	mark := func(inside string) string { return fmt.Sprintf(`<g transform="scale(%.3f)">%s</g>`, px, inside) }
	b.WriteString(`<ul class="map-key">` + "\n")
	for _, st := range models.Standings() {
		swatch(fmt.Sprintf(`<g class="%s"><path d="M0 0h%.0fv%.0fH0z"%s/></g>`, st, 34*px, 20*px, fill(st)), s.text(lang, "standing_hint."+string(st)))
	}
	swatch(mark(`<g class="seat resident"><path transform="translate(17 11)" d="M-5-2L0-7 5-2V5H-5z"/></g>`), s.text(lang, "map.key_seat"))
	swatch(mark(`<g class="seat organisation resident"><path transform="translate(17 10)" d="M-7 0L0-7 7 0 0 7z"/></g>`), s.text(lang, "map.key_organisation"))
	swatch(mark(`<g class="threads"><path d="M3 16q12-16 28-4"/><circle cx="31" cy="12" r="1.6"/></g>`), s.text(lang, "map.key_thread"))
	swatch(mark(`<g class="resident"><circle cx="17" cy="10" r="5"/></g>`), s.text(lang, "map.key_small"))
	b.WriteString(`</ul>`)
	return template.HTML(b.String())
}
