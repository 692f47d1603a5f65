package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A reader takes a certified copy with the keyboard alone, looks at its print, and
// verifies it: by a hash in groups, by file and certificate, and with the command.
func TestCertifyAndVerify(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t, "SAMBAND_DEMO=true", "SAMBAND_BANNER=Restricted")
	s.addUser(t, "reader", "partner", "FI")
	b := openAt(t, s.url)
	b.language("sv")
	b.signIn("reader")
	b.visit("/postings?sending=SE")
	b.enter(`.files a[href^="/certify"]`)
	name, content := b.download("form.certify button")
	if !strings.HasSuffix(name, "-certified.zip") {
		t.Errorf("it is saved as %s", name)
	}
	folder := t.TempDir()
	var file, print string
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, f.Name), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".csv") {
			file = filepath.Join(folder, f.Name)
		}
		if strings.HasSuffix(f.Name, ".html") {
			print = string(text)
		}
	}
	hash := strings.ToUpper(lookAtPrint(t, print))
	b.visit("/verify")
	b.fill("#hash", hash)
	b.enter("form.verify button.main")
	if got := b.text(".verdict h2"); got != "Kopian bekräftas" {
		t.Errorf("of the hash it says %q", got)
	}
	b.visit("/verify")
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}), chromedp.SetUploadFiles(chromedp.CSS("#signature_file"), []string{file + ".sig"}))
	b.enter("form.verify button.main")
	for _, size := range []size{phone, desk} {
		b.size(size)
		b.fits()
		axe(t, b)
		b.screenshot(fmt.Sprint("verified-", size.width))
	}
	if got := b.texts(".verdict li"); len(got) != 2 || b.text(".verdict h2") != "Kopian bekräftas" {
		t.Errorf("of file and certificate it says %q", got)
	}
	if out := s.call(t, "", "verify", file); !strings.Contains(out, "is unchanged") || !strings.Contains(out, "reader@example.org") {
		t.Errorf("the command says %q", out)
	}
}

// lookAtPrint opens the page that is printed, by itself, and returns the hash on it as
// somebody reads it off.
func lookAtPrint(t *testing.T, text string) (hash string) {
	t.Helper()
	if dir := os.Getenv("SAMBAND_SCREENSHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "certified.html"), []byte(text), 0o600); err != nil {
			t.Error(err)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:") // it needs nothing else
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/" {
			_, _ = io.WriteString(w, text)
		}
	}))
	t.Cleanup(server.Close)
	p := openAt(t, server.URL)
	p.visit("/")
	for _, size := range []size{phone, desk} {
		p.size(size)
		p.fits()
		axe(t, p)
		p.screenshot(fmt.Sprint("certified-", size.width, "-light"))
		p.dark(true)
		axeColours(t, p)
		p.screenshot(fmt.Sprint("certified-", size.width, "-dark"))
		p.dark(false)
	}
	if got := p.text(".banner"); got != "Restricted" || len(p.texts("tbody tr")) == 0 {
		t.Errorf("the banner is %q", got)
	}
	return strings.Join(p.texts(".hash code span"), " ")
}
