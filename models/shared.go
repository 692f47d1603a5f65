package models

import (
	"iter"
	"maps"
)

// mostOver is how many changes of a map are kept beside what they change.
const mostOver = 512

// A shared is a map that never changes. A change gives another one, which shares with it
// what stays: what has changed lately lies over a map that both of them have, until so
// much does that the whole is written anew. A change costs as much whether a hundred
// thousand are in it or a thousand.
type shared[K comparable, V any] struct {
	base map[K]V
	over map[K]*V // nil for what is gone
}

// get returns what is kept under a key, and the zero V if nothing is.
func (m shared[K, V]) get(k K) V {
	if v, changed := m.over[k]; changed {
		if v == nil {
			var none V
			return none
		}
		return *v
	}
	return m.base[k]
}

// All yields all of the map in no order.
func (m shared[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, v := range m.over {
			if v != nil && !yield(k, *v) {
				return
			}
		}
		for k, v := range m.base {
			if _, changed := m.over[k]; !changed && !yield(k, v) {
				return
			}
		}
	}
}

// with returns the map after changes, nil for what is to go.
func (m shared[K, V]) with(changes map[K]*V) shared[K, V] {
	if len(changes) == 0 {
		return m
	}
	if m.base != nil && len(m.over)+len(changes) <= mostOver {
		over := make(map[K]*V, len(m.over)+len(changes))
		maps.Copy(over, m.over)
		maps.Copy(over, changes)
		return shared[K, V]{m.base, over}
	}
	return shared[K, V]{base: m.written(changes)}
}

// alone returns the map without anything that it shared with another and no longer has.
func (m shared[K, V]) alone() shared[K, V] { return shared[K, V]{base: m.written(nil)} }

// written returns all of the map, after changes, as one of its own.
func (m shared[K, V]) written(changes map[K]*V) map[K]V {
	all := make(map[K]V, len(m.base)+len(changes))
	maps.Copy(all, m.base)
	for _, over := range []map[K]*V{m.over, changes} {
		for k, v := range over {
			if v == nil {
				delete(all, k)
			} else {
				all[k] = *v
			}
		}
	}
	return all
}

// pointers returns changes of a map of pointers as with wants them.
func pointers[K comparable, V any](changes map[K]*V) map[K]**V {
	all := make(map[K]**V, len(changes))
	for k, v := range changes {
		if all[k] = nil; v != nil {
			all[k] = &v
		}
	}
	return all
}
