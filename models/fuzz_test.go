package models

import "testing"

// FuzzWrittenDay reads arbitrary texts as days: what is read is read again as itself.
func FuzzWrittenDay(f *testing.F) {
	for _, text := range []string{"2027-09-01", "2027/9/1", "1.9.2027", "01/09/2027", "1. 9. 2027", "0000-00-00", "9999.12.31", "2027-09-01-", "..", "１.9.2027"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := WrittenDay(text)
		if again, same := WrittenDay(d.String()); ok && (!same || again != d || d < 1) || !ok && d != 0 {
			t.Errorf("%q is read as %v, %t", text, d, ok)
		}
	})
}
