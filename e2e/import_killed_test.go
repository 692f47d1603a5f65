package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"samband/db/dbtest"
)

// A caller asks a server with a token, and follows nothing.
type caller struct {
	t     *testing.T
	s     *server
	token string
}

// caller returns what asks as a coordinator of all states.
func (s *server) caller(t *testing.T) caller {
	t.Helper()
	s.addUser(t, "coordinator", "coordinator", "all")
	said := strings.Fields(s.call(t, "", "token", "add", "--email", "coordinator@example.org"))
	return caller{t, s, said[len(said)-1]}
}

// asks returns the status, the address that it leads to, and the page.
func (c caller) asks(method, path, accept, media string, body io.Reader) (status int, to, page string) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.s.url+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Accept", accept)
	r.Header.Set("Content-Type", media)
	client := http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		return 0, "", err.Error()
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, answer.Header.Get("Location"), string(text)
}

// preview gets the preview of an import once it is worked out.
func (c caller) preview(at string) (page string) {
	c.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if _, _, page = c.asks("GET", at, "text/html", "", nil); strings.Contains(page, `name="mark"`) {
			return page
		}
	}
	c.t.Fatalf("there is no preview: %.2000s", page)
	return ""
}

var hiddenField = regexp.MustCompile(`name="(mark|revision)" value="([0-9a-f]+)"`)

// apply presses the button of a preview.
func (c caller) apply(at, preview string) int {
	c.t.Helper()
	form := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(preview, -1) {
		form.Set(m[1], m[2])
	}
	status, _, _ := c.asks("POST", at+"/apply", "text/html", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	return status
}

// Of an import that was under way when its server was killed nothing is there. Its file is
// a preview again, and can be applied.
func TestKilledWhileImporting(t *testing.T) {
	t.Parallel()
	dbtest.On(t, true, func(t *testing.T, postgres bool) {
		database := filepath.Join(t.TempDir(), "samband.db")
		if postgres {
			database = dbtest.Postgres(t)
		}
		s, err := start(database, "SAMBAND_DEMO=true")
		if err != nil {
			t.Fatal(err)
		}
		c := s.caller(t)
		const rows = 12_000
		var file, form bytes.Buffer
		fmt.Fprintln(&file, "key,agency,name,note")
		for i := range rows {
			fmt.Fprintf(&file, "killed-%d,se-police,Name %d,%s\n", i, i, strings.Repeat("x", 100))
		}
		w := multipart.NewWriter(&form)
		part, _ := w.CreateFormFile("file", "officers.csv")
		_, _ = part.Write(file.Bytes())
		_ = w.Close()
		status, at, page := c.asks("POST", "/import", "text/html", w.FormDataContentType(), &form)
		if status != http.StatusSeeOther {
			t.Fatalf("%d: %.1000s", status, page)
		}
		preview := c.preview(at)
		want := fmt.Sprintf("<b>%d</b> new", rows)
		if !strings.Contains(preview, want) {
			t.Fatalf("the preview is %.3000s", preview)
		}
		go c.apply(at, preview)
		c.killedMidway(at)
		again, err := start(database)
		if err != nil {
			t.Fatal(err)
		}
		c.s = again
		t.Cleanup(func() {
			if err := again.stop(); err != nil {
				t.Error(err)
			}
		})
		if _, _, list := c.asks("GET", "/officers.csv", "text/csv", "", nil); strings.Contains(list, "killed-") || !strings.Contains(list, "officer,agency") {
			t.Errorf("some officers are there: %.300s", list)
		}
		if _, _, page := c.asks("GET", "/imports", "text/html", "", nil); !strings.Contains(page, "Not imported yet") {
			t.Errorf("the imports are %.3000s", page)
		}
		if preview = c.preview(at); !strings.Contains(preview, want) {
			t.Fatalf("the preview is %.3000s", preview)
		}
		if status := c.apply(at, preview); status != http.StatusSeeOther {
			t.Errorf("applying it again is answered with %d", status)
		}
		said := fmt.Sprintf("%d new and 0 changed", rows)
		for deadline := time.Now().Add(2 * time.Minute); !strings.Contains(page, said) && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
			_, _, page = c.asks("GET", at, "text/html", "", nil)
		}
		if _, _, list := c.asks("GET", "/officers.csv", "text/csv", "", nil); !strings.Contains(page, said) || strings.Count(list, "killed-") != rows {
			t.Errorf("of the import %d are there: %.3000s", strings.Count(list, "killed-"), page)
		}
		if out := again.call(t, "", "audit", "verify"); strings.Contains(out, "broken") {
			t.Errorf("the trail: %s", out)
		}
	})
}

// killedMidway kills the server as soon as it has written some of an import and not all.
func (c caller) killedMidway(at string) {
	c.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); {
		var far struct{ Percent int }
		_, _, text := c.asks("GET", at, "application/json", "", nil)
		if json.Unmarshal([]byte(text), &far) == nil && far.Percent > 50 && far.Percent < 100 {
			_ = c.s.process.Kill()
			<-c.s.ended
			return
		}
	}
	c.t.Fatal("the import was never midway")
}
