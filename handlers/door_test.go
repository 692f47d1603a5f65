package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
)

// charged returns what is held of tries.
func (s *site) charged() (n int, text string) {
	s.t.Helper()
	rows, err := s.raw.Query("SELECT who, due FROM tries")
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	for ; rows.Next(); n++ {
		var who string
		var due int64
		if err := rows.Scan(&who, &due); err != nil {
			s.t.Fatal(err)
		}
		text += who + "\n"
	}
	return n, text
}

// atOnce calls f n times side by side, and counts what it returns.
func atOnce(n int, f func(i int) int) map[int]int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	counts := map[int]int{}
	for i := range n {
		wg.Go(func() {
			got := f(i)
			mu.Lock()
			defer mu.Unlock()
			counts[got]++
		})
	}
	wg.Wait()
	return counts
}

// guess tries a wrong password from a browser of its own, without a fuss from
// other goroutines.
func guess(base, path string, form url.Values) int {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.PostForm(base+path, form)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}

func TestGuessesSideBySide(t *testing.T) {
	concurrentDatabases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		o := s.options
		server := httptest.NewServer(s.with(o).handler) // another process on the same database
		t.Cleanup(server.Close)
		bases := []string{base, server.URL}
		owner := newVisit(t, base)
		if got := owner.signIn(goodPassword, "").StatusCode; got != http.StatusSeeOther {
			t.Fatalf("the owner is answered %d", got)
		}
		if n, _ := s.charged(); n != 0 {
			t.Errorf("a good sign-in leaves %d charges", n)
		}
		var took time.Duration
		var got int
		done := make(chan struct{})
		began := time.Now()
		go func() {
			defer close(done)
			time.Sleep(50 * time.Millisecond)
			one := time.Now()
			got = owner.signIn(goodPassword, "").StatusCode
			took = time.Since(one)
		}()
		counts := atOnce(60, func(i int) int {
			return guess(bases[i%2], "/sign-in", url.Values{"email": {"a@example.org"}, "password": {"wrong password 1"}})
		})
		all := time.Since(began)
		<-done
		if counts[401]+counts[429]+counts[503] != 60 {
			t.Errorf("60 tries at once are answered %v", counts)
		}
		wrong := counts[401]
		for i := range 2 * accountTries { // a slow machine has sent some away, who try again
			if guess(bases[i%2], "/sign-in", url.Values{"email": {"a@example.org"}, "password": {"wrong password 1"}}) == http.StatusUnauthorized {
				wrong++
			}
		}
		// One more for the second process, whose first try may be on credit.
		if wrong < accountTries || wrong > accountTries+1 {
			t.Errorf("%d passwords are looked at in two processes; side by side %v", wrong, counts)
		}
		if got != http.StatusSeeOther {
			t.Errorf("the owner is answered %d meanwhile", got)
		}
		t.Logf("60 tries took %s, the owner's sign-in meanwhile %s", all, took)
		for i, base := range bases {
			if got := guess(base, "/sign-in", url.Values{"email": {"a@example.org"}, "password": {goodPassword}}); got != http.StatusTooManyRequests {
				t.Errorf("afterwards process %d answers %d", i+1, got)
			}
		}
		n, text := s.charged()
		if n == 0 || n > 2 || strings.Contains(text, "example") || strings.Contains(text, "127.0") {
			t.Errorf("the tries are kept as %q", text)
		}
		for _, row := range s.rowsOf("audit") {
			if strings.Contains(row, "wrong password") || strings.Contains(row, text) {
				t.Errorf("the trail tells of tries: %s", row)
			}
		}
	})
}

