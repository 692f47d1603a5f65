package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// scratch is a folder for the whole run: the program and the database of demo.
var scratch string

func TestMain(m *testing.M) {
	if os.Getenv(beConstant) != "" {
		os.Exit(serveConstant())
	}
	os.Exit(runAll(m))
}

// runAll runs the tests, then ends what they share. A server that does not end
// well is a failure like any other.
func runAll(m *testing.M) int {
	var err error
	if scratch, err = os.MkdirTemp("", "samband-e2e-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(scratch)
	code := m.Run()
	if closeBrowser != nil {
		closeBrowser()
	}
	if shared != nil {
		if err := shared.stop(); err != nil {
			fmt.Fprintf(os.Stderr, "the demo server: %v\n%s", err, &shared.log)
			return 1
		}
	}
	return code
}

// A server is the program, built and started as an operator does it.
type server struct {
	url     string // without a slash at its end
	path    string // of its database
	process *os.Process
	ended   chan error // gets what Wait says when the process has ended
	log     output     // what it printed
}

// An output can be read while it is written.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// shared is the server of demo, once there is one.
var shared *server

// startShared starts the server of demo.
var startShared = sync.OnceValues(func() (*server, error) {
	s, err := start(filepath.Join(scratch, "demo.db"), "SAMBAND_DEMO=true", "SAMBAND_SMTP=smtp://127.0.0.1:9", "SAMBAND_MAIL_FROM=samband@example.org")
	shared = s
	return s, err
})

// demo returns the address of a server with the demo data that all tests
// share: they read it and leave it as it is.
func demo(t *testing.T) string {
	t.Helper()
	s, err := startShared()
	if err != nil {
		t.Fatal(err)
	}
	return s.url
}

// serveOwn starts a server with a database of its own, which the test may change,
// and returns it. The database is empty unless a setting says
// SAMBAND_DEMO=true.
func serveOwn(t *testing.T, settings ...string) *server {
	t.Helper()
	s, err := start(filepath.Join(t.TempDir(), "samband.db"), settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("the server's log:\n%s", &s.log)
		}
	})
	return s
}

// call runs a command of the program on the server's database, as its operator
// does, and returns what it printed.
func (s *server) call(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "SAMBAND_DATABASE="+s.path)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("samband %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// password is that of all accounts that tests add.
const password = "nine lanterns over Tórshavn"

// addUser makes an account, whose name is that of its e-mail address.
func (s *server) addUser(t *testing.T, name, role, state string) {
	t.Helper()
	s.call(t, password, "user", "add", "--email", name+"@example.org", "--role", role, "--state", state, "--password-stdin")
}

// start runs `samband serve` on a free port and returns when it answers.
func start(database string, settings ...string) (*server, error) {
	return startBy("", database, settings...)
}

// startBy is start by another command, whose words stand before the program.
func startBy(by, database string, settings ...string) (*server, error) {
	program, err := build()
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	s := &server{url: "http://" + addr, path: database, ended: make(chan error, 1)}
	words := append(strings.Fields(by), program, "serve")
	cmd := exec.Command(words[0], words[1:]...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "SAMBAND_") { // the settings are the test's alone
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "SAMBAND_ADDR="+addr, "SAMBAND_DATABASE="+database)
	cmd.Env = append(cmd.Env, settings...)
	cmd.Stdout, cmd.Stderr = &s.log, &s.log
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s.process = cmd.Process
	go func() { s.ended <- cmd.Wait() }()
	return s, s.await()
}

// await waits until the server answers, and ends it if that takes a minute.
func (s *server) await() error {
	client := http.Client{Timeout: 5 * time.Second}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		select {
		case err := <-s.ended:
			s.ended <- err
			return fmt.Errorf("samband serve ended at once (%v):\n%s", err, &s.log)
		default:
		}
		answer, err := client.Get(s.url + "/healthz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
			err = errors.New(answer.Status)
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("samband serve does not answer: %w; it ended with %v:\n%s", err, s.stop(), &s.log)
		}
	}
}

// stop asks the server to end, as an operator's Ctrl-C does, and kills it when
// it has not ended in ten seconds. Only a server that ends by itself, and says
// success, is no error.
func (s *server) stop() error {
	if err := s.process.Signal(os.Interrupt); err != nil {
		_ = s.process.Kill() // on systems that have no interrupt
		<-s.ended
		return nil
	}
	select {
	case err := <-s.ended:
		return err
	case <-time.After(10 * time.Second):
		_ = s.process.Kill()
		return fmt.Errorf("samband serve did not end when asked to: %v", <-s.ended)
	}
}

// build builds the program once.
var build = sync.OnceValues(func() (string, error) {
	if err := readSources(); err != nil {
		return "", err
	}
	program := filepath.Join(scratch, "samband")
	cmd := exec.Command("go", "build", "-buildvcs=false", "-o", program, ".")
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
})

// readSources lists every folder of the program. That is for the cache of go
// test: it notes what a test reads, and so runs these tests again when a file
// of the program has changed, though the compiler does not see that they
// depend on it.
func readSources() error {
	return filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		return err
	})
}

// freeAddr returns an address of this machine where nobody listens.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
