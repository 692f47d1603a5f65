package handlers

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// The benchmarks print ratios measured in one run, so that they mean the same
// on any machine. They assert nothing.

// sizes are the directories that are compared: ten assignments to a posting.
var sizes = []int{1_000, 100_000}

// benchSite serves a generated directory of n assignments over HTTP.
func benchSite(b *testing.B, n int) *httptest.Server {
	b.Helper()
	return serveStore(b, benchStore(b, n), "partner:FI")
}

// serveStore serves a store over HTTP to somebody with the given rights.
func serveStore(b *testing.B, store *db.Store, rights string) *httptest.Server {
	b.Helper()
	pages, err := views.New(views.Options{Zone: "UTC"})
	if err != nil {
		b.Fatal(err)
	}
	site, err := New(Options{Store: store, Site: pages, Zone: time.UTC, Limits: models.DefaultLimits,
		Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	token := "Bearer " + newToken(b, store, rights)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Authorization", token)
		site.ServeHTTP(w, r)
	}))
	b.Cleanup(server.Close)
	return server
}

// benchPackage writes a package of n assignments: ten to a posting, each
// posting in one country with two at its side, so that any country is covered
// by as many postings as the directory is large.
func benchPackage(b testing.TB, n int) string {
	b.Helper()
	dir := b.TempDir()
	rng := rand.New(rand.NewPCG(1, 2))
	countries := models.Countries()
	write := func(name, head string, rows func(io.Writer)) {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			b.Fatal(err)
		}
		w := bufio.NewWriter(f)
		fmt.Fprintln(w, head)
		rows(w)
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
	agency := func(i int) string {
		return fmt.Sprintf("%s-%s", models.States()[i%5], models.Matters()[i%2])
	}
	write("agencies.csv", "key,country,kind,name,name_en,acronym,first_day,last_day", func(w io.Writer) {
		for i := range 10 {
			fmt.Fprintf(w, "%s,%s,%s,Agency %d,,,,\n", agency(i), models.States()[i%5], models.Matters()[i%2], i)
		}
	})
	write("officers.csv", "key,agency,name,rank,email,phone,languages,masked,note", func(w io.Writer) {
		for i := range n / 2 {
			fmt.Fprintf(w, "o-%d,%s,Name%d Family%d,,,,,,\n", i, agency(i), rng.IntN(500), rng.IntN(5000))
		}
	})
	write("postings.csv", "key,agency,host_country,host_city,host_organisation,opened,closed,note", func(w io.Writer) {
		for i := range n / 10 {
			fmt.Fprintf(w, "p-%d,%s,%s,City %d,,2000-01-01,,\n", i, agency(i), countries[i%len(countries)], rng.IntN(1000))
		}
	})
	write("coverages.csv", "posting,country,first_day,last_day", func(w io.Writer) {
		for i := range n / 10 {
			for side := 1; side <= 2; side++ {
				fmt.Fprintf(w, "p-%d,%s,2000-01-01,\n", i, countries[(i+side*7)%len(countries)])
			}
		}
	})
	opening, err := models.ParseDate("2000-01-01")
	if err != nil {
		b.Fatal(err)
	}
	write("assignments.csv", "key,officer,posting,first_day,last_day,planned_last_day,end_reason,note", func(w io.Writer) {
		for i := range n {
			first := opening + models.Date(i/10*7%1000+i%10*1000) // each posting changes hands on days of its own
			fmt.Fprintf(w, "a-%d,o-%d,p-%d,%s,%s,,,\n", i, i/2, i/10, first, first+999)
		}
	})
	return dir
}

// perRequest returns how long one request takes over a kept connection.
func perRequest(b *testing.B, url func(i int) string) (each time.Duration, size int) {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{}}
	ask := func(i int) int {
		resp, err := client.Get(url(i))
		if err != nil {
			b.Fatal(err)
		}
		defer resp.Body.Close()
		n, err := io.Copy(io.Discard, resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			b.Fatal(url(i), resp.Status, err)
		}
		return int(n)
	}
	const rounds = 2000
	for i := range 100 {
		ask(i)
	}
	start := time.Now()
	for i := range rounds {
		size += ask(i)
	}
	return time.Since(start) / rounds, size / rounds
}

