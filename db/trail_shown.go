package db

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"samband/models"
)

// A teller tells rows of the trail to one reader: references by name, and of
// what is not to be seen nothing.
type teller struct {
	reader
	hidden   []int64                   // postings whose holders are not seen
	accounts map[int64]string          // e-mail addresses, of who acted and who is spoken of
	agencies map[int64]*models.Agency  // all
	officers map[int64]*models.Officer // that are spoken of, as seen
	postings map[int64]string          // that are spoken of, by key
}

// side is what the trail holds of a record on one side of a row.
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
	s.fields, err = fieldsOf(*public, personal)
	return s, err
}

// teller looks up all that the rows speak of.
func (r reader) teller(links []link) (*teller, error) {
	t := &teller{reader: r, accounts: map[int64]string{}, postings: map[int64]string{}}
	var officers, postings, accounts []int64
	for _, l := range links {
		accounts = append(accounts, l.actorID)
		if l.noun == accountKind.noun {
			accounts = append(accounts, l.recordID)
		}
		switch l.noun {
		case officerKind.noun:
			officers = append(officers, l.recordID)
		case postingKind.noun:
			postings = append(postings, l.recordID)
		}
		for _, one := range [][2]*string{{l.old, l.oldPersonal}, {l.new, l.newPersonal}} {
			if l.noun != assignmentKind.noun && !ties(l) {
				continue
			}
			if s, err := sideOf(one[0], one[1]); err == nil {
				officers, postings, accounts = append(officers, s.id("officer_id")), append(postings, s.id("posting_id")), append(accounts, s.id("account_id"))
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
	if postings = slices.Compact(postings); len(postings) > 0 {
		err = r.each("SELECT id, key FROM postings WHERE id IN ?", []any{postings}, keysInto(t.postings))
	}
	if err == nil {
		err = t.removedPostings(postings)
	}
	if slices.Sort(accounts); err == nil {
		err = r.each("SELECT id, email FROM accounts WHERE id IN ?", []any{slices.Compact(accounts)}, keysInto(t.accounts))
	}
	return t, err
}

func keysInto(names map[int64]string) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var id int64
		var name string
		err := rows.Scan(&id, &name)
		names[id] = name
		return err
	}
}

// removed looks up officers who are no longer there in the trail: who was
// masked stays so.
func (t *teller) removed(ids []int64) error {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if id == 0 || t.officers[id] != nil {
			continue
		}
		err := t.each("SELECT old, old_personal FROM audit WHERE noun = 'officer' AND record_id = ? AND action = 'remove'", []any{id}, func(rows *sql.Rows) error {
			var public string
			var personal *string
			if err := rows.Scan(&public, &personal); err != nil {
				return err
			}
			o, err := decode[models.Officer](public, personal)
			t.officers[id] = o
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// removedPostings looks up postings that are no longer there in the trail: what
// was restricted stays so.
func (t *teller) removedPostings(ids []int64) error {
	for _, id := range ids {
		if id == 0 || t.postings[id] != "" {
			continue
		}
		err := t.each("SELECT old FROM audit WHERE noun = 'posting' AND record_id = ? AND action = 'remove'", []any{id}, func(rows *sql.Rows) error {
			var public string
			if err := rows.Scan(&public); err != nil {
				return err
			}
			p, err := decode[models.Posting](public, nil)
			if err != nil {
				return err
			}
			t.postings[id] = p.Key
			if sending := t.agencies[p.AgencyID]; sending == nil || !t.scope.Holders(*p, sending.Country) {
				t.hidden = append(t.hidden, id)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tell tells one row.
func (t *teller) tell(l link) (e models.Entry, err error) {
	e = models.Entry{ID: l.id, ActorID: l.actorID, Actor: cmp.Or(l.actor, t.accounts[l.actorID]), Role: l.role, Request: l.request,
		Action: l.action, Noun: l.noun, RecordID: l.recordID, State: models.State(l.state)}
	if e.At, err = time.Parse(instants, l.at); err != nil {
		return e, err
	}
	old, bad := sideOf(l.old, l.oldPersonal)
	now, worse := sideOf(l.new, l.newPersonal)
	if err := errors.Join(bad, worse); err != nil {
		return e, err
	}
	known := !t.keepsBack(l, old, now)
	if known {
		e.Name = t.name(l)
	}
	told := models.RowTold(known)
	for _, field := range fieldNames(old, now) {
		c := models.Change{Field: field, Old: t.value(field, old), New: t.value(field, now)}
		if old.there && now.there && c.Old == c.New {
			continue
		}
		if c.Old == "" && c.New == "" || field == "id" || field == "version" {
			continue
		}
		if models.Tells(l.noun, field) < told {
			c = models.Change{Field: field, Withheld: true}
		}
		e.Changes = append(e.Changes, c)
	}
	return e, nil
}

// ties reports whether a row says that an account is an officer's, or no longer.
func ties(l link) bool { return l.action == actionTie || l.action == actionUntie }

// keepsBack reports whether who a row is about is not to be seen.
func (t *teller) keepsBack(l link, old, now side) bool {
	if ties(l) {
		return !t.tieSeen(l)
	}
	if kept := nounsByName[l.noun]; kept != nil {
		return kept.hides(t, l, old, now)
	}
	return !t.scope.Events(l.noun)
}

// tieSeen reports whether the reader may know whose an account is.
func (t *teller) tieSeen(l link) bool {
	return t.officers[l.recordID] != nil && t.scope.Keeps(l.recordID, models.State(l.state))
}

func (t *teller) officerHidden(l link, old, now side) bool {
	o := t.officers[l.recordID]
	if o == nil || o.Hidden() {
		return true
	}
	for _, s := range []side{old, now} { // also what was masked once
		was := models.Officer{ID: l.recordID, Masked: string(s.fields["masked"]) == "true"}
		if s.there && t.scope.OfficerTold(was, countryOf(t.agencies[s.id("agency_id")])) != models.Whole {
			return true
		}
	}
	return false
}

// holderHidden reports whether the officer of an assignment is not to be seen.
func (t *teller) holderHidden(s side) bool {
	id := s.id("officer_id")
	o := t.officers[id]
	return !t.scope.Holder(id, o != nil && !o.Hidden(), !slices.Contains(t.hidden, s.id("posting_id")))
}

func (t *teller) name(l link) string {
	if kept := nounsByName[l.noun]; kept != nil {
		return kept.shown(t, l)
	}
	return l.recordKey
}

// fieldNames returns the fields of either side, in the order of the words.
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

// value tells a field: a reference by name, a list by its entries.
func (t *teller) value(field string, s side) string {
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
		return entriesInWords(raw)
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

// entriesInWords tells the entries of a list, one to a line.
func entriesInWords(raw json.RawMessage) string {
	var entries []map[string]string
	if json.Unmarshal(raw, &entries) != nil {
		return ""
	}
	var lines []string
	for _, e := range entries {
		words := []string{cmp.Or(e["state"], e["country"]), e["matter"], e["first_day"] + "/" + e["last_day"], e["agreement"], e["reason"]}
		lines = append(lines, strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "))
	}
	return strings.Join(lines, "\n")
}
