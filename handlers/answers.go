package handlers

import (
	"bytes"
	"math"
	"sync"
	"weak"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/s2"

	"samband/models"
	"samband/views"
)

const (
	// mostTold bounds the memory that kept answers take, in bytes.
	mostTold = 32 << 20
	// aboutKept is what an answer takes beside its bytes.
	aboutKept = 400
	// mostDirectories bounds how many directories have their standings cached: each
	// scope has its own directory.
	mostDirectories = 32
)

// answers keeps the answers given to programs, since programs ask the same questions
// again and again. They are kept compressed; the one that nobody has asked for the
// longest goes first.
type answers struct {
	mu   sync.Mutex
	kept *simplelru.LRU[answerKey, []byte]
	size int // of all, in bytes
}

// An answerKey is a question asked of a directory, and how the answer is kept: by gzip,
// in which it is sent, or by S2, out of which it is made in no time.
type answerKey struct {
	models.Question
	views.AsOf
	from weak.Pointer[models.Directory]
	lang string
	gzip bool
}

func newAnswers() *answers {
	a := new(answers)
	a.kept, _ = simplelru.NewLRU(math.MaxInt, func(_ answerKey, b []byte) { a.size -= len(b) + aboutKept }) // a size above 0 is no error
	return a
}

// of returns the answer to a question: the kept one, or else what tell returns, which is
// then kept. It is compressed if the key says by gzip and it is worth that.
func (a *answers) of(key answerKey, tell func() []byte) (answer []byte, packed bool) {
	if b := a.get(key); b != nil {
		return b, key.gzip
	}
	plain, other := key, key
	plain.gzip, other.gzip = false, !key.gzip
	kept := a.get(other)
	switch {
	case kept == nil:
		answer = tell()
	case other.gzip:
		answer = gunzipped(kept)
	default:
		answer = kept
	}
	if key.gzip && len(answer) >= leastPacked {
		answer = gzipped(answer)
		a.put(key, answer)
		return answer, true
	}
	if kept == nil || other.gzip {
		a.put(plain, s2.Encode(nil, answer))
	}
	return answer, false
}

// get returns what is kept under a key, nil if nothing is: by gzip as it is, by S2
// unpacked.
func (a *answers) get(key answerKey) []byte {
	a.mu.Lock()
	b, _ := a.kept.Get(key)
	a.mu.Unlock()
	if b == nil || key.gzip {
		return b
	}
	b, _ = s2.Decode(nil, b) // which put has encoded
	return b
}

func (a *answers) put(key answerKey, b []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.kept.Contains(key) {
		return // somebody else has asked the same meanwhile
	}
	a.kept.Add(key, b)
	for a.size += len(b) + aboutKept; a.size > mostTold; {
		a.kept.RemoveOldest()
	}
}

var zippers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

func gzipped(b []byte) []byte {
	var to bytes.Buffer
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(&to)
	_, _ = z.Write(b) // a buffer takes all
	_ = z.Close()
	return to.Bytes()
}

func gunzipped(b []byte) []byte {
	var plain bytes.Buffer
	if z, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
		_, _ = plain.ReadFrom(z) // what gzipped has written
	}
	return plain.Bytes()
}
