package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// hidden returns a hidden field of a page.
func (p page) hidden(name string) string {
	p.t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(p.body)
	if m == nil {
		p.t.Fatalf("no field %s in %.3000s", name, p.body)
	}
	return m[1]
}

// doIt is the form that carries out what a page shows.
func (p page) doIt(steps ...string) url.Values {
	p.t.Helper()
	return url.Values{"step": steps, "mark": {p.hidden("mark")}, "revision": {p.hidden("revision")}}
}

func address(steps ...string) string {
	return "/what-if?" + url.Values{"step": steps}.Encode()
}

// What closing a posting takes from whom; the plan's
// address shows another coordinator the same, and only who may can do it.
func TestWhatIfAPostingCloses(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own := recordsOf(s, "se")
		step := "close posting " + own[":posting"] + " last_day 2026-12-31"
		before := s.revision()
		form := s.get("/what-if?act=close&try=1&posting=" + own[":posting"] + "&last_day=2026-12-31")
		if at := form.follow(); at != address(step) {
			t.Fatalf("the form leads to %s", at)
		}
		shown := s.get(address(step)).is(200).says("not represented</b> Thailand and Vietnam (police and customs), from <time>2027-01-01</time>", "Before and after, <time>2027-01-01</time>")
		suspended := "suspend posting " + own[":posting"] + " first_day 2027-01-01 last_day 2027-02-28"
		for lang, line := range map[string]string{"en": "not represented</b> Thailand and Vietnam (police and customs), <time>2027-01-01</time> – <time>2027-02-28</time></li>",
			"sv": "företräds inte</b> Thailand och Vietnam (polis och tull), <time>2027-01-01</time> – <time>2027-02-28</time></li>"} {
			said := effects(s.in(lang, address(suspended)).is(200))
			if n := strings.Count(said, line); n != 5 || strings.Contains(said, "now") || strings.Contains(said, " nu") {
				t.Errorf("in %s, %d states lose by a suspension:\n%s", lang, n, said)
			}
		}
		plan := s.post("/plans", url.Values{"step": {step}, "name": {"Spring <b>"}, "note": {"why"}}).follow()
		dane := s.as("coordinator:DK")
		theirs := dane.get(plan).is(200).says("not represented</b>", "Only coordinators for these states can carry out the changes: Sweden.").hides("Spring", "why")
		if effects(theirs) != effects(shown) {
			t.Errorf("the Dane sees\n%s\nand not\n%s", effects(theirs), effects(shown))
		}
		if s.revision() != before {
			t.Error("trying has changed the directory")
		}
		dane.post("/what-if", shown.doIt(step)).is(http.StatusForbidden)
		dane.post(plan+"/discard", url.Values{"version": {"1"}}).is(http.StatusForbidden)
		s.as("partner:SE").get(plan).is(http.StatusForbidden)
		if s.revision() != before {
			t.Error("a refused plan has changed the directory")
		}
		done := s.post("/what-if", func() url.Values { v := shown.doIt(step); v.Set("plan", plan[len("/plans/"):]); return v }())
		if done.follow() != "/postings/"+own[":posting"] {
			t.Errorf("done leads to %s", done.follow())
		}
		s.get("/postings/" + own[":posting"]).says("<time>2026-12-31</time>")
		s.get(plan).is(http.StatusNotFound)
	})
}

func effects(p page) string {
	_, rest, _ := strings.Cut(p.body, `id="effects-title"`)
	rest, _, _ = strings.Cut(rest, "</div>")
	return rest
}

// A finding whose facts change in a way that its sentence does not say neither
// comes nor goes: no sentence stands on both sides.
func TestNothingIsNewAndGone(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own, other := recordsOf(s, "se"), recordsOf(s, "dk")
		foreign := s.post("/assignments", form("officer", "o-dk", "posting", "bangkok-se", "first_day", "2024-01-01")).follow()
		id := foreign[strings.LastIndexByte(foreign, '/')+1:]
		for _, step := range []string{
			"end assignment " + id + " last_day 2027-06-30",
			"close posting " + own[":posting"] + " last_day 2030-06-30",
			"end assignment " + other[":assignment"] + " last_day 2026-12-31",
			"suspend posting " + own[":posting"] + " first_day 2027-01-01 last_day 2027-02-28",
			"withdraw assignment " + id,
		} {
			for lang, word := range map[string][2]string{"en": {"New:", "Resolved:"}, "sv": {"Ny:", "Upphör:"}} {
				p := s.in(lang, address(step)).is(200)
				sides := map[string]map[string]bool{word[0]: {}, word[1]: {}}
				for _, m := range findingLine.FindAllStringSubmatch(p.body, -1) {
					sides[m[1]][m[2]] = true
				}
				for sentence := range sides[word[0]] {
					if sides[word[1]][sentence] {
						t.Errorf("%s: new and gone is %q", step, sentence)
					}
				}
				if strings.HasPrefix(step, "withdraw") && len(sides[word[1]]) == 0 {
					t.Errorf("%s in %s: nothing is gone", step, lang)
				}
			}
		}
	})
}

