package main

import (
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

const wordsOfA = "nine lanterns over Tórshavn"

// A shell is where the commands of a test are called: on a database of its own.
type shell struct {
	t   *testing.T
	env map[string]string
	raw *sql.DB // a look behind the store
}

func newShell(t *testing.T) shell {
	t.Helper()
	file := filepath.Join(t.TempDir(), "samband.db")
	raw, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	sh := shell{t, map[string]string{"SAMBAND_DATABASE": file}, raw}
	sh.does("user list") // makes the tables
	return sh
}

// call runs a command line, whose words have no space in them. What it prints
// never holds a password.
func (sh shell) call(line, stdin string) (out string, err error) {
	sh.t.Helper()
	env := maps.Clone(sh.env)
	env["stdin"] = stdin
	out, err = called(sh.t, env, strings.Fields(line)...)
	said := out
	if err != nil {
		said += err.Error()
	}
	if password := strings.TrimRight(stdin, "\r\n"); len(password) > 3 && strings.Contains(said, password) || strings.Contains(said, "argon2id") {
		sh.t.Errorf("%s prints a password: %s", line, said)
	}
	return out, err
}

func (sh shell) does(line string) string { sh.t.Helper(); return sh.reads(line, "") }

// reads runs a command that gets something from standard input, and wants it
// to succeed.
func (sh shell) reads(line, stdin string) string {
	sh.t.Helper()
	out, err := sh.call(line, stdin)
	if err != nil {
		sh.t.Fatalf("%s: %v: %s", line, err, out)
	}
	return out
}

// refuses wants a command to fail, to say why, and to leave nothing.
func (sh shell) refuses(line, stdin, says string) {
	sh.t.Helper()
	rows, accounts := sh.count("audit"), sh.count("accounts")
	out, err := sh.call(line, stdin)
	if err == nil {
		sh.t.Errorf("%s is no failure: %s", line, out)
	} else if said := out + err.Error(); !strings.Contains(said, says) {
		sh.t.Errorf("%s says %q, want %q", line, said, says)
	}
	if sh.count("audit") != rows || sh.count("accounts") != accounts {
		sh.t.Errorf("%s is refused and leaves %v", line, sh.since(rows))
	}
}

func (sh shell) count(table string) (n int) {
	sh.t.Helper()
	if err := sh.raw.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
		sh.t.Fatal(err)
	}
	return n
}

// since returns the rows of the trail but for the first so many.
func (sh shell) since(n int) (all []string) {
	sh.t.Helper()
	rows, err := sh.raw.Query(fmt.Sprintf("SELECT action, noun, actor FROM audit ORDER BY id LIMIT -1 OFFSET %d", n))
	if err != nil {
		sh.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var action, noun, actor string
		if err := rows.Scan(&action, &noun, &actor); err != nil {
			sh.t.Fatal(err)
		}
		all = append(all, action+" "+noun+" by "+actor)
	}
	return all
}

// leaves runs a command and wants it to leave these rows in the trail.
func (sh shell) leaves(line, stdin string, want ...string) (out string) {
	sh.t.Helper()
	rows := sh.count("audit")
	out = sh.reads(line, stdin)
	got := sh.since(rows)
	if len(got) != len(want) {
		sh.t.Fatalf("%s leaves %q, want %q", line, got, want)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]+" by ") || strings.HasSuffix(got[i], " by ") {
			sh.t.Errorf("%s leaves %q, want %q", line, got, want)
		}
	}
	return out
}

func (sh shell) wholeTrail(args ...string) {
	sh.t.Helper()
	if out := sh.does(strings.Join(append([]string{"audit verify"}, args...), " ")); !strings.Contains(out, "the trail is whole: ") {
		sh.t.Errorf("audit verify says %s", out)
	}
}

