package interchange

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

// A random directory with bodies of all kinds, and all that belongs to them.
type randomHalls struct {
	*rand.Rand
	tx       *db.Tx
	agencies []models.Agency
	bodies   []models.Body
	officers []models.Officer
	postings []models.Posting
	held     []models.Assignment
	refused  int
}

func one[T any](r *randomHalls, of []T) T { return of[r.IntN(len(of))] }

func (r *randomHalls) rarely() bool { return r.IntN(4) == 0 }

// days returns a period within 1990 to 2029, with an open end if may be.
func (r *randomHalls) days(open bool) models.Period {
	first := date("1990-01-01") + models.Date(r.IntN(10000))
	p := models.Period{First: first, Last: first + models.Date(r.IntN(int(date("2030-01-01")-first)))}
	if open && r.rarely() {
		p.Last = models.Forever
	}
	return p
}

func (r *randomHalls) areas() models.AreaCodes {
	var all []string
	for _, i := range r.Perm(len(models.Areas()))[:r.IntN(4)] {
		all = append(all, string(models.Areas()[i]))
	}
	return models.AreaCodes(strings.Join(all, " "))
}

func (r *randomHalls) text() string { return one(r, append([]string{"", "Bo Å"}, nastyTexts...)) }

// keep passes over what the rules refuse: there is more than enough.
func (r *randomHalls) keep(err error) bool {
	if _, refused := errors.AsType[models.Problems](err); err != nil && !refused {
		panic(err)
	}
	if err != nil {
		r.refused++
	}
	return err == nil
}

func (r *randomHalls) addAgencies() {
	for _, i := range r.Perm(30) {
		a := models.Agency{Key: fmt.Sprint("y", r.IntN(1000), "-", i), Country: models.States()[i%5], Kind: one(r, models.AgencyKinds()), Name: "N" + r.text(), Period: models.Period{Last: models.Forever}}
		if i < 10 {
			a.Kind = models.AgencyKinds()[i/5]
		}
		for from := models.Date(0); r.rarely(); from = a.Names[len(a.Names)-1].Last + 1 {
			a.Names = append(a.Names, models.AgencyName{Name: "Former", NameEn: r.text(), Period: models.Period{First: from, Last: max(from, date("1980-01-01")) + models.Date(r.IntN(3000))}})
		}
		if r.keep(r.tx.SaveAgency(&a)) {
			r.agencies = append(r.agencies, a)
		}
	}
}

func (r *randomHalls) addBodies() {
	for _, b := range models.GivenBodies() {
		r.bodies = append(r.bodies, *b)
	}
	for i := range 24 {
		b := models.Body{Key: models.BodyKey(fmt.Sprint("b", r.IntN(1000), "-", i)), Kind: one(r, models.BodyKinds()), Name: "B" + r.text(), NameEn: r.text(), Areas: r.areas(), Note: r.text(), LegalBasis: r.text(), Ended: models.Forever}
		if r.rarely() {
			b.Parent = one(r, r.bodies).Key
		}
		if r.rarely() {
			b.HqCountry, b.HqCity = one(r, []models.Country{"SE", "LV", "NL"}), "City"
		}
		if r.rarely() {
			b.Founded = date("1950-01-01") + models.Date(r.IntN(20000))
			b.MandateUntil = b.Founded + models.Date(r.IntN(20000))
		}
		if r.rarely() {
			b.Ended = date("2020-01-01") + models.Date(r.IntN(5000))
		}
		r.addParts(&b)
		if r.keep(r.tx.SaveBody(&b)) {
			r.bodies = append(r.bodies, b)
		}
	}
}

func (r *randomHalls) addParts(b *models.Body) {
	party := func() models.Party {
		if r.rarely() {
			return models.Party("org:" + string(one(r, r.bodies).Key))
		}
		return one(r, []models.Party{"SE", "FI", "EE", "LV", "PL", "DE"})
	}
	for range r.IntN(4) {
		days := r.days(true)
		if r.rarely() {
			days.First = 0
		}
		b.Members = append(b.Members, models.BodyMember{Country: party(), Role: one(r, models.Memberships()), Period: days})
	}
	for range r.IntN(3) {
		b.Chairs = append(b.Chairs, models.Chair{Country: party(), Period: r.days(true)})
	}
	for range r.IntN(2) {
		b.Names = append(b.Names, models.BodyName{Name: "Was", Acronym: "W", Period: r.days(false)})
	}
}

func (r *randomHalls) addPostings() {
	for i := range 60 {
		o := models.Officer{Key: fmt.Sprint("o", r.IntN(1000), "-", i), AgencyID: one(r, r.agencies).ID, Name: "O" + r.text(), Masked: r.rarely(), Areas: r.areas()}
		if r.keep(r.tx.SaveOfficer(&o)) {
			r.officers = append(r.officers, o)
		}
		days := r.days(true)
		p := models.Posting{Key: fmt.Sprint("p", r.IntN(1000), "-", i), AgencyID: one(r, r.agencies).ID, HostCountry: "TH", HostCity: r.text(), Opened: days.First, Closed: days.Last, Areas: r.areas(), Restricted: r.rarely()}
		if i%3 > 0 {
			host := one(r, r.bodies)
			p.HostBody, p.HostCountry, p.HostCity = host.Key, "", ""
			if host.Kind.Seats() && r.rarely() {
				p.Role = one(r, models.SeatRoles())
			} else if !host.Kind.Seats() && r.rarely() {
				p.Coverages = []models.Coverage{{Country: "AT", Period: p.Life()}}
			}
		}
		if r.keep(r.tx.SavePosting(&p)) {
			r.postings = append(r.postings, p)
		}
	}
}

