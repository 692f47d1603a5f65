package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/models"
)

// addReaders masks some officers of a world, restricts some postings, and calls
// some agencies and bodies otherwise until 2015.
func addReaders(t testing.TB, s *Store, r *rand.Rand, w *world) {
	t.Helper()
	until := models.Period{Last: date("2014-12-31")}
	write(t, s, func(tx *Tx) error {
		var errs []error
		for i := range w.officers {
			if o := &w.officers[i]; r.IntN(3) == 0 {
				o.Masked, o.Email, o.Note = true, "somebody@example.org", "a note"
				errs = append(errs, tx.SaveOfficer(o))
			}
		}
		for i := range w.postings {
			if p := &w.postings[i]; r.IntN(3) == 0 {
				p.Restricted, p.Note = true, "a note"
				errs = append(errs, tx.SavePosting(p))
			}
		}
		for i := range w.agencies {
			if a := &w.agencies[i]; i%2 == 0 {
				a.Names = []models.AgencyName{{Name: "Formerly " + a.Name, Acronym: "F", Period: until}}
				errs = append(errs, tx.SaveAgency(a))
			}
		}
		bodies, err := WithParts[models.Body](tx.Reader, "WHERE founded < ?", "2010-01-01")
		for _, b := range bodies {
			b.Names = []models.BodyName{{Name: "Formerly " + b.Name, Period: models.Period{First: b.Founded, Last: until.Last}}}
			errs = append(errs, tx.SaveBody(b))
		}
		return errors.Join(append(errs, err)...)
	})
}

// rowText writes down all that a row tells, but not the IDs of parts.
func rowText(row AssignmentRow) string {
	p := *row.Posting
	p.Representations, p.Coverages, p.Suspensions = slices.Clone(p.Representations), slices.Clone(p.Coverages), slices.Clone(p.Suspensions)
	for i := range p.Representations {
		p.Representations[i].ID = 0
	}
	for i := range p.Coverages {
		p.Coverages[i].ID = 0
	}
	for i := range p.Suspensions {
		p.Suspensions[i].ID = 0
	}
	text := fmt.Sprintf("%+v\n%+v\n%+v\n%d %s %s %s", row.Assignment, *row.Officer, p, row.Agency.ID, row.Agency.Name, row.Agency.NameEn, row.Agency.Acronym)
	if row.Body != nil {
		text += fmt.Sprintf("\n%d %s %s", row.Body.ID, row.Body.Key, row.Body.Name)
	}
	return text
}

// pagesAndStreams returns the rows of a list on its pages, and as they are streamed
// in the two ways of finding them.
func pagesAndStreams(t testing.TB, v Reading, f Filter, o Order) (pages []string, streams [3][]string) {
	t.Helper()
	ctx := context.Background()
	for at := (Page{Limit: 40}); ; {
		rows, ends, err := v.Assignments(ctx, f, o, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			pages = append(pages, rowText(row))
		}
		if at.After = ends.Next; at.After == "" {
			break
		}
	}
	for row, err := range v.EachAssignment(ctx, f, o) {
		if err != nil {
			t.Fatal(err)
		}
		streams[0] = append(streams[0], rowText(row))
	}
	if n, err := v.CountAssignments(ctx, f, mostLimit+1); err != nil || n != len(pages) {
		t.Errorf("%d are counted, %d are on pages, %v", n, len(pages), err)
	}
	if v.past != nil {
		streams[1], streams[2] = streams[0], streams[0]
		return pages, streams
	}
	err := v.joined(ctx, func(r Reader, d *models.Directory) error {
		r.called = f.On
		chosen, err := r.choose(assignmentListing, f)
		for i, few := range []bool{true, false} {
			if chosen.some = few && len(chosen.few) > 0; err != nil || len(pages) == 0 {
				break
			}
			err = chosen.streamAssignments(newJoiner(d, f.On), o, func(row AssignmentRow) bool {
				streams[i+1] = append(streams[i+1], rowText(row))
				return true
			})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages, streams
}

// Streamed rows come from the directory in memory, those of pages from the tables:
// they tell every reader the same, of now and of a past day.
func TestStreamsTellWhatPagesDo(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		clock := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		s.now = func() time.Time { return clock }
		r := seeded(t)
		w := addWorld(t, s, r, 20, 30, 150)
		addReaders(t, s, r, w)
		before := clock.Add(time.Hour)
		clock = clock.Add(48 * time.Hour)
		w.officers[0].Masked = !w.officers[0].Masked
		w.officers[1].Name = "Renamed Since"
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveOfficer(&w.officers[0]), tx.SaveOfficer(&w.officers[1])) })
		n := 0
		for i := range 80 {
			rights := pick(r, audiences).rights
			v, f := s.As(models.ParseRights(rights).Scope()), randomFilter(r, w)
			if i%2 == 0 {
				f = Filter{On: f.On}
			}
			if i%4 == 0 {
				v = mustKnow(t, v, before)
			}
			if r.IntN(4) == 0 {
				f.On = 0
			}
			o := Order{Column: pick(r, append([]string{"id", "id"}, AssignmentColumns...)), Descending: r.IntN(2) == 0, Language: pick(r, sortLanguages)}
			pages, streams := pagesAndStreams(t, v, f, o)
			for way, rows := range streams {
				if !slices.Equal(pages, rows) {
					t.Fatalf("with %q, %+v in %+v: streamed in way %d are\n%s\non pages\n%s", rights, f, o, way, strings.Join(rows, "\n\n"), strings.Join(pages, "\n\n"))
				}
			}
			n += len(pages)
		}
		if n == 0 {
			t.Error("nothing was found at all")
		}
	})
}

