package e2e

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
)

// Each journey is made with the keyboard alone.

func TestAskTheMainQuestion(t *testing.T) {
	b := open(t)
	b.language("sv")
	b.visit("/")
	b.fill("#place", "keniaa") // no name of any country
	b.choose("#state", "Finland")
	b.choose("#matter", "tull")
	b.allow("status of 422")
	if status := b.enter(".question button"); status != 422 {
		t.Fatalf("an unknown place answers %d", status)
	}
	if got := b.text("#place-about"); !strings.Contains(got, "keniaa") {
		t.Errorf("the message is %q", got)
	}
	b.fill("#place", "kenia") // Kenya in Finnish
	if status := b.enter(".question button"); status != 200 {
		t.Fatalf("the answer is %d", status)
	}
	if got := b.path(); !strings.Contains(got, "place=KE") || !strings.Contains(got, "state=FI") {
		t.Errorf("the answer is at %s", got)
	}
	if got := b.text(".answers li"); !strings.Contains(got, "Nairobi") || !strings.Contains(got, "företräder även Finland") {
		t.Errorf("the answer is %q", got)
	}
	b.visit("/")
	if got := b.value("#state"); got != "FI" {
		t.Errorf("the state is not remembered: %q", got)
	}
}

func TestPlanAHandOver(t *testing.T) {
	b := openOwn(t)
	b.language("en")
	b.visit("/agencies/new")
	b.fill("#name", "Polismyndigheten")
	b.choose("#country", "Sweden")
	b.choose("#kind", "police")
	saved(b, "form.record button.main")
	for _, name := range []string{"Åse Lindqvist", "Lars Ödegård"} {
		b.visit("/officers/new")
		b.fill("#name", name)
		b.choose("#agency", "SE police")
		saved(b, "form.record button.main")
	}
	b.visit("/postings/new")
	b.choose("#agency", "SE police")
	b.choose("#host_country", "Thailand")
	b.fill("#host_city", "Bangkok")
	b.fillDay("#opened", "2020-01-01")
	b.choose(`[id="coverages.country.0"]`, "Vietnam")
	saved(b, "form.record p.send button.main")
	if got := b.text("h1"); !strings.Contains(got, "Bangkok") || !strings.Contains(got, "vacant") {
		t.Errorf("the posting is %q", got)
	}

	b.enter(`a[href$="/assignments/new"]`)
	if got := b.value("#posting"); !strings.Contains(got, "bangkok-se-police") {
		t.Errorf("the posting is not filled in: %q", got)
	}
	b.fill("#officer", "o-ase-lindqvist")
	b.fillDay("#first_day", "2024-01-01")
	b.fillDay("#last_day", "2030-12-31")
	saved(b, "form.record button.main")

	b.enter(`a[href$="/hand-over"]`)
	b.fill("#successor", "Lars Ödegård")
	b.fillDay("#first_day", "2030-12-17")
	saved(b, "form.record button.main")
	b.enter(`.facts a[href^="/postings/"]`)
	if got := b.text(".facts"); !strings.Contains(got, "Åse Lindqvist") || !strings.Contains(got, "Lars Ödegård from 2030-12-17") {
		t.Errorf("the posting says %q", got)
	}
	if n := eval[int](b, `document.querySelectorAll("svg.timeline a rect:first-of-type").length`); n != 2 {
		t.Errorf("the timeline shows %d holders", n)
	}
}

// saved sends the form and fails the test unless it led to a record.
func saved(b *browser, button string) {
	b.t.Helper()
	if status := b.enter(button); status != 200 || len(b.texts(".problems")) > 0 {
		b.t.Fatalf("not saved: %d, %q", status, b.texts(".problems"))
	}
}

func TestRefusedFormsLeadToTheirFields(t *testing.T) {
	b := openOwn(t)
	b.visit("/officers/new")
	b.fill("#name", "Kept")
	b.fill("#email", "no address")
	b.allow("status of 422")
	b.enter("form.record button.main")
	if got := b.text(".problems"); !strings.Contains(got, "E-mail") {
		t.Errorf("the summary is %q", got)
	}
	if focus := eval[string](b, "document.activeElement.className"); focus != "problems" {
		t.Errorf("the focus is on %q", focus)
	}
	if b.value("#name") != "Kept" {
		t.Error("the input is gone")
	}
}

func TestTakeAwayCSV(t *testing.T) {
	b := open(t)
	b.visit("/assignments?host=KE")
	name, content := b.download(".files a")
	rows, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil || len(rows) < 3 || !strings.HasPrefix(name, "assignments-") {
		t.Errorf("%s has %d rows, %v", name, len(rows), err)
	}
}

