//go:build ignore

package main

// The geometry of gen_world.go.

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	width    = 10000 // of the picture, in whole units
	middle   = 11.0  // the meridian in the middle: both ends then lie in the Bering Strait
	north    = 84.0
	south    = -57.0
	fineness = 40 // steps across a piece of land in the search for its middle
)

// A point is in degrees east and north, or once projected in units of the
// picture, right and down.
type point struct{ x, y float64 }

// half returns the part of a ring on the side of a line where the distance from
// it is not negative.
func half(ring []point, from func(point) float64) (kept []point) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		dp, dq := from(p), from(q)
		if dp >= 0 {
			kept = append(kept, p)
		}
		if dp*dq < 0 {
			kept = append(kept, point{p.x + (q.x-p.x)*dp/(dp-dq), p.y + (q.y-p.y)*dp/(dp-dq)})
		}
	}
	return kept
}

func (a *atlas) ring(arcs []int) (ring []point) {
	for _, i := range arcs {
		line := slices.Clone(a.lines[max(i, ^i)])
		if i < 0 {
			slices.Reverse(line)
		}
		ring = append(ring, line[:len(line)-1]...) // the next one begins with its last
	}
	return ring
}

func (a *atlas) inside(arcs []int, west, south, east, north float64) bool {
	return !slices.ContainsFunc(a.ring(arcs), func(p point) bool { return p.x < west || p.x > east || p.y < south || p.y > north })
}

// joined makes one ring of any two that share a border.
func joined(rings [][]int) [][]int {
	for i, r := range rings {
		for j, q := range rings[i+1:] {
			for k, arc := range r {
				at := slices.Index(q, ^arc)
				if at < 0 {
					continue
				}
				var both []int
				for _, arc := range slices.Concat(r[:k], q[at+1:], q[:at], r[k+1:]) {
					if n := len(both); n > 0 && both[n-1] == ^arc {
						both = both[:n-1] // there and back again
					} else {
						both = append(both, arc)
					}
				}
				rest := slices.Delete(slices.Clone(rings), i+1+j, i+2+j)
				rest[i] = both
				return joined(rest)
			}
		}
	}
	return rings
}

// draw projects a ring in place. One that crosses the 180° meridian stays in one
// piece, on the side where more of it lies.
func draw(ring []point) []point {
	sum := 0.0
	for i := range ring {
		if i > 0 {
			ring[i].x -= 360 * math.Round((ring[i].x-ring[i-1].x)/360)
		}
		sum += ring[i].x
	}
	shift := -360 * math.Round((sum/float64(len(ring))-middle)/360)
	for i, p := range ring {
		ring[i] = project(point{p.x + shift, p.y})
	}
	return ring
}

// project places a point by the Natural Earth projection of Tom Patterson, in
// the polynomial form of Šavrič, Jenny and others (2011).
func project(p point) point {
	scale := width / (2 * math.Pi * 0.8707)
	at := func(lon, lat float64) point {
		b := lat * lat
		b4 := b * b
		return point{lon * (0.8707 - 0.131979*b + b4*(-0.013791+b4*(0.003971*b-0.001529*b4))),
			lat * (1.007226 + b*(0.015085+b4*(-0.044475+0.028874*b-0.005916*b4)))}
	}
	rad := math.Pi / 180
	q := at((p.x-middle)*rad, p.y*rad)
	return point{width/2 + q.x*scale, (at(0, north*rad).y - q.y) * scale}
}

// grid returns the path of the meridians and parallels, every 30 degrees, and of
// the edges of the world.
func grid() (d string) {
	for _, lon := range []float64{middle - 180, -150, -120, -90, -60, -30, 0, 30, 60, 90, 120, 150, 180, middle + 180} {
		var line []point
		for lat := south; lat <= north; lat += 3 {
			line = append(line, project(point{lon, lat}))
		}
		d += strings.TrimSuffix(path([][]point{line}), "z")
	}
	for lat := -30.0; lat < north; lat += 30 {
		ends := []point{project(point{-180 + middle, lat}), project(point{180 + middle, lat})}
		d += strings.TrimSuffix(path([][]point{ends}), "z")
	}
	return d
}

// path writes rings as an SVG path, in whole units, each point relative to the one
// before.
func path(rings [][]point) string {
	var b strings.Builder
	for _, ring := range rings {
		var x, y int
		for i, p := range ring {
			dx, dy := round(p.x)-x, round(p.y)-y
			x, y = x+dx, y+dy
			switch {
			case i == 0:
				fmt.Fprintf(&b, "M%d %d", dx, dy)
			case i == 1:
				fmt.Fprintf(&b, "l%d %d", dx, dy)
			case dx != 0 || dy != 0:
				fmt.Fprintf(&b, " %d %d", dx, dy)
			}
		}
		b.WriteString("z")
	}
	return strings.ReplaceAll(b.String(), " -", "-") // a minus separates numbers too
}

func round(v float64) int { return int(math.Round(v)) }

// label returns the point of the largest piece of land that lies farthest from
// its border.
func label(rings [][]point) (best point) {
	land := slices.MaxFunc(rings, func(a, b []point) int { return cmp.Compare(size(a), size(b)) })
	west, east, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range land {
		west, east, top, bottom = min(west, p.x), max(east, p.x), min(top, p.y), max(bottom, p.y)
	}
	far := math.Inf(-1)
	for i := range fineness {
		for j := range fineness {
			p := point{west + (east-west)*(float64(i)+.5)/fineness, top + (bottom-top)*(float64(j)+.5)/fineness}
			if d := distance(land, p); d > far {
				best, far = p, d
			}
		}
	}
	return best
}

func size(ring []point) float64 {
	sum := 0.0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.x*q.y - q.x*p.y
	}
	return math.Abs(sum)
}

// distance returns how far a point lies from a ring, negative outside it.
func distance(ring []point, p point) float64 {
	near, in := math.Inf(1), false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
		t := 0.0
		if l := (b.x-a.x)*(b.x-a.x) + (b.y-a.y)*(b.y-a.y); l > 0 {
			t = min(max(((p.x-a.x)*(b.x-a.x)+(p.y-a.y)*(b.y-a.y))/l, 0), 1)
		}
		near = min(near, math.Hypot(p.x-a.x-t*(b.x-a.x), p.y-a.y-t*(b.y-a.y)))
	}
	if in {
		return near
	}
	return -near
}
