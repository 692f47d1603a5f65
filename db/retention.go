package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/db/trail"
	"samband/models"
)

// What the trail holds in place of erased values: of an assignment, of a
// request, and of anything else noted about an officer or an account. The
// values of officers and accounts themselves are replaced by their pseudonym.
const (
	nothingWritten = `{"end_reason":"","note":""}`
	nothingAsked   = `{"asked":""}`
	nothingNoted   = `{}`
)

// pseudonym returns what replaces an officer whose data have been erased.
func pseudonym(o models.Officer) models.Officer {
	id := strconv.FormatInt(o.ID, 10)
	return models.Officer{ID: o.ID, Version: o.Version, AgencyID: o.AgencyID, Key: "former-" + id, Name: "Former officer " + id}
}

// Erased reports whether an officer's data have been replaced by a pseudonym.
func Erased(o models.Officer) bool { return o == pseudonym(o) }

// ErasureDue returns, by ID, the officers whose last assignment ended more than
// the given months before today and whose data have not been erased yet.
// Officers who were never posted are not among them.
func (s *Store) ErasureDue(ctx context.Context, today models.Date, months int) (due []models.Officer, err error) {
	k, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range k.directory.Officers() {
		last := models.Date(0)
		for _, a := range k.directory.Served(o.ID) {
			last = max(last, min(a.Last, k.directory.Post(a.PostingID).Closed))
		}
		if last > 0 && !last.Open() && last.Months(months) < today && !Erased(o) {
			due = append(due, o)
		}
	}
	slices.SortFunc(due, func(a, b models.Officer) int { return cmp.Compare(a.ID, b.ID) })
	return due, nil
}

// erase replaces whatever identifies an officer by a pseudonym: in the record,
// in the texts of his or her assignments, in the tie to an account, and
// throughout the trail. Days, postings and agencies stay.
func (tx *Tx) erase(officer int64) error {
	o, err := byID[models.Officer](tx.Reader, officer)
	if err != nil {
		return err
	}
	if err := tx.owe(); err != nil {
		return err
	}
	former := pseudonym(*o)
	if taken, err := exists[models.Officer](tx.Reader, "key = ? AND id <> ?", former.Key, o.ID); err != nil || taken {
		return errors.Join(err, fmt.Errorf("the key %s is taken", former.Key))
	}
	state, err := tx.stateOfAgency(o.AgencyID)
	if err != nil {
		return err
	}
	tx.touched[officerKind.touches(*o)] = struct{}{} // even if only the trail changes: directories rebuilt from it must not stay cached
	if err := UpdateAll(tx, []*models.Officer{o}, []*models.Officer{&former}); err != nil {
		return err
	}
	if err := tx.eraseTie(officer, state); err != nil {
		return err
	}
	if err := eraseTrail(tx, officerKind, former, officer); err != nil {
		return err
	}
	if err := tx.eraseAssignments(officer); err != nil {
		return err
	}
	return tx.eraseFilters(*o)
}

