package models

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
)

// A Post is a posting with everything that hangs on it. It never changes once
// a Directory holds it.
type Post struct {
	Posting
	Assignments []Assignment // by first day, then by key
	// Body is the one that hosts the posting, nil where a country does. The
	// directory that holds the post sets it.
	Body *Body
}

// Where returns the place where the posting is resident, with what it is called.
func (p *Post) Where() Named { return Named{p.Host(), p.Body} }

// A Directory is all postings, their officers and agencies, the bodies and
// projects, and the contact points, as one value that never changes: any number of requests may ask it
// at the same time. A change gives a new Directory and leaves the old one.
type Directory struct {
	agencies map[int64]Agency
	officers shared[int64, Officer]
	posts    shared[int64, Post]
	bodies   map[BodyKey]*Body
	projects map[int64]Project
	away     map[int64]*Post        // the posts of which some holder is ever absent
	places   map[Place][]*Post      // all that cover the place on some day, by key
	served   shared[int64, []*Post] // by officer: all that he or she holds on some day, by key
	contacts map[State][]ContactPoint
	attested map[State]map[int64]Date // by posting, 0 for the whole list
	byKey    []*Post
	keys     []officerKey // in order
	// In order, worked out when first asked for.
	byName  func() []Officer
	named   *namings
	unnamed *Directory // that this one is, called as on some day; else nil
	// standIns are the assignments that stand in for absent holders, by ID.
	standIns func() map[int64]Holding
	// kinds are those of the agencies of hidden holders, by assignment, where not that
	// of the agency that sends the posting.
	kinds map[int64]AgencyKind
}

// A Delta says how a new Directory differs from the old one: records as they
// now stand, by ID, and nil for those that are gone. Officers and posts never
// change once a Directory holds them.
type Delta struct {
	Agencies map[int64]*Agency
	Officers map[int64]*Officer
	Posts    map[int64]*Post
	Bodies   map[int64]*Body
	Projects map[int64]*Project
	// ContactPoints is the whole list, unless it is nil.
	ContactPoints []ContactPoint
	// Attestations is the whole list, unless it is nil.
	Attestations []Attestation
}

// NewDirectory returns the directory of everything in d.
func NewDirectory(d Delta) *Directory { return new(Directory).With(d) }

// With returns the directory after the change. Its cost is that of copying
// the indexes plus that of what changed, not of rereading everything.
func (d *Directory) With(change Delta) *Directory {
	next := &Directory{
		agencies: applied(d.agencies, change.Agencies),
		officers: d.officers.with(change.Officers),
		posts:    d.posts,
		byKey:    d.byKey,
		keys:     keysWith(d.keys, change.Officers),
		bodies:   d.bodies,
		projects: applied(d.projects, change.Projects),
		away:     d.away,
		named:    new(namings),
		places:   d.places,
		served:   d.served,
		contacts: d.contacts,
		attested: d.attested,
		kinds:    d.kinds,
	}
	posts := change.Posts
	if len(change.Bodies) > 0 {
		posts = next.replaceBodies(change.Bodies, posts)
	}
	if len(posts) > 0 {
		next.replacePosts(posts)
	}
	if change.ContactPoints != nil {
		next.contacts = byState(change.ContactPoints)
	}
	if change.Attestations != nil {
		next.attested = map[State]map[int64]Date{}
		for _, a := range change.Attestations {
			if next.attested[a.State] == nil {
				next.attested[a.State] = map[int64]Date{}
			}
			next.attested[a.State][a.PostingID] = a.On
		}
	}
	next.standIns = sync.OnceValue(next.standInsNow)
	next.byName = sync.OnceValue(func() []Officer {
		var all []Officer
		for _, o := range next.officers.All() {
			all = append(all, *o)
		}
		slices.SortFunc(all, func(a, b Officer) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Key, b.Key))
		})
		return all
	})
	return next
}

func applied[K comparable, T any](old map[K]T, change map[K]*T) map[K]T {
	if len(change) == 0 {
		return old
	}
	next := make(map[K]T, len(old)+len(change))
	maps.Copy(next, old)
	for id, v := range change {
		if v == nil {
			delete(next, id)
		} else {
			next[id] = *v
		}
	}
	return next
}

