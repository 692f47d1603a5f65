package picture

import (
	"fmt"
	"html/template"
	"strings"

	"samband/models"
)

// MapKey draws the key to the signs of a map, at the size that they have in a
// window.
func MapKey(w Window, say Say) template.HTML {
	var b strings.Builder
	px := float64(w.box().w) / mapWidth
	swatch := func(inside, word string) {
		fmt.Fprintf(&b, `<li><svg class="map" viewBox="0 0 %.0f %.0f" width="34" height="20" aria-hidden="true">%s</svg> %s</li>`+"\n", 34*px, 20*px, inside, esc(word))
	}
	mark := func(inside string) string { return fmt.Sprintf(`<g transform="scale(%.3f)">%s</g>`, px, inside) }
	b.WriteString(`<ul class="map-key">` + "\n")
	for _, st := range models.Standings() {
		swatch(fmt.Sprintf(`<g class="%s"><path d="M0 0h%.0fv%.0fH0z"%s/></g>`, st, 34*px, 20*px, fill(st)), say.text("standing_hint."+string(st)))
	}
	swatch(mark(`<g class="seat resident"><path transform="translate(17 11)" d="M-5-2L0-7 5-2V5H-5z"/></g>`), say.text("map.key_seat"))
	swatch(mark(`<g class="seat organisation resident"><path transform="translate(17 10)" d="M-7 0L0-7 7 0 0 7z"/></g>`), say.text("map.key_organisation"))
	swatch(mark(`<g class="threads"><path d="M3 16q12-16 28-4"/><circle cx="31" cy="12" r="1.6"/></g>`), say.text("map.key_thread"))
	swatch(mark(`<g class="resident"><circle cx="17" cy="10" r="5"/></g>`), say.text("map.key_small"))
	b.WriteString(`</ul>`)
	return template.HTML(b.String())
}
