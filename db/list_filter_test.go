package db

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// An oracle filters the records of a directory one by one.
type oracle struct {
	d *models.Directory
	w *world
}

func anyOf(f Filter, posting models.Posting) bool {
	matters, states := models.Matters(), models.States()
	if f.Matter != "" {
		matters = []models.Matter{f.Matter}
	}
	if f.State != "" {
		states = []models.State{f.State}
	}
	for _, m := range matters {
		for _, s := range posting.StatesOn(m, f.On) {
			if slices.Contains(states, s) {
				return true
			}
		}
	}
	return f.State == "" && f.Matter == ""
}

func seatPasses(f Filter, p models.Posting) bool {
	return (f.Host == (models.Place{}) || p.Host() == f.Host) && (f.Region == "" || p.HostCountry.Region() == f.Region) &&
		anyOf(f, p)
}

func senderPasses(f Filter, a models.Agency) bool {
	return (f.Agency == 0 || a.ID == f.Agency) && (f.Sending == "" || a.Country == f.Sending) && (f.Kind == "" || a.Kind == f.Kind)
}

// textPasses reports whether each word of the text begins one of the words or
// means one of the countries, or the whole text means one or is the key.
func textPasses(text, words string, countries []models.Country, key string) bool {
	if text == "" || text == key {
		return true
	}
	meant := func(text string) bool {
		return slices.ContainsFunc(models.FindCountries(text), func(c models.Country) bool { return slices.Contains(countries, c) })
	}
	for _, w := range models.Words(text) {
		begins := slices.ContainsFunc(models.SearchWords(words), func(has string) bool { return strings.HasPrefix(has, w) })
		if !begins && !meant(w) {
			return meant(text)
		}
	}
	return true
}

func (o oracle) postingText(p models.Posting, a models.Agency) (string, []models.Country) {
	countries := []models.Country{p.HostCountry}
	for _, c := range p.Coverages {
		countries = append(countries, c.Country)
	}
	words := []string{p.Key, p.HostCity, a.Key, a.Name, a.NameEn, a.Acronym}
	if b := o.d.Body(p.HostBody); b != nil {
		words = append(words, string(b.Key), b.Name, b.NameEn, b.Acronym)
	}
	return strings.Join(words, " "), countries
}

func (o oracle) posting(f Filter, p models.Posting) bool {
	post := o.d.Post(p.ID)
	held := f.Holder == 0 || slices.ContainsFunc(post.HoldersOn(f.On), func(a models.Assignment) bool { return a.OfficerID == f.Holder })
	words, countries := o.postingText(p, o.d.Agency(p.AgencyID))
	return seatPasses(f, p) && senderPasses(f, o.d.Agency(p.AgencyID)) && held && (!f.Current || p.Closed >= f.On) &&
		(f.Status == "" || post.StatusOn(f.On) == f.Status) && textPasses(f.Text, words, countries, p.Key)
}

func (o oracle) officer(f Filter, x models.Officer) bool {
	var holding []models.Posting
	for _, a := range o.d.Served(x.ID) {
		if p := o.d.Post(a.PostingID); slices.ContainsFunc(p.HoldersOn(f.On), func(h models.Assignment) bool { return h.ID == a.ID }) {
			holding = append(holding, p.Posting)
		}
	}
	status := models.Vacant
	if len(holding) > 0 {
		status = models.Held
	}
	a := o.d.Agency(x.AgencyID)
	seated := f.Host == (models.Place{}) && f.Region == "" && f.State == "" && f.Matter == "" ||
		slices.ContainsFunc(holding, func(p models.Posting) bool { return seatPasses(f, p) })
	served := o.d.Served(x.ID)
	over := len(served) > 0 && !slices.ContainsFunc(served, func(a models.Assignment) bool { return a.Last >= f.On })
	return seated && senderPasses(f, a) && !(f.Current && over) && (f.Holder == 0 || f.Holder == x.ID) && (f.Status == "" || status == f.Status) &&
		textPasses(f.Text, strings.Join([]string{x.Key, x.Name, x.Rank, a.Key, a.Name, a.NameEn, a.Acronym}, " "), nil, x.Key)
}