// replaceBodies replaces the bodies with these IDs, and removes those that are nil.
// It returns posts with those added that such a body hosts: what it is called is
// theirs.
func (d *Directory) replaceBodies(bodies map[int64]*Body, posts map[int64]*Post) map[int64]*Post {
	next := maps.Clone(d.bodies)
	if next == nil {
		next = map[BodyKey]*Body{}
	}
	maps.DeleteFunc(next, func(_ BodyKey, b *Body) bool { _, changed := bodies[b.ID]; return changed })
	changed := map[BodyKey]bool{}
	for _, b := range d.bodies {
		_, changed[b.Key] = bodies[b.ID]
	}
	for _, b := range bodies {
		if b != nil {
			next[b.Key], changed[b.Key] = b, true
		}
	}
	d.bodies = next
	all := maps.Clone(posts)
	for id, p := range d.posts.All() {
		if _, there := all[id]; there || !changed[p.HostBody] {
			continue
		}
		if all == nil {
			all = map[int64]*Post{}
		}
		again := *p
		all[id] = &again
	}
	return all
}

func byStart(a, b Assignment) int {
	return cmp.Or(cmp.Compare(a.First, b.First), strings.Compare(a.Key, b.Key))
}

func byState(points []ContactPoint) map[State][]ContactPoint {
	m := map[State][]ContactPoint{}
	for _, c := range points {
		m[c.State] = append(m[c.State], c)
	}
	for _, list := range m {
		slices.SortFunc(list, func(a, b ContactPoint) int {
			// Police and customs before both: the more specific one first.
			return cmp.Or(cmp.Compare(b.Matter, a.Matter), strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
		})
	}
	return m
}

// Agency returns an agency by ID, the zero Agency if there is none.
func (d *Directory) Agency(id int64) Agency { return d.agencies[id] }

// Officer returns an officer by ID, the zero Officer if there is none.
func (d *Directory) Officer(id int64) Officer { return *d.SharedOfficer(id) }

// SharedOfficer is Officer for those who read many: it returns the directory's own
// copy, which the caller must not change.
func (d *Directory) SharedOfficer(id int64) *Officer {
	if o := d.officers.get(id); o != nil {
		return o
	}
	return new(Officer)
}

// Post returns a posting by ID, nil if there is none.
func (d *Directory) Post(id int64) *Post { return d.posts.get(id) }

// Posts returns all postings by key. The caller must not change the slice.
func (d *Directory) Posts() []*Post { return d.byKey }

// held returns all postings that an officer holds on some day, by key. The caller must
// not change the slice.
func (d *Directory) held(officer int64) []*Post {
	if posts := d.served.get(officer); posts != nil {
		return *posts
	}
	return nil
}

// Sending returns the agency that keeps the posting.
func (d *Directory) Sending(p *Post) Agency { return d.agencies[p.AgencyID] }

// Covering returns the postings that cover a place on any day, past or future,
// by key. The caller must not change the slice.
func (d *Directory) Covering(at Place) []*Post { return d.places[at] }

// Served returns an officer's assignments, past and future, by first day.
func (d *Directory) Served(officer int64) []Assignment {
	var held []Assignment
	for _, p := range d.held(officer) {
		for _, a := range p.Assignments {
			if a.OfficerID == officer {
				held = append(held, a)
			}
		}
	}
	slices.SortFunc(held, byStart)
	return held
}

// ContactPoints returns all contact points, by state and then in the order of
// Fallback.
func (d *Directory) ContactPoints() (all []ContactPoint) {
	for _, s := range States() {
		all = append(all, d.contacts[s]...)
	}
	return all
}

// Fallback returns a state's own contact points for a single matter, those
// for just that matter first.
func (d *Directory) Fallback(s State, m Matter) []ContactPoint {
	var points []ContactPoint
	for _, c := range d.contacts[s] {
		if c.Matter.Includes(m) {
			points = append(points, c)
		}
	}
	return points
}
