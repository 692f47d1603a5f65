package handlers

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/db/trail"
	"samband/models"
	"samband/views"
)

// showDigest shows what the visitor is told by mail, and what was sent lately.
func (s *server) showDigest(c *gin.Context) error {
	kept, err := s.store.DigestOf(c.Request.Context(), visitorOf(c.Request.Context()).account.ID)
	if err != nil {
		return err
	}
	in := views.DigestInput{Every: string(kept.Every)}
	if kept.Remind {
		in.Remind = "true"
	}
	return s.digestPage(c, http.StatusOK, in, nil)
}

func (s *server) digestPage(c *gin.Context, status int, in views.DigestInput, problems models.Problems) error {
	ctx := c.Request.Context()
	v := visitorOf(ctx)
	kept, err := s.store.DigestOf(ctx, v.account.ID)
	if err != nil {
		return err
	}
	mails, err := s.store.Mails(ctx, v.account.ID)
	if err != nil {
		return err
	}
	data := views.Digests{Sends: s.send != nil, Address: v.account.Email, States: readsFor(v.account.Rights), Form: s.site.DigestForm(s.language(c), in, problems)}
	if kept.Every != models.Never {
		data.Next = kept.Next
	}
	for _, m := range mails {
		data.Mails = append(data.Mails, mailLine(m))
	}
	return show(s, c, status, views.DigestsPage, data)
}

func mailLine(m db.Mail) views.MailLine {
	return views.MailLine{From: m.FromDay, To: m.ToDay, Taken: instant(m.Taken), Sent: instant(m.Sent), Failed: m.Error != "", Tries: m.Tries}
}

// instant reads an instant of the store, the zero time for none.
func instant(text string) time.Time {
	t, _ := time.Parse(trail.Instants, text)
	return t
}

// saveDigest keeps what the visitor wants to be told by mail.
func (s *server) saveDigest(c *gin.Context) error {
	var in views.DigestInput
	if err := bind(c, &in); err != nil {
		return err
	}
	d := db.Digest{Every: models.Rhythm(in.Every), Remind: in.Remind != "", Lang: s.language(c)}
	err := error(models.Problems{{Field: "every", Row: -1, Message: models.Say("problem.no_mail")}})
	if s.send != nil || d.Every == models.Never {
		err = s.write(c, func(tx *db.Tx) error { return tx.SaveDigest(d, s.today()) })
	}
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.digestPage(c, http.StatusUnprocessableEntity, in, problems)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, digestPath)
	return nil
}

// askUnsubscribe asks whoever followed the link in a mail whether the mails are to end:
// programs that look at links before people do must not end them.
func (s *server) askUnsubscribe(c *gin.Context) error {
	if _, err := s.unsubscriber(c.Param("proof")); err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.UnsubscribePage, views.Unsubscribe{Path: c.Request.URL.Path})
}

// unsubscribe ends the mails of the account whose mail the address comes from, without
// a sign-in (RFC 8058).
func (s *server) unsubscribe(c *gin.Context) error {
	account, err := s.unsubscriber(c.Param("proof"))
	if err == nil {
		err = s.store.EndDigest(c.Request.Context(), account)
	}
	if err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.UnsubscribePage, views.Unsubscribe{Done: true})
}

// listMails shows administrators the mails that could not be sent yet.
func (s *server) listMails(c *gin.Context) error {
	ctx := c.Request.Context()
	stuck, err := s.store.StuckMails(ctx, rightsOf(ctx).Keeps)
	if err != nil {
		return err
	}
	data := views.Mails{Sends: s.send != nil, Total: len(stuck)}
	for _, m := range stuck[:min(len(stuck), mostStuck)] {
		l := views.StuckMail{MailLine: mailLine(m.Mail), Account: m.To.ID, Email: m.To.Email, Error: m.Error, Again: instant(m.NextTry)}
		data.Stuck = append(data.Stuck, l)
	}
	return show(s, c, http.StatusOK, views.MailsPage, data)
}

const (
	digestPath      = "/digest"
	unsubscribePath = "/unsubscribe/" // and then the proof
	// mostStuck is how many mails the page of those that wait shows.
	mostStuck = 100
)