// Every page, narrow and wide, light and dark and on paper, in both languages:
// without barriers, and without scrolling sideways.
func TestEveryPage(t *testing.T) {
	b := open(t)
	b.visit("/postings?q=nairobi")
	posting := eval[string](b, `document.querySelector('td a[href^="/postings/"]').getAttribute("href")`)
	b.visit(posting)
	assignment := eval[string](b, `document.querySelector('td a[href^="/assignments/"]').getAttribute("href")`)
	officer := eval[string](b, `document.querySelector('td a[href^="/officers/"]').getAttribute("href")`)
	agency := eval[string](b, `document.querySelector('dd a[href^="/agencies/"]').getAttribute("href")`)
	b.visit("/contact-points")
	contact := eval[string](b, `document.querySelector('td a[href^="/contact-points/"]').getAttribute("href")`)
	admin := openAs(t, "administrator")
	admin.visit("/accounts")
	account := eval[string](admin, `document.querySelector('tr:last-child td a[href^="/accounts/"]').getAttribute("href")`)
	whatIf := "/what-if?step=close+posting+" + posting[len("/postings/"):] + "+last_day+2027-01-01"
	pages := []struct{ name, path, as string }{
		{"front", "/", "coordinator"}, {"represent", "/represent", "coordinator"}, {"answer", "/represent?state=FI&matter=customs&place=VN", "coordinator"},
		{"nobody", "/represent?state=FI&matter=police&place=NG", "coordinator"}, {"choices", "/represent?state=FI&matter=police&place=congo", "coordinator"},
		{"unknown-place", "/represent?state=FI&matter=police&place=atlantis", "coordinator"},
		{"postings", "/postings", "coordinator"}, {"postings-filtered", "/postings?status=vacant&q=a", "coordinator"}, {"officers", "/officers", "coordinator"}, {"assignments", "/assignments", "coordinator"},
		{"timeline", "/timeline", "coordinator"}, {"timeline-years", "/timeline?months=180&region=southern-europe", "coordinator"}, {"timeline-partner", "/timeline?months=12&q=islamabad", "partner"},
		{"coverage", "/coverage", "coordinator"}, {"coverage-partner", "/coverage?on=2027-08-01", "partner"}, {"changes", "/changes?state=FI&from=2026-01-01&to=2027-12-31", "partner"},
		{"what-if", whatIf, "coordinator"}, {"what-if-step", whatIf + "&act=hand_over&assignment=" + assignment[len("/assignments/"):], "coordinator"},
		{"what-if-first", "/what-if", "coordinator"}, {"what-if-posting", "/what-if?posting=" + posting[len("/postings/"):], "coordinator"}, {"plans", "/plans", "coordinator"}, {"attestation", "/attestation", "coordinator"}, {"before-record", "/coverage?known=2020-01-01", "partner"}, {"known", "/represent?state=FI&matter=customs&place=VN&known=2020-01-01", "partner"},
		{"findings", "/findings", "coordinator"}, {"agencies", "/agencies", "coordinator"}, {"contact-points", "/contact-points", "coordinator"},
		{"posting", posting, "coordinator"}, {"posting-edit", posting + "/edit", "coordinator"}, {"posting-remove", posting + "/remove", "coordinator"}, {"posting-new", "/postings/new", "coordinator"},
		{"officer", officer, "coordinator"}, {"officer-edit", officer + "/edit", "coordinator"}, {"officer-remove", officer + "/remove", "coordinator"},
		{"assignment", assignment, "coordinator"}, {"assignment-edit", assignment + "/edit", "coordinator"}, {"assignment-end", assignment + "/end", "coordinator"},
		{"assignment-hand-over", assignment + "/hand-over", "coordinator"}, {"assignment-new", posting + "/assignments/new", "coordinator"},
		{"agency", agency, "coordinator"}, {"agency-edit", agency + "/edit", "coordinator"}, {"contact-point", contact, "coordinator"}, {"contact-point-edit", contact + "/edit", "coordinator"},
		{"not-found", "/nowhere", "coordinator"}, {"sign-in", "/sign-in", ""}, {"front-partner", "/", "partner"}, {"officer-partner", officer, "partner"},
		{"posting-restricted", "/postings?q=islamabad", "partner"}, {"forbidden", posting + "/edit", "partner"}, {"account", "/account", "partner"},
		{"second-factor", "/account/second-factor", "partner"}, {"audit", "/audit", "auditor"}, {"accounts", "/accounts", "administrator"},
		{"account-new", "/accounts/new", "administrator"}, {"account-other", account, "administrator"}, {"account-edit", account + "/edit", "administrator"},
		{"set-up-used", "/set-up?token=none", ""},
	}
	for i, page := range pages {
		t.Run(page.name, func(t *testing.T) {
			as := page.as
			if as == "coordinator" {
				as = "coordinator, all five"
			}
			b := openAs(t, as)
			b.language([]string{"en", "sv"}[i%2])
			for _, s := range []struct {
				name string
				size size
			}{{"390", phone}, {"1440", desk}} {
				b.size(s.size)
				for _, status := range []string{"403", "404", "410", "422"} {
					b.allow("status of " + status)
				}
				b.visit(page.path)
				b.fits()
				for _, dark := range []bool{false, true} {
					b.dark(dark)
					axe(t, b)
					b.screenshot(fmt.Sprintf("%s-%s-%s", page.name, s.name, map[bool]string{false: "light", true: "dark"}[dark]))
				}
				b.dark(false)
			}
			b.paper()
			b.screenshot(page.name + "-paper")
		})
	}
}
