package views

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/models"
	"samband/views/picture"
)

// families are the keys that the code puts together, by their beginning.
var families = []string{"csv.", "field.", "filter.", "region.", "matter.", "status.", "severity.", "status_count.", "severity_count.", "change_count.", "kind.", "why.", "when.", "error.",
	"menu.", "nav.", "noun.", "remove.ask.", "column.", "table.", "finding.", "problem.", "action.", "role.", "role_hint.", "secret.", "trail.", "window.", "standing.", "standing_hint.", "act.", "step.",
	"search.group.", "area.", "agency_kind.", "seat_role.", "body_kind.", "seating.", "membership.", "bulk.", "list.", "outcome.", "revert.", "report.",
	"certified.title.", "calendar.event.", "calendar.of.", "calendar.sort.", "card.format.", "digest.every."}

var (
	keyInCode = regexp.MustCompile(`"([a-z_]+\.[a-z_.-]+|and|period|place|yes)"`)
)

// usedKeys returns everything in the code and the templates that looks like a
// key.
func usedKeys(t *testing.T) map[string]bool {
	t.Helper()
	used := map[string]bool{}
	for _, pattern := range []string{"*.go", "picture/*.go", "pages/*.html", "mails/*", "../models/*.go", "../handlers/*.go", "../db/*.go", "../db/interchange/*.go", "../*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range keyInCode.FindAllStringSubmatch(string(b), -1) {
				used[m[1]] = true
			}
		}
	}
	return used
}

// A translation may do without a place of the English sentence, never have one
// more. Languages that lack sentences are told about; these two lack none.
func TestLanguagesSayTheSameThings(t *testing.T) {
	s := testSite(t)
	en := s.tongues["en"].sentences
	for lang, tongue := range s.tongues {
		for key, one := range tongue.sentences {
			if en[key] == nil {
				t.Errorf("%s: %s is no sentence in English", lang, key)
				continue
			}
			for _, name := range one.names {
				if !slices.Contains(en[key].names, name) {
					t.Errorf("%s: %s has {%s}, English %v", lang, key, name, en[key].names)
				}
			}
		}
		for key := range en {
			if tongue.sentences[key] == nil && slices.Contains([]string{"en", "sv"}, lang) {
				t.Errorf("%s lacks %s", lang, key)
			} else if tongue.sentences[key] == nil {
				t.Logf("%s lacks %s", lang, key)
			}
		}
	}
}

func TestKeysAreKnownAndUsed(t *testing.T) {
	texts, used := testSite(t).tongues["en"].sentences, usedKeys(t)
	for key := range used {
		family := slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(key, f) })
		beginning, _, _ := strings.Cut(key, ".")
		known := slices.ContainsFunc(families, func(f string) bool { return f == beginning+"." })
		if texts[key] == nil && (known && !family || strings.HasPrefix(key, "problem.") || strings.HasPrefix(key, "hint.") || strings.HasPrefix(key, "form.")) {
			t.Errorf("%s is used but says nothing", key)
		}
	}
	for key := range texts {
		family := slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(key, f) })
		noun, act, _ := strings.Cut(key, ".") // "officer.edit" is put together by begin
		family = family || act == "edit" && texts["noun."+noun] != nil
		if !family && !used[strings.TrimSuffix(key, "_open")] {
			t.Errorf("%s is never said", key)
		}
	}
}

// TestNoSentenceIsLeftOver looks at the families of keys that the code puts
// together: the end of each key must stand somewhere by itself.
func TestNoSentenceIsLeftOver(t *testing.T) {
	var code strings.Builder
	for _, pattern := range []string{"*.go", "picture/*.go", "pages/*.html", "mails/*", "../models/*.go", "../handlers/*.go", "../db/*.go", "../db/interchange/*.go", "../*.go"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") {
				code.Write(b)
			}
		}
	}
	ends := map[string]bool{}
	for _, word := range regexp.MustCompile(`[a-z0-9_-]+`).FindAllString(code.String(), -1) {
		ends[word] = true
	}
	put := map[string]bool{}
	for _, key := range codeFamilies() {
		put[key] = true
	}
	for key := range testSite(t).tongues["en"].sentences {
		family, end, _ := strings.Cut(strings.TrimSuffix(key, "_open"), ".")
		end = end[strings.LastIndexByte(end, '.')+1:]
		end = strings.TrimSuffix(end, "_hint") // table.coverages_hint
		if end != "" && !put[key] && !put[family+"."+end] && !ends[end] && !strings.HasSuffix(end, "_reason") && !strings.HasSuffix(end, "_until") && !strings.HasSuffix(end, "_never") {
			t.Errorf("%s is never said", key)
		}
	}
}

