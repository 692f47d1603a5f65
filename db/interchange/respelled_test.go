package interchange

import (
	"testing"

	"samband/db"
)

func TestRespelled(t *testing.T) {
	for _, c := range []struct {
		was, now string
		want     bool
	}{
		{"00123", "123", true}, {"+46846500401", "46846500401", true}, {"0046846500401", "4,68E+10", true}, {"12345678901234567890", "1.23456789012346E+19", true},
		{"1e5", "100000", true}, {"1.50", "1.5", true}, {"1-2", "46024", true}, {"12:30", "0.520833333333333", true}, {"50%", "0.5", true}, {"2027-09-01", "46631", true},
		{"00123", "124", false}, {"00123", "00123", false}, {"123", "x", false}, {"attaché", "46024", false}, {"", "5", false}, {"+46846500401", "+46846500402", false}, {"5", "", false},
	} {
		if got := respelled(c.was, c.now); got != c.want {
			t.Errorf("%q for %q: %t", c.now, c.was, got)
		}
	}
}

// A preview says in how many cells a spreadsheet seems to have made a number of a text, in
// keys too.
func TestRespelledIsTold(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		filled(t, s)
		taken(t, s, aFile("officers.csv", "key,name,agency,rank\n007,Bo,se-police,00123\n"), Options{})
		r := taken(t, s, aFile("officers.csv", "key,name,agency,rank\n7,Bo,se-police,123\n"), Options{DryRun: true})
		if len(r.Notices) != 1 || r.Notices[0].Key != "import.respelled" || r.Total().New != 1 {
			t.Errorf("of a key: %+v, %+v", r.Notices, r)
		}
		r = taken(t, s, aFile("officers.csv", "key,rank\n007,123\no-1,5\n"), Options{DryRun: true})
		if len(r.Notices) != 1 || r.Notices[0].Args[1] != 1 || r.Total().Changed != 2 {
			t.Errorf("of a rank: %+v, %+v", r.Notices, r)
		}
	})
}
