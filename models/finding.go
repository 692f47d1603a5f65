package models

import (
	"cmp"
	"slices"
	"strings"
)

// A Finding is something in the directory that somebody should look at. By itself
// it blocks nothing.
type Finding struct {
	Kind FindingKind
	// Also are the kinds of what follows from the same cause: they are reported
	// with this finding, not as findings of their own.
	Also     []FindingKind
	Severity Severity
	Post     *Post // nil where it is about none
	Body     *Body // that it is about, nil where it is about none
	Sending  State // whose posting it is
	// Assignments are those at fault, whose officers the finding concerns: one,
	// two or none.
	Assignments []Assignment
	// States are those that lose by it. Alone are those of them for which nobody
	// else answers either, and Places is where. Of a chair that is no member, Places
	// is the chair.
	States, Alone []State
	Places        []Place
	// Days are those on which it holds; the first is "since when".
	Days   Period
	Reason []Message
}

// A Severity says how much a finding matters.
type Severity string

// The severities, the gravest first.
const (
	Serious Severity = "serious"
	Warning Severity = "warning"
	Notice  Severity = "notice"
)

// Severities returns all severities, the gravest first.
func Severities() []Severity { return []Severity{Serious, Warning, Notice} }

// A FindingKind names the rule behind a finding.
type FindingKind string

// The kinds of findings.
const (
	TwoPostings    FindingKind = "two_postings"    // one officer in two postings on the same day
	HeldTwice      FindingKind = "held_twice"      // one officer twice in one posting on the same day
	SendingState   FindingKind = "sending_state"   // not represented by its own posting
	LongOverlap    FindingKind = "long_overlap"    // two officers in one posting beyond a handover
	Gap            FindingKind = "gap"             // nobody between two holders
	VacantNow      FindingKind = "vacant"          // vacant today
	VacantSoon     FindingKind = "vacant_soon"     // about to be, and no successor
	BeyondLife     FindingKind = "beyond_life"     // an assignment beyond the posting's life
	OldOpenEnd     FindingKind = "old_open_end"    // an open end that nobody has looked at for years
	NobodyBehind   FindingKind = "nobody_behind"   // represented on paper, and nobody there to do it
	ForeignOfficer FindingKind = "foreign_officer" // of another country than the sending agency
	NordicHost     FindingKind = "nordic_host"     // hosted in one of the five
	NotAttested    FindingKind = "not_attested"    // a state's list that nobody has confirmed for too long
	NoStandIn      FindingKind = "no_stand_in"     // an absence with nobody to turn to
	MandateEnds    FindingKind = "mandate_ends"    // a body's mandate that ends before long, or has ended
	NoSeat         FindingKind = "no_seat"         // a member of a body without a seat in it
	ChairNoMember  FindingKind = "chair_no_member" // a chair that is not a member
)

// FindingKinds returns all kinds.
func FindingKinds() []FindingKind {
	return []FindingKind{TwoPostings, HeldTwice, SendingState, LongOverlap, Gap, VacantNow, VacantSoon, BeyondLife,
		OldOpenEnd, NobodyBehind, ForeignOfficer, NordicHost, NotAttested, NoStandIn, MandateEnds, NoSeat, ChairNoMember}
}

// Limits are the numbers in the rules behind findings.
type Limits struct {
	HandoverDays int // a longer overlap of two holders is a finding
	NoticeDays   int // how far ahead a vacancy is looked for
	OpenYears    int // an open end that began longer ago is a finding
	AttestDays   int // a list that was confirmed longer ago is a finding; 0: none is
	MandateDays  int // how far ahead the end of a body's mandate is looked for
}

// DefaultLimits are the limits that the domain gives, and half a year for
// confirming lists, since the board meets twice a year.
var DefaultLimits = Limits{HandoverDays: 60, NoticeDays: 180, OpenYears: 5, AttestDays: 183, MandateDays: 365}

// Officers returns the officers that the finding is about, each once, in the
// order of their assignments.
func (f Finding) Officers() (ids []int64) {
	for _, a := range f.Assignments {
		if !slices.Contains(ids, a.OfficerID) {
			ids = append(ids, a.OfficerID)
		}
	}
	return ids
}

