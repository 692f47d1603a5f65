package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The map, narrow and wide, light and dark and on paper: without barriers, and
// without scrolling the page sideways.
func TestMap(t *testing.T) {
	t.Parallel()
	b := open(t)
	for i, page := range []struct{ name, path string }{
		{"world", "/map?on=2026-11-23"},
		{"state", "/map?on=2026-11-23&state=FI&matter=customs"},
		{"europe", "/map?on=2026-11-23&region=europe"},
		{"eastern-asia", "/map?on=2026-11-23&region=eastern-asia&state=SE&matter=police"},
		{"africa", "/map?on=2026-11-23&region=africa"},
		{"nothing", "/map?on=1900-01-01"},
	} {
		t.Run(page.name, func(t *testing.T) {
			b := b.lent(t)
			b.language([]string{"en", "sv"}[i%2])
			b.everyWay(page.path, "map-"+page.name)
		})
	}
}

// A reader goes from a country on the map to its row in the table, and with a
// state and a matter chosen to the answer, with the keyboard alone.
func TestFromTheMapToTheAnswer(t *testing.T) {
	t.Parallel()
	b := openAs(t, "reader")
	b.visit("/map?on=2026-11-23")
	b.arrowTo("svg.map a", kb.ArrowRight, `svg.map a[href="#at-ke"]`)
	b.press(kb.Enter)
	if got := b.path(); !strings.HasSuffix(got, "#at-ke") {
		t.Errorf("Kenya leads to %s", got)
	}
	b.choose("#state", "Finland")
	b.choose("#matter", "customs")
	b.enter(".picker > button")
	b.arrowTo("svg.map a", kb.ArrowRight, `svg.map a[href*="place=KE"]`)
	b.load("Enter on Kenya", chromedp.KeyEvent(kb.Enter))
	if got := b.text("#answer-title"); !strings.Contains(got, "Kenya") {
		t.Errorf("Kenya leads to %q", got)
	}
}
