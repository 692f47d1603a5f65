package picture

import (
	"fmt"
	"math"
	"slices"

	"samband/models"
)

const mostThreads = 400 // if there are more, none is drawn

// A thread leads from a seat to a side-accredited country.
type thread struct {
	from, to land
	acts     bool
}

// threads draws thin curves from the seats to the side-accredited countries,
// unless there are too many to follow.
func (p *drawing) threads() {
	lands := world().lands
	var all []thread
	drawn := map[[2]models.Place]bool{}
	for _, a := range p.Spots {
		for _, c := range a.Posts {
			host := c.Post.Host()
			from, to := lands[host], lands[a.Place.Place]
			// Postings with the same two ends share a thread, which acts if one does.
			if c.Resident || drawn[[2]models.Place{host, a.Place.Place}] || from == (land{}) || to == (land{}) {
				continue
			}
			drawn[[2]models.Place{host, a.Place.Place}] = true
			acts := slices.ContainsFunc(a.Posts, func(o models.SpotPost) bool {
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
