package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestTimelineByKeyboard zooms, moves, filters and follows a bar, by the
// keyboard alone.
func TestTimelineByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.language("en")
	b.visit("/timeline")
	if n := eval[int](b, `document.querySelectorAll(".graph tbody tr:not(.region)").length`); n < 45 {
		t.Errorf("%d postings", n)
	}
	if got := b.text(".zooms [aria-current]"); got != "5 years" {
		t.Errorf("shown at first: %q", got)
	}
	b.enter(".zooms li:nth-child(2) a")
	if got := b.text(".zooms [aria-current]"); got != "1 year" || !strings.Contains(b.path(), "months=12") {
		t.Errorf("zoomed to %q at %s", got, b.path())
	}
	if got := b.text(".today text"); !strings.HasPrefix(got, "today 20") {
		t.Errorf("today is flagged as %q", got)
	}
	before := b.text("h1 small")
	b.enter(".steps a[rel=prev]")
	if got := b.text("h1 small"); got == before || !strings.Contains(b.path(), "months=12") {
		t.Errorf("earlier than %q is %q", before, got)
	}
	b.fill("#q", "bangkok se-police")
	b.enter(".filters button.main")
	if got := b.text(".zooms [aria-current]"); got != "1 year" || !strings.Contains(b.path(), "q=bangkok") {
		t.Errorf("filtering went to %s, showing %q", b.path(), got)
	}
	b.arrowTo(".graph a", kb.ArrowRight, ".graph td a")
	b.load("Enter on a bar", chromedp.KeyEvent(kb.Enter))
	if got := b.text("h1"); !strings.HasPrefix(b.path(), "/assignments/") {
		t.Errorf("the bar leads to %s: %q", b.path(), got)
	}
}
