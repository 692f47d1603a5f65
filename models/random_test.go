package models

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"
)

// The random worlds are small, about sixty days and half a dozen postings, so
// that rules meet: two postings with the same start, keys that sort otherwise
// as bytes than as words, sides that come and go, suspensions that overlap,
// assignments that outlast their posting.

var (
	randomHosts = []string{"TH", "TH", "TH", "TH", "VN", "VN", "SE", "org:europol", "org:board", "org:board"}
	randomSides = []Country{"TH", "VN", "LA", "NL"}
	// randomPlaces are what hosts and sides may be, and two where nobody is.
	randomPlaces = []string{"TH", "VN", "LA", "SE", "org:europol", "NL", "org:unodc", "org:board"}
	randomKeys   = []string{"a", "a-1", "a-10", "a-2", "a-02", "A", "Z", "z", "å", "ä", "ö", "0", "_", "é", "b c", "b-c", "aa", "~", "9", "-"}
	// randomBases are where the days begin: at both ends of the calendar, and
	// across a 29 February.
	randomBases = []Date{1, day("2024-02-01"), Forever - 75}
)

const randomDays = 60

func drawBool(t *rapid.T, label string, oneIn int) bool {
	return rapid.IntRange(1, oneIn).Draw(t, label) == oneIn
}

// drawAgency draws one of those that post officers abroad, or any.
func drawAgency(t *rapid.T, w *world, any bool) Agency {
	n := 10
	if any {
		n = len(w.agencies)
	}
	return w.agencies[rapid.IntRange(0, n-1).Draw(t, "agency")]
}

// drawWorld draws a world in which every record passes its check, but for what
// was kept before it was refused, and the window in which everything in it
// happens.
func drawWorld(t *rapid.T) oracle {
	base := rapid.SampledFrom(randomBases).Draw(t, "base")
	w := newWorld()
	w.sends(Sweden, CoastGuard)
	w.sends(Finland, Ministry)
	drawBody(t, w.meets("board", Board), base)
	for i := range rapid.IntRange(1, 5).Draw(t, "officers") {
		w.officer(fmt.Sprintf("o-%d", i), drawAgency(t, w, i > 0).Key)
	}
	keys := rapid.Permutation(randomKeys).Draw(t, "posting keys")
	for _, key := range keys[:rapid.IntRange(2, 6).Draw(t, "postings")] {
		drawPosting(t, w, key, base)
	}
	keys = rapid.Permutation(randomKeys).Draw(t, "assignment keys")
	for _, key := range keys[:rapid.IntRange(3, 14).Draw(t, "assignments")] {
		drawAssignment(t, w, key, base)
	}
	for range rapid.IntRange(-2, 12).Draw(t, "absences") {
		drawAbsence(t, w, base)
	}
	if drawBool(t, "the coast guard stands in", 6) {
		drawCoastGuard(t, w, base)
	}
	for range rapid.IntRange(0, 4).Draw(t, "attestations") {
		a := Attestation{State: rapid.SampledFrom(States()).Draw(t, "attesting"), On: base + Date(rapid.IntRange(0, 60).Draw(t, "attested"))}
		if p := rapid.SampledFrom(w.postings).Draw(t, "attested posting"); drawBool(t, "one posting", 2) {
			a.State, a.PostingID = w.agencies[p.AgencyID-w.agencies[0].ID].Country, p.ID
		}
		w.attestations = slices.DeleteFunc(w.attestations, func(b Attestation) bool { return b.State == a.State && b.PostingID == a.PostingID })
		w.attestations = append(w.attestations, a)
	}
	check(t, w)
	return oracle{w, Period{max(1, base-3), min(Forever, base+110)}}
}

// keptFaults are what was not refused once, or has become a fault since: worlds
// hold some of it.
var keptFaults = []string{"problem.sending_state", "problem.held_twice", "problem.stand_in_kind", "problem.stand_in_days"}

// check fails unless every record of the world is valid, or was.
func check(t interface{ Fatalf(string, ...any) }, w *world) {
	for _, p := range w.postings {
		post := w.whole(p)
		sending := w.agencies[p.AgencyID-w.agencies[0].ID]
		ps := CheckPosting(post.Posting, sending, w.body(p.HostBody), post.Assignments)
		for _, a := range post.Assignments {
			ps = append(ps, CheckAssignment(a, p.Life(), post.Assignments)...)
			ps = append(ps, CheckAbsences(a, post.Seating(), w.standInFor)...)
			ps = append(ps, CheckHolder(p, w.standsAs(a).Kind)...)
		}
		for _, problem := range ps {
			if !slices.Contains(keptFaults, problem.Key) {
				t.Fatalf("posting %s or an assignment to it is refused: %v", p.Key, problem)
			}
		}
	}
}

// standInFor finds an assignment for CheckAbsences.
func (w *world) standInFor(id int64) (StandInFor, bool) {
	i := slices.IndexFunc(w.assignments, func(a Assignment) bool { return a.ID == id })
	if i < 0 {
		return StandInFor{}, false
	}
	return w.standsAs(w.assignments[i]), true
}

func (w *world) standsAs(a Assignment) StandInFor {
	o := oracle{world: w}
	return StandInFor{a, o.agencyWith(o.officerOf(a).AgencyID).Kind}
}

