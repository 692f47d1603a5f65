package handlers

import (
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// secretFields are what somebody types who shows who that is.
var secretFields = []string{"password", "again", "current", "code", "current_code"}

// answered sends a form, and returns the answer with its page.
func (v visit) answered(path string, form url.Values) (status int, page string) {
	v.t.Helper()
	resp, err := v.PostForm(v.base+path, form)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// hidden returns what a page sends along unseen under a name.
func hidden(page, name string) string {
	found := regexp.MustCompile(`type="hidden" name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

func TestNoPageRepeatsASecret(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var pairs []string
	for name, id := range recordsOf(s, "se") {
		pairs = append(pairs, name, id)
	}
	inPath := strings.NewReplacer(pairs...)
	base, _ := opened(t, s, nil)
	o := s.options
	o.APIRate = 1
	o.Now = func() time.Time { return noon }
	twin := httptest.NewServer(s.with(o).handler)
	t.Cleanup(twin.Close)
	owner, busy := newVisit(t, base), newVisit(t, twin.URL)
	busy.signIn(goodPassword, "")
	for busy.send("/postings", nil).StatusCode != http.StatusTooManyRequests {
	}
	seen := map[int]bool{}
	for _, r := range (&server{}).routes() {
		if r.method != post {
			continue
		}
		for _, canary := range []string{"zyxwv", "zyxwv canary of twenty words"} {
			sent := formOf(r)
			for _, name := range secretFields {
				sent.Set(name, canary)
			}
			path := inPath.Replace(r.path)
			hides := func(how string, status int, page string) {
				t.Helper()
				seen[status] = true
				if strings.Contains(page, "zyxwv") {
					t.Errorf("%s: %s answers %d with what was typed: %.600s", r.path, how, status, page)
				}
			}
			if owner.send("/account", nil).StatusCode != http.StatusOK {
				owner.signIn(goodPassword, "")
			}
			status, page := owner.answered(path, sent)
			hides("who has signed in", status, page)
			status, page = busy.answered(path, sent)
			hides("who asks too often", status, page)
			status, page = newVisit(t, base).answered(path, sent)
			hides("nobody", status, page)
		}
	}
	for _, status := range []int{401, 422, 429} {
		if !seen[status] {
			t.Errorf("nothing was answered %d", status)
		}
	}
}
