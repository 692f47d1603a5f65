package handlers

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"weak"

	"github.com/klauspost/compress/zstd"

	"samband/assets"
	"samband/models"
)

// packed asks as a program that takes some encodings, and returns the answer as it was
// sent and as it reads.
func (s *site) packed(path, takes string, heads ...string) (answer *http.Response, sent, plain []byte) {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Accept-Encoding", takes)
	for i := 0; i < len(heads); i += 2 {
		r.Header.Set(heads[i], heads[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	answer, sent = w.Result(), w.Body.Bytes()
	from := io.Reader(bytes.NewReader(sent))
	var err error
	switch answer.Header.Get("Content-Encoding") {
	case "gzip":
		from, err = gzip.NewReader(from)
	case "zstd":
		from, err = zstd.NewReader(from)
	}
	if err == nil {
		plain, err = io.ReadAll(from)
	}
	if err != nil {
		s.t.Fatalf("%s by %q: %v", path, takes, err)
	}
	return answer, sent, plain
}

// withoutRequest leaves out what no two answers have alike.
func withoutRequest(answer *http.Response, b []byte) string {
	return strings.ReplaceAll(string(b), answer.Header.Get("X-Request-Id"), "")
}

// Pages, files, answers and assets are sent by the encoding that the client takes, and
// read the same in each; what would gain nothing, and workbooks, are not compressed.
func TestAnswersAreCompressed(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s = s.as("coordinator:SE")
	const question = "/api/v1/represent?state=SE&matter=police&place=TH&on=2026-11-23"
	for _, path := range []string{"/", "/coverage", "/map", "/assignments", "/assignments.csv", "/postings.ndjson", "/coverage.csv",
		"/calendar.ics", "/feed.atom", question, "/api/v1/bodies", "/officers/none", assets.URL("app.css"), assets.URL("app.js")} {
		plainly, _, want := s.packed(path, "")
		for takes, by := range map[string]string{"gzip": "gzip", "zstd": "zstd", "br": "", "gzip;q=0": "", "gzip; q=0.5, br": "gzip", "GZIP": "gzip", "identity": ""} {
			answer, sent, got := s.packed(path, takes)
			if strings.Contains(path, "/represent?") && len(want) < leastPacked {
				t.Fatalf("the answer has %d bytes", len(want))
			}
			if encoding := answer.Header.Get("Content-Encoding"); encoding != by {
				t.Errorf("%s for %q is sent by %q, not %q", path, takes, encoding, by)
			}
			if withoutRequest(answer, got) != withoutRequest(plainly, want) || answer.StatusCode != plainly.StatusCode {
				t.Errorf("%s for %q reads otherwise: %d and %d bytes", path, takes, len(got), len(want))
			}
			if by != "" && len(sent) > len(want)*2/3 {
				t.Errorf("%s for %q has %d bytes of %d", path, takes, len(sent), len(want))
			}
			if vary := strings.Join(answer.Header.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Encoding") {
				t.Errorf("%s for %q varies by %q", path, takes, vary)
			}
		}
	}
	for _, path := range []string{"/postings.xlsx", "/livez"} {
		if answer, _, _ := s.packed(path, "gzip, zstd"); answer.Header.Get("Content-Encoding") != "" || answer.StatusCode != 200 {
			t.Errorf("%s is %s, by %q", path, answer.Status, answer.Header.Get("Content-Encoding"))
		}
	}
}

// The length of a page does not tell another site what is on it: what that site makes a
// browser ask for is not compressed, and else the length varies by chance.
func TestLengthsTellNothing(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s = s.as("coordinator:SE")
	for _, from := range []string{"cross-site", "same-site"} {
		for _, path := range []string{"/officers?q=Lindqvist", "/api/v1/represent?state=SE&matter=police&place=TH"} {
			answer, _, _ := s.packed(path, "gzip, zstd", "Sec-Fetch-Site", from)
			if by := answer.Header.Get("Content-Encoding"); by != "" {
				t.Errorf("%s is sent by %s to a %s request", path, by, from)
			}
		}
	}
	lengths := map[int]bool{}
	for i := range 20 {
		path := fmt.Sprintf("/officers?q=nobody%d", i)
		_, sent, _ := s.packed(path, "gzip", "Sec-Fetch-Site", "same-origin")
		z, err := gzip.NewReader(bytes.NewReader(sent))
		if err != nil {
			t.Fatal(err)
		}
		lengths[len(z.Comment)] = true
		if _, sent, _ = s.packed(path, "zstd"); !bytes.Contains(sent, []byte{0x50, 0x2A, 0x4D, 0x18}) {
			t.Error("by zstd a page has no frame to be skipped")
		}
	}
	if len(lengths) < 5 {
		t.Errorf("by gzip pages are longer by one of %d lengths", len(lengths))
	}
}

// What may be kept is not sent again to whoever has it, compressed or not.
func TestKeptIsNotSentAgain(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s = s.as("coordinator:SE")
	for _, path := range []string{assets.URL("app.css"), assets.URL("icon.svg"), "/calendar.ics", "/feed.atom"} {
		for _, takes := range []string{"", "gzip", "zstd"} {
			first, _, _ := s.packed(path, takes)
			tag := first.Header.Get("ETag")
			again, sent, _ := s.packed(path, takes, "If-None-Match", tag)
			if tag == "" || again.StatusCode != http.StatusNotModified || len(sent) > 0 || again.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s for %q: tag %s, then %s with %d bytes", path, takes, tag, again.Status, len(sent))
			}
			if other, _, _ := s.packed(path, takes, "If-None-Match", `"other"`); other.StatusCode != 200 {
				t.Errorf("%s with another tag is %s", path, other.Status)
			}
		}
	}
}

// A file that ends in the middle does not look whole, however it is sent.
func TestAbortedIsNotWhole(t *testing.T) {
	t.Parallel()
	site, err := packing(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		_, _ = io.WriteString(w, strings.Repeat("a,b\n", 50_000))
		panic(http.ErrAbortHandler)
	}))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site)
	defer server.Close()
	for _, takes := range []string{"identity", "gzip", "zstd"} {
		r, err := http.NewRequest(http.MethodGet, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", takes)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			continue // nothing came at all
		}
		if sent, err := io.ReadAll(answer.Body); err == nil {
			t.Errorf("by %s %d bytes look whole", takes, len(sent))
		}
		answer.Body.Close()
	}
}

