package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"samband/models"
)

const dutyPhrase = "åtta älgar under Öresund"

// looks tries the page in both sizes and both colours.
func (b *browser) looks(name string) {
	b.t.Helper()
	for _, s := range []size{phone, {1280, 800}} {
		b.size(s)
		for _, dark := range []bool{false, true} {
			b.dark(dark)
			b.fits()
			if dark {
				axeColours(b.t, b)
			} else {
				axe(b.t, b)
			}
			b.screenshot(fmt.Sprintf("duty-%s-%d-%t", name, s.width, dark))
		}
	}
	b.dark(false)
}

// takeDutyCopy makes a duty copy of Sweden and returns the folder and name of the file.
func takeDutyCopy(t *testing.T, b *browser) (dir, name string) {
	t.Helper()
	b.visit("/account")
	b.enter(`dd a[href="/duty-copy"]`)
	b.choose("#state", eval[string](b, `document.querySelector("#state option[value=SE]").label`))
	b.enter(".choose > button")
	b.looks("make-" + eval[string](b, `document.documentElement.lang`))
	b.fill("#duty-passphrase", dutyPhrase)
	b.fill("#duty-passphrase_again", dutyPhrase)
	name, content := b.download(".record button")
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, name
}

// unlock opens the copy with the keyboard.
func (b *browser) unlock(phrase string) {
	b.t.Helper()
	b.waitFor(`document.activeElement.id === "passphrase"`)
	b.press(phrase)
	b.press(kb.Enter)
	b.waitFor(`!document.querySelector("#unlock button").disabled`)
}

// Somebody makes a duty copy, opens it from the disk with no server, and finds out who
// represents Sweden, with the keyboard alone; the answers are those of the site.
func TestDutyCopyWithoutANetwork(t *testing.T) {
	t.Parallel()
	site := openOwn(t, "SAMBAND_DEMO=true", "SAMBAND_BANNER=Internal use only")
	site.language("en")
	dir, name := takeDutyCopy(t, site)
	if !strings.HasPrefix(name, "samband-duty-SE-") || !strings.HasSuffix(name, ".html") {
		t.Errorf("it is called %s", name)
	}
	b := openAt(t, "file://"+dir)
	b.visit("/" + name)
	shell := strings.Join(b.texts("body > *"), "\n")
	if !strings.Contains(shell, "Internal use only") || !strings.Contains(shell, "Good until") || !strings.Contains(shell, "invented") || strings.Contains(shell, "Sweden") || strings.Contains(shell, "secretariat") {
		t.Errorf("before it is opened it says %s", shell)
	}
	b.looks("shell")
	b.unlock("not at all the right words")
	if got := b.text("#said"); !strings.HasPrefix(got, "The copy cannot be opened.") {
		t.Errorf("with a wrong passphrase it says %q", got)
	}
	axe(t, b)
	b.screenshot("duty-wrong")
	b.press("a", chromedp.ModifierCtrl)
	b.unlock(dutyPhrase)
	if got := b.text("#state"); got != "Sweden" {
		t.Fatalf("opened it is of %q and says %q", got, b.text("#said"))
	}
	axe(t, b)
	day := b.value("#on")
	for _, tt := range []struct{ typed, place, code string }{{"viet", "Vietnam", "VN"}, {"Thaimaa", "Thailand", "TH"}, {"saigon", "Vietnam", "VN"}, {"Nederländerna", "Netherlands", "NL"},
		{"europol", "Europol", "org:europol"}, {"antarctica", "Antarctica", "AQ"}, {"sverige", "Sweden", "SE"}} {
		b.fill("#place", tt.typed)
		if found := b.texts("#found button"); len(found) == 0 || found[0] != tt.place {
			t.Errorf("%s finds %q", tt.typed, found)
			continue
		}
		b.press(kb.Enter)
		if got := b.text("#asked"); got != tt.place+", "+day+": Sweden, police" {
			t.Errorf("%s leads to %q", tt.typed, got)
		}
		site.visit("/represent?state=SE&matter=police&place=" + tt.code + "&on=" + day)
		ours, theirs := b.texts("#answers .name"), site.texts(".answers .name")
		for i := range theirs {
			if strings.HasPrefix(theirs[i], "Name hidden") || i < len(ours) && ours[i] == "Holder not in this copy" {
				theirs[i], ours[i] = "hidden", "hidden"
			}
		}
		if !slices.Equal(ours, theirs) || tt.code == "VN" && len(ours) == 0 {
			t.Errorf("of %s the copy says %q, the site %q", tt.code, ours, theirs)
		}
		if tt.code == "VN" {
			b.looks("answer")
		}
	}
	b.arrowsAndLinks(t)
	b.closes(t)
	b.folds(t)
	b.expires(t, name)
}

