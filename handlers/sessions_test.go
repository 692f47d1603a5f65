package handlers

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Sessions are listed by what their browser is, in the reader's language; what none is
// called stays as it came, cut and without effect.
func TestSessionsByBrowser(t *testing.T) {
	t.Parallel()
	base, _ := opened(t, newSite(t), nil)
	from := func(agent string) visit {
		v := newVisit(t, base)
		r, err := http.NewRequest(http.MethodPost, base+"/sign-in", strings.NewReader(url.Values{"email": {"a@example.org"}, "password": {goodPassword}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("User-Agent", agent)
		resp, err := v.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return v
	}
	from("<script>alert(1)</script>")
	from(strings.Repeat("x", 5000))
	v := from("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0")
	for lang, words := range map[string]string{"en": "Firefox 128 on Windows", "sv": "Firefox 128 på Windows"} {
		r, err := http.NewRequest(http.MethodGet, base+"/account", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Language", lang)
		resp, err := v.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		page{t, resp, string(body)}.is(http.StatusOK).says(words, "rv:128.0", "&lt;script&gt;alert(1)&lt;/script&gt;",
			"<summary>"+strings.Repeat("x", 40)+"…</summary>"+strings.Repeat("x", 200)+"</details>").hides("<script>alert", strings.Repeat("x", 201))
	}
}
