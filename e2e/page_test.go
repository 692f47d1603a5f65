package e2e

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// text returns the text that a reader sees in the first element that matches a
// CSS selector. There must be one.
func (b *browser) text(css string) string {
	b.t.Helper()
	texts := b.texts(css)
	if len(texts) == 0 {
		b.t.Fatalf("%s has no %s", b.path(), css)
	}
	return texts[0]
}

// texts returns the texts of all elements that match a CSS selector, in the
// order of the page; of one that is not shown, nothing.
func (b *browser) texts(css string) []string {
	b.t.Helper()
	return eval[[]string](b, `Array.from(document.querySelectorAll(`+strconv.Quote(css)+`),
		e => e.checkVisibility() || e.closest("head") ? (e.innerText ?? e.textContent).trim() : "")`)
}

// value returns what is filled in at the first element that matches a CSS
// selector: of a tick box "true" or "false".
func (b *browser) value(css string) string {
	b.t.Helper()
	b.text(css) // there must be one
	return eval[string](b, `(e => e.type === "checkbox" || e.type === "radio" ? String(e.checked) : e.value)(`+
		`document.querySelector(`+strconv.Quote(css)+`))`)
}

// path returns where the tab is: path, query and fragment.
func (b *browser) path() string {
	b.t.Helper()
	return eval[string](b, `location.pathname + location.search + location.hash`)
}

// fits fails the test if the page is wider than the window, so that a reader
// would have to scroll sideways, or if a text is squeezed into a column of a few
// letters.
func (b *browser) fits() {
	b.t.Helper()
	if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		widest := eval[string](b, `Array.from(document.body.querySelectorAll("*")).reduce((a, e) =>
			e.getBoundingClientRect().right > a.getBoundingClientRect().right ? e : a).outerHTML.slice(0, 200)`)
		b.t.Errorf("%s is %d pixels wider than the window, as far as to %s", b.path(), over, widest)
	}
	squeezed := eval[string](b, `Array.from(document.querySelectorAll("main li, main p, main dd, main td, main .hint")).filter(e =>
		!e.closest("svg, .scroll, .unseen") && e.checkVisibility() && e.textContent.trim().length > 8 && e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().width < 40 &&
		e.getBoundingClientRect().height > 60).map(e => e.outerHTML.slice(0, 200))[0] || ""`)
	if squeezed != "" {
		b.t.Errorf("%s squeezes a text: %s", b.path(), squeezed)
	}
}

// press presses keys: text, or those of package kb such as kb.Tab and
// kb.Enter, with modifiers such as chromedp.ModifierShift held down.
func (b *browser) press(keys string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...)))
}

// tabTo presses Tab until the first element that matches a CSS selector has
// the focus. An element that the keyboard does not reach fails the test.
func (b *browser) tabTo(css string) {
	b.t.Helper()
	b.text(css) // there must be one
	// The stops on the way are counted first, so that a long way is not asked about
	// at each of them. A date field has more than one.
	away := `(to => document.activeElement === to ? 0 : Math.max(1, Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary")).filter(e =>
		e.tabIndex >= 0 && !e.disabled && !["hidden", "radio"].includes(e.type) && e.checkVisibility() &&
		document.activeElement.compareDocumentPosition(e) & 4 && e.compareDocumentPosition(to) & 4).length))(document.querySelector(` + strconv.Quote(css) + `))`
	for pressed := 0; pressed < 500; {
		n := eval[int](b, away)
		if n == 0 {
			return
		}
		b.press(strings.Repeat(kb.Tab, n))
		pressed += n
	}
	b.t.Fatalf("the keyboard does not reach %s on %s", css, b.path())
}

// arrowTo goes to the one tab stop among the elements that match from, and presses an
// arrow key until the first one that matches to has the focus.
func (b *browser) arrowTo(from, arrow, to string) {
	b.t.Helper()
	b.tabTo(from + "[tabindex='0']")
	for range 300 {
		if eval[bool](b, `document.activeElement === document.querySelector(`+strconv.Quote(to)+`)`) {
			return
		}
		b.press(arrow)
	}
	b.t.Fatalf("the arrow keys do not reach %s on %s", to, b.path())
}

// fill goes to a field by the keyboard and types over what it holds.
func (b *browser) fill(css, text string) {
	b.t.Helper()
	b.tabTo(css)
	b.press("a", chromedp.ModifierCtrl)
	b.press(kb.Delete)
	b.press(text)
	if got := b.value(css); got != text {
		b.t.Fatalf("%s holds %q after typing %q", css, got, text)
	}
}

// choose goes to a list of choices by the keyboard and types how the choice
// begins.
func (b *browser) choose(css, label string) {
	b.t.Helper()
	b.tabTo(css)
	b.press(label)
	got := eval[string](b, `document.querySelector(`+strconv.Quote(css)+`).selectedOptions[0].label.trim()`)
	if !strings.HasPrefix(got, label) {
		b.t.Fatalf("%s has %q chosen after typing %q", css, got, label)
	}
}

// enter goes to an element by the keyboard, presses Enter, waits for the page
// that follows, and returns its status.
func (b *browser) enter(css string) int {
	b.t.Helper()
	b.tabTo(css)
	return b.load("Enter on "+css, chromedp.KeyEvent(kb.Enter))
}

// click clicks on an element with the mouse, waits for the page that follows,
// and returns its status.
func (b *browser) click(css string) int {
	b.t.Helper()
	b.text(css) // there must be one
	return b.load("a click on "+css, chromedp.Click(chromedp.CSS(css)))
}

// download goes to a link by the keyboard, presses Enter, and returns the file
// that the browser saves and the name that it is offered under.
func (b *browser) download(css string) (name string, content []byte) {
	b.t.Helper()
	dir := b.t.TempDir()
	params := cdpbrowser.SetDownloadBehaviorParams{
		Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir,
		BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID, EventsEnabled: new(true),
	}
	if _, err := chromedp.CallBrowser(b.ctx, cdpbrowser.SetDownloadBehavior, params); err != nil {
		b.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.ctx, loading)
	defer cancel()
	saved := make(chan string, 1)
	names := map[string]string{} // by download: other tabs may have theirs at the same time
	err := chromedp.ListenBrowser(ctx, func(event any) {
		switch e := event.(type) {
		case *cdpbrowser.EventDownloadWillBegin:
			names[e.GUID] = e.SuggestedFilename
		case *cdpbrowser.EventDownloadProgress:
			if e.State == cdpbrowser.DownloadProgressStateCompleted && filepath.Dir(e.FilePath) == dir {
				name = names[e.GUID]
				saved <- e.FilePath
			}
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.tabTo(css)
	b.press(kb.Enter)
	select {
	case file := <-saved:
		if content, err = os.ReadFile(file); err != nil {
			b.t.Fatal(err)
		}
	case <-time.After(loading):
		b.t.Fatalf("Enter on %s saved no file", css)
	}
	return name, content
}
