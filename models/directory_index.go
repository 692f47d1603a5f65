package models

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// replacePosts replaces the posts with these IDs, removes those that are nil,
// and updates the indexes.
func (d *Directory) replacePosts(posts map[int64]*Post) {
	places, served := postsBy[Place]{func(at Place) []*Post { return d.places[at] }, map[Place]*[]*Post{}}, postsBy[int64]{d.held, map[int64]*[]*Post{}}
	away := map[int64]*Post{}
	for id, post := range posts {
		old := d.posts.get(id)
		if old != nil {
			places.remove(old, old.everCovers())
			served.remove(old, old.everHeldBy())
		}
		if post == nil {
			away[id] = nil
			continue
		}
		// The caller's slice may be part of one that an older Post holds.
		if !slices.IsSortedFunc(post.Assignments, byStart) {
			post.Assignments = slices.SortedFunc(slices.Values(post.Assignments), byStart)
		}
		if post.Body = nil; post.HostBody != "" {
			post.Body = d.Name(post.Host()).Called
		}
		if away[id] = nil; post.everAway() {
			away[id] = post
		}
		places.add(post, post.everCovers())
		served.add(post, post.everHeldBy())
	}
	d.byKey = postsWith(d.byKey, posts)
	d.posts = d.posts.with(posts)
	d.places = applied(d.places, places.changes())
	d.served = d.served.with(served.changes())
	d.away = awayWith(d.away, away)
}

// everAway reports whether a holder of the posting is ever absent.
func (p *Post) everAway() bool {
	return slices.ContainsFunc(p.Assignments, func(a Assignment) bool { return len(a.Absences) > 0 })
}

// awayWith returns the posts of which a holder is ever absent after a change, nil for
// those of which none is. What does not change is not copied.
func awayWith(old, change map[int64]*Post) map[int64]*Post {
	var next map[int64]*Post
	for id, p := range change {
		if old[id] == p {
			continue
		}
		if next == nil {
			if next = maps.Clone(old); next == nil {
				next = map[int64]*Post{}
			}
		}
		if next[id] = p; p == nil {
			delete(next, id)
		}
	}
	if next == nil {
		return old
	}
	return next
}

// postsWith returns the posts by key after a change of those with some IDs, nil for
// those that are gone.
func postsWith(old []*Post, change map[int64]*Post) []*Post {
	next := slices.DeleteFunc(slices.Clone(old), func(p *Post) bool { _, changed := change[p.ID]; return changed })
	var added []*Post
	for _, p := range change {
		if p != nil {
			added = append(added, p)
		}
	}
	return inserted(next, added, func(a, b *Post) int { return strings.Compare(a.Key, b.Key) })
}

// inserted returns a slice that is in order with more values in it.
func inserted[T any](all, more []T, order func(a, b T) int) []T {
	if len(more) > 16 {
		all = append(all, more...)
		slices.SortFunc(all, order)
		return all
	}
	for _, v := range more {
		i, _ := slices.BinarySearchFunc(all, v, order)
		all = slices.Insert(all, i, v)
	}
	return all
}

// An officerKey is the key of an officer, by which he or she is looked for.
type officerKey struct {
	key string
	id  int64
}

// keysWith returns the keys of officers after a change, nil for those that are gone.
func keysWith(old []officerKey, change map[int64]*Officer) []officerKey {
	if len(change) == 0 {
		return old
	}
	next := slices.DeleteFunc(slices.Clone(old), func(k officerKey) bool { _, changed := change[k.id]; return changed })
	var added []officerKey
	for id, o := range change {
		if o != nil && o.Key != "" {
			added = append(added, officerKey{o.Key, id})
		}
	}
	return inserted(next, added, func(a, b officerKey) int { return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.id, b.id)) })
}

// postsBy are the posts of each K before a change, and of each that it touches after it.
type postsBy[K comparable] struct {
	old     func(K) []*Post
	touched map[K]*[]*Post
}

func (l postsBy[K]) own(k K) *[]*Post {
	if l.touched[k] == nil {
		own := slices.Clone(l.old(k))
		l.touched[k] = &own
	}
	return l.touched[k]
}

func (l postsBy[K]) add(p *Post, keys []K) {
	for _, k := range keys {
		own := l.own(k)
		*own = append(*own, p)
	}
}

func (l postsBy[K]) remove(p *Post, keys []K) {
	for _, k := range keys {
		own := l.own(k)
		*own = slices.DeleteFunc(*own, func(q *Post) bool { return q == p })
	}
}

// changes returns what was touched in order, nil where nothing is left.
func (l postsBy[K]) changes() map[K]*[]*Post {
	for k, own := range l.touched {
		slices.SortFunc(*own, func(a, b *Post) int { return strings.Compare(a.Key, b.Key) })
		if len(*own) == 0 {
			l.touched[k] = nil
		}
	}
	return l.touched
}

// everCovers returns the places that the posting covers on some day, each
// once; none for nil.
func (p *Post) everCovers() []Place {
	if p == nil {
		return nil
	}
	at := []Place{p.Host()}
	for _, c := range p.Coverages {
		if side := (Place{Country: c.Country}); c.And(p.Life()).Days() > 0 && !slices.Contains(at, side) {
			at = append(at, side)
		}
	}
	return at
}

// everHeldBy returns the officers who hold the posting on some day, each once;
// none for nil.
func (p *Post) everHeldBy() []int64 {
	if p == nil {
		return nil
	}
	var ids []int64
	for _, a := range p.Assignments {
		ids = append(ids, a.OfficerID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
