package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/models"
	"samband/views"
)

// visitors are the visitor, by the letter that stands for them in allowed.
var visitors = map[string]string{"n": "", "p": "partner:FI", "s": "coordinator:SE", "d": "coordinator:DK", "a": "coordinator:all",
	"v": "auditor:all", "m": "administrator:all"}

// allowed says who may use a route: on a record of Sweden, and on one of
// Denmark. Where there is no record of a state in the address both are the same.
var allowed = map[string][2]string{
	"GET /":                            {"psdavm", "psdavm"},
	"GET /represent":                   {"psda", "psda"},
	"GET /api/v1/represent":            {"psda", "psda"},
	"GET /coverage":                    {"psda", "psda"},
	"GET /coverage.csv":                {"psda", "psda"},
	"GET /coverage.xlsx":               {"psda", "psda"},
	"GET /coverage.json":               {"psda", "psda"},
	"GET /coverage.ndjson":             {"psda", "psda"},
	"GET /timeline":                    {"psda", "psda"},
	"GET /findings":                    {"psda", "psda"},
	"GET /map":                         {"psda", "psda"},
	"GET /findings.csv":                {"psda", "psda"},
	"GET /findings.xlsx":               {"psda", "psda"},
	"GET /findings.json":               {"psda", "psda"},
	"GET /findings.ndjson":             {"psda", "psda"},
	"GET /search":                      {"psda", "psda"},
	"GET /suggest":                     {"psda", "psda"},
	"GET /undo/:row":                   {"sa", "da"},
	"POST /undo/:row":                  {"sa", "da"},
	"GET /attestation":                 {"sda", "sda"},
	"POST /attestation":                {"sda", "sda"},
	"GET /changes":                     {"psda", "psda"},
	"GET /changes.csv":                 {"psda", "psda"},
	"GET /changes.xlsx":                {"psda", "psda"},
	"GET /changes.json":                {"psda", "psda"},
	"GET /changes.ndjson":              {"psda", "psda"},
	"GET /findings.ics":                {"psda", "psda"},
	"GET /findings/snooze":             {"sda", "sda"},
	"POST /findings/snooze":            {"sda", "sda"},
	"POST /findings/wake":              {"sda", "sda"},
	"POST /findings/take":              {"sda", "sda"},
	"POST /findings/release":           {"sda", "sda"},
	"GET /what-if":                     {"sda", "sda"},
	"POST /what-if":                    {"sda", "sda"},
	"POST /follows":                    {"psda", "psda"},
	"POST /views":                      {"psda", "psda"},
	"GET /views/:view":                 {"psda", "psda"},
	"POST /views/:view/usual":          {"psda", "psda"},
	"POST /views/:view/remove":         {"sda", "sda"},
	"GET /bulk":                        {"sda", "sda"},
	"POST /bulk":                       {"sda", "sda"},
	"GET /unsaved":                     {"psdavm", "psdavm"},
	"POST /unsaved":                    {"psdavm", "psdavm"},
	"POST /unsaved/:form/discard":      {"psdavm", "psdavm"},
	"GET /removed":                     {"sda", "sda"},
	"POST /officers/:officer/cards":    {"psda", "psda"},
	"POST /officers/cards":             {"psda", "psda"},
	"POST /assignments/cards":          {"psda", "psda"},
	"POST /postings/cards":             {"psda", "psda"},
	"POST /represent/cards":            {"psda", "psda"},
	"GET /calendars":                   {"psda", "psda"},
	"POST /calendars":                  {"psda", "psda"},
	"POST /calendars/:calendar/revoke": {"psda", "psda"},
	"GET /calendar.ics":                {"psda", "psda"},
	"GET /calendar/:secret":            {"npsdavm", "npsdavm"},
	"GET /feed.atom":                   {"psda", "psda"},
	"GET /digest":                      {"psda", "psda"},
	"POST /digest":                     {"psda", "psda"},
	"GET /unsubscribe/:proof":          {"npsdavm", "npsdavm"},
	"POST /unsubscribe/:proof":         {"npsdavm", "npsdavm"},
	"GET /mails":                       {"m", "m"},
	"GET /import":                      {"sda", "sda"},
	"POST /import":                     {"sda", "sda"},
	"GET /imports":                     {"sda", "sda"},
	"GET /imports/:import":             {"sda", "sda"}, // whoever has not sent it is told that there is none
	"GET /imports/:import/refused.csv": {"sda", "sda"},
	"POST /imports/:import/columns":    {"sda", "sda"},
	"POST /imports/:import/apply":      {"sda", "sda"},
	"POST /imports/:import/revert":     {"sda", "sda"},
	"POST /imports/:import/discard":    {"sda", "sda"},
	"GET /plans":                       {"sda", "sda"},
	"POST /plans":                      {"sda", "sda"},
	"GET /plans/:plan":                 {"sda", "sda"},
	"POST /plans/:plan/discard":        {"a", "a"},
	"GET /postings":                    {"psda", "psda"},
	"GET /postings.csv":                {"psda", "psda"},
	"GET /postings.xlsx":               {"psda", "psda"},
	"GET /postings.json":               {"psda", "psda"},
	"GET /postings.ndjson":             {"psda", "psda"},
	"GET /postings/new":                {"sda", "sda"},
	"POST /postings":                   {"sda", "sda"},
	"GET /postings/:posting":           {"psda", "psda"},
	"GET /postings/:posting/edit":      {"sa", "da"},
	"POST /postings/:posting/edit":     {"sa", "da"},
	"GET /postings/:posting/remove":    {"sa", "da"},
	"POST /postings/:posting/remove":   {"sa", "da"},
	"POST /postings/:posting/restore":  {"sa", "da"},
	"POST /postings/:posting/remarks":  {"sa", "da"},
	"GET /duty-copy":                   {"psda", "psda"},
	"POST /duty-copy":                  {"psda", "psda"},
	"POST /postings/:posting/remarks/:remark/remove": {"psda", "psda"}, // whoever may not remove a remark is told that there is none, here
	"POST /officers/:officer/remarks":                {"sa", "da"},
	"POST /officers/:officer/remarks/:remark/remove": {"psda", "psda"},
	"POST /bodies/:body/remarks":                     {"a", "a"},
	"POST /bodies/:body/remarks/:remark/remove":      {"psda", "psda"},
	"GET /postings/:posting/assignments/new":         {"sda", "sda"},
	"GET /officers":                                  {"psda", "psda"},
	"GET /officers.csv":                              {"psda", "psda"},
	"GET /officers.xlsx":                             {"psda", "psda"},
	"GET /officers.json":                             {"psda", "psda"},
	"GET /officers.ndjson":                           {"psda", "psda"},
	"GET /officers/new":                              {"sda", "sda"},
	"POST /officers":                                 {"sda", "sda"},
	"GET /officers/:officer":                         {"psda", "psda"},
	"GET /officers/:officer/contacts":                {"psda", "psda"},
	"POST /officers/:officer/contacts":               {"psda", "psda"},
	"POST /officers/:officer/tie":                    {"sa", "da"},
	"POST /officers/:officer/untie":                  {"sa", "da"},
	"GET /officers/:officer/edit":                    {"sa", "da"},
	"POST /officers/:officer/edit":                   {"sa", "da"},
	"GET /officers/:officer/remove":                  {"sa", "da"},
	"POST /officers/:officer/remove":                 {"sa", "da"},
	"POST /officers/:officer/restore":                {"sa", "da"},
	"GET /officers/:officer/assignments/new":         {"sda", "sda"},
	"GET /assignments":                               {"psda", "psda"},
	"GET /assignments.csv":                           {"psda", "psda"},
	"GET /assignments.xlsx":                          {"psda", "psda"},
	"GET /assignments.json":                          {"psda", "psda"},
	"GET /assignments.ndjson":                        {"psda", "psda"},
	"GET /assignments/new":                           {"sda", "sda"},
	"POST /assignments":                              {"sda", "sda"},
	"GET /assignments/:assignment":                   {"psda", "psda"},
	"GET /assignments/:assignment/edit":              {"sa", "da"},
	"POST /assignments/:assignment/edit":             {"sa", "da"},
	"GET /assignments/:assignment/end":               {"sa", "da"},
	"POST /assignments/:assignment/end":              {"sa", "da"},
	"GET /assignments/:assignment/hand-over":         {"sa", "da"},
	"POST /assignments/:assignment/hand-over":        {"sa", "da"},
	"GET /assignments/:assignment/absences":          {"sa", "da"},
	"POST /assignments/:assignment/absences":         {"sa", "da"},
	"GET /assignments/:assignment/remove":            {"sa", "da"},
	"POST /assignments/:assignment/remove":           {"sa", "da"},
	"POST /assignments/:assignment/restore":          {"sa", "da"},
	"GET /agencies":                                  {"psda", "psda"},
	"GET /agencies/new":                              {"a", "a"},
	"POST /agencies":                                 {"a", "a"},
	"GET /agencies/:agency":                          {"psda", "psda"},
	"GET /agencies/:agency/edit":                     {"a", "a"},
	"POST /agencies/:agency/edit":                    {"a", "a"},
	"GET /agencies/:agency/remove":                   {"a", "a"},
	"POST /agencies/:agency/remove":                  {"a", "a"},
	"POST /agencies/:agency/restore":                 {"a", "a"},
	"GET /api/v1/bodies":                             {"psda", "psda"},
	"GET /api/v1/bodies/:body":                       {"psda", "psda"},
	"GET /bodies":                                    {"psda", "psda"},
	"GET /bodies/new":                                {"a", "a"},
	"POST /bodies":                                   {"a", "a"},
	"GET /bodies/:body":                              {"psda", "psda"},
	"GET /bodies/:body/edit":                         {"a", "a"},
	"POST /bodies/:body/edit":                        {"a", "a"},
	"GET /bodies/:body/rename":                       {"a", "a"},
	"POST /bodies/:body/rename":                      {"a", "a"},
	"GET /bodies/:body/remove":                       {"a", "a"},
	"POST /bodies/:body/remove":                      {"a", "a"},
	"POST /bodies/:body/restore":                     {"a", "a"},
	"GET /agencies/:agency/rename":                   {"a", "a"},
	"POST /agencies/:agency/rename":                  {"a", "a"},
	"GET /projects":                                  {"psda", "psda"},
	"GET /projects/new":                              {"sda", "sda"},
	"POST /projects":                                 {"sda", "sda"},
	"GET /projects/:project":                         {"psda", "psda"},
	"GET /projects/:project/edit":                    {"sa", "da"},
	"POST /projects/:project/edit":                   {"sa", "da"},
	"GET /projects/:project/remove":                  {"sa", "da"},
	"POST /projects/:project/remove":                 {"sa", "da"},
	"POST /projects/:project/restore":                {"sa", "da"},
	"GET /contact-points":                            {"psda", "psda"},
	"GET /contact-points/new":                        {"sda", "sda"},
	"POST /contact-points":                           {"sda", "sda"},
	"GET /contact-points/:contact_point":             {"psda", "psda"},
	"GET /contact-points/:contact_point/edit":        {"sa", "da"},
	"POST /contact-points/:contact_point/edit":       {"sa", "da"},
	"GET /contact-points/:contact_point/remove":      {"sa", "da"},
	"POST /contact-points/:contact_point/remove":     {"sa", "da"},
	"POST /contact-points/:contact_point/restore":    {"sa", "da"},
	"GET /sign-in":                                   {"npsdavm", "npsdavm"},
	"POST /sign-in":                                  {"npsdavm", "npsdavm"},
	"POST /sign-in/code":                             {"npsdavm", "npsdavm"},
	"POST /sign-in/demo":                             {"npsdavm", "npsdavm"},
	"GET /sign-in/sso":                               {"npsdavm", "npsdavm"},
	"GET /sign-in/sso/callback":                      {"npsdavm", "npsdavm"},
	"POST /sign-out":                                 {"psdavm", "psdavm"},
	"GET /set-up":                                    {"npsdavm", "npsdavm"},
	"POST /set-up":                                   {"npsdavm", "npsdavm"},
	"GET /account":                                   {"psdavm", "psdavm"},
	"POST /account/password":                         {"psdavm", "psdavm"},
	"GET /account/second-factor":                     {"psdavm", "psdavm"},
	"POST /account/second-factor":                    {"psdavm", "psdavm"},
	"POST /account/second-factor/drop":               {"psdavm", "psdavm"},
	"POST /account/sessions/end":                     {"psdavm", "psdavm"},
	"POST /account/tokens":                           {"psdavm", "psdavm"},
	"POST /account/tokens/:token/revoke":             {"psdavm", "psdavm"},
	"GET /account/my-data.json":                      {"psdavm", "psdavm"},
	"GET /accounts":                                  {"m", "m"},
	"GET /accounts/new":                              {"m", "m"},
	"POST /accounts":                                 {"m", "m"},
	"GET /accounts/:account":                         {"m", "m"},
	"GET /accounts/:account/edit":                    {"m", "m"},
	"POST /accounts/:account/edit":                   {"m", "m"},
	"POST /accounts/:account/link":                   {"m", "m"},
	"POST /accounts/:account/sso":                    {"m", "m"},
	"POST /accounts/:account/reset":                  {"m", "m"},
	"POST /accounts/:account/tokens/:token/revoke":   {"m", "m"},
	"GET /audit":                                     {"v", "v"},
	"GET /audit.csv":                                 {"v", "v"},
	"GET /audit.xlsx":                                {"v", "v"},
	"GET /audit.json":                                {"v", "v"},
	"GET /audit.ndjson":                              {"v", "v"},
	"POST /printed":                                  {"psdavm", "psdavm"},
	"POST /language":                                 {"npsdavm", "npsdavm"},
	"GET /assets/*name":                              {"npsdavm", "npsdavm"},
	"GET /healthz":                                   {"npsdavm", "npsdavm"},
	"GET /livez":                                     {"npsdavm", "npsdavm"},
	"GET /readyz":                                    {"npsdavm", "npsdavm"},
	"GET /.well-known/security.txt":                  {"npsdavm", "npsdavm"},

	"GET /reports":                                 {"psda", "psda"},
	"GET /reports/notification":                    {"psda", "psda"},
	"GET /reports/notification.csv":                {"psda", "psda"},
	"GET /reports/board":                           {"psda", "psda"},
	"GET /reports/board.csv":                       {"psda", "psda"},
	"GET /reports/figures":                         {"psda", "psda"},
	"GET /reports/figures.csv":                     {"psda", "psda"},
	"GET /reports/bodies":                          {"psda", "psda"},
	"GET /reports/bodies.csv":                      {"psda", "psda"},
	"GET /reports/notification.xlsx":               {"psda", "psda"},
	"GET /reports/board.xlsx":                      {"psda", "psda"},
	"GET /reports/figures.xlsx":                    {"psda", "psda"},
	"GET /reports/bodies.xlsx":                     {"psda", "psda"},
	"GET /reports/posting/:posting/history.xlsx":   {"psda", "psda"},
	"GET /reports/notification.json":               {"psda", "psda"},
	"GET /reports/board.json":                      {"psda", "psda"},
	"GET /reports/figures.json":                    {"psda", "psda"},
	"GET /reports/bodies.json":                     {"psda", "psda"},
	"GET /reports/posting/:posting/history.json":   {"psda", "psda"},
	"GET /reports/notification.ndjson":             {"psda", "psda"},
	"GET /reports/board.ndjson":                    {"psda", "psda"},
	"GET /reports/figures.ndjson":                  {"psda", "psda"},
	"GET /reports/bodies.ndjson":                   {"psda", "psda"},
	"GET /reports/posting/:posting/history.ndjson": {"psda", "psda"},
	"GET /reports/posting/:posting":                {"psda", "psda"},
	"GET /reports/posting/:posting/history.csv":    {"psda", "psda"},

	"GET /certify":  {"psda", "psda"},
	"POST /certify": {"psda", "psda"},
	"GET /verify":   {"psdavm", "psdavm"},
	"POST /verify":  {"psdavm", "psdavm"},
}

