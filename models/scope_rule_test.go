package models

import (
	"slices"
	"strings"
	"testing"
)

// A parted is a directory with two Swedish postings: one in Thailand, held by an
// officer who is masked after one who is not, and one in Viet Nam that is
// restricted.
type parted struct {
	*Directory
	open, restricted *Post
	masked, plain    Assignment // at the open one
}

func newParted() parted {
	w := newWorld()
	masked := w.officer("m", "se-police")
	w.officers[len(w.officers)-1].Masked = true
	open := w.posting("bangkok-se-police", "TH", "2020-01-01/").held("p", "2020-01-01/2022-12-31").held("m", "2023-01-01/").id()
	restricted := w.posting("hanoi-se-police", "VN", "2020-01-01/").held("p", "2024-01-01/").id()
	w.postings[len(w.postings)-1].Restricted = true
	p := parted{Directory: w.directory()}
	p.open, p.restricted = p.Post(open), p.Post(restricted)
	p.plain, p.masked = p.open.Assignments[0], p.open.Assignments[1]
	if p.masked.OfficerID != masked.ID {
		panic("the masked officer comes first")
	}
	return p
}

const everybody = "everybody"

var readers = []string{"", "partner:DK", "partner:SE", "coordinator:DK", "coordinator:SE", "coordinator:all", "partner:DK coordinator:NO"}

// A plan that tells who is to hold a restricted posting is seen by those who see
// its holders; the texts of another by its owner and by who sees as much.
func TestWhoSeesAPlan(t *testing.T) {
	d := newParted()
	plan := func(owner string, s Step) Plan {
		s.Reason = "why"
		return Plan{ID: 1, Name: "name", Note: "note", Owner: 9, Rights: ParseRights(owner), Steps: []Step{s}}
	}
	for name, c := range map[string]struct {
		plan        Plan
		seen, whole string // by which readers who do not own it
	}{
		"about the restricted posting":     {plan("coordinator:SE", Step{Act: Close, Posting: d.restricted.ID}), "partner:SE, coordinator:SE, coordinator:all", "coordinator:SE, coordinator:all"},
		"about an assignment to it":        {plan("coordinator:SE", Step{Act: Withdraw, Assignment: d.restricted.Assignments[0].ID}), "partner:SE, coordinator:SE, coordinator:all", "coordinator:SE, coordinator:all"},
		"about the other":                  {plan("coordinator:SE", Step{Act: Close, Posting: d.open.ID}), everybody, "coordinator:SE, coordinator:all"},
		"about an assignment to that":      {plan("coordinator:all", Step{Act: Withdraw, Assignment: d.masked.ID}), everybody, "coordinator:all"},
		"about what is no longer there":    {plan("coordinator:DK", Step{Act: Close, Posting: 999}), everybody, "coordinator:DK, coordinator:all"},
		"of who sees no more than anybody": {plan("partner:all", Step{Act: Close, Posting: d.open.ID}), everybody, everybody},
	} {
		for _, reader := range readers {
			scope := ParseRights(reader).Scope()
			p, seen := scope.Plan(c.plan, 0, d.Seen(scope))
			told := p.Name == "name" && p.Note == "note" && p.Steps[0].Reason == "why" && !p.Untold
			hidden := seen && p.Name+p.Note+p.Steps[0].Reason == "" && p.Untold
			if seen != among(c.seen, reader) || told != among(c.whole, reader) && seen || seen && told == hidden {
				t.Errorf("a plan %s is, with %q, seen %t: %+v", name, reader, seen, p)
			}
			if own, seen := scope.Plan(c.plan, 9, d.Seen(scope)); seen != among(c.seen, reader) || seen && own.Untold {
				t.Errorf("of a plan %s the owner, with %q, sees %t %+v", name, reader, seen, own)
			}
		}
	}
}

// among reports whether a reader is one of some, with commas between.
func among(some, reader string) bool {
	return some == everybody || slices.Contains(strings.Split(some, ", "), reader)
}

// Why a finding is put off may tell of everybody who ever held the posting.
func TestWhoKnowsWhyAFindingIsPutOff(t *testing.T) {
	d := newParted()
	plain := &Post{Posting: d.open.Posting, Assignments: []Assignment{d.plain}}
	for name, c := range map[string]struct {
		finding Finding
		want    string
	}{
		"about the restricted posting": {Finding{Post: d.restricted, Sending: Sweden}, "partner:SE, coordinator:SE, coordinator:all"},
		"about a masked officer's":     {Finding{Post: d.open, Sending: Sweden}, "coordinator:SE, coordinator:all"},
		"about another's":              {Finding{Post: plain, Sending: Sweden}, everybody},
		"about another's beside one":   {Finding{Post: plain, Sending: Sweden, Assignments: []Assignment{d.masked}}, "coordinator:SE, coordinator:all"},
		"about no posting":             {Finding{Sending: Sweden}, "coordinator:SE, coordinator:all"},
	} {
		for _, reader := range readers {
			rights := ParseRights(reader)
			z := rights.Snooze(Snooze{Finding: "x", Until: 5, Reason: "why"}, c.finding, d.Seen(rights.Scope()))
			if (z.Reason != "") != among(c.want, reader) || z.Finding != "x" || z.Until != 5 {
				t.Errorf("%s, with %q: %+v", name, reader, z)
			}
		}
	}
}

