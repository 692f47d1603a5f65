package views

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-vcard"

	"samband/models"
)

// someContact returns a contact of a name, with a phone number.
func someContact(name, phone string) Contact {
	d, post := testDirectory()
	o := d.Officer(11)
	o.Name, o.Phone, o.Email, o.Note = name, phone, "ase@example.org", "canary"
	return Contact{Officer: o, Own: d.Agency(o.AgencyID), Post: post, Sending: d.Sending(post)}
}

var cardTime = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func contactsText(t *testing.T, lang string, format CardFormat, all ...Contact) string {
	t.Helper()
	var b bytes.Buffer
	if err := testSite(t).Contacts(&b, lang, format, cardTime, all); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// unfolded reads lines as RFC 6350 has them, and fails for one that is too long, is cut
// within a letter or does not end in CRLF.
func unfolded(t *testing.T, text string) (lines []string) {
	t.Helper()
	body, ended := strings.CutSuffix(text, "\r\n")
	if !ended || strings.ContainsAny(strings.ReplaceAll(text, "\r\n", ""), "\r\n") {
		t.Errorf("lines do not all end in CRLF: %q", text)
	}
	for line := range strings.SplitSeq(body, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
		if rest, more := strings.CutPrefix(line, " "); more && len(lines) > 0 {
			lines[len(lines)-1] += rest
		} else {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestCards(t *testing.T) {
	want3 := []string{"BEGIN:VCARD", "VERSION:3.0", "ADR;TYPE=WORK:;;;Bangkok;;;Thailand", "CATEGORIES:Samband", "CATEGORIES:Sweden", "CATEGORIES:police",
		"EMAIL;TYPE=INTERNET;TYPE=WORK:ase@example.org", "FN:Åse Lindqvist", "N:Lindqvist;Åse;;;", "ORG:Swedish Police Authority", "PRODID:-//Samband//Samband//EN",
		"REV:20261123T120000Z", `ROLE:Bangkok (Thailand)\, SE police`, "TEL;TYPE=WORK;TYPE=VOICE:+46846500401", "TITLE:kriminalkommissarie",
		"UID:", "URL:https://samband.example.org/officers/11", "END:VCARD"}
	want4 := append([]string{"BEGIN:VCARD", "VERSION:4.0"}, want3[2:]...)
	want4[6] = "EMAIL;TYPE=WORK:ase@example.org"
	want4[13] = "TEL;TYPE=WORK;TYPE=VOICE;VALUE=uri:tel:+46846500401"
	want4 = append(want4[:8:8], append([]string{"KIND:individual"}, want4[8:]...)...)
	for format, want := range map[CardFormat][]string{VCard3: want3, VCard4: want4} {
		text := contactsText(t, "en", format, someContact("Åse Lindqvist", "08-465 004 01"))
		got := unfolded(t, text)
		for i, line := range got {
			if id, isID := strings.CutPrefix(line, "UID:urn:uuid:"); isID && len(id) == 36 && id[14] == '8' {
				got[i] = "UID:"
			}
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s is\n%s\nwant\n%s", format, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if again := contactsText(t, "en", format, someContact("Åse Lindqvist", "08-465 004 01")); again != text {
			t.Error("it is another the next time")
		}
	}
	contactsSwedish := contactsText(t, "sv", VCard3, someContact("Åse Lindqvist", "x"))
	for _, line := range []string{"CATEGORIES:polis", "ORG:Polismyndigheten", "TEL;TYPE=WORK;TYPE=VOICE:x"} {
		if !strings.Contains(contactsSwedish, line+"\r\n") {
			t.Errorf("in Swedish %s is not in %s", line, contactsSwedish)
		}
	}
}

// Whatever a name holds, cards are well formed, and read back as they were.
func TestCardsOfNastyNames(t *testing.T) {
	family := "👩‍👩‍👧‍👦"
	for _, name := range []string{`Åse; Ærø, "Þ" \n Þórsdóttir`, "a\r\nEND:VCARD\r\nb", "a:b;c=d", strings.Repeat("Ö", 150), strings.Repeat("x", 300), strings.Repeat(family, 40), "é" + strings.Repeat("e\u0301", 80),
		"a" + strings.Repeat("\u0301", 200), "one", `back\slash\, and \; more`, "tab\tand\x1funit", strings.Repeat("ab cd ", 60) + "ef"} {
		for _, format := range []CardFormat{VCard3, VCard4} {
			text := contactsText(t, "en", format, someContact(name, "one, two; three\n\\"), someContact("Next", "+45 33 14 88 88"))
			lines := unfolded(t, text)
			d := vcard.NewDecoder(strings.NewReader(text))
			first, err := d.Decode()
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Join(strings.Fields(printable(name)), " ")
			plain := func(text string) string { // the decoder leaves escaped semicolons as they are, of which 4.0 has none
				if format == VCard3 {
					text = strings.ReplaceAll(text, `\;`, ";")
				}
				return text
			}
			if got := plain(first.Value(vcard.FieldFormattedName)); strings.Join(strings.Fields(got), " ") != want {
				t.Errorf("%q is read as %q", name, got)
			}
			if got := first.Values(vcard.FieldTelephone); len(got) != 1 || plain(got[0]) != "one, two; three\n\\" {
				t.Errorf("the phone is read as %q", got)
			}
			if _, err := d.Decode(); err != nil {
				t.Error(err)
			}
			if _, err := d.Decode(); err != io.EOF {
				t.Errorf("there is more: %v", err)
			}
			for _, line := range lines {
				if fields, is := strings.CutPrefix(line, "N:"); is && strings.Count(strings.ReplaceAll(fields, `\;`, ""), ";") != 4 {
					t.Errorf("a name of %s", line)
				}
				if strings.Contains(line, "canary") {
					t.Errorf("a note is told: %s", line)
				}
			}
			if strings.Contains(name, family) {
				for line := range strings.SplitSeq(text, "\r\n ") {
					if strings.HasPrefix(line, "\u200d") {
						t.Errorf("a picture is cut: %q", line)
					}
				}
			}
		}
	}
}

func TestOutlookCSV(t *testing.T) {
	text := contactsText(t, "sv", OutlookCSV, someContact(`=1+1 "Åse", Ærø-Þórsdóttir`, "+46 8 465 004 01"), someContact("One", "=cmd"), someContact("@x y\nz", ""))
	rest, mark := strings.CutPrefix(text, "\uFEFF")
	rows, err := csv.NewReader(strings.NewReader(rest)).ReadAll()
	if !mark || err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v, marked %v: %s", len(rows), err, mark, text)
	}
	for i, want := range [][]string{outlookHeads,
		{`'=1+1 "Åse",`, "Ærø-Þórsdóttir", "Polismyndigheten", "kriminalkommissarie", "Bangkok (Thailand), SE polis", "Bangkok", "Thailand", "+46846500401",
			"ase@example.org", `'=1+1 "Åse", Ærø-Þórsdóttir`, "Samband;Sverige;polis", "https://samband.example.org/officers/11"},
		{"", "One", "Polismyndigheten", "kriminalkommissarie", "Bangkok (Thailand), SE polis", "Bangkok", "Thailand", "'=cmd", "ase@example.org", "One", "Samband;Sverige;polis",
			"https://samband.example.org/officers/11"}} {
		if strings.Join(rows[i], "|") != strings.Join(want, "|") {
			t.Errorf("row %d is\n%q\nwant\n%q", i, rows[i], want)
		}
	}
	if rows[3][0] != "'@x y" || rows[3][1] != "z" {
		t.Errorf("a name is %q", rows[3])
	}
}

func TestDialled(t *testing.T) {
	for _, c := range []struct {
		phone string
		home  models.Country
		want  string
	}{
		{"08-465 004 01", "SE", "+46846500401"}, {"+46 (0)8 465 004 01", "NO", "+46846500401"}, {"0046846500401", "SE", "+46846500401"},
		{"33 14 88 88", "DK", "+4533148888"}, {"444 1000", "IS", "+3544441000"}, {"22 86 10 00", "NO", "+4722861000"}, {"0295 480 181", "FI", "+358295480181"},
		{"+66 2 263 7200", "SE", "+6622637200"}, {"+46 8\u00a0465 004 01", "SE", "+46846500401"}, {" +4633 148888 ", "SE", "+4633148888"},
		{"", "SE", ""}, {"ask the desk", "SE", ""}, {"08-465 004 01 ext. 12", "SE", ""}, {"08-465 004 01, 08-465 004 02", "SE", ""}, {"08-465 004 01 (Åse)", "SE", ""},
		{"12", "SE", ""}, {"+", "SE", ""}, {"+999 123456789", "SE", ""}, {strings.Repeat("1", 300), "SE", ""}, {"1-800-FLOWERS", "SE", ""}, {"0", "", ""},
	} {
		got, ok := Dialled(c.phone, c.home)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %s is %q, %v, want %q", c.phone, c.home, got, ok, c.want)
		}
		if Misdialled(c.phone, c.home) != (c.phone != "" && c.want == "") {
			t.Errorf("%q in %s is told otherwise", c.phone, c.home)
		}
	}
}

// FuzzCard reads back whatever name and number are written.
func FuzzCard(f *testing.F) {
	for _, seed := range []string{"Åse Lindqvist", "a;b,c\\n\n\"d\"", "👩‍👩‍👧‍👦 e\u0301", "\x00\x1f\x7f"} {
		f.Add(seed, "+46 8 465 004 01")
	}
	s := testSite(f)
	f.Fuzz(func(t *testing.T, name, phone string) {
		if !utf8.ValidString(name) || !utf8.ValidString(phone) {
			return
		}
		for _, format := range CardFormats() {
			var b bytes.Buffer
			if err := s.Contacts(&b, "en", format, cardTime, []Contact{someContact(name, phone)}); err != nil {
				t.Fatal(err)
			}
			if format == OutlookCSV {
				if rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\uFEFF"))).ReadAll(); err != nil || len(rows) != 2 {
					t.Errorf("%d rows, %v", len(rows), err)
				}
				continue
			}
			if lines := unfolded(t, b.String()); lines[0] != "BEGIN:VCARD" || lines[len(lines)-1] != "END:VCARD" {
				t.Errorf("it is no card: %q", b.String())
			}
			if _, err := vcard.NewDecoder(&b).Decode(); err != nil {
				t.Error(err)
			}
		}
	})
}
