package db

import (
	"encoding/json"
	"slices"
	"strconv"

	"samband/db/trail"
	"samband/models"
)

// A trailView shows rows of the trail to one reader: references by name, and
// nothing that the reader may not see.
type trailView struct {
	Reader
	imports  []Import                  // that have left rows among them
	hidden   []int64                   // postings whose holders are hidden
	accounts map[int64]string          // e-mail addresses of actors and of accounts mentioned
	agencies map[int64]*models.Agency  // all
	officers map[int64]*models.Officer // those mentioned, as the reader may see them
	postings map[int64]string          // keys of those mentioned
	standIns map[int64]string          // keys of the assignments that stand in, as the reader may see them
}

// A side is what the trail holds of a record on one side of a row.
type side struct {
	fields map[string]json.RawMessage
	there  bool
}

func (s side) id(field string) int64 {
	n, _ := strconv.ParseInt(string(s.fields[field]), 10, 64)
	return n
}

func sideOf(public, personal *string) (s side, err error) {
	if public == nil {
		return s, nil
	}
	s.there = true
	s.fields, err = trail.Fields(*public, personal)
	return s, err
}

// trailView looks up everything that the rows mention.
func (r Reader) trailView(rows []trail.Row) (*trailView, error) {
	t := &trailView{Reader: r}
	var officers, postings, accounts, standIns []int64
	for _, row := range rows {
		accounts = append(accounts, row.ActorID)
		if row.Noun == accountKind.noun {
			accounts = append(accounts, row.RecordID)
		}
		switch row.Noun {
		case officerKind.noun:
			officers = append(officers, row.RecordID)
		case postingKind.noun:
			postings = append(postings, row.RecordID)
		}
		for _, one := range [][2]*string{{row.Old, row.OldPersonal}, {row.New, row.NewPersonal}} {
			if row.Noun != assignmentKind.noun && row.Noun != remarkKind.noun && !ties(row) {
				continue
			}
			if s, err := sideOf(one[0], one[1]); err == nil {
				switch about, id := remarkOn(s); about {
				case officerKind.noun:
					officers = append(officers, id)
				case postingKind.noun:
					postings = append(postings, id)
				}
				officers, postings, accounts = append(officers, s.id("officer_id")), append(postings, s.id("posting_id")), append(accounts, s.id("account_id"))
				standIns = append(standIns, standInsIn(s)...)
			}
		}
	}
	var err error
	if t.imports, err = r.importsOfRows(rows); err != nil {
		return nil, err
	}
	if t.hidden, err = r.hidden(); err != nil {
		return nil, err
	}
	if t.agencies, err = gather[models.Agency](r); err != nil {
		return nil, err
	}
	if t.officers, err = byIDs[models.Officer](r, officers); err != nil {
		return nil, err
	}
	if err := t.removed(officers); err != nil {
		return nil, err
	}
	for _, o := range t.officers {
		r.officer(o, t.agencies[o.AgencyID])
	}
	slices.Sort(postings)
	postings = slices.Compact(postings)
	if t.postings, err = keysOf[models.Posting](r, postings); err != nil {
		return nil, err
	}
	if err := t.removedPostings(postings); err != nil {
		return nil, err
	}
	if t.standIns, err = r.standInKeys(standIns); err != nil {
		return nil, err
	}
	t.accounts, err = keysOf[models.Account](r, accounts)
	return t, err
}

// standInsIn returns the assignments that stand in according to one side of a row.
func standInsIn(s side) (ids []int64) {
	var absences []struct {
		StandIn int64 `json:"stand_in_id"`
	}
	if json.Unmarshal(s.fields["absences"], &absences) == nil {
		for _, x := range absences {
			ids = append(ids, x.StandIn)
		}
	}
	return ids
}

// standInKeys returns the keys of assignments, as the reader may see them.
func (r Reader) standInKeys(ids []int64) (map[int64]string, error) {
	keys := map[int64]string{}
	hidden, err := r.hidden()
	if err != nil || len(ids) == 0 {
		return keys, err
	}
	rows, err := r.assignmentRows(ids)
	for _, row := range rows {
		if !slices.Contains(hidden, row.PostingID) {
			keys[row.ID] = row.Key
		}
	}
	return keys, err
}

// keysOf returns the keys of records by their IDs.
func keysOf[T Record](r Reader, ids []int64) (map[int64]string, error) {
	found, err := byIDs[T](r, ids)
	k, keys := kindOf[T](), map[int64]string{}
	for id, one := range found {
		keys[id] = k.key(*one)
	}
	return keys, err
}

// removed looks up in the trail officers who no longer exist: those who were
// masked stay so.
func (t *trailView) removed(ids []int64) error {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if id == 0 || t.officers[id] != nil {
			continue
		}
		o, err := removedRecord[models.Officer](t.Reader, id)
		if err != nil {
			return err
		}
		if o != nil {
			t.officers[id] = o
		}
	}
	return nil
}

// removedPostings looks up in the trail postings that no longer exist: those
// that were restricted stay so.
func (t *trailView) removedPostings(ids []int64) error {
	for _, id := range ids {
		if id == 0 || t.postings[id] != "" {
			continue
		}
		p, err := removedRecord[models.Posting](t.Reader, id)
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		t.postings[id] = p.Key
		if sending := t.agencies[p.AgencyID]; sending == nil || !t.scope.Holders(*p, sending.Country) {
			t.hidden = append(t.hidden, id)
		}
	}
	return nil
}

// removedRecord returns a record as it was when it was removed, nil if it never
// was.
func removedRecord[T Record](r Reader, id int64) (*T, error) {
	row, err := orNone(rowsOf[trail.Row](r.g).Where("noun = ? AND record_id = ? AND action = ?", kindOf[T]().noun, id, trail.Remove).Order("id DESC").Limit(1).Take(r.ctx))
	if err != nil || row.Old == nil {
		return nil, err
	}
	return decode[T](*row.Old, row.OldPersonal)
}