func TestOneProcessChecksNoMoreThanItMay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	base, forward := opened(t, s, nil)
	wrong := url.Values{"email": {"a@example.org"}, "password": {"wrong password 1"}}
	counts := atOnce(60, func(int) int { return guess(base, "/sign-in", wrong) })
	if counts[401] > accountTries || counts[401] < 1 || counts[401]+counts[429]+counts[503] != 60 {
		t.Errorf("60 tries at once are answered %v", counts)
	}
	for range accountTries {
		if guess(base, "/sign-in", wrong) == http.StatusUnauthorized {
			counts[401]++
		}
	}
	if counts[401] != accountTries {
		t.Errorf("%d passwords are looked at", counts[401])
	}
	forward(accountEvery)
	if counts := atOnce(5, func(int) int { return guess(base, "/sign-in", wrong) }); counts[401] != 1 {
		t.Errorf("a while later, five are answered %v", counts)
	}
	forward(24 * time.Hour)
	guess(base, "/sign-in", url.Values{"email": {"x@example.org"}, "password": {"wrong password 1"}})
	if n, _ := s.charged(); n != 2 { // that account's, and the address's
		t.Errorf("%d charges are kept after a day", n)
	}
}

// Tries that come while the first one is on credit are charged, and so is that.
func TestTriesAtOnceAreCharged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	srv := &server{store: s.store, now: s.options.Now, log: s.options.Log, deviceKey: []byte("k"), door: newDoor()}
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	c.Request = httptest.NewRequest(http.MethodPost, "/sign-in", nil)
	meters := []db.Meter{srv.meter("account", "a@example.org", accountTries, accountEvery)}
	looked := 0
	var try func() error
	try = func() error { // none of them is settled before the last
		return srv.tried(c, meters, func() error {
			if looked++; looked < 2*accountTries {
				_ = try()
			}
			return db.ErrCredentials
		})
	}
	if err := try(); !errors.Is(err, db.ErrCredentials) || looked != accountTries {
		t.Errorf("%d are looked at, of which the first is %v", looked, err)
	}
}

// What is right costs nothing, and leaves nothing behind, even where it comes
// after something wrong.
func TestWhatIsRightIsNotCharged(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		right := url.Values{"email": {"a@example.org"}, "password": {goodPassword}}
		for range accountTries + 2 {
			if got := guess(base, "/sign-in", right); got != http.StatusSeeOther {
				t.Fatalf("a good password is answered %d", got)
			}
		}
		guess(base, "/sign-in", url.Values{"email": {"a@example.org"}, "password": {"wrong password 1"}})
		before, _ := s.charged()
		due := func() (sum int64) {
			if err := s.raw.QueryRow("SELECT sum(due) FROM tries").Scan(&sum); err != nil {
				t.Fatal(err)
			}
			return sum
		}
		was := due()
		for range accountTries + 2 {
			guess(base, "/sign-in", right)
		}
		if after, _ := s.charged(); before != 2 || after != 2 || due() != was {
			t.Errorf("%d charges became %d, %d became %d", before, after, was, due())
		}
	})
}

// Somebody who goes away before the answer has tried all the same, and so has
// somebody whom a fault of ours answers.
func TestGoingAwayIsNoWayRound(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		srv := &server{store: s.store, now: s.options.Now, log: s.options.Log, deviceKey: []byte("k"), door: newDoor()}
		try := func(f func() error) (err error) {
			ctx, cancel := context.WithCancel(context.Background())
			c, _ := gin.CreateTestContext(httptest.NewRecorder())
			c.Request = httptest.NewRequest(http.MethodPost, "/sign-in", nil).WithContext(ctx)
			defer func() {
				if r := recover(); r != nil {
					err = errLink
				}
			}()
			return srv.tried(c, srv.addressMeter(c), func() error { cancel(); return f() })
		}
		wrong, broken, right := func() error { return db.ErrCredentials }, func() error { panic("x") }, func() error { return nil }
		for i := range addressTries {
			f, want := wrong, db.ErrCredentials
			if i%10 == 9 {
				f, want = broken, errLink
			}
			if err := try(right); err != nil {
				t.Fatalf("before try %d: %v", i+1, err)
			}
			if err := try(f); !errors.Is(err, want) {
				t.Fatalf("try %d: %v", i+1, err)
			}
		}
		if err := try(right); !errors.Is(err, errTooMany) {
			t.Errorf("after so many who went away: %v", err)
		}
	})
}

