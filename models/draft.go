package models

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// A Draft is a directory in which steps have been tried. None of it is stored.
type Draft struct {
	Before, After *Directory
	// Writes are the records to write to make it real, in order.
	Writes []Write
	// also are postings that differ though no step has changed them.
	also []int64
}

// NamedOn returns the draft with agencies and bodies called as they are on a day.
func (d Draft) NamedOn(day Date) Draft {
	d.Before, d.After = d.Before.NamedOn(day), d.After.NamedOn(day)
	return d
}

// Between returns what differs between two directories, of which change made one
// from the other. It has no writes.
func Between(before, after *Directory, change Delta) Draft {
	d := Draft{Before: before, After: after}
	for id := range change.Posts {
		d.also = append(d.also, id)
	}
	for _, dir := range []*Directory{before, after} {
		for id := range change.Officers {
			for _, p := range dir.held(id) {
				d.also = append(d.also, p.ID)
			}
		}
		if len(change.Agencies)+len(change.Bodies) == 0 {
			continue
		}
		for id, p := range dir.posts.All() {
			if change.Agencies[p.AgencyID] != nil || p.Body != nil && change.Bodies[p.Body.ID] != nil {
				d.also = append(d.also, id)
			}
		}
	}
	return d
}

// A Write is one record as a step leaves it. Exactly one of the fields is set. A
// new assignment has no key, and a negative ID that stands for the one it will
// get.
type Write struct {
	Posting    *Posting
	Assignment *Assignment
	Withdrawn  *Assignment
}

// Try applies steps to a directory, each to the result of the ones before. At a
// step that the rules refuse it stops, and returns the draft so far and the
// problems, whose Row is the index of the step. A record that does not exist is
// problem.gone.
func Try(d *Directory, steps []Step) (Draft, Problems) {
	draft := Draft{Before: d, After: d}
	for i, s := range steps {
		next := draft
		t := trial{draft: &next, step: s, row: i}
		if t.run(); len(t.problems) > 0 {
			return draft, t.problems
		}
		draft = next
	}
	return draft, nil
}

// A trial is one step being tried.
type trial struct {
	draft    *Draft
	step     Step
	row      int
	problems Problems
}

func (t *trial) refuse(field, key string, args ...any) { t.problems.addRow(t.row, field, key, args...) }

// adopt takes over the problems that a rule has found.
func (t *trial) adopt(ps Problems) {
	for _, p := range ps {
		p.Row = t.row
		t.problems = append(t.problems, p)
	}
}

func (t *trial) run() {
	if slices.Contains(AssignmentActs(), t.step.Act) {
		if a, post := t.draft.After.Assignment(t.step.Assignment); post != nil {
			t.term(a, post)
		} else {
			t.refuse("assignment", "problem.gone")
		}
		return
	}
	post := t.draft.After.Post(t.step.Posting)
	if post == nil {
		t.refuse("posting", "problem.gone")
		return
	}
	if t.step.Act == Assign {
		t.assign(post, Assignment{OfficerID: t.step.Officer, Period: Period{t.step.First, last(t.step.Last)}}, "officer")
		return
	}
	p := post.Posting
	p.Representations, p.Coverages = slices.Clone(p.Representations), slices.Clone(p.Coverages)
	p.Suspensions = slices.Clone(p.Suspensions)
	if t.step.Act == Close && t.step.Last >= p.Closed {
		t.refuse("last_day", "problem.closed_already", "closed", p.Closed)
	}
	t.step.change(&p)
	t.adopt(CheckPosting(p, t.draft.After.Sending(post), t.draft.After.host(p), post.Assignments))
	t.keep(&Post{Posting: p, Assignments: post.Assignments}, Write{Posting: &p})
}

