package handlers

import (
	"archive/zip"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
	"samband/views"
)

// canaries are what must not be told of two officers: one who is masked, and
// one who holds a restricted posting.
var canaries = []string{"Zyxwana", "zyxwana", "4670999", "kanariegrad", "kanariespråk", "kanarienot", "kanarieskäl"}

// canaryIn says of each field that not everybody is told which canary sits in it
// here, or, after a dash, why none does.
var canaryIn = map[string]string{
	"officer.key": "zyxwana", "officer.name": "Zyxwana", "officer.email": "zyxwana", "officer.phone": "4670999", "officer.rank": "kanariegrad",
	"officer.areas": "- from a list that every filter shows", "assignment.absences": "- days, and a key that is in every list",
	"officer.languages": "kanariespråk", "officer.note": "kanarienot", "officer.account_id": "- a number",
	"posting.key": "- in every list", "posting.note": "kanarienot",
	"assignment.key": "- in every list", "assignment.officer_id": "- a number", "assignment.note": "kanarienot", "assignment.end_reason": "kanarieskäl",
	"remark.account_id": "- a number", "remark.remark": "kanarienot",
	"account.issuer": "- an address of the authority's", "account.subject": "- on the account's page, for its administrators",
}

// TestEachWithheldFieldHasACanary fails for a noun, or a field of one, that
// nobody thought of here.
func TestEachWithheldFieldHasACanary(t *testing.T) {
	t.Parallel()
	for _, noun := range models.Nouns() {
		for _, field := range models.TrailFields(noun) {
			name := noun + "." + field
			if canary := canaryIn[name]; models.Tells(noun, field) != models.ToAll && !slices.Contains(canaries, canary) && !strings.HasPrefix(canary, "- ") {
				t.Errorf("%s: no canary sits in it", name)
			}
		}
	}
}

func TestNobodyHearsTheCanary(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { nobodyHears(t, newSite(t)) })
}

