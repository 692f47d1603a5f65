package models

import (
	"slices"
	"strings"
	"testing"
)

// drawn reads periods from lines like
//
//	held |  ====   ==>
//
// where each column after the bar is a day, counted from 100, and each run of
// = is a period. One that ends in > is open. It returns the periods by the
// word before the bar.
func drawn(t *testing.T, picture string) map[string][]Period {
	t.Helper()
	periods := map[string][]Period{}
	for line := range strings.Lines(picture) {
		label, days, ok := strings.Cut(line, "|")
		if label = strings.TrimSpace(label); !ok {
			continue
		}
		periods[label] = append(periods[label], []Period{}...)
		for first := 0; first < len(days); first++ {
			if days[first] != '=' {
				continue
			}
			p := Period{100 + Date(first), 100 + Date(first)}
			for first+1 < len(days) && days[first+1] == '=' {
				first++
				p.Last++
			}
			if first+1 < len(days) && days[first+1] == '>' {
				p.Last = Forever
			}
			periods[label] = append(periods[label], p)
		}
	}
	return periods
}

func TestGapsDrawn(t *testing.T) {
	for _, test := range []struct{ name, picture string }{
		{"nobody leaves it all", `
			want |==========
			gaps |==========`},
		{"held all the time leaves none", `
			want |==========
			held |==========
			gaps |          `},
		{"back to back leaves none", `
			want |==========
			held |=====
			held |     =====
			gaps |          `},
		{"one day between", `
			want |==========
			held |====
			held |     =====
			gaps |    =     `},
		{"a handover leaves none", `
			want |==========
			held |======
			held |    ======
			gaps |          `},
		{"order does not matter", `
			want |==========
			held |        ==
			held |==
			held |    ==
			gaps |  ==  ==  `},
		{"late and early", `
			want |==========
			held |  =====
			gaps |==     ===`},
		{"a short one within a long one", `
			want |==========
			held | ======
			held |  ==
			gaps |=      ===`},
		{"what is held outside does not count", `
			want |    ====
			held |==
			held |          ==
			gaps |    ====`},
		{"held from before until after", `
			want |    ====
			held |============
			gaps |            `},
		{"held up to the day before", `
			want |    ====
			held |====
			gaps |    ====`},
		{"held on the first day", `
			want |    ====
			held |=====
			gaps |     ===`},
		{"one day wanted and held", `
			want |    =
			held |    =
			gaps |     `},
		{"an open end leaves an open gap", `
			want |===>
			held |==
			gaps |  ==>`},
		{"an open holder closes it", `
			want |===>
			held | ==>
			gaps |=  `},
		{"nothing is wanted", `
			held |==
			gaps |`},
	} {
		periods := drawn(t, test.picture)
		want := Period{5, 3} // empty, unless drawn
		if len(periods["want"]) > 0 {
			want = periods["want"][0]
		}
		held := slices.Clone(periods["held"])
		if got := Gaps(want, held); !slices.Equal(got, periods["gaps"]) {
			t.Errorf("%s: gaps are %v, want %v", test.name, got, periods["gaps"])
		}
		if got := want.Without(held); !slices.Equal(got, periods["gaps"]) {
			t.Errorf("%s: without what is held it is %v, want %v", test.name, got, periods["gaps"])
		}
		if !slices.Equal(held, periods["held"]) {
			t.Errorf("%s: held itself was changed to %v", test.name, held)
		}
	}
}

func TestPeriodsDrawn(t *testing.T) {
	for _, test := range []struct {
		name, picture    string
		overlaps, inside bool // p and q
	}{
		{"apart", `
			p     |===
			q     |     ===
			union |===  ===`, false, false},
		{"back to back they become one, but share no day", `
			p     |===
			q     |   ===
			union |======`, false, false},
		{"one day between", `
			p     |===
			q     |    ===
			union |=== ===`, false, false},
		{"sharing one day", `
			p     |====
			q     |   ===
			and   |   =
			union |======`, true, false},
		{"within", `
			p     |  ==
			q     |=======
			and   |  ==
			union |=======`, true, true},
		{"the same", `
			p     |  ===
			q     |  ===
			and   |  ===
			union |  ===`, true, true},
		{"begins a day too early", `
			p     | ===
			q     |  ===
			and   |  ==
			union | ====`, true, false},
		{"ends a day too late", `
			p     |  ===
			q     |  ==
			and   |  ==
			union |  ===`, true, false},
		{"around", `
			p     |======
			q     |  ==
			and   |  ==
			union |======`, true, false},
		{"an open end lasts as long as the other", `
			p     |  ==>
			q     |=====
			and   |  ===
			union |====>`, true, true},
		{"an open end from the other's last day", `
			p     |    =>
			q     |=====
			and   |    =
			union |=====>`, true, true},
		{"an open end that comes too late", `
			p     |     =>
			q     |=====
			union |=====>`, false, false},
		{"an open end that comes too early", `
			p     |==>
			q     | ==
			and   | ==
			union |==>`, true, false},
		{"an end within an open one", `
			p     |  ==
			q     |==>
			and   |  ==
			union |==>`, true, true},
		{"both open", `
			p     |  ==>
			q     |==>
			and   |  ==>
			union |==>`, true, true},
	} {
		periods := drawn(t, test.picture)
		p, q := periods["p"][0], periods["q"][0]
		if p.Overlaps(q) != test.overlaps || q.Overlaps(p) != test.overlaps {
			t.Errorf("%s: Overlaps is %t, and %t the other way round", test.name, p.Overlaps(q), q.Overlaps(p))
		}
		if p.Inside(q) != test.inside {
			t.Errorf("%s: Inside is %t", test.name, p.Inside(q))
		}
		var and []Period
		if shared := p.And(q); shared.Days() > 0 {
			and = append(and, shared)
		}
		if !slices.Equal(and, periods["and"]) {
			t.Errorf("%s: And is %v, want %v", test.name, and, periods["and"])
		}
		for _, both := range [][]Period{{p, q}, {q, p}} {
			if got := Union(both); !slices.Equal(got, periods["union"]) {
				t.Errorf("%s: the union is %v, want %v", test.name, got, periods["union"])
			}
		}
	}
}

func TestPeriodEdges(t *testing.T) {
	if got := Always.Days(); got != 3652059 {
		t.Errorf("the calendar has %d days", got)
	}
	for _, test := range []struct {
		p    Period
		days int
	}{{Period{1, 1}, 1}, {Period{Forever, Forever}, 1}, {Period{2, 1}, 0}, {Period{Forever, 1}, 0}, {days("2024-02-28/2024-03-01"), 3}} {
		if got := test.p.Days(); got != test.days {
			t.Errorf("%v has %d days, want %d", test.p, got, test.days)
		}
	}
	if got := Gaps(Always, []Period{{1, 1}, {Forever, Forever}}); !slices.Equal(got, []Period{{2, Forever - 1}}) {
		t.Errorf("between the first and the last day is %v", got)
	}
	if got := Gaps(Always, []Period{Always}); got != nil {
		t.Errorf("always held leaves %v", got)
	}
	if got := Union([]Period{{Forever, Forever}, {Forever - 1, Forever - 1}, {1, 1}}); !slices.Equal(got, []Period{{1, 1}, {Forever - 1, Forever}}) {
		t.Errorf("the union of the edges is %v", got)
	}
}
