// SQL by hand: words are looked up in the search index, by its order.

package db

import (
	"strings"
	"unicode/utf8"

	"samband/models"
)

// How much of a search text is used.
const (
	mostText      = 200 // runes
	mostTextWords = 10
)

// text adds the condition that each word of f.Text is found, by what word adds
// for it, or that the whole text satisfies the condition key, or that it means
// countries and the posting whose ID is in the column posting, unless that is
// "", is in one of them.
func (c *conditions) text(f Filter, key, posting string, word func(string)) {
	text := strings.TrimSpace(f.Text)
	if text == "" {
		return
	}
	if utf8.RuneCountInString(text) > mostText {
		text = string([]rune(text)[:mostText])
	}
	words := models.Words(text)
	if len(words) == 0 {
		c.nothing = true
		return
	}
	outer := *c
	c.terms, c.args = nil, nil
	for _, w := range words[:min(len(words), mostTextWords)] {
		word(cutWord(w))
	}
	either, args := "("+strings.Join(c.terms, " AND ")+")", c.args
	*c = outer
	if countries := models.FindCountries(text); posting != "" && len(words) > 1 && len(countries) > 0 {
		in, more := postingsIn(countries)
		either += " OR " + c.column(posting) + " IN (" + in + ")"
		args = append(args, more...)
	}
	if utf8.ValidString(text) && !strings.ContainsRune(text, 0) {
		either += " OR " + key
		args = append(args, text)
	}
	c.add("("+either+")", args...)
}

// found returns the query for the IDs of the records of a noun that have a
// search word with the given beginning.
func found(noun, word string) (string, []any) {
	return "SELECT record_id FROM search_words WHERE noun = '" + noun + "' AND word >= ? AND word < ?",
		[]any{word, word + "\U0010FFFF"}
}

// officersOf returns the query for the IDs of the officers that have a search
// word with the given beginning; masked ones only if the reader may know them.
func (c *conditions) officersOf(word string) (string, []any) {
	query, args := found("officer", word)
	states := texts(c.scope.Masked())
	if len(states) == 0 {
		return query, args
	}
	masked, more := found(maskedWords, word)
	if len(states) < len(models.States()) {
		masked += " AND record_id IN (SELECT id FROM officers WHERE agency_id IN (" + agenciesOf(states) + "))"
	}
	return query + " UNION ALL " + masked, append(args, more...)
}

// agenciesOf returns the query for the IDs of the agencies of states, which are
// constants of the program, never input.
func agenciesOf(states []string) string {
	return "SELECT id FROM agencies WHERE country IN ('" + strings.Join(states, "','") + "')"
}

// postingsOf returns the query for the IDs of the postings that a word finds:
// by their own search words, by their agency's or their body's, or by a country.
func postingsOf(word string) (string, []any) {
	query, args := found("posting", word)
	agencies, more := found("agency", word)
	query += " UNION ALL SELECT id FROM postings WHERE agency_id IN (" + agencies + ")"
	args = append(args, more...)
	bodies, more := found("body", word)
	query += " UNION ALL SELECT id FROM postings WHERE host_organisation IN (SELECT key FROM bodies WHERE id IN (" + bodies + "))"
	args = append(args, more...)
	if countries := models.FindCountries(word); len(countries) > 0 {
		in, more := postingsIn(countries)
		query, args = query+" UNION ALL "+in, append(args, more...)
	}
	return query, args
}

// postingsIn returns the query for the IDs of the postings that sit in one of
// the countries, or are ever accredited to one.
func postingsIn(countries []models.Country) (string, []any) {
	codes := make([]string, len(countries))
	for i, c := range countries {
		codes[i] = string(c)
	}
	return "SELECT id FROM postings WHERE host_country IN ? UNION ALL SELECT posting_id FROM coverages WHERE country IN ?",
		[]any{codes, codes}
}
