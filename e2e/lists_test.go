package e2e

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// A file of all Swedish postings with holder, phone, term, successor, states and
// countries, kept as a view: with the keyboard alone, in both languages.
func TestKeepAViewAndTakeItsFile(t *testing.T) {
	t.Parallel()
	for _, words := range []struct{ language, sweden, name string }{{"en", "Sweden", "Swedish postings"}, {"sv", "Sverige", "Svenska stationeringar"}} {
		t.Run(words.language, func(t *testing.T) {
			b := openAs(t, "coordinator, Sweden")
			b.language(words.language)
			b.visit("/postings")
			b.choose("#sending", words.sweden)
			b.enter(".filters button.main")
			for _, column := range []string{"phone", "term", "represents"} {
				b.tabTo(".tool:has(.columns) summary")
				b.press(kb.Enter)
				b.enter(`.others a[href$="%2C` + column + `&sending=SE&sort=place"], .others a[href*="%2C` + column + `&"]`)
			}
			b.tabTo(".tool:has(.keep) summary")
			b.press(kb.Enter)
			axe(t, b)
			b.fill("#view-name", words.name)
			b.enter("form.keep button")
			if got := b.text("h1"); !strings.HasPrefix(got, words.name) {
				t.Errorf("the view is called %q", got)
			}
			_, content := b.download(`.files a[href*=".csv"]`)
			rows, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
			if err != nil || len(rows) < 20 {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			if want := strings.Fields("place agency status holder until successor covers findings phone term represents"); !slices.Equal(rows[0], want) {
				t.Errorf("the heads are %v", rows[0])
			}
			for _, row := range rows[1:] {
				if row[3] != "" && row[8] == "" {
					t.Errorf("no phone for %v", row)
				}
			}
		})
	}
}

// Two postings are chosen in a list and restricted in one act, which is told before and
// undone with one click.
func TestActOnManyByKeyboard(t *testing.T) {
	t.Parallel()
	for _, words := range []struct{ language, act, undo string }{{"en", "Set the areas", "Undo"}, {"sv", "Ange områden", "Ångra"}} {
		t.Run(words.language, func(t *testing.T) {
			b := openAs(t, "coordinator, Sweden")
			b.language(words.language)
			b.visit("/postings?sending=SE&seating=desk")
			before := b.texts("tbody tr")
			for _, n := range []string{"1", "2"} {
				b.tabTo("tbody tr:nth-child(" + n + ") .choose input")
				b.press(" ")
			}
			b.choose("#bulk-act", words.act)
			b.enter("form.chosen button")
			if got := b.text("h1"); got != words.act {
				t.Fatalf("the form is %q", got)
			}
			axe(t, b)
			b.tabTo(`[id="areas.narcotics"]`)
			b.press(" ")
			b.enter("form.record button.main")
			b.enter("form.record button, form button.main")
			if got := b.text(".done"); !strings.Contains(got, words.undo) {
				t.Errorf("it is told that %q", got)
			}
			b.enter(".done form button")
			b.visit("/postings?sending=SE&seating=desk")
			if got := b.texts("tbody tr"); !slices.Equal(got, before) {
				t.Errorf("the postings are %q, and were %q", got, before)
			}
		})
	}
}
