package db

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// Who may set the absences of an assignment: its coordinators, and the officer
// whose own account it is, who may change nothing else.
func TestWhoSetsAbsences(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addHall(t, s), context.Background()
		own, untied := addAccount(t, s, "anna@example.org", "partner:SE"), addAccount(t, s, "x@example.org", "partner:SE")
		write(t, s, func(tx *Tx) error { return tx.Tie(x.anna.ID, own.Email) })
		set := func(tx *Tx, a models.Assignment) error {
			_, err := tx.SaveAbsences(a.ID, a.Version, absentIn("2023-01-01/2023-02-01", 0))
			return err
		}
		rest := func(tx *Tx) error { a := x.away; a.Note = "x"; return tx.SaveAssignment(&a) }
		as := func(account int64, rights string) Actor {
			return Actor{Account: account, Rights: models.ParseRights(rights)}
		}
		for _, c := range []struct {
			name  string
			actor Actor
			do    func(*Tx) error
			want  error
		}{
			{"one's own", as(own.ID, "partner:SE"), func(tx *Tx) error { return set(tx, x.away) }, nil},
			{"one's own in any role", as(own.ID, "partner:SE auditor:all"), func(tx *Tx) error { return set(tx, x.away) }, nil},
			{"somebody else's of one's state", as(own.ID, "partner:SE"), func(tx *Tx) error { return set(tx, x.sitting) }, ErrForbidden},
			{"another state's", as(own.ID, "partner:SE"), func(tx *Tx) error { return set(tx, x.by) }, ErrForbidden},
			{"the rest of one's own", as(own.ID, "partner:SE"), rest, ErrForbidden},
			{"the rest after the absences", as(own.ID, "partner:SE"), func(tx *Tx) error { return errors.Join(set(tx, x.away), rest(tx)) }, ErrForbidden},
			{"the rest by the way that absences go", as(own.ID, "partner:SE"), func(tx *Tx) error {
				if err := set(tx, x.away); err != nil {
					return err
				}
				old, err := byID[models.Assignment](tx.Reader, x.away.ID)
				if err != nil {
					return err
				}
				a := *old
				a.Note = "x"
				return UpdateAll(tx, []*models.Assignment{old}, []*models.Assignment{&a})
			}, ErrForbidden},
			{"one's own end", as(own.ID, "partner:SE"), func(tx *Tx) error {
				_, err := tx.EndAssignment(x.away.ID, x.away.Version, date("2026-01-01"), "")
				return err
			}, ErrForbidden},
			{"by an account that is tied to nobody", as(untied.ID, "partner:SE"), func(tx *Tx) error { return set(tx, x.away) }, ErrForbidden},
			{"by no account", as(0, ""), func(tx *Tx) error { return set(tx, x.away) }, ErrForbidden},
			{"by the state's coordinator", as(untied.ID, "coordinator:SE"), func(tx *Tx) error { return set(tx, x.away) }, nil},
			{"by another state's", as(untied.ID, "coordinator:FI"), func(tx *Tx) error { return set(tx, x.away) }, ErrForbidden},
			{"by everybody else", as(untied.ID, "partner:all auditor:all administrator:all"), func(tx *Tx) error { return set(tx, x.away) }, ErrForbidden},
			{"of an older version", as(own.ID, "partner:SE"), func(tx *Tx) error { a := x.away; a.Version--; return set(tx, a) }, ErrStale},
			{"of an assignment that is not there", as(own.ID, "partner:SE"), func(tx *Tx) error { return set(tx, models.Assignment{ID: 4711}) }, ErrNotFound},
		} {
			err := s.Write(ctx, c.actor, func(tx *Tx) error {
				if err := c.do(tx); err != nil {
					return err
				}
				return errDiscard
			})
			if want := c.want; want == nil && !errors.Is(err, errDiscard) || want != nil && !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", c.name, err, want)
			}
		}
	})
}

// The officer's own absences are checked and kept like those that a coordinator
// sets, and the trail has them.
func TestOwnAbsences(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addHall(t, s), context.Background()
		own := addAccount(t, s, "anna@example.org", "partner:SE")
		write(t, s, func(tx *Tx) error { return tx.Tie(x.anna.ID, own.Email) })
		actor := Actor{Account: own.ID, Rights: own.Rights}
		err := s.Write(ctx, actor, func(tx *Tx) error {
			_, err := tx.SaveAbsences(x.away.ID, 1, absentIn("2023-01-01/2023-02-01", x.sitting.ID))
			return err
		})
		if ps, ok := errors.AsType[models.Problems](err); !ok || !ps.Has("absences.stand_in") {
			t.Errorf("a coast guard standing in abroad: %v", err)
		}
		var kept models.Assignment
		err = s.Write(ctx, actor, func(tx *Tx) (err error) {
			kept, err = tx.SaveAbsences(x.away.ID, 1, absentIn("2023-01-01/2023-02-01", x.by.ID))
			return err
		})
		got, bad := s.As(models.Everything).Assignment(ctx, x.away.ID)
		if err != nil || bad != nil || !reflect.DeepEqual(got, kept) || got.Version != 2 || len(got.Absences) != 1 || got.Absences[0].StandInID != x.by.ID {
			t.Errorf("kept is %+v, returned %+v, %v, %v", got, kept, err, bad)
		}
		if in := directory(t, s).StandsInFor(x.by.ID); len(in) != 1 || in[0].ID != x.away.ID {
			t.Errorf("the directory knows %+v", in)
		}
		if !sameDirectory(directory(t, s), reloaded(t, s)) {
			t.Error("the directory that followed is another than the one that is read anew")
		}
		if row := lastRow(t, s, "assignment", x.away.ID); row == 0 || trailRows(t, s)[len(trailRows(t, s))-1].ID != row {
			t.Error("the trail does not end with it")
		}
		sound(t, s)
		write(t, s, func(tx *Tx) error { _, err := tx.SaveAbsences(x.away.ID, 2, nil); return err })
		if got, err := s.As(models.Everything).Assignment(ctx, x.away.ID); err != nil || len(got.Absences) != 0 || got.Version != 3 {
			t.Errorf("without absences it is %+v, %v", got, err)
		}
		sound(t, s)
	})
}

