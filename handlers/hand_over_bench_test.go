package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/models"
)

// BenchmarkHandOver prints how long it takes to hand an assignment over, from a form
// with the key of the successor, and how much longer at 100,000 assignments than at
// 1,000: nothing about it should depend on that.
func BenchmarkHandOver(b *testing.B) {
	each := map[int]time.Duration{}
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			store := benchStore(b, n)
			base := serveStore(b, store, "coordinator:all").URL
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			d, err := store.As(models.Everything).Directory(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			var paths []string
			var forms []url.Values
			for _, p := range d.Posts() {
				for _, a := range p.Assignments {
					if days := p.Term(a); days.First.String() <= "2027-01-01" && days.Last.String() >= "2027-12-31" {
						paths = append(paths, fmt.Sprintf("%s/assignments/%d/hand-over", base, a.ID))
						forms = append(forms, url.Values{"version": {"1"}, "last_day": {"2027-06-30"}, "successor_last_day": {"2027-12-30"},
							"successor": {d.Officer(p.Assignments[0].OfficerID).Key}})
					}
				}
			}
			paths = paths[:min(len(paths), 200)]
			refused := 0
			begun := time.Now()
			for i, path := range paths {
				answer, err := client.Post(path, "application/x-www-form-urlencoded", strings.NewReader(forms[i].Encode()))
				if err != nil {
					b.Fatal(err)
				}
				answer.Body.Close()
				if answer.StatusCode != http.StatusSeeOther {
					refused++
				}
			}
			each[n] = time.Since(begun) / time.Duration(max(1, len(paths)))
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(each[n].Microseconds())/1000, "ms/hand-over")
			b.ReportMetric(float64(refused), "refused")
			if small := each[sizes[0]]; small > 0 {
				b.ReportMetric(float64(each[n])/float64(small), "times-of-1000")
			}
		})
	}
}
