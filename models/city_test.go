package models

import (
	"slices"
	"testing"
)

// A city is found by its other names, with or without a posting there, and leads to
// its country only.
func TestCitiesByTheirOtherNames(t *testing.T) {
	d := NewDirectory(Delta{})
	for text, want := range map[string]Country{"Saigon": "VN", "sài gòn": "VN", "Ho Chi Minh City": "VN", "peking": "CN", "Haag": "NL", "den haag": "NL",
		"Köpenhamn": "DK", "Kobenhavn": "DK", "Kiev": "UA", "bangkok": "TH"} {
		if got := d.PlacesNamed(text); !slices.Equal(got, []Place{{Country: want}}) {
			t.Errorf("%s is %v, not %s", text, got, want)
		}
	}
	for _, text := range []string{"", "Saigonn", "Atlantis"} {
		if got := d.PlacesNamed(text); len(got) != 0 {
			t.Errorf("%q is %v", text, got)
		}
	}
	for _, c := range KnownCities() {
		for _, name := range c.Names() {
			if got := d.PlacesNamed(name); !slices.Contains(got, Place{Country: c.Country}) {
				t.Errorf("%s leads to %v, not to %s", name, got, c.Country)
			}
		}
	}
	if got := (City{"Sài Gòn", "VN"}).Names(); got[0] != "Sài Gòn" || !slices.Contains(got, "Ho Chi Minh City") {
		t.Errorf("Saigon is known as %q", got)
	}
	if got := (City{"Haag", "AT"}).Names(); !slices.Equal(got, []string{"Haag"}) {
		t.Errorf("a Haag in Austria is known as %q", got)
	}
}