func (o oracle) assignment(f Filter, a models.Assignment) bool {
	p, x := o.d.Post(a.PostingID).Posting, o.d.Officer(a.OfficerID)
	status := models.Held
	switch days := a.And(p.Life()); {
	case f.On < days.First:
		status = models.Planned
	case f.On > days.Last:
		status = models.Closed
	}
	words, countries := o.postingText(p, o.d.Agency(p.AgencyID))
	return seatPasses(f, p) && senderPasses(f, o.d.Agency(p.AgencyID)) && (f.Holder == 0 || f.Holder == a.OfficerID) &&
		(f.Status == "" || status == f.Status) && !(f.Current && status == models.Closed) &&
		textPasses(f.Text, strings.Join([]string{words, x.Key, x.Name, x.Rank}, " "), countries, a.Key)
}

func randomFilter(r *rand.Rand, w *world) Filter {
	f := Filter{On: randomDay(r)}
	if p, a := pick(r, w.postings), pick(r, w.assignments); r.IntN(4) > 0 { // a day on which something changes
		days := []models.Date{p.Opened, p.Closed, a.First, a.Last}
		for _, s := range p.Suspensions {
			days = append(days, s.First, s.Last)
		}
		for _, c := range p.Representations {
			days = append(days, c.First, c.Last)
		}
		f.On = min(pick(r, days)+models.Date(r.IntN(3)-1), models.Forever)
	}
	some := func(f func()) {
		if r.IntN(6) == 0 {
			f()
		}
	}
	some(func() { f.State = pick(r, models.States()) })
	some(func() { f.Matter = pick(r, models.Matters()) })
	some(func() { f.Sending = pick(r, models.States()) })
	some(func() { f.Kind = pick(r, models.AgencyKinds()[:3]) })
	some(func() { f.Host.Country = pick(r, someCountries) })
	some(func() { f.Region = pick(r, someCountries).Region() })
	some(func() { f.Host = models.Place{Body: pick(r, someBodies())} })
	some(func() { f.Agency = pick(r, w.agencies).ID })
	some(func() { f.Holder = pick(r, w.officers).ID })
	some(func() { f.Status = pick(r, models.Statuses()) })
	some(func() { f.Current = true })
	some(func() {
		f.Text = pick(r, []string{"soren", "Søren kj", "bang", "Swaziland", "north macedonia", "police", "se", "thaimaa", "asé", "europol", "dpx",
			"a b", "polis thailand", w.assignments[0].Key, w.postings[0].Key, "o-zoe-odman", "100% _x_"})
	})
	return f
}

// listed reads a list in pages of random length, and each page once more from the one
// after it.
func listed[R any](t *testing.T, r *rand.Rand, o Order, page func(Order, Page) ([]R, Ends, error), id func(R) int64) []int64 {
	t.Helper()
	var ids []int64
	read := func(p Page) ([]int64, Ends) {
		rows, ends, err := page(o, p)
		if err != nil {
			t.Fatal(err)
		}
		var read []int64
		for _, row := range rows {
			read = append(read, id(row))
		}
		return read, ends
	}
	after := ""
	for {
		limit := 1 + r.IntN(40)
		rows, ends := read(Page{After: after, Limit: limit})
		if (ends.Prev == "") != (len(ids) == 0) {
			t.Fatalf("after %d rows the cursor before them is %q", len(ids), ends.Prev)
		}
		if ends.Prev != "" {
			back := 1 + r.IntN(40)
			before, beside := read(Page{Before: ends.Prev, Limit: back})
			want := ids[max(0, len(ids)-back):]
			if !slices.Equal(before, want) || (beside.Prev == "") != (len(ids) <= back) || beside.Next == "" {
				t.Fatalf("the %d rows before are %v and not %v, with %+v beside", back, before, want, beside)
			}
			if again, _ := read(Page{After: beside.Next, Limit: limit}); !slices.Equal(again, rows) {
				t.Fatalf("back and forth leads to %v and not to %v", again, rows)
			}
		}
		ids = append(ids, rows...)
		if ends.Next == "" {
			return ids
		}
		if len(rows) != limit {
			t.Fatalf("a page of %d, not %d, is not the last", len(rows), limit)
		}
		after = ends.Next
	}
}

