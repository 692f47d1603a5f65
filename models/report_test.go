package models

import (
	"fmt"
	"slices"
	"testing"
)

func TestHistoryOfNames(t *testing.T) {
	w := newWorld()
	w.posting("europol-se-police", "org:europol", "2010-01-01/2026-12-31").held("anna", "2010-01-01/2012-12-31").held("bo", "2027-01-01/")
	for i := range w.agencies {
		if w.agencies[i].Key == "se-police" {
			w.agencies[i].Names = []AgencyName{{Name: "RKP", Period: days("0001-01-01/2014-12-31")}}
		}
	}
	d := w.directory()
	for _, on := range []string{"2014-12-31", "2026-11-23"} {
		h := d.NamedOn(day(on)).HistoryOf(d.Post(w.post("europol-se-police").ID), day(on))
		var said []string
		for _, c := range h.Called {
			said = append(said, fmt.Sprint(c.First, "/", c.Last, " ", c.Agency.Name, " ", c.Host.Called.Name))
		}
		want := []string{"2010-01-01/2014-12-31 RKP Europol"}
		if on != "2014-12-31" {
			want = []string{"2015-01-01/2026-11-23 se-police Europol", want[0]}
		}
		if !slices.Equal(said, want) {
			t.Errorf("%s: %q, want %q", on, said, want)
		}
	}
	if h := d.HistoryOf(d.Post(w.post("europol-se-police").ID), day("2009-12-31")); h.Days.Days() != 0 || len(h.Terms)+len(h.Called)+len(h.Gaps) != 0 {
		t.Errorf("before it opened: %+v", h)
	}
}

func TestNotifications(t *testing.T) {
	w := newWorld()
	w.meets("board", Board)
	w.contacts = []ContactPoint{{ID: 1, State: Sweden, Matter: Customs, Name: "Customs"}, {ID: 2, State: Sweden, Matter: Both, Name: "Both"}}
	w.posting("bangkok-se-police", "TH", "2015-01-01/").covers("VN").covers("LA", "2020-01-01/2024-12-31").held("anna", "2024-09-01/2027-08-31").
		represents(Finland, Police, "2015-01-01/")
	w.posting("vienna-se-customs", "org:unodc", "2015-01-01/2020-12-31")
	w.posting("board-se-police", "org:board", "2015-01-01/").held("bo", "2020-01-01/")
	w.posting("hanoi-no-police", "VN", "2026-01-01/").only(Both, Norway)
	d := w.directory()
	all := d.Notifications(Among{}, "", day("2026-11-23"))
	if len(all) != 2 || all[0].Agency.Key != "no-police" || all[1].Agency.Key != "se-police" {
		t.Fatalf("%+v", all)
	}
	se := all[1]
	if len(se.Postings) != 1 || len(se.Contacts) != 1 || se.Contacts[0].Name != "Both" {
		t.Fatalf("%+v", se)
	}
	p := se.Postings[0]
	if fmt.Sprint(p.Side, p.Police, p.Customs, p.Status, p.Terms[0].Days) != fmt.Sprint([]Country{"VN"}, States(), []State{Denmark, Iceland, Norway, Sweden}, "held", days("2024-09-01/2027-08-31")) {
		t.Errorf("%+v", p)
	}
	if all := d.Notifications(Among{}, Finland, day("2026-11-23")); len(all) != 1 || all[0].Agency.Key != "se-police" {
		t.Errorf("of those that represent Finland: %+v", all)
	}
	if all := d.Notifications(Among{Sending: Norway, Region: "south-eastern-asia"}, "", day("2025-12-31")); len(all) != 0 {
		t.Errorf("before it opened: %+v", all)
	}
	if all := d.Notifications(Among{Sending: Sweden}, "", day("2020-12-31")); len(all) != 2 || len(all[1].Contacts) != 2 {
		t.Errorf("on a desk's last day: %+v", all)
	}
}