// Steps are taken by who may change all postings that they are about.
func TestWhoMayTakeSteps(t *testing.T) {
	d := newParted()
	open, held, gone := Step{Act: Close, Posting: d.open.ID}, Step{Act: Withdraw, Assignment: d.restricted.Assignments[0].ID}, Step{Act: Close, Posting: 999}
	for _, steps := range [][]Step{{open}, {held}, {gone, open}, {gone, held}} {
		for _, reader := range readers {
			if got := ParseRights(reader).MayTake(steps, d.Directory); got != among("coordinator:SE, coordinator:all", reader) {
				t.Errorf("with %q, %v may be taken: %t", reader, steps, got)
			}
		}
	}
	if !(Rights{}).MayTake([]Step{gone}, d.Directory) {
		t.Error("what is not there is for the rules to refuse")
	}
}

func TestWhoChangesAPlan(t *testing.T) {
	for _, reader := range readers {
		rights := ParseRights(reader)
		if p := (Plan{Owner: 9}); !p.ChangedBy(9, rights) || p.ChangedBy(8, rights) != (reader == "coordinator:all") {
			t.Errorf("with %q, the owner changes it: %t, another: %t", reader, p.ChangedBy(9, rights), p.ChangedBy(8, rights))
		}
	}
}

// Of an account those know who keep it and whose it is; who made a change, all
// but those who only read.
func TestWhoKnowsWho(t *testing.T) {
	a := Account{ID: 9, Rights: ParseRights("partner:SE")}
	for rights, c := range map[string]struct{ of, who bool }{
		"": {}, "partner:all": {}, "coordinator:SE": {who: true}, "auditor:DK": {who: true}, "administrator:DK": {who: true}, "administrator:SE": {true, true},
	} {
		r := ParseRights(rights)
		if r.KnowsOf(a, 8) != c.of || !r.KnowsOf(a, 9) || r.KnowsWho() != c.who {
			t.Errorf("%q: of the account %t, who made a change %t", rights, r.KnowsOf(a, 8), r.KnowsWho())
		}
	}
}

// Who sees nobody but one officer sees that one, masked or not.
func TestWhoIsSeenAsOneself(t *testing.T) {
	masked := Officer{ID: 7, Name: "name", Masked: true}
	if seen := OwnOnly(7).Officer(masked, Sweden); seen != masked {
		t.Errorf("of oneself it is seen %+v", seen)
	}
	for _, other := range []Scope{OwnOnly(8), {}} {
		if seen := other.Officer(masked, Sweden); !seen.Hidden() {
			t.Errorf("with %+v it is seen %+v", other, seen)
		}
	}
}

// Contact data is told by no row of the trail, and what tells who somebody is to
// those who may know whom the row is about.
func TestWhatARowTells(t *testing.T) {
	for field, c := range map[string]struct{ known, unknown bool }{
		"agency_id": {true, true}, "masked": {true, true}, "name": {true, false}, "key": {true, false}, "note": {true, false},
		"email": {false, false}, "phone": {false, false}, "version": {false, false}, "novelty": {false, false},
	} {
		to := Tells("officer", field)
		if to >= RowTold(true) != c.known || to >= RowTold(false) != c.unknown {
			t.Errorf("%s is told as %d", field, to)
		}
	}
	for noun, field := range map[string]string{"posting": "key", "assignment": "key"} {
		if to := Tells(noun, field); to < RowTold(true) || to >= RowTold(false) {
			t.Errorf("the %s of a %s is told as %d: what it was once may tell who held it", field, noun, to)
		}
	}
}

// Who is told of one officer is told what that one held; others are told of who
// is seen, in what is seen to be held.
func TestWhoIsToldOfAHolder(t *testing.T) {
	for _, seen := range []bool{true, false} {
		for _, holders := range []bool{true, false} {
			if OwnOnly(7).Holder(8, seen, holders) || !OwnOnly(7).Holder(7, seen, holders) {
				t.Errorf("of one only: %t, %t", seen, holders)
			}
			if got := (Scope{}).Holder(7, seen, holders); got != (seen && holders) {
				t.Errorf("seen %t, holders %t: %t", seen, holders, got)
			}
		}
	}
	for _, noun := range []string{"file", "page", "plan", "finding", "novelty"} {
		if (Scope{}).Events(noun) || ParseRights("coordinator:SE auditor:all").Scope().Events(noun) || !Everything.Events(noun) {
			t.Errorf("a row of a %s is told otherwise", noun)
		}
	}
	if !(Scope{}).Events("token") || !(Scope{}).Events("attestation") {
		t.Error("whose token it is, or which list, is told to all")
	}
}
