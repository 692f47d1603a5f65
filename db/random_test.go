package db

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"samband/models"
)

// seeded returns a source of randomness whose seed is logged if the test fails.
func seeded(t testing.TB) *rand.Rand {
	seed := uint64(time.Now().UnixNano())
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the seed was %d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 0))
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

var (
	someDays      = models.Period{First: 730120, Last: 741000} // 2000 to 2029
	someCountries = []models.Country{"TH", "VN", "LA", "NL", "AT", "FR", "SG", "MK", "SZ", "XK", "US"}
	someCities    = []string{"Bangkok", "Åbo", "Århus", "Zürich", "Ängelholm", "ao nang", "Łódź", ""}
	someNames     = []string{"Åse Lindqvist", "Søren Kjær", "Sören Kjaer", "Øystein Bråten", "Þóra Jónsdóttir", "Päivi Äijälä", "van der Berg", "Zoë Ödman"}
)

// someBodies returns the keys of the bodies that every directory has.
func someBodies() (keys []models.BodyKey) {
	for _, b := range models.GivenBodies() {
		keys = append(keys, b.Key)
	}
	return keys
}

func randomDay(r *rand.Rand) models.Date {
	return someDays.First + models.Date(r.IntN(someDays.Days()))
}

// randomPeriod returns a period within another, or one that begins in it and
// has an open end.
func randomPeriod(r *rand.Rand, within models.Period) models.Period {
	last := min(within.Last, someDays.Last)
	p := models.Period{First: within.First + models.Date(r.IntN(int(last-within.First)+1))}
	p.Last = p.First + models.Date(r.IntN(int(last-p.First)+1))
	if r.IntN(3) == 0 {
		p.Last = models.Forever
	}
	return p
}

func randomPosting(r *rand.Rand, agency models.Agency) models.Posting {
	p := models.Posting{AgencyID: agency.ID, HostCountry: pick(r, someCountries), HostCity: pick(r, someCities)}
	if r.IntN(5) == 0 {
		host := pick(r, models.GivenBodies())
		p.HostBody, p.HostCountry = host.Key, host.HqCountry
	}
	life := randomPeriod(r, someDays)
	p.Opened, p.Closed = life.First, life.Last
	for _, s := range models.States() {
		if s == agency.Country {
			p.Representations = append(p.Representations, models.Representation{State: s, Matter: models.Both, Period: life})
		} else if r.IntN(2) == 0 {
			p.Representations = append(p.Representations, models.Representation{State: s, Matter: pick(r, []models.Matter{"police", "customs", "both"}), Period: randomPeriod(r, life)})
		}
	}
	for _, c := range someCountries {
		if c != p.HostCountry && r.IntN(6) == 0 {
			p.Coverages = append(p.Coverages, models.Coverage{Country: c, Period: randomPeriod(r, life)})
		}
	}
	for range r.IntN(3) {
		p.Suspensions = append(p.Suspensions, models.Suspension{Period: randomPeriod(r, life), Reason: "unrest"})
	}
	return p
}

func randomAssignment(r *rand.Rand, p models.Posting, o models.Officer) models.Assignment {
	a := models.Assignment{PostingID: p.ID, OfficerID: o.ID, Period: randomPeriod(r, p.Life())}
	if r.IntN(10) == 0 && p.Opened > someDays.First {
		a.First = p.Opened - models.Date(r.IntN(int(p.Opened-someDays.First))) // before the posting exists
	}
	return a
}

// keepUnlessHeld saves an assignment and returns it, or nil if its officer
// already holds the posting on some day of it, which is refused.
func keepUnlessHeld(tx *Tx, a models.Assignment) (*models.Assignment, error) {
	err := tx.SaveAssignment(&a)
	if ps, ok := errors.AsType[models.Problems](err); ok && ps.Has("officer") {
		return nil, nil
	}
	return &a, err
}

// A world is a set of random records that are in a store.
type world struct {
	agencies    []models.Agency
	officers    []models.Officer
	postings    []models.Posting
	assignments []models.Assignment
}

func addWorld(t testing.TB, s *Store, r *rand.Rand, officers, postings, assignments int) *world {
	t.Helper()
	w := &world{}
	write(t, s, func(tx *Tx) error {
		for _, state := range models.States() {
			for _, m := range models.Matters() {
				a := models.Agency{Country: state, Kind: models.AgencyKind(m), Name: fmt.Sprintf("Myndighet %s %s", state, m), Acronym: string(state[:1]) + string(m[:1]) + "X", Period: models.Period{Last: models.Forever}}
				if err := tx.SaveAgency(&a); err != nil {
					return err
				}
				w.agencies = append(w.agencies, a)
			}
		}
		for range officers {
			o := models.Officer{AgencyID: pick(r, w.agencies).ID, Name: pick(r, someNames), Rank: pick(r, []string{"Överinspektör", "inspector", "åklagare", ""})}
			if err := tx.SaveOfficer(&o); err != nil {
				return err
			}
			w.officers = append(w.officers, o)
		}
		for range postings {
			p := randomPosting(r, pick(r, w.agencies))
			if err := tx.SavePosting(&p); err != nil {
				return err
			}
			w.postings = append(w.postings, p)
		}
		for len(w.assignments) < assignments {
			a := randomAssignment(r, pick(r, w.postings), pick(r, w.officers))
			if kept, err := keepUnlessHeld(tx, a); err != nil {
				return err
			} else if kept != nil {
				w.assignments = append(w.assignments, *kept)
			}
		}
		for range 5 {
			c := models.ContactPoint{State: pick(r, models.States()), Matter: pick(r, []models.Matter{"police", "customs", "both"}), Name: pick(r, someNames)}
			err := tx.SaveContactPoint(&c)
			if problems, twice := errors.AsType[models.Problems](err); err != nil && !(twice && problems.Has("name")) {
				return err
			}
		}
		return nil
	})
	return w
}
