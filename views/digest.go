package views

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"samband/models"
)

// A Digest is what somebody is told of by mail or in a feed: what has changed from one
// day to another for some states and for what is followed, which terms end soon, and
// what is known to change next.
type Digest struct {
	From, To  models.Date
	Changed   []models.Changes
	Ahead     []models.Changes // from To on, for models.DigestAhead days
	Ending    []models.Ending
	Following []Followed
	// Nearer says that some of what is ahead was not yet when the reader was told last.
	Nearer bool
}

// News reports whether there is anything to tell that was not told before.
func (d Digest) News() bool {
	return d.Nearer || len(d.Ending) > 0 ||
		slices.ContainsFunc(d.Changed, func(c models.Changes) bool { return !(Changes{Changes: c}).Quiet() }) ||
		slices.ContainsFunc(d.Following, func(f Followed) bool { return !f.Quiet() })
}

// Coming reports whether anything is ahead.
func (d Digest) Coming() bool {
	return slices.ContainsFunc(d.Ahead, func(c models.Changes) bool { return !(Changes{Changes: c}).Quiet() })
}

// A digestLine is one thing that somebody is told, in words without how to reach anybody.
type digestLine struct {
	Name string // the same whenever the same is told
	On   models.Date
	Said string
	Why  []string
	URL  string
	New  bool // it has happened, or a reminder is due; else it is ahead
	// say, unless nil, makes Said of the states that it is the same for, and Name differs
	// with them.
	say func(states string) string
}

// same is the same for lines that say the same of their states, and for the same reasons.
func (l digestLine) same() string { return l.Name + "\n" + strings.Join(l.Why, "\n") }

// of returns the line as it is told of some states.
func (l digestLine) of(states string) digestLine {
	if l.say != nil {
		l.Said, l.Name = l.say(states), l.Name+" "+states
	}
	return l
}

// A digestPart is what somebody is told of one state, or of one thing that is followed.
type digestPart struct {
	Heading string
	Lines   []digestLine
}

// digestParts returns all that a digest tells, in words.
func (s *Site) digestParts(lang string, d Digest) (parts []digestPart) {
	add := func(heading string, lines []digestLine) {
		if len(lines) > 0 {
			parts = append(parts, digestPart{heading, lines})
		}
	}
	say := func(key string, args ...any) string { return s.Say(lang, models.Say(key, args...)) }
	s.eachGroup(lang, d.Changed, true, func(states string, lines []digestLine) { add(say("digest.changed", "state", states), lines) })
	for _, f := range d.Following {
		add(say("digest.followed", "name", s.followedName(lang, f)), s.followedLines(lang, f, d))
	}
	for _, state := range models.States() {
		var lines []digestLine
		for _, e := range d.Ending {
			if e.Agency.Country == state {
				lines = append(lines, s.endingLine(lang, e, d.To))
			}
		}
		add(say("digest.ending", "state", state), lines)
	}
	s.eachGroup(lang, d.Ahead, false, func(states string, lines []digestLine) {
		add(say("digest.ahead", "state", states, "days", models.DigestAhead), lines)
	})
	return parts
}

// eachGroup tells the changes for some states: once what is the same for several, such as
// who has come to a posting, under the names of all these states.
func (s *Site) eachGroup(lang string, all []models.Changes, told bool, f func(states string, lines []digestLine)) {
	of, lines := map[string][]models.State{}, []digestLine(nil)
	for _, c := range all {
		for _, l := range s.changeLines(lang, c, told) {
			if of[l.same()] == nil {
				lines = append(lines, l)
			}
			of[l.same()] = append(of[l.same()], c.State)
		}
	}
	groups, order := map[string][]digestLine{}, []string(nil)
	for _, l := range lines {
		states := and(s, lang, of[l.same()])
		if groups[states] == nil {
			order = append(order, states)
		}
		groups[states] = append(groups[states], l.of(states))
	}
	for _, states := range order {
		f(states, groups[states])
	}
}

// changeLines tells changes for a state.
func (s *Site) changeLines(lang string, c models.Changes, told bool) (lines []digestLine) {
	for _, kind := range []struct {
		name string
		list []models.PlaceChange
	}{{"lost", c.Lost}, {"gained", c.Gained}, {"interrupted", c.Interrupted}} {
		for _, x := range kind.list {
			lines = append(lines, s.placeLine(lang, kind.name, c, x, told))
		}
	}
	for _, kind := range []struct {
		name string
		list []models.TermChange
	}{{"came", c.Came}, {"went", c.Went}, {"away", c.Away}} {
		for _, t := range kind.list {
			lines = append(lines, s.termLine(lang, kind.name, t, told))
		}
	}
	return lines
}

func (s *Site) placeLine(lang, kind string, c models.Changes, x models.PlaceChange, told bool) digestLine {
	l := digestLine{On: x.Days.First, New: told, URL: s.BaseURL + Changes{Changes: c}.Between(c.From, c.To, told),
		Name: strings.Join([]string{kind, string(x.Matter), x.Days.Last.String(), places(x.Places)}, " "),
		say: func(states string) string {
			return s.Say(lang, models.Say("changes."+kind+"_line", "places", x.Places, "matter", x.Matter, "first", x.Days.First, "last", x.Days.Last, "state", states))
		}}
	if len(x.Places) == 1 {
		q := url.Values{"state": {string(c.State)}, "matter": {string(oneMatter(x.Matter))}, "place": {x.Places[0].String()}, "on": {x.Days.First.String()}}
		l.URL = s.BaseURL + "/represent?" + q.Encode()
	}
	if x.Days.First > c.From { // else it began at some time before
		l.Name += " " + x.Days.First.String()
	}
	for _, why := range x.Causes {
		l.Why = append(l.Why, s.cause(lang, why, x.Matter))
	}
	return l
}