func TestBoard(t *testing.T) {
	w := newWorld()
	b := w.meets("board", Board)
	b.MandateUntil = day("2027-06-30")
	b.Names = []BodyName{{Name: "Old", Period: days("2000-01-01/2026-06-30")}}
	b.Members = []BodyMember{{Country: "SE", Role: FullMember, Period: days("2000-01-01/")}, {Country: "RU", Role: FullMember, Period: days("2000-01-01/2026-08-31")}}
	b.Chairs = []Chair{{Country: "SE", Period: days("2026-01-01/2026-12-31")}, {Country: "FI", Period: days("2027-01-01/")}}
	w.posting("bangkok-se-police", "TH", "2015-01-01/").held("anna", "2020-01-01/2026-08-31").held("bo", "2026-10-01/2027-01-31").absent("2026-12-01/2026-12-24").
		held("carl", "2027-03-01/").suspended("2026-09-01/2026-09-10", "")
	w.posting("manila-no-police", "PH", "2015-01-01/2026-12-31").held("nils", "2020-01-01/")
	d := w.directory()
	board := d.BoardPack(Among{}, "", day("2026-05-23"), day("2026-11-23"), DefaultLimits)
	said := func(format string, list ...any) (all []string) { return []string{fmt.Sprintf(format, list...)} }
	var got []string
	for _, x := range board.Turns {
		got = append(got, said("%s %s %s", x.Day, x.Turning, x.Post.Key)...)
	}
	for _, x := range board.Ending {
		got = append(got, said("%s ends %s, then %s", x.Days.Last, x.Officer.Key, x.Successor.Officer.Key)...)
	}
	for _, x := range board.Vacancies {
		got = append(got, said("%s vacant %s %s", x.Post.Key, x.Days.First, x.Days.Last)...)
	}
	for _, x := range board.Absences {
		got = append(got, said("%s away %s", x.Officer.Key, x.Days.First)...)
	}
	for _, x := range board.Bodies {
		got = append(got, said("%s %s %s", x.Day, x.Turning, x.Party.Country)...)
	}
	want := []string{"2026-09-01 suspends bangkok-se-police", "2026-09-11 resumes bangkok-se-police", "2026-12-31 closes manila-no-police",
		"2026-12-31 ends nils, then ", "2027-01-31 ends bo, then carl", "bangkok-se-police vacant 2027-02-01 2027-02-28", "bo away 2026-12-01",
		"2026-07-01 renamed ", "2026-08-31 leaves RU", "2027-01-01 takes_chair FI", "2027-06-30 mandate "}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(board.Changes) != 5 || len(board.Standings) != 10 || len(board.Findings) == 0 {
		t.Errorf("%d changes, %d standings, %d findings", len(board.Changes), len(board.Standings), len(board.Findings))
	}
	if x := board.Standings[0]; x.Then[Resident] != 2 || x.Now[Resident] != 2 {
		t.Errorf("%+v", x)
	}
	one := d.BoardPack(Among{Sending: Norway}, Norway, day("2026-05-23"), day("2026-11-23"), DefaultLimits)
	if len(one.Changes) != 1 || len(one.Turns) != 1 || slices.ContainsFunc(one.Findings, func(x Finding) bool { return x.Post != nil && x.Sending != Norway }) {
		t.Errorf("of Norway: %+v", one)
	}
}

func TestSittings(t *testing.T) {
	w := newWorld()
	b := w.meets("board", Board)
	b.Members = []BodyMember{{Country: "SE", Role: FullMember, Period: days("2000-01-01/2026-06-30")}, {Country: "FI", Role: Observer, Period: days("2000-01-01/")}}
	b.Chairs = []Chair{{Country: "SE", Period: days("2026-01-01/2026-12-31")}, {Country: "FI", Period: days("2027-01-01/")}}
	w.meets("other", Committee)
	w.posting("board-se-police", "org:board", "2015-01-01/").held("anna", "2020-01-01/")
	w.posting("board-fi-police", "org:board", "2015-01-01/2020-12-31")
	d := w.directory()
	s, there := d.SittingOf(d.Body("board"), "", day("2026-11-23"))
	if !there || len(s.Members) != 1 || len(s.Chairs) != 1 || len(s.Next) != 1 || len(s.Seats) != 1 || s.Seats[0].Answers[0].Officer.Key != "anna" {
		t.Errorf("%+v", s)
	}
	for state, want := range map[State]bool{Sweden: true, Finland: true, Norway: false} {
		if _, there := d.SittingOf(d.Body("board"), state, day("2026-11-23")); there != want {
			t.Errorf("%s: %v", state, there)
		}
	}
	if _, there := d.SittingOf(d.Body("other"), "", day("2026-11-23")); !there {
		t.Error("a body without seats is left out")
	}
}