// arrowsAndLinks tries the arrow keys, the other matter and day, links and paper.
func (b *browser) arrowsAndLinks(t *testing.T) {
	t.Helper()
	b.fill("#place", "ma")
	found := b.texts("#found button")
	b.press(kb.ArrowDown)
	b.press(kb.ArrowDown)
	b.press(kb.ArrowUp)
	b.press(kb.ArrowDown)
	b.press(kb.Enter)
	if got := b.text("#asked"); len(found) < 3 || !strings.HasPrefix(got, found[1]+", ") {
		t.Errorf("of %q the arrow keys lead to %q", found, got)
	}
	b.fill("#place", "zzzz")
	if got := b.text("#count"); got != "No place found." {
		t.Errorf("nothing is found: %q", got)
	}
	b.fill("#place", "thailand")
	b.press(kb.Enter)
	b.tabTo("#close")
	b.press(kb.Tab, chromedp.ModifierShift)
	b.press(kb.ArrowRight)
	if got := b.text("#asked"); !strings.HasSuffix(got, ": Sweden, customs") {
		t.Errorf("of the other matter it says %q", got)
	}
	links := eval[[]string](b, `Array.from(document.querySelectorAll("#opened a"), a => a.getAttribute("href").split(":")[0])`)
	if !slices.Contains(links, "tel") || !slices.Contains(links, "mailto") {
		t.Errorf("it links to %q", links)
	}
	if kept := eval[int](b, `localStorage.length + sessionStorage.length`); kept != 0 {
		t.Errorf("it keeps %d things", kept)
	}
	b.paper()
	if shown := strings.Join(append(b.texts("#ask"), b.texts("#found")...), ""); shown != "" {
		t.Errorf("printed it shows %q", shown)
	}
	b.screenshot("duty-paper")
	b.dark(false)
}

// closes tries that nothing is left when it is closed, by hand and by itself.
func (b *browser) closes(t *testing.T) {
	t.Helper()
	left := func() {
		t.Helper()
		if said := b.text("#said"); said != "The copy is closed." || eval[bool](b, `document.body.textContent.includes("Thailand,") || copy !== null || document.querySelector("#opened a") !== null`) {
			t.Errorf("closed it says %q", said)
		}
	}
	b.tabTo("#close")
	b.press(kb.Enter)
	left()
	b.unlock(dutyPhrase)
	eval[int](b, `(now => { Date.now = () => now() + 14 * 60 * 1000; return 0 })(Date.now)`)
	time.Sleep(6 * time.Second)
	if got := b.text("#state"); got != "Sweden" {
		t.Errorf("after 14 minutes it is of %q", got)
	}
	eval[int](b, `(now => { Date.now = () => now() + 2 * 60 * 1000; return 0 })(Date.now)`)
	b.waitFor(`copy === null`)
	left()
}

// folds tries that texts are folded as on the site.
func (b *browser) folds(t *testing.T) {
	t.Helper()
	var names []string
	for _, c := range models.Countries() {
		names = append(names, c.Names()...)
	}
	names = append(names, "Þóra Åse Æbelø", "Œuvre ĐURĐA Łódź ß", "Côte d’Ivoire", "İstanbul ISPARTA ı", "Oʻzbekiston", "대한민국", "ประเทศไทย", "Việt Nam", "  a--b\u00ad c ", "Ελλάς")
	list, err := json.Marshal(names)
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range eval[[]string](b, string(list)+`.map(fold)`) {
		if want := models.Fold(names[i]); got != want {
			t.Errorf("%s is folded to %q, on the site to %q", names[i], got, want)
		}
	}
}

// expires tries that nothing is shown after the last day, at first and while it is open.
func (b *browser) expires(t *testing.T, name string) {
	t.Helper()
	script := `{ const Real = Date; let by = %d; globalThis.later = (days) => { by = days }; globalThis.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(Real.now() + by * 864e5) } } }`
	at := func(days int) {
		if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(script, days)}); err != nil {
			t.Fatal(err)
		}
		b.visit("/" + name)
	}
	at(0)
	b.unlock(dutyPhrase)
	eval[int](b, `later(9), 0`)
	b.waitFor(`copy === null`)
	expired := func() {
		t.Helper()
		if got := b.text("#over"); !strings.HasPrefix(got, "This copy has expired.") || !strings.Contains(got, "a reminder and no protection") || b.text("#unlock") != "" || b.text("#opened") != "" {
			t.Errorf("expired it says %q", b.text("main"))
		}
	}
	expired()
	at(9)
	expired()
	b.looks("expired")
}

// The copy is in the language of its maker.
func TestDutyCopyInSwedish(t *testing.T) {
	t.Parallel()
	site := openOwn(t, "SAMBAND_DEMO=true")
	site.language("sv")
	dir, name := takeDutyCopy(t, site)
	b := openAt(t, "file://"+dir)
	b.visit("/" + name)
	b.unlock(dutyPhrase)
	b.fill("#place", "filipp")
	b.press(kb.Enter)
	if got := b.text("#asked"); !strings.HasPrefix(got, "Filippinerna, ") || !strings.HasSuffix(got, ": Sverige, polis") {
		t.Errorf("it says %q", got)
	}
	b.looks("swedish")
}
