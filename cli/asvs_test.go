package cli

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// asvsChapters is how many requirements of levels 1 and 2 each chapter of ASVS
// 5.0.0 has.
var asvsChapters = []int{27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7}

// asvsAnswers are what can be said to a requirement, in the order of the summary.
var asvsAnswers = []string{"met", "partly", "not met", "n/a"}

var (
	asvsQuoted  = regexp.MustCompile("`([^`]+)`")
	asvsNumber  = regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	asvsSum     = regexp.MustCompile(`^(V\d+|\*\*all)$`)
	asvsTest    = regexp.MustCompile(`^(Test|Fuzz)[A-Z]\w*$`)
	asvsFile    = regexp.MustCompile(`^[\w.-]+(/[\w.-]+)*\.(go|html|js|md|env|sum|mod)$|^Makefile$`)
	asvsDefined = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
)

// TestASVS keeps docs/asvs.md from telling of what is not there.
func TestASVS(t *testing.T) {
	tree := os.DirFS("..")
	doc, err := fs.ReadFile(tree, "docs/asvs.md")
	if err != nil {
		t.Fatal(err)
	}
	problems, err := asvsProblems(string(doc), tree, asvsChapters)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// An asvsTable is what docs/asvs.md says, line by line.
type asvsTable struct {
	rows   [][]string
	sums   map[string]string // of each chapter, "V1", and of all, "**all"
	gaps   map[string]bool   // numbers
	quoted []string
}

// readASVS reads the tables of a page. A row begins with a number, a sum with a
// chapter, and the middle cell of a gap is numbers and nothing else.
func readASVS(doc string) asvsTable {
	table := asvsTable{sums: map[string]string{}, gaps: map[string]bool{}}
	for _, quoted := range asvsQuoted.FindAllStringSubmatch(doc, -1) {
		table.quoted = append(table.quoted, quoted[1])
	}
	for line := range strings.Lines(doc) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) < 4 {
			continue
		}
		cells = cells[1 : len(cells)-1]
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		first, _, _ := strings.Cut(cells[0], " ")
		switch {
		case asvsNumber.MatchString(first):
			table.rows = append(table.rows, cells)
		case asvsSum.MatchString(first):
			table.sums[first] = strings.Join(cells[1:], " ")
		case len(cells) == 3:
			for _, n := range numbersIn(cells[1]) {
				table.gaps[n] = true
			}
		}
	}
	return table
}

// asvsProblems returns what is wrong with the table: tests and files that the
// tree has not got, numbers out of order, answers without a reason, gaps that
// are told on one side only, and figures that are not those of the rows.
func asvsProblems(doc string, tree fs.FS, chapters []int) ([]string, error) {
	table := readASVS(doc)
	tests, err := testsIn(tree)
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, name := range table.quoted {
		if asvsTest.MatchString(name) && !tests[name] {
			problems = append(problems, "there is no test "+name)
		}
		if _, err := fs.Stat(tree, name); asvsFile.MatchString(name) && err != nil {
			problems = append(problems, "there is no file "+name)
		}
	}
	return slices.Concat(problems, table.rowProblems(), table.gapProblems(), table.sumProblems(chapters)), nil
}

func (table asvsTable) rowProblems() (problems []string) {
	var before []int
	for _, cells := range table.rows {
		number := parts(cells[0])
		if slices.Compare(number, before) <= 0 {
			problems = append(problems, cells[0]+" stands in the wrong place, or twice")
		}
		before = number
		if len(cells) != 5 || !slices.Contains(asvsAnswers, cells[2]) || cells[2] == "met" && cells[3] == "" || cells[2] != "met" && cells[4] == "" {
			problems = append(problems, cells[0]+" has no answer, or one without its place or reason")
		}
	}
	return problems
}

func (table asvsTable) gapProblems() (problems []string) {
	open := map[string]bool{}
	for _, cells := range table.rows {
		if len(cells) > 2 && (cells[2] == "partly" || cells[2] == "not met") {
			open[cells[0]] = true
			if !table.gaps[cells[0]] {
				problems = append(problems, cells[0]+" is among no gaps")
			}
		}
	}
	for number := range table.gaps {
		if !open[number] {
			problems = append(problems, number+" is among the gaps, and is none")
		}
	}
	return problems
}

