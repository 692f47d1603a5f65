package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// waitFor waits until an expression is true of the page, which changes in place.
func (b *browser) waitFor(expression string) {
	b.t.Helper()
	for until := time.Now().Add(10 * time.Second); !eval[bool](b, expression); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(until) {
			b.t.Fatalf("on %s it never is so that %s", b.path(), expression)
		}
	}
}

// Somebody new gets from the first page to the one who represents Finland in Vietnam
// in customs, with the means to reach him or her on the screen, in few keystrokes.
func TestFromTheQuestionToThePhone(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "sv"} {
		b := openAs(t, "reader")
		b.language(language)
		b.visit("/")
		pressed := 0
		press := func(keys string) {
			b.press(keys)
			pressed += len([]rune(keys))
		}
		skip := func(tabs string) { // by the link that skips what is before
			press(tabs + kb.Enter)
			b.waitFor(`location.hash !== "" && document.activeElement === document.querySelector(location.hash)`)
		}
		skip(kb.Tab)
		press(kb.Tab) // past the header, to the place
		b.waitFor(`document.activeElement.id === "place"`)
		press("viet" + kb.Tab + kb.Tab) // the state is the reader's own
		b.waitFor(`document.activeElement.id === "matter"`)
		press(map[string]string{"en": "c", "sv": "t"}[language])
		b.waitFor(`document.activeElement.value === "customs"`)
		press(kb.Tab)
		b.waitFor(`document.activeElement.id === "on"`)
		b.load("Enter in the question", chromedp.KeyEvent(kb.Enter))
		pressed++
		if got := b.path(); !strings.Contains(got, "state=FI") || !strings.Contains(got, "matter=customs") {
			t.Fatalf("%s: it leads to %s", language, got)
		}
		skip(kb.Tab + kb.Tab)                      // to the answer
		press(kb.Tab + kb.Tab + kb.Tab + kb.Enter) // past who and where
		b.waitFor(`document.querySelector(".opened a") !== null`)
		if got := b.text(".answers .opened"); !strings.Contains(got, "@example.org") {
			t.Errorf("%s: the contacts are %q", language, got)
		}
		if pressed >= 20 {
			t.Errorf("%s: it takes %d keystrokes", language, pressed)
		}
		if !eval[bool](b, `document.activeElement === document.querySelector(".opened a")`) {
			t.Errorf("%s: the focus is not on what was opened", language)
		}
		axe(t, b)
	}
}

// Contacts of several officers open on one page, each cell with what it is for, and
// are copied with a button that says so.
func TestContactsOpenInPlace(t *testing.T) {
	t.Parallel()
	b := openAs(t, "reader")
	b.visit("/assignments?columns=officer,place,email,phone")
	forms := len(b.texts("form.open"))
	if forms < 2 {
		t.Fatalf("%d cells are closed", forms)
	}
	was := b.path()
	for opened := range 2 {
		b.tabTo("form.open button")
		b.press(kb.Enter)
		b.waitFor(`document.activeElement.matches(".opened a")`)
		if left := len(b.texts("form.open")); left >= forms || b.path() != was {
			t.Errorf("after %d are opened, %d of %d are closed on %s", opened+1, left, forms, b.path())
		}
	}
	for _, link := range b.texts("td[data-label=Email] .opened a") {
		if !strings.Contains(link, "@") {
			t.Errorf("a cell for addresses shows %q", link)
		}
	}
	axe(t, b)
	b.tabTo("button.copy")
	eval[int](b, `navigator.clipboard.writeText = async (text) => { window.copied = text; }, 0`)
	b.press(kb.Enter)
	b.waitFor(`document.querySelector("body > [role=status]").textContent.startsWith("Copied: ")`)
	if got := eval[string](b, `window.copied`); got != b.text(".opened a") {
		t.Errorf("what is copied is %q", got)
	}
}
