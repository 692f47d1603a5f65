//go:build ignore

// Gen_world writes world.txt, the outlines of the countries as the map draws
// them, made from Natural Earth by way of the npm package world-atlas, and from
// the numbers of countries in the npm package cldr-core. Its argument is the
// folder that holds the two. To regenerate the file, in an empty folder outside
// this repository:
//
//	npm install world-atlas@2.0.2 cldr-core@48
//
// and then, in this folder, with ATLAS set to the node_modules of that one:
//
//	go generate
//
// The tables at the end hold what is not in the data: the seats of
// organisations, and which pieces of land have a different code here.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
	maps.Copy(fine, at("50m")) // the tiniest countries are only in 10m
	licence, err := os.ReadFile(filepath.Join(folder, "world-atlas/LICENSE"))
	if err != nil {
		log.Fatal(err)
	}
	out := ""
	for line := range strings.Lines(about + strings.TrimSpace(string(licence))) {
		out += strings.TrimRight("# "+line, " \r\n") + "\n"
	}
	out += fmt.Sprintf("size\t%d\t%d\n", width, round(project(point{middle, south}).y))
	out += "grid\t" + grid() + "\n"
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

// numbers returns the codes of countries by their ISO 3166-1 number.
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

// countries returns the rings of each country, projected into the picture: the
// borders of its land, and of what is cut out of it. Antarctica is left out.
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
	for _, code := range slices.Sorted(maps.Keys(rings)) {
		for _, arcs := range joined(rings[code]) {
			ring := a.ring(arcs)
			if cut, ok := cuts[code]; ok {
				if other := half(ring, func(p point) float64 { return cut.lat - p.y }); len(other) > 0 {
					drawn[cut.to] = append(drawn[cut.to], draw(other))
				}
				ring = half(ring, func(p point) float64 { return p.y - cut.lat })
			}
			drawn[code] = append(drawn[code], draw(ring))
		}
	}
	return drawn
}

const about = `Outlines of the countries: made by gen_world.go, not by hand.
Source: Natural Earth, countries at 1:110 million (public domain), as TopoJSON in
the npm package world-atlas 2.0.2; points of those too small for it from the larger
scales, 1:50 and 1:10 million.
Codes: ISO 3166-1 numbers to letters by Unicode CLDR, npm package cldr-core 48.
Added: seats of organisations, and what gen_world.go has in its tables: Northern
Cyprus, Somaliland and Crimea are drawn as parts of CY, SO and UA, Western Sahara
whole as EH, and French Guiana, Svalbard and other far parts by codes of their own.
No border here says whom anybody recognises.
Projection: Natural Earth, 11° E in the middle, whole units. Antarctica is left out.
Lines, tab-separated: size, width, height; grid, path; and then code, x and y of
its middle, path, which is missing for those too small to be drawn.
Licence of world-atlas: ISC, as follows.

`

// gone are codes no longer in use, whose number may now be another's.
var gone = strings.Fields("BU DD FX NH QU RH SU TP UK VD YD YU ZR")

// unnumbered are the codes of land that has no number in the data.
var unnumbered = map[string]string{"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}

// pieces are the pieces of land, in boxes of degrees, that have a different code
// than in the data.
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

// cuts are countries to which the data give land south of a latitude that has a
// different code here: Western Sahara.
var cuts = map[string]struct {
	to  string
	lat float64
}{"MA": {"EH", 27.667}}

// seats are where organisations sit, by their short names: The Hague, Lyon,
// Singapore and Vienna.
var seats = map[string]point{"europol": {4.3, 52.1}, "interpol-lyon": {4.8, 45.8}, "interpol-singapore": {103.8, 1.3}, "unodc": {16.4, 48.2}}
