package handlers

import (
	"context"
	"crypto/hmac"
	"errors"
	"strconv"
	"strings"
	"time"

	"samband/db"
	"samband/models"
	"samband/views"
)

// A Sender sends a mail to an address, and returns when the mail server has taken it. id
// is the same at each try.
type Sender func(ctx context.Context, to, id string, m views.Mail) error

const (
	// roundEvery is how often it is looked for mails to send.
	roundEvery = time.Minute
	// mailHour is the hour of the day from which digests are sent.
	mailHour = 6
	// firstPause is how long a mail that could not be sent waits for the next try, then
	// twice as long each time, at most longestPause.
	firstPause   = time.Minute
	longestPause = 4 * time.Hour
	// mostFailed is how many mails may fail until the others wait for the next round.
	mostFailed = 3
)

// Mail sends digests until ctx ends. Whatever goes wrong is told by the log, by the page
// of mails and by the next try, and stops nothing else. Without a Sender it does nothing.
func (s *Site) Mail(ctx context.Context) {
	for s.server.send != nil {
		if err := s.server.mailRound(ctx); err != nil && ctx.Err() == nil {
			s.server.log.Error("digests", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(roundEvery):
		}
	}
}

// mailRound takes the digests that are due and sends what waits, until nothing does or
// the mail server fails.
func (s *server) mailRound(ctx context.Context) error {
	if now := s.now().In(s.zone); now.Hour() >= mailHour {
		if err := s.store.TakeDigests(ctx, s.today()); err != nil {
			return err
		}
	}
	r := mailing{s: s, spans: map[spanKey]*span{}}
	for failed := 0; failed < mostFailed; {
		m, a, d, err := s.store.ClaimMail(ctx)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		sent, err := r.one(ctx, m, a, d)
		switch {
		case sent:
			err = s.store.MailSent(ctx, m)
		case err == nil:
			err = s.store.MailEmpty(ctx, m)
		default:
			failed++
			s.log.Warn("a mail was not sent", "account", a.ID, "try", m.Tries, "error", err)
			err = s.store.MailFailed(ctx, m, oneLine(err.Error()), pause(m.Tries))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// pause returns how long a mail waits after so many tries.
func pause(tries int) time.Duration {
	return min(longestPause, firstPause<<min(tries-1, 16))
}

// oneLine returns a text in one line, and not too long.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "?")), " ")
	return text[:min(len(text), 500)]
}

// A mailing sends mails, which mostly tell of the same time.
type mailing struct {
	s     *server
	spans map[spanKey]*span
}

type spanKey struct {
	fromRow, toRow int64
	from, to       models.Date
}

func (r mailing) span(ctx context.Context, m db.Mail) (*span, error) {
	key := spanKey{m.FromRow, m.ToRow, m.FromDay, m.ToDay}
	if sp := r.spans[key]; sp != nil {
		return sp, nil
	}
	sp, err := r.s.spanOf(ctx, m)
	if err == nil {
		r.spans[key] = sp
	}
	return sp, err
}

// one sends a mail, and reports whether there was anything to tell. Nothing is in it that is not told to
// everybody who reads the directory, whatever else the account may see: mails pass
// through the hands of others.
func (r mailing) one(ctx context.Context, m db.Mail, a models.Account, d db.Digest) (sent bool, err error) {
	sp, err := r.span(ctx, m)
	if err != nil {
		return false, err
	}
	t := interests{states: readsFor(a.Rights), reminded: d.Remind}
	if t.follows, err = r.s.store.Follows(ctx, a.ID); err != nil {
		return false, err
	}
	what, err := sp.digest(t)
	if err != nil {
		return false, err
	}
	if !what.News() && !(d.Every == models.Weekly && what.Coming()) {
		return false, nil
	}
	mail, err := r.s.site.DigestMail(d.Lang, what, r.s.unsubscribing(a.ID))
	if err != nil {
		return false, err
	}
	err = r.s.send(ctx, a.Email, r.s.mailID(m), mail)
	return err == nil, err
}

// mailID names a mail, the same at each try and unlike any other.
func (s *server) mailID(m db.Mail) string {
	return s.proof("mail " + strconv.FormatInt(m.Account, 10) + " " + m.Taken)
}

// unsubscribing returns what shows that whoever ends an account's mails has one of them.
func (s *server) unsubscribing(account int64) string {
	id := strconv.FormatInt(account, 10)
	return id + "." + s.proof("unsubscribe "+id)
}

// unsubscriber returns the account whose mails a proof ends, ErrNotFound if it proves
// nothing.
func (s *server) unsubscriber(proof string) (int64, error) {
	id, _, _ := strings.Cut(proof, ".")
	account, err := strconv.ParseInt(id, 10, 64)
	if err != nil || !hmac.Equal([]byte(proof), []byte(s.unsubscribing(account))) {
		return 0, db.ErrNotFound
	}
	return account, nil
}
