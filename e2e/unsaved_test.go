package e2e

import (
	"strings"
	"testing"
)

// What was typed survives the end of the session, with the keyboard alone; who gives
// it up finds it gone.
func TestWhatWasTypedSurvivesTheSession(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "sv"} {
		b := openOwn(t)
		b.language(language)
		b.visit("/officers/new")
		b.fill("#name", "Åse \"Ö\" Ek")
		b.fill("#note", "half a sentence")
		b.waitFor(`document.querySelector("form.record input[name=unsaved]") !== null`)
		if !eval[bool](b, `fetch("/sign-out", { method: "POST" }).then(() => true)`) {
			t.Fatal("the session does not end")
		}
		b.allow("status of 401")
		if status := b.enter("form.record button.main"); status != 401 || len(b.texts(".notice")) != 1 {
			t.Fatalf("%s: without a session the form is answered %d, with %q", language, status, b.texts(".notice"))
		}
		b.fill("#email", "secretariat@example.org")
		b.fill("#password", password)
		b.enter("form[action='/sign-in'] button.main")
		if b.path() != "/unsaved" || len(b.texts(".unsaved")) != 1 {
			t.Fatalf("%s: signing in leads to %s, with %q", language, b.path(), b.texts(".unsaved"))
		}
		for _, size := range []size{phone, desk} {
			b.size(size)
			b.fits()
			axe(t, b)
		}
		b.screenshot("unsaved-" + language)
		b.enter(".unsaved button.main")
		if got := b.value("#name"); got != "Åse \"Ö\" Ek" || b.value("#note") != "half a sentence" {
			t.Errorf("%s: the form holds %q and %q", language, got, b.value("#note"))
		}
		b.visit("/")
		if got := strings.Join(b.texts(".notice a"), ""); !strings.Contains(got, "1") {
			t.Errorf("%s: the front page says %q", language, got)
		}
		b.enter(".notice a[href='/unsaved']")
		b.enter(".unsaved button.main")
		b.enter(".send a[href]")
		b.waitFor(`location.pathname === "/officers"`)
		b.visit("/unsaved")
		if got := b.texts(".unsaved"); len(got) != 0 {
			t.Errorf("%s: given up, there still is %q", language, got)
		}
	}
}
