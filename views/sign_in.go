package views

import (
	"net/url"

	"samband/models"
)

// The pages of signing in.
var (
	SignInPage = page[SignIn]("sign_in")
	CodePage   = page[Code]("code")
	ResumePage = page[Resume]("resume")
	SecretPage = page[ShownSecret]("secret")
)

// Onward is where somebody was going when asked to sign in, and the form sent
// there, as it was sent. A form with a Secret field is not kept.
type Onward struct {
	Next string
	Kept url.Values
}

// A SignIn is the page to sign in on.
type SignIn struct {
	Onward
	Email   string
	Problem models.Message
	Demo    []models.Account // offered with one click
	SSO     string           // what single sign-on is called, "" for none
}

// A Code asks for the second factor.
type Code struct {
	Onward
	Problem models.Message
}

// A Resume offers to send again a form that was sent without a session.
type Resume struct {
	Action string
	Fields []Option
}

// A ShownSecret is a secret that is shown only once: a token, a link, or codes.
type ShownSecret struct {
	Noun   string // in the keys of its sentences: "token", "link", "recovery"
	Values []string
	Back   string
}
