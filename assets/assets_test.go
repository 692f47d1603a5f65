package assets

import (
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestURLNamesTheContent(t *testing.T) {
	for name := range names {
		ext := path.Ext(name)
		want := regexp.MustCompile("^/assets/" + strings.TrimSuffix(name, ext) + `\.[0-9a-f]{12}\` + ext + "$")
		if !want.MatchString(URL(name)) {
			t.Errorf("%s is at %s", name, URL(name))
		}
	}
}

func TestServe(t *testing.T) {
	for name := range names {
		w := httptest.NewRecorder()
		if !Serve(w, httptest.NewRequest(http.MethodGet, URL(name), nil)) {
			t.Errorf("%s is not served at %s", name, URL(name))
			continue
		}
		b, err := files.ReadFile(name)
		if err != nil || w.Body.String() != string(b) {
			t.Errorf("%s: %d bytes served of %d, %v", name, w.Body.Len(), len(b), err)
		}
		if got, want := w.Header().Get("Content-Type"), types[path.Ext(name)]; got != want || want == "" {
			t.Errorf("%s is of type %q, want %q", name, got, want)
		}
		if !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s is not kept: %s", name, w.Header().Get("Cache-Control"))
		}
	}
	for _, gone := range []string{"/assets/", "/assets/app.css", "/assets/app.000000000000.css", "/assets/assets.go"} {
		w := httptest.NewRecorder()
		if Serve(w, httptest.NewRequest(http.MethodGet, gone, nil)) || w.Body.Len() > 0 || len(w.Header()) > 0 {
			t.Errorf("%s is served", gone)
		}
	}
}

// TestNothingFromElsewhere keeps style and script from loading what is not
// the site's own.
func TestNothingFromElsewhere(t *testing.T) {
	elsewhere := regexp.MustCompile(`(?i)(https?:)?//[a-z0-9.-]+\.[a-z]|@import|url\([^#]|\beval\(|innerHTML`)
	for name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(b), `xmlns="http://www.w3.org/2000/svg"`, "")
		if found := elsewhere.FindString(text); found != "" {
			t.Errorf("%s has %s", name, found)
		}
	}
}
