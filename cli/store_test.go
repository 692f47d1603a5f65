package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"
)

// A name that is mistyped makes no database, and is not called a whole one.
func TestMistypedDatabaseIsRefused(t *testing.T) {
	for _, words := range []string{
		"audit verify", "audit seal", "user list", "user disable --email a@example.org", "user enable --email a@example.org",
		"user reset --email a@example.org --link", "token add --email a@example.org", "token list", "token revoke 1",
		"retention --months 60", "backup out", "doctor",
	} {
		for name, there := range map[string]bool{"nothing": false, "an empty file": true} {
			env := office(t)
			t.Chdir(t.TempDir())
			if there {
				if err := os.WriteFile(env["SAMBAND_DATABASE"], nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			out, err := called(t, env, strings.Fields(words)...)
			if said := out + err.Error(); err == nil || !strings.Contains(said, "there is no database there") || !strings.Contains(said, env["SAMBAND_DATABASE"]) {
				t.Errorf("samband %s over %s: %s, %v", words, name, out, err)
			}
			info, err := os.Stat(env["SAMBAND_DATABASE"])
			if there && (err != nil || info.Size() != 0) || !there && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("samband %s over %s leaves %v, %v", words, name, info, err)
			}
			if left, _ := os.ReadDir("."); len(left) > 0 {
				t.Errorf("samband %s over %s leaves %v", words, name, left)
			}
		}
	}
}

func TestErrorsNameTheFile(t *testing.T) {
	env := office(t)
	if err := os.WriteFile(env["SAMBAND_DATABASE"], []byte(strings.Repeat("no database, but long enough to look like one. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"serve --addr 127.0.0.1:0", "export out.zip", "audit verify", "user list", "backup out"} {
		t.Chdir(t.TempDir())
		if out, err := called(t, env, strings.Fields(words)...); err == nil || !strings.Contains(err.Error(), env["SAMBAND_DATABASE"]) {
			t.Errorf("samband %s: %s, %v", words, out, err)
		}
	}
}

// TestInterruptedImport ends an import in its midst, as Ctrl-C does.
func TestInterruptedImport(t *testing.T) {
	env := office(t)
	kept(t, env).Close()
	pack := t.TempDir()
	var officers strings.Builder
	officers.WriteString("key,agency,name,rank,email,phone,languages,masked,note\n")
	for i := range 20_000 {
		fmt.Fprintf(&officers, "o-%d,se-police,Officer %d,,,,,,\n", i, i)
	}
	agencies := "key,country,kind,name,name_en,acronym,first_day,last_day\nse-police,SE,police,Polismyndigheten,,,,\n"
	if err := errors.Join(os.WriteFile(pack+"/agencies.csv", []byte(agencies), 0o600), os.WriteFile(pack+"/officers.csv", []byte(officers.String()), 0o600)); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithTimeout(t.Context(), time.Minute)
	defer interrupt()
	time.AfterFunc(300*time.Millisecond, interrupt) // it takes longer than that
	p := &program{in: strings.NewReader(""), out: io.Discard, err: io.Discard}
	err := p.run(ctx, []string{"import", pack}, func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	if err == nil || err.Error() != "interrupted: nothing was imported" {
		t.Errorf("it says %v", err)
	}
	if rows := rowIDs(t, env); len(rows) > 0 {
		t.Errorf("it leaves %d rows in the trail", len(rows))
	}
}
