//go:build ignore

// Gen_world writes world.txt, the outlines of the countries as the map draws
// them, made from Natural Earth by way of the npm package world-atlas, and from
// the numbers of countries in the npm package cldr-core. Its argument is the
// folder that holds the two. To make the file anew, in an empty folder outside
// this repository:
//
//	npm install world-atlas@2.0.2 cldr-core@48
//
// and then, in this folder, with ATLAS set to the node_modules of the other:
//
//	go generate
//
// The tables at the end hold what is not in the data: the seats of
// organisations, and which pieces of land are given another code than there.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
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

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen_world: ")
	if len(os.Args) != 2 || os.Args[1] == "" {
		log.Fatal("give the folder that holds world-atlas and cldr-core (go generate: set ATLAS to it)")
	}
	folder := os.Args[1]
	codes := numbers(filepath.Join(folder, "cldr-core/supplemental/codeMappings.json"))
	at := func(scale string) map[string][][]point {
		return readAtlas(filepath.Join(folder, "world-atlas/countries-"+scale+".json")).countries(codes)
	}
	coarse, fine := at("110m"), at("10m")
	maps.Copy(fine, at("50m")) // whose tiniest countries are only in the other
	licence, err := os.ReadFile(filepath.Join(folder, "world-atlas/LICENSE"))
	if err != nil {
		log.Fatal(err)
	}
	out := ""
	for line := range strings.Lines(about + strings.TrimSpace(string(licence))) {
		out += strings.TrimRight("# "+line, " \r\n") + "\n"
	}
	out += fmt.Sprintf("size\t%d\t%d\n", width, round(project(point{middle, south}).y))
	out += "grid\t" + grid() + "\nedge\t" + path([][]point{outline()}) + "\n"
	for _, name := range slices.Sorted(maps.Keys(seats)) {
		at := project(seats[name])
		out += fmt.Sprintf("org:%s\t%d\t%d\n", name, round(at.x), round(at.y))
	}
	for _, code := range slices.Sorted(maps.Keys(fine)) {
		drawn := coarse[code] // nothing where the country is too small to be drawn
		at := label(fine[code])
		if len(drawn) > 0 {
			at = label(drawn)
		}
		out += strings.TrimRight(fmt.Sprintf("%s\t%d\t%d\t%s", code, round(at.x), round(at.y), path(drawn)), "\t") + "\n"
	}
	if err := os.WriteFile("world.txt", []byte(out), 0o644); err != nil {
		log.Fatal(err)
	}
}

// A point is a place in degrees east and north, or once it is projected one in
// the picture, right and down.
type point struct{ x, y float64 }

// numbers returns the codes of countries by their ISO number.
func numbers(file string) map[string]string {
	var core struct {
		Supplemental struct {
			CodeMappings map[string]struct {
				Numeric string `json:"_numeric"`
			}
		}
	}
	read(file, &core)
	codes := map[string]string{}
	for code, m := range core.Supplemental.CodeMappings {
		if len(code) == 2 && m.Numeric != "" && !slices.Contains(gone, code) {
			codes[m.Numeric] = code
		}
	}
	return codes
}

// An atlas is a file of TopoJSON: borders that two countries share are in it
// once, as an arc, and an area is a list of arcs; ^i is arc i backwards.
type atlas struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]int
	Objects   struct {
		Countries struct {
			Geometries []struct {
				Type, ID   string
				Arcs       json.RawMessage
				Properties struct{ Name string }
			}
		}
	}
	lines [][]point
}

func readAtlas(file string) *atlas {
	a := new(atlas)
	read(file, a)
	for _, arc := range a.Arcs {
		var line []point
		x, y := 0, 0
		for _, step := range arc {
			x, y = x+step[0], y+step[1]
			line = append(line, point{float64(x)*a.Transform.Scale[0] + a.Transform.Translate[0],
				float64(y)*a.Transform.Scale[1] + a.Transform.Translate[1]})
		}
		a.lines = append(a.lines, line)
	}
	return a
}

func read(file string, to any) {
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, to)
	}
	if err != nil {
		log.Fatal(file, ": ", err)
	}
}