// allowedAs reports whether a visitor's answer is what the table says.
func (p page) as(letter, who, route string) {
	p.t.Helper()
	want := strings.Contains(who, letter)
	refused := p.StatusCode == http.StatusUnauthorized || p.StatusCode == http.StatusForbidden
	if strings.Contains(route, "/sign-in") || strings.HasPrefix(route, "POST /account/second-factor") || route == "GET /account/second-factor" ||
		route == "POST /account/tokens" || route == "POST /calendars" || route == "POST /account/sessions/end" || strings.HasPrefix(route, "POST /account/password") {
		return // what these answer depends on what is sent; see their own tests
	}
	if want == refused {
		p.t.Errorf("%s as %s: status %d", route, visitors[letter], p.StatusCode)
	}
	if letter == "n" && !want && p.StatusCode != http.StatusUnauthorized {
		p.t.Errorf("%s as nobody: status %d", route, p.StatusCode)
	}
}

// What is kept has its pages, forms and words: a noun is nowhere left out.
func TestEachNounHasItsPages(t *testing.T) {
	t.Parallel()
	routes := (&server{}).routes()
	pages, err := views.New(views.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, noun := range models.Nouns() {
		ends := map[string]bool{"GET ": false, "GET /edit": false, "POST /edit": false, "GET /remove": false, "POST /remove": false, "POST /restore": false}
		if noun == "remark" {
			continue // stands on the page of what it is about
		}
		if noun == "account" { // is disabled, not removed, and its rights are changed, not restored
			ends = map[string]bool{"GET ": false, "GET /edit": false, "POST /edit": false}
		}
		for _, r := range routes {
			if _, end, of := strings.Cut(r.path, "/:"+noun); of {
				if _, wanted := ends[r.method+" "+end]; wanted {
					ends[r.method+" "+end] = true
				}
			}
		}
		if !slices.ContainsFunc(routes, func(r route) bool { return r.method == "GET" && r.path == listPath(noun) }) {
			t.Errorf("%s has no route %s", noun, listPath(noun))
		}
		for end, there := range ends {
			if !there {
				t.Errorf("%s has no route %s", noun, end)
			}
		}
		for _, lang := range views.Languages() {
			if word := pages.Say(lang, models.Say("noun."+noun)); word == "" || word == "noun."+noun {
				t.Errorf("%s has no name in %s", noun, lang)
			}
		}
	}
}

func TestWhoMayUseARoute(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { whoMayUse(t, newSite(t)) })
}

