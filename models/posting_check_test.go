package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// aPosting returns a valid Swedish posting from 2020 to 2025 with something in
// each of its lists.
func aPosting() Posting {
	return Posting{
		Key: "bangkok-se-police", AgencyID: 1, HostCountry: "TH", HostCity: "Bangkok",
		Opened: day("2020-01-01"), Closed: day("2025-12-31"),
		Representations: []Representation{
			{State: Sweden, Matter: Both, Period: days("2020-01-01/2025-12-31")},
			{State: Finland, Matter: Both, Period: days("2021-01-01/2022-12-31")},
		},
		Coverages: []Coverage{
			{Country: "VN", Period: days("2020-01-01/2025-12-31")},
			{Country: "LA", Period: days("2021-01-01/2022-12-31")},
		},
		Suspensions: []Suspension{{Period: days("2021-03-01/2021-03-31")}},
	}
}

// ofSweden sends aPosting.
var ofSweden = Agency{ID: 1, Key: "se-police", Country: Sweden, Kind: PoliceAgency}

// put writes problems as "field: key", with the row after the field.
func put(ps Problems) string {
	var lines []string
	for _, p := range ps {
		if p.Row >= 0 {
			p.Field += fmt.Sprintf("[%d]", p.Row)
		}
		lines = append(lines, p.Field+": "+p.Key)
	}
	return strings.Join(lines, ", ")
}

