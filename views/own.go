package views

import (
	"net/url"
	"time"

	"samband/models"
	"samband/views/picture"
)

// The pages about the visitor's own account.
var (
	OwnPage          = page[Own]("own")
	SecondFactorPage = page[SecondFactor]("second_factor")
)

type (
	// A SecondFactor is a new second factor, to be confirmed.
	SecondFactor struct {
		Secret, Address string
		Required        bool
		Form            Form
	}

	// A Confirm is what a form asks for so that nobody but the account's owner
	// can send it: the password, and the code of a second factor; or, where
	// there is no password, a sign-in elsewhere just now.
	Confirm struct {
		Password, Code bool
		Elsewhere      string // what single sign-on is called, "" for none
		Fresh          bool
	}

	// Own is the page of the visitor's own account.
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
		Officer      models.Officer // to which the account is tied, if it is
		Held         []OwnTerm      // what that officer holds, now and later
	}

	// An OwnTerm is an assignment of the visitor, with the absences to come.
	OwnTerm struct {
		AssignmentLine
		Away []AwayLine
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
)

// QR returns the picture from which an app reads the second factor.
func (f SecondFactor) QR(label string) (any, error) { return picture.QR(f.Address, label) }

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

// confirm adds the fields of asks, and returns the form. next is the page that
// the form is on.
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

// SecondFactorForm returns the form that sets up a new second factor.
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

// DropForm returns the form that removes the second factor.
func (s *Site) DropForm(lang string, problems models.Problems, asks Confirm) Form {
	b := s.buildForm(lang, problems)
	b.prefix = "drop-"
	b.form.Action, b.form.Cancel, b.form.Submit = "/account/second-factor/drop", "/account", b.t("own.second_factor_drop")
	return b.confirm(asks, "/account")
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

// TokenInput is the form that makes a token.
type TokenInput struct {
	Role    string `form:"role"`
	Expires string `form:"expires"`
}
