package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// ask puts a question like "FI customs VN 2019-01-15", checks the reply with
// the oracle, and writes it in short: who answers and from where, which
// postings do not and why, and the next change.
func (w *world) ask(t *testing.T, question string) string {
	t.Helper()
	q := asked(question)
	reply := w.directory().WhoRepresents(q)
	o := w.oracle()
	answers := func(d Date) []counted { return o.answers(q.State, q.Matter, q.Place, d) }
	if got, want := replied(reply), o.reply(q, answers); got != want {
		t.Errorf("%s:\n%sbut counting gives\n%s", question, got, want)
	}
	return short(reply)
}

func asked(question string) Question {
	f := strings.Fields(question)
	return Question{State(f[0]), Matter(f[1]), at(f[2]), day(f[3])}
}

func short(r Reply) string {
	var said []string
	for _, a := range r.Answers {
		seat := "side"
		if a.Resident {
			seat = "resident"
		}
		said = append(said, a.Officer.Key+" in "+a.Post.Key+" ("+seat+")")
	}
	for _, w := range r.WhyNot {
		said = append(said, "not "+w.Post.Key+": "+string(w.Why))
	}
	if r.Next != nil {
		next := "from " + r.Next.On.String()
		for _, m := range r.Next.Reason {
			if next += " " + strings.TrimPrefix(m.Key, "change."); argument(m, "officer") != nil {
				next += " " + argument(m, "officer").(Officer).Key
			}
		}
		said = append(said, next)
	}
	return strings.Join(said, "; ")
}

// oracle returns the world with a window that ends after all that is finite in
// it.
func (w *world) oracle() oracle {
	days := []Date{}
	add := func(p Period) { days = append(days, p.First, p.Last) }
	for _, p := range w.postings {
		add(p.Life())
	}
	for _, r := range w.representations {
		add(r.Period)
	}
	for _, c := range w.coverages {
		add(c.Period)
	}
	for _, s := range w.suspensions {
		add(s.Period)
	}
	for _, a := range w.assignments {
		add(a.Period)
	}
	for _, x := range w.absences {
		add(x.Period)
	}
	first := slices.Min(days)
	days = slices.DeleteFunc(days, Date.Open)
	return oracle{w, Period{first, min(Forever, slices.Max(days)+2)}}
}

// A dialogue is what is asked of a world, and what should be said.
type dialogue []struct{ name, question, want string }

func (d dialogue) run(t *testing.T, w *world) {
	t.Helper()
	check(t, w)
	for _, test := range d {
		if got := w.ask(t, test.question); got != test.want {
			t.Errorf("%s: %s:\n got %s\nwant %s", test.name, test.question, got, test.want)
		}
	}
}

// In January 2019 a Swede and a Dane in Bangkok both covered PH, LA, KH, VN
// and MM: two right answers, not an error.
func TestBangkokJanuary2019(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2005-01-01/").covers("PH LA KH VN MM").held("swede", "2016-08-15/2020-08-31")
	w.posting("bangkok-dk-police", "TH", "1995-01-01/2024-06-30").covers("PH LA KH VN MM").held("dane", "2017-09-01/2020-08-15")
	both := dialogue{
		{"resident in Thailand, the earlier first", "FI police TH 2019-01-15",
			"swede in bangkok-se-police (resident); dane in bangkok-dk-police (resident); from 2020-08-16 ends dane"},
		{"Denmark's own first", "DK police TH 2019-01-15",
			"dane in bangkok-dk-police (resident); swede in bangkok-se-police (resident); from 2020-08-16 ends dane"},
		{"Sweden's own first", "SE police TH 2019-01-15",
			"swede in bangkok-se-police (resident); dane in bangkok-dk-police (resident); from 2020-08-16 ends dane"},
		{"nobody in Malaysia", "FI police MY 2019-01-15", ""},
	}
	for _, c := range []string{"PH", "LA", "KH", "VN", "MM"} {
		both = append(both, dialogue{
			{"own state's first", "DK customs " + c + " 2019-01-15",
				"dane in bangkok-dk-police (side); swede in bangkok-se-police (side); from 2020-08-16 ends dane"},
			{"the earlier start first", "IS customs " + c + " 2019-01-15",
				"swede in bangkok-se-police (side); dane in bangkok-dk-police (side); from 2020-08-16 ends dane"},
		}...)
	}
	both.run(t, w)
	if found := w.directory().Findings(day("2019-01-15"), plainLimits); len(found) > 0 {
		t.Errorf("found %q", lines(found))
	}
}

