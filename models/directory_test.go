package models

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestDirectoryChangedAgainstAnew takes a directory through random changes. It
// must always say what a new directory of the same records says, and the one
// before the change must go on saying what it said.
func TestDirectoryChangedAgainstAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := records{drawWorld(t).world.delta()}
		d := NewDirectory(now.Delta)
		for round := range rapid.IntRange(1, 5).Draw(t, "changes") {
			change := drawChange(t, now, round)
			before := described(d)
			next := d.With(change)
			if after := described(d); after != before {
				t.Fatalf("the old directory changed: %s", firstDifference(after, before))
			}
			now = now.after(change)
			if got, want := described(next), described(NewDirectory(now.copied())); got != want {
				t.Fatalf("changed and anew differ: %s", firstDifference(got, want))
			}
			d = next
		}
	})
}

// records are all records of a directory, as a change to an empty one.
type records struct{ Delta }

// after returns the records after a change.
func (r records) after(change Delta) records {
	next := r.copied()
	change = records{change}.copied()
	maps.Copy(next.Agencies, change.Agencies)
	maps.Copy(next.Officers, change.Officers)
	maps.Copy(next.Posts, change.Posts)
	maps.Copy(next.Bodies, change.Bodies)
	maps.Copy(next.Projects, change.Projects)
	if change.ContactPoints != nil {
		next.ContactPoints = change.ContactPoints
	}
	maps.DeleteFunc(next.Agencies, func(_ int64, a *Agency) bool { return a == nil })
	maps.DeleteFunc(next.Officers, func(_ int64, o *Officer) bool { return o == nil })
	maps.DeleteFunc(next.Posts, func(_ int64, p *Post) bool { return p == nil })
	maps.DeleteFunc(next.Bodies, func(_ int64, b *Body) bool { return b == nil })
	maps.DeleteFunc(next.Projects, func(_ int64, p *Project) bool { return p == nil })
	return records{next}
}

// copied returns the records in memory of their own.
func (r records) copied() Delta {
	d := Delta{Agencies: map[int64]*Agency{}, Officers: map[int64]*Officer{}, Posts: map[int64]*Post{}, Bodies: map[int64]*Body{}, Projects: map[int64]*Project{}, ContactPoints: slices.Clone(r.ContactPoints)}
	for id, a := range r.Agencies {
		d.Agencies[id] = copyOf(a)
	}
	for id, o := range r.Officers {
		d.Officers[id] = copyOf(o)
	}
	for id, b := range r.Bodies {
		d.Bodies[id] = copyOf(b)
	}
	for id, p := range r.Projects {
		d.Projects[id] = copyOf(p)
	}
	for id, p := range r.Posts {
		if d.Posts[id] = copyOf(p); p != nil {
			d.Posts[id].Assignments = slices.Clone(p.Assignments)
			d.Posts[id].Coverages = slices.Clone(p.Coverages)
		}
	}
	return d
}

func copyOf[T any](v *T) *T {
	if v == nil {
		return nil
	}
	c := *v
	return &c
}

