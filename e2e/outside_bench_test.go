package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"samband/models"
)

// How the bench from outside measures: so many rounds, in which what is compared takes
// turns, each for so many seconds.
const (
	outsideRounds  = 3
	outsideSeconds = 2.0
)

// BenchmarkOutside measures the program as its users have it: as a process on one core,
// asked by another process on the other core. It prints a table for each size of the
// directory that SAMBAND_BENCH_SIZES names, and asserts nothing. `make bench-outside`
// runs it; docs/performance.md keeps what it prints.
func BenchmarkOutside(b *testing.B) {
	if _, err := exec.LookPath("taskset"); err != nil {
		b.Skip("there is no taskset here")
	}
	at, pid := constantServer(b)
	sizes := os.Getenv("SAMBAND_BENCH_SIZES")
	if sizes == "" {
		sizes = "1000,10000,100000"
	}
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(size, func(b *testing.B) {
			begun := time.Now()
			w := newOutsideWorld(b, n)
			o := &outside{outsideWorld: w, constant: newClient(b, at, pid, ""), imported: time.Since(begun)}
			o.table()
		})
	}
}

// An outside is one size, under way.
type outside struct {
	*outsideWorld
	constant *client
	server   *client
	process  *server
	imported time.Duration
	days     int // asked about so far
}

func (o *outside) table() {
	o.start()
	defer func() {
		if o.process != nil {
			_ = o.process.stop()
		}
	}()
	for _, row := range []struct {
		what    string
		measure func() string
	}{
		{"start to the first answer", o.starting},
		{"question asked again, against the constant", o.asked},
		{"question never asked before, against the constant", o.unasked},
		{"2,500 questions in turn, against ten", o.inTurn},
		{"assignments page, eight connections", o.page},
		{"assignments.csv, one reader and ten", o.file},
		{"hand-overs a second", o.handOvers},
		{"import of the package, against the shell's", o.importing},
		{"bytes sent", o.sizes},
	} {
		o.b.Logf("%7d | %s | %s", o.assignments, row.what, row.measure())
	}
}

// start starts the server anew.
func (o *outside) start() {
	o.b.Helper()
	var err error
	if o.process, err = startBy("taskset -c 0", o.database, "SAMBAND_API_RATE=0"); err != nil {
		o.b.Fatal(err)
	}
	o.server = newClient(o.b, o.process.url, o.process.process.Pid, o.token)
}

func (o *outside) starting() string {
	var took []time.Duration
	var now float64
	for range outsideRounds {
		if err := o.process.stop(); err != nil {
			o.b.Fatal(err)
		}
		begun := time.Now()
		o.start()
		o.server.body(http.MethodGet, o.question("FI", "customs", 1, 0), nil)
		took = append(took, time.Since(begun))
		now, _ = memory(o.process.process.Pid)
	}
	return fmt.Sprintf("%.2f s, %.0f MB", median(took).Seconds(), now)
}

// question returns the address of a question about a place, so many days after 2026-01-01.
func (o *outside) question(state models.State, matter string, place, day int) string {
	on, _ := models.ParseDate("2026-01-01")
	all := hosts()
	v := url.Values{"state": {string(state)}, "matter": {matter}, "place": {string(all[place%len(all)])}, "on": {(on + models.Date(day)).String()}}
	return "/api/v1/represent?" + v.Encode()
}

// against measures two things in turn, and says how much more of its processor the server
// takes for the first.
func against(first, second func() load) string {
	var costs, others []time.Duration
	var rates []float64
	for range outsideRounds {
		a, b := first(), second()
		costs, others, rates = append(costs, a.cost), append(others, b.cost), append(rates, a.rate)
	}
	a, b := median(costs), median(others)
	return fmt.Sprintf("%.1f times the cost (%d and %d µs of the processor; %.0f a second over two connections)", float64(a)/float64(b), a.Microseconds(), b.Microseconds(), median(rates))
}