// oneMatter returns a single matter to ask about.
func oneMatter(m models.Matter) models.Matter {
	if m.Single() {
		return m
	}
	return models.Police
}

func (s *Site) termLine(lang, kind string, t models.TermChange, told bool) digestLine {
	l := digestLine{On: t.Days.First, New: told, URL: s.BaseURL + "/postings/" + itoa(int(t.Post.ID)),
		Name: kind + " " + itoa(int(t.Assignment.ID)) + " " + t.Days.First.String()}
	if kind == "went" {
		l.On = t.Days.Last
		l.Name = kind + " " + itoa(int(t.Assignment.ID)) + " " + t.Days.Last.String()
	}
	key := "follow." + kind
	if kind == "away" {
		key = "changes.away_line"
	}
	l.Said = s.Say(lang, models.Say(key, "officer", s.OfficerName(lang, *t.Officer, *t.Agency),
		"posting", s.PostingTitle(lang, t.Post, *t.Agency), "first", t.Days.First, "last", t.Days.Last))
	if kind == "away" {
		why := s.text(lang, "absence.nobody")
		if t.StandIn.ID != 0 {
			why = s.Say(lang, models.Say("changes.away_stand_in", "officer", s.OfficerName(lang, *t.StandIn, *t.Agency)))
		}
		l.Why = []string{why}
	}
	return l
}

func (s *Site) endingLine(lang string, e models.Ending, today models.Date) digestLine {
	next := s.text(lang, "digest.no_successor")
	if e.Next != 0 {
		next = s.Say(lang, models.Say("digest.successor", "first", e.Next))
	}
	return digestLine{On: max(e.Last-e.Within, 1), New: true, URL: s.BaseURL + "/assignments/" + itoa(int(e.Term.ID)), Why: []string{next},
		Name: "ending " + itoa(int(e.Term.ID)) + " " + e.Last.String() + " " + itoa(int(e.Within)),
		Said: s.Say(lang, models.Say("digest.ending_line", "officer", s.OfficerName(lang, e.Officer, e.Agency), "posting", s.PostingTitle(lang, e.Post, e.Agency),
			"last", e.Last, "days", int(e.Last-today)))}
}

func (s *Site) followedName(lang string, f Followed) string {
	switch {
	case f.Post != nil:
		return s.word(lang, f.Post)
	case f.Body != nil:
		return s.word(lang, f.Body)
	case f.Gone:
		return s.Say(lang, models.Say("follow.gone", "noun", string(f.Noun), "id", f.Record))
	}
	return s.word(lang, f.Place)
}

// followedLines tells what has changed about something that is followed.
func (s *Site) followedLines(lang string, f Followed, d Digest) (lines []digestLine) {
	if f.Turned() {
		since := d.To
		for since > d.From+1 && f.Post.StatusOn(since-1) == f.Status {
			since--
		}
		lines = append(lines, digestLine{On: since, New: true, URL: s.BaseURL + f.URL("", d.To), Name: "status " + f.Record + " " + string(f.Status) + " " + since.String(),
			Said: s.Say(lang, models.Say("digest.status", "status", f.Status, "was", f.Was))})
	}
	for _, kind := range []struct {
		name string
		list []StateChange
	}{{"lost", f.Lost}, {"gained", f.Gained}, {"interrupted", f.Interrupted}} {
		for _, x := range kind.list {
			l := s.placeLine(lang, kind.name, models.Changes{State: x.State, From: d.From, To: d.To}, x.PlaceChange, true)
			lines = append(lines, l.of(s.word(lang, x.State)))
		}
	}
	return append(lines, s.changeLines(lang, models.Changes{From: d.From, To: d.To, Came: f.Came, Went: f.Went, Away: f.Away}, true)...)
}

// A Mail is what a mail says, as plain text and as HTML.
type Mail struct {
	Subject, Plain, HTML string
	// Unsubscribe is the address to which a program posts that no more is wanted (RFC 8058).
	Unsubscribe string
}

// A mailPage is the data of the templates of a mail.
type mailPage struct {
	Site        *Site
	Digest      Digest
	Title       string
	Parts       []digestPart
	Unsubscribe string
}

// DigestMail returns the mail of a digest. proof is what shows that an unsubscribing
// comes from the mail.
func (s *Site) DigestMail(lang string, d Digest, proof string) (m Mail, err error) {
	page := mailPage{Site: s, Digest: d, Parts: s.digestParts(lang, d), Unsubscribe: s.BaseURL + "/unsubscribe/" + proof}
	n := 0
	for _, p := range page.Parts {
		n += len(p.Lines)
	}
	page.Title = s.Say(lang, models.Say("digest.subject", "from", d.From, "n", n))
	m.Subject, m.Unsubscribe = page.Title, page.Unsubscribe
	var plain, html bytes.Buffer
	t := s.tongue(lang)
	if err := t.plainMail.Execute(&plain, page); err != nil {
		return m, fmt.Errorf("views: %w", err)
	}
	if err := t.htmlMail.Execute(&html, page); err != nil {
		return m, fmt.Errorf("views: %w", err)
	}
	m.Plain, m.HTML = plain.String(), html.String()
	return m, nil
}
