package handlers

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"samband/models"
)

// A remark is written, told, taken back and removed on each page that has them.
func TestRemarksOnPages(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		for _, at := range []string{w.posting, w.holder, "/bodies/" + string(models.GivenBodies()[0].Key)} {
			w.post(at+"/remarks", form("remark", "  Ring <b>first</b>\r\nthen write ")).follow()
			undo := w.lastChange()
			w.get(at).is(http.StatusOK).says("Ring &lt;b&gt;first&lt;/b&gt;\nthen write", "2026-11-23")
			w.as("partner:FI").get(at).is(http.StatusOK).says("Ring &lt;b&gt;").hides("/remarks")
			w.get(w.post(undo, nil).follow()).is(http.StatusOK).hides("Ring")
			w.post(w.lastChange(), nil).follow() // the undo of the undo
			page := w.get(at).is(http.StatusOK).says("Ring")
			m := regexp.MustCompile(`action="(/\w+/[\w-]+/remarks/\d+/remove)"`).FindStringSubmatch(page.body)
			if m == nil {
				t.Fatalf("%s offers no removal", at)
			}
			w.as("coordinator:DK").post(m[1], form()).is(http.StatusForbidden)
			w.post(strings.Replace(m[1], "/remarks/", "/remarks/9", 1), form()).is(http.StatusNotFound)
			w.post(m[1], form()).follow()
			w.get(at).is(http.StatusOK).hides("Ring")
			w.post(at+"/remarks", form("remark", " ")).is(http.StatusUnprocessableEntity).says(`aria-invalid="true"`)
			w.post(at+"/remarks", form("remark", strings.Repeat("å", 2001))).is(http.StatusUnprocessableEntity).says("2000")
		}
	})
}