// "Closing Bangkok leaves VN and LA uncovered for FI customs": what no one
// sees until it is asked of the directory with the change applied.
func TestClosingBangkok(t *testing.T) {
	w := newWorld()
	bangkok := w.posting("bangkok-se-police", "TH", "2005-01-01/").covers("VN LA").held("swede", "2024-01-01/")
	w.posting("manila-no-police", "PH", "2020-01-01/").only(Police, States()...).represents(Norway, Both, "2020-01-01/").covers("VN").held("norwegian", "2024-01-01/")
	d := w.directory()

	closing := w.whole(w.post("bangkok-se-police"))
	closing.Closed = day("2026-06-30")
	closed := d.With(Delta{Posts: map[int64]*Post{bangkok.id(): closing}})
	for question, want := range map[string]string{
		"FI customs LA 2026-06-30": "swede in bangkok-se-police (side); from 2026-07-01 ends swede nobody",
		"FI customs LA 2026-07-01": "not bangkok-se-police: not_open",
		"FI customs VN 2026-07-01": "not bangkok-se-police: not_open; not manila-no-police: not_represented",
		"FI police VN 2026-07-01":  "norwegian in manila-no-police (side); not bangkok-se-police: not_open",
	} {
		if got := short(closed.WhoRepresents(asked(question))); got != want {
			t.Errorf("%s:\n got %s\nwant %s", question, got, want)
		}
	}
	if got, want := short(d.WhoRepresents(asked("FI customs LA 2026-07-01"))), "swede in bangkok-se-police (side)"; got != want {
		t.Errorf("without the change it is %s", got)
	}
}

func TestTwoCitiesInOneHostCountry(t *testing.T) {
	w := newWorld()
	w.posting("ankara-no-police", "TR", "2015-01-01/").held("norwegian", "2020-01-01/2026-12-31")
	w.posting("istanbul-dk-customs", "TR", "2018-01-01/").held("dane", "2022-01-01/2026-12-31")
	dialogue{
		{"both are resident, customs first for customs", "FI customs TR 2026-06-01",
			"dane in istanbul-dk-customs (resident); norwegian in ankara-no-police (resident); from 2027-01-01 ends dane ends norwegian nobody"},
		{"police first for police", "FI police TR 2026-06-01",
			"norwegian in ankara-no-police (resident); dane in istanbul-dk-customs (resident); from 2027-01-01 ends norwegian ends dane nobody"},
		{"one's own first, whatever the matter", "NO customs TR 2026-06-01",
			"norwegian in ankara-no-police (resident); dane in istanbul-dk-customs (resident); from 2027-01-01 ends norwegian ends dane nobody"},
		{"both are vacant afterwards", "FI police TR 2027-01-01", "not ankara-no-police: vacant; not istanbul-dk-customs: vacant"},
	}.run(t, w)
}

