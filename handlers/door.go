package handlers

import (
	"context"
	"errors"
	"math"
	"net/netip"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
)

// A door guards every secret that can be guessed at: passwords, codes, links,
// tokens and answers of single sign-on. A try is taken before the secret is
// checked, from all processes on one database together, and given back if the
// secret was right. To save a write on each good sign-in, somebody's first try
// is on credit if nothing is charged yet: it is charged only when it turns out
// wrong, or when the next one comes before that is known.
type door struct {
	turn   chan struct{}       // of capacity 1: whoever fills it decides
	credit map[string]*knocked // by meter
}

func newDoor() door { return door{make(chan struct{}, 1), map[string]*knocked{}} }

// A knocked is a try that has been let through and is not settled yet.
type knocked struct {
	meters  []db.Meter
	charged bool
	last    bool // some meter has no try left after it
}

// waiting is the error of too many tries: how long until the next one.
type waiting struct{ time.Duration }

func (w waiting) Error() string { return errTooMany.Error() }
func (w waiting) Unwrap() error { return errTooMany }

// How many wrong tries are allowed at once, and how long until there is one
// more. A browser that has signed in to the account before is counted apart, so
// that nobody can lock others out by guessing. A random secret cannot be
// guessed: wrong ones are counted only so that they are noticed.
const (
	accountTries = 8
	addressTries = 40
	secretTries  = 60
	accountEvery = 2 * time.Minute
	addressEvery = 20 * time.Second
	secretEvery  = 10 * time.Second
)

// meter returns what counts somebody's tries. Only a keyed hash of who is
// stored.
func (s *server) meter(kind, who string, most int, every time.Duration) db.Meter {
	return db.Meter{Who: s.proof("tries " + kind + " " + who), Most: most, Every: every}
}

// metersOf returns what a try at an account's password or code is charged to,
// and whether this browser has signed in to the account before.
func (s *server) metersOf(c *gin.Context, kind, email string) (meters []db.Meter, known bool) {
	if s.knownDevice(c, email) {
		return []db.Meter{s.meter("known "+kind, email, accountTries, accountEvery)}, true
	}
	return append(s.addressMeter(c), s.meter(kind, email, accountTries, accountEvery)), false
}

func (s *server) addressMeter(c *gin.Context) []db.Meter {
	return []db.Meter{s.meter("address", network(c.ClientIP()), addressTries, addressEvery)}
}

// knock lets a try through, charged to each meter or on credit. It returns
// waiting if a meter has no try left.
func (s *server) knock(ctx context.Context, meters []db.Meter) (*knocked, error) {
	select {
	case s.door.turn <- struct{}{}:
		defer func() { <-s.door.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	charged, wait, err := s.store.Tries(ctx, s.now(), meters)
	if err != nil || wait > 0 {
		return nil, orWaiting(wait, err)
	}
	a, all, owing := &knocked{meters: meters}, meters, map[*knocked]bool{}
	for _, m := range meters {
		if other := s.door.credit[m.Who]; other != nil && !owing[other] {
			owing[other] = true
			all = append(all[:len(all):len(all)], other.meters...)
		}
	}
	if !charged && len(owing) == 0 {
		for _, m := range meters {
			s.door.credit[m.Who] = a
		}
		return a, nil
	}
	wait, a.last, err = s.store.TakeTries(ctx, s.now(), all, false)
	if err != nil || wait > 0 {
		return nil, orWaiting(wait, err)
	}
	a.charged = true
	for other := range owing {
		s.door.charge(other)
	}
	return a, nil
}

func orWaiting(wait time.Duration, err error) error {
	if err != nil {
		return err
	}
	return waiting{wait}
}

// charge notes that a try is no longer on credit.
func (d *door) charge(a *knocked) {
	a.charged = true
	for _, m := range a.meters {
		if d.credit[m.Who] == a {
			delete(d.credit, m.Who)
		}
	}
}

// settle ends a try. A wrong one stays charged, even if the client is gone by
// now.
func (s *server) settle(ctx context.Context, a *knocked, wrong bool) (err error) {
	ctx = context.WithoutCancel(ctx)
	s.door.turn <- struct{}{}
	defer func() { <-s.door.turn }()
	switch owes := !a.charged; {
	case wrong && owes:
		_, a.last, err = s.store.TakeTries(ctx, s.now(), a.meters, true)
	case !wrong && !owes:
		err = s.store.ReturnTries(ctx, s.now(), a.meters)
	}
	s.door.charge(a)
	return err
}

// tried calls f, which checks a secret and returns db.ErrCredentials if it is
// wrong. If a meter has no try left, it returns waiting instead. The wrong try
// that uses a meter up leaves a row in the trail.
func (s *server) tried(c *gin.Context, meters []db.Meter, f func() error) error {
	ctx := c.Request.Context()
	a, err := s.knock(ctx, meters)
	if err != nil {
		if errors.Is(err, errTooMany) {
			s.log.Warn("too many tries", lineOf(c, "address", c.ClientIP())...)
		}
		return err
	}
	settled := false
	defer func() {
		if !settled { // f panics
			_ = s.settle(ctx, a, true)
		}
	}()
	err = f()
	wrong := errors.Is(err, db.ErrCredentials)
	settled = true
	if bad := s.settle(ctx, a, wrong); bad != nil {
		return bad
	}
	if !wrong {
		return err
	}
	s.log.Warn("sign-in refused", lineOf(c, "address", c.ClientIP())...)
	if a.last {
		note := db.Event{Action: "sign_in_throttled", Noun: "page", About: []any{"address", c.ClientIP()}}
		bad := s.store.Write(context.WithoutCancel(ctx), db.Actor{Name: "nobody", Request: requestID(c)}, func(tx *db.Tx) error { return tx.Note(note) })
		if bad != nil {
			return bad
		}
	}
	return err
}

// misfit counts a wrong random secret, a token or a link, and returns wrong or
// waiting. The right one always works, since it cannot be guessed.
func (s *server) misfit(c *gin.Context, wrong error) error {
	return s.tried(c, []db.Meter{s.meter("secret", network(c.ClientIP()), secretTries, secretEvery)}, func() error { return wrong })
}

// throttledMessage says for how many minutes somebody who has tried too often
// must wait.
func throttledMessage(wait time.Duration) models.Message {
	return models.Say("sign_in.throttled", "minutes", int(wait.Minutes())+1)
}

// seconds returns a wait in full seconds, rounded up, for Retry-After.
func seconds(wait time.Duration) int { return int(math.Ceil(wait.Seconds())) }

// network returns what an address is throttled by: itself, or for IPv6 the /64
// network, which is what one customer gets.
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
