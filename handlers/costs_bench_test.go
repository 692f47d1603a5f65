//go:build unix

package handlers

import (
	"fmt"
	"io"
	"maps"
	"math"
	"net/http"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"samband/db"
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

// A costlyFront is a server asked by somebody who may see everything, and the addresses
// there of every page and file, each as dear as it can be asked for, by its path.
type costlyFront struct {
	url       string
	client    *http.Client
	addresses map[string]string
}

func costly(b *testing.B, store *db.Store) costlyFront {
	b.Helper()
	d, err := store.As(models.Everything).Directory(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	post := d.Posts()[0]
	records := strings.NewReplacer(":posting", fmt.Sprint(post.ID), ":assignment", fmt.Sprint(post.Assignments[0].ID),
		":officer", fmt.Sprint(post.Assignments[0].OfficerID), ":agency", fmt.Sprint(post.AgencyID))
	front := costlyFront{serveStore(b, store, "coordinator:all auditor:all administrator:all partner:all").URL,
		&http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}}, map[string]string{}}
	for _, r := range new(server).routes() {
		address := records.Replace(r.path)
		if r.method != get || strings.ContainsAny(address, ":*") {
			continue
		}
		if query := costliest[r.path]; query != "" {
			address += "?" + query
		}
		if _, status := front.ask(b, address); status == http.StatusOK {
			front.addresses[r.path] = address
		}
	}
	return front
}

// ask asks for an address, and returns how many bytes there are, without compression.
func (f costlyFront) ask(b *testing.B, address string) (size int64, status int) {
	r, err := http.NewRequestWithContext(b.Context(), get, f.url+address, nil)
	if err != nil {
		b.Error(err)
		return 0, 0
	}
	r.Header.Set("Accept-Encoding", "identity")
	answer, err := f.client.Do(r)
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

// readers ask at once.
const readers = 10

// BenchmarkCosts asks for every page and file, by ten readers at once who may
// see all of a directory of 10,000 assignments: its bytes, the processor's time
// of each answer, readers included, and by how much the heap grew at its highest.
func BenchmarkCosts(b *testing.B) {
	store := benchStore(b, 10_000)
	front := costly(b, store)
	for _, path := range slices.Sorted(maps.Keys(front.addresses)) {
		address := front.addresses[path]
		b.Run(path, func(b *testing.B) {
			var size int64
			heap, end := highestHeap()
			spent := processorTime(b)
			for b.Loop() {
				var all sync.WaitGroup
				for i := range readers {
					all.Go(func() {
						if n, _ := front.ask(b, address); i == 0 {
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

// grown are the sizes of the directories in which the growth of costs is measured.
var grown = []int{2_000, 4_000, 8_000, 16_000}

// BenchmarkGrowth asks for every page and file in directories of four sizes: by which
// power of the size the processor's time grows, and the bytes. Each is asked for after a
// write, when nothing that was worked out still holds, and again, the fastest of four. A
// power of 1 is a cost in step with the directory, 0 one that does not depend on it.
func BenchmarkGrowth(b *testing.B) {
	costs := map[string][3][]float64{} // by path, at each size: after a write, again, and bytes
	for _, n := range grown {
		store := benchStore(b, n)
		front := costly(b, store)
		for path, address := range front.addresses {
			least := [3]float64{math.Inf(1), math.Inf(1), 0}
			for day := range models.Date(4) {
				if err := store.Write(b.Context(), db.Local, func(tx *db.Tx) error {
					return tx.Attest(models.Attestation{State: "SE", On: models.DateOf(noon) - day})
				}); err != nil {
					b.Fatal(err)
				}
				for i := range 2 {
					runtime.GC() // what others have left is not this one's
					spent := processorTime(b)
					size, _ := front.ask(b, address)
					least[i], least[2] = min(least[i], (processorTime(b)-spent).Seconds()*1000), float64(size)/1000
				}
			}
			was := costs[path]
			for i := range was {
				was[i] = append(was[i], least[i])
			}
			costs[path] = was
		}
	}
	for _, path := range slices.Sorted(maps.Keys(costs)) {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
			}
			is := costs[path]
			b.ReportMetric(0, "ns/op")
			for i, unit := range []string{"power", "power_again", "power_bytes"} {
				b.ReportMetric(power(is[i]), unit)
			}
			b.ReportMetric(is[0][len(is[0])-1], "ms_at_most")
		})
	}
}

// power returns by which power of the size a cost grows: the slope of the line through
// their logarithms.
func power(costs []float64) float64 {
	var x, y, xx, xy float64
	n := float64(len(costs))
	for i, c := range costs {
		lx, ly := math.Log(float64(grown[i])), math.Log(max(c, 0.01))
		x, y, xx, xy = x+lx, y+ly, xx+lx*lx, xy+lx*ly
	}
	return (n*xy - x*y) / (n*xx - x*x)
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
