package views

import (
	"bytes"
	"compress/gzip"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"samband/assets"
	"samband/models"
)

// dutyIterations is how slow the key of a duty copy is made: rounds of PBKDF2, which is
// the one slow key that browsers make by themselves. OWASP asks for 600,000 (2023); this
// is half a second of an ordinary laptop.
const dutyIterations = 1_000_000

// A dutyFile is what the template of a duty copy is given.
type dutyFile struct {
	Site           *Site
	Made, Until    models.Date
	Header, Sealed string
	Policy         string
	Style          template.CSS
	Script         template.JS
}

// dutyScript and dutyStyle are what every duty copy has in it, as in assets.
var (
	dutyScript = assets.Text("duty_open.js", "duty_find.js", "duty_show.js", "duty.js")
	dutyStyle  = assets.Text("duty.css")
)

// dutyPolicy lets that script and style run, nothing else, and nothing be loaded.
var dutyPolicy = fmt.Sprintf("default-src 'none'; script-src '%s'; style-src '%s'; base-uri 'none'; form-action 'none'", policyHash(dutyScript), policyHash(dutyStyle))

func policyHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// DutyFile writes a duty copy as one HTML file, which shows nothing of it without the
// passphrase, and nothing after its last day by the clock of the machine on which it is
// opened.
func (s *Site) DutyFile(w io.Writer, lang string, c *DutyCopy, passphrase string) error {
	packed, err := gzipped(c.data)
	if err != nil {
		return err
	}
	header, sealed, err := sealDuty(packed, passphrase, c.Days)
	if err != nil {
		return fmt.Errorf("views: %w", err)
	}
	err = s.tongue(lang).duty.Execute(w, dutyFile{s, c.Days.First, c.Days.Last, header, sealed, dutyPolicy, template.CSS(dutyStyle), template.JS(dutyScript)})
	if err != nil {
		return fmt.Errorf("views: %w", err)
	}
	return nil
}

func gzipped(data []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(data)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	return b.Bytes(), nil
}

// sealDuty encrypts data with a passphrase: AES-256-GCM, its key by PBKDF2 with
// HMAC-SHA-256. The header says how, and the first and the last day; it is not secret, and
// data cannot be opened with another one. Its parts have a space between them.
func sealDuty(data []byte, passphrase string, days models.Period) (header, sealed string, err error) {
	text := base64.RawURLEncoding.EncodeToString
	salt, nonce := make([]byte, 16), make([]byte, 12)
	rand.Read(salt) // never fails
	rand.Read(nonce)
	key, err := pbkdf2.Key(sha256.New, norm.NFC.String(passphrase), salt, dutyIterations, 32)
	if err != nil {
		return "", "", err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", "", err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", "", err
	}
	header = strings.Join([]string{"samband-duty-copy", "1", strconv.Itoa(dutyIterations), text(salt), text(nonce), days.First.String(), days.Last.String()}, " ")
	return header, text(gcm.Seal(nil, nonce, data, []byte(header))), nil
}
