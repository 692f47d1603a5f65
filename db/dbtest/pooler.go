package dbtest

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Pooled returns the address of an empty database behind PgBouncer in
// transaction mode, which has fewer connections to the server than the program
// has to it.
func Pooled(t *testing.T) string {
	t.Helper()
	bin, err := exec.LookPath("pgbouncer")
	if err != nil {
		bin = "/usr/sbin/pgbouncer"
	}
	if _, err := os.Stat(bin); err != nil {
		if os.Getenv("SAMBAND_TEST_NO_SKIP") == "1" {
			t.Fatal("there is no pgbouncer, and SAMBAND_TEST_NO_SKIP forbids to skip")
		}
		t.Skip("not run behind PgBouncer: there is none")
	}
	Postgres(t) // skips where there is no server
	server, err := url.Parse(os.Getenv("SAMBAND_TEST_POSTGRES"))
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	admin, err := sql.Open("pgx", server.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { admin.Close() })
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	port := FreePort(t)
	dir, err := os.MkdirTemp("", "samband-pooler-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	auth := filepath.Join(dir, "users.txt")
	settings := fmt.Sprintf("[databases]\n* = host=%s port=%s user=%s\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = %d\nunix_socket_dir =\nauth_type = any\n"+
		"auth_file = %s\npool_mode = transaction\ndefault_pool_size = 3\nmax_client_conn = 200\n", server.Hostname(), server.Port(), server.User.Username(), port, auth)
	for path, text := range map[string]string{auth: `"` + server.User.Username() + `" ""` + "\n", filepath.Join(dir, "pgbouncer.ini"): settings} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{bin, "-q", filepath.Join(dir, "pgbouncer.ini")}
	if os.Getuid() == 0 { // PgBouncer refuses to run as root
		args = append([]string{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"}, args...)
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	pooler := exec.Command(args[0], args[1:]...)
	pooler.Dir = "/"
	pooler.Stderr = os.Stderr
	if err := pooler.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = pooler.Process.Kill()
		_ = pooler.Wait()
	})
	waitFor(t, port)
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s?sslmode=disable", server.User.Username(), port, name)
}

// FreePort returns a port below those that the system hands out itself.
func FreePort(t *testing.T) int {
	t.Helper()
	for port := 20000 + os.Getpid()%8000; port < 32000; port++ {
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// waitFor waits until something listens on a port.
func waitFor(t *testing.T, port int) {
	t.Helper()
	for range 200 {
		if c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			c.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("nothing listens on port %d", port)
}
