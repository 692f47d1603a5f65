package handlers

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// bodyForm is the form of a committee with two members, one of whom has left.
func bodyForm(more ...string) url.Values {
	v := form("key", "opc", "kind", "committee", "name", "Operativa kommittén", "name_en", "Operative Committee", "acronym", "OPC", "founded", "1998-01-01",
		"areas", "narcotics", "areas", "vehicle_crime",
		"body_names.name", "", "body_names.name_en", "", "body_names.acronym", "", "body_names.first_day", "", "body_names.last_day", "",
		"body_members.country", "", "body_members.role", "", "body_members.first_day", "", "body_members.last_day", "",
		"body_members.country", "SE", "body_members.role", "", "body_members.first_day", "1998-01-01", "body_members.last_day", "",
		"body_members.country", "RU", "body_members.role", "member", "body_members.first_day", "", "body_members.last_day", "2022-03-03",
		"chairs.country", "DE", "chairs.first_day", "2026-01-01", "chairs.last_day", "2026-12-31",
		"chairs.country", "PL", "chairs.first_day", "2026-01-01", "chairs.last_day", "2026-12-31",
		"chairs.country", "FI", "chairs.first_day", "2027-01-01", "chairs.last_day", "")
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// The address of a body is its key, which stays; its number leads there too.
func TestBodyIsAtItsKey(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if at := s.post("/bodies", bodyForm()).follow(); at != "/bodies/opc" {
		t.Errorf("it is at %s", at)
	}
	s.get("/bodies/opc").is(200).says("Operative Committee", "Germany", "Poland", "narcotics", "vehicle crime")
	s.get("/bodies/opc?on=2021-01-01").is(200).says("Russia")
	s.get("/bodies/-1").is(200).says("Europol")
	for _, none := range []string{"/bodies/none", "/bodies/0", "/bodies/999999", "/bodies/OPC%20"} {
		s.get(none).is(404)
	}
	s.post("/bodies/opc/edit", bodyForm("version", "1", "key", "other")).is(422).says("cannot be changed")
	s.post("/bodies/opc/edit", bodyForm("version", "1", "parent", "opc")).is(422).says("cannot belong to itself")
	s.post("/bodies/opc/edit", bodyForm("version", "1", "note", "Noted")).is(303)
	s.post("/bodies/opc/edit", bodyForm("version", "1", "note", "Late")).is(409)
}

// A refusal stands at its row of the form, empty rows counted.
func TestBodyIsRefusedAtItsRow(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := bodyForm()
	v["body_members.country"][2] = "SE"
	v["body_members.last_day"][2] = ""
	s.post("/bodies", v).is(422).says(`href="#body_members.country.2"`, "takes part twice")
	v["body_members.first_day"][1] = "soon"
	s.post("/bodies", v).is(422).says(`href="#body_members.first_day.1"`, `value="soon"`)
	s.post("/bodies", bodyForm("more", "chairs")).is(200).says(`id="chairs.country.5"`)
}

// An open end is no day in the log: of a body as of a posting, and of their rows.
func TestOpenEndsInTheTrail(t *testing.T) {
	t.Parallel()
	s := newWorld(t)
	s.post("/bodies", bodyForm()).follow()
	s.post("/bodies/opc/edit", bodyForm("version", "1", "ended", "2040-12-31")).is(303)
	auditor := s.as("coordinator:all auditor:all")
	for _, path := range []string{"/audit?noun=body", "/audit?noun=posting", "/bodies/opc"} {
		auditor.get(path).is(200).hides(">9999-12-31<", "/9999-12-31")
	}
	auditor.get("/audit?noun=body").says("<b>Ended</b>: <del>until further notice</del> <ins>2040-12-31</ins>", "SE member 1998-01-01/…")
	auditor.in("sv", "/audit?noun=body").says("<del>tills vidare</del>")
	auditor.get("/audit?noun=posting").says("<ins>until further notice</ins>")
}

// The pages of bodies offer the days around theirs on which something changes: who
// takes part, who leads, what it hosts and who is there.
func TestBodiesOfferTheirTurns(t *testing.T) {
	t.Parallel()
	s := newWorld(t)
	s.post("/bodies", bodyForm()).follow()
	s.post("/postings", form("agency", "se-police", "host_organisation", "opc", "role", "delegate", "opened", "2026-12-05", "key", "seat")).is(303)
	s.post("/assignments", form("officer", "o-lars-odegard", "posting", "seat", "first_day", "2026-12-20", "last_day", "2027-03-31")).is(303)
	for _, path := range []string{"/bodies", "/bodies/opc"} {
		p := s.get(path + "?on=2026-12-10").is(200)
		for _, day := range []string{"1998-01-01", "2022-03-04", "2026-01-01", "2026-12-05", "2026-12-20", "2027-01-01", "2027-04-01"} {
			offered := strings.Contains(p.body, `<a href="`+path+"?on="+day+`">`)
			if nearest := day > "2022"; offered != nearest { // of those before, three
				t.Errorf("%s offers %s: %t", path, day, offered)
			}
		}
	}
	s.get("/bodies/europol?on=2026-12-10").is(200).hides("?on=2026-12-20\">")
}

// The files about findings and coverage have bodies by their keys, and what they were
// called on the day.
func TestBodiesInFiles(t *testing.T) {
	t.Parallel()
	s := newWorld(t)
	s.post("/bodies", bodyForm("mandate_until", "2026-01-31")).follow()
	s.post("/postings", form("agency", "se-police", "host_organisation", "opc", "role", "delegate", "opened", "2020-01-01")).is(303)
	s.post("/bodies/opc/rename", form("version", "1", "renamed_from", "2022-01-01", "name", "NOA")).is(303)
	rows := s.get("/findings.csv").rows()
	if head := rows[0]; head[len(head)-1] != "body" || head[len(head)-2] != "message" {
		t.Errorf("the head is %q", head)
	}
	told := 0
	for _, row := range rows[1:] {
		body := row[len(row)-1]
		if body != "" && row[2] != "" || body == "" && strings.Contains(row[7], "NOA:") {
			t.Errorf("%q", row)
		}
		if body == "opc" && row[1] == "mandate_ends" && row[3] == "2026-02-01" && row[6] == "SE" && strings.Contains(row[7], "ended on 2026-01-31") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the mandate is told %d times: %q", told, rows)
	}
	for on, name := range map[string]string{"2021-12-31": "Operative Committee", "2022-01-01": "NOA"} {
		rows = s.get("/coverage.csv?on=" + on).rows()
		last := rows[len(rows)-10:]
		if last[0][1] != "org:opc" || !strings.Contains(last[0][2], name) || rows[len(rows)-11][1] == "org:opc" {
			t.Errorf("on %s the last rows are %q", on, last)
		}
		for _, row := range last {
			if want := map[bool]string{true: "vacant", false: "none"}[row[4] == "SE"]; row[6] != want {
				t.Errorf("on %s: %q, want %s", on, row, want)
			}
		}
	}
}

// From a day on a record has another name; before it, it goes on being called as it
// was, and the day cannot lie within earlier names.
func TestRenaming(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	body := s.post("/bodies", bodyForm()).follow()
	agency := s.post("/agencies", form("country", "SE", "kind", "police", "name", "Rikskriminalpolisen", "acronym", "RKP")).follow()
	for _, at := range []string{body, agency} {
		s.get(at + "/rename").is(200)
		s.post(at+"/rename", form("version", "1", "name", "NOA")).is(422).says("renamed_from")
		s.post(at+"/rename", form("version", "1", "renamed_from", "2020-01-01", "name", "NOA")).is(303)
		s.post(at+"/rename", form("version", "1", "renamed_from", "2021-01-01", "name", "X")).is(409)
		s.post(at+"/rename", form("version", "2", "renamed_from", "2019-12-31", "name", "X")).is(422).says("earlier name on this day")
		s.as("coordinator:SE").post(at+"/rename", form("version", "2", "renamed_from", "2021-01-01", "name", "X")).is(403)
		s.get(at).is(200).says("<h1>NOA")
	}
	s.get(body + "?on=2019-12-31").says("<h1>Operative Committee")
	s.get(body + "?on=2020-01-01").says("<h1>NOA")
	s.get(agency).says("Rikskriminalpolisen", "2019-12-31")
}

// A body that others name is not removed: the page names them.
func TestBodyIsNotRemovedWhileNamed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post("/bodies", bodyForm()).is(303)
	s.post("/bodies", form("key", "experts", "kind", "expert_group", "name", "Experts", "parent", "opc")).is(303)
	s.post("/bodies/opc/remove", form("version", "1")).is(409).says("Experts")
	s.post("/bodies/experts/remove", form("version", "1")).is(303)
	s.post("/bodies/opc/remove", form("version", "1")).is(303)
	s.get("/bodies/opc").is(404)
}

