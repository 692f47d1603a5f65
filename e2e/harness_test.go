package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// These are tests of the harness itself: that it sees what it is for.

// site serves pages by their path, under the policy that Samband has.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:")
		body, ok := pages[r.URL.Path]
		switch {
		case !ok:
			w.WriteHeader(http.StatusNotFound)
			body = "<body><h1>Not found</h1></body>"
		case strings.HasSuffix(r.URL.Path, ".css"):
			w.Header().Set("Content-Type", "text/css")
		case strings.HasSuffix(r.URL.Path, ".js"):
			w.Header().Set("Content-Type", "text/javascript")
		case strings.HasSuffix(r.URL.Path, ".csv"):
			w.Header().Set("Content-Type", "text/csv")
			w.Header().Set("Content-Disposition", `attachment; filename="list.csv"`)
		}
		if strings.HasPrefix(body, "<") {
			body = `<!DOCTYPE html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,">
				<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>` + body
		}
		fmt.Fprint(w, strings.ReplaceAll(body, "LANGUAGE", r.Header.Get("Accept-Language")))
	}))
	t.Cleanup(server.Close)
	if _, ok := pages["/style.css"]; !ok {
		pages["/style.css"] = "body { margin: 0 }"
	}
	return server.URL
}

func TestAxeSees(t *testing.T) {
	t.Parallel()
	b := openAt(t, site(t, map[string]string{
		"/good": `<body><main><h1>A page</h1><p>Text</p></main></body>`,
		"/bad":  `<body><main><h1>A page</h1><img id="planted" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="></main></body>`,
	}))
	b.visit("/good")
	axe(t, b)
	script, err := axeScript()
	if err != nil || script == "" {
		t.Skip("not tried: SAMBAND_TEST_AXE names no axe.min.js")
	}
	b.visit("/bad")
	found := violations(b, script)
	if len(found) != 1 || found[0].ID != "image-alt" || !strings.Contains(found[0].String(), "#planted") {
		t.Errorf("axe-core found %v in a page with an img without alt", found)
	}
}

func TestComplaints(t *testing.T) {
	t.Parallel()
	body := func(inner string) string { return "<body>" + inner + "</body>" }
	pages := map[string]string{
		"/":             body("nothing wrong"),
		"/error.js":     `console.error("a planted", "error")`,
		"/throw.js":     `throw new Error("planted")`,
		"/reject.js":    `Promise.reject(new Error("planted rejection"))`,
		"/log":          body(`<script src="/error.js"></script>`),
		"/exception":    body(`<script src="/throw.js"></script>`),
		"/rejection":    body(`<script src="/reject.js"></script>`),
		"/inline":       body(`<script>document.title = "other"</script>`),
		"/inline-style": body(`<p style="color: red">red</p>`),
		"/picture":      body(`<img src="/missing.png" alt="">`),
		"/elsewhere":    body(`<img src="http://example.org/x.png" alt="">`),
	}
	b := openAt(t, site(t, pages))
	for _, tt := range []struct{ path, want string }{
		{"/", ""},
		{"/log", "console error: a planted error"},
		{"/exception", "exception: Uncaught Error: planted"},
		{"/rejection", "exception: Uncaught (in promise) Error: planted rejection"},
		{"/inline", "security: Executing inline script violates"},
		{"/inline-style", "security: Applying inline style violates"},
		{"/picture", "status of 404"},
		{"/elsewhere", "http://example.org/x.png"},
		{"/nowhere", "status of 404"},
	} {
		b.visit(tt.path)
		got := strings.Join(b.taken(), "\n")
		if !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%s: complaints are %q, want %q", tt.path, got, tt.want)
		}
	}
	b.allow("status of 404")
	if status := b.visit("/nowhere"); status != http.StatusNotFound {
		t.Errorf("status %d for a page that does not exist", status)
	}
}

const form = `<body><h1>Form</h1><form action="/sent"><label>Name <input id="name" name="name" value="old"></label>
<label>Day <input id="day" name="day"></label>
<label>State <select id="state" name="state"><option></option><option value="FI">Finland</option><option value="SE">Sweden, the kingdom of</option>
<option value="NO">Norway</option></select></label>
<label>Open <input type="checkbox" id="open" name="open"></label> <button>Send</button></form>
<a id="csv" href="/list.csv">CSV</a> <a id="next" href="/sent">next</a> <p lang="en" id="language">LANGUAGE</p></body>`