// questionURL asks about any of places on any of days.
func questionURL(base string, places, days int) func(int) string {
	countries := models.Countries()
	return func(i int) string {
		return fmt.Sprintf("%s/api/v1/represent?state=%s&matter=%s&place=%s&on=20%02d-06-15", base,
			models.States()[i%5], models.Matters()[i%2], countries[i*13%places], 5+i%days)
	}
}

// BenchmarkMainQuestion compares the main question over HTTP with a handler
// that answers a constant JSON of the same size, and large with small: asked
// for the first time, and asked again while nothing has changed.
func BenchmarkMainQuestion(b *testing.B) {
	var took [2]time.Duration
	for _, n := range sizes {
		server := benchSite(b, n)
		for i, asked := range []struct {
			name         string
			places, days int
		}{{"again", 10, 1}, {"fresh", 250, 20}} {
			each, size := perRequest(b, questionURL(server.URL, asked.places, asked.days))
			constant, _ := perRequest(b, func(int) string { return constantJSON(b, size) })
			if took[i] == 0 {
				took[i] = each
			}
			b.Run(fmt.Sprintf("%s_%d_assignments", asked.name, n), func(b *testing.B) {
				for b.Loop() {
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(each.Microseconds()), "µs/question")
				b.ReportMetric(float64(size), "bytes")
				b.ReportMetric(float64(each)/float64(constant), "x_constant")
				b.ReportMetric(float64(each)/float64(took[i]), "x_first_size")
			})
		}
	}
}

// BenchmarkSuggest compares suggestions as one types with a handler that answers a
// constant JSON of the same size: each letter of a city, of a name, and of either
// misspelt.
func BenchmarkSuggest(b *testing.B) {
	for _, n := range sizes {
		server := benchSite(b, n)
		for name, words := range map[string][]string{"typed": {"name12 family", "city 90", "thailand"}, "misspelt": {"thailnad", "famly1", "nme12"}} {
			var asked []string
			for _, word := range words {
				for i := range word {
					if name == "typed" || i+1 == len(word) {
						asked = append(asked, url.QueryEscape(word[:i+1]))
					}
				}
			}
			each, size := perRequest(b, func(i int) string { return server.URL + "/suggest?q=" + asked[i%len(asked)] })
			constant, _ := perRequest(b, func(int) string { return constantJSON(b, size) })
			b.Run(fmt.Sprintf("%s_%d_assignments", name, n), func(b *testing.B) {
				for b.Loop() {
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(each.Microseconds()), "µs/keystroke")
				b.ReportMetric(float64(each)/float64(constant), "x_constant")
			})
		}
	}
}

// constants are servers of a constant JSON, by its size.
var constants = map[int]*httptest.Server{}

func constantJSON(b *testing.B, size int) string {
	if constants[size] == nil {
		body := make([]byte, size)
		for i := range body {
			body[i] = ' '
		}
		copy(body, "{}")
		gin.SetMode(gin.ReleaseMode)
		engine := gin.New()
		engine.GET("/", func(c *gin.Context) { c.Data(http.StatusOK, "application/json; charset=utf-8", body) })
		constants[size] = httptest.NewServer(engine)
	}
	return constants[size].URL
}

// BenchmarkFirstPage compares the first page of the lists, large with small.
func BenchmarkFirstPage(b *testing.B) {
	for _, path := range []string{"/assignments", "/postings", "/officers"} {
		var took []time.Duration
		for _, n := range sizes {
			server := benchSite(b, n)
			each, _ := perRequest(b, func(int) string { return server.URL + path })
			took = append(took, each)
			b.Run(fmt.Sprintf("%s_%d_assignments", path[1:], n), func(b *testing.B) {
				for b.Loop() {
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(each.Microseconds()), "µs/page")
				b.ReportMetric(float64(each)/float64(took[0]), "x_first_size")
			})
		}
	}
}
