package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"samband/db/dbtest"
	"samband/db/trail"
	"samband/models"
)

// restoresEachField changes a record in every field and restores each field in
// turn, to the value before. It leaves the changed record.
func restoresEachField[T Record](t *testing.T, s *Store, was, now T, save func(*Tx, *T) error) {
	t.Helper()
	ctx, k := context.Background(), kindOf[T]()
	*ID(&now), *Version(&now) = *ID(&was), *Version(&was)
	write(t, s, func(tx *Tx) error { return save(tx, &now) })
	row := lastRow(t, s, k.noun, *ID(&was))
	told := func(one T) map[string]json.RawMessage {
		var j trail.Writer
		k.text(&one, &j)
		fields, err := trail.Fields(j.End(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, column := range k.columns { // empty fields may be left out
			if _, there := fields[column]; !there {
				fields[column] = json.RawMessage(`""`)
			}
		}
		return fields
	}
	before, after := told(was), told(now)
	restored := now
	for field := range before {
		one, err := Undone(ctx, s.As(models.Everything), restored, row, field)
		if field == "id" || field == "version" {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("%s of %s is restored: %v", field, k.noun, err)
			}
			continue
		}
		if string(before[field]) == string(after[field]) {
			t.Errorf("%s of %s has not changed", field, k.noun)
		}
		if err != nil {
			t.Errorf("%s of %s: %v", field, k.noun, err)
			continue
		}
		for other, value := range told(*one) {
			want := told(restored)[other]
			if other == field {
				want = before[field]
			}
			if string(value) != string(want) {
				t.Errorf("restoring %s of %s makes %s %s, want %s", field, k.noun, other, value, want)
			}
		}
		restored = *one
	}
	want := was
	*Version(&want) = *Version(&restored)
	kindOf[T]().adopt(new(T), &want) // the rows of their parts have no IDs
	kindOf[T]().adopt(new(T), &restored)
	if !t.Failed() && !reflect.DeepEqual(restored, want) {
		t.Errorf("all of it restored is %+v, want %+v", restored, want)
	}
	for wrong, field := range map[int64]string{row: "nothing", 0: "key", row + 1000: "key"} {
		if _, err := Undone(ctx, s.As(models.Everything), now, wrong, field); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s of row %d of %s is restored: %v", field, wrong, k.noun, err)
		}
	}
	write(t, s, func(tx *Tx) error { return save(tx, &restored) })
}

