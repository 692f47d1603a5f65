package db

import (
	"context"
	"errors"
	"slices"
	"testing"

	"samband/models"
)

// TestRefusals saves records that the rules refuse.
func TestRefusals(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		other := models.Posting{Key: "manila", AgencyID: x.agency.ID, HostCountry: "PH", Opened: date("2010-01-01"), Closed: date("2015-12-31")}
		write(t, s, func(tx *Tx) error { return tx.SavePosting(&other) })
		nul, bad := "a\x00b", "a\xffb"
		tests := []struct {
			name  string
			save  func(tx *Tx) error
			field string
			key   string
		}{
			{"unknown agency of an officer", func(tx *Tx) error {
				return tx.SaveOfficer(&models.Officer{Name: "X", AgencyID: 4711})
			}, "agency", "problem.unknown"},
			{"no agency of an officer", func(tx *Tx) error { return tx.SaveOfficer(&models.Officer{Name: "X"}) }, "agency", "problem.required"},
			{"an officer's key taken", func(tx *Tx) error {
				return tx.SaveOfficer(&models.Officer{Name: "X", AgencyID: x.agency.ID, Key: x.officer.Key})
			}, "key", "problem.key_taken"},
			{"a key changed to one that is taken", func(tx *Tx) error {
				p := other
				p.Key = x.posting.Key
				return tx.SavePosting(&p)
			}, "key", "problem.key_taken"},
			{"NUL in a name", func(tx *Tx) error {
				return tx.SaveOfficer(&models.Officer{Name: nul, AgencyID: x.agency.ID})
			}, "name", "problem.characters"},
			{"no UTF-8 in a key", func(tx *Tx) error {
				return tx.SaveOfficer(&models.Officer{Name: "X", AgencyID: x.agency.ID, Key: bad})
			}, "key", "problem.characters"},
			{"NUL in a state", func(tx *Tx) error {
				return tx.SaveAgency(&models.Agency{Country: models.State(nul), Kind: "police", Name: "X"})
			}, "country", "problem.state"},
			{"unknown agency of a posting", func(tx *Tx) error {
				p := other
				p.ID, p.AgencyID = 0, 4711
				return tx.SavePosting(&p)
			}, "agency", "problem.unknown"},
			{"the sending state taken off", func(tx *Tx) error {
				p := other
				p.Representations = []models.Representation{{State: "FI", Matter: "both", Period: p.Life()}}
				return tx.SavePosting(&p)
			}, "representations", "problem.sending_state"},
			{"the sending state taken off in one matter", func(tx *Tx) error {
				p := other
				p.Representations = []models.Representation{{State: "SE", Matter: "police", Period: p.Life()}}
				return tx.SavePosting(&p)
			}, "representations", "problem.sending_state"},
			{"a new posting without the sending state in one matter", func(tx *Tx) error {
				p := other
				p.ID, p.Key = 0, "manila-2"
				p.Representations = []models.Representation{{State: "SE", Matter: "customs", Period: p.Life()}}
				return tx.SavePosting(&p)
			}, "representations", "problem.sending_state"},
			{"a longer life, of which the sending state is left out", func(tx *Tx) error {
				p := other
				p.Representations = []models.Representation{{State: "SE", Matter: "both", Period: p.Life()}}
				if err := tx.SavePosting(&p); err != nil {
					return err
				}
				p.Closed++
				return tx.SavePosting(&p)
			}, "representations", "problem.sending_state"},
			{"an agency of a state that is represented in one matter", func(tx *Tx) error {
				finnish, p := models.Agency{Country: "FI", Kind: "police", Name: "KRP", Period: models.Period{Last: models.Forever}}, other
				if err := tx.SaveAgency(&finnish); err != nil {
					return err
				}
				p.AgencyID = finnish.ID
				p.Representations = []models.Representation{{State: "SE", Matter: "both", Period: p.Life()}, {State: "FI", Matter: "police", Period: p.Life()}}
				return tx.SavePosting(&p)
			}, "representations", "problem.sending_state"},
			{"one officer twice at once", func(tx *Tx) error {
				a := x.assignment
				a.ID, a.Key, a.Period = 0, "", period("2027-08-31/2028-08-31")
				return tx.SaveAssignment(&a)
			}, "officer", "problem.held_twice"},
			{"extended into the next term", func(tx *Tx) error {
				a := x.assignment
				a.ID, a.Key, a.Period = 0, "", period("2027-09-01/2028-08-31")
				if err := tx.SaveAssignment(&a); err != nil {
					return err
				}
				_, err := tx.EndAssignment(x.assignment.ID, 1, date("2027-09-01"), "extended")
				return err
			}, "last_day", "problem.held_twice"},
			{"moved to a posting that the officer has", func(tx *Tx) error {
				a := models.Assignment{OfficerID: x.officer.ID, PostingID: other.ID, Period: period("2015-12-31/2022-12-31")}
				if err := tx.SaveAssignment(&a); err != nil {
					return err
				}
				a.PostingID = x.posting.ID
				return tx.SaveAssignment(&a)
			}, "officer", "problem.held_twice"},
			{"handed over to who holds it already", func(tx *Tx) error {
				_, err := tx.HandOver(HandOver{Assignment: x.assignment.ID, Version: 1, Successor: x.officer.ID, First: date("2026-01-01"), Last: date("2026-01-01")})
				return err
			}, "successor", "problem.held_twice"},
			{"a life without an assignment's days", func(tx *Tx) error {
				p := x.posting
				p.Opened = date("2030-01-01")
				p.Coverages, p.Representations = nil, p.Represents("SE")
				return tx.SavePosting(&p)
			}, "closed", "problem.assignment_outside"},
			{"an agency that changes its state", func(tx *Tx) error {
				a, p := x.agency, other
				p.Representations = []models.Representation{{State: "SE", Matter: "both", Period: p.Life()}}
				if err := tx.SavePosting(&p); err != nil {
					return err
				}
				a.Country = "FI"
				return tx.SaveAgency(&a)
			}, "country", "problem.sending_state_of"},
			{"an assignment outside the posting's life", func(tx *Tx) error {
				return tx.SaveAssignment(&models.Assignment{OfficerID: x.officer.ID, PostingID: other.ID, Period: period("2020-01-01/2021-01-01")})
			}, "first_day", "problem.outside_life"},
			{"an assignment of nobody", func(tx *Tx) error {
				return tx.SaveAssignment(&models.Assignment{OfficerID: 4711, PostingID: other.ID, Period: period("2011-01-01/2012-01-01")})
			}, "officer", "problem.unknown"},
			{"an assignment to nowhere", func(tx *Tx) error {
				return tx.SaveAssignment(&models.Assignment{OfficerID: x.officer.ID, PostingID: -1, Period: period("2011-01-01/2012-01-01")})
			}, "posting", "problem.unknown"},
			{"a last day before the first", func(tx *Tx) error {
				_, err := tx.EndAssignment(x.assignment.ID, 1, date("2020-01-01"), "")
				return err
			}, "last_day", "problem.order"},
			{"a hand-over to nobody", func(tx *Tx) error {
				_, err := tx.HandOver(HandOver{Assignment: x.assignment.ID, Version: 1, Successor: 99, First: date("2026-01-01"), Last: date("2026-01-01")})
				return err
			}, "successor", "problem.unknown"},
			{"a successor who leaves before coming", func(tx *Tx) error {
				_, err := tx.HandOver(HandOver{Assignment: x.assignment.ID, Version: 1, Successor: x.officer.ID, First: date("2026-01-01"), Last: date("2026-01-01"), SuccessorLast: date("2025-01-01")})
				return err
			}, "successor_last_day", "problem.order"},
			{"a contact point of no state", func(tx *Tx) error {
				return tx.SaveContactPoint(&models.ContactPoint{Matter: "police", Name: "X"})
			}, "state", "problem.state"},
		}
		rows := len(auditRows(t, s))
		for _, test := range tests {
			err := s.Write(context.Background(), tester, test.save)
			problems, ok := errors.AsType[models.Problems](err)
			if !ok || !slices.ContainsFunc(problems, func(p models.Problem) bool { return p.Field == test.field && p.Key == test.key }) {
				t.Errorf("%s: %v", test.name, err)
			}
		}
		if n := len(auditRows(t, s)); n != rows {
			t.Errorf("%d rows more in the trail", n-rows)
		}
	})
}
