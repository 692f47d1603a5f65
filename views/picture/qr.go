package picture

import (
	"errors"
	"fmt"
	"html/template"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// qrQuiet is the width in modules of the light margin that ISO/IEC 18004 asks
// for on each side of a QR code.
const qrQuiet = 4

// QR returns a QR code of text as SVG, one unit to a module, with label as its
// name for those who do not see it. It is black on white whatever the colours of
// the page, since not every camera reads others. The error correction level is M,
// about 15 %. Text that is too long for the largest code, in general over 2,331
// bytes, is an error, which does not contain the text: it may be a secret.
func QR(text, label string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", errors.New("picture: the text is too long for a QR code")
	}
	size := code.Bounds().Dx()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="qr" viewBox="0 0 %d %[1]d" role="img" aria-label="%s" shape-rendering="crispEdges">`,
		size+2*qrQuiet, esc(label))
	fmt.Fprintf(&b, `<rect class="qr-light" width="%d" height="%[1]d" fill="#fff"/><path class="qr-dark" fill="#000" d="`, size+2*qrQuiet)
	for y := range size {
		for x := 0; x < size; x++ {
			first := x
			for x < size && code.At(x, y) == color.Black {
				x++
			}
			if x > first {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%[3]dz", first+qrQuiet, y+qrQuiet, x-first)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return template.HTML(b.String()), nil
}
