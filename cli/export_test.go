package cli

import (
	"archive/zip"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"samband/views"
)

// The exported package says what people call each column, in every language.
func TestExportHasTitles(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"SAMBAND_DATABASE": filepath.Join(dir, "samband.db")}
	does(t, env, "demo")
	pack := filepath.Join(dir, "package.zip")
	does(t, env, "export "+pack)
	z, err := zip.OpenReader(pack)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("csv-metadata.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	var group struct {
		Tables []struct {
			URL         string
			TableSchema struct {
				Columns []struct {
					Name   string
					Titles map[string]string
				}
			}
		}
	}
	if err := json.Unmarshal(b, &group); err != nil || len(group.Tables) != len(z.File)-1 {
		t.Errorf("%d tables, %v", len(group.Tables), err)
	}
	for _, table := range group.Tables {
		for _, c := range table.TableSchema.Columns {
			for _, lang := range views.Languages() {
				if c.Titles[lang] == "" {
					t.Errorf("%s: %s has no title in %s", table.URL, c.Name, lang)
				}
			}
		}
	}
	if !strings.Contains(string(b), `"sv": "Sista dag"`) {
		t.Errorf("no last day in Swedish: %.3000s", b)
	}
	if out := does(t, env, "import --dry-run "+pack); !strings.Contains(out, "0 changes") {
		t.Error(out)
	}
}