func TestRestoringEachField(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, y := addSample(t, s), models.Agency{Country: "DK", Kind: "customs", Name: "Toldstyrelsen", Period: models.Period{Last: models.Forever}}
		other, c := models.Officer{Name: "Søren Kjær"}, models.ContactPoint{State: "SE", Matter: "both", Name: "NOA", Phone: "+46", Email: "noa@example.org", Hours: "24/7"}
		p := models.Posting{HostCountry: "NL", HostCity: "Haag", HostBody: "europol", Opened: date("2004-01-01"), Closed: date("2035-12-31"), Restricted: true, Note: "x \"y\"\n ",
			Representations: models.Posting{Opened: date("2004-01-01")}.Represents("")[:3], Coverages: []models.Coverage{{Country: "BE", Period: period("2010-02-28/2012-02-29")}},
			Suspensions: []models.Suspension{{Period: period("2010-01-01/2010-02-01"), Reason: "storm"}}}
		board := models.Body{Kind: models.Board, Key: "board", Name: "Board", HqCountry: "NL", HqCity: "Haag", Ended: models.Forever}
		project := models.Project{Area: "narcotics", Title: "P", LeadCountry: "SE", Period: models.Period{Last: models.Forever}, Agencies: []models.ProjectAgency{{Period: models.Period{Last: models.Forever}}}}
		a := models.Account{Email: "a@example.org", Rights: models.ParseRights("partner:SE coordinator:all"), Demo: true, Issuer: "i", Subject: "s"}
		write(t, s, func(tx *Tx) error {
			err := tx.SaveAgency(&y)
			other.AgencyID, p.AgencyID = y.ID, y.ID
			p.Representations[2] = models.Representation{State: "DK", Matter: "both", Period: period("2004-01-01"), Agreement: "a letter"}
			p.Representations = p.Representations[1:]
			project.Agencies[0].AgencyID = x.agency.ID
			return errors.Join(err, tx.SaveBody(&board), tx.SaveProject(&project), tx.SaveOfficer(&other), tx.SavePosting(&p), tx.SaveContactPoint(&c), tx.SaveAccount(&a))
		})
		restoresEachField(t, s, x.agency, models.Agency{Key: "k", Country: "FI", Kind: "customs", Name: "Tulli", NameEn: "Customs", Acronym: "T", Period: period("2000-01-01/2039-12-31"),
			Names: []models.AgencyName{{Name: "Tullilaitos", NameEn: "Board", Acronym: "TL", Period: period("2000-01-01/2008-12-31")}}}, (*Tx).SaveAgency)
		restoresEachField(t, s, x.officer, models.Officer{Key: "o", AgencyID: y.ID, Name: "Åsa", Rank: "r", Email: "a@b", Phone: "1", Languages: "da", Masked: true, Areas: "narcotics forensics", Note: "n"}, (*Tx).SaveOfficer)
		now := x.posting
		now.Key, now.AgencyID, now.HostCountry, now.HostCity, now.HostBody, now.Role, now.Areas = "p", y.ID, "NL", "Haag", board.Key, models.Expert, "firearms"
		now.Opened, now.Closed, now.Restricted, now.Note = date("2004-01-01"), date("2035-12-31"), true, "x \"y\"\n "
		now.Representations, now.Coverages, now.Suspensions = p.Representations, nil, p.Suspensions
		restoresEachField(t, s, x.posting, now, (*Tx).SavePosting)
		x.assignment.PlannedLast = 0
		restoresEachField(t, s, x.assignment, models.Assignment{Key: "a", OfficerID: other.ID, PostingID: p.ID, Period: period("2012-03-01/2030-01-01"),
			PlannedLast: date("2031-01-01"), EndReason: "e", Note: "n", Absences: []models.Absence{{Period: period("2013-01-01/2013-02-28")}}}, (*Tx).SaveAssignment)
		restoresEachField(t, s, project, models.Project{Key: "k", Body: "europol", Area: "forensics", Title: "x", LeadCountry: "DK", Period: period("2010-01-01/2012-12-31"), Note: "n",
			Agencies: []models.ProjectAgency{{AgencyID: y.ID, Period: period("2010-01-01/2011-12-31")}}}, (*Tx).SaveProject)
		restoresEachField(t, s, board, models.Body{Key: "other", Parent: "europol", Kind: models.Committee, Name: "B", NameEn: "C", Acronym: "D", HqCountry: "SE", HqCity: "Visby", Founded: date("1996-05-03"),
			Ended: date("2030-01-01"), MandateUntil: date("2029-01-01"), LegalBasis: "a decision", Areas: "narcotics", Note: "n",
			Names: []models.BodyName{{Name: "A", Period: period("1996-05-03/1997-01-01")}}, Members: []models.BodyMember{{Country: "EE", Role: models.FullMember, Period: period("1996-05-03")}},
			Chairs: []models.Chair{{Country: "LV", Period: period("2017-01-01/2018-12-31")}}}, writeOver)
		restoresEachField(t, s, c, models.ContactPoint{State: "DK", Matter: "police", Name: "NSK", Phone: "+45", Email: "", Hours: "8-16"}, (*Tx).SaveContactPoint)
		restoresEachField(t, s, a, models.Account{Email: "b@example.org", Rights: models.ParseRights("auditor:IS"), Disabled: true}, (*Tx).SaveAccount)
		sound(t, s)
	})
}

// writeOver writes a record over the one that is kept, whatever the rules say: the
// key of a body is not changed by any save.
func writeOver[T Record](tx *Tx, one *T) error {
	old, err := stored(tx, one)
	if err != nil {
		return err
	}
	return UpdateAll(tx, []*T{old}, []*T{one})
}

