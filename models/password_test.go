package models

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestCheckPassword(t *testing.T) {
	const (
		short   = "password: problem.password_short"
		long    = "password: problem.password_long"
		common  = "password: problem.password_common"
		email   = "password: problem.password_email"
		invalid = "password: problem.characters"
	)
	for _, test := range []struct{ name, password, email, want string }{
		{"nothing is too short", "", "", short},
		{"eleven characters are too few", "vK9 tgq3-wz", "", short},
		{"twelve are enough", "vK9 tgq3-wzb", "", ""},
		{"Swedish letters count once each", "åäöÅÄÖåöäÖÄ", "", short},
		{"emoji count once each", "🐎🔋📎🌲🧲🪁🧊🦔🥁🪢🚲", "", short},
		{"spaces count too", "  vK9 tgq3  ", "", ""},
		{"two hundred characters are no more than most", strings.Repeat("åsna häst ", 20), "", ""},
		{"two hundred and one are too many", strings.Repeat("åsna häst ", 20) + "å", "", long},
		{"a megabyte of one letter is too long before it is common", strings.Repeat("a", 1<<20), "", long},

		{"not UTF-8", "vK9 tgq3-wzb\xff", "", invalid},
		{"cut off within a letter", "vK9 tgq3-wzb\xc3", "", invalid},
		{"a null", "vK9 tgq3-wzb\x00", "", invalid},
		{"a line feed", "vK9 tgq3-wzb\n", "", invalid},
		{"a tab", "vK9\ttgq3-wzb", "", invalid},
		{"a control character above ASCII", "vK9 tgq3-wzb\u0085", "", invalid},
		{"invalid comes before short", "a\xff", "", invalid},
		{"invalid comes before long", strings.Repeat("a", 201) + "\x7f", "", invalid},
		{"short comes before common", "password", "", short},
		{"common comes before the address", "password1234", "password1234@example.org", common},

		{"several words, the best known of all", "correct horse battery staple", "", ""},
		{"several words without spaces", "correcthorsebatterystaple", "", ""},
		{"two common words run together", "dragonmonkey", "", ""},
		{"Swedish words", "blå åsna äter öland", "", ""},
		{"Thai", "ช้างสีน้ำเงินกินเรือ", "", ""},
		{"Cyrillic", "синий слон ест лодку", "", ""},
		{"Chinese", "藍色大象吃了一艘很小的船", "", ""},
		{"Arabic", "الفيل الأزرق يأكل", "", ""},
		{"emoji only", "🐎🔋📎🌲🧲🪁🧊🦔🥁🪢🚲🧵", "", ""},
		{"a common word within others", "my password is a secret", "", ""},

		{"in the list as it is", "1qaz2wsx3edc", "", common},
		{"in the list in other case", "1QAZ2wsx3EDC", "", common},
		{"a common word and digits", "Password2024", "", common},
		{"digits and a common word", "2024password", "", common},
		{"a common word among signs", "--==Password==--", "", common},
		{"a common word among spaces", "   password   ", "", common},
		{"a common word and Thai digits", "password๑๒๓๔๕", "", common},
		{"a common word and marks that are not ASCII", "»password«…—", "", common},
		{"zeroes and at signs as letters", "P@ssw0rd!!!!", "", common},
		{"all digits that stand for letters", "p4$5w0rd1234", "", common},
		{"a sign that is a letter at the start", "$up3rman1234", "", common},
		{"digits that are letters at the end", "hello123 p4nt3r4", "", ""},
		{"one for i", "m1chael12345", "", common},
		{"one for l", "footba11 2024", "", common},
		{"one for i and for l", "m1chae1 2024", "", common},
		{"seven for t", "7r0ub1e-2024", "", common},
		{"a listed one that ends in digits, and signs", "abc123!!!!!!", "", common},
		{"a listed one that begins with a digit, and signs", "1qaz2wsx!!!!", "", common},
		{"an unlisted word and digits", "väderkvarn12", "", ""},

		{"digits only", "190283746501", "", common},
		{"signs only", "!?%&/()=+-*_", "", common},
		{"spaces only", "            ", "", common},
		{"a date", "2024-06-30 12:00", "", common},

		{"one letter over and over", "aaaaaaaaaaaa", "", common},
		{"one Swedish letter over and over", "öööööööööööö", "", common},
		{"three letters over and over", "xkqxkqxkqxkq", "", common},
		{"six over and over", "vk9tgqvk9tgq", "", common},
		{"six over and over in any case", "vk9tgqVK9TGQ", "", common},
		{"five over and over, not to the end", "vk9tgvk9tgvk", "", common},
		{"over and over, and a digit", "xkqxkqxkqxkq7", "", common},
		{"seven over and over", "vk9tgqzvk9tgqz", "", ""},
		{"over and over, and another letter", "aaaaaaaaaaab", "", ""},

		{"along the alphabet", "abcdefghijkl", "", common},
		{"along the alphabet from within", "ghijklmnopqr", "", common},
		{"along the alphabet backwards", "lkjihgfedcba", "", common},
		{"round the end of the alphabet", "uvwxyzabcdef", "", common},
		{"along the Swedish alphabet", "rstuvwxyzåäö", "", common},
		{"along the Danish alphabet", "RSTUVWXYZÆØÅ", "", common},
		{"along the digits", "123456789012", "", common},
		{"along the keyboard", "qwertyuiopas", "", common},
		{"along the keyboard backwards", "poiuytrewqmn", "", common},
		{"along the Swedish keyboard", "qwertyuiopåa", "", common},
		{"along its second line", "asdfghjklöäz", "", common},
		{"round the end of a line of the keyboard", "asdfghjklasd", "", common},
		{"round the end of a Norwegian line", "hjkløæasdfgh", "", common},
		{"along that one backwards", "äölkjhgfdsaå", "", common},
		{"along the Danish keyboard", "asdfghjklæøz", "", common},
		{"along the Norwegian keyboard", "asdfghjkløæz", "", common},
		{"along the alphabet, and digits", "klmnopqrstu99", "", common},
		{"too short a run to count, and digits", "2024 zy 1999", "", ""},
		{"along the alphabet but for one letter", "abcdefghijkm", "", ""},

		{"what stands before the @", "Anna.Svensson in Bangkok", "anna.svensson@example.org", email},
		{"in other case, not ASCII", "ÅSA-ÖBERG till fjälls", "åsa-öberg@example.org", email},
		{"a final sigma", "ΟΔΥΣΣΕΥΣ στην Ιθάκη", "οδυσσευς@example.org", email},
		{"four letters are enough", "the anna password of mine", "anna@example.org", email},
		{"three are not", "the bob password of mine", "bob@example.org", ""},
		{"the whole address", "bob@example.org", "Bob@Example.org", email},
		{"four letters that are three runes and a mark", "the åäö password of mine", "åäö@example.org", ""},
		{"the domain alone", "example.org is my domain", "bob@example.org", ""},
		{"an @ before the last", "my a@b@ and something", "a@b@@example.org", email},
		{"a name without @", "the annika password", "annika", email},
		{"no address", "vK9 tgq3-wzb", "", ""},
	} {
		if got := CheckPassword(test.password, test.email).Error(); got != test.want {
			t.Errorf("%s: CheckPassword(%.40q, %q) = %q, want %q", test.name, test.password, test.email, got, test.want)
		}
	}
}

