package cli

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// certified makes a key and a certificate of 127.0.0.1 that it has signed
// itself, and returns the files with them.
func certified(t *testing.T) (cert, key string, roots *x509.CertPool) {
	t.Helper()
	pair, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	signed, err := x509.CreateCertificate(rand.Reader, about, about, pair.Public(), pair)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(pair)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed})
	keyPEM := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	if err := errors.Join(os.WriteFile(cert, certPEM, 0o600), os.WriteFile(key, keyPEM, 0o600)); err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AppendCertsFromPEM(certPEM)
	return cert, key, roots
}

// serving begins to serve until the test ends, or end is called, and returns
// the address that is printed and a reader of what is printed after it.
func serving(t *testing.T, env map[string]string, flags ...string) (at string, rest *bufio.Reader, end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	printed, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		p := &program{in: strings.NewReader(""), out: out, err: &bytes.Buffer{}}
		err := p.run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, flags...),
			func(name string) (string, bool) { v, ok := env[name]; return v, ok })
		out.CloseWithError(err)
		ended <- err
	}()
	over := false
	end = func() {
		if over {
			return
		}
		over = true
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	}
	t.Cleanup(func() {
		printed.Close() // what nobody reads holds nothing up
		end()
	})
	rest = bufio.NewReader(printed)
	line, err := rest.ReadString('\n')
	if err != nil {
		t.Fatalf("it says %q, %v", line, err)
	}
	return strings.TrimSpace(strings.TrimPrefix(line, "Samband is at ")), rest, end
}

// browser returns what asks for pages, keeps cookies and follows nothing.
func browser(t *testing.T, roots *x509.CertPool) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Jar: jar, Timeout: time.Minute, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// asks gets an address, or posts a form to it, and returns the answer, read.
func asks(t *testing.T, b *http.Client, address string, form url.Values) (r *http.Response, page string) {
	t.Helper()
	var err error
	if form == nil {
		r, err = b.Get(address)
	} else {
		r, err = b.PostForm(address, form)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, string(body)
}

func signInForm(email, password string) url.Values {
	return url.Values{"email": {email}, "password": {password}}
}

// sessionCookie signs in and returns the cookie that the session is known by.
func sessionCookie(t *testing.T, b *http.Client, at string) *http.Cookie {
	t.Helper()
	r, page := asks(t, b, at+"/sign-in", signInForm("a@example.org", goodPassword))
	if r.StatusCode != http.StatusSeeOther {
		t.Fatalf("signing in is answered by %s: %s", r.Status, page)
	}
	for _, c := range r.Cookies() {
		if strings.HasSuffix(c.Name, "samband") {
			return c
		}
	}
	t.Fatalf("the cookies are %v", r.Cookies())
	return nil
}

func TestServeOverTLS(t *testing.T) {
	env := office(t)
	added(t, env, "a@example.org", "administrator", "all")
	cert, key, roots := certified(t)
	at, _, _ := serving(t, env, "--tls-cert", cert, "--tls-key", key)
	if !strings.HasPrefix(at, "https://127.0.0.1:") {
		t.Fatalf("it is at %q", at)
	}
	b := browser(t, roots)
	for _, path := range []string{"/sign-in", "/", "/healthz", "/nowhere"} {
		r, _ := asks(t, b, at+path, nil)
		if r.TLS == nil || r.TLS.Version < tls.VersionTLS12 || r.Header.Get("Strict-Transport-Security") != "max-age=31536000; includeSubDomains" {
			t.Errorf("%s is answered with %v", path, r.Header)
		}
	}
	c := sessionCookie(t, b, at)
	if c.Name != "__Host-samband" || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %v", c)
	}
	if r, page := asks(t, b, at+"/accounts", nil); r.StatusCode != http.StatusOK || !strings.Contains(page, "a@example.org") {
		t.Errorf("with the session, accounts are answered by %s", r.Status)
	}
	host := strings.TrimPrefix(at, "https://")
	old := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	if conn, err := tls.Dial("tcp", host, old); err == nil {
		conn.Close()
		t.Error("TLS 1.1 is spoken")
	}
	if r, _ := asks(t, b, "http://"+host+"/sign-in", nil); r.StatusCode != http.StatusBadRequest || len(r.Cookies()) > 0 {
		t.Errorf("without TLS it answers %s", r.Status)
	}
}

