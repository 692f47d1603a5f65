// SQL by hand: the search index is written with the records, many rows at once.

package db

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"samband/models"
)

// sortLanguages are the languages in whose order lists can be sorted, the
// default first. Sort keys for a language that is new are made when the database
// is next opened.
var sortLanguages = func() (codes []string) {
	for _, l := range models.Languages() {
		codes = append(codes, l.Code)
	}
	return codes
}()

const (
	// Indexes limit the size of their entries. Nobody needs more than this to
	// tell names apart.
	mostSortKey = 240 // bytes per text
	mostWord    = 60  // runes
)

// A sorter makes sort keys. It is not safe for concurrent use.
type sorter struct {
	collators []*collate.Collator // one for each of sortLanguages
	buffer    collate.Buffer
}

func newSorter() *sorter {
	s := &sorter{}
	for _, l := range models.Languages() {
		s.collators = append(s.collators, collate.New(language.MustParse(l.Order), collate.IgnoreCase))
	}
	return s
}

// key returns a key that sorts the texts in a language, given by its index in
// sortLanguages, when compared byte by byte.
func (s *sorter) key(language int, texts []string) []byte {
	var key []byte
	for i, text := range texts {
		if i > 0 {
			key = append(key, 0, 0)
		}
		s.buffer.Reset()
		one := s.collators[language].KeyFromString(&s.buffer, text)
		key = append(key, one[:min(len(one), mostSortKey)]...)
	}
	return key
}

// found writes the search words and sort keys of one in place of those of old,
// where they differ. Either may be nil.
func (w *recordWriter[T]) found(old, one *T) error {
	if w.k.words == nil {
		return nil
	}
	hadNoun, had := w.wordsOf(old)
	noun, wanted := w.wordsOf(one)
	if hadNoun != noun || !slices.Equal(had, wanted) {
		if err := w.replace(w.words, old); err != nil {
			return err
		}
		for _, word := range wanted {
			if err := w.words.add(noun, word, *ID(one)); err != nil {
				return err
			}
		}
	}
	if w.k.sorts == nil || slices.EqualFunc(w.sortsOf(old), w.sortsOf(one), sortName.equal) {
		return nil
	}
	if err := w.replace(w.sorts, old); err != nil || one == nil {
		return err
	}
	return w.addSorts(one)
}

func (a sortName) equal(b sortName) bool { return a.name == b.name && slices.Equal(a.texts, b.texts) }

// replace deletes the rows of old from the table of in, unless old is nil.
func (w *recordWriter[T]) replace(in *inserter, old *T) error {
	if old == nil {
		return nil
	}
	err := w.tx.execPrepared("DELETE FROM "+in.table+" WHERE record_id = ?", *ID(old))
	return err
}

func (w *recordWriter[T]) addSorts(one *T) error {
	for i, language := range sortLanguages {
		for _, s := range w.k.sorts(*one, language) {
			if err := w.sorts.add(s.name, language, w.tx.sorter.key(i, s.texts), *ID(one)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *recordWriter[T]) wordsOf(r *T) (noun string, words []string) {
	if r == nil {
		return "", nil
	}
	noun, text := w.k.words(*r)
	words = models.SearchWords(text)
	for i := range words {
		words[i] = cutWord(words[i])
	}
	slices.Sort(words)
	return noun, slices.Compact(words)
}

func (w *recordWriter[T]) sortsOf(r *T) (all []sortName) {
	if r == nil {
		return nil
	}
	for _, language := range sortLanguages {
		all = append(all, w.k.sorts(*r, language)...)
	}
	return all
}

// cutWord returns as much of a word as is stored.
func cutWord(word string) string {
	if utf8.RuneCountInString(word) <= mostWord {
		return word
	}
	return string([]rune(word)[:mostWord])
}

// source returns a fingerprint of the rules and country names from which sort
// keys and search words are made.
func (s *sorter) source() string {
	h := sha256.New()
	fmt.Fprintln(h, "3", sortLanguages, mostSortKey, mostWord, models.SearchWords("Åäöæøðþüßłđ Þóra Søren Kjær Haakon Müller Ελλάδα Москва"))
	for i, l := range sortLanguages {
		for _, c := range models.Countries() {
			fmt.Fprintf(h, "%s %s %x\n", c, c.Name(l), s.key(i, []string{c.Name(l)}))
		}
		fmt.Fprintf(h, "%x\n", s.key(i, strings.Split("a å ä æ b c d đ ð e é ø ö o þ t u ü v w x y z", " ")))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// reindex rebuilds the search index if it was made from another source than
// this program's.
func (tx *Tx) reindex() error {
	current := tx.sorter.source()
	kept, err := tx.counters()
	if kept.IndexedFrom == current || err != nil {
		return err
	}
	for _, statement := range []string{"DELETE FROM sort_names", "DELETE FROM search_words"} {
		if err := tx.exec(statement); err != nil {
			return err
		}
	}
	for _, n := range nouns() {
		if err := n.index(tx); err != nil {
			return err
		}
	}
	return tx.one(rowsOf[counters](tx.g).Where("one = 1").Update(tx.ctx, "derived", current))
}

func indexAll[T Record](tx *Tx) error {
	all, err := WithParts[T](tx.Reader, "")
	if err != nil {
		return err
	}
	w := newRecordWriter(tx, kindOf[T]())
	for _, one := range all {
		if err := w.found(nil, one); err != nil {
			return err
		}
	}
	return w.flush()
}
