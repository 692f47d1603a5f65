package trail

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// signedCertificate returns a certificate with the signature of a new key.
func signedCertificate(t testing.TB) Certificate {
	t.Helper()
	c := Certificate{File: "postings-2026-11-23.csv", SHA256: strings.Repeat("0f", 32), Bytes: 77, List: "postings",
		Address: "https://samband.example.org/postings.csv?on=2026-11-23&q=%3CÅse%3E", On: "2026-11-23", Known: "2026-11-22", Rows: 12,
		Made: "2026-11-23T12:00:00.000Z", By: "anna@example.org", Rights: "partner:FI", Revision: 17, Row: 204, Head: strings.Repeat("a1", 32)}
	seed := make([]byte, 32)
	rand.Read(seed)
	c.Sign(seed)
	return c
}

func TestCertificateIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringMatching(`[^\pC]{0,30}`)
		c := Certificate{File: line.Draw(t, "file"), SHA256: strings.Repeat(rapid.StringMatching(`[0-9a-f]{8}`).Draw(t, "sum"), 8), Bytes: rapid.Int64().Draw(t, "bytes"),
			List: line.Draw(t, "list"), Address: line.Draw(t, "address"), By: line.Draw(t, "by"), Rights: line.Draw(t, "rights"), Rows: rapid.Int().Draw(t, "rows"),
			Row: rapid.Int64().Draw(t, "row"), Head: strings.Repeat("a1", 32)}
		c.Sign(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
		for _, text := range [][]byte{c.Encode(), bytes.ReplaceAll(c.Encode(), []byte("\n"), []byte("\r\n")), append([]byte("\uFEFF \n"), c.Encode()...)} {
			got, err := ParseCertificate(text)
			if err != nil || got != c || !got.Genuine() || len(got.Faults(c.SHA256, c.Key, true)) > 0 {
				t.Fatalf("%+v, %v, genuine %t; want %+v", got, err, got.Genuine(), c)
			}
		}
	})
}

// Whatever bit of a certificate changes, it is no certificate any longer, or another one.
func TestEachBitOfACertificateCounts(t *testing.T) {
	t.Parallel()
	c := signedCertificate(t)
	text := c.Encode()
	for i := range text {
		for bit := range 8 {
			changed := slices.Clone(text)
			changed[i] ^= 1 << bit
			got, err := ParseCertificate(changed)
			if err == nil && len(got.Faults(c.SHA256, c.Key, true)) == 0 {
				t.Errorf("bit %d of byte %d: %q is taken", bit, i, changed[max(0, i-20):min(len(changed), i+20)])
			}
		}
	}
}

func TestWhatIsNoCertificate(t *testing.T) {
	t.Parallel()
	c := signedCertificate(t)
	text := string(c.Encode())
	for name, changed := range map[string]string{
		"nothing": "", "no JSON": "hello", "a list": "[]", "null": "null", "an empty one": "{}", "another version's name": `{"version": 1}`,
		"a field more":           strings.Replace(text, `"by"`, `"note": "made by the king", "by"`, 1),
		"a field twice":          strings.Replace(text, `"by"`, `"by": "king@example.org", "by"`, 1),
		"a field in capitals":    strings.Replace(text, `"by"`, `"BY"`, 1),
		"a field less":           strings.Replace(text, "  \"known\": \"2026-11-22\",\n", "", 1),
		"something after it":     text + text,
		"written in another way": strings.Replace(text, "  \"by\"", "\"by\"", 1),
		"a checkpoint":           `{"rows": 1, "last": 1, "head": "", "at": "", "key": "", "signature": ""}`,
	} {
		if got, err := ParseCertificate([]byte(changed)); !errors.Is(err, ErrNoCertificate) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if _, err := ParseCertificate([]byte(strings.Replace(text, `certificate": 1`, `certificate": 2`, 1))); !errors.Is(err, ErrCertificateNewer) {
		t.Errorf("of another version: %v", err)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	good, other := signedCertificate(t), signedCertificate(t)
	sum := good.SHA256
	for name, c := range map[string]struct {
		change func(*Certificate)
		hash   string
		told   bool
		want   []Fault
	}{
		"nothing":                     {func(*Certificate) {}, sum, true, nil},
		"no file to look at":          {func(*Certificate) {}, "", true, nil},
		"another file":                {func(*Certificate) {}, other.Head, true, []Fault{Changed}},
		"the trail does not tell":     {func(*Certificate) {}, sum, false, []Fault{Untold}},
		"another maker":               {func(c *Certificate) { c.By = "king@example.org" }, sum, true, []Fault{Forged}},
		"another day":                 {func(c *Certificate) { c.On = "2026-11-24" }, sum, true, []Fault{Forged}},
		"a line of another field":     {func(c *Certificate) { c.On, c.Known = "2026-11-23\nknown: 2026-11-22", "" }, sum, true, []Fault{Forged}},
		"another hash":                {func(c *Certificate) { c.SHA256 = c.Head }, other.Head, true, []Fault{Forged}},
		"another key":                 {func(c *Certificate) { c.Key = other.Key }, sum, true, []Fault{Forged, OtherKey}},
		"another's signature":         {func(c *Certificate) { c.Key, c.Signature = other.Key, other.Signature }, sum, true, []Fault{OtherKey}},
		"no signature":                {func(c *Certificate) { c.Signature = "" }, sum, true, []Fault{Forged}},
		"no key":                      {func(c *Certificate) { c.Key = "" }, sum, true, []Fault{Forged, OtherKey}},
		"a key with a line in it":     {func(c *Certificate) { c.Key = c.Key[:4] + "\n" + c.Key[4:] }, sum, true, []Fault{Forged, OtherKey}},
		"a signature of a checkpoint": {func(c *Certificate) { c.Signature = Checkpoint{Rows: 1}.Signature }, sum, true, []Fault{Forged}},
	} {
		one := good
		c.change(&one)
		if got := one.Faults(c.hash, good.Key, c.told); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A line that could be taken for another field is not signed as one: signing it does not
// make it genuine.
func TestNoFieldBreaksItsLine(t *testing.T) {
	t.Parallel()
	c := signedCertificate(t)
	for _, field := range []*string{&c.File, &c.List, &c.Address, &c.On, &c.Known, &c.Made, &c.By, &c.Rights} {
		was := *field
		*field = was + "\nby: king@example.org"
		c.Sign(make([]byte, 32))
		if c.Genuine() {
			t.Errorf("%q is genuine", *field)
		}
		*field = was
	}
	if c.Sign(make([]byte, 32)); !c.Genuine() {
		t.Error("without it, it is not genuine")
	}
}
