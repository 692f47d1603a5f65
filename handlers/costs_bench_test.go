//go:build unix

package handlers

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"samband/models"
)

// costliest is what makes a page or a file as dear as it can be asked for, by its
// path: a query, after "?".
var costliest = map[string]string{
	"/represent":        "state=SE&matter=police&place=TH",
	"/api/v1/represent": "state=SE&matter=police&place=TH",
	"/timeline":         "from=2015-01-01&months=180",
	"/changes":          "from=1985-01-01&to=9999-12-31",
	"/changes.csv":      "from=1985-01-01&to=9999-12-31",

	"/reports/board":       "since=1985-01-01",
	"/reports/board.csv":   "since=1985-01-01",
	"/reports/figures":     "from=1985-01-01&on=9999-12-31",
	"/reports/figures.csv": "from=1985-01-01&on=9999-12-31",
}

// BenchmarkCosts asks for every page and file, by ten readers at once who may
// see all of a directory of 10,000 assignments: its bytes, the processor's time
// of each answer, readers included, and by how much the heap grew at its highest.
func BenchmarkCosts(b *testing.B) {
	const readers = 10
	store := benchStore(b, 10_000)
	front := serveStore(b, store, "coordinator:all auditor:all administrator:all partner:all")
	d, err := store.As(models.Everything).Directory(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	post := d.Posts()[0]
	records := strings.NewReplacer(":posting", fmt.Sprint(post.ID), ":assignment", fmt.Sprint(post.Assignments[0].ID),
		":officer", fmt.Sprint(post.Assignments[0].OfficerID), ":agency", fmt.Sprint(post.AgencyID))
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}}
	ask := func(address string) (size int64, status int) {
		r, err := http.NewRequestWithContext(b.Context(), get, front.URL+address, nil)
		if err != nil {
			b.Error(err)
			return 0, 0
		}
		answer, err := client.Do(r)
		if err != nil {
			b.Error(err)
			return 0, 0
		}
		defer answer.Body.Close()
		if size, err = io.Copy(io.Discard, answer.Body); err != nil {
			b.Error(address, err)
		}
		return size, answer.StatusCode
	}
	for _, r := range new(server).routes() {
		address := records.Replace(r.path)
		if r.method != get || strings.ContainsAny(address, ":*") {
			continue
		}
		if query := costliest[r.path]; query != "" {
			address += "?" + query
		}
		if _, status := ask(address); status != http.StatusOK {
			continue
		}
		b.Run(r.path, func(b *testing.B) {
			var size int64
			heap, end := highestHeap()
			spent := processorTime(b)
			for b.Loop() {
				var all sync.WaitGroup
				for i := range readers {
					all.Go(func() {
						if n, _ := ask(address); i == 0 {
							size = n
						}
					})
				}
				all.Wait()
			}
			each := (processorTime(b) - spent) / time.Duration(b.N*readers)
			close(end)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(size)/1000, "kB")
			b.ReportMetric(each.Seconds()*1000, "cpu_ms")
			b.ReportMetric(float64(<-heap)/1e6, "MB_for_ten")
		})
	}
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// highestHeap looks at the heap, what waits to be collected included, until end
// is closed, and then tells by how many bytes it grew at its highest.
func highestHeap() (grew <-chan uint64, end chan struct{}) {
	told := make(chan uint64, 1)
	end = make(chan struct{})
	runtime.GC()
	heap := func() uint64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before := heap()
	go func() {
		most := before
		for {
			select {
			case <-end:
				told <- most - before
				return
			case <-time.After(time.Millisecond):
				most = max(most, heap())
			}
		}
	}()
	return told, end
}
