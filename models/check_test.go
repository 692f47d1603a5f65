package models

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// refusals are changes to a valid record and what is then said against it, ""
// for nothing.
type refusals[T any] []struct {
	name   string
	change func(*T)
	want   string
}

func (rs refusals[T]) run(t *testing.T, valid T, check func(T) Problems) {
	t.Helper()
	if ps := check(valid); len(ps) > 0 {
		t.Fatalf("the valid one is refused: %s", put(ps))
	}
	for _, r := range rs {
		v := valid
		r.change(&v)
		if got := put(check(v)); got != r.want {
			t.Errorf("%s: %q, want %q", r.name, got, r.want)
		}
	}
}

func TestAgencyRefused(t *testing.T) {
	valid := Agency{Key: "se-police", Country: Sweden, Kind: PoliceAgency, Name: "Polismyndigheten", Period: Period{0, Forever}}
	refusals[Agency]{
		{"of no state", func(a *Agency) { a.Country = "" }, "country: problem.state"},
		{"of the Faroe Islands", func(a *Agency) { a.Country = "FO" }, "country: problem.state"},
		{"of both matters", func(a *Agency) { a.Kind = "both" }, "kind: problem.agency_kind"},
		{"of no kind", func(a *Agency) { a.Kind = "" }, "kind: problem.agency_kind"},
		{"of the coast guard", func(a *Agency) { a.Kind = CoastGuard }, ""},
		{"ended before it began", func(a *Agency) { a.Period = days("2026-01-02/2026-01-01") }, "last_day: problem.order"},
		{"of one day", func(a *Agency) { a.Period = days("2026-01-01/2026-01-01") }, ""},
		{"ended, begun nobody knows when", func(a *Agency) { a.Period = Period{0, day("2014-12-31")} }, ""},
	}.run(t, valid, CheckAgency)
	textRefusals(t, valid, CheckAgency, map[string]textField[Agency]{
		"key": {func(a *Agency) *string { return &a.Key }, 100, true}, "name": {func(a *Agency) *string { return &a.Name }, 200, true},
		"name_en": {func(a *Agency) *string { return &a.NameEn }, 200, false}, "acronym": {func(a *Agency) *string { return &a.Acronym }, 40, false},
	})
}

func TestOfficerRefused(t *testing.T) {
	valid := Officer{Key: "o-1", AgencyID: 1, Name: "Åse Holm", Email: "ase.holm@example.org"}
	refusals[Officer]{
		{"of no agency", func(o *Officer) { o.AgencyID = 0 }, "agency: problem.required"},
		{"without an address", func(o *Officer) { o.Email = "" }, ""},
		{"with an address at home", func(o *Officer) { o.Email = "a@b" }, ""},
		{"with no @", func(o *Officer) { o.Email = "ase.example.org" }, "email: problem.email"},
		{"with two", func(o *Officer) { o.Email = "ase@holm@example.org" }, "email: problem.email"},
		{"with nothing before it", func(o *Officer) { o.Email = "@example.org" }, "email: problem.email"},
		{"with nothing after it", func(o *Officer) { o.Email = "ase@" }, "email: problem.email"},
		{"with only an @", func(o *Officer) { o.Email = "@" }, "email: problem.email"},
		{"with a space", func(o *Officer) { o.Email = "ase holm@example.org" }, "email: problem.email"},
		{"with a long address", func(o *Officer) { o.Email = strings.Repeat("a", 243) + "@example.org" }, "email: problem.long"},
		{"masked", func(o *Officer) { o.Masked = true }, ""},
	}.run(t, valid, CheckOfficer)
	textRefusals(t, valid, CheckOfficer, map[string]textField[Officer]{
		"key": {func(o *Officer) *string { return &o.Key }, 100, true}, "name": {func(o *Officer) *string { return &o.Name }, 200, true},
		"rank": {func(o *Officer) *string { return &o.Rank }, 100, false}, "phone": {func(o *Officer) *string { return &o.Phone }, 60, false},
		"languages": {func(o *Officer) *string { return &o.Languages }, 200, false}, "note": {func(o *Officer) *string { return &o.Note }, 4000, false},
	})
}