func (table asvsTable) sumProblems(chapters []int) (problems []string) {
	counts := make([][4]int, len(chapters)+1) // the first is of all
	for _, cells := range table.rows {
		chapter, answer := parts(cells[0])[0], slices.Index(asvsAnswers, cells[min(2, len(cells)-1)])
		switch {
		case chapter > len(chapters):
			problems = append(problems, cells[0]+" is in no chapter")
		case answer >= 0:
			counts[chapter][answer]++
			counts[0][answer]++
		}
	}
	for i, count := range counts {
		name := "V" + strconv.Itoa(i)
		if i == 0 {
			name = "**all"
		} else if n := count[0] + count[1] + count[2] + count[3]; n != chapters[i-1] {
			problems = append(problems, fmt.Sprintf("%s has %d rows of %d", name, n, chapters[i-1]))
		}
		if figures := strings.Trim(fmt.Sprint(count), "[]"); table.sums[name] != figures {
			problems = append(problems, fmt.Sprintf("%s is summed up as %q, and is %q", name, table.sums[name], figures))
		}
	}
	return problems
}

// numbersIn returns the numbers of requirements that a cell consists of, none
// if it holds anything else.
func numbersIn(cell string) []string {
	numbers := strings.Split(cell, ", ")
	if slices.ContainsFunc(numbers, func(n string) bool { return !asvsNumber.MatchString(n) }) {
		return nil
	}
	return numbers
}

func parts(number string) (n []int) {
	for part := range strings.SplitSeq(number, ".") {
		i, _ := strconv.Atoi(part)
		n = append(n, i)
	}
	return n
}

// testsIn returns the names of all tests in a tree.
func testsIn(tree fs.FS) (map[string]bool, error) {
	tests := map[string]bool{}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		src, err := fs.ReadFile(tree, name)
		for _, defined := range asvsDefined.FindAllSubmatch(src, -1) {
			tests[string(defined[1])] = true
		}
		return err
	})
	return tests, err
}

// TestASVSSees plants one fault at a time in a table that has none.
func TestASVSSees(t *testing.T) {
	const good = "| V1 One | 1 | 1 | 0 | 0 |\n| V2 Two | 0 | 0 | 0 | 1 |\n| **all 3** | 1 | 1 | 0 | 1 |\n\n| a gap | 1.1.10 | more |\n\n" +
		"| 1.1.2 | a | met | `db/a.go` | `TestA` |\n| 1.1.10 | b | partly | `text/html` | not all |\n\n| 2.1.1 | c | n/a | | none |\n"
	tree := fstest.MapFS{"db/a.go": {}, "db/deep/a_test.go": {Data: []byte("package deep\n\nfunc TestA(t *testing.T) {}\n")}}
	for _, tt := range []struct{ fault, from, to, want string }{
		{"none", "", "", ""},
		{"a test that is not there", "TestA", "TestB", "there is no test TestB"},
		{"a file that is not there", "db/a.go", "db/b.go", "there is no file db/b.go"},
		{"a number out of order", "| 1.1.2 |", "| 1.1.11 |", "1.1.10 stands in the wrong place, or twice"},
		{"a number twice", "| 1.1.10 | b", "| 1.1.2 | b", "1.1.10 is among the gaps, and is none"},
		{"a chapter that is none", "| 2.1.1 |", "| 3.1.1 |", "3.1.1 is in no chapter"},
		{"a row too few", "| 2.1.1 | c | n/a | | none |\n", "", "V2 has 0 rows of 1"},
		{"an answer that is none", "| met |", "| yes |", "1.1.2 has no answer"},
		{"met nowhere", "`db/a.go`", "", "1.1.2 has no answer"},
		{"no reason", "not all", "", "1.1.10 has no answer"},
		{"a gap that is not told", "| 1.1.10 | more", "| 2.1.1 | more", "1.1.10 is among no gaps"},
		{"a gap that is none", "| 1.1.10 | more", "| 1.1.10, 1.1.2 | more", "1.1.2 is among the gaps, and is none"},
		{"a wrong figure", "| 0 | 0 | 0 | 1 |", "| 0 | 0 | 1 | 0 |", `V2 is summed up as "0 0 1 0", and is "0 0 0 1"`},
		{"a wrong sum", "| 1 | 1 | 0 | 1 |", "| 2 | 1 | 0 | 1 |", `**all is summed up as "2 1 0 1", and is "1 1 0 1"`},
	} {
		t.Run(tt.fault, func(t *testing.T) {
			problems, err := asvsProblems(strings.Replace(good, tt.from, tt.to, 1), tree, []int{2, 1})
			if err != nil {
				t.Fatal(err)
			}
			found := slices.ContainsFunc(problems, func(p string) bool { return strings.HasPrefix(p, tt.want) })
			if found != (tt.want != "") || tt.want == "" && len(problems) > 0 {
				t.Errorf("got %q, want %q among them", problems, tt.want)
			}
		})
	}
}
