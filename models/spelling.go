package models

import (
	"slices"
	"strings"
)

// Spellings returns the ways in which people write s, folded: that of Fold first,
// the others sorted. People without a key for a letter write it without its marks
// or as two letters, as passports do (ICAO Doc 9303, part 3, section 6): å is a or
// aa, ä and æ are a or ae, ö, ø and œ are o or oe, ü is u or ue, ð is d or dh, and
// þ is t or th. In names stored with aa, ae, oe or ue these may stand for such a
// letter, and are written both ways too: "haakon" and "hakon", and so "joel" and
// "jol".
//
// Letters vary independently, but after the sixth that varies all others vary
// together, so that there are never more than 129 spellings.
func Spellings(s string) []string {
	return spellings(Fold(s), pieces(fold(composed.Replace(s), marked)))
}

// SearchWords returns the words of s in all their spellings, sorted.
func SearchWords(s string) []string {
	var all []string
	folded := Words(s)
	for i, word := range strings.Fields(fold(composed.Replace(s), marked)) {
		all = append(all, spellings(folded[i], pieces(word))...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// twoWays are the letters and pairs of letters that are written two ways, as one
// letter or as two.
var twoWays = map[string][2]string{
	"å": {"a", "aa"}, "ä": {"a", "ae"}, "ö": {"o", "oe"}, "ü": {"u", "ue"}, "ð": {"d", "dh"}, "þ": {"t", "th"},
	"aa": {"a", "aa"}, "ae": {"a", "ae"}, "oe": {"o", "oe"}, "ue": {"u", "ue"},
}

// marked are the letters that are written two ways, with or without more marks.
var marked = foldTable([][2]string{{"å", "åǻ"}, {"ä", "äǟæǣǽ"}, {"ö", "öȫøǿœ"}, {"ü", "üǖǘǚǜ"}, {"ð", "ð"}, {"þ", "þ"}})

// composed replaces letters and combining marks by such letters.
var composed = strings.NewReplacer("a\u030a", "å", "A\u030a", "å", "a\u0308", "ä", "A\u0308", "ä",
	"o\u0308", "ö", "O\u0308", "ö", "u\u0308", "ü", "U\u0308", "ü")

// pieces splits a text before and after what is written two ways. The pieces at
// even indexes are written one way, and may be empty.
func pieces(text string) (all []string) {
	begun := 0
	for i := 0; i < len(text); {
		n := 2 // bytes, of a marked letter as of a pair
		if _, two := twoWays[text[i:min(i+n, len(text))]]; !two {
			i++
			continue
		}
		all = append(all, text[begun:i], text[i:i+n])
		i += n
		begun = i
	}
	return append(all, text[begun:])
}

func spellings(folded string, pieces []string) []string {
	const free = 6 // letters that vary independently
	all := []string{folded}
	if len(pieces) == 1 {
		return all
	}
	for choice := range 1 << min(len(pieces)/2, free+1) {
		var b strings.Builder
		for i, piece := range pieces {
			if i%2 == 1 {
				piece = twoWays[piece][choice>>min(i/2, free)&1]
			}
			b.WriteString(piece)
		}
		if b.String() != folded {
			all = append(all, b.String())
		}
	}
	slices.Sort(all[1:])
	return slices.Compact(all)
}