var findingLine = regexp.MustCompile(`<li><b class="(?:lost|gained)">([^<]*:)</b> <span class="severity[^>]*>[^<]*</span> (.*?)</li>`)

// What somebody else has changed since is told first, and nothing is done; a
// change elsewhere that makes no difference does not stand in the way.
func TestCarryingOutWhatWasShown(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own, other := recordsOf(s, "se"), recordsOf(s, "dk")
		steps := []string{"close posting " + own[":posting"] + " last_day 2029-12-31",
			fmt.Sprintf("end assignment %s last_day 2029-12-31 reason it closes", own[":assignment"])}
		shown := s.get(address(steps...)).is(200)
		s.post("/officers/"+other[":officer"]+"/edit", form("agency", "dk-police", "name", "Officer dk", "rank", "new", "key", "o-dk", "version", "1")).is(http.StatusSeeOther)
		s.post("/assignments/"+own[":assignment"]+"/end", form("version", "1", "last_day", "2028-01-31", "end_reason", "moved")).is(http.StatusSeeOther)
		before := s.revision()
		late := s.post("/what-if", shown.doIt(steps...)).is(http.StatusConflict)
		late.says("Nothing has been saved.", `href="/postings/`+own[":posting"]+`"`)
		if s.revision() != before {
			t.Error("a stale plan has changed the directory")
		}
		again := s.get(address(steps...)).is(200)
		if again.hidden("mark") != late.hidden("mark") {
			t.Error("the page that says what has changed is not the page of now")
		}
		s.post("/officers/"+other[":officer"]+"/edit", form("agency", "dk-police", "name", "Officer dk", "rank", "newer", "key", "o-dk", "version", "2")).is(http.StatusSeeOther)
		s.post("/what-if", again.doIt(steps...)).is(http.StatusSeeOther)
		s.get("/assignments/"+own[":assignment"]).says("it closes", "2029-12-31")
		s.post("/what-if", again.doIt(steps...)).is(http.StatusConflict)
	})
}

func TestPlansThatAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	own := recordsOf(s, "se")
	for _, step := range []string{"", "close", "close posting 0 last_day 2027-01-01", "close posting x last_day 2027-01-01", "close posting 1 last_day 2027-02-30", "\x00"} {
		s.get(address(step)).is(http.StatusUnprocessableEntity)
		s.post("/what-if", url.Values{"step": {step}}).is(http.StatusUnprocessableEntity)
		s.post("/plans", url.Values{"step": {step}, "name": {"x"}}).is(http.StatusUnprocessableEntity)
	}
	step := "close posting " + own[":posting"] + " last_day "
	s.get(address(step + "0001-01-01")).is(http.StatusUnprocessableEntity).says("One step is not allowed.")
	s.get(address("close posting 999999 last_day 2027-01-01")).is(http.StatusUnprocessableEntity).says("The record that this step concerns no longer exists.")
	s.get(address(strings.Split(strings.Repeat(step+"2027-01-01|", 51), "|")[:51]...)).is(http.StatusUnprocessableEntity)
	s.post("/what-if", nil).is(http.StatusBadRequest)
	s.post("/plans", url.Values{"step": {step + "2027-01-01"}}).is(http.StatusUnprocessableEntity).says(`id="name"`, "Fill in this field.")
	s.get("/what-if?posting=nowhere").is(http.StatusUnprocessableEntity).says("Nothing was found for")
	s.get("/what-if?assignment=999999").is(http.StatusUnprocessableEntity)
	s.get("/what-if?plan=999999").is(http.StatusNotFound)
	s.get("/what-if?act=burn&posting=" + own[":posting"]).is(200)
	for _, on := range []string{"0001-01-01", "9999-12-30", "9999-12-31"} {
		s.get(address(step+"2027-01-01") + "&on=" + on).is(200)
		s.get("/coverage?on=" + on).is(200)
		s.get("/coverage.csv?on=" + on).is(200)
	}
	s.get("/coverage?on=2027-02-30").is(http.StatusUnprocessableEntity)
	s.get("/coverage?soon=-1").is(http.StatusUnprocessableEntity)
}