func TestUsersFromTheCommandLine(t *testing.T) {
	sh := newShell(t)
	const add = "user add --password-stdin --email "
	sh.leaves(add+"A@Example.org --role coordinator --state SE --role auditor --state all", wordsOfA+"\n", "create account", "set_password account")
	for _, c := range []struct{ line, stdin, says string }{
		{add + "a@example.org --role partner --state FI", wordsOfA, "has an account already"},
		{add + "b@example.org --role king --state SE", wordsOfA, `"king"`},
		{add + "b@example.org --role partner --state EE", wordsOfA, `"EE"`},
		{add + "b@example.org --role partner --state se", wordsOfA, `"se"`},
		{add + "b@example.org --role partner", wordsOfA, "needs a --state"},
		{add + "b@example.org", wordsOfA, "needs a --state"},
		{add + "b.example.org --role partner --state FI", wordsOfA, "is not an e-mail address"},
		{add + "b@example.org --role partner --state FI", "short one", "at least 12 characters"},
		{add + "b@example.org --role partner --state FI", "password1234", "easy to guess"},
		{add + "b@example.org --role partner --state FI", "", "at least 12 characters"},
		{add + "birgitta@example.org --role partner --state FI", "birgitta har en häst", "Password"},
		{"user add --email b@example.org --role partner --state FI", "", "--password-stdin"},
		{"user add --email b@example.org --role partner --state FI --password " + "hunter2hunter2hunter2", "", "unknown flag"},
		{"user reset --email a@example.org --password hunter2hunter2hunter2", "", "unknown flag"},
		{"user reset --email a@example.org --password-stdin", "short one", "at least 12 characters"},
		{"user reset --email a@example.org", "", "--password-stdin"},
		{"user reset --email nobody@example.org --link", "", `no account "nobody@example.org"`},
		{"user disable --email nobody@example.org", "", `no account "nobody@example.org"`},
		{"user enable --email nobody@example.org", "", `no account "nobody@example.org"`},
		{"user disable", "", "no account"},
		{"user disable a@example.org", "", "takes no further words"},
		{"token add --email nobody@example.org", "", `no account "nobody@example.org"`},
	} {
		sh.refuses(c.line, c.stdin, c.says)
	}
	if out := sh.does("user list"); out != "a@example.org\tcoordinator:SE auditor:all\tenabled\n" && out != "a@example.org\tauditor:all coordinator:SE\tenabled\n" {
		t.Errorf("the accounts are %q", out)
	}
	sh.leaves("user disable --email A@example.org", "", "update account")
	if out := sh.does("user list"); !strings.HasSuffix(out, "\tdisabled\n") {
		t.Errorf("the accounts are %q", out)
	}
	sh.leaves("user enable --email a@example.org", "", "update account")
	sh.leaves("user reset --email a@example.org --password-stdin", "seven ferries to Mariehamn\r\n", "reset account", "set_password account")
	rows := sh.count("audit")
	out := sh.does("user reset --email a@example.org --link --base-url https://samband.example.org")
	if !regexp.MustCompile(`^https://samband\.example\.org/set-up\?token=[A-Z2-7]{26}\n$`).MatchString(out) {
		t.Errorf("the link is %q", out)
	}
	if got := sh.since(rows); len(got) == 0 || !strings.HasPrefix(got[0], "reset account") {
		t.Errorf("a link leaves %q", got)
	}
	sh.wholeTrail()
}

func TestTokensFromTheCommandLine(t *testing.T) {
	sh := newShell(t)
	sh.reads("user add --email a@example.org --role coordinator --state SE --role partner --state FI --password-stdin", wordsOfA)
	for _, c := range [][2]string{
		{"--email a@example.org --role king", `"king" is no role`},
		{"--email a@example.org --role auditor", "does not have the role"},
		{"--email a@example.org --expires 2020-01-01", "has passed already"},
		{"--email a@example.org --expires soon", `"soon" is not a day`},
		{"--email a@example.org --expires 2027-02-30", `"2027-02-30" is not a day`},
		{"--email nobody@example.org", "no account"},
		{"", "no account"},
	} {
		sh.refuses("token add "+c[0], "", c[1])
	}
	out := sh.leaves("token add --email a@example.org --role partner --expires 2099-06-30", "", "create token")
	printed := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	secret := printed[len(printed)-1]
	if !regexp.MustCompile(`^samband_[A-Z2-7]{26}$`).MatchString(secret) || strings.Count(out, secret) != 1 {
		t.Errorf("a token is printed as %q", out)
	}
	list := sh.does("token list")
	m := regexp.MustCompile(`^(\d+)\ta@example\.org\tpartner\tuntil 2099-06-30\tworks\n$`).FindStringSubmatch(list)
	if m == nil {
		t.Fatalf("the tokens are %q", list)
	}
	var kept string
	if err := sh.raw.QueryRow("SELECT hash FROM tokens").Scan(&kept); err != nil || strings.Contains(kept, strings.TrimPrefix(secret, "samband_")) {
		t.Errorf("a token is kept as %q, %v", kept, err)
	}
	for _, c := range [][2]string{{"x", "is no number"}, {"4711", "no token 4711"}, {"", "takes just ID"}, {"99999999999999999999", "is no number"}} {
		sh.refuses("token revoke "+c[0], "", c[1])
	}
	sh.leaves("token revoke "+m[1], "", "remove token")
	if list := sh.does("token list"); !strings.HasSuffix(list, "\trevoked\n") || strings.Contains(list, secret) {
		t.Errorf("the tokens are %q", list)
	}
	sh.refuses("token revoke "+m[1], "", "no token "+m[1])
	sh.wholeTrail()
}