func TestRestoringAfterAnErasure(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, secrets := addForgotten(t, s)
		officer, assignment := lastRow(t, s, "officer", x.officer.ID), lastRow(t, s, "assignment", x.assignment.ID)
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		ctx, v := context.Background(), s.As(models.Everything)
		o, err := v.Officer(ctx, x.officer.ID)
		a, bad := v.Assignment(ctx, x.assignment.ID)
		if err := errors.Join(err, bad); err != nil {
			t.Fatal(err)
		}
		for _, field := range []string{"key", "name", "rank", "email", "phone", "languages", "note"} {
			if got, err := Undone(ctx, v, o, officer, field); err != nil || *got != o || o.Name != fmt.Sprint("Former officer ", o.ID) {
				t.Errorf("%s restored is %+v, %v", field, got, err)
			}
		}
		for _, field := range []string{"note", "end_reason"} {
			if got, err := Undone(ctx, v, a, assignment, field); err != nil || !reflect.DeepEqual(*got, a) {
				t.Errorf("%s restored is %+v, %v", field, got, err)
			}
		}
		for noun, id := range map[string]int64{"officer": o.ID, "assignment": a.ID} {
			told, err := v.History(ctx, noun, id, 100)
			if err != nil || !slices.ContainsFunc(told, func(seen models.TrailRow) bool { return seen.Action == "erase" }) {
				t.Errorf("the history of the %s does not tell of the erasure: %v", noun, err)
			}
			text := strings.ToLower(fmt.Sprint(told))
			if i := slices.IndexFunc(secrets, func(secret string) bool { return strings.Contains(text, secret) }); i >= 0 {
				t.Errorf("%q is in the history of the %s", secrets[i], noun)
			}
		}
	})
}

// A row from when an assignment was a masked officer's restores nothing to a
// reader who may only see the present officer.
func TestRestoringTellsNothingOfWhatIsHidden(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addStage(t, s)
		dane := models.Officer{AgencyID: x.dk.ID, Name: "Vqpell", Masked: true}
		a := models.Assignment{PostingID: x.open.ID, Period: period("2020-01-01"), Note: "kanarienot", EndReason: "kanarieslut"}
		write(t, s, func(tx *Tx) error {
			err := tx.SaveOfficer(&dane)
			a.OfficerID = dane.ID
			return errors.Join(err, tx.SaveAssignment(&a))
		})
		a.OfficerID, a.Note, a.EndReason = x.posted.ID, "", ""
		write(t, s, func(tx *Tx) error { return tx.SaveAssignment(&a) })
		v, row := s.As(models.ParseRights("coordinator:SE").Scope()), lastRow(t, s, "assignment", a.ID)
		for _, field := range []string{"note", "end_reason"} {
			if got, err := Undone(context.Background(), v, a, row, field); err == nil && !reflect.DeepEqual(*got, a) {
				t.Errorf("%s restored is %+v", field, *got)
			}
		}
		if _, err := Undone(context.Background(), s.As(models.Scope{}), x.byMasked, lastRow(t, s, "assignment", x.byMasked.ID), "note"); !errors.Is(err, ErrNotFound) {
			t.Errorf("of an assignment whose officer is not seen: %v", err)
		}
	})
}

// The holder of a restricted posting stays hidden after the posting is gone,
// and so does a name that somebody filtered a page by.
func TestTrailTellsNothingOfWhatIsHidden(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addStage(t, s)
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.RemoveAssignment(x.byPosted.ID, 1), tx.RemoveAssignment(x.byBoth.ID, 1), tx.RemoveAssignment(x.byMasked.ID, 1),
				tx.RemovePosting(x.restricted.ID, 1), tx.RemoveOfficer(x.masked.ID, 1),
				tx.Note(Event{Action: "export", Noun: "file", Filter: "text=zyxwana"}), tx.Note(Event{Action: "print", Noun: "page", Filter: "text=zyxwana"}))
		})
		for _, a := range audiences {
			hidden, _ := x.secrets(a)
			rights := models.ParseRights(a.rights)
			told, err := s.As(rights.Scope()).Trail(context.Background(), rights, TrailFilter{}, 1000)
			if n, bad := s.As(rights.Scope()).CountTrail(context.Background(), rights, TrailFilter{}); n != len(told) || bad != nil {
				t.Errorf("with %q, %d rows are counted, and %d are there: %v", a.rights, n, len(told), bad)
			}
			if rights.Holds(models.Auditor) != (err == nil && len(told) > 0) {
				t.Errorf("with %q, the trail has %d rows, %v", a.rights, len(told), err)
			}
			for _, seen := range told {
				text := fmt.Sprintf("%+v", seen)
				for _, secret := range append(hidden, map[bool]string{false: "zyxwana", true: "\x00"}[a.masked]) {
					if strings.Contains(text, secret) {
						t.Errorf("with %q, %q is in the row of %s %s", a.rights, secret, seen.Action, seen.Noun)
					}
				}
				if seen.Noun == "assignment" && !a.holders && strings.Contains(text, x.posted.Name) {
					t.Errorf("with %q, the row of %s %s tells who held the posting", a.rights, seen.Action, seen.Noun)
				}
			}
		}
	})
}

