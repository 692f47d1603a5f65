package views

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/jba/templatecheck"
	"golang.org/x/net/html"

	"samband/models"
)

// dutySample is the page on which a duty copy is made.
func dutySample(s *Site, made *DutyCopy, problems models.Problems) Duty {
	page := Duty{Copy: made}
	if made != nil {
		page.Form = s.DutyForm("en", made, problems)
		problems = nil
	}
	page.Choose, page.Problems = s.DutyChoice("en", "SE", "2026-11-30", problems)
	return page
}

// The file is sound in each language, and says before it is opened neither for which
// state it is nor anything else that is in it.
func TestDutyFiles(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	day := post.Opened + 400
	for _, lang := range Languages() {
		if err := templatecheck.CheckHTML(s.tongues[lang].duty, dutyFile{}); err != nil {
			t.Error(err)
		}
		made, err := s.DutyCopy(lang, d.Seen(models.Scope{}), models.Finland, models.Period{First: day, Last: day + 7}, DutyMaker{"maker@example.org", time.Unix(1.7e9, 0), 7})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := s.DutyFile(&b, lang, made, "a passphrase of several words"); err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(strings.NewReader(strings.NewReplacer(dutyScript, "", dutyStyle, "").Replace(b.String())))
		if err != nil {
			t.Fatal(err)
		}
		for _, complaint := range unsound(doc, s.tongues[lang].sentences) {
			if complaint != "a style in the page" && complaint != "a script in the page" && !strings.HasPrefix(complaint, "a secret that is none") {
				t.Errorf("%s: %s", lang, complaint)
			}
		}
		for _, text := range []string{"Restricted", (day).String(), (day + 7).String()} {
			if !strings.Contains(b.String(), text) {
				t.Errorf("%s: it does not say %q", lang, text)
			}
		}
		for _, text := range []string{models.Finland.Country().Name(lang), "maker@", "Lindqvist", "Bangkok"} {
			if strings.Contains(strings.ReplaceAll(b.String(), s.text(lang, "question.place_hint"), ""), text) {
				t.Errorf("%s: anybody can read %q", lang, text)
			}
		}
		for name := range dutyWords {
			if !strings.Contains(dutyScript, "words."+name) && !strings.Contains(dutyScript, "words[") {
				t.Errorf("nothing says %s", name)
			}
		}
	}
}

// One list of answers serves the days on which it is the same, to the letter.
func TestDutyRuns(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	d = d.Seen(models.Scope{})
	term := post.Term(post.Assignments[0])
	days := models.Period{First: term.First - 3, Last: term.First + 4}
	made, err := s.DutyCopy("en", d, models.Sweden, days, DutyMaker{})
	if err != nil {
		t.Fatal(err)
	}
	if made.Places == 0 || made.Answers < made.Places || !strings.Contains(string(made.data), `"first":0,"last":2,`) || !strings.Contains(string(made.data), `"first":3,"last":7,`) {
		t.Errorf("%d places, %d answers: %.300s", made.Places, made.Answers, made.data)
	}
}
