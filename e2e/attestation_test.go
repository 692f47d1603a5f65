package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A list is confirmed row by row with the keyboard alone: j, k and the arrows move between
// the rows, Enter says that one is right and leads to the next.
func TestConfirmRowByRow(t *testing.T) {
	t.Parallel()
	b := openOwn(t, "SAMBAND_DEMO=true")
	for language, right := range map[string]string{"en": "This is right", "sv": "Stämmer"} {
		b.language(language)
		b.visit("/attestation?state=NO")
		rows := eval[[]string](b, `[...document.querySelectorAll("button.right")].map(one => one.id)`)
		if len(rows) < 4 || b.text("button.right") != right {
			t.Fatalf("%s: the rows are %q, with %q", language, rows, b.text("button.right"))
		}
		axe(t, b)
		at := func(want string) {
			t.Helper()
			if got := eval[string](b, `document.activeElement.id`); got != want {
				t.Errorf("%s: the focus is on %q, not %q", language, got, want)
			}
		}
		b.tabTo("button.right")
		at(rows[0])
		for _, step := range []struct {
			key string
			to  int
		}{{"j", 1}, {kb.ArrowDown, 2}, {"k", 1}, {kb.ArrowUp, 0}, {"j", 1}} {
			b.press(step.key)
			at(rows[step.to])
		}
		b.load("Enter in a row", chromedp.KeyEvent(kb.Enter))
		at(rows[2])
		if got := strings.Join(eval[[]string](b, `[...document.querySelectorAll("button.right")].map(one => one.id)`), " "); strings.Contains(got+" ", rows[1]+" ") {
			t.Errorf("%s: what was confirmed is still asked for", language)
		}
		b.size(phone)
		b.visit("/attestation?state=NO&all=yes")
		b.fits()
		axe(t, b)
		b.size(desk)
	}
}
