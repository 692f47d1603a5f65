package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"samband/models"
)

// An outsideWorld is a directory of so many assignments: ten to a posting, of which the
// last one is held today, two to an officer.
type outsideWorld struct {
	b           *testing.B
	assignments int
	folder      string // with the package
	database    string
	token       string // of a coordinator of all five
}

// hosts are the countries that the postings are in, in turn. Each covers the next two besides.
func hosts() (all []models.Country) {
	for _, c := range models.Countries() {
		if !models.State(c).Valid() && len(all) < 250 {
			all = append(all, c)
		}
	}
	return all
}

// newOutsideWorld writes a package, and imports it into a database.
func newOutsideWorld(b *testing.B, assignments int) *outsideWorld {
	b.Helper()
	w := &outsideWorld{b: b, assignments: assignments, folder: filepath.Join(b.TempDir(), "package")}
	w.database = filepath.Join(filepath.Dir(w.folder), "samband.db")
	if err := os.MkdirAll(w.folder, 0o700); err != nil {
		b.Fatal(err)
	}
	w.write()
	run(b, w.database, "", "import", w.folder)
	run(b, w.database, password, "user", "add", "--email", "all@example.org", "--role", "coordinator", "--state", "all", "--password-stdin")
	lines := strings.Fields(run(b, w.database, "", "token", "add", "--email", "all@example.org"))
	w.token = lines[len(lines)-1]
	return w
}

func (w *outsideWorld) write() {
	states, of := models.States(), hosts()
	agency := func(posting int) string {
		return strings.ToLower(string(states[posting%5])) + [2]string{"-police", "-customs"}[posting/5%2]
	}
	postings := max(1, w.assignments/10)
	w.file("agencies.csv", "key,country,kind,name,name_en,acronym,first_day,last_day", func(f io.Writer) {
		for _, s := range states {
			for _, kind := range []string{"police", "customs"} {
				fmt.Fprintf(f, "%s-%s,%s,%s,Agency %s %s,,,,\n", strings.ToLower(string(s)), kind, s, kind, s, kind)
			}
		}
	})
	w.file("officers.csv", "key,agency,name,rank,email,phone,languages,masked,note", func(f io.Writer) {
		for i := range w.assignments/2 + postings { // those at the end hold nothing yet
			fmt.Fprintf(f, "o-%d,%s,Åse Lindqvist %d,,o%d@example.org,+46 8 465 %05d,,,\n", i, agency(i%postings), i, i, i%100_000)
		}
	})
	w.file("postings.csv", "key,agency,host_country,host_city,host_organisation,opened,closed,note", func(f io.Writer) {
		for p := range postings {
			fmt.Fprintf(f, "p-%d,%s,%s,City %d,,1999-01-01,,\n", p, agency(p), of[p%len(of)], p)
		}
	})
	w.file("coverages.csv", "posting,country,first_day,last_day", func(f io.Writer) {
		for p := range postings {
			for side := 1; side <= 2; side++ {
				fmt.Fprintf(f, "p-%d,%s,1999-01-01,\n", p, of[(p+side)%len(of)])
			}
		}
	})
	w.file("contact_points.csv", "state,matter,name,phone,email,hours", func(f io.Writer) {
		for _, s := range states {
			fmt.Fprintf(f, "%s,both,Desk of %s,+46 8 1,%s@example.org,24/7\n", s, s, s)
		}
	})
	w.file("assignments.csv", "key,officer,posting,first_day,last_day,planned_last_day,end_reason,note", func(f io.Writer) {
		for p := range postings {
			for term := range 10 {
				first, last := 1999+3*term, 2001+3*term // the last one is held on the days of the bench
				fmt.Fprintf(f, "a-%d,o-%d,p-%d,%d-01-01,%d-12-31,,,\n", p*10+term, (p+term%5*postings)%(w.assignments/2), p, first, last)
			}
		}
	})
}

func (w *outsideWorld) file(name, head string, fill func(io.Writer)) {
	f, err := os.Create(filepath.Join(w.folder, name))
	if err != nil {
		w.b.Fatal(err)
	}
	out := bufio.NewWriter(f)
	fmt.Fprintln(out, head)
	fill(out)
	if err := out.Flush(); err != nil {
		w.b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		w.b.Fatal(err)
	}
}

var assignmentLink = regexp.MustCompile(`href="/assignments/(\d+)"`)

// held returns the IDs of so many assignments that are held today, and that nobody else
// of the run has handed over.
func (w *outsideWorld) held(c *client, n int) (ids []string) {
	w.b.Helper()
	seen, next := map[string]bool{}, "/assignments?status=current"
	for len(ids) < n && next != "" {
		body := string(c.body(http.MethodGet, next, nil))
		for _, m := range assignmentLink.FindAllStringSubmatch(body, -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				ids = append(ids, m[1])
			}
		}
		if m := regexp.MustCompile(`href="(/assignments\?[^"]*after=[^"]*)"`).FindStringSubmatch(body); m != nil {
			next = strings.ReplaceAll(m[1], "&amp;", "&")
		} else {
			next = ""
		}
	}
	return ids[:min(n, len(ids))]
}