// What is written while a file is made is not in it, neither in what the tables say
// nor in what the directory does.
func TestAStreamIsOfOneMoment(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, v := addSample(t, s), s.As(models.Everything)
		tell := func(meanwhile func()) (told []string) {
			t.Helper()
			err := v.joined(context.Background(), func(r Reader, d *models.Directory) error {
				meanwhile()
				chosen, err := r.choose(assignmentListing, Filter{})
				if err != nil {
					return err
				}
				return chosen.streamAssignments(newJoiner(d, 0), Order{Column: "id"}, func(row AssignmentRow) bool {
					told = append(told, row.Officer.Name+" in "+row.Posting.HostCity)
					return true
				})
			})
			if err != nil {
				t.Fatal(err)
			}
			return told
		}
		before := tell(func() {})
		during := tell(func() {
			write(t, s, func(tx *Tx) error {
				x.officer.Name, x.posting.HostCity = "Somebody Else", "Hat Yai"
				next := models.Officer{AgencyID: x.agency.ID, Name: "Nova Holder"}
				err := errors.Join(tx.SaveOfficer(&x.officer), tx.SavePosting(&x.posting), tx.SaveOfficer(&next))
				added := x.assignment
				added.ID, added.Version, added.Key, added.OfficerID = 0, 0, "", next.ID
				return errors.Join(err, tx.SaveAssignment(&added), tx.RemoveAssignment(x.assignment.ID, x.assignment.Version))
			})
			directoryOf(t, v) // somebody reads the new one
		})
		if after := tell(func() {}); !slices.Equal(before, during) || slices.Equal(before, after) || !slices.Contains(after, "Nova Holder in Hat Yai") {
			t.Errorf("before it is %q, during the write %q, after it %q", before, during, after)
		}
	})
}

// Each write gives an officer's name and a posting's city the same number: no stream
// that is read meanwhile tells of two.
func TestStreamsBesideWrites(t *testing.T) {
	t.Parallel()
	concurrentStores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		officer, posting := x.officer.ID, x.posting.ID
		done := make(chan struct{})
		go func() {
			defer close(done)
			for n := range 40 {
				x.officer.Name, x.posting.HostCity = fmt.Sprint("Number ", n), fmt.Sprint("Number ", n)
				write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveOfficer(&x.officer), tx.SavePosting(&x.posting)) })
			}
		}()
		seen := map[string]bool{}
		for over := false; !over; {
			select {
			case <-done:
				over = true
			default:
			}
			for row, err := range s.As(models.Everything).EachAssignment(context.Background(), Filter{}, Order{}) {
				if err != nil {
					t.Fatal(err)
				}
				numbered := strings.HasPrefix(row.Officer.Name, "Number")
				if row.OfficerID == officer && row.PostingID == posting && numbered && row.Officer.Name != row.Posting.HostCity {
					t.Fatalf("%s is in %s", row.Officer.Name, row.Posting.HostCity)
				}
				seen[row.Officer.Name] = true
			}
		}
		if len(seen) < 2 {
			t.Errorf("seen were only %v", seen)
		}
	})
}
