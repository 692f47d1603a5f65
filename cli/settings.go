package cli

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"samband/models"
)

// A config is every setting of the program. Each can be given as a flag
// (--base-url), as an environment variable (SAMBAND_BASE_URL), or as a file
// that holds it (SAMBAND_BASE_URL_FILE, for secrets); the first of these that
// is given, and not empty, counts.
type config struct {
	addr, database, timezone, baseURL, banner string
	demo, allowNetwork, logJSON               bool
	limits                                    models.Limits

	tlsCert, tlsKey              string
	trustedProxies, secondFactor []string
	sessionIdle, sessionLifetime time.Duration
	apiRate, retentionMonths     int
	sealTo                       string
	sealEvery                    time.Duration
	securityContact              string
	smtp, mailFrom               string
	oidc                         struct {
		issuer, clientID, clientSecret, claim, label string
		strong                                       []string
		roles                                        map[string]string
	}
}

// settings is the one table of settings: it binds the flags, reads the
// environment and prints the help.
var settings = []struct {
	name, usage string
	bind        func(fs *pflag.FlagSet, c *config, name, usage string)
}{
	{"addr", "`address` to listen on", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.addr, name, "127.0.0.1:8080", usage)
	}},
	{"database", "SQLite `file`, or postgres://user:password@host/name", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.database, name, "samband.db", usage)
	}},
	{"timezone", "`zone` whose calendar says which day is today", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.timezone, name, "Europe/Stockholm", usage)
	}},
	{"base-url", "`URL` under which people reach the server, for links that leave it (default http://ADDR)", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.baseURL, name, "", usage)
	}},
	{"banner", "classification `text` shown on every page", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.banner, name, "", usage)
	}},
	{"demo", "fill an empty database with invented postings, and say so on every page", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.BoolVar(&c.demo, name, false, usage)
	}},
	{"allow-network", "listen without TLS on an address that other machines reach, because a proxy in front has it", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.BoolVar(&c.allowNetwork, name, false, usage)
	}},
	{"log-json", "write the log as JSON", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.BoolVar(&c.logJSON, name, false, usage)
	}},
	{"tls-cert", "`file` with the certificate, and those that sign it, to serve TLS with", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.tlsCert, name, "", usage)
	}},
	{"tls-key", "`file` with the certificate's key", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.tlsKey, name, "", usage)
	}},
	{"trusted-proxies", "`addresses` or networks of proxies that say where a request comes from, with commas between", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringSliceVar(&c.trustedProxies, name, nil, usage)
	}},
	{"second-factor", "`roles` that must have a second factor, with commas between", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringSliceVar(&c.secondFactor, name, nil, usage)
	}},
	{"session-idle", "`time` after which a session ends that is not used", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.DurationVar(&c.sessionIdle, name, time.Hour, usage)
	}},
	{"session-lifetime", "`time` after which any session ends", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.DurationVar(&c.sessionLifetime, name, 12*time.Hour, usage)
	}},
	{"api-rate", "`requests` a second that a caller of the API may make, five times as many at once; 0 for any number", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.IntVar(&c.apiRate, name, 100, usage)
	}},
	{"security-contact", "`address` (mailto: or https:) in /.well-known/security.txt", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.securityContact, name, "", usage)
	}},
	{"retention-months", "`months` after an officer's last assignment, a pseudonym takes the name's place; 0 for never", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.IntVar(&c.retentionMonths, name, 0, usage)
	}},
	{"seal-to", "`folder`, best on another machine, into which the trail is sealed again and again: a file each time, none overwritten", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.sealTo, name, "", usage)
	}},
	{"seal-every", "`time` from one seal in that folder to the next", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.DurationVar(&c.sealEvery, name, 24*time.Hour, usage)
	}},
	{"smtp", "mail `server` that takes digests: smtp://user:password@host:587 or smtps://host (better as a file if it holds a password)", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.smtp, name, "", usage)
	}},
	{"mail-from", "`address` that mails are from: Samband <samband@example.org>", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.mailFrom, name, "", usage)
	}},
	{"oidc-issuer", "`URL` of the OpenID Connect provider for single sign-on", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.oidc.issuer, name, "", usage)
	}},
	{"oidc-client-id", "what the provider `calls` Samband", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.oidc.clientID, name, "", usage)
	}},
	{"oidc-client-secret", "`secret` shared with the provider (better as a file)", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.oidc.clientSecret, name, "", usage)
	}},
	{"oidc-claim", "`claim` that holds somebody's groups", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.oidc.claim, name, "groups", usage)
	}},
	{"oidc-roles", "`mapping` of groups to roles: group=role:STATE, with commas between", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringToStringVar(&c.oidc.roles, name, nil, usage)
	}},
	{"oidc-strong", "`values` of the claim acr that say that more than one proof was asked for, with commas between; mfa in amr says so too", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringSliceVar(&c.oidc.strong, name, nil, usage)
	}},
	{"oidc-label", "`text` on the link to the provider", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.StringVar(&c.oidc.label, name, "single sign-on", usage)
	}},
	{"handover-days", "longest overlap of two holders that is not a finding, in `days`", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.IntVar(&c.limits.HandoverDays, name, models.DefaultLimits.HandoverDays, usage)
	}},
	{"notice-days", "how far ahead a coming vacancy is a finding, in `days`", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.IntVar(&c.limits.NoticeDays, name, models.DefaultLimits.NoticeDays, usage)
	}},
	{"confirm-days", "how long the confirmation of a list holds before it is a finding, in `days`; 0 for ever", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.IntVar(&c.limits.AttestDays, name, models.DefaultLimits.AttestDays, usage)
	}},
	{"open-years", "age at which an open end is a finding, in `years`", func(fs *pflag.FlagSet, c *config, name, usage string) {
		fs.IntVar(&c.limits.OpenYears, name, models.DefaultLimits.OpenYears, usage)
	}},
}

