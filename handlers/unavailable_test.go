package handlers

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"samband/db/dbtest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// fails sends a request that is to be answered 503: that one may try again, a
// page to people, problem+json to programs, and why in the log.
func (s *site) fails(method, path string, form url.Values) page {
	s.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+s.token)
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	p := page{s.t, w.Result(), w.Body.String()}
	if p.StatusCode != http.StatusServiceUnavailable || p.Header.Get("Retry-After") == "" {
		s.t.Errorf("%s %s answered %d, Retry-After %q: %.500s", method, path, p.StatusCode, p.Header.Get("Retry-After"), p.body)
	}
	kind := p.Header.Get("Content-Type")
	if strings.HasPrefix(path, "/api/") {
		var problem struct{ Status int }
		if err := json.Unmarshal([]byte(p.body), &problem); err != nil || problem.Status != p.StatusCode || kind != "application/problem+json" {
			s.t.Errorf("%s answered %s: %s", path, kind, p.body)
		}
	} else if !strings.HasPrefix(kind, "text/html") || !strings.Contains(p.body, "</html>") {
		s.t.Errorf("%s answered %s: %.200s", path, kind, p.body)
	}
	return p
}

func TestFileIsGone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	s := filled(t, newSiteOn(t, "sqlite", path))
	agency := form("country", "SE", "kind", "customs", "name", "Tullverket", "key", "x-customs")
	s.get("/healthz").is(200)
	s.get("/postings").is(200)
	if err := os.Rename(path, path+"-elsewhere"); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/healthz", "/readyz", "/", "/postings", "/agencies", "/postings.csv", "/api/v1/represent?state=FI&matter=customs&place=VN"} {
		s.fails(http.MethodGet, address, nil)
	}
	s.fails(http.MethodPost, "/agencies", agency)
	s.get("/livez").is(200).says("ok")
	if log := s.log.String(); !strings.Contains(log, "the file is gone") || !strings.Contains(log, path) {
		t.Errorf("the log does not say why: %.500s", log)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil { // another one in its place
		t.Fatal(err)
	}
	s.fails(http.MethodGet, "/healthz", nil)
	s.fails(http.MethodGet, "/postings", nil)
	s.fails(http.MethodPost, "/agencies", agency)
	if !strings.Contains(s.log.String(), "is another file") {
		t.Error("the log does not tell of another file")
	}
	if err := os.Rename(path+"-elsewhere", path); err != nil {
		t.Fatal(err)
	}
	s.get("/healthz").is(200)
	s.get("/postings").is(200)
	if n := strings.Count(s.get("/agencies").is(200).body, "Tullverket"); n != 1 {
		t.Errorf("%d agencies of that name", n)
	}
}

// A wire is the way to PostgreSQL, which can be cut and held.
type wire struct {
	t    *testing.T
	to   string
	mu   sync.Mutex
	open []net.Conn
	// atCommit cuts the connections when a commit has been sent, down lets no new
	// one through, held lets nothing through that is sent.
	atCommit, down, held atomic.Bool
	commits              atomic.Int64 // that it was cut at
}

// wired returns a wire to the server of an address, and the address by way of it.
func wired(t *testing.T, address string) (*wire, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{t: t, to: u.Host}
	t.Cleanup(func() { listener.Close(); w.cut() })
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			go w.carry(in)
		}
	}()
	u.Host = listener.Addr().String()
	return w, u.String()
}

func (w *wire) carry(in net.Conn) {
	out, err := net.Dial("tcp", w.to)
	if err != nil || w.down.Load() {
		in.Close()
		return
	}
	w.mu.Lock()
	w.open = append(w.open, in, out)
	w.mu.Unlock()
	go func() { _, _ = io.Copy(in, out); in.Close() }()
	for b := make([]byte, 64<<10); ; {
		n, err := in.Read(b)
		if err != nil {
			out.Close()
			return
		}
		for w.held.Load() {
			time.Sleep(10 * time.Millisecond)
		}
		if w.atCommit.Load() && bytes.Contains(b[:n], []byte("commit")) {
			w.commits.Add(1)
			in.Close() // the answer has nowhere to go
			_, _ = out.Write(b[:n])
			return
		}
		if _, err := out.Write(b[:n]); err != nil {
			return
		}
	}
}

