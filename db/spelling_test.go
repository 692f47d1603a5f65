package db

import (
	"context"
	"strings"
	"testing"

	"samband/models"
)

// A name is found without the keyboard for its letters, and names that really
// are spelled with aa, ae or oe are found as they are typed.
func TestNamesAreFoundInEverySpelling(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		names := []string{"Åse Lindmark", "Søren Kjærby", "Sören Särkkä", "Þórður Guðnason", "Haakon Mueller", "Israel Joel", "Jürgen Johan"}
		write(t, s, func(tx *Tx) error {
			for i, name := range names {
				o := models.Officer{AgencyID: x.agency.ID, Name: name, Key: "o-" + string(rune('a'+i))}
				if err := tx.SaveOfficer(&o); err != nil {
					return err
				}
			}
			return nil
		})
		for _, test := range []struct{ texts, want string }{
			{"aase|Ase|Åse|ÅSE|aas|A\u030ase", "Åse Lindmark, Åse Lindqvist"},
			{"soeren|soren|Sören|Søren|soer", "Søren Kjærby, Sören Särkkä"},
			{"kjaer|kjar|Kjærby|Kjär", "Søren Kjærby"},
			{"saerkkae|sarkka|saerkka|Særkkæ|sarkk", "Sören Särkkä"},
			{"thordur|tordur|thordhur|Þórður gudnason", "Þórður Guðnason"},
			{"Håkon|Hakon|Haakon|Müller|muller|mueller", "Haakon Mueller"},
			{"Israel|israe|Joel|joe", "Israel Joel"},
			{"juergen|jurgen|Jürgen", "Jürgen Johan"},
			{"Joe Johan", ""},
		} {
			for text := range strings.SplitSeq(test.texts, "|") {
				rows, _, err := s.As(models.Everything).Officers(context.Background(), Filter{Text: text}, Order{Language: "en"}, Page{})
				var found []string
				for _, r := range rows {
					found = append(found, r.Name)
				}
				if got := strings.Join(found, ", "); err != nil || got != test.want {
					t.Errorf("%q finds %q, want %q: %v", text, got, test.want, err)
				}
			}
		}
	})
}
