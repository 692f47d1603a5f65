package views

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// said returns a sentence of a language with its arguments in it.
func said(t *testing.T, lang, text string, args ...any) string {
	t.Helper()
	f := formsOf(lang)
	one, err := readSentence(text, f)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	s := &Site{tongues: map[string]*tongue{"en": {sentences: map[string]*sentence{"k": one}}}}
	return s.Say("en", models.Say("k", args...))
}

func TestSentences(t *testing.T) {
	const days, whose = "{n, plural, one {# day} other {# days}}", "{state, select, DK {dansk} FI {finsk} other {nordisk}}"
	for _, c := range []struct {
		name, lang, text string
		args             []any
		want             string
	}{
		{"nothing", "en", "", nil, ""},
		{"text alone", "en", "Nothing here", nil, "Nothing here"},
		{"a place", "en", "to {name}.", []any{"name", "A"}, "to A."},
		{"space in a place", "en", "{ name }{\n name}", []any{"name", "A"}, "AA"},
		{"a place without its argument", "en", "to {name}", nil, "to {name}"},
		{"one", "en", days, []any{"n", 1}, "1 day"},
		{"none is many in English", "en", days, []any{"n", 0}, "0 days"},
		{"one of int64", "en", days, []any{"n", int64(1)}, "1 day"},
		{"one of uint8", "en", days, []any{"n", uint8(1)}, "1 day"},
		{"less than nothing", "en", days, []any{"n", -1}, "-1 day"},
		{"the least of all", "en", days, []any{"n", int64(-1 << 63)}, "-9223372036854775808 days"},
		{"many digits", "en", days, []any{"n", uint64(10_000_001)}, "10000001 days"},
		{"what is no number", "en", days, []any{"n", "x"}, "x days"},
		{"21 in English", "en", days, []any{"n", 21}, "21 days"},
		{"21 in Icelandic", "is", "{n, plural, one {# dagur} other {# dagar}}", []any{"n", 21}, "21 dagur"},
		{"11 in Icelandic", "is", "{n, plural, one {# dagur} other {# dagar}}", []any{"n", 11}, "11 dagar"},
		{"a code", "sv", whose, []any{"state", models.Finland}, "finsk"},
		{"another code", "sv", whose, []any{"state", models.Sweden}, "nordisk"},
		{"a place in a branch", "en", "{n, plural, one {{name} goes} other {{name} go}}", []any{"n", 2, "name", "A"}, "A go"},
		{"a plural in a select", "en", "{s, select, DK {{n, plural, one {# x} other {# y}}} other {}}", []any{"s", models.Denmark, "n", 3}, "3 y"},
		{"the number inside a select", "en", "{n, plural, one {{s, select, DK {#} other {no}}} other {}}", []any{"s", models.Denmark, "n", 1}, "1"},
		{"an empty branch", "en", "a{s, select, DK {} other {b}}", []any{"s", models.Denmark}, "a"},
		{"# outside of a plural", "en", "row #", nil, "row #"},
		{"an apostrophe", "en", "{name}'s", []any{"name", "A"}, "A's"},
		{"two apostrophes", "en", "{name}''s", []any{"name", "A"}, "A's"},
		{"at the end", "en", "the officers'", nil, "the officers'"},
		{"a quoted place", "en", "'{name}'", nil, "{name}"},
		{"an apostrophe in a quotation", "en", "'{it''s}' a", nil, "{it's} a"},
		{"a quoted number sign", "en", "{n, plural, one {'#'#} other {}}", []any{"n", 1}, "#1"},
		{"which quotes nothing outside of a plural", "en", "'#'", nil, "'#'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := said(t, c.lang, c.text, c.args...); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestSentencesThatAreNone(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"no name", "{}"}, {"no end", "a {name"}, {"an end without a beginning", "a}"}, {"two words", "{a b}"},
		{"a letter that no name has", "{å}"}, {"a position", "{a.b}"},
		{"the form of before", "{n?one|many}"}, {"another kind", "{n, number}"}, {"an ordinal", "{n, selectordinal, one {a} other {b}}"},
		{"an offset", "{n, plural, offset:1 one {a} other {b}}"}, {"a number of its own", "{n, plural, =1 {a} one {a} other {b}}"},
		{"a plural without one", "{n, plural, other {b}}"}, {"a plural without other", "{n, plural, one {b}}"},
		{"a plural of another language", "{n, plural, one {a} few {b} other {c}}"},
		{"a select without other", "{s, select, DK {a}}"}, {"a select without anything", "{s, select}"}, {"no comma", "{s, select DK {a} other {b}}"},
		{"a branch twice", "{s, select, DK {a} DK {b} other {c}}"}, {"a branch without a brace", "{s, select, DK other {c}}"},
		{"a branch without an end", "{s, select, other {c}"}, {"a quotation without an end", "'{name}"},
	} {
		if one, err := readSentence(c.text, formsOf("en")); err == nil {
			t.Errorf("%s: %q was read as %+v", c.name, c.text, one.parts)
		}
	}
}

func TestFormsOfTheNordicLanguages(t *testing.T) {
	for _, lang := range []string{"en", "sv", "da", "nb", "fi", "is"} {
		if got := slices.Sorted(maps.Keys(formsOf(lang).used)); strings.Join(got, " ") != "one other" {
			t.Errorf("%s has %v", lang, got)
		}
	}
}

// An open end of any day that a sentence names has a sentence of its own, and of
// no other day.
func TestSayOfAnOpenEnd(t *testing.T) {
	read := func(text string) *sentence {
		one, err := readSentence(text, formsOf("en"))
		if err != nil {
			t.Fatal(err)
		}
		return one
	}
	one := read("to {until}")
	one.open = read("without an end")
	s := &Site{tongues: map[string]*tongue{"en": {sentences: map[string]*sentence{"k": one, "day.open": read("open")}}}}
	for _, c := range []struct {
		name string
		say  models.Message
		want string
	}{
		{"a day", models.Say("k", "until", models.Date(1)), "to 0001-01-01"},
		{"the open end", models.Say("k", "until", models.Forever), "without an end"},
		{"of a day that is not named", models.Say("k", "until", models.Date(1), "last", models.Forever), "to 0001-01-01"},
	} {
		if got := s.Say("en", c.say); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// FuzzSentence reads whatever it is given: what it takes can be said, and the same
// text in quotation marks says itself.
func FuzzSentence(f *testing.F) {
	for _, text := range []string{"", "a {b}", "{n, plural, one {# a} other {# b}}", "{s, select, DK {a} other {{n}}}", "it's '{' ''", "{{}}", "'"} {
		f.Add(text)
	}
	english := formsOf("en")
	f.Fuzz(func(t *testing.T, text string) {
		say := func(text string) (string, error) {
			one, err := readSentence(text, english)
			if err != nil {
				return "", err
			}
			s := &Site{tongues: map[string]*tongue{"en": {sentences: map[string]*sentence{"k": one}}}}
			return s.Say("en", models.Say("k", "n", 1, "s", models.Denmark)), nil
		}
		if got, err := say(text); err == nil && !strings.ContainsAny(text, "{}'") && got != text {
			t.Errorf("%q says %q", text, got)
		}
		quoted := "'{" + strings.ReplaceAll(text, "'", "''") + "}'"
		if got, err := say(quoted); err != nil || got != "{"+text+"}" {
			t.Errorf("%q says %q: %v", quoted, got, err)
		}
	})
}