func TestKeyboard(t *testing.T) {
	t.Parallel()
	b := openAt(t, site(t, map[string]string{"/form": form, "/sent": "<body><h1>Sent</h1></body>", "/list.csv": "a,b\r\n1,2\r\n"}))
	b.language("sv,en;q=0.5")
	b.visit("/form")
	if got := b.text("#language"); got != "sv,en;q=0.5" {
		t.Errorf("the browser asks for %q", got)
	}
	b.fill("#name", "Åse Þórð & Søn")
	b.fill("#day", "2026-11-23")
	b.fill("#day", "")
	b.fill("#day", "2024-02-29")
	b.choose("#state", "Sweden, the k")
	b.tabTo("#open")
	b.press(" ")
	if got := b.value("#open"); got != "true" {
		t.Errorf("the tick box is %s after a press of the space bar", got)
	}
	b.press(kb.Tab, chromedp.ModifierShift)
	b.tabTo("#state")
	if status := b.enter("button"); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	const want = "/sent?name=%C3%85se+%C3%9E%C3%B3r%C3%B0+%26+S%C3%B8n&day=2024-02-29&state=SE&open=on"
	if got := b.path(); got != want {
		t.Errorf("the form went to %s, want %s", got, want)
	}
	b.visit("/form")
	if name, content := b.download("#csv"); name != "list.csv" || string(content) != "a,b\r\n1,2\r\n" {
		t.Errorf("saved %s: %q", name, content)
	}
	b.click("#next")
	if got := b.texts("h1"); !slices.Equal(got, []string{"Sent"}) {
		t.Errorf("a click on the link led to %q", got)
	}
}

func TestSizesAndColours(t *testing.T) {
	t.Parallel()
	b := openAt(t, site(t, map[string]string{
		"/": `<body><h1>Page</h1><p class="tall">Text</p></body>`,
		"/style.css": `body { margin: 0; background: white } .tall { height: 2000px; min-width: 380px }
			@media (prefers-color-scheme: dark) { body { background: black } } @media print { h1 { display: none } }`,
	}))
	pictures := t.TempDir()
	b.pictures = pictures
	background := func() string { return eval[string](b, `getComputedStyle(document.body).backgroundColor`) }
	for _, s := range []size{phone, desk} {
		b.size(s)
		b.dark(true)
		b.visit("/")
		if got := eval[int64](b, `innerWidth`); got != s.width {
			t.Errorf("the window is %d pixels wide, want %d", got, s.width)
		}
		b.fits()
		if got := background(); got != "rgb(0, 0, 0)" {
			t.Errorf("dark is %s", got)
		}
		b.screenshot(fmt.Sprint("page-", s.width))
		b.paper()
		if got := b.texts("h1"); !slices.Equal(got, []string{""}) {
			t.Errorf("printed: %q", got)
		}
		b.dark(false)
		if got := background(); got != "rgb(255, 255, 255)" {
			t.Errorf("light is %s", got)
		}
		png, err := os.ReadFile(filepath.Join(pictures, fmt.Sprint("page-", s.width, ".png")))
		if err != nil {
			t.Fatal(err)
		}
		if w, h := pngSize(png); w != s.width || h < 2000 {
			t.Errorf("the picture is %d x %d", w, h)
		}
	}
}

// pngSize reads a picture's width and height from its first chunk.
func pngSize(png []byte) (width, height int64) {
	n := func(b []byte) int64 { return int64(b[0])<<24 | int64(b[1])<<16 | int64(b[2])<<8 | int64(b[3]) }
	return n(png[16:20]), n(png[20:24])
}

func TestServers(t *testing.T) {
	t.Parallel()
	b := open(t)
	if status := b.visit("/"); status != http.StatusOK || len(b.texts("h1")) != 1 {
		t.Errorf("the front page of the demo: status %d, headings %q", status, b.texts("h1"))
	}
	own := openOwn(t, "SAMBAND_BANNER=Planted")
	own.visit("/")
	if got := strings.Join(own.texts("body"), ""); !strings.Contains(got, "Planted") {
		t.Errorf("a server with a setting of its own does not heed it: %s", got)
	}
	if _, err := start("/nowhere/at/all.db"); err == nil {
		t.Error("a server that cannot open its database is said to have started")
	}
}
