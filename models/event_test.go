package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// wanting is an agenda of everything from a day on.
func wanting(from string, sorts ...EventSort) Agenda {
	if len(sorts) == 0 {
		sorts = EventSorts()
	}
	yes := func(*Post) bool { return true }
	return Agenda{Sorts: sorts, Within: days(from + "/"), Post: yes, Absent: yes, Body: func(*Body) bool { return true }, HandoverDays: 60}
}

// told writes events as lines, sorted.
func told(events []Event) string {
	var lines []string
	for _, e := range events {
		line := fmt.Sprint(e.Kind, " ", e.Days.First, "/", strings.Replace(e.Days.Last.String(), Forever.String(), "", 1))
		if e.Gone {
			line += " gone"
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// termsOf returns a directory of one posting with terms of several officers, each
// "officer first/last", and the absences of the first.
func termsOf(life string, absences []Absence, terms ...string) *Directory {
	post := &Post{Posting: Posting{ID: 1, Version: 3, Key: "p", AgencyID: 9, Opened: days(life).First, Closed: days(life).Last, HostCountry: "TH"}}
	officers := map[int64]*Officer{}
	for i, term := range terms {
		name, when, _ := strings.Cut(term, " ")
		id := int64(name[0])
		officers[id] = &Officer{ID: id, Key: name, Name: name, AgencyID: 9}
		a := Assignment{ID: int64(10 + i), Version: 2, Key: fmt.Sprint("a", i), OfficerID: id, PostingID: 1, Period: days(when)}
		if i == 0 {
			a.Absences = absences
		}
		post.Assignments = append(post.Assignments, a)
	}
	return NewDirectory(Delta{Agencies: map[int64]*Agency{9: {ID: 9, Key: "se-police", Country: Sweden, Kind: PoliceAgency, Name: "P", Period: days("2000-01-01/")}},
		Officers: officers, Posts: map[int64]*Post{1: post}})
}

func TestHandovers(t *testing.T) {
	for _, c := range []struct {
		name, want string
		terms      []string
	}{
		{"nobody before", "", []string{"a 2026-01-01/"}},
		{"back to back", "handover 2026-06-30/2026-07-01", []string{"a 2024-01-01/2026-06-30", "b 2026-07-01/"}},
		{"some days together", "handover 2026-07-01/2026-07-14", []string{"a 2024-01-01/2026-07-14", "b 2026-07-01/2028-06-30"}},
		{"a gap", "", []string{"a 2024-01-01/2026-06-29", "b 2026-07-01/"}},
		{"the same officer goes on", "", []string{"a 2024-01-01/2026-06-30", "a 2026-07-01/"}},
		{"together for long", "", []string{"a 2024-01-01/2026-12-31", "b 2026-07-01/2028-06-30"}},
		{"one beside another who stays", "", []string{"a 2024-01-01/2028-06-30", "b 2026-07-01/2026-08-01"}},
		{"two together hand over to one", "handover 2026-06-30/2026-07-01", []string{"a 2024-01-01/2026-06-30", "b 2024-02-01/2026-06-30", "c 2026-07-01/"}},
		{"the posting closes before", "", []string{"a 2024-01-01/2026-06-30", "b 2031-01-01/"}},
	} {
		d := termsOf("2020-01-01/2030-12-31", nil, c.terms...)
		if got := told(d.Events(wanting("2020-01-01", HandoverEvents))); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestEvents(t *testing.T) {
	away := []Absence{{Period: days("2026-03-01/2026-03-14")}, {Period: days("2026-12-20/")}}
	d := termsOf("2020-01-01/2027-06-30", away, "a 2024-01-01/2026-12-31", "b 2027-01-01/")
	const all = "absence 2026-03-01/2026-03-14\nabsence 2026-12-20/2026-12-31\ncloses 2027-06-30/2027-06-30\nhandover 2026-12-31/2027-01-01\n" +
		"opens 2020-01-01/2020-01-01\nterm_begins 2024-01-01/2024-01-01\nterm_begins 2027-01-01/2027-01-01\nterm_ends 2026-12-31/2026-12-31\nterm_ends 2027-06-30/2027-06-30"
	if got := told(d.Events(wanting("2000-01-01"))); got != all {
		t.Errorf("the events are\n%s\nwant\n%s", got, all)
	}
	if got := told(d.Events(wanting("2026-03-14", AbsenceEvents, TermEvents))); got != "absence 2026-03-01/2026-03-14\nabsence 2026-12-20/2026-12-31\nterm_begins 2027-01-01/2027-01-01\nterm_ends 2026-12-31/2026-12-31\nterm_ends 2027-06-30/2027-06-30" {
		t.Errorf("the later ones are\n%s", got)
	}
	not := wanting("2000-01-01")
	not.Absent = func(*Post) bool { return false }
	if got := told(d.Events(not)); strings.Contains(got, "absence") {
		t.Errorf("absences of others are told: %s", got)
	}
	names := map[string]bool{}
	for _, e := range d.Events(wanting("2000-01-01")) {
		if names[e.Name()] {
			t.Errorf("two are called %s", e.Name())
		}
		names[e.Name()] = true
		want := map[EventKind]int{Opens: 3, Closes: 3, Handover: 7}[e.Kind]
		if want == 0 {
			want = 5
		}
		if e.Sequence != want {
			t.Errorf("%s has the sequence %d, want %d", e.Name(), e.Sequence, want)
		}
	}
}

func TestMandateEvents(t *testing.T) {
	w := newWorld()
	w.meets("opc", Committee).MandateUntil = day("2027-12-31")
	w.meets("board", Board)
	if got := told(w.directory().Events(wanting("2026-01-01", MandateEvents))); got != "mandate 2027-12-31/2027-12-31" {
		t.Errorf("the mandates are %s", got)
	}
}

// What is gone is told under the name that it had, with a sequence beyond.
func TestWithdrawals(t *testing.T) {
	away := []Absence{{Period: days("2026-03-01/2026-03-14")}, {Period: days("2026-04-01/2026-04-14")}}
	before := termsOf("2020-01-01/2030-12-31", away, "a 2024-01-01/2026-12-31", "b 2027-01-01/2028-12-31")
	post := before.Post(1)
	left := *post
	left.Assignments = slices.Clone(post.Assignments[:1])
	left.Assignments[0].Absences = away[1:]
	left.Assignments[0].Version++
	after := before.With(Delta{Posts: map[int64]*Post{1: &left}})
	gone := Withdrawn{Assignments: post.Assignments[1:], Absences: []TakenOff{{left.Assignments[0], away[0]}, {left.Assignments[0], away[1]}}}
	was := map[string]int{}
	for _, e := range before.Events(wanting("2000-01-01")) {
		was[e.Name()] = e.Sequence
	}
	events := after.Withdrawals(gone, wanting("2026-01-01"))
	for _, e := range events {
		if was[e.Name()] == 0 || was[e.Name()] >= e.Sequence && e.Kind != Handover {
			t.Errorf("%s of sequence %d was %d", e.Name(), e.Sequence, was[e.Name()])
		}
	}
	const want = "absence 2026-03-01/2026-03-14 gone\nhandover 2027-01-01/2027-01-01 gone\nterm_begins 2027-01-01/2027-01-01 gone\nterm_ends 2028-12-31/2028-12-31 gone"
	if got := told(events); got != want {
		t.Errorf("gone are\n%s\nwant\n%s", got, want)
	}
	if got := told(NewDirectory(Delta{}).Withdrawals(Withdrawn{Postings: []Posting{post.Posting}, Assignments: post.Assignments[1:],
		Bodies: []Body{{ID: 7, MandateUntil: day("2027-12-31")}}}, wanting("2026-01-01"))); got !=
		"closes 2030-12-31/2030-12-31 gone\nhandover 2027-01-01/2027-01-01 gone\nmandate 2027-12-31/2027-12-31 gone\nterm_begins 2027-01-01/2027-01-01 gone\nterm_ends 2028-12-31/2028-12-31 gone" {
		t.Errorf("with the posting gone are\n%s", got)
	}
	nobody := wanting("2026-01-01")
	nobody.Post = func(*Post) bool { return false }
	if got := after.Withdrawals(gone, nobody); len(got) > 0 {
		t.Errorf("of others' postings gone are %s", told(got))
	}
}

func TestNearest(t *testing.T) {
	var events []Event
	for i, when := range []string{"2020-01-01/2020-01-01", "2026-11-20/2026-11-25", "2026-12-01/2026-12-01", "2026-11-01/2026-11-01", "2030-01-01/2030-01-01"} {
		events = append(events, Event{Kind: Opens, Of: int64(i), Days: days(when)})
	}
	if got := told(Nearest(events, day("2026-11-23"), 3)); got != "opens 2026-11-01/2026-11-01\nopens 2026-11-20/2026-11-25\nopens 2026-12-01/2026-12-01" {
		t.Errorf("the nearest are\n%s", got)
	}
	if got := Nearest(events, day("2026-11-23"), 9); len(got) != 5 || got[0].Of != 0 || got[4].Of != 4 {
		t.Errorf("all of them are %v", told(got))
	}
}
