package models

import (
	"slices"
	"sync"
)

// mostNamed is how many days a directory keeps its names of.
const mostNamed = 8

// namings are a directory as agencies and bodies were called on the days that were
// asked for last.
type namings struct {
	mu   sync.Mutex
	days []Date
	on   []*Directory
}

// NamedOn returns the directory in which agencies and bodies are called as they
// were, or will be, on a day: d itself if that is what they are called anyway. It
// is for showing, not for changing.
func (d *Directory) NamedOn(day Date) *Directory {
	if d.unnamed != nil {
		d = d.unnamed
	}
	change := d.namesOn(day)
	if len(change.Agencies)+len(change.Bodies) == 0 {
		return d
	}
	d.named.mu.Lock()
	defer d.named.mu.Unlock()
	if i := slices.Index(d.named.days, day); i >= 0 {
		return d.named.on[i]
	}
	named := d.With(change)
	named.unnamed = d
	if len(d.named.days) == mostNamed {
		d.named.days, d.named.on = d.named.days[1:], d.named.on[1:]
	}
	d.named.days, d.named.on = append(d.named.days, day), append(d.named.on, named)
	return named
}

// namesOn returns the agencies and bodies that have another name on a day.
func (d *Directory) namesOn(day Date) Delta {
	change := Delta{Agencies: map[int64]*Agency{}, Bodies: map[int64]*Body{}}
	for id, a := range d.agencies {
		if slices.ContainsFunc(a.Names, func(n AgencyName) bool { return n.Has(day) }) {
			was := a.On(day)
			change.Agencies[id] = &was
		}
	}
	for _, b := range d.bodies {
		if slices.ContainsFunc(b.Names, func(n BodyName) bool { return n.Has(day) }) {
			was := b.On(day)
			change.Bodies[b.ID] = &was
		}
	}
	return change
}
