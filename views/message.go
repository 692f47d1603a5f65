package views

import (
	"fmt"
	"reflect"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Sentences are written in a strict part of ICU MessageFormat 1, see ADR 17:
//
//	{name}                                    an argument, as the language writes it
//	{n, plural, one {# place} other {# places}}   by the plural form of a number, which # writes
//	{state, select, DK {Danish} other {their}}    by a code
//
// Branches hold sentences again. In a plural there is one branch for each form
// that the language has and no other; in a select, "other" is there. As in ICU,
// two apostrophes are one, and one before a brace (in a plural, before # too) quotes
// what follows up to the next one; any other apostrophe is itself.

// A sentence is a text of a language, read.
type sentence struct {
	parts []part
	names []string // of all its arguments
	open  *sentence
	forms *forms
	size  int // of its source
}

// A part of a sentence is text and the place after it, if there is one.
type part struct {
	before, name string
	kind         partKind
	cases        map[string][]part
}

type partKind byte

const (
	ending partKind = iota // no place follows
	place
	number // the number of the plural around it
	byNumber
	byCode
)

// forms are the plural forms of a language.
type forms struct {
	tag  language.Tag
	used map[string]bool
}

var formNames = map[plural.Form]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

func formsOf(lang string) *forms {
	f := &forms{language.Make(lang), map[string]bool{}}
	for n := range 1000 {
		f.used[f.of(n)] = true
	}
	return f
}

// of returns the plural form of a whole number of any type, "other" for
// anything else.
func (f *forms) of(v any) string {
	const wide = 10_000_000 // more digits make no difference to any language
	var n uint64
	switch r := reflect.ValueOf(v); {
	case r.CanInt() && r.Int() < 0:
		n = -uint64(r.Int())
	case r.CanInt():
		n = uint64(r.Int())
	case r.CanUint():
		n = r.Uint()
	default:
		return "other"
	}
	if n >= wide {
		n = wide + n%wide
	}
	return formNames[plural.Cardinal.MatchPlural(f.tag, int(n), 0, 0, 0, 0)]
}

// readSentence reads the text of a sentence.
func readSentence(text string, f *forms) (*sentence, error) {
	r := sentenceReader{text: text, forms: f}
	parts, err := r.parts(false, false)
	if err != nil {
		return nil, fmt.Errorf("at byte %d: %w", r.at, err)
	}
	return &sentence{parts: parts, names: r.names, forms: f, size: len(text)}, nil
}

// A sentenceReader is at a byte of a text.
type sentenceReader struct {
	text  string
	at    int
	names []string
	forms *forms
}

// parts reads up to the end, or to the brace that ends a branch.
func (r *sentenceReader) parts(branch, counted bool) (all []part, err error) {
	var before strings.Builder
	add := func(p part) {
		p.before = before.String()
		before.Reset()
		all = append(all, p)
	}
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case c == '\'':
			if err := r.quoted(&before, counted); err != nil {
				return nil, err
			}
			continue
		case c == '{':
			p, err := r.place(counted)
			if err != nil {
				return nil, err
			}
			add(p)
			continue
		case c == '}' && branch:
			add(part{})
			return all, nil
		case c == '}':
			return nil, fmt.Errorf("a brace closes what none opened")
		case c == '#' && counted:
			add(part{kind: number})
		default:
			before.WriteByte(c)
		}
		r.at++
	}
	if branch {
		return nil, fmt.Errorf("a branch has no end")
	}
	if before.Len() > 0 || all == nil {
		add(part{})
	}
	return all, nil
}

// quoted reads an apostrophe, and what it quotes.
func (r *sentenceReader) quoted(to *strings.Builder, counted bool) error {
	rest := r.text[r.at+1:]
	special := "{}"
	if counted {
		special = "{}#"
	}
	if strings.HasPrefix(rest, "'") {
		to.WriteByte('\'')
		r.at += 2
		return nil
	}
	if rest == "" || !strings.Contains(special, rest[:1]) {
		to.WriteByte('\'')
		r.at++
		return nil
	}
	for i := 0; i < len(rest); i++ {
		switch {
		case rest[i] != '\'':
			to.WriteByte(rest[i])
		case strings.HasPrefix(rest[i+1:], "'"):
			to.WriteByte('\'')
			i++
		default:
			r.at += i + 2
			return nil
		}
	}
	return fmt.Errorf("a quotation has no end")
}

// place reads what stands in braces.
func (r *sentenceReader) place(counted bool) (p part, err error) {
	r.at++
	if p.name, err = r.word(); err != nil {
		return p, err
	}
	r.names = append(r.names, p.name)
	if r.next("}") {
		p.kind = place
		return p, nil
	}
	if !r.next(",") {
		return p, fmt.Errorf("after {%s comes } or a comma", p.name)
	}
	kind, err := r.word()
	switch {
	case err != nil:
		return p, err
	case kind == "plural":
		p.kind, counted = byNumber, true
	case kind == "select":
		p.kind = byCode
	default:
		return p, fmt.Errorf("{%s, %s} is neither a plural nor a select", p.name, kind)
	}
	if !r.next(",") {
		return p, fmt.Errorf("{%s, %s has no comma before its branches", p.name, kind)
	}
	p.cases = map[string][]part{}
	for !r.next("}") {
		if err := r.branch(p, counted); err != nil {
			return p, err
		}
	}
	return p, r.complete(p)
}

// branch reads a branch into the cases of p.
func (r *sentenceReader) branch(p part, counted bool) error {
	word, err := r.word()
	switch {
	case err != nil:
		return err
	case p.cases[word] != nil:
		return fmt.Errorf("{%s} has the branch %s twice", p.name, word)
	case p.kind == byNumber && !r.forms.used[word]:
		return fmt.Errorf("{%s} has the branch %s, which is no plural form of %s", p.name, word, r.forms.tag)
	case !r.next("{"):
		return fmt.Errorf("the branch %s has no brace", word)
	}
	if p.cases[word], err = r.parts(true, counted); err == nil {
		r.at++
	}
	return err
}

// complete reports the branch that p lacks.
func (r *sentenceReader) complete(p part) error {
	wanted := map[string]bool{"other": true}
	if p.kind == byNumber {
		wanted = r.forms.used
	}
	for word := range wanted {
		if p.cases[word] == nil {
			return fmt.Errorf("{%s} lacks the branch %s", p.name, word)
		}
	}
	return nil
}

// word reads a name, a kind or the word of a branch, with the space around it.
func (r *sentenceReader) word() (string, error) {
	r.space()
	start := r.at
	for r.at < len(r.text) && strings.IndexByte(wordBytes, r.text[r.at]) >= 0 {
		r.at++
	}
	if r.at == start {
		return "", fmt.Errorf("a word is missing")
	}
	word := r.text[start:r.at]
	r.space()
	return word, nil
}

const wordBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

func (r *sentenceReader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

// next steps over the token, and the space around it unless it opens a branch,
// if it is what comes next.
func (r *sentenceReader) next(token string) bool {
	r.space()
	if !strings.HasPrefix(r.text[r.at:], token) {
		return false
	}
	r.at += len(token)
	return true
}
