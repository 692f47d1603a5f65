package models

import "testing"

// Two officers with one name are both found by it, and each by the key.
func TestOfficersNamed(t *testing.T) {
	w := newWorld()
	for key, name := range map[string]string{"o-holm-1": "Åse Holm", "o-holm-2": "Ase  HOLM", "o-kjaer": "Søren Kjær", "o-x": "o-kjaer", "o-nameless": "—"} {
		w.officer(key, "no-police")
		w.officers[len(w.officers)-1].Name = name
	}
	d := w.directory()
	for text, want := range map[string]string{
		"åse holm":              "o-holm-1 o-holm-2",
		" Ase Holm ":            "o-holm-1 o-holm-2",
		"Åse Holm (o-holm-2)":   "o-holm-2",
		"o-holm-1":              "o-holm-1",
		"(o-holm-1)":            "o-holm-1",
		"Soren Kjaer":           "o-kjaer",
		"soeren kjær":           "o-kjaer",
		"aase holm":             "o-holm-1", // Ase is no Åse
		"o-kjaer":               "o-kjaer",  // the key before the name of another
		"Åse":                   "",
		"Åse Holm (nobody)":     "",
		"":                      "",
		"()":                    "",
		"—":                     "",
		")":                     "",
		"Somebody (o-holm-1) x": "",
	} {
		got := ""
		for i, o := range d.OfficersNamed(text) {
			if i > 0 {
				got += " "
			}
			got += o.Key
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func TestPostNamed(t *testing.T) {
	w := newWorld()
	w.posting("bangkok-se-police", "TH", "2020-01-01/")
	w.posting("manila-no-police", "PH", "2020-01-01/")
	d := w.directory()
	for text, want := range map[string]string{
		"manila-no-police": "manila-no-police", "Bangkok (bangkok-se-police) ": "bangkok-se-police", "Bangkok": "", "": "", "()": "", ")(": "",
	} {
		got := ""
		if p := d.PostNamed(text); p != nil {
			got = p.Key
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestDirectoryListsInOrder(t *testing.T) {
	w := newWorld()
	for _, o := range [][2]string{{"o-2", "B"}, {"o-3", "A"}, {"o-1", "B"}} {
		w.officer(o[0], "no-police")
		w.officers[len(w.officers)-1].Name = o[1]
	}
	got := ""
	for _, o := range w.directory().Officers() {
		got += o.Key + " "
	}
	for _, a := range w.directory().Agencies()[:4] {
		got += a.Key + " "
	}
	if want := "o-3 o-1 o-2 dk-police dk-customs fi-police fi-customs "; got != want {
		t.Errorf("they come as %s, want %s", got, want)
	}
}
