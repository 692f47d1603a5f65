package trail

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// A Certificate says, signed with the key of the seal, of which list of which directory
// a file is a copy, and who made it when. Whoever has the file and the certificate can
// tell, without the database, that the file is still what it was.
type Certificate struct {
	Version   int    `json:"samband_certificate"` // CertificateVersion
	File      string `json:"file"`                // the name that the file came with
	SHA256    string `json:"sha256"`              // of the file, in hexadecimal
	Bytes     int64  `json:"bytes"`
	List      string `json:"list"`    // "postings"
	Address   string `json:"address"` // at which the list is asked for again
	On        string `json:"on"`      // the day as of which the list is
	Known     string `json:"known"`   // the day at whose end this was recorded, "" for the instant at which it was made
	Rows      int    `json:"rows"`
	Made      string `json:"made"`   // RFC 3339, UTC
	By        string `json:"by"`     // the account's address
	Rights    string `json:"rights"` // of the account: a copy holds what they let it see
	Revision  int64  `json:"revision"`
	Row       int64  `json:"trail_row"`  // the row of the trail that tells of the copy,
	Head      string `json:"trail_head"` // and its hash, which holds those of all rows before it
	Key       string `json:"key"`        // the public key, Ed25519, in base64
	Signature string `json:"signature"`
}

// CertificateVersion is the version of certificates that this program writes and reads.
const CertificateVersion = 1

// The errors of ParseCertificate.
var (
	ErrNoCertificate    = errors.New("this is no certificate, or it was changed")
	ErrCertificateNewer = errors.New("this certificate is of another version of Samband")
)

// statement returns what is signed: a line for each field, under its name in JSON.
func (c Certificate) statement() []byte {
	var b bytes.Buffer
	b.WriteString("samband certificate\n")
	for _, f := range []struct {
		name  string
		value any
	}{
		{"samband_certificate", c.Version}, {"file", c.File}, {"sha256", c.SHA256}, {"bytes", c.Bytes}, {"list", c.List}, {"address", c.Address},
		{"on", c.On}, {"known", c.Known}, {"rows", c.Rows}, {"made", c.Made}, {"by", c.By}, {"rights", c.Rights},
		{"revision", c.Revision}, {"trail_row", c.Row}, {"trail_head", c.Head},
	} {
		fmt.Fprintf(&b, "%s: %v\n", f.name, f.value)
	}
	return b.Bytes()
}

// Sign signs the certificate with the key made from a seed, and puts the public key in
// it.
func (c *Certificate) Sign(seed []byte) {
	c.Version, c.Key = CertificateVersion, PublicKey(seed)
	c.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(ed25519.NewKeyFromSeed(seed), c.statement()))
}

// Genuine reports whether the certificate's own key signed it. Whose key that is, is
// another question.
func (c Certificate) Genuine() bool {
	key, signature := strict(c.Key), strict(c.Signature)
	return len(key) == ed25519.PublicKeySize && c.sound() && ed25519.Verify(key, c.statement(), signature)
}

// strict decodes base64 that is written in the one way in which Sign writes it, and
// returns nil for any other.
func strict(text string) []byte {
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil || base64.StdEncoding.EncodeToString(b) != text {
		return nil
	}
	return b
}

var sum = regexp.MustCompile(`^[0-9a-f]{64}$`)

// sound reports whether no field can be taken for another one: none breaks its line.
func (c Certificate) sound() bool {
	for _, text := range []string{c.File, c.List, c.Address, c.On, c.Known, c.Made, c.By, c.Rights} {
		if strings.ContainsFunc(text, unicode.IsControl) {
			return false
		}
	}
	return sum.MatchString(c.SHA256) && sum.MatchString(c.Head)
}

// Encode returns the certificate as it is kept beside its file: as JSON, for people to
// read too.
func (c Certificate) Encode() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(c) // texts and numbers never fail
	return b.Bytes()
}

// ParseCertificate reads what Encode has written: that, and nothing else, so that nobody
// can put beside the signed fields what is not signed. Only the ends of lines may be
// others, since forms and mail change them. It does not look at the signature.
func ParseCertificate(text []byte) (c Certificate, err error) {
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	text = bytes.Trim(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), " \r\n\t")
	var head struct {
		Version int `json:"samband_certificate"`
	}
	if json.Unmarshal(text, &head) != nil || head.Version == 0 {
		return c, ErrNoCertificate
	}
	if head.Version != CertificateVersion {
		return c, ErrCertificateNewer
	}
	if json.Unmarshal(text, &c) != nil || !bytes.Equal(bytes.TrimSpace(c.Encode()), text) {
		return Certificate{}, ErrNoCertificate
	}
	return c, nil
}

// A Fault is why a certificate, or a file with it, is not to be believed.
type Fault string

// The faults.
const (
	Changed  Fault = "changed"   // the file is not the one that was certified
	Forged   Fault = "forged"    // the signature is none of what the certificate says
	OtherKey Fault = "other_key" // it was signed with another key
	Untold   Fault = "untold"    // the trail does not tell of the copy
)

// Faults returns what is wrong with a certificate, given the SHA-256 of the file, "" if
// there is no file to look at; the public key of the seal that should have signed it; and
// whether the trail tells of it, true if there is no trail to ask.
func (c Certificate) Faults(hash, key string, told bool) (all []Fault) {
	if hash != "" && hash != c.SHA256 {
		all = append(all, Changed)
	}
	if !c.Genuine() {
		all = append(all, Forged)
	}
	if c.Key != key {
		all = append(all, OtherKey)
	}
	if !told {
		all = append(all, Untold)
	}
	return all
}