// TestFilters compares each list, filtered and sorted in SQL, with the same
// list computed from the directory.
func TestFilters(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		r, ctx := seeded(t), context.Background()
		w := addWorld(t, s, r, 40, 60, 300)
		d, err := s.As(models.Everything).Directory(ctx)
		if err != nil {
			t.Fatal(err)
		}
		o := oracle{d, w}
		defer func(most int) { mostFew = most }(mostFew)
		for range 250 {
			mostFew = pick(r, []int{0, 5, 1000})
			f := randomFilter(r, w)
			by := Order{Descending: r.IntN(2) == 0, Language: pick(r, []string{"en", "sv", "xx"})}

			by.Column = pick(r, PostingColumns)
			got := listed(t, r, by, func(o Order, p Page) ([]PostingRow, Ends, error) {
				return s.As(models.Everything).Postings(ctx, f, o, p)
			}, func(p PostingRow) int64 { return p.ID })
			want := o.sorted(by, postingListing, passing(w.postings, f, o.posting))
			compareIDs(t, "postings", f, by, got, want)
			n, err := s.As(models.Everything).CountPostings(ctx, f, 20)
			compareCount(t, f, n, err, len(want))

			by.Column = pick(r, OfficerColumns)
			got = listed(t, r, by, func(o Order, p Page) ([]OfficerRow, Ends, error) {
				return s.As(models.Everything).Officers(ctx, f, o, p)
			}, func(x OfficerRow) int64 { return x.ID })
			want = o.sorted(by, officerListing, passing(w.officers, f, o.officer))
			compareIDs(t, "officers", f, by, got, want)
			n, err = s.As(models.Everything).CountOfficers(ctx, f, 20)
			compareCount(t, f, n, err, len(want))

			by.Column = pick(r, AssignmentColumns)
			got = listed(t, r, by, func(o Order, p Page) ([]AssignmentRow, Ends, error) {
				return s.As(models.Everything).Assignments(ctx, f, o, p)
			}, func(a AssignmentRow) int64 { return a.ID })
			want = o.sorted(by, assignmentListing, passing(w.assignments, f, o.assignment))
			compareIDs(t, "assignments", f, by, got, want)
			n, err = s.As(models.Everything).CountAssignments(ctx, f, 20)
			compareCount(t, f, n, err, len(want))
			if t.Failed() {
				return
			}
		}
	})
}

// TestStatuses asks for each status on the days around each change of status.
func TestStatuses(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		w := addWorld(t, s, seeded(t), 8, 12, 30)
		d := directory(t, s)
		o := oracle{d, w}
		days := map[models.Date]bool{}
		around := func(p models.Period) {
			for d := range models.Date(3) {
				days[p.First+d-1], days[min(p.Last, models.Forever-1)+d-1] = true, true
			}
		}
		for _, p := range w.postings[:6] {
			around(p.Life())
			for _, x := range p.Suspensions {
				around(x.Period)
			}
			for _, a := range d.Post(p.ID).Assignments {
				around(a.Period)
			}
		}
		for on := range days {
			for _, status := range models.Statuses() {
				f := Filter{Status: status, On: on}
				n, err := s.As(models.Everything).CountPostings(ctx, f, 1000)
				if want := len(passing(w.postings, f, o.posting)); err != nil || n != want {
					t.Errorf("%v: %d postings, %v, want %d", f, n, err, want)
				}
				n, err = s.As(models.Everything).CountAssignments(ctx, f, 1000)
				if want := len(passing(w.assignments, f, o.assignment)); err != nil || n != want {
					t.Errorf("%v: %d assignments, %v, want %d", f, n, err, want)
				}
				if status != models.Held && status != models.Vacant {
					continue
				}
				n, err = s.As(models.Everything).CountOfficers(ctx, f, 1000)
				if want := len(passing(w.officers, f, o.officer)); err != nil || n != want {
					t.Errorf("%v: %d officers, %v, want %d", f, n, err, want)
				}
			}
		}
	})
}

