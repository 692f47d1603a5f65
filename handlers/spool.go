package handlers

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	// spoolMemory is how much of a file waits in memory for its reader, in
	// bytes.
	spoolMemory = 4 << 20
	// mostSpooled bounds what waits on disk, for all files together, in bytes.
	mostSpooled = 2 << 30
	// spoolChunk is how much is sent at once, in bytes.
	spoolChunk = 64 << 10
)

// stall is how long a reader may take for a chunk. Tests change it.
var stall = 30 * time.Second

// A spool takes a file in as fast as it is made, and sends it as slowly as its
// reader takes it, so that whoever makes the file never waits, and holds no
// database connection for a slow reader. What does not fit into memory goes to
// a temporary file without a name, encrypted with a key that is only in memory.
// A spool replaces the response writer.
type spool struct {
	gin.ResponseWriter
	total   *atomic.Int64 // on disk, of all spools
	end     func()        // to call when it is no longer under way
	request *time.Timer   // ends the request, nil if nothing does

	mu      sync.Mutex
	news    sync.Cond
	memory  [][]byte // sent before what is on disk
	begun   int      // bytes of the first that have been handed out
	held    int      // bytes in memory
	spent   []byte   // of which the end is being sent
	spare   [][]byte // have been sent, and are kept for what comes
	disk    *os.File
	secret  []byte // what was written last, as it is on disk
	in, out cipher.Stream
	put     int64 // bytes written to disk,
	got     int64 // and read back
	all     bool  // no more will come
	failed  error // by sending: nobody is reading any more
	sent    chan struct{}
}

var (
	errSpoolFull = errors.New("handlers: too much waits for slow readers")
	errLeft      = errors.New("handlers: the file is not wanted any longer")
)

// spooled replaces the response writer with a spool, unless too many are under
// way already.
func (s *server) spooled(c *gin.Context) error {
	who := int64(0)
	if v := visitorOf(c.Request.Context()); v != nil {
		who = v.account.ID
	}
	end, err := s.files.begin(who)
	if err != nil {
		return err
	}
	p := &spool{ResponseWriter: c.Writer, total: &s.onDisk, end: end}
	p.request, _ = c.Request.Context().Value(deadlineKey{}).(*time.Timer)
	p.news.L = &p.mu
	c.Writer = p
	return nil
}

// Write never waits for the reader.
func (p *spool) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed != nil {
		return 0, p.failed
	}
	if p.request != nil && p.request.Stop() {
		p.request.Reset(requestTime) // a file may take long if it makes progress
	}
	if p.sent == nil {
		p.sent = make(chan struct{})
		go p.send()
	}
	if p.put > p.got || p.held+len(b) > spoolMemory {
		if err := p.toDisk(b); err != nil {
			return 0, err
		}
	} else {
		p.memory = append(p.memory, append(p.room(), b...))
		p.held += len(b)
	}
	p.news.Signal()
	return len(b), nil
}

func (p *spool) WriteString(s string) (int, error) { return p.Write([]byte(s)) }
func (p *spool) Written() bool                     { p.mu.Lock(); defer p.mu.Unlock(); return p.sent != nil }

// room returns an empty buffer, which has been in use before if there is one.
func (p *spool) room() (empty []byte) {
	if n := len(p.spare) - 1; n >= 0 {
		empty, p.spare = p.spare[n], p.spare[:n]
	}
	return empty
}

// toDisk keeps bytes on disk. If all that was there has been read, it starts
// over with another key.
func (p *spool) toDisk(b []byte) (err error) {
	if p.disk == nil {
		if p.disk, err = os.CreateTemp("", "samband-*"); err != nil {
			return err
		}
		if err := os.Remove(p.disk.Name()); err != nil {
			return err
		}
	}
	if p.put == p.got {
		p.total.Add(-p.put)
		p.put, p.got = 0, 0
		key := make([]byte, 32+aes.BlockSize)
		rand.Read(key) // never fails
		block, err := aes.NewCipher(key[:32])
		if err != nil {
			return err
		}
		p.in, p.out = cipher.NewCTR(block, key[32:]), cipher.NewCTR(block, key[32:])
	}
	if p.total.Add(int64(len(b))) > mostSpooled {
		p.total.Add(-int64(len(b)))
		return errSpoolFull
	}
	p.secret = append(p.secret[:0], b...)
	p.in.XORKeyStream(p.secret, p.secret)
	n, err := p.disk.WriteAt(p.secret, p.put)
	p.put += int64(n)
	p.total.Add(int64(n - len(b)))
	return err
}

// next waits for the next bytes to send, and returns none at the end.
func (p *spool) next(chunk []byte) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.spent != nil {
		p.spare = append(p.spare, p.spent[:0])
	}
	p.spent = nil
	for len(p.memory) == 0 && p.put == p.got && !p.all && p.failed == nil {
		p.news.Wait()
	}
	switch {
	case p.failed != nil:
		return nil, p.failed
	case len(p.memory) > 0:
		first := p.memory[0]
		b := first[p.begun:min(len(first), p.begun+spoolChunk)]
		if p.begun += len(b); p.begun == len(first) {
			p.begun, p.spent = 0, first
			p.memory[0], p.memory = nil, p.memory[1:]
		}
		p.held -= len(b)
		return b, nil
	case p.put > p.got:
		b := chunk[:min(int64(len(chunk)), p.put-p.got)]
		if _, err := p.disk.ReadAt(b, p.got); err != nil {
			return nil, err
		}
		p.out.XORKeyStream(b, b)
		p.got += int64(len(b))
		return b, nil
	}
	return nil, nil
}

// send sends until everything is sent, or the reader has taken nothing for too
// long.
func (p *spool) send() {
	defer close(p.sent)
	deadline := http.NewResponseController(p.ResponseWriter)
	chunk := make([]byte, spoolChunk)
	for {
		b, err := p.next(chunk)
		if err == nil && len(b) == 0 {
			return
		}
		if err == nil {
			_ = deadline.SetWriteDeadline(time.Now().Add(stall)) // a writer without deadlines needs none
			_, err = p.ResponseWriter.Write(b)
		}
		if err != nil {
			p.stop(err)
			return
		}
	}
}

func (p *spool) stop(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed == nil {
		p.failed = err
	}
	p.news.Broadcast()
}

// finish waits until all that was written has been sent, unless making it
// failed with err. It returns what went wrong.
func (p *spool) finish(err error) error {
	if err != nil {
		p.stop(err)
	}
	p.mu.Lock()
	p.all = true
	p.news.Broadcast()
	sent := p.sent
	p.mu.Unlock()
	if sent != nil {
		<-sent
	}
	p.end()
	p.total.Add(-p.put)
	p.put, p.got, p.memory, p.spent, p.spare = 0, 0, nil, nil, nil
	if p.disk != nil {
		p.disk.Close()
		p.disk = nil
	}
	if err == nil {
		err = p.failed
	}
	return err
}

// produced calls a handler. If that replaced the writer with a spool, it
// finishes the spool: after a panic too, so that none is left behind.
func (s *server) produced(c *gin.Context, handle func(*gin.Context) error) (err error) {
	over := false
	defer func() {
		if p, ok := c.Writer.(*spool); ok && !over {
			_ = p.finish(errLeft)
		}
	}()
	err = handle(c)
	if p, ok := c.Writer.(*spool); ok {
		err, over = p.finish(err), true
	}
	return err
}
