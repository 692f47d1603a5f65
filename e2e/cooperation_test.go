package e2e

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// wordsOfCooperation are what the journeys of this file type and look for, in a
// language.
type wordsOfCooperation struct {
	language, until                    string
	opc, coordinator                   string
	expertGroup, forensics, chairs     string // how choices begin
	body, renamed, project             string
	absent, standIn, asker, at, police string
	away, instead                      string // cities of the demo whose only holder stays for a while
	own, state                         string // another one, and the state that sends there
}

var inEnglish = wordsOfCooperation{
	language: "en", until: "absent until ", opc: "Operative Committee", coordinator: "police, co-ordinator", expertGroup: "expert group", forensics: "forensics", chairs: "Norway",
	body: "Expert group on lanterns", renamed: "Expert group on lights", project: "Counting lanterns",
	absent: "Absent ", standIn: "Stand-in: ", asker: "Finland", at: "France", police: "police", away: "Paris", instead: "Madrid", own: "Washington", state: "SE",
}

var inSwedish = wordsOfCooperation{
	language: "sv", until: "frånvarande till och med ", opc: "Operativa kommittén", coordinator: "polis, koordinator", expertGroup: "expertgrupp", forensics: "forensik", chairs: "Norge",
	body: "Expertgruppen för lyktor", renamed: "Expertgruppen för ljus", project: "Lyktor räknas",
	absent: "Frånvarande ", standIn: "Ställföreträdare: ", asker: "Danmark", at: "Grekland", police: "polis", away: "Athens", instead: "Tirana", own: "Pretoria", state: "NO",
}

// The secretariat keeps bodies and absences, and officers their own absence, with
// the keyboard alone and in each language.
func TestCooperation(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t, "SAMBAND_DEMO=true")
	s.addUser(t, "secretariat", "coordinator", "all")
	for _, words := range []wordsOfCooperation{inEnglish, inSwedish} {
		t.Run(words.language, func(t *testing.T) {
			t.Parallel()
			tab := openAt(t, s.url)
			tab.language(words.language)
			tab.signIn("secretariat")
			t.Run("body", func(t *testing.T) { keepABody(tab.lent(t), words) })
			t.Run("absence", func(t *testing.T) { enterAnAbsence(tab.lent(t), words) })
			t.Run("own absence", func(t *testing.T) {
				s.addUser(t, strings.ToLower(words.own), "partner", words.state)
				enterOnesOwnAbsence(tab.lent(t), words)
			})
		})
	}
}

// keepABody reads the Operative Committee on two days, then makes a body, with a
// member and a chair, gives it another name, and puts a project under it.
func keepABody(b *browser, words wordsOfCooperation) {
	b.visit("/bodies")
	b.enter(`.tree a[href^="/bodies/opc"]`)
	if got := b.text("h1"); !strings.HasPrefix(got, words.opc) {
		b.t.Errorf("the committee is %q", got)
	}
	for _, on := range []struct {
		day  string
		open bool // the co-ordinator's seat
	}{{"2017-06-01", true}, {"2016-06-01", false}} {
		b.fill("#picker-on", on.day)
		b.enter(".picker > button")
		open, planned := b.texts(".seats tbody tr:not(:has(.planned))"), strings.Join(b.texts(".seats tr:has(.planned)"), "\n")
		if strings.Contains(strings.Join(open, "\n"), words.coordinator) != on.open || strings.Contains(planned, words.coordinator) == on.open || len(open) < 6 {
			b.t.Errorf("on %s the seats are %q, and planned are %q", on.day, open, planned)
		}
	}

	b.visit("/bodies")
	b.enter(`.acts a[href="/bodies/new"]`)
	b.fill("#name", words.body)
	b.choose("#kind", words.expertGroup)
	b.fill("#parent", words.opc)
	b.fill("#founded", "2020-01-01")
	b.fill(`[id="body_members.country.0"]`, words.asker)
	b.fill(`[id="body_members.first_day.0"]`, "2021-01-01")
	b.fill(`[id="chairs.country.0"]`, words.chairs)
	saved(b, "form.record .send button.main")
	here := b.path()
	if got := b.text("h1"); got != words.body || !strings.HasPrefix(here, "/bodies/") {
		b.t.Fatalf("the body is %q at %s", got, here)
	}
	if got := b.text("section[aria-labelledby=members-title]"); !strings.Contains(got, words.asker) || !strings.Contains(got, "2021-01-01") {
		b.t.Errorf("the members are %q", got)
	}
	if got := b.text(".facts"); !strings.Contains(got, words.chairs) || !strings.Contains(got, words.opc) {
		b.t.Errorf("the chair and the body above are not among %q", got)
	}

	b.enter(`.acts a[href$="/rename"]`)
	b.fill("#renamed_from", time.Now().AddDate(0, 0, -20).Format(time.DateOnly))
	b.fill("#name", words.renamed)
	saved(b, "form.record .send button.main")
	if got := b.text("h1"); got != words.renamed || b.path() != here {
		b.t.Errorf("renamed, it is %q at %s", got, b.path())
	}
	b.enter(".picker > a") // a month back
	if got := b.text("h1"); got != words.body {
		b.t.Errorf("a month ago it was %q", got)
	}

	b.enter(`.acts a[href^="/projects/new"]`)
	b.fill("#title", words.project)
	b.choose("#area", words.forensics)
	b.choose("#lead_country", words.chairs)
	saved(b, "form.record .send button.main")
	if got := b.text("h1"); !strings.HasPrefix(got, words.project) || !strings.HasPrefix(b.path(), "/projects/") {
		b.t.Errorf("the project is %q at %s", got, b.path())
	}
	b.enter(`.facts a[href^="/bodies/"]`)
	if got := b.texts("main a[href^='/projects/']"); b.path() != here || !slices.Contains(got, words.project) {
		b.t.Errorf("%s has the projects %q", b.path(), got)
	}
}

