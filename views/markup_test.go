package views

import (
	"html/template"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var byTemplate = template.Must(template.New("").Parse(`<a href="{{.}}" title="{{.}}">{{.}}</a>`))

// What is written by hand is what html/template writes.
func TestMarkupEscapes(t *testing.T) {
	t.Parallel()
	odd := rapid.StringOf(rapid.RuneFrom([]rune("\"'<>&+/%#:;?=_- a0\x00\nå")))
	rapid.Check(t, func(t *rapid.T) { sameMarkup(t, rapid.OneOf(rapid.String(), odd).Draw(t, "text")) })
	for _, text := range []string{"", "Åse & Bo", `"'<>+&amp;`, "a\x00b\xff", "/postings/12", "/bodies/a b", "/bodies/x+y?z=1&w", "javascript:alert(1)", "//evil.example", "/officers/1#x", "/%zz", "/a:b"} {
		sameMarkup(t, text)
	}
}

func sameMarkup(t rapid.TB, text string) {
	t.Helper()
	var want strings.Builder
	if err := byTemplate.Execute(&want, text); err != nil {
		t.Fatal(err)
	}
	var m markup
	m.WriteString("<a")
	m.link(text)
	m.put(` title="`, text, `">`, text, "</a>")
	if m.String() != want.String() {
		t.Errorf("%q is %s, want %s", text, m.String(), want.String())
	}
}
