package db

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"samband/models"
)

// What Find looks for: nouns of the directory, and places.
const (
	FindCountry = "country"
	FindCity    = "city"
)

// findOrder is the order in which what is found is listed.
var findOrder = []string{FindCountry, FindCity, "body", "posting", "officer", "agency", "contact_point", "project"}

// A Found is one thing that a text may mean: a record by its noun and ID, a
// country, or a city of postings in one.
type Found struct {
	Noun    string
	ID      int64
	Country models.Country
	City    string
}

// Find returns what a text may mean, at most a number of things: what each word of
// the text begins a word of, whole words first, then in the order of findOrder and of
// names. Looked at are the names and keys that a record has or had, of a posting also
// its place, agency and those who hold it from a day on, of a country its names in all
// languages that are known. Where nothing is found, near says that the answer is what
// the text may be a misspelling of, by one letter or, from seven letters on, two.
func (v Reading) Find(ctx context.Context, text string, nouns []string, from models.Date, most int) (found []Found, near bool, err error) {
	d, err := v.Directory(ctx)
	if err != nil {
		return nil, false, err
	}
	index := v.s.finders.of(d, from)
	words := models.Words(text)
	words = words[:min(len(words), mostTextWords)]
	if found = index.find(words, nouns, most); len(found) > 0 {
		return found, false, nil
	}
	found = index.near(words, nouns, most)
	return found, len(found) > 0, nil
}

// A finder finds what a directory calls by some words.
type finder struct {
	words []string  // sorted, each once
	in    [][]int32 // for each word the things that have it, sorted
	all   []thing   // in order
}

// A thing is something that can be found, with the indexes of its words, sorted.
type thing struct {
	Found
	words []int32
}

// noun reports whether a thing is of one of the nouns, or of any if there are none.
func (t thing) noun(nouns []string) bool { return len(nouns) == 0 || slices.Contains(nouns, t.Noun) }

// beginning returns the indexes of the words that begin with a word: from low to
// below high.
func (f *finder) beginning(word string) (low, high int32) {
	from, _ := slices.BinarySearch(f.words, word)
	to, _ := slices.BinarySearch(f.words, word+"\U0010FFFF")
	return int32(from), int32(to)
}

// A span is the words that one word of a text may mean, and which of them is that
// word itself, -1 if none is.
type span struct{ low, high, whole int32 }

func (f *finder) span(word string) span {
	low, high := f.beginning(word)
	s := span{low, high, -1}
	if low < high && f.words[low] == word {
		s.whole = low
	}
	return s
}

// has reports whether a thing has a word of the span, and whether that is the whole
// word.
func (t *thing) has(s span) (has, whole bool) {
	i, _ := slices.BinarySearch(t.words, s.low)
	if i == len(t.words) || t.words[i] >= s.high {
		return false, false
	}
	return true, t.words[i] == s.whole
}

// find returns the things of which each word begins a word.
func (f *finder) find(words, nouns []string, most int) []Found {
	if len(words) == 0 {
		return nil
	}
	spans := make([]span, len(words))
	rarest, least := 0, -1
	for i, w := range words {
		spans[i] = f.span(w)
		n := 0
		for _, in := range f.in[spans[i].low:spans[i].high] {
			n += len(in)
		}
		if least < 0 || n < least {
			rarest, least = i, n
		}
	}
	var best ranked
	tried := make(map[int32]bool, 64)
	for at := spans[rarest].low; at < spans[rarest].high; at++ {
		part := leastPart(spans, rarest, at)
		for _, i := range f.in[at] {
			if best.passed(rank{i, part}, most) {
				break // the things of a word are in order
			}
			if tried[i] || !f.all[i].noun(nouns) {
				continue
			}
			tried[i] = true
			if matches, part := f.all[i].matches(spans); matches {
				best.add(i, part, most)
			}
		}
	}
	return f.founds(best)
}

// leastPart returns how many words at least are only begun by a thing that has the
// word at an index for one of the spans.
func leastPart(spans []span, of int, at int32) (part int) {
	for i, s := range spans {
		if s.whole < 0 || i == of && s.whole != at {
			part++
		}
	}
	return part
}

// matches reports whether a thing has a word of each span, and how many of them are
// not the whole word.
func (t *thing) matches(spans []span) (matches bool, part int) {
	for _, s := range spans {
		has, whole := t.has(s)
		if !has {
			return false, 0
		}
		if !whole {
			part++
		}
	}
	return true, part
}

// ranked are the best things so far, the best first: those with the fewest words that
// are only begun, then in order.
type ranked []rank

type rank struct {
	at   int32
	part int
}

func compareRanks(a, b rank) int { return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(a.at, b.at)) }

// passed reports whether a thing of a rank, and any after it, is not among the best.
func (r ranked) passed(one rank, most int) bool {
	return len(r) == most && compareRanks(one, r[most-1]) > 0
}

func (r *ranked) add(at int32, part, most int) {
	one := rank{at, part}
	i, _ := slices.BinarySearchFunc(*r, one, compareRanks)
	if i < most {
		*r = slices.Insert(*r, i, one)
		*r = (*r)[:min(len(*r), most)]
	}
}

func (f *finder) founds(best ranked) (found []Found) {
	for _, r := range best {
		found = append(found, f.all[r.at].Found)
	}
	return found
}

// near returns the things of which each word is a misspelling of a word, the least
// misspelt first.
func (f *finder) near(words, nouns []string, most int) []Found {
	if len(words) == 0 {
		return nil
	}
	var meant []map[int32]int // for each word the words that it may mean, and how far off they are
	for _, w := range words {
		meant = append(meant, f.misspelt(w))
	}
	var best ranked
	tried := map[int32]bool{}
	for at := range meant[0] {
		for _, i := range f.in[at] {
			if tried[i] || !f.all[i].noun(nouns) {
				continue
			}
			tried[i] = true
			if off, all := f.all[i].off(meant); all {
				best.add(i, off, most)
			}
		}
	}
	return f.founds(best)
}

// off returns how many letters a thing is off, and whether it has a word for each that
// is meant.
func (t *thing) off(meant []map[int32]int) (sum int, all bool) {
	for _, words := range meant {
		least := -1
		for _, w := range t.words {
			if off, is := words[w]; is && (least < 0 || off < least) {
				least = off
			}
		}
		if least < 0 {
			return 0, false
		}
		sum += least
	}
	return sum, true
}

// misspelt returns the words that a word may mean, and by how many letters it is off:
// those that it begins, and those that begin with the same letter.
func (f *finder) misspelt(word string) map[int32]int {
	meant := map[int32]int{}
	low, high := f.beginning(word)
	for at := low; at < high; at++ {
		meant[at] = 0
	}
	letters := []rune(word)
	allowed := 1
	if len(letters) >= 7 {
		allowed = 2
	}
	if len(letters) < 4 {
		return meant
	}
	low, high = f.beginning(string(letters[:1]))
	for at := low; at < high; at++ {
		other := f.words[at]
		if n := len(other) - len(word); n < -allowed || n > allowed || strings.HasPrefix(other, word) {
			continue
		}
		if off := levenshtein.ComputeDistance(word, other); off <= allowed {
			meant[at] = off
		}
	}
	return meant
}
