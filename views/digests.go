package views

import (
	"time"

	"samband/models"
)

// The pages of mails: what one is told, the end of it, and what could not be sent.
var (
	DigestsPage     = page[Digests]("digest")
	UnsubscribePage = page[Unsubscribe]("unsubscribe")
	MailsPage       = page[Mails]("mails")
)

type (
	// Digests is the page on which somebody says what he or she wants to be told by mail.
	Digests struct {
		Sends   bool // the server sends mails
		Address string
		States  []models.State
		Next    models.Date // on which the next mail is due, 0 for none
		Form    Form
		Mails   []MailLine
	}

	// A MailLine is a mail that was sent or waits to be: about what changed from one day
	// to another.
	MailLine struct {
		From, To    models.Date
		Taken, Sent time.Time // Sent is zero for not yet
		Failed      bool
		Tries       int
	}

	// DigestInput is the form of the page.
	DigestInput struct {
		Every  string `form:"every"`
		Remind string `form:"remind"`
	}

	// An Unsubscribe is the page to which the link in a mail leads.
	Unsubscribe struct {
		Path string
		Done bool
	}

	// Mails is the page of the mails that could not be sent yet.
	Mails struct {
		Sends bool
		Stuck []StuckMail
		Total int
	}

	// A StuckMail is one of them.
	StuckMail struct {
		MailLine
		Account      int64
		Email, Error string
		Again        time.Time // when it is tried next
	}
)

// DigestForm returns the form that says what somebody wants to be told by mail.
func (s *Site) DigestForm(lang string, in DigestInput, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.form.Action, b.form.Cancel, b.form.Submit = "/digest", "/account", b.t("form.save")
	var every []Option
	for _, r := range models.Rhythms() {
		every = append(every, Option{string(r), b.t("digest.every." + string(r))})
	}
	b.choice("every", in.Every, true, every)
	b.field(Field{Name: "remind", Kind: CheckField, Checked: in.Remind != "", Value: "true"})
	b.hint("hint.remind")
	return b.done()
}
