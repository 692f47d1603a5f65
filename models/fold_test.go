package models

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"space only", " \t\u00a0\n", ""},
		{"punctuation only", "–·…!", ""},
		{"plain letters", "Bangkok", "bangkok"},
		{"Swedish", "Åsa Öström Särkkä", "asa ostrom sarkka"},
		{"Danish", "Søren Ærø Ågård", "soren aero agard"},
		{"Icelandic", "Þóra Guðmundsdóttir Ægir", "thora gudmundsdottir aegir"},
		{"Northern Sámi", "Čáŋŧđžš", "cantdzs"},
		{"Skolt Sámi", "Ǩǥǧǯ", "kggz"},
		{"German", "Weißenfels Übermaß", "weissenfels ubermass"},
		{"capital sharp s", "STRAẞE", "strasse"},
		{"French", "Œuvre de l’Île-d’Orléans", "oeuvre de l ile d orleans"},
		{"Spanish and Portuguese", "Muñoz São João Conceição", "munoz sao joao conceicao"},
		{"Polish", "Łódź Wąż", "lodz waz"},
		{"Czech", "Dvořák Žižkův Ďáblice", "dvorak zizkuv dablice"},
		{"Hungarian", "Őrült Fűző", "orult fuzo"},
		{"Romanian, comma and cedilla", "Șerban Ştefan Țară Ţară Mâță", "serban stefan tara tara mata"},
		{"Turkish", "İstanbul Iğdır ışık Çiğdem", "istanbul igdir isik cigdem"},
		{"Azerbaijani", "Azərbaycan", "azerbaycan"},
		{"Baltic", "Šķēde Ģirts Ņukša Ųžuolas Ėglė", "skede girts nuksa uzuolas egle"},
		{"Vietnamese", "Nguyễn Đức Thắng Hồ Chí Minh Phở Ưu", "nguyen duc thang ho chi minh pho uu"},
		{"Hausa", "Ɗan Ƙasar Ɓauna", "dan kasar bauna"},
		{"decomposed Swedish", "A\u030asa O\u0308stro\u0308m", "asa ostrom"},
		{"decomposed Vietnamese", "Nguye\u0302\u0303n", "nguyen"},
		{"Angstrom and Kelvin signs", "\u212B\u212A", "ak"},
		{"ligatures", "ﬁn ﬂod Ǆ Ĳ", "fin flod dz ij"},
		{"apostrophes of every kind", "O'Brien O’Brien Oʻzbek Oʼzbek", "o brien o brien o zbek o zbek"},
		{"hyphens of every kind", "Anna-Lena Anna‐Lena Anna–Lena Anna - Lena", "anna lena anna lena anna lena anna lena"},
		{"white space", "  a \t b\u00a0c\r\n ", "a b c"},
		{"digits", "NOA-7 (2019)", "noa 7 2019"},
		{"soft hyphen and direction marks", "sam\u00adband \u200edag\u200f", "samband dag"},
		{"Cyrillic", "Россия ЁЛКА Йод", "россия елка иод"},
		{"decomposed Cyrillic", "И\u0306од Украі\u0308на", "иод украіна"},
		{"Greek, final sigma too", "Ελλάς ΕΛΛΆΣ Κύπρος", "ελλασ ελλασ κυπροσ"},
		{"Greek, the accents of both blocks", "\u03ac\u1f71\u1fbb\u03b1\u0301", "αααα"},
		{"Arabic", "السعودية", "السعودية"},
		{"Thai keeps its vowels", "ไทย ที่", "ไทย ที่"},
		{"Hindi keeps its vowels", "हिन्दी", "हिन्दी"},
		{"Chinese", "中国", "中国"},
		{"invalid UTF-8", "a\xffb\xc3", "a b"},
	} {
		if got := Fold(test.in); got != test.want {
			t.Errorf("%s: Fold(%q) = %q, want %q", test.name, test.in, got, test.want)
		}
	}
}

// Whoever types without the marks, or with the neighbour's letters, finds the
// name all the same.
func TestFoldMakesEqual(t *testing.T) {
	for _, names := range [][]string{
		{"soren", "Sören", "Søren", "SÖREN", "So\u0308ren"},
		{"Ase", "Åse", "A\u030ase", "Äse"},
		{"Aegir", "Ægir", "ægir"},
		{"Thora", "Þóra", "þora"},
		{"Cote d'Ivoire", "Côte d’Ivoire", "CÔTE D´IVOIRE", "cote-d-ivoire"},
	} {
		for _, name := range names {
			if Fold(name) != Fold(names[0]) {
				t.Errorf("Fold(%q) = %q, Fold(%q) = %q", name, Fold(name), names[0], Fold(names[0]))
			}
		}
	}
}

func TestFoldLeavesNoLatinMark(t *testing.T) {
	for _, block := range []struct {
		name        string
		first, last rune
	}{
		{"Latin-1", 0xA0, 0xFF},
		{"Latin Extended-A", 0x100, 0x17F},
		{"Vietnamese o and u", 0x1A0, 0x1A1},
		{"Pinyin", 0x1CD, 0x1DC},
		{"Skolt Sámi", 0x1E4, 0x1EF},
		{"Romanian", 0x218, 0x21B},
		{"Latin Extended Additional", 0x1E00, 0x1E9B},
		{"Vietnamese", 0x1EA0, 0x1EF9},
	} {
		for r := block.first; r <= block.last; r++ {
			if !unicode.Is(unicode.Latin, r) {
				continue
			}
			if got := Fold(string(r)); got == "" || strings.Trim(got, "abcdefghijklmnopqrstuvwxyz") != "" {
				t.Errorf("%s: Fold(%q, U+%04X) = %q", block.name, r, r, got)
			}
		}
	}
}

func TestFoldTableIsASingleStep(t *testing.T) {
	for from, to := range folds {
		if unicode.ToLower(from) != from {
			t.Errorf("%q is never looked up: it has the lower case %q", from, unicode.ToLower(from))
		}
		if Fold(to) != to {
			t.Errorf("%q folds to %q, which folds to %q", from, to, Fold(to))
		}
	}
}

func TestFoldOfEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		checkFold(t, "x"+string(r)+"Y")
	}
}

func checkFold(t *testing.T, s string) {
	t.Helper()
	folded := Fold(s)
	if !utf8.ValidString(folded) {
		t.Errorf("Fold(%q) = %q is not UTF-8", s, folded)
	}
	if again := Fold(folded); again != folded {
		t.Errorf("Fold(%q) = %q, but folded again %q", s, folded, again)
	}
	if folded != strings.Join(strings.Fields(folded), " ") {
		t.Errorf("Fold(%q) = %q has stray white space", s, folded)
	}
}

func TestWords(t *testing.T) {
	if got := Words(" –  "); got != nil {
		t.Errorf("no words: %q", got)
	}
	want := []string{"cote", "d", "ivoire"}
	if got := Words("Côte d’Ivoire"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Søren Åse", "So\u0308ren", "İı", "a\xff\xc3(", "ΕΛΛΆΣ", "\u0300\u0345", "\u1e9e\ufb03"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkFold(t, s)
		if !slices.Equal(Words(s), Words(Fold(s))) {
			t.Errorf("Words(%q) = %q", s, Words(s))
		}
	})
}