func (r *randomHalls) addAssignments() {
	for i := range 250 {
		p := one(r, r.postings)
		a := models.Assignment{Key: fmt.Sprint("a", r.IntN(1000), "-", i), OfficerID: one(r, r.officers).ID, PostingID: p.ID, Period: r.days(true)}
		if len(r.held) > 0 {
			for range r.IntN(5) {
				x := models.Absence{Period: models.Period{First: a.First + models.Date(r.IntN(1000))}}
				x.Last = x.First + models.Date(r.IntN(100))
				if by := one(r, r.held); by.Overlaps(x.Period) && !r.rarely() {
					x.StandInID = by.ID
				}
				free := !slices.ContainsFunc(a.Absences, func(y models.Absence) bool { return y.Overlaps(x.Period) })
				if free && x.Last <= a.Last {
					a.Absences = append(a.Absences, x)
				}
			}
		}
		if r.keep(r.tx.SaveAssignment(&a)) {
			r.held = append(r.held, a)
		}
	}
}

func (r *randomHalls) addProjects() {
	for i := range 20 {
		p := models.Project{Key: fmt.Sprint("q", r.IntN(1000), "-", i), Area: one(r, models.Areas()), Title: "T" + r.text(), LeadCountry: one(r, []models.Country{"SE", "FI", "EE"}), Period: r.days(true), Note: r.text()}
		if r.rarely() {
			p.Body = one(r, r.bodies).Key
		}
		if r.rarely() {
			p.First = 0
		}
		for range r.IntN(6) {
			a := models.ProjectAgency{AgencyID: one(r, r.agencies).ID, Period: p.Period}
			if !slices.ContainsFunc(p.Agencies, func(b models.ProjectAgency) bool { return a.AgencyID == b.AgencyID }) {
				p.Agencies = append(p.Agencies, a)
			}
		}
		r.keep(r.tx.SaveProject(&p))
	}
}

// changeGiven changes a given body and moves what it hosts, and returns how many.
func (r *randomHalls) changeGiven() int {
	if r.IntN(2) == 0 {
		return 0
	}
	b := *models.GivenBodies()[r.IntN(10)]
	b.HqCountry, b.HqCity, b.Note = "BE", "Brussels!", "moved"
	if !r.keep(r.tx.SaveBody(&b)) {
		panic("a given body does not move")
	}
	return 1
}

// Whatever a directory holds of bodies, an empty one takes its export, and exports
// the same bytes again; and in the directory itself the import changes nothing.
func TestRandomHallsRoundTrip(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the seed was %d", seed)
		}
	})
	stores(t, func(t *testing.T, s *db.Store) {
		r, given := &randomHalls{Rand: rand.New(rand.NewPCG(seed, 1))}, 0
		write(t, s, func(tx *db.Tx) error {
			r.tx = tx
			r.addAgencies()
			r.addBodies()
			r.addPostings()
			r.addAssignments()
			r.addProjects()
			given = r.changeGiven()
			return nil
		})
		sound(t, s)
		dir, files := exported(t, s)
		for _, sheet := range sheets {
			if sheet.younger && strings.Count(files[sheet.name], "\n") < 3 {
				t.Errorf("%s is too short to tell anything", sheet.name)
			}
		}
		if got := imported(t, s, dir, Options{}); got.Total().New+got.Total().Changed+got.Refused > 0 {
			t.Errorf("its own export: %+v, %v", got.Total(), refusals(got))
		}
		other := onSQLite(t)
		got := imported(t, other, dir, Options{})
		if total := got.Total(); got.Refused > 0 || total.Changed != given || total.Unchanged != len(models.GivenBodies())-given {
			t.Fatalf("an empty directory says %+v, %v", total, refusals(got))
		}
		sound(t, other)
		_, again := exported(t, other)
		if len(again) != len(files) {
			t.Errorf("%d files come back as %d", len(files), len(again))
		}
		for name, text := range files {
			if unversioned(t, again[name]) != unversioned(t, text) {
				t.Errorf("%s comes back as other bytes:\n%s\nwas\n%s", name, again[name], text)
			}
		}
		if got := imported(t, other, dir, Options{}); got.Total().New+got.Total().Changed+got.Refused > 0 {
			t.Errorf("once more: %+v, %v", got.Total(), refusals(got))
		}
	})
}

// A package as it was before there were bodies is taken as ever, and one that is
// exported without them has no more files than before, but for the given bodies.
func TestEightFilesAsEver(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		for _, want := range []Counts{{New: 13}, {Unchanged: 13}} {
			if got := imported(t, s, folder(t, aPackage()), Options{}); got.Total() != want || len(got.Files) != 8 {
				t.Errorf("it did %+v in %d files, want %+v", got.Total(), len(got.Files), want)
			}
		}
		_, files := exported(t, s)
		var names []string
		for name := range files {
			names = append(names, name)
		}
		slices.Sort(names)
		if got, want := strings.Join(names, " "), "agencies.csv assignments.csv bodies.csv contact_points.csv coverages.csv officers.csv postings.csv representations.csv suspensions.csv"; got != want {
			t.Errorf("exported are %s, want %s", got, want)
		}
		for name, head := range map[string]string{"postings.csv": "key,agency,host_country,host_city,host_organisation,opened,closed,note,version\r\n", "officers.csv": "key,agency,name,rank,email,phone,languages,masked,note,version\r\n"} {
			if !strings.HasPrefix(files[name], head) {
				t.Errorf("%s begins with %.120s", name, files[name])
			}
		}
		sound(t, s)
	})
}
