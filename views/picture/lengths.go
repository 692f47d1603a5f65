package picture

import (
	"fmt"
	"html/template"
	"strings"
)

// Measures of a picture of lengths, in the units of its view box.
const (
	lengthsWide = 320
	lengthStep  = 32
	lengthHigh  = 9 // of a bar
	lengthText  = 13
)

// A Length is one bar of a picture: what it is of, how much that is in words, and in
// numbers. A hollow one is of another sort, which its label says too.
type Length struct {
	Label, Value string
	N            float64
	Hollow       bool
}

// Lengths draws horizontal bars under each other, each below its label and its value, so
// that long labels have room on a narrow screen. Numbers below 0 are drawn as 0. A table
// beside the picture has to say the same.
func Lengths(title string, bars []Length) template.HTML {
	most := 0.0
	for _, b := range bars {
		most = max(most, b.N)
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<svg class="lengths" viewBox="0 0 %d %d" role="img"><title>%s</title>`, lengthsWide, len(bars)*lengthStep, esc(title))
	for i, b := range bars {
		y, long, class := i*lengthStep, 0.0, ""
		if most > 0 {
			long = (lengthsWide - 2) * max(b.N, 0) / most
		}
		if b.Hollow {
			class = ` class="hollow"`
		}
		fmt.Fprintf(&s, `<g%s><text x="0" y="%d">%s</text><text class="n" x="%d" y="%d">%s</text><rect x="1" y="%d" width="%.1f" height="%d"/></g>`,
			class, y+lengthText, esc(b.Label), lengthsWide, y+lengthText, esc(b.Value), y+lengthText+5, max(long, 1), lengthHigh)
	}
	s.WriteString(`</svg>`)
	return template.HTML(s.String())
}
