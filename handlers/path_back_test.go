package handlers

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

// TestTheWayBackIsAPage follows where a change of language leads from each
// address that takes a form.
func TestTheWayBackIsAPage(t *testing.T) {
	t.Parallel()
	w := newSite(t)
	s := &server{}
	pages := pagesOf(s.routes())
	s.pages = func() *regexp.Regexp { return pages }
	for _, r := range s.routes() {
		if r.method != "POST" || strings.ContainsAny(r.path, ":*") {
			continue
		}
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = httptest.NewRequest(http.MethodPost, r.path+"?token=x", nil)
		back := s.pathBack(c)
		if got := w.get(back); got.StatusCode == http.StatusNotFound || got.StatusCode == http.StatusMethodNotAllowed {
			t.Errorf("from %s one comes back to %s, which is answered %d", r.path, back, got.StatusCode)
		}
		if r.path == "/sign-in" && back != "/sign-in?token=x" || r.path == "/officers" && back != "/officers/new" {
			t.Errorf("from %s one comes back to %s", r.path, back)
		}
	}
}
