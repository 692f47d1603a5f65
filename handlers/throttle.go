package handlers

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A throttle allows each of many callers a burst, and then one more at
// intervals. It forgets those that it has not met for long, and bounds its
// memory.
type throttle struct {
	every time.Duration // the interval
	burst int

	mu  sync.Mutex
	met map[string]*metered
}

type metered struct {
	*rate.Limiter
	last time.Time
}

// mostMet bounds how many callers a throttle remembers.
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

// forget drops the callers who could take a whole burst again by now, or
// everybody if there are none of those.
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

// take takes one for a caller and returns 0, or returns how long to wait for
// one.
func (t *throttle) take(who string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.of(who, now)
	if m.AllowN(now, 1) {
		return 0
	}
	return t.until(m, now)
}

func (t *throttle) until(m *metered, now time.Time) time.Duration {
	missing := 1 - m.TokensAt(now)
	return max(time.Duration(missing*float64(t.every)), time.Millisecond)
}
