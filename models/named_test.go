package models

import (
	"testing"

	"pgregory.net/rapid"
)

// A directory named on a day calls agencies and bodies as they were called then,
// wherever they are met, and answers as before; the directory itself stays.
func TestNamedOnADay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		border := o.window.First + Date(rapid.IntRange(0, 60).Draw(t, "renamed on"))
		for i, a := range o.agencies {
			if drawBool(t, "an agency is renamed", 3) {
				o.agencies[i] = a.Renamed(border, a.Name+" anew", "", "")
			}
		}
		for i, b := range o.bodies {
			if drawBool(t, "a body is renamed", 3) {
				o.bodies[i] = b.Renamed(max(border, b.Founded+1), b.Name+" anew", "", "")
			}
		}
		d := o.directory()
		before := described(d)
		on := o.window.First + Date(rapid.IntRange(0, 60).Draw(t, "on"))
		named := d.NamedOn(on)
		for _, p := range named.Posts() {
			if got, want := named.Sending(p).Name, d.Sending(p).On(on).Name; got != want {
				t.Fatalf("on %s %s is sent by %q, want %q", on, p.Key, got, want)
			}
			if p.HostBody == "" {
				continue
			}
			want := o.body(p.HostBody).On(on).Name
			if p.Body.Name != want || p.Where().Called.Name != want || named.Name(p.Host()).Called.Name != want || named.Body(p.HostBody) != p.Body {
				t.Fatalf("on %s %s sits in %q, want %q", on, p.Key, p.Body.Name, want)
			}
		}
		q := Question{Sweden, Police, at("org:board"), on}
		if replied(named.WhoRepresents(q)) != replied(d.WhoRepresents(q)) || len(named.Findings(on, DefaultLimits)) != len(d.Findings(on, DefaultLimits)) {
			t.Fatal("by another name it answers otherwise")
		}
		if described(d) != before {
			t.Fatal("the directory itself has changed")
		}
		if late := d.NamedOn(Forever); late != d {
			t.Fatal("what is called by the present names is another directory")
		}
	})
}

// An agency renamed while its postings stay.
func TestNamedOnADayWhileThePostingsStay(t *testing.T) {
	w := newWorld()
	b := w.meets("opc", Committee)
	*b = b.Renamed(day("2020-01-01"), "Operativa kommittén", "Operative Committee", "OPC")
	w.agencies[8] = w.agencies[8].Renamed(day("2015-01-01"), "NOA", "", "")
	w.posting("opc-se-police", "org:opc", "2010-01-01/").held("a", "2010-01-01/")
	d := w.directory()
	for on, want := range map[string]string{"2014-12-31": "se-police at opc", "2015-01-01": "NOA at opc", "2019-12-31": "NOA at opc", "2020-01-01": "NOA at Operativa kommittén"} {
		named := d.NamedOn(day(on))
		if p := named.Posts()[0]; named.Sending(p).Name+" at "+p.Body.Name != want || len(p.Assignments) != 1 {
			t.Errorf("on %s it is %s at %s, want %s", on, named.Sending(p).Name, p.Body.Name, want)
		}
	}
}