// A new seat represents its own state, whether the body was chosen before the form
// was opened or in it. What is sent without saying for what it was ticked is kept.
func TestNewSeatRepresentsItsOwnState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/bodies", bodyForm()).is(303)
	blank := w.as("coordinator:SE").get("/postings/new?body=opc").is(200)
	blank.says(`value="4.police" checked`).hides(`value="0.police" checked`)
	for ticked, want := range map[string]string{"abroad": "SE", "": "DK FI IS NO SE"} {
		v := postingForm("host_country", "", "host_city", "", "host_organisation", "opc", "ticked_for", ticked)
		for name := range v {
			if strings.HasPrefix(name, "coverages.") {
				v.Del(name)
			}
		}
		_, id, _ := strings.Cut(w.post("/postings", v).follow(), "/postings/")
		var got string
		if err := w.raw.QueryRow("SELECT group_concat(state, ' ') FROM (SELECT state FROM representations WHERE posting_id = " + id + " ORDER BY state)").Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("ticked for %q it represents %s", ticked, got)
		}
	}
}

// Whose coordinators keep a project is for its lead country to say.
func TestProjectsAreTheLeadStates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/bodies", bodyForm()).is(303)
	se := w.as("coordinator:SE")
	fields := form("title", "Engines", "area", "vehicle_crime", "lead_country", "SE", "body", "opc", "first_day", "2026-01-01", "last_day", "2026-12-31",
		"project_agencies.agency", "se-police", "project_agencies.first_day", "", "project_agencies.last_day", "2026-12-31")
	at := se.post("/projects", fields).follow()
	se.get(at).is(200).says("Engines", "Operative Committee", "Polismyndigheten")
	w.as("coordinator:DK").post(at+"/edit", form("version", "1", "title", "X")).is(403)
	for query, shown := range map[string]bool{"": true, "?area=vehicle_crime&on=2026-05-01": true, "?body=opc": true, "?area=cybercrime": false, "?on=2027-01-01": false} {
		p := se.get("/projects" + query).is(200)
		if strings.Contains(p.body, "Engines") != shown {
			t.Errorf("/projects%s shows it: %v", query, !shown)
		}
	}
	se.get("/projects?area=nothing").is(422)
	se.get("/projects?body=none").is(422)
	fields.Set("project_agencies.agency", "none")
	se.post("/projects", fields).is(422).says(`href="#project_agencies.agency.0"`)
}