// enterAnAbsence puts a holder on leave, with a stand-in, and finds it wherever it
// matters.
func enterAnAbsence(b *browser, words wordsOfCooperation) {
	holder := openHolder(b, words.away)
	today := time.Now()
	first, last := today.Format(time.DateOnly), today.AddDate(0, 0, 20).Format(time.DateOnly)
	b.enter(`.acts a[href$="/absences"]`)
	b.fill(`[id="absences.first_day.0"]`, last)
	b.fill(`[id="absences.last_day.0"]`, first)
	b.fill(`[id="absences.stand_in.0"]`, "Atlantis")
	b.allow("status of 422")
	if status := b.enter("form.record .send button.main"); status != 422 || b.value(`[id="absences.stand_in.0"]`) != "Atlantis" {
		b.t.Fatalf("nobody as a stand-in answers %d: %q", status, b.texts(".problems"))
	}
	b.fill(`[id="absences.first_day.0"]`, first)
	b.fill(`[id="absences.last_day.0"]`, last)
	b.fill(`[id="absences.stand_in.0"]`, words.instead)
	saved(b, "form.record .send button.main")
	standIn := b.text(`.away a[href^="/assignments/"]`)
	if got := b.text(".away"); !strings.Contains(got, first) || !strings.Contains(got, last) || !strings.Contains(got, words.standIn+standIn+", "+words.instead) {
		b.t.Errorf("the assignment says %q", got)
	}

	b.enter(`.facts a[href^="/postings/"]`)
	if got := b.text(".facts .away"); !strings.Contains(got, holder) || !strings.Contains(got, words.standIn+standIn) {
		b.t.Errorf("the posting says %q", got)
	}

	b.visit("/timeline?months=6")
	b.fill("#q", words.away)
	b.enter(".filters button.main")
	title := eval[string](b, `document.querySelector(".graph svg.away title").textContent`)
	if !strings.HasPrefix(title, words.absent) || !strings.Contains(title, last) || !strings.Contains(title, words.standIn+standIn) {
		b.t.Errorf("the stretch of the timeline says %q", title)
	}
	if fill := eval[string](b, `getComputedStyle(document.querySelector(".graph svg.away rect")).fill`); !strings.Contains(fill, "#hatch-away") {
		b.t.Errorf("the stretch is filled with %q, not hatched", fill)
	}

	b.visit("/represent")
	b.fill("#place", words.at)
	b.choose("#state", words.asker)
	b.choose("#matter", words.police)
	b.enter(".question button.main")
	answers := b.texts(".answers .who")
	if len(answers) != 2 || !strings.HasPrefix(answers[0], standIn) || !strings.HasPrefix(answers[1], holder) || !strings.Contains(strings.Join(strings.Fields(answers[1]), " "), words.until+last) {
		b.t.Errorf("the answers are %q", answers)
	}
}

// openHolder goes to the assignment of today's holder in a city by way of the
// timeline, and returns the holder's name.
func openHolder(b *browser, city string) string {
	b.visit("/timeline?months=6")
	b.fill("#q", city)
	b.enter(".filters button.main")
	b.arrowTo(".graph a", kb.ArrowRight, ".graph td a:has(.held)")
	b.load("Enter on the holder", chromedp.KeyEvent(kb.Enter))
	return b.text(".facts a[href^='/officers/']")
}

// enterOnesOwnAbsence ties an officer's account, with which the officer signs in and
// is away.
func enterOnesOwnAbsence(b *browser, words wordsOfCooperation) {
	openHolder(b, words.own)
	b.enter(".facts a[href^='/officers/']")
	b.fill("#account", strings.ToLower(words.own)+"@example.org")
	b.enter("form[action$='/tie'] .send button")
	own := openAt(b.t, b.base)
	own.language(words.language)
	own.signIn(strings.ToLower(words.own))
	own.visit("/account")
	own.enter(`section[aria-labelledby=held-title] a[href$="/absences"]`)
	day := time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	own.fill(`[id="absences.first_day.0"]`, day)
	own.fill(`[id="absences.last_day.0"]`, day)
	saved(own, "form.record .send button.main")
	if got := own.text(".away"); !strings.Contains(got, day) {
		own.t.Errorf("the absence is %q", got)
	}
	own.visit("/account")
	if got := own.text("section[aria-labelledby=held-title]"); !strings.Contains(got, words.own) || !strings.Contains(got, day) {
		own.t.Errorf("the own page says %q", got)
	}
}
