package models

import (
	"strings"
	"unicode"
)

// Fold returns s in the form that search compares: lower case, Latin letters
// without their marks, one space between words. It lets "soren" find both
// "Sören" and "Søren", "thora" find "Þóra", and "cote d ivoire" find "Côte
// d’Ivoire"; å, ä and ö are a, a and o, while æ and œ are two letters.
//
// Latin, Greek and Cyrillic letters fold alike whether their marks come
// composed or as combining characters (U+0300 to U+036F). Letters of other
// scripts are kept, in lower case where they have one. Whatever is neither a
// letter, a mark nor a digit, invalid UTF-8 included, separates words; invisible
// format characters such as the soft hyphen vanish. Folding twice is the same as
// folding once.
//
// Fold gives the one form of a text that is typed. A text that is stored is
// found by several: see Spellings.
func Fold(s string) string { return fold(s, nil) }

// fold is Fold, except that letters in kept become what kept maps them to.
func fold(s string, kept map[rune]string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false // a space is due before the next letter
	for _, r := range s {
		to := ""
		switch r = unicode.ToLower(r); {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		case kept[r] != "":
			to = kept[r]
		case r < 0x80:
			gap = true
			continue
		case 0x300 <= r && r <= 0x36F || unicode.Is(unicode.Cf, r):
			continue
		case folds[r] != "":
			to = folds[r]
		case parts(r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		if to == "" {
			b.WriteRune(r)
		} else {
			b.WriteString(to)
		}
	}
	return b.String()
}

// Words returns the words of s, folded, in their order. It is nil if s has
// none.
func Words(s string) []string {
	if s = Fold(s); s == "" {
		return nil
	}
	return strings.Split(s, " ")
}

// parts reports whether r separates words. What Unicode calls modifier letters
// from ʹ to ˟ are mostly written as apostrophes, as in Oʻzbekiston, and count as
// such here.
func parts(r rune) bool {
	return 0x2B9 <= r && r <= 0x2DF || !unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// folds says what a lower-case letter becomes in Fold, where that is not the
// letter itself: the letters of Latin-1, Latin Extended-A and -B and Latin
// Extended Additional, of Greek and of Cyrillic that Unicode decomposes into a
// base letter and marks, and those with strokes, hooks and the like that it
// does not decompose. The Greek letters that look like others here are escaped,
// as an editor that normalises would merge them.
var folds = foldTable([][2]string{
	{"a", "ªàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặẚ"},
	{"ae", "æǣǽ"},
	{"b", "ƀɓḃḅḇ"},
	{"c", "çćĉċčƈḉ"},
	{"d", "ðďđɖɗḋḍḏḑḓ"},
	{"dz", "ǆǳ"},
	{"e", "èéêëēĕėęěǝȅȇȩəɛḕḗḙḛḝẹẻẽếềểễệ"},
	{"f", "ƒḟ"},
	{"ff", "ﬀ"},
	{"fi", "ﬁ"},
	{"fl", "ﬂ"},
	{"ffi", "ﬃ"},
	{"ffl", "ﬄ"},
	{"g", "ĝğġģǥǧǵɣḡ"},
	{"h", "ĥħȟḣḥḧḩḫẖ"},
	{"i", "ìíîïĩīĭįıǐȉȋɨḭḯỉị"},
	{"ij", "ĳ"},
	{"j", "ĵǰ"},
	{"k", "ķĸƙǩḱḳḵ"},
	{"l", "ĺļľŀłƚḷḹḻḽ"},
	{"lj", "ǉ"},
	{"m", "ḿṁṃ"},
	{"n", "ñńņňŉŋǹɲṅṇṉṋ"},
	{"nj", "ǌ"},
	{"o", "ºòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱɔɵṍṏṑṓọỏốồổỗộớờởỡợ"},
	{"oe", "œ"},
	{"p", "ƥṕṗ"},
	{"r", "ŕŗřȑȓṙṛṝṟ"},
	{"s", "śŝşšſșṡṣṥṧṩẛ"},
	{"ss", "ß"},
	{"st", "ﬅﬆ"},
	{"t", "ţťŧƭțṫṭṯṱẗ"},
	{"th", "þ"},
	{"u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗʉṳṵṷṹṻụủứừửữự"},
	{"v", "ʋṽṿ"},
	{"w", "ŵẁẃẅẇẉẘ"},
	{"x", "ẋẍ"},
	{"y", "ýÿŷƴȳẏẙỳỵỷỹ"},
	{"z", "źżžƶǯʒẑẓẕ"},

	{"α", "άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ\u1f71"},
	{"ε", "έἐἑἒἓἔἕὲέ\u1f73"},
	{"η", "ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ\u1f75"},
	{"ι", "ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ\u1f77\u1fbe\u1fd3"},
	{"μ", "µ"},
	{"ο", "όὀὁὂὃὄὅὸό\u1f79"},
	{"ρ", "ῤῥ"},
	{"σ", "ς"},
	{"υ", "ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ\u1f7b\u1fe3"},
	{"ϒ", "ϓϔ"},
	{"ω", "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ\u1f7d"},

	{"а", "ӑӓ"},
	{"г", "ѓ"},
	{"е", "ѐёӗ"},
	{"ж", "ӂӝ"},
	{"з", "ӟ"},
	{"и", "йѝӣӥ"},
	{"к", "ќ"},
	{"о", "ӧ"},
	{"у", "ўӯӱӳ"},
	{"ч", "ӵ"},
	{"ы", "ӹ"},
	{"э", "ӭ"},
	{"і", "ї"},
	{"ѵ", "ѷ"},
	{"ә", "ӛ"},
	{"ө", "ӫ"},
})

func foldTable(rows [][2]string) map[rune]string {
	table := map[rune]string{}
	for _, row := range rows {
		for _, r := range row[1] {
			table[r] = row[0]
		}
	}
	return table
}