// term changes an assignment.
func (t *trial) term(a Assignment, post *Post) {
	others := slices.DeleteFunc(slices.Clone(post.Assignments), func(b Assignment) bool { return a.ID == b.ID })
	switch s := t.step; s.Act {
	case Withdraw:
		if _, standsIn := t.draft.After.standIns()[a.ID]; standsIn {
			t.refuse("assignment", "problem.stands_in")
		}
		t.keep(&Post{Posting: post.Posting, Assignments: others}, Write{Withdrawn: &a})
		return
	case Move:
		a.Period = Period{s.First, last(s.Last)}
	case TakeLeave:
		a.Absences = append(slices.Clone(a.Absences), Absence{AssignmentID: a.ID, Period: Period{s.First, last(s.Last)}, StandInID: s.StandIn})
	default:
		reason := s.Reason
		if reason == "" && s.Act == HandOver {
			reason = a.EndReason
		}
		a = a.End(last(s.Last), reason)
	}
	checked := a
	checked.Key = cmp.Or(a.Key, "hidden") // where the officer is hidden, so is the key
	for _, p := range CheckAssignment(checked, post.Life(), others) {
		if p.Field == "officer" { // the officer stays: it is the days that change
			p.Field = "last_day"
		}
		t.adopt(Problems{p})
	}
	for _, p := range CheckAbsences(a, post.Seating(), t.draft.After.standInFor) {
		if _, field, found := strings.Cut(p.Field, "."); found && t.step.Act == TakeLeave {
			p.Field = field
		}
		t.adopt(Problems{p})
	}
	next := &Post{Posting: post.Posting, Assignments: append(others, a)}
	t.keep(next, Write{Assignment: &a})
	if s := t.step; s.Act == HandOver && len(t.problems) == 0 {
		if s.Officer == a.OfficerID {
			t.refuse("officer", "problem.same_officer")
			return
		}
		t.assign(next, Assignment{OfficerID: s.Officer, Period: Period{s.First, last(s.SuccessorLast)}}, "successor_last_day")
	}
}

// assign adds an assignment to a posting.
func (t *trial) assign(post *Post, a Assignment, lastField string) {
	if t.draft.After.Officer(a.OfficerID).ID == 0 {
		t.refuse("officer", "problem.gone")
		return
	}
	a.ID, a.PostingID, a.Key = -int64(t.row+1), post.ID, fmt.Sprintf("new-%d", t.row+1)
	for _, p := range CheckAssignment(a, post.Life(), post.Assignments) {
		if p.Field == "last_day" && t.step.Act == HandOver {
			p.Field = lastField
		}
		t.adopt(Problems{p})
	}
	t.adopt(CheckHolder(post.Posting, t.draft.After.Agency(t.draft.After.Officer(a.OfficerID).AgencyID).Kind))
	saved := a
	saved.Key = ""
	t.keep(&Post{Posting: post.Posting, Assignments: append(slices.Clone(post.Assignments), a)}, Write{Assignment: &saved})
}

// host returns the body that hosts a posting, the zero Body if none does.
func (d *Directory) host(p Posting) Body {
	if b := d.bodies[p.HostBody]; b != nil {
		return *b
	}
	return Body{}
}

// standInFor finds an assignment for CheckAbsences.
func (d *Directory) standInFor(id int64) (StandInFor, bool) {
	a, post := d.Assignment(id)
	return StandInFor{a, d.kindOf(a)}, post != nil
}

// keep puts the posting into the draft, unless something is wrong with it.
func (t *trial) keep(post *Post, w Write) {
	if len(t.problems) > 0 {
		return
	}
	slices.SortFunc(post.Assignments, byStart)
	t.draft.After = t.draft.After.With(Delta{Posts: map[int64]*Post{post.ID: post}})
	t.draft.Writes = append(t.draft.Writes, w)
}

