package e2e

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// Somebody makes a calendar address with the keyboard alone, reads it as a calendar
// program does, and revokes it.
func TestMakeACalendarAddress(t *testing.T) {
	t.Parallel()
	b := openOwn(t, "SAMBAND_DEMO=true")
	b.language("en")
	b.visit("/account")
	b.enter(`dd a[href="/calendars"]`)
	for _, size := range []size{phone, desk} {
		b.size(size)
		b.fits()
		axe(t, b)
	}
	b.tabTo(`input[value="findings"]`)
	b.press(" ")
	b.choose("#of", "Everything")
	b.fill("#current", password)
	if status := b.enter(".record .send button"); status != http.StatusOK {
		t.Fatalf("it is answered %d", status)
	}
	for _, size := range []size{phone, desk} {
		b.size(size)
		b.fits()
		axe(t, b)
	}
	shown := b.text(".once code")
	_, path, found := strings.Cut(shown, "/calendar/")
	if !found {
		t.Fatalf("the address is %q", shown)
	}
	read := func() (status int, body string) {
		answer, err := http.Get(b.base + "/calendar/" + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		all, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(all)
	}
	if status, body := read(); status != http.StatusOK || !strings.HasPrefix(body, "BEGIN:VCALENDAR") || !strings.Contains(body, "SUMMARY:Term ends: ") {
		t.Errorf("it is answered %d: %.300s", status, body)
	}
	b.enter(".act[href='/calendars']")
	if got := b.text("table.lines tbody"); strings.Contains(got, "Findings") || !strings.Contains(got, "Everything I may see") || strings.Contains(got, "never") {
		t.Errorf("it is listed as %q", got)
	}
	b.enter("table.lines form button")
	if status, _ := read(); status != http.StatusNotFound {
		t.Errorf("when it is revoked it is answered %d", status)
	}
}

// Contacts of an answer and of a list go into an address book.
func TestTakeContacts(t *testing.T) {
	t.Parallel()
	b := openOwn(t, "SAMBAND_DEMO=true")
	b.language("en")
	for _, path := range []string{"/represent?state=IS&matter=police&place=VN", "/assignments?state=IS&region=south-eastern-asia&status=held"} {
		b.visit(path)
		b.tabTo(".cards summary")
		b.press("\r")
		for _, size := range []size{phone, desk} {
			b.size(size)
			b.fits()
			axe(t, b)
		}
		name, content := b.download(".cards button")
		if !strings.HasSuffix(name, ".vcf") || !strings.HasPrefix(string(content), "BEGIN:VCARD\r\nVERSION:3.0\r\n") {
			t.Errorf("%s: saved %s: %.200q", path, name, content)
		}
	}
}
