package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// promised returns from which day on a reason says that the posting answers, by
// the message that says so, and whether it says so.
func promised(m Message) (Date, bool) {
	day, _ := argument(m, "day").(Date)
	switch m.Key {
	case "whynot.vacant_until":
		return day + 1, true
	case "whynot.suspended_until":
		return argument(m, "last").(Date) + 1, true
	case "whynot.not_yet_covered", "whynot.answers_from":
		return day, true
	}
	return 0, false
}

// A day in a reason is a promise: asked again on it, the posting answers. The
// next change is no later, and no day is outside the posting's life.
func TestADayInAReasonIsAPromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		for range 40 {
			q := Question{rapid.SampledFrom(States()).Draw(t, "state"), rapid.SampledFrom(Matters()).Draw(t, "matter"),
				at(rapid.SampledFrom(randomPlaces).Draw(t, "place")), o.window.First + Date(rapid.IntRange(0, 75).Draw(t, "on"))}
			q.On = min(q.On, Forever)
			reply := d.WhoRepresents(q)
			for _, w := range reply.WhyNot {
				for _, m := range w.Reason {
					keptPromise(t, d, q, reply, w.Post, m)
				}
			}
			for _, a := range reply.Answers {
				if days := a.Term(); !days.Has(q.On) || !days.Inside(a.Post.Life()) || days.Last > a.Post.Closed {
					t.Fatalf("%s answers on %s in a term %v of a life %v", a.Assignment.Key, q.On, days, a.Post.Life())
				}
				for _, m := range a.Reason {
					insideLife(t, a.Post, m)
				}
			}
		}
	})
}

func keptPromise(t *rapid.T, d *Directory, q Question, reply Reply, post *Post, m Message) {
	insideLife(t, post, m)
	day, ok := promised(m)
	if !ok {
		return
	}
	// Who answers from it may be listed already, in the place of somebody elsewhere.
	of := func(a Answer) bool { return a.Post == post || a.Assignment.PostingID == post.ID }
	if (reply.Next == nil || reply.Next.On > day) && !slices.ContainsFunc(reply.Answers, of) {
		t.Fatalf("%s on %s: %s promises %s, the next change is %v", post.Key, q.On, m.Key, day, reply.Next)
	}
	q.On = day
	if !slices.ContainsFunc(d.WhoRepresents(q).Answers, of) {
		t.Fatalf("%s promises %s by %s, and does not answer then", post.Key, day, m.Key)
	}
}

func insideLife(t *rapid.T, post *Post, m Message) {
	for i := 1; i < len(m.Args); i += 2 {
		if day, ok := m.Args[i].(Date); ok && !post.Life().Has(day) {
			t.Fatalf("%s says %s of a posting whose life is %v", m.Key, day, post.Life())
		}
	}
}

// why puts a question and writes what the first posting that does not answer
// says about days, and the next change.
func (w *world) why(t *testing.T, question string) string {
	t.Helper()
	w.ask(t, question)
	reply := w.directory().WhoRepresents(asked(question))
	var said []string
	for _, m := range reply.WhyNot[0].Reason {
		said = append(said, strings.TrimPrefix(m.Key, "whynot."))
		for i := 0; i < len(m.Args); i += 2 {
			if day, ok := m.Args[i+1].(Date); ok {
				said[len(said)-1] += " " + day.String()
			}
		}
	}
	if reply.Next != nil {
		said = append(said, "next "+reply.Next.On.String())
	}
	return strings.Join(said, "; ")
}