// countries returns the rings of each country, in the picture: the borders of
// its land, and of what is cut out of it. Antarctica is left out.
func (a *atlas) countries(codes map[string]string) map[string][][]point {
	rings := map[string][][]int{}
	for _, g := range a.Objects.Countries.Geometries {
		code := codes[g.ID]
		if other, ok := unnumbered[g.Properties.Name]; ok {
			code = other
		}
		if code == "" || code == "AQ" {
			continue
		}
		text := string(g.Arcs)
		if g.Type == "Polygon" {
			text = "[" + text + "]"
		}
		var areas [][][]int
		if err := json.Unmarshal([]byte(text), &areas); err != nil {
			log.Fatal(err)
		}
		for _, area := range areas {
			owner := code
			for _, p := range pieces {
				if p.from == code && a.inside(area[0], p.west, p.south, p.east, p.north) {
					owner = p.to
				}
			}
			rings[owner] = append(rings[owner], area...)
		}
	}
	drawn := map[string][][]point{}
	for code, list := range rings {
		for _, ring := range joined(list) {
			drawn[code] = append(drawn[code], a.draw(ring))
		}
	}
	return drawn
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

// joined makes one ring of two that share a border.
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

// draw projects a ring. One that crosses the meridian of 180° stays in one
// piece, on the side where more of it lies.
func (a *atlas) draw(arcs []int) []point {
	ring := a.ring(arcs)
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

// outline returns the edge of the world.
func outline() (edge []point) {
	for lat := south; lat <= north; lat += 3 {
		edge = append(edge, project(point{180 + middle, lat}))
	}
	for lat := north; lat >= south; lat -= 3 {
		edge = append(edge, project(point{-180 + middle, lat}))
	}
	return edge
}

// grid returns the meridians and parallels at each 30 degrees.
func grid() (d string) {
	for lon := -150.0; lon <= 180; lon += 30 {
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

// path writes rings as SVG does, in whole units, each point from the one before.
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
	return strings.ReplaceAll(b.String(), " -", "-") // a minus parts numbers too
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

// distance returns how far a point lies from a ring, less than nothing outside.
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

const about = `Outlines of the countries: made by gen_world.go, not by hand.
Source: Natural Earth, countries at 1:110 million (public domain), as TopoJSON in
the npm package world-atlas 2.0.2; points of those too small for it from the larger
scales, 1:50 and 1:10 million.
Codes: ISO 3166-1 numbers to letters by Unicode CLDR, npm package cldr-core 48.
Added: seats of organisations, and what gen_world.go has in its tables: Northern
Cyprus, Somaliland and Crimea are drawn as parts of CY, SO and UA, and French
Guiana, Svalbard and other far parts by codes of their own. No border here says
whom anybody recognises.
Projection: Natural Earth, 11° E in the middle, whole units. Antarctica is left out.
Lines, tab-separated: size, width, height; grid and edge, path; and then code, x
and y of its middle, path, which is missing for those too small to be drawn.
Licence of world-atlas: ISC, as follows.

`

// gone are codes no longer in use, whose number may be that of another.
var gone = strings.Fields("BU DD FX NH QU RH SU TP UK VD YD YU ZR")

// unnumbered are the codes of land that has no number in the data.
var unnumbered = map[string]string{"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}

// pieces of land in a box of degrees that have another code than in the data.
var pieces = []struct {
	from, to                 string
	west, south, east, north float64
}{
	{"RU", "UA", 32, 44, 37, 46.5}, // Crimea
	{"FR", "GF", -56, 1, -50, 7},   // French Guiana
	{"FR", "GP", -62, 15.7, -60.9, 16.7},
	{"FR", "MQ", -61.4, 14.2, -60.7, 15},
	{"FR", "RE", 55, -21.6, 56, -20.7},
	{"FR", "YT", 45, -13.2, 45.4, -12.5},
	{"NL", "BQ", -68.6, 12, -68, 12.4}, // Bonaire
	{"NO", "SJ", -10, 70, 40, 82},      // Svalbard and Jan Mayen
	{"NO", "BV", 3, -55, 4, -54},
}

// seats are where organisations sit, by their short names: The Hague, Lyon,
// Singapore and Vienna.
var seats = map[string]point{"europol": {4.3, 52.1}, "interpol-lyon": {4.8, 45.8}, "interpol-singapore": {103.8, 1.3}, "unodc": {16.4, 48.2}}
