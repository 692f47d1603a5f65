package models

import "testing"

func TestReadDay(t *testing.T) {
	today := day("2026-11-29")
	for text, want := range map[string]string{
		"2027-09-01": "2027-09-01", "2027-9-1": "2027-09-01", "2027/9/1": "2027-09-01", "2027.9.1": "2027-09-01",
		"1.9.2027": "2027-09-01", "01.09.2027": "2027-09-01", " 1. 9. 2027 ": "2027-09-01", "29.2.2028": "2028-02-29",
		"today": "2026-11-29", "Idag": "2026-11-29", "i dag": "2026-11-29", "Tänään": "2026-11-29", "í dag": "2026-11-29",
		"+6m": "2027-05-29", "-3d": "2026-11-26", "+2w": "2026-12-13", "+1y": "2027-11-29", "+3M": "2027-02-28", "-9999y": "0001-11-29", "+9999m": "2860-02-29",
		"": "", "1/9/2027": "", "01-09-2027": "", "1.9.27": "", "29.2.2027": "", "31.4.2027": "", "+m": "", "+6": "", "++6m": "", "+6x": "", "6m": "",
		"2027-13-01": "", "2027-09-01T00:00": "", "+99999d": "", "tomorrow": "", "1.9.2027.": "", "\x00": "",
	} {
		got, ok := ReadDay(text, today)
		if ok != (want != "") || got.String() != want {
			t.Errorf("%q is read as %v %v, want %q", text, got, ok, want)
		}
	}
}

func FuzzReadDay(f *testing.F) {
	f.Add("+6m")
	f.Add("1.9.2027")
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := ReadDay(text, day("2026-11-29"))
		if again, same := ReadDay(d.String(), 1); ok && (!same || again != d || d < 1 || d.Open() && text != "9999-12-31" && len(text) < 8) {
			t.Errorf("%q is read as %v", text, d)
		}
	})
}