// Every way to look at a secret is counted.
func TestEveryDoorIsCounted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	base, _ := opened(t, s, nil)
	last := func(n int, f func(i int) int) (status int) {
		for i := range n {
			status = f(i)
		}
		return status
	}
	for what, f := range map[string]func(i int) int{
		"a token":    func(i int) int { return bears(t, base, "/postings", fmt.Sprint("samband_", i)) },
		"a calendar": func(i int) int { return readsCalendar(t, base, fmt.Sprint("samband_", i)) },
		"a link":     func(i int) int { return newVisit(t, base).send(fmt.Sprint("/set-up?token=", i), nil).StatusCode },
	} {
		if got := last(secretTries+1, f); got != http.StatusTooManyRequests {
			t.Errorf("%s that is wrong, again and again, is answered %d", what, got)
		}
	}
	if got := newVisit(t, base).signIn(goodPassword, "").StatusCode; got != http.StatusSeeOther {
		t.Errorf("a password is answered %d then", got)
	}
	if got := bears(t, base, "/postings", newToken(t, s.store, "partner:SE")); got != 200 {
		t.Errorf("a good token is answered %d then", got)
	}
	v := newVisit(t, base)
	v.signIn(goodPassword, "")
	if got := last(accountTries+1, func(int) int {
		resp, err := v.PostForm(v.base+"/account/tokens", form("current", "not this one", "expires", "2027-01-01"))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		return resp.StatusCode
	}); got != http.StatusUnprocessableEntity {
		t.Errorf("a wrong password in a form is answered %d", got)
	}
	if got := v.send("/account/password", form("current", goodPassword, "password", "seven ferries to Mariehamn", "again", "seven ferries to Mariehamn")).StatusCode; got != http.StatusUnprocessableEntity {
		t.Errorf("after too many wrong ones, the right one is answered %d", got)
	}
	if n, err := s.store.Tokens(context.Background(), s.accountNamed("a@example.org").ID); len(n) != 0 || err != nil {
		t.Errorf("tokens are %v, %v", n, err)
	}
}

// readsCalendar asks for the calendar as programs for calendars do.
func readsCalendar(t *testing.T, base, password string) int {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, base+"/findings.ics", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("x", password)
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

// A half-done sign-in ends with what it began with.
func TestAHalfDoneSignInEnds(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		for what, end := range map[string]func(tx *db.Tx, account int64, hash string) error{
			"a new password":         func(tx *db.Tx, id int64, hash string) error { return tx.SetPassword(id, hash, "") },
			"a reset":                func(tx *db.Tx, id int64, _ string) error { return tx.Reset(id) },
			"signing out everywhere": func(tx *db.Tx, id int64, _ string) error { return tx.SignOutEverywhere(id, "") },
		} {
			s := newSite(t)
			base, _ := opened(t, s, nil)
			a := s.accountNamed("a@example.org")
			secret, recovery := s.secondFactorOf(a.ID)
			_ = secret
			hash, err := db.HashPassword(context.Background(), "seven ferries to Mariehamn")
			if err != nil {
				t.Fatal(err)
			}
			v, w := newVisit(t, base), newVisit(t, base)
			v.signIn(goodPassword, "")
			w.signIn(goodPassword, "")
			if got := w.send("/sign-in/code", form("code", recovery[0])).StatusCode; got != http.StatusSeeOther {
				t.Fatalf("a code is answered %d", got)
			}
			if page := w.read("/account"); strings.Count(page, `name="session"`) != 0 {
				t.Error("a half-done sign-in is listed as a session")
			}
			s.written(func(tx *db.Tx) error { return end(tx, a.ID, hash) })
			if got := v.send("/sign-in/code", form("code", recovery[1])).StatusCode; got != http.StatusUnauthorized {
				t.Errorf("after %s, the code of a sign-in before it is answered %d", what, got)
			}
			v.answers("after "+what, "/account", 401)
		}
	})
}