// Nothing in the trail, which is kept for ever, gives access.
func TestNoSecretStandsInTheTrail(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		forward := clocked(s)
		a := addAccount(t, s, "a@example.org", "partner:SE")
		secret, _, err := NewSecondFactor(a.Email, "")
		secrets := []string{rightPassword, hashedOnce(), "argon2id", "sessionkanarie", secret}
		write(t, s, func(tx *Tx) error {
			token, bad := tx.AddToken(&Token{Account: a.ID, Expires: 366}, 1)
			link, worse := tx.NewLink(a.ID, time.Hour)
			recovery, worst := tx.SetSecondFactor(a.ID, secret, totpCode(t, secret, s.now()))
			secrets = append(append(secrets, token, link, hashed(token), hashed(link)), recovery...)
			return errors.Join(err, bad, worse, worst)
		})
		forward(time.Minute)
		if err := s.SaveSession(context.Background(), Session{ID: "sessionkanarie", Account: a.ID, Data: []byte("sessionkanarie"), Expires: s.now().Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.UseSecondFactor(a.ID, secrets[len(secrets)-1]), tx.UseSecondFactor(a.ID, totpCode(t, secret, s.now())),
				tx.SetPassword(a.ID, hashedOnce(), "sessionkanarie"), tx.DropSecondFactor(a.ID), tx.Reset(a.ID))
		})
		text := dump(t, s, "audit")
		for _, secret := range append(secrets, strings.ReplaceAll(secrets[len(secrets)-1], "-", "")) {
			if len(secret) < 8 || strings.Contains(text, secret) {
				t.Errorf("%q is in the trail", secret)
			}
		}
		for _, action := range []string{"set_password", "set_second_factor", "use_recovery_code", "drop_second_factor", "reset"} {
			if !strings.Contains(text, action+"\n") {
				t.Errorf("the trail does not tell of %s", action)
			}
		}
	})
}

