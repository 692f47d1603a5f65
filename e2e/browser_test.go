// Package e2e tests the program from the outside: a real browser asks a real
// server, with the keyboard where a person could have no mouse.
//
// A test opens a tab with open, or openOwn for a server of its own, and then
// speaks the methods of browser. Whatever the page does wrong behind the
// scenes (errors on the console, failed requests, refusals by the content
// security policy, anything loaded from elsewhere) fails the test at its end.
//
//	SAMBAND_TEST_BROWSER   the Chromium to use (else one that PATH knows)
//	SAMBAND_TEST_AXE       the axe.min.js of axe-core, for axe
//	SAMBAND_TEST_NO_SKIP   1: what is missing is a failure, not a skip
//	SAMBAND_SCREENSHOTS    folder for pictures; without it none are taken
package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A browser is one tab, with cookies and storage of its own, in the Chromium
// that all tests share. Its methods fail the test by themselves.
type browser struct {
	t        *testing.T
	base     string // of the server under test, without a slash at its end
	ctx      context.Context
	tab      context.Context // ctx without its limit of time
	pictures string          // folder of screenshots, or nothing
	*complaints
}

// patience is how long a test may take in the browser, and loading how long
// one page may.
const (
	patience = 3 * time.Minute
	loading  = 20 * time.Second
)

var errNoBrowser = errors.New("no browser: install chromium, or name one in SAMBAND_TEST_BROWSER")

// closeBrowser ends the shared Chromium, once there is one.
var closeBrowser context.CancelFunc

// chromium starts the Chromium that all tests share.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path := os.Getenv("SAMBAND_TEST_BROWSER")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		return nil, errNoBrowser
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Env("TMPDIR="+scratch), // what it leaves goes with the rest
		chromedp.NoSandbox,              // which a container has no means for; the pages are ours
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("lang", "en-US"), // settles the order in which a day is typed
	)
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	closeBrowser = cancel
	return ctx, nil
})

// open opens a tab for the shared server with the demo data, signed in as the
// secretariat. The test must not change that server: see openOwn.
func open(t *testing.T) *browser {
	t.Helper()
	return openAs(t, "coordinator, all five")
}

// openAs is open, signed in as the demo account that is offered by a name, or
// by none.
func openAs(t *testing.T, name string) *browser {
	t.Helper()
	needBrowser(t) // first, so that skipping costs no build
	b := openAt(t, demo(t))
	if name == "" {
		return b
	}
	b.visit("/sign-in")
	for i, offered := range b.texts(".demo-accounts button") {
		if strings.HasPrefix(offered, name) {
			b.click(fmt.Sprintf(".demo-accounts li:nth-child(%d) button", i+1))
			return b
		}
	}
	t.Fatalf("the demo offers no %q", name)
	return nil
}

// openOwn opens a tab for a server of the test's own, signed in as its
// secretariat.
func openOwn(t *testing.T, settings ...string) *browser {
	t.Helper()
	needBrowser(t)
	s := serveOwn(t, settings...)
	s.addUser(t, "secretariat", "coordinator", "all")
	b := openAt(t, s.url)
	b.signIn("secretariat")
	return b
}

// signIn signs in with the keyboard, as an account that was added by a name.
func (b *browser) signIn(name string) {
	b.t.Helper()
	b.visit("/sign-in")
	b.fill("#email", name+"@example.org")
	b.fill("#password", password)
	if status := b.enter("form[action='/sign-in'] button.main"); status != 200 {
		b.t.Fatalf("%s cannot sign in: %d", name, status)
	}
}

