package picture

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
	"pgregory.net/rapid"
)

// TestQRIsTheCode draws codes of every size, and reads each module back.
func TestQRIsTheCode(t *testing.T) {
	for _, text := range []string{
		"otpauth://totp/Samband:anna.svensson@example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Samband",
		"0123456789", "HELLO WORLD", "räksmörgås ไทย", "", "\xff\x00",
	} {
		checkQR(t, text)
	}
	for n := 1; n <= 2331; n += 97 {
		checkQR(t, strings.Repeat("x", n))
	}
	rapid.Check(t, func(t *rapid.T) { checkQR(t, rapid.String().Draw(t, "text")) })
}

func checkQR(t interface{ Fatalf(string, ...any) }, text string) {
	svg, err := QR(text, "code")
	if err != nil {
		t.Fatalf("%.40q: %v", text, err)
	}
	size, dark, err := readQR(string(svg))
	if err != nil {
		t.Fatalf("%.40q: %v in %s", text, err, svg)
	}
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		t.Fatalf("%.40q: %v", text, err)
	}
	if want := code.Bounds().Dx() + 8; size != want {
		t.Fatalf("%.40q: %d units instead of %d", text, size, want)
	}
	for y := range size {
		for x := range size {
			want := x >= 4 && x < size-4 && y >= 4 && y < size-4 && code.At(x-4, y-4) == color.Black
			if dark[[2]int{x, y}] != want {
				t.Fatalf("%.40q: dark is %t at %d, %d", text, !want, x, y)
			}
		}
	}
}

// A qrPicture is what a browser needs of the picture to draw it.
type qrPicture struct {
	XMLName xml.Name `xml:"svg"`
	ViewBox string   `xml:"viewBox,attr"`
	Role    string   `xml:"role,attr"`
	Label   string   `xml:"aria-label,attr"`
	Crisp   string   `xml:"shape-rendering,attr"`
	Parts   []struct {
		XMLName xml.Name
		Class   string `xml:"class,attr"`
		Fill    string `xml:"fill,attr"`
		Width   int    `xml:"width,attr"`
		Height  int    `xml:"height,attr"`
		D       string `xml:"d,attr"`
	} `xml:",any"`
}

// readQR draws a picture of a white square and black rectangles on it: it
// returns the side of the square, and which units are black.
func readQR(svg string) (size int, dark map[[2]int]bool, err error) {
	var p qrPicture
	if err := xml.Unmarshal([]byte(svg), &p); err != nil {
		return 0, nil, err
	}
	if _, err := fmt.Sscanf(p.ViewBox, "0 0 %d", &size); err != nil || p.ViewBox != fmt.Sprintf("0 0 %d %[1]d", size) {
		return 0, nil, fmt.Errorf("view box %q", p.ViewBox)
	}
	if len(p.Parts) != 2 {
		return 0, nil, fmt.Errorf("%d parts", len(p.Parts))
	}
	light, path := p.Parts[0], p.Parts[1]
	switch {
	case light.XMLName.Local != "rect" || light.Class != "qr-light" || light.Fill != "#fff" || light.Width != size || light.Height != size:
		return 0, nil, fmt.Errorf("ground %+v", light)
	case path.XMLName.Local != "path" || path.Class != "qr-dark" || path.Fill != "#000":
		return 0, nil, fmt.Errorf("path %+v", path)
	case p.Role != "img" || p.Crisp != "crispEdges":
		return 0, nil, fmt.Errorf("role %q, rendering %q", p.Role, p.Crisp)
	}
	dark, err = drawPath(path.D)
	return size, dark, err
}

var rectangle = regexp.MustCompile(`^M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

func drawPath(d string) (map[[2]int]bool, error) {
	dark := map[[2]int]bool{}
	for d != "" {
		m := rectangle.FindString(d)
		var x, y, width, back int
		if _, err := fmt.Sscanf(m, "M%d %dh%dv1h-%dz", &x, &y, &width, &back); err != nil || back != width || width == 0 {
			return nil, fmt.Errorf("no rectangle at the start of %.40q", d)
		}
		for i := range width {
			if dark[[2]int{x + i, y}] {
				return nil, fmt.Errorf("%d, %d is drawn twice", x+i, y)
			}
			dark[[2]int{x + i, y}] = true
		}
		d = d[len(m):]
	}
	return dark, nil
}

// TestQRStandsUpright looks for the three squares by which a camera finds a
// code and its corners.
func TestQRStandsUpright(t *testing.T) {
	svg, err := QR("samband", "code")
	if err != nil {
		t.Fatal(err)
	}
	size, dark, err := readQR(string(svg))
	if err != nil {
		t.Fatal(err)
	}
	for _, corner := range []struct {
		name string
		x, y int
		want bool
	}{{"top left", 4, 4, true}, {"top right", size - 11, 4, true}, {"bottom left", 4, size - 11, true}, {"bottom right", size - 11, size - 11, false}} {
		square := true
		for y := range 7 {
			for x := range 7 {
				ring := max(max(x, 6-x), max(y, 6-y)) - 3 // 0 in the middle
				square = square && dark[[2]int{corner.x + x, corner.y + y}] == (ring != 2)
			}
		}
		if square != corner.want {
			t.Errorf("%s: square is %t", corner.name, square)
		}
	}
}

func TestQRSaysItsLabel(t *testing.T) {
	const label = `Kod för "Åsa" & <O'Brien>`
	svg, err := QR("samband", label)
	if err != nil {
		t.Fatal(err)
	}
	var p qrPicture
	if err := xml.Unmarshal([]byte(svg), &p); err != nil || p.Label != label {
		t.Errorf("label %q, %v", p.Label, err)
	}
	if s := string(svg); strings.Contains(s, "style") || strings.Contains(s, "<O") {
		t.Errorf("style or markup in %s", s)
	}
	r := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		if _, err := r.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestQRTooLong(t *testing.T) {
	svg, err := QR(strings.Repeat("hemlig!!", 292), "code")
	if err == nil || svg != "" {
		t.Fatalf("got %.40q, %v", svg, err)
	}
	if strings.Contains(err.Error(), "hemlig") {
		t.Errorf("the error tells the text: %.80v", err)
	}
}
