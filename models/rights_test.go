package models

import (
	"slices"
	"strings"
	"testing"
)

// allGrants returns every role in every state and in all five.
func allGrants() (all []Grant) {
	for _, role := range Roles() {
		for _, s := range append(States(), "") {
			all = append(all, Grant{role, s})
		}
	}
	return all
}

func TestRightsAreReadAsTheyAreWritten(t *testing.T) {
	all := Rights(allGrants())
	for _, g := range all {
		if got, ok := ParseGrant(g.String()); !ok || got != g {
			t.Errorf("%q is read as %+v, %t", g, got, ok)
		}
	}
	if got := ParseRights(all.String()); !slices.Equal(got, all) {
		t.Errorf("%q is read as %q", all, got)
	}
	for _, words := range []string{"", "coordinator:SE", "auditor:all", "partner:DK coordinator:SE administrator:all"} {
		if got := ParseRights(words).String(); got != words {
			t.Errorf("%q is written as %q", words, got)
		}
		var scanned Rights
		if err := scanned.Scan(words); err != nil || scanned.String() != words {
			t.Errorf("%q is scanned as %q, %v", words, scanned, err)
		}
	}
	if got := ParseRights("\t partner:FI\n\n auditor:IS ").String(); got != "partner:FI auditor:IS" {
		t.Errorf("with other spaces it is %q", got)
	}
}

func TestWordsThatAreNoGrant(t *testing.T) {
	words := []string{"coordinator", "coordinator:", ":SE", "coordinator:se", "Coordinator:SE", "coordinator:DE", "coordinator:ALL", "king:SE",
		"coordinator:SE:DK", "coordinator:SE,DK", "coordinator=SE", ":", ":all", "all", "coordinator:*"}
	for _, word := range words {
		if g, ok := ParseGrant(word); ok {
			t.Errorf("%q is read as %+v", word, g)
		}
	}
	if got := ParseRights(strings.Join(words, " ")); len(got) != 0 {
		t.Errorf("rights of nothing but such words are %q", got)
	}
	if got := ParseRights("king:SE partner:NO coordinator:").String(); got != "partner:NO" {
		t.Errorf("a grant among such words is read as %q", got)
	}
	scanned := AllRights
	if err := scanned.Scan(nil); err != nil || scanned != nil {
		t.Errorf("nothing is scanned as %q, %v", scanned, err)
	}
	if err := scanned.Scan(int64(1)); err == nil || scanned != nil {
		t.Errorf("a number is scanned as %q", scanned)
	}
}

func TestWhatRightsLetOneDo(t *testing.T) {
	for _, c := range []struct {
		rights   string
		reads    bool
		changes  string // states, and all for what is of no single one
		audits   string
		accounts string
	}{
		{"", false, "", "", ""},
		{"partner:SE", true, "", "", ""},
		{"partner:all", true, "", "", ""},
		{"coordinator:SE", true, "SE", "", ""},
		{"coordinator:SE coordinator:DK", true, "DK SE", "", ""},
		{"coordinator:all", true, "DK FI IS NO SE all", "", ""},
		{"coordinator:DK coordinator:FI coordinator:IS coordinator:NO coordinator:SE", true, "DK FI IS NO SE", "", ""},
		{"auditor:IS", false, "", "IS", ""},
		{"auditor:all", false, "", "DK FI IS NO SE all", ""},
		{"administrator:NO", false, "", "", "NO"},
		{"administrator:all", false, "", "", "DK FI IS NO SE all"},
		{"coordinator:SE partner:DK auditor:FI administrator:NO", true, "SE", "FI", "NO"},
		{"king:all", false, "", "", ""},
	} {
		r := ParseRights(c.rights)
		if r.Reads() != c.reads {
			t.Errorf("%q reads: %t", c.rights, r.Reads())
		}
		var changes []string
		for _, s := range append(States(), "") {
			if r.MayChange(s) {
				changes = append(changes, (Grant{State: s}).String()[1:])
			}
		}
		if got := strings.Join(changes, " "); got != c.changes {
			t.Errorf("%q changes what is of %q, want %q", c.rights, got, c.changes)
		}
		for role, want := range map[Role]string{Coordinator: c.changes, Auditor: c.audits, Administrator: c.accounts} {
			checkRole(t, r, role, want)
		}
	}
}

// checkRole wants rights to hold a role in the given states, and in no others.
func checkRole(t *testing.T, r Rights, role Role, want string) {
	t.Helper()
	states := strings.Fields(want)
	for _, s := range States() {
		if r.Has(role, s) != slices.Contains(states, string(s)) {
			t.Errorf("%q has %s in %s: %t", r, role, s, r.Has(role, s))
		}
		if slices.Contains(r.States(role), s) != slices.Contains(states, string(s)) {
			t.Errorf("%q is %s in %v, want %q", r, role, r.States(role), want)
		}
	}
	if r.Has(role, "") != slices.Contains(states, allStates) {
		t.Errorf("%q has %s in all five: %t", r, role, r.Has(role, ""))
	}
	if r.Holds(role) != (len(states) > 0) {
		t.Errorf("%q holds %s: %t", r, role, r.Holds(role))
	}
	for _, g := range r.Only(role) {
		if g.Role != role {
			t.Errorf("of %s, %q keeps %q", role, r, g)
		}
	}
	if r.Only(role).Holds(role) != r.Holds(role) || len(r.Only(role).States(role)) != len(r.States(role)) {
		t.Errorf("of %s, %q keeps %q", role, r, r.Only(role))
	}
}

// Every set of grants is asked whom it lets one see: a masked officer is seen
// by the coordinators of the own state and of all five, who holds a restricted
// posting by partners of the sending state too. No other role adds anything.
func TestScopeOfEverySetOfGrants(t *testing.T) {
	grants := slices.DeleteFunc(allGrants(), func(g Grant) bool { return g.Role != Coordinator && g.Role != Partner })
	others := Rights{{Auditor, ""}, {Administrator, ""}, {Auditor, "SE"}, {Administrator, "DK"}}
	for set := range 1 << len(grants) {
		var r Rights
		for i, g := range grants {
			if set&(1<<i) != 0 {
				r = append(r, g)
			}
		}
		scope := r.Scope()
		if withOthers := append(slices.Clone(others), r...).Scope(); withOthers != scope {
			t.Fatalf("auditors and administrators see more with %q", r)
		}
		for _, s := range States() {
			masked := slices.Contains(r, Grant{Coordinator, s}) || slices.Contains(r, Grant{Coordinator, ""})
			holders := masked || slices.Contains(r, Grant{Partner, s})
			if slices.Contains(scope.Masked(), s) != masked || scope.Officer(Officer{Masked: true, Name: "x"}, s).Hidden() == masked {
				t.Fatalf("%q sees the masked of %s: %t", r, s, !masked)
			}
			if slices.Contains(scope.Restricted(), s) != holders || scope.Holders(Posting{Restricted: true}, s) != holders {
				t.Fatalf("%q sees the holders of %s: %t", r, s, !holders)
			}
			if !scope.Holders(Posting{}, s) || scope.Officer(Officer{Name: "x"}, s).Name != "x" {
				t.Fatalf("%q does not see what hides nothing", r)
			}
		}
	}
	if AllRights.Scope() != Everything || (Rights{{Coordinator, ""}}).Scope() != Everything || (Rights{{Partner, ""}}).Scope() != (Scope{}) {
		t.Error("the coordinators of all five see everything, the partners of all five nothing that is hidden")
	}
}
