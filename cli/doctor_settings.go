package cli

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"samband/db"
	"samband/models"
)

// settingsExamined checks that the settings work, and reports those that are
// not safe.
func settingsExamined(_ context.Context, who *patient) (found []diagnosis) {
	must := func(bad bool, state, todo string) {
		if bad {
			found = append(found, diagnosis{failing, state, todo})
		}
	}
	should := func(bad bool, state, todo string) {
		if bad {
			found = append(found, diagnosis{notice, state, todo})
		}
	}
	if _, err := who.check(); err != nil {
		must(true, err.Error(), "samband serve does not start with it: mend the setting")
	}
	if err := who.checkAddr(); err != nil {
		must(true, err.Error(), "samband serve does not start with it: mend the setting")
	}
	if _, err := who.certificates(); err != nil {
		must(true, err.Error(), "give the certificate and the key that belong together")
	}
	should(who.demo, "demo offers everybody an account with one click", "leave SAMBAND_DEMO out where the data are real")
	base, _ := url.Parse(who.baseURL)
	must(who.allowNetwork && !who.secure(), "allow-network without an https:// base-url: passwords may go in the clear, and cookies are not marked secure",
		"set SAMBAND_BASE_URL to the https:// address that the proxy in front serves")
	should(base != nil && base.Scheme == "http" && !loopback(base.Hostname()), "base-url is http://: links and sessions go in the clear",
		"serve by TLS, and set SAMBAND_BASE_URL to the https:// address")
	for _, proxy := range who.trustedProxies {
		should(everybody(proxy), fmt.Sprintf("trusted-proxies has %s: anybody can say where a request comes from", proxy), "name the proxies' own addresses only")
	}
	missing := slices.DeleteFunc([]string{string(models.Coordinator), string(models.Administrator)}, func(role string) bool { return slices.Contains(who.secondFactor, role) })
	should(len(missing) > 0, "no second factor is asked of: "+strings.Join(missing, ", "), "SAMBAND_SECOND_FACTOR=coordinator,administrator")
	should(who.apiRate == 0, "api-rate is 0: one caller can take all of the server", "leave SAMBAND_API_RATE at 100, or near it")
	should(who.sessionIdle > 12*time.Hour, fmt.Sprintf("a session that nobody uses lasts %s", who.sessionIdle), "set SAMBAND_SESSION_IDLE to an hour or so")
	should(who.sessionLifetime > 7*24*time.Hour, fmt.Sprintf("a session lasts %s", who.sessionLifetime), "set SAMBAND_SESSION_LIFETIME to a day or less")
	should(who.retentionMonths == 0, "names of officers are kept for ever", "set SAMBAND_RETENTION_MONTHS to what your law says")
	should(who.oidc.issuer != "" && !strings.HasPrefix(who.oidc.issuer, "https://"), "oidc-issuer is not https://", "give the provider's https:// address")
	server, _ := who.smtpServer()
	should(server != nil && !server.tls && server.policy == mail.NoTLS && !loopback(server.host), "smtp has tls=none: mails go in the clear", "leave tls=none out, or use smtps://")
	should(server != nil && !who.secure(), "mails are sent, and base-url is not https://: mail programs do not offer to unsubscribe", "set SAMBAND_BASE_URL to the https:// address")
	must(unencrypted(who.database), "the connection to the database server is not encrypted", "add sslmode=verify-full to the postgres:// address")
	return found
}

// loopback reports whether a host is this machine's own.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// everybody reports whether a network is far too large to hold only somebody's
// proxies.
func everybody(network string) bool {
	prefix, err := netip.ParsePrefix(network)
	return err == nil && (prefix.Bits() < 8 || prefix.Addr().Is6() && prefix.Bits() < 16)
}

// unencrypted reports whether the connection to a database server on another
// machine may do without TLS.
func unencrypted(database string) bool {
	return slices.ContainsFunc(db.PlainHosts(database), func(host string) bool {
		return !loopback(host) && !strings.HasPrefix(host, "/") // which is a socket
	})
}
