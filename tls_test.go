package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// newCertificate writes a certificate for 127.0.0.1 that signs itself, and its
// key, and returns who trusts it.
func newCertificate(t *testing.T, dir, name string) (cert, key string, trusted *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	trusted = x509.NewCertPool()
	for kind, b := range map[string][]byte{"CERTIFICATE": signed, "EC PRIVATE KEY": kept} {
		text := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b})
		path := filepath.Join(dir, name+"."+strings.ToLower(kind[:2]))
		if kind == "CERTIFICATE" {
			cert = path
			trusted.AppendCertsFromPEM(text)
		} else {
			key = path
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key, trusted
}

func TestServeOverTLS(t *testing.T) {
	sh := newShell(t)
	sh.reads("user add --email a@example.org --role partner --state SE --password-stdin", wordsOfA)
	cert, key, trusted := newCertificate(t, t.TempDir(), "samband")
	ctx, stop := context.WithCancel(context.Background())
	out, ended := lines{make(chan string, 1)}, make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key},
			func(name string) (string, bool) { v, ok := sh.env[name]; return v, ok }, strings.NewReader(""), &out, &bytes.Buffer{})
	}()
	var base string
	select {
	case line := <-out.first:
		base = strings.TrimSpace(strings.TrimPrefix(line, "Samband is at "))
	case err := <-ended:
		t.Fatal(err)
	}
	if !strings.HasPrefix(base, "https://127.0.0.1:") {
		t.Fatalf("it is at %q", base)
	}
	client := func(c *tls.Config) *http.Client {
		transport := &http.Transport{TLSClientConfig: c}
		t.Cleanup(transport.CloseIdleConnections)
		return &http.Client{Transport: transport, Timeout: 30 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	resp, err := client(&tls.Config{RootCAs: trusted}).PostForm(base+"/sign-in", url.Values{"email": {"a@example.org"}, "password": {wordsOfA}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther || !strings.HasPrefix(resp.Header.Get("Strict-Transport-Security"), "max-age=31536000") {
		t.Errorf("sign-in is answered %d with %v", resp.StatusCode, resp.Header)
	}
	session := 0
	for _, c := range resp.Cookies() {
		if !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("a cookie is %v", c)
		}
		if c.Name == "__Host-samband" && c.MaxAge == 0 && c.Expires.IsZero() {
			session++
		}
	}
	if session != 1 {
		t.Errorf("the session is not kept as it should be: %v", resp.Cookies())
	}
	for name, c := range map[string]*tls.Config{"who does not trust it": {}, "an old version": {RootCAs: trusted, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}} {
		if resp, err := client(c).Get(base + "/healthz"); err == nil {
			resp.Body.Close()
			t.Errorf("%s is answered %d", name, resp.StatusCode)
		}
	}
	if resp, err := client(nil).Get("http://" + strings.TrimPrefix(base, "https://") + "/healthz"); err == nil {
		if resp.Body.Close(); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("without TLS it answers %d", resp.StatusCode)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestCertificatesThatDoNotFit(t *testing.T) {
	sh := newShell(t)
	dir := t.TempDir()
	cert, key, _ := newCertificate(t, dir, "one")
	_, other, _ := newCertificate(t, dir, "two")
	for name, c := range map[string]struct{ cert, key, says string }{
		"another's key":      {cert, other, "private key does not match public key"},
		"no key":             {cert, "", "go together"},
		"no certificate":     {"", key, "go together"},
		"a missing file":     {cert, filepath.Join(dir, "none.pem"), "none.pem"},
		"the two swapped":    {key, cert, "PEM"},
		"a file of no sense": {sh.env["SAMBAND_DATABASE"], key, "PEM"},
	} {
		line := "serve --addr 127.0.0.1:0"
		if c.cert != "" {
			line += " --tls-cert " + c.cert
		}
		if c.key != "" {
			line += " --tls-key " + c.key
		}
		out, err := sh.call(line, "")
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if strings.Contains(out, "Samband is at") || strings.Contains(out, "set-up?token=") {
			t.Errorf("%s: it says that it serves before it fails: %s", name, out)
		}
		if c.says != "go together" && err != nil && !strings.Contains(err.Error(), "tls-") {
			t.Errorf("%s: it does not say which setting is wrong: %v", name, err)
		}
	}
}
