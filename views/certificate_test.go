package views

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jba/templatecheck"
	"golang.org/x/net/html"

	"samband/models"
	"samband/views/picture"
)

func testAbout(day models.Date) About {
	return About{Format: CSV, Profile: Plain, Lang: "en", List: "/postings", On: day, Known: day - 1,
		Query: url.Values{"sending": {"SE"}, "status": {"current"}, "q": {"<b>"}, "columns": {"place,holder"}}}
}

func testCertificate(day models.Date) Certificate {
	return Certificate{File: "postings-2026-11-23.csv", Hash: strings.Repeat("0f1e", 16), List: "postings", Address: "https://samband.example.org/postings.csv?on=2026-11-23",
		On: day, Rows: 2, Made: time.Unix(1.7e9, 0), By: "<anna>@example.org", Rights: models.ParseRights("coordinator:SE partner:FI"), Revision: 17, Row: 204,
		Head: strings.Repeat("a1", 32), Key: "a2V5", Signature: strings.Repeat("c2ln", 22)}
}

func testVerify(day models.Date) Verify {
	c := testCertificate(day)
	v := Verify{Typed: "0f1e", Most: 8, Hash: c.Hash, Certificate: &c, Found: []CertifiedLine{{List: "coverage", On: day, Known: day - 1, Rows: 1, Made: c.Made, By: "a@example.org", Revision: 3, Row: 4,
		Filter: []Option{{"Sending state", "Sweden"}}, Words: true}, {List: "officers", On: day, Words: true}, {List: "assignments", On: day}}}
	for _, key := range []string{"verify.changed", "verify.forged", "verify.other_key", "verify.untold"} {
		v.Say(false, key)
	}
	v.Say(true, "verify.genuine")
	return v
}

// The page that is printed stands by itself: it loads nothing, says what is certified in
// every language, holds each cell of the file, and its code leads to the address with the
// hash.
func TestCertifiedPrint(t *testing.T) {
	t.Parallel()
	s := testSite(t)
	d, post := testDirectory()
	day := post.Opened + 400
	file := "place,holder,until\r\nBangkok,\"Åse <Lindqvist>, NOA\",\r\nHanoi,\"two\nlines\",\r\n"
	for _, lang := range Languages() {
		if err := templatecheck.CheckHTML(s.tongues[lang].print, certifiedPrint{}); err != nil {
			t.Error(err)
		}
		var b bytes.Buffer
		c := s.NewCertified(lang, d, testAbout(day), testCertificate(day))
		if err := s.CertifiedPrint(&b, lang, c, []byte(file)); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		before, rest, _ := strings.Cut(text, "<style>") // which only a file by itself has
		_, after, _ := strings.Cut(rest, "</style>")
		doc, err := html.Parse(strings.NewReader(before + after))
		if err != nil {
			t.Fatal(err)
		}
		for _, complaint := range unsound(doc, s.tongues[lang].sentences) {
			t.Errorf("%s: %s", lang, complaint)
		}
		code, err := picture.QR("https://samband.example.org/verify?hash="+c.Hash, s.text(lang, "certified.qr"))
		if err != nil || !strings.Contains(text, string(code)) {
			t.Errorf("%s: the code is another one, %v", lang, err)
		}
		for _, want := range []string{"Restricted", s.text(lang, "layout.demo"), c.Signature, c.Head, "<span>0f1e</span>", "Åse &lt;Lindqvist&gt;, NOA", "two\nlines", "&lt;anna&gt;@example.org",
			s.text(lang, "column.holder"), s.text(lang, "certified.empty") + " " + s.text(lang, "column.until"), "@page", "postings-2026-11-23.csv"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the print lacks %q", lang, want)
			}
		}
		for _, never := range []string{"<link", "<script", "src=", "<b>", "ZgotmplZ", `href="`} {
			if strings.Contains(text, never) {
				t.Errorf("%s: the print has %q", lang, never)
			}
		}
	}
}