func TestPostingRefused(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Posting)
		want   string
	}{
		{"without a key", func(p *Posting) { p.Key = "" }, "key: problem.required"},
		{"without an agency", func(p *Posting) { p.AgencyID = 0 }, "agency: problem.required"},
		{"without a host", func(p *Posting) { p.HostCountry = "" }, "host_country: problem.required"},
		{"in an unknown country", func(p *Posting) { p.HostCountry = "QQ" }, "host_country: problem.country"},
		{"in a country written small", func(p *Posting) { p.HostCountry = "th" }, "host_country: problem.country"},
		{"never opened", func(p *Posting) { p.Opened = 0 }, "opened: problem.required"},
		{"closed before it opened", func(p *Posting) { p.Closed = p.Opened - 1 }, "closed: problem.order"},
		{"with neither an end nor an open one", func(p *Posting) { p.Closed = 0 }, "closed: problem.order"},

		{"for an unknown state", func(p *Posting) { p.Representations[1].State = "GL" }, "representations.state[1]: problem.state"},
		{"in an unknown matter", func(p *Posting) { p.Representations[1].Matter = "tax" }, "representations.matter[1]: problem.matter"},
		{"representing from no day", func(p *Posting) { p.Representations[1].First = 0 }, "representations.first_day[1]: problem.required"},
		{"representing until before it began", func(p *Posting) { p.Representations[1].Last = p.Representations[1].First - 1 },
			"representations.last_day[1]: problem.order"},
		{"representing before it opened", func(p *Posting) { p.Representations[1].First = p.Opened - 1 }, "representations.first_day[1]: problem.outside_life"},
		{"representing after it closed", func(p *Posting) { p.Representations[1].Last = p.Closed + 1 }, "representations.last_day[1]: problem.outside_life"},
		{"representing only after it closed", func(p *Posting) { p.Representations[1].Period = Period{p.Closed + 1, Forever} },
			"representations.first_day[1]: problem.outside_life"},
		{"representing a state twice on a day", func(p *Posting) {
			p.Representations = append(p.Representations, Representation{State: Finland, Matter: Both, Period: days("2022-12-31/2023-12-31")})
		}, "representations.state[2]: problem.represented_twice"},
		{"in one matter twice on a day", func(p *Posting) {
			p.Representations = append(p.Representations, Representation{State: Finland, Matter: Customs, Period: days("2020-01-01/2021-01-01")})
		}, "representations.state[2]: problem.represented_twice"},
		{"with an open end twice on a day", func(p *Posting) {
			p.Representations[1].Last = Forever
			p.Representations = append(p.Representations, Representation{State: Finland, Matter: Police, Period: days("2025-12-31/")})
		}, "representations.state[2]: problem.represented_twice"},
		{"without the sending state", func(p *Posting) { p.Representations = p.Representations[1:] }, "representations: problem.sending_state"},
		{"for others all the time, but not the sending state", func(p *Posting) { p.Representations[0].State = Norway }, "representations: problem.sending_state"},
		{"without anybody", func(p *Posting) { p.Representations = nil }, "representations: problem.sending_state"},
		{"without the sending state on the first day", func(p *Posting) { p.Representations[0].First++ }, "representations: problem.sending_state"},
		{"without the sending state on the last day", func(p *Posting) { p.Representations[0].Last-- }, "representations: problem.sending_state"},
		{"without the sending state on a day between", func(p *Posting) {
			p.Representations[0].Last = day("2022-12-31")
			p.Representations = append(p.Representations, Representation{State: Sweden, Matter: Both, Period: days("2023-01-02/")})
		}, "representations: problem.sending_state"},
		{"for the sending state in police matters only", func(p *Posting) { p.Representations[0].Matter = Police }, "representations: problem.sending_state"},
		{"for the sending state in customs matters only", func(p *Posting) { p.Representations[0].Matter = Customs }, "representations: problem.sending_state"},
		{"for the sending state in one matter on one day", func(p *Posting) {
			p.Representations[0].First++
			p.Representations = append(p.Representations, Representation{State: Sweden, Matter: Police, Period: Period{p.Opened, p.Opened}})
		}, "representations: problem.sending_state"},
		{"for the sending state in the two matters in turn", func(p *Posting) {
			p.Representations[0].Matter, p.Representations[0].Last = Police, day("2022-12-31")
			p.Representations = append(p.Representations, Representation{State: Sweden, Matter: Customs, Period: days("2023-01-01/")})
		}, "representations: problem.sending_state, representations: problem.sending_state"},

		{"covering an unknown country", func(p *Posting) { p.Coverages[1].Country = "QQ" }, "coverages.country[1]: problem.country"},
		{"covering no country", func(p *Posting) { p.Coverages[1].Country = "" }, "coverages.country[1]: problem.country"},
		{"covering its own host as a side", func(p *Posting) { p.Coverages[1].Country = "TH" }, "coverages.country[1]: problem.host_as_side"},
		{"covering a country twice on a day", func(p *Posting) {
			p.Coverages = append(p.Coverages, Coverage{Country: "LA", Period: days("2022-12-31/")})
		}, "coverages.country[2]: problem.covered_twice"},
		{"covering from no day", func(p *Posting) { p.Coverages[0].First = 0 }, "coverages.first_day[0]: problem.required"},
		{"covering until before it began", func(p *Posting) { p.Coverages[0].Last = 1 }, "coverages.last_day[0]: problem.order"},
		{"covering before it opened", func(p *Posting) { p.Coverages[0].First-- }, "coverages.first_day[0]: problem.outside_life"},
		{"covering after it closed", func(p *Posting) { p.Coverages[0].Last++ }, "coverages.last_day[0]: problem.outside_life"},
		{"covering only after it closed", func(p *Posting) { p.Coverages[1].Period = days("2026-01-01/") }, "coverages.first_day[1]: problem.outside_life"},

		{"suspended from no day", func(p *Posting) { p.Suspensions[0].First = 0 }, "suspensions.first_day[0]: problem.required"},
		{"suspended until before it began", func(p *Posting) { p.Suspensions[0].Last = day("2021-02-28") }, "suspensions.last_day[0]: problem.order"},
		{"suspended before it opened", func(p *Posting) { p.Suspensions[0].First = p.Opened - 1 }, "suspensions.first_day[0]: problem.outside_life"},
		{"suspended after it closed", func(p *Posting) { p.Suspensions[0].Last = p.Closed + 1 }, "suspensions.last_day[0]: problem.outside_life"},
		{"everything at once, each at its field", func(p *Posting) {
			p.Representations[1].State, p.Coverages[0].Country, p.Suspensions[0].Last = "GL", "TH", 1
		}, "representations.state[1]: problem.state, coverages.country[0]: problem.host_as_side, suspensions.last_day[0]: problem.order"},
	} {
		p := aPosting()
		test.change(&p)
		if got := put(CheckPosting(p, ofSweden, Body{}, nil)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestPostingAllowed(t *testing.T) {
	for name, change := range map[string]func(*Posting){
		"as it is":    func(*Posting) {},
		"with no end": func(p *Posting) { p.Closed, p.Representations[0].Last = Forever, Forever },
		"for one day": func(p *Posting) {
			*p = Posting{Key: "k", AgencyID: 1, HostCountry: "TH", Opened: 1, Closed: 1, Representations: Posting{Opened: 1}.Represents(Sweden)}
		},
		"new, representing all": func(p *Posting) { p.Representations = p.Represents(Sweden) },
		"in Kosovo":             func(p *Posting) { p.HostCountry = "XK" },
		"in a Nordic country":   func(p *Posting) { p.HostCountry = "NO" },
		"with open ends though it closes": func(p *Posting) {
			p.Representations[0].Last, p.Coverages[0].Last, p.Suspensions[0].Last = Forever, Forever, Forever
		},
		"open from its last day": func(p *Posting) { p.Coverages[1].Period = days("2025-12-31/") },
		"on 29 February": func(p *Posting) {
			p.Coverages[1].Period, p.Suspensions[0].Period = days("2024-02-29/2024-02-29"), days("2024-02-29/2024-02-29")
		},
		"with no sides and no suspensions": func(p *Posting) { p.Coverages, p.Suspensions = nil, nil },
		"with suspensions that overlap":    func(p *Posting) { p.Suspensions = append(p.Suspensions, p.Suspensions[0]) },
		"covering a country twice, back to back": func(p *Posting) {
			p.Coverages = append(p.Coverages, Coverage{Country: "LA", Period: days("2023-01-01/2023-12-31")}, Coverage{Country: "LA", Period: days("2020-01-01/2020-12-31")})
		},
		"representing a state in either matter at once": func(p *Posting) {
			p.Representations[1].Matter = Police
			p.Representations = append(p.Representations, Representation{State: Finland, Matter: Customs, Period: p.Representations[1].Period})
		},
		"representing a state twice, back to back": func(p *Posting) {
			p.Representations = append(p.Representations, Representation{State: Finland, Matter: Both, Period: days("2023-01-01/")})
		},
		"the sending state in two rows": func(p *Posting) {
			p.Representations[0].First = day("2024-02-29")
			p.Representations = append(p.Representations, Representation{State: Sweden, Matter: Both, Period: days("2020-01-01/2024-02-28")})
		},
		"the sending state in a row for each matter": func(p *Posting) {
			p.Representations[0].Matter = Customs
			p.Representations = append(p.Representations, Representation{State: Sweden, Matter: Police, Period: days("2020-01-01/")})
		},
		"the sending state in a row for both, and before that in one for each": func(p *Posting) {
			p.Representations[0].First = day("2024-02-29")
			p.Representations = append(p.Representations, Representation{State: Sweden, Matter: Police, Period: days("2020-01-01/2024-02-28")},
				Representation{State: Sweden, Matter: Customs, Period: days("2020-01-01/2024-02-28")})
		},
		"representing nobody else": func(p *Posting) { p.Representations = p.Representations[:1] },
	} {
		p := aPosting()
		change(&p)
		if ps := CheckPosting(p, ofSweden, Body{}, nil); len(ps) > 0 {
			t.Errorf("%s is refused: %s", name, put(ps))
		}
	}
}

// An assignment must keep a day in the life when the life changes.
func TestPostingRefusedForItsAssignments(t *testing.T) {
	p := aPosting()
	for when, want := range map[string]string{
		"2019-01-01/2019-12-31": "closed: problem.assignment_outside", "2019-01-01/2020-01-01": "", "2022-01-01/2022-01-01": "",
		"2025-12-31/": "", "2026-01-01/": "closed: problem.assignment_outside",
	} {
		if got := put(CheckPosting(p, ofSweden, Body{}, []Assignment{{Period: days(when)}})); got != want {
			t.Errorf("held on %s: %q, want %q", when, got, want)
		}
	}
}

// A list that is too long is refused before its rows are compared, and the
// lists always in the same order.
func TestPostingListsTooLong(t *testing.T) {
	p := aPosting()
	p.Representations = slices.Repeat(p.Representations[:1], 1001)
	p.Coverages = slices.Repeat(p.Coverages[:1], 1001)
	p.Suspensions = slices.Repeat(p.Suspensions[:1], 1001)
	const want = "representations: problem.rows, coverages: problem.rows, suspensions: problem.rows"
	for range 20 {
		if got := put(CheckPosting(p, ofSweden, Body{}, nil)); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	}
	p = aPosting()
	p.Suspensions = slices.Repeat(p.Suspensions, 1000)
	if got := put(CheckPosting(p, ofSweden, Body{}, nil)); got != "" {
		t.Errorf("1000 rows are refused: %q", got)
	}
}

// What is missing of the sending state is told by matter and first day, both
// matters in one where they lack the same day.
func TestPostingSaysWhereTheSendingStateIsMissing(t *testing.T) {
	for name, test := range map[string]struct {
		rows []Representation
		want string
	}{
		"nothing at all":         {nil, "both 2020-01-01"},
		"customs":                {[]Representation{{State: Sweden, Matter: Police, Period: days("2020-01-01/")}}, "customs 2020-01-01"},
		"the end":                {[]Representation{{State: Sweden, Matter: Both, Period: days("2020-01-01/2024-12-31")}}, "both 2025-01-01"},
		"the two, on two days":   {[]Representation{{State: Sweden, Matter: Police, Period: days("2020-01-01/2024-12-31")}, {State: Sweden, Matter: Customs, Period: days("2020-01-02/")}}, "police 2025-01-01, customs 2020-01-01"},
		"police, of a split row": {[]Representation{{State: Sweden, Matter: Both, Period: days("2020-01-01/2022-12-31")}, {State: Sweden, Matter: Customs, Period: days("2023-01-01/")}}, "police 2023-01-01"},
	} {
		p := aPosting()
		p.Representations = test.rows
		var got []string
		for _, problem := range CheckPosting(p, ofSweden, Body{}, nil) {
			got = append(got, fmt.Sprint(argument(problem.Message, "matter"), " ", argument(problem.Message, "day")))
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("without %s: %q, want %q", name, got, test.want)
		}
	}
}