// cut closes all connections.
func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.open {
		c.Close()
	}
	w.open = nil
}

// A lost connection is told as such to people and programs, and never as a
// fault of ours; what may have been kept is told apart from what was not.
func TestConnectionIsLost(t *testing.T) {
	w, address := wired(t, dbtest.Postgres(t))
	s := filled(t, newSiteOn(t, "pgx", address))
	agency := func(name string) url.Values {
		return form("country", "SE", "kind", "customs", "name", name, "key", strings.ToLower(name))
	}
	s.get("/postings").is(200)
	w.cut()
	s.get("/postings").is(200) // over another connection
	w.cut()
	s.post("/agencies", agency("First")).is(303)

	w.atCommit.Store(true)
	s.fails(http.MethodPost, "/agencies", agency("Second")).says("not known whether your change was saved")
	w.atCommit.Store(false)
	if n := w.commits.Load(); n != 1 {
		t.Errorf("a write whose commit had been sent was sent %d times", n)
	}
	s.get("/agencies").is(200).says("Second")

	w.down.Store(true)
	w.cut()
	for _, address := range []string{"/healthz", "/readyz", "/", "/postings", "/postings.csv", "/api/v1/represent?state=FI&matter=customs&place=VN"} {
		s.fails(http.MethodGet, address, nil)
	}
	s.fails(http.MethodPost, "/agencies", agency("Third")).says("not available")
	w.down.Store(false)
	s.get("/agencies").is(200).hides("Third")

	w.held.Store(true)
	for path, most := range map[string]time.Duration{"/healthz": healthTime + 2*time.Second, "/readyz": healthTime + 2*time.Second, "/agencies": requestTime + 2*time.Second} {
		began := time.Now()
		s.fails(http.MethodGet, path, nil)
		if took := time.Since(began); took > most {
			t.Errorf("%s took %v", path, took)
		}
	}
	began := time.Now()
	s.get("/livez").is(200)
	if took := time.Since(began); took > time.Second {
		t.Errorf("/livez took %v", took)
	}
	w.held.Store(false)
	s.get("/healthz").is(200)
	s.get("/agencies").is(200)
}

// A session that cannot be read or kept is answered with a page like all else.
func TestSessionCannotBeRead(t *testing.T) {
	t.Parallel()
	w, address := wired(t, dbtest.Postgres(t))
	s := filled(t, newSiteOn(t, "pgx", address))
	base, _ := opened(t, s, nil)
	visitor := newVisit(t, base)
	visitor.signIn(goodPassword, "")
	visitor.answers("signed in", "/postings", http.StatusOK)
	w.down.Store(true)
	w.cut()
	visitor.answers("the process", "/livez", http.StatusOK)
	resp, err := visitor.Get(base + "/postings")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" || resp.Header.Get("Content-Security-Policy") == "" || strings.Count(string(b), "</html>") != 1 {
		t.Errorf("%s: %.300s", resp.Status, b)
	}
	w.down.Store(false)
	visitor.answers("signed in still", "/postings", http.StatusOK)
}

// Of two hosts the first falls silent, as a frozen server does: writes go on at
// the other one before a request's deadline, and stay there when it wakes up.
func TestFirstHostFallsSilent(t *testing.T) {
	schema := dbtest.Postgres(t)
	first, address := wired(t, schema)
	_, other := wired(t, schema)
	u, err := url.Parse(other)
	if err != nil {
		t.Fatal(err)
	}
	s := filled(t, newSiteOn(t, "pgx", strings.Replace(address, "/postgres?", ","+u.Host+"/postgres?", 1)+"&target_session_attrs=read-write"))
	s.get("/postings").is(200)
	first.held.Store(true)
	for i := range 3 {
		began := time.Now()
		name := strings.Repeat("X", i+1)
		s.post("/agencies", form("country", "SE", "kind", "customs", "name", name, "key", strings.ToLower(name))).is(303)
		s.get("/healthz").is(200)
		if took := time.Since(began); took > requestTime {
			t.Errorf("it took %v", took)
		}
	}
	first.held.Store(false)
	s.get("/agencies").is(200).says("XXX")
}