// TestTrailOfVersionOne opens a database whose trail predates the chain and was
// written as text with names in it.
func TestTrailOfVersionOne(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		versionOne(t, database, []string{
			`INSERT INTO agencies VALUES (1, 1, 'se-police', 'SE', 'police', 'Polisen', '', '', NULL, '9999-12-31')`,
			`INSERT INTO officers VALUES (3, 2, 'o-ase', 1, 'Åse Lindqvist', 'kommissarie', 'ase@example.org', '+46', 'sv', false, 'a note')`,
			`INSERT INTO postings VALUES (6, 1, 'bangkok', 1, 'TH', 'Bangkok', '', '2005-01-01', '9999-12-31', 'a post')`,
			`INSERT INTO representations VALUES (7, 6, 'SE', 'both', '2005-01-01', '9999-12-31', '')`,
			`INSERT INTO assignments VALUES (9, 1, 'a-1', 3, 6, '2020-01-01', '9999-12-31', NULL, '', 'sits well')`,
			`UPDATE directory SET revision = 5, next_id = 40`,
		}, [][]any{
			{2, 1, "create", "agency", 1, "se-police", nil, `{"id":1,"version":1,"key":"se-police","country":"SE","kind":"police","name":"Polisen","name_en":"","acronym":"","first_day":null,"last_day":"9999-12-31"}`},
			{4, 1, "create", "officer", 3, "o-ase", nil, `{"id":3,"version":1,"key":"o-ase","agency_id":1,"name":"Åse \"Lind\"","rank":"","email":"","phone":"","languages":"","masked":true,"note":""}`},
			{5, 2, "update", "officer", 3, "o-ase", `{"id":3,"version":1,"key":"o-ase","agency_id":1,"name":"Åse \"Lind\"","rank":"","email":"","phone":"","languages":"","masked":true,"note":""}`,
				`{"id":3,"version":2,"key":"o-ase","agency_id":1,"name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46","languages":"sv","masked":false,"note":"a note"}`},
			{8, 3, "create", "posting", 6, "bangkok", nil, `{"id":6,"version":1,"key":"bangkok","agency_id":1,"host_country":"TH","host_city":"Bangkok","host_organisation":"","opened":"2005-01-01","closed":"9999-12-31","note":"a post","representations":[{"state":"SE","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[]}`},
			{10, 4, "create", "assignment", 9, "a-1", nil, `{"id":9,"version":1,"key":"a-1","officer_id":3,"posting_id":6,"first_day":"2020-01-01","last_day":"9999-12-31","planned_last_day":null,"end_reason":"","note":"sits well"}`},
			{12, 4, "create", "contact_point", 11, "SE both NOA", nil, `{"id":11,"version":1,"state":"SE","matter":"both","name":"NOA","phone":"","email":"","hours":""}`},
			{13, 5, "remove", "contact_point", 11, "SE both NOA", `{"id":11,"version":1,"state":"SE","matter":"both","name":"NOA","phone":"","email":"","hours":""}`, nil},
		})
		s := open(t, database)
		sound(t, s)
		all := trailRows(t, s)
		var got []string
		for _, row := range all {
			for _, public := range []*string{row.Old, row.New} {
				if public != nil && (strings.Contains(*public, "Lind") || strings.Contains(*public, "o-ase") || strings.Contains(*public, "sits well")) {
					t.Errorf("row %d tells %s", row.ID, *public)
				}
			}
			got = append(got, fmt.Sprintln(row.ID, row.Revision, row.At, row.Actor, row.Request, row.Action, row.Noun, row.RecordID, row.RecordKey, row.State,
				row.Old != nil, row.New != nil, row.OldPersonal != nil, row.NewPersonal != nil))
		}
		const who = "2026-01-02T03:04:05.006Z ase r-9"
		want := []string{"2 1 " + who + " create agency 1 se-police  false true false false\n", "4 1 " + who + " create officer 3 o-ase SE false true false true\n",
			"5 2 " + who + " update officer 3 o-ase SE true true true true\n", "8 3 " + who + " create posting 6 bangkok SE false true false false\n",
			"10 4 " + who + " create assignment 9 a-1 SE false true false true\n", "12 4 " + who + " create contact_point 11 SE both NOA SE false true false false\n",
			"13 5 " + who + " remove contact_point 11 SE both NOA SE true false false false\n"}
		if !slices.Equal(got, want) {
			t.Errorf("got\n%swant\n%s", strings.Join(got, ""), strings.Join(want, ""))
		}
		v, ctx := s.As(models.Everything), context.Background()
		o, err := v.Officer(ctx, 3)
		if err != nil || o.Name != "Åse Lindqvist" || o.Version != 2 || foundBy(t, v, Filter{Text: "lindqv"}) != "0 1 1" {
			t.Errorf("the officer is %+v, %v", o, err)
		}
		if back, err := Undone(ctx, v, o, 5, "name"); err != nil || back.Name != `Åse "Lind"` {
			t.Errorf("the name of before is %+v, %v", back, err)
		}
		begins := time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC)
		_, err = mustKnow(t, v, begins).Directory(ctx)
		if b, ok := errors.AsType[*BeforeRecord](err); !ok || !b.Begins.Equal(begins) {
			t.Errorf("before the first row of version 1, reading gives %v", err)
		}
		if d := directoryOf(t, mustKnow(t, v, begins.Add(time.Millisecond))); d.Officer(3).Name != "Åse Lindqvist" {
			t.Errorf("after the rows of version 1 the officer was %+v", d.Officer(3))
		}
		write(t, s, func(tx *Tx) error { return tx.erase(3) })
		if text := dump(t, s); strings.Contains(text, "Lind") || strings.Contains(text, "audit_before") || strings.Contains(text, "sits well") {
			t.Error("what is erased is still there")
		}
		sound(t, open(t, database))
	})
}

// versionOne creates a database as version 1 left it, from statements and rows
// of its trail.
func versionOne(t *testing.T, database string, statements []string, trail [][]any) {
	t.Helper()
	ctx := context.Background()
	s := newStore()
	var err error
	if s.postgres = strings.HasPrefix(database, "postgres"); s.postgres {
		err = s.openPostgres(database)
	} else {
		err = s.openWriter(ctx, database)
	}
	all, bad := migrations()
	if err := errors.Join(err, bad); err != nil {
		t.Fatal(err)
	}
	err = s.locked(ctx, s.wait, func(g *gorm.DB) error {
		_, err := s.version(ctx, g)
		err = errors.Join(err, s.run(ctx, g, all[0]))
		for _, statement := range statements {
			err = errors.Join(err, g.Exec(statement).Error)
		}
		for _, row := range trail {
			err = errors.Join(err, g.Exec("INSERT INTO audit (id, revision, action, noun, record_id, record_key, old, new, at, actor, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				append(row, "2026-01-02T03:04:05.006Z", "ase", "r-9")...).Error)
		}
		return err
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
}
