package picture

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"samband/models"
)

//go:generate go run gen_world.go gen_world_shape.go $ATLAS

//go:embed world.txt
var worldText string

// A land is a place as the map draws it: its middle, and its outline as an SVG
// path, "" for one too small to be drawn.
type land struct {
	x, y int
	path string
	box  box // around the largest piece of it
	all  box // around all of it
}

// A box is a part of the picture, in its units.
type box struct{ x, y, w, h int }

// meets reports whether two boxes share anything.
func (b box) meets(c box) bool {
	return b.x <= c.x+c.w && c.x <= b.x+b.w && b.y <= c.y+c.h && c.y <= b.y+b.h
}

// world is world.txt, whose beginning says where it comes from and what the
// columns are.
var world = sync.OnceValue(func() (w struct {
	size  box
	grid  string
	lands map[models.Place]land
}) {
	w.lands = map[models.Place]land{}
	for line := range strings.Lines(worldText) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case strings.HasPrefix(line, "#"):
		case cells[0] == "grid":
			w.grid = cells[1]
		default:
			x, _ := strconv.Atoi(cells[1]) // TestWorld checks them all
			y, _ := strconv.Atoi(cells[2])
			if cells[0] == "size" {
				w.size = box{w: x, h: y}
				continue
			}
			at, _ := models.ParsePlace(cells[0])
			l := land{x: x, y: y, box: box{x: x, y: y}, all: box{x: x, y: y}}
			if len(cells) > 3 {
				l.path = cells[3]
				l.box, l.all = boxes(l.path)
			}
			w.lands[at] = l
		}
	}
	return w
})

// landOf returns where a place is on the map, and whether it is on it. A body that
// the map does not know is in the middle of the country of its headquarters.
func landOf(at models.Named) (land, bool) {
	lands := world().lands
	l, known := lands[at.Place]
	if !known && at.Called != nil {
		l, known = lands[models.Place{Country: at.Called.HqCountry}]
	}
	return l, known
}

// boxes returns the box around the largest ring of an outline, and that around all
// of it.
func boxes(path string) (largest, all box) {
	for i, ring := range rings(path) {
		west, north, east, south := ring[0][0], ring[0][1], ring[0][0], ring[0][1]
		for _, p := range ring {
			west, east = min(west, p[0]), max(east, p[0])
			north, south = min(north, p[1]), max(south, p[1])
		}
		b := box{west, north, east - west, south - north}
		if b.w*b.h >= largest.w*largest.h {
			largest = b
		}
		if i == 0 {
			all = b
		}
		x, y := min(all.x, b.x), min(all.y, b.y)
		all = box{x, y, max(all.x+all.w, b.x+b.w) - x, max(all.y+all.h, b.y+b.h) - y}
	}
	return largest, all
}

// rings returns the points of an outline, ring by ring.
func rings(path string) (all [][][2]int) {
	for ring := range strings.SplitSeq(path, "M") {
		if ring == "" {
			continue
		}
		ring = strings.NewReplacer("-", " -", "l", " ", "z", "").Replace(ring)
		numbers := strings.Fields(ring)
		var points [][2]int
		x, y := 0, 0
		for i := 0; i+1 < len(numbers); i += 2 {
			dx, _ := strconv.Atoi(numbers[i])
			dy, _ := strconv.Atoi(numbers[i+1])
			x, y = x+dx, y+dy
			points = append(points, [2]int{x, y})
		}
		all = append(all, points)
	}
	return all
}
