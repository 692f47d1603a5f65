package views

import (
	"html/template"
	"strings"
	"testing"
)

// What is written by hand is what html/template writes.
func TestMarkupEscapes(t *testing.T) {
	t.Parallel()
	as := template.Must(template.New("").Parse(`<a href="{{.}}" title="{{.}}">{{.}}</a>`))
	for _, text := range []string{"", "Åse & Bo", `"'<>+&amp;`, "a\x00b\xff", "/postings/12", "/bodies/a b", "/bodies/x+y?z=1&w", "javascript:alert(1)", "//evil.example", "/officers/1#x", "/%zz", "/a:b"} {
		var want strings.Builder
		if err := as.Execute(&want, text); err != nil {
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
}
