package models

// A WhyNot is a posting that covers the place on some day, and why it gives
// no answer on this one.
type WhyNot struct {
	Post   *Post
	Why    Why
	Reason []Message
}

// A Why is the first thing that keeps a posting from answering.
type Why string

// The reasons, in the order in which they are checked.
const (
	AtHome          Why = "at_home"
	NotOpen         Why = "not_open"
	NotYetCovered   Why = "not_yet_covered"
	NoLongerCovered Why = "no_longer_covered"
	NotRepresented  Why = "not_represented"
	WhySuspended    Why = "suspended"
	WhyVacant       Why = "vacant"
)

// why returns the first thing that keeps a posting, which covers the place on
// some day, from answering q. It must not be called for one that answers.
func (d *Directory) why(q Question, post *Post) Why {
	_, suspended := post.SuspendedOn(q.On)
	switch {
	case d.atHome(post, q.State, q.Place):
		return AtHome
	case !post.Life().Has(q.On):
		return NotOpen
	case !post.coveredOn(q.Place, q.On):
		if firstAfter(post.Accredited(q.Place), q.On) != 0 {
			return NotYetCovered
		}
		return NoLongerCovered
	case !post.representsOn(q.State, q.Matter, q.On):
		return NotRepresented
	case suspended:
		return WhySuspended
	}
	return WhyVacant
}

// whyNot says why a posting does not answer, given the days on which it would
// if it were held, and from which day it will. The day on which a reason ends is
// a promise: it is given as the end only if the posting answers on it. Otherwise
// whyNot says what then stands in the way.
func (d *Directory) whyNot(q Question, post *Post, acting []Period) WhyNot {
	w := WhyNot{Post: post, Why: d.why(q, post)}
	about := []any{"posting", post, "place", d.Name(q.Place), "state", q.State, "matter", q.Matter}
	say := func(key string, more ...any) {
		w.Reason = append(w.Reason, Message{key, append(about[:len(about):len(about)], more...)})
	}
	from := answersFrom(post.Assignments, acting, q.On)
	switch w.Why {
	case AtHome:
		if q.Place.Country == q.State.Country() {
			say("whynot.at_home")
		} else {
			say("whynot.at_home_sending")
		}
	case NotOpen:
		if q.On > post.Closed {
			say("whynot.closed", "day", post.Closed)
			break
		}
		say("whynot.opens", "day", post.Opened)
		d.then(q, post, post.Opened, from, say)
	case NotYetCovered:
		days := post.Accredited(q.Place)
		covered := firstAfter(days, q.On)
		switch {
		case q.On > days[0].First:
			say("whynot.between", "last", lastBefore(days, q.On), "day", covered)
		case covered == from:
			say("whynot.not_yet_covered", "day", covered)
		default:
			say("whynot.not_covered_yet")
		}
		d.then(q, post, covered, from, say)
	case NoLongerCovered:
		say("whynot.no_longer_covered", "day", lastBefore(post.Accredited(q.Place), q.On))
	case NotRepresented:
		say("whynot.not_represented")
		if from != 0 {
			say("whynot.answers_from", "day", from)
		}
	case WhySuspended:
		d.suspended(q, post, from, say)
	case WhyVacant:
		ends := post.vacancyEnds(q.On)
		switch {
		case ends == from && from != 0:
			say("whynot.vacant_until", "day", from-1)
		case len(post.comingAfter(q.On)) == 0:
			say("whynot.vacant")
		default:
			say("whynot.vacant_now")
			d.then(q, post, ends, from, say)
		}
	}
	return w
}

// then says what stands in the way on the day after a reason has ended, and from
// when the posting answers; nothing if it answers from that day on.
func (d *Directory) then(q Question, post *Post, ends, from Date, say func(string, ...any)) {
	if ends == from {
		return
	}
	q.On = ends
	say(thenKeys[d.why(q, post)], "day", ends)
	if from != 0 {
		say("whynot.answers_from", "day", from)
	} else {
		say("whynot.answers_never")
	}
}

// thenKeys are what then says. NotOpen is not among them: reasons end while the
// posting is open.
var thenKeys = map[Why]string{
	NotYetCovered:   "whynot.then_not_yet_covered",
	NoLongerCovered: "whynot.then_no_longer_covered",
	NotRepresented:  "whynot.then_not_represented",
	WhySuspended:    "whynot.then_suspended",
	WhyVacant:       "whynot.then_vacant",
}

// suspended says since when the posting is suspended on the day of q, until when
// if it answers from the next day on, and why. Suspensions that overlap or touch
// count as one.
func (d *Directory) suspended(q Question, post *Post, from Date, say func(string, ...any)) {
	var days Period
	for _, p := range post.Suspended() {
		if p.Has(q.On) {
			days = p
		}
	}
	ends := days.Last + 1
	if ends == from {
		say("whynot.suspended_until", "first", days.First, "last", days.Last)
	} else {
		say("whynot.suspended", "first", days.First)
	}
	if s, _ := post.SuspendedOn(q.On); s.Reason != "" {
		say("whynot.suspension_reason", "reason", s.Reason)
	}
	switch {
	case days.Last.Open():
	case ends > post.Closed:
		say("whynot.then_closed", "day", post.Closed)
	default:
		d.then(q, post, ends, from, say)
	}
}

// vacancyEnds returns the first day after d, a vacant one, on which the posting
// is no longer vacant: somebody comes, it is suspended, or it has closed. For a
// vacancy without end that is the day after Forever.
func (p *Post) vacancyEnds(d Date) Date {
	ends := p.Closed + 1
	if coming := p.comingAfter(d); len(coming) > 0 {
		ends = min(ends, coming[0].First)
	}
	for _, s := range p.Suspensions {
		if s.First > d {
			ends = min(ends, s.First)
		}
	}
	return ends
}

// firstAfter returns the first day of the earliest period that begins after d,
// 0 if none does.
func firstAfter(days []Period, d Date) Date {
	for _, p := range days {
		if p.First > d {
			return p.First
		}
	}
	return 0
}

// lastBefore returns the last day of the latest period that ends before d, 0 if
// none does.
func lastBefore(days []Period, d Date) (last Date) {
	for _, p := range days {
		if p.Last < d {
			last = p.Last
		}
	}
	return last
}
