package cli

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

func TestTokenAdd(t *testing.T) {
	env := office(t)
	added(t, env, "kari@example.org", "coordinator", "NO")
	today := models.DateOf(time.Now())
	for name, c := range map[string]struct {
		args  string
		role  models.Role
		until models.Date // 0 for a year from now
	}{
		"with all roles, for a year":  {"", "", 0},
		"with one role":               {"--role coordinator", models.Coordinator, 0},
		"until a day":                 {"--expires " + today.Years(1).String(), "", today.Years(1)},
		"of an address in any case":   {"--email Kari@Example.org", "", 0},
		"until the day after the eve": {"--expires " + (today + 1).String(), "", today + 1},
	} {
		var out string
		leaves(t, env, func() { out = does(t, env, "token add --email kari@example.org "+c.args) }, "local create token NO")
		token := lastLine(out)
		if !strings.HasPrefix(token, "samband_") || strings.ContainsAny(token, " \t") || strings.Count(out, token) != 1 || !strings.HasSuffix(out, token+"\n") {
			t.Errorf("%s: it says %q", name, out)
		}
		if !bears(t, env, token) {
			t.Errorf("%s: the token does not work", name)
		}
		all, err := kept(t, env).Tokens(t.Context(), 0)
		if err != nil || len(all) == 0 {
			t.Fatal(all, err)
		}
		made := all[len(all)-1]
		if c.until == 0 {
			c.until = min(max(made.Expires, today+364), today+366) // midnight may have passed, and zones differ
		}
		if made.Role != c.role || made.Expires != c.until || !strings.Contains(out, "until "+c.until.String()) {
			t.Errorf("%s: made %+v, it says %q", name, made, out)
		}
	}
}

func TestTokenAddRefuses(t *testing.T) {
	env := office(t)
	added(t, env, "kari@example.org", "coordinator", "NO")
	for name, c := range map[string]struct{ args, says string }{
		"a role that is none":              {"--role king", `"king" is no role`},
		"a role that the account has not":  {"--role auditor", "does not have the role “auditor”"},
		"a day long past":                  {"--expires 2020-01-31", "2020-01-31 has already passed"},
		"the day before yesterday":         {"--expires " + (models.DateOf(time.Now()) - 2).String(), "has already passed"},
		"a day that is none":               {"--expires 2099-02-30", `"2099-02-30" is not a day`},
		"a day of another kind":            {"--expires 30.6.2099", "is not a day"},
		"more than a year":                 {"--expires " + (models.DateOf(time.Now()).Years(1) + 2).String(), "Choose a day within a year"}, // it may be tomorrow there
		"a day like soon":                  {"--expires soon", "is not a day"},
		"a token of one's own choice":      {"--token samband_MINE", "unknown flag"},
		"a word too many":                  {"samband_MINE", "takes no further words"},
		"an account that is not there":     {"--email b@example.org", `no account "b@example.org"`},
		"a role of the wrong kind of case": {"--role Coordinator", "is no role"},
	} {
		leaves(t, env, func() {
			out, err := called(t, env, strings.Fields("token add --email kari@example.org "+c.args)...)
			if err == nil || out != "" || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %q, %v, want %q", name, out, err, c.says)
			}
		})
	}
	if out := does(t, env, "token list"); out != "" {
		t.Errorf("the tokens are %q", out)
	}
}

