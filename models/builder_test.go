package models

import (
	"slices"
	"strings"
)

// day reads a day that is known to be one, and "" as an open end.
func day(s string) Date {
	if s == "" {
		return Forever
	}
	d, err := ParseDate(s)
	if err != nil {
		panic(s + ": " + err.Error())
	}
	return d
}

// plainLimits are the domain's, and ask for no list to be confirmed.
var plainLimits = Limits{HandoverDays: 60, NoticeDays: 180, OpenYears: 5}

// days reads a first and a last day with a slash between. An empty last day is
// an open end.
func days(s string) Period {
	first, last, _ := strings.Cut(s, "/")
	return Period{day(first), day(last)}
}

// at reads a place that is known to be one.
func at(s string) Place {
	p, ok := ParsePlace(s)
	if !ok {
		panic("no place: " + s)
	}
	return p
}

// A world is everything that a test knows, as flat lists: the oracle reads
// them as they stand, and directory makes a Directory of them.
type world struct {
	agencies        []Agency
	bodies          []Body
	officers        []Officer
	postings        []Posting // without their lists
	representations []Representation
	coverages       []Coverage
	suspensions     []Suspension
	assignments     []Assignment // without their absences
	absences        []Absence
	contacts        []ContactPoint
	attestations    []Attestation
	lastID          int64
}

// newWorld returns a world with the ten agencies that post officers abroad, under
// keys like se-police, the bodies that are given, and nothing else.
func newWorld() *world {
	w := &world{}
	for _, s := range States() {
		for _, m := range Matters() {
			w.sends(s, AgencyKind(m))
		}
	}
	for _, b := range GivenBodies() {
		w.bodies = append(w.bodies, *b)
	}
	return w
}

// sends adds an agency of any kind, under a key like se-coast_guard.
func (w *world) sends(s State, kind AgencyKind) Agency {
	key := strings.ToLower(string(s)) + "-" + string(kind)
	w.agencies = append(w.agencies, Agency{ID: w.id(), Key: key, Country: s, Kind: kind, Name: key, Period: Period{0, Forever}})
	return w.agencies[len(w.agencies)-1]
}

// meets adds a body that exists on all days, unless the caller says otherwise of
// it, and returns it until the next is added.
func (w *world) meets(key BodyKey, kind BodyKind) *Body {
	w.bodies = append(w.bodies, Body{ID: w.id(), Key: key, Kind: kind, Name: string(key), Ended: Forever})
	return &w.bodies[len(w.bodies)-1]
}

// body returns the body of a key, the zero Body if there is none.
func (w *world) body(key BodyKey) Body {
	for _, b := range w.bodies {
		if b.Key == key {
			return b
		}
	}
	return Body{}
}

func (w *world) id() int64 {
	w.lastID++
	return w.lastID
}

func (w *world) agency(key string) Agency {
	return w.agencies[slices.IndexFunc(w.agencies, func(a Agency) bool { return a.Key == key })]
}

func (w *world) post(key string) Posting {
	return w.postings[slices.IndexFunc(w.postings, func(p Posting) bool { return p.Key == key })]
}

// officer adds an officer of an agency.
func (w *world) officer(key, agency string) Officer {
	o := Officer{ID: w.id(), Key: key, AgencyID: w.agency(agency).ID, Name: "Officer " + key}
	w.officers = append(w.officers, o)
	return o
}

// A builder adds to one posting of a world.
type builder struct {
	w  *world
	at int // in w.postings
}

// posting adds a posting that represents all five states in both matters, or where
// a body hosts it that is no organisation, a seat that represents its own state. Its
// key ends with that of its agency (bangkok-se-police); its host is written as a
// place.
func (w *world) posting(key, host, life string) builder {
	parts := strings.Split(key, "-")
	agency := w.agency(strings.Join(parts[len(parts)-2:], "-"))
	p := Posting{ID: w.id(), Key: key, AgencyID: agency.ID, HostCity: parts[0], Opened: days(life).First, Closed: days(life).Last}
	place := at(host)
	if p.HostCountry, p.HostBody = place.Country, place.Body; place.Body != "" {
		p.sitsIn(w.body(place.Body))
	}
	w.postings = append(w.postings, p)
	b := builder{w, len(w.postings) - 1}
	for _, s := range States() {
		if p.Role == "" || s == agency.Country {
			b.addRepresentation(Representation{State: s, Matter: Both, Period: Period{p.Opened, Forever}})
		}
	}
	return b
}

// sitsIn makes the body the host of a posting.
func (p *Posting) sitsIn(b Body) {
	p.HostBody, p.HostCountry, p.HostCity = b.Key, b.HqCountry, b.HqCity
	if b.Kind != "organisation" {
		p.Role = "representative"
	}
}

func (b builder) id() int64 { return b.w.postings[b.at].ID }