// Kept answers are those that were told, by gzip or not; the oldest go first, and
// together they stay within their bound.
func TestAnswersAreKeptAndGoSingly(t *testing.T) {
	t.Parallel()
	a, rng, told := newAnswers(), rand.New(rand.NewPCG(1, 1)), 0
	from := weak.Make(models.NewDirectory(models.Delta{}))
	noise := make([]byte, 64<<10) // what cannot be compressed
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	ask := func(day int, zip bool) {
		t.Helper()
		want := fmt.Appendf(slices.Clone(noise), "%d", day)
		got, packed := a.of(answerKey{Question: models.Question{On: models.Date(day)}, from: from, gzip: zip}, func() []byte { told++; return slices.Clone(want) })
		if packed {
			got = gunzipped(got)
		}
		if packed != zip {
			t.Fatalf("day %d is packed: %t", day, packed)
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("day %d is answered otherwise, by gzip %t", day, zip)
		}
		if a.size > mostTold {
			t.Fatalf("%d bytes are kept", a.size)
		}
	}
	const most = mostTold / (64<<10 + aboutKept + 100)
	for day := range most {
		ask(day, day%2 == 0)
		ask(0, true) // which is asked again and again
	}
	if told != most {
		t.Fatalf("%d questions were answered %d times", most, told)
	}
	for day := range 40 {
		ask(most+day, false)
		ask(0, true)
	}
	told = 0
	ask(0, true)
	ask(0, false) // made of the other
	ask(most+39, true)
	ask(most-1, true)
	if told != 0 {
		t.Errorf("what was asked last was told anew %d times", told)
	}
	if ask(1, false); told != 1 {
		t.Error("what was asked long ago is still there")
	}
}

// What fits into a packet as it is goes as it is, and is kept once.
func TestSmallAnswersAreNotPacked(t *testing.T) {
	t.Parallel()
	from := weak.Make(models.NewDirectory(models.Delta{}))
	for _, x := range []struct {
		size int
		want bool
	}{{leastPacked - 1, false}, {leastPacked, true}} {
		a, told, answer := newAnswers(), 0, bytes.Repeat([]byte("x"), x.size)
		for _, zip := range []bool{true, false, true, true, false} {
			got, packed := a.of(answerKey{from: from, gzip: zip}, func() []byte { told++; return answer })
			if packed {
				got = gunzipped(got)
			}
			if packed != (zip && x.want) || !bytes.Equal(got, answer) {
				t.Errorf("%d bytes for one who takes gzip (%t): packed %t, %d bytes", x.size, zip, packed, len(got))
			}
		}
		if told != 1 {
			t.Errorf("%d bytes were told %d times", x.size, told)
		}
	}
}
