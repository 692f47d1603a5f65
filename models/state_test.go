package models

import (
	"slices"
	"testing"
)

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
	if kinds := FindingKinds(); len(slices.Compact(slices.Sorted(slices.Values(kinds)))) != 17 {
		t.Errorf("kinds are %s", kinds)
	}
}
