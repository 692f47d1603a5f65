package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// beConstant is the variable that makes this program the constant server.
const beConstant = "SAMBAND_BENCH_CONSTANT"

// serveConstant is a Gin server with one answer, which everything is compared with. It
// prints its address, and serves until it is killed.
func serveConstant() int {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.GET("/:size", func(c *gin.Context) {
		n, _ := strconv.Atoi(c.Param("size"))
		c.Data(http.StatusOK, "application/json; charset=utf-8", constant(n))
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("http://" + l.Addr().String())
	_ = http.Serve(l, engine)
	return 0
}

var constants sync.Map

func constant(n int) []byte {
	b, _ := constants.LoadOrStore(n, bytes.Repeat([]byte("x"), n))
	return b.([]byte)
}

// pinned returns a command that runs on the first core, and leaves the other one to
// those who ask.
func pinned(program string, args ...string) *exec.Cmd {
	return exec.Command("taskset", append([]string{"-c", "0", program}, args...)...)
}

// constantServer starts the constant server, and returns its address and process.
func constantServer(b *testing.B) (at string, pid int) {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := pinned(self)
	cmd.Env = append(os.Environ(), beConstant+"=1")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line := make([]byte, 100)
	n, err := out.Read(line)
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(string(line[:n])), cmd.Process.Pid
}

// A client asks one server, over connections that it keeps.
type client struct {
	b     *testing.B
	at    string
	pid   int // of the server
	token string
	http  *http.Client
}

func newClient(b *testing.B, at string, pid int, token string) *client {
	transport := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}
	b.Cleanup(transport.CloseIdleConnections)
	return &client{b, at, pid, token, &http.Client{Transport: transport, Timeout: 5 * time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (c *client) do(method, path string, form url.Values) (*http.Response, error) {
	r, err := http.NewRequest(method, c.at+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	return c.http.Do(r)
}

// body asks, and wants an answer without a refusal.
func (c *client) body(method, path string, form url.Values) []byte {
	c.b.Helper()
	answer, err := c.do(method, path, form)
	if err != nil {
		c.b.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 400 {
		c.b.Fatalf("%s %s: %s, %v\n%.500s", method, path, answer.Status, err, body)
	}
	return body
}

// A load is how often a second something was answered, how long one in a hundred took at
// least, and how long the server's processor worked for each: what the client costs is not
// in that.
type load struct {
	rate      float64
	p99, cost time.Duration
}

// worked returns how long a process has worked so far.
func worked(pid int) time.Duration {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, after, _ := strings.Cut(string(b), ") ")
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond // Linux counts in hundredths
}

// during asks for some seconds over so many connections: for what path returns for each
// number from 0 on.
func (c *client) during(seconds float64, connections int, path func(i int) string) load {
	c.b.Helper()
	var mu sync.Mutex
	var took []time.Duration
	next, begun, before := 0, time.Now(), worked(c.pid)
	var all sync.WaitGroup
	for range connections {
		all.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if time.Since(begun).Seconds() > seconds {
					return
				}
				at := time.Now()
				answer, err := c.do(http.MethodGet, path(i), nil)
				if err == nil {
					_, err = io.Copy(io.Discard, answer.Body)
					answer.Body.Close()
				}
				if err != nil || answer.StatusCode != http.StatusOK {
					c.b.Errorf("%s: %v, %v", path(i), answer, err)
					return
				}
				mu.Lock()
				took = append(took, time.Since(at))
				mu.Unlock()
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	if len(took) == 0 {
		return load{}
	}
	return load{float64(len(took)) / time.Since(begun).Seconds(), took[len(took)*99/100], (worked(c.pid) - before) / time.Duration(len(took))}
}

// memory returns what a process holds, and the most that it has held, in MB.
func memory(pid int) (now, most float64) {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(b)) {
		name, rest, _ := strings.Cut(line, ":")
		kB, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
		switch name {
		case "VmRSS":
			now = kB / 1024
		case "VmHWM":
			most = kB / 1024
		}
	}
	return now, most
}

// median returns the one in the middle.
func median[T int | float64 | time.Duration](all []T) T {
	all = slices.Clone(all)
	slices.Sort(all)
	return all[len(all)/2]
}
