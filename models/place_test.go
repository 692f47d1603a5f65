package models

import "testing"

func TestPlacesWrittenAndRead(t *testing.T) {
	for _, test := range []struct {
		text string
		want Place
		ok   bool
	}{
		{"TH", Place{Country: "TH"}, true},
		{"th", Place{Country: "TH"}, true},
		{"XK", Place{Country: "XK"}, true},
		{"org:europol", Place{Body: "europol"}, true},
		{"ORG:Interpol-Lyon", Place{Body: "interpol-lyon"}, true},
		{"org:opc-2", Place{Body: "opc-2"}, true},
		{"org:nobody-knows-it", Place{Body: "nobody-knows-it"}, true},
		{"", Place{}, false},
		{"QQ", Place{Country: "QQ"}, false},
		{"THA", Place{Country: "THA"}, false},
		{" TH", Place{Country: " TH"}, false},
		{"org:", Place{}, false},
		{"org: europol", Place{Body: " europol"}, false},
		{"org:ostersjö", Place{Body: "ostersjö"}, false},
		{"org:org:opc", Place{Body: "org:opc"}, false},
		{"europol", Place{Country: "EUROPOL"}, false},
	} {
		got, ok := ParsePlace(test.text)
		if got != test.want || ok != test.ok {
			t.Errorf("%q is %+v, %t", test.text, got, ok)
		}
		if got.Valid() != ok {
			t.Errorf("%q is valid: %t", test.text, got.Valid())
		}
	}
	if (Place{Country: "TH", Body: "opc"}).Valid() {
		t.Error("a country and a body are one place")
	}
	for _, b := range GivenBodies() {
		if got, ok := ParsePlace(Place{Body: b.Key}.String()); !ok || got.Body != b.Key {
			t.Errorf("%s is read back as %+v, %t", b.Key, got, ok)
		}
	}
	for _, c := range Countries() {
		if got, ok := ParsePlace(Place{Country: c}.String()); !ok || got.Country != c {
			t.Errorf("%s is read back as %+v, %t", c, got, ok)
		}
	}
}

// Whether there is such a body is for a directory to say, and what it is called.
func TestPlacesKnown(t *testing.T) {
	w := newWorld()
	w.meets("opc", Committee).Name = "Operativa kommittén"
	d := w.directory()
	for place, known := range map[string]bool{"TH": true, "org:opc": true, "org:europol": true, "org:ptn": false} {
		if got := d.Knows(at(place)); got != known {
			t.Errorf("%s is known: %t", place, got)
		}
	}
	if d.Knows(Place{}) || d.Knows(Place{Country: "QQ"}) || d.Knows(Place{Country: "TH", Body: "opc"}) {
		t.Error("what is no place is known")
	}
	named := d.Names([]Place{at("TH"), at("org:opc"), at("org:ptn")})
	if named[0].Called != nil || named[1].Called.Name != "Operativa kommittén" || named[2].Called.Name != "ptn" {
		t.Errorf("they are called %+v", named)
	}
}

// Those whom every directory has are checked like any other, and an organisation
// among them hosts desks where it sits.
func TestGivenBodies(t *testing.T) {
	ids, keys := map[int64]bool{}, map[BodyKey]bool{}
	for _, b := range GivenBodies() {
		if ps := CheckBody(*b); len(ps) > 0 || b.ID >= 0 || ids[b.ID] || keys[b.Key] || b.HqCountry == "" || b.HqCity == "" || b.Kind != Organisation {
			t.Errorf("%s, %d: %v", b.Key, b.ID, ps)
		}
		ids[b.ID], keys[b.Key] = true, true
	}
}

// What is read as a place is valid, and is read back from what it writes.
func FuzzParsePlace(f *testing.F) {
	for _, text := range []string{"TH", "org:opc", "ORG:Maoc-N", "org:", "org:ö", "ı", "xk"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, ok := ParsePlace(text)
		if again, read := ParsePlace(p.String()); p.Valid() != ok || ok && (!read || again != p) {
			t.Errorf("%q is %+v, %t, and then %+v, %t", text, p, ok, again, read)
		}
	})
}