// Findings returns what should be looked at on the day today, the gravest
// first, then by posting and day. What lies wholly before today is history, not
// work, and left out, unless it keeps a record from being saved.
func (d *Directory) Findings(today Date, lim Limits) []Finding {
	f := d.finder(today, lim)
	for _, p := range d.posts.All() {
		f.post(p)
	}
	held := map[int64][]Assignment{}
	for _, p := range d.posts.All() {
		for _, a := range p.Assignments {
			held[a.OfficerID] = append(held[a.OfficerID], a)
		}
	}
	f.officers(held)
	f.unattested()
	f.bodies()
	slices.SortFunc(f.found, compareFindings)
	return f.found
}

// FindingsOf returns the findings that concern one posting, in the same order:
// those to work on, and separately those that are history.
func (d *Directory) FindingsOf(p *Post, today Date, lim Limits) (work, history []Finding) {
	f := d.finder(today, lim)
	f.history = true
	f.post(p)
	f.officers(d.heldBy(p.everHeldBy()))
	f.found = slices.DeleteFunc(f.found, func(x Finding) bool {
		return x.Post != p && !slices.ContainsFunc(x.Assignments, func(a Assignment) bool { return a.PostingID == p.ID })
	})
	slices.SortFunc(f.found, compareFindings)
	for _, x := range f.found {
		if x.past(today) {
			history = append(history, x)
		} else {
			work = append(work, x)
		}
	}
	return work, history
}

// heldBy returns all assignments of some officers, past and future, by officer.
func (d *Directory) heldBy(officers []int64) map[int64][]Assignment {
	held, seen := map[int64][]Assignment{}, map[*Post]bool{}
	for _, officer := range officers {
		held[officer] = nil
		for _, post := range d.held(officer) {
			seen[post] = true
		}
	}
	for post := range seen {
		for _, a := range post.Assignments {
			if own, ours := held[a.OfficerID]; ours {
				held[a.OfficerID] = append(own, a)
			}
		}
	}
	return held
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(slices.Index(Severities(), a.Severity), slices.Index(Severities(), b.Severity)),
		strings.Compare(a.key(), b.key()),
		strings.Compare(a.bodyKey(), b.bodyKey()),
		cmp.Compare(a.Days.First, b.Days.First),
		cmp.Compare(a.Sending, b.Sending),
		strings.Compare(string(a.Kind), string(b.Kind)),
		slices.CompareFunc(a.Places, b.Places, comparePlaces),
		slices.CompareFunc(a.Assignments, b.Assignments, func(a, b Assignment) int { return strings.Compare(a.Key, b.Key) }),
	)
}

// key returns the key of the posting, "" for a finding that is about none.
func (f Finding) key() string {
	if f.Post == nil {
		return ""
	}
	return f.Post.Key
}

func (f Finding) bodyKey() string {
	if f.Body == nil {
		return ""
	}
	return string(f.Body.Key)
}

// Concerns reports whether a finding is a state's to look at: it sends the
// posting, or loses by the finding.
func (f Finding) Concerns(s State) bool { return f.Sending == s || slices.Contains(f.States, s) }

// Is reports whether a finding is of a kind, or has it among Also.
func (f Finding) Is(kind FindingKind) bool { return f.Kind == kind || slices.Contains(f.Also, kind) }

// past reports whether a finding is over and nothing is left to do. What keeps
// a record from being saved is still work, however long ago it was.
func (f Finding) past(today Date) bool {
	return f.Days.Last < today && f.Kind != SendingState && f.Kind != HeldTwice
}

// Ahead reports whether a finding begins to hold only after today.
func (f Finding) Ahead(today Date) bool { return f.Days.First > today }

type finder struct {
	d     *Directory
	today Date
	lim   Limits
	// history says whether past findings are kept too.
	history bool
	found   []Finding
	// answers caches the results of answered.
	answers map[Place]map[Question]bool
}

func (d *Directory) finder(today Date, lim Limits) finder {
	return finder{d: d, today: today, lim: lim, answers: map[Place]map[Question]bool{}}
}

// add notes a finding and returns it for the caller to complete. A past one is
// not kept, unless history is asked for.
func (f *finder) add(kind FindingKind, s Severity, p *Post, days Period, about []Assignment, args ...any) *Finding {
	found := Finding{Kind: kind, Severity: s, Post: p, Assignments: about, Days: days}
	if found.past(f.today) && !f.history {
		return &found
	}
	found.Sending = f.d.Sending(p).Country
	args = append([]any{"posting", f.d.titled(p), "first", days.First, "last", days.Last, "days", days.Days()}, args...)
	found.Reason = []Message{{"finding." + string(kind), args}}
	f.found = append(f.found, found)
	return &f.found[len(f.found)-1]
}
