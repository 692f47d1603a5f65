package handlers

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/db/trail"
	"samband/models"
	"samband/views"
)

// verifyPath is the page that says of a copy whether it was certified here. It is in the
// QR code of a print.
const verifyPath = views.VerifyPath

// mostSignature bounds a certificate that somebody sends, in bytes.
const mostSignature = 16 << 10

// A shownCopy is what somebody shows to have it verified: any of them.
type shownCopy struct {
	typed       string // a hash, as typed
	name, hash  string // of the file, in hexadecimal
	certificate string // its text
}

// askVerify shows the form, and if the address has a hash, which copy has it.
func (s *server) askVerify(c *gin.Context) error {
	return s.showVerify(c, shownCopy{typed: queryOf(c).text("hash")})
}

// verify says of what was sent whether it was certified here.
func (s *server) verify(c *gin.Context) error {
	shown, err := readShown(c)
	if err != nil {
		return err
	}
	return s.showVerify(c, shown)
}

// readShown reads the form. Of the file only the hash is kept.
func readShown(c *gin.Context) (shown shownCopy, err error) {
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return shown, errBadForm
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return shown, nil
		}
		if err != nil {
			return shown, sent(err)
		}
		if part.FormName() == "file" {
			hash := sha256.New()
			n, err := io.Copy(hash, part)
			if err != nil {
				return shown, sent(err)
			}
			if n > 0 || part.FileName() != "" {
				shown.name, shown.hash = models.Printable(part.FileName(), 200), hex.EncodeToString(hash.Sum(nil))
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, mostSignature+1))
		if err != nil {
			return shown, sent(err)
		}
		switch part.FormName() {
		case "hash":
			shown.typed = strings.ToValidUTF8(string(text), "\uFFFD")
		case "signature", "signature_file":
			shown.certificate = cmp.Or(shown.certificate, strings.TrimSpace(strings.ToValidUTF8(string(text), "\uFFFD")))
		}
	}
}

var (
	hashBreaks = regexp.MustCompile(`[\s\pZ\x{00AD}\x{200B}:.·-]+`)
	wholeHash  = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// hashIn returns the hash that somebody has typed, in groups or not, or in the address of
// the QR code.
func hashIn(typed string) (hash string, whole bool) {
	if _, after, address := strings.Cut(typed, "?hash="); address {
		typed = after
	}
	hash = strings.ToLower(hashBreaks.ReplaceAllString(typed, ""))
	return hash, wholeHash.MatchString(hash)
}

// showVerify says what is found of a copy. Whoever has signed in is told when a copy was
// made, by whom and of which list; the words of its filter, which may name somebody, are
// told only to those who bring them, in the certificate.
func (s *server) showVerify(c *gin.Context, shown shownCopy) error {
	ctx, lang := c.Request.Context(), s.language(c)
	page := views.Verify{Typed: models.Printable(shown.typed, 200), Name: shown.name, FileHash: shown.hash, Most: mostCertified >> 20}
	var problems models.Problems
	hash := ""
	if strings.TrimSpace(shown.typed) != "" {
		whole := false
		if hash, whole = hashIn(shown.typed); !whole {
			problem(&problems, "hash", "problem.hash", "n", len([]rune(hash)))
			hash = ""
		}
	}
	if c.Request.Method == http.MethodPost && shown == (shownCopy{}) {
		problem(&problems, "hash", "problem.nothing_shown")
	}
	if page.Problems = s.site.Problems(lang, problems); len(problems) > 0 {
		return show(s, c, http.StatusUnprocessableEntity, views.VerifyPage, page)
	}
	certificate, err := s.judge(ctx, &page, shown)
	if err != nil {
		return err
	}
	if hash != "" && (shown.hash != "" && hash != shown.hash || certificate != "" && hash != certificate) {
		page.Say(false, "verify.other_hash")
	}
	if hash = cmp.Or(shown.hash, certificate, hash); hash != "" {
		if err := s.findCertified(ctx, lang, &page, hash); err != nil {
			return err
		}
	}
	return show(s, c, http.StatusOK, views.VerifyPage, page)
}

// faultKeys are the sentences about what is wrong with a certificate.
var faultKeys = map[trail.Fault]string{trail.Changed: "verify.changed", trail.Forged: "verify.forged", trail.OtherKey: "verify.other_key", trail.Untold: "verify.untold"}

// judge says what is to be said of a certificate, if there is one, and returns the hash
// that it is about.
func (s *server) judge(ctx context.Context, page *views.Verify, shown shownCopy) (hash string, err error) {
	if shown.certificate == "" {
		return "", nil
	}
	got, err := trail.ParseCertificate([]byte(shown.certificate))
	if err != nil {
		key := "verify.no_certificate"
		if errors.Is(err, trail.ErrCertificateNewer) {
			key = "verify.newer"
		}
		page.Say(false, key)
		return "", nil
	}
	key, err := s.store.SealKey(ctx)
	if err != nil {
		return "", err
	}
	kept, err := s.store.TellsOf(ctx, got)
	if err != nil {
		return "", err
	}
	faults := got.Faults(shown.hash, key, kept)
	for _, f := range faults {
		page.Say(false, faultKeys[f])
	}
	if len(faults) == 0 {
		page.Say(true, "verify.genuine")
	}
	if !slices.Contains(faults, trail.Forged) && !slices.Contains(faults, trail.OtherKey) {
		said := certificateShown(got)
		page.Certificate = &said
	}
	return got.SHA256, nil
}

// findCertified says which copies with a hash were certified here.
func (s *server) findCertified(ctx context.Context, lang string, page *views.Verify, hash string) error {
	found, err := s.store.CertifiedAs(ctx, hash)
	if err != nil {
		return err
	}
	page.Hash = hash
	switch {
	case len(found) > 0 && page.FileHash == hash:
		page.Say(true, "verify.unchanged")
	case len(found) > 0:
		page.Say(true, "verify.known")
	case page.FileHash == hash:
		page.Say(false, "verify.unknown_file")
	default:
		page.Say(false, "verify.unknown")
	}
	for _, one := range found {
		line, err := s.certifiedLine(ctx, lang, one)
		if err != nil {
			return err
		}
		if page.Certificate == nil || line.Row != page.Certificate.Row { // of that one the certificate tells more
			page.Found = append(page.Found, line)
		}
	}
	return nil
}

// certifiedLine is what whoever has signed in is told of a copy.
func (s *server) certifiedLine(ctx context.Context, lang string, one db.Certified) (views.CertifiedLine, error) {
	a, err := s.store.Account(ctx, one.Account)
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return views.CertifiedLine{}, err
	}
	made, err := time.Parse(trail.Instants, one.Made)
	if err != nil {
		return views.CertifiedLine{}, err
	}
	asked, err := url.ParseQuery(one.Filter)
	if err != nil {
		return views.CertifiedLine{}, err
	}
	nobody := models.NewDirectory(models.Delta{})
	return views.CertifiedLine{List: one.List, On: one.On, Known: one.Known, Rows: one.Rows, Made: made, By: a.Email, Revision: one.Revision, Row: one.Row,
		Filter: s.site.AskedInWords(lang, nobody, asked), Words: one.Asked}, nil
}
