package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A matrix is one tab stop; the arrow keys move in it, and Enter asks why.
func TestMatrixByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.visit("/coverage?on=2026-11-23")
	if n := eval[int](b, `[...document.querySelectorAll("#matrix, #matrix a")].filter(a => a.tabIndex >= 0).length`); n != 1 {
		t.Errorf("the matrix has %d tab stops", n)
	}
	at := func() string {
		return eval[string](b, `(cell => cell ? cell.parentElement.rowIndex + "," + cell.cellIndex : "nowhere")(document.activeElement.closest("td"))`)
	}
	b.tabTo("#matrix a[tabindex='0']")
	first := at()
	for _, step := range []struct {
		key  string
		want string
		with []chromedp.Modifier
	}{
		{kb.ArrowRight, "3,2", nil}, {kb.ArrowRight, "3,3", nil}, {kb.ArrowDown, "4,3", nil}, {kb.ArrowLeft, "4,2", nil}, {kb.ArrowUp, "3,2", nil},
		{kb.End, "3,10", nil}, {kb.ArrowRight, "3,10", nil}, {kb.Home, "3,1", nil}, {kb.ArrowUp, "3,1", nil},
		{kb.End, eval[string](b, `(links => (cell => cell.parentElement.rowIndex + "," + cell.cellIndex)(links[links.length - 1].closest("td")))(document.querySelectorAll("#matrix a"))`), []chromedp.Modifier{chromedp.ModifierCtrl}},
		{kb.Home, first, []chromedp.Modifier{chromedp.ModifierCtrl}}, {kb.ArrowDown, "4,1", nil},
	} {
		b.press(step.key, step.with...)
		if got := at(); got != step.want {
			t.Fatalf("%q leads to %s, want %s", step.key, got, step.want)
		}
	}
	b.press(kb.Tab)
	if at() != "nowhere" && eval[bool](b, `document.activeElement.closest("#matrix") !== null`) {
		t.Error("Tab does not leave the matrix")
	}
	b.press(kb.Tab, chromedp.ModifierShift)
	if got := at(); got != "4,1" {
		t.Errorf("back in the matrix one is at %s", got)
	}
	b.load("Enter on a cell", chromedp.KeyEvent(kb.Enter))
	if !strings.HasPrefix(b.path(), "/represent?") {
		t.Errorf("Enter leads to %s", b.path())
	}
}
