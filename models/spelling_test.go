package models

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestSpellings(t *testing.T) {
	for _, test := range []struct{ name, of, want string }{
		{"nothing", "–", ""},
		{"plain", "Bangkok", "bangkok"},
		{"a ring", "Åse", "ase|aase"},
		{"two dots", "Söder Mäki", "soder maki|soder maeki|soeder maeki|soeder maki"},
		{"marks that come apart", "A\u030asa O\u0308ga", "asa oga|aasa oega|aasa oga|asa oega"},
		{"Danish and Norwegian", "Kjærbøl", "kjaerbol|kjaerboel|kjarboel|kjarbol"},
		{"Icelandic", "Þórður", "thordur|thordhur|tordhur|tordur"},
		{"German", "Müller", "muller|mueller"},
		{"a ligature, with the letter behind it", "Cœur", "coeur|cour"},
		{"in those letters themselves", "Haakon", "haakon|hakon"},
		{"where they stand for themselves", "Joel", "joel|jol"},
		{"not across words", "Sa Ab", "sa ab"},
		{"other scripts", "Россия", "россия"},
	} {
		got := Spellings(test.of)
		if strings.Join(got, "|") != test.want {
			t.Errorf("%s: Spellings(%q) = %q, want %q", test.name, test.of, strings.Join(got, "|"), test.want)
		}
	}
}

// eitherWay are the letters of the Nordic languages, and German's, that people
// write in more ways than one where they lack the key.
var eitherWay = map[string][]string{
	"å": {"a", "aa"}, "ä": {"a", "ae"}, "æ": {"a", "ae"}, "ö": {"o", "oe"}, "ø": {"o", "oe"},
	"ð": {"d", "dh"}, "þ": {"t", "th"}, "ü": {"u", "ue"},
}

// A name is found in whatever way each of its letters is written, by its
// beginning too, and with the neighbour's letter.
func TestSpellingsFindEveryName(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	letters := strings.Split("b d k l m n r s t v i y å ä æ ö ø ð þ ü Å Ä Æ Ö Ø Ð Þ Ü", " ")
	for range 20_000 {
		var name, typed strings.Builder
		special := 0
		for range 1 + r.IntN(12) {
			letter := letters[r.IntN(len(letters))]
			ways := eitherWay[strings.ToLower(letter)]
			if special++; ways == nil || special > 6 {
				letter, ways = "n", []string{"n"}
			}
			name.WriteString(letter)
			way := ways[r.IntN(len(ways))]
			if r.IntN(2) == 0 {
				way = strings.ToUpper(way)
			}
			typed.WriteString(way)
		}
		text := Fold(typed.String())[:1+r.IntN(typed.Len())]
		if !slices.ContainsFunc(Spellings(name.String()), func(s string) bool { return strings.HasPrefix(s, text) }) {
			t.Fatalf("%q does not find %q, which is written %q", text, name.String(), Spellings(name.String()))
		}
	}
}

func TestSpellingsAreFewAndFolded(t *testing.T) {
	for _, s := range []string{strings.Repeat("å", 200), strings.Repeat("aaeoe", 100), "Ærøskøbing Århus Ødegård", "Määttälä"} {
		all := Spellings(s)
		if len(all) > 129 || all[0] != Fold(s) {
			t.Errorf("%.20q has %d spellings, the first of them %.20q", s, len(all), all[0])
		}
		for i, x := range all {
			if Fold(x) != x || slices.Contains(all[:i], x) {
				t.Errorf("%.20q is written %.20q", s, x)
			}
		}
	}
}

func TestSearchWords(t *testing.T) {
	if got := strings.Join(SearchWords("Åse Kjær-Åse, Oslo"), " "); got != "aase ase kjaer kjar oslo" {
		t.Errorf("got %q", got)
	}
	if got := SearchWords(" –"); len(got) != 0 {
		t.Errorf("no words: %q", got)
	}
}

// Whoever types a beginning gets what begins so, and not every name that would
// if its letters were written another way.
func TestSpellingsDoNotMerge(t *testing.T) {
	for typed, not := range map[string]string{"joe": "Johan", "sae": "Sandra", "koe": "Kofi", "ase": "Aseda Aaberg"} {
		for _, word := range SearchWords(not) {
			if strings.HasPrefix(word, typed) && word != "aseda" {
				t.Errorf("%q finds %q by %q", typed, not, word)
			}
		}
	}
}