// change changes a posting as the step says.
func (s Step) change(p *Posting) {
	switch s.Act {
	case Close:
		s.close(p)
	case Suspend:
		p.Suspensions = append(p.Suspensions, Suspension{PostingID: p.ID, Period: Period{s.First, last(s.Last)}, Reason: s.Reason})
	case Represent:
		p.Representations = append(p.Representations, Representation{PostingID: p.ID, State: s.State, Matter: s.Matter, Period: Period{s.First, last(s.Last)}})
	case Cover:
		p.Coverages = append(p.Coverages, Coverage{PostingID: p.ID, Country: s.Country, Period: Period{s.First, last(s.Last)}})
	case Unrepresent:
		var rest []Representation
		for _, r := range p.Representations {
			if r.State != s.State || !r.Matter.shares(s.Matter) {
				rest = append(rest, r)
				continue
			}
			if r.Matter == Both && s.Matter != Both && r.Last >= s.First {
				other := r
				other.ID, other.First, other.Matter = 0, max(r.First, s.First), s.Matter.Other()
				rest = append(rest, other)
			}
			if r.Last = min(r.Last, s.First-1); r.Days() > 0 {
				rest = append(rest, r)
			}
		}
		p.Representations = rest
	case Uncover:
		p.Coverages = slices.DeleteFunc(p.Coverages, func(c Coverage) bool { return c.Country == s.Country && c.First >= s.First })
		for i, c := range p.Coverages {
			if c.Country == s.Country {
				p.Coverages[i].Last = min(c.Last, s.First-1)
			}
		}
	}
}

// close gives the posting its last day. Rows after it are dropped, and those
// that reach beyond it cut short, unless their end is open.
func (s Step) close(p *Posting) {
	p.Closed = s.Last
	after := func(days *Period) bool {
		if !days.Last.Open() {
			days.Last = min(days.Last, s.Last)
		}
		return days.First > s.Last
	}
	p.Representations = slices.DeleteFunc(p.Representations, func(r Representation) bool { return r.First > s.Last })
	p.Coverages = slices.DeleteFunc(p.Coverages, func(c Coverage) bool { return c.First > s.Last })
	p.Suspensions = slices.DeleteFunc(p.Suspensions, func(x Suspension) bool { return x.First > s.Last })
	for i := range p.Representations {
		after(&p.Representations[i].Period)
	}
	for i := range p.Coverages {
		after(&p.Coverages[i].Period)
	}
	for i := range p.Suspensions {
		after(&p.Suspensions[i].Period)
	}
}

// Posts returns the IDs of the postings that the draft changes, in order.
func (d Draft) Posts() []int64 {
	ids := slices.Clone(d.also)
	for _, w := range d.Writes {
		switch {
		case w.Posting != nil:
			ids = append(ids, w.Posting.ID)
		case w.Assignment != nil:
			ids = append(ids, w.Assignment.PostingID)
		default:
			ids = append(ids, w.Withdrawn.PostingID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Mark returns a hash of what the draft does: two drafts have the same mark if
// they write the same over the same versions, with the same effects and
// findings.
func (d Draft) Mark(today Date, lim Limits) string {
	h := sha256.New()
	for _, w := range d.Writes {
		for _, a := range []*Assignment{w.Assignment, w.Withdrawn} {
			if a != nil {
				fmt.Fprintf(h, "%+v\n", *a)
			}
		}
		if w.Posting != nil {
			fmt.Fprintf(h, "%+v\n", *w.Posting)
		}
	}
	for _, id := range d.Posts() { // as they were: also where something is only added
		if p := d.Before.Post(id); p != nil {
			fmt.Fprintln(h, p.ID, p.Version)
			for _, a := range p.Assignments {
				fmt.Fprintln(h, a.ID, a.Version)
			}
		}
	}
	fmt.Fprintf(h, "%+v\n", d.Effects())
	appear, disappear := d.Findings(today, lim)
	for _, f := range slices.Concat(appear, disappear) {
		fmt.Fprintln(h, f.name(func(a Assignment) string { return a.Key })) // new ones have no ID yet
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