func TestPasswordProblemsSayTheLimit(t *testing.T) {
	for password, want := range map[string][]any{
		"short":                  {"least", 12},
		strings.Repeat("q", 201): {"most", 200},
	} {
		if got := CheckPassword(password, ""); len(got) != 1 || got[0].Row != -1 || !slices.Equal(got[0].Args, want) {
			t.Errorf("got %v, want the arguments %v", got, want)
		}
	}
}

func TestPasswordListIsInOrder(t *testing.T) {
	list := slices.Collect(listedPasswords())
	if len(list) < 10_000 || len(passwordsTXT) > 400_000 {
		t.Errorf("%d passwords in %d bytes", len(list), len(passwordsTXT))
	}
	for i, word := range list {
		if i > 0 && list[i-1] >= word {
			t.Errorf("%q is not after %q", word, list[i-1])
		}
		if word != strings.ToLower(word) || len([]rune(word)) < shortestListed || strings.TrimSpace(word) != word {
			t.Errorf("%q should not be listed", word)
		}
	}
	for _, word := range []string{"password", "qwerty", "letmein", "#name?"} {
		if !slices.Contains(list, word) {
			t.Errorf("%q is not listed", word)
		}
	}
	for _, word := range list {
		if strings.Contains(word, "mit license") || strings.Contains(word, "zxcvbn-ts") {
			t.Errorf("%q is of the comment", word)
		}
	}
}