func passing[T any](all []T, f Filter, passes func(Filter, T) bool) (some []T) {
	for _, one := range all {
		if passes(f, one) {
			some = append(some, one)
		}
	}
	return some
}

func compareIDs(t *testing.T, what string, f Filter, o Order, got, want []int64) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s of %+v in %+v: got %v, want %v", what, f, o, got, want)
	}
}

func compareCount(t *testing.T, f Filter, got int, err error, want int) {
	t.Helper()
	if err != nil || got != min(want, 21) {
		t.Errorf("count of %+v: got %d, %v, want %d", f, got, err, min(want, 21))
	}
}

// sorted returns the IDs of records in order.
func (o oracle) sorted(by Order, l *listing, of any) (ids []int64) {
	type row struct {
		id   int64
		keys []string
	}
	var rows []row
	language := slices.Index(sortLanguages, by.language())
	sorter := newSorter()
	day := func(d models.Date) string { return fmt.Sprintf("%08d", d) }
	number := func(id int64) string { return fmt.Sprintf("%08d", id) }
	key := func(texts ...string) string { return string(sorter.key(language, texts)) }
	agency := func(a models.Agency) string { return string(a.Country) + " " + string(a.Kind) + " " + a.Key }
	place := func(p models.Posting) string {
		return key(p.HostCountry.Name(sortLanguages[language]), p.HostCity, string(p.HostBody))
	}
	column := l.ordering(by).column
	switch of := of.(type) {
	case []models.Posting:
		for _, p := range of {
			keys := map[string][]string{"place": {place(p), number(p.ID)}, "agency": {agency(o.d.Agency(p.AgencyID)), p.Key},
				"opened": {day(p.Opened), number(p.ID)}, "closed": {day(p.Closed), number(p.ID)}, "key": {p.Key}}
			rows = append(rows, row{p.ID, keys[column]})
		}
	case []models.Officer:
		for _, x := range of {
			keys := map[string][]string{"name": {key(x.Name), number(x.ID)}, "rank": {key(x.Rank), number(x.ID)},
				"agency": {agency(o.d.Agency(x.AgencyID)), number(x.ID)}, "key": {x.Key}}
			rows = append(rows, row{x.ID, keys[column]})
		}
	case []models.Assignment:
		for _, a := range of {
			p, x := o.d.Post(a.PostingID).Posting, o.d.Officer(a.OfficerID)
			keys := map[string][]string{"first_day": {day(a.First), number(a.ID)}, "last_day": {day(a.Last), number(a.ID)}, "key": {a.Key},
				"officer": {key(x.Name), number(x.ID), day(a.First), number(a.ID)}, "place": {place(p), number(p.ID), day(a.First), number(a.ID)},
				"agency": {agency(o.d.Agency(p.AgencyID)), p.Key, day(a.First), number(a.ID)}}
			rows = append(rows, row{a.ID, keys[column]})
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		n := slices.CompareFunc(a.keys, b.keys, func(a, b string) int { return bytes.Compare([]byte(a), []byte(b)) })
		if by.Descending {
			n = -n
		}
		return n
	})
	for _, r := range rows {
		ids = append(ids, r.id)
	}
	return ids
}