// openAt opens a tab for the server at base, 1440 pixels wide, in light
// colours, for a reader of English.
func openAt(t *testing.T, base string) *browser {
	t.Helper()
	root := needBrowser(t)
	b := &browser{t: t, base: base, pictures: os.Getenv("SAMBAND_SCREENSHOTS"), complaints: &complaints{base: base, urls: map[network.RequestID]string{}}}
	tab, closeTab := chromedp.NewContext(root, chromedp.WithNewBrowserContext(), chromedp.WithListener(func(event any) {
		if _, asked := event.(*page.EventJavascriptDialogOpening); asked { // a form is left half filled in
			go chromedp.Call(b.tab, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}
		b.listen(event)
	}))
	t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	b.tab = tab
	b = b.lent(t)
	b.size(desk)
	b.dark(false)
	return b
}

// lent returns the tab for a part of the test, which has all the patience again
// and fails for what the page does wrong until its end. Nobody else may use the
// tab meanwhile.
func (b *browser) lent(t *testing.T) *browser {
	t.Helper()
	lent := *b
	ctx, cancel := context.WithTimeout(b.tab, patience)
	lent.t, lent.ctx = t, ctx
	t.Cleanup(func() {
		cancel()
		for _, c := range lent.taken() {
			t.Error("the page: " + c)
		}
	})
	return &lent
}

// needBrowser returns the shared Chromium, and skips the test where there is
// none unless skipping is forbidden.
func needBrowser(t *testing.T) context.Context {
	t.Helper()
	ctx, err := chromium()
	if errors.Is(err, errNoBrowser) && os.Getenv("SAMBAND_TEST_NO_SKIP") != "1" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

// do runs actions of chromedp, for what has no method here.
func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// eval returns the value of a JavaScript expression, a promise's once it is
// kept. Content security policies do not hinder it.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.200s: %v", expression, err)
	}
	return v
}

// visit goes to a path of the server, waits until the page has loaded, and
// returns its status.
func (b *browser) visit(path string) int {
	b.t.Helper()
	return b.load("going to "+path, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		answer, err := cdp.Call(ctx, t, page.Navigate, page.NavigateParams{URL: b.base + path})
		if err == nil && answer.ErrorText != "" {
			err = errors.New(answer.ErrorText)
		}
		return err
	}))
}

// load does what loads a page, waits until it has, and returns its status.
func (b *browser) load(what string, action chromedp.Action[chromedp.Void]) int {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, loading)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, action)
	if err == nil {
		b.settle()
	}
	if err != nil {
		b.t.Fatalf("%s: no page came: %v", what, err)
	}
	if answer == nil {
		return 0 // another place on the same page
	}
	return int(answer.Status)
}

// settle lets the page do what it has put off, so that its complaints are in.
func (b *browser) settle() {
	b.t.Helper()
	eval[bool](b, `new Promise(done => setTimeout(done, 10, true))`)
}

// A size is that of a window, in CSS pixels.
type size struct{ width, height int64 }

// The sizes that every page must be good at.
var (
	phone = size{390, 844}
	desk  = size{1440, 900}
)

// size makes the window so large. Below 600 pixels it is that of a phone,
// which obeys the viewport that the page asks for.
func (b *browser) size(s size) {
	b.t.Helper()
	var options []chromedp.EmulateViewportOption
	if s.width < 600 {
		options = append(options, chromedp.EmulateMobile)
	}
	b.do(chromedp.EmulateViewport(s.width, s.height, options...))
}

// dark says whether the reader prefers dark colours.
func (b *browser) dark(on bool) {
	b.t.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[on]
	b.media(emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// paper shows the page as it is printed, until dark is called.
func (b *browser) paper() {
	b.t.Helper()
	b.media(emulation.SetEmulatedMediaParams{Media: "print"})
}

func (b *browser) media(params emulation.SetEmulatedMediaParams) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
		b.t.Fatal(err)
	}
}

// language makes the browser ask for pages in a language, as in
// Accept-Language.
func (b *browser) language(tags string) {
	b.t.Helper()
	headers := network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": tags}}
	if _, err := chromedp.Call(b.ctx, network.SetExtraHTTPHeaders, headers); err != nil {
		b.t.Fatal(err)
	}
}

// screenshot writes a picture of the whole page, name.png, to the folder that
// SAMBAND_SCREENSHOTS names (from the top of the repository), if it names one.
func (b *browser) screenshot(name string) {
	b.t.Helper()
	dir := b.pictures
	if dir == "" {
		return
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join("..", dir)
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}
