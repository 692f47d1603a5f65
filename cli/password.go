package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"samband/db"
	"samband/models"
)

// password reads a new password, and returns its hash.
func (p *program) password(ctx context.Context, fs *pflag.FlagSet, email string) (hash string, err error) {
	var password string
	if stdin, _ := fs.GetBool("password-stdin"); stdin {
		b, err := io.ReadAll(io.LimitReader(p.in, 4096))
		if err != nil {
			return "", err
		}
		password = strings.TrimRight(string(b), "\r\n")
	} else if password, err = p.askPassword(); err != nil {
		return "", err
	}
	if err := models.CheckPassword(password, email).Err(); err != nil {
		return "", inWords(err)
	}
	return db.HashPassword(ctx, password)
}

// askPassword asks for a password at the terminal, twice.
func (p *program) askPassword() (string, error) {
	f, ok := p.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", errors.New("there is no terminal to ask for a password at: give --password-stdin")
	}
	var typed [2][]byte
	for i, prompt := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(p.err, prompt)
		var err error
		if typed[i], err = term.ReadPassword(int(f.Fd())); err != nil {
			return "", err
		}
		fmt.Fprintln(p.err)
	}
	if !bytes.Equal(typed[0], typed[1]) {
		return "", errors.New("the two are not the same")
	}
	return string(typed[0]), nil
}
