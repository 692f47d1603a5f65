package models

import (
	"maps"
	"math/rand/v2"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// A shared map is the plain one after the same changes, however many, and whatever comes
// of it afterwards.
func TestSharedAgainstPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var is shared[int, string]
		plain := map[int]*string{}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		type pair struct {
			is    shared[int, string]
			plain map[int]*string
		}
		var all []pair
		for range rapid.IntRange(1, 20).Draw(t, "changes") {
			change := map[int]*string{}
			from := rapid.IntRange(0, 900).Draw(t, "from")
			for k := range rapid.SampledFrom([]int{0, 1, 3, 200, 600}).Draw(t, "many") {
				if k = from + k; rng.IntN(4) == 0 {
					change[k] = nil
					delete(plain, k)
				} else {
					v := strconv.Itoa(rng.IntN(9))
					change[k], plain[k] = &v, &v
				}
			}
			is = is.with(change)
			all = append(all, pair{is, maps.Clone(plain)})
		}
		for i, p := range all {
			if got := maps.Collect(p.is.All()); !maps.Equal(got, p.plain) {
				t.Fatalf("after %d changes there are %v, not %v", i+1, got, p.plain)
			}
			if len(p.is.over) > mostOver {
				t.Fatalf("%d changes lie over the map", len(p.is.over))
			}
			for k := range 1600 {
				if p.is.get(k) != p.plain[k] {
					t.Fatalf("under %d is %v, not %v", k, p.is.get(k), p.plain[k])
				}
			}
		}
	})
}

// What a map has of its own is all of it, and nothing of what is gone.
func TestSharedAlone(t *testing.T) {
	secret, open := "secret", "open"
	m := shared[int, string]{}.with(map[int]*string{1: &secret, 2: &secret, 3: &open}).with(map[int]*string{1: nil, 2: &open}).alone()
	if want := map[int]*string{2: &open, 3: &open}; !maps.Equal(m.base, want) || m.over != nil {
		t.Errorf("alone there is %+v", m)
	}
}
