// Package cli is the command line of Samband: its settings, and one file for each
// command.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"samband/models"
	"samband/views"
)

// A program is what a command runs with: the settings, and its input and
// output.
type program struct {
	config
	version  string
	in       io.Reader
	out, err io.Writer
}

// A command is one thing that samband does.
type command struct {
	name, args, summary, example string
	flags                        func(*pflag.FlagSet)
	alone                        string // a flag with which it takes no further words
	run                          func(ctx context.Context, p *program, fs *pflag.FlagSet) error
}

// commands are all that samband does, in the order in which help lists them.
var commands = []command{
	serveCommand,
	importCommand,
	exportCommand,
	backupCommand,
	restoreCommand,
	doctorCommand,
	demoCommand,
	userAddCommand,
	userListCommand,
	userDisableCommand,
	userEnableCommand,
	userResetCommand,
	tokenAddCommand,
	tokenListCommand,
	tokenRevokeCommand,
	verifyCommand,
	auditVerifyCommand,
	auditSealCommand,
	retentionCommand,
	versionCommand,
}

// errExplained is a failure that the user has already been told about.
var errExplained = errors.New("explained")

// Main runs the program of the given version with the arguments of the process,
// and returns its exit status: 0 only if it did what was asked. If the process
// is interrupted or terminated, it ends early and cleanly.
func Main(version string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{version: version, in: os.Stdin, out: os.Stdout, err: os.Stderr}
	err := p.run(ctx, os.Args[1:], os.LookupEnv)
	switch {
	case err == nil:
		return 0
	case !errors.Is(err, errExplained):
		fmt.Fprintln(os.Stderr, "samband:", err)
	}
	return 1
}

// run runs the command that args name. A nil error means that it did what was
// asked.
func (p *program) run(ctx context.Context, args []string, env func(string) (string, bool)) error {
	if len(args) == 0 {
		printCommands(p.err)
		return errExplained
	}
	if args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		printCommands(p.out)
		return nil
	}
	for _, c := range commands {
		words := strings.Fields(c.name)
		if len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return c.call(ctx, p, args[len(words):], env)
		}
	}
	fmt.Fprintf(p.err, "samband: there is no command %q\n\n", strings.Join(args[:min(len(args), 2)], " "))
	printCommands(p.err)
	return errExplained
}

// today is the date in the configured zone.
func (p *program) today() (models.Date, error) {
	zone, err := p.check()
	if err != nil {
		return 0, err
	}
	return models.DateOf(time.Now().In(zone)), nil
}

// inWords returns an error that says models.Problems in English, and any other
// error as it is.
func inWords(err error) error {
	problems, ok := errors.AsType[models.Problems](err)
	if !ok {
		return err
	}
	site, bad := views.New(views.Options{})
	if bad != nil {
		return bad
	}
	var said []string
	for _, p := range site.Problems("en", problems) {
		said = append(said, p.Label+": "+p.Text)
	}
	return errors.New(strings.Join(said, "; "))
}

// call reads flags and settings, and runs the command.
func (c command) call(ctx context.Context, p *program, args []string, env func(string) (string, bool)) error {
	fs := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.SortFlags = false
	if c.flags != nil {
		c.flags(fs)
	}
	own := fs.FlagUsages()
	if err := bindSettings(fs, &p.config, env); err != nil {
		return err
	}
	switch err := fs.Parse(args); {
	case errors.Is(err, pflag.ErrHelp):
		c.printHelp(p.out, fs, own)
		return nil
	case err != nil:
		return fmt.Errorf("%w (samband %s -h explains)", err, c.name)
	case c.alone != "" && fs.Changed(c.alone) && len(fs.Args()) == 0:
	case len(fs.Args()) != len(strings.Fields(c.args)):
		return fmt.Errorf("samband %s takes %s (samband %s -h explains)", c.name, orNothing(c.args), c.name)
	}
	return c.run(ctx, p, fs)
}

func orNothing(args string) string {
	if args == "" {
		return "no further words"
	}
	return "just " + args
}

func (c command) printHelp(w io.Writer, fs *pflag.FlagSet, own string) {
	fmt.Fprintf(w, "samband %s: %s\n\nUsage:\n  samband %s\n\nExample:\n  %s\n",
		c.name, c.summary, strings.Join(strings.Fields(c.name+" "+c.args+" [flags]"), " "), c.example)
	if own != "" {
		fmt.Fprintf(w, "\nFlags:\n%s", own)
	}
	printSettings(w, fs)
}

func printCommands(w io.Writer) {
	fmt.Fprint(w, "Samband: the directory of Nordic liaison officers.\n\nUsage:\n  samband COMMAND [flags]\n\nCommands:\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-12s %s\n", strings.TrimSpace(c.name+" "+c.args), c.summary)
	}
	fmt.Fprint(w, "\nsamband COMMAND -h explains a command and lists the settings.\n")
}