// What programs are told of a body: just these keys.
func TestBodiesForPrograms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/bodies", bodyForm()).is(303)
	v := postingForm("host_country", "", "host_city", "", "host_organisation", "opc", "role", "delegate", "key", "opc-se", "ticked_for", "abroad")
	for name := range v {
		if strings.HasPrefix(name, "coverages.") {
			v.Del(name)
		}
	}
	w.post("/postings", v).is(303)
	w.post("/assignments", form("officer", "o-lars-odegard", "posting", "opc-se", "first_day", "2024-01-01")).is(303)
	var b map[string]any
	body := w.as("partner:FI").get("/api/v1/bodies/opc?on=2026-11-23").is(200).body
	if err := json.Unmarshal([]byte(body), &b); err != nil {
		t.Fatal(err)
	}
	want := strings.Fields("chair ended founded key kind mandate_until members name next_chair parent projects seats")
	if got := slices.Sorted(maps.Keys(b)); !slices.Equal(got, want) {
		t.Errorf("a body has %v", got)
	}
	for _, part := range []string{`"members":[{"country":"SE","role":"member","first_day":"1998-01-01","last_day":null}]`,
		`"chair":[{"country":"DE","first_day":"2026-01-01","last_day":"2026-12-31"},{"country":"PL","first_day":"2026-01-01","last_day":"2026-12-31"}]`,
		`"next_chair":[{"country":"FI","first_day":"2027-01-01","last_day":null}]`, `"parent":null`, `"founded":"1998-01-01"`,
		`{"posting":"opc-se","role":"delegate","status":"held","answers":[{"assignment":`, `"officer":"Lars Ödegård"`} {
		if !strings.Contains(body, part) {
			t.Errorf("%s\nlacks %s", body, part)
		}
	}
	w.get("/api/v1/bodies").is(200).says(`{"on":"`, `"key":"opc"`, `"key":"europol"`)
	w.get("/api/v1/bodies/none").is(404)
	w.get("/api/v1/bodies/opc?on=never").is(400)
	w.as("").get("/api/v1/bodies").is(401)
	w.as("auditor:all").get("/api/v1/bodies").is(403)
}

