//go:build linux

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"samband/db/dbtest"
	"samband/models"
)

// A server is a PostgreSQL server that the test runs itself.
type server struct {
	t    *testing.T
	bin  string // the folder of its programs
	dir  string
	port int
	cmd  *exec.Cmd
}

// postgresPrograms returns the folder of the newest PostgreSQL installed.
func postgresPrograms(t *testing.T) string {
	t.Helper()
	version := func(dir string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
		return n
	}
	newest := ""
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for _, dir := range found {
		if newest == "" || version(dir) > version(newest) {
			newest = dir
		}
	}
	if newest == "" {
		if os.Getenv("SAMBAND_TEST_NO_SKIP") == "1" {
			t.Fatal("there is no PostgreSQL in /usr/lib/postgresql, and SAMBAND_TEST_NO_SKIP forbids to skip")
		}
		t.Skip("not run on two servers: there is no PostgreSQL in /usr/lib/postgresql")
	}
	return newest
}

// command returns a command that runs one of the server's programs, which
// refuse to run as root.
func (s *server) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(s.bin, name), args...)
	c.Dir, c.Env = s.dir, append(os.Environ(), "LC_ALL=C")
	if os.Getuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: s.owner()}
	}
	return c
}

// owner returns the user that the server runs as if the test runs as root.
func (s *server) owner() *syscall.Credential {
	u, err := user.Lookup("postgres")
	if err != nil {
		s.t.Fatal(err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	gid, bad := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(err, bad); err != nil {
		s.t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func (s *server) run(name string, args ...string) {
	s.t.Helper()
	if out, err := s.command(name, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v: %s", name, err, out)
	}
}

// newServer makes the folder of a server and picks its port. The folder is
// removed after the test.
func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{t: t, bin: postgresPrograms(t), port: dbtest.FreePort(t)}
	var err error
	if s.dir, err = os.MkdirTemp("", "samband-server-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(s.dir) })
	if os.Getuid() == 0 {
		who := s.owner()
		if err := os.Chown(s.dir, int(who.Uid), int(who.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

// start starts the server and waits until it accepts connections.
func (s *server) start(settings ...string) {
	s.t.Helper()
	args := []string{"-D", s.data(), "-p", strconv.Itoa(s.port)}
	for _, one := range append(settings, "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=60") {
		args = append(args, "-c", one)
	}
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer log.Close()
	s.cmd = s.command("postgres", args...)
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(s.stop)
	for range 300 {
		if s.command("pg_isready", "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(s.port)).Run() == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	said, _ := os.ReadFile(log.Name())
	s.t.Fatalf("the server does not start: %s", said)
}

// stop ends the server at once, frozen or not.
func (s *server) stop() {
	s.freeze(syscall.SIGCONT)
	_ = s.cmd.Process.Signal(syscall.SIGQUIT)
	ended := make(chan struct{})
	go func() {
		_ = s.cmd.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		_ = s.cmd.Process.Kill()
		<-ended
	}
}

// freeze sends a signal to the server's main process and its children.
func (s *server) freeze(signal syscall.Signal) {
	first := s.cmd.Process.Pid
	_ = syscall.Kill(first, signal) // first, so that it starts no more of them
	all, err := os.ReadDir("/proc")
	if err != nil {
		s.t.Error(err)
	}
	for _, e := range all {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		stat, _ := os.ReadFile("/proc/" + e.Name() + "/stat")
		_, rest, _ := strings.Cut(string(stat), ") ")
		if fields := strings.Fields(rest); len(fields) > 1 && fields[1] == strconv.Itoa(first) {
			_ = syscall.Kill(pid, signal)
		}
	}
}

func (s *server) address() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

// revision returns the revision of the directory on the server.
func (s *server) revision() (n int64) {
	s.t.Helper()
	pool, err := sql.Open("pgx", s.address())
	if err != nil {
		s.t.Fatal(err)
	}
	defer pool.Close()
	if err := pool.QueryRow("SELECT revision FROM directory").Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// pair starts a primary, and a standby that must confirm every commit.
func pair(t *testing.T) (primary, standby *server) {
	t.Helper()
	primary = newServer(t)
	primary.run("initdb", "--pgdata="+primary.data(), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
	primary.start()
	standby = newServer(t)
	standby.run("pg_basebackup", "--pgdata="+standby.data(), "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
		"--dbname="+fmt.Sprintf("host=127.0.0.1 port=%d user=postgres application_name=standby", primary.port))
	standby.start()
	run(t, "pgx", primary.address(), "ALTER SYSTEM SET synchronous_standby_names = '*'", "ALTER SYSTEM SET synchronous_commit = remote_apply", "SELECT pg_reload_conf()")
	return primary, standby
}

// A writing collects the writes that concurrent writers have had confirmed.
type writing struct {
	mu        sync.Mutex
	confirmed map[string]bool
	last      time.Time
	longest   time.Duration // between two confirmed writes
}

func (w *writing) confirm(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if !w.last.IsZero() {
		w.longest = max(w.longest, now.Sub(w.last))
	}
	w.last = now
	w.confirmed[name] = true
}

func (w *writing) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.confirmed)
}

// stopped returns the longest time between two confirmed writes.
func (w *writing) stopped() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.longest
}

// until waits until n more writes are confirmed.
func (w *writing) until(t *testing.T, n int, within time.Duration) {
	t.Helper()
	for want, end := w.count()+n, time.Now().Add(within); w.count() < want; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d of %d writes in %v", w.count(), want, within)
		}
	}
}

// A frozen primary holds writes up no longer than it takes to notice and to
// switch to the promoted standby; nothing that was confirmed is lost, and
// nothing is written to the old primary when it wakes up.
func TestFailover(t *testing.T) {
	// How long a request may take. A write that was sent to the frozen server
	// must not hold up the others for as long as that.
	const request = 15 * time.Second
	const margin = 4 * time.Second // for a busy machine, and for the promotion
	// A statement may go unanswered for a while, then the server is asked, and
	// the next write may ask it once more.
	const longest = answerTime + answerTime + connectTime + margin

	primary, standby := pair(t)
	address := func(first, second *server) string {
		hosts := net.JoinHostPort("127.0.0.1", strconv.Itoa(first.port)) + "," + net.JoinHostPort("127.0.0.1", strconv.Itoa(second.port))
		return "postgres://postgres@" + hosts + "/postgres?sslmode=disable&target_session_attrs=read-write"
	}
	s := open(t, address(primary, standby))
	x := addSample(t, s)
	open(t, address(standby, primary)) // skips the standby and uses the next host
	w := &writing{confirmed: map[string]bool{}}
	var enough atomic.Bool
	var all sync.WaitGroup
	defer all.Wait()
	defer enough.Store(true)
	for i := range 4 {
		all.Go(func() {
			for n := 0; !enough.Load(); n++ {
				name := fmt.Sprintf("Officer %d %d", i, n)
				ctx, cancel := context.WithTimeout(context.Background(), request)
				err := s.Write(ctx, tester, func(tx *Tx) error {
					return tx.SaveOfficer(&models.Officer{AgencyID: x.agency.ID, Name: name})
				})
				cancel()
				if err == nil {
					w.confirm(name)
				} else if !errors.Is(err, ErrUnavailable) && !errors.Is(err, ErrUncertain) && !errors.Is(err, ErrBusy) && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("a write failed with %v", err)
				}
			}
		})
	}
	for range 2 {
		all.Go(func() {
			for !enough.Load() {
				ctx, cancel := context.WithTimeout(context.Background(), request)
				began := time.Now()
				_, err := s.As(models.Everything).Directory(ctx)
				took := time.Since(began)
				cancel()
				if err != nil && !errors.Is(err, ErrUnavailable) || took > longest {
					t.Errorf("a reader waited %v, and got %v", took, err)
				}
			}
		})
	}
	w.until(t, 30, 30*time.Second)
	primary.freeze(syscall.SIGSTOP)
	standby.run("pg_ctl", "promote", "--pgdata="+standby.data(), "--wait")
	w.until(t, 30, time.Minute)
	stopped := w.stopped()
	t.Logf("no write was confirmed for %v", stopped)
	if stopped > longest {
		t.Errorf("no write was confirmed for %v, more than %v", stopped, longest)
	}

	primary.freeze(syscall.SIGCONT)
	time.Sleep(time.Second) // let what was sent to it before finish
	before := primary.revision()
	s.servers.drop() // new connections could go to either
	w.until(t, 100, 30*time.Second)
	if now := primary.revision(); now != before {
		t.Errorf("the old primary was written to: %d, then %d", before, now)
	}
	enough.Store(true)
	all.Wait()
	here := map[string]bool{}
	for _, o := range directory(t, s).Officers() {
		here[o.Name] = true
	}
	for name := range w.confirmed {
		if !here[name] {
			t.Errorf("%s was confirmed, and is lost", name)
		}
	}
	sound(t, s)
}
