package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/models"
)

const actionErase = "erase"

// What stands in the trail for what has been erased: of an assignment, of what
// was asked for, and of what else was noted about an officer or an account. In
// their own place stands their pseudonym.
const (
	nothingWritten = `{"end_reason":"","note":""}`
	nothingAsked   = `{"asked":""}`
	nothingNoted   = `{}`
)

// pseudonym is what stands for an officer whose data have been erased.
func pseudonym(o models.Officer) models.Officer {
	id := strconv.FormatInt(o.ID, 10)
	return models.Officer{ID: o.ID, Version: o.Version, AgencyID: o.AgencyID, Key: "former-" + id, Name: "Former officer " + id}
}

// Erased reports whether an officer's data have been replaced by a pseudonym.
func Erased(o models.Officer) bool { return o == pseudonym(o) }

// ErasureDue returns the officers whose last assignment ended more than so many
// months before today, and whose data have not been erased yet, by ID. Who was
// never posted is not among them.
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

// erase replaces what tells who an officer is by a pseudonym: in the record, in
// what is written about his or her assignments, in which account was the
// officer's, and in the whole trail. Days, postings and agencies stay.
func (tx *Tx) erase(officer int64) error {
	o, err := byID[models.Officer](tx.reader, officer)
	if err != nil {
		return err
	}
	if err := tx.owe(); err != nil {
		return err
	}
	former := pseudonym(*o)
	if taken, err := tx.exists("SELECT 1 FROM officers WHERE key = ? AND id <> ?", former.Key, o.ID); err != nil || taken {
		return errors.Join(err, fmt.Errorf("the key %s is taken", former.Key))
	}
	state, err := tx.stateOfAgency(o.AgencyID)
	if err != nil {
		return err
	}
	tx.touched[officerKind.touches(*o)] = struct{}{} // also if only the trail still tells: no directory made from it may be kept
	if err := updateAll(tx, []*models.Officer{o}, []*models.Officer{&former}); err != nil {
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

// eraseFilters takes out of the trail what files and prints were filtered by,
// and why findings were put off, where a word of an officer's name, key or
// address stands in it; and such reasons where findings are still put off.
func (tx *Tx) eraseFilters(o models.Officer) error {
	local, _, _ := strings.Cut(o.Email, "@")
	named := slices.DeleteFunc(models.SearchWords(o.Name+" "+o.Key+" "+local), func(w string) bool { return len(w) < 3 })
	names := func(text string) bool {
		words := models.Words(text)
		return slices.ContainsFunc(named, func(w string) bool { return slices.Contains(words, w) })
	}
	ids := map[erasable][]int64{}
	err := tx.each("SELECT id, noun, record_id, new_personal FROM audit WHERE action IN ('export', 'print', 'snooze', 'keep', 'discard', 'carry_out') AND action NOT IN ('create', 'update', 'remove') AND salt IS NOT NULL",
		nil, func(rows *sql.Rows) error {
			var id int64
			var of erasable
			var personal string
			if err := rows.Scan(&id, &of.noun, &of.id, &personal); err != nil {
				return err
			}
			text, err := url.QueryUnescape(personal)
			if err != nil {
				text = personal
			}
			if names(text) {
				ids[of] = append(ids[of], id)
			}
			return nil
		})
	if err != nil {
		return err
	}
	inOrder := func(a, b erasable) int { return cmp.Or(strings.Compare(a.noun, b.noun), cmp.Compare(a.id, b.id)) }
	for _, of := range slices.SortedFunc(maps.Keys(ids), inOrder) {
		if _, err := tx.exec("UPDATE audit SET new_personal = ?, salt = NULL WHERE id IN ?", nothingAsked, ids[of]); err != nil {
			return err
		}
		if err := tx.Note(Event{Action: actionErase, Noun: of.noun, ID: of.id}); err != nil {
			return err
		}
	}
	return errors.Join(tx.eraseReasons(names), tx.erasePlans(o.ID, names))
}

// eraseTrail puts the personal values of a record, as it is now, in the place
// of those in all its rows, and notes that.
func eraseTrail[T record](tx *Tx, k *kind[T], now T, id int64) error {
	if err := tx.trail.flush(); err != nil {
		return err
	}
	var j jsonWriter
	j.begin()
	k.json(&j, &now, true)
	values := j.end()
	for _, column := range []string{"old_personal", "new_personal"} {
		_, err := tx.exec("UPDATE audit SET "+column+" = CASE WHEN action IN ('create', 'update', 'remove') THEN ? ELSE ? END WHERE record_id = ? AND noun = ? AND "+column+" IS NOT NULL",
			values, nothingNoted, id, k.noun)
		if err != nil {
			return err
		}
	}
	_, err := tx.exec("UPDATE audit SET salt = NULL WHERE record_id = ? AND noun = ?", id, k.noun)
	if err != nil {
		return err
	}
	_, err = tx.exec("UPDATE audit SET record_key = ? WHERE record_id = ? AND noun = ? AND record_key <> ''", k.key(now), id, k.noun)
	if err != nil {
		return err
	}
	state, err := k.state(tx, now)
	if err != nil {
		return err
	}
	return tx.Note(Event{Action: actionErase, Noun: k.noun, ID: id, State: state})
}

// eraseAssignments takes away what is and was written about the assignments
// that an officer holds or held, also by mistake.
func (tx *Tx) eraseAssignments(officer int64) error {
	held, err := allOf[models.Assignment](tx.reader, "WHERE officer_id = ? ORDER BY id", officer)
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
		if err := updateAll(tx, []*models.Assignment{a}, []*models.Assignment{&silent}); err != nil {
			return err
		}
	}
	if err := tx.trail.flush(); err != nil {
		return err
	}
	term := `%"officer_id":` + strconv.FormatInt(officer, 10) + `,%`
	err = tx.each("SELECT DISTINCT record_id FROM audit WHERE noun = 'assignment' AND (old LIKE ? OR new LIKE ?) AND (old_personal IS NOT NULL OR new_personal IS NOT NULL)",
		[]any{term, term}, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			ids[id] = true
			return err
		})
	if err != nil {
		return err
	}
	for id := range ids {
		// One that another officer holds now keeps what is written about it, and
		// its trail begins anew with that.
		now, err := byID[models.Assignment](tx.reader, id)
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
		if again := *now; again != silent {
			if err := update(tx, []*models.Assignment{now}, []*models.Assignment{&again}, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// silence erases what the trail holds of what was written about an assignment.
func (tx *Tx) silence(a models.Assignment) error {
	for _, column := range []string{"old_personal", "new_personal"} {
		if _, err := tx.exec("UPDATE audit SET "+column+" = ? WHERE record_id = ? AND noun = 'assignment' AND "+column+" IS NOT NULL", nothingWritten, a.ID); err != nil {
			return err
		}
	}
	if _, err := tx.exec("UPDATE audit SET salt = NULL WHERE record_id = ? AND noun = 'assignment'", a.ID); err != nil {
		return err
	}
	state, err := tx.stateOfPosting(a.PostingID)
	if err != nil {
		return err
	}
	return tx.Note(Event{Action: actionErase, Noun: assignmentKind.noun, ID: a.ID, State: state})
}