func nobodyHears(t *testing.T, s *site) {
	records := recordsOf(s, "se")
	masked := s.post("/officers", form("agency", "se-police", "key", "o-zyxwana", "name", "Zyxwana Qrst", "email", "z@zyxwana.example",
		"phone", "+4670999", "rank", "kanariegrad", "languages", "kanariespråk", "note", "kanarienot", "masked", "true")).follow()
	s.post("/officers", form("agency", "se-police", "key", "o-vqpell", "name", "Vqpell Hjk")).follow()
	s.post("/assignments", form("officer", "o-zyxwana", "posting", "bangkok-se", "first_day", "2025-01-01", "note", "kanarienot", "end_reason", "kanarieskäl")).follow()
	v := postingForm("key", "riga-se", "restricted", "true", "note", "kanarienot")
	v.Set("agency", "se-police")
	v.Set("host_country", "LV")
	v.Set("host_city", "Riga")
	restricted := s.post("/postings", v).follow()
	held := s.post("/assignments", form("officer", "o-vqpell", "posting", "riga-se", "first_day", "2025-01-01", "note", "kanarienot")).follow()
	for _, at := range []string{masked, restricted} {
		s.post(at+"/remarks", form("remark", "kanarienot")).follow()
	}
	for _, x := range findingsAbout(s, "bangkok-se", "riga-se") { // by holders and vacancies of both
		s.post(snoozePath(x), form("until", "2027-01-31", "reason", "Zyxwana kanarieskäl")).follow()
	}
	s.post("/assignments", form("officer", "o-zyxwana", "posting", "riga-se", "first_day", "2026-01-01", "note", "kanarienot")).follow()

	// A plan is kept by a coordinator of the state, about a posting that all see.
	plan := s.as("coordinator:SE").post("/plans", form("name", "Zyxwana plan", "note", "kanarienot",
		"step", "end assignment "+records[":assignment"]+" last_day 2027-01-01 reason kanarieskäl")).follow()
	masked = s.officerOf(masked) // whose account is tied
	hash := db.HashOf([]byte(s.certified("list=officers&q=Zyxwana").file))
	acts := noted(s, form("officer", "o-zyxwana", "posting", "bangkok-se", "first_day", "2024-01-01", "last_day", "2024-06-30", "note", "kanarienot"), plan)
	for _, rights := range []string{"auditor:all", "auditor:SE administrator:SE", "auditor:all coordinator:DK", "partner:FI", "coordinator:DK", "auditor:FI administrator:all", "partner:all auditor:DK", "partner:SE"} {
		t.Run(rights, func(t *testing.T) {
			as := s.as(rights)
			as.t = t
			hears := canaries
			if rights == "partner:SE" { // who sees the restricted posting, and its note
				hears = []string{"Zyxwana", "zyxwana@", "o-zyxwana"}
			}
			for _, path := range everyAddress(records, masked, restricted, held, plan) {
				as.get(path).deaf(path, hears)
			}
			if rights != "partner:SE" {
				for _, path := range acts {
					as.get(path).deaf(path, hears)
				}
			}
			if strings.Contains(rights, "auditor:all") {
				as.get("/audit.csv?noun=plan").is(200).says("plan", "hidden")
				as.get("/audit?noun=plan").is(200).says("hidden")
			}
			if strings.Contains(rights, "coordinator:DK") { // who sees what it does, and none of its words
				as.get(plan).is(200).says("end assignment "+records[":assignment"], "Plan "+plan[len("/plans/"):])
				as.get("/plans").is(200).says(plan)
			}
			as.get(restricted).quiet(t, rights != "partner:SE", "Vqpell")
			as.get("/represent?state=FI&matter=police&place=LV").quiet(t, rights != "partner:SE", "Vqpell")
			as.get("/api/v1/represent?state=FI&matter=police&place=LV").quiet(t, rights != "partner:SE", "Vqpell")
			if models.ParseRights(rights).Reads() {
				as.certifiesNothing(hears, rights != "partner:SE")
			}
			as.get("/verify?hash="+hash).is(http.StatusOK).says("Certified here", "words that are not shown").deaf("/verify", hears)
			for _, path := range reportAddresses("riga-se") {
				as.get(path).quiet(t, rights != "partner:SE", "Vqpell")
				as.get(path).deaf(path, hears)
			}
			for _, format := range views.Formats() {
				as.get("/assignments."+string(format)).quiet(t, rights != "partner:SE", "Vqpell")
			}
			if rights == "partner:FI" {
				as.get("/represent?state=FI&matter=police&place=LV").is(200).says("Name hidden, SE police", "Contact")
				as.get(held).is(http.StatusNotFound)
				same(t, as, "/officers?q=zyxwana", "/officers?q=nosuchname")
				same(t, as, "/assignments?q=zyxwana", "/assignments?q=nosuchname")
				same(t, as, "/officers?q=o-zyxwana", "/officers?q=o-nosuchname")
			}
		})
	}
	for _, path := range reportAddresses("bangkok-se") { // where contacts stand for nobody
		s.as("coordinator:all").get(path).is(200).deaf(path, []string{"4670999", "zyxwana.example"})
	}
	for _, rights := range []string{"coordinator:SE", "coordinator:all"} {
		as := s.as(rights)
		as.get("/reports/posting/bangkok-se").is(200).says("Zyxwana", "kanarieskäl")
		as.get(masked).is(200).says("Zyxwana")
		as.get("/officers?q=zyxwana").is(200).says("Zyxwana")
		for _, format := range views.Formats() {
			if p := as.get("/officers." + string(format)).is(200); !strings.Contains(p.body+unzipped(p.body), "Zyxwana Qrst") {
				t.Errorf("officers.%s does not tell who may know", format)
			}
		}
		as.get(restricted).is(200).says("Vqpell")
		as.get(plan).is(200).says("Zyxwana plan", "kanarienot", "kanarieskäl")
		as.post(masked+"/contacts", form()).is(200).says("4670999")
	}
	reader := s.as("partner:FI")
	reader.post(masked+"/contacts", form()).deaf("contacts of a masked officer", canaries)
	r := httptest.NewRequest(http.MethodPost, masked+"/contacts", nil)
	r.Header.Set("Accept", "application/json")
	reader.send(r).deaf("contacts of a masked officer in place", canaries)
}

