package views

import (
	"io"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"samband/models"
)

// BenchmarkFormats writes 100,000 rows of 12 cells in each format, and tells the most
// memory that the process held meanwhile, and how long each takes against CSV.
func BenchmarkFormats(b *testing.B) {
	s, err := New(Options{Zone: "Europe/Stockholm"})
	if err != nil {
		b.Fatal(err)
	}
	agency := models.Agency{Key: "se-police", Country: models.Sweden, Kind: models.PoliceAgency}
	var csv time.Duration
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			profile := Plain
			if f == XLSX {
				profile = Excel
			}
			for b.Loop() {
				runtime.GC()
				peak, over := peakMemory()
				file := s.OfficersFile(io.Discard, About{Format: f, Profile: profile, Lang: "sv", List: "/officers", Made: time.Now()})
				for i := range 100_000 {
					n := strconv.Itoa(i)
					o := models.Officer{ID: int64(i), Version: 1 + i%7, Key: "o-" + n, AgencyID: 1, Name: "Åse Ærø-Þórsdóttir " + n, Rank: "kriminalkommissarie", Languages: "sv en",
						Email: "ase." + n + "@example.org", Phone: "+4684650" + n, Note: "Stationerad sedan många år, nummer " + n}
					if err := file.Officer(&o, &agency); err != nil {
						b.Fatal(err)
					}
				}
				if err := file.Close(); err != nil {
					b.Fatal(err)
				}
				close(over)
				b.ReportMetric(float64(peak.Load())/1e6, "MB-heap")
			}
			each := b.Elapsed() / time.Duration(b.N)
			if f == CSV {
				csv = each
			}
			if csv > 0 {
				b.ReportMetric(float64(each)/float64(csv), "x-csv")
			}
		})
	}
}

// peakMemory watches how much the heap takes from the system, until over is closed.
func peakMemory() (peak *atomic.Uint64, over chan struct{}) {
	peak, over = new(atomic.Uint64), make(chan struct{})
	go func() {
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapInuse))
			select {
			case <-over:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return peak, over
}
