package picture

import (
	"encoding/xml"
	"fmt"
	"testing"
)

// A barsPicture is what a browser needs of the picture to draw it.
type barsPicture struct {
	ViewBox string `xml:"viewBox,attr"`
	Title   string `xml:"title"`
	Bars    []struct {
		Title string `xml:"title"`
		Rect  struct {
			X      int `xml:"x,attr"`
			Y      int `xml:"y,attr"`
			Height int `xml:"height,attr"`
		} `xml:"rect"`
		Texts []string `xml:"text"`
	} `xml:"g"`
}

// TestBars reads pictures back: the bars stand on one line, side by side, as
// high as their numbers, the highest number being the full height, and each
// says its label, its number and its title.
func TestBars(t *testing.T) {
	for _, numbers := range [][]int{nil, {0}, {7}, {0, 0}, {1, 2, 3, 9, 0, 12}, {90, 45, 1}, {1_000_000, 1, 0}} {
		var bars []Bar
		most := 1
		for i, n := range numbers {
			bars = append(bars, Bar{Label: fmt.Sprintf("<%d>", i), Title: fmt.Sprintf(`%d & "more"`, i), N: n})
			most = max(most, n)
		}
		var p barsPicture
		if err := xml.Unmarshal([]byte(Bars("<b> & co", bars)), &p); err != nil {
			t.Fatal(err)
		}
		if p.Title != "<b> & co" || len(p.Bars) != len(bars) || p.ViewBox != fmt.Sprintf("0 0 %d %d", 40*len(bars), 120) {
			t.Errorf("%v: %q with %d bars in %s", numbers, p.Title, len(p.Bars), p.ViewBox)
		}
		for i, bar := range p.Bars {
			high := 90 * numbers[i] / most
			if bar.Rect.X != 40*i+6 || bar.Rect.Y != 104-high || bar.Rect.Height != max(high, 1) {
				t.Errorf("%v: bar %d is %+v, want one of %d", numbers, i, bar.Rect, high)
			}
			if bar.Title != bars[i].Title || len(bar.Texts) != 2 || bar.Texts[0] != fmt.Sprint(numbers[i]) || bar.Texts[1] != bars[i].Label {
				t.Errorf("%v: bar %d says %q and %q", numbers, i, bar.Title, bar.Texts)
			}
		}
	}
}