func (o *outside) asked() string {
	path := o.question("FI", "customs", 1, 300)
	size := len(o.server.body(http.MethodGet, path, nil))
	return against(func() load { return o.server.during(outsideSeconds, 2, func(int) string { return path }) },
		func() load {
			return o.constant.during(outsideSeconds, 2, func(int) string { return fmt.Sprint("/", size) })
		}) + fmt.Sprintf(", %d bytes", size)
}

func (o *outside) unasked() string {
	size := len(o.server.body(http.MethodGet, o.question("FI", "customs", 1, 0), nil))
	fresh := func() load {
		from := o.days
		o.days += 200 * 500 // more than are asked in a round
		return o.server.during(outsideSeconds, 2, func(i int) string { return o.question("FI", "customs", i%200, (from+i)/200) })
	}
	return against(fresh, func() load {
		return o.constant.during(outsideSeconds, 2, func(int) string { return fmt.Sprint("/", size) })
	}) +
		fmt.Sprintf(", about %d bytes", size)
}

func (o *outside) inTurn() string {
	states := models.States()
	one := func(i int) string {
		return o.question(states[i%5], []string{"police", "customs"}[i/5%2], i/10%250, 310)
	}
	for i := range 2500 {
		o.server.body(http.MethodGet, one(i), nil)
	}
	return against(func() load { return o.server.during(outsideSeconds, 2, func(i int) string { return one(i % 2500) }) },
		func() load { return o.server.during(outsideSeconds, 2, func(i int) string { return one(i % 10) }) })
}

func (o *outside) page() string {
	var rates []float64
	var slow []time.Duration
	for range outsideRounds {
		l := o.server.during(outsideSeconds, 8, func(int) string { return "/assignments" })
		rates, slow = append(rates, l.rate), append(slow, l.p99)
	}
	return fmt.Sprintf("%.0f a second, p99 %.0f ms", median(rates), float64(median(slow).Microseconds())/1000)
}

// file takes the file of all assignments away, one reader and then ten at once.
func (o *outside) file() string {
	took := func(readers int) (first, all time.Duration, peak float64) {
		if err := o.process.stop(); err != nil {
			o.b.Fatal(err)
		}
		o.start()
		o.server.body(http.MethodGet, o.question("FI", "customs", 1, 0), nil)
		before, _ := memory(o.process.process.Pid)
		begun := time.Now()
		var mu sync.Mutex
		var group sync.WaitGroup
		for range readers {
			group.Go(func() {
				answer, err := o.server.do(http.MethodGet, "/assignments.csv", nil)
				if err != nil {
					o.b.Error(err)
					return
				}
				defer answer.Body.Close()
				_, err = io.ReadFull(answer.Body, make([]byte, 1))
				mu.Lock()
				first = max(first, time.Since(begun))
				mu.Unlock()
				if _, more := io.Copy(io.Discard, answer.Body); err != nil || more != nil || answer.StatusCode != http.StatusOK {
					o.b.Errorf("the file: %s, %v, %v", answer.Status, err, more)
				}
			})
		}
		group.Wait()
		all = time.Since(begun)
		_, most := memory(o.process.process.Pid)
		return first, all, most - before
	}
	var ours, shells []float64
	var first time.Duration
	var one float64
	for range outsideRounds {
		f, all, peak := took(1)
		first, one = max(first, f), max(one, peak)
		ours = append(ours, 1/all.Seconds())
		shells = append(shells, 1/o.shell(o.database, "-csv", `SELECT a.key, o.key, o.name, p.key, p.host_country, p.host_city, g.name, a.first_day, a.last_day FROM assignments a
			JOIN officers o ON o.id = a.officer_id JOIN postings p ON p.id = a.posting_id JOIN agencies g ON g.id = p.agency_id`).Seconds())
	}
	_, _, ten := took(10)
	return fmt.Sprintf("%.2f of the shell's rate; %.0f MB above the directory for one, %.0f MB for ten; first byte after %.2f s", median(ours)/median(shells), one, ten, first.Seconds())
}

