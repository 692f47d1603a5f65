package e2e

import (
	"strings"
	"testing"
)

// A coordinator takes a finding, gives it back, and follows a posting, with the
// keyboard alone.
func TestTakeAFindingAndFollow(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t, "SAMBAND_DEMO=true")
	s.addUser(t, "coordinator", "coordinator", "all")
	b := openAt(t, s.url)
	b.language("en")
	b.signIn("coordinator")
	b.visit("/findings?severity=warning")
	b.enter(".queue tbody tr:first-child .mending form button")
	if got := b.texts(".taken"); len(got) != 1 || !strings.Contains(got[0], "Taken by: you") {
		t.Errorf("taken are %q", got)
	}
	b.visit("/findings?taken=me")
	for _, size := range []size{phone, desk} {
		b.size(size)
		b.fits()
		axe(t, b)
	}
	b.screenshot("taken")
	b.enter(".queue tbody tr:first-child .mending form button")
	if left := len(b.texts(".queue tbody tr")); left != 0 {
		t.Errorf("%d are still taken", left)
	}
	for _, path := range []string{"/represent?state=SE&matter=police&place=VN", "/bodies/opc"} {
		b.visit(path)
		b.enter("form.follow button")
		axe(t, b)
		if got := b.text("form.follow button"); got != "Unfollow" {
			t.Errorf("on %s the button says %q", path, got)
		}
	}
	b.visit("/")
	for _, size := range []size{phone, desk} {
		b.size(size)
		b.fits()
		axe(t, b)
	}
	b.screenshot("followed")
	b.enter(".following form button")
	if got := b.texts(".following li"); len(got) != 1 {
		t.Errorf("followed are %q", got)
	}
}