// noted does what names the masked officer and leaves a note, and returns the addresses
// at which that is read again or taken back.
func noted(s *site, term url.Values, plan string) (all []string) {
	removed := s.post("/assignments", term).follow()
	s.post(removed+"/remove", form("version", "1")).follow()
	second := s.post("/officers", form("agency", "se-police", "name", "Zyxwana Uvw", "masked", "true")).follow()
	s.post(second+"/remove", form("version", "1")).follow()
	view := s.post("/views", form("list", "officers", "query", "q=Zyxwana", "name", "Zyxwana")).follow()
	view = view[strings.LastIndexByte(view, '=')+1:]
	all = append(all, "/views/"+view, "/officers?view="+view, "/removed?noun=assignment", "/removed?noun=officer", "/unsaved")
	s.post("/unsaved", form("unsaved", "0123456789abcdef", "unsaved.path", plan, "name", "Zyxwana", "note", "kanarienot")).is(http.StatusNoContent)
	for _, x := range findingsAbout(s, "bangkok-se") {
		s.post("/findings/take", form("finding", x.Name())).follow()
	}
	all = append(all, s.importedCanaries()...)
	s.get("/unsaved").is(http.StatusOK).says("Zyxwana")
	s.get("/removed").is(http.StatusOK).says("Zyxwana")
	for _, id := range s.trailIDs("action IN ('create', 'update', 'remove', 'keep', 'snooze', 'take')") {
		all = append(all, "/undo/"+id)
	}
	return all
}

// importedCanaries imports and takes back files that name the masked officer, one of which
// is kept because another has changed it since, and returns the pages of each.
func (s *site) importedCanaries() (all []string) {
	s.t.Helper()
	first := s.sendFile("Zyxwana kanarienot.csv", "key,note,rank\no-zyxwana,kanarienot two,kanariegrad two\n")
	s.upload("Zyxwana.csv", "key,note\no-zyxwana,kanarienot refused\no-Zyxwana,kanarienot\n", "officer").follow()
	s.applied(first).follow()
	second := s.sendFile("officers.csv", "key,note,rank\no-zyxwana,kanarienot,kanariegrad\n")
	s.applied(second).follow()
	s.post("/imports/"+first+"/revert", nil).follow()
	s.get("/imports/"+first).is(http.StatusOK).says("Zyxwana Qrst", "<b>1</b> kept")
	s.post("/imports/"+second+"/revert", nil).follow()
	rows, err := s.raw.Query("SELECT id FROM imports")
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	all = []string{"/imports", "/audit?action=import", "/audit.csv?action=revert", "/audit?noun=file"}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			s.t.Fatal(err)
		}
		all = append(all, "/imports/"+id, "/imports/"+id+"/refused.csv")
	}
	if len(all) != 12 || rows.Err() != nil {
		s.t.Fatalf("the imports are %q, %v", all, rows.Err())
	}
	return all
}

// reportAddresses returns all reports, pages and files, with the history of a posting.
func reportAddresses(posting string) (all []string) {
	for _, r := range (&server{}).routes() {
		if path := strings.Replace(r.path, ":posting", posting, 1); strings.HasPrefix(path, "/reports/") {
			all = append(all, path+"?since=2020-01-01&from=2020-01-01")
			if strings.HasSuffix(path, ".csv") {
				all = append(all, path+"?profile=excel&since=2020-01-01&from=2020-01-01")
			}
		}
	}
	return all
}

// officerOf ties an account to an officer, whose page it returns.
func (s *site) officerOf(officer string) string {
	s.t.Helper()
	s.account("konto@example.org", "partner:SE")
	s.post(officer+"/tie", form("account", "konto@example.org")).follow()
	return officer
}

