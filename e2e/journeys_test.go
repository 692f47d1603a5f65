package e2e

import (
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Each journey is made with the keyboard alone.

func TestAskTheMainQuestion(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.language("sv")
	b.visit("/")
	b.fill("#place", "keniaa") // no name of any country
	b.choose("#state", "Finland")
	b.choose("#matter", "tull")
	b.allow("status of 422")
	if status := b.enter(".question button.main"); status != 422 {
		t.Fatalf("an unknown place answers %d", status)
	}
	if got := b.text("#place-about"); !strings.Contains(got, "keniaa") {
		t.Errorf("the message is %q", got)
	}
	b.fill("#place", "kenia") // Kenya in Finnish
	if status := b.enter(".question button.main"); status != 200 {
		t.Fatalf("the answer is %d", status)
	}
	if got := b.path(); !strings.Contains(got, "place=KE") || !strings.Contains(got, "state=FI") {
		t.Errorf("the answer is at %s", got)
	}
	if got := b.text(".answers li"); !strings.Contains(got, "Nairobi") || !strings.Contains(got, "Företräder även: Finland") {
		t.Errorf("the answer is %q", got)
	}
	b.visit("/")
	if got := b.value("#state"); got != "FI" {
		t.Errorf("the state is not remembered: %q", got)
	}
}

func TestPlanAHandOver(t *testing.T) {
	t.Parallel()
	for _, words := range []handOverWords{{"en", "Sweden", "police", "vacant", "days", "Saved", "from", "Undo"}, {"sv", "Sverige", "polis", "vakant", "dagar", "Sparat", "från och med", "Ångra"}} {
		t.Run(words.language, func(t *testing.T) {
			t.Parallel()
			planAHandOver(t, words)
		})
	}
}

// handOverWords are the words of the journey in one language.
type handOverWords struct{ language, sweden, police, vacant, days, saved, from, undo string }

func planAHandOver(t *testing.T, words handOverWords) {
	b := openOwn(t)
	b.language(words.language)
	b.visit("/agencies/new")
	b.fill("#name", "Polismyndigheten")
	b.choose("#country", words.sweden)
	b.choose("#kind", words.police)
	saved(b, "form.record button.main")
	for _, name := range []string{"Åse Lindqvist", "Lars Ödegård"} {
		b.visit("/officers/new")
		b.fill("#name", name)
		b.fill("#agency", "se-police")
		saved(b, "form.record button.main")
	}
	b.visit("/postings/new")
	b.fill("#agency", "se-police")
	b.choose("#host_country", "Thailand")
	b.fill("#host_city", "Bangkok")
	b.fill("#opened", "2020-01-01")
	b.choose(`[id="coverages.country.0"]`, "Vietnam")
	saved(b, "form.record p.send button.main")
	if got := b.text("h1"); !strings.Contains(got, "Bangkok") || !strings.Contains(got, words.vacant) {
		t.Errorf("the posting is %q", got)
	}

	b.enter(`a[href$="/assignments/new"]`)
	if got := b.value("#posting"); !strings.Contains(got, "bangkok-se-police") {
		t.Errorf("the posting is not filled in: %q", got)
	}
	b.fill("#officer", "o-ase-lindqvist")
	b.fill("#first_day", "2024-01-01")
	b.fill("#last_day", "2030-12-31")
	saved(b, "form.record button.main")

	b.enter(`a[href$="/hand-over"]`)
	b.fill("#successor", "Lars Ödegård")
	b.fill("#first_day", "2030-12-17")
	b.enter("form.record button.main")
	if got := b.text(".turnover"); !strings.Contains(got, "2030-12-17 – 2030-12-31 ("+words.days+": 15)") {
		t.Errorf("before it is saved it says %q", got)
	}
	b.enter("button[name=mark]")
	if got := b.text(".done"); !strings.Contains(got, words.saved) || !strings.Contains(got, "Lars Ödegård") {
		t.Errorf("once it is saved it says %q", got)
	}
	if got := b.text(".done form button"); got != words.undo {
		t.Errorf("it is taken back with %q", got)
	}
	b.enter(".done form button")
	if got := b.text("h1"); !strings.Contains(got, "Åse Lindqvist") {
		t.Errorf("taking it back leads to %q", got)
	}
	b.enter(".done form button") // and taking that back hands over again
	b.enter(`.facts a[href^="/postings/"]`)
	if got := b.text(".facts"); !strings.Contains(got, "Åse Lindqvist") || !strings.Contains(got, "Lars Ödegård "+words.from+" 2030-12-17") {
		t.Errorf("the posting says %q", got)
	}
	if n := eval[int](b, `document.querySelectorAll("svg.timeline a rect:first-of-type").length`); n != 2 {
		t.Errorf("the timeline shows %d holders", n)
	}
}

// saved sends the form, confirms what comes of it if that is told, and fails the test
// unless it led to a record.
func saved(b *browser, button string) {
	b.t.Helper()
	status := b.enter(button)
	if status == 200 && len(b.texts("button[name=mark]")) > 0 {
		status = b.enter("button[name=mark]")
	}
	if status != 200 || len(b.texts(".problems")) > 0 {
		b.t.Fatalf("not saved: %d, %q", status, b.texts(".problems"))
	}
}

func TestRefusedFormsLeadToTheirFields(t *testing.T) {
	t.Parallel()
	b := openOwn(t)
	b.visit("/officers/new")
	b.fill("#name", "Kept")
	b.fill("#email", "no address")
	b.allow("status of 422")
	b.enter("form.record button.main")
	if got := b.text(".problems"); !strings.Contains(got, "Email") {
		t.Errorf("the summary is %q", got)
	}
	if focus := eval[string](b, "document.activeElement.className"); focus != "problems" {
		t.Errorf("the focus is on %q", focus)
	}
	if b.value("#name") != "Kept" {
		t.Error("the input is gone")
	}
}

func TestTakeAwayFiles(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.visit("/assignments?host=KE")
	name, content := b.download(`.files a[href*=".csv"]`)
	rows, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil || len(rows) < 3 || !strings.HasPrefix(name, "assignments-") {
		t.Errorf("%s has %d rows, %v", name, len(rows), err)
	}
	for ending, begins := range map[string]string{".xlsx": "PK", ".json": `{"list":"assignments"`} {
		name, content := b.download(`.files a[href*="` + ending + `"]`)
		if !strings.HasSuffix(name, ending) || !strings.HasPrefix(string(content), begins) {
			t.Errorf("%s begins with %.40q", name, content)
		}
	}
}

// Every page, narrow and wide, light and dark and on paper, in both languages:
// without barriers, and without scrolling sideways.
func TestEveryPage(t *testing.T) {
	t.Parallel()
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
		{"front", "/", "coordinator, all five"}, {"represent", "/represent", "coordinator, all five"}, {"answer", "/represent?state=FI&matter=customs&place=VN", "coordinator, all five"},
		{"nobody", "/represent?state=FI&matter=police&place=NG", "coordinator, all five"}, {"choices", "/represent?state=FI&matter=police&place=congo", "coordinator, all five"},
		{"unknown-place", "/represent?state=FI&matter=police&place=atlantis", "coordinator, all five"},
		{"postings", "/postings", "coordinator, all five"}, {"postings-filtered", "/postings?status=vacant&q=a", "coordinator, all five"}, {"officers", "/officers", "coordinator, all five"}, {"assignments", "/assignments", "coordinator, all five"},
		{"timeline", "/timeline", "coordinator, all five"}, {"timeline-years", "/timeline?months=180&region=southern-europe", "coordinator, all five"}, {"timeline-partner", "/timeline?months=12&q=islamabad", "reader"},
		{"coverage", "/coverage", "coordinator, all five"}, {"coverage-partner", "/coverage?on=2027-08-01", "reader"}, {"changes", "/changes?state=FI&from=2026-01-01&to=2027-12-31", "reader"},
		{"what-if", whatIf, "coordinator, all five"}, {"what-if-step", whatIf + "&act=hand_over&assignment=" + assignment[len("/assignments/"):], "coordinator, all five"},
		{"what-if-first", "/what-if", "coordinator, all five"}, {"what-if-posting", "/what-if?posting=" + posting[len("/postings/"):], "coordinator, all five"}, {"plans", "/plans", "coordinator, all five"}, {"attestation", "/attestation", "coordinator, all five"}, {"attestation-one", "/attestation", "coordinator, Sweden"}, {"removed-none", "/removed", "coordinator, Sweden"}, {"unsaved-none", "/unsaved", "reader"}, {"before-record", "/coverage?known=2020-01-01", "reader"}, {"known", "/represent?state=FI&matter=customs&place=VN&known=2020-01-01", "reader"},
		{"findings", "/findings", "coordinator, all five"}, {"agencies", "/agencies", "coordinator, all five"}, {"contact-points", "/contact-points", "coordinator, all five"},
		{"posting", posting, "coordinator, all five"}, {"posting-edit", posting + "/edit", "coordinator, all five"}, {"posting-remove", posting + "/remove", "coordinator, all five"}, {"posting-new", "/postings/new", "coordinator, all five"},
		{"officer", officer, "coordinator, all five"}, {"officer-edit", officer + "/edit", "coordinator, all five"}, {"officer-remove", officer + "/remove", "coordinator, all five"},
		{"assignment", assignment, "coordinator, all five"}, {"assignment-edit", assignment + "/edit", "coordinator, all five"}, {"assignment-end", assignment + "/end", "coordinator, all five"},
		{"assignment-hand-over", assignment + "/hand-over", "coordinator, all five"}, {"assignment-new", posting + "/assignments/new", "coordinator, all five"},
		{"agency", agency, "coordinator, all five"}, {"agency-edit", agency + "/edit", "coordinator, all five"}, {"contact-point", contact, "coordinator, all five"}, {"contact-point-edit", contact + "/edit", "coordinator, all five"},
		{"not-found", "/nowhere", "coordinator, all five"}, {"sign-in", "/sign-in", ""}, {"front-partner", "/", "reader"}, {"officer-partner", officer, "reader"},
		{"posting-restricted", "/postings?q=islamabad", "reader"}, {"forbidden", posting + "/edit", "reader"}, {"account", "/account", "reader"}, {"calendars", "/calendars", "reader"}, {"digest", "/digest", "reader"}, {"mails", "/mails", "administrator"},
		{"second-factor", "/account/second-factor", "reader"}, {"audit", "/audit", "auditor"}, {"accounts", "/accounts", "administrator"},
		{"account-new", "/accounts/new", "administrator"}, {"account-other", account, "administrator"}, {"account-edit", account + "/edit", "administrator"},
		{"set-up-used", "/set-up?token=none", ""},
		{"bodies", "/bodies", "coordinator, all five"}, {"body", "/bodies/opc", "coordinator, all five"}, {"body-new", "/bodies/new", "coordinator, all five"},
		{"reports", "/reports", "reader"}, {"report-notification", "/reports/notification", "reader"}, {"report-board", "/reports/board?state=FI", "reader"}, {"report-figures", "/reports/figures", "reader"},
		{"report-bodies", "/reports/bodies?state=SE", "reader"}, {"report-posting", "/reports/posting/" + posting[len("/postings/"):], "reader"},
		{"body-rename", "/bodies/opc/rename", "coordinator, all five"}, {"projects", "/projects", "reader"}, {"absences", assignment + "/absences", "coordinator, all five"},
		{"certify", "/certify?list=postings&sending=SE", "reader"}, {"certify-assignments", "/certify?list=assignments&columns=officer,place,last_day", "reader"}, {"verify", "/verify", "auditor"}, {"verify-unknown", "/verify?hash=" + strings.Repeat("0f1e", 16), "administrator"},
	}
	byAccount := map[string][]int{}
	for i, page := range pages {
		byAccount[page.as] = append(byAccount[page.as], i)
	}
	for _, as := range slices.Sorted(maps.Keys(byAccount)) {
		for part := range slices.Chunk(byAccount[as], 8) {
			t.Run(fmt.Sprint("as ", as, " from ", part[0]), func(t *testing.T) {
				t.Parallel()
				tab := openAs(t, as)
				for _, i := range part {
					t.Run(pages[i].name, func(t *testing.T) {
						b := tab.lent(t)
						b.language([]string{"en", "sv"}[i%2])
						for _, status := range []string{"403", "404", "410", "422"} {
							b.allow("status of " + status)
						}
						b.everyWay(pages[i].path, pages[i].name)
					})
				}
			})
		}
	}
}

// everyWay visits a page and looks at it narrow and wide, light and dark and on
// paper: it has no barriers and does not scroll sideways.
func (b *browser) everyWay(path, name string) {
	b.t.Helper()
	b.dark(false)
	b.size(phone)
	b.visit(path)
	for _, s := range []size{phone, desk} {
		b.size(s)
		b.fits()
		axe(b.t, b)
		b.screenshot(fmt.Sprint(name, "-", s.width, "-light"))
		b.dark(true)
		axeColours(b.t, b)
		b.screenshot(fmt.Sprint(name, "-", s.width, "-dark"))
		b.dark(false)
	}
	b.paper()
	b.screenshot(name + "-paper")
}
