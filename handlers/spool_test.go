package handlers

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/db/interchange"
)

// A slowReader takes nothing until it is let go, or its deadline is over.
type slowReader struct {
	http.ResponseWriter
	taken    chan struct{}
	deadline atomic.Int64
}

func (w *slowReader) Write(b []byte) (int, error) {
	for {
		select {
		case <-w.taken:
			return w.ResponseWriter.Write(b)
		case <-time.After(5 * time.Millisecond):
			if d := w.deadline.Load(); d != 0 && time.Now().UnixNano() > d {
				return 0, os.ErrDeadlineExceeded
			}
		}
	}
}

func (w *slowReader) SetWriteDeadline(t time.Time) error {
	w.deadline.Store(t.UnixNano())
	return nil
}

// spoolOf returns a spool that sends to w.
func spoolOf(w http.ResponseWriter, total *atomic.Int64) *spool {
	c, _ := gin.CreateTestContext(w)
	p := &spool{ResponseWriter: c.Writer, total: total, end: func() {}}
	p.news.L = &p.mu
	return p
}

func TestSpoolKeepsEveryByte(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	rng, total := rand.New(rand.NewPCG(1, 2)), &atomic.Int64{}
	for range 4 {
		recorder := httptest.NewRecorder()
		w := &slowReader{ResponseWriter: recorder, taken: make(chan struct{}, 1000)}
		p := spoolOf(w, total)
		var want bytes.Buffer
		for want.Len() < 3*spoolMemory {
			b := make([]byte, rng.IntN(200_000))
			for i := range b {
				b[i] = byte(rng.Uint32())
			}
			want.Write(b)
			if _, err := p.Write(b); err != nil {
				t.Fatal(err)
			}
			if rng.IntN(2) == 0 {
				w.taken <- struct{}{}
			}
		}
		if total.Load() == 0 {
			t.Error("nothing waits on disk")
		}
		if left, err := filepath.Glob(os.Getenv("TMPDIR") + "/*"); err != nil || len(left) > 0 {
			t.Errorf("what waits has names: %v, %v", left, err)
		}
		p.mu.Lock()
		begins := make([]byte, 32)
		if _, err := p.disk.ReadAt(begins, 0); err != nil || bytes.Contains(want.Bytes(), begins) {
			t.Errorf("what waits can be read on disk, %v", err)
		}
		p.mu.Unlock()
		close(w.taken)
		if err := p.finish(nil); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(recorder.Body.Bytes(), want.Bytes()) {
			t.Errorf("%d bytes came of %d, or others", recorder.Body.Len(), want.Len())
		}
		if total.Load() != 0 {
			t.Errorf("%d bytes are still counted", total.Load())
		}
	}
}

// All spools together keep no more on disk than they may.
func TestSpoolsAreBounded(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var total atomic.Int64
	total.Store(mostSpooled - spoolMemory)
	p := spoolOf(httptest.NewRecorder(), &total)
	_, err := p.Write(make([]byte, spoolMemory+1))
	if !errors.Is(err, errSpoolFull) || statusOf(err) != http.StatusServiceUnavailable {
		t.Error(err)
	}
	_ = p.finish(err)
	if total.Load() != mostSpooled-spoolMemory {
		t.Errorf("what is refused is counted: %d", total.Load())
	}
}

func TestSpoolDropsWhoTakesNothing(t *testing.T) {
	defer func(d time.Duration) { stall = d }(stall)
	stall = 30 * time.Millisecond
	p := spoolOf(&slowReader{ResponseWriter: httptest.NewRecorder(), taken: make(chan struct{})}, &atomic.Int64{})
	if _, err := p.Write([]byte("head")); err != nil {
		t.Fatal(err)
	}
	if err := p.finish(nil); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
	if _, err := p.Write([]byte("more")); err == nil {
		t.Error("it writes on for nobody")
	}
}

// TestSlowReadersHoldNoConnection lets more readers than there are connections
// take nothing of a file, and asks for a page and for another file.
func TestSlowReadersHoldNoConnection(t *testing.T) {
	t.Parallel()
	concurrentDatabases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		imports(t, s, benchPackage(t, 1500))
		let, ended := make(chan struct{}), make(chan struct{}, 40)
		tokens := []string{s.token, s.as("partner:FI").token, s.as("partner:DK").token}
		for i := range 40 {
			go func() {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/assignments.csv", nil)
				r.Header.Set("Authorization", "Bearer "+tokens[i%len(tokens)])
				s.handler.ServeHTTP(&slowReader{ResponseWriter: httptest.NewRecorder(), taken: let}, r)
				ended <- struct{}{}
			}()
		}
		defer func() {
			close(let)
			for range 40 {
				<-ended
			}
		}()
		for range 3 {
			time.Sleep(300 * time.Millisecond)
			for _, path := range []string{"/postings", "/postings.csv"} {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
				r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
				r.Header.Set("Authorization", "Bearer "+s.token)
				if page := s.send(r); page.StatusCode != http.StatusOK {
					t.Errorf("while others take nothing, %s is %d", path, page.StatusCode)
				}
				cancel()
			}
		}
	})
}