// shell runs the sqlite3 shell, and returns how long it took.
func (o *outside) shell(args ...string) time.Duration {
	o.b.Helper()
	begun := time.Now()
	if out, err := pinned("sqlite3", args...).Output(); err != nil {
		o.b.Fatalf("sqlite3: %v %s", err, out)
	}
	return time.Since(begun)
}

func (o *outside) importing() string {
	fresh := func() string { return filepath.Join(o.b.TempDir(), "fresh.db") }
	var ours, shells []float64
	for range outsideRounds {
		begun := time.Now()
		run(o.b, fresh(), "", "import", o.folder)
		ours = append(ours, time.Since(begun).Seconds())
		args := []string{fresh(), ".mode csv"}
		for _, name := range []string{"agencies", "officers", "postings", "coverages", "assignments"} {
			args = append(args, fmt.Sprintf(".import %s %s", filepath.Join(o.folder, name+".csv"), name))
		}
		shells = append(shells, o.shell(args...).Seconds())
	}
	return fmt.Sprintf("%.1f times the shell's time (%.2f s)", median(ours)/median(shells), median(ours))
}

// handOvers hands assignments over one after the other, and tells how often the disk can
// be made to keep something.
func (o *outside) handOvers() string {
	ids := o.held(o.server, 300)
	begun, done := time.Now(), 0
	for i, id := range ids {
		form := url.Values{"version": {"1"}, "successor": {fmt.Sprintf("o-%d", o.assignments/2+i)}, "last_day": {"2027-06-30"}, "successor_last_day": {"2029-12-31"}}
		o.server.body(http.MethodPost, "/assignments/"+id+"/hand-over", form)
		if done++; time.Since(begun).Seconds() > 3*outsideSeconds {
			break
		}
	}
	rate := float64(done) / time.Since(begun).Seconds()
	return fmt.Sprintf("%.0f a second of %d; the disk syncs %.0f a second", rate, done, o.syncs())
}

func (o *outside) syncs() float64 {
	f, err := os.Create(filepath.Join(o.b.TempDir(), "synced"))
	if err != nil {
		o.b.Fatal(err)
	}
	defer f.Close()
	n, begun := 0, time.Now()
	for time.Since(begun).Seconds() < 1 {
		if _, err := f.WriteAt(make([]byte, 4096), 0); err != nil {
			o.b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			o.b.Fatal(err)
		}
		n++
	}
	return float64(n) / time.Since(begun).Seconds()
}

// sizes tells how many bytes come for pages and answers, as they are and as a browser asks
// for them.
func (o *outside) sizes() string {
	var all []string
	for _, path := range []string{o.question("FI", "customs", 1, 300), "/assignments", "/coverage", "/map", "/timeline", "/attestation", "/changes?from=2021-01-01"} {
		plain := len(o.server.body(http.MethodGet, path, nil))
		r, err := http.NewRequest(http.MethodGet, o.server.at+path, nil)
		if err != nil {
			o.b.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+o.token)
		r.Header.Set("Accept-Encoding", "gzip, zstd")
		answer, err := o.server.http.Do(r)
		if err != nil {
			o.b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err != nil {
			o.b.Fatal(err)
		}
		name, _, _ := strings.Cut(path, "?")
		all = append(all, fmt.Sprintf("%s %.1f kB (%.1f compressed)", name, float64(plain)/1000, float64(n)/1000))
	}
	return strings.Join(all, ", ")
}

// run runs a command of the program on a database, on the server's core.
func run(b *testing.B, database, stdin string, args ...string) string {
	b.Helper()
	program, err := build()
	if err != nil {
		b.Fatal(err)
	}
	cmd := pinned(program, args...)
	cmd.Env = append(os.Environ(), "SAMBAND_DATABASE="+database)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("samband %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
