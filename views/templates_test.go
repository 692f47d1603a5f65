package views

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jba/templatecheck"
	"golang.org/x/net/html"

	"samband/models"
)

func testSite(t testing.TB) *Site {
	t.Helper()
	s, err := New(Options{Banner: "Restricted", BaseURL: "https://samband.example.org", Demo: true, Zone: "Europe/Stockholm"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A sample is a page with data, to be checked and rendered.
type sample struct {
	name   string
	check  func(s *Site, lang string) error
	render func(b *bytes.Buffer, s *Site, r Request) error
}

func sampleOf[T any](name string, p Page[T], data T) sample {
	return sample{name,
		func(s *Site, lang string) error {
			return templatecheck.CheckHTML(s.tongues[lang].pages[p.name](), view[T]{})
		},
		func(b *bytes.Buffer, s *Site, r Request) error { return p.Render(b, s, r, data) }}
}

// records returns a page of a list with every column, one line and one view.
func records(s *Site, d *models.Directory, post *models.Post, day models.Date, list models.List) Records {
	term := LineOf(d, post, post.Assignments[0])
	line := Line{Directory: d, On: day, ID: 7, Name: "Line", Post: post, Terms: []AssignmentLine{term}, Findings: 2, Mine: true}
	if list == models.OfficerList {
		line.Post, line.Officer = nil, term.Officer
	}
	query := map[string][]string{"columns": {"place"}, "status": {"held"}, "q": {"x"}}
	r := Records{List: List[RecordLine]{Path: "/" + string(list), Query: query, Prev: "x", Next: "y", Number: 2, Size: 1, Count: 3, Most: 10, On: day,
		Filters: s.Filters("en", d, query, "sending", "status", "on"), Common: 1}, Of: list,
		Rights: models.AllRights, Account: 1, Acts: s.BulkActs("en", list)}
	r.Views = []models.View{{ID: 3, Version: 1, Name: "Mine", Owner: 1, List: list, Usual: true}, {ID: 4, Name: "Theirs", Owner: 2, Email: "x@example.org", Shared: models.SharedWithAll}}
	r.View = &r.Views[0]
	s.CurrentByDefault("en", r.Filters)
	s.Showing("en", &r, Columns(list), []Line{line})
	return r
}

// samples are every page, and the states of a page that differ.
func samples(s *Site) []sample {
	d, post := testDirectory()
	lines := []AssignmentLine{LineOf(d, post, post.Assignments[0])}
	day := post.Opened + 400
	q := models.Question{State: models.Finland, Matter: models.Customs, Place: models.Place{Country: "VN"}, On: day}
	nobody := q
	nobody.On = post.Opened - 1
	form := Question{State: "FI", Matter: "customs", Place: "Vietnam", On: day.String(), Offered: s.Places("en", d)}
	refused := form
	refused.Problems = s.Problems("en", models.Problems{{Field: "place", Row: -1, Message: models.Say("problem.place", "value", "Nowhere")}})
	filters := s.Filters("en", d, map[string][]string{"status": {"held"}}, "state", "status", "on", "region")
	findings := d.Findings(day, models.DefaultLimits)
	problems := models.Problems{{Field: "representations.state", Row: 1, Message: models.Say("problem.state", "value", "XX")},
		{Field: "host_country", Row: -1, Message: models.Say("problem.required")}, {Field: "representations", Row: -1, Message: models.Say("problem.sending_state", "state", models.Sweden, "matter", models.Customs, "day", day)}}
	posting := PostingInput{Values: Values{}}
	for _, state := range models.States() {
		posting.AddRepresentation(string(state), models.Both, "", "", "")
	}
	posting.Values["agency"] = "se-police"
	saved := posting
	saved.Values = Values{"agency": "se-police", "host_city": "Hanoi"}
	history := History{Restore: "/officers/3/restore", Version: 2, Who: true, Rows: []models.TrailRow{
		{ID: 7, At: time.Unix(1.7e9, 0), Actor: "a@example.org", Role: "coordinator:SE", Request: "R", Action: "update", Noun: "officer", RecordID: 3, State: models.Sweden,
			Name: "A", Fields: []models.FieldChange{{Field: "name", Old: "A", New: "B"}, {Field: "email", Withheld: true}}},
		{ID: 6, Action: "open", Noun: "officer", RecordID: 3}}}
	remarks := Remarks{Rows: []models.SignedRemark{{Remark: models.Remark{ID: 8, On: day, Text: "Ring <first>\nthen write"}, By: "a@example.org"}}, At: "/postings/21/remarks",
		Writes: true, Form: s.RemarkForm("en", "/postings/21/remarks", "", models.Problems{{Field: "remark", Row: -1, Message: models.Say("problem.required")}})}
	return []sample{
		sampleOf("attestation", AttestationPage, testAttestation(s, d, post, day)),
		sampleOf("attestation of none", AttestationPage, Attestation{}),
		sampleOf("attestation, nothing due", AttestationPage, Attestation{Within: 183, State: models.Sweden, All: true, After: "2026-01-01.7", Lists: []AttestedList{{Freshness: models.Freshness{State: models.Sweden, Open: 1}}}}),
		sampleOf("changes", ChangesPage, testChanges(d, post)),
		sampleOf("no changes", ChangesPage, Changes{Directory: d, Changes: models.Changes{State: models.Finland, From: day, To: day}, Today: day}),
		sampleOf("what if", WhatIfPage, testWhatIf(s, d, post, day)),
		sampleOf("what if, to choose", WhatIfPage, WhatIf{Directory: d, Choose: s.ChooseForm("en", d, nil, nil)}),
		sampleOf("what if, a step", WhatIfPage, WhatIf{Directory: d, Post: post, Act: models.Unrepresent,
			Form: s.StepForm("en", models.Unrepresent, d, models.Assignment{}, post, nil, models.Problems{{Field: "first_day", Row: -1, Message: models.Say("problem.required")}})}),
		sampleOf("plans", PlansPage, []PlanLine{{models.Plan{ID: 3, Name: "Spring", Email: "se@example.org"}, []string{"A step."}}, {models.Plan{ID: 4, Untold: true, Email: "dk@example.org"}, []string{"A step."}}}),
		sampleOf("search", SearchPage, Search{Text: "bang", Groups: []HitGroup{{"posting", []Hit{s.RecordHit("en", d, "posting", post.ID, day)}}, {"country", []Hit{s.CountryHit("en", "TH")}}, {"city", []Hit{s.CityHit("en", "Bangkok", "TH")}}}}),
		sampleOf("search, misspelt", SearchPage, Search{Text: "bng", Near: true, Groups: []HitGroup{{"officer", []Hit{s.RecordHit("en", d, "officer", lines[0].Officer.ID, day)}}}}),
		sampleOf("nothing found", SearchPage, Search{Text: "zz"}),
		sampleOf("preview", PreviewPage, testPreview(s, d, post, day)),
		sampleOf("undo", UndoPage, Undo{Done: Done{Row: 7, Rows: []DoneRow{{history.Rows[0], Link{"officer", "A", "/officers/3"}}, {TrailRow: history.Rows[1]}}, More: 4, Undo: true, Back: "/postings"}, Taking: testWhatIf(s, d, post, day).Weighed}),
		sampleOf("undo refused", UndoPage, Undo{Refused: "No.", Since: history.Rows, By: []Link{{Noun: "posting", Name: "P", URL: "/postings/1"}}, Problems: s.Problems("en", problems)}),
		sampleOf("coverage", CoveragePage, testCoverage(s, d, day)),
		sampleOf("duty copy, to choose", DutyPage, dutySample(s, nil, models.Problems{{Field: "last_day", Row: -1, Message: models.Say("problem.duty_size")}, {Row: -1, Message: models.Say("problem.cards", "most", MostContacts)}})),
		sampleOf("duty copy", DutyPage, dutySample(s, &DutyCopy{State: models.Sweden, Days: models.Period{First: day, Last: day + 7}, Places: 1, Answers: 2, People: make([]models.Officer, 3)},
			models.Problems{{Field: "passphrase", Row: -1, Message: models.Say("problem.passphrases")}})),
		sampleOf("reports", ReportsPage, s.NewReports("en", "nowhere", models.Problems{{Field: "posting", Row: -1, Message: models.Say("problem.unknown", "value", "nowhere")}})),
		sampleOf("report of figures", ReportPage, testReports(s, "en", d, post)["figures"]),
		sampleOf("report of a posting", ReportPage, testReports(s, "en", d, post)["posting"]),
		sampleOf("report for a board", ReportPage, testReports(s, "en", d, post)["board"]),
		sampleOf("report of bodies", ReportPage, testReports(s, "en", d, post)["bodies"]),
		sampleOf("report of liaison officers", ReportPage, testReports(s, "en", d, post)["notification"]),
		sampleOf("no coverage", CoveragePage, s.NewCoverageMatrix("en", models.NewDirectory(models.Delta{}).Matrix(day, 90), models.BodyMatrix{}, "")),
		sampleOf("front", FrontPage, Front{Question: form, Coordinating: true, Own: models.Sweden, LastVisit: day, Counts: []Count[models.Status]{{models.Held, 1}}, Findings: []Count[models.Severity]{{models.Serious, 2}},
			Ending: lines, Starting: lines, EndingWithin: []Count[int]{{3, 1}}, Months: []Count[models.Period]{{post.Life(), 4}}}),
		sampleOf("front of a partner", FrontPage, Front{Question: form, Own: models.Finland, Ahead: testChanges(d, post).Changes, Months: []Count[models.Period]{{post.Life(), 0}},
			Contacts: []models.ContactPoint{{ID: 1, State: models.Finland, Matter: models.Both, Name: "KRP", Hours: "always"}}}),
		sampleOf("front, empty", FrontPage, Front{}),
		sampleOf("front, what is followed", FrontPage, testFront(d, post, day)),
		sampleOf("front, quiet since", FrontPage, Front{Own: models.Finland, LastVisit: day, Since: []Since{{Changes{Changes: models.Changes{State: models.Finland, From: day, To: day + 9}}}}}),
		sampleOf("question refused", RepresentPage, Represent{Form: refused}),
		sampleOf("choices", RepresentPage, Represent{Form: form, Choices: []models.Named{{Place: models.Place{Country: "CD"}}, {Place: models.Place{Country: "CG"}}}}),
		sampleOf("answer", RepresentPage, Represent{Directory: d, Form: form, Asked: true, Q: q, Reply: d.WhoRepresents(q)}),
		sampleOf("no answer", RepresentPage, Represent{Directory: d, Form: form, Asked: true, Q: nobody, Reply: d.WhoRepresents(nobody)}),
		sampleOf("before the record", BeforeRecordPage, testBefore(day)),
		sampleOf("question before the record", RepresentPage, Represent{Directory: d, Form: form, Asked: true, Q: q, Before: testBefore(day)}),
		sampleOf("postings", RecordsPage, records(s, d, post, day, models.PostingList)),
		sampleOf("postings, none", RecordsPage, Records{List: List[RecordLine]{Path: "/postings", Count: 11, Most: 10}, Of: models.PostingList, Gone: true, Current: true,
			Refused: []FieldProblem{{ID: "view-name", Label: "Name", Text: "Required"}}}),
		sampleOf("timeline", TimelinePage, Timeline{List: List[*models.Post]{Path: "/timeline", Rows: []*models.Post{post}, Next: "x", Count: 1, Most: 10, On: day, Filters: filters,
			Kept: []Option{{"months", "180"}}}, Directory: d, Months: 180, Shown: TimelineDays(post.Opened, 180), Today: day}),
		sampleOf("timeline, none", TimelinePage, Timeline{List: List[*models.Post]{Path: "/timeline"}, Directory: d, Months: 1, Shown: TimelineDays(1, 1), Today: day}),
		sampleOf("officers", RecordsPage, records(s, d, post, day, models.OfficerList)),
		sampleOf("assignments", RecordsPage, records(s, d, post, day, models.AssignmentList)),
		sampleOf("agencies", AgenciesPage, []AgencyLine{{d.Sending(post), 1, 2}}),
		sampleOf("contact points", ContactPointsPage, d.Fallback(models.Finland, models.Customs)),
		sampleOf("findings", FindingsPage, testFindings(d, findings)),
		sampleOf("findings put off", FindingsPage, Findings{Directory: d, Snoozed: true, Total: 1, Rows: []FindingLine{{findings[0], models.Snooze{Until: day, Reason: "Leave <b>"}, true, models.Claim{}}}}),
		sampleOf("findings taken", FindingsPage, Findings{Directory: d, Account: 7, After: 50, Total: 53, Size: 50, Taken: models.Taken, Rows: []FindingLine{{Finding: findings[0], Claim: models.Claim{Finding: "x", Account: 7, Email: "a@example.org", On: day}},
			{Finding: findings[0], Claim: models.Claim{Finding: "x", Account: 8, Email: "<b>@example.org", On: day}}, {Finding: findings[0], Claim: models.Claim{Finding: "x"}}}}),
		sampleOf("no findings", FindingsPage, Findings{Directory: d}),
		sampleOf("snooze form", FormPage, s.SnoozeForm("en", findings[0], SnoozeInput{}, nil, models.Problems{{Field: "reason", Row: -1, Message: models.Say("problem.required")}})),
		sampleOf("posting", PostingPage, Posting{d, post, findings, findings[:1], 183, history, remarks, &FollowButton{models.Follow{Noun: models.FollowedPosting, Record: "7"}, "/postings/7", true}}),
		sampleOf("map", MapPage, s.NewMap("en", Map{Directory: d, On: day, Window: "europe", Spots: d.Spots("", "", day), Picker: DayPicker{On: day, Knowable: true}})),
		sampleOf("map of a question", MapPage, s.NewMap("en", Map{Directory: d, On: day, State: models.Finland, Matter: models.Police, Window: "world", Spots: d.Spots(models.Finland, models.Police, day)})),
		sampleOf("map of nothing", MapPage, Map{Directory: d, On: 1, State: models.Finland, Window: "world"}),
		sampleOf("officer", OfficerPage, Officer{Directory: d, Officer: lines[0].Officer, Open: true, Opened: history.Rows, Account: models.Account{ID: 7, Email: "a@example.org", Disabled: true}, History: history}),
		sampleOf("officer without an account", OfficerPage, Officer{Directory: d, Officer: lines[0].Officer, Tie: s.TieForm("en", lines[0].Officer, TieInput{Account: "a"}, models.Problems{{Field: "account", Row: -1, Message: models.Say("problem.tie", "state", models.Sweden)}})}),
		sampleOf("masked officer", OfficerPage, Officer{Directory: d, Officer: d.Seen(models.Scope{}).Officer(12)}),
		sampleOf("assignment", AssignmentPage, Assignment{d, post.Assignments[0], post, false, history}),
		sampleOf("agency", AgencyPage, Agency{d.Sending(post), []*models.Post{post}, 3, history}),
		sampleOf("contact point", ContactPointPage, ContactPoint{d.Fallback(models.Finland, models.Customs)[0], history}),
		sampleOf("agency form", FormPage, s.AgencyForm("en", Filled[RecordInput]{})),
		sampleOf("officer form", FormPage, s.OfficerForm("en", Filled[Values]{ID: 3, Title: "A"}, d, d.Agencies())),
		sampleOf("contact point form", FormPage, s.ContactPointForm("en", Filled[Values]{}, models.AllRights)),
		sampleOf("assignment form", FormPage, s.AssignmentForm("en", Filled[Values]{ID: 3}, d)),
		sampleOf("end form", FormPage, s.EndForm("en", Filled[EndInput]{ID: 3}, post.Assignments[0])),
		sampleOf("hand-over form", FormPage, s.HandOverForm("en", Filled[HandOverInput]{ID: 3}, post.Assignments[0], d)),
		sampleOf("posting form, refused", FormPage, s.PostingForm("en", Filled[PostingInput]{Input: posting, Problems: problems}, d, d.Agencies())),
		sampleOf("posting form, stale", FormPage, s.PostingForm("en", Filled[PostingInput]{ID: 3, Input: posting, Saved: &saved}, d, d.Agencies())),
		sampleOf("sign in", SignInPage, SignIn{Next: "/postings?q=a", Kept: true, Email: "a@example.org", Problem: models.Say("sign_in.wrong"),
			Demo: []models.Account{{ID: 1, Rights: models.AllRights}}, SSO: "Nordic ID"}),
		sampleOf("code", CodePage, Code{Problem: models.Say("code.wrong")}),
		sampleOf("unsaved", UnsavedPage, Unsaved{[]UnsavedForm{{Name: "abcdefgh", Action: "/officers", Fields: []SentField{{"name", "A"}}, Typed: []SentField{{"Name", "A"}}}}}),
		sampleOf("unsaved, none", UnsavedPage, Unsaved{}),
		sampleOf("secret", SecretPage, ShownSecret{"token", []string{"samband_A"}, "/account"}),
		sampleOf("calendar", SecretPage, ShownSecret{"calendar", s.CalendarURLs("ABC"), "/calendars"}),
		sampleOf("calendars", CalendarsPage, Calendars{Rows: []CalendarLine{{ID: 1, Of: models.OfFollowed, Sorts: models.EventSorts(), Made: "2026-11-23", Used: day}, {ID: 2, Of: models.OfAll, Sorts: models.EventSorts()[:1], Made: "2026-11-23"}},
			Form: s.CalendarForm("en", CalendarInput{Of: "own", Sorts: []string{"terms"}}, nil, Confirm{Password: true}), Most: MostEvents, Plain: "https://samband.example.org/calendar.ics", PlainFeed: "https://samband.example.org/feed.atom"}),
		sampleOf("calendars, none", CalendarsPage, Calendars{Form: s.CalendarForm("en", CalendarInput{}, models.Problems{{Field: "sorts", Row: -1, Message: models.Say("problem.calendar_sorts")}}, Confirm{})}),
		sampleOf("link", SecretPage, ShownSecret{"link", []string{"samband_A"}, "/account"}),
		sampleOf("recovery codes", SecretPage, ShownSecret{"recovery", []string{"a-b", "c-d"}, "/account"}),
		sampleOf("own", OwnPage, Own{Account: models.Account{Email: "a@example.org"}, Rights: models.AllRights, SecondFactor: true,
			Sessions: []SessionLine{{ID: "1", This: true}, {ID: "2"}}, Tokens: []TokenLine{{ID: 1, Role: models.Partner}, {ID: 2, Ended: true}},
			Password: s.SecretForm("en", nil, "own.password", "/account/password", "/account", "own.password_set", "", false, "current", "password", "again"),
			Drop:     s.DropForm("en", nil, Confirm{Password: true, Code: true}),
			Token:    s.TokenForm("en", TokenInput{}, nil, models.AllRights, Confirm{Password: true, Code: true})}),
		sampleOf("own, of single sign-on", OwnPage, Own{Account: models.Account{Email: "a@example.org", Issuer: "i", Subject: "s"}, SecondFactor: true, Issuer: "i",
			Drop:  s.DropForm("en", models.Problems{{Field: "confirm", Row: -1, Message: models.Say("problem.not_fresh")}}, Confirm{Elsewhere: "Nordic ID"}),
			Token: s.TokenForm("en", TokenInput{}, nil, models.AllRights, Confirm{Elsewhere: "Nordic ID", Fresh: true})}),
		sampleOf("own, without", OwnPage, Own{}),
		sampleOf("second factor", SecondFactorPage, SecondFactor{Secret: "ABC", Address: "otpauth://totp/Samband:a?secret=ABC", Required: true,
			Form: s.SecondFactorForm("en", models.Problems{{Field: "code", Row: -1, Message: models.Say("code.wrong")}}, Confirm{Password: true}, true)}),
		sampleOf("second factor, of single sign-on", SecondFactorPage, SecondFactor{Secret: "ABC", Address: "otpauth://totp/Samband:a?secret=ABC",
			Form: s.SecondFactorForm("en", nil, Confirm{Elsewhere: "Nordic ID"}, false)}),
		sampleOf("accounts", AccountsPage, Accounts{Stuck: 2, Rows: []AccountLine{{Account: models.Account{ID: 1, Rights: models.AllRights}}, {Account: models.Account{Disabled: true}, SecondFactor: true}}}),
		sampleOf("digest", DigestsPage, Digests{Sends: true, Address: "a@example.org", States: models.States(), Next: day, Form: s.DigestForm("en", DigestInput{Every: "week", Remind: "true"}, nil),
			Mails: []MailLine{{From: day, To: day + 7, Sent: time.Unix(0, 0)}, {From: day, To: day + 1, Failed: true, Tries: 3}, {From: day, To: day + 1}}}),
		sampleOf("digest, no server", DigestsPage, Digests{Address: "a@example.org", States: models.States()[:1], Form: s.DigestForm("en", DigestInput{}, models.Problems{{Field: "every", Row: -1, Message: models.Say("problem.no_mail")}})}),
		sampleOf("unsubscribe", UnsubscribePage, Unsubscribe{Path: "/unsubscribe/1.a"}),
		sampleOf("unsubscribed", UnsubscribePage, Unsubscribe{Done: true}),
		sampleOf("mails", MailsPage, Mails{Sends: true, Total: 1, Stuck: []StuckMail{{MailLine: MailLine{From: day, To: day + 1, Failed: true, Tries: 3}, Account: 4, Email: "a@example.org", Error: "550 no such user"}}}),
		sampleOf("mails, none", MailsPage, Mails{}),
		sampleOf("account", AccountPage, AccountLine{Account: models.Account{ID: 1, Issuer: "i", Subject: "s", Rights: models.AllRights}, SSO: s.SSOForm("en", "i", "/accounts/1", "", nil), Tokens: []TokenLine{{ID: 1}, {Ended: true}}, History: history}),
		sampleOf("own account", AccountPage, AccountLine{Account: models.Account{ID: 1, Disabled: true}, SecondFactor: true, Own: true}),
		sampleOf("account form", FormPage, s.AccountForm("en", Filled[AccountInput]{Input: AccountInput{Rights: GrantsText{"partner:FI"}}}, models.AllRights)),
		sampleOf("account form of a state", FormPage, s.AccountForm("en", Filled[AccountInput]{}, models.ParseRights("administrator:FI"))),
		sampleOf("set-up", FormPage, s.SecretForm("en", nil, "set_up.title", "/set-up", "/", "set_up.do", "", true, "password", "again")),
		sampleOf("audit", TrailPage, Trail{Rows: history.Rows, Fields: s.TrailFilters("en", nil, nil), Next: "/audit?before=1"}),
		sampleOf("audit, none", TrailPage, Trail{}),
		sampleOf("import", ImportPage, s.ImportForm("en", []string{"officer"}, models.Problems{{Field: "file", Row: -1, Message: models.Say("problem.no_file")}})),
		sampleOf("imports", ImportsPage, Imports{[]ImportRow{{Import{ID: "1", Name: "a.csv", Noun: "officer", Kept: time.Unix(0, 0)}, "a@example.org"}, {Import{ID: "2", Applied: true, Added: 1}, "b"}, {Import{ID: "3", Applied: true, Reverts: "2", Changed: 2}, "b"}}}),
		sampleOf("imports, none", ImportsPage, Imports{}),
		sampleOf("importing", ImportingPage, Importing{Import{ID: "1", Name: "a.csv"}, 40}),
		sampleOf("import preview", ImportPreviewPage, importSample(s)),
		sampleOf("import preview, nothing", ImportPreviewPage, ImportPreview{Import: Import{ID: "1"}, Nouns: s.NounChoice("en", nil, ""), Outcome: "changed", Pages: 1, Page: 1}),
		sampleOf("imported", AppliedPage, Applied{Import: Import{ID: "1", Name: "a.csv", Applied: true, Added: 2, LeftOut: 1}}),
		sampleOf("imported, taken back", AppliedPage, Applied{Import{ID: "1", Name: "a.csv", Applied: true, Reverts: "2"}, "why", &Reverted{map[string]int{"kept": 1, "failed": 1}, []RevertedRow{{Row: models.TrailRow{Noun: "officer", Name: "A"}, Outcome: "failed", Why: "so"}, {Row: models.TrailRow{Noun: "officer", RecordID: 3}, Outcome: "kept"}}, 2}}),
		sampleOf("certify", CertifyPage, s.NewCertify("en", d, testAbout(day), 3, nil)),
		sampleOf("certify, too many", CertifyPage, s.NewCertify("en", d, About{List: "/coverage", On: day}, 3, s.Problems("en", models.Problems{{Row: -1, Message: models.Say("problem.certified", "rows", 3, "most", 2, "size", 8)}}))),
		sampleOf("verify", VerifyPage, Verify{Most: 8}),
		sampleOf("verify, refused", VerifyPage, Verify{Typed: "x", Problems: s.Problems("en", models.Problems{{Field: "hash", Row: -1, Message: models.Say("problem.hash", "n", 1)}})}),
		sampleOf("verify, confirmed", VerifyPage, testVerify(day)),
		sampleOf("removed", RemovedPage, Removed{Rows: history.Rows, Nouns: s.NounChoice("en", []string{"posting"}, ""), Later: true, First: "/removed", Next: "/removed?before=1"}),
		sampleOf("removed, none", RemovedPage, Removed{Nouns: s.NounChoice("en", nil, "")}),
		sampleOf("remove", RemovePage, Remove{Noun: "officer", Name: "A"}),
		sampleOf("remove, refused", RemovePage, Remove{Noun: "officer", Name: "A", By: []Link{{"assignment", "a-1", "/assignments/1"}}, More: 2}),
		sampleOf("error", ErrorPage, Error{Status: 422, Problems: s.Problems("en", problems)}),
	}
}

// A page is read when it is first shown, which must not be when it is found to be broken.
func TestEveryPageCanBeRead(t *testing.T) {
	s := testSite(t)
	for _, lang := range Languages() {
		for _, name := range pageNames {
			if s.tongues[lang].pages[name]() == nil {
				t.Errorf("there is no page %s in %s", name, lang)
			}
		}
	}
}

func TestTemplatesFitTheirStructs(t *testing.T) {
	s := testSite(t)
	for _, x := range samples(s) {
		for _, lang := range Languages() {
			if err := x.check(s, lang); err != nil {
				t.Errorf("%s in %s: %v", x.name, lang, err)
			}
		}
	}
}

func TestEveryPageIsSampled(t *testing.T) {
	s := testSite(t)
	var all strings.Builder
	for _, x := range samples(s) {
		var b bytes.Buffer
		if err := x.render(&b, s, Request{Lang: "en"}); err != nil {
			t.Fatalf("%s: %v", x.name, err)
		}
		all.Write(b.Bytes())
	}
	if n := len(samples(s)); n < len(pageNames) {
		t.Errorf("%d samples for %d pages", n, len(pageNames))
	}
}

func TestPagesAreSound(t *testing.T) {
	s := testSite(t)
	for _, x := range samples(s) {
		for _, lang := range Languages() {
			var b bytes.Buffer
			if err := x.render(&b, s, Request{Lang: lang, Path: "/postings?q=a", ID: "R", Today: 739_000, Who: &models.Account{Email: "a@example.org"}, Rights: models.AllRights}); err != nil {
				t.Errorf("%s in %s: %v", x.name, lang, err)
				continue
			}
			doc, err := html.Parse(&b)
			if err != nil {
				t.Errorf("%s in %s: %v", x.name, lang, err)
				continue
			}
			for _, complaint := range unsound(doc, s.tongues[lang].sentences) {
				t.Errorf("%s in %s: %s", x.name, lang, complaint)
			}
		}
	}
}

// The title of a page is plain text: browsers show markup in it as it stands.
func TestTitlesArePlainText(t *testing.T) {
	s := testSite(t)
	for _, x := range samples(s) {
		for _, lang := range Languages() {
			var b bytes.Buffer
			if err := x.render(&b, s, Request{Lang: lang, Path: "/", Today: 739_000}); err != nil {
				t.Errorf("%s in %s: %v", x.name, lang, err)
				continue
			}
			_, rest, _ := strings.Cut(b.String(), "<title>")
			raw, _, ended := strings.Cut(rest, "</title>")
			title := html.UnescapeString(raw)
			plain := strings.ReplaceAll(title, "Åse <Lindqvist>", "")
			if !ended || strings.Contains(raw, "<") || strings.ContainsAny(plain, "<>{}") || title != html.UnescapeString(title) ||
				!strings.HasSuffix(title, " · Samband") {
				t.Errorf("%s in %s is called %q", x.name, lang, raw)
			}
			for _, complaint := range wordless(title, s.tongues[lang].sentences) {
				t.Errorf("the title of %s in %s: %s", x.name, lang, complaint)
			}
		}
	}
}

// unsound returns what is wrong with a page: IDs that stand twice, inputs
// without a label, styles and scripts in the page, links to nowhere, and keys
// that were not put into words.
func unsound(doc *html.Node, texts map[string]*sentence) (complaints []string) {
	ids, labelled, links := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var inputs []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			complaints = append(complaints, wordless(n.Data, texts)...)
		}
		for _, name := range []string{"title", "aria-label", "placeholder", "data-label"} {
			complaints = append(complaints, wordless(attr(n, name), texts)...)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				complaints = append(complaints, "id stands twice: "+id)
			}
			ids[id] = true
		}
		if href := attr(n, "href"); strings.HasPrefix(href, "#") {
			links[href[1:]] = true
		}
		for _, name := range []string{"aria-describedby", "aria-labelledby", "list"} {
			for _, id := range strings.Fields(attr(n, name)) {
				links[id] = true
			}
		}
		switch n.Data {
		case "label":
			labelled[attr(n, "for")] = true
		case "select", "textarea":
			inputs = append(inputs, n)
		case "input":
			if attr(n, "type") != "hidden" {
				inputs = append(inputs, n)
			}
			if secret := attr(n, "type") == "password" || attr(n, "autocomplete") == "one-time-code"; secret != Secret(attr(n, "name")) || secret && attr(n, "value") != "" {
				complaints = append(complaints, "a secret that is none, has a value, or is not known as one: "+attr(n, "name"))
			}
		case "style":
			complaints = append(complaints, "a style in the page")
		case "script":
			if attr(n, "src") == "" {
				complaints = append(complaints, "a script in the page")
			}
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				complaints = append(complaints, "a style or script in an attribute: "+a.Val)
			}
		}
	}
	for _, n := range inputs {
		if !labelled[attr(n, "id")] && attr(n, "aria-label") == "" {
			complaints = append(complaints, "no label: "+attr(n, "name"))
		}
	}
	for id := range links {
		if !ids[id] {
			complaints = append(complaints, "leads nowhere: "+id)
		}
	}
	return complaints
}

