package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/db/trail"
	"samband/models"
)

// copied makes a certified copy in a folder, and returns the paths of the file and of its
// certificate.
func copied(t *testing.T, env map[string]string, text string) (c trail.Certificate, file, sig string) {
	t.Helper()
	added(t, env, "anna@example.org", "partner", "FI")
	store := kept(t, env)
	accounts, err := store.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c = trail.Certificate{File: "postings.csv", List: "postings", SHA256: db.HashOf([]byte(text)), Bytes: int64(len(text)), Rows: 2, Address: "https://samband.example.org/postings.csv"}
	err = store.Write(t.Context(), db.Actor{Account: accounts[0].ID, Rights: accounts[0].Rights}, func(tx *db.Tx) (err error) {
		c, err = tx.Certify(c, db.Certified{On: models.Date(739_943)}, "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "postings.csv")
	sig = file + ".sig"
	written(t, file, text)
	written(t, sig, string(c.Encode()))
	return c, file, sig
}

func written(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const copyText = "posting,note\r\nbangkok,a\r\nhanoi,\"b\r\nc\"\r\n"

func TestVerifyACopy(t *testing.T) {
	env := office(t)
	c, file, sig := copied(t, env, copyText)
	rows := len(rowIDs(t, env))
	says := []string{"is unchanged", c.SHA256, "made " + c.Made + " by anna@example.org (partner:FI)", "of the list postings on " + c.On, "2 rows", c.Head}
	out := does(t, env, "verify "+file)
	for _, want := range append(says, "signed by the seal of this database, whose trail tells of it") {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q: %s", want, out)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "kept.json")
	if err := os.Rename(sig, elsewhere); err != nil {
		t.Fatal(err)
	}
	nowhere := map[string]string{"SAMBAND_DATABASE": filepath.Join(t.TempDir(), "none.db")}
	out = does(t, nowhere, "verify "+file+" --sig "+elsewhere+" --key "+c.Key)
	for _, want := range append(says, "signed by the key that was given; no trail was asked") {
		if !strings.Contains(out, want) {
			t.Errorf("without a database it does not say %q: %s", want, out)
		}
	}
	if _, err := os.Stat(nowhere["SAMBAND_DATABASE"]); err == nil {
		t.Error("it has made a database")
	}
	refuses(t, env, "verify "+file, "there is no certificate "+sig+": name it with --sig")
	refuses(t, env, "verify "+file+".none --sig "+elsewhere, "no such file")
	if _, err := called(t, nowhere, "verify", file, "--sig", elsewhere); err == nil || !strings.Contains(err.Error(), "--key") {
		t.Errorf("without database and key: %v", err)
	}
	if out := does(t, env, "audit verify"); !strings.HasPrefix(out, "the trail is whole") || len(rowIDs(t, env)) != rows {
		t.Errorf("it says %q, and there are %d rows", out, len(rowIDs(t, env)))
	}
}

func TestVerifyACopyThatWasChanged(t *testing.T) {
	env := office(t)
	c, file, sig := copied(t, env, copyText)
	for i := range copyText {
		changed := []byte(copyText)
		changed[i] ^= 1
		written(t, file, string(changed))
		_, err := called(t, env, "verify", file)
		if err == nil || !strings.Contains(err.Error(), "changed: its SHA-256 is") || !strings.Contains(err.Error(), "the certificate itself is genuine:\nmade ") {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
	for name, text := range map[string]string{"line ends": strings.ReplaceAll(copyText, "\r\n", "\n"), "a byte order mark": "\uFEFF" + copyText, "both": "\uFEFF" + strings.ReplaceAll(copyText, "\r\n", "\n")} {
		written(t, file, text)
		if _, err := called(t, env, "verify", file); err == nil || !strings.Contains(err.Error(), "Only ends of lines or a byte order mark differ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{"", copyText + "\r\n", copyText[:20]} {
		written(t, file, text)
		if _, err := called(t, env, "verify", file); err == nil || strings.Contains(err.Error(), "Only ends") {
			t.Errorf("%q: %v", text, err)
		}
	}
	written(t, file, copyText)
	text := c.Encode()
	for i := range text {
		changed := slices.Clone(text)
		changed[i] ^= 1
		if got, err := trail.ParseCertificate(changed); err == nil && len(got.Faults(c.SHA256, c.Key, true)) == 0 {
			t.Fatalf("byte %d of the certificate: it is taken", i)
		}
		if i%97 == 0 {
			written(t, sig, string(changed))
			if out, err := called(t, env, "verify", file); err == nil || strings.Contains(out+err.Error(), "made ") {
				t.Errorf("byte %d of the certificate: %s, %v", i, out, err)
			}
		}
	}
}

func TestVerifyACopyOfSomebodyElse(t *testing.T) {
	env, other := office(t), office(t)
	c, file, sig := copied(t, env, copyText)
	theirs, _, _ := copied(t, other, copyText)
	for name, x := range map[string]struct {
		text string
		env  map[string]string
		more []string
		says []string
	}{
		"another database": {string(c.Encode()), other, nil, []string{"another key", "another directory"}},
		"another key":      {string(c.Encode()), env, []string{"--key", theirs.Key}, []string{"another key", "not the key that was given"}},
		"no key":           {string(c.Encode()), env, []string{"--key", "x"}, []string{"another key"}},
		"a copy of theirs": {string(theirs.Encode()), env, nil, []string{"another key"}},
		"a forged one": {string(func() []byte { f := c; f.By = "king@example.org"; return f.Encode() }()), env, nil,
			[]string{"forged: the signature is none of what the certificate says"}},
		"signed anew with another key": {string(func() []byte { f := c; f.By = "king@example.org"; f.Sign(make([]byte, 32)); return f.Encode() }()), env, nil, []string{"another key"}},
		"no certificate":               {"hello", env, nil, []string{"this is no certificate"}},
		"of another version":           {strings.Replace(string(c.Encode()), `certificate": 1`, `certificate": 7`, 1), env, nil, []string{"of another version"}},
	} {
		written(t, sig, x.text)
		out, err := called(t, x.env, append([]string{"verify", file}, x.more...)...)
		if err == nil || out != "" {
			t.Errorf("%s: %s, %v", name, out, err)
			continue
		}
		for _, want := range x.says {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: it does not say %q: %v", name, want, err)
			}
		}
		if strings.Contains(err.Error(), "by king@") {
			t.Errorf("%s: it believes %v", name, err)
		}
	}
	// A database whose trail was cut short and written anew does not tell of the copy.
	written(t, sig, string(c.Encode()))
	behind(t, env, "UPDATE audit SET hash = ? WHERE id = ?", []byte("x"), c.Row)
	if _, err := called(t, env, "verify", file); err == nil || !strings.Contains(err.Error(), "another directory") || !strings.Contains(err.Error(), "genuine:") {
		t.Error(err)
	}
}
