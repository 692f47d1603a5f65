package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"samband/db"
)

const waiting = "samband: waiting for the database server, for a minute at most\n"

// listing runs a command that opens the database, and returns what it says on
// the side, and how long it took.
func listing(ctx context.Context, address string) (said string, took time.Duration, err error) {
	var side bytes.Buffer
	p := &program{in: strings.NewReader(""), out: io.Discard, err: &side}
	began := time.Now()
	env := map[string]string{"SAMBAND_DATABASE": address}
	err = p.run(ctx, []string{"token", "revoke", "999999"}, func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	return side.String(), time.Since(began), err
}

// unused returns an address of this machine at which nothing listens.
func unused(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// speaks answers each connection to an address with what f does.
func speaks(t *testing.T, at string, f func(net.Conn)) {
	l, err := net.Listen("tcp", at)
	if err != nil {
		t.Error(err)
		return
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				f(c)
			}()
		}
	}()
}

// answersWith takes the first message of a connection, and answers with a state.
func answersWith(state string) func(net.Conn) {
	return func(c net.Conn) {
		b := pgproto3.NewBackend(c, c)
		if _, err := b.ReceiveStartupMessage(); err != nil {
			return
		}
		b.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: state, Message: "no"})
		_ = b.Flush()
	}
}

// A server that comes up late is waited for, and that is said once.
func TestWaitsForTheServer(t *testing.T) {
	server := os.Getenv("SAMBAND_TEST_POSTGRES")
	if server == "" {
		if os.Getenv("SAMBAND_TEST_NO_SKIP") == "1" {
			t.Fatal("SAMBAND_TEST_POSTGRES is not set, and SAMBAND_TEST_NO_SKIP forbids to skip")
		}
		t.Skip("not run on PostgreSQL: SAMBAND_TEST_POSTGRES is not set")
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	to := address.Host
	address.Host = unused(t)
	schema := "test_" + strings.ToLower(rand.Text())
	pool, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := pool.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Error(err)
		}
		pool.Close()
	})
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	late := time.AfterFunc(2*time.Second, func() {
		var came atomic.Int32
		speaks(t, address.Host, func(c net.Conn) {
			if came.Add(1) == 1 {
				answersWith("57P03")(c)
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				return
			}
			defer out.Close()
			go func() { _, _ = io.Copy(c, out); c.Close() }()
			_, _ = io.Copy(out, c)
		})
	})
	defer late.Stop()
	said, took, err := listing(t.Context(), address.String())
	if err == nil || !strings.Contains(err.Error(), "there is no token 999999") || said != waiting || took < 2*time.Second || took > 20*time.Second {
		t.Errorf("after %v: %v, and it says %q", took, err, said)
	}
}

// What waiting does not mend is told at once.
func TestDoesNotWait(t *testing.T) {
	for name, f := range map[string]func(net.Conn){
		"a wrong password": answersWith("28P01"),
		"no such database": answersWith("3D000"),
		"another protocol": func(c net.Conn) { _, _ = c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")) },
	} {
		at := unused(t)
		speaks(t, at, f)
		said, took, err := listing(t.Context(), "postgres://samband@"+at+"/samband?sslmode=disable")
		if err == nil || said != "" || took > 5*time.Second {
			t.Errorf("%s: after %v %v, and it says %q", name, took, err, said)
		}
	}
	if said, took, err := listing(t.Context(), t.TempDir()); err == nil || said != "" || took > 5*time.Second {
		t.Errorf("a folder: after %v %v, and it says %q", took, err, said)
	}
}

// Waiting ends when the program is told to, and after the time for it.
func TestWaitingEnds(t *testing.T) {
	at := "postgres://samband@" + unused(t) + "/samband?sslmode=disable"
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	if said, took, err := listing(ctx, at); !errors.Is(err, context.DeadlineExceeded) || said != waiting || took > 5*time.Second {
		t.Errorf("after %v %v, and it says %q", took, err, said)
	}
	tries, said := 0, 0
	began := time.Now()
	err := whenUp(t.Context(), time.Second, 100*time.Millisecond, func() { said++ }, func(ctx context.Context) error {
		tries++
		_, err := db.Open(ctx, at)
		return err
	})
	if took := time.Since(began); !errors.Is(err, db.ErrUnavailable) || said != 1 || tries < 3 || took > 10*time.Second {
		t.Errorf("after %v and %d tries %v; said %d times", took, tries, err, said)
	}
}