// Members and chairs are chosen by any part of what is shown, misspelt too; what may mean
// several is offered in its row, and what means nobody is said there.
func TestPartiesByTyping(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		named := form("key", "named", "kind", "committee", "name", "Named", "body_members.country", "Finland", "body_members.country", "deu", "body_members.country", "Pologne", "body_members.country", "Europol",
			"body_members.country", "org:unodc", "body_members.country", "World Customs", "body_members.country", "Swedn", "body_members.country", "CBSS (cbss)", "chairs.country", "Svíþjóð", "chairs.country", "")
		at := s.post("/bodies", named).follow()
		d, err := s.store.As(models.Everything).Directory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range d.Body("named").Members {
			got = append(got, string(m.Country))
		}
		slices.Sort(got)
		if want := "DE FI PL SE org:cbss org:europol org:unodc org:wco"; strings.Join(got, " ") != want || d.Body("named").Chairs[0].Country != "SE" {
			t.Errorf("the members are %q, the chairs %v", got, d.Body("named").Chairs)
		}
		s.get(at+"/edit").is(200).says(`name="body_members.country" value="Finland"`, `value="Europol (europol)"`, `data-suggest="party"`).hides(`<select id="body_members.country`)
		s.in("sv", at+"/edit").says(`name="chairs.country" value="Sverige"`)
		for lang, words := range map[string]string{"en": "Nothing was found for “Atlantis”.", "sv": "Inget hittades för ”Atlantis”."} {
			v := form("key", "wrong", "kind", "committee", "name", "Kept as typed", "body_members.country", "Norge", "body_members.country", "Atlantis", "body_members.country", "Congo")
			p := s.postIn(lang, "/bodies", v).is(422).says(`href="#body_members.country.1"`, words, `value="Norge"`, "Kept as typed", `name="choose.body_members.country.2"`)
			p.hides(`href="#body_members.country.0"`)
		}
		v := form("key", "chosen", "kind", "committee", "name", "Chosen", "body_members.country", "Congo", "choose.body_members.country.0", "Congo - Kinshasa")
		s.post("/bodies", v).follow()
		s.get("/suggest?for=party&q=finl").is(200).says("Finland")
		s.get("/suggest?for=party&q=europ").is(200).says("Europol (europol)")
		s.get("/suggest?for=party&q=bangkok").is(200).hides("Thailand")
	})
}