func TestCodeFamiliesHaveWords(t *testing.T) {
	s := testSite(t)
	for _, key := range codeFamilies() {
		if s.sentence("en", key) == nil {
			t.Errorf("%s says nothing", key)
		}
	}
}

// codeFamilies are the keys that are put together of codes.
func codeFamilies() (keys []string) {
	for _, k := range models.FindingKinds() {
		keys = append(keys, "kind."+string(k), "finding."+string(k))
	}
	for _, v := range models.Severities() {
		keys = append(keys, "severity."+string(v), "severity_count."+string(v))
	}
	for _, v := range models.Statuses() {
		keys = append(keys, "status."+string(v), "status_count."+string(v))
	}
	for _, v := range models.Regions() {
		keys = append(keys, "region."+string(v))
	}
	for _, w := range picture.Windows() {
		keys = append(keys, "window."+string(w))
	}
	for _, heads := range [][]string{assignmentHeads, postingHeads, officerHeads, findingHeads, coverageHeads, changeHeads, trailHeads, versionHead} {
		for _, head := range heads {
			keys = append(keys, "csv."+head)
		}
	}
	for _, status := range []string{"400", "404", "405", "409", "413", "422", "500", "503", "unavailable", "uncertain"} {
		keys = append(keys, "error."+status+".title", "error."+status+".text")
	}
	return keys
}

func TestSay(t *testing.T) {
	s := testSite(t)
	day, _ := models.ParseDate("2026-11-23")
	for _, c := range []struct {
		name, lang, want string
		say              models.Message
	}{
		{"a country in English", "en", "Türkiye: two rows include the same day. Separate their days.", models.Say("problem.covered_twice", "country", models.Country("TR"))},
		{"a country in Swedish", "sv", "Turkiet: två rader omfattar samma dag. Skilj dagarna åt.", models.Say("problem.covered_twice", "country", models.Country("TR"))},
		{"one of them", "en", "1 posting", models.Say("list.postings", "n", 1)},
		{"several of them", "sv", "2 stationeringar", models.Say("list.postings", "n", 2)},
		{"an end", "en", "2026-11-23 – 2026-11-24", models.Say("period", "first", day, "last", day+1)},
		{"no end", "sv", "från och med 2026-11-23", models.Say("period", "first", day, "last", models.Forever)},
		{"a masked officer", "en", "From 2026-11-23: Name hidden – Europol, SE police.",
			models.Say("change.begins", "officer", models.Officer{Masked: true}, "posting", models.Titled{Post: &models.Post{Posting: models.Posting{HostBody: "europol"}, Body: &models.Body{Name: "Europol"}}, Agency: models.Agency{Country: "SE", Kind: models.PoliceAgency}}, "day", day)},
		{"several states", "sv", "Stationering: Riga (Lettland). Företräds inte i dag: Danmark, Finland och Sverige. Platser: Lettland.",
			models.Say("finding.nobody_behind", "posting", models.Posting{HostCity: "Riga", HostCountry: "LV"},
				"states", []models.State{models.Denmark, models.Finland, models.Sweden}, "places", []models.Named{{Place: models.Place{Country: "LV"}}})},
		{"what has no words", "en", "no.such", models.Say("no.such")},
	} {
		if got := s.Say(c.lang, c.say); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Why somebody leaves is told of the one whose name is, and of nobody else.
func TestAStepTellsNoReasonOfWhoIsMasked(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	for i, told := range []bool{true, false} {
		said := s.StepInWords("en", d, models.Step{Act: models.End, Assignment: post.Assignments[i].ID, Last: 740_000, Reason: "Canary moves"})
		if strings.Contains(said, "Canary") != told {
			t.Error(said)
		}
	}
}
