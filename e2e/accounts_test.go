package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/pquerna/otp/totp"
)

func TestSetUpASite(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t)
	link := regexp.MustCompile(`/set-up\?token=\S+`).FindString(s.said())
	if link == "" {
		t.Fatalf("no link to set the site up: %s", s.said())
	}
	b := openAt(t, s.url)
	b.visit(link)
	b.fill("#email", "first@example.org")
	b.fill("#password", "password1234")
	b.fill("#again", "password1234")
	b.allow("status of 422")
	if status := b.enter("form.record button.main"); status != 422 || !strings.Contains(b.text(".problems"), "harder to guess") {
		t.Fatalf("a common password answers %d: %q", status, b.texts(".problems"))
	}
	if b.value("#password") != "" {
		t.Error("a password is sent back")
	}
	b.fill("#password", password)
	b.fill("#again", password)
	b.enter("form.record button.main")
	b.signIn("first")
	if got := b.path(); got != "/accounts" {
		t.Errorf("an administrator begins at %s", got)
	}
	b.allow("status of 410")
	if status := b.visit(link); status != 410 {
		t.Errorf("the link works twice: %d", status)
	}
	b.tabTo(".me > button")
	b.press(kb.Enter)
	b.enter(".me form button")
	if got := b.path(); got != "/sign-in" {
		t.Errorf("signing out leads to %s", got)
	}
}

// said returns what the server has printed so far.
func (s *server) said() string {
	for range 100 {
		if text := s.log.String(); strings.Contains(text, "set-up") {
			return text
		}
		time.Sleep(20 * time.Millisecond)
	}
	return s.log.String()
}

func TestSecondFactorInTwoBrowsers(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t, "SAMBAND_SECOND_FACTOR=coordinator")
	s.addUser(t, "coordinator", "coordinator", "SE")
	here, there := openAt(t, s.url), openAt(t, s.url)
	here.visit("/sign-in?next=/postings")
	here.fill("#email", "coordinator@example.org")
	here.fill("#password", password)
	here.enter("form[action='/sign-in'] button.main")
	if got := here.path(); got != "/account/second-factor" {
		t.Fatalf("who must have a second factor is let through to %s", got)
	}
	secret := here.text("code.secret")
	here.fill("#code", code(t, secret, 0))
	here.fill("#current", password)
	here.enter("form.record button.main")
	recovery := here.texts(".once code")
	if len(recovery) != 10 {
		t.Fatalf("there are %d recovery codes", len(recovery))
	}
	if status := here.visit("/postings"); status != 200 {
		t.Errorf("the rest is still shut: %d", status)
	}

	there.visit("/sign-in")
	there.fill("#email", "coordinator@example.org")
	there.fill("#password", password)
	there.enter("form[action='/sign-in'] button.main")
	there.fill("#code", "000000")
	there.allow("status of 401")
	if status := there.enter("form[action='/sign-in/code'] button.main"); status != 401 {
		t.Errorf("a wrong code answers %d", status)
	}
	there.fill("#code", recovery[0])
	there.enter("form[action='/sign-in/code'] button.main")
	if got := there.path(); got != "/" {
		t.Errorf("a recovery code leads to %s", got)
	}
	there.visit("/account")
	if n := len(there.texts(".lines tbody tr")); n != 2 {
		t.Errorf("%d sessions are listed, want 2", n)
	}
	there.enter(`section[aria-labelledby="sessions-title"] > form button`) // sign out everywhere
	here.visit("/postings")
	if got := here.path(); !strings.HasPrefix(got, "/sign-in?next=") {
		t.Errorf("the other browser is still signed in: %s", got)
	}
}

// code returns the code of a second factor, some steps from now.
func code(t *testing.T, secret string, steps int) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestAFormOutlivesItsSession(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t)
	s.addUser(t, "secretariat", "coordinator", "all")
	b := openAt(t, s.url)
	b.signIn("secretariat")
	b.visit("/agencies/new")
	b.fill("#name", "Tulli & “Tullen” <kept>")
	b.choose("#country", "Finland")
	b.choose("#kind", "customs")
	s.call(t, password, "user", "reset", "--email", "secretariat@example.org", "--password-stdin") // ends the session
	b.allow("status of 401")
	if status := b.enter("form.record button.main"); status != 401 || !strings.Contains(b.text(".notice"), "you had entered") {
		t.Fatalf("without a session the form answers %d: %q", status, b.texts(".notice"))
	}
	b.fill("#email", "secretariat@example.org")
	b.fill("#password", password)
	b.enter("form[action='/sign-in'] button.main")
	if focus := eval[string](b, "document.activeElement.className"); focus != "main" {
		t.Errorf("the focus is on %q", focus)
	}
	b.enter("main form button.main")
	if got := b.value("#name"); got != "Tulli & “Tullen” <kept>" {
		t.Errorf("the form holds %q", got)
	}
	b.enter("form.record button.main")
	if got := b.text("h1"); got != "Tulli & “Tullen” <kept>" {
		t.Errorf("what was filled in became %q at %s", got, b.path())
	}
}

func TestContactsOpenWithAClick(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t, "SAMBAND_DEMO=true")
	s.addUser(t, "partner", "partner", "FI")
	s.addUser(t, "coordinator", "coordinator", "SE")
	b := openAt(t, s.url)
	b.signIn("partner")
	b.visit("/represent?state=FI&matter=customs&place=AE")
	if strings.Contains(b.text("main .answers"), "@example.org") {
		t.Error("contact data are shown unasked")
	}
	officer := eval[string](b, `document.querySelector("li:has(form.open) a.name").getAttribute("href")`)
	b.tabTo("form.open button")
	b.press(kb.Enter)
	b.waitFor(`document.querySelector(".opened a") !== null`)
	contact := b.text(".opened")
	if !strings.Contains(contact, "@example.org") {
		t.Errorf("the contact data are %q", contact)
	}
	own := openAt(t, s.url)
	own.signIn("coordinator")
	own.visit(officer)
	if got := own.text(`section[aria-labelledby="opened-title"]`); !strings.Contains(got, "partner@example.org") {
		t.Errorf("the officer's own coordinator is told %q", got)
	}
}
