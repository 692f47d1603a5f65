package e2e

import (
	"strings"
	"testing"
	"time"
)

// A coordinator puts a finding off and takes it up again, with the keyboard
// alone.
func TestPutAFindingOff(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t, "SAMBAND_DEMO=true")
	s.addUser(t, "coordinator", "coordinator", "all")
	b := openAt(t, s.url)
	b.language("en")
	b.signIn("coordinator")
	b.visit("/findings?severity=warning")
	rows := len(b.texts(".queue tbody tr"))
	what := b.text(".queue tbody tr:first-child td:nth-child(3)")
	if rows == 0 {
		t.Fatal("the queue is empty")
	}
	b.enter(`.queue tbody tr:first-child a[href^="/findings/snooze"]`)
	axe(t, b)
	b.screenshot("snooze")
	b.fill("#until", time.Now().AddDate(0, 0, -1).Format("2006-01-02"))
	b.allow("status of 422")
	if status := b.enter("form.record button.main"); status != 422 || len(b.texts(".problems li")) != 2 {
		t.Fatalf("a day that has passed and no reason answer %d: %q", status, b.texts(".problems li"))
	}
	b.fill("#until", time.Now().AddDate(0, 3, 0).Format("2006-01-02"))
	b.fill("#reason", "The board decides in spring")
	if status := b.enter("form.record button.main"); status != 200 {
		t.Fatalf("putting it off answers %d", status)
	}
	if got := b.path(); got != "/findings?severity=warning" {
		t.Errorf("it leads to %s", got)
	}
	if left := len(b.texts(".queue tbody tr")); left != rows-1 || strings.HasPrefix(what, b.text(".queue tbody tr:first-child td:nth-child(3)")) {
		t.Errorf("%d findings are left of %d", left, rows)
	}
	b.enter(`.acts a[href*="snoozed=yes"]`)
	if got := b.texts(".put-off"); len(got) != 1 || !strings.Contains(got[0], "The board decides in spring") {
		t.Errorf("put off are %q", got)
	}
	for _, size := range []size{phone, desk} {
		b.size(size)
		b.fits()
		axe(t, b)
	}
	b.enter(".mending form button")
	b.visit("/findings?severity=warning")
	if left := len(b.texts(".queue tbody tr")); left != rows {
		t.Errorf("%d findings are there again, of %d", left, rows)
	}
	b.everyWay("/findings?severity=warning", "queue")
}