// drawChange draws what a day's work does to the records: postings gone, moved,
// renamed or held by others, officers renamed, new and gone.
func drawChange(t *rapid.T, now records, round int) Delta {
	change := Delta{Agencies: map[int64]*Agency{}, Officers: map[int64]*Officer{}, Posts: map[int64]*Post{}, Bodies: map[int64]*Body{}, Projects: map[int64]*Project{}}
	other := drawWorld(t).world.delta() // a source of new postings
	for _, p := range other.Posts {     // no key and no assignment's ID is taken
		p.Key += fmt.Sprintf(".%d.%d", round, p.ID)
		for i := range p.Assignments {
			a := &p.Assignments[i]
			a.Key += fmt.Sprintf(".%d.%d", round, p.ID)
			stranger := drawBool(t, "stands in from elsewhere", 3)
			for j := range a.Absences {
				if !stranger && a.Absences[j].StandInID != 0 { // else one who may be there from the beginning, or gone
					a.Absences[j].StandInID += int64(1000 * (round + 1))
				}
			}
			a.ID += int64(1000 * (round + 1))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(other.Posts)) {
		switch _, known := now.Posts[id]; rapid.IntRange(0, 3).Draw(t, "posting") {
		case 0:
			change.Posts[id] = other.Posts[id]
		case 1:
			if known {
				change.Posts[id] = nil
			}
		case 2:
			if known {
				post := copyOf(now.Posts[id])
				post.Key += "~"
				post.Coverages = post.Coverages[:len(post.Coverages)/2]
				post.Assignments = append(post.Assignments, other.Posts[id].Assignments...)
				change.Posts[id] = post
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(now.Officers)) {
		switch rapid.IntRange(0, 5).Draw(t, "officer") {
		case 0:
			change.Officers[id] = nil
		case 1:
			officer := *now.Officers[id]
			officer.Name += " again"
			change.Officers[id] = &officer
		}
	}
	for _, id := range slices.Sorted(maps.Keys(now.Bodies)) {
		if key := now.Bodies[id].Key; key != "board" && key != "europol" && key != "unodc" {
			continue
		}
		switch rapid.IntRange(0, 5).Draw(t, "body") {
		case 0:
			change.Bodies[id] = nil
		case 1:
			b := now.Bodies[id].Renamed(day("2024-03-01"), fmt.Sprint("renamed in ", round), "", "")
			change.Bodies[id] = &b
		}
	}
	for id := range int64(rapid.IntRange(0, 3).Draw(t, "projects")) {
		if change.Projects[id] = nil; drawBool(t, "project", 2) {
			change.Projects[id] = &Project{ID: id, Key: fmt.Sprint("pr-", round, "-", id), Period: Period{Date(10 - round), Forever}}
		}
	}
	if drawBool(t, "agency", 2) {
		agency := *now.Agencies[1]
		agency.Name, agency.Kind = "renamed", "customs"
		change.Agencies[1] = &agency
	}
	if drawBool(t, "contacts", 2) {
		change.ContactPoints = []ContactPoint{}
		for i := range rapid.IntRange(0, 4).Draw(t, "contacts") {
			change.ContactPoints = append(change.ContactPoints, ContactPoint{ID: int64(i), State: "FI",
				Matter: rapid.SampledFrom([]Matter{"police", "customs", "both"}).Draw(t, "matter"), Name: fmt.Sprint(i % 2)})
		}
	}
	return change
}

// described writes all that a directory says of what it holds.
func described(d *Directory) string {
	var b strings.Builder
	for _, p := range d.Posts() {
		fmt.Fprint(&b, p.Key, " ")
	}
	for _, o := range d.Officers() {
		fmt.Fprint(&b, o.Key, " ")
	}
	fmt.Fprintln(&b)
	for id := range int64(300) {
		if p := d.Post(id); p != nil {
			fmt.Fprintln(&b, "posting", id, p.Key, d.Sending(p).Name, keys(p.Assignments), p.Body != nil, d.PostNamed(p.Key) == p)
			if p.Body != nil {
				fmt.Fprintln(&b, "at", p.Body.Key, p.Body.Name, p.Body == d.Body(p.HostBody))
			}
			for _, a := range p.Assignments {
				for _, x := range a.Absences {
					fmt.Fprintln(&b, "away", a.Key, x.Period, d.NamedStandIn(x.StandInID).Key)
				}
				for _, r := range d.StandsInFor(a.ID) {
					fmt.Fprintln(&b, "stands in", a.Key, r.Key, r.Post.Key, r.Days)
				}
			}
		}
		if o := d.Officer(id); o.ID != 0 {
			fmt.Fprintln(&b, "officer", id, o.Name, len(d.OfficersNamed(o.Number())))
			for _, found := range d.OfficersNamed(o.Key) {
				fmt.Fprintln(&b, "by key", found.ID)
			}
		}
		if held := d.Served(id); held != nil {
			fmt.Fprintln(&b, "served", id, keys(held))
		}
		if a := d.Agency(id); a.ID != 0 {
			fmt.Fprintln(&b, "agency", id, a.Name, a.Kind)
		}
	}
	for _, p := range d.Projects() {
		fmt.Fprint(&b, p.Key, " ", p.First, " ", d.Project(p.ID).Key, "; ")
	}
	for _, body := range d.Bodies() {
		fmt.Fprint(&b, body.Key, " ", body.Name, " ", len(d.Hosted(body.Key)), "; ")
	}
	for _, name := range randomPlaces {
		fmt.Fprint(&b, name, ":", d.Knows(at(name)))
		for _, p := range d.Covering(at(name)) {
			fmt.Fprint(&b, " ", p.Key)
		}
		fmt.Fprintln(&b)
		for _, base := range randomBases {
			fmt.Fprint(&b, replied(d.WhoRepresents(Question{"FI", "police", at(name), base + 25})))
		}
	}
	for _, m := range Matters() {
		fmt.Fprintln(&b, d.Fallback("FI", m))
	}
	return b.String()
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("%q, want %q", a[i], b[min(i, len(b)-1)])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// A caller may make the next state of a posting by adding to the list of the
// one before, where the two share memory.
func TestDirectoryKeepsSharedAssignments(t *testing.T) {
	w := newWorld()
	b := w.posting("bangkok-se-police", "TH", "2020-01-01/").held("o-1", "2020-01-01/2021-12-31").held("o-3", "2024-01-01/")
	old := w.directory()
	shared := *old.Post(b.id())
	shared.Assignments = slices.Grow(shared.Assignments, 8)
	old = old.With(Delta{Posts: map[int64]*Post{shared.ID: &shared}})

	changed := shared
	changed.Assignments = append(changed.Assignments, Assignment{Key: "a-between", PostingID: shared.ID, Period: days("2022-01-01/2023-12-31")})
	next := old.With(Delta{Posts: map[int64]*Post{changed.ID: &changed}})

	if got := keys(next.Post(b.id()).Assignments); got != "a-01 a-between a-02" {
		t.Errorf("the new directory has %q", got)
	}
	if got := keys(old.Post(b.id()).Assignments); got != "a-01 a-02" {
		t.Errorf("the old directory has %q", got)
	}
}
