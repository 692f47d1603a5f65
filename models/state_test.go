package models

import (
	"slices"
	"testing"
)

func TestPlacesWrittenAndRead(t *testing.T) {
	for _, test := range []struct {
		text string
		want Place
		ok   bool
	}{
		{"TH", Place{Country: "TH"}, true},
		{"th", Place{Country: "TH"}, true},
		{"XK", Place{Country: "XK"}, true},
		{"org:europol", Place{Organisation: Europol}, true},
		{"ORG:Interpol-Lyon", Place{Organisation: InterpolLyon}, true},
		{"", Place{}, false},
		{"QQ", Place{Country: "QQ"}, false},
		{"THA", Place{Country: "THA"}, false},
		{" TH", Place{Country: " TH"}, false},
		{"org:", Place{}, false},
		{"org:nato", Place{Organisation: "nato"}, false},
		{"org: europol", Place{Organisation: " europol"}, false},
		{"europol", Place{Country: "EUROPOL"}, false},
	} {
		if got, ok := ParsePlace(test.text); got != test.want || ok != test.ok {
			t.Errorf("%q is %+v, %t", test.text, got, ok)
		}
	}
	for _, o := range Organisations() {
		if got, ok := ParsePlace(Place{Organisation: o}.String()); !ok || got.Organisation != o {
			t.Errorf("%s is read back as %+v, %t", o, got, ok)
		}
	}
	for _, c := range Countries() {
		if got, ok := ParsePlace(Place{Country: c}.String()); !ok || got.Country != c {
			t.Errorf("%s is read back as %+v, %t", c, got, ok)
		}
	}
}

func TestOrganisationsSitSomewhere(t *testing.T) {
	for _, o := range Organisations() {
		country, city := o.Seat()
		if !o.Valid() || !country.Valid() || city == "" || o.Name() == string(o) {
			t.Errorf("%s, %q, sits in %q, %q", o, o.Name(), city, country)
		}
	}
	unknown := Organisation("nato")
	if country, city := unknown.Seat(); unknown.Valid() || country != "" || city != "" || unknown.Name() != "nato" {
		t.Errorf("an unknown one, %q, sits in %q, %q", unknown.Name(), city, country)
	}
}

func TestMatters(t *testing.T) {
	for _, test := range []struct {
		m, n                    Matter
		valid, single, includes bool // m, m, m and the single n
		shares                  bool
	}{
		{Police, Police, true, true, true, true},
		{Police, Customs, true, true, false, false},
		{Customs, Police, true, true, false, false},
		{Customs, Both, true, true, false, true},
		{Both, Police, true, false, true, true},
		{Both, Customs, true, false, true, true},
		{Both, Both, true, false, true, true},
		{"tax", Police, false, false, false, false},
		{"", Customs, false, false, false, false},
	} {
		if test.m.Valid() != test.valid || test.m.Single() != test.single || test.m.Includes(test.n) != test.includes || test.m.shares(test.n) != test.shares {
			t.Errorf("%s and %s: valid %t, single %t, includes %t, shares %t", test.m, test.n,
				test.m.Valid(), test.m.Single(), test.m.Includes(test.n), test.m.shares(test.n))
		}
	}
}

// What lists its values knows each of them and nothing else.
func TestEnumsKnowTheirValues(t *testing.T) {
	for _, s := range States() {
		if !s.Valid() || !s.Country().Valid() {
			t.Errorf("%s is no state", s)
		}
	}
	for _, s := range []State{"", "FO", "GL", "AX", "EE", "se"} {
		if s.Valid() {
			t.Errorf("%q is a state", s)
		}
	}
	for _, s := range Statuses() {
		if !s.Valid() {
			t.Errorf("%s is no status", s)
		}
	}
	if Status("").Valid() || Status("active").Valid() {
		t.Error("any word is a status")
	}
	if kinds := FindingKinds(); len(slices.Compact(slices.Sorted(slices.Values(kinds)))) != 13 {
		t.Errorf("kinds are %s", kinds)
	}
}