func drawPosting(t *rapid.T, w *world, key string, base Date) {
	host := at(rapid.SampledFrom(randomHosts).Draw(t, "host"))
	p := Posting{ID: w.id(), Key: key, HostCountry: host.Country}
	if host.Body != "" {
		p.sitsIn(w.body(host.Body))
	}
	agency := drawAgency(t, w, p.Role != "")
	p.AgencyID = agency.ID
	p.Opened, p.Closed = base+Date(rapid.IntRange(0, 20).Draw(t, "opened")), Forever
	if drawBool(t, "closed", 3) {
		p.Closed = min(Forever, p.Opened+Date(rapid.IntRange(0, 50).Draw(t, "closed after")))
	}
	w.postings = append(w.postings, p)

	asUsual := drawBool(t, "represents all", 2)
	for _, s := range States() {
		if s == agency.Country {
			w.representations = append(w.representations, drawOwn(t, w, p, s)...)
			continue
		}
		for _, m := range Matters() {
			if asUsual {
				w.representations = append(w.representations, Representation{ID: w.id(), PostingID: p.ID, State: s, Matter: m, Period: Period{p.Opened, Forever}})
				continue
			}
			for _, days := range drawApart(t, p.Life(), 2) {
				w.representations = append(w.representations, Representation{ID: w.id(), PostingID: p.ID, State: s, Matter: m, Period: days})
			}
		}
	}
	for _, c := range randomSides {
		if at(string(c)) == host || p.Role != "" || drawBool(t, "never there", 3) {
			continue
		}
		for _, days := range drawApart(t, p.Life(), 2) {
			w.coverages = append(w.coverages, Coverage{ID: w.id(), PostingID: p.ID, Country: c, Period: days})
		}
	}
	for range max(0, rapid.IntRange(-3, 2).Draw(t, "suspensions")) {
		first := Date(rapid.Int32Range(int32(p.Opened), int32(min(p.Closed, p.Opened+randomDays))).Draw(t, "suspended"))
		last := min(p.Closed, first+Date(rapid.IntRange(0, 15).Draw(t, "suspended for")))
		if drawBool(t, "suspended for good", 6) {
			last = Forever
		}
		w.suspensions = append(w.suspensions, Suspension{ID: w.id(), PostingID: p.ID, Period: Period{first, last}})
	}
}

// drawOwn draws the representation of the sending state, which lasts as long
// as the posting: in one row for both matters or, as it was kept once, for one
// of them, or in two rows that touch.
func drawOwn(t *rapid.T, w *world, p Posting, s State) []Representation {
	row := Representation{ID: w.id(), PostingID: p.ID, State: s, Period: Period{p.Opened, Forever},
		Matter: rapid.SampledFrom([]Matter{Both, Both, Both, Police, Customs}).Draw(t, "own matter")}
	if p.Opened == p.Closed || drawBool(t, "one row", 2) {
		return []Representation{row}
	}
	next := row
	next.ID = w.id()
	row.Last = Date(rapid.Int32Range(int32(p.Opened), int32(min(p.Closed-1, p.Opened+randomDays-30))).Draw(t, "own until"))
	next.First = row.Last + 1
	if drawBool(t, "own in another matter", 3) {
		next.Matter = Police
	}
	return []Representation{next, row}
}

// drawApart draws up to most periods within a life that share no day but may
// touch, in any order. The last may be open.
func drawApart(t *rapid.T, life Period, most int) []Period {
	var apart []Period
	first := life.First
	for range rapid.IntRange(0, most).Draw(t, "rows") {
		first += Date(rapid.IntRange(0, 12).Draw(t, "after"))
		if first > life.Last {
			break
		}
		last := min(life.Last, first+Date(rapid.IntRange(0, 25).Draw(t, "for")))
		if drawBool(t, "open", 3) {
			last = Forever
		}
		apart = append(apart, Period{first, last})
		if last == Forever {
			break
		}
		first = last + 1
	}
	if len(apart) == 2 && drawBool(t, "the later row first", 2) {
		apart[0], apart[1] = apart[1], apart[0]
	}
	return apart
}

// drawAssignment draws an assignment with at least a day in the life of its
// posting. It may begin before and end after.
func drawAssignment(t *rapid.T, w *world, key string, base Date) {
	p := w.postings[rapid.IntRange(0, len(w.postings)-1).Draw(t, "posting")]
	from := max(1, p.Opened-2)
	first := Date(rapid.Int32Range(int32(from), int32(min(p.Closed, p.Opened+40))).Draw(t, "first"))
	if drawBool(t, "with others", 3) {
		if tie := base + 20; p.Life().Has(tie) {
			first = tie
		}
	}
	last := min(Forever, max(first, p.Opened)+Date(rapid.IntRange(0, 30).Draw(t, "days")))
	if drawBool(t, "open", 4) {
		last = Forever
	}
	officer := w.officers[rapid.IntRange(0, len(w.officers)-1).Draw(t, "officer")]
	a := Assignment{ID: w.id(), Key: key, PostingID: p.ID, Period: Period{first, last}, OfficerID: officer.ID}
	if p.Role == "" && !w.standsAs(a).Kind.Posts() {
		a.OfficerID = w.officers[0].ID // who may hold anything
	}
	w.assignments = append(w.assignments, a)
}
