package handlers

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
)

const (
	// leastPacked is how many bytes an answer has at least that is compressed: less fits
	// into one packet as it is.
	leastPacked = 1024
	// mostJitter is by how many bytes at most a compressed answer is longer than it has
	// to be, and jitterFrom of how many of its first bytes a hash says by how many: to ask
	// for the same again tells nothing new.
	mostJitter = 64
	jitterFrom = 32 << 10
)

// packs are the types whose answers are compressed, besides those of text. Workbooks
// and packages are compressed already.
var packs = []string{"application/json", "application/problem+json", "application/x-ndjson", "application/atom+xml", "application/xml",
	"application/manifest+json", "image/svg+xml"}

func packable(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (strings.HasPrefix(kind, "text/") || slices.Contains(packs, kind))
}

// packing compresses answers, by zstd or gzip as the client takes it. Their lengths say
// little, and what another site makes a browser ask for is sent as it is: whoever
// chooses a part of a page must learn nothing of the rest from its length
// (docs/threat-model.md, BREACH).
func packing(next http.Handler) (http.Handler, error) {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(leastPacked), gzhttp.ContentTypeFilter(packable), gzhttp.RandomJitter(mostJitter, jitterFrom, true))
	if err != nil {
		return nil, err
	}
	packed := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if fromElsewhere(r) {
			w.Header().Set("Vary", "Accept-Encoding")
			next.ServeHTTP(w, r)
			return
		}
		packed(w, r)
	}), nil
}

// fromElsewhere reports whether a browser says that another site has made it ask.
func fromElsewhere(r *http.Request) bool {
	from := r.Header.Get("Sec-Fetch-Site")
	return from == "cross-site" || from == "same-site"
}

// takesGzip reports whether an answer may be sent by gzip.
func takesGzip(r *http.Request) bool {
	if fromElsewhere(r) {
		return false
	}
	for one := range strings.SplitSeq(strings.ToLower(r.Header.Get("Accept-Encoding")), ",") {
		coding, weight, weighted := strings.Cut(strings.ReplaceAll(one, " ", ""), ";q=")
		if coding != "gzip" {
			continue
		}
		q, err := strconv.ParseFloat(weight, 64)
		return !weighted || err == nil && q > 0
	}
	return false
}

// vary says by which headers of the request an answer differs.
func vary(c *gin.Context, headers string) { c.Header("Vary", "Accept-Encoding, "+headers) }