func TestTokenListAndRevoke(t *testing.T) {
	env := office(t)
	added(t, env, "kari@example.org", "coordinator", "NO")
	short, long := models.DateOf(time.Now())+30, models.DateOf(time.Now()).Years(1)
	gone := lastLine(does(t, env, "token add --email kari@example.org --expires "+short.String()))
	stays := lastLine(does(t, env, "token add --email kari@example.org --role coordinator --expires "+long.String()))
	all, err := kept(t, env).Tokens(t.Context(), 0)
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	leaves(t, env, func() {
		out := does(t, env, fmt.Sprintf("token revoke %d", all[0].ID))
		if out != fmt.Sprintf("revoked token %d\n", all[0].ID) {
			t.Errorf("it says %q", out)
		}
	}, "local remove token NO")
	if bears(t, env, gone) || !bears(t, env, stays) {
		t.Error("another token was revoked than was asked for")
	}
	want := fmt.Sprintf("%d\tkari@example.org\tall roles\tuntil %s\trevoked\n%d\tkari@example.org\tcoordinator\tuntil %s\tworks\n",
		all[0].ID, short, all[1].ID, long)
	if out := does(t, env, "token list"); out != want {
		t.Errorf("the tokens are %q, want %q", out, want)
	}
	for arg, says := range map[string]string{
		fmt.Sprint(all[0].ID): "there is no token", "4711000": "there is no token", "0": "there is no token",
		stays: "is no number of a token", "12x": "is no number of a token",
	} {
		leaves(t, env, func() {
			out, err := called(t, env, "token", "revoke", arg)
			if err == nil || out != "" || !strings.Contains(err.Error(), says) {
				t.Errorf("revoke %s: %q, %v", arg, out, err)
			} else if strings.Contains(err.Error(), "samband_") {
				t.Errorf("it says the token: %v", err)
			}
		})
	}
	if !bears(t, env, stays) {
		t.Error("a refused command has ended a token")
	}
}

func TestUserReset(t *testing.T) {
	env := office(t)
	added(t, env, "a@example.org", "auditor", "IS")
	store := kept(t, env)
	a, err := store.AccountNamed(t.Context(), "a@example.org")
	if err != nil {
		t.Fatal(err)
	}
	session := db.Session{ID: "s", Account: a.ID, Data: []byte("{}"), Expires: time.Now().Add(time.Hour)}
	if err := store.SaveSession(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	leaves(t, env, func() {
		for _, short := range []string{"kort", "Password1234!"} {
			out, err := called(t, typing(env, short), "user", "reset", "--email", "a@example.org", "--password-stdin")
			if err == nil || strings.Contains(out+err.Error(), short) {
				t.Errorf("a new password %s: %s, %v", short, out, err)
			}
		}
	})
	if _, err := store.Session(t.Context(), "s"); err != nil || !signsIn(t, env, "a@example.org", goodPassword) {
		t.Errorf("a refused reset has taken something away: %v", err)
	}
	leaves(t, env, func() {
		out := does(t, typing(env, otherPassword+"\n"), "user reset --email a@example.org --password-stdin")
		if out != "reset a@example.org\n" {
			t.Errorf("it says %q", out)
		}
	}, "local reset account IS", "local set_password account IS")
	if signsIn(t, env, "a@example.org", goodPassword) || !signsIn(t, env, "a@example.org", otherPassword) {
		t.Error("the password is not the new one")
	}
	if _, err := store.Session(t.Context(), "s"); err == nil {
		t.Error("a session outlives the reset")
	}
}

func TestUserResetByLink(t *testing.T) {
	env := office(t)
	env["SAMBAND_BASE_URL"] = "https://samband.example.org"
	added(t, env, "a@example.org", "auditor", "IS")
	store := kept(t, env)
	a, err := store.AccountNamed(t.Context(), "a@example.org")
	if err != nil {
		t.Fatal(err)
	}
	var links [2]string
	for i := range links {
		leaves(t, env, func() { links[i] = does(t, env, "user reset --email a@example.org --link") }, "local reset account IS")
		if !strings.HasPrefix(links[i], "https://samband.example.org/set-up?token=") || strings.Count(links[i], "\n") != 1 {
			t.Fatalf("the link is %q", links[i])
		}
		_, links[i], _ = strings.Cut(strings.TrimSpace(links[i]), "token=")
	}
	if signsIn(t, env, "a@example.org", goodPassword) {
		t.Error("the old password still works")
	}
	if id, err := store.LinkAccount(t.Context(), links[1]); err != nil || id != a.ID {
		t.Errorf("the link is for %d, %v", id, err)
	}
	if _, err := store.LinkAccount(t.Context(), links[0]); err == nil {
		t.Error("the link before works beside the new one")
	}
}