// A plan says what has changed since it was kept, and outlives what it is
// about.
func TestAPlanWhoseRecordsChange(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	own := recordsOf(s, "se")
	plan := s.post("/plans", url.Values{"step": {"close posting " + own[":posting"] + " last_day 2030-01-01"}, "name": {"Close"}}).follow()
	s.get(plan).is(200).hides("have changed since")
	s.post("/assignments/"+own[":assignment"]+"/end", form("version", "1", "last_day", "2028-01-31", "end_reason", "moved")).is(http.StatusSeeOther)
	s.get(plan).is(200).says("These postings have changed since", `href="/postings/`+own[":posting"]+`"`)
	s.post("/plans", url.Values{"plan": {plan[len("/plans/"):]}, "version": {"1"}, "name": {"Close"}, "step": {"close posting " + own[":posting"] + " last_day 2030-01-01"}}).is(http.StatusSeeOther)
	s.get(plan).is(200).hides("have changed since")
	s.post("/assignments/"+own[":assignment"]+"/remove", form("version", "2")).is(http.StatusSeeOther)
	s.post("/postings/"+own[":posting"]+"/remove", form("version", "1")).is(http.StatusSeeOther)
	s.get(plan).is(http.StatusUnprocessableEntity).says("The record that this step concerns no longer exists.", "One step is not allowed.")
	s.get("/plans").is(200).says("The record that this step concerns no longer exists.")
	s.post(plan+"/discard", form("version", "2")).is(http.StatusSeeOther)
	s.get("/plans").hides("Close")
}

// The same form sent twice does its work once, also where it only adds.
func TestCarryingOutTwice(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own, other := recordsOf(s, "se"), recordsOf(s, "dk")
		step := "assign posting " + own[":posting"] + " officer " + other[":officer"] + " first_day 2026-01-01 last_day 2026-01-31"
		shown := s.get(address(step)).is(200)
		s.post("/what-if", shown.doIt(step)).is(http.StatusSeeOther)
		s.post("/what-if", shown.doIt(step)).is(http.StatusConflict)
	})
}

// A plan for a posting whose holders are not seen is not seen; and nobody's plan
// goes because somebody else has done something.
func TestPlansOfOthers(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own, other := recordsOf(s, "se"), recordsOf(s, "dk")
		dane, step := s.as("coordinator:DK"), "close posting "+other[":posting"]+" last_day 2031-12-31"
		plan := s.post("/plans", url.Values{"step": {step}, "name": {"Of the secretariat"}}).follow()
		theirs := dane.get(plan).is(200).says("coordinators for all five states can change this plan")
		s.get(plan).is(200).hides("coordinators for all five states can change this plan")
		form := theirs.doIt(step)
		form.Set("plan", plan[len("/plans/"):])
		dane.post("/what-if", form).is(http.StatusSeeOther)
		s.get(plan).is(http.StatusUnprocessableEntity) // done by now, and still there
		later := "close posting " + other[":posting"] + " last_day 2030-12-31"
		form = dane.get(address(later)).is(200).doIt(later)
		form.Set("plan", plan[len("/plans/"):])
		dane.post("/what-if", form).is(http.StatusSeeOther)
		s.get("/plans").says("Of the secretariat")

		steps := []string{"end assignment " + own[":assignment"] + " last_day 2026-12-31", "assign posting " + own[":posting"] + " officer " + own[":officer"] + " first_day 2027-01-01"}
		secret := s.post("/plans", url.Values{"step": steps, "name": {"Secret"}}).follow()
		dane.get(secret).is(200).says("Officer se")
		if _, err := s.raw.Exec("UPDATE postings SET restricted = true WHERE id = " + own[":posting"]); err != nil {
			t.Fatal(err)
		}
		if _, err := s.raw.Exec("INSERT INTO touched (revision, noun, record_id) SELECT revision + 1, 'posting', " + own[":posting"] + " FROM directory"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.raw.Exec("UPDATE directory SET revision = revision + 1"); err != nil {
			t.Fatal(err)
		}
		dane.get(secret).is(http.StatusNotFound)
		dane.get("/plans").hides("Officer se", "Secret")
		dane.get("/what-if?plan=" + secret[len("/plans/"):]).is(http.StatusNotFound)
		s.get(secret).is(200).says("Officer se")
	})
}