// renamed are settings by their names of today, each with an older one that still
// works.
var renamed = map[string]string{"confirm-days": "attest-days"}

// byOldName lets flags be given by older names.
func byOldName(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	for today, old := range renamed {
		if name == old {
			name = today
		}
	}
	return pflag.NormalizedName(name)
}

// fromEnv returns the value of a setting in the environment, "" if it has none.
func fromEnv(name string, env func(string) (string, bool)) (string, error) {
	value, _ := env(variable(name)) // empty is not set
	if file, _ := env(variable(name) + "_FILE"); file != "" && value == "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("%s_FILE: %w", variable(name), err)
		}
		value = strings.TrimRight(string(b), "\r\n")
	}
	if old := renamed[name]; old != "" && value == "" {
		return fromEnv(old, env)
	}
	return value, nil
}

// bindSettings adds a flag for each setting to fs, and sets it to the value in
// the environment, if any.
func bindSettings(fs *pflag.FlagSet, c *config, env func(string) (string, bool)) error {
	fs.SetNormalizeFunc(byOldName)
	for _, s := range settings {
		s.bind(fs, c, s.name, s.usage)
		value, err := fromEnv(s.name, env)
		if err != nil {
			return err
		}
		if value == "" {
			continue
		}
		if err := fs.Set(s.name, value); err != nil {
			return fmt.Errorf("%s: %q is no good value", variable(s.name), value)
		}
	}
	return nil
}

// variable returns the environment variable of a setting.
func variable(name string) string {
	return "SAMBAND_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// printSettings writes the table of settings, for the help.
func printSettings(w io.Writer, fs *pflag.FlagSet) {
	fmt.Fprintln(w, "\nSettings (a flag, or the variable, or the variable with _FILE for a file that holds it):")
	for _, s := range settings {
		kind, usage := pflag.UnquoteUsage(fs.Lookup(s.name))
		if def := fs.Lookup(s.name).DefValue; def != "" && def != "false" {
			usage += fmt.Sprintf(" (default %s)", def)
		}
		fmt.Fprintf(w, "  --%-22s %-24s %s\n", strings.TrimSpace(s.name+" "+kind), variable(s.name), usage)
	}
}

// check refuses settings that cannot work, and returns the zone that decides
// which day is today.
func (c *config) check() (*time.Location, error) {
	zone, err := time.LoadLocation(c.timezone)
	if err != nil {
		return nil, fmt.Errorf("timezone %q is unknown: give a name like Europe/Helsinki", c.timezone)
	}
	if c.limits.HandoverDays < 0 || c.limits.NoticeDays < 0 || c.limits.OpenYears < 0 || c.limits.AttestDays < 0 {
		return nil, fmt.Errorf("handover-days, notice-days, open-years and confirm-days cannot be negative")
	}
	if u, err := url.Parse(c.baseURL); c.baseURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("base-url %q is not an address like https://samband.example.org", c.baseURL)
	}
	return zone, c.checkAccess()
}

// checkAccess refuses settings of access, limits and intervals that cannot
// work.
func (c *config) checkAccess() error {
	for _, role := range c.secondFactor {
		if !models.Role(role).Valid() {
			return fmt.Errorf("second-factor: %q is no role", role)
		}
	}
	for group, grant := range c.oidc.roles {
		if _, ok := models.ParseGrant(grant); !ok {
			return fmt.Errorf("oidc-roles: %q of %s is not like coordinator:SE or partner:all", grant, group)
		}
	}
	if (c.tlsCert == "") != (c.tlsKey == "") {
		return fmt.Errorf("tls-cert and tls-key go together")
	}
	if c.sessionIdle <= 0 || c.sessionLifetime <= 0 || c.sealEvery <= 0 || c.apiRate < 0 || c.retentionMonths < 0 {
		return fmt.Errorf("session-idle, session-lifetime and seal-every must be positive, api-rate and retention-months cannot be negative")
	}
	if s := c.securityContact; s != "" && !strings.HasPrefix(s, "mailto:") && !strings.HasPrefix(s, "https://") || strings.ContainsAny(s, "\r\n") {
		return fmt.Errorf("security-contact %q begins with neither mailto: nor https://", s)
	}
	_, err := c.smtpServer()
	return err
}

// certificates returns what to serve TLS with, nil if TLS is not served.
func (c *config) certificates() ([]tls.Certificate, error) {
	if c.tlsCert == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(c.tlsCert, c.tlsKey)
	if err != nil {
		return nil, fmt.Errorf("tls-cert and tls-key: %w", err)
	}
	return []tls.Certificate{pair}, nil
}

// secure reports whether browsers reach the server over TLS.
func (c *config) secure() bool { return c.tlsCert != "" || strings.HasPrefix(c.baseURL, "https://") }

// checkAddr refuses an address that other machines reach, unless there is TLS
// or the settings allow it. Demo data is never served to other machines.
func (c *config) checkAddr() error {
	host, _, err := net.SplitHostPort(c.addr)
	if err != nil {
		return fmt.Errorf("addr %q is not like 127.0.0.1:8080", c.addr)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	if c.demo {
		return fmt.Errorf("addr %s is reached by other machines: demo mode stays on this one", c.addr)
	}
	if c.tlsCert == "" && !c.allowNetwork {
		return fmt.Errorf("addr %s is reached by other machines, and passwords would go there in the clear: "+
			"give --tls-cert and --tls-key, or --allow-network if a proxy in front has TLS", c.addr)
	}
	return nil
}
