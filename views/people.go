package views

import (
	"net/url"
	"time"

	"samband/models"
)

// The pages about who uses the site.
var (
	SignInPage       = page[SignIn]("sign_in")
	CodePage         = page[Code]("code")
	ResumePage       = page[Resume]("resume")
	OncePage         = page[Once]("once")
	OwnPage          = page[Own]("own")
	SecondFactorPage = page[SecondFactor]("second_factor")
	AccountsPage     = page[[]AccountLine]("accounts")
	AccountPage      = page[AccountLine]("account")
	AuditPage        = page[Audit]("audit")
)

type (
	// Onward is where somebody was going when asked to sign in, and the form
	// that was sent there, as it was sent. One with a Secret field is not kept.
	Onward struct {
		Next string
		Kept url.Values
	}

	// A SignIn is the page to sign in on.
	SignIn struct {
		Onward
		Email   string
		Problem models.Message
		Demo    []models.Account // offered with one click
		SSO     string           // what single sign-on is called, "" for none
	}

	// A Code asks for the second factor.
	Code struct {
		Onward
		Problem models.Message
	}

	// A Resume offers to send a form again that was sent without a session.
	Resume struct {
		Action string
		Fields []Option
	}

	// Once shows what is shown only once: a token, a link, or codes.
	Once struct {
		Noun   string // of the sentences: "token", "link", "recovery"
		Values []string
		Back   string
	}

	// A SecondFactor is a new one, to be confirmed.
	SecondFactor struct {
		Secret, Address string
		Required        bool
		Form            Form
	}

	// Confirm is what a form asks for so that nobody but the account's owner
	// can send it: the password, and the code of a second factor; or, where
	// there is no password, to have signed in elsewhere just now.
	Confirm struct {
		Password, Code bool
		Elsewhere      string // what single sign-on is called, "" for none
		Fresh          bool
	}

	// Own is the page of who is signed in.
	Own struct {
		Account      models.Account
		Rights       models.Rights // of this session
		SecondFactor bool
		Required     bool   // the second factor is
		Issuer       string // where somebody without a password signs in
		Sessions     []SessionLine
		Tokens       []TokenLine
		Password     Form
		Token        Form
		Drop         Form           // of the second factor
		Officer      models.Officer // that the account is tied to, if it is
	}

	// A SessionLine is one session of an account.
	SessionLine struct {
		ID             string
		Began, Seen    time.Time
		Address, Agent string
		This           bool
	}

	// A TokenLine is one token of an account.
	TokenLine struct {
		ID      int64
		Role    models.Role
		Made    string // a day
		Expires models.Date
		Ended   bool
	}

	// An AccountLine is an account, as administrators see it.
	AccountLine struct {
		Account      models.Account
		SecondFactor bool
		Tokens       []TokenLine
		Own          bool // of who looks at it
		SSO          Form // to single sign-on; without fields where there is none
		History      History
	}

	// A History is what the trail tells of a record.
	History struct {
		Entries []models.Entry
		// Restore is where a value is asked back, "" where the reader may not.
		Restore string
		Version int
		Who     bool // e-mail addresses of who changed it are shown
	}

	// An Audit is a page of the trail.
	Audit struct {
		Entries []models.Entry
		Fields  []Field
		Query   url.Values
		Next    string
	}
)

// QR returns the picture that an app reads a second factor from.
func (f SecondFactor) QR(label string) (any, error) { return qrSVG(f.Address, label) }

// CSV returns the address of the same part of the trail as a file.
func (a Audit) CSV(profile Profile) string { return csvURL("/audit.csv", a.Query, profile) }

// Restorable reports whether a change of an entry can be taken back.
func (h History) Restorable(e models.Entry, c models.Change) bool {
	return h.Restore != "" && e.Action == "update"
}

// SecretForm returns a form of fields for passwords.
func (s *Site) SecretForm(lang string, problems models.Problems, title, action, cancel, submit, email string, askEmail bool, fields ...string) Form {
	b := s.buildForm(lang, problems)
	b.form.Title, b.form.Action, b.form.Cancel, b.form.Submit = b.t(title), action, cancel, b.t(submit)
	if askEmail {
		b.field(Field{Name: "email", Kind: TextField, Value: email, Required: true, Auto: "username"})
	}
	for _, name := range fields {
		b.secret(name)
		if name == "password" {
			b.hint("hint.password")
		}
	}
	return b.done()
}

// confirm adds the fields of asks, and ends the form. next is the page that the
// form stands on.
func (b *formBuilder) confirm(asks Confirm, next string) Form {
	if asks.Password {
		b.secret("current")
	}
	if asks.Code {
		b.secret("current_code")
		b.hint("code.hint")
	}
	if asks.Elsewhere != "" && !asks.Fresh {
		b.form.Again, b.form.AgainLabel = "/sign-in/sso?again=1&next="+url.QueryEscape(next), b.t("confirm.again", "name", asks.Elsewhere)
	}
	return b.done()
}

// SecondFactorForm returns the form that sets a new second factor up.
func (s *Site) SecondFactorForm(lang string, problems models.Problems, asks Confirm, required bool) Form {
	b := s.buildForm(lang, problems)
	b.form.Action, b.form.Submit = "/account/second-factor", b.t("second_factor.confirm")
	if !required {
		b.form.Cancel = "/account"
	}
	b.secret("code")
	b.hint("hint.new_code")
	return b.confirm(asks, "/account/second-factor")
}

