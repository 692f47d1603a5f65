package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"samband/db"
	"samband/models"
	"samband/views"
)

// A mailServer takes mails, or refuses them.
type mailServer struct {
	*smtp.Server
	at      string
	mu      sync.Mutex
	refusal error // at the end of a mail's head
	taken   []takenMail
	arrived chan struct{}
}

type takenMail struct {
	from, to, user string
	text           []byte
}

// mailServing begins to serve until the test ends; with TLS from the start or by
// STARTTLS if there is a certificate, and else in the clear.
func mailServing(t *testing.T, certificate *tls.Certificate, fromStart bool) *mailServer {
	t.Helper()
	m := &mailServer{arrived: make(chan struct{}, 100)}
	m.Server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &mailSession{m: m}, nil }))
	m.ReadTimeout, m.WriteTimeout, m.Domain = 10*time.Second, 10*time.Second, "localhost"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.at = listener.Addr().String()
	if certificate != nil {
		m.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*certificate}}
	}
	if fromStart {
		listener = tls.NewListener(listener, m.TLSConfig)
	}
	go m.Serve(listener)
	t.Cleanup(func() { m.Close() })
	return m
}

func (m *mailServer) mails() []takenMail {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]takenMail(nil), m.taken...)
}

type mailSession struct {
	m    *mailServer
	mail takenMail
}

func (s *mailSession) Reset()                   { s.mail = takenMail{user: s.mail.user} }
func (s *mailSession) Logout() error            { return nil }
func (s *mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "let me: in" {
			return smtp.ErrAuthFailed
		}
		s.mail.user = user
		return nil
	}), nil
}
func (s *mailSession) Mail(from string, _ *smtp.MailOptions) error { s.mail.from = from; return nil }
func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.to = to
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	return s.m.refusal
}
func (s *mailSession) Data(r io.Reader) (err error) {
	if s.mail.text, err = io.ReadAll(r); err != nil {
		return err
	}
	s.m.mu.Lock()
	s.m.taken = append(s.m.taken, s.mail)
	s.m.mu.Unlock()
	s.m.arrived <- struct{}{}
	return nil
}

// a mail with everything in it that may not get into its head.
var nasty = views.Mail{Subject: "Åse\r\nBcc: all@example.org", Plain: "Åse Ærø-Þórsdóttir\n.\n\n.b\n", HTML: "<p>Åse</p>", Unsubscribe: "https://samband.example.org/unsubscribe/1.a"}

func TestSMTP(t *testing.T) {
	cert, key, roots := certified(t)
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name, address string
		certificate   *tls.Certificate
		fromStart     bool
		ok            bool
	}{
		{"on this machine, in the clear", "smtp://%s", nil, false, true},
		{"STARTTLS and a password", "smtp://ase:let%%20me%%3A%%20in@%s", &pair, false, true},
		{"TLS from the start", "smtps://ase:let%%20me%%3A%%20in@%s", &pair, true, true},
		{"a wrong password", "smtps://ase:no@%s", &pair, true, false},
		{"no TLS where it is asked for", "smtps://%s", nil, false, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			server := mailServing(t, x.certificate, x.fromStart)
			c := config{smtp: fmt.Sprintf(x.address, server.at), mailFrom: "Sambånd <samband@example.org>"}
			m, err := c.smtpServer()
			if err != nil {
				t.Fatal(err)
			}
			m.roots = &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"}
			if err := m.send(context.Background(), "reader@example.org", "0abc", nasty); (err == nil) != x.ok {
				t.Fatalf("sending is %v", err)
			}
			if all := server.mails(); x.ok && (len(all) != 1 || all[0].to != "reader@example.org" || all[0].from != "samband@example.org" || (all[0].user != "") != strings.Contains(x.address, "@")) {
				t.Errorf("the server has %+v", all)
			} else if x.ok {
				readNasty(t, all[0].text)
			}
		})
	}
	m, err := (&config{smtp: "smtps://127.0.0.1:" + port(mailServing(t, &pair, true).at), mailFrom: "a@example.org"}).smtpServer()
	if err != nil {
		t.Fatal(err)
	}
	m.roots = &tls.Config{RootCAs: x509.NewCertPool()}
	if err := m.send(context.Background(), "reader@example.org", "0abc", nasty); err == nil {
		t.Error("a server that nobody vouches for is sent mail")
	}
}

func port(at string) string { _, p, _ := net.SplitHostPort(at); return p }

// readNasty reads a mail as its reader's program does.
func readNasty(t *testing.T, text []byte) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Bcc": "", "To": "<reader@example.org>", "Message-Id": "<0abc@example.org>", "Auto-Submitted": "auto-generated",
		"List-Unsubscribe": "<" + nasty.Unsubscribe + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || !strings.HasPrefix(subject, "Åse") || strings.Contains(subject, "\n") {
		t.Errorf("the subject is %q, %v", subject, err)
	}
	from, err := m.Header.AddressList("From")
	if err != nil || from[0].Name != "Sambånd" || from[0].Address != "samband@example.org" {
		t.Errorf("it is from %v, %v", from, err)
	}
	kind, of, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("it is %s, %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, of["boundary"])
	for _, want := range []string{nasty.Plain, nasty.HTML} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(part))
		if got := strings.ReplaceAll(string(b), "\r\n", "\n"); err != nil || strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("a part is %q, %v, want %q", got, err, want)
		}
	}
}

