package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
)

type suggested struct {
	Near  bool
	Found []struct{ Noun, Label, Note, Value, URL string }
}

func (s *site) suggest(query string) (got suggested) {
	s.t.Helper()
	p := s.get("/suggest?" + query).is(http.StatusOK)
	if err := json.Unmarshal([]byte(p.body), &got); err != nil || got.Found == nil {
		s.t.Fatalf("%s: %v, %s", query, err, p.body)
	}
	return got
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/officers", form("agency", "se-police", "name", "Lars Ek")).follow()
	for _, c := range []struct {
		query, label string
		near         bool
		most         int
	}{
		{"q=bang&for=posting", "Bangkok", false, 1},
		{"q=thaimaa&for=place", "Thailand", false, 1},
		{"q=vienam&for=place", "Vietnam", true, 1},
		{"q=lars&for=officer", "Lars Ek", false, 2},
		{"q=lindqvist", "Bangkok", false, 2},
		{"q=lindqvst", "Bangkok", true, 2},
		{"q=zzzz", "", false, 0},
		{"q=", "", false, 0},
	} {
		got := w.suggest(c.query)
		if len(got.Found) != c.most || got.Near != c.near || c.most > 0 && got.Found[0].Label[:min(len(c.label), len(got.Found[0].Label))] != c.label {
			t.Errorf("%s: %+v", c.query, got)
		}
		for _, one := range got.Found {
			w.get(one.URL)
		}
	}
	w.get("/suggest?for=secrets&q=a").is(http.StatusBadRequest)
	if got := w.as("coordinator:DK").suggest("q=bangkok&for=posting&mine=1"); len(got.Found) != 0 {
		t.Errorf("another state's postings are offered for choosing: %+v", got)
	}
}

func TestSearchPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan := w.post("/plans", form("name", "Bangkok stänger", "step", "close posting "+w.posting[len("/postings/"):]+" last_day 2030-01-01")).follow()
	w.get("/search?q=bangkok").is(http.StatusOK).says("Postings", `href="`+w.posting+`"`, "Cities of postings", `href="`+plan+`"`)
	w.get("/search?q=bangkk").is(http.StatusOK).says("Did you mean", `href="`+w.posting+`"`)
	w.get("/search?q=zzzz").is(http.StatusOK).says("Nothing is called")
	w.get("/search").is(http.StatusOK)
	w.get("/represent?state=FI&matter=customs&place=vienam").is(http.StatusUnprocessableEntity).says("Did you mean", "Vietnam", "place=VN")
}

// A form takes any part of what is shown, and offers what may be meant.
func TestFormsTakeWhatIsTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/officers", form("agency", "se-police", "name", "Lars Ek")).follow()
	f := form("officer", "odegard", "posting", "bankok", "first_day", "2027-01-01") // misspelt
	w.get(w.post("/assignments", f).follow()).is(http.StatusOK).says("Lars Ödegård", "Bangkok")
	f = form("officer", "lars", "posting", "thai police", "first_day", "2029-01-01", "note", "kept")
	before := w.revision()
	w.post("/assignments", f).is(http.StatusUnprocessableEntity).says("may mean several", `name="choose.officer" value="Lars Ek (o-lars-ek)"`, ">kept<")
	if w.revision() != before {
		t.Error("an ambiguous officer is saved")
	}
	f.Set("choose.officer", "Lars Ek (o-lars-ek)")
	w.get(w.post("/assignments", f).follow()).is(http.StatusOK).says("Lars Ek")
	w.get("/what-if?" + url.Values{"posting": {"bangkk"}}.Encode()).is(http.StatusOK).says("Bangkok")
}

// Agencies, bodies and stand-ins are found by any part of what is shown, and by what
// was sent before: their keys.
func TestAgenciesBodiesAndStandInsAreFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	recordsOf(w.site, "dk")
	se := w.as("coordinator:SE")
	for _, text := range []string{"se-police", "police", "polismyndigheten", "polismyndighten", "Polismyndigheten (se-police)"} {
		at := se.post("/officers", form("agency", text, "name", "By "+text)).follow()
		se.get(at).is(http.StatusOK).says("SE")
	}
	w.post("/officers", form("agency", "police", "name", "X", "note", "kept")).is(http.StatusUnprocessableEntity).
		says("may mean several", `name="choose.agency"`, "(dk-police)", ">kept<")
	if got := se.suggest("q=police&for=agency&mine=1"); len(got.Found) != 1 {
		t.Errorf("agencies of other states are offered: %+v", got)
	}
	for text, parent := range map[string]string{"europol": "europol", "Europol (europol)": "europol", "europl": "europol", "": ""} {
		at := w.post("/bodies", form("name", "Group "+string(rune('a'+len(text))), "kind", "working_group", "parent", text)).follow()
		if got := w.get(at + "/edit").is(http.StatusOK); parent != "" {
			got.says(`value="Europol (` + parent + `)"`)
		}
	}
	w.post("/bodies", form("name", "X", "kind", "board", "parent", "zzzz", "note", "kept")).is(http.StatusUnprocessableEntity).says("zzzz", ">kept<")
}

func TestStandInsAreFoundByAPartOfAName(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	own := recordsOf(s, "se")
	for i, name := range []string{"Lars Ek", "Lars Alm"} {
		key := "a-lars-" + string(rune('a'+i))
		s.post("/officers", form("agency", "se-police", "name", name)).follow()
		s.post("/assignments", form("posting", "bangkok-se", "key", key, "officer", name, "first_day", "2024-01-01")).follow()
	}
	at := "/assignments/" + own[":assignment"] + "/absences"
	f := form("version", "1", "absences.first_day", "2026-12-01", "absences.last_day", "2026-12-10", "absences.stand_in", "lars")
	s.post(at, f).is(http.StatusUnprocessableEntity).says("may mean several", `name="choose.absences.stand_in.0"`, "Lars Alm", "(a-lars-a)", `value="2026-12-01"`)
	f.Set("choose.absences.stand_in.0", "a-lars-a")
	s.get(s.post(at, f).follow()).is(http.StatusOK).says("Lars Ek")
	if got := s.suggest("q=alm&for=stand_in"); len(got.Found) != 1 || got.Found[0].Label != "Lars Alm" {
		t.Errorf("suggested: %+v", got)
	}
	s.post(at, form("version", "2", "absences.first_day", "2026-12-01", "absences.last_day", "2026-12-10", "absences.stand_in", "zzzz")).
		is(http.StatusUnprocessableEntity).says("zzzz")
}