// swaps are the characters that people write for a letter.
var swaps = map[rune]string{'a': "@4", 'e': "3", 'i': "1", 'l': "1", 'o': "0", 's': "$5", 't': "7"}

// Whatever people do to a listed password to please a rule, it stays common.
func TestDisguisedPasswordsAreCommon(t *testing.T) {
	list := slices.Collect(listedPasswords())
	pad := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789!?.-_#$@* ")), 6, 20, -1)
	rapid.Check(t, func(t *rapid.T) {
		var disguised strings.Builder
		for _, r := range rapid.SampledFrom(list).Draw(t, "listed") {
			switch others := swaps[r]; {
			case others != "" && drawBool(t, "swap", 2):
				disguised.WriteByte(others[rapid.IntRange(0, len(others)-1).Draw(t, "which")])
			case drawBool(t, "capital", 2):
				disguised.WriteRune(unicode.ToUpper(r))
			default:
				disguised.WriteRune(r)
			}
		}
		password := disguised.String()
		if !drawBool(t, "padding before only", 3) {
			password += pad.Draw(t, "after")
		}
		if len(password) < shortestPassword || drawBool(t, "padding before", 2) {
			password = pad.Draw(t, "before") + password
		}
		if got := CheckPassword(password, "").Error(); got != "password: problem.password_common" {
			t.Errorf("%q: %q", password, got)
		}
	})
}

// TestRandomPasswordsPass draws from letters and digits, which have some
// 3·10²¹ passwords of 12, far more than there are common ones.
func TestRandomPasswordsPass(t *testing.T) {
	const from = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		password := make([]byte, shortestPassword+random.IntN(30))
		for i := range password {
			password[i] = from[random.IntN(len(from))]
		}
		if ps := CheckPassword(string(password), "anna.svensson@example.org"); ps != nil {
			t.Errorf("%q: %v", password, ps)
		}
	}
}

// A phrase passes though every word of it is common.
func TestPhrasesOfCommonWordsPass(t *testing.T) {
	words := []string{"dragon", "monkey", "shadow", "master", "letmein", "football", "sunshine", "summer"}
	random := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		phrase := strings.Join(words[:3+random.IntN(3)], []string{" ", "-", ""}[random.IntN(3)])
		if ps := CheckPassword(phrase, ""); ps != nil {
			t.Errorf("%q: %v", phrase, ps)
		}
	}
}

func FuzzCheckPassword(f *testing.F) {
	for _, s := range []string{"", "correct horse battery staple", "P@ssw0rd2024", "åäöåäöåäöåäö", "a\xff\xc3(", "İİİİİİİİİİİİ", "ΟΔΥΣΣΕΥΣ ΕΔΩ", "Ⱥ23456789012Ⱥ", "1234567890\u200d12"} {
		f.Add(s, s+"@example.org")
		f.Add(s, s)
	}
	keys := []string{"problem.characters", "problem.password_short", "problem.password_long", "problem.password_common", "problem.password_email"}
	f.Fuzz(func(t *testing.T, password, email string) {
		ps := CheckPassword(password, email)
		if again := CheckPassword(password, email); again.Error() != ps.Error() {
			t.Errorf("%q: %v, then %v", password, ps, again)
		}
		if len(ps) > 1 {
			t.Errorf("%q: %v", password, ps)
		}
		for _, p := range ps {
			if p.Field != "password" || !slices.Contains(keys, p.Key) {
				t.Errorf("%q: %v", password, ps)
			}
		}
	})
}

func BenchmarkCheckPassword(b *testing.B) {
	for name, password := range map[string]string{
		"phrase":  "correct horse battery staple",
		"longest": strings.Repeat("åsna häst ", 20),
		"padded":  strings.Repeat("0", 90) + "zq vk" + strings.Repeat("9", 90),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				CheckPassword(password, "anna.svensson@example.org")
			}
		})
	}
}
