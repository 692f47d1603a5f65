package picture

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

var outline = regexp.MustCompile(`^(M\d+ \d+l-?\d+( |-)\d+(( |-)\d+( |-)\d+)*z)+$`)

// Every line of world.txt is a known place in the picture, and no border runs
// straight across it: none is cut where the world ends.
func TestWorld(t *testing.T) {
	w := world()
	lines := 0
	for line := range strings.Lines(worldText) {
		if !strings.HasPrefix(line, "#") {
			lines++
		}
	}
	if want := len(w.lands) + 2; lines != want || w.size != windows[0].box || w.grid == "" {
		t.Errorf("%d lines for %d places, of size %v", lines, len(w.lands), w.size)
	}
	in := func(x, y int) bool { return x >= 0 && x <= w.size.w && y >= 0 && y <= w.size.h }
	for at, l := range w.lands {
		if !at.Country.Valid() && !at.Body.Valid() || !in(l.x, l.y) {
			t.Errorf("%q lies at %d, %d", at, l.x, l.y)
		}
		if l.path == "" {
			continue
		}
		if !outline.MatchString(l.path) {
			t.Errorf("%s has no outline: %.40s", at, l.path)
		}
		for _, ring := range rings(l.path) {
			for i, p := range ring {
				q := ring[(i+1)%len(ring)]
				if dx, dy := p[0]-q[0], p[1]-q[1]; !in(p[0], p[1]) || max(dx, -dx) > w.size.w/10 || max(dy, -dy) > w.size.h/10 {
					t.Errorf("%s goes from %v to %v", at, p, q)
				}
			}
		}
		if !(box{l.x, l.y, 0, 0}).meets(l.all) {
			t.Errorf("the middle of %s, %d, %d, is not in %v", at, l.x, l.y, l.all)
		}
	}
}

// The places that are not on the map are known: Antarctica, and three islands
// that the data have only under another country.
func TestPlacesOffTheMap(t *testing.T) {
	var off []models.Country
	for _, c := range models.Countries() {
		if _, ok := world().lands[models.Place{Country: c}]; !ok {
			off = append(off, c)
		}
	}
	if want := []models.Country{"AQ", "CC", "CX", "TK"}; !slices.Equal(off, want) {
		t.Errorf("off the map are %v, want %v", off, want)
	}
	for _, b := range models.GivenBodies() {
		if _, ok := landOf(models.Named{Place: models.Place{Body: b.Key}, Called: b}); !ok {
			t.Errorf("%s is off the map", b.Key)
		}
	}
	for _, small := range []models.Country{"SG", "MT", "CV", "BH", "HK", "TV", "VA"} {
		if l := world().lands[models.Place{Country: small}]; l.x == 0 || l.path != "" {
			t.Errorf("%s: %+v", small, l)
		}
	}
}

// Countries lie beside each other as they do in the world, and pieces that the
// data give to another are where they belong.
func TestWhereCountriesLie(t *testing.T) {
	at := func(c models.Country) land { return world().lands[models.Place{Country: c}] }
	for _, x := range []struct{ west, east models.Country }{
		{"US", "IS"}, {"IS", "NO"}, {"NO", "SE"}, {"SE", "FI"}, {"FI", "RU"}, {"RU", "JP"}, {"JP", "FJ"}, {"PT", "ES"}, {"FJ", "WS"},
	} {
		if at(x.west).x >= at(x.east).x {
			t.Errorf("%s lies east of %s", x.west, x.east)
		}
	}
	for _, x := range []struct{ north, south models.Country }{{"SE", "DK"}, {"DK", "DE"}, {"EE", "LV"}, {"LV", "LT"}, {"SJ", "NO"}, {"SD", "SS"}, {"SG", "AU"}} {
		if at(x.north).y >= at(x.south).y {
			t.Errorf("%s lies south of %s", x.north, x.south)
		}
	}
	if ua := at("UA"); len(rings(ua.path)) != 1 {
		t.Errorf("Ukraine is in %d pieces: Crimea is not joined to it", len(rings(ua.path)))
	}
	if ma, eh := at("MA").all, at("EH").all; ma.y+ma.h > eh.y+5 {
		t.Error("Morocco is drawn over Western Sahara")
	}
	if at("FR").all.w > 500 || at("GF").path == "" {
		t.Error("France reaches over the ocean")
	}
}
