//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is an account that owns nothing.
const nobody = 65534

// asNobody runs f without the rights of root, whom nothing is read-only for.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() == 0 {
		if err := syscall.Seteuid(nobody); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := syscall.Seteuid(0); err != nil {
				t.Fatal(err)
			}
		}()
	}
	f()
}

// A file that cannot be written is told before an address is printed.
func TestServeRefusesAReadOnlyFile(t *testing.T) {
	for name, modes := range map[string]struct{ file, folder os.FileMode }{
		"the file":   {0o444, 0o755},
		"its folder": {0o644, 0o555},
	} {
		env := clinic(t)
		folder := filepath.Dir(env["SAMBAND_DATABASE"])
		for path, mode := range map[string]os.FileMode{env["SAMBAND_DATABASE"]: modes.file, folder: modes.folder} {
			if os.Geteuid() == 0 {
				if err := os.Chown(path, nobody, nobody); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
		}
		for at := filepath.Dir(folder); len(at) > len(os.TempDir()); at = filepath.Dir(at) {
			if err := os.Chmod(at, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		asNobody(t, func() {
			out, err := called(t, env, "serve", "--addr", "127.0.0.1:0")
			if err == nil || !strings.Contains(err.Error(), "readonly") || !strings.Contains(err.Error(), env["SAMBAND_DATABASE"]) || out != "" {
				t.Errorf("%s: it says %s, %v", name, out, err)
			}
		})
		if err := os.Chmod(folder, 0o700); err != nil { // so that it can be removed
			t.Fatal(err)
		}
	}
}
