package models

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Who may not know the holder is not told for whom somebody stands in, and all the
// same sees who answers.
func TestSeenHidesWhoIsStoodInFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		drawSecrets(t, o)
		d := o.directory()
		r := drawRights(t)
		seen := d.Seen(r.Scope())
		for range 20 {
			q := Question{rapid.SampledFrom(States()).Draw(t, "state"), rapid.SampledFrom(Matters()).Draw(t, "matter"),
				at(rapid.SampledFrom(randomPlaces).Draw(t, "place")), o.window.First + Date(rapid.IntRange(0, 60).Draw(t, "on"))}
			reply := seen.WhoRepresents(q)
			want := o.answers(q.State, q.Matter, q.Place, q.On)
			for _, a := range reply.Answers {
				i := slices.IndexFunc(want, func(c counted) bool { return c.by.ID == a.Assignment.ID })
				if i < 0 || a.StandsIn != (len(want[i].standsFor) > 0) || a.Absent != want[i].absent {
					t.Fatalf("assignment %d stands in: %t", a.Assignment.ID, a.StandsIn)
				}
				checkToldFor(t, o, r, a, want[i].standsFor)
			}
			if len(reply.Answers) != len(want) {
				t.Fatalf("%d answer, want %d", len(reply.Answers), len(want))
			}
		}
	})
}

// checkToldFor wants an answer to tell for whom it stands in if the reader may know
// the holder, and else neither that nor the holder's posting as that of a person.
func checkToldFor(t *rapid.T, o oracle, r Rights, a Answer, standsFor []Assignment) {
	may := map[int64]bool{}
	for _, x := range standsFor {
		may[x.ID] = !hiddenFrom(o, r, x)
	}
	told := a.For.ID != 0
	if told && !may[a.For.ID] || len(may) > 0 && !told && !slices.Contains(slices.Collect(maps.Values(may)), false) {
		t.Fatalf("with %q, %d stands in for %d, of %v", r, a.Assignment.ID, a.For.ID, may)
	}
	for _, m := range a.Reason {
		officer, names := argument(m, "officer").(Officer)
		switch m.Key {
		case "answer.stands_in", "answer.stands_in_open":
			if !told || officer.ID != a.For.OfficerID || officer.Hidden() {
				t.Fatalf("with %q, the reason names %+v, and told is %d", r, officer, a.For.ID)
			}
		case "answer.stands_in_hidden", "answer.stands_in_hidden_open":
			if told || names || argument(m, "posting") != nil {
				t.Fatalf("with %q, the reason that names nobody is %+v, and told is %d", r, m, a.For.ID)
			}
		}
	}
}

// hiddenFrom says whether the holder is one whom somebody with these rights may not
// know.
func hiddenFrom(o oracle, r Rights, a Assignment) bool {
	p, officer := o.postOf(a), o.officerOf(a)
	sending, own := o.agencyOf(p).Country, o.agencyWith(officer.AgencyID).Country
	return p.Restricted && !r.Has(Coordinator, sending) && !slices.Contains(r, Grant{Partner, sending}) ||
		officer.Masked && !r.Has(Coordinator, own)
}
