package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The list of imports has the IDs by which they are taken back, and says which have been.
func TestImportList(t *testing.T) {
	env := office(t)
	does(t, env, "demo")
	if out := does(t, env, "import --list"); strings.Count(out, "\n") != 1 {
		t.Errorf("before any there are %q", out)
	}
	file := filepath.Join(t.TempDir(), "officers \x1b[31m.csv")
	if err := os.WriteFile(file, []byte("key,agency,name\no-1,se-police,One\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := called(t, env, "import", file)
	if err != nil {
		t.Fatal(out, err)
	}
	id := lastLine(out)[strings.LastIndexByte(lastLine(out), ' ')+1:]
	list := does(t, env, "import --list")
	if want := "local  1    0        applied  \"officers \\x1b[31m.csv\""; !strings.Contains(list, id) || !strings.Contains(list, want) {
		t.Errorf("the list is %s, want %s", list, want)
	}
	does(t, env, "import --revert "+id)
	list = does(t, env, "import --list")
	if lines := strings.Split(list, "\n"); len(lines) != 4 || !strings.Contains(lines[1], "takes back "+id) || !strings.HasPrefix(lines[2], id) || !strings.Contains(lines[2], "taken back") {
		t.Errorf("the list is %s", list)
	}
	if out, err := called(t, env, "import", "--list", "x"); err == nil {
		t.Errorf("a path beside --list: %s", out)
	}
}
