package models

import (
	"cmp"
	"slices"
	"strconv"
)

// An EventSort is a sort of event that somebody may want in a calendar.
type EventSort string

// The sorts of events.
const (
	TermEvents     EventSort = "terms"     // first and last days of assignments
	HandoverEvents EventSort = "handovers" // days on which a posting passes to its next holder
	AbsenceEvents  EventSort = "absences"  // of holders of postings that one's own state sends
	LifeEvents     EventSort = "lives"     // first and last days of postings
	MandateEvents  EventSort = "mandates"  // last days of bodies' mandates
	FindingEvents  EventSort = "findings"  // first days of findings
)

// EventSorts returns all sorts.
func EventSorts() []EventSort {
	return []EventSort{TermEvents, HandoverEvents, AbsenceEvents, LifeEvents, MandateEvents, FindingEvents}
}

// Valid reports whether s is a known sort.
func (s EventSort) Valid() bool { return slices.Contains(EventSorts(), s) }

// A CalendarOf says about which postings and bodies a calendar is.
type CalendarOf string

// What a calendar can be about.
const (
	OfOwnStates CalendarOf = "own" // what the account's states send, and the bodies that they are members of
	OfFollowed  CalendarOf = "followed"
	OfAll       CalendarOf = "all" // whatever the account may see
)

// CalendarsOf returns all of them.
func CalendarsOf() []CalendarOf { return []CalendarOf{OfOwnStates, OfFollowed, OfAll} }

// Valid reports whether o is known.
func (o CalendarOf) Valid() bool { return slices.Contains(CalendarsOf(), o) }

// An EventKind is what happens on the days of an event.
type EventKind string

// The kinds of events.
const (
	TermBegins  EventKind = "term_begins"
	TermEnds    EventKind = "term_ends"
	Handover    EventKind = "handover"
	Away        EventKind = "absence"
	Opens       EventKind = "opens"
	Closes      EventKind = "closes"
	MandateLast EventKind = "mandate"
	Found       EventKind = "finding"
)

// An Event is what a calendar shows on some days.
type Event struct {
	Kind EventKind
	// Of is the ID of the record that it is of: an assignment, for a hand-over that of
	// the one who comes, a posting or a body; 0 for a finding.
	Of int64
	// Days are those of the event. Absences can have no end.
	Days Period
	// Sequence grows whenever a record that the event is made of is saved.
	Sequence int
	Post     *Post      // nil where it is about none
	Body     *Body      // nil where it is about none
	Term     Assignment // that begins, ends, is handed over or has the absence
	Before   Assignment // whose holder hands over
	Absence  Absence
	Finding  *Finding
	Gone     bool // the record has been removed; Post and Body may be nil
}

// Name identifies an event for ever: by its kind and record, whatever its days; of the
// absences of an assignment, by their first days; a finding by its facts.
func (e Event) Name() string {
	name := string(e.Kind) + " " + strconv.FormatInt(e.Of, 10)
	switch e.Kind {
	case Found:
		return e.Finding.Name()
	case Away:
		return name + " " + e.Absence.First.String()
	}
	return name
}

// An Agenda says which events of a directory somebody wants.
type Agenda struct {
	Sorts  []EventSort
	Within Period
	Post   func(*Post) bool // whether the events of a posting are wanted
	Absent func(*Post) bool // and, of those, the absences
	Body   func(*Body) bool
	// HandoverDays is how long two holders of a posting hand over at most: beyond it
	// they hold it together.
	HandoverDays int
}

// Wants reports whether events of a sort are wanted.
func (g Agenda) Wants(s EventSort) bool { return slices.Contains(g.Sorts, s) }

// Events returns the events of postings and bodies that somebody wants, in no order.
// Findings are not among them: see EventOf.
func (d *Directory) Events(g Agenda) []Event {
	a := &agenda{Agenda: g, d: d}
	for _, p := range d.Posts() {
		if !g.Post(p) {
			continue
		}
		if g.Wants(LifeEvents) {
			a.day(Event{Kind: Opens, Of: p.ID, Sequence: p.Version, Post: p}, p.Opened)
			a.day(Event{Kind: Closes, Of: p.ID, Sequence: p.Version, Post: p}, p.Closed)
		}
		a.holders(p)
	}
	if g.Wants(MandateEvents) {
		for _, b := range d.Bodies() {
			if g.Body(b) {
				a.day(Event{Kind: MandateLast, Of: b.ID, Sequence: b.Version, Body: b}, b.MandateUntil)
			}
		}
	}
	return a.found
}

// An agenda gathers the events of a directory.
type agenda struct {
	Agenda
	d     *Directory
	found []Event
}

// add adds an event that has a day within those asked for.
func (a *agenda) add(e Event, days Period) {
	if e.Days = days; days.First > 0 && days.Days() > 0 && days.Overlaps(a.Within) {
		a.found = append(a.found, e)
	}
}

// day adds an event of one day, unless it is not given or open.
func (a *agenda) day(e Event, on Date) {
	if !on.Open() {
		a.add(e, Period{on, on})
	}
}

