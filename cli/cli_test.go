package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// called runs the program with arguments and an environment.
func called(t *testing.T, env map[string]string, args ...string) (out string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p := &program{in: strings.NewReader(env["stdin"]), out: &stdout, err: &stderr}
	err = p.run(ctx, args, func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	return stdout.String() + stderr.String(), err
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"help"}, {"--help"}} {
		out, err := called(t, nil, args...)
		if err != nil || !strings.Contains(out, "import PATH") {
			t.Errorf("%q: %v: %s", args, err, out)
		}
	}
	for _, c := range commands {
		out, err := called(t, nil, append(strings.Fields(c.name), "-h")...)
		if err != nil || !strings.Contains(out, c.example) || !strings.Contains(out, "SAMBAND_DATABASE") {
			t.Errorf("%s -h: %v: %s", c.name, err, out)
		}
	}
}

func TestMistakesAreFailures(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "secret")
	if err := os.WriteFile(file, []byte("127.0.0.1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env  map[string]string
		args []string
		says string
	}{
		"no command":                 {nil, nil, "Commands:"},
		"an unknown command":         {nil, []string{"fly"}, `no command "fly"`},
		"an unknown flag":            {nil, []string{"serve", "--fly"}, "unknown flag"},
		"a path that is missing":     {nil, []string{"import"}, "takes just PATH"},
		"a word too many":            {nil, []string{"version", "now"}, "takes no further words"},
		"a zone that is none":        {nil, []string{"serve", "--timezone", "Mars/Olympus"}, "Mars/Olympus"},
		"a variable that is bad":     {map[string]string{"SAMBAND_NOTICE_DAYS": "soon"}, []string{"serve"}, "SAMBAND_NOTICE_DAYS"},
		"a file that is not there":   {map[string]string{"SAMBAND_DATABASE_FILE": filepath.Join(dir, "none")}, []string{"serve"}, "SAMBAND_DATABASE_FILE"},
		"an address without a port":  {map[string]string{"SAMBAND_ADDR_FILE": file}, []string{"serve"}, "is not like"},
		"a file, the variable empty": {map[string]string{"SAMBAND_ADDR_FILE": file, "SAMBAND_ADDR": ""}, []string{"serve"}, "is not like"},
		"an address for all":         {nil, []string{"serve", "--addr", "0.0.0.0:0"}, "--allow-network"},
		"an address without a host":  {nil, []string{"serve", "--addr", ":0"}, "--allow-network"},
		"demo data on a network":     {nil, []string{"serve", "--addr", "0.0.0.0:0", "--allow-network", "--demo"}, "demo mode"},
		"a base URL that is none":    {nil, []string{"serve", "--base-url", "samband"}, "base-url"},
		"a package that is none":     {nil, []string{"import", dir, "--database", filepath.Join(dir, "x.db")}, "package"},
		"a database that is none":    {nil, []string{"export", filepath.Join(dir, "out"), "--database", file}, "db: open"},
	} {
		out, err := called(t, c.env, c.args...)
		if err == nil {
			t.Errorf("%s is no failure: %s", name, out)
		} else if said := out + err.Error(); !strings.Contains(said, c.says) {
			t.Errorf("%s says %q, want %q", name, said, c.says)
		}
	}
}

func TestImportAndExport(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"SAMBAND_DATABASE": filepath.Join(dir, "samband.db")}
	if out, err := called(t, env, "demo"); err != nil {
		t.Fatal(out, err)
	}
	if out, err := called(t, env, "demo"); err == nil {
		t.Errorf("demo data twice: %s", out)
	}
	pack := filepath.Join(dir, "package")
	if out, err := called(t, env, "export", pack); err != nil {
		t.Fatal(out, err)
	}
	if out, err := called(t, env, "import", "--dry-run", pack); err != nil || !strings.Contains(out, "would import: 0 changes") ||
		!strings.Contains(out, "postings.csv:2: ") {
		t.Errorf("%v: %s", err, out)
	}
	if out, err := called(t, env, "import", pack); err != nil || !strings.Contains(out, "imported: 0 changes") {
		t.Errorf("%v: %s", err, out)
	}
	officers := "key,agency,name,rank,email,phone,languages,masked,note\no-new,nobody,New,,,,,,\n"
	if err := os.WriteFile(filepath.Join(pack, "officers.csv"), []byte(officers), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := called(t, env, "import", pack)
	if err == nil || !strings.Contains(out, "officers.csv:2: agency: There is no record “nobody”. Check the name or key.\n") {
		t.Errorf("%v: %s", err, out)
	}
}

// TestExportIsForItsOwner exports under a umask that lets everybody read.
func TestExportIsForItsOwner(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	dir := t.TempDir()
	env := map[string]string{"SAMBAND_DATABASE": filepath.Join(dir, "samband.db")}
	does(t, env, "demo")
	for _, name := range []string{"package.zip", "new/package"} {
		path := filepath.Join(dir, name)
		does(t, env, "export "+path)
		err := filepath.WalkDir(filepath.Join(dir, strings.Split(name, "/")[0]), func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := e.Info()
			want := fs.FileMode(0o600)
			if e.IsDir() {
				want = 0o700 | fs.ModeDir
			}
			if err == nil && info.Mode() != want {
				t.Errorf("%s is %v", path, info.Mode())
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		trail := does(t, env, "audit verify")
		if out, err := called(t, env, "export", path); err == nil || !strings.Contains(err.Error(), "--force") {
			t.Errorf("%s is overwritten: %v, %s", name, err, out)
		}
		if again := does(t, env, "audit verify"); again != trail {
			t.Errorf("%s is refused and noted as taken away", name)
		}
		does(t, env, "export --force "+path)
	}
}

func TestServeSaysWhereAndEnds(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var out lines
	out.first = make(chan string, 1)
	ended := make(chan error, 1)
	go func() {
		p := &program{in: strings.NewReader(""), out: &out, err: &bytes.Buffer{}}
		ended <- p.run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--database", filepath.Join(t.TempDir(), "samband.db")},
			func(string) (string, bool) { return "", false })
	}()
	select {
	case line := <-out.first:
		if !strings.Contains(line, "http://127.0.0.1:") {
			t.Errorf("it says %q", line)
		}
	case err := <-ended:
		t.Fatal(err)
	}
	stop()
	if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// lines hands on the first line that is written.
type lines struct{ first chan string }

func (l *lines) Write(b []byte) (int, error) {
	select {
	case l.first <- string(b):
	default:
	}
	return len(b), nil
}