func TestWhatStandsInTheWay(t *testing.T) {
	for _, test := range []struct {
		name, question string
		build          func(*world)
		want           string
	}{
		{"a successor comes and answers", "FI police VN 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").covers("VN").held("a", "2020-01-01/2026-10-31").held("b", "2026-12-15/")
		}, "vacant_until 2026-12-14; next 2026-12-15"},
		{"a suspension before the successor counts", "FI police VN 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").covers("VN").held("a", "2020-01-01/2026-10-31").held("b", "2026-12-15/").
				suspended("2026-12-15/2027-02-09", "")
		}, "vacant_now; then_suspended 2026-12-15; answers_from 2027-02-10; next 2027-02-10"},
		{"representation ends before the successor comes", "FI police VN 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").represents(Finland, Both, "2020-01-01/2026-12-10").covers("VN").
				held("a", "2020-01-01/2026-10-31").held("b", "2026-12-15/")
		}, "vacant_now; then_not_represented 2026-12-15; answers_never"},
		{"accreditation ends before the successor comes", "FI police VN 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").covers("VN", "2020-01-01/2026-12-10").
				held("a", "2020-01-01/2026-10-31").held("b", "2026-12-15/")
		}, "vacant_now; then_no_longer_covered 2026-12-15; answers_never"},
		{"nobody comes before it closes", "FI police TH 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/2026-12-31").held("a", "2020-01-01/2026-10-31")
		}, "vacant"},
		{"suspended to the day on which it closes", "FI police TH 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/2026-12-31").held("a", "2020-01-01/").suspended("2026-11-01/", "unrest")
		}, "suspended 2026-11-01; suspension_reason; then_closed 2026-12-31"},
		{"suspended, and then vacant", "FI police TH 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").suspended("2026-11-01/2026-12-31", "").held("a", "2027-02-01/")
		}, "suspended 2026-11-01; then_vacant 2027-01-01; answers_from 2027-02-01; next 2027-02-01"},
		{"suspended, and then held", "FI police TH 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").suspended("2026-11-01/2026-12-31", "").held("a", "2020-01-01/")
		}, "suspended_until 2026-11-01 2026-12-31; next 2027-01-01"},
		{"opens, and is held later", "FI police TH 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2027-01-01/").held("a", "2027-03-01/")
		}, "opens 2027-01-01; then_vacant 2027-01-01; answers_from 2027-03-01; next 2027-03-01"},
		{"opens, held by somebody who is there before", "FI police TH 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2027-01-01/").held("a", "2026-01-01/")
		}, "opens 2027-01-01; next 2027-01-01"},
		{"covers it later, while held", "FI police VN 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/").covers("VN", "2027-01-01/")
		}, "not_yet_covered 2027-01-01; next 2027-01-01"},
		{"covers it later, while vacant", "FI police VN 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/2026-12-31").covers("VN", "2027-01-01/")
		}, "not_covered_yet; then_vacant 2027-01-01; answers_never"},
		{"between two accreditations", "FI police VN 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/").
				covers("VN", "2020-01-01/2026-06-30").covers("VN", "2027-01-01/")
		}, "between 2026-06-30 2027-01-01; next 2027-01-01"},
		{"between two accreditations, and then vacant", "FI police VN 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/2026-12-31").
				covers("VN", "2020-01-01/2026-06-30").covers("VN", "2027-01-01/")
		}, "between 2026-06-30 2027-01-01; then_vacant 2027-01-01; answers_never"},
		{"represented later", "FI police TH 2026-11-23", func(w *world) {
			w.posting("bangkok-se-police", "TH", "2020-01-01/").held("a", "2020-01-01/").represents(Finland, Police, "2027-01-01/")
		}, "not_represented; answers_from 2027-01-01; next 2027-01-01"},
	} {
		w := newWorld()
		test.build(w)
		check(t, w)
		if got := w.why(t, test.question); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// Nobody is represented at home, neither the state that is asked for nor the
// one that sends the posting: before any other reason, and on every day.
func TestNobodyIsRepresentedAtHome(t *testing.T) {
	w := newWorld()
	w.posting("oslo-se-police", "NO", "2020-01-01/2026-12-31").covers("FI SE IS").held("swede", "2020-01-01/")
	w.posting("helsinki-dk-customs", "FI", "2020-01-01/").held("dane", "2020-01-01/")
	dialogue{
		{"the place is the state", "NO police NO 2026-06-01", "not oslo-se-police: at_home"},
		{"another state is represented there", "DK police NO 2026-06-01", "swede in oslo-se-police (resident); from 2027-01-01 ends swede nobody"},
		{"so is the sending state", "SE customs NO 2026-06-01", "swede in oslo-se-police (resident); from 2027-01-01 ends swede nobody"},
		{"the place is the state, as a side country", "IS police IS 2026-06-01", "not oslo-se-police: at_home"},
		{"the place is the sending state", "DK police SE 2026-06-01", "not oslo-se-police: at_home"},
		{"both", "FI police FI 2026-06-01", "not helsinki-dk-customs: at_home; not oslo-se-police: at_home"},
		{"before it has opened", "NO police NO 2019-01-01", "not oslo-se-police: at_home"},
		{"after it has closed", "DK police SE 2030-01-01", "not oslo-se-police: at_home"},
	}.run(t, w)

	d := w.directory()
	m := d.Matrix(day("2026-06-01"), 0)
	standing := func(at string, s State) Standing {
		row, _ := m.Row(Place{Country: Country(at)})
		return row.Cell(s, Police).Standing
	}
	got := fmt.Sprint(standing("NO", Norway), standing("NO", Denmark), standing("SE", Sweden), standing("SE", Denmark), standing("FI", Finland), standing("FI", Iceland))
	if want := fmt.Sprint(Home, Resident, Home, Home, Home, ResidentAndSide); got != want {
		t.Errorf("the matrix says %s, want %s", got, want)
	}
	draft, problems := Try(d, []Step{{Act: Close, Posting: w.post("oslo-se-police").ID, Last: day("2026-06-30")}})
	effects := draft.Effects()
	if len(problems) > 0 || len(effects) == 0 {
		t.Fatalf("closing it has %d effects, %v", len(effects), problems)
	}
	for _, e := range effects {
		if e.Place.Country == e.State.Country() || e.Place.Country == "SE" {
			t.Errorf("%s loses %s at home", e.State, e.Place)
		}
	}
	changes := ChangesFor(Norway, d, day("2026-06-01"), draft.After, day("2026-07-01"))
	for _, c := range changes.Came {
		if slices.ContainsFunc(c.Places, func(n Named) bool { return n.Country == Norway.Country() }) {
			t.Errorf("somebody comes to Norway for Norway: %+v", c)
		}
	}
	for _, c := range changes.Lost {
		if slices.ContainsFunc(c.Places, func(n Named) bool { return n.Country == Norway.Country() }) {
			t.Errorf("Norway loses at home: %+v", c)
		}
	}
}