// eraseFilters removes from the trail the filters of exports and prints, the
// names of plans and views and the reasons of snoozes that contain a word of an
// officer's name, key or address; and from snoozes, plans, views and remarks
// themselves what names the officer.
func (tx *Tx) eraseFilters(o models.Officer) error {
	local, _, _ := strings.Cut(o.Email, "@")
	named := slices.DeleteFunc(models.SearchWords(o.Name+" "+o.Key+" "+local), func(w string) bool { return len(w) < 3 })
	names := func(text string) bool {
		words := models.Words(text)
		return slices.ContainsFunc(named, func(w string) bool { return slices.Contains(words, w) })
	}
	ids := map[trail.Subject][]int64{}
	asked := []string{"export", "print", "snooze", "keep", "discard", "carry_out"}
	err := tx.eachTrailRow("WHERE action IN ? AND "+events+" AND salt IS NOT NULL", []any{asked}, func(row trail.Row) error {
		text, err := url.QueryUnescape(*row.NewPersonal)
		if err != nil {
			text = *row.NewPersonal
		}
		if names(text) {
			of := trail.Subject{Noun: row.Noun, ID: row.RecordID}
			ids[of] = append(ids[of], row.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	inOrder := func(a, b trail.Subject) int { return cmp.Or(strings.Compare(a.Noun, b.Noun), cmp.Compare(a.ID, b.ID)) }
	for _, of := range slices.SortedFunc(maps.Keys(ids), inOrder) {
		nothing := nothingAsked
		_, err := rowsOf[trail.Row](tx.g).Where("id IN ?", ids[of]).Select("new_personal", "salt").Updates(tx.ctx, trail.Row{NewPersonal: &nothing})
		if err != nil {
			return err
		}
		if err := tx.Note(Event{Action: trail.Erase, Noun: of.Noun, ID: of.ID}); err != nil {
			return err
		}
	}
	return errors.Join(tx.eraseReasons(names), tx.erasePlans(o.ID, names), tx.eraseViews(names), tx.eraseRemarks(o.ID, names), tx.eraseReplaced(o.ID, names),
		tx.eraseUnsaved(o.ID, names), tx.eraseImports(names))
}

// eraseTrail replaces the personal values in all rows of a record by those of
// its present state, and notes the erasure in the trail.
func eraseTrail[T Record](tx *Tx, k *kind[T], now T, id int64) error {
	if err := tx.trail.flush(); err != nil {
		return err
	}
	var j trail.Writer
	j.Begin()
	k.json(&j, &now, true)
	values := j.End()
	about := trail.Subject{Noun: k.noun, ID: id}
	if err := errors.Join(tx.blot(about, "NOT "+events, values), tx.blot(about, events, nothingNoted)); err != nil {
		return err
	}
	if _, err := tx.rowsAbout(about).Where("record_key <> ''").Update(tx.ctx, "record_key", k.key(now)); err != nil {
		return err
	}
	state, err := k.state(tx, now)
	if err != nil {
		return err
	}
	return tx.Note(Event{Action: trail.Erase, Noun: k.noun, ID: id, State: state})
}

// events selects the rows of the trail that hold no record.
const events = "action NOT IN ('create', 'update', 'remove')"

func (tx *Tx) rowsAbout(subject trail.Subject) query[trail.Row] {
	return rowsOf[trail.Row](tx.g).Where("record_id = ? AND noun = ?", subject.ID, subject.Noun)
}

// blot replaces the personal values in the rows about a subject that meet a
// condition by a text, and removes the salt that proved them.
func (tx *Tx) blot(subject trail.Subject, where, stands string) error {
	rows := tx.rowsAbout(subject).Where(where)
	for _, column := range []string{"old_personal", "new_personal"} {
		if _, err := rows.Where(column+" IS NOT NULL").Update(tx.ctx, column, stands); err != nil {
			return err
		}
	}
	_, err := rows.Update(tx.ctx, "salt", nil)
	return err
}

// eraseAssignments removes the texts written about the assignments that an
// officer holds or ever held, even by mistake.
func (tx *Tx) eraseAssignments(officer int64) error {
	held, err := WithParts[models.Assignment](tx.Reader, "WHERE officer_id = ?", officer)
	if err != nil {
		return err
	}
	ids := map[int64]bool{}
	for _, a := range held {
		if a.Note == "" && a.EndReason == "" {
			continue
		}
		ids[a.ID] = true
		silent := *a
		silent.Note, silent.EndReason = "", ""
		if err := UpdateAll(tx, []*models.Assignment{a}, []*models.Assignment{&silent}); err != nil {
			return err
		}
	}
	if err := tx.trail.flush(); err != nil {
		return err
	}
	term := `%"officer_id":` + strconv.FormatInt(officer, 10) + `,%`
	var told []int64
	err = rowsOf[trail.Row](tx.g).Distinct("record_id").Where("noun = 'assignment' AND (old LIKE ? OR new LIKE ?)", term, term).
		Where("old_personal IS NOT NULL OR new_personal IS NOT NULL").Scan(tx.ctx, &told)
	if err != nil {
		return err
	}
	for _, id := range told {
		ids[id] = true
	}
	for id := range ids {
		// An assignment that another officer holds now keeps its texts, and
		// they are written to its trail afresh.
		now, err := byID[models.Assignment](tx.Reader, id)
		if errors.Is(err, ErrNotFound) {
			now, err = &models.Assignment{ID: id}, nil
		}
		if err != nil {
			return err
		}
		silent := *now
		silent.Note, silent.EndReason = "", ""
		if err := tx.silence(silent); err != nil {
			return err
		}
		if again := *now; now.Note != "" || now.EndReason != "" {
			if err := update(tx, []*models.Assignment{now}, []*models.Assignment{&again}, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// silence erases from the trail the texts written about an assignment.
func (tx *Tx) silence(a models.Assignment) error {
	if err := tx.blot(trail.Subject{Noun: assignmentKind.noun, ID: a.ID}, "true", nothingWritten); err != nil {
		return err
	}
	state, err := tx.stateOfPosting(a.PostingID)
	if err != nil {
		return err
	}
	return tx.Note(Event{Action: trail.Erase, Noun: assignmentKind.noun, ID: a.ID, State: state})
}
