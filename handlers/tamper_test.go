package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// rowsOf returns the rows of a table as text, by ID, without some columns.
func (s *site) rowsOf(table string, without ...string) (all []string) {
	s.t.Helper()
	rows, err := s.raw.Query("SELECT * FROM " + table + " ORDER BY id")
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		s.t.Fatal(err)
	}
	for rows.Next() {
		values, to := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			to[i] = &values[i]
		}
		if err := rows.Scan(to...); err != nil {
			s.t.Fatal(err)
		}
		line := ""
		for i, name := range names {
			if !slices.Contains(without, name) {
				line += fmt.Sprintf("%s=%v ", name, values[i])
			}
		}
		all = append(all, line)
	}
	return all
}

// foreign are fields that no form has, and what would come of them.
func foreign(v url.Values) url.Values {
	for _, name := range []string{"id", "ID", "Id", "agency_id", "AgencyID", "officer_id", "OfficerID", "posting_id", "PostingID", "account", "actor", "Version", "Demo", "demo",
		"subject", "Subject", "issuer", "state", "country"} {
		if v.Get(name) == "" {
			v.Set(name, "1")
		}
	}
	return v
}

func TestForeignFieldsChangeNothing(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { foreignFields(t, worldOn(newSite(t))) })
}

func foreignFields(t *testing.T, w world) {
	w.post("/officers", form("agency", "se-police", "name", "Bystander")).follow()
	for _, c := range []struct {
		table, column, path string
		form                url.Values
	}{
		{"officers", "name", w.other + "/edit", form("version", "1", "agency", "se-police", "key", "o-lars-odegard", "name", "Lars Ek")},
		{"assignments", "note", w.assignment + "/edit", form("version", "1", "key", "a-bangkok-se-police-1", "officer", "o-ase-lindqvist", "posting", "bangkok-se-police",
			"first_day", "2024-01-01", "last_day", "2026-12-31", "note", "new")},
		{"postings", "note", w.posting + "/edit", postingForm("version", "1", "key", "bangkok-se-police", "note", "new")},
	} {
		before, whole := w.rowsOf(c.table, c.column, "version"), w.rowsOf(c.table)
		if to := w.post(c.path, foreign(c.form)).follow(); to != strings.TrimSuffix(c.path, "/edit") {
			t.Errorf("%s leads to %s", c.path, to)
		}
		if after := w.rowsOf(c.table, c.column, "version"); !slices.Equal(before, after) {
			t.Errorf("%s: more than %s changed:\n%s\n%s", c.table, c.column, strings.Join(before, "\n"), strings.Join(after, "\n"))
		}
		changed := 0
		for i, line := range w.rowsOf(c.table) {
			if line != whole[i] {
				changed++
			}
		}
		if changed != 1 {
			t.Errorf("%d %s changed", changed, c.table)
		}
	}
	made := w.post("/officers", foreign(form("agency", "se-police", "name", "Newcomer", "id", "1", "version", "77"))).follow()
	if made == w.holder || made == w.other || made == "/officers/1" {
		t.Errorf("a new officer is %s", made)
	}
	if v := w.version(made + "/edit"); v != "1" {
		t.Errorf("a new officer has version %s", v)
	}
}

func TestForeignFieldsOfAnAccount(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	keeper := s.as("administrator:SE")
	at := keeper.post("/accounts", foreign(form("email", "b@example.org", "rights", "partner:SE"))).follow()
	if got := s.rowsOf("accounts"); !strings.Contains(got[len(got)-1], "rights=partner:SE disabled=0 demo=0 issuer= subject= ") &&
		!strings.Contains(got[len(got)-1], "rights=partner:SE disabled=false demo=false issuer= subject= ") {
		t.Errorf("the account is %s", got[len(got)-1])
	}
	before, rows := s.rowsOf("accounts"), s.rows()
	for _, rights := range []string{"administrator:all", "coordinator:DK", "partner:all"} {
		keeper.post(at+"/edit", form("version", "1", "email", "b@example.org", "rights", rights)).is(http.StatusForbidden)
		keeper.post("/accounts", form("email", "c@example.org", "rights", rights)).is(http.StatusForbidden)
	}
	if after := s.rowsOf("accounts"); !slices.Equal(before, after) || s.rows() != rows {
		t.Errorf("refused rights are kept: %q", after)
	}
}

