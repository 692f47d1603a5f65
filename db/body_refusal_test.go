package db

import (
	"context"
	"errors"
	"slices"
	"testing"

	"samband/models"
)

// Each save of something about bodies is wrong in one way, which is told at its
// field and row.
func TestBodiesRefuse(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addHall(t, s)
		body := func(change func(*models.Body)) func(*Tx) error {
			return func(tx *Tx) error { b := x.committee; change(&b); return tx.SaveBody(&b) }
		}
		posting := func(of models.Posting, change func(*models.Posting)) func(*Tx) error {
			return func(tx *Tx) error { p := of; change(&p); return tx.SavePosting(&p) }
		}
		absent := func(all ...models.Absence) func(*Tx) error {
			return func(tx *Tx) error { a := x.away; a.Absences = all; return tx.SaveAssignment(&a) }
		}
		standIn := func(days string, by int64) func(*Tx) error { return absent(absentIn(days, by)...) }
		project := func(change func(*models.Project)) func(*Tx) error {
			return func(tx *Tx) error { p := x.project; change(&p); return tx.SaveProject(&p) }
		}
		always := models.Period{Last: models.Forever}
		europol := *models.GivenBodies()[0]
		for _, c := range []struct {
			name  string
			save  func(*Tx) error
			field string
			row   int
			key   string
		}{
			{"an unknown host", posting(x.desk, func(p *models.Posting) { p.HostBody = "nato" }), "host_organisation", -1, "problem.body"},
			{"an unknown parent", body(func(b *models.Body) { b.Parent = "nato" }), "parent", -1, "problem.body"},
			{"a parent of one's own", body(func(b *models.Body) { b.Parent = "opc" }), "parent", -1, "problem.own_ancestor"},
			{"an own ancestor", func(tx *Tx) error { b := x.board; b.Parent = "opc"; return tx.SaveBody(&b) }, "parent", -1, "problem.own_ancestor"},
			{"an unknown kind", body(func(b *models.Body) { b.Kind = "club" }), "kind", -1, "problem.body_kind"},
			{"an unknown area of a body", body(func(b *models.Body) { b.Areas = "narcotics fishing" }), "areas", -1, "problem.area"},
			{"an unknown area of a posting", posting(x.abroad, func(p *models.Posting) { p.Areas = "fishing" }), "areas", -1, "problem.area"},
			{"an unknown area of an officer", func(tx *Tx) error { o := x.anna; o.Areas = "fishing"; return tx.SaveOfficer(&o) }, "areas", -1, "problem.area"},
			{"an area twice", body(func(b *models.Body) { b.Areas = "narcotics narcotics" }), "areas", -1, "problem.area_twice"},
			{"an unknown role", posting(x.seat, func(p *models.Posting) { p.Role = "king" }), "role", -1, "problem.role"},
			{"a role abroad", posting(x.abroad, func(p *models.Posting) { p.Role = models.Expert }), "role", -1, "problem.role_of_seat"},
			{"a role at a desk", posting(x.desk, func(p *models.Posting) { p.Role = models.Expert }), "role", -1, "problem.role_of_seat"},
			{"a member twice", body(func(b *models.Body) {
				b.Members = []models.BodyMember{{Country: "SE", Role: "member", Period: period("2000-01-01")}, {Country: "SE", Role: "observer", Period: period("2010-01-01")}}
			}), "body_members.country", 1, "problem.member_twice"},
			{"a member that is none", body(func(b *models.Body) {
				b.Members = []models.BodyMember{{Country: "org:nato", Role: "member", Period: always}}
			}), "body_members.country", 0, "problem.party"},
			{"an unknown membership", body(func(b *models.Body) { b.Members = []models.BodyMember{{Country: "SE", Role: "king", Period: always}} }), "body_members.role", 0, "problem.membership"},
			{"a member of itself", body(func(b *models.Body) {
				b.Members = []models.BodyMember{{Country: "org:opc", Role: "member", Period: always}}
			}), "body_members.country", 0, "problem.party"},
			{"a member before the founding", body(func(b *models.Body) {
				b.Members = []models.BodyMember{{Country: "SE", Role: "member", Period: period("1990-01-01")}}
			}), "body_members.first_day", 0, "problem.outside_days"},
			{"a chair twice", body(func(b *models.Body) {
				b.Chairs = []models.Chair{{Country: "LV", Period: period("2017-01-01/2018-12-31")}, {Country: "LV", Period: period("2018-12-31/2019-12-31")}}
			}), "chairs.country", 1, "problem.chair_twice"},
			{"two names on a day", body(func(b *models.Body) {
				b.Names = append(slices.Clone(b.Names), models.BodyName{Name: "X", Period: period("2010-12-31/2012-01-01")})
			}), "body_names.first_day", 1, "problem.called_twice"},
			{"a former name of today", func(tx *Tx) error {
				a := x.customs
				a.Names = []models.AgencyName{{Name: "X", Period: always}}
				return tx.SaveAgency(&a)
			}, "agency_names.last_day", 0, "problem.required"},
			{"a seat before the body", posting(x.seat, func(p *models.Posting) { p.Opened = date("1997-12-31") }), "opened", -1, "problem.outside_days"},
			{"a seat after the body", posting(x.seat, func(p *models.Posting) { p.Closed = date("2046-01-01") }), "opened", -1, "problem.outside_days"},
			{"side countries of a seat", posting(x.seat, func(p *models.Posting) { p.Coverages = []models.Coverage{{Country: "EE", Period: p.Life()}} }), "coverages.country", 0, "problem.seat_covers"},
			{"a body that ends before its seats", body(func(b *models.Body) { b.Ended = date("2040-12-30") }), "ended", -1, "problem.outlasts_body"},
			{"seats that would be desks", body(func(b *models.Body) { b.Kind = models.Organisation }), "kind", -1, "problem.body_hosts"},
			{"desks that would be seats", func(tx *Tx) error { b := europol; b.Kind = models.Board; return tx.SaveBody(&b) }, "kind", -1, "problem.body_hosts"},
			{"another key", body(func(b *models.Body) { b.Key = "opc-2" }), "key", -1, "problem.body_key_stays"},
			{"a key that is taken", func(tx *Tx) error {
				return tx.SaveBody(&models.Body{Key: "europol", Kind: models.Organisation, Name: "E", Ended: models.Forever})
			}, "key", -1, "problem.key_taken"},
			{"a coast guard abroad", posting(x.abroad, func(p *models.Posting) { p.AgencyID = x.guard.ID }), "agency", -1, "problem.seats_only"},
			{"a coast guard at a desk", posting(x.desk, func(p *models.Posting) { p.ID, p.Key, p.AgencyID = 0, "", x.guard.ID }), "agency", -1, "problem.seats_only"},
			{"a tax agency that is abroad", func(tx *Tx) error { a := x.police; a.Kind = models.TaxAgency; return tx.SaveAgency(&a) }, "kind", -1, "problem.seats_only"},
			{"a coast guard's officer abroad", func(tx *Tx) error {
				return tx.SaveAssignment(&models.Assignment{OfficerID: x.bo.ID, PostingID: x.abroad.ID, Period: period("2015-01-01/2016-01-01")})
			}, "officer", -1, "problem.seats_only"},
			{"an officer abroad who joins the coast guard", func(tx *Tx) error { o := x.anna; o.AgencyID = x.guard.ID; return tx.SaveOfficer(&o) }, "agency", -1, "problem.seats_only"},
			{"a seat that the coast guard holds and the police takes abroad", posting(x.seat, func(p *models.Posting) {
				p.AgencyID, p.HostBody, p.HostCountry, p.Role = x.police.ID, "", "EE", ""
			}), "host_organisation", -1, "problem.seats_only"},
			{"an absence before the assignment", standIn("2019-12-31/2020-02-01", 0), "absences.first_day", 0, "problem.outside_assignment"},
			{"an absence beyond the assignment", standIn("2027-12-01/2028-01-01", 0), "absences.last_day", 0, "problem.outside_assignment"},
			{"two absences on a day", absent(models.Absence{Period: period("2021-01-01/2021-02-01")}, models.Absence{Period: period("2021-02-01/2021-03-01")}), "absences.first_day", 1, "problem.absent_twice"},
			{"an unknown stand-in", standIn("2023-01-01/2023-02-01", 4711), "absences.stand_in", 0, "problem.unknown"},
			{"standing in for oneself", standIn("2023-01-01/2023-02-01", x.away.ID), "absences.stand_in", 0, "problem.own_stand_in"},
			{"a stand-in without a day in common", standIn("2021-01-01/2021-12-31", x.by.ID), "absences.stand_in", 0, "problem.stand_in_days"},
			{"a coast guard standing in abroad", standIn("2023-01-01/2023-02-01", x.sitting.ID), "absences.stand_in", 0, "problem.stand_in_kind"},
			{"a project of an unknown body", project(func(p *models.Project) { p.Body = "nato" }), "body", -1, "problem.body"},
			{"a project in an unknown area", project(func(p *models.Project) { p.Area = "fishing" }), "area", -1, "problem.area"},
			{"a project of an unknown agency", project(func(p *models.Project) { p.Agencies = []models.ProjectAgency{{AgencyID: 4711, Period: always}} }), "project_agencies.agency", 0, "problem.unknown"},
		} {
			err := s.Write(context.Background(), tester, func(tx *Tx) error { return errors.Join(c.save(tx), errDiscard) })
			ps, ok := errors.AsType[models.Problems](err)
			if !ok || !slices.ContainsFunc(ps, func(p models.Problem) bool { return p.Field == c.field && p.Row == c.row && p.Key == c.key }) {
				t.Errorf("%s: %v, want %s at %s of row %d", c.name, err, c.key, c.field, c.row)
			}
		}
		sound(t, s)
	})
}

