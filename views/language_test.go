package views

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"samband/models"
)

func TestMatchLanguage(t *testing.T) {
	for _, c := range []struct{ name, chosen, accept, want string }{
		{"chosen", "sv", "en", "sv"},
		{"chosen, but unknown", "xx", "sv-FI", "sv"},
		{"accepted", "", "sv-SE,sv;q=0.9,en;q=0.5", "sv"},
		{"none of ours", "", "fr", "en"},
		{"nonsense", "", ";;;=,,", "en"},
		{"nothing", "", "", "en"},
	} {
		if got := MatchLanguage(c.chosen, c.accept); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMatchAmongAllNordicLanguages(t *testing.T) {
	all, two := newChooser([]string{"en", "sv", "da", "nb", "fi", "is"}), newChooser([]string{"en", "sv"})
	for _, c := range []struct{ accept, want, ofTwo string }{
		{"no", "nb", "en"}, {"nn-NO", "nb", "en"}, {"nb-NO", "nb", "en"}, {"fo", "da", "en"}, {"kl", "da", "en"}, {"kl-GL,en;q=0.5", "da", "en"},
		{"se", "nb", "en"}, {"se-NO,sv;q=0.5", "nb", "sv"}, {"sv-FI", "sv", "sv"}, {"is-IS", "is", "en"}, {"fi,sv;q=0.8", "fi", "sv"}, {"de", "en", "en"},
	} {
		if got := all.match(c.accept); got != c.want {
			t.Errorf("%s among six: %s, want %s", c.accept, got, c.want)
		}
		if got := two.match(c.accept); got != c.ofTwo {
			t.Errorf("%s among two: %s, want %s", c.accept, got, c.ofTwo)
		}
	}
}

// alphabets are letters in the order in which readers of a language expect them:
// add those of a language with it.
var alphabets = map[string]string{
	"en": "a å b o ö z", "sv": "a b o z å ä ö", "fi": "a b o z å ä ö",
	"da": "a b o z æ ø å", "nb": "a b o z æ ø å", "is": "a á b d ð o z þ æ ö",
}

func TestOrderOfLanguages(t *testing.T) {
	for _, l := range append(models.Languages(), models.Language{Code: "nb", Order: "nn"}, models.Language{Code: "da", Order: "da"},
		models.Language{Code: "fi", Order: "fi"}, models.Language{Code: "is", Order: "is"}) {
		want := strings.Fields(alphabets[l.Code])
		got := slices.Clone(want)
		slices.Reverse(got)
		collate.New(language.MustParse(l.Order)).SortStrings(got)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s, sorted as %s: %q, want %q", l.Code, l.Order, got, want)
		}
	}
}

func TestLanguagesHaveNames(t *testing.T) {
	s := testSite(t)
	for _, l := range models.Languages() {
		if l.Name == "" || s.tongues[l.Code] == nil || s.tongues[l.Code].code != l.Code {
			t.Errorf("%+v", l)
		}
	}
}

// What a language lacks is said in English, with its own words in the places.
func TestAMissingSentenceIsEnglish(t *testing.T) {
	s := testSite(t)
	delete(s.tongues["sv"].sentences, "problem.covered_twice")
	delete(s.tongues["sv"].sentences, "status.vacant")
	for _, m := range []models.Message{models.Say("problem.covered_twice", "country", models.Country("TR")), models.Say("status.vacant")} {
		want := strings.Replace(s.Say("en", m), "Türkiye", "Turkiet", 1)
		if got := s.Say("sv", m); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := s.text("sv", "status.vacant"); got != s.text("en", "status.vacant") {
		t.Error(got)
	}
}