// A coordinator of Sweden cannot write what is Denmark's, by whatever form.
func TestFormsOfAnotherState(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { formsOfAnotherState(t, newSite(t)) })
}

func formsOfAnotherState(t *testing.T, s *site) {
	own, other := recordsOf(s, "se"), recordsOf(s, "dk")
	posting := func(agency, key string) url.Values {
		v := postingForm("key", key, "version", "1")
		v.Set("agency", agency)
		return v
	}
	se := s.as("coordinator:SE")
	tables := []string{"postings", "officers", "assignments", "contact_points"}
	before, rows := map[string][]string{}, s.rows()
	for _, table := range tables {
		before[table] = s.rowsOf(table)
	}
	for _, c := range []struct {
		name, path string
		form       url.Values
	}{
		{"a new posting", "/postings", posting("dk-police", "new")},
		{"a posting of the other's", "/postings/" + other[":posting"] + "/edit", posting("dk-police", "bangkok-dk")},
		{"a posting taken over", "/postings/" + other[":posting"] + "/edit", posting("se-police", "bangkok-dk")},
		{"a posting given away", "/postings/" + own[":posting"] + "/edit", posting("dk-police", "bangkok-se")},
		{"a new officer", "/officers", form("agency", "dk-police", "name", "X")},
		{"an officer taken over", "/officers/" + other[":officer"] + "/edit", form("version", "1", "key", "o-dk", "agency", "se-police", "name", "X")},
		{"an officer given away", "/officers/" + own[":officer"] + "/edit", form("version", "1", "key", "o-se", "agency", "dk-police", "name", "X")},
		{"a new assignment", "/assignments", form("officer", "o-dk", "posting", "bangkok-dk", "first_day", "2025-01-01")},
		{"an own officer at the other's posting", "/assignments", form("officer", "o-se", "posting", "bangkok-dk", "first_day", "2025-01-01")},
		{"an assignment moved away", "/assignments/" + own[":assignment"] + "/edit", form("version", "1", "key", "a-bangkok-se-1", "officer", "o-dk", "posting", "bangkok-dk", "first_day", "2024-01-01")},
		{"the end of an assignment", "/assignments/" + other[":assignment"] + "/end", form("version", "1", "last_day", "2026-01-01", "end_reason", "x")},
		{"a hand-over", "/assignments/" + other[":assignment"] + "/hand-over", form("version", "1", "successor", "o-se", "first_day", "2026-01-01", "last_day", "2026-01-01")},
		{"a new contact point", "/contact-points", form("state", "DK", "matter", "both", "name", "X")},
		{"a contact point taken over", "/contact-points/" + other[":contact_point"] + "/edit", form("version", "1", "state", "SE", "matter", "both", "name", "X")},
		{"a contact point given away", "/contact-points/" + own[":contact_point"] + "/edit", form("version", "1", "state", "DK", "matter", "both", "name", "X")},
	} {
		if p := se.post(c.path, c.form); p.StatusCode != http.StatusForbidden {
			t.Errorf("%s is answered %d: %.300s", c.name, p.StatusCode, p.body)
		}
	}
	for _, table := range tables {
		if after := s.rowsOf(table); !slices.Equal(before[table], after) {
			t.Errorf("%s changed:\n%s", table, strings.Join(after, "\n"))
		}
	}
	if n := s.rows() - rows; n != 0 {
		t.Errorf("refusals leave %d rows: %q", n, s.trail(0)[rows:])
	}
	se.post("/postings/"+own[":posting"]+"/edit", posting("se-police", "bangkok-se")).follow() // what is refused is not the form
}