func TestSMTPSettings(t *testing.T) {
	for _, bad := range []config{{smtp: "mail.example.org", mailFrom: "a@example.org"}, {smtp: "http://mail.example.org", mailFrom: "a@example.org"}, {smtp: "smtp://secret:secret@", mailFrom: "a@example.org"},
		{smtp: "smtp://mail.example.org/x", mailFrom: "a@example.org"}, {smtp: "smtp://mail.example.org?tls=maybe", mailFrom: "a@example.org"},
		{smtp: "smtp://mail.example.org"}, {smtp: "smtp://mail.example.org", mailFrom: "a@b\r\nBcc: c@d"}, {mailFrom: "a@example.org"}} {
		if m, err := bad.smtpServer(); err == nil {
			t.Errorf("%q is %+v", bad.smtp, m)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("the password is in %q", err)
		}
	}
	for address, want := range map[string]string{"smtp://mail.example.org": "mail.example.org:587 TLSMandatory", "smtps://mail.example.org": "mail.example.org:465 TLSMandatory",
		"smtp://mail.example.org:25?tls=none": "mail.example.org:25 NoTLS", "smtp://127.0.0.1:25": "127.0.0.1:25 TLSOpportunistic"} {
		m, err := (&config{smtp: address, mailFrom: "a@example.org"}).smtpServer()
		if err != nil {
			t.Error(address, err)
		} else if got := fmt.Sprintf("%s:%d %s", m.host, m.port, m.policy); got != want {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
	}
}

// The whole way: somebody chose news by mail yesterday, something has changed, the
// server starts, the mail server refuses first, and then has the mail, once.
func TestServeSendsDigests(t *testing.T) {
	now := time.Now().UTC()
	zone := fmt.Sprintf("Etc/GMT%+d", now.Hour()-12) // where it is about noon
	if now.Hour() == 12 {
		zone = "Etc/GMT"
	}
	where, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	ctx, file, today := context.Background(), filepath.Join(t.TempDir(), "samband.db"), models.DateOf(now.In(where))
	store, err := db.Open(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	a := models.Account{Email: "reader@example.org", Rights: models.ParseRights("partner:FI")}
	agency := models.Agency{Country: "SE", Kind: "police", Name: "Polismyndigheten", Period: models.Period{Last: models.Forever}}
	err = store.Write(ctx, db.Local, func(tx *db.Tx) error { return errors.Join(tx.SaveAccount(&a), tx.SaveAgency(&agency)) })
	if err == nil {
		err = store.Write(ctx, db.Actor{Account: a.ID, Rights: a.Rights}, func(tx *db.Tx) error {
			return tx.SaveDigest(db.Digest{Every: models.Daily, Lang: "sv"}, today-1)
		})
	}
	if err == nil {
		err = store.Write(ctx, db.Local, func(tx *db.Tx) error {
			o := models.Officer{AgencyID: agency.ID, Name: "Åse Lindqvist"}
			p := models.Posting{AgencyID: agency.ID, HostCountry: "TH", HostCity: "Bangkok", Opened: today - 1000, Closed: models.Forever}
			for _, state := range models.States() {
				p.Representations = append(p.Representations, models.Representation{State: state, Matter: models.Both, Period: models.Period{First: p.Opened, Last: models.Forever}})
			}
			if err := errors.Join(tx.SaveOfficer(&o), tx.SavePosting(&p)); err != nil {
				return err
			}
			return tx.SaveAssignment(&models.Assignment{OfficerID: o.ID, PostingID: p.ID, Period: models.Period{First: today - 1, Last: models.Forever}})
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	server := mailServing(t, nil, false)
	env := map[string]string{"SAMBAND_DATABASE": file, "SAMBAND_TIMEZONE": zone, "SAMBAND_SMTP": "smtp://" + server.at, "SAMBAND_MAIL_FROM": "samband@example.org", "SAMBAND_BASE_URL": "https://samband.example.org"}
	server.refusal = &smtp.SMTPError{Code: 451, Message: "later"}
	_, printed, end := serving(t, env)
	go io.Copy(io.Discard, printed)
	eventually(t, "the refusal is kept", func() bool {
		all, err := store.Mails(ctx, a.ID)
		return err == nil && len(all) == 1 && strings.Contains(all[0].Error, "later")
	})
	end()
	server.mu.Lock()
	server.refusal = nil
	server.mu.Unlock()
	all, err := store.Mails(ctx, a.ID)
	if err == nil {
		err = store.MailFailed(ctx, all[0], "later", -time.Minute) // the wait is over
	}
	if err != nil {
		t.Fatal(err)
	}
	_, printed, _ = serving(t, env)
	go io.Copy(io.Discard, printed)
	select {
	case <-server.arrived:
	case <-time.After(20 * time.Second):
		t.Fatal("no mail has come")
	}
	eventually(t, "the mail is noted as sent", func() bool {
		all, err := store.Mails(ctx, a.ID)
		return err == nil && len(all) == 1 && all[0].Sent != ""
	})
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	text := server.mails()[0].text
	m, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	unsubscribe, err := url.Parse(strings.Trim(m.Header.Get("List-Unsubscribe"), "<>"))
	if err != nil || unsubscribe.Host != "samband.example.org" || !bytes.Contains(text, []byte("Lindqvist")) {
		t.Errorf("%v; the mail is\n%s", err, text)
	}
	if n := len(server.mails()); n != 1 {
		t.Errorf("%d mails have come", n)
	}
}