func TestContactPointRefused(t *testing.T) {
	valid := ContactPoint{State: Finland, Matter: Both, Name: "SPOC Finland", Phone: "+358 1", Email: "spoc@example.org", Hours: "24/7"}
	refusals[ContactPoint]{
		{"of no state", func(c *ContactPoint) { c.State = "" }, "state: problem.state"},
		{"of Estonia", func(c *ContactPoint) { c.State = "EE" }, "state: problem.state"},
		{"for no matter", func(c *ContactPoint) { c.Matter = "" }, "matter: problem.matter"},
		{"for police only", func(c *ContactPoint) { c.Matter = Police }, ""},
		{"with half an address", func(c *ContactPoint) { c.Email = "spoc@" }, "email: problem.email"},
	}.run(t, valid, CheckContactPoint)
	textRefusals(t, valid, CheckContactPoint, map[string]textField[ContactPoint]{
		"name": {func(c *ContactPoint) *string { return &c.Name }, 200, true}, "phone": {func(c *ContactPoint) *string { return &c.Phone }, 60, false},
		"hours": {func(c *ContactPoint) *string { return &c.Hours }, 100, false},
	})
}

func TestPostingTextRefused(t *testing.T) {
	check := func(p Posting) Problems { return CheckPosting(p, ofSweden, Body{}, nil) }
	textRefusals(t, aPosting(), check, map[string]textField[Posting]{
		"key": {func(p *Posting) *string { return &p.Key }, 100, true}, "host_city": {func(p *Posting) *string { return &p.HostCity }, 100, false},
		"note": {func(p *Posting) *string { return &p.Note }, 4000, false},
	})
	p := aPosting()
	p.Representations[1].Agreement, p.Suspensions[0].Reason = strings.Repeat("a", 401), "\x00"
	if got, want := put(check(p)), "representations.agreement[1]: problem.long, suspensions.reason[0]: problem.characters"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	p.Representations[1].Agreement, p.Suspensions[0].Reason = strings.Repeat("å", 400), "withdrawn\n"
	if got := put(check(p)); got != "" {
		t.Errorf("good text is refused: %q", got)
	}
}

// A textField is a field of T and what it may hold.
type textField[T any] struct {
	at       func(*T) *string
	most     int
	required bool
}

// textRefusals puts good and bad text into each field.
func textRefusals[T any](t *testing.T, valid T, check func(T) Problems, fields map[string]textField[T]) {
	t.Helper()
	for field, f := range fields {
		missing := ""
		if f.required {
			missing = field + ": problem.required"
		}
		for text, want := range map[string]string{
			"":                            missing,
			" \t\n":                       missing,
			"ok":                          "",
			"Þóra, Åse & Søren":           "",
			"two\nlines\tand a tab":       "",
			"two\r\nlines":                field + ": problem.characters",
			strings.Repeat("å", f.most):   "",
			strings.Repeat("a", f.most+1): field + ": problem.long",
			"a\x00b":                      field + ": problem.characters",
			"a\x1b[31mb":                  field + ": problem.characters",
			"a\u0085b":                    field + ": problem.characters",
			"a\xffb":                      field + ": problem.characters",
		} {
			if field == "key" && want == "" && strings.ContainsAny(text, "\n\t") {
				want = "key: problem.characters"
			}
			v := valid
			*f.at(&v) = text
			if got := put(check(v)); got != want {
				t.Errorf("%s with %.20q: %q, want %q", field, text, got, want)
			}
		}
	}
}

func TestProblems(t *testing.T) {
	var ps Problems
	if ps.Err() != nil || ps.Has("key") {
		t.Errorf("no problem is %v", ps.Err())
	}
	ps.add("key", "problem.long", "most", 100)
	ps.addRow(2, "coverages.country", "problem.country")
	err := fmt.Errorf("saving: %w", ps.Err())
	got, ok := errors.AsType[Problems](err)
	if !ok || put(got) != "key: problem.long, coverages.country[2]: problem.country" || argument(got[0].Message, "most") != 100 {
		t.Errorf("%v holds %v", err, got)
	}
	if want := "saving: key: problem.long, coverages.country: problem.country"; err.Error() != want {
		t.Errorf("%q, want %q", err, want)
	}
	if !ps.Has("coverages.country") || ps.Has("coverages") {
		t.Error("Has does not know the fields")
	}
}
