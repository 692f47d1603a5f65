package handlers

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	mostWaiting = 64               // for a turn at what is costly
	longestWait = 15 * time.Second // for it
	// How many files may be under way at once, of all readers and of one.
	mostFiles    = 128
	mostOwnFiles = 16
)

var errOverloaded = errors.New("handlers: too much is worked out at once")

// turns lets so many at once work out what is costly.
type turns struct {
	free    chan struct{}
	waiting atomic.Int64
}

func newTurns() *turns { return &turns{free: make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))} }

// take waits for a turn, and returns what gives it back. Where too many wait
// already, or it lasts too long, it is errOverloaded.
func (t *turns) take(ctx context.Context) (give func(), err error) {
	give = func() { <-t.free }
	select {
	case t.free <- struct{}{}:
		return give, nil
	default:
	}
	if t.waiting.Add(1) > mostWaiting {
		t.waiting.Add(-1)
		return nil, errOverloaded
	}
	defer t.waiting.Add(-1)
	late := time.NewTimer(longestWait)
	defer late.Stop()
	select {
	case t.free <- struct{}{}:
		return give, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-late.C:
		return nil, errOverloaded
	}
}

// turnKey marks a request that has its turn: it takes no second one.
type turnKey struct{}

// costly lets what works out much wait for its turn. What the answer is sent
// with comes after it.
func (s *server) costly(handle func(*gin.Context) error) func(*gin.Context) error {
	return func(c *gin.Context) error {
		ctx := c.Request.Context()
		give, err := s.turns.take(ctx)
		if err != nil {
			return err
		}
		defer give()
		c.Request = c.Request.WithContext(context.WithValue(ctx, turnKey{}, true))
		return handle(c)
	}
}

// underWay counts the files that are being sent, by who takes them.
type underWay struct {
	mu  sync.Mutex
	all int
	own map[int64]int
}

// begin counts one more: errTooMany where somebody takes many already,
// errOverloaded where all together do.
func (u *underWay) begin(account int64) (end func(), err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case u.own[account] >= mostOwnFiles:
		return nil, errTooMany
	case u.all >= mostFiles:
		return nil, errOverloaded
	}
	if u.own == nil {
		u.own = map[int64]int{}
	}
	u.all++
	u.own[account]++
	return func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.all--
		if u.own[account]--; u.own[account] == 0 {
			delete(u.own, account)
		}
	}, nil
}

// retryAfter says when to come again, unless that has been said.
func retryAfter(c *gin.Context, d time.Duration) {
	if c.Writer.Header().Get("Retry-After") == "" {
		c.Header("Retry-After", strconv.Itoa(seconds(d)))
	}
}