func whoMayUse(t *testing.T, s *site) {
	own, other := recordsOf(s, "se"), recordsOf(s, "dk")
	as := map[string]*site{}
	for letter, rights := range visitors {
		as[letter] = s.as(rights)
	}
	param := regexp.MustCompile(`:[a-z_]+|\*name`)
	seen := map[string]bool{}
	for _, r := range (&server{}).routes() {
		route := r.method + " " + r.path
		seen[route] = true
		who, there := allowed[route]
		if !there {
			t.Errorf("%s is in no row of the matrix", route)
			continue
		}
		if strings.HasSuffix(r.path, "/remove") && r.method == post || r.path == "/sign-out" {
			continue // last, below
		}
		for i, records := range []map[string]string{own, other} {
			path := param.ReplaceAllStringFunc(r.path, func(name string) string { return records[name] })
			for letter := range visitors {
				before := s.rows()
				p := as[letter].do(r.method, path, formOf(r))
				p.as(letter, who[i], route)
				if !strings.Contains(who[i], letter) && s.rows() != before {
					t.Errorf("%s as %s is refused and leaves a row", route, visitors[letter])
				}
			}
		}
	}
	for route := range allowed {
		if !seen[route] {
			t.Errorf("%s is in the matrix and no route", route)
		}
	}
	for letter := range visitors {
		for _, noun := range []string{"posting", "officer", "assignment", "contact_point"} {
			at := recordPath(noun, 0)
			path := strings.TrimSuffix(at, "0") + other[":"+noun] + "/remove"
			if strings.Contains("ps", letter) || letter == "v" || letter == "m" {
				as[letter].post(path, form("version", "1")).is(http.StatusForbidden)
			}
		}
	}
}

