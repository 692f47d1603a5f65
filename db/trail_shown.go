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
)

// show returns a row as the reader may see it.
func (t *trailView) show(row trail.Row) (seen models.TrailRow, err error) {
	seen = models.TrailRow{ID: row.ID, ActorID: row.ActorID, Actor: cmp.Or(row.Actor, t.accounts[row.ActorID]), Role: row.Role, Request: row.Request,
		Action: row.Action, Noun: row.Noun, RecordID: row.RecordID, State: models.State(row.State)}
	if seen.At, err = time.Parse(trail.Instants, row.At); err != nil {
		return seen, err
	}
	for _, im := range t.imports {
		if row.ID >= im.First && row.ID <= im.Last+1 { // and then its note
			seen.Import = im.ID
		}
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
