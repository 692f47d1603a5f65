package views

import (
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// FuzzColumnCalled reads arbitrary heads: what it knows is always a column that the file
// may have.
func FuzzColumnCalled(f *testing.F) {
	s := testSite(f)
	own := []string{"key", "agency", "name", "rank", "host_country", "note", "version"}
	for _, head := range []string{"Nyckel", "Tjänstegrad", "Värdland", "Host country", "KEY", " note ", "", "\x00", "İ", "ﬁ"} {
		f.Add(head, "officer")
		f.Add(head, "posting")
	}
	f.Fuzz(func(t *testing.T, head, noun string) {
		if column, _ := s.ColumnCalled(noun, own, head); column != "" && !slices.Contains(own, column) {
			t.Errorf("%q of %q is %q", head, noun, column)
		}
		var yes bool
		var c models.Country
		var state models.State
		var areas models.AreaCodes
		var kind models.AgencyKind
		for _, p := range []any{&yes, &c, &state, &areas, &kind} {
			code, known := s.CodeCalled(p, head)
			if !known {
				continue
			}
			if wrong := models.SetText(p, models.InFiles{}, code); wrong != nil {
				t.Errorf("%q has the code %q for %T, which is none: %v", head, code, p, wrong)
			}
		}
	})
}

// FuzzDialled reads arbitrary phone numbers: what it makes of one is a number that is
// read again as itself, from any country, and loses no digit but zeros before it.
func FuzzDialled(f *testing.F) {
	for _, phone := range []string{"08-465 004 01", "+46846500401", "0046 8 465 004 01", "(0)8", "+", "++46", "+8150404000000500", "+4684650040100000000", "112", "08-465 004 01 / 02", "٠٨", "+1 (555) 010-9999", "\u00a0"} {
		f.Add(phone, "SE")
		f.Add(phone, "TH")
	}
	f.Fuzz(func(t *testing.T, phone, home string) {
		e164, ok := Dialled(phone, models.Country(home))
		if !ok {
			return
		}
		if again, ok := Dialled(e164, "AQ"); !ok || again != e164 || len(e164) > 16 || !strings.HasPrefix(e164, "+") || strings.Trim(e164[1:], "0123456789") != "" {
			t.Errorf("%q in %q is %q, which is %q, %t", phone, home, e164, again, ok)
		}
	})
}
