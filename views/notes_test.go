package views

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// notes are what translators are told, from lang/notes.json: of a key, of the keys
// that begin as one that ends in *, and of a {place}.
func notes(t *testing.T) map[string]string {
	t.Helper()
	texts, err := readTexts("notes")
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// noteOf returns the note that is nearest to a key, "" if there is none.
func noteOf(key string, notes map[string]string) (nearest string) {
	if notes[key] != "" {
		return key
	}
	for of := range notes {
		if begin, family := strings.CutSuffix(of, "*"); family && strings.HasPrefix(key, begin) && len(of) > len(nearest) {
			nearest = of
		}
	}
	return nearest
}

func TestTranslatorsAreToldOfEveryKeyAndPlace(t *testing.T) {
	notes, used := notes(t), map[string]bool{}
	for key, one := range testSite(t).tongues["en"].sentences {
		of := noteOf(key, notes)
		if of == "" {
			t.Errorf("lang/notes.json does not say where %s stands", key)
		}
		used[of] = true
		for _, name := range one.names {
			if notes["{"+name+"}"] == "" {
				t.Errorf("lang/notes.json does not say what goes into {%s} of %s", name, key)
			}
			used["{"+name+"}"] = true
		}
	}
	for of := range notes {
		if !used[of] {
			t.Errorf("the note %s is about nothing", of)
		}
	}
}

// Every file is a language of the table, or the notes; a language without a file
// does not start. All are sorted by key, one on a line, so that changes can be
// merged.
func TestLanguageFiles(t *testing.T) {
	names, err := filepath.Glob("lang/*.json")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		if code := strings.TrimSuffix(filepath.Base(name), ".json"); code != "notes" && !slices.Contains(Languages(), code) {
			t.Errorf("%s is no language of models.Languages", name)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]string
		if err := json.Unmarshal(b, &all); err != nil {
			t.Fatal(name, err)
		}
		var keys []string
		for line := range strings.Lines(string(b)) {
			if key, _, ok := strings.Cut(strings.TrimSpace(line), `": `); ok {
				keys = append(keys, key)
			}
		}
		if !slices.IsSorted(keys) || len(keys) != len(all) {
			t.Errorf("%s is not sorted, has a key twice or two on a line", name)
		}
	}
}
