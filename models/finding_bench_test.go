package models

import (
	"fmt"
	"testing"
	"time"
)

// shapes are how n assignments lie: as in life, or all at one posting.
var shapes = []struct {
	name               string
	postings, officers func(n int) int
}{
	{"as_in_life", func(n int) int { return n / 10 }, func(n int) int { return n / 2 }},
	{"one_posting", func(int) int { return 1 }, func(n int) int { return n / 2 }},
}

// shaped returns a directory of n assignments. At each posting one follows the
// other, every third after a day that is left free.
func shaped(n, postings, officers int) *Directory {
	delta := Delta{Agencies: map[int64]*Agency{}, Officers: map[int64]*Officer{}, Posts: map[int64]*Post{}}
	for i, s := range States() {
		delta.Agencies[int64(i)] = &Agency{ID: int64(i), Country: s, Kind: PoliceAgency}
	}
	for i := range officers {
		delta.Officers[int64(i)] = &Officer{ID: int64(i), AgencyID: int64(i / 10 % min(postings, 5)), Key: fmt.Sprintf("o-%d", i)}
	}
	opened, countries := Date(500_000), Countries()
	length := max(1, 240_000*postings/n) // days of an assignment
	for i := range postings {
		p := &Post{Posting: Posting{ID: int64(i), Key: fmt.Sprintf("p-%06d", i), AgencyID: int64(i % 5), HostCountry: countries[i%len(countries)],
			Opened: opened, Closed: Forever, Representations: Posting{Opened: opened}.Represents(Sweden)}}
		for j := range n / postings {
			first := opened + Date(j*length+i%length+j/3)
			id := i*(n/postings) + j
			p.Assignments = append(p.Assignments, Assignment{ID: int64(id), Key: fmt.Sprintf("a-%07d", id), OfficerID: int64(id % officers), PostingID: p.ID,
				Period: Period{first, first + Date(length) - 1}})
		}
		delta.Posts[p.ID] = p
	}
	return NewDirectory(delta)
}

// BenchmarkFindings compares the findings of 100,000 assignments with those of
// 10,000: x_per_assignment is what one of them costs more, which should be no
// more than the logarithm grows.
func BenchmarkFindings(b *testing.B) {
	const today = Date(739_000)
	for _, shape := range shapes {
		var small float64
		for _, n := range []int{10_000, 100_000} {
			d := shaped(n, shape.postings(n), shape.officers(n))
			b.Run(fmt.Sprintf("%s_%d_assignments", shape.name, n), func(b *testing.B) {
				found := 0
				began := time.Now()
				rounds := 0
				for b.Loop() {
					found = len(d.Findings(today, DefaultLimits))
					rounds++
				}
				each := float64(time.Since(began)) / float64(rounds) / float64(n)
				if small == 0 {
					small = each
				}
				b.ReportMetric(each*float64(n)/1e6, "ms/pass")
				b.ReportMetric(float64(found)/float64(n), "findings/assignment")
				b.ReportMetric(each/small, "x_per_assignment")
			})
		}
	}
}