// wordless returns what in a text looks like a key, known or not, or like a
// place that nothing was put into.
func wordless(text string, texts map[string]*sentence) (complaints []string) {
	for _, word := range strings.Fields(text) {
		key := strings.Trim(word, ".,:;()")
		if strings.Contains(word, "{") || keyAlone.MatchString(key) && startsAKey(key, texts) {
			complaints = append(complaints, "not in words: "+word)
		}
	}
	return complaints
}

var keyAlone = regexp.MustCompile(`^[a-z_-]+(\.[a-z0-9_-]+)+$`)

// startsAKey reports whether some key begins as this one does.
func startsAKey(key string, texts map[string]*sentence) bool {
	family, _, _ := strings.Cut(key, ".")
	for known := range texts {
		if strings.HasPrefix(known, family+".") {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// testFindings is a page in the middle of the queue, with one that is about no
// posting.
func testFindings(d *models.Directory, found []models.Finding) Findings {
	f := Findings{Directory: d, After: 50, Total: 51 + len(found) + 1, Kind: models.Gap, Feed: "https://samband.example.org/findings.ics"}
	for _, x := range append(found, models.Finding{Kind: models.Gap, Severity: models.Serious, Sending: models.Norway, Reason: []models.Message{models.Say("finding.none")}}) {
		f.Rows = append(f.Rows, FindingLine{Finding: x})
	}
	return f
}

func testCoverage(s *Site, d *models.Directory, day models.Date) CoverageMatrix {
	c := s.NewCoverageMatrix("en", d.Matrix(day, 180), d.BodyMatrix(day, 180), models.Finland)
	c.Picker = DayPicker{Path: "/coverage", On: day, Knowable: true, Before: []models.Date{day - 3}, After: []models.Date{day + 9}}
	return c
}

func testWhatIf(s *Site, d *models.Directory, post *models.Post, day models.Date) WhatIf {
	steps := []models.Step{{Act: models.Suspend, Posting: post.ID, First: day}, {Act: models.HandOver, Assignment: post.Assignments[0].ID, Officer: post.Assignments[0].OfficerID}}
	draft, _ := models.Try(d, steps)
	w := WhatIf{Directory: d, Steps: steps, Draft: draft, Refused: true, Post: post, Weighed: Weighed{Effects: draft.EffectsByState(draft.Effects())}, Changed: true, Postings: []*models.Post{post},
		Plan: models.Plan{ID: 3, Name: "Spring", Note: "a note", Email: "se@example.org"}, Owns: true, Keep: s.KeepForm("en", "Spring", "", nil),
		Picker: DayPicker{Path: "/what-if", On: day}}
	for _, step := range steps {
		w.Said = append(w.Said, s.StepInWords("en", d, step))
	}
	w.Appear, w.Disappear = draft.Findings(day, models.DefaultLimits)
	for _, f := range slices.Concat(w.Appear, w.Disappear) {
		w.Reweighed = append(w.Reweighed, Reweighed{f, models.Notice})
	}
	before, after := draft.Before.Matrix(day, 90), draft.After.Matrix(day, 90)
	for i := range before.Rows {
		w.Rows = append(w.Rows, BeforeAfter{before.Rows[i], after.Rows[i]})
	}
	return w
}

func testPreview(s *Site, d *models.Directory, post *models.Post, day models.Date) Preview {
	a, days := post.Assignments[0], models.Period{First: day, Last: day + 9}
	return Preview{Title: "End", Action: "/x", Cancel: "/y", Submit: "End", Weighed: testWhatIf(s, d, post, day).Weighed, Directory: d, Mark: "m", Moved: true,
		Fields:    []SentField{{"note", "a <b>"}},
		Turnovers: []models.Turnover{{Post: post, Vacant: []models.Period{days, {First: day, Last: models.Forever}}, Shared: []models.SharedDays{{A: a, B: a, Days: days}}}, {Post: post, Seamless: true}}}
}

func testBefore(day models.Date) BeforeRecord {
	return BeforeRecord{Path: "/coverage", Query: url.Values{"known": {"2001-01-01"}, "on": {"2002-01-01"}}, Known: day - 1, Begins: day, Today: day + 9}
}

// testFront is a front page of all five states, with something of each kind followed.
func testFront(d *models.Directory, post *models.Post, day models.Date) Front {
	c := testChanges(d, post).Changes
	c.Away = c.Came
	at := Followed{Follow: models.Follow{Noun: models.FollowedPlace, Record: "TH"}, Place: models.Named{Place: models.Place{Country: "TH"}}, Next: day,
		Asked: models.Question{State: models.Finland, Matter: models.Police, Place: models.Place{Country: "TH"}, On: day}}
	at.Add(c)
	at.Add(c)
	body := &models.Body{Key: "opc", Name: "OPC <b>"}
	return Front{LastVisit: day, Since: []Since{{Changes{Changes: c}}, {Changes{Changes: models.Changes{State: models.Sweden}}}}, Following: []Followed{at,
		{Follow: models.Follow{Noun: models.FollowedPosting, Record: "7"}, Post: post, Agency: d.Sending(post), Status: models.Held, Was: models.Vacant, Next: day},
		{Follow: models.Follow{Noun: models.FollowedBody, Record: "8"}, Body: body, Next: day}, {Follow: models.Follow{Noun: models.FollowedBody, Record: "9"}, Gone: true}}}
}

func testChanges(d *models.Directory, post *models.Post) Changes {
	a := post.Assignments[0]
	days := []models.Period{{First: post.Opened, Last: post.Opened + 9}, {First: post.Opened, Last: models.Forever}}
	c := Changes{Directory: d, Today: post.Opened + 400, LastVisit: post.Opened + 300, Changes: models.Changes{State: models.Finland, From: post.Opened, To: post.Opened + 400}}
	for _, p := range days {
		line := models.PlaceChange{Places: []models.Named{{Place: models.Place{Country: "TH"}}, {Place: models.Place{Body: "europol"}, Called: &models.Body{Key: "europol", Name: "Europol"}}}, Matter: models.Both, Days: p}
		sending := d.Sending(post)
		t := models.TermChange{Assignment: &a, Officer: d.SharedOfficer(a.OfficerID), Post: post, Agency: &sending, Places: line.Places, Days: p}
		c.Lost, c.Gained, c.Interrupted = append(c.Lost, line), append(c.Gained, line), append(c.Interrupted, line)
		c.Came, c.Went = append(c.Came, t), append(c.Went, t)
	}
	return c
}

// importSample returns a preview with everything in it.
func importSample(s *Site) ImportPreview {
	line := ImportLine{File: "officers.csv", Noun: "officer", Key: "o-1", Line: 2, Cells: []ImportCell{{Label: "Rank", Was: "a", Now: "b", Base: "c", Based: true}, {Label: "Note", Was: "a"}}}
	refused := ImportLine{File: "officers.csv", Key: "o-2", Line: 3, Reasons: []FieldProblem{{Label: "Rank", Text: "why"}, {Text: "why"}}}
	taken := line
	taken.Taken = true
	p := ImportPreview{
		Import: Import{ID: "1", Name: "a.csv", Noun: "officer", Size: 2000},
		Report: ImportReport{Counts: []ImportCount{{"refused", 1}, {"changed", 250}}, Cleared: 1, Noun: "officer", Work: 250, Refused: 1, Absent: 1,
			Heads:   []ImportHead{{Name: "Nyckel", Column: "key"}, {Name: "x", Unknown: true}, {Name: "y", Shown: true}, {Name: "z"}},
			Notices: []string{"Only one"}, Missing: []Link{{Name: "o-3", URL: "/officers/3"}},
			Rows: map[string][]ImportLine{"refused": {refused}, "stale": {line, taken}, "changed": slices.Repeat([]ImportLine{line}, 250)}},
		Columns: s.ImportColumns("en", "officer", []string{"key", "rank"}), Nouns: s.NounChoice("en", []string{"officer"}, "officer"), Moved: true, Mark: "m", Revision: 3,
	}
	p.List("changed", 2, 100)
	return p
}
