package models

import (
	"slices"
	"testing"
)

var (
	europol = Body{ID: -1, Key: "europol", Kind: Organisation, Name: "Europol", HqCountry: "NL", HqCity: "The Hague", Ended: Forever}
	opc     = Body{ID: 1, Key: "opc", Kind: Committee, Name: "OPC", Founded: day("1998-01-01"), Ended: day("2025-12-31")}
)

// aDesk returns aPosting as an organisation hosts it.
func aDesk() Posting {
	p := aPosting()
	p.HostBody, p.HostCountry, p.HostCity = "europol", "NL", "The Hague"
	return p
}

// aSeat returns aPosting as another body hosts it: it covers nothing else.
func aSeat() Posting {
	p := aPosting()
	p.HostBody, p.HostCountry, p.HostCity, p.Role, p.Coverages = "opc", "", "", Delegate, nil
	return p
}

func TestHostedByABodyRefused(t *testing.T) {
	coastGuard := Agency{ID: 1, Country: Sweden, Kind: CoastGuard}
	for _, test := range []struct {
		name    string
		posting Posting
		host    Body
		sending Agency
		change  func(*Posting, *Body)
		want    string
	}{
		{"a desk", aDesk(), europol, ofSweden, func(*Posting, *Body) {}, ""},
		{"a seat", aSeat(), opc, ofSweden, func(*Posting, *Body) {}, ""},
		{"a seat of the coast guard", aSeat(), opc, coastGuard, func(*Posting, *Body) {}, ""},
		{"a desk of the coast guard", aDesk(), europol, coastGuard, func(*Posting, *Body) {}, "agency: problem.seats_only"},
		{"a posting abroad of the coast guard", aPosting(), Body{}, coastGuard, func(*Posting, *Body) {}, "agency: problem.seats_only"},
		{"at a body that is not there", aDesk(), Body{}, ofSweden, func(*Posting, *Body) {}, "host_organisation: problem.body"},
		{"at another body than is given", aDesk(), opc, ofSweden, func(*Posting, *Body) {}, "host_organisation: problem.body"},
		{"a desk elsewhere than the organisation", aDesk(), europol, ofSweden, func(p *Posting, _ *Body) { p.HostCountry = "TH" }, "host_country: problem.headquarters"},
		{"a desk with a role", aDesk(), europol, ofSweden, func(p *Posting, _ *Body) { p.Role = Expert }, "role: problem.role_of_seat"},
		{"a seat without one", aSeat(), opc, ofSweden, func(p *Posting, _ *Body) { p.Role = "" }, "role: problem.role_of_seat"},
		{"a posting abroad with one", aPosting(), Body{}, ofSweden, func(p *Posting, _ *Body) { p.Role = Expert }, "role: problem.role_of_seat"},
		{"a seat with an unknown one", aSeat(), opc, ofSweden, func(p *Posting, _ *Body) { p.Role = "guest" }, "role: problem.role"},
		{"a seat that covers a country", aSeat(), opc, ofSweden, func(p *Posting, _ *Body) { p.Coverages = []Coverage{{Country: "LV", Period: days("2020-01-01/")}} },
			"coverages.country[0]: problem.seat_covers"},
		{"a desk that covers the country around it", aDesk(), europol, ofSweden, func(p *Posting, _ *Body) { p.Coverages[1].Country = "NL" }, ""},
		{"a seat where there are headquarters", aSeat(), opc, ofSweden, func(p *Posting, b *Body) { b.HqCountry, p.HostCountry = "SE", "SE" }, ""},
		{"a seat for its own state only", aSeat(), opc, ofSweden, func(p *Posting, _ *Body) { p.Representations = p.Represents(Sweden) }, ""},
		{"a seat for another state only", aSeat(), opc, ofSweden, func(p *Posting, _ *Body) { p.Representations = p.Represents(Norway) }, "representations: problem.sending_state"},
		{"open the day before the body", aSeat(), opc, ofSweden, func(p *Posting, b *Body) { b.Founded = p.Opened + 1 }, "opened: problem.outside_days"},
		{"open from the body's first day to its last", aSeat(), opc, ofSweden, func(p *Posting, b *Body) { b.Founded, b.Ended = p.Opened, p.Closed }, ""},
		{"closed the day after the body", aSeat(), opc, ofSweden, func(p *Posting, b *Body) { b.Ended = p.Closed - 1 }, "opened: problem.outside_days"},
		{"with an open end, in a body that ends", aSeat(), opc, ofSweden, func(p *Posting, _ *Body) { p.Closed, p.Representations[0].Last = Forever, Forever }, ""},
		{"in a body of which nobody knows the founding", aSeat(), opc, ofSweden, func(_ *Posting, b *Body) { b.Founded = 0 }, ""},
	} {
		test.change(&test.posting, &test.host)
		if got := put(CheckPosting(test.posting, test.sending, test.host, nil)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Only police and customs officers are posted to countries and organisations. Any
// may hold a seat.
func TestCheckHolder(t *testing.T) {
	for _, kind := range AgencyKinds() {
		abroad := kind == "police" || kind == "customs"
		for seating, p := range map[Seating]Posting{Abroad: aPosting(), Desk: aDesk(), Seat: aSeat()} {
			if p.Seating() != seating {
				t.Errorf("a %s is a %s", seating, p.Seating())
			}
			if ps := CheckHolder(p, kind); (len(ps) == 0) != (abroad || seating == Seat) {
				t.Errorf("%s at a %s: %v", kind, seating, ps)
			}
		}
		if kind.Posts() != abroad || !kind.Valid() || abroad && string(kind.Matter()) != string(kind) || !abroad && kind.Matter() != Both {
			t.Errorf("%s: posts %t, its matter is %s", kind, kind.Posts(), kind.Matter())
		}
	}
	if ps := CheckHolder(aPosting(), ""); len(ps) > 0 {
		t.Errorf("an officer of whom nothing is known: %v", ps)
	}
}

// A host makes of a posting what it is, and leaves alone what is said otherwise.
func TestHostedAt(t *testing.T) {
	if p := (Posting{HostBody: "europol"}).At(europol); p.Role != "" || p.HostCountry != "NL" || p.HostCity != "The Hague" || p.Seating() != Desk {
		t.Errorf("a desk: %+v", p)
	}
	if p := (Posting{HostBody: "opc"}).At(opc); p.Role != Representative || p.HostCountry != "" || p.Seating() != Seat {
		t.Errorf("a seat: %+v", p)
	}
	if p := aSeat().At(opc); p.Role != Delegate {
		t.Errorf("a seat with a role: %+v", p)
	}
	if p := (Posting{HostCountry: "TH"}).At(Body{}); p.HostCountry != "TH" || p.Seating() != Abroad {
		t.Errorf("abroad: %+v", p)
	}
	states := func(p Posting) (all []State) {
		for _, r := range p.Represents(Norway) {
			all = append(all, r.State)
		}
		return all
	}
	if !slices.Equal(states(aPosting()), States()) || !slices.Equal(states(aDesk()), States()) || !slices.Equal(states(aSeat()), []State{Norway}) {
		t.Errorf("new ones represent %v, %v and %v", states(aPosting()), states(aDesk()), states(aSeat()))
	}
}

// What lists its values knows each of them, once, and nothing else.
func TestEnumsOfBodies(t *testing.T) {
	known(t, Seatings(), 3)
	known(t, SeatRoles(), 7)
	known(t, BodyKinds(), 7)
	known(t, Memberships(), 3)
	known(t, AgencyKinds(), 9)
	known(t, Areas(), 15)
}

func known[T interface {
	~string
	Valid() bool
}](t *testing.T, all []T, n int) {
	t.Helper()
	for _, v := range all {
		if !v.Valid() {
			t.Errorf("%T %s is not known", v, v)
		}
	}
	if len(slices.Compact(slices.Sorted(slices.Values(all)))) != n || T("").Valid() || T("x").Valid() {
		t.Errorf("%T are %v, or anything", all, all)
	}
}