// In each world the later rules, all of them, would put the other one first.
func TestRulesOfOrderOneByOne(t *testing.T) {
	for _, test := range []struct {
		name  string
		build func(*world)
		want  string
	}{
		{"1. resident, though of another state and of the other matter, newer and later by key", func(w *world) {
			w.posting("bangkok-fi-customs", "TH", "2005-01-01/").covers("PH").held("other", "2010-01-01/")
			w.posting("manila-no-police", "PH", "2020-01-01/").held("first", "2024-01-01/")
		}, "first in manila-no-police (resident); other in bangkok-fi-customs (side)"},
		{"2. one's own, though of the other matter, newer and later by key", func(w *world) {
			w.posting("cebu-no-customs", "PH", "2020-01-01/").held("other", "2020-01-01/")
			w.posting("manila-fi-police", "PH", "2020-01-01/").held("first", "2024-01-01/")
		}, "first in manila-fi-police (resident); other in cebu-no-customs (resident)"},
		{"3. the matching agency, though newer and later by key", func(w *world) {
			w.posting("cebu-se-police", "PH", "2020-01-01/").held("other", "2020-01-01/")
			w.posting("manila-no-customs", "PH", "2020-01-01/").held("first", "2024-01-01/")
		}, "first in manila-no-customs (resident); other in cebu-se-police (resident)"},
		{"4. the earlier start, though later by key", func(w *world) {
			w.posting("cebu-se-police", "PH", "2020-01-01/").held("other", "2024-01-02/")
			w.posting("manila-no-police", "PH", "2020-01-01/").held("first", "2024-01-01/")
		}, "first in manila-no-police (resident); other in cebu-se-police (resident)"},
		{"5. by key of the assignment, not of the posting", func(w *world) {
			w.posting("manila-no-police", "PH", "2020-01-01/").held("first", "2024-01-01/")
			w.posting("cebu-se-police", "PH", "2020-01-01/").held("other", "2024-01-01/")
		}, "first in manila-no-police (resident); other in cebu-se-police (resident)"},
	} {
		w := newWorld()
		test.build(w)
		dialogue{{test.name, "FI customs PH 2026-01-01", test.want}}.run(t, w)
	}
}

// A Europol desk is hosted by an organisation: it never answers "who
// represents us in the Netherlands?".
func TestEuropolDeskIsNotTheNetherlands(t *testing.T) {
	w := newWorld()
	w.posting("europol-fi-police", "org:europol", "2005-01-01/").covers("BE").held("finn", "2020-01-01/")
	dialogue{
		{"the organisation", "SE police org:europol 2026-01-01", "finn in europol-fi-police (resident)"},
		{"the country around it", "SE police NL 2026-01-01", ""},
		{"its own state neither", "FI police NL 2026-01-01", ""},
		{"a side country", "SE police BE 2026-01-01", "finn in europol-fi-police (side)"},
		{"another organisation", "SE police org:unodc 2026-01-01", ""},
	}.run(t, w)
	if got := w.directory().Posts()[0].CoversOn(day("2026-01-01")); fmt.Sprint(got) != "[BE]" {
		t.Errorf("it covers %s", got)
	}
}

func TestAnswerSaysWhy(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2005-01-01/2027-06-30").covers("VN").held("swede", "2024-01-01/")
	w.posting("hanoi-fi-customs", "VN", "2005-01-01/").held("finn", "2024-01-01/").held("finn", "2025-01-01/2026-12-31")
	var got []string
	for _, a := range w.directory().WhoRepresents(asked("FI customs VN 2026-01-01")).Answers {
		for _, m := range a.Reason {
			got = append(got, fmt.Sprint(m.Key, " ", argument(m, "last")))
		}
	}
	want := []string{
		"answer.resident <nil>", "answer.own <nil>", "answer.open_term <nil>",
		"answer.resident <nil>", "answer.own <nil>", "answer.term 2026-12-31",
		"answer.side <nil>", "answer.other <nil>", "answer.term 2027-06-30", // an open end lasts as long as the posting
	}
	if !slices.Equal(got, want) {
		t.Errorf("the reasons are\n%q, want\n%q", got, want)
	}
}

func TestFallback(t *testing.T) {
	w := newWorld()
	w.contacts = []ContactPoint{
		{ID: 1, State: Finland, Matter: Both, Name: "A"},
		{ID: 2, State: Finland, Matter: Customs, Name: "Z"},
		{ID: 3, State: Finland, Matter: Police, Name: "B"},
		{ID: 4, State: Finland, Matter: Customs, Name: "C"},
		{ID: 5, State: Sweden, Matter: Customs, Name: "A"},
	}
	for question, want := range map[string]string{
		"FI customs VN 2026-01-01": "C Z A", "FI police VN 2026-01-01": "B A", "SE police VN 2026-01-01": "", "SE customs VN 2026-01-01": "A",
	} {
		var got []string
		for _, c := range w.directory().WhoRepresents(asked(question)).Fallback {
			got = append(got, c.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s falls back on %q, want %q", question, got, want)
		}
	}
}
