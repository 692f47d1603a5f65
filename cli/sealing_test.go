package cli

import (
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// eventually wants something to become so within some seconds.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not in time: " + what)
		}
	}
}

// TestSealsOnSchedule lets two servers of one database seal into one folder.
func TestSealsOnSchedule(t *testing.T) {
	env := office(t)
	added(t, env, "a@example.org", "coordinator", "NO")
	env["SAMBAND_SEAL_TO"], env["SAMBAND_SEAL_EVERY"] = filepath.Join(t.TempDir(), "seals", "here"), "50ms"
	at, printed, end := serving(t, env)
	go io.Copy(io.Discard, printed)
	_, printed, other := serving(t, env)
	go io.Copy(io.Discard, printed)
	seals := func() []string {
		files, err := filepath.Glob(filepath.Join(env["SAMBAND_SEAL_TO"], "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	eventually(t, "three seals", func() bool { return len(seals()) >= 3 })
	first := seals()[0]
	info, err := os.Stat(first)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("%s: %v, %v", first, info.Mode(), err)
	}
	health := func() string {
		answer, err := http.Get(at + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		b, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatal(answer.Status, err)
		}
		return string(b)
	}
	if got := health(); got != "ok\n" {
		t.Errorf("it says %q", got)
	}
	behind(t, env, "UPDATE accounts SET disabled = true")
	eventually(t, "a failure that is told", func() bool { return strings.Contains(health(), "not sealed") })
	end()
	other()
	if out, err := called(t, env, "audit", "verify", "--checkpoint", first); err == nil || !strings.Contains(err.Error(), "account") || !strings.Contains(err.Error(), "disabled") {
		t.Errorf("%v: %s", err, out)
	}
	behind(t, env, "UPDATE accounts SET disabled = false")
	if out := does(t, env, "audit verify --checkpoint "+first); !strings.Contains(out, "the trail is whole: ") {
		t.Error(out)
	}
	rest, err := fs.Glob(os.DirFS(env["SAMBAND_SEAL_TO"]), ".*")
	if err != nil || len(rest) > 0 {
		t.Errorf("left behind: %v, %v", rest, err)
	}
}

func TestSealEveryIsPositive(t *testing.T) {
	if _, err := called(t, map[string]string{"SAMBAND_SEAL_EVERY": "0s"}, "audit", "verify"); err == nil || !strings.Contains(err.Error(), "seal-every") {
		t.Error(err)
	}
}