// everyAddress returns all pages and files, each with what it may be asked.
func everyAddress(records map[string]string, more ...string) (all []string) {
	param := regexp.MustCompile(`:[a-z_]+|\*name`)
	for _, r := range (&server{}).routes() {
		if r.method == get {
			all = append(all, param.ReplaceAllStringFunc(r.path, func(name string) string {
				if records[name] == "" {
					panic("no record to see for " + name)
				}
				return records[name]
			}))
		}
	}
	for _, format := range views.Formats() {
		for _, list := range models.Lists() {
			all = append(all, "/"+string(list)+"."+string(format)+"?columns="+strings.Join(views.Columns(list), ","))
		}
		all = append(all, "/findings."+string(format)+"?snoozed=yes", "/audit."+string(format)+"?noun=plan")
	}
	for _, list := range []string{"/officers", "/assignments", "/postings", "/officers.csv", "/assignments.csv", "/postings.csv", "/findings.csv", "/audit.csv"} {
		all = append(all, list+"?profile=excel")
		for _, sort := range []string{"name", "-name", "rank", "agency", "officer", "-officer", "first_day"} {
			all = append(all, list+"?sort="+sort)
		}
	}
	for _, place := range []string{"TH", "VN", "LV"} {
		all = append(all, "/represent?state=FI&matter=police&place="+place, "/api/v1/represent?state=DK&matter=customs&place="+place)
	}
	for _, noun := range models.TrailNouns() {
		all = append(all, "/audit?noun="+noun, "/audit.csv?noun="+noun)
	}
	for _, list := range []string{"postings", "officers", "assignments", "coverage"} {
		all = append(all, "/certify?list="+list+"&status=any", "/certify?list="+list+"&known=2026-11-22")
	}
	all = append(all, "/findings?snoozed=yes", "/findings.csv?snoozed=yes", "/findings.ics?snoozed=yes", "/audit?action=tie")
	return append(all, more...)
}

// deaf fails the test if an answer, its head and what is encoded in it told of,
// holds one of the texts.
func (p page) deaf(path string, texts []string) {
	p.t.Helper()
	all := p.body + unzipped(p.body)
	for name, values := range p.Header {
		all += name + strings.Join(values, " ")
	}
	for _, m := range regexp.MustCompile(`after=([A-Za-z0-9_%-]+)`).FindAllStringSubmatch(p.body, -1) {
		text, _ := url.QueryUnescape(m[1])
		decoded, _ := base64.RawURLEncoding.DecodeString(text)
		all += string(decoded)
	}
	for _, text := range texts {
		if strings.Contains(all, text) || strings.Contains(all, url.QueryEscape(text)) {
			p.t.Errorf("%s tells %q", path, text)
		}
	}
}

// unzipped returns what a workbook holds, "" of anything else.
func unzipped(body string) string {
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		return ""
	}
	var all strings.Builder
	for _, f := range z.File {
		if r, err := f.Open(); err == nil {
			_, _ = io.Copy(&all, r)
			r.Close()
		}
	}
	return all.String()
}

// certifiesNothing fails the test if a certified copy of any list holds one of the texts.
func (s *site) certifiesNothing(texts []string, hidden bool) {
	s.t.Helper()
	for _, query := range []string{"list=postings&status=any", "list=officers&status=any", "list=assignments&status=any", "list=coverage",
		"list=officers&columns=" + strings.Join(views.Columns(models.OfficerList), ","), "list=assignments&columns=" + strings.Join(views.Columns(models.AssignmentList), ",")} {
		p := s.post("/certify?"+query, form()).is(http.StatusOK)
		p.deaf("/certify?"+query, texts)
		p.quiet(s.t, hidden && !strings.Contains(query, "officers"), "Vqpell") // who is an officer, as all may know
	}
}

// quiet is deaf to one text, if it should be.
func (p page) quiet(t *testing.T, hidden bool, text string) {
	t.Helper()
	if hidden && strings.Contains(p.body+unzipped(p.body), text) {
		t.Errorf("%q is told", text)
	}
}

// same fails the test unless two searches are answered alike.
func same(t *testing.T, s *site, a, b string) {
	t.Helper()
	word := regexp.MustCompile(`zyxwana|nosuchname|[A-Z0-9]{12}`)
	one, other := word.ReplaceAllString(s.get(a).body, ""), word.ReplaceAllString(s.get(b).body, "")
	if one != other {
		t.Errorf("%s is answered in another way than %s", a, b)
	}
}