func TestCostlyTakesTurns(t *testing.T) {
	t.Parallel()
	turns := newTurns()
	var give []func()
	for range cap(turns.free) {
		g, err := turns.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		give = append(give, g)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := turns.take(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	turns.waiting.Store(mostWaiting)
	if _, err := turns.take(ctx); !errors.Is(err, errOverloaded) || statusOf(err) != http.StatusServiceUnavailable {
		t.Error(err)
	}
	turns.waiting.Store(0)
	for _, g := range give {
		g()
	}
	if g, err := turns.take(t.Context()); err != nil {
		t.Error(err)
	} else {
		g()
	}
}

func TestOneReaderTakesSoManyFilesAtOnce(t *testing.T) {
	t.Parallel()
	var u underWay
	var ends []func()
	for range mostOwnFiles {
		end, err := u.begin(7)
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, end)
	}
	if _, err := u.begin(7); !errors.Is(err, errTooMany) {
		t.Error(err)
	}
	if _, err := u.begin(8); err != nil {
		t.Error(err)
	}
	ends[0]()
	if _, err := u.begin(7); err != nil {
		t.Error(err)
	}
}

// TestRate lets an account ask for pages more often than it may.
func TestRate(t *testing.T) {
	t.Parallel()
	plain := newSite(t)
	o := plain.options
	o.APIRate = 1
	for _, path := range []string{"/postings", "/assignments.csv", "/changes", "/findings"} {
		s := plain.with(o).as("coordinator:all")
		r := func(token, value string) page {
			as := *s
			as.token = token
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
			r.AddCookie(&http.Cookie{Name: languageCookie, Value: value})
			return as.send(r)
		}
		for range 5 {
			r(s.token, "en").is(http.StatusOK)
		}
		limited := r(s.token, "en").is(http.StatusTooManyRequests)
		if limited.Header.Get("Retry-After") != "1" || !strings.HasPrefix(limited.Header.Get("Content-Type"), "application/problem+json") {
			t.Errorf("%s: %v", path, limited.Header)
		}
		for lang, says := range map[string]string{"en": "Wait a moment", "sv": "Vänta en stund"} { // who has not signed in
			for range 6 {
				r("", lang)
			}
			page := r("", lang)
			page.is(http.StatusTooManyRequests).says(says)
			if page.Header.Get("Retry-After") == "" {
				t.Errorf("%s does not say when", path)
			}
		}
		for _, free := range []string{"/sign-in", "/healthz", "/readyz", "/livez", "/assets/style.css"} {
			if page := s.get(free); page.StatusCode == http.StatusTooManyRequests {
				t.Errorf("%s is limited", free)
			}
		}
	}
}

func TestPackedBodiesAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/officers", strings.NewReader("x"))
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Content-Encoding", "gzip")
	s.send(r).is(http.StatusUnsupportedMediaType)
	r = httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/officers", strings.NewReader("x"))
	r.Header.Set("Content-Type", `Multipart/form-data; boundary=b`)
	s.send(r).is(http.StatusUnsupportedMediaType)
	r = httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/officers", strings.NewReader("name="+strings.Repeat("a", 2<<20)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if page := s.send(r).is(http.StatusRequestEntityTooLarge); page.Header.Get("Connection") != "close" {
		t.Error("a body that says it is too large is read")
	}
	r = httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/officers", strings.NewReader("name="+strings.Repeat("a", 2<<20)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.ContentLength = -1 // it does not say
	s.send(r).is(http.StatusRequestEntityTooLarge)
}

// imports reads a package into a site.
func imports(t *testing.T, s *site, path string) {
	t.Helper()
	if _, err := interchange.Import(t.Context(), s.store, db.Local, path, interchange.Options{}); err != nil {
		t.Fatal(err)
	}
}

// TestChangesEndTheirPage asks for all that ever changes, and goes through it.
func TestChangesEndTheirPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	imports(t, s, benchPackage(t, 1500))
	path, seen := "/changes?from=1985-01-01&state=FI&to=9999-12-31", 0
	for range 100 {
		page := s.get(path).is(http.StatusOK)
		if n := len(page.body); n > 1<<20 {
			t.Fatalf("%s has %d bytes", path, n)
		}
		lines := strings.Count(page.body, "<li>")
		if lines > 300 {
			t.Errorf("%s has %d lines", path, lines)
		}
		seen++
		_, next, more := strings.Cut(page.body, `<a rel="next" href="`)
		if !more {
			break
		}
		next, _, _ = strings.Cut(next, `"`)
		path = strings.ReplaceAll(next, "&amp;", "&")
	}
	if seen < 3 || seen == 100 {
		t.Errorf("%d pages", seen)
	}
	if file := s.get("/changes.csv?from=1985-01-01&state=FI&to=9999-12-31").is(http.StatusOK); strings.Count(file.body, "\n") < 500 {
		t.Error("the file ends too")
	}
}