func TestServeWithoutTLS(t *testing.T) {
	env := office(t)
	added(t, env, "a@example.org", "administrator", "all")
	at, _, _ := serving(t, env)
	b := browser(t, nil)
	r, _ := asks(t, b, at+"/sign-in", nil)
	if h := r.Header.Get("Strict-Transport-Security"); !strings.HasPrefix(at, "http://") || h != "" {
		t.Errorf("at %s it asks for TLS: %q", at, h)
	}
	if c := sessionCookie(t, b, at); c.Name != "samband" || c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is %v", c)
	}
}

func TestServeRefusesKeysThatDoNotFit(t *testing.T) {
	cert, key, _ := certified(t)
	_, other, _ := certified(t)
	for name, c := range map[string]struct{ cert, key, says string }{
		"a certificate alone":         {cert, "", "tls-cert and tls-key go together"},
		"a key alone":                 {"", key, "tls-cert and tls-key go together"},
		"a key that is not there":     {cert, key + ".none", "no such file"},
		"a certificate not there":     {cert + ".none", key, "no such file"},
		"another certificate's key":   {cert, other, "private key does not match"},
		"a key for a certificate":     {key, key, "certificate"},
		"a certificate for a key":     {cert, cert, "key"},
		"something else for both":     {"serve_test.go", "serve_test.go", "PEM"},
		"the two in the wrong places": {key, cert, "certificate"},
	} {
		env := office(t)
		out, err := called(t, env, "serve", "--addr", "127.0.0.1:0", "--tls-cert", c.cert, "--tls-key", c.key)
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "tls-") {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if out != "" {
			t.Errorf("%s: before it fails, it says %q", name, out)
		}
	}
}

func TestDemoStaysOnThisMachine(t *testing.T) {
	cert, key, _ := certified(t)
	for _, addr := range []string{"0.0.0.0:0", "[::]:0", ":0", "192.0.2.1:0", "samband.example.org:0", "localhost.example.org:0"} {
		for _, more := range [][]string{nil, {"--allow-network"}, {"--tls-cert", cert, "--tls-key", key}, {"--base-url", "https://samband.example.org"}} {
			env := office(t)
			out, err := called(t, env, append([]string{"serve", "--demo", "--addr", addr}, more...)...)
			if err == nil || out != "" || !strings.Contains(err.Error(), "demo mode stays on this one") {
				t.Errorf("%s %q: %s, %v", addr, more, out, err)
			}
			if _, err := os.Stat(env["SAMBAND_DATABASE"]); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: a database is made all the same", addr)
			}
		}
	}
}

func TestFirstStartPrintsALink(t *testing.T) {
	env := office(t)
	at, rest, end := serving(t, env)
	said, err1 := rest.ReadString('\n')
	link, err2 := rest.ReadString('\n')
	link = strings.TrimSpace(link)
	if err := errors.Join(err1, err2); err != nil || !strings.HasPrefix(said, "There is no administrator yet.") || !strings.HasPrefix(link, at+"/set-up?token=") {
		t.Fatalf("it says %q, %q, %v", said, link, err)
	}
	b := browser(t, nil)
	if r, page := asks(t, b, link, nil); r.StatusCode != http.StatusOK || !strings.Contains(page, `name="password"`) {
		t.Fatalf("the link leads to %s: %s", r.Status, page)
	}
	if r, _ := asks(t, b, link+"X", nil); r.StatusCode < 400 {
		t.Errorf("another link leads to %s", r.Status)
	}
	form := signInForm("a@example.org", goodPassword)
	form.Set("again", goodPassword)
	leaves(t, env, func() {
		if r, page := asks(t, b, link, form); r.StatusCode != http.StatusSeeOther {
			t.Fatalf("the form is answered by %s: %s", r.Status, page)
		}
	}, "link create account", "link set_password account")
	if out := does(t, env, "user list"); out != "a@example.org\tadministrator:all\tenabled\n" {
		t.Errorf("the accounts are %q", out)
	}
	if r, _ := asks(t, b, link, form); r.StatusCode < 400 {
		t.Errorf("a second time the link is answered by %s", r.Status)
	}
	sessionCookie(t, b, at)
	end()
	at, rest, end = serving(t, env)
	asks(t, b, at+"/healthz", nil) // whatever there was to say has been said
	end()
	if more, err := io.ReadAll(rest); len(more) > 0 || err != nil {
		t.Errorf("the second start says %q, %v", more, err)
	}
}