// Who may not know the holder is not told of the absences' stand-ins, and nobody
// of a stand-in whom he or she may not know.
func TestTheTrailHidesStandIns(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addHall(t, s), context.Background()
		x.carl.Masked = true
		x.away.Absences, x.by.Absences = absentIn("2023-01-01/2023-02-01", x.by.ID), absentIn("2024-01-01/2024-02-01", x.away.ID)
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.SaveOfficer(&x.carl), tx.SaveAssignment(&x.away), tx.SaveAssignment(&x.by))
		})
		told := func(rights string, of int64) string {
			r := models.ParseRights(rights)
			rows, err := s.As(r.Scope()).Trail(ctx, r, TrailFilter{Noun: "assignment"}, 100)
			at := slices.IndexFunc(rows, func(row models.TrailRow) bool { return row.RecordID == of })
			if err != nil || at < 0 {
				t.Fatal(rows, err)
			}
			i := slices.IndexFunc(rows[at].Fields, func(c models.FieldChange) bool { return c.Field == "absences" })
			if i < 0 {
				return "nothing"
			} else if rows[at].Fields[i].Withheld {
				return "withheld"
			}
			return rows[at].Fields[i].New
		}
		for _, c := range []struct {
			rights string
			of     int64
			want   string
		}{
			{"auditor:all coordinator:all", x.away.ID, "2023-01-01/2023-02-01 a-carl"}, {"auditor:all coordinator:FI", x.away.ID, "2023-01-01/2023-02-01 a-carl"},
			{"auditor:all", x.away.ID, "2023-01-01/2023-02-01 a-carl"}, // a masked officer's assignment is named by its key everywhere
			{"auditor:all coordinator:all", x.by.ID, "2024-01-01/2024-02-01 a-anna"}, {"auditor:all coordinator:FI", x.by.ID, "2024-01-01/2024-02-01 a-anna"},
			{"auditor:all coordinator:SE", x.by.ID, "withheld"}, {"auditor:all partner:FI", x.by.ID, "withheld"}, {"auditor:all", x.by.ID, "withheld"},
		} {
			if got := told(c.rights, c.of); strings.TrimSpace(got) != c.want {
				t.Errorf("with %q the trail tells %q, want %q", c.rights, got, c.want)
			}
		}
		x.carl.Masked, x.desk.Restricted = false, true
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveOfficer(&x.carl), tx.SavePosting(&x.desk)) })
		if got := told("auditor:all coordinator:SE", x.away.ID); got != "2023-01-01/2023-02-01" {
			t.Errorf("of a stand-in from a restricted posting it tells %q", got)
		}
	})
}

// Absences survive whatever else is done to their assignment.
func TestAbsencesStay(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(*Tx, *hall) error{
		"the assignment is read and saved": func(tx *Tx, x *hall) error {
			a, err := byID[models.Assignment](tx.Reader, x.away.ID)
			a.Note = "another note"
			return errors.Join(err, tx.SaveAssignment(a))
		},
		"it ends": func(tx *Tx, x *hall) error {
			_, err := tx.EndAssignment(x.away.ID, 2, date("2026-01-01"), "recalled")
			return err
		},
		"it is handed over": func(tx *Tx, x *hall) error {
			_, err := tx.HandOver(HandOver{Assignment: x.away.ID, Version: 2, Successor: x.carl.ID, First: date("2026-01-01"), Last: date("2026-01-01")})
			return err
		},
		"its officer is erased":     func(tx *Tx, x *hall) error { return tx.erase(x.anna.ID) },
		"its stand-in is erased":    func(tx *Tx, x *hall) error { return tx.erase(x.carl.ID) },
		"its posting is restricted": func(tx *Tx, x *hall) error { x.abroad.Restricted = true; return tx.SavePosting(&x.abroad) },
	} {
		t.Run(name, func(t *testing.T) {
			stores(t, func(t *testing.T, s *Store) {
				x := addHall(t, s)
				x.away.Absences, x.away.Note, x.away.EndReason = absentIn("2023-01-01/2023-02-01", x.by.ID), "a note", "a reason"
				write(t, s, func(tx *Tx) error { return tx.SaveAssignment(&x.away) })
				write(t, s, func(tx *Tx) error { return do(tx, x) })
				got, err := s.As(models.Everything).Assignment(context.Background(), x.away.ID)
				if err != nil || len(got.Absences) != 1 || got.Absences[0].StandInID != x.by.ID || got.Absences[0].Period != period("2023-01-01/2023-02-01") {
					t.Errorf("it is %+v, %v", got, err)
				}
				if !sameDirectory(directory(t, s), reloaded(t, s)) {
					t.Error("the directory that followed is another than the one that is read anew")
				}
				sound(t, s)
			})
		})
	}
}
