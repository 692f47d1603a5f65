package cli

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "write docs/samband.env anew")

// TestExampleSettings wants the example to hold every setting with its default,
// as a comment that says what it is for.
func TestExampleSettings(t *testing.T) {
	var want bytes.Buffer
	want.WriteString("# Settings of Samband, each as it is if nothing is said. Take the # away from what you\n" +
		"# change. Each may have _FILE behind its name, and is then read from that file.\n")
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	if err := bindSettings(fs, &config{}, func(string) (string, bool) { return "", false }); err != nil {
		t.Fatal(err)
	}
	for _, s := range settings {
		f := fs.Lookup(s.name)
		_, usage := pflag.UnquoteUsage(f)
		fmt.Fprintf(&want, "\n# %s\n#%s=%s\n", strings.ToUpper(usage[:1])+usage[1:], variable(s.name), strings.Trim(f.DefValue, "[]"))
	}
	file := filepath.Join("..", "docs", "samband.env")
	if *update {
		if err := os.WriteFile(file, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%s is not what the settings say (go test ./cli -run Example -update writes it): %v", file, err)
	}
}
