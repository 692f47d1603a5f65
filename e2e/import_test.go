package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A coordinator takes a file in, says what a column is, looks at what would change, and
// imports it and takes it back, with the keyboard alone but for choosing the file.
func TestImportAFile(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t, "SAMBAND_DEMO=true")
	s.addUser(t, "coordinator", "coordinator", "all")
	b := openAt(t, s.url)
	b.language("sv")
	b.signIn("coordinator")
	export := filepath.Join(t.TempDir(), "package")
	s.call(t, "", "export", export)
	head, rows, _ := strings.Cut(readText(t, filepath.Join(export, "officers.csv")), "\n")
	at := strings.Count(head[:strings.Index(head, "rank")], ",")
	key := strings.SplitN(rows, ",", 2)[0]
	file := filepath.Join(t.TempDir(), "officers.csv")
	stale := strings.SplitN(strings.SplitN(rows, "\n", 3)[1], ",", 2)[0]
	s.call(t, "", "import", writeText(t, "officers.csv", "key,rank\n"+stale+",sekreterare\n"))
	text := "\uFEFFNyckel;Tjänstegrad;Version\n" + key + ";attaché;\nfinns-inte;;\n" + stale + ";råd;1\n"
	if at < 1 || os.WriteFile(file, []byte(text), 0o600) != nil {
		t.Fatal("no file")
	}
	b.visit("/import")
	for _, size := range []size{phone, desk} {
		b.size(size)
		b.fits()
		axe(t, b)
	}
	b.screenshot("import")
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	b.enter("form[enctype] button.main")
	if got := b.text("h1"); got != "Vad filen skulle ändra" {
		t.Fatalf("after sending the page is %q", got)
	}
	if len(b.texts("select[aria-invalid]")) > 0 {
		b.choose("select[aria-invalid]", "Tjänstegrad")
		b.enter(".imports form button")
	}
	for _, size := range []size{phone, desk} {
		b.size(size)
		b.fits()
		axe(t, b)
	}
	b.screenshot("import-preview")
	if b.pictures != "" {
		at := strings.SplitN(b.path(), "?", 2)[0]
		for _, show := range []string{"refused", "stale", "changed"} {
			b.everyWay(at+"?show="+show, "import-preview-"+show)
		}
		b.dark(false)
	}
	if got := strings.ReplaceAll(strings.Join(b.texts(".figures li"), " "), "\n", " "); !strings.Contains(got, "1 ändrade") || !strings.Contains(got, "1 avvisade") {
		t.Errorf("the figures are %q", got)
	}
	b.enter(".figures li:nth-child(2) a")
	if got := b.text("#rows ins"); got != "attaché" {
		t.Errorf("the rank becomes %q", got)
	}
	b.tabTo("#apply input[name=leave]")
	b.press(" ")
	b.enter("#apply button.main")
	if got := b.text("h1"); got != "Filen har importerats" {
		t.Fatalf("after importing the page is %q", got)
	}
	axe(t, b)
	b.screenshot("imported")
	if b.pictures != "" {
		b.everyWay(b.path(), "imported")
		b.dark(false)
	}
	b.enter("form[action$=revert] button")
	if got := strings.ReplaceAll(strings.Join(b.texts(".figures li"), " "), "\n", " "); !strings.Contains(got, "1 som förut") {
		t.Errorf("taken back are %q", got)
	}
	b.screenshot("imported-reverted")
	b.visit("/imports")
	b.fits()
	axe(t, b)
	b.screenshot("imports")
}

// writeText writes a file of a name, and returns where it is.
func writeText(t *testing.T, name, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readText(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
