package cli

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

const (
	goodPassword  = "sju blinda getter i dimman"
	otherPassword = "en kall trumpet under bron"
)

func TestMain(m *testing.M) {
	db.PasswordMemory = 64 // else hashing takes most of the time
	m.Run()
}

// office returns an environment with a database of its own.
func office(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{"SAMBAND_DATABASE": filepath.Join(t.TempDir(), "samband.db")}
}

// typing returns env with something to read on standard input.
func typing(env map[string]string, stdin string) map[string]string {
	env = maps.Clone(env)
	env["stdin"] = stdin
	return env
}

// does runs a command, given as its words, that must do what it says.
func does(t *testing.T, env map[string]string, words string) (out string) {
	t.Helper()
	out, err := called(t, env, strings.Fields(words)...)
	if err != nil {
		t.Fatalf("samband %s: %v: %s", words, err, out)
	}
	return out
}

// added makes an account with goodPassword.
func added(t *testing.T, env map[string]string, email, role, state string) {
	t.Helper()
	does(t, typing(env, goodPassword+"\n"), fmt.Sprintf("user add --email %s --role %s --state %s --password-stdin", email, role, state))
}

// kept opens the database that the environment names until the test ends.
func kept(t *testing.T, env map[string]string) *db.Store {
	t.Helper()
	store, err := db.Open(t.Context(), env["SAMBAND_DATABASE"])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// trail returns what an auditor reads in the trail, the first row first: who
// did what to what, and whose it is.
func trailRows(t *testing.T, env map[string]string) (rows []string) {
	t.Helper()
	entries, err := kept(t, env).As(models.Everything).Trail(t.Context(), models.AllRights, db.TrailFilter{}, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range slices.Backward(entries) {
		rows = append(rows, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", e.Actor, e.Action, e.Noun, e.State)))
	}
	return rows
}

// leaves runs f and wants these rows to have come to the trail.
func leaves(t *testing.T, env map[string]string, f func(), want ...string) {
	t.Helper()
	before := len(trailRows(t, env))
	f()
	if got := trailRows(t, env)[before:]; !slices.Equal(got, want) {
		t.Errorf("it leaves %q in the trail, want %q", got, want)
	}
}

// signsIn reports whether an account is let in with a password.
func signsIn(t *testing.T, env map[string]string, email, password string) bool {
	t.Helper()
	_, err := kept(t, env).SignIn(t.Context(), email, password, false)
	if err != nil && !errors.Is(err, db.ErrCredentials) {
		t.Fatal(err)
	}
	return err == nil
}

func TestUserAdd(t *testing.T) {
	for name, c := range map[string]struct{ grants, email, state, want string }{
		"a coordinator of one state": {"--role coordinator --state SE", "kari@example.org", "SE", "coordinator:SE"},
		"a partner of all five":      {"--role partner --state all", "kari@example.org", "", "partner:all"},
		"an auditor":                 {"--role auditor --state IS", "kari@example.org", "IS", "auditor:IS"},
		"an administrator":           {"--role administrator --state DK", "kari@example.org", "DK", "administrator:DK"},
		"an address in any case":     {"--role partner --state FI", "Kari@Example.ORG", "FI", "partner:FI"},
		"two grants of two states":   {"--role partner --state NO --role auditor --state FI", "kari@example.org", "", "partner:NO"},
	} {
		t.Run(name, func(t *testing.T) {
			env := office(t)
			var out string
			leaves(t, env, func() {
				out = does(t, typing(env, goodPassword+"\r\n"), "user add --password-stdin --email "+c.email+" "+c.grants)
			}, strings.TrimSpace("local create account "+c.state), strings.TrimSpace("local set_password account "+c.state))
			if !strings.HasPrefix(out, "added kari@example.org as ") || !strings.Contains(out, c.want) || strings.Contains(out, goodPassword) {
				t.Errorf("it says %q", out)
			}
			if !signsIn(t, env, "kari@example.org", goodPassword) || signsIn(t, env, "kari@example.org", goodPassword+"\n") {
				t.Error("the password is not the one that was read")
			}
			a, err := kept(t, env).AccountNamed(t.Context(), "kari@example.org")
			if err != nil || !strings.Contains(a.Rights.String(), c.want) || len(a.Rights) != strings.Count(c.grants, "--role") {
				t.Errorf("the account is %+v, %v", a, err)
			}
		})
	}
}

func TestUserAddRefuses(t *testing.T) {
	env := office(t)
	added(t, env, "taken@example.org", "partner", "FI")
	const may = " --role partner --state SE"
	for name, c := range map[string]struct{ args, stdin, says string }{
		"a role that is none":             {"--email a@example.org --role king --state SE --password-stdin", goodPassword, `"king"`},
		"a role in capitals":              {"--email a@example.org --role Partner --state SE --password-stdin", goodPassword, `"Partner"`},
		"a state that is none":            {"--email a@example.org --role partner --state DE --password-stdin", goodPassword, `"DE"`},
		"an empty state":                  {"--email a@example.org --role partner --state= --password-stdin", goodPassword, "--state"},
		"a role without a state":          {"--email a@example.org --role partner --password-stdin", goodPassword, "each --role needs a --state"},
		"a state without a role":          {"--email a@example.org --state SE --password-stdin", goodPassword, "each --role needs a --state"},
		"neither role nor state":          {"--email a@example.org --password-stdin", goodPassword, "each --role needs a --state"},
		"no e-mail address":               {"--password-stdin" + may, goodPassword, "Email: Fill in this field."},
		"an address that is none":         {"--email kari --password-stdin" + may, goodPassword, "Enter an email address"},
		"an address that is taken":        {"--email taken@example.org --password-stdin" + may, goodPassword, "already has an account"},
		"it taken in other letters":       {"--email TAKEN@example.org --password-stdin" + may, goodPassword, "already has an account"},
		"no password":                     {"--email a@example.org --password-stdin" + may, "", "at least 12"},
		"a short password":                {"--email a@example.org --password-stdin" + may, "gul fjäril\n", "at least 12"},
		"a common password":               {"--email a@example.org --password-stdin" + may, "Password1234!", "harder to guess"},
		"a password of the address":       {"--email solveig@example.org --password-stdin" + may, "solveig i regnet", "Do not use your email address"},
		"a password of two lines":         {"--email a@example.org --password-stdin" + may, goodPassword + "\n" + otherPassword, "password: "},
		"a password longer than any":      {"--email a@example.org --password-stdin" + may, strings.Repeat(goodPassword, 400), "at most 200"},
		"no terminal":                     {"--email a@example.org" + may, goodPassword, "--password-stdin"},
		"a password on the command line":  {"--email a@example.org --password tolv-gröna-hästar" + may, "", "unknown flag: --password"},
		"the same with a sign of equals":  {"--email a@example.org --password=tolv-gröna-hästar" + may, "", "unknown flag: --password"},
		"a password as one word too many": {"--email a@example.org --password-stdin tolv-gröna-hästar" + may, goodPassword, "takes no further words"},
	} {
		leaves(t, env, func() {
			out, err := called(t, typing(env, c.stdin), append([]string{"user", "add"}, strings.Fields(c.args)...)...)
			if err == nil {
				t.Errorf("%s is no failure: %s", name, out)
				return
			}
			said := out + err.Error()
			if !strings.Contains(strings.ToLower(said), strings.ToLower(c.says)) {
				t.Errorf("%s says %q, want %q", name, said, c.says)
			}
			if strings.Contains(said, "tolv-gröna-hästar") || len(c.stdin) > 8 && strings.Contains(said, strings.TrimSpace(c.stdin)) {
				t.Errorf("%s says the password: %q", name, said)
			}
		})
	}
	if out := does(t, env, "user list"); out != "taken@example.org\tpartner:FI\tenabled\n" {
		t.Errorf("the accounts are %q", out)
	}
}

// Without the command line, a password has no other way in than a terminal or
// standard input: no setting names one.
func TestNoSettingIsAPassword(t *testing.T) {
	for _, s := range settings {
		if strings.Contains(s.name, "password") {
			t.Errorf("there is a setting %s", s.name)
		}
	}
}

func TestUserDisableAndEnable(t *testing.T) {
	env := office(t)
	added(t, env, "a@example.org", "coordinator", "NO")
	added(t, env, "b@example.org", "partner", "all")
	token := lastLine(does(t, env, "token add --email a@example.org"))
	leaves(t, env, func() {
		if out := does(t, env, "user disable --email A@example.org"); out != "disabled a@example.org\n" {
			t.Errorf("it says %q", out)
		}
	}, "local update account NO")
	if signsIn(t, env, "a@example.org", goodPassword) || bears(t, env, token) {
		t.Error("a disabled account is let in")
	}
	want := "a@example.org\tcoordinator:NO\tdisabled\nb@example.org\tpartner:all\tenabled\n"
	if out := does(t, env, "user list"); out != want {
		t.Errorf("the accounts are %q, want %q", out, want)
	}
	leaves(t, env, func() { does(t, env, "user enable --email a@example.org") }, "local update account NO")
	if !signsIn(t, env, "a@example.org", goodPassword) || !bears(t, env, token) {
		t.Error("an account that is enabled again is kept out")
	}
	leaves(t, env, func() { does(t, env, "user list") })
}

func TestCommandsOfAccountsThatAreNotThere(t *testing.T) {
	env := office(t)
	added(t, env, "a@example.org", "coordinator", "NO")
	for _, words := range []string{"user disable", "user enable", "user reset --password-stdin", "user reset --link", "token add"} {
		for _, email := range []string{"b@example.org", ""} {
			leaves(t, env, func() {
				out, err := called(t, typing(env, otherPassword), append(strings.Fields(words), "--email", email)...)
				if err == nil || out != "" || !strings.Contains(err.Error(), fmt.Sprintf("there is no account %q", email)) {
					t.Errorf("%s of %q: %q, %v", words, email, out, err)
				}
			})
		}
	}
}

func lastLine(out string) string {
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	return lines[len(lines)-1]
}

// bears reports whether a program is let in with a token.
func bears(t *testing.T, env map[string]string, token string) bool {
	t.Helper()
	_, err := kept(t, env).Bearer(t.Context(), token, models.DateOf(time.Now()))
	return err == nil
}
