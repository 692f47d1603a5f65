package models

import (
	"iter"
	"maps"
)

// mostOver is how many changes of a map are kept beside what they change.
const mostOver = 512

// A shared is a map to what never changes, and never changes itself. A change gives
// another one, which shares with it what stays: what has changed lately lies over a map
// that both of them have, until so much does that the whole is written anew. A change
// costs as much whether a hundred thousand are in it or a thousand.
type shared[K comparable, T any] struct {
	base map[K]*T // none of them nil
	over map[K]*T // nil for what is gone
}

// get returns what is kept under a key, nil if nothing is.
func (m shared[K, T]) get(k K) *T {
	if v, changed := m.over[k]; changed {
		return v
	}
	return m.base[k]
}

// All yields all of the map in no order.
func (m shared[K, T]) All() iter.Seq2[K, *T] {
	return func(yield func(K, *T) bool) {
		for k, v := range m.over {
			if v != nil && !yield(k, v) {
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
func (m shared[K, T]) with(changes map[K]*T) shared[K, T] {
	if len(changes) == 0 {
		return m
	}
	if m.base != nil && len(m.over)+len(changes) <= mostOver {
		over := make(map[K]*T, len(m.over)+len(changes))
		maps.Copy(over, m.over)
		maps.Copy(over, changes)
		return shared[K, T]{m.base, over}
	}
	return shared[K, T]{base: m.written(changes)}
}

// alone returns the map without anything that it shared with another and no longer has.
func (m shared[K, T]) alone() shared[K, T] { return shared[K, T]{base: m.written(nil)} }

// written returns all of the map, after changes, as one of its own.
func (m shared[K, T]) written(changes map[K]*T) map[K]*T {
	all := make(map[K]*T, len(m.base)+len(changes))
	maps.Copy(all, m.base)
	maps.Copy(all, m.over)
	maps.Copy(all, changes)
	maps.DeleteFunc(all, func(_ K, v *T) bool { return v == nil })
	return all
}
