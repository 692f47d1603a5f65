package views

import (
	"slices"

	"samband/models"
)

// The pages about accounts, for administrators.
var (
	AccountsPage = page[Accounts]("accounts")
	AccountPage  = page[AccountLine]("account")
)

// Accounts is the list of accounts, with how many mails could not be sent to them yet.
type Accounts struct {
	Rows  []AccountLine
	Stuck int
}

// An AccountLine is an account, as administrators see it.
type AccountLine struct {
	Account      models.Account
	SecondFactor bool
	Tokens       []TokenLine
	Own          bool // the visitor's
	SSO          Form // ties it to single sign-on; without fields where there is none
	History      History
}

// AccountInput is the form of an account.
type AccountInput struct {
	Email    string     `form:"email"`
	Rights   GrantsText `form:"rights"`
	Disabled bool       `form:"disabled"`
}

// GrantsText are grants as ParseGrant reads them.
type GrantsText []string

// Has reports whether a grant is among them.
func (g GrantsText) Has(one models.Grant) bool { return slices.Contains(g, one.String()) }

// AccountForm returns the form of an account: for each role a tick for each
// state in which somebody with the rights keeps accounts.
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

// SSOForm returns the form that ties an account to single sign-on.
func (s *Site) SSOForm(lang, issuer, account, subject string, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.form.Action, b.form.Cancel, b.form.Submit = account+"/sso", account, b.t("account.sso_do")
	b.field(Field{Name: "subject", Kind: TextField, Value: subject, Required: true})
	b.hint("hint.subject", "issuer", issuer)
	return b.done()
}
