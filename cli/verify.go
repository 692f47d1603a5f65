package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/db/trail"
)

var verifyCommand = command{
	name: "verify", args: "FILE", summary: "say of a certified copy when it was made, by whom, and whether it is unchanged",
	example: "samband verify postings-2026-11-23.csv --sig postings-2026-11-23.csv.sig", flags: verifyCopyFlags, run: verifyCopy,
}

func verifyCopyFlags(fs *pflag.FlagSet) {
	fs.String("sig", "", "`file` with the certificate (default: that of the copy, with .sig after its name)")
	fs.String("key", "", "public `key` of the seal in base64, to verify without the database")
}

// verifyCopy compares a copy with its certificate, and the certificate with the seal and
// the trail of the database or, given a key, with that key alone. It fails with each
// reason why the copy is not to be believed.
func verifyCopy(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	file := fs.Arg(0)
	sig, _ := fs.GetString("sig")
	key, _ := fs.GetString("key")
	if sig == "" {
		sig = file + ".sig"
	}
	hash, err := sumOf(file)
	if err != nil {
		return err
	}
	c, err := readCertificate(sig)
	if err != nil {
		return err
	}
	seal, told := "the key that was given", true
	if key == "" {
		seal = "the seal of this database"
		err := p.looking(ctx, func(store *db.Store) (err error) {
			if key, err = store.SealKey(ctx); err == nil {
				told, err = store.TellsOf(ctx, c)
			}
			return err
		})
		if errors.Is(err, db.ErrNotThere) {
			return fmt.Errorf("%w: name the database with --database, or the public key of its seal with --key", err)
		}
		if err != nil {
			return err
		}
	}
	faults := c.Faults(hash, key, told)
	if len(faults) > 0 {
		return notBelieved(file, hash, seal, c, faults)
	}
	fmt.Fprintf(p.out, "%s is unchanged: SHA-256 %s\n%s", file, hash, inPlainWords(c))
	if seal == "the seal of this database" {
		_, err = fmt.Fprintf(p.out, "signed by %s, whose trail tells of it (samband audit verify checks the whole trail)\n", seal)
	} else {
		_, err = fmt.Fprintf(p.out, "signed by %s; no trail was asked\n", seal)
	}
	return err
}

// inPlainWords says what a certificate says.
func inPlainWords(c trail.Certificate) string {
	as := "as recorded then"
	if c.Known != "" {
		as = "as recorded at the end of " + c.Known
	}
	return fmt.Sprintf("made %s by %s (%s)\nof the list %s on %s, %s: %d rows\n%s\nof revision %d; row %d of the trail tells of it, and its hash is %s\n",
		c.Made, c.By, c.Rights, c.List, c.On, as, c.Rows, c.Address, c.Revision, c.Row, c.Head)
}

// notBelieved is the error of a copy with faults. What the certificate says is told with
// it only if the seal has signed it.
func notBelieved(file, hash, seal string, c trail.Certificate, faults []trail.Fault) error {
	var why []string
	genuine := true
	for _, f := range faults {
		switch f {
		case trail.Changed:
			why = append(why, fmt.Sprintf("changed: its SHA-256 is %s, and %s was certified%s", hash, c.SHA256, savedAnew(file, c.SHA256)))
		case trail.Forged:
			why, genuine = append(why, "forged: the signature is none of what the certificate says"), false
		case trail.OtherKey:
			why, genuine = append(why, fmt.Sprintf("another key: it was signed by %q, which is not %s", c.Key, seal)), false
		case trail.Untold:
			why = append(why, fmt.Sprintf("another directory: the trail has no row %d of revision %d with this hash that tells of the copy", c.Row, c.Revision))
		}
	}
	said := file + " is not confirmed:\n  " + strings.Join(why, "\n  ")
	if genuine {
		said += "\nthe certificate itself is genuine:\n" + strings.TrimSpace(inPlainWords(c))
	}
	return errors.New(said)
}

func sumOf(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// mostCertificate bounds a certificate, in bytes.
const mostCertificate = 16 << 10

func readCertificate(file string) (c trail.Certificate, err error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("there is no certificate %s: name it with --sig", file)
	}
	if err != nil {
		return c, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostCertificate))
	if err != nil {
		return c, err
	}
	if c, err = trail.ParseCertificate(text); err != nil {
		err = fmt.Errorf("%s: %w", file, err)
	}
	return c, err
}

// mostSavedAnew bounds the files of which it is said what may have been done to them, in
// bytes.
const mostSavedAnew = 64 << 20

// savedAnew says what mail or a spreadsheet has done to a file, if that alone makes it
// another one: it may have changed the ends of lines, or put a byte order mark before
// them. The file is changed all the same.
func savedAnew(file, certified string) string {
	info, err := os.Stat(file)
	if err != nil || info.Size() > mostSavedAnew {
		return ""
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	for _, ends := range []string{"\n", "\r\n"} {
		if db.HashOf(bytes.ReplaceAll(b, []byte("\n"), []byte(ends))) == certified {
			return ". Only ends of lines or a byte order mark differ, as if mail or a spreadsheet had saved it anew: take the file from the ZIP again"
		}
	}
	return ""
}