// holders adds the events of those who hold a posting.
func (a *agenda) holders(p *Post) {
	absent := a.Wants(AbsenceEvents) && a.Absent(p)
	for i, x := range p.Assignments {
		e := Event{Of: x.ID, Sequence: x.Version + p.Version, Post: p, Term: x}
		term := p.Term(x)
		if term.Days() <= 0 {
			continue
		}
		if a.Wants(TermEvents) {
			e.Kind = TermBegins
			a.day(e, term.First)
			e.Kind = TermEnds
			a.day(e, term.Last)
		}
		if before, days, ok := a.handover(p, i); ok && a.Wants(HandoverEvents) {
			e.Kind, e.Before = Handover, before
			e.Sequence += before.Version
			a.add(e, days)
		}
		if !absent {
			continue
		}
		for _, away := range x.Absences {
			a.add(Event{Kind: Away, Of: x.ID, Sequence: x.Version + p.Version, Post: p, Term: x, Absence: away}, away.And(term))
		}
	}
}

// handover returns from whom the holder of an assignment takes over, and when: on the
// days that both are in post or, if they are none, on the last day of the one and the
// first of the other, where nobody else comes between. Whoever has held the posting
// until now, and the one who holds it beside others for long, takes over from nobody.
func (a *agenda) handover(p *Post, i int) (before Assignment, days Period, ok bool) {
	comes := p.Assignments[i]
	term := p.Term(comes)
	for _, x := range p.Assignments[:i] {
		was := p.Term(x)
		if x.OfficerID == comes.OfficerID || was.First >= term.First || was.Last < term.First-1 || was.Last > term.Last {
			continue
		}
		between := Period{min(term.First, was.Last), max(term.First, was.Last)}
		if between.Days() <= max(a.HandoverDays, 2) && (!ok || was.Last > days.Last) {
			before, days, ok = x, between, true
		}
	}
	return before, days, ok
}

// Withdrawn are records that were in a directory once and are not any longer, with
// nothing in them that is not told to everybody.
type Withdrawn struct {
	Postings    []Posting
	Assignments []Assignment
	Bodies      []Body
	// Absences are those that were taken off assignments, which are as they stood
	// afterwards.
	Absences []TakenOff
}

// A TakenOff is an absence that an assignment does not have any longer.
type TakenOff struct {
	Assignment
	Absence Absence
}

// Withdrawals returns the events of what is gone that somebody wants, of lists in which
// what was removed last comes first.
func (d *Directory) Withdrawals(gone Withdrawn, g Agenda) []Event {
	a := &agenda{Agenda: g, d: d}
	posts := map[int64]*Post{}
	for _, p := range gone.Postings {
		post := &Post{Posting: p}
		if posts[p.ID] = post; g.Wants(LifeEvents) && g.Post(post) {
			e := Event{Of: p.ID, Sequence: p.Version + 1, Gone: true}
			e.Kind = Opens
			a.day(e, p.Opened)
			e.Kind = Closes
			a.day(e, p.Closed)
		}
	}
	event := func(x Assignment) (e Event, post *Post) {
		e = Event{Of: x.ID, Sequence: x.Version + 1, Gone: true, Post: d.Post(x.PostingID), Term: x}
		if post = cmp.Or(e.Post, posts[x.PostingID]); post != nil {
			e.Sequence += post.Version
		}
		return e, post
	}
	for _, x := range gone.Assignments {
		e, post := event(x)
		if post == nil || !g.Post(post) {
			continue
		}
		if g.Wants(TermEvents) {
			e.Kind = TermBegins
			a.day(e, x.First)
			e.Kind = TermEnds
			a.day(e, x.Last)
		}
		if g.Wants(HandoverEvents) {
			e.Kind = Handover
			a.day(e, x.First)
		}
		for _, away := range x.Absences {
			a.away(e, post, away)
		}
	}
	for _, x := range gone.Absences {
		has := func(now Absence) bool { return now.First == x.Absence.First }
		if e, post := event(x.Assignment); post != nil && g.Post(post) && !slices.ContainsFunc(post.Assignments, func(now Assignment) bool {
			return now.ID == x.ID && slices.ContainsFunc(now.Absences, has)
		}) {
			a.away(e, post, x.Absence)
		}
	}
	for _, b := range gone.Bodies {
		if g.Wants(MandateEvents) && g.Body(&b) {
			a.day(Event{Kind: MandateLast, Of: b.ID, Sequence: b.Version + 1, Gone: true}, b.MandateUntil)
		}
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(a.found, func(e Event) bool { // what was taken off twice
		twice := seen[e.Name()]
		seen[e.Name()] = true
		return twice
	})
}

// away adds the event of an absence that is gone.
func (a *agenda) away(e Event, post *Post, x Absence) {
	if a.Wants(AbsenceEvents) && a.Absent(post) {
		e.Kind, e.Absence = Away, x
		a.add(e, x.Period)
	}
}

// EventOf returns the event of a finding: on the day on which it begins to hold.
func EventOf(x Finding) Event {
	e := Event{Kind: Found, Days: Period{x.Days.First, x.Days.First}, Post: x.Post, Body: x.Body, Finding: &x}
	switch {
	case x.Post != nil:
		e.Sequence = x.Post.Version
	case x.Body != nil:
		e.Sequence = x.Body.Version
	}
	return e
}

// Nearest returns at most so many events: those nearest to a day, by first day.
func Nearest(events []Event, to Date, most int) []Event {
	events = slices.Clone(events)
	far := func(e Event) Date { return max(e.Days.First-to, to-e.Days.Last, 0) }
	if len(events) > most {
		slices.SortStableFunc(events, func(a, b Event) int {
			return cmp.Or(cmp.Compare(far(a), far(b)), cmp.Compare(a.Name(), b.Name()))
		})
		events = events[:most]
	}
	slices.SortFunc(events, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Days.First, b.Days.First), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Of, b.Of), cmp.Compare(a.Name(), b.Name()))
	})
	return events
}