func (b builder) addRepresentation(r Representation) {
	r.ID, r.PostingID = b.w.id(), b.id()
	b.w.representations = append(b.w.representations, r)
}

// only makes the posting represent nobody but the given states, in a matter.
func (b builder) only(m Matter, states ...State) builder {
	b.w.representations = slices.DeleteFunc(b.w.representations, func(r Representation) bool { return r.PostingID == b.id() })
	for _, s := range states {
		b.addRepresentation(Representation{State: s, Matter: m, Period: Period{b.w.postings[b.at].Opened, Forever}})
	}
	return b
}

// represents adds a representation on some days, in place of what the posting
// has of that state.
func (b builder) represents(s State, m Matter, when string) builder {
	b.w.representations = slices.DeleteFunc(b.w.representations, func(r Representation) bool {
		return r.PostingID == b.id() && r.State == s
	})
	b.addRepresentation(Representation{State: s, Matter: m, Period: days(when)})
	return b
}

// covers adds side-accredited countries, with a space between, for the whole
// life or, if given, on some days.
func (b builder) covers(countries string, when ...string) builder {
	on := Period{b.w.postings[b.at].Opened, Forever}
	if len(when) > 0 {
		on = days(when[0])
	}
	for _, c := range strings.Fields(countries) {
		b.w.coverages = append(b.w.coverages, Coverage{ID: b.w.id(), PostingID: b.id(), Country: Country(c), Period: on})
	}
	return b
}

// suspended adds a suspension.
func (b builder) suspended(when, reason string) builder {
	b.w.suspensions = append(b.w.suspensions, Suspension{ID: b.w.id(), PostingID: b.id(), Period: days(when), Reason: reason})
	return b
}

// held adds an assignment, whose key is "a-" and a number in the order of
// adding. An officer who is new to the world is of the sending agency.
func (b builder) held(officer, when string) builder {
	i := slices.IndexFunc(b.w.officers, func(o Officer) bool { return o.Key == officer })
	if i < 0 {
		i = len(b.w.officers)
		b.w.officers = append(b.w.officers, Officer{ID: b.w.id(), Key: officer, AgencyID: b.w.postings[b.at].AgencyID, Name: "Officer " + officer})
	}
	n := len(b.w.assignments) + 1
	b.w.assignments = append(b.w.assignments, Assignment{ID: b.w.id(), Key: "a-" + string(rune('0'+n/10)) + string(rune('0'+n%10)),
		OfficerID: b.w.officers[i].ID, PostingID: b.id(), Period: days(when)})
	return b
}

// absent adds an absence of the holder who was added last. The stand-in, if there
// is one, is named by the key of an assignment.
func (b builder) absent(when string, standIn ...string) builder {
	x := Absence{ID: b.w.id(), AssignmentID: b.w.assignments[len(b.w.assignments)-1].ID, Period: days(when)}
	if len(standIn) > 0 {
		x.StandInID = b.w.assignment(standIn[0]).ID
	}
	b.w.absences = append(b.w.absences, x)
	return b
}

func (w *world) assignment(key string) Assignment {
	return w.assignments[slices.IndexFunc(w.assignments, func(a Assignment) bool { return a.Key == key })]
}

// delta returns the whole world as a change to an empty directory.
func (w *world) delta() Delta {
	d := Delta{Agencies: map[int64]*Agency{}, Officers: map[int64]*Officer{}, Posts: map[int64]*Post{}, Bodies: map[int64]*Body{}, ContactPoints: w.contacts, Attestations: w.attestations}
	for _, a := range w.agencies {
		d.Agencies[a.ID] = &a
	}
	for _, o := range w.officers {
		d.Officers[o.ID] = &o
	}
	for _, b := range w.bodies {
		d.Bodies[b.ID] = &b
	}
	for _, p := range w.postings {
		d.Posts[p.ID] = w.whole(p)
	}
	return d
}

// whole returns a posting with everything that hangs on it.
func (w *world) whole(p Posting) *Post {
	post := &Post{Posting: p}
	for _, r := range w.representations {
		if r.PostingID == p.ID {
			post.Representations = append(post.Representations, r)
		}
	}
	for _, c := range w.coverages {
		if c.PostingID == p.ID {
			post.Coverages = append(post.Coverages, c)
		}
	}
	for _, s := range w.suspensions {
		if s.PostingID == p.ID {
			post.Suspensions = append(post.Suspensions, s)
		}
	}
	for _, a := range w.assignments {
		if a.PostingID == p.ID {
			for _, x := range w.absences {
				if x.AssignmentID == a.ID {
					a.Absences = append(a.Absences, x)
				}
			}
			post.Assignments = append(post.Assignments, a)
		}
	}
	return post
}

func (w *world) directory() *Directory { return NewDirectory(w.delta()) }
