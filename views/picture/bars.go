package picture

import (
	"fmt"
	"html/template"
	"strings"
)

// Measures of a picture of bars, in the units of its view box.
const (
	barStep   = 40
	barWidth  = 28
	barsHigh  = 90
	barsBelow = 16 // the labels
	barsAbove = 14 // the numbers
)

// A Bar is one bar of a row: what it is of, in short and in words, and how many.
type Bar struct {
	Label, Title string
	N            int
}

// Bars draws a small bar chart, each bar with its number above it and a label
// below it. The title says what is counted; words beside the picture have to say
// what it shows.
func Bars(title string, bars []Bar) template.HTML {
	most := 1
	for _, b := range bars {
		most = max(most, b.N)
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<svg class="bars" viewBox="0 0 %d %d" role="img"><title>%s</title>`, len(bars)*barStep, barsAbove+barsHigh+barsBelow, esc(title))
	for i, b := range bars {
		x, height := i*barStep+(barStep-barWidth)/2, barsHigh*b.N/most
		top := barsAbove + barsHigh - height
		fmt.Fprintf(&s, `<g><title>%s</title><rect x="%d" y="%d" width="%d" height="%d"/><text class="n" x="%d" y="%d">%d</text><text x="%d" y="%d">%s</text></g>`,
			esc(b.Title), x, top, barWidth, max(height, 1), x+barWidth/2, top-3, b.N, x+barWidth/2, barsAbove+barsHigh+barsBelow-4, esc(b.Label))
	}
	s.WriteString(`</svg>`)
	return template.HTML(s.String())
}
