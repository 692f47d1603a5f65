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
	mostWaiting = 64               // requests, for a turn at costly work
	longestWait = 15 * time.Second // for a turn
	// How many files may be under way at once, for all accounts and for one.
	mostFiles    = 128
	mostOwnFiles = 16
)

var errOverloaded = errors.New("handlers: too much is worked out at once")

// turns limits how many requests do costly work at once.
type turns struct {
	free    chan struct{}
	waiting atomic.Int64
}

func newTurns() *turns { return &turns{free: make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))} }

// take waits for a turn, and returns the function that gives it back. It
// returns errOverloaded if too many are waiting already, or after longestWait.
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

// turnKey marks a request that has a turn, so that it does not take a second
// one.
type turnKey struct{}

// costly makes a handler wait for its turn. The turn ends before the wait for a
// slow reader of a file: see spool.
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

// underWay counts the files that are being sent, in all and by account.
type underWay struct {
	mu  sync.Mutex
	all int
	own map[int64]int
}

// begin counts one more file until end is called. It returns errTooMany if the
// account has too many under way, errOverloaded if there are too many in all.
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

// retryAfter sets the header Retry-After, unless it is set already.
func retryAfter(c *gin.Context, d time.Duration) {
	if c.Writer.Header().Get("Retry-After") == "" {
		c.Header("Retry-After", strconv.Itoa(seconds(d)))
	}
}