// formOf returns what is sent to a route: nothing that is enough for it.
func formOf(r route) url.Values {
	if r.method == post {
		return url.Values{"version": {"0"}}
	}
	return nil
}

// rows counts the rows of the trail.
func (s *site) rows() (n int) {
	s.t.Helper()
	if err := s.raw.QueryRow("SELECT count(*) FROM audit").Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// recordsOf makes one record of each noun for a state, and returns the numbers
// by which addresses name them.
func recordsOf(s *site, state string) map[string]string {
	s.t.Helper()
	number := func(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
	agency := s.post("/agencies", form("country", strings.ToUpper(state), "kind", "police", "name", "Agency", "key", state+"-police")).follow()
	officer := s.post("/officers", form("agency", state+"-police", "name", "Officer "+state, "key", "o-"+state, "email", "o@example.org")).follow()
	v := postingForm()
	v.Set("agency", state+"-police")
	v.Set("key", "bangkok-"+state)
	posting := s.post("/postings", v).follow()
	assignment := s.post("/assignments", form("officer", "o-"+state, "posting", "bangkok-"+state, "first_day", "2024-01-01")).follow()
	contact := s.post("/contact-points", form("state", strings.ToUpper(state), "matter", "both", "name", "Contact")).follow()
	body := s.post("/bodies", form("key", "body-"+state, "kind", "committee", "name", "Body "+state)).follow()
	project := s.post("/projects", form("key", "project-"+state, "title", "Project "+state, "area", "cybercrime", "lead_country", strings.ToUpper(state))).follow()
	plan := s.post("/plans", form("name", "Plan "+state, "step", "close posting "+number(posting)+" last_day 2030-01-01")).follow()
	view := s.post("/views", form("list", "postings", "query", "", "name", "View "+state, "shared", "all")).follow()
	s.post("/contact-points", form("state", strings.ToUpper(state), "matter", "both", "name", "Another")).follow()
	var account, row int64
	if err := s.raw.QueryRow("SELECT max(id) FROM audit WHERE noun = 'contact_point'").Scan(&row); err != nil {
		s.t.Fatal(err)
	}
	if err := s.raw.QueryRow("SELECT min(id) FROM accounts").Scan(&account); err != nil {
		s.t.Fatal(err)
	}
	return map[string]string{":agency": number(agency), ":officer": number(officer), ":posting": number(posting), ":assignment": number(assignment),
		":contact_point": number(contact), ":account": fmt.Sprint(account), ":token": "4711", ":calendar": "4711", ":secret": "4711.ics", ":proof": "4711", ":plan": number(plan), ":view": view[strings.LastIndexByte(view, '=')+1:], ":remark": "4711", ":import": "none", ":row": fmt.Sprint(row),
		":body": number(body), ":project": number(project), "*name": "icon.svg"}
}