// What others name is not removed, and they are told.
func TestRemovingWhatIsNamed(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addHall(t, s)
		x.away.Absences = absentIn("2023-01-01/2023-02-01", x.by.ID)
		group := models.Body{Key: "group", Kind: models.WorkingGroup, Name: "A group", Ended: models.Forever,
			Members: []models.BodyMember{{Country: "org:unodc", Role: models.Observer, Period: models.Period{Last: models.Forever}}}}
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveAssignment(&x.away), tx.SaveBody(&group)) })
		for name, c := range map[string]struct {
			remove func(*Tx) error
			want   []Reference
		}{
			"a host":          {func(tx *Tx) error { return tx.RemoveBody(x.committee.ID, 1) }, []Reference{{"posting", x.seat.ID, "opc (seat)"}}},
			"a given host":    {func(tx *Tx) error { return tx.RemoveBody(-1, 1) }, []Reference{{"posting", x.desk.ID, "europol (desk)"}}},
			"a parent":        {func(tx *Tx) error { return tx.RemoveBody(x.board.ID, 1) }, []Reference{{"body", x.committee.ID, "Operative Committee"}, {"project", x.project.ID, "Harbours"}}},
			"a member":        {func(tx *Tx) error { return tx.RemoveBody(-4, 1) }, []Reference{{"body", group.ID, "A group"}}},
			"a stand-in":      {func(tx *Tx) error { return tx.RemoveAssignment(x.by.ID, 1) }, []Reference{{"assignment", x.away.ID, "Anna Ek, Bangkok, 2020-01-01"}}},
			"a seat's holder": {func(tx *Tx) error { return tx.RemovePosting(x.seat.ID, 1) }, []Reference{{"assignment", x.sitting.ID, "Bo Lind, opc, 2020-01-01"}}},
		} {
			err := s.Write(context.Background(), tester, c.remove)
			if referred, ok := errors.AsType[*Referred](err); !ok || !slices.Equal(referred.By, c.want) || referred.Total != len(c.want) {
				t.Errorf("%s: %v, %+v", name, err, referred)
			}
		}
		x.away.Absences = nil
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.SaveAssignment(&x.away), tx.RemoveAssignment(x.by.ID, 1), tx.RemoveAssignment(x.sitting.ID, 1), tx.RemovePosting(x.seat.ID, 1), tx.RemoveProject(x.project.ID, 1),
				tx.RemoveBody(x.committee.ID, 1), tx.RemoveBody(x.board.ID, 1), tx.RemoveBody(group.ID, 1), tx.RemoveBody(-4, 1))
		})
		sound(t, s)
	})
}

