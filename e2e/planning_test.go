package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// A partner steps through the days of the matrix and asks a cell why, with the
// keyboard alone.
func TestStepThroughTheMatrix(t *testing.T) {
	t.Parallel()
	b := openAs(t, "reader")
	b.visit("/coverage?on=2026-11-23")
	if first := b.text(".coverage thead .own"); !strings.Contains(first, "Finland") {
		t.Errorf("the own state's column is %q", first)
	}
	for link, want := range map[string]string{
		`.steps a[href*="2026-11-24"]`: "2026-11-24", `.picker > a[href*="2026-12-23"]`: "2026-12-23", `.steps a[href*="2025-11-23"]`: "2025-11-23",
	} {
		b.visit("/coverage?on=2026-11-23")
		b.openMoreDays()
		b.enter(link)
		if got := b.text("h1"); !strings.Contains(got, want) {
			t.Errorf("%s leads to %q", link, got)
		}
	}
	b.visit("/coverage?on=2026-11-23")
	b.openMoreDays()
	next := eval[string](b, `document.querySelector(".turns b + a").textContent`)
	b.enter(".turns b + a")
	if got := b.text("h1"); !strings.Contains(got, next) {
		t.Errorf("%s leads to %q", next, got)
	}
	place := eval[string](b, `document.querySelector(".coverage td.vacant").closest("tr").querySelector("th").textContent`)
	b.click(".coverage td.vacant a") // TestMatrixByKeyboard goes there with arrows
	if got := b.text("#answer-title"); !strings.HasPrefix(got, place) || len(b.texts(".nobody")) == 0 {
		t.Errorf("the cell of %s leads to %q", place, got)
	}
}

// openMoreDays opens what is folded away beside the day of a picture.
func (b *browser) openMoreDays() {
	b.tabTo(".picker summary")
	b.press(kb.Enter)
}

// A coordinator tries what closing a posting does, keeps it as a plan, and
// discards that, with the keyboard alone.
func TestWhatIfByKeyboard(t *testing.T) {
	t.Parallel()
	b := openAs(t, "coordinator, all five")
	b.visit("/postings?q=bangkok&sending=SE")
	b.enter(`td a[href^="/postings/"]`)
	b.enter(`.acts a[href^="/what-if"]`)
	b.enter(`.act-list a[href*="act=close"]`)
	b.fill("#last_day", "2026-12-31")
	b.enter("form.record button.main")
	if got := strings.Join(b.texts(".steps-list li"), " "); !strings.Contains(got, "2026-12-31") {
		t.Fatalf("the steps are %q", got)
	}
	lost := strings.Join(b.texts(".effects li"), " ")
	if !strings.Contains(lost, "Laos") || !strings.Contains(lost, "Vietnam") {
		t.Errorf("lost are %q", lost)
	}
	axe(t, b)
	b.fill("#name", "Closing Bangkok")
	b.enter(`form[action="/plans"] button`)
	if !strings.HasPrefix(b.path(), "/plans/") || !strings.Contains(b.text("h1"), "Closing Bangkok") {
		t.Fatalf("kept at %s, %q", b.path(), b.text("h1"))
	}
	plan := b.path()
	other := openAs(t, "coordinator, Denmark")
	other.visit(plan)
	if got := strings.Join(other.texts(".effects li"), " "); got != lost {
		t.Errorf("the Dane sees %q, not %q", got, lost)
	}
	b.enter(`form[action$="/discard"] button`)
	if b.path() != "/plans" {
		t.Errorf("discarding leads to %s", b.path())
	}
}
