package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestWhoRepresentsAgainstTheOracle asks every day about a few places of a
// random world.
func TestWhoRepresentsAgainstTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		for range 6 {
			q := Question{
				State:  rapid.SampledFrom(States()).Draw(t, "state"),
				Matter: rapid.SampledFrom(Matters()).Draw(t, "matter"),
				Place:  at(rapid.SampledFrom(randomPlaces).Draw(t, "place")),
			}
			compareReplies(t, d, o, q)
		}
	})
}

// compareReplies asks q of every day of the window.
func compareReplies(t interface{ Fatalf(string, ...any) }, d *Directory, o oracle, q Question) {
	known := map[Date][]counted{}
	for day := o.window.First; day <= o.window.Last; day++ {
		known[day] = o.answers(q.State, q.Matter, q.Place, day)
	}
	for q.On = o.window.First; q.On <= o.window.Last; q.On++ {
		got := replied(d.WhoRepresents(q))
		want := o.reply(q, func(d Date) []counted { return known[d] })
		if got != want {
			t.Fatalf("%s, %s in %s on %s:\n%s\nbut counting gives\n%s", q.State, q.Matter, q.Place, q.On, got, want)
		}
	}
}

// reply writes what the oracle says, as replied does.
func (o oracle) reply(q Question, answers func(Date) []counted) string {
	var b strings.Builder
	for _, c := range answers(q.On) {
		p, more := c.from, ""
		if c.absent {
			more += fmt.Sprint(" absent until ", o.awayUntil(c.by, q.On))
		}
		if len(c.standsFor) > 0 {
			a := c.standsFor[0]
			last := o.runAround(q.On, func(d Date) bool { return o.standsIn(c.by, a, d) }).Last
			more += fmt.Sprint(" in for ", a.Key, " until ", last)
		}
		fmt.Fprintln(&b, "answer", c.by.Key, o.officerOf(c.by).Key, p.Key, o.agencyOf(p).Key, o.resident(p, q.Place), o.days(c, q.On), more)
	}
	postings := slices.SortedFunc(slices.Values(o.postings), func(a, b Posting) int { return strings.Compare(a.Key, b.Key) })
	for _, p := range postings {
		if why := o.whyNot(p, q.State, q.Matter, q.Place, q.On); why != "" {
			if !strings.Contains(why, " ") {
				why += " " // of a reason without days
			}
			fmt.Fprintln(&b, "not", p.Key, why)
		}
	}
	if next := o.next(answers, q.On); next != "" {
		fmt.Fprintln(&b, "next", next)
	}
	return b.String()
}

func replied(r Reply) string {
	var b strings.Builder
	for _, a := range r.Answers {
		more := ""
		if a.Absent {
			more += fmt.Sprint(" absent until ", a.AbsentUntil)
		}
		if a.StandsIn {
			more += fmt.Sprint(" in for ", a.For.Key, " until ", standsInUntil(a))
		}
		fmt.Fprintln(&b, "answer", a.Assignment.Key, a.Officer.Key, a.Post.Key, a.Agency.Key, a.Resident, a.Days, more)
	}
	for _, w := range r.WhyNot {
		fmt.Fprintln(&b, "not", w.Post.Key, w.Why, saidOf(w.Reason))
	}
	if r.Next != nil {
		var turns []string
		nobody := ""
		for _, m := range r.Next.Reason {
			switch m.Key {
			case "change.nobody":
				nobody = " nobody"
			case "change.order":
				turns = append(turns, "order")
			default:
				turns = append(turns, turnsSaid[m.Key]+argument(m, "officer").(Officer).Key)
			}
		}
		slices.Sort(turns)
		fmt.Fprintln(&b, "next", r.Next.On.String()+" "+strings.Join(turns, " ")+nobody)
	}
	return b.String()
}

// turnsSaid are what the sentences about the next change say of an officer, as the
// oracle writes it.
var turnsSaid = map[string]string{"change.ends": "-", "change.begins": "+", "change.stands_in": "in for ", "change.absent": "away ",
	"change.back": "back ", "change.stood_in": "no more in for "}

// standsInUntil returns until when the reason says that an answer stands in.
func standsInUntil(a Answer) Date {
	for _, m := range a.Reason {
		switch m.Key {
		case "answer.stands_in", "answer.stands_in_hidden":
			return argument(m, "last").(Date)
		case "answer.stands_in_open", "answer.stands_in_hidden_open":
			return Forever
		}
	}
	return 0
}

// saidOf writes the days that a reason names, as the oracle does.
func saidOf(reason []Message) string {
	var first, last, then, from string
	for _, m := range reason {
		switch day, _ := argument(m, "day").(Date); m.Key {
		case "whynot.closed", "whynot.no_longer_covered":
			last = " last=" + day.String()
		case "whynot.opens":
			first, from = " first="+day.String(), " from="+day.String()
		case "whynot.between":
			last, first, from = " last="+argument(m, "last").(Date).String(), " first="+day.String(), " from="+day.String()
		case "whynot.not_yet_covered", "whynot.answers_from":
			from = " from=" + day.String()
		case "whynot.suspended":
			first = " first=" + argument(m, "first").(Date).String()
		case "whynot.suspended_until":
			first = " first=" + argument(m, "first").(Date).String()
			from = " from=" + (argument(m, "last").(Date) + 1).String()
		case "whynot.vacant_until":
			from = " from=" + (day + 1).String()
		case "whynot.then_closed", "whynot.then_not_yet_covered", "whynot.then_no_longer_covered", "whynot.then_not_represented", "whynot.then_suspended", "whynot.then_vacant":
			then = " then=" + strings.TrimPrefix(m.Key, "whynot.then_") + "@" + day.String()
			from = "" // a day before was that on which the reason ceases, no promise
		}
	}
	return strings.TrimPrefix(last+first+then+from, " ")
}

// argument returns what a message says about name, nil if nothing.
func argument(m Message, name string) any {
	for i := 0; i+1 < len(m.Args); i += 2 {
		if m.Args[i] == name {
			return m.Args[i+1]
		}
	}
	return nil
}
