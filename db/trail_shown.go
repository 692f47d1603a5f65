package db

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"samband/db/trail"
	"samband/models"

	"gorm.io/gorm"
)

// A trailView shows rows of the trail to one reader: references by name, and
// nothing that the reader may not see.
type trailView struct {
	Reader
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
			if row.Noun != assignmentKind.noun && !ties(row) {
				continue
			}
			if s, err := sideOf(one[0], one[1]); err == nil {
				officers, postings, accounts = append(officers, s.id("officer_id")), append(postings, s.id("posting_id")), append(accounts, s.id("account_id"))
				standIns = append(standIns, standInsIn(s)...)
			}
		}
	}
	var err error
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
	row, err := orNone(gorm.G[trail.Row](r.g).Where("noun = ? AND record_id = ? AND action = ?", kindOf[T]().noun, id, trail.Remove).Order("id DESC").Limit(1).Take(r.ctx))
	if err != nil || row.Old == nil {
		return nil, err
	}
	return decode[T](*row.Old, row.OldPersonal)
}

// show returns a row as the reader may see it.
func (t *trailView) show(row trail.Row) (seen models.TrailRow, err error) {
	seen = models.TrailRow{ID: row.ID, ActorID: row.ActorID, Actor: cmp.Or(row.Actor, t.accounts[row.ActorID]), Role: row.Role, Request: row.Request,
		Action: row.Action, Noun: row.Noun, RecordID: row.RecordID, State: models.State(row.State)}
	if seen.At, err = time.Parse(trail.Instants, row.At); err != nil {
		return seen, err
	}
	old, bad := sideOf(row.Old, row.OldPersonal)
	now, worse := sideOf(row.New, row.NewPersonal)
	if err := errors.Join(bad, worse); err != nil {
		return seen, err
	}
	known := !t.keepsBack(row, old, now)
	if known {
		seen.Name = t.name(row)
	}
	told := models.RowTold(known)
	for _, field := range fieldNames(old, now) {
		c := models.FieldChange{Field: field, Old: t.value(field, old), New: t.value(field, now)}
		if old.there && now.there && c.Old == c.New {
			continue
		}
		if c.Old == "" && c.New == "" || field == "id" || field == "version" {
			continue
		}
		if models.Tells(row.Noun, field) < told {
			c = models.FieldChange{Field: field, Withheld: true}
		}
		seen.Fields = append(seen.Fields, c)
	}
	return seen, nil
}

// ties reports whether a row ties an account to an officer or unties it.
func ties(row trail.Row) bool { return row.Action == actionTie || row.Action == actionUntie }

// keepsBack reports whether the reader may not see whom a row is about.
func (t *trailView) keepsBack(row trail.Row, old, now side) bool {
	if ties(row) {
		return !t.tieSeen(row)
	}
	if kept := nounsByName[row.Noun]; kept != nil {
		return kept.hides(t, row, old, now)
	}
	return !t.scope.Events(row.Noun)
}

// tieSeen reports whether the reader may know which officer an account is tied
// to.
func (t *trailView) tieSeen(row trail.Row) bool {
	return t.officers[row.RecordID] != nil && t.scope.Keeps(row.RecordID, models.State(row.State))
}

func (t *trailView) officerHidden(row trail.Row, old, now side) bool {
	o := t.officers[row.RecordID]
	if o == nil || o.Hidden() {
		return true
	}
	for _, s := range []side{old, now} { // also if masked at the time
		was := models.Officer{ID: row.RecordID, Masked: string(s.fields["masked"]) == "true"}
		if s.there && t.scope.OfficerTold(was, countryOf(t.agencies[s.id("agency_id")])) != models.Whole {
			return true
		}
	}
	return false
}

// holderHidden reports whether the reader may not see the officer of an
// assignment.
func (t *trailView) holderHidden(s side) bool {
	id := s.id("officer_id")
	o := t.officers[id]
	return !t.scope.Holder(id, o != nil && !o.Hidden(), !slices.Contains(t.hidden, s.id("posting_id")))
}

func (t *trailView) name(row trail.Row) string {
	if kept := nounsByName[row.Noun]; kept != nil {
		return kept.shown(t, row)
	}
	return row.RecordKey
}

// fieldNames returns the names of the fields of both sides, in alphabetical
// order.
func fieldNames(old, now side) []string {
	var names []string
	for _, s := range []side{old, now} {
		for name := range s.fields {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// value returns a field as text: a reference by name, a part row by row.
func (t *trailView) value(field string, s side) string {
	raw := s.fields[field]
	if len(raw) == 0 {
		return ""
	}
	switch field {
	case "agency_id":
		if a := t.agencies[s.id(field)]; a != nil {
			return a.Key
		}
	case "officer_id":
		if o := t.officers[s.id(field)]; o != nil {
			return o.Name
		}
	case "account_id":
		if email := t.accounts[s.id(field)]; email != "" {
			return email
		}
	case "posting_id":
		if key := t.postings[s.id(field)]; key != "" {
			return key
		}
	}
	if raw[0] == '[' {
		return t.entriesInWords(raw)
	}
	text, _, err := scalar(raw)
	switch {
	case err == nil && text != nil:
		return string(text)
	case string(raw) == "null" || string(raw) == "false":
		return ""
	}
	return string(raw)
}

// entriesInWords returns the rows of a part, one to a line. An end that is not known
// is "…".
func (t *trailView) entriesInWords(raw json.RawMessage) string {
	var entries []map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if d.Decode(&entries) != nil {
		return ""
	}
	var lines []string
	for _, e := range entries {
		id := func(field string) int64 {
			n, _ := strconv.ParseInt(fmt.Sprint(e[field]), 10, 64)
			return n
		}
		text := func(field string) string { s, _ := e[field].(string); return s }
		agency := ""
		if a := t.agencies[id("agency_id")]; a != nil {
			agency = a.Key
		}
		words := []string{cmp.Or(text("state"), text("country"), agency, text("name")), text("matter"), text("role"), text("name_en"), text("acronym"),
			cmp.Or(text("first_day"), "…") + "/" + strings.Replace(text("last_day"), models.Forever.String(), "…", 1), t.standIns[id("stand_in_id")], text("agreement"), text("reason")}
		lines = append(lines, strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "))
	}
	return strings.Join(lines, "\n")
}
