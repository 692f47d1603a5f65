package models

import (
	"cmp"
	"maps"
	"slices"
)

// An Attestation is a coordinator's word that a state's list is right: all of
// it, or one posting.
type Attestation struct {
	State     State `gorm:"primaryKey"`
	PostingID int64 `gorm:"primaryKey;autoIncrement:false"` // 0 for the whole list
	On        Date  `gorm:"column:on_day"`
}

// AttestedOn returns the last day on which the record of the posting was
// confirmed, by itself or with the whole list of its state, 0 if never.
func (d *Directory) AttestedOn(p *Post) Date {
	said := d.attested[d.Sending(p).Country]
	return max(said[0], said[p.ID])
}

// Attestations returns all attestations, by state and posting.
func (d *Directory) Attestations() (all []Attestation) {
	for _, s := range States() {
		for _, id := range slices.Sorted(maps.Keys(d.attested[s])) {
			all = append(all, Attestation{s, id, d.attested[s][id]})
		}
	}
	return all
}

// A Freshness says how recently a state's list was confirmed, as of a day. It
// counts the postings that are open then.
type Freshness struct {
	State   State
	Open    int
	Overdue int
	// Oldest is the day on which the posting that has waited longest was last
	// confirmed, 0 if it never was.
	Oldest Date
	// Since is the first day on which one of the overdue was, 0 if none is.
	Since Date
}

// Freshness returns how fresh each state's list is on a day, for the states that
// have open postings. A posting is overdue when more than within days have
// passed since it was confirmed or opened, whichever is later; if within is 0,
// none is.
func (d *Directory) Freshness(today Date, within int) []Freshness {
	by := map[State]*Freshness{}
	for _, p := range d.posts.All() {
		if !p.Life().Has(today) {
			continue
		}
		state, on := d.Sending(p).Country, d.AttestedOn(p)
		f := by[state]
		if f == nil {
			f = &Freshness{State: state, Oldest: on}
			by[state] = f
		}
		f.Open++
		f.Oldest = min(f.Oldest, on)
		if due := max(on, p.Opened) + Date(within) + 1; within > 0 && due <= today {
			f.Overdue++
			f.Since = min(cmp.Or(f.Since, due), due)
		}
	}
	var all []Freshness
	for _, s := range States() {
		if by[s] != nil {
			all = append(all, *by[s])
		}
	}
	return all
}

// Due reports whether a posting is overdue on a day, as Freshness counts.
func (d *Directory) Due(p *Post, today Date, within int) bool {
	return within > 0 && p.Life().Has(today) && max(d.AttestedOn(p), p.Opened)+Date(within) < today
}

// A Waiting is an open posting and since which day it has gone unconfirmed: the day on
// which it was confirmed last or opened, whichever is later.
type Waiting struct {
	Post  *Post
	Since Date
}

// Waiting returns the postings of a state that are open on a day, those that have waited
// longest first, so that the overdue are at the beginning.
func (d *Directory) Waiting(state State, today Date) (all []Waiting) {
	for _, p := range d.posts.All() {
		if d.Sending(p).Country == state && p.Life().Has(today) {
			all = append(all, Waiting{p, max(d.AttestedOn(p), p.Opened)})
		}
	}
	slices.SortFunc(all, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Post.ID, b.Post.ID))
	})
	return all
}

// unattested finds the lists that have waited too long: one finding for each
// state, as a list is confirmed in one go.
func (f *finder) unattested() {
	for _, s := range f.d.Freshness(f.today, f.lim.AttestDays) {
		if s.Overdue == 0 {
			continue
		}
		key := "finding." + string(NotAttested)
		if s.Oldest == 0 {
			key += "_never"
		}
		f.found = append(f.found, Finding{Kind: NotAttested, Severity: Notice, Sending: s.State, States: []State{s.State}, Days: Period{s.Since, Forever},
			Reason: []Message{Say(key, "state", s.State, "n", s.Overdue, "open", s.Open, "day", s.Oldest, "most", f.lim.AttestDays)}})
	}
}
