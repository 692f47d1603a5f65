package e2e

import (
	"strings"
	"testing"
)

// What Finland lost in the last year, and why, is at most two clicks from the front page,
// with the keyboard alone, in both languages; the demo's reader is Finnish.
func TestWhatWasLostAndWhy(t *testing.T) {
	t.Parallel()
	for _, words := range []struct{ language, lost, because string }{{"en", "Lost representation", "Because:"}, {"sv", "Utan företrädare", "Orsak:"}} {
		t.Run(words.language, func(t *testing.T) {
			b := openAs(t, "reader")
			b.language(words.language)
			b.visit("/")
			clicks := 0
			click := func(css string) {
				if status := b.enter(css); status != 200 {
					t.Fatalf("%s answers %d", css, status)
				}
				clicks++
			}
			click(`.turns a[href^="/changes?"]:last-of-type`)
			if got := b.path(); !strings.Contains(got, "state=FI") {
				t.Errorf("it leads to %s", got)
			}
			if got := b.text("#lost-title"); !strings.Contains(got, words.lost) {
				t.Errorf("what was lost is under %q", got)
			}
			because := b.texts("section[aria-labelledby=lost-title] .causes")
			if len(because) == 0 || !strings.Contains(because[0], words.because) {
				t.Errorf("why is %q", because)
			}
			if from, to := b.value("#from"), b.value("#to"); from[4:] != to[4:] && from[:4] == to[:4] {
				t.Errorf("it is from %s to %s", from, to)
			}
			if clicks > 2 {
				t.Errorf("it takes %d clicks", clicks)
			}
			axe(t, b)
		})
	}
}
