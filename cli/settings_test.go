package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/pflag"
)

// A setting that has been renamed is still set by its older name, unless it is set
// by that of today.
func TestOlderNamesOfSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "days")
	if err := os.WriteFile(file, []byte("14\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		env  map[string]string
		args []string
		want int
	}{
		{"nothing", nil, nil, 183},
		{"the variable", map[string]string{"SAMBAND_CONFIRM_DAYS": "12"}, nil, 12},
		{"the older variable", map[string]string{"SAMBAND_ATTEST_DAYS": "13"}, nil, 13},
		{"a file by the older variable", map[string]string{"SAMBAND_ATTEST_DAYS_FILE": file}, nil, 14},
		{"both variables", map[string]string{"SAMBAND_CONFIRM_DAYS": "12", "SAMBAND_ATTEST_DAYS": "13"}, nil, 12},
		{"the flag", map[string]string{"SAMBAND_ATTEST_DAYS": "13"}, []string{"--confirm-days=15"}, 15},
		{"the older flag", map[string]string{"SAMBAND_CONFIRM_DAYS": "12"}, []string{"--attest-days=16"}, 16},
	} {
		var got config
		fs := pflag.NewFlagSet("test", pflag.ContinueOnError)
		err := bindSettings(fs, &got, func(name string) (string, bool) { value, ok := c.env[name]; return value, ok })
		if err == nil {
			err = fs.Parse(c.args)
		}
		if err != nil || got.limits.AttestDays != c.want {
			t.Errorf("%s: %d days, %v, want %d", c.name, got.limits.AttestDays, err, c.want)
		}
	}
}
