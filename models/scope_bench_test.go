package models

import (
	"fmt"
	"testing"
)

// BenchmarkSeen works out what somebody sees who is told of no masked officer
// and of no holder of a restricted posting, among 100,000 officers: where one in
// twenty of either is hidden, and where all of them are.
func BenchmarkSeen(b *testing.B) {
	const officers = 100_000
	for _, hidden := range []int{20, 1} {
		whole := shaped(2*officers, officers/5, officers)
		change := Delta{Officers: map[int64]*Officer{}, Posts: map[int64]*Post{}}
		for id := range whole.officers.All() {
			o := whole.Officer(id)
			o.Masked = id%int64(hidden) == 0
			o.Name, o.Rank, o.Email, o.Phone, o.Languages, o.Note = "Name", "Rank", "a@example.org", "+46 1", "sv en", "A note."
			change.Officers[id] = &o
		}
		for id, p := range whole.posts.All() {
			next := *p
			next.Restricted, next.Note = id%int64(hidden) == 0, "A note."
			change.Posts[id] = &next
		}
		d := whole.With(change)
		b.Run(fmt.Sprintf("one_in_%d", hidden), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if d.Seen(Scope{}) == d {
					b.Fatal("nothing is hidden")
				}
			}
		})
	}
}
