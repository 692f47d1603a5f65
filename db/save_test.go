package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

func TestSaveAndRead(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addSample(t, s)
		agency, err := s.As(models.Everything).Agency(ctx, x.agency.ID)
		if err != nil || !reflect.DeepEqual(agency, x.agency) {
			t.Errorf("got %+v, %v, want %+v", agency, err, x.agency)
		}
		officer, err := s.As(models.Everything).Officer(ctx, x.officer.ID)
		if err != nil || officer != x.officer {
			t.Errorf("got %+v, %v, want %+v", officer, err, x.officer)
		}
		posting, err := s.As(models.Everything).Posting(ctx, x.posting.ID)
		if err != nil || !reflect.DeepEqual(posting, x.posting) {
			t.Errorf("got %+v, %v, want %+v", posting, err, x.posting)
		}
		assignment, err := s.As(models.Everything).Assignment(ctx, x.assignment.ID)
		if err != nil || !reflect.DeepEqual(assignment, x.assignment) {
			t.Errorf("got %+v, %v, want %+v", assignment, err, x.assignment)
		}
		if len(posting.Representations) != 5 {
			t.Errorf("a new posting represents %+v", posting.Representations)
		}
		if all, err := s.As(models.Everything).Agencies(ctx, date("2026-11-23")); err != nil || !reflect.DeepEqual(all, []models.Agency{agency}) {
			t.Errorf("agencies are %+v, %v", all, err)
		}
	})
}

func TestContactPoints(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		if none, err := s.Empty(ctx); !none || err != nil {
			t.Errorf("a new store is empty: %t, %v", none, err)
		}
		a := models.ContactPoint{State: "SE", Matter: "police", Name: "NOA", Phone: "+46 10", Email: "noa@example.org", Hours: "24/7"}
		b := models.ContactPoint{State: "FI", Matter: "both", Name: "SPOC"}
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveContactPoint(&a), tx.SaveContactPoint(&b)) })
		if all, err := s.As(models.Everything).ContactPoints(ctx); err != nil || !slices.Equal(all, []models.ContactPoint{b, a}) {
			t.Errorf("got %+v, %v", all, err)
		}
		a.Hours = "office hours"
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveContactPoint(&a), tx.RemoveContactPoint(b.ID, 1)) })
		if got, err := s.As(models.Everything).ContactPoint(ctx, a.ID); err != nil || got != a || got.Version != 2 {
			t.Errorf("got %+v, %v", got, err)
		}
		same := models.ContactPoint{State: "SE", Matter: "police", Name: "NOA", Phone: "+46 11"}
		other := models.ContactPoint{State: "SE", Matter: "customs", Name: "NOA"}
		write(t, s, func(tx *Tx) error { return tx.SaveContactPoint(&other) })
		renamed := other
		renamed.Matter = "police"
		for what, c := range map[string]*models.ContactPoint{"made": &same, "renamed": &renamed} {
			err := s.Write(ctx, tester, func(tx *Tx) error { return tx.SaveContactPoint(c) })
			if problems, ok := errors.AsType[models.Problems](err); !ok || !problems.Has("name") {
				t.Errorf("another NOA of Sweden's police, %s: %v", what, err)
			}
		}
		if _, err := s.As(models.Everything).ContactPoint(ctx, b.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("the removed one: %v", err)
		}
		if none, err := s.Empty(ctx); none || err != nil {
			t.Errorf("the store is empty: %t, %v", none, err)
		}
	})
}

func TestMadeKeys(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		got := []string{x.agency.Key, x.officer.Key, x.posting.Key, x.assignment.Key}
		write(t, s, func(tx *Tx) error {
			for _, name := range []string{"Åse Lindqvist", "ÅSE  LINDQVIST!", "Ase", "?!", "   ", "東京 太郎", strings.Repeat("å", 200)} {
				o := models.Officer{AgencyID: x.agency.ID, Name: name}
				err := tx.SaveOfficer(&o)
				if strings.TrimSpace(name) == "" {
					if problems, ok := errors.AsType[models.Problems](err); !ok || !problems.Has("name") {
						t.Errorf("officer %q: %v", name, err)
					}
				} else if err != nil {
					return err
				}
				got = append(got, o.Key)
			}
			for _, host := range []models.Posting{
				{HostCountry: "TH", HostCity: "Bangkok"}, {HostCountry: "TH", HostCity: "Bangkok"}, {HostCountry: "TH"},
				{HostCountry: "NL", HostCity: "The Hague", HostBody: "europol"},
			} {
				host.AgencyID, host.Opened, host.Closed = x.agency.ID, date("2020-01-01"), models.Forever
				if err := tx.SavePosting(&host); err != nil {
					return err
				}
				got = append(got, host.Key)
			}
			for _, year := range []string{"2010-01-01/2010-12-31", "2011-01-01/2011-12-31"} {
				a := models.Assignment{OfficerID: x.officer.ID, PostingID: x.posting.ID, Period: period(year)}
				if err := tx.SaveAssignment(&a); err != nil {
					return err
				}
				got = append(got, a.Key)
			}
			another := models.Agency{Country: "SE", Kind: "police", Name: "Säkerhetspolisen", Period: models.Period{Last: models.Forever}}
			err := tx.SaveAgency(&another)
			got = append(got, another.Key)
			return err
		})
		want := []string{"se-police", "o-ase-lindqvist", "bangkok-se-police", "a-bangkok-se-police-1",
			"o-ase-lindqvist-2", "o-ase-lindqvist-3", "o-ase", "o", "o-2", "o-東京-太郎", "o-" + strings.Repeat("a", 78),
			"bangkok-se-police-2", "bangkok-se-police-3", "th-se-police", "europol-se-police",
			"a-bangkok-se-police-2", "a-bangkok-se-police-3", "se-police-2"}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

// Equal rows of a part of a posting are told apart by their IDs.
func TestRowsThatAreAlike(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		row := models.Suspension{Period: period("2010-01-01/2010-12-31"), Reason: "unrest"}
		for _, n := range []int{2, 3, 1, 0} {
			x.posting.Suspensions = slices.Repeat([]models.Suspension{row}, n)
			write(t, s, func(tx *Tx) error { return tx.SavePosting(&x.posting) })
			got, err := s.As(models.Everything).Posting(context.Background(), x.posting.ID)
			if err != nil || len(got.Suspensions) != n {
				t.Errorf("%d rows are kept as %+v, %v", n, got.Suspensions, err)
			}
		}
	})
}

