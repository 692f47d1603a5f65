package handlers

import (
	"math"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A throttle allows each of many so much at once, and then so much over time.
// It forgets whom it has not met for long, and bounds its memory.
type throttle struct {
	every time.Duration // until there is one more
	burst int

	mu  sync.Mutex
	met map[string]*metered
}

type metered struct {
	*rate.Limiter
	last time.Time
}

// mostMet bounds whom a throttle knows at a time.
const mostMet = 50_000

func newThrottle(every time.Duration, burst int) *throttle {
	return &throttle{every: every, burst: burst, met: map[string]*metered{}}
}

func (t *throttle) of(who string, now time.Time) *metered {
	m := t.met[who]
	if m == nil {
		if len(t.met) >= mostMet {
			t.forget(now)
		}
		m = &metered{Limiter: rate.NewLimiter(rate.Every(t.every), t.burst)}
		t.met[who] = m
	}
	m.last = now
	return m
}

// forget drops those who could take all again by now, and if there are none of
// them everybody.
func (t *throttle) forget(now time.Time) {
	for who, m := range t.met {
		if now.Sub(m.last) > t.every*time.Duration(t.burst) {
			delete(t.met, who)
		}
	}
	if len(t.met) >= mostMet {
		clear(t.met)
	}
}

// take takes one, and returns how long to wait where there is none.
func (t *throttle) take(who string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.of(who, now)
	if m.AllowN(now, 1) {
		return 0
	}
	return t.until(m, now)
}

// wait returns how long to wait for one, and takes none.
func (t *throttle) wait(who string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.of(who, now)
	if m.TokensAt(now) >= 1 {
		return 0
	}
	return t.until(m, now)
}

func (t *throttle) until(m *metered, now time.Time) time.Duration {
	missing := 1 - m.TokensAt(now)
	return max(time.Duration(missing*float64(t.every)), time.Millisecond)
}

// seconds returns a wait as Retry-After has it.
func seconds(wait time.Duration) int { return int(math.Ceil(wait.Seconds())) }

// network returns what an address is throttled by: itself, or the network that
// one customer has where it is IPv6.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return ip.String()
}

// How many wrong passwords there may be. Who has signed in with a browser
// before is counted apart there: nobody keeps others out by guessing.
const (
	accountTries = 8
	addressTries = 40
	accountEvery = 2 * time.Minute
	addressEvery = 20 * time.Second
)
