package views

import "samband/models"

// The pages of signing in.
var (
	SignInPage = page[SignIn]("sign_in")
	CodePage   = page[Code]("code")
	SecretPage = page[ShownSecret]("secret")
)

// A SignIn is the page to sign in on.
type SignIn struct {
	Next    string // where somebody was going, "" for nowhere in particular
	Kept    bool   // the form that was sent there is kept
	Email   string
	Problem models.Message
	Demo    []models.Account // offered with one click
	SSO     string           // what single sign-on is called, "" for none
}

// A Code asks for the second factor.
type Code struct {
	Next    string
	Problem models.Message
}

// A ShownSecret is a secret that is shown only once: a token, a link, or codes.
type ShownSecret struct {
	Noun   string // in the keys of its sentences: "token", "calendar", "link", "recovery"
	Values []string
	Back   string
}