func TestSortsAsLanguagesDo(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		write(t, s, func(tx *Tx) error {
			for _, name := range []string{"Zorn", "ödman", "Ärla", "Aalto", "Oden", "van Gogh", "Vanberg", "åberg", "Ängel", "Žižek"} {
				if err := tx.SaveOfficer(&models.Officer{AgencyID: x.agency.ID, Name: name}); err != nil {
					return err
				}
			}
			for _, p := range []models.Posting{{HostCountry: "AT", HostCity: "Wien"}, {HostCountry: "EG", HostCity: "Kairo"},
				{HostCountry: "AX", HostCity: "Mariehamn"}, {HostCountry: "AT", HostBody: "unodc"}, {HostCountry: "AT", HostCity: "Graz"}} {
				p.AgencyID, p.Opened, p.Closed = x.agency.ID, date("2020-01-01"), models.Forever
				if err := tx.SavePosting(&p); err != nil {
					return err
				}
			}
			return nil
		})
		for language, want := range map[string]string{
			"en": "Aalto åberg Ängel Ärla Åse_Lindqvist Oden ödman van_Gogh Vanberg Žižek Zorn",
			"sv": "Aalto Oden van_Gogh Vanberg Žižek Zorn åberg Åse_Lindqvist Ängel Ärla ödman",
		} {
			var got []string
			for o, err := range s.As(models.Everything).EachOfficer(context.Background(), Filter{}, Order{Language: language}) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, strings.ReplaceAll(o.Name, " ", "_"))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("officers in %s:\n got %s\nwant %s", language, strings.Join(got, " "), want)
			}
		}
		for language, want := range map[string]string{
			"en": "mariehamn-se-police unodc-se-police graz-se-police wien-se-police kairo-se-police bangkok-se-police",
			"sv": "kairo-se-police bangkok-se-police mariehamn-se-police unodc-se-police graz-se-police wien-se-police",
		} {
			var got []string
			for p, err := range s.As(models.Everything).EachPosting(context.Background(), Filter{}, Order{Language: language}) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, p.Key)
			}
			if strings.Join(got, " ") != want {
				t.Errorf("postings in %s:\n got %s\nwant %s", language, strings.Join(got, " "), want)
			}
		}
	})
}

func TestStaleAndMissing(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		for _, test := range []struct {
			name string
			do   func(tx *Tx) error
			want error
		}{
			{"save an older agency", func(tx *Tx) error { a := x.agency; a.Version = 0; return tx.SaveAgency(&a) }, ErrStale},
			{"save an older posting", func(tx *Tx) error { p := x.posting; p.Version = 7; return tx.SavePosting(&p) }, ErrStale},
			{"save a missing officer", func(tx *Tx) error { o := x.officer; o.ID = 4711; return tx.SaveOfficer(&o) }, ErrNotFound},
			{"remove an older assignment", func(tx *Tx) error { return tx.RemoveAssignment(x.assignment.ID, 0) }, ErrStale},
			{"remove an agency by the ID of an officer", func(tx *Tx) error { return tx.RemoveAgency(x.officer.ID, 1) }, ErrNotFound},
			{"end a missing assignment", func(tx *Tx) error { _, err := tx.EndAssignment(-5, 1, 1, ""); return err }, ErrNotFound},
			{"hand over an older assignment", func(tx *Tx) error { _, err := tx.HandOver(HandOver{Assignment: x.assignment.ID}); return err }, ErrStale},
			{"save twice what was read once", func(tx *Tx) error {
				a, b := x.officer, x.officer
				a.Rank, b.Rank = "a", "b"
				if err := tx.SaveOfficer(&a); err != nil {
					return err
				}
				return tx.SaveOfficer(&b)
			}, ErrStale},
		} {
			if err := s.Write(context.Background(), tester, test.do); !errors.Is(err, test.want) {
				t.Errorf("%s: %v, want %v", test.name, err, test.want)
			}
		}
		for _, id := range []int64{0, -1, 4711, 1 << 62, x.agency.ID} {
			if _, err := s.As(models.Everything).Posting(context.Background(), id); !errors.Is(err, ErrNotFound) {
				t.Errorf("posting %d: %v", id, err)
			}
		}
	})
}

