package picture

import (
	"fmt"
	"html/template"
	"strings"

	"samband/models"
)

// Measures of the map as it is at its widest, in pixels.
const (
	mapWidth  = 1216
	smallest  = 9 // a country narrower than this is shown by a dot
	mostNamed = 3 // postings that the tooltip of a country names
)

// A Map is a map to be drawn: the countries by how a state stands there, the
// seats of postings, and threads from these to the side-accredited countries. The
// page must have the same facts in a table, to which the description of the
// picture points.
type Map struct {
	Window Window
	Spots  []models.Spot
	Title  string // of the picture: what it shows
	Say    Say
	// Country names a country, and Posting a posting and whose it is.
	Country func(models.Country) string
	Posting func(*models.Post) string
	// Link returns the address that a country links to, and Seats that of the
	// postings that sit in a place.
	Link, Seats func(models.Place) string
}

// A drawing draws a map as SVG. The countries lie where world.txt puts them; all
// else is measured in pixels of the widest map.
type drawing struct {
	Map
	b      strings.Builder
	box    box
	px     float64 // a pixel, in units
	spots  map[models.Place]models.Spot
	hosted map[models.Place]int // the postings that sit in a place
}

// Draw returns the picture.
func (m Map) Draw() template.HTML {
	p := &drawing{Map: m, box: m.Window.box(), spots: map[models.Place]models.Spot{}, hosted: map[models.Place]int{}}
	p.px = float64(p.box.w) / mapWidth
	for _, a := range m.Spots {
		p.spots[a.Place.Place] = a
		for _, c := range a.Posts {
			if c.Resident {
				p.hosted[a.Place.Place]++
			}
		}
	}
	fmt.Fprintf(&p.b, `<svg class="map" viewBox="%d %d %d %d" role="group" aria-labelledby="map-title" aria-describedby="map-desc">`, p.box.x, p.box.y, p.box.w, p.box.h)
	fmt.Fprintf(&p.b, `<title id="map-title">%s</title><desc id="map-desc">%s</desc>`, esc(m.Title), esc(m.Say.text("map.desc")))
	p.patterns()
	fmt.Fprintf(&p.b, `<path class="grid" d="%s"/>`, world().grid)
	p.ground()
	for _, a := range m.Spots {
		p.spot(a)
	}
	p.threads()
	p.codes()
	for _, a := range m.Spots {
		p.seat(a)
	}
	p.b.WriteString(`</svg>`)
	return template.HTML(p.b.String())
}

// patterns writes the patterns that tell standings apart where colours do not.
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

// fill returns the attribute that fills a spot with the pattern of a standing,
// "" where plain colour does.
func fill(s models.Standing) string {
	if s == models.Resident || s == models.Uncovered {
		return ""
	}
	return fmt.Sprintf(` fill="url(#map-%s)"`, s)
}

// ground draws the countries that are not covered. They link to nothing; pointing
// at one shows its name.
func (p *drawing) ground() {
	p.b.WriteString(`<g class="ground" aria-hidden="true">`)
	lands := world().lands
	for _, c := range models.Countries() {
		at := models.Place{Country: c}
		if _, covered := p.spots[at]; !covered && lands[at].path != "" && lands[at].all.meets(p.box) {
			fmt.Fprintf(&p.b, `<path d="%s"><title>%s</title></path>`, lands[at].path, esc(p.Country(c)))
		}
	}
	p.b.WriteString(`</g>`)
}

// spot draws a country that is covered, with a dot if it is too small to be seen.
func (p *drawing) spot(a models.Spot) {
	l, known := world().lands[a.Place.Place]
	if a.Place.Country == "" || !known || !l.all.meets(p.box) {
		return
	}
	p.link(string(a.Standing), p.Link(a.Place.Place), p.about(a))
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

// about says how a state stands at a place, and by which postings.
func (p *drawing) about(a models.Spot) string {
	var names []string
	for _, c := range a.Posts[:min(len(a.Posts), mostNamed)] {
		names = append(names, p.Posting(c.Post))
	}
	text := p.Say.text("map.place", "place", a.Place, "standing", a.Standing, "postings", strings.Join(names, "; "))
	if more := len(a.Posts) - len(names); more > 0 {
		text += " " + p.Say.text("map.more", "n", more)
	}
	return text
}

// codes writes the codes of the covered countries on them, unless the whole world
// is shown, which leaves no room.
func (p *drawing) codes() {
	if p.Window == World {
		return
	}
	p.b.WriteString(`<g class="codes" aria-hidden="true">`)
	for _, a := range p.Spots {
		l := world().lands[a.Place.Place]
		if a.Place.Country == "" || !(box{l.x, l.y, 0, 0}).meets(p.box) {
			continue
		}
		below := 14.0
		if p.hosted[a.Place.Place] > 0 {
			below = 18
		}
		fmt.Fprintf(&p.b, `<text transform="translate(%d %d) scale(%.3f)" y="%.0f">%s</text>`, l.x, l.y, p.px, below, a.Place.Country)
	}
	p.b.WriteString(`</g>`)
}

// seat marks where postings sit: with a house in a country, and with a diamond
// at an organisation. If there are several, it has their number in it.
func (p *drawing) seat(a models.Spot) {
	n := p.hosted[a.Place.Place]
	l, known := landOf(a.Place)
	if n == 0 || !known || !(box{l.x, l.y, 0, 0}).meets(p.box) {
		return
	}
	key, class, shape := "map.seat", "seat", "M-5-2L0-7 5-2V5H-5z"
	if a.Place.Body != "" {
		key, class, shape = "map.seat_organisation", "seat organisation", "M-7 0L0-7 7 0 0 7z"
	}
	p.link(class+" "+string(a.Standing), p.Seats(a.Place.Place), p.Say.text(key, "place", a.Place, "n", n))
	scale, y := p.px, float64(l.y)
	if p.Window != World {
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