// Bodies are kept by the coordinators of all five, projects by those of the leading
// state.
func TestWhoKeepsBodies(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addHall(t, s)
		for rights, may := range map[string][2]bool{"coordinator:all": {true, true}, "coordinator:SE": {false, true}, "coordinator:FI": {}, "partner:all auditor:all administrator:all": {}, "": {}} {
			for i, save := range []func(*Tx) error{
				func(tx *Tx) error { b := x.board; b.Note += "x"; return tx.SaveBody(&b) },
				func(tx *Tx) error { p := x.project; p.Note += "x"; return tx.SaveProject(&p) },
			} {
				want := ErrForbidden
				if may[i] {
					want = errDiscard
				}
				err := s.Write(context.Background(), Actor{Rights: models.ParseRights(rights)}, func(tx *Tx) error {
					if err := save(tx); err != nil {
						return err
					}
					return errDiscard
				})
				if !errors.Is(err, want) {
					t.Errorf("with %q, %d: %v, want %v", rights, i, err, want)
				}
			}
		}
	})
}

// What a body hosts moves with its headquarters, and the trail tells so.
func TestHeadquartersMoveWhatTheyHost(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addHall(t, s)
		elsewhere := models.Posting{AgencyID: x.police.ID, HostBody: "opc", HostCountry: "SE", HostCity: "Malmö", Opened: date("2001-01-01"), Closed: date("2030-01-01")}
		write(t, s, func(tx *Tx) error { return tx.SavePosting(&elsewhere) })
		x.committee.HqCountry, x.committee.HqCity = "LV", "Riga"
		write(t, s, func(tx *Tx) error { return tx.SaveBody(&x.committee) })
		d := directory(t, s)
		for id, want := range map[int64]string{x.seat.ID: "LV Riga 2", elsewhere.ID: "LV Malmö 2", x.desk.ID: "NL The Hague 1"} {
			p := d.Post(id)
			if got := string(p.HostCountry) + " " + p.HostCity + " " + string(rune('0'+p.Version)); got != want {
				t.Errorf("%s sits in %s, want %s", p.Key, got, want)
			}
		}
		if !sameDirectory(d, reloaded(t, s)) {
			t.Error("the directory that followed is another than the one that is read anew")
		}
		seen, err := s.As(models.Everything).History(context.Background(), "posting", x.seat.ID, 10)
		if err != nil || len(seen) != 2 || !slices.Contains(seen[0].Fields, models.FieldChange{Field: "host_country", Old: "SE", New: "LV"}) {
			t.Errorf("the trail tells %+v, %v", seen, err)
		}
		sound(t, s)
	})
}
