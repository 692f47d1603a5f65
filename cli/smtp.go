package cli

import (
	"context"
	"crypto/tls"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"samband/handlers"
	"samband/views"
)

// smtpTime is how long a mail server may take for a mail.
const smtpTime = 30 * time.Second

// A smtpServer is where mails are handed over, and whom they are from.
type smtpServer struct {
	host, user, password string
	port                 int
	policy               mail.TLSPolicy
	tls                  bool // from the start
	from                 *netmail.Address
	roots                *tls.Config // of tests, nil for the system's
}

// smtpServer returns the mail server of the settings, nil if there is none. TLS is asked
// for unless the address says tls=none, or is on this machine.
func (c *config) smtpServer() (*smtpServer, error) {
	if c.smtp == "" {
		if c.mailFrom != "" {
			return nil, fmt.Errorf("smtp and mail-from go together")
		}
		return nil, nil
	}
	u, err := url.Parse(c.smtp)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" && u.Path != "/" {
		return nil, fmt.Errorf("smtp is not an address like smtp://user:password@mail.example.org:587 or smtps://mail.example.org") // without it: it may hold a password
	}
	m := &smtpServer{host: u.Hostname(), user: u.User.Username(), port: 587, tls: u.Scheme == "smtps", policy: mail.TLSMandatory}
	m.password, _ = u.User.Password()
	if m.tls {
		m.port = 465
	}
	if port := u.Port(); port != "" {
		if m.port, err = strconv.Atoi(port); err != nil {
			return nil, fmt.Errorf("smtp: the port %q is no number", port)
		}
	}
	switch how := u.Query().Get("tls"); {
	case how == "none":
		m.policy = mail.NoTLS
	case how != "":
		return nil, fmt.Errorf("smtp: tls=%s is unknown: leave it out, or tls=none for a network that you trust", how)
	case loopback(m.host):
		m.policy = mail.TLSOpportunistic
	}
	if m.from, err = netmail.ParseAddress(c.mailFrom); err != nil {
		return nil, fmt.Errorf("mail-from %q is not an address like Samband <samband@example.org>", c.mailFrom)
	}
	return m, nil
}

// send hands a mail over, and returns when the server has taken it.
func (m *smtpServer) send(ctx context.Context, to, id string, what views.Mail) error {
	msg := mail.NewMsg()
	msg.FromMailAddress(m.from)
	if err := msg.To(to); err != nil {
		return err
	}
	msg.SetMessageIDWithValue(id + m.from.Address[strings.LastIndex(m.from.Address, "@"):])
	msg.SetDate()
	msg.Subject(strings.Join(strings.Fields(what.Subject), " ")) // in one line, whatever is in it
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetListUnsubscribe("<" + what.Unsubscribe + ">")
	msg.SetListUnsubscribePost()
	msg.SetBodyString(mail.TypeTextPlain, what.Plain)
	msg.AddAlternativeString(mail.TypeTextHTML, what.HTML)
	client, err := m.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, smtpTime)
	defer cancel()
	if err := client.DialWithContext(ctx); err != nil {
		return err
	}
	err = client.Send(msg)
	_ = client.Close() // what the server has taken it has taken
	if msg.IsDelivered() {
		return nil
	}
	return err
}

func (m *smtpServer) client() (*mail.Client, error) {
	options := []mail.Option{mail.WithPort(m.port), mail.WithTimeout(smtpTime), mail.WithTLSPolicy(m.policy)}
	if m.tls {
		options = append(options, mail.WithSSL())
	}
	if m.user != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(m.user), mail.WithPassword(m.password))
	}
	if m.roots != nil {
		options = append(options, mail.WithTLSConfig(m.roots))
	}
	return mail.NewClient(m.host, options...)
}

// sender returns what sends mails, nil if the settings name no server.
func (c *config) sender() (handlers.Sender, error) {
	m, err := c.smtpServer()
	if m == nil || err != nil {
		return nil, err
	}
	return m.send, nil
}
