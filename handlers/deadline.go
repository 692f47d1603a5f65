package handlers

import (
	"context"
	"net/http"
	"time"

	"samband/db"
)

const (
	// requestTime is how long a request may take, or a file to produce its next
	// part. It is longer than a write waits for its turn.
	requestTime = 15 * time.Second
	// healthTime is the same for the health pages, whose callers want a quick
	// answer.
	healthTime = 5 * time.Second
)

// The health pages, which machines poll: livePath checks only the process, the
// others the database too.
const (
	livePath   = "/livez"
	readyPath  = "/readyz"
	healthPath = "/healthz"
)

func ofHealth(path string) bool { return path == livePath || path == readyPath || path == healthPath }

type deadlineKey struct{}

// inTime cancels the context of each request at its deadline. It also makes a
// request look up the database's revision only once: see db.LookOnce.
func inTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		allowed := requestTime
		if ofHealth(r.URL.Path) {
			allowed = healthTime
		}
		ctx, cancel := context.WithCancelCause(r.Context())
		defer cancel(nil)
		deadline := time.AfterFunc(allowed, func() { cancel(context.DeadlineExceeded) })
		defer deadline.Stop()
		next.ServeHTTP(&answer{ResponseWriter: w}, r.WithContext(db.LookOnce(context.WithValue(ctx, deadlineKey{}, deadline))))
	})
}

// asNobody drops the credentials of a request that only asks whether the
// process is alive: looking the visitor up would need the database.
func asNobody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == livePath {
			r.Header.Del("Cookie")
			r.Header.Del("Authorization")
		}
		next.ServeHTTP(w, r)
	})
}

// An answer is a response that can be ended: what is written to it afterwards
// is dropped.
type answer struct {
	http.ResponseWriter
	ended bool
}

func (a *answer) WriteHeader(status int) {
	if !a.ended {
		a.ResponseWriter.WriteHeader(status)
	}
}

func (a *answer) Write(b []byte) (int, error) {
	if a.ended {
		return len(b), nil
	}
	return a.ResponseWriter.Write(b)
}

func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

type failureKey struct{}

// instead answers a request that has failed outside all handlers with the
// error, and drops any other answer to it.
func (s *server) instead(site http.Handler) func(http.ResponseWriter, *http.Request, error) {
	return func(w http.ResponseWriter, r *http.Request, err error) {
		site.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), failureKey{}, err)))
		if a, ok := w.(*answer); ok {
			a.ended = true
		}
	}
}