func TestRemove(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		ctx := context.Background()
		for _, test := range []struct {
			name   string
			remove func(tx *Tx) error
			want   []Reference
		}{
			{"agency", func(tx *Tx) error { return tx.RemoveAgency(x.agency.ID, 1) }, []Reference{
				{"posting", x.posting.ID, "Bangkok (bangkok-se-police)"}, {"officer", x.officer.ID, "Åse Lindqvist"}}},
			{"officer", func(tx *Tx) error { return tx.RemoveOfficer(x.officer.ID, 1) }, []Reference{
				{"assignment", x.assignment.ID, "Åse Lindqvist, Bangkok, 2020-08-17"}}},
			{"posting", func(tx *Tx) error { return tx.RemovePosting(x.posting.ID, 1) }, []Reference{
				{"assignment", x.assignment.ID, "Åse Lindqvist, Bangkok, 2020-08-17"}}},
		} {
			err := s.Write(ctx, tester, test.remove)
			referred, ok := errors.AsType[*Referred](err)
			if !ok || !slices.Equal(referred.By, test.want) || referred.Total != len(test.want) {
				t.Errorf("%s: %v, %+v", test.name, err, referred)
			}
		}
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.RemoveAssignment(x.assignment.ID, 1), tx.RemovePosting(x.posting.ID, 1),
				tx.RemoveOfficer(x.officer.ID, 1), tx.RemoveAgency(x.agency.ID, 1))
		})
		if none, err := s.Empty(ctx); !none || err != nil {
			t.Errorf("empty: %t, %v", none, err)
		}
		for _, table := range []string{"representations", "coverages", "suspensions", "search_words WHERE record_id > 0", "sort_names WHERE record_id > 0"} { // given bodies are found too
			err := s.View(ctx, func(r Reader) error {
				return r.each("SELECT 1 FROM "+table, nil, func(*sql.Rows) error {
					t.Errorf("something is left in %s", table)
					return nil
				})
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}

func TestManyReferences(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		write(t, s, func(tx *Tx) error {
			for i := range 30 {
				if err := tx.SaveOfficer(&models.Officer{AgencyID: x.agency.ID, Name: fmt.Sprint("Officer ", i)}); err != nil {
					return err
				}
			}
			return nil
		})
		err := s.Write(context.Background(), tester, func(tx *Tx) error { return tx.RemoveAgency(x.agency.ID, 1) })
		if referred, ok := errors.AsType[*Referred](err); !ok || len(referred.By) != mostReferences || referred.Total != 32 {
			t.Errorf("got %+v", err)
		}
	})
}

func TestEndAndHandOver(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		successor := models.Officer{AgencyID: x.agency.ID, Name: "Lars Ödegård"}
		var next models.Assignment
		write(t, s, func(tx *Tx) (err error) {
			if err := tx.SaveOfficer(&successor); err != nil {
				return err
			}
			next, err = tx.HandOver(HandOver{Assignment: x.assignment.ID, Version: 1, Successor: successor.ID,
				First: date("2026-08-01"), Last: date("2026-08-14"), Reason: "recalled", SuccessorLast: date("2029-08-31")})
			return err
		})
		old, err := s.As(models.Everything).Assignment(context.Background(), x.assignment.ID)
		want := x.assignment
		want.Version, want.Last, want.PlannedLast, want.EndReason = 2, date("2026-08-14"), date("2027-08-31"), "recalled"
		if err != nil || !reflect.DeepEqual(old, want) {
			t.Errorf("outgoing is %+v, %v", old, err)
		}
		wantNext := models.Assignment{ID: next.ID, Version: 1, Key: "a-bangkok-se-police-2", OfficerID: successor.ID, PostingID: x.posting.ID,
			Period: period("2026-08-01/2029-08-31")}
		if got, err := s.As(models.Everything).Assignment(context.Background(), next.ID); err != nil || !reflect.DeepEqual(got, wantNext) || !reflect.DeepEqual(next, wantNext) {
			t.Errorf("successor's is %+v, %v", got, err)
		}
		write(t, s, func(tx *Tx) error {
			ended, err := tx.EndAssignment(next.ID, 1, date("2027-01-31"), "ill")
			if ended.Last != date("2027-01-31") || ended.PlannedLast != date("2029-08-31") || ended.Version != 2 {
				t.Errorf("ended is %+v", ended)
			}
			return err
		})
	})
}