// DropForm returns the form that takes the second factor away.
func (s *Site) DropForm(lang string, problems models.Problems, asks Confirm) Form {
	b := s.buildForm(lang, problems)
	b.prefix = "drop-"
	b.form.Action, b.form.Cancel, b.form.Submit = "/account/second-factor/drop", "/account", b.t("own.second_factor_drop")
	return b.confirm(asks, "/account")
}

// SSOForm returns the form that ties an account to single sign-on.
func (s *Site) SSOForm(lang, issuer, account, subject string, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.form.Action, b.form.Cancel, b.form.Submit = account+"/sso", account, b.t("account.sso_do")
	b.field(Field{Name: "subject", Kind: TextField, Value: subject, Required: true})
	b.hint("hint.subject", "issuer", issuer)
	return b.done()
}

// TokenForm returns the form that makes a token.
func (s *Site) TokenForm(lang string, in TokenInput, problems models.Problems, rights models.Rights, asks Confirm) Form {
	b := s.buildForm(lang, problems)
	b.prefix = "token-"
	b.form.Title, b.form.Action, b.form.Cancel, b.form.Submit = b.t("token.new"), "/account/tokens", "/account", b.t("token.make")
	var roles []Option
	for _, r := range models.Roles() {
		if rights.Holds(r) {
			roles = append(roles, Option{string(r), s.word(lang, r)})
		}
	}
	b.choice("role", in.Role, false, roles)
	b.hint("hint.token_role")
	b.day("expires", in.Expires, true)
	b.hint("hint.token_expires")
	return b.confirm(asks, "/account")
}

// TieForm returns the form that says which account is an officer's.
func (s *Site) TieForm(lang string, officer models.Officer, in TieInput, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.form.Action = "/officers/" + itoa(int(officer.ID)) + "/tie"
	b.form.Submit = b.t("tie.tie")
	b.text("account", in.Account, true)
	b.hint("hint.tie")
	return b.done()
}

// AccountForm returns the form of an account: a choice of state for each role,
// among the states in which somebody with the rights keeps accounts.
func (s *Site) AccountForm(lang string, f Filled[AccountInput], rights models.Rights) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "account", "/accounts", f)
	b.text("email", f.Input.Email, true)
	b.grantTable(f.Input, rights)
	b.field(Field{Name: "disabled", Kind: CheckField, Checked: f.Input.Disabled, Value: "true"})
	return finish(b, f, func(saved Filled[AccountInput]) Form { return s.AccountForm(lang, saved, rights) })
}

// grantTable adds a row for each role and a tick for each state that rights
// keep accounts in.
func (b *formBuilder) grantTable(in AccountInput, rights models.Rights) {
	const name = "rights"
	t := Table{Name: name, Legend: b.t("table.rights"), Hint: b.t("table.rights_hint"), Heads: []string{b.t("field.role")}}
	if t.Problem = b.problem(name, -1); t.Problem != "" {
		b.form.Problems = append(b.form.Problems, FieldProblem{name, t.Legend, t.Problem})
	}
	states := rights.States(models.Administrator)
	if rights.Has(models.Administrator, "") {
		states = append([]models.State{""}, states...)
		t.Heads = append(t.Heads, b.t("grant.all"))
	}
	for _, state := range states {
		if state != "" {
			t.Heads = append(t.Heads, b.site.word(b.lang, state))
		}
	}
	for _, role := range models.Roles() {
		row := []Field{{Name: "-", ID: "-", Kind: WordField, Value: b.site.word(b.lang, role)}}
		for _, state := range states {
			g := models.Grant{Role: role, State: state}
			row = append(row, Field{Name: name, ID: g.String(), Kind: CheckField, Value: g.String(), Checked: in.Rights.Has(g),
				Label: b.site.word(b.lang, g)})
		}
		t.Rows = append(t.Rows, row)
	}
	b.form.Tables = append(b.form.Tables, t)
}

// AuditFilters returns the fields by which the trail is filtered.
func (s *Site) AuditFilters(lang string, query url.Values, problems models.Problems) []Field {
	b := s.buildForm(lang, problems)
	var actions, nouns []Option
	for _, a := range models.TrailActions() {
		actions = append(actions, Option{a, s.text(lang, "action."+a)})
	}
	for _, n := range models.TrailNouns() {
		nouns = append(nouns, Option{n, s.text(lang, "noun."+n)})
	}
	for _, f := range []Field{
		{Name: "actor", Kind: TextField}, {Name: "action", Kind: ChoiceField, Options: actions}, {Name: "noun", Kind: ChoiceField, Options: nouns},
		{Name: "record", Kind: TextField}, {Name: "from", Kind: DayField}, {Name: "to", Kind: DayField},
	} {
		f.ID, f.Value, f.Label = f.Name, query.Get(f.Name), b.t("audit."+f.Name)
		f.Problem = b.problem(f.Name, -1)
		b.form.Fields = append(b.form.Fields, f)
	}
	return b.form.Fields
}
